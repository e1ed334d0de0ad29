//! The hyper-dual number, packed.
//!
//! What it is, [`guide::numbers`](crate::guide::numbers#hyper-dual-numbers) says.

mod arithmetic;
mod packed;
mod smooth;
mod special_of_hyper;

use core::array::from_fn;
use core::fmt;

use self::packed::{Packed, rows};
use super::Dual;
use super::components::Components;
use super::kinks::undefined2;
use super::lanes::{self, aside};
use crate::number::inspect::{self, Mask, masked, scaled};
use crate::real::Real;

/// A value, its gradient in `N` variables, and each entry of its Hessian once.
///
/// `re + Σᵢ gᵢ·εᵢ + ½ Σᵢⱼ Hᵢⱼ·εᵢεⱼ`, where products of three ε vanish. Run a function on hyper-dual numbers and it
/// computes its first and second derivatives beside its value: `f(x) + f′(x)·ẋ + …`. The drivers
/// ([`hessian`](crate::hessian()) and its kin) do the seeding and reading.
///
/// It has all of [`Dual`](crate::Dual)'s traits, functions and laws, from the same table of rules. Value and gradient are
/// bit for bit those of `Dual`. Law 3 says here: an entry (i, j) depends on the lanes i and j alone, to the bit if they are
/// taken in the order in which the way up from the first to the second, around the N lanes, is the shorter one. Law 4:
/// where neither i nor j is in a number, neither is in a function of it.
///
/// `Dual<Dual<T, N>, N>` gives the same second derivatives up to rounding, from (N + 1)² components instead of about
/// (N + 1)(N + 2)/2; and also where the function's own f″ overflows (ln at 10⁻²⁰ in `f32`) and the derivative in a scaled
/// variable doesn't.
///
/// ```
/// use tangents::HyperDual;
///
/// let x = HyperDual::<f64, 2>::variable(3.0, 0);
/// let y = HyperDual::<f64, 2>::variable(2.0, 1);
/// let f = x * x * y + 1.0;
/// assert_eq!(f.re, 19.0);
/// assert_eq!(f.gradient, [12.0, 9.0]); // 2xy and x²
/// assert_eq!(f.hessian(), [[4.0, 6.0], [6.0, 0.0]]);
/// ```
#[repr(C)]
pub struct HyperDual<T, const N: usize> {
    /// The value.
    pub re: T,
    /// The first derivatives: component i is the coefficient of εᵢ.
    pub gradient: [T; N],
    second: Packed<T, N>,
}

// By hand: the memory of the Hessian is `Clone` where T is `Copy`.
impl<T: Copy, const N: usize> Copy for HyperDual<T, N> {}
#[allow(clippy::expl_impl_clone_on_copy)] // a derive would ask for `T: Clone`, which isn't enough
impl<T: Copy, const N: usize> Clone for HyperDual<T, N> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Copy, const N: usize> HyperDual<T, N> {
    /// The number with this value, this gradient, and the Hessian of which `second(i, j)` is the entry (i, j) for
    /// i ≤ j; it isn't called for i > j.
    ///
    /// ```
    /// use tangents::HyperDual;
    ///
    /// let h = [[4.0, 6.0], [6.0, 0.0]];
    /// let x = HyperDual::from_fn(18.0, [12.0, 9.0], |i, j| h[i][j]);
    /// assert_eq!(x.hessian(), h);
    /// ```
    #[inline]
    pub fn from_fn(re: T, gradient: [T; N], second: impl Fn(usize, usize) -> T) -> Self {
        Self { re, gradient, second: Packed::from_entries(second) }
    }

    /// The entry (i, j) of the Hessian, which is the entry (j, i): `∂²/∂xᵢ∂xⱼ`.
    ///
    /// # Panics
    ///
    /// If `i` or `j` isn't below `N`.
    ///
    /// ```
    /// use tangents::HyperDual;
    ///
    /// let x = HyperDual::<f64, 2>::variable(3.0, 0);
    /// let y = HyperDual::<f64, 2>::variable(2.0, 1);
    /// assert_eq!((x * x * y).second(1, 0), 6.0);
    /// ```
    #[inline]
    #[track_caller]
    pub fn second(&self, i: usize, j: usize) -> T {
        assert!(i < N && j < N, "entry ({i}, {j}) of the Hessian in {N} variables, counted from 0");
        self.second.entry(i, j)
    }

    /// The row i of the Hessian: the gradient of `∂/∂xᵢ`.
    ///
    /// # Panics
    ///
    /// If `i` isn't below `N`.
    ///
    /// ```
    /// use tangents::HyperDual;
    ///
    /// let x = HyperDual::<f64, 2>::variable(3.0, 0);
    /// let y = HyperDual::<f64, 2>::variable(2.0, 1);
    /// assert_eq!((x * x * y).row(0), [4.0, 6.0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn row(&self, i: usize) -> [T; N] {
        from_fn(|j| self.second(i, j))
    }

    /// The Hessian `H[i][j] = ∂²/∂xᵢ∂xⱼ`, symmetric to the bit; as a matrix of `nalgebra`, `SMatrix::from(x.hessian())`.
    ///
    /// ```
    /// use tangents::HyperDual;
    ///
    /// assert_eq!(HyperDual::<f64, 1>::variable(3.0, 0).powi(3).hessian(), [[18.0]]);
    /// ```
    #[inline]
    pub fn hessian(&self) -> [[T; N]; N] {
        from_fn(|i| from_fn(|j| self.second.entry(i, j)))
    }

    /// Value and gradient alone, as a dual number.
    ///
    /// ```
    /// use tangents::HyperDual;
    ///
    /// assert_eq!(HyperDual::<f64, 1>::variable(3.0, 0).powi(2).first_order().eps, [6.0]);
    /// ```
    #[inline]
    pub fn first_order(&self) -> Dual<T, N> {
        Dual::new(self.re, self.gradient)
    }

    /// Every derivative `rest`.
    #[inline]
    pub(super) const fn filled(re: T, rest: T) -> Self {
        Self { re, gradient: [rest; N], second: Packed::filled(rest) }
    }
}

impl<T: Real, const N: usize> HyperDual<T, N> {
    /// `re` as a constant: every derivative is zero.
    ///
    /// ```
    /// use tangents::HyperDual;
    ///
    /// assert_eq!(HyperDual::<f64, 2>::constant(5.0).gradient, [0.0, 0.0]);
    /// ```
    #[inline]
    pub fn constant(re: T) -> Self {
        Self::filled(re, T::zero())
    }

    /// The variable `lane` at the value `re`: that component of the gradient is one, all other derivatives are zero.
    ///
    /// # Panics
    ///
    /// If there is no such lane, `lane >= N`.
    ///
    /// ```
    /// use tangents::HyperDual;
    ///
    /// assert_eq!(HyperDual::<f64, 3>::variable(5.0, 1).gradient, [0.0, 1.0, 0.0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn variable(re: T, lane: usize) -> Self {
        assert!(lane < N, "lane {lane} of a hyper-dual number that has {N} lanes, counted from 0");
        let mut variable = Self::constant(re);
        variable.seed(lane);
        variable
    }

    /// Makes a constant the variable of the lane `lane`.
    #[inline]
    pub(crate) fn seed(&mut self, lane: usize) {
        lanes::seed(&mut self.gradient, lane);
    }

    /// The chain rule: a function's value `f`, slope `df` and second derivative `ddf` at `self.re`, applied to `self`.
    ///
    /// `gᵢ → df·gᵢ`, `Hᵢⱼ → df·Hᵢⱼ + ddf·gᵢ·gⱼ`. Use it where both derivatives are
    /// at hand. To give a function of your own to every number, write a [`Rule`](crate::Rule), which needs the slope only. Where neither εᵢ nor εⱼ is
    /// in `self`, they aren't in the result, even where `df` or `ddf` is infinite or NaN.
    ///
    /// ```
    /// use tangents::HyperDual;
    ///
    /// let x = HyperDual::<f64, 1>::variable(3.0, 0);
    /// let cube = x.chain(27.0, 27.0, 18.0);
    /// assert!(cube.identical(&x.powi(3)));
    /// ```
    #[inline]
    pub fn chain(self, f: T, df: T, ddf: T) -> Self {
        arithmetic::chain(&self, f, df, ddf)
    }

    /// The chain rule of a function of two variables: its value `f`, its slopes `[f_x, f_y]` and its second derivatives
    /// `[f_xx, f_xy, f_yy]` at `(self.re, y.re)`, applied to `self` and `y`.
    ///
    /// Zero derivatives stay zero as in [`chain`](Self::chain), each term by itself.
    ///
    /// ```
    /// use tangents::HyperDual;
    ///
    /// let (x, y) = (HyperDual::<f64, 2>::variable(3.0, 0), HyperDual::variable(4.0, 1));
    /// let product = x.chain2(y, 12.0, [4.0, 3.0], [0.0, 1.0, 0.0]);
    /// assert!(product.identical(&(x * y)));
    /// ```
    #[inline]
    pub fn chain2(self, y: Self, f: T, df: [T; 2], ddf: [T; 3]) -> Self {
        arithmetic::chain2(&self, &y, f, df, ddf)
    }
}

impl<T: Real, const N: usize> HyperDual<T, N> {
    /// [`chain2`](Self::chain2) of any number of variables: their slopes with the slopes' own in all of them.
    #[inline]
    pub(super) fn chain_n<const M: usize>(x: &[Self; M], f: T, slopes: [Dual<T, M>; M]) -> Self {
        match (&x[..], &slopes[..]) {
            ([x], [s]) => x.chain(f, s.re, s.eps[0]),
            ([x, y], [p, q]) => x.chain2(*y, f, [p.re, q.re], [p.eps[0], p.eps[1], q.eps[1]]),
            _ => arithmetic::chain_n(x, f, slopes),
        }
    }

    /// The function of some numbers of which f is the value and each number comes with the slope in it, the slope with
    /// its own gradient.
    pub(super) fn from_slopes(f: T, terms: impl Iterator<Item = (Self, Dual<T, N>)>) -> Self {
        terms.fold(Self::constant(f), |sum, (x, slope)| {
            let gradient = from_fn(|i| sum.gradient[i] + scaled(slope.re, x.gradient[i]));
            let second = Packed::from_pairs(|i, j| {
                let bent = scaled(slope.eps[j], x.gradient[i]);
                sum.second.entry(i, j) + (scaled(slope.re, x.second.entry(i, j)) + bent)
            });
            Self { re: f, gradient, second }
        })
    }
}

/// Zero, as a constant.
impl<T: Default + Copy, const N: usize> Default for HyperDual<T, N> {
    #[inline]
    fn default() -> Self {
        Self::filled(T::default(), T::default())
    }
}

#[allow(clippy::missing_fields_in_debug)] // the Hessian stands for the field that packs it
impl<T: Copy + fmt::Debug, const N: usize> fmt::Debug for HyperDual<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperDual")
            .field("re", &self.re)
            .field("gradient", &self.gradient)
            .field("hessian", &self.hessian())
            .finish()
    }
}

impl<T: Real, const N: usize> Components<T> for HyperDual<T, N> {
    #[inline]
    fn re(&self) -> T {
        self.re
    }

    #[inline]
    fn with_value(self, re: T) -> Self {
        Self { re, ..self }
    }

    #[inline]
    fn map(self, f: impl Fn(T) -> T) -> Self {
        let second = rows!(|d| self.second.row(d).map(&f));
        Self { re: f(self.re), gradient: self.gradient.map(&f), second }
    }

    #[inline]
    fn zip(self, other: Self, f: impl Fn(T, T) -> T) -> Self {
        let lanes = |a: &[T; N], b: &[T; N]| from_fn(|i| f(a[i], b[i]));
        let second = rows!(|d| lanes(self.second.row(d), other.second.row(d)));
        Self { re: f(self.re, other.re), gradient: lanes(&self.gradient, &other.gradient), second }
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        arithmetic::plus(&self, &other)
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        arithmetic::minus(&self, &other)
    }

    #[inline]
    fn scaled(self, s: T) -> Self {
        arithmetic::scaled(&self, s)
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        arithmetic::times(&self, &other)
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        arithmetic::over(&self, &other)
    }

    #[inline]
    fn under(self, q: T) -> Self {
        arithmetic::under(&self, q)
    }

    #[inline]
    fn all(self, other: Self, f: impl Fn(T, T) -> bool) -> bool {
        let lanes = |a: &[T; N], b: &[T; N], count: usize| (0..count).all(|i| f(a[i], b[i]));
        let row = |d| lanes(self.second.row(d), other.second.row(d), Packed::<T, N>::read(d));
        f(self.re, other.re)
            && lanes(&self.gradient, &other.gradient, N)
            && (0..Packed::<T, N>::ROWS).all(row)
    }

    fn times_masked(self, other: Self, mask: Mask) -> Self {
        let (x, y) = (self.re, other.re);
        let (a, b) = (self.gradient, other.gradient);
        let m = |x, y| masked(x, y, mask);
        let gradient = from_fn(|i| m(x, b[i]) + m(a[i], y));
        let second = Packed::from_entries(|i, j| {
            let outer = m(x, other.second.entry(i, j)) + m(self.second.entry(i, j), y);
            outer + (m(a[i], b[j]) + m(a[j], b[i]))
        });
        Self { re: m(x, y), gradient, second }
    }

    #[inline]
    fn linear(self, y: T, slope: T) -> Self {
        if slope.is_nan() {
            return aside(self, |x| *x = x.undefined(y, slope));
        }
        // Not the chain rule with second derivative 0: where the square of the gradient overflows, that is NaN.
        let second = rows!(|d| lanes::chain(slope, *self.second.row(d)));
        Self { re: y, gradient: lanes::chain(slope, self.gradient), second }
    }

    #[inline]
    fn linear2(self, other: Self, y: T, dx: T, dy: T) -> Self {
        if dx.is_nan() || dy.is_nan() {
            return undefined2(self, other, y);
        }
        let second = rows!(|d| lanes::chain2(dx, *self.second.row(d), dy, *other.second.row(d)));
        Self { re: y, gradient: lanes::chain2(dx, self.gradient, dy, other.gradient), second }
    }

    #[cold]
    fn undefined(self, y: T, nan: T) -> Self {
        let gradient = self.gradient.map(|c| inspect::product(nan, c));
        let second = Packed::from_pairs(|i, j| {
            inspect::product(nan, self.second.entry(i, j)) + inspect::product(gradient[i], gradient[j])
        });
        Self { re: y, gradient, second }
    }

    #[inline]
    fn map_first(self, f: impl Fn(T) -> T) -> Self {
        Self { gradient: self.gradient.map(f), ..self }
    }
}
