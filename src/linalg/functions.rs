//! The exponential, the principal square root and the principal logarithm of a square matrix.
//!
//! All three are made of products and inverses, which lose nothing on numbers, and of a number of steps that the values choose. An
//! iteration goes on until the derivatives are as near as the values: they converge as fast, some steps behind.

use alloc::{vec, vec::Vec};
use core::marker::PhantomData;

use super::arrays::array;
use super::error::LinalgError;
use super::product::matmul_into;
use super::scale::{largest, power_of_2};
use super::solve::{check_finite, count, identity_of, solve_on_slices};
use crate::number::over::{Itself, Over, Work};
use crate::rules::Number;

/// The exponential of a matrix, `Σ Aᵏ/k!`.
///
/// By Padé's approximant of the degree 13, scaled and squared (Higham, *The scaling and squaring method for the matrix exponential
/// revisited*, 2005), on numbers, with a bound on the scaled matrix that leaves room for derivatives (Al-Mohy and Higham, 2009,
/// for the first).
///
/// Cost: some (8 + s)·N³ products of numbers, with s squarings for a matrix with a norm of 2ˢ.
///
/// # Errors
///
/// [`LinalgError::NotFinite`]; [`LinalgError::Overflow`] if the result isn't finite.
///
/// ```
/// use tangents::linalg::exp;
/// use tangents::{Dual, derivative};
///
/// // A rotation by x.
/// let sine = |x: Dual<f64, 1>| exp(&[[0.0.into(), -x], [x, 0.0.into()]]).unwrap()[1][0];
/// assert!((derivative(sine, 0.5) - 0.5_f64.cos()).abs() < 1e-15);
/// ```
#[doc(alias = "expm")]
pub fn exp<T: Number, const N: usize>(a: &[[T; N]; N]) -> Result<[[T; N]; N], LinalgError> {
    Ok(array(&exp_of(a.as_flattened(), N)?))
}

/// The principal square root of a matrix: the X with `X² = A` whose eigenvalues have positive real parts.
///
/// By the iteration of Denman and Beavers on numbers (Higham, *Functions of Matrices*, section 6.3).
///
/// Cost: some 20·N³ products of numbers, and more for eigenvalues of very different sizes.
///
/// # Errors
///
/// [`LinalgError::NotPrincipal`] if an eigenvalue is zero or on the negative real axis, or so near that the iteration doesn't
/// converge; [`LinalgError::NotFinite`].
///
/// ```
/// use tangents::linalg::sqrt;
///
/// let x: [[f64; 2]; 2] = sqrt(&[[1.0, 2.0], [0.0, 1.0]])?;
/// assert!((x[0][0] - 1.0).abs() < 1e-15 && (x[0][1] - 1.0).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
#[doc(alias = "sqrtm")]
pub fn sqrt<T: Number, const N: usize>(a: &[[T; N]; N]) -> Result<[[T; N]; N], LinalgError> {
    Ok(array(&sqrt_of(a.as_flattened(), N)?))
}

/// The principal logarithm of a matrix: the X with `exp X = A` whose eigenvalues have imaginary parts between −π and π.
///
/// Square roots bring the matrix near the identity; there Padé's approximant is a sum of inverses (Higham, *Functions of
/// Matrices*, section 11.4).
///
/// Cost: that of [`sqrt`] for each root, of which there are some 3 to 8, and some 10·N³ products of numbers.
///
/// # Errors
///
/// Those of [`sqrt`].
///
/// ```
/// use tangents::linalg::ln;
/// use tangents::{Dual, derivative};
///
/// // Of a rotation, the angle.
/// let angle = |x: Dual<f64, 1>| ln(&[[x.cos(), -x.sin()], [x.sin(), x.cos()]]).unwrap()[1][0];
/// assert!((derivative(angle, 2.0) - 1.0).abs() < 1e-14);
/// ```
#[doc(alias = "logm")]
pub fn ln<T: Number, const N: usize>(a: &[[T; N]; N]) -> Result<[[T; N]; N], LinalgError> {
    Ok(array(&ln_of(a.as_flattened(), N)?))
}

/// [`exp`] on slices.
pub(crate) fn exp_of<T: Number>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError> {
    of::<T, Exp>(a, n)
}

/// [`sqrt`] on slices.
pub(crate) fn sqrt_of<T: Number>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError> {
    of::<T, Sqrt>(a, n)
}

/// [`ln`] on slices.
pub(crate) fn ln_of<T: Number>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError> {
    of::<T, Ln>(a, n)
}

/// The steps of an algorithm on numbers: with plain numbers as `T` those of the values.
trait Algorithm {
    fn steps<P: Number, D, T: Over<P, D>>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError>;
}

/// What the algorithm gives at A, with the values of what it gives at the values, where derivatives ask for no steps of their own.
fn of<T: Number, A: Algorithm>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError> {
    check_finite(a, n)?;
    T::on_plain(OnNumbers { a, n, algorithm: PhantomData::<A> })
}

struct OnNumbers<'a, T, A> {
    a: &'a [T],
    n: usize,
    algorithm: PhantomData<A>,
}

impl<T: Number, A: Algorithm> Work<T> for OnNumbers<'_, T, A> {
    type Output = Result<Vec<T>, LinalgError>;

    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>,
    {
        let Self { a, n, .. } = self;
        let values = A::steps::<P, Itself, P>(&a.iter().map(Over::value).collect::<Vec<_>>(), n)?;
        if T::ORDER == 0 {
            return Ok(values.into_iter().map(T::of_value).collect());
        }
        Ok(A::steps(a, n)?.into_iter().zip(values).map(|(x, value)| x.with_plain(value)).collect())
    }
}

struct Exp;

/// The coefficients of Padé's numerator of the degree 13.
const PADE: [f64; 14] = [
    64_764_752_532_480_000.0,
    32_382_376_266_240_000.0,
    7_771_770_303_897_600.0,
    1_187_353_796_428_800.0,
    129_060_195_264_000.0,
    10_559_470_521_600.0,
    670_442_572_800.0,
    33_522_128_640.0,
    1_323_241_920.0,
    40_840_800.0,
    960_960.0,
    16_380.0,
    182.0,
    1.0,
];

/// The norm up to which the approximant is exact, with room for derivatives of a few orders; 5.37 for the value alone.
const NEAR: f64 = 3.0;

impl Algorithm for Exp {
    fn steps<P: Number, D, T: Over<P, D>>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError> {
        let norm = norm::<P, D, T>(a, n);
        // Beyond the order 26, which the approximant matches, its coefficients fall slower than 1/k!: by a factor that the scale
        // makes small.
        let mut squarings =
            if T::ORDER > 16 { T::ORDER.next_power_of_two().trailing_zeros().cast_signed() - 1 } else { 0 };
        let mut scale = P::lit(0.5).powi(squarings);
        while norm * scale > P::lit(NEAR) {
            squarings += 1;
            scale *= P::lit(0.5);
        }
        let a: Vec<T> = a.iter().map(|a| a.times_plain(scale)).collect();
        let a2 = product(&a, &a, n);
        let a4 = product(&a2, &a2, n);
        let a6 = product(&a4, &a2, n);
        let combined = |[c6, c4, c2, c0]: [f64; 4]| -> Vec<T> {
            let [c6, c4, c2, c0] = [c6, c4, c2, c0].map(P::lit);
            let entry = |i: usize| {
                let sum = a6[i].times_plain(c6) + a4[i].times_plain(c4) + a2[i].times_plain(c2);
                if i.is_multiple_of(n + 1) { sum + T::of_value(c0) } else { sum }
            };
            (0..n * n).map(entry).collect()
        };
        let sum = |x: Vec<T>, y: &[T]| -> Vec<T> { x.into_iter().zip(y).map(|(x, &y)| x + y).collect() };
        let b = PADE;
        let high = product(&a6, &combined([b[13], b[11], b[9], 0.0]), n);
        let odd = product(&a, &sum(high, &combined([b[7], b[5], b[3], b[1]])), n);
        let high = product(&a6, &combined([b[12], b[10], b[8], 0.0]), n);
        let even = sum(high, &combined([b[6], b[4], b[2], b[0]]));
        let below: Vec<T> = even.iter().zip(&odd).map(|(&even, &odd)| even - odd).collect();
        let mut x = solve_on_slices(&below, n, |i| even[i] + odd[i], n)?;
        for _ in 0..squarings {
            x = product(&x, &x, n);
        }
        match x.iter().position(|x| !x.is_finite()) {
            Some(place) => Err(LinalgError::Overflow { column: place % n }),
            None => Ok(x),
        }
    }
}

struct Sqrt;

/// How many steps an iteration takes at most; scaling would take fewer for eigenvalues of very different sizes.
const STEPS: usize = 100;

impl Algorithm for Sqrt {
    fn steps<P: Number, D, T: Over<P, D>>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError> {
        // √A = √(A/4ᵏ)·2ᵏ: each step halves what is far from 1.
        let root = power_of_2(largest(a.iter().map(Over::value)).sqrt());
        let scaled = |a: &T| a.times_plain(root).times_plain(root);
        let (mut x, mut y) = (a.iter().map(scaled).collect::<Vec<T>>(), identity_of::<T>(n));
        let mean = |x: &[T], y: &[T]| -> Vec<T> {
            x.iter().zip(y).map(|(&x, &y)| (x + y).times_plain(P::lit(0.5))).collect()
        };
        let inverse = |x: &[T]| {
            solve_on_slices(x, n, super::solve::identity(n), n).map_err(|_| LinalgError::NotPrincipal)
        };
        // From here on each step doubles the digits, and the orders that have any.
        let last = 2 + (T::ORDER + 1).next_power_of_two().trailing_zeros();
        let mut left = None;
        for _ in 0..STEPS {
            let (next, other) = (mean(&x, &inverse(&y)?), mean(&y, &inverse(&x)?));
            let moved: Vec<T> = next.iter().zip(&x).map(|(&x, &y)| x - y).collect();
            let (moved, size) = (norm::<P, D, T>(&moved, n), norm::<P, D, T>(&next, n));
            (x, y) = (next, other);
            left = match left {
                None if moved <= size * P::epsilon().sqrt() => Some(last),
                Some(0) => return Ok(x.into_iter().map(|x| x.by_plain(root)).collect()),
                left => left.map(|left| left - 1),
            };
            if !(moved.is_finite() && size.is_finite()) {
                break;
            }
        }
        Err(LinalgError::NotPrincipal)
    }
}

struct Ln;

/// How many square roots bring any matrix near the identity that can be brought there.
const ROOTS: i32 = 60;

/// How far from the identity the approximant of the logarithm is exact to rounding.
const NEAR_ONE: f64 = 0.25;

impl Algorithm for Ln {
    fn steps<P: Number, D, T: Over<P, D>>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError> {
        let one = identity_of::<T>(n);
        let less_one = |a: &[T]| -> Vec<T> { a.iter().zip(&one).map(|(&a, &one)| a - one).collect() };
        let mut root = a.to_vec();
        let (mut x, mut roots) = (less_one(&root), 0);
        loop {
            let norm = norm::<P, D, T>(&x, n);
            if norm <= P::lit(NEAR_ONE) {
                break;
            }
            if roots == ROOTS || norm.is_nan() {
                return Err(LinalgError::NotPrincipal);
            }
            root = sqrt_of(&root, n)?;
            (x, roots) = (less_one(&root), roots + 1);
        }
        // ln(1 + x) = ∫ x/(1 + s·x) ds from 0 to 1: Gauss' nodes match twice as many orders as they are.
        let mut sum = vec![T::zero(); n * n];
        for (node, weight) in gauss::<P>(9 + T::ORDER / 2) {
            let below: Vec<T> = x.iter().zip(&one).map(|(x, &one)| x.times_plain(node) + one).collect();
            let term = solve_on_slices(&below, n, |i| x[i], n)?;
            for (sum, term) in sum.iter_mut().zip(term) {
                *sum += term.times_plain(weight);
            }
        }
        let scale = P::lit(2.0).powi(roots);
        Ok(sum.into_iter().map(|x| x.times_plain(scale)).collect())
    }
}

/// Nodes and weights of Gauss' quadrature from 0 to 1, by Newton's method on Legendre's polynomial.
fn gauss<P: Number>(m: usize) -> Vec<(P, P)> {
    let number = count::<P>;
    let node = |i: usize| {
        let mut z = (P::PI() * (number(i) + P::lit(0.75)) / (number(m) + P::lit(0.5))).cos();
        let mut slope = P::one();
        for _ in 0..20 {
            let (mut p, mut before) = (P::one(), P::zero());
            for k in 1..=m {
                (p, before) = (((number(2 * k - 1)) * z * p - number(k - 1) * before) / number(k), p);
            }
            slope = number(m) * (z * p - before) / (z * z - P::one());
            z -= p / slope;
        }
        let weight = P::one() / ((P::one() - z * z) * slope * slope);
        ((P::one() - z) * P::lit(0.5), weight)
    };
    (0..m).map(node).collect()
}

/// `A·B`
fn product<T: Number>(a: &[T], b: &[T], n: usize) -> Vec<T> {
    let mut c = vec![T::zero(); n * n];
    matmul_into(a, b, &mut c, n).expect("three n×n matrices");
    c
}

/// The largest sum of a row of sizes, of the values.
fn norm<P: Number, D, T: Over<P, D>>(a: &[T], n: usize) -> P {
    let of_row = |row: &[T]| row.iter().fold(P::zero(), |sum, a| sum + a.value().abs());
    a.chunks_exact(n.max(1)).map(of_row).fold(P::zero(), |l, x| if l >= x { l } else { x })
}
