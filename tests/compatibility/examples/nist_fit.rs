//! How do I give an optimizer its Jacobian? A NIST regression by the `levenberg-marquardt` crate.
//!
//! The model is written once, generic over the number; the crate runs it on `f64` and asks for the Jacobian, which
//! `jacobian` computes from the same code.

use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use nalgebra_0_34::storage::Owned;
use nalgebra_0_34::{DVector, Dyn, OMatrix, U2, Vector2};
use tangents::{Real, jacobian};

/// Dental research: monomolecular adsorption, the data set Misra1a of NIST's Statistical Reference Datasets.
const MISRA1A: &str = include_str!("../../data/nist/Misra1a.dat");

/// What its file certifies.
const CERTIFIED: [f64; 2] = [2.389_421_291_8e2, 5.501_564_318_1e-4];

#[derive(Debug)]
struct Fit {
    b: [f64; 2],
    /// The pairs (y, x).
    data: Vec<[f64; 2]>,
}

impl Fit {
    /// y − b₁(1 − exp(−b₂x))
    fn residuals_at<T: Real>(&self, b: &[T]) -> Vec<T> {
        let residual = |&[y, x]: &[f64; 2]| T::lit(y) - b[0] * (T::one() - (-b[1] * T::lit(x)).exp());
        self.data.iter().map(residual).collect()
    }
}

impl LeastSquaresProblem<f64, Dyn, U2> for Fit {
    type ResidualStorage = Owned<f64, Dyn>;
    type JacobianStorage = Owned<f64, Dyn, U2>;
    type ParameterStorage = Owned<f64, U2>;

    fn set_params(&mut self, b: &Vector2<f64>) {
        self.b = (*b).into();
    }

    fn params(&self) -> Vector2<f64> {
        self.b.into()
    }

    fn residuals(&self) -> Option<DVector<f64>> {
        Some(self.residuals_at(&self.b).into())
    }

    fn jacobian(&self) -> Option<OMatrix<f64, Dyn, U2>> {
        let rows = jacobian(|b| self.residuals_at(b), &self.b);
        Some(OMatrix::<f64, Dyn, U2>::from_row_iterator(rows.len(), rows.concat()))
    }
}

fn main() {
    let numbers =
        |line: &str| -> Vec<f64> { line.split_whitespace().filter_map(|word| word.parse().ok()).collect() };
    // The data begin at line 61, as the head of the file says.
    let data = MISRA1A.lines().skip(60).filter_map(|line| numbers(line).try_into().ok()).collect();

    let (fit, report) = LevenbergMarquardt::new().minimize(Fit { b: [500.0, 0.0001], data });
    println!("b = {:?} after {} evaluations", fit.b, report.number_of_evaluations);

    assert!(report.termination.was_successful(), "{report:?}");
    assert_eq!(fit.data.len(), 14);
    for (b, certified) in fit.b.into_iter().zip(CERTIFIED) {
        assert!((b / certified - 1.0).abs() < 1e-8, "{b} should be {certified}");
    }
}

#[test]
fn it_finds_the_certified_parameters() {
    main();
}
