//! Questions about *all* components of a number of which only `T: Real` is known: free for `f32` and `f64` in optimised code,
//! a cast for each question and component in a debug build.
//!
//! Whatever [`Float`] tells of a dual number it tells of its value (law 2), so from `T: Float` alone nobody
//! can see whether a tangent inside `T` is zero or infinite. One method of `Float` is generic enough to carry
//! the question: `NumCast::from`, which meets any type. A [`Question`] is cast to `T`; a dual number recognises
//! it and asks its components, any other float reads it as the number 1 or 0 and so answers for itself. An
//! [`Operation`], what is to be made component by component, is carried the same way, and so are plain operands
//! (`number/plain.rs`).

use core::any::TypeId;
use core::mem::{ManuallyDrop, transmute_copy};

use num_traits::{Float, ToPrimitive};

use crate::number::on::is_float;
use crate::real::Real;

/// Is `T` one of the CPU's own types, without components and with their accuracy?
#[inline]
pub(crate) fn is_primitive<T: Real>() -> bool {
    is_float::<T, f64>() || is_float::<T, f32>()
}

/// Is every component of `x` exactly zero?
#[inline]
pub(crate) fn is_zero<T: Real>(x: T) -> bool {
    ask(x, x, Ask::Zero)
}

/// May a `T` have components that it doesn't show? Another crate's float may: one that records for reverse mode has its derivatives on a
/// tape. Then a zero that [`is_zero`] finds may still depend on variables.
#[inline]
pub(crate) fn hides_components<T: Real>() -> bool {
    // A number of this crate makes something of every operation.
    !is_primitive::<T>() && T::from(Operation { x: T::zero(), y: T::zero(), make: Make::WithValue }).is_none()
}

/// Is `slope·x`, a term of a sum, zero because x is? Where x may hide components only a slope that isn't finite is left out for
/// a zero: a finite one does no harm.
#[inline]
pub(crate) fn is_no_term<T: Real>(slope: T, x: T) -> bool {
    is_zero(x) && !(hides_components::<T>() && is_finite(slope))
}

/// Is every component of `x` exactly zero here? It is zero even if that depends on what a pattern is found of.
#[inline]
pub(crate) fn vanishes<T: Real>(x: T) -> bool {
    ask(x, x, Ask::Vanishes)
}

/// Is no component of `x` infinite or NaN?
#[inline]
pub(crate) fn is_finite<T: Real>(x: T) -> bool {
    ask(x, x, Ask::Finite)
}

/// Does no component of `multiple`, a multiple of `x`, show digits that `x` has lost by underflow?
///
/// Four bits may be lost, and a multiple that is below the normal numbers itself shows none.
#[inline]
pub(crate) fn keeps_digits<T: Real>(x: T, multiple: T) -> bool {
    ask(x, multiple, Ask::KeepsDigits)
}

/// Has every component of `x` the same bits as that of `y`?
#[inline]
pub(crate) fn identical<T: Real>(x: T, y: T) -> bool {
    ask(x, y, Ask::Identical)
}

/// `x·y`, where a zero wins over an infinity or NaN.
///
/// In a nested number `∞·1` would otherwise give NaN to each inner lane, since the constant 1 has zeros there.
#[inline]
pub(crate) fn product<T: Real>(x: T, y: T) -> T {
    if is_finite(x) && is_finite(y) { x * y } else { masked(x, y, Mask::Either) }
}

/// `slope·tangent`, where a zero tangent wins over an infinite or NaN slope; a zero slope doesn't win over an
/// infinite tangent.
#[inline]
pub(crate) fn scaled<T: Real>(slope: T, tangent: T) -> T {
    if is_finite(slope) && is_finite(tangent) { slope * tangent } else { masked(slope, tangent, Mask::Right) }
}

/// `x·y` under the mask, component by component.
pub(crate) fn masked<T: Real>(x: T, y: T, mask: Mask) -> T {
    if is_zero(y) || (matches!(mask, Mask::Either) && is_zero(x)) {
        T::zero()
    } else {
        // A number without components makes nothing of the product, and it is the plain one.
        T::from(Operation { x, y, make: Make::Product(mask) }).unwrap_or_else(|| x * y)
    }
}

/// 0, with NaN in every component, of every order, along which `d` moves; d has the value 0.
///
/// Added to a constant it says that nothing is known beyond the constant. (A function that isn't smooth at a point has no
/// derivatives of higher order there, and a constant alone would have zeros.)
pub(crate) fn unknown_along<T: Real>(d: T) -> T {
    if d != T::zero() {
        // At an infinity there is no distance.
        return T::nan();
    }
    with_value(undefined(d), T::zero())
}

/// The derivatives of `x` with the value of `y`.
#[inline]
pub(crate) fn with_value<T: Real>(x: T, y: T) -> T {
    T::from(Operation { x, y, make: Make::WithValue }).unwrap_or(y)
}

/// NaN as a function of `x`: the value is NaN, and so is every derivative in whose direction `x` moves.
///
/// What a slope is where it isn't defined: the constant NaN would have the derivative 0.
#[cold]
pub(crate) fn undefined<T: Real>(x: T) -> T {
    T::from(Operation { x, y: x, make: Make::Undefined }).unwrap_or_else(T::nan)
}

/// `x` with 0 in place of every component that isn't NaN.
#[cold]
pub(crate) fn nans<T: Real>(x: T) -> T {
    let plain = || if x.is_nan() { x } else { T::zero() };
    T::from(Operation { x, y: x, make: Make::Nans }).unwrap_or_else(plain)
}

/// `x − y` in each component, 0 where both are the same infinity or NaN.
///
/// Which bits a NaN has isn't asked: the compiler chooses them.
#[cold]
pub(crate) fn difference<T: Real>(x: T, y: T) -> T {
    let plain = || if x == y || (x.is_nan() && y.is_nan()) { T::zero() } else { x - y };
    T::from(Operation { x, y, make: Make::Difference }).unwrap_or_else(plain)
}

/// `f`, made a function of what moves in `moves`, which is NaN or zero in each component: zero where that is zero.
///
/// If its value is `infinite`, it has no finite derivative: those that are finite are NaN.
#[cold]
pub(crate) fn function_of<T: Real>(moves: T, f: T, infinite: bool) -> T {
    let plain = || {
        if moves == T::zero() {
            T::zero()
        } else if infinite && f.is_finite() {
            T::nan()
        } else {
            f
        }
    };
    T::from(Operation { x: moves, y: f, make: Make::FunctionOf { infinite } }).unwrap_or_else(plain)
}

/// What is asked of each component.
#[derive(Clone, Copy)]
pub(crate) enum Ask {
    Zero,
    Vanishes,
    Finite,
    KeepsDigits,
    Identical,
}

/// A question about one number, or about two.
#[derive(Clone, Copy)]
pub(crate) struct Question<T> {
    pub(crate) x: T,
    pub(crate) y: T,
    pub(crate) ask: Ask,
}

#[inline]
pub(crate) fn ask<T: Real>(x: T, y: T, ask: Ask) -> bool {
    T::from(Question { x, y, ask }).is_some_and(|answer| answer == T::one())
}

/// Which zero factor wins.
#[derive(Clone, Copy)]
pub(crate) enum Mask {
    Right,
    Either,
}

/// What is to be made of two numbers.
#[derive(Clone, Copy)]
pub(crate) enum Make {
    /// Their product under the mask.
    Product(Mask),
    /// The first, with the value of the second.
    WithValue,
    /// NaN as a function of the first.
    Undefined,
    /// What of the first is NaN.
    Nans,
    /// What the first is more than the second.
    Difference,
    /// Of x and y the product `xʸ⁻ᵏ·(ln x)ⁿ` with these k and n.
    PowerLog(i32, i32),
    /// The second, as a function of the first.
    FunctionOf { infinite: bool },
}

/// Two numbers, and what is to be made of their components.
#[derive(Clone, Copy)]
pub(crate) struct Operation<T> {
    pub(crate) x: T,
    pub(crate) y: T,
    pub(crate) make: Make,
}

impl<T> ToPrimitive for Operation<T> {
    #[inline]
    fn to_i64(&self) -> Option<i64> {
        None
    }

    #[inline]
    fn to_u64(&self) -> Option<u64> {
        None
    }
}

impl<T: Float> Question<T> {
    /// The answer of a number that has no components.
    #[inline]
    fn holds_of_value(&self) -> bool {
        let Self { x, y, ask } = *self;
        match ask {
            Ask::Zero | Ask::Vanishes => x == T::zero(),
            Ask::Finite => x.is_finite(),
            Ask::KeepsDigits => {
                let (smallest, size) = (T::min_positive_value(), x.abs());
                let lost = size > T::zero() && size < smallest / (T::one() + T::one()).powi(4);
                !(lost && y.abs() >= smallest)
            }
            Ask::Identical if x.is_nan() => y.is_nan() && nan_bits(x) == nan_bits(y),
            Ask::Identical => x == y && x.is_sign_negative() == y.is_sign_negative(),
        }
    }
}

impl<T: Float> ToPrimitive for Question<T> {
    #[inline]
    fn to_i64(&self) -> Option<i64> {
        Some(self.holds_of_value().into())
    }

    #[inline]
    fn to_u64(&self) -> Option<u64> {
        Some(self.holds_of_value().into())
    }

    #[inline]
    fn to_f64(&self) -> Option<f64> {
        Some(f64::from(u8::from(self.holds_of_value())))
    }
}

/// Sign and payload of a NaN, by way of `f64`: `integer_decode` has them too, but panics for some floats.
#[inline]
pub(crate) fn nan_bits<T: Float>(nan: T) -> Option<u64> {
    nan.to_f64().map(f64::to_bits)
}

/// `value` as a `V` if that is its type.
///
/// `Any` would do, but for its bound: the argument of `NumCast::from` isn't known to be `'static`.
#[inline]
pub(crate) fn same_type<U, V: 'static>(value: U) -> Result<V, U> {
    if size_of::<U>() == size_of::<V>() && typeid::of::<U>() == TypeId::of::<V>() {
        // SAFETY: `U` and `V` are one type up to lifetimes, and `V: 'static` has none that could differ;
        // `ManuallyDrop` hands the value over rather than doubling it.
        Ok(unsafe { transmute_copy::<ManuallyDrop<U>, V>(&ManuallyDrop::new(value)) })
    } else {
        Err(value)
    }
}

/// Whether one of these derivatives beside a value is more than zero. One that isn't finite, where the value isn't either,
/// comes of ∞·0 and not from outside. Nor does a zero that depends on variables of a pattern, as a product of one with 0.
#[inline]
pub(crate) fn is_left<T: Real>(value: T, derivatives: impl IntoIterator<Item = T>) -> bool {
    let left = |c: T| !vanishes(c) && (is_finite(c) || is_finite(value));
    derivatives.into_iter().any(left)
}
