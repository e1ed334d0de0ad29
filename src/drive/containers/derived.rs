//! What the code that `#[derive(Point)]` writes needs beside [`Point`](super::Point): lanes for a number of coordinates that a
//! type says. It belongs to the macro of this version and isn't for others.

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
