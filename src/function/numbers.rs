//! Which numbers a function value runs on at a point of run-time length.

/// The lanes of numbers that have all of them.
#[cfg(feature = "alloc")]
pub(super) const CHUNK: usize = 8;

/// The lanes of numbers that may have none, in vectors of 128 bits.
pub(super) const WIDE: usize = 16;

/// The lanes of numbers that may have none, in wider vectors.
///
/// In vectors of 128 bits Rosenbrock's gradient takes 1.6 to 1.9 times as long on 32 lanes as on 16, in wider ones 0.5 to 0.9 of the
/// time; functions full of transcendentals take half the time in either. [`Prepared`](super::Prepared) tries both.
pub(super) const WIDER: usize = 32;

/// Kinds of numbers with first derivatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Those that have all lanes, [`CHUNK`].
    Present,
    /// Those of which a constant has none, with [`WIDE`] lanes.
    Wide,
    /// The same with [`WIDER`] lanes.
    #[cfg_attr(not(feature = "std"), allow(dead_code))] // a trial chooses it
    Wider,
}

impl Numbers {
    /// The kind for `n` coordinates, of a function of which nothing is known.
    ///
    /// In a pass most variables are constants if there are several passes.
    pub(super) const fn for_length(n: usize) -> Self {
        if n > 16 { Self::Wide } else { Self::Present }
    }

    /// The kinds of which one may be the fastest for `n` coordinates.
    #[cfg(feature = "std")]
    pub(super) const fn worth_a_try(n: usize) -> &'static [Self] {
        if n > CHUNK { &[Self::Present, Self::Wide, Self::Wider] } else { &[Self::Present] }
    }
}
