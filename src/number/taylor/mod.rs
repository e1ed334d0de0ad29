//! The truncated power series.
//!
//! What it is and how a function of it follows, [`guide::numbers`](crate::guide::numbers#taylor-numbers) says. Composing
//! series term by term would cost K³ and is left to functions without a differential equation.
//!
//! # Where the rules come from
//!
//! Slopes are those of the one table ([`rules`](crate::rules)). Value and first coefficient are computed as a
//! [`Dual`](super::Dual) computes value and tangent, to the bit; the higher coefficients begin with them.

mod components;
mod compose;
mod families;
mod recurrences;
mod scale;
mod series;
mod smooth;
mod special_of_taylor;
mod special_series;

pub(crate) use scale::{coefficient_on_scale, scale};
#[cfg(feature = "alloc")]
pub(super) use series::number;

use crate::number::inspect;
use crate::real::Real;

/// A truncated power series, `re + Σ coefficients[k−1]·tᵏ` over k from 1 to its order `K`.
///
/// Run a function on [`variable(x)`](Self::variable) and it computes its Taylor series at x:
/// `f(x + t) = f(x) + f′(x)·t + f″(x)/2·t² + …`. An operation costs of the order of K² products, where nested
/// dual numbers cost 2^K or more. The drivers ([`taylor`](crate::taylor), [`nth_derivative`](crate::nth_derivative),
/// [`jet`](crate::jet)) do the seeding and reading.
///
/// `T` is any [`Real`]: in `Taylor<Dual<f64, N>, K>` every coefficient has its gradient.
///
/// # Laws
///
/// Those of [`Dual`](crate::Dual), with coefficients in place of tangents:
///
/// 1. **The value is the primal's, bit for bit**, and the first coefficient that of `Dual`, where it is finite.
/// 2. **Control flow is the primal's**: `==`, `<`, `is_zero`, `is_nan`, `max`, `floor` look at the value only.
/// 3. **An order is independent of those above it**: the coefficients of a `Taylor<T, K>` are the first ones of a
///    longer series, bit for bit, but for powers, which choose their way by exponent, order and where the exponent changes.
/// 4. **A constant stays constant** in every function, even where a slope is infinite or NaN; products and quotients
///    of two series follow IEEE arithmetic.
/// 5. **Orders agree**: derivatives are those of nested numbers.
/// 6. **Edges are a table**: see [`rules`](crate::rules). Where f is singular at the value, as √x at 0, the first
///    coefficient is the honest infinity, and the orders beyond are infinite or NaN.
///
/// ```
/// use tangents::Taylor;
///
/// let x = Taylor::<f64, 3>::variable(2.0);
/// let f = x * x * x;
/// assert_eq!(f.re, 8.0);
/// assert_eq!(f.coefficients, [12.0, 6.0, 1.0]); // (2 + t)³ = 8 + 12t + 6t² + t³
/// ```
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Taylor<T, const K: usize> {
    /// The value: the coefficient of t⁰.
    pub re: T,
    /// The coefficients of t, t², … tᴷ, in this order.
    pub coefficients: [T; K],
}

impl<T, const K: usize> Taylor<T, K> {
    /// The series with this value and these coefficients of t, t², ….
    ///
    /// ```
    /// use tangents::Taylor;
    ///
    /// assert_eq!((Taylor::new(2.0, [1.0, 5.0]) * 3.0).coefficients, [3.0, 15.0]);
    /// ```
    #[inline]
    pub const fn new(re: T, coefficients: [T; K]) -> Self {
        Self { re, coefficients }
    }
}

impl<T: Real, const K: usize> Taylor<T, K> {
    /// `re` as a constant: every coefficient of a power is zero.
    ///
    /// ```
    /// use tangents::Taylor;
    ///
    /// assert_eq!(Taylor::<f64, 2>::constant(5.0).coefficients, [0.0, 0.0]);
    /// ```
    #[inline]
    pub fn constant(re: T) -> Self {
        Self::new(re, [T::zero(); K])
    }

    /// The variable at the value `re`: `re + t`. Of order 0 it is the constant.
    ///
    /// ```
    /// use tangents::Taylor;
    ///
    /// assert_eq!(Taylor::<f64, 3>::variable(5.0).coefficients, [1.0, 0.0, 0.0]);
    /// ```
    #[inline]
    pub fn variable(re: T) -> Self {
        let mut variable = Self::constant(re);
        if let Some(first) = variable.coefficients.first_mut() {
            *first = T::one();
        }
        variable
    }

    /// The coefficient of tᵏ, of t⁰ the value.
    ///
    /// # Panics
    ///
    /// If the series doesn't reach so far, `k > K`.
    ///
    /// ```
    /// use tangents::Taylor;
    ///
    /// let x = Taylor::new(2.0, [3.0, 4.0]);
    /// assert_eq!([x.coefficient(0), x.coefficient(1), x.coefficient(2)], [2.0, 3.0, 4.0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn coefficient(&self, k: usize) -> T {
        assert!(k <= K, "coefficient {k} of a power series of order {K}");
        if k == 0 { self.re } else { self.coefficients[k - 1] }
    }

    /// The k-th derivative at t = 0, `k!·coefficient(k)`.
    ///
    /// It is NaN where the coefficient has underflown and k! would make a normal number of its lost digits: where it isn't zero
    /// and far below the smallest normal number, or is zero and the last one before it that isn't zero is far below.
    /// So all orders are right to which the coefficients, f⁽ᵏ⁾/k!, are normal numbers: of eˣ at 0 to k = 33 in `f32`, to
    /// k = 170 in `f64`. [`nth_derivative`](crate::nth_derivative), [`nth_derivatives`](crate::Function::nth_derivatives) and
    /// [`jet`](crate::jet) go further.
    ///
    /// # Panics
    ///
    /// If the series doesn't reach so far, `k > K`.
    ///
    /// ```
    /// use tangents::Taylor;
    ///
    /// let y = Taylor::<f64, 4>::variable(1.0).powi(4);
    /// assert_eq!(y.derivative(3), 24.0); // 4·3·2·x
    /// ```
    #[inline]
    #[track_caller]
    pub fn derivative(&self, k: usize) -> T {
        if self.has_died_out(k) { self.coefficient(k) * T::nan() } else { self.derivative_off_scale(k, 0) }
    }

    /// The value of the polynomial at t = h, `re + h·(c₁ + h·(c₂ + …))`.
    ///
    /// ```
    /// use tangents::Taylor;
    ///
    /// let e = Taylor::<f64, 20>::variable(0.0).exp().eval(1.0);
    /// assert!((e - std::f64::consts::E).abs() < 1e-15);
    /// ```
    #[inline]
    pub fn eval(&self, h: T) -> T {
        match self.coefficients.split_last() {
            None => self.re,
            Some((&last, others)) => others.iter().rev().fold(last, |sum, &c| sum * h + c) * h + self.re,
        }
    }

    /// The chain rule in its integrated form: a function's value `f` at `self.re` and its slope as a series, f′(self).
    ///
    /// `y′ = slope·x′` with y₀ = f, in K²/2 products. It is for a slope that is at hand, computed on `self`; a function of
    /// your own that every number is to have is a [`Rule`](crate::Rule). Of the slope the coefficients below the K-th are
    /// used. A zero coefficient of `self` adds nothing, even where the slope is infinite or NaN.
    ///
    /// ```
    /// use tangents::{Real, Taylor};
    ///
    /// /// ln(1 + eˣ), in the form that doesn't overflow; its slope is the logistic function.
    /// fn softplus<T: Real, const K: usize>(x: Taylor<T, K>) -> Taylor<T, K> {
    ///     let value = x.re.max(T::zero()) + (-x.re.abs()).exp().ln_1p();
    ///     let slope = ((-x).exp() + T::one()).recip();
    ///     x.chain(value, slope)
    /// }
    ///
    /// assert_eq!(softplus(Taylor::<f64, 2>::variable(0.0)).coefficients, [0.5, 0.125]);
    /// ```
    #[inline]
    pub fn chain(self, f: T, slope: Self) -> Self {
        Self::new(f, series::integrate(&self.coefficients, slope.re, &slope.coefficients))
    }

    /// The chain rule of a function of two variables in its integrated form: its value `f` at `(self.re, y.re)`, and
    /// its slopes `[dx, dy]` as series, at `(self, y)`.
    ///
    /// ```
    /// use tangents::Taylor;
    ///
    /// let (x, y) = (Taylor::new(3.0, [1.0, 2.0]), Taylor::new(4.0, [5.0, 0.0]));
    /// let product = x.chain2(y, 12.0, [y, x]);
    /// assert_eq!(product.coefficients, (x * y).coefficients);
    /// ```
    #[inline]
    pub fn chain2(self, y: Self, f: T, [dx, dy]: [Self; 2]) -> Self {
        let x = series::integrate(&self.coefficients, dx.re, &dx.coefficients);
        let y = series::integrate(&y.coefficients, dy.re, &dy.coefficients);
        Self::new(f, series::add(x, y))
    }

    /// A function of which only its own Taylor series at `self.re` is known, its value `f` and its coefficients
    /// `f⁽ᵏ⁾(re)/k!`, applied to `self`.
    ///
    /// `f + Σ f_coefficients[k−1]·(self − re)ᵏ`, in K³/6 products: [`chain`](Self::chain) costs less where it can be
    /// had. A power of `self − re` that has no coefficient of tʲ adds nothing to it, even where the function's is
    /// infinite or NaN.
    ///
    /// ```
    /// use tangents::Taylor;
    ///
    /// // eˣ at 0 is 1 + x + x²/2 + x³/6; of x = t² it is 1 + t² + ….
    /// let x = Taylor::new(0.0, [0.0, 1.0, 0.0]);
    /// assert_eq!(x.compose(1.0, [1.0, 0.5, 1.0 / 6.0]).coefficients, [0.0, 1.0, 0.0]);
    /// ```
    pub fn compose(self, f: T, f_coefficients: [T; K]) -> Self {
        Self::new(f, compose::compose(&self.coefficients, &f_coefficients))
    }
}

impl<T: Real, const K: usize> Taylor<T, K> {
    /// [`chain2`](Self::chain2) of any number of variables: their slopes as series.
    #[inline]
    pub(super) fn chain_n<const M: usize>(x: &[Self; M], f: T, slopes: [Self; M]) -> Self {
        let mut terms =
            x.iter().zip(&slopes).map(|(x, s)| series::integrate(&x.coefficients, s.re, &s.coefficients));
        let first = terms.next().unwrap_or([T::zero(); K]);
        Self::new(f, terms.fold(first, series::add))
    }

    /// Whether the coefficient of tᵏ is zero after one that has underflown, and what it may have been would be a normal number
    /// once k! has multiplied it.
    fn has_died_out(&self, k: usize) -> bool {
        let shows = series::factorial::<T>(k.min(series::EXACT)) * T::epsilon() >= T::one();
        let mut before =
            (0..=k).rev().map(|k| self.coefficient(k)).skip_while(|&c| inspect::is_zero(c)).peekable();
        let underflown = |&c: &T| !inspect::keeps_digits(c, c / T::min_positive_value());
        shows && inspect::is_zero(self.coefficient(k)) && before.peek().is_some_and(underflown)
    }

    /// A function's value `y`, as the rules of slopes take it: NaN in every order where the function isn't defined or has a
    /// pole, so that a slope is too.
    #[inline]
    fn value(y: T) -> Self {
        if y.is_finite() { Self::constant(y) } else { Self::filled(y, inspect::undefined(y)) }
    }
}

impl<T: Copy, const K: usize> Taylor<T, K> {
    /// The series of value `re` whose coefficients are all `coefficient`.
    #[inline]
    pub(super) const fn filled(re: T, coefficient: T) -> Self {
        Self::new(re, [coefficient; K])
    }
}

/// Zero, as a constant; written by hand because arrays of any length have no `Default`.
impl<T: Default, const K: usize> Default for Taylor<T, K> {
    #[inline]
    fn default() -> Self {
        Self::new(T::default(), core::array::from_fn(|_| T::default()))
    }
}
