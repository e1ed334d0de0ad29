//! Solvers that need products with the Jacobian only.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tangents::implicit::{Apply, ImplicitError, minimum, root};
use tangents::{Dual, Function, HyperDual, Number, Taylor, lambda};

use super::linear::{conjugate_gradients, gmres};

/// −u″ + u³ = f on n points of (0, 1), times h², whose solution is u = p·sin(πx) up to the error of the differences, which the right side
/// makes up for.
struct Cubic<'a> {
    n: usize,
    evaluations: &'a AtomicUsize,
}

impl Cubic<'_> {
    fn shape(&self, i: usize) -> f64 {
        (std::f64::consts::PI * (i + 1) as f64 / (self.n + 1) as f64).sin()
    }

    fn solution<T: Number>(&self, p: T) -> Vec<T> {
        (0..self.n).map(|i| p * T::lit(self.shape(i))).collect()
    }
}

impl Function for Cubic<'_> {
    type From = (Vec<f64>, f64);
    type To = Vec<f64>;

    fn call<T: Number>(&self, (u, p): &(Vec<T>, T)) -> Vec<T> {
        self.evaluations.fetch_add(1, Relaxed);
        let h = ((self.n + 1) as f64).recip();
        // 2·(1 − cos πh)
        let eigenvalue = 4.0 * (std::f64::consts::FRAC_PI_2 * h).sin().powi(2);
        let at = |i: usize| u.get(i).copied().unwrap_or(T::zero());
        let row = |i: usize| {
            let force = *p * T::lit(eigenvalue * self.shape(i))
                + T::lit(h * h) * (*p * T::lit(self.shape(i))).powi(3);
            T::lit(2.0) * u[i] - at(i.wrapping_sub(1)) - at(i + 1) + T::lit(h * h) * u[i].powi(3) - force
        };
        (0..self.n).map(row).collect()
    }
}

#[test]
fn conjugate_gradients_and_gmres_give_what_is_known() {
    let evaluations = AtomicUsize::new(0);
    let cubic = Cubic { n: 200, evaluations: &evaluations };
    let p = Taylor::<f64, 3>::new(1.25, [1.0, 0.5, 0.0]);
    let expected = cubic.solution(p);
    let check = |u: Vec<Taylor<f64, 3>>| {
        for (u, expected) in u.iter().zip(&expected) {
            for order in 1..=3 {
                let (found, expected) = (u.derivative(order), expected.derivative(order));
                // The condition is 1.6·10⁴.
                assert!((found - expected).abs() < 1e-8, "{order}: {found} {expected}");
            }
        }
    };
    let solve = |&p: &f64| cubic.solution(p);
    let equations = root(&cubic);
    check(equations.matrix_free(conjugate_gradients(1e-13, 1000)).at(&p, solve).unwrap());
    check(equations.matrix_free(gmres(1e-13)).at(&p, solve).unwrap());
}

#[test]
fn a_solver_that_stops_short_is_called_again_as_long_as_it_gains() {
    let evaluations = AtomicUsize::new(0);
    let cubic = Cubic { n: 100, evaluations: &evaluations };
    let p = Dual::<f64, 1>::variable(1.0, 0);
    let solve = |&p: &f64| cubic.solution(p);
    // Three digits at a time.
    let u = root(&cubic).matrix_free(conjugate_gradients(1e-3, 1000)).at(&p, solve).unwrap();
    for (u, expected) in u.iter().zip(cubic.solution(p)) {
        assert!((u.eps[0] - expected.eps[0]).abs() < 1e-7);
    }
}

#[test]
fn one_that_does_not_converge_is_an_error() {
    let evaluations = AtomicUsize::new(0);
    let cubic = Cubic { n: 100, evaluations: &evaluations };
    let p = Dual::<f64, 1>::variable(1.0, 0);
    let solve = |&p: &f64| cubic.solution(p);
    let lazy = |_: &Apply<'_>, _: &[f64], _: &mut [f64]| Ok::<(), ()>(());
    let error = root(&cubic).matrix_free(lazy).at(&p, solve).unwrap_err();
    assert_eq!(error, ImplicitError::Inaccurate { residual: 1.0, largest: 1e-10 });
    let sloppy = |apply: &Apply<'_>, r: &[f64], d: &mut [f64]| {
        // Right up to 3 %, as once by a tolerance of an integrator, and always in the same way.
        gmres(1e-13)(apply, r, d).ok();
        d.iter_mut().enumerate().for_each(|(i, d)| *d *= if i % 2 == 0 { 1.03 } else { 0.97 });
        Ok::<(), ()>(())
    };
    let found = root(&cubic).matrix_free(sloppy).at(&p, solve);
    assert!(matches!(found, Err(ImplicitError::Inaccurate { residual, .. }) if residual > 1e-3), "{found:?}");
    let failing = |_: &Apply<'_>, _: &[f64], _: &mut [f64]| Err("broken down");
    let error = root(&cubic).matrix_free(failing).at(&p, solve).unwrap_err();
    assert_eq!(error, ImplicitError::Linear("broken down"));
    let dividing = |_: &Apply<'_>, _: &[f64], d: &mut [f64]| {
        d.fill(f64::NAN);
        Ok::<(), ()>(())
    };
    let error = root(&cubic).matrix_free(dividing).at(&p, solve).unwrap_err();
    assert!(matches!(error, ImplicitError::Inaccurate { residual, .. } if residual.is_nan()));
}

#[test]
fn the_tolerance_is_the_tangents_own() {
    let evaluations = AtomicUsize::new(0);
    let cubic = Cubic { n: 101, evaluations: &evaluations };
    let p = Dual::<f64, 1>::variable(1.0, 0);
    let solve = |&p: &f64| cubic.solution(p);
    let few = |apply: &Apply<'_>, r: &[f64], d: &mut [f64]| {
        // A tenth of the residual is left, and stays.
        gmres(1e-13)(apply, r, d).ok();
        for d in d {
            *d *= 0.9;
        }
        Ok::<(), ()>(())
    };
    let equations = root(&cubic).matrix_free(few);
    let error = |tolerance| {
        let u = equations.linear_tolerance(tolerance).at(&p, solve).unwrap();
        u.iter()
            .zip(cubic.solution(p))
            .map(|(u, expected)| (u.eps[0] - expected.eps[0]).abs())
            .fold(0.0, f64::max)
    };
    // It's refined until it is small enough, and no further.
    assert!((error(0.2) - 0.1).abs() < 1e-9);
    assert!((error(0.02) - 0.01).abs() < 1e-9);
    assert!(error(1e-10) < 1e-9);
}

#[test]
fn products_and_evaluations_are_counted() {
    let evaluations = AtomicUsize::new(0);
    let cubic = Cubic { n: 50, evaluations: &evaluations };
    let products = AtomicUsize::new(0);
    let counted = |apply: &Apply<'_>, r: &[f64], d: &mut [f64]| {
        let apply = |v: &[f64], y: &mut [f64]| {
            products.fetch_add(1, Relaxed);
            apply(v, y);
        };
        conjugate_gradients(1e-13, 1000)(&apply, r, d)
    };
    let p = HyperDual::<f64, 1>::variable(1.25, 0);
    root(&cubic).matrix_free(counted).at(&p, |&p| cubic.solution(p)).unwrap();
    // What is left at the solution, the check of its step, and for each order the equations and the check.
    assert_eq!(evaluations.into_inner(), products.into_inner() + 1 + 1 + 2 * (1 + 1));
}

/// Where Σ (xᵢ² − p·(i + 1))² is least.
fn least<T: Number>(p: T) -> Vec<T> {
    (0..11).map(|i| (p * T::lit(f64::from(i) + 1.0)).sqrt()).collect()
}

#[test]
fn the_minimum_of_a_matrix_free_objective_must_be_one() {
    let f = lambda!(|z: (Vec<f64>, f64)| -> f64 {
        let (x, p) = z;
        T::sum(x.iter().enumerate().map(|(i, &x)| (x * x - *p * T::lit(i as f64 + 1.0)).powi(2)))
    });
    let cg = conjugate_gradients(1e-13, 100);
    let p = Taylor::<f64, 2>::new(2.0, [1.0, 0.0]);
    for (x, expected) in minimum(f).matrix_free(cg).at(&p, |&p| least(p)).unwrap().iter().zip(least(p)) {
        assert!((1..=2).all(|k| (x.derivative(k) - expected.derivative(k)).abs() < 1e-11));
    }
    let saddle = lambda!(|z: (Vec<f64>, f64)| -> f64 {
        let (x, p) = z;
        x[0] * x[0] - x[1] * x[1] + *p * x[1]
    });
    let solve = |p: &f64| vec![0.0, p / 2.0];
    let error = minimum(saddle).matrix_free(cg).at(&p, solve).unwrap_err();
    assert_eq!(error, ImplicitError::NoMinimum { unknown: 1 });
}

#[test]
fn right_sides_have_a_size_near_1() {
    let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        z.0.iter()
            .enumerate()
            .map(|(i, &x)| x * T::lit(1e-12) - z.1 * T::lit(1e-20 * (i as f64 + 1.0)))
            .collect()
    });
    let with_an_absolute_tolerance = |apply: &Apply<'_>, r: &[f64], d: &mut [f64]| {
        let size = r.iter().fold(0.0_f64, |size, r| size.max(r.abs()));
        assert!((1.0..2.0).contains(&size));
        conjugate_gradients(1e-12, 10)(apply, r, d)
    };
    let solve = |&p: &f64| (1..4).map(|i| p * 1e-8 * f64::from(i)).collect::<Vec<_>>();
    let p = Dual::<f64, 1>::variable(1.0, 0);
    for (x, i) in root(f).matrix_free(with_an_absolute_tolerance).at(&p, solve).unwrap().iter().zip(1..) {
        assert!((x.eps[0] - 1e-8 * f64::from(i)).abs() < 1e-20);
    }
}

#[test]
fn there_must_be_as_many_equations_as_unknowns() {
    let few = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> { vec![z.0[0] - z.1] });
    let p = Dual::<f64, 1>::variable(1.0, 0);
    let error = root(few).matrix_free(gmres(1e-13)).at(&p, |_| vec![1.0, 0.0]).unwrap_err();
    assert_eq!(error, ImplicitError::Shape { unknowns: 2, equations: 1 });
}
