//! How do the products of a stiff reaction depend on its rates, and when is so much of a substance used up?
//!
//! Robertson's three reactions (1966), whose rates differ by nine orders of magnitude.

use std::error::Error;

use tangents::{Dual, Function, Number, lambda, ode, value_and_gradient, value_and_jacobian};
use tangents_examples_gallery::{Corner, Plot, integrate, rodas3, save};

/// y′ = f(y, k, t) of the reactions A → B, B + B → B + C and B + C → A + C with the rates k₀, k₂ and k₁.
struct Reactions;

impl Function for Reactions {
    type From = ([f64; 3], [f64; 3], f64);
    type To = [f64; 3];

    #[inline(always)]
    fn call<T: Number>(&self, (y, k, _): &([T; 3], [T; 3], T)) -> [T; 3] {
        let (slow, back, fast) = (k[0] * y[0], k[1] * y[1] * y[2], k[2] * y[1] * y[1]);
        [back - slow, slow - back - fast, fast]
    }
}

/// When a tenth of A is used up: near the step on which it happens, and the rule of events gives the exact time and its derivatives.
fn time_of_a_tenth<T: Number>(k: [T; 3]) -> T {
    let left = lambda!(|z: ([f64; 3], [f64; 3], f64)| -> f64 { z.0[0] - T::lit(0.9) });
    let way = integrate(&Reactions, [1.0, 0.0, 0.0].map(T::lit), k, 1e3, |y| y[0] <= T::lit(0.9));
    let [.., (t, y), (after, _)] = way[..] else { panic!("nothing is used up") };
    let halve = |(short, long): (f64, f64), _| {
        let h = f64::midpoint(short, long);
        if rodas3(&Reactions, y, k, h).0[0] > T::lit(0.9) { (h, long) } else { (short, h) }
    };
    let (h, _) = (0..50).fold((0.0, after - t), halve);
    ode::event(Reactions, left).at(&rodas3(&Reactions, y, k, h).0, &k, T::lit(t + h)).expect("A falls").0
}

fn main() -> Result<(), Box<dyn Error>> {
    // What is left of A after 40 s and how it depends on the rates, by Radau's method of nine stages in 113 bits: tests/data/ode/ode_sens.json.
    let exact = [-4.247_558_771_705_733, 1.373_080_797_344_624_8e-5, -2.288_355_088_905_669_4e-9];
    let k = [0.04, 1e4, 3e7];
    let start = [1.0, 0.0, 0.0]; // A alone
    let way = integrate(&Reactions, start, k, 40.0, |_| false);
    let (left, by_rates) = value_and_jacobian(
        |k| {
            // The steps are those at plain numbers.
            let way = integrate(&Reactions, start.map(Dual::from), [k[0], k[1], k[2]], 40.0, |_| false);
            way.iter().map(|(_, y)| y[0]).collect::<Vec<_>>()
        },
        &k,
    );
    let (left, at_the_end) = (left[left.len() - 1], by_rates[left.len() - 1]);
    println!("after 40 s there is {left:.6} of A; that by each rate {at_the_end:?}");
    assert!(f64::abs(left - 0.715_827_068_719_405) < 1e-8, "{left}");
    assert!(at_the_end.iter().zip(exact).all(|(slope, exact)| f64::abs(slope / exact - 1.0) < 1e-6));

    let (time, of_time) = value_and_gradient(|k| time_of_a_tenth([k[0], k[1], k[2]]), &k);
    println!("a tenth of A is used up after {time:.5} s; that by each rate {of_time:?}");
    for (i, slope) in of_time.into_iter().enumerate() {
        let at = |p| time_of_a_tenth(std::array::from_fn(|j| if i == j { k[j] * p } else { k[j] }));
        let difference = (at(1.001) - at(0.999)) / (0.002 * k[i]);
        assert!((slope / difference - 1.0).abs() < 1e-5, "{slope} and {difference}");
    }
    let line =
        |i: usize, scale: f64| way.iter().skip(1).map(move |(t, y)| (t.log10(), scale * y[i])).step_by(8);
    let by = |i: usize| {
        way.iter().zip(&by_rates).skip(1).map(move |((t, _), slope)| (t.log10(), k[i] * slope[i])).step_by(8)
    };
    let time = ("log₁₀ time, s", -6.0..2.0);
    let parts = Plot::new("What there is", time.clone(), ("part", 0.0..1.0)).legend(Corner::MiddleLeft);
    let slopes =
        Plot::new("How A depends on the rates", time, ("k·∂A/∂k", -0.2..0.2)).legend(Corner::UpperLeft);
    save(
        "stiff",
        &[
            parts.curve("A", line(0, 1.0)).curve("20 000 B", line(1, 2e4)).curve("C", line(2, 1.0)),
            slopes.curve("of A", by(0)).curve("of B and C", by(1)).curve("of B and B", by(2)),
        ],
    )
}
