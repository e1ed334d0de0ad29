//! Solutions on every number, at every container, of any number of unknowns.

use std::array::from_fn;
use std::cell::Cell;

use tangents::implicit::{fixed_point, minimum, root};
use tangents::sparse::SparseMatrix;
use tangents::{Dual, Function, Number, gradient, jacobian, lambda};

use super::linear::{gmres, lu};

/// Equations xₖ³ = pᵢ, k = i + 1 modulo n: no pivot is on the diagonal.
fn cubes<T: Number>(x: &[T], p: &[T]) -> Vec<T> {
    (0..x.len()).map(|i| x[(i + 1) % x.len()].powi(3) - p[i]).collect()
}

#[test]
fn there_may_be_any_number_of_unknowns() {
    for n in [1, 2, 7, 8, 9, 16, 17, 24, 40] {
        let f = lambda!(|z: (Vec<f64>, Vec<f64>)| -> Vec<f64> { cubes(&z.0, &z.1) });
        let solve = |p: &[f64]| (0..n).map(|i| p[(i + n - 1) % n].cbrt()).collect::<Vec<_>>();
        let p: Vec<_> = (1..=n).map(|i| f64::powi(i as f64, 3)).collect();
        let j = jacobian(|p| root(f).at(p, solve).unwrap(), &p);
        for (k, row) in j.iter().enumerate() {
            for (i, &entry) in row.iter().enumerate() {
                let expected = if k == (i + 1) % n { 1.0 / (3.0 * p[i].powf(2.0 / 3.0)) } else { 0.0 };
                assert!((entry - expected).abs() <= 1e-15, "n = {n}, ({k}, {i}): {entry} {expected}");
            }
        }
    }
}

#[test]
fn arrays_of_any_length_give_the_bits_of_vectors() {
    fn compare<const N: usize>() {
        struct OnArrays<const N: usize>;
        impl<const N: usize> Function for OnArrays<N> {
            type From = ([f64; N], [f64; N]);
            type To = [f64; N];

            fn call<T: Number>(&self, (x, p): &([T; N], [T; N])) -> [T; N] {
                let s = T::sum(x.iter().map(|x| x.sin()));
                from_fn(|i| x[i].exp() + s * T::lit(0.3 * i as f64) - p[i])
            }
        }
        let on_vectors = lambda!(|z: (Vec<f64>, Vec<f64>)| -> Vec<f64> {
            let (x, p) = z;
            let s = T::sum(x.iter().map(|x| x.sin()));
            (0..x.len()).map(|i| x[i].exp() + s * T::lit(0.3 * i as f64) - p[i]).collect()
        });
        let x: [f64; N] = from_fn(|i| 0.1 + 0.05 * i as f64);
        let s: f64 = x.iter().map(|x| x.sin()).sum();
        let p: [Dual<f64, 2>; N] = from_fn(|i| Dual::new(x[i].exp() + s * 0.3 * i as f64, [1.0, i as f64]));
        let array = root(OnArrays).at(&p, |_| x).unwrap();
        let vector = root(on_vectors).at(&p[..], |_| x.to_vec()).unwrap();
        for (array, vector) in array.iter().zip(&vector) {
            assert!(array.eps.iter().zip(vector.eps).all(|(a, v)| (a - v).abs() <= 1e-14 * a.abs().max(0.1)));
            assert_eq!(array.re.to_bits(), vector.re.to_bits());
        }
    }
    compare::<1>();
    compare::<3>();
    compare::<6>();
    compare::<11>();
    compare::<20>();
}

#[test]
fn containers_may_be_pairs_in_pairs() {
    // x = a·b and y = a + b + c, with the parameters ([a, b], c).
    let f = lambda!(|z: ((f64, [f64; 1]), ([f64; 2], f64))| -> (f64, f64) {
        let ((x, [y]), ([a, b], c)) = *z;
        (x - a * b, y - a - b - c)
    });
    let solve = |p: &([f64; 2], f64)| (p.0[0] * p.0[1], [p.0[0] + p.0[1] + p.1]);
    let (x, [y]) = jacobian(|p| root(f).at(p, solve).unwrap(), &([2.0, 3.0], 5.0));
    assert_eq!((x, y), (([3.0, 2.0], 0.0), ([1.0, 1.0], 1.0)));
}

#[test]
fn the_solver_is_called_once_and_at_plain_parameters_nothing_else_is() {
    struct Counted<'a>(&'a Cell<usize>);
    impl Function for Counted<'_> {
        type From = (f64, f64);
        type To = f64;

        fn call<T: Number>(&self, &(x, p): &(T, T)) -> T {
            self.0.set(self.0.get() + 1);
            x * x - p
        }
    }
    let (evaluations, solutions) = (Cell::new(0), Cell::new(0));
    let solve = |p: &f64| {
        solutions.set(solutions.get() + 1);
        p.sqrt()
    };
    assert_eq!(root(Counted(&evaluations)).at(&2.0, solve), Ok(2.0_f64.sqrt()));
    assert_eq!((evaluations.get(), solutions.get()), (0, 1));
    root(Counted(&evaluations)).at(&Dual::<f64, 3>::variable(2.0, 0), solve).unwrap();
    // The Jacobian, and one order.
    assert_eq!((evaluations.get(), solutions.get()), (2, 2));
}

#[test]
fn lanes_are_independent() {
    let f = lambda!(|z: ([f64; 2], [f64; 2])| -> [f64; 2] {
        let ([x, y], [p, q]) = *z;
        [x * y.exp() - p, x.sin() + y * q]
    });
    let (x, y) = (0.7_f64, 0.3_f64);
    let (p, q) = (x * y.exp(), -x.sin() / y);
    let solve = |_: &[f64]| [x, y];
    let lanes = [[0.3_f64, 1.7], [-1.1, 0.0], [2.5, 0.9]];
    let both =
        root(f).at(&[Dual::new(p, lanes.map(|l| l[0])), Dual::new(q, lanes.map(|l| l[1]))], solve).unwrap();
    for (k, [dp, dq]) in lanes.into_iter().enumerate() {
        let one = root(f).at(&[Dual::new(p, [dp]), Dual::new(q, [dq])], solve).unwrap();
        for (one, both) in one.iter().zip(&both) {
            assert_eq!(one.eps[0].to_bits(), both.eps[k].to_bits());
        }
    }
}

#[test]
fn lanes_are_independent_with_solvers_that_are_brought_along() {
    let f = lambda!(|z: (Vec<f64>, [f64; 2])| -> Vec<f64> {
        let (x, [p, q]) = z;
        let next = |i: usize| x[(i + 1) % x.len()];
        (0..x.len()).map(|i| x[i].exp() + *p * next(i) * next(i) * T::lit(i as f64) - *q).collect()
    });
    let solve = |p: &[f64]| {
        let n = 9;
        (0..200).fold(vec![0.0; n], |x: Vec<f64>, _| {
            let next = |i: usize| x[(i + 1) % n];
            (0..n).map(|i| (p[1] - p[0] * next(i) * next(i) * i as f64).ln()).collect()
        })
    };
    let lanes = [[0.3_f64, 1.7], [-1.1, 0.0], [0.0, 0.9], [1e9, -1e-9], [0.1, 0.2]];
    let at = |k: usize| [Dual::new(0.01, [lanes[k][0]]), Dual::new(2.0, [lanes[k][1]])];
    let all = [Dual::new(0.01, lanes.map(|l| l[0])), Dual::new(2.0, lanes.map(|l| l[1]))];
    // Solvers that stop short, so that lanes are refined as often as each needs.
    let factorize = |j: &SparseMatrix<f64>| {
        let mut solve = lu(j)?;
        Ok::<_, &str>(move |b: &mut [f64]| {
            solve(b);
            b[0] *= 1.01;
        })
    };
    let (sparse, matrix_free) = (root(f).sparse(factorize), root(f).matrix_free(gmres(1e-3)));
    let all = [sparse.at(&all, solve).unwrap(), matrix_free.at(&all, solve).unwrap()];
    for k in 0..lanes.len() {
        let one = [sparse.at(&at(k), solve).unwrap(), matrix_free.at(&at(k), solve).unwrap()];
        for (one, all) in one.iter().flatten().zip(all.iter().flatten()) {
            assert_eq!(one.eps[0].to_bits(), all.eps[k].to_bits());
        }
    }
    let dense = root(f).at(&at(0), solve).unwrap();
    for (k, dense) in dense.iter().enumerate() {
        assert!(all.iter().all(|form| (form[k].eps[0] - dense.eps[0]).abs() < 1e-9));
    }
}

#[test]
fn single_precision_is_solved_for_in_double() {
    let f = lambda!(|z: (f64, f64)| -> f64 { z.0 * z.0 - z.1 });
    assert_eq!(root(f).at(&2.0_f32, |p| p.sqrt()), Ok(2.0_f32.sqrt()));
    let x = root(f).at(&Dual::<f32, 1>::variable(4.0, 0), |p| p.sqrt()).unwrap();
    assert_eq!((x.re, x.eps), (2.0, [0.25]));
}

#[test]
fn one_solution_may_be_within_another() {
    // The inner minimum is y = x·p, so that the outer root of y + x = 1 is x = 1/(1 + p).
    struct Outer;
    impl Function for Outer {
        type From = (f64, f64);
        type To = f64;

        fn call<T: Number>(&self, &(x, p): &(T, T)) -> T {
            let inner = lambda!(|z: (f64, [f64; 2])| -> f64 { (z.0 - z.1[0] * z.1[1]).powi(2) });
            let y = minimum(inner).at(&[x, p], |z| z[0] * z[1]).unwrap();
            y + x - T::one()
        }
    }
    let f = |p| root(Outer).at(&p, |p| 1.0 / (1.0 + p)).unwrap();
    assert_eq!(tangents::nth_derivative::<1, _>(f, 1.0), -0.25);
    assert_eq!(
        tangents::nth_derivative::<2, _>(|p| root(Outer).at(&p, |p| 1.0 / (1.0 + p)).unwrap(), 1.0),
        0.25
    );
}

/// √(Σ pᵢ·(i + 1)) by a fixed point, as a function value.
struct Norm;

impl Function for Norm {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, p: &[T]) -> T {
        let s = T::sum(p.iter().enumerate().map(|(i, &p)| p * T::lit(i as f64 + 1.0)));
        let average = lambda!(|z: (f64, f64)| -> f64 { (z.0 + z.1 / z.0) * T::lit(0.5) });
        fixed_point(average).at(&s, |s| s.sqrt()).unwrap()
    }
}

#[test]
fn function_values_give_the_bits_of_closures() {
    for n in [2, 5, 20] {
        let p: Vec<_> = (0..n).map(|i| 0.3 + f64::from(i)).collect();
        assert_eq!(Norm.gradient(&p), gradient(|p| Norm.call(p), &p));
        let s: f64 = p.iter().enumerate().map(|(i, p)| p * (i as f64 + 1.0)).sum();
        for (i, d) in Norm.gradient(&p).into_iter().enumerate() {
            let expected = (i as f64 + 1.0) / (2.0 * s.sqrt());
            assert!((d - expected).abs() < 1e-15 * expected.max(1.0));
        }
    }
}

#[test]
fn a_solution_depends_on_all_parameters() {
    let p = [1.0, 2.0, 3.0];
    assert_eq!(Norm.jacobian_pattern(&p).unwrap().to_string(), "×××\n");
    assert_eq!(Norm.jacobian_pattern_at(&p).to_string(), "×××\n");
    assert_eq!(Norm.hessian_pattern(&p).unwrap().to_string(), "×××\n×××\n×××\n");
}

/// ∂x/∂p₀ of x² = p₀/p₁, with one unknown: a derivative on the type of number that the Jacobian is computed on.
struct Slope {
    is_sparse: bool,
}

impl Function for Slope {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, p: &[T]) -> T {
        let alone = lambda!(|z: (f64, [f64; 2])| -> f64 { z.0 * z.0 * z.1[1] - z.1[0] });
        let in_a_vector =
            lambda!(|z: (Vec<f64>, [f64; 2])| -> Vec<f64> { vec![z.0[0] * z.0[0] * z.1[1] - z.1[0]] });
        let x = |q: Dual<T, 1>| {
            let p = [q, Dual::constant(p[1])];
            if self.is_sparse {
                root(in_a_vector).sparse(lu).at(&p, |p| vec![(p[0] / p[1]).sqrt()]).unwrap()[0]
            } else {
                root(alone).at(&p, |p| (p[0] / p[1]).sqrt()).unwrap()
            }
        };
        tangents::derivative(x, p[0])
    }
}

#[test]
fn a_pattern_may_be_found_of_a_derivative_around_a_solution() {
    // 1/(2·√(p₀·p₁))
    let p = [2.0, 0.5];
    for is_sparse in [false, true] {
        let slope = Slope { is_sparse };
        assert_eq!(slope.jacobian_pattern_at(&p).to_string(), "××\n");
        assert_eq!(slope.hessian_pattern_at(&p).to_string(), "××\n××\n");
        let g: [f64; 2] = slope.gradient(&p);
        assert!((g[0] + 0.125).abs() < 1e-15 && (g[1] + 0.5).abs() < 1e-15);
    }
    // The factors that are made here ask for pivots, those that are brought along ask nothing of the numbers.
    assert!(Slope { is_sparse: false }.jacobian_pattern(&p).is_err());
    assert_eq!(Slope { is_sparse: true }.jacobian_pattern(&p).unwrap().to_string(), "××\n");
}

#[test]
fn differences_confirm_it() {
    tangents::check_grads(|p: &[_]| Norm.call(p), &[1.0, 2.0, 3.0], tangents::check::CheckOptions::order(2))
        .unwrap();
}
