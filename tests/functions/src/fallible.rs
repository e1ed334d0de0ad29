//! Functions that may fail.

use std::cell::Cell;

use tangents::implicit::{self, ImplicitError};
use tangents::{Function, Number, hessians, jacobian, jvp, lambda, value_and_jacobian};

#[derive(Clone, Copy, Debug, PartialEq)]
struct Negative(usize);

/// Σ √xᵢ and Π √xᵢ.
fn roots<T: Number>(x: &[T]) -> Result<[T; 2], Negative> {
    let root = |(i, x): (usize, &T)| if *x < T::zero() { Err(Negative(i)) } else { Ok(x.sqrt()) };
    let roots = x.iter().enumerate().map(root).collect::<Result<Vec<_>, _>>()?;
    Ok([T::sum(&roots), T::product(&roots)])
}

#[test]
fn their_derivatives_are_results() {
    let x = [4.0, 9.0];
    assert_eq!(jacobian(roots, &x), Ok([[0.25, 1.0 / 6.0], [0.75, 1.0 / 3.0]]));
    assert_eq!(jvp(roots, &x, &[4.0, 6.0]), Ok([2.0, 5.0]));
    assert_eq!(hessians(roots, &x).map(|[_, product]| product[0][1]), Ok(1.0 / 24.0));
    assert_eq!(jacobian(|x| roots(x).ok(), &x), Some([[0.25, 1.0 / 6.0], [0.75, 1.0 / 3.0]]));
}

#[test]
fn their_errors_come_back() {
    let x = [1.0, -1.0];
    assert_eq!(value_and_jacobian(roots, &x), (Err(Negative(1)), Err(Negative(1))));
    assert_eq!(jvp(roots, &x, &[1.0, 1.0]), Err(Negative(1)));
    assert_eq!(hessians(roots, &x), Err(Negative(1)));
    assert_eq!(jacobian(|x| roots(x).ok(), &x), None);
}

#[test]
fn several_passes_are_one_result() {
    let x: Vec<_> = (1..=20).map(|i| f64::from(i * i)).collect();
    let [sum, _] = jacobian(roots, &x).unwrap();
    for (i, d) in (1..=20).zip(sum) {
        assert_eq!(d, 0.5 / f64::from(i));
    }
    let x = vec![-1.0; 20];
    assert_eq!(jacobian(roots, &x), Err(Negative(0)));
}

#[test]
#[should_panic(expected = "must")]
fn a_function_that_fails_in_some_passes_panics() {
    let passes = Cell::new(0);
    let f = |x: &[tangents::Dual<f64, 8>]| {
        passes.set(passes.get() + 1);
        if passes.get() > 1 { Err(()) } else { Ok(x[0]) }
    };
    let _ = jacobian(f, &vec![1.0; 20]);
}

#[test]
fn function_values_may_fail_too() {
    let f = lambda!(|x: [f64]| -> Result<[f64; 2], Negative> { roots(x) });
    assert_eq!(f.jacobian(&[4.0, 9.0]), Ok([[0.25, 1.0 / 6.0], [0.75, 1.0 / 3.0]]));
    assert_eq!(f.jacobian(&[4.0, -9.0]), Err(Negative(1)));
    assert_eq!(f.jvp(&[-4.0, 9.0], &[1.0, 1.0]), Err(Negative(0)));
}

/// √p by a solver that refuses negative numbers.
fn solved<T: Number>(p: &[T]) -> Result<T, ImplicitError<Negative>> {
    let solve = |p: &f64| if *p < 0.0 { Err(Negative(0)) } else { Ok(p.sqrt()) };
    let x = implicit::root(lambda!(|z: (f64, f64)| -> f64 { z.0 * z.0 - z.1 })).at(&p[0], solve)?;
    Ok(x + p[1])
}

#[test]
fn solvers_that_fail_are_functions_that_fail() {
    assert_eq!(jacobian(solved, &[4.0, 1.0]), Ok([0.25, 1.0]));
    assert_eq!(jacobian(solved, &[-4.0, 1.0]), Err(ImplicitError::Solver(Negative(0))));
    assert_eq!(jacobian(solved, &[0.0, 1.0]), Err(ImplicitError::Singular { unknown: 0 }));
}
