//! The mobility of electrons in silicon: seven parameters of a rational function, fitted by Levenberg and Marquardt's method.
//!
//! Data, starting values and certified results are NIST's (Thurber, <https://www.itl.nist.gov/div898/strd/>).

use std::error::Error;

use tangents::{Function, Number};
use tangents_examples_gallery::{Corner, Plot, grid, levenberg_marquardt, save};

struct Residuals(Vec<(f64, f64)>);

/// The model at `x`.
fn mobility<T: Number>(b: &[T], x: T) -> T {
    (b[0] + x * (b[1] + x * (b[2] + x * b[3]))) / (T::one() + x * (b[4] + x * (b[5] + x * b[6])))
}

impl Function for Residuals {
    type From = [f64];
    type To = Vec<f64>;

    #[inline(always)]
    fn call<T: Number>(&self, b: &[T]) -> Vec<T> {
        self.0.iter().map(|&(x, y)| mobility(b, T::lit(x)) - T::lit(y)).collect()
    }
}

const CERTIFIED: [f64; 7] = [
    1_288.139_68,
    1_491.079_253_5,
    583.238_368_77,
    75.416_644_291,
    0.966_295_028_64,
    0.397_972_857_97,
    0.049_727_297_349,
];

fn main() -> Result<(), Box<dyn Error>> {
    let table = include_str!("../../../../tests/data/nist/Thurber.dat");
    let numbers = |line: &str| line.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>();
    let data: Vec<_> =
        table.lines().skip(60).map(|l| numbers(l).map(|row| (row[1], row[0]))).collect::<Result<_, _>>()?;
    let residuals = Residuals(data.clone());
    let start = [1000.0, 1000.0, 400.0, 40.0, 0.7, 0.3, 0.03];
    let (b, squares) = levenberg_marquardt(&residuals, start, 60)?;
    println!("{b:?}, sum of squares {}", squares[60]);

    for (found, certified) in b.iter().zip(CERTIFIED) {
        assert!((found / certified - 1.0).abs() < 1e-9, "{found} in place of {certified}");
    }
    assert!((squares[60] / 5_642.708_239_7 - 1.0).abs() < 1e-10);

    let curve = |b: [f64; 7]| grid(-3.2..2.3, 200).map(move |x| (x, mobility(&b, x)));
    let axes = (("ln of the density", -3.4..2.4), ("mobility", 0.0..1600.0));
    let plot = Plot::new("NIST's Thurber: a fit of seven parameters", axes.0, axes.1)
        .curve("start", curve(start))
        .curve("fit", curve(b))
        .scatter("data", data)
        .legend(Corner::LowerRight);
    save("nist_fit", &[plot])
}
