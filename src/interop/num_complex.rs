//! Derivatives of functions of complex numbers, by `Complex` of dual numbers.
//!
//! A function that is generic over `T: Float` and computes with `Complex<T>` is differentiated as it is:
//!
//! ```
//! use num_complex::Complex;
//! use num_traits::Float;
//! use tangents::interop::num_complex::holomorphic;
//!
//! fn f<T: Float>(z: Complex<T>) -> Complex<T> {
//!     z * z.exp()
//! }
//!
//! let z = Complex::new(0.5, -1.0);
//! let df: Complex<f64> = holomorphic(f, z); // (1 + z)·eᶻ
//! assert!((df - (z + 1.0) * z.exp()).norm() < 1e-15);
//!
//! // Transforms nest: f″ = (2 + z)·eᶻ.
//! let d2f = holomorphic(|z| holomorphic(f, z), z);
//! assert!((d2f - (z + 2.0) * z.exp()).norm() < 1e-15);
//! ```
//!
//! A path z(t) of a real variable needs nothing of this: `Complex` of numbers is a [`Point`], so
//! [`jacobian`](crate::jacobian()) and [`jvp`](crate::jvp) take functions that return it.
//!
//! # Where `num-complex` loses derivatives
//!
//! Some of its functions compare with 0 or 1 and go a shorter way there, on which a derivative is lost, silently. What
//! matters is the argument *inside* the function, in the direction of differentiation:
//!
//! | function | where | what is wrong |
//! |---|---|---|
//! | `sqrt`, `cbrt` | argument on the imaginary axis | the tangent of its real part is lost: `holomorphic(sqrt, i)` is 0 |
//! | `sqrt`, `cbrt` | argument on the real axis, tangent not real | the tangent of the imaginary part isn't scaled (x > 0) or is lost (x < 0) |
//! | `asin`, `acos`, `asinh` | on the imaginary axis, or on the real axis with a tangent that isn't real | by the `sqrt` in them |
//! | `acosh` | real part ±1, or on the real axis with a tangent that isn't real | by the `sqrt` in it |
//! | `atan` | ±i; `atanh` at ±1 | poles, where the value is a constant |
//! | `powf`, `powc` | exponent exactly 0 | the derivative in the exponent, ln z, is lost |
//! | `ln`, `arg`, `powc`, `powf`, and `to_polar` | 0 | NaN, as the angle of 0 has no derivative |
//! | `norm` | 0 | 0, and no second derivative, as of [`hypot`](crate::Dual::hypot) |
//! | `exp` | infinite real part | constants |
//!
//! Arithmetic, `inv`, `powi`, `powu`, `exp`, `ln`, `sin`, `cos`, `tan`, `sinh`, `cosh`, `tanh`, `expf`, `log`, and `powf`,
//! `powc` elsewhere have their derivatives. For the others there is [`chain`], with the slope given by hand.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::any::TypeId;
use core::array::from_fn;
use core::fmt;
use core::ops::{Add, Div, Mul, Sub};

use ::num_complex::Complex;

#[cfg(feature = "alloc")]
use crate::drive;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::drive::{Family, FirstOrder, Lanes, Of, Point};
use crate::error::Error;
use crate::number::{Dual, HyperDual, Taylor};
use crate::real::Real;
use crate::rules::Number;

/// Two coordinates, the real part and the imaginary part: the gradient of a real-valued function at z is ∂f/∂x + i·∂f/∂y.
///
/// ```
/// use num_complex::Complex;
/// use tangents::{Dual, jacobian};
///
/// // d/dt e^(it) at 0 is i.
/// let velocity = jacobian(|t: &Dual<f64, 1>| Complex::cis(*t), &0.0);
/// assert_eq!(velocity, Complex::i());
/// ```
impl<P: Point> Point for Complex<P> {
    type Scalar = P::Scalar;
    type Lanes = <P::Lanes as Lanes>::Repeat<2>;
    type Family = Complex<P::Family>;

    #[inline]
    fn dim(&self) -> usize {
        self.re.dim() + self.im.dim()
    }

    #[inline]
    fn lift<D>(
        &self,
        coordinate: &mut impl FnMut(&P::Scalar) -> D,
        fixed: &mut impl FnMut(&P::Scalar) -> D,
    ) -> Complex<Of<P, D>> {
        Complex { re: self.re.lift(coordinate, fixed), im: self.im.lift(coordinate, fixed) }
    }

    #[inline]
    fn coordinate<D>(of: &mut Complex<Of<P, D>>, i: usize) -> Result<&mut D, usize> {
        match P::coordinate(&mut of.re, i) {
            Err(beyond) => P::coordinate(&mut of.im, beyond),
            found => found,
        }
    }

    #[inline]
    fn argument<D>(of: &Complex<Of<P, D>>) -> &Complex<Of<P, D>> {
        of
    }

    #[inline]
    fn pair<D>(
        &self,
        of: &mut Complex<Of<P, D>>,
        f: &mut impl FnMut(&P::Scalar, &mut D),
    ) -> Result<(), Error> {
        self.re.pair(&mut of.re, f)?;
        self.im.pair(&mut of.im, f)
    }

    fn write_name(&self, i: usize, path: &mut dyn fmt::Write) -> fmt::Result {
        match i.checked_sub(self.re.dim()) {
            None => {
                path.write_str(".re")?;
                self.re.write_name(i, path)
            }
            Some(i) => {
                path.write_str(".im")?;
                self.im.write_name(i, path)
            }
        }
    }
}

impl<F: Family> Family for Complex<F> {
    type Of<D> = Complex<F::Of<D>>;
    type View = Self;

    #[inline]
    fn map<A: Number, B>(
        of: &Self::Of<A>,
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> Self::Of<B> {
        Complex { re: F::map(&of.re, coordinate, fixed), im: F::map(&of.im, coordinate, fixed) }
    }

    #[inline]
    fn pair<A: Number, B>(
        of: &Self::Of<A>,
        with: &mut Self::Of<B>,
        f: &mut impl FnMut(&A, &mut B),
    ) -> Result<(), Error> {
        F::pair(&of.re, &mut with.re, f)?;
        F::pair(&of.im, &mut with.im, f)
    }
}

/// The value.
#[inline]
fn value<T: Real, const N: usize>(z: Complex<Dual<T, N>>) -> Complex<T> {
    Complex { re: z.re.re, im: z.im.re }
}

/// The tangent in a lane.
#[inline]
fn tangent<T: Real, const N: usize>(z: Complex<Dual<T, N>>, lane: usize) -> Complex<T> {
    Complex { re: z.re.eps[lane], im: z.im.eps[lane] }
}

/// The variable of a lane moving along the real axis, which tells all of a holomorphic function.
#[inline]
fn variable<T: Real, const N: usize>(z: Complex<T>, lane: usize) -> Complex<Dual<T, N>> {
    Complex { re: Dual::variable(z.re, lane), im: Dual::constant(z.im) }
}

/// The number without tangents.
#[inline]
fn constant<T: Real, const N: usize>(z: Complex<T>) -> Complex<Dual<T, N>> {
    Complex { re: Dual::constant(z.re), im: Dual::constant(z.im) }
}

/// The call of a driver, which `of_constants` runs its function on.
#[inline]
#[track_caller]
fn running<T: Number, const N: usize, const M: usize>(
    of_constants: impl FnOnce() -> [Complex<Dual<T, N>>; M],
) -> Running {
    Running::on([TypeId::of::<Dual<T, N>>()], || is_left_in(&of_constants(), FirstOrder::<T>::left_over))
}

/// The derivative f′(z) of a holomorphic function of a complex number.
///
/// It's the derivative along the real axis, ∂f/∂x; where f isn't holomorphic, that isn't f′, and nothing tells.
/// [`wirtinger`] does. Higher orders by nesting: `holomorphic(|z| holomorphic(f, z), z)`.
///
/// Cost: one evaluation of `f` on 1 lane.
///
/// JAX: `jax.grad(f, holomorphic=True)`.
///
/// ```
/// use num_complex::Complex;
/// use tangents::interop::num_complex::holomorphic;
///
/// let z = Complex::new(3.0, 4.0);
/// assert_eq!(holomorphic(|z| z * z, z), Complex::new(6.0, 8.0));
/// ```
#[inline]
#[track_caller]
pub fn holomorphic<T: Number>(
    f: impl Fn(Complex<Dual<T, 1>>) -> Complex<Dual<T, 1>>,
    z: Complex<T>,
) -> Complex<T> {
    value_and_holomorphic(f, z).1
}

/// The value and the derivative of a holomorphic function.
///
/// Cost: as [`holomorphic`]; the value comes with it.
///
/// JAX: `jax.value_and_grad(f, holomorphic=True)`.
///
/// ```
/// use num_complex::Complex;
/// use tangents::interop::num_complex::value_and_holomorphic;
///
/// let (value, df) = value_and_holomorphic(|z| z * z, Complex::new(3.0, 4.0));
/// assert_eq!(value, Complex::new(-7.0, 24.0));
/// assert_eq!(df, Complex::new(6.0, 8.0));
/// ```
#[inline]
#[track_caller]
pub fn value_and_holomorphic<T: Number>(
    f: impl Fn(Complex<Dual<T, 1>>) -> Complex<Dual<T, 1>>,
    z: Complex<T>,
) -> (Complex<T>, Complex<T>) {
    let _running = running(|| [f(constant(z))]);
    let w = f(variable(z, 0));
    (value(w), tangent(w, 0))
}

/// The gradient `∂f/∂zⱼ` of a holomorphic function of N complex numbers.
///
/// Cost: one evaluation of `f` on N lanes.
///
/// JAX: `jax.grad(f, holomorphic=True)`.
///
/// ```
/// use num_complex::Complex;
/// use tangents::interop::num_complex::holomorphic_gradient;
///
/// let z = [Complex::new(1.0, 1.0), Complex::new(0.0, 2.0)];
/// assert_eq!(holomorphic_gradient(|z| z[0] * z[1], &z), [z[1], z[0]]);
/// ```
#[inline]
#[track_caller]
pub fn holomorphic_gradient<T: Number, const N: usize>(
    f: impl Fn(&[Complex<Dual<T, N>>]) -> Complex<Dual<T, N>>,
    z: &[Complex<T>; N],
) -> [Complex<T>; N] {
    let [row] = holomorphic_jacobian(|z| [f(z)], z);
    row
}

/// The Jacobian `J[i][j] = ∂fᵢ/∂zⱼ` of a holomorphic function of N complex numbers with M results.
///
/// Cost: one evaluation of `f` on N lanes.
///
/// JAX: `jax.jacfwd(f, holomorphic=True)`.
///
/// ```
/// use num_complex::Complex;
/// use tangents::interop::num_complex::holomorphic_jacobian;
///
/// let z = [Complex::new(1.0, 1.0), Complex::new(0.0, 2.0)];
/// let j = holomorphic_jacobian(|z| [z[0] * z[1], z[0] * z[0]], &z);
/// assert_eq!(j, [[z[1], z[0]], [z[0] * 2.0, Complex::ZERO]]);
/// ```
#[inline]
#[track_caller]
pub fn holomorphic_jacobian<T: Number, const N: usize, const M: usize>(
    f: impl Fn(&[Complex<Dual<T, N>>]) -> [Complex<Dual<T, N>>; M],
    z: &[Complex<T>; N],
) -> [[Complex<T>; N]; M] {
    let _running = running(|| f(&z.map(constant)));
    let variables: [_; N] = from_fn(|j| variable(z[j], j));
    f(&variables).map(|w| from_fn(|j| tangent(w, j)))
}

/// [`holomorphic_gradient`] at a slice, any number of variables.
///
/// Cost: ⌈n/8⌉ evaluations of `f` on 8 lanes (at least one).
///
/// ```
/// use num_complex::Complex;
/// use tangents::interop::num_complex::holomorphic_gradient_vec;
///
/// let z = vec![Complex::new(1.0, 1.0); 20];
/// let g = holomorphic_gradient_vec(|z| z.iter().map(|z| z * z).sum(), &z);
/// assert_eq!(g, vec![Complex::new(2.0, 2.0); 20]);
/// ```
#[cfg(feature = "alloc")]
#[track_caller]
pub fn holomorphic_gradient_vec<T: Number>(
    f: impl Fn(&[Complex<Dual<T, 8>>]) -> Complex<Dual<T, 8>>,
    z: &[Complex<T>],
) -> Vec<Complex<T>> {
    let [row] = along_reals(|z| [f(z)], z);
    complex_row(row)
}

/// [`holomorphic_jacobian`] at a slice, any number of variables and results: a row for each result.
///
/// Cost: ⌈n/8⌉ evaluations of `f` on 8 lanes (at least one).
///
/// # Panics
///
/// If `f` returns vectors of different lengths in different passes.
///
/// ```
/// use num_complex::Complex;
/// use tangents::interop::num_complex::holomorphic_jacobian_vec;
///
/// let z = vec![Complex::new(1.0, 1.0), Complex::new(0.0, 2.0)];
/// let j = holomorphic_jacobian_vec(|z| vec![z[0] * z[1]], &z);
/// assert_eq!(j, [[z[1], z[0]]]);
/// ```
#[cfg(feature = "alloc")]
#[track_caller]
pub fn holomorphic_jacobian_vec<T: Number>(
    f: impl Fn(&[Complex<Dual<T, 8>>]) -> Vec<Complex<Dual<T, 8>>>,
    z: &[Complex<T>],
) -> Vec<Vec<Complex<T>>> {
    along_reals(f, z).into_iter().map(complex_row).collect()
}

/// The Jacobian with respect to the real parts.
#[cfg(feature = "alloc")]
#[track_caller]
fn along_reals<T: Number, R>(f: impl Fn(&[Complex<Dual<T, 8>>]) -> R, z: &[Complex<T>]) -> Of<R, Vec<T>>
where
    R: Point<Scalar = Dual<T, 8>>,
{
    let reals: Vec<T> = z.iter().map(|z| z.re).collect();
    drive::jacobian(
        |reals| {
            let with_imaginary = |(&re, z): (&_, &Complex<T>)| Complex { re, im: Dual::constant(z.im) };
            f(&reals.iter().zip(z).map(with_imaginary).collect::<Vec<_>>())
        },
        &reals,
    )
}

/// The gradients of real and imaginary part as one row.
#[cfg(feature = "alloc")]
fn complex_row<T>(row: Complex<Vec<T>>) -> Vec<Complex<T>> {
    row.re.into_iter().zip(row.im).map(|(re, im)| Complex { re, im }).collect()
}

/// The Wirtinger derivatives `(∂f/∂z, ∂f/∂z̄)` of any function of a complex number.
///
/// `∂f/∂z = ½(∂f/∂x − i·∂f/∂y)` and `∂f/∂z̄ = ½(∂f/∂x + i·∂f/∂y)`. Where f is holomorphic the second is 0 (the
/// Cauchy–Riemann equations) and the first is f′; of a real-valued f, twice the second is the gradient, the direction of
/// steepest ascent.
///
/// Cost: one evaluation of `f` on 2 lanes.
///
/// ```
/// use num_complex::Complex;
/// use tangents::interop::num_complex::wirtinger;
///
/// let z = Complex::new(3.0, 4.0);
/// assert_eq!(wirtinger(|z| z * z, z), (z * 2.0, Complex::ZERO));        // holomorphic
/// assert_eq!(wirtinger(|z| z.conj(), z), (Complex::ZERO, Complex::ONE)); // not
/// assert_eq!(wirtinger(|z| z * z.conj(), z), (z.conj(), z));             // |z|²
/// ```
#[inline]
#[track_caller]
pub fn wirtinger<T: Number>(
    f: impl Fn(Complex<Dual<T, 2>>) -> Complex<Dual<T, 2>>,
    z: Complex<T>,
) -> (Complex<T>, Complex<T>) {
    let _running = running(|| [f(constant(z))]);
    let w = f(Complex { re: Dual::variable(z.re, 0), im: Dual::variable(z.im, 1) });
    let (x, y) = (tangent(w, 0), tangent(w, 1));
    let half = T::lit(0.5);
    (
        Complex { re: (x.re + y.im) * half, im: (x.im - y.re) * half },
        Complex { re: (x.re - y.im) * half, im: (x.im + y.re) * half },
    )
}

/// The chain rule of a holomorphic function: its value `f` and its slope `df` at the value of `z`, applied to `z`.
///
/// How a function of your own, or one that loses its derivative, gets a rule; compute `df` by operations on `T`, and
/// higher orders follow.
///
/// ```
/// use num_complex::Complex;
/// use tangents::interop::num_complex::{chain, holomorphic};
/// use tangents::{Dual, Real};
///
/// /// √z with its derivative 1/(2√z), also on the imaginary axis.
/// fn sqrt<T: Real, const N: usize>(z: Complex<Dual<T, N>>) -> Complex<Dual<T, N>> {
///     let root = Complex::new(z.re.re, z.im.re).sqrt();
///     chain(z, root, (root + root).inv())
/// }
/// assert_eq!(holomorphic(sqrt, Complex::new(0.0, 2.0)), Complex::new(0.25, -0.25));
/// ```
#[inline]
pub fn chain<T: Real, const N: usize>(
    z: Complex<Dual<T, N>>,
    f: Complex<T>,
    df: Complex<T>,
) -> Complex<Dual<T, N>> {
    Complex { re: z.re.chain2(z.im, f.re, [df.re, -df.im]), im: z.re.chain2(z.im, f.im, [df.im, df.re]) }
}

// ---- Operators ----

/// A number as left operand of a complex one, over it or of its own kind, as `num-complex` has them for `f64`.
macro_rules! left_operand {
    ($Number:ident) => {
        left_operand!(@each $Number:
            Add add |x, z| Complex { re: x + z.re, im: z.im };
            Sub sub |x, z| Complex { re: x - z.re, im: -z.im };
            Mul mul |x, z| Complex { re: x * z.re, im: x * z.im };
            Div div |x, z| z.inv() * x;
        );
    };
    (@each $Number:ident: $($Op:ident $op:ident |$x:ident, $z:ident| $body:expr;)*) => {$(
        /// A number is a complex number without imaginary part.
        impl<T: Real, const N: usize> $Op<Complex<$Number<T, N>>> for $Number<T, N> {
            type Output = Complex<$Number<T, N>>;

            #[inline]
            #[allow(clippy::suspicious_arithmetic_impl, reason = "a quotient is a product with the inverse, as `num-complex` has it")]
            fn $op(self, $z: Complex<$Number<T, N>>) -> Self::Output {
                let $x = self;
                $body
            }
        }

        /// A plain complex number is a constant.
        impl<T: Real, const N: usize> $Op<Complex<T>> for $Number<T, N> {
            type Output = Complex<$Number<T, N>>;

            #[inline]
            fn $op(self, z: Complex<T>) -> Self::Output {
                let constant = Complex { re: $Number::constant(z.re), im: $Number::constant(z.im) };
                $Op::$op(self, constant)
            }
        }
    )*};
}

left_operand!(Dual);
left_operand!(HyperDual);
left_operand!(Taylor);
