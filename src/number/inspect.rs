//! Questions about *all* components of a number of which only `T: Real` is known.
//!
//! Whatever [`Float`] tells of a dual number it tells of its value (law 2), so from `T: Float` alone nobody
//! can see whether a tangent inside `T` is zero or infinite. One method of `Float` is generic enough to carry
//! the question: `NumCast::from`, which meets any type. A [`Question`] is cast to `T`; a [`Dual`] recognises
//! it and asks its components, any other float reads it as the number 1 or 0 and so answers for itself.

use core::any::TypeId;
use core::mem::{ManuallyDrop, transmute_copy};

use num_traits::{Float, ToPrimitive};

use super::Dual;
use crate::real::Real;

/// Is every component of `x` exactly zero?
#[inline]
pub(crate) fn is_zero<T: Real>(x: T) -> bool {
    ask(x, x, Ask::Zero)
}

/// Is no component of `x` infinite or NaN?
#[inline]
pub(crate) fn is_finite<T: Real>(x: T) -> bool {
    ask(x, x, Ask::Finite)
}

/// Has every component of `x` the same bits as that of `y`?
#[inline]
pub(crate) fn identical<T: Real>(x: T, y: T) -> bool {
    ask(x, y, Ask::Identical)
}

#[derive(Clone, Copy)]
enum Ask {
    Zero,
    Finite,
    Identical,
}

#[derive(Clone, Copy)]
pub(super) struct Question<T> {
    x: T,
    y: T,
    ask: Ask,
}

#[inline]
fn ask<T: Real>(x: T, y: T, ask: Ask) -> bool {
    T::from(Question { x, y, ask }).is_some_and(|answer| answer.is_one())
}

impl<T: Real, const N: usize> Question<Dual<T, N>> {
    /// The answer of a dual number: that of all its components.
    #[inline]
    pub(super) fn holds(self) -> bool {
        let Self { x, y, ask: what } = self;
        ask(x.re, y.re, what) && (0..N).all(|k| ask(x.eps[k], y.eps[k], what))
    }
}

impl<T: Float> Question<T> {
    /// The answer of a number that has no components.
    #[inline]
    fn holds_of_value(&self) -> bool {
        let Self { x, y, ask } = *self;
        match ask {
            Ask::Zero => x.is_zero(),
            Ask::Finite => x.is_finite(),
            // `integer_decode` has the payload of a NaN, but not all digits of a double-double.
            Ask::Identical if x.is_nan() => x.integer_decode() == y.integer_decode(),
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

/// `value` as a `V` if that is its type.
///
/// `Any` would do, but for its bound: the argument of `NumCast::from` isn't known to be `'static`.
#[inline]
pub(super) fn same_type<U, V: 'static>(value: U) -> Result<V, U> {
    if typeid::of::<U>() == TypeId::of::<V>() {
        // SAFETY: `U` and `V` are one type up to lifetimes, and `V: 'static` has none that could differ;
        // `ManuallyDrop` hands the value over rather than doubling it.
        Ok(unsafe { transmute_copy::<ManuallyDrop<U>, V>(&ManuallyDrop::new(value)) })
    } else {
        Err(value)
    }
}
