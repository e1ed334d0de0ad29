//! Sparse Jacobians and Hessians, with factors that are brought along.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tangents::implicit::{ImplicitError, fixed_point, minimum, root};
use tangents::sparse::{JacobianPlan, Layout, Pattern, SparseError, SparseMatrix};
use tangents::{Dual, Function, HyperDual, Number, Taylor, lambda};

use super::linear::{lu, thomas};

/// The equations of Bratu, u″ + λ·eᵘ = 0 with u(0) = u(1) = 0, by differences.
struct Bratu<'a> {
    evaluations: &'a AtomicUsize,
}

impl Function for Bratu<'_> {
    type From = (Vec<f64>, f64);
    type To = Vec<f64>;

    fn call<T: Number>(&self, (u, lambda): &(Vec<T>, T)) -> Vec<T> {
        self.evaluations.fetch_add(1, Relaxed);
        let factor = *lambda * T::lit(((u.len() + 1) as f64).powi(-2));
        let at = |i: usize| u.get(i).copied().unwrap_or(T::zero());
        (0..u.len())
            .map(|i| at(i.wrapping_sub(1)) - T::lit(2.0) * u[i] + at(i + 1) + factor * u[i].exp())
            .collect()
    }
}

/// θ = √(2λ)·cosh(θ/4), as a series in λ: each step gains a digit or more, and an order.
fn theta<T: Number>(lambda: T) -> T {
    (0..200).fold(T::one(), |theta, _| (lambda + lambda).sqrt() * (theta * T::lit(0.25)).cosh())
}

/// u(x) = 2·ln(cosh(θ/4)/cosh((x − ½)·θ/2))
fn exact<T: Number>(lambda: T, x: f64) -> T {
    let theta = theta(lambda);
    let ratio = (theta * T::lit(0.25)).cosh() / (theta * T::lit((x - 0.5) / 2.0)).cosh();
    T::lit(2.0) * ratio.ln()
}

/// The solution on n points by Newton's method, from that of the differential equation.
fn newton(n: usize, lambda: f64) -> Vec<f64> {
    let h = ((n + 1) as f64).recip();
    let mut u: Vec<f64> = (1..=n).map(|i| exact(lambda, i as f64 * h)).collect();
    for _ in 0..4 {
        let at = |i: usize| u.get(i).copied().unwrap_or(0.0);
        let force = |i: usize| h * h * lambda * u[i].exp();
        // Elimination in three diagonals.
        let (mut pivots, mut steps) = (vec![0.0; n], vec![0.0; n]);
        for i in 0..n {
            let left = at(i.wrapping_sub(1)) - 2.0 * u[i] + at(i + 1) + force(i);
            let factor = if i > 0 { 1.0 / pivots[i - 1] } else { 0.0 };
            pivots[i] = -2.0 + force(i) - factor;
            steps[i] = left - if i > 0 { factor * steps[i - 1] } else { 0.0 };
        }
        for i in (0..n).rev() {
            steps[i] = (steps[i] - steps.get(i + 1).unwrap_or(&0.0)) / pivots[i];
        }
        u.iter_mut().zip(steps).for_each(|(u, step)| *u -= step);
    }
    u
}

#[test]
fn bratu_has_the_derivatives_of_the_differential_equation() {
    let evaluations = AtomicUsize::new(0);
    let n = 100_001;
    let bratu = root(Bratu { evaluations: &evaluations });
    let lambda = Taylor::<f64, 2>::new(2.0, [1.0, 0.0]);
    let u = bratu.sparse(thomas).at(&lambda, |&lambda| newton(n, lambda)).unwrap();
    // The error of the differences is h²; rounding is some 10⁻⁶ of a residual here, and smooth in what it makes.
    for i in [0, n / 5, n / 2] {
        let expected = exact(lambda, (i + 1) as f64 / (n + 1) as f64);
        for order in 1..=2 {
            let (found, expected) = (u[i].derivative(order), expected.derivative(order));
            assert!((found - expected).abs() <= 1e-7 * expected.abs(), "{i}, {order}: {found} {expected}");
        }
    }
    // The pattern, three colours in one pass, which gives what is left of the equations too, and for each order the equations.
    assert_eq!(evaluations.into_inner(), 1 + 1 + 2);
}

#[test]
fn differences_of_solutions_confirm_it() {
    let evaluations = AtomicUsize::new(0);
    let bratu = |lambda| {
        let u = root(Bratu { evaluations: &evaluations });
        u.sparse(thomas).at(&lambda, |&lambda| newton(50, lambda)).unwrap()
    };
    let at = |lambda: f64, i: usize| newton(50, lambda)[i];
    let u = bratu(Taylor::<f64, 1>::new(1.5, [1.0]));
    for i in [0, 13, 49] {
        let h = 1e-3;
        let difference = |h: f64| (at(1.5 + h, i) - at(1.5 - h, i)) / (2.0 * h);
        let expected = (4.0 * difference(h) - difference(2.0 * h)) / 3.0;
        assert!((u[i].derivative(1) - expected).abs() < 1e-9);
    }
}

#[test]
fn a_plan_that_is_made_once_saves_the_pattern() {
    let evaluations = AtomicUsize::new(0);
    let bratu = root(Bratu { evaluations: &evaluations });
    let plan = bratu.sparse_plan(&vec![0.0; 40], &1.0).unwrap();
    assert_eq!((plan.coloring().count(), plan.layout()), (3, Layout::Columns));
    let (seen, factorizations) = (evaluations.load(Relaxed), Cell::new(0));
    let factorize = |j: &SparseMatrix<f64>| {
        assert_eq!(j.layout(), Layout::Columns);
        factorizations.set(factorizations.get() + 1);
        thomas(j)
    };
    let by_plan = bratu.sparse_by(&plan, factorize);
    let lambda = Dual::<f64, 20>::new(1.0, core::array::from_fn(|k| (k % 10) as f64));
    let u = by_plan.at(&lambda, |&lambda| newton(40, lambda)).unwrap();
    // The matrix, its comparison with a product, and all lanes.
    assert_eq!((evaluations.load(Relaxed) - seen, factorizations.get()), (1 + 1 + 1, 1));
    // A lane is independent, and a lane that doesn't move stays zero.
    for u in &u {
        assert_eq!((u.eps[0].to_bits(), u.eps[1].to_bits()), (0, u.eps[11].to_bits()));
    }
    // At plain parameters nothing is evaluated.
    let seen = evaluations.load(Relaxed);
    assert_eq!(by_plan.at(&1.0, |&lambda| newton(40, lambda)).unwrap(), newton(40, 1.0));
    assert_eq!(evaluations.load(Relaxed), seen);
}

/// Roots of roots, by Heron's method: xᵢ = ½·(xᵢ + p·xᵢ₋₁/xᵢ), x₋₁ = 1, so that xᵢ = p^(1 − 2^(−i−1)).
#[test]
fn fixed_points_are_solved_for() {
    let map = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        let (x, p) = z;
        let before = |i: usize| if i == 0 { T::one() } else { x[i - 1] };
        (0..x.len()).map(|i| (x[i] + *p * before(i) / x[i]) * T::lit(0.5)).collect()
    });
    let exponent = |i: i32| 1.0 - f64::powi(0.5, i + 1);
    let p = HyperDual::<f64, 1>::variable(3.0, 0);
    let x = fixed_point(map).sparse(lu).at(&p, |p| (0..12).map(|i| p.powf(exponent(i))).collect::<Vec<_>>());
    for (x, i) in x.unwrap().iter().zip(0..) {
        let expected = p.powf(HyperDual::constant(exponent(i)));
        assert!((x.gradient[0] - expected.gradient[0]).abs() < 1e-14);
        assert!((x.second(0, 0) - expected.second(0, 0)).abs() < 1e-14);
    }
}

/// Where Σ exp(yᵢ) − pᵢ·yᵢ with yᵢ = xᵢ + xᵢ₋₁/2 is least: yᵢ = ln pᵢ, pᵢ = p + i.
fn least<T: Number>(p: T, n: usize) -> Vec<T> {
    let mut x = vec![p.ln()];
    (1..n).for_each(|i| x.push((p + T::lit(i as f64)).ln() - x[i - 1] * T::lit(0.5)));
    x
}

#[test]
fn minima_have_sparse_hessians() {
    let f = lambda!(|z: (Vec<f64>, f64)| -> f64 {
        let (x, p) = z;
        let y = |i: usize| if i == 0 { x[0] } else { x[i] + x[i - 1] * T::lit(0.5) };
        T::sum((0..x.len()).map(|i| y(i).exp() - (*p + T::lit(i as f64)) * y(i)))
    });
    for n in [1, 3, 20] {
        let p = Taylor::<f64, 3>::new(1.5, [1.0, 0.0, 0.0]);
        let x = minimum(f).sparse(thomas).at(&p, |&p| least(p, n)).unwrap();
        for (x, expected) in x.iter().zip(least(p, n)) {
            assert_eq!(x.re, expected.re);
            for order in 1..=3 {
                assert!((x.derivative(order) - expected.derivative(order)).abs() < 1e-13);
            }
        }
    }
}

/// x² = p in each of two unknowns, and its derivative.
fn squares(
    p: Dual<f64, 1>,
    factorize: impl Fn(&SparseMatrix<f64>) -> Result<Diagonal, &'static str>,
) -> Outcome {
    let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> { z.0.iter().map(|&x| x * x - z.1).collect() });
    let factorize = |j: &SparseMatrix<f64>| {
        let Diagonal(pivots) = factorize(j)?;
        Ok(move |b: &mut [f64]| b.iter_mut().zip(&pivots).for_each(|(b, pivot)| *b /= pivot))
    };
    root(f).sparse(factorize).at(&p, |p| vec![p.sqrt(), -p.sqrt()])
}

struct Diagonal(Vec<f64>);

type Outcome = Result<Vec<Dual<f64, 1>>, ImplicitError<std::convert::Infallible, &'static str>>;

fn diagonal(j: &SparseMatrix<f64>, factor: f64) -> Diagonal {
    Diagonal((0..j.rows()).map(|i| factor * j.get(i, i).unwrap()).collect())
}

#[test]
fn wrong_factors_are_an_error_and_factors_nearby_are_refined() {
    let p = Dual::variable(4.0, 0);
    let derivatives = |x: Outcome| x.unwrap().into_iter().map(|x| x.eps[0]).collect::<Vec<_>>();
    assert_eq!(derivatives(squares(p, |j| Ok(diagonal(j, 1.0)))), [0.25, -0.25]);
    // Each refinement leaves 3 % of the residual.
    let near = derivatives(squares(p, |j| Ok(diagonal(j, 1.03))));
    assert!(near.iter().zip([0.25, -0.25]).all(|(d, expected)| (d - expected).abs() < 1e-10));
    for factor in [-1.0, 0.4, 2.5, 1e9, 0.0, f64::NAN] {
        let error = squares(p, |j| Ok(diagonal(j, factor))).unwrap_err();
        assert!(
            matches!(error, ImplicitError::Inaccurate { residual, .. } if residual.is_nan() || residual > 0.01),
            "{factor}: {error}"
        );
    }
}

#[test]
fn factors_of_a_matrix_that_lacks_a_small_term_are_noticed() {
    // Bratu's without λ·eᵘ, a billionth of the entries here, and a third of the derivative.
    let evaluations = AtomicUsize::new(0);
    let bratu = root(Bratu { evaluations: &evaluations });
    let n = 20_000;
    let laplace = |j: &SparseMatrix<f64>| {
        let values = j.triplets().map(|(i, k, _)| if i == k { -2.0 } else { 1.0 }).collect();
        thomas(&SparseMatrix::in_layout(j.pattern().clone(), j.layout(), values).unwrap())
    };
    let lambda = Dual::<f64, 1>::variable(3.0, 0);
    let solve = |&lambda: &f64| newton(n, lambda);
    let error = bratu.sparse(laplace).at(&lambda, solve).unwrap_err();
    assert!(matches!(error, ImplicitError::Inaccurate { .. }), "{error}");
}

#[test]
fn what_fails_says_why() {
    let p = Dual::variable(4.0, 0);
    assert_eq!(squares(p, |_| Err("no memory")).unwrap_err(), ImplicitError::Linear("no memory"));
    assert_eq!(squares(p, |_| Err("no memory")).unwrap_err().to_string(), "no memory");

    let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> { z.0.iter().map(|&x| x * x - z.1).collect() });
    let failing = |_: &f64| Err::<Vec<f64>, _>("no luck");
    assert_eq!(root(f).sparse(lu).at(&p, failing).unwrap_err(), ImplicitError::Solver("no luck"));
    let wrong = root(f).sparse(lu).at(&p, |_| vec![1.9, 2.0]).unwrap_err();
    // Newton's step from 1.9 is 0.39/3.8.
    assert!(
        matches!(wrong, ImplicitError::Unsolved { unknown: 0, step, .. } if (step - 0.39 / 3.8).abs() < 1e-15)
    );
    let singular = root(f).sparse(lu).at(&Dual::<f64, 1>::variable(0.0, 0), |_| vec![0.0; 2]).unwrap_err();
    assert_eq!(singular, ImplicitError::Linear("singular"));
    let infinite = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> { vec![z.0[0] - z.1, z.0[1].sqrt()] });
    let error = root(infinite).sparse(lu).at(&p, |_| vec![4.0, 0.0]).unwrap_err();
    assert_eq!(error, ImplicitError::NotFinite { equation: 1 });
    let in_parameter = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> { vec![z.0[0] - z.1.sqrt()] });
    // As with dense factors, a derivative that isn't finite isn't known, and is no error.
    let x = root(in_parameter).sparse(lu).at(&Dual::<f64, 1>::variable(0.0, 0), |_| vec![0.0]).unwrap();
    assert!(x[0].eps[0].is_nan());
    let few = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> { vec![z.0[0] - z.1] });
    let error = root(few).sparse(lu).at(&p, |_| vec![4.0, 0.0]).unwrap_err();
    assert_eq!(error, ImplicitError::Shape { unknowns: 2, equations: 1 });
    let saddle = lambda!(|z: (Vec<f64>, f64)| -> f64 {
        let (x, p) = z;
        x[0] * x[0] - x[1] * x[1] + *p * x[1]
    });
    let error = minimum(saddle).sparse(lu).at(&p, |p| vec![0.0, p / 2.0]).unwrap_err();
    assert_eq!(error, ImplicitError::NoMinimum { unknown: 1 });
}

#[test]
fn a_plan_that_does_not_fit_is_an_error() {
    let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        let (x, three) = (&z.0, T::lit(3.0));
        vec![x[0] + three * x[1] - z.1, three * x[0] + x[1]]
    });
    let p = Dual::<f64, 1>::variable(8.0, 0);
    let solve = |&p: &f64| vec![-p / 8.0, 3.0 * p / 8.0];
    assert_eq!(root(f).sparse(lu).at(&p, solve).unwrap()[1].eps, [0.375]);
    // Without the entries off the diagonal, whose derivatives then go into it, or nowhere.
    for colors in [vec![0, 0], vec![0, 1]] {
        let pattern = Pattern::from_entries((2, 2), [(0, 0), (1, 1)]).unwrap();
        let coloring = tangents::sparse::Coloring::new(colors);
        let plan = JacobianPlan::new(pattern, coloring).unwrap();
        let error = root(f).sparse_by(&plan, lu).at(&p, solve).unwrap_err();
        assert!(matches!(error, ImplicitError::Inaccurate { .. }), "{error}");
    }
    let pattern = Pattern::from_entries((3, 3), [(0, 0), (1, 1), (2, 2)]).unwrap();
    let plan = JacobianPlan::from_pattern(pattern).unwrap();
    let error = root(f).sparse_by(&plan, lu).at(&p, solve).unwrap_err();
    assert!(matches!(error, ImplicitError::Sparse(SparseError::Shape(_))), "{error}");
    let branching = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        vec![if z.0[0] > T::zero() { z.0[0] - z.1 } else { z.0[0] + z.1 }]
    });
    let error = root(branching).sparse_plan(&vec![1.0], &1.0).unwrap_err();
    assert!(matches!(error, SparseError::Question(_)));
    // At a point there is an answer.
    assert_eq!(root(branching).sparse(lu).at(&p, |&p| vec![p]).unwrap()[0].eps, [1.0]);
}

#[test]
fn equations_and_unknowns_may_have_any_units() {
    let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
        let (x, p) = (&z.0, z.1);
        vec![(x[0] + x[1] * T::lit(1e12) - p) * T::lit(1e-30), (x[0] - x[1] * T::lit(1e12)) * T::lit(1e20)]
    });
    let p = Dual::<f64, 1>::variable(2.0, 0);
    let x = root(f).sparse(lu).at(&p, |_| vec![1.0, 1e-12]).unwrap();
    assert!((x[0].eps[0] - 0.5).abs() < 1e-15 && (x[1].eps[0] - 0.5e-12).abs() < 1e-27);
    // Factors that are wrong in the tiny equation are noticed.
    let tampered = |j: &SparseMatrix<f64>| {
        let mut j = j.clone();
        *j.get_mut(0, 0).unwrap() *= 3.0;
        lu(&j)
    };
    let error = root(f).sparse(tampered).at(&p, |_| vec![1.0, 1e-12]).unwrap_err();
    assert!(matches!(error, ImplicitError::Inaccurate { .. }));
}

#[test]
fn single_precision_is_solved_for_in_double() {
    let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> { z.0.iter().map(|&x| x * x - z.1).collect() });
    let p = Dual::<f32, 1>::variable(4.0, 0);
    let x = root(f).sparse(lu).at(&p, |p| vec![p.sqrt(), -p.sqrt()]).unwrap();
    assert_eq!([x[0].eps, x[1].eps], [[0.25], [-0.25]]);
}
