//! Every block that is `unsafe`, at every length at which it takes another way.

use std::array::from_fn;
use std::fmt::Debug;

use bytemuck::{Zeroable, bytes_of, cast_slice, pod_read_unaligned};
use num_traits::NumCast;
use tangents::function::InstructionSet;
use tangents::random::{Key, uniform, uniform_vec};
use tangents::{
    Dual, Function, HyperDual, Number, Real, Taylor, Workspace, gradient, hessian, jacobian, matvec,
};

/// Small integers that differ from their neighbours, none of them zero.
fn integer(k: usize) -> f64 {
    [3.0, -1.0, 2.0, -5.0, 4.0, 1.0, -2.0][k % 7]
}

/// What the operators make of each lane, beside the formula of one.
fn lanes_of_products<T: Real + Debug, const N: usize>() {
    let number =
        |shift: usize| Dual::<T, N>::new(T::lit(integer(shift)), from_fn(|k| T::lit(integer(k + shift + 1))));
    let (x, y) = (number(0), number(3));
    let four = T::lit(4.0);
    for k in 0..N {
        let (u, v) = (x.eps[k], y.eps[k]);
        assert_eq!((x + y).eps[k], u + v);
        assert_eq!((x - y).eps[k], u - v);
        assert_eq!((x * y).eps[k], u * y.re + x.re * v);
        assert_eq!((x * four).eps[k], u * four);
        // A divisor that is a power of two: its reciprocal is exact.
        assert_eq!((x / four).eps[k], u / four);
        assert_eq!((x / y.with(four)).eps[k], (u - x.re / four * v) / four);
        assert_eq!((Dual::constant(four) / y.with(four)).eps[k], -v / four);
        assert_eq!(y.with(four).recip().eps[k], -v / (four * four));
    }
    for k in 0..N {
        let variable = Dual::<T, N>::variable(four, k);
        assert!((0..N).all(|j| variable.eps[j] == if j == k { T::one() } else { T::zero() }));
        assert_eq!(variable.sqrt().eps[k], T::lit(0.25));
    }
}

/// The same tangents at another value.
trait With<T> {
    fn with(self, re: T) -> Self;
}

impl<T, const N: usize> With<T> for Dual<T, N> {
    fn with(self, re: T) -> Self {
        Dual::new(re, self.eps)
    }
}

macro_rules! at_lengths {
    ($test:ident: $($N:literal)*) => {
        $($test::<f64, $N>(); $test::<f32, $N>();)*
    };
}

#[test]
fn lanes_of_every_length_in_vectors_and_in_the_tail() {
    at_lengths!(lanes_of_products: 0 1 2 3 4 5 6 7 8 9 11 13 15 16 17 20 24 31 32 33);
}

#[test]
fn lanes_of_nested_numbers() {
    lanes_of_products::<Dual<f64, 2>, 3>();
    lanes_of_products::<Dual<f32, 5>, 4>();
    lanes_of_products::<HyperDual<f64, 3>, 2>();
}

/// The Hessian of products and quotients of linear functions, whose entries are known.
fn rows_of_hessians<T: Real + Debug, const N: usize>() {
    let slopes = |shift: usize| -> [T; N] { from_fn(|k| T::lit(integer(k + shift))) };
    let (a, b) = (slopes(1), slopes(5));
    let linear = |re: f64, slopes: [T; N]| HyperDual::<T, N>::from_fn(T::lit(re), slopes, |_, _| T::zero());
    let (x, y) = (linear(3.0, a), linear(4.0, b));
    let (product, quotient) = (x * y, x / y);
    let (reciprocal, square) = (y.recip(), x.powi(2));
    // Beside three columns, because the interpreter is slow; each row of the memory has entries in them.
    for i in 0..N {
        for j in [0, N / 2, N - 1] {
            let cross = a[i] * b[j] + a[j] * b[i];
            assert_eq!(product.second(i, j), cross);
            // (x/y)ᵢⱼ = −(xᵢyⱼ + xⱼyᵢ)/y² + 2x·yᵢyⱼ/y³
            let bent = T::lit(6.0) * b[i] * b[j] / T::lit(64.0);
            assert_eq!(quotient.second(i, j), bent - cross / T::lit(16.0));
            assert_eq!(reciprocal.second(i, j), T::lit(2.0) * b[i] * b[j] / T::lit(64.0));
            assert_eq!(square.second(i, j), T::lit(2.0) * a[i] * a[j]);
            assert_eq!((product + square).second(i, j), (square + product).second(j, i));
        }
    }
    let copy = product;
    assert!(copy.identical(&product) && !product.is_nan());
}

#[test]
fn rows_of_every_length_turned_and_in_two_parts() {
    at_lengths!(rows_of_hessians: 0 1 2 3 4 5 6 7 8 9 11 16 17);
    rows_of_hessians::<f64, 24>();
    rows_of_hessians::<f64, 33>();
}

/// A slope that isn't finite, and a divisor whose reciprocal would lose digits, leave the straight line.
#[test]
fn ways_out_of_the_straight_line() {
    fn leave<const N: usize>() {
        let zero = HyperDual::<f64, N>::variable(0.0, N - 1);
        assert!(zero.sqrt().gradient[N - 1].is_infinite());
        assert!(zero.sqrt().gradient[..N - 1].iter().all(|&lane| lane == 0.0));
        let tiny = HyperDual::<f64, N>::constant(1e-120);
        let x = HyperDual::<f64, N>::variable(1e-120, 0);
        assert_eq!((x / tiny).gradient[0], 1.0 / 1e-120);
        assert_eq!((x.first_order() / tiny.first_order()).eps[0], 1.0 / 1e-120);
        let (infinite, seed) = (Dual::<f64, N>::variable(0.0, 0).sqrt(), Dual::variable(3.0, N - 1));
        assert!(infinite.hypot(seed).eps[0].is_nan() && infinite.atan2(seed).eps[0].is_infinite());
    }
    leave::<1>();
    leave::<3>();
    leave::<4>();
    leave::<9>();
}

/// `NumCast::from` hands a number over that it recognises, and makes a constant of any other.
#[test]
fn numbers_recognised_behind_a_cast() {
    let x = Dual::<Dual<f64, 3>, 2>::variable(Dual::variable(2.0, 1), 0);
    let again = <Dual<Dual<f64, 3>, 2> as NumCast>::from(x).expect("its own type");
    assert!(again.identical(&x));
    let h = HyperDual::<f32, 5>::variable(2.0, 3);
    assert!(<HyperDual<f32, 5> as NumCast>::from(h).expect("its own type").identical(&h));
    let t = Taylor::<Dual<f64, 2>, 4>::variable(Dual::variable(2.0, 1));
    assert!(<Taylor<Dual<f64, 2>, 4> as NumCast>::from(t).expect("its own type").identical(&t));
    assert!(<Dual<f64, 3> as NumCast>::from(h).expect("a number").is_constant());
}

#[test]
fn drivers_at_arrays_and_slices() {
    let x: [f64; 9] = from_fn(integer);
    assert_eq!(gradient(|x| x.iter().copied().sum(), &x), [1.0; 9]);
    assert_eq!(gradient(|x| x.iter().copied().sum(), x.as_slice()), [1.0; 9]);
    let squares = hessian(|x| x.iter().map(|x| x * x).sum(), &x);
    let on_the_heap = hessian(|x| x.iter().map(|x| x * x).sum(), x.as_slice());
    let mut flat = [0.0; 81];
    let mut workspace = Workspace::<f64, 4>::with_lanes();
    workspace.hessian(|x| x.iter().map(|x| x * x).sum(), &x, &mut flat).expect("81 = 9·9");
    for i in 0..9 {
        for j in 0..9 {
            let expected = if i == j { 2.0 } else { 0.0 };
            assert_eq!([squares[i][j], on_the_heap[i][j], flat[9 * i + j]], [expected; 3]);
        }
    }
    let matrix: [[f64; 5]; 7] = from_fn(|i| from_fn(|j| integer(i * 5 + j)));
    assert_eq!(jacobian(|x| matvec::<_, _, _, 7, 5>(&matrix, x), &[1.0; 5]), matrix);
}

/// x₀·x₁ + x₁·x₂ + …
struct Chain;

impl Function for Chain {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        x.windows(2).fold(T::zero(), |sum, x| sum + x[0] * x[1] / T::one())
    }
}

#[test]
fn lanes_that_a_constant_has_not() {
    let x: Vec<f64> = (0..37).map(integer).collect();
    let neighbours = |i: usize| {
        let before = if i > 0 { x[i - 1] } else { 0.0 };
        before + x.get(i + 1).unwrap_or(&0.0)
    };
    let expected: Vec<f64> = (0..37).map(neighbours).collect();
    // Of an interpreter they are those that it is told to have.
    InstructionSet::in_each(|_| {
        assert_eq!(Chain.gradient(&x), expected);
        assert_eq!(Chain.jacobian(&x), expected);
        let h = Chain.hessian(&x[..10]);
        assert!(
            (0..100).all(|k| h[k / 10][k % 10] == if (k / 10).abs_diff(k % 10) == 1 { 1.0 } else { 0.0 })
        );
        assert_eq!(Chain.hessian(&[3.0, 4.0, 5.0, 6.0])[1], [1.0, 0.0, 1.0, 0.0]);
    });
    let single: Vec<f32> = x.iter().map(|&x| f32::lit(x)).collect();
    assert_eq!(Chain.gradient(&single), expected.iter().map(|&g| f32::lit(g)).collect::<Vec<_>>());
    let mut prepared = Chain.prepare(&x);
    for n in [37, 5, 20] {
        let (mut g, mut h) = (vec![0.0; n], vec![0.0; n * n]);
        prepared.gradient(&x[..n], &mut g).unwrap();
        assert_eq!(g[..n - 1], expected[..n - 1]);
        assert_eq!(g[n - 1], x[n - 2]);
        prepared.hessian(&x[..n], &mut h).unwrap();
        assert!((0..n * n).all(|k| h[k] == if (k / n).abs_diff(k % n) == 1 { 1.0 } else { 0.0 }));
    }
}

/// Chunks of coordinates whose lanes a constant hasn't, over numbers with a lane for each colour, in the memory of a workspace.
#[test]
fn plans_of_sparse_derivatives_in_the_memory_of_a_workspace() {
    use tangents::sparse::{HessianPlan, JacobianPlan, SparseWorkspace};

    let x: Vec<f64> = (0..19).map(integer).collect();
    let hessian = HessianPlan::from_pattern(Chain.hessian_pattern(&x).unwrap()).unwrap();
    let jacobian = JacobianPlan::from_pattern(Chain.jacobian_pattern(&x).unwrap()).unwrap();
    let expected = Chain.gradient(&x);
    let mut workspace = SparseWorkspace::new();
    InstructionSet::in_each(|_| {
        let mut values = vec![0.0; hessian.nnz()];
        hessian.hessian_into(&Chain, &x, &mut values, &mut workspace).unwrap();
        for ((i, j), value) in hessian.pattern().entries().zip(values) {
            assert_eq!(value, if i.abs_diff(j) == 1 { 1.0 } else { 0.0 });
        }
        let mut values = vec![0.0; jacobian.nnz()];
        jacobian.jacobian_into(&Chain, &x, &mut values, &mut workspace).unwrap();
        assert_eq!(values, expected);
    });
}

#[test]
fn numbers_as_bytes() {
    let x = Dual::<f32, 3>::new(1.0, [2.0, 3.0, 4.0]);
    assert_eq!(bytes_of(&x), bytes_of(&[1.0_f32, 2.0, 3.0, 4.0]));
    let numbers: &[Dual<f64, 1>] = cast_slice(&[1.0_f64, 2.0, 3.0, 4.0]);
    assert_eq!((numbers[1].re, numbers[1].eps), (3.0, [4.0]));
    let series: Taylor<f64, 2> = pod_read_unaligned(bytes_of(&[1.0_f64, 2.0, 3.0]));
    assert_eq!(series.coefficients, [2.0, 3.0]);
    assert_eq!(HyperDual::<f64, 5>::zeroed().hessian(), [[0.0; 5]; 5]);
    let ones = 1.0_f64.to_ne_bytes().repeat(size_of::<HyperDual<f64, 4>>() / 8);
    let hyper: HyperDual<f64, 4> = pod_read_unaligned(&ones);
    assert_eq!(hyper.hessian(), [[1.0; 4]; 4]);
}

/// 150 words: a block of 128 counters and a part of one.
#[test]
fn blocks_of_random_words() {
    let numbers: [f32; 150] = uniform(Key::new(137));
    let on_the_heap: Vec<f32> = uniform_vec(Key::new(137), 150);
    assert_eq!(numbers.as_slice(), on_the_heap);
    assert!(numbers.iter().all(|x| (0.0..1.0).contains(x)));
}
