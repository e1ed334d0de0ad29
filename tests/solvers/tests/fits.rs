//! `levenberg-marquardt`, in two generations, finds NIST's fits to the certified digits.

use solvers::reference::{Dataset, assert_close, dataset};
use solvers::{before, newest};
use tangents::{Function, Number};

/// The models of `tests/data/nist/*.dat`.
#[derive(Clone, Copy, Debug)]
enum Model {
    Misra1a,
    Mgh09,
    Mgh17,
    Rat43,
    Roszman1,
    Thurber,
}

/// Residuals, model − observation.
#[derive(Clone, Copy, Debug)]
struct Residuals<'a> {
    model: Model,
    data: &'a Dataset,
}

impl Function for Residuals<'_> {
    type From = [f64];
    type To = Vec<f64>;

    fn call<T: Number>(&self, b: &[T]) -> Vec<T> {
        let residual = |(x, &y): (&Vec<f64>, &f64)| {
            let (x, one) = (T::lit(x[0]), T::one());
            let polynomial = |b: &[T]| b.iter().rev().fold(T::zero(), |sum, &b| sum * x + b);
            let model = match self.model {
                Model::Misra1a => b[0] * (one - (-b[1] * x).exp()),
                Model::Mgh09 => b[0] * (x * x + x * b[1]) / (x * x + x * b[2] + b[3]),
                Model::Mgh17 => b[0] + b[1] * (-x * b[3]).exp() + b[2] * (-x * b[4]).exp(),
                Model::Rat43 => b[0] / (one + (b[1] - b[2] * x).exp()).powf(b[3].recip()),
                Model::Roszman1 => b[0] - b[1] * x - (b[2] / (x - b[3])).atan() / T::PI(),
                Model::Thurber => polynomial(&b[..4]) / (one + x * polynomial(&b[4..])),
            };
            model - T::lit(y)
        };
        self.data.x.iter().zip(&self.data.y).map(residual).collect()
    }
}

/// The gradients of three of the models.
mod by_hand {
    pub fn mgh17(b: &[f64], x: f64) -> Vec<f64> {
        let (e1, e2) = ((-x * b[3]).exp(), (-x * b[4]).exp());
        vec![1.0, e1, e2, -b[1] * x * e1, -b[2] * x * e2]
    }

    pub fn rat43(b: &[f64], x: f64) -> Vec<f64> {
        let e = (b[1] - b[2] * x).exp();
        let power = (1.0 + e).powf(-1.0 / b[3]);
        let slope = b[0] / b[3] * e * power / (1.0 + e);
        vec![power, -slope, x * slope, b[0] * e.ln_1p() / (b[3] * b[3]) * power]
    }

    pub fn thurber(b: &[f64], x: f64) -> Vec<f64> {
        let numerator = b[0] + x * (b[1] + x * (b[2] + x * b[3]));
        let denominator = 1.0 + x * (b[4] + x * (b[5] + x * b[6]));
        let slope = -numerator / (denominator * denominator);
        let of_numerator = [1.0, x, x * x, x * x * x].map(|x| x / denominator);
        let of_denominator = [x, x * x, x * x * x].map(|x| x * slope);
        [&of_numerator[..], &of_denominator].concat()
    }
}

#[test]
fn jacobians_are_those_by_hand() {
    type Gradient = fn(&[f64], f64) -> Vec<f64>;
    let models: [(_, _, Gradient); 3] = [
        ("MGH17", Model::Mgh17, by_hand::mgh17),
        ("Rat43", Model::Rat43, by_hand::rat43),
        ("Thurber", Model::Thurber, by_hand::thurber),
    ];
    for (name, model, gradient) in models {
        let data = dataset(name);
        let residuals = Residuals { model, data: &data };
        for b in [&data.starts[1], &data.certified] {
            for (row, x) in residuals.jacobian(&b[..]).iter().zip(&data.x) {
                assert_close(row, &gradient(b, x[0]), 1e-13);
            }
        }
    }
}

/// That the parameters have 7 of the 11 digits that NIST certifies, and 8 or more where the method converges fast: the solver stops where
/// the sum of squares no longer falls, in its 16th digit, when half of the digits of the parameters are known.
#[track_caller]
fn assert_certified(found: &[f64], data: &Dataset) {
    for (&found, &certified) in found.iter().zip(&data.certified) {
        let error = (found / certified - 1.0).abs();
        assert!(error < 1e-7, "{found} for {certified}, an error of {error:e}");
    }
}

/// A test that solves the regressions with a generation of the solver, from both starts of NIST.
macro_rules! finds_the_fits {
    ($test:ident, $generation:ident, $solver:ident) => {
        #[test]
        fn $test() {
            let regressions = [
                ("Misra1a", Model::Misra1a),
                ("MGH09", Model::Mgh09),
                ("MGH17", Model::Mgh17),
                ("Rat43", Model::Rat43),
                ("Roszman1", Model::Roszman1),
                ("Thurber", Model::Thurber),
            ];
            for (name, model) in regressions {
                let data = dataset(name);
                for start in &data.starts {
                    let residuals = Residuals { model, data: &data };
                    let fit = $generation::fit::Fit { residuals, parameters: start.clone().into() };
                    let (fit, report) = $solver::LevenbergMarquardt::new().with_patience(1000).minimize(fit);
                    assert!(report.termination.was_successful(), "{name}: {report:?}");
                    assert_certified(fit.parameters.as_slice(), &data);
                    // The solver's is half the sum.
                    assert_close(&[2.0 * report.objective_function], &[data.certified_rss], 1e-10);
                }
            }
        }
    };
}

finds_the_fits!(the_newest_finds_the_fits, newest, levenberg_marquardt);
finds_the_fits!(the_one_before_finds_the_fits, before, levenberg_marquardt_0_14);
