//! What the code that `#[derive(Point)]` and `#[function]` write needs beside [`Point`](super::Point) and `Function`: lanes for a
//! number of coordinates that a type says, and arguments as a function takes them. It belongs to the macros of this version and
//! isn't for others.

use super::numbers::CHUNK;
use super::{Chunks, Exactly, Lanes};

/// `N` coordinates, and whether they are [few](is_few).
#[derive(Clone, Copy, Debug)]
pub struct Count<const N: usize, const FEW: bool>;

/// The lanes for a known number of coordinates.
pub trait Known {
    /// As many lanes as coordinates if those are few, else chunks.
    type Lanes: Lanes;
}

impl<const N: usize> Known for Count<N, true> {
    type Lanes = Exactly<N>;
}

impl<const N: usize> Known for Count<N, false> {
    type Lanes = Chunks<CHUNK>;
}

/// Whether one run on so many lanes is at least as fast as several on chunks.
pub const fn is_few(n: usize) -> bool {
    n <= 16
}

/// The array that a function takes, of what it is handed as a slice.
///
/// # Panics
///
/// If the array has another length. The panic names the line of `#[function]`: a driver calls the function by a closure, which
/// doesn't know the line of the driver's caller.
#[inline]
#[track_caller]
pub fn array<const N: usize, P>(x: &[P]) -> &[P; N] {
    let Ok(x) = x.try_into() else {
        panic!("the function takes an array of length {N}, and the point has length {}", x.len())
    };
    x
}

/// What may be handed to a function by value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't `Copy`, so the function can't take it by value",
    label = "take it by reference: `&{Self}`"
)]
pub trait ByValue: Copy {}

#[diagnostic::do_not_recommend]
impl<P: Copy> ByValue for P {}

/// A copy for a function that takes it by value.
#[inline]
pub fn by_value<P: ByValue>(x: &P) -> P {
    *x
}
