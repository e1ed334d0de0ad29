//! What the compiler infers: each form here stands without annotations or with the ones shown.
//!
//! That this file compiles is most of the proof; the assertions show that the right instance was inferred.

// A function stands beside the assertions about it.
#![allow(clippy::items_after_statements)]

use num_traits::Float;
use tangents::jax::{ARG0, ARG1, ARG2, grad2, grad3, jacfwd2, value_and_grad2};
use tangents::point::{Exactly, Family, View};
use tangents::{
    Dual, Number, Real, Special, Workspace, derivative, divergence, grad, gradient, hessian, hessians, hvp,
    jacfwd, jacobian, jet, jvp, laplacian, nth_derivative, partial, taylor, third_derivatives,
    value_and_derivative, value_and_grad, value_and_gradient, vhv,
};

fn paraboloid<T: Float>(x: &[T]) -> T {
    x.iter().fold(T::zero(), |sum, &xi| sum + xi * xi)
}

fn paraboloid2<T: Float>(coeff: &[T], x: &[T]) -> T {
    coeff.iter().zip(x).fold(T::zero(), |sum, (&c, &x)| sum + c * x * x)
}

/// Bounds looser and stricter than `Float` serve as well.
fn product<T: Copy + std::ops::Mul<Output = T>>(x: &[T]) -> T {
    x[0] * x[1]
}

fn scaled<T: Real>(x: &[T]) -> T {
    T::lit(3.0) * T::sum(x)
}

#[test]
fn a_generic_function_is_instantiated_by_the_transform() {
    assert_eq!(grad(paraboloid)(&[2.4, 3.6]), [4.8, 7.2]);
    let g = grad(paraboloid);
    assert_eq!(g(&[2.4, 3.6]), [4.8, 7.2]);
    assert_eq!(grad(product)(&[2.0, 3.0]), [3.0, 2.0]);
    assert_eq!(grad(scaled)(&[2.0, 3.0]), [3.0, 3.0]);
    assert_eq!(value_and_grad(paraboloid)(&[3.0]), (9.0, [6.0]));
    assert_eq!(jacfwd(paraboloid)(&[2.0, 3.0]), [4.0, 6.0]);
}

#[test]
fn a_generic_function_is_instantiated_by_the_direct_call() {
    assert_eq!(gradient(paraboloid, &[2.0, 3.0]), [4.0, 6.0]);
    assert_eq!(hessian(product, &[2.0, 3.0]), [[0.0, 1.0], [1.0, 0.0]]);
    assert_eq!(jvp(scaled, &[2.0, 3.0], &[1.0, 1.0]), 6.0);
    assert_eq!(hvp(paraboloid, &[2.0, 3.0], &[1.0, 0.0]), [2.0, 0.0]);
    assert_eq!(derivative(Float::sin, 0.0), 1.0);
    assert_eq!(derivative(Dual::sin, 0.0), 1.0);
}

#[test]
fn transforms_compose_without_annotations() {
    let hessian = jacfwd(grad(paraboloid));
    assert_eq!(hessian(&[2.4, 3.6]), [[2.0, 0.0], [0.0, 2.0]]);
    assert_eq!(jacfwd(grad(product))(&vec![2.0, 3.0]), [[0.0, 1.0], [1.0, 0.0]]);
    let mixed = jacfwd2(grad2(paraboloid2, ARG1), ARG0);
    assert_eq!(mixed(&[3.0, 2.0], &[2.0, 1.0]), [[4.0, 0.0], [0.0, 2.0]]);
}

#[test]
fn points_of_every_kind_and_precision_are_inferred() {
    assert_eq!(grad(paraboloid)(&[2.0_f32, 3.0]), [4.0_f32, 6.0]);
    assert_eq!(grad(paraboloid)(&vec![2.0, 3.0]), vec![4.0, 6.0]);
    assert_eq!(grad(paraboloid)(&vec![2.0_f32, 3.0]), vec![4.0_f32, 6.0]);
    let owner = [2.0, 3.0, 4.0];
    assert_eq!(grad(paraboloid)(&owner[1..]), vec![6.0, 8.0]);
    let slice: &[f64] = &owner;
    assert_eq!(grad(paraboloid)(slice), vec![4.0, 6.0, 8.0]);
    assert_eq!(gradient(paraboloid, slice), vec![4.0, 6.0, 8.0]);
    assert_eq!(gradient(paraboloid, &owner[..2]), vec![4.0, 6.0]);
    assert_eq!(grad(paraboloid)(&[Dual::new(2.0, [1.0])])[0].eps, [2.0]);
}

#[test]
fn one_plain_function_serves_many_points_in_one_scope() {
    // A transformed function has one type of point; the plain function has all.
    let (g2, g3, gf) = (grad(paraboloid), grad(paraboloid), grad(paraboloid));
    assert_eq!(g2(&[1.0, 2.0]), [2.0, 4.0]);
    assert_eq!(g3(&[1.0, 2.0, 3.0]), [2.0, 4.0, 6.0]);
    assert_eq!(gf(&[1.0_f32]), [2.0_f32]);
}

#[test]
fn closures_in_direct_calls_need_no_annotation() {
    assert_eq!(derivative(|x| x * x.sin(), 0.0), 0.0);
    assert_eq!(gradient(|x| x[0] * x[1].sin(), &[1.0, 0.0]), [0.0, 1.0]);
    assert_eq!(gradient(|x| x.iter().map(|xi| xi * xi).sum(), &[1.0, 2.0]), [2.0, 4.0]);
    assert_eq!(gradient(|x| x.iter().map(|xi| xi * xi).sum(), &vec![1.0, 2.0]), [2.0, 4.0]);
    assert_eq!(gradient(|x| x.iter().product(), &[2.0, 3.0]), [3.0, 2.0]);
    assert_eq!(gradient(|x| x.iter().copied().fold(Dual::lit(0.0), |a, b| a + b), &[1.0, 2.0]), [1.0, 1.0]);
    assert_eq!(gradient(|&[x, y]: &[_; 2]| x * y, &Pair([2.0, 3.0])).0, [3.0, 2.0]);
    assert_eq!(value_and_gradient(|x| x[0].powi(2), &[3.0]), (9.0, [6.0]));
    assert_eq!(jacobian(|x| [x[0] + x[1], x[0] * x[1]], &[2.0, 3.0]), [[1.0, 1.0], [3.0, 2.0]]);
    assert_eq!(
        jacobian(|x| x.iter().map(|xi| xi * xi).collect::<Vec<_>>(), &[1.0, 2.0]),
        [[2.0, 0.0], [0.0, 4.0]]
    );
    assert_eq!(hessian(|x| x[0].exp() * x[1], &[0.0, 2.0]), [[2.0, 1.0], [1.0, 0.0]]);
    assert_eq!(hvp(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.0]), [4.0, 6.0]);
    assert_eq!(jvp(|x| x[0] * x[1], &[2.0, 3.0], &[1.0, 0.5]), 4.0);
    assert_eq!(
        gradient(
            |x| {
                let mut sum = x[0] * 0.0;
                for xi in x {
                    sum += xi * xi;
                }
                sum
            },
            &[1.0, 2.0]
        ),
        [2.0, 4.0]
    );
}

/// A point whose argument is an array, so that a closure can take it apart.
struct Pair<T>([T; 2]);

impl<T: Number> tangents::Point for Pair<T> {
    type Scalar = T;
    type Lanes = Exactly<2>;
    type Family = Pair<f64>;

    fn dim(&self) -> usize {
        2
    }
    fn lift<D>(&self, coordinate: &mut impl FnMut(&T) -> D, _: &mut impl FnMut(&T) -> D) -> Pair<D> {
        Pair(self.0.map(|x| coordinate(&x)))
    }
    fn coordinate<D>(of: &mut Pair<D>, i: usize) -> Result<&mut D, usize> {
        of.0.get_mut(i).ok_or(i.wrapping_sub(2))
    }
    fn argument<D>(of: &Pair<D>) -> &[D; 2] {
        &of.0
    }
}

impl Family for Pair<f64> {
    type Of<D> = Pair<D>;
    type View = Two;

    fn map<A: Number, D>(
        of: &Pair<A>,
        coordinate: &mut impl FnMut(&A) -> D,
        _: &mut impl FnMut(&A) -> D,
    ) -> Pair<D> {
        Pair(of.0.each_ref().map(coordinate))
    }
    fn pair<A: Number, D>(
        of: &Pair<A>,
        with: &mut Pair<D>,
        f: &mut impl FnMut(&A, &mut D),
    ) -> Result<(), tangents::Error> {
        tangents::Point::pair(of, with, f)
    }
}

/// An array of two, not a slice.
struct Two;

impl View for Two {
    type Of<D> = [D; 2];
}

#[test]
fn closures_in_transforms_are_annotated_with_their_dual() {
    let g = grad(|x: &[Dual<f64, 2>]| x[0] * x[1].sin());
    assert_eq!(g(&[1.0, 0.0]), [0.0, 1.0]);
    let g = grad(|x: &[Dual<f32, 8>]| x.iter().map(|xi| xi * xi).sum());
    assert_eq!(g(&vec![1.0, 2.0]), [2.0, 4.0]);
    let j = jacfwd(|x: &[Dual<f64, 2>]| [x[0] * x[1]]);
    assert_eq!(j(&[2.0, 3.0]), [[3.0, 2.0]]);
    // The inner transform sees a slice and runs on 8 lanes.
    let h = jacfwd(grad(|x: &[Dual<Dual<f64, 2>, 8>]| x[0] * x[1]));
    assert_eq!(h(&[2.0, 3.0]), [[0.0, 1.0], [1.0, 0.0]]);
    let factor = 3.0;
    let g = grad2(|w: &[Dual<f64, 1>], x: &[Dual<f64, 1>]| w[0] * x[0] * factor, ARG1);
    assert_eq!(g(&[2.0], &[5.0]), [6.0]);
}

#[test]
fn literals_of_both_precisions_stand_on_both_sides_at_every_depth() {
    assert_eq!(derivative(|x| x * 2.0, 1.0), 2.0);
    assert_eq!(derivative(|x| 2.0 * x, 1.0), 2.0);
    assert_eq!(derivative(|x| x * 2.0, 1.0_f32), 2.0_f32);
    assert_eq!(derivative(|x| 2.0 * x, 1.0_f32), 2.0_f32);
    assert_eq!(derivative(|x| 1.0 - 2.0 / (x + 1.0), 1.0), 0.5);
    assert_eq!(derivative(|x| derivative(|y| y * y * 3.0, x), 1.0), 6.0);
    assert_eq!(derivative(|x| derivative(|y| 3.0 * y * y, x), 1.0), 6.0);
    assert_eq!(derivative(|x| derivative(|y| 3.0 * y * y, x), 1.0_f32), 6.0_f32);
    assert_eq!(derivative(|x| derivative(|y| y * y * x * 2.0, x), 1.0), 8.0);
    assert_eq!(hessian(|x| 0.5 * x[0] * x[1] * 4.0 + 1.0, &[1.0, 1.0]), [[0.0, 2.0], [2.0, 0.0]]);
    assert_eq!(gradient(|x| x[0] * 2.0 - 1.0, &[1.0_f32]), [2.0_f32]);
}

#[test]
fn argnums_are_inferred_over_slices_arrays_and_numbers() {
    let (coeff, x) = ([3.0, 2.0, 5.0], [2.0, 1.0, 3.0]);
    assert_eq!(grad2(paraboloid2, ARG1)(&coeff, &x), [12.0, 4.0, 30.0]);
    assert_eq!(grad2(paraboloid2, (ARG0, ARG1))(&coeff, &x), ([4.0, 1.0, 9.0], [12.0, 4.0, 30.0]));
    assert_eq!(grad2(paraboloid2, ARG1)(&coeff[..2], &x[..2]), [12.0, 4.0]);
    assert_eq!(grad2(paraboloid2, ARG0)(&coeff.to_vec(), &x), [4.0, 1.0, 9.0]);
    assert_eq!(grad2(paraboloid2, ARG1)(&[3.0_f32], &[2.0]), [12.0_f32]);
    assert_eq!(value_and_grad2(paraboloid2, ARG1)(&[3.0], &[2.0]), (12.0, [12.0]));

    fn loss<T: Float>(w: &[T], b: &T, x: &[T]) -> T {
        (w[0] * x[0] + *b - x[1]).powi(2)
    }
    assert_eq!(grad3(loss, (ARG0, ARG1))(&[2.0], &1.0, &[3.0, 5.0]), ([12.0], 4.0));
    assert_eq!(grad3(loss, ARG2)(&[2.0], &1.0, &[3.0, 5.0]), [8.0, -4.0]);

    fn transform<T: Float>(input: &[T], matrix: &[T]) -> Vec<T> {
        matrix.chunks(input.len()).map(|row| paraboloid2(row, input)).collect()
    }
    assert_eq!(jacfwd2(transform, ARG0)(&[1.0, 2.0], &[1.0, 0.0, 0.0, 3.0]), [[2.0, 0.0], [0.0, 12.0]]);
}

#[test]
fn transformed_functions_run_in_loops_over_temporaries() {
    let g = grad(paraboloid);
    for row in [[0.2, 0.3], [2.4, 3.6], [4.4, 2.1]] {
        assert_eq!(g(&row), row.map(|x| 2.0 * x));
    }
    let g = grad(paraboloid);
    for n in 0..3 {
        let x: Vec<f64> = (0..n).map(f64::from).collect();
        assert_eq!(g(&x).len(), x.len());
    }
    let g = grad2(paraboloid2, ARG1);
    let results: Vec<[f64; 1]> = (1..4).map(|i| g(&[f64::from(i)], &[1.0])).collect();
    assert_eq!(results, [[2.0], [4.0], [6.0]]);
}

#[test]
fn transformed_functions_are_values_to_pass_on() {
    fn steepest(g: impl Fn(&[f64; 2]) -> [f64; 2], x: [f64; 2]) -> f64 {
        g(&x).into_iter().fold(0.0, f64::max)
    }
    assert_eq!(steepest(grad(paraboloid), [1.0, 3.0]), 6.0);
    let boxed: Box<dyn Fn(&[f64]) -> Vec<f64>> = Box::new(grad(paraboloid));
    assert_eq!(boxed(&[1.0, 3.0]), [2.0, 6.0]);
    let several: [Box<dyn Fn(&[f64; 1]) -> [f64; 1]>; 2] =
        [Box::new(grad(paraboloid)), Box::new(grad(scaled))];
    assert_eq!(several.map(|g| g(&[5.0])), [[10.0], [3.0]]);
}

// ---- A literal, then a method ----

/// Each kind of method on an operator's result with a literal on its left, or on its right: the type must be known there.
macro_rules! every_kind_of_method {
    ($x:expr) => {
        (2.0 * $x).sin()
            + (1.0 - $x).powi(2)
            + (1.0 + $x).powf(1.5.into())
            + (0.5 / $x).sqrt()
            + (3.0 % $x).abs()
            + (2.0 * $x).max(1.0.into())
            + (2.0 * &$x).atan2($x)
            + (0.25 * $x).mul_add($x, 1.0 - $x)
            + (&0.5 * $x).erf()
            + (1.0 + $x).ln_gamma()
            + (2.0 * -$x).exp().clone().recip()
            + ($x * 2.0 + 1.0).ln()
            + ($x / 2.0 - 1.0).cosh()
            + (1.5 - ($x % 4.0)).tanh()
    };
}

fn the_same<T: Special>(x: T) -> T {
    let c = T::lit;
    (c(2.0) * x).sin()
        + (c(1.0) - x).powi(2)
        + (c(1.0) + x).powf(c(1.5))
        + (c(0.5) / x).sqrt()
        + (c(3.0) % x).abs()
        + (c(2.0) * x).max(c(1.0))
        + (c(2.0) * x).atan2(x)
        + (c(0.25) * x).mul_add(x, c(1.0) - x)
        + (c(0.5) * x).erf()
        + (c(1.0) + x).ln_gamma()
        + (c(2.0) * -x).exp().recip()
        + (x * c(2.0) + c(1.0)).ln()
        + (x / c(2.0) - c(1.0)).cosh()
        + (c(1.5) - (x % c(4.0))).tanh()
}

fn the_same_of<T: Special>(x: &[T]) -> T {
    the_same(x[0]) * x[1]
}

#[test]
fn a_method_may_follow_a_literal_in_every_driver() {
    macro_rules! in_every_driver {
        ($($at:literal)*) => {$({
            let x = $at;
            assert_eq!(derivative(|x| every_kind_of_method!(x), $at), derivative(the_same, x));
            assert_eq!(value_and_derivative(|x| every_kind_of_method!(x), $at), value_and_derivative(the_same, x));
            let (third, want) =
                (nth_derivative::<3, _>(|x| every_kind_of_method!(x), $at), nth_derivative::<3, _>(the_same, x));
            assert_eq!(third, want);
            assert!(taylor::<3, _>(|x| every_kind_of_method!(x), $at).identical(&taylor::<3, _>(the_same, x)));

            let (p, v) = ([x, 0.75], [0.5, 2.0]);
            assert_eq!(gradient(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75]), gradient(the_same_of, &p));
            assert_eq!(gradient(|x| every_kind_of_method!(x[0]) * x[1], &vec![$at, 0.75]), gradient(the_same_of, &p));
            assert_eq!(jacobian(|x| [every_kind_of_method!(x[0]) * x[1]], &[$at, 0.75]), [gradient(the_same_of, &p)]);
            assert_eq!(jvp(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75], &[0.5, 2.0]), jvp(the_same_of, &p, &v));
            assert_eq!(hvp(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75], &[0.5, 2.0]), hvp(the_same_of, &p, &v));
            assert_eq!(vhv(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75], &[0.5, 2.0]), vhv(the_same_of, &p, &v));
            assert_eq!(hessian(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75]), hessian(the_same_of, &p));
            let (at, slice) = (vec![$at, 0.75], &p[..]);
            assert_eq!(hessian(|x| every_kind_of_method!(x[0]) * x[1], &at), hessian(the_same_of, slice));
            assert_eq!(hessian(|x| every_kind_of_method!(x[0]) * x[1], &vec![$at, 0.75]), hessian(the_same_of, slice));
            assert_eq!(hessians(|x| [every_kind_of_method!(x[0]) * x[1]], &[$at, 0.75]), [hessian(the_same_of, &p)]);
            assert_eq!(laplacian(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75]), laplacian(the_same_of, &p));
            let (sum, want) = (
                divergence(|x| [every_kind_of_method!(x[0]), every_kind_of_method!(x[1])], &[$at, 0.75]),
                divergence(|x| [the_same(x[0]), the_same(x[1])], &p),
            );
            assert_eq!(sum, want);
            let (mixed, want) = (
                partial(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75], [0, 0, 1]),
                partial(the_same_of, &p, [0, 0, 1]),
            );
            assert_eq!(mixed, want);
            assert_eq!(
                third_derivatives(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75]),
                third_derivatives(the_same_of, &p)
            );
            assert_eq!(jet(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75], [&[0.5, 2.0]]), jet(the_same_of, &p, [&v]));
            let mut g = [0.0, 0.0];
            let workspace = &mut Workspace::new();
            workspace.gradient(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75], &mut g).unwrap();
            assert_eq!(g, gradient(the_same_of, slice)[..]);
        })*};
    }
    in_every_driver!(0.7 0.7_f32 0.7_f64);
}

#[cfg(feature = "random")]
#[test]
fn a_method_may_follow_a_literal_in_every_check() {
    use tangents::check::CheckOptions;
    use tangents::{check_derivative, check_grads};

    macro_rules! in_every_check {
        ($($at:literal)*) => {$(
            let options = CheckOptions::order(2);
            check_grads(|x| every_kind_of_method!(x[0]) * x[1], &[$at, 0.75], options).unwrap();
            check_grads(|x| every_kind_of_method!(x[0]) * x[1], &vec![$at, 0.75], options.strict()).unwrap();
            check_derivative(|x| (2.0 * x).sin(), |x| 2.0 * (2.0 * x).cos(), $at, CheckOptions::first_order()).unwrap();
        )*};
    }
    in_every_check!(0.7 0.7_f32 0.7_f64);
}

#[test]
fn a_method_may_follow_a_literal_at_every_depth() {
    let inner = |x| derivative(the_same, x);
    assert_eq!(derivative(|x| derivative(|y| every_kind_of_method!(y), x), 0.7), derivative(inner, 0.7));
    assert_eq!(
        derivative(|x| derivative(|y| every_kind_of_method!(y), x), 0.7_f32),
        derivative(inner, 0.7_f32)
    );
    // The outer variable is the inner one's plain number.
    assert_eq!(derivative(|x| derivative(|y| (x * y).exp() + (2.0 * x + y).sin(), x), 0.0), 1.0);
    assert_eq!(derivative(|x| gradient(|y| (2.0 * x * y[0]).exp() / x, &[x])[0], 1.0), 8.0 * 2_f64.exp());
    assert_eq!(
        hessian(|x| derivative(|y| (2.0 * y).powi(3) * (x[0] * y).sqrt(), x[0]), &[1.0])[0][0],
        28.0 * 6.0
    );
}

#[test]
fn rosenbrock_is_written_as_in_the_book() {
    // ∂f/∂x₀ = −2·(1 − x₀) − 400·x₀·(x₁ − x₀²), ∂f/∂x₁ = 200·(x₁ − x₀²)
    let g = gradient(|x| (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0].powi(2)).powi(2), &[0.5, 1.25]);
    assert_eq!(g, [-201.0, 200.0]);
    let g = gradient(|x| (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0].powi(2)).powi(2), &[0.5_f32, 1.25]);
    assert_eq!(g, [-201.0_f32, 200.0]);
    let h = hessian(|x| (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0].powi(2)).powi(2), &[0.5, 1.25]);
    assert_eq!(h, [[-198.0, -200.0], [-200.0, 200.0]]);
    let h = hessian(|x| (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0].powi(2)).powi(2), &vec![0.5, 1.25]);
    assert_eq!(h, [[-198.0, -200.0], [-200.0, 200.0]]);
    let g = gradient(
        |x| x.windows(2).map(|w| (1.0 - w[0]).powi(2) + 100.0 * (w[1] - w[0] * w[0]).powi(2)).sum(),
        &vec![0.5, 1.25],
    );
    assert_eq!(g, [-201.0, 200.0]);
    // Along x₀ = x₁ = t it is (1 − t)² + 100·(t − t²)².
    let along = taylor::<2, _>(|t| (1.0 - t).powi(2) + 100.0 * (t - t.powi(2)).powi(2), 0.5);
    assert_eq!((along.re, along.coefficients), (6.5, [-1.0, -49.0]));
}

#[test]
fn a_literal_on_the_left_stands_in_generic_code() {
    fn damped<T: Special>(x: T) -> T {
        derivative(|y| 0.5 * (2.0 * y).sin() / (1.0 + y), x)
    }
    assert_eq!(damped(0.0), 1.0);
    assert_eq!(derivative(damped, 0.0), -2.0);
    fn of_any_number<T: Real, const N: usize>(x: Dual<T, N>) -> Dual<T, N> {
        (1.0 - 2.0 * x) / (3.0 + x)
    }
    assert_eq!(derivative(of_any_number, 1.0), -0.4375);
}
