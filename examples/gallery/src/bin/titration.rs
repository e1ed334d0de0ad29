//! A base is added to two weak acids. How acid is the solution, and how fast does that change? An implicit function tells.

use std::error::Error;
use std::f64::consts::LN_10;

use tangents::{Number, implicit, lambda, value_and_derivative};
use tangents_examples_gallery::{Plot, grid, save};

const WATER: f64 = 14.0;
/// Acetic acid and the ammonium ion: pK, and 0.1 mol of each in a litre.
const ACIDS: [(f64, f64); 2] = [(4.756, 0.1), (9.245, 0.1)];

/// The pH after so much strong base, mol in a litre: where the charges are in balance.
fn ph<T: Number>(base: T) -> T {
    let balance = lambda!(|z: (f64, f64)| -> f64 {
        let (ph, base) = *z;
        let power = |exponent: T| (exponent * T::lit(LN_10)).exp();
        let ions = T::sum(ACIDS.map(|(pk, c)| T::lit(c) / (T::one() + power(T::lit(pk) - ph))));
        base + power(-ph) - power(ph - T::lit(WATER)) - ions
    });
    // Anybody's solver: here bisection, on plain numbers.
    let solve = |&base: &f64| {
        let halve = |(low, high), _| {
            let middle = f64::midpoint(low, high);
            if tangents::Function::call(&balance, &(middle, base)) > 0.0 {
                (middle, high)
            } else {
                (low, middle)
            }
        };
        (0..60).fold((0.0, 14.0), halve).0
    };
    implicit::root(&balance).at(&base, solve).expect("the balance falls with the pH")
}

/// The slope of the base in the pH (Van Slyke 1922, *On the measurement of buffer values*, J. Biol. Chem. 52).
fn buffer_value(ph: f64) -> f64 {
    let h = 10.0_f64.powf(-ph);
    let of_acid = |(pk, c): (f64, f64)| {
        let k = 10.0_f64.powf(-pk);
        c * k * h / (k + h).powi(2)
    };
    LN_10 * (h + 10.0_f64.powf(-WATER) / h + ACIDS.into_iter().map(of_acid).sum::<f64>())
}

fn main() -> Result<(), Box<dyn Error>> {
    let curve: Vec<_> = grid(0.0..0.22, 440).map(|base| (base, value_and_derivative(ph, base))).collect();
    for &(base, (ph, slope)) in &curve {
        assert!((slope * buffer_value(ph) - 1.0).abs() < 1e-10, "slope {slope} at {base} mol/l");
    }
    let (neutral, slope) = value_and_derivative(ph, 0.1);
    println!(
        "acetic acid is used up at pH {neutral:.3}, which rises by {slope:.0} for a mol of base in a litre"
    );

    let [ph, slope] = [|at: (f64, f64)| at.0, |at: (f64, f64)| at.1]
        .map(|part| curve.iter().map(move |&(base, at)| (base, part(at))));
    let base = ("base, mol/l", 0.0..0.22);
    save(
        "titration",
        &[
            Plot::new("Titration of acetic acid and ammonium", base.clone(), ("pH", 0.0..14.0))
                .curve("pH", ph),
            Plot::new("Its slope shows where an acid is used up", base, ("derivative of the pH", 0.0..400.0))
                .curve("slope", slope),
        ],
    )
}
