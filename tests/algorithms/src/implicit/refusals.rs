//! What isn't a solution, or has no derivative, is an error.

use tangents::implicit::{ImplicitError, fixed_point, least_squares, minimum, root};
use tangents::{Dual, Function, Number, gradient, lambda};

#[cfg(debug_assertions)]
use super::linear::gmres;
use super::linear::lu;

fn variable(x: f64) -> Dual<f64, 1> {
    Dual::variable(x, 0)
}

#[test]
fn a_double_root_is_singular() {
    let f = lambda!(|z: (f64, f64)| -> f64 { z.0 * z.0 - z.1 });
    assert_eq!(root(f).at(&variable(0.0), |_| 0.0).unwrap_err(), ImplicitError::Singular { unknown: 0 });
}

#[test]
fn a_column_that_depends_on_others_up_to_rounding_is_singular() {
    let f = lambda!(|z: ([f64; 3], f64)| -> [f64; 3] {
        let ([x, y, z], p) = *z;
        let row = |i: f64| T::lit(0.1 * i) * x + T::lit(0.1 * (i + 1.0)) * y + T::lit(0.1 * (i + 2.0)) * z;
        [row(1.0) - p, row(4.0) - p, row(7.0) - p]
    });
    let error = root(f).at(&variable(0.0), |_| [0.0; 3]).unwrap_err();
    assert_eq!(error, ImplicitError::Singular { unknown: 2 });
}

#[test]
fn neither_units_of_equations_nor_of_unknowns_make_it_singular() {
    let f = lambda!(|z: ([f64; 2], f64)| -> [f64; 2] {
        let ([x, y], p) = *z;
        [(x + y * T::lit(1e12) - p) * T::lit(1e-30), (x - y * T::lit(1e12)) * T::lit(1e20)]
    });
    let [x, y] = root(f).at(&variable(2.0), |_| [1.0, 1e-12]).unwrap();
    assert_eq!((x.eps[0], y.eps[0]), (0.5, 0.5e-12));
}

#[test]
fn twenty_equations_may_be_singular_too() {
    // The last unknown is in no equation but its own, which is the first's again.
    let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        (0..20).map(|i| z.0[if i == 19 { 0 } else { i }] - z.1).collect()
    });
    let error = root(f).at(&variable(1.0), |_| vec![1.0; 20]).unwrap_err();
    assert_eq!(error, ImplicitError::Singular { unknown: 19 });
}

#[test]
fn what_is_no_solution_is_refused() {
    let f = lambda!(|z: (f64, f64)| -> f64 { z.0 * z.0 - z.1 });
    let error = root(f).at(&variable(4.0), |_| 1.9).unwrap_err();
    // Newton's step from 1.9 is 0.39/3.8.
    assert!(
        matches!(error, ImplicitError::Unsolved { unknown: 0, step, .. } if (step - 0.39 / 3.8).abs() < 1e-15)
    );
    assert!(root(f).at(&variable(4.0), |_| 2.000_001).is_ok());
    assert!(root(f).at(&variable(4.0), |_| 2.000_003).is_err());
    // However small the unknown is.
    assert!(root(f).at(&variable(4e-40), |_| 1.9e-20).is_err());
    assert!(fixed_point(lambda!(|z: (f64, f64)| -> f64 { z.0 * z.1 })).at(&variable(0.5), |_| 1.0).is_err());
}

#[test]
fn what_is_not_finite_is_refused() {
    let f = lambda!(|z: ([f64; 2], f64)| -> [f64; 2] { [z.0[0] - z.1, (z.0[1] - T::one()).sqrt()] });
    assert_eq!(
        root(f).at(&variable(1.0), |_| [1.0, 1.0]).unwrap_err(),
        ImplicitError::NotFinite { equation: 1 }
    );
    assert_eq!(
        root(f).at(&variable(1.0), |_| [1.0, 0.0]).unwrap_err(),
        ImplicitError::NotFinite { equation: 1 }
    );
    assert_eq!(
        root(f).at(&variable(1.0), |_| [f64::NAN, 2.0]).unwrap_err(),
        ImplicitError::NotFinite { equation: 0 }
    );
}

#[test]
fn there_must_be_as_many_equations_as_unknowns() {
    let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> { vec![z.0[0] - z.1] });
    let error = root(f).at(&variable(1.0), |_| vec![1.0, 1.0]).unwrap_err();
    assert_eq!(error, ImplicitError::Shape { unknowns: 2, equations: 1 });
    let f = lambda!(|z: (f64, f64)| -> [f64; 2] { [z.0 - z.1; 2] });
    assert_eq!(
        root(f).at(&variable(1.0), |_| 1.0).unwrap_err(),
        ImplicitError::Shape { unknowns: 1, equations: 2 }
    );
    assert_eq!(
        fixed_point(f).at(&variable(1.0), |_| 1.0).unwrap_err(),
        ImplicitError::Shape { unknowns: 1, equations: 2 }
    );
}

#[test]
fn saddles_maxima_and_flat_minima_are_no_minima() {
    let saddle = lambda!(|z: ([f64; 2], f64)| -> f64 { z.0[0] * z.0[0] - z.0[1] * z.0[1] + z.1 * z.0[0] });
    assert_eq!(
        minimum(saddle).at(&variable(0.0), |_| [0.0; 2]).unwrap_err(),
        ImplicitError::NoMinimum { unknown: 1 }
    );
    let coupled = lambda!(|z: ([f64; 2], f64)| -> f64 { z.0[0] * z.0[1] + z.1 * z.0[0] });
    assert_eq!(
        minimum(coupled).at(&variable(0.0), |_| [0.0; 2]).unwrap_err(),
        ImplicitError::NoMinimum { unknown: 0 }
    );
    let flat = lambda!(|z: ([f64; 2], f64)| -> f64 { (z.0[0] + z.0[1] - z.1).powi(2) });
    assert_eq!(
        minimum(flat).at(&variable(0.0), |_| [0.0; 2]).unwrap_err(),
        ImplicitError::NoMinimum { unknown: 1 }
    );
    let quartic = lambda!(|z: (f64, f64)| -> [f64; 1] { [(z.0 - z.1).powi(2)] });
    assert_eq!(
        least_squares(quartic).at(&variable(1.0), |_| 1.0).unwrap_err(),
        ImplicitError::NoMinimum { unknown: 0 }
    );
}

#[test]
fn a_solver_that_fails_hands_its_error_through() {
    let f = lambda!(|z: (f64, f64)| -> f64 { z.0 - z.1 });
    let fail = |_: &f64| Err::<f64, _>("no luck");
    assert_eq!(root(f).at(&variable(1.0), fail).unwrap_err(), ImplicitError::Solver("no luck"));
    assert_eq!(root(f).at(&1.0, fail).unwrap_err().to_string(), "no luck");
}

#[test]
fn at_plain_parameters_nothing_is_asked() {
    let f = lambda!(|z: (f64, f64)| -> f64 { z.0 * z.0 - z.1 });
    assert_eq!(root(f).at(&4.0, |_| -7.0), Ok(-7.0));
}

#[test]
fn messages_say_what_is_wrong() {
    let f = lambda!(|z: (f64, f64)| -> f64 { z.0 * z.0 - z.1 });
    let error = root(f).at(&variable(4.0), |_| 1.0).unwrap_err();
    assert_eq!(
        error.to_string(),
        "what the solver gave isn't a solution: a Newton step changes unknown 0 by 1.5e0, and 1e-6 is tolerated"
    );
}

/// An equation with a variable that doesn't come by the parameters: x² = p·c, with c cast to each number.
struct Captured<C>(C);

impl<C: Number> Function for Captured<C> {
    type From = (f64, f64);
    type To = f64;

    fn call<T: Number>(&self, &(x, p): &(T, T)) -> T {
        x * x - p * T::from(self.0).unwrap()
    }
}

#[test]
fn a_captured_variable_of_the_parameters_type_is_differentiated() {
    // √(p·c) at p = 4, c = 1.
    let f = |v: &[Dual<f64, 2>]| root(Captured(v[1])).at(&v[0], |p| p.sqrt()).unwrap();
    assert_eq!(gradient(f, &[4.0, 1.0]), [0.25, 1.0]);
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "perturbation confusion")]
fn one_of_the_type_of_the_jacobians_numbers_is_caught() {
    let f = |v: &Dual<f64, 1>| root(Captured(*v)).at(v, |p| *p).unwrap();
    tangents::derivative(|v| f(&v), 4.0);
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "perturbation confusion")]
fn so_is_one_of_the_type_of_the_products() {
    let f = |v: &Dual<f64, 1>| root(Captured(*v)).matrix_free(gmres(1e-13)).at(v, |p| *p).unwrap();
    tangents::derivative(|v| f(&v), 4.0);
}

/// A sparse Jacobian is found on numbers of other types, so there is nothing to confuse: x² = v·v.
#[test]
fn with_sparse_factors_it_is_differentiated() {
    let f = |v: &Dual<f64, 1>| root(Captured(*v)).sparse(lu).at(v, |p| *p).unwrap();
    assert_eq!(tangents::derivative(|v| f(&v), 4.0), 1.0);
}
