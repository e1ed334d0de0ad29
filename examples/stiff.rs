//! How do the products of a stiff reaction depend on its rates, and when is so much of a substance used up?
//!
//! Robertson's three reactions (1966), whose rates differ by nine orders of magnitude, by the Rosenbrock method Rodas3 (Sandu and
//! others, *Benchmarking stiff ODE solvers for atmospheric chemistry problems II*, Atmospheric Environment 31, 1997) with
//! steps that adapt. The integrator is generic over the number, takes its Jacobians from the equation, which is a function value, and solves its
//! systems by `linalg`. So it runs on numbers with derivatives as it does on plain ones.
//!
//! Run it with `cargo run --release --example stiff`.

use tangents::linalg::{inverse, matvec};
use tangents::{Function, Number, lambda, ode, value_and_gradient, value_and_jacobian};

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

/// The coefficients of Rodas3: of the stages in the next point, of the stages in the right side, and of the solution.
const POINTS: [[f64; 3]; 4] = [[0.0; 3], [0.0; 3], [2.0, 0.0, 0.0], [2.0, 0.0, 1.0]];
const SIDES: [[f64; 3]; 4] = [[0.0; 3], [4.0, 0.0, 0.0], [1.0, -1.0, 0.0], [1.0, -1.0, -8.0 / 3.0]];
const SOLUTION: [f64; 4] = [2.0, 0.0, 1.0, 1.0];

/// At first there is A alone.
const START: [f64; 3] = [1.0, 0.0, 0.0];

/// The sum of the stages with these factors.
fn combined<T: Number>(stages: &[[T; 3]], factors: &[f64], scale: f64) -> [T; 3] {
    std::array::from_fn(|i| {
        T::sum(stages.iter().zip(factors).map(|(stage, &c)| T::lit(c * scale) * stage[i]))
    })
}

/// The state after a step of the length h, and the error of a method of second order, which are the last stage.
fn step<T: Number>(y: [T; 3], k: [T; 3], h: f64) -> ([T; 3], [T; 3]) {
    let slopes: [([T; 3], [T; 3], T); 3] = Reactions.jacobian(&(y, k, T::zero()));
    let entry = |i: usize, j: usize| T::lit(if i == j { 2.0 / h } else { 0.0 }) - slopes[i].0[j];
    let matrix: [[T; 3]; 3] = std::array::from_fn(|i| std::array::from_fn(|j| entry(i, j)));
    let inverse = inverse(&matrix).expect("h is small enough");
    let mut stages = [[T::zero(); 3]; 4];
    for s in 0..4 {
        let (point, side) =
            (combined(&stages[..s], &POINTS[s], 1.0), combined(&stages[..s], &SIDES[s], 1.0 / h));
        let f = Reactions.call(&(std::array::from_fn(|i| y[i] + point[i]), k, T::zero()));
        stages[s] = matvec(&inverse, &std::array::from_fn::<T, 3, _>(|i| f[i] + side[i]));
    }
    let change = combined(&stages, &SOLUTION, 1.0);
    (std::array::from_fn(|i| y[i] + change[i]), stages[3])
}

/// The states on the way from `t` to `end`, with their times.
fn integrated<T: Number>(start: [T; 3], k: [T; 3], end: f64, mut visit: impl FnMut(f64, [T; 3]) -> bool) {
    let (mut t, mut y, mut h) = (0.0, start, 1e-6);
    while t < end {
        h = f64::min(h, end - t);
        let (next, error) = step(y, k, h);
        let plain = |x: T| x.to_f64().expect("a number").abs();
        // The tolerances; of B there is a millionth of what there is of the others.
        let error = (0..3).map(|i| plain(error[i]) / (1e-9 * plain(next[i]) + 1e-14)).fold(0.0, f64::max);
        if error <= 1.0 {
            (t, y) = (if h < end - t { t + h } else { end }, next);
            if !visit(t, y) {
                return;
            }
        }
        h *= (0.9 * error.powf(-1.0 / 3.0)).clamp(0.2, 5.0);
    }
}

/// What there is of A, B and C at the time t, from A alone.
fn state<T: Number>(k: [T; 3], t: f64) -> [T; 3] {
    let mut last = START.map(T::lit);
    integrated(last, k, t, |_, y| {
        last = y;
        true
    });
    last
}

/// When a tenth of A is used up: a step that ends there is sought on values, and the rule of events gives the derivatives.
fn time_of_a_tenth<T: Number>(k: [T; 3]) -> T {
    let left = lambda!(|z: ([f64; 3], [f64; 3], f64)| -> f64 { z.0[0] - T::lit(0.9) });
    let (mut before, mut long) = ((0.0, START.map(T::lit)), 0.0);
    integrated(before.1, k, 1e3, |t, y| {
        let is_before = y[0] > T::lit(0.9);
        (before, long) = if is_before { ((t, y), long) } else { (before, t - before.0) };
        is_before
    });
    let (t, y) = before;
    let halve = |(short, long): (f64, f64), _| {
        let h = f64::midpoint(short, long);
        if step(y, k, h).0[0] > T::lit(0.9) { (h, long) } else { (short, h) }
    };
    let (h, _) = (0..50).fold((0.0, long), halve);
    ode::event(Reactions, left).at(&step(y, k, h).0, &k, T::lit(t + h)).expect("A is used up").0
}

/// The times, what is left of A then, and how that depends on the three rates: Radau's method of nine stages in
/// 113-bit arithmetic, as in `tests/data/ode/ode_sens.json`.
const REFERENCES: [(f64, f64, [f64; 3]); 3] = [
    (
        0.4,
        0.985_172_113_860_989_9,
        [-0.355_952_565_982_855_6, 9.542_381_427_849_769e-8, -1.583_176_635_557_635e-11],
    ),
    (
        4.0,
        0.905_518_678_584_253_9,
        [-1.876_082_173_766_647_5, 2.961_377_129_145_375e-6, -4.933_436_805_092_882e-10],
    ),
    (
        40.0,
        0.715_827_068_719_405,
        [-4.247_558_771_705_733, 1.373_080_797_344_624_8e-5, -2.288_355_088_905_669_4e-9],
    ),
];

fn main() {
    let k = [0.04, 1e4, 3e7];
    for (t, left, slopes) in REFERENCES {
        let (y, by_rates) = value_and_jacobian(|k| state([k[0], k[1], k[2]], t), &k);
        println!("after {t} s: {:.6} of A, {:.6e} of B", y[0], y[1]);
        println!("    A by each rate {:.5e} {:.5e} {:.5e}", by_rates[0][0], by_rates[0][1], by_rates[0][2]);
        assert!((y[0] - left).abs() < 1e-8, "{}", y[0] - left);
        for (found, expected) in by_rates[0].iter().zip(slopes) {
            assert!((found / expected - 1.0).abs() < 1e-6, "{}", found / expected - 1.0);
        }
    }

    let (time, by_rates) = value_and_gradient(|k| time_of_a_tenth([k[0], k[1], k[2]]), &k);
    println!("a tenth of A is used up after {time:.5} s");
    println!("    that by each rate {:.5e} {:.5e} {:.5e}", by_rates[0], by_rates[1], by_rates[2]);
    for (i, slope) in by_rates.into_iter().enumerate() {
        let beside =
            |part: f64| time_of_a_tenth(std::array::from_fn(|j| if i == j { k[j] * part } else { k[j] }));
        let difference = (beside(1.001) - beside(0.999)) / (0.002 * k[i]);
        assert!((slope / difference - 1.0).abs() < 1e-5, "{}", slope / difference - 1.0);
    }
    println!("solutions beside it agree: yes");
}
