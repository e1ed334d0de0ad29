//! Where the numbers of a lifted point are: on the stack while they are few, on the heap if they are many.
//!
//! An array of N coordinates is lifted to N numbers of N lanes. Unoptimised code copies what it moves, several times, and
//! the stack of a thread may have 2 MiB; a stack that is exhausted ends the process. So large points are lifted in place on
//! the heap.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::ops::{Deref, DerefMut};

use crate::drive::containers::sizes::check_sizes;
use crate::drive::containers::{Family, Of, Point};

/// The bytes of a lifted point or of a result above which it is made on the heap.
#[cfg(feature = "alloc")]
const SMALL: usize = 128 << 10;

/// What `run` makes of the point with `lift` of each of its numbers.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn with_lifted<X: Point + ?Sized, D, R>(
    x: &X,
    lift: impl Fn(X::Scalar) -> D,
    run: impl FnOnce(&mut Of<X, D>) -> R,
) -> R {
    check_sizes::<D, R>();
    #[cfg(feature = "alloc")]
    if const { size_of::<Of<X, D>>() > SMALL } {
        return run(&mut x.lift_on_heap(&mut |&x| lift(x), &mut |&x| lift(x)));
    }
    with_lifted_here(x, lift, run)
}

/// A function of its own, so that its stack is taken where it's called only.
#[cfg_attr(not(debug_assertions), inline(always))]
fn with_lifted_here<X: Point + ?Sized, D, R>(
    x: &X,
    lift: impl Fn(X::Scalar) -> D,
    run: impl FnOnce(&mut Of<X, D>) -> R,
) -> R {
    run(&mut x.lift(&mut |&x| lift(x), &mut |&x| lift(x)))
}

/// The point with `coordinate` of each coordinate and `fixed` of each number that isn't differentiated: a result.
#[inline]
pub(crate) fn result<X: Point + ?Sized, D>(
    x: &X,
    mut coordinate: impl FnMut() -> D,
    mut fixed: impl FnMut() -> D,
) -> Of<X, D> {
    let (coordinate, fixed) = (&mut |_: &X::Scalar| coordinate(), &mut |_: &X::Scalar| fixed());
    #[cfg(feature = "alloc")]
    if const { size_of::<Of<X, D>>() > SMALL / 4 } {
        return *x.lift_on_heap(coordinate, fixed);
    }
    x.lift(coordinate, fixed)
}
/// A container on the heap, where there is one.
#[cfg_attr(not(feature = "random"), allow(dead_code))] // only checks hold points
pub(crate) struct Held<L>(#[cfg(feature = "alloc")] Box<L>, #[cfg(not(feature = "alloc"))] L);

#[cfg_attr(not(feature = "random"), allow(dead_code))]
impl<L> Held<L> {
    /// The point with `coordinate` of each coordinate and `fixed` of each number that isn't differentiated.
    pub(crate) fn lift<X: Point<Family: Family<Of<D> = L>> + ?Sized, D>(
        x: &X,
        mut coordinate: impl FnMut(X::Scalar) -> D,
        mut fixed: impl FnMut(X::Scalar) -> D,
    ) -> Self {
        check_sizes::<D, ()>();
        let (coordinate, fixed) = (&mut |&x: &X::Scalar| coordinate(x), &mut |&x: &X::Scalar| fixed(x));
        #[cfg(feature = "alloc")]
        let held = x.lift_on_heap(coordinate, fixed);
        #[cfg(not(feature = "alloc"))]
        let held = x.lift(coordinate, fixed);
        Self(held)
    }
}

impl<L> Deref for Held<L> {
    type Target = L;

    fn deref(&self) -> &L {
        &self.0
    }
}

impl<L> DerefMut for Held<L> {
    fn deref_mut(&mut self) -> &mut L {
        &mut self.0
    }
}
