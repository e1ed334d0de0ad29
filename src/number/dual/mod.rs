//! The dual number.
//!
//! What it is, [`guide::numbers`](crate::guide::numbers) says.
//!
//! # Layout
//!
//! `{ re, eps }` in this order and with the natural alignment of `T`: with the lanes first, gradients of
//! Rosenbrock's function took 1.25 to 1.5 times as long; an alignment of 64 bytes gained nothing and lost up
//! to 1.19 times.

mod smooth;
mod special_of_dual;

use core::array::from_fn;

use super::components::Components;
use super::lanes::{self, aside, inside, reciprocal_keeps_digits, whole};
use crate::number::inspect::{self, Mask, masked};
use crate::real::Real;

/// A value and its `N` tangent lanes: `re + Σ epsₖ·εₖ` with `εⱼ·εₖ = 0`; see [what a dual number
/// is](crate::guide::numbers#dual-numbers).
///
/// Run a function on dual numbers and it computes its derivatives beside its value:
/// `f(x + ẋε) = f(x) + f′(x)·ẋ·ε`. The drivers ([`gradient`](crate::gradient) and its kin) do the seeding and
/// reading; use `Dual` directly to drive other people's code.
///
/// `T` is any [`Real`], a dual number included: `Dual<Dual<f64, N>, N>` carries second derivatives.
///
/// # Laws
///
/// 1. **The value is the primal's, bit for bit**: `re` is what the same code computes on `T`.
/// 2. **Control flow is the primal's**: `==`, `<`, `is_zero`, `is_one`, `is_nan`, `max`, `floor` look at values only.
///    [`is_constant`](Self::is_constant) and [`identical`](Self::identical) look at tangents. Its price: code that leaves out
///    a term because a factor `is_zero` loses the term's derivative. Were 0 + ε not zero, loops that wait for a zero would
///    never end.
/// 3. **A lane is independent**: lane k of `N` equals the one lane of a `Dual<T, 1>` seeded the same, bit for
///    bit.
/// 4. **A zero lane stays zero** in every function: where a slope is infinite or NaN (`sqrt` at 0), a lane
///    that is exactly zero stays so and the others get the honest infinity. Products and quotients of two
///    duals follow IEEE arithmetic lane by lane: an infinite value times a zero lane is NaN; so do the products
///    inside the lanes of a nested number.
/// 5. **Orders agree**: a first derivative is the same, computed alone or inside a nested number.
/// 6. **Edges are a table**: see [`rules`](crate::rules). At a kink the first derivative is the middle of the slopes, and
///    higher ones are NaN.
///
/// Outside the domain of a function its value is NaN, and so are the lanes that aren't zero.
///
/// ```
/// use tangents::Dual;
///
/// let x = Dual::<f64, 2>::variable(3.0, 0);
/// let y = Dual::<f64, 2>::variable(2.0, 1);
/// let f = x * x * y + 1.0;
/// assert_eq!(f.re, 19.0);
/// assert_eq!(f.eps, [12.0, 9.0]); // 2xy and x²
/// ```
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Dual<T, const N: usize> {
    /// The value (the real part, the primal).
    pub re: T,
    /// The tangents: lane k is the coefficient of εₖ.
    pub eps: [T; N],
}

impl<T, const N: usize> Dual<T, N> {
    /// The number with this value and these tangents.
    ///
    /// ```
    /// use tangents::Dual;
    ///
    /// assert_eq!((Dual::new(2.0, [1.0]) * 3.0).eps, [3.0]);
    /// ```
    #[inline]
    pub const fn new(re: T, eps: [T; N]) -> Self {
        Self { re, eps }
    }
}

impl<T: Copy, const N: usize> Dual<T, N> {
    /// Every lane `rest`.
    #[inline]
    pub(super) const fn filled(re: T, rest: T) -> Self {
        Self::new(re, [rest; N])
    }
}

impl<T: Real, const N: usize> Dual<T, N> {
    /// `re` as a constant: every lane is zero.
    ///
    /// ```
    /// use tangents::Dual;
    ///
    /// assert_eq!(Dual::<f64, 2>::constant(5.0).eps, [0.0, 0.0]);
    /// ```
    #[inline]
    pub fn constant(re: T) -> Self {
        Self::new(re, [T::zero(); N])
    }

    /// The variable of lane `lane` at the value `re`: that lane is one, the others are zero.
    ///
    /// # Panics
    ///
    /// If there is no such lane, `lane >= N`.
    ///
    /// ```
    /// use tangents::Dual;
    ///
    /// assert_eq!(Dual::<f64, 3>::variable(5.0, 1).eps, [0.0, 1.0, 0.0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn variable(re: T, lane: usize) -> Self {
        assert!(lane < N, "lane {lane} of a dual number that has {N} lanes, counted from 0");
        let mut variable = Self::constant(re);
        variable.seed(lane);
        variable
    }

    /// Makes a constant the variable of the lane `lane`.
    #[inline]
    pub(crate) fn seed(&mut self, lane: usize) {
        lanes::seed(&mut self.eps, lane);
    }

    /// The chain rule: a function's value `f` and slope `df` at `self.re`, applied to `self`.
    ///
    /// `f + df·ẋ·ε`. It is for a value and a slope that are at hand; a function of your own that every number is to have is a
    /// [`Rule`](crate::Rule). Where `T` may itself be a dual number, compute `df` by operations on `T`, and the second
    /// derivative follows. A lane that is exactly zero stays zero, even where `df` is infinite or NaN.
    ///
    /// ```
    /// use tangents::{Dual, Real};
    ///
    /// /// ln(1 + eˣ), in the form that doesn't overflow; its slope is the logistic function.
    /// fn softplus<T: Real, const N: usize>(x: Dual<T, N>) -> Dual<T, N> {
    ///     let value = x.re.max(T::zero()) + (-x.re.abs()).exp().ln_1p();
    ///     let slope = (T::one() + (-x.re).exp()).recip();
    ///     x.chain(value, slope)
    /// }
    ///
    /// assert_eq!(softplus(Dual::new(0.0, [1.0, 6.0])).eps, [0.5, 3.0]);
    /// ```
    #[inline]
    pub fn chain(self, f: T, df: T) -> Self {
        // The value is asked too, which changes nothing, so that it is computed before the branch and not after it: sine
        // and cosine then are one call.
        let finite = inspect::is_finite(df) & (!inspect::is_primitive::<T>() | f.is_finite());
        if finite {
            whole!([T, N](x: &Dual<T, N> = &self, f: T = f, df: T = df) -> Dual<T, N> {
                Dual::new(f, inside::scale(0, df, &x.eps))
            })
        } else {
            Self::new(f, aside(self.eps, |eps| lanes::chain_nonfinite(df, eps)))
        }
    }

    /// The chain rule of a function of two variables: its value `f` and its slopes `[dx, dy]` at `(self.re, y.re)`, applied
    /// to `self` and `y`.
    ///
    /// `f + (dx·ẋ + dy·ẏ)ε`, with zero lanes as in [`chain`](Self::chain), each term by itself.
    ///
    /// ```
    /// use tangents::Dual;
    ///
    /// let (x, y) = (Dual::new(3.0, [1.0, 0.0]), Dual::new(4.0, [0.0, 1.0]));
    /// let product = x.chain2(y, 12.0, [4.0, 3.0]);
    /// assert_eq!(product.eps, (x * y).eps);
    /// ```
    #[inline]
    pub fn chain2(self, y: Self, f: T, [dx, dy]: [T; 2]) -> Self {
        if !(inspect::is_finite(dx) && inspect::is_finite(dy)) {
            return Self::new(f, lanes::chain2_aside(dx, self.eps, dy, y.eps));
        }
        whole!([T, N](x: &Dual<T, N> = &self, y: &Dual<T, N> = &y, f: T = f, dx: T = dx, dy: T = dy) -> Dual<T, N> {
            Dual::new(f, inside::combine(0, dx, dy, &x.eps, &y.eps))
        })
    }

    /// [`chain2`](Self::chain2) of the variables whose slopes and tangents `terms` gives.
    #[inline]
    pub(super) fn sum_of_chains(f: T, terms: impl Iterator<Item = (T, [T; N])>) -> Self {
        let add = |sum, (slope, eps)| lanes::add(0, &sum, &lanes::chain(slope, eps));
        Self::new(f, terms.fold([T::zero(); N], add))
    }

    /// [`chain2`](Self::chain2) of any number of variables.
    #[inline]
    pub(super) fn chain_n<const M: usize>(x: &[Self; M], f: T, slopes: [T; M]) -> Self {
        Self::new(f, lanes::chain_n(x.each_ref().map(|x| &x.eps), slopes))
    }
}

/// Zero, as a constant; written by hand because arrays of any length have no `Default`.
impl<T: Default, const N: usize> Default for Dual<T, N> {
    #[inline]
    fn default() -> Self {
        Self::new(T::default(), from_fn(|_| T::default()))
    }
}

impl<T: Real, const N: usize> Components<T> for Dual<T, N> {
    #[inline]
    fn re(&self) -> T {
        self.re
    }

    #[inline]
    fn with_value(self, re: T) -> Self {
        Self::new(re, self.eps)
    }

    #[inline]
    fn map(self, f: impl Fn(T) -> T) -> Self {
        Self::new(f(self.re), self.eps.map(f))
    }

    #[inline]
    fn zip(self, other: Self, f: impl Fn(T, T) -> T) -> Self {
        Self::new(f(self.re, other.re), from_fn(|k| f(self.eps[k], other.eps[k])))
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        whole!([T, N](x: &Dual<T, N> = &self, y: &Dual<T, N> = &other) -> Dual<T, N> {
            Dual::new(x.re + y.re, inside::add(0, &x.eps, &y.eps))
        })
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        whole!([T, N](x: &Dual<T, N> = &self, y: &Dual<T, N> = &other) -> Dual<T, N> {
            Dual::new(x.re - y.re, inside::sub(0, &x.eps, &y.eps))
        })
    }

    #[inline]
    fn scaled(self, s: T) -> Self {
        whole!([T, N](x: &Dual<T, N> = &self, s: T = s) -> Dual<T, N> {
            Dual::new(x.re * s, inside::scale(0, s, &x.eps))
        })
    }

    #[inline]
    fn all(self, other: Self, f: impl Fn(T, T) -> bool) -> bool {
        f(self.re, other.re) && (0..N).all(|k| f(self.eps[k], other.eps[k]))
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        whole!([T, N](x: &Dual<T, N> = &self, y: &Dual<T, N> = &other) -> Dual<T, N> {
            let (a, b) = (&x.eps, &y.eps);
            Dual::new(x.re * y.re, inside::combine(0, y.re, x.re, a, b))
        })
    }

    fn times_masked(self, other: Self, mask: Mask) -> Self {
        let (x, y) = (self, other);
        let eps = from_fn(|k| masked(x.re, y.eps[k], mask) + masked(x.eps[k], y.re, mask));
        Self::new(masked(x.re, y.re, mask), eps)
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        let q = self.re / other.re;
        // Of a plain float the two ways make one number of two arrays, not of two numbers: 7 % of a bundle adjustment.
        if const { lanes::may_be_whole::<T, N>() } && reciprocal_keeps_digits(other.re) {
            whole!([T, N](x: &Dual<T, N> = &self, y: &Dual<T, N> = &other, q: T = q) -> Dual<T, N> {
                let r = y.re.recip();
                Dual::new(q, inside::quotient_by_reciprocal(0, q, y.re, r, &x.eps, &y.eps))
            })
        } else {
            Self::new(q, lanes::quotient(self.eps, q, other.eps, other.re))
        }
    }

    #[inline]
    fn under(self, q: T) -> Self {
        if lanes::divides_by_reciprocal(q, self.re) {
            whole!([T, N](y: &Dual<T, N> = &self, q: T = q) -> Dual<T, N> {
                let r = y.re.recip();
                Dual::new(q, inside::quotient_of_plain_by_reciprocal(0, q, y.re, r, &y.eps))
            })
        } else {
            Self::new(q, lanes::quotient_of_plain_aside(q, self.eps, self.re))
        }
    }

    #[inline]
    fn linear(self, y: T, slope: T) -> Self {
        self.chain(y, slope)
    }

    #[inline]
    fn linear2(self, other: Self, y: T, dx: T, dy: T) -> Self {
        self.chain2(other, y, [dx, dy])
    }

    fn undefined(self, y: T, nan: T) -> Self {
        Self::new(y, self.eps.map(|c| inspect::product(nan, c)))
    }

    #[inline]
    fn map_first(self, f: impl Fn(T) -> T) -> Self {
        Self::new(self.re, self.eps.map(f))
    }
}
