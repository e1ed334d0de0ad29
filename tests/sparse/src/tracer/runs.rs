//! Runs: points and results of every kind, large ones, runs within runs, threads and panics.

use std::cell::Cell;

use num_traits::NumCast;
use tangents::sparse::{Pattern, patterns, patterns_at};
use tangents::{Dual, Function, Number, lambda};

use crate::panics::panic_of;

#[test]
fn coordinates_and_results_are_in_their_orders() {
    /// Of a structured point and with a structured result.
    struct Mixed;

    impl Function for Mixed {
        type From = (Vec<[f64; 2]>, f64);
        type To = (f64, Vec<[f64; 2]>);

        fn call<T: Number>(&self, (w, b): &(Vec<[T; 2]>, T)) -> (T, Vec<[T; 2]>) {
            (w[0][1] * *b, w.iter().map(|w| [w[0] + *b, w[1].exp()]).collect())
        }
    }

    let x = (vec![[1.0_f32, 2.0], [3.0, 4.0]], 5.0);
    let jacobian = "·×··×\n×···×\n·×···\n··×·×\n···×·\n";
    let hessian = "·····\n·×··×\n·····\n···×·\n·×···\n";
    assert_eq!(Mixed.jacobian_pattern(&x).unwrap().to_string(), jacobian);
    assert_eq!(Mixed.jacobian_pattern_at(&x).to_string(), jacobian);
    assert_eq!(Mixed.hessian_pattern(&x).unwrap().to_string(), hessian);
    assert_eq!(Mixed.hessian_pattern_at(&x).to_string(), hessian);
    let both = patterns(&Mixed, &x).unwrap();
    assert_eq!((both.jacobian.to_string(), both.hessian.to_string()), (jacobian.into(), hessian.into()));
    assert_eq!(patterns_at(&Mixed, &x), both);
}

#[test]
fn numbers_and_empty_points_have_patterns() {
    let square = lambda!(|x: f64| -> f64 { x * x });
    assert_eq!(square.jacobian_pattern(&3.0).unwrap().to_string(), "×\n");
    assert_eq!(square.hessian_pattern(&3.0).unwrap().to_string(), "×\n");
    let sum = lambda!(|x: [f64]| -> f64 { T::sum(x) });
    let pattern = sum.jacobian_pattern(&[0.0; 0]).unwrap();
    assert_eq!((pattern.rows(), pattern.columns(), pattern.nnz()), (1, 0, 0));
    let hessian = sum.hessian_pattern(&[0.0; 0]).unwrap();
    assert_eq!((hessian.rows(), hessian.columns()), (0, 0));
}

#[test]
fn long_sums_take_time_in_proportion_to_their_length() {
    /// The last of the sums over all coordinates before one, of which there are n.
    struct Sums;

    impl Function for Sums {
        type From = [f64];
        type To = Vec<f64>;

        fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
            let mut sums = x.to_vec();
            for i in 1..x.len() {
                sums[i] = sums[i - 1] + x[i];
            }
            let last = sums[x.len() - 1];
            // Dense, a third of all, and one that is short again.
            vec![last * last, sums[x.len() / 3] - sums[1], sums[1]]
        }
    }

    let n = 100_000;
    let patterns = patterns_at(&lambda!(|x: [f64]| -> Vec<f64> { Sums.call(x) }), &vec![1.0; 300]);
    assert_eq!(patterns.hessian.nnz(), 300 * 300);
    let pattern = Sums.jacobian_pattern(&vec![1.0; n]).unwrap();
    assert!(pattern.row(0).iter().copied().eq(0..n));
    assert!(pattern.row(1).iter().copied().eq(0..=n / 3));
    assert_eq!(pattern.row(2), [0, 1]);
}

#[test]
fn prefix_sums_have_triangular_patterns() {
    let f = lambda!(|x: [f64]| -> Vec<f64> {
        let mut sum = T::zero();
        x.iter()
            .map(|&x| {
                sum += x;
                sum
            })
            .collect()
    });
    let pattern = f.jacobian_pattern(&vec![1.0; 400]).unwrap();
    assert!((0..400).all(|i| pattern.row(i).iter().copied().eq(0..=i)));
}

/// Products of all coordinates: a pair of sets for each, which overlap.
#[test]
fn products_have_dense_hessians_without_a_diagonal() {
    let f = lambda!(|x: [f64]| -> f64 { T::product(x) });
    let pattern = f.hessian_pattern(&vec![1.0; 200]).unwrap();
    assert_eq!(pattern.nnz(), 200 * 199);
    assert!((0..200).all(|i| !pattern.contains(i, i)));
}

#[test]
fn layers_that_mix_everything_have_dense_patterns() {
    let f = lambda!(|x: [f64]| -> Vec<f64> {
        let layer = |x: &[T]| -> Vec<T> {
            let weight = |i: usize, j: usize| T::lit(if (i + j).is_multiple_of(3) { 0.5 } else { -0.25 });
            (0..x.len()).map(|i| T::sum((0..x.len()).map(|j| weight(i, j) * x[j])).tanh()).collect()
        };
        layer(&layer(&layer(x)))
    });
    let patterns = patterns(&f, &vec![0.5; 60]).unwrap();
    assert_eq!((patterns.jacobian.nnz(), patterns.hessian.nnz()), (60 * 60, 60 * 60));
}

#[test]
fn a_panic_leaves_the_thread_usable() {
    let fails = lambda!(|x: [f64]| -> f64 {
        assert!(x.len() < 3, "too long");
        x[0] * x[1]
    });
    let panicked = panic_of(|| _ = fails.hessian_pattern(&[1.0; 3])).unwrap();
    assert_eq!(panicked.message, "too long");
    assert_eq!(fails.hessian_pattern(&[1.0; 2]).unwrap().to_string(), "·×\n×·\n");
}

/// The inner point depends on the outer variables.
#[test]
fn patterns_are_found_within_functions_whose_pattern_is_found() {
    struct Outer;

    impl Function for Outer {
        type From = [f64];
        type To = Vec<f64>;

        fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
            let inner = lambda!(|x: [f64]| -> Vec<f64> { x.windows(2).map(|w| w[0].max(w[1])).collect() });
            let squares: Vec<T> = x.iter().map(|&x| x * x).collect();
            let everywhere = inner.jacobian_pattern(&squares).unwrap();
            assert_eq!(everywhere.nnz(), 2 * (x.len() - 1));
            // The sum of what each row depends on, at the point.
            let here = inner.jacobian_pattern_at(&squares);
            (0..here.rows()).map(|i| T::sum(here.row(i).iter().map(|&j| squares[j]))).collect()
        }
    }

    let x = [1.0, 3.0, 2.0];
    assert_eq!(Outer.jacobian_pattern_at(&x).to_string(), "·×·\n·×·\n");
    assert_eq!(Outer.hessian_pattern_at(&x).to_string(), "×··\n·×·\n··×\n");
    // Which of both is larger depends on the point.
    assert!(Outer.jacobian_pattern(&x).is_err());
}

/// A number of the call around it, taken in as data: its dependence would be missed.
#[test]
fn numbers_of_two_calls_do_not_mix() {
    struct Inner<D> {
        outer: D,
    }

    impl<D: Number> Function for Inner<D> {
        type From = [f64];
        type To = f64;

        fn call<T: Number>(&self, x: &[T]) -> T {
            x[0] + <T as NumCast>::from(self.outer).unwrap()
        }
    }

    struct Outer;

    impl Function for Outer {
        type From = [f64];
        type To = f64;

        fn call<T: Number>(&self, x: &[T]) -> T {
            // At a point of plain numbers, where those of both calls have one type.
            let pattern = Inner { outer: x[0] }.jacobian_pattern_at(&[1.0]);
            T::from(pattern.nnz()).unwrap() * x[0]
        }
    }

    let panicked = panic_of(|| _ = Outer.jacobian_pattern_at(&[1.0])).unwrap();
    assert!(panicked.message.contains("numbers of two calls"), "{panicked:?}");
}

/// What a function keeps for its next call.
#[test]
fn numbers_that_are_kept_are_refused() {
    thread_local! {
        static KEPT: Cell<Option<Box<dyn std::any::Any>>> = const { Cell::new(None) };
    }

    let f = lambda!(|x: [f64]| -> f64 {
        let kept = KEPT.take().and_then(|kept| kept.downcast::<T>().ok());
        let result = match kept {
            Some(kept) => x[0] + *kept,
            None => x[0],
        };
        KEPT.set(Some(Box::new(x[1])));
        result
    });
    assert_eq!(f.jacobian_pattern(&[1.0, 2.0]).unwrap().to_string(), "×·\n");
    let panicked = panic_of(|| _ = f.jacobian_pattern(&[1.0, 2.0])).unwrap();
    assert!(panicked.message.contains("numbers of two calls"), "{panicked:?}");
}

/// A result that is of another call.
#[test]
fn results_that_are_kept_are_refused() {
    thread_local! {
        static KEPT: Cell<Option<Box<dyn std::any::Any>>> = const { Cell::new(None) };
    }

    let f = lambda!(|x: [f64]| -> f64 {
        let kept = KEPT.replace(Some(Box::new(x[0] * x[1])));
        kept.and_then(|kept| kept.downcast::<T>().ok()).map_or(x[0], |kept| *kept)
    });
    assert_eq!(f.jacobian_pattern(&[1.0, 2.0]).unwrap().to_string(), "×·\n");
    let panicked = panic_of(|| _ = f.jacobian_pattern(&[1.0, 2.0])).unwrap();
    assert!(panicked.message.contains("numbers of two calls"), "{panicked:?}");
}

#[test]
fn both_patterns_are_those_found_alone() {
    let f = lambda!(|x: [f64]| -> Vec<f64> { x.windows(3).map(|w| w[0] * w[1] + w[2].sin()).collect() });
    let x = [0.5; 9];
    let both = patterns(&f, &x).unwrap();
    assert_eq!(both.jacobian, f.jacobian_pattern(&x).unwrap());
    assert_eq!(both.hessian, f.hessian_pattern(&x).unwrap());
    let hessian: Pattern = f.hessian_pattern_at(&x);
    assert_eq!(both.hessian, hessian);
}

/// That what a sparse driver gives at `x` is what the dense one gives.
macro_rules! sparse_is_dense {
    ($f:expr, $x:expr) => {{
        let (f, x) = ($f, $x);
        let (sparse, dense) = (f.sparse_jacobian(&x).to_dense(), f.jacobian(&x));
        for (sparse, dense) in sparse.iter().flatten().zip(dense.iter().flatten()) {
            assert!(f64::abs(sparse - dense) < 1e-12, "{sparse} {dense}");
        }
    }};
}

#[test]
fn whole_algorithms_depend_on_entries_that_are_zero() {
    use tangents::linalg::{determinant, singular_values, svd, symmetric_eigen, symmetric_eigenvalues};

    let of_singular = lambda!(|x: [f64]| -> [f64; 1] { [determinant(&[[x[0], x[1]], [x[2], x[3]]])] });
    sparse_is_dense!(of_singular, [1.0, 2.0, 2.0, 4.0]);
    sparse_is_dense!(of_singular, [0.0; 4]);
    let f = lambda!(|x: [f64]| -> f64 { determinant(&[[x[0], x[1]], [x[2], x[3]]]) });
    assert_eq!(f.sparse_hessian(&[0.0, 0.0, 0.0, 1.0]).to_dense(), f.hessian(&[0.0, 0.0, 0.0, 1.0]));

    let vectors = lambda!(|x: [f64]| -> [f64; 4] {
        let [u, v] = symmetric_eigen(&[[T::one(), x[0]], [x[0], T::lit(2.0)]]).unwrap().vectors;
        [u[0], u[1], v[0], v[1]]
    });
    for x in [0.0, 1e-20, 0.5] {
        sparse_is_dense!(vectors, [x]);
    }
    let values = lambda!(|x: [f64]| -> [f64; 3] {
        symmetric_eigenvalues(&[[x[0], x[3], T::zero()], [x[3], x[1], x[4]], [T::zero(), x[4], x[2]]])
            .unwrap()
    });
    sparse_is_dense!(values, [1.0, 2.0, 3.0, 0.0, 0.0]);
    let singular = lambda!(|x: [f64]| -> [f64; 2] {
        singular_values(&[[x[0], x[2]], [T::zero(), x[1]], [x[3], x[4]]]).unwrap()
    });
    sparse_is_dense!(singular, [2.0, 1.0, 0.0, 0.0, 0.0]);
    let left = lambda!(|x: [f64]| -> [f64; 2] {
        svd(&[[x[0], x[2]], [T::zero(), x[1]], [x[3], x[4]]]).unwrap().u[0]
    });
    sparse_is_dense!(left, [2.0, 1.0, 0.0, 0.0, 0.0]);

    // Within a derivative: ∂/∂t of det (x₀ + t, x₁; x₂, t).
    let inner = lambda!(|x: [f64]| -> [f64; 1] {
        let x: Vec<_> = x.iter().map(|&x| Dual::<T, 1>::constant(x)).collect();
        let t = Dual::variable(T::zero(), 0);
        [determinant(&[[x[0] + t, x[1]], [x[2], t]]).eps[0]]
    });
    sparse_is_dense!(inner, [0.0, 0.0, 1.0]);
    sparse_is_dense!(inner, [3.0, 0.0, 1.0]);
}
