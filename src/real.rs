//! The one bound of the crate: [`Real`].

use core::borrow::Borrow;

use num_traits::{Float, FloatConst, NumCast};

/// A floating-point number: `f32`, `f64`, a number of this crate nested to any depth, or another crate's float.
///
/// Implemented for every type that has `num_traits`' [`Float`] and [`FloatConst`] and borrows nothing;
/// there is nothing to implement by hand. A function that is generic over `T: Float` differentiates as it
/// is; `Real` is for new code and adds what `Float` lacks: literals that can't fail, sums and products.
///
/// Another crate's float that carries derivatives of its own, as a number of reverse mode does, goes under [`Dual`](crate::Dual): there a
/// derivative that vanishes at a pole or a kink counts as a constant's. Under `HyperDual` and `Taylor` a power with a varying exponent
/// loses derivatives besides.
///
/// ```
/// use tangents::{derivative, Real};
///
/// fn logistic<T: Real>(x: T) -> T {
///     T::lit(1.0) / (T::lit(1.0) + (-x).exp())
/// }
///
/// assert_eq!(derivative(logistic, 0.0), 0.25);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a floating-point number",
    label = "not a `Real`: it lacks `num_traits::Float`, `num_traits::FloatConst` or `'static`",
    note = "`f32`, `f64` and `Dual`, `HyperDual` and `Taylor` over them are; write `2.0` where an integer literal stands"
)]
pub trait Real: Float + FloatConst + 'static {
    /// The number nearest to the literal `x`, as a constant: its tangents are zero.
    ///
    /// It never fails: a type that can't represent `x` at all gets its NaN.
    ///
    /// ```
    /// use tangents::{Dual, Real};
    ///
    /// assert_eq!(f32::lit(0.1), 0.1_f32);
    /// assert!(Dual::<f64, 3>::lit(2.5).is_constant());
    /// ```
    #[inline]
    fn lit(x: f64) -> Self {
        <Self as NumCast>::from(x).unwrap_or_else(Self::nan)
    }

    /// `Σ xᵢ`, added from the first to the last; −0 of no numbers, as the standard library's sum of floats.
    ///
    /// ```
    /// use tangents::Real;
    ///
    /// assert_eq!(f64::sum([1.0, 2.0, 4.0]), 7.0);
    /// assert_eq!(f64::sum(&[1.0, 2.0]), 3.0);
    /// ```
    #[inline]
    fn sum(numbers: impl IntoIterator<Item = impl Borrow<Self>>) -> Self {
        // Not `fold`: the standard library's of a `map` isn't inlined, nor what it calls, into a driver for an instruction set.
        let mut sum = Self::neg_zero();
        for x in numbers {
            sum = sum + *x.borrow();
        }
        sum
    }

    /// `Π xᵢ`, multiplied from the first to the last; 1 of no numbers.
    ///
    /// ```
    /// use tangents::Real;
    ///
    /// assert_eq!(f64::product([1.5, 2.0, 4.0]), 12.0);
    /// ```
    #[inline]
    fn product(numbers: impl IntoIterator<Item = impl Borrow<Self>>) -> Self {
        let mut product = Self::one();
        for x in numbers {
            product = product * *x.borrow();
        }
        product
    }
}

#[diagnostic::do_not_recommend]
impl<T: Float + FloatConst + 'static> Real for T {}
