//! The numbers that a function runs on at a point, by order and by number of lanes.

use core::any::TypeId;

use crate::number::inspect::is_left;
use crate::number::{Dual, DualOrConstant, HyperDual};
use crate::real::Real;
use crate::rules::Number;

/// Which numbers a function runs on at a point: [`Exactly`], [`Chunks`] or [`Single`].
///
/// It can't be implemented elsewhere.
pub trait Lanes: sealed::Sealed {
    /// The number over `T` that carries first derivatives.
    type First<T: Number>: FirstOrder<T> + Number;

    /// The number over `T` that carries second derivatives.
    type Second<T: Number>: SecondOrder<T> + Number;

    /// What an array of `N` such points runs on.
    type Repeat<const N: usize>: Lanes;
}

/// As many lanes as coordinates, `N`: one pass gives all derivatives.
///
/// First derivatives run on [`Dual<T, N>`](Dual), second ones on [`HyperDual<T, N>`](HyperDual).
#[derive(Clone, Copy, Debug)]
pub struct Exactly<const N: usize>;

/// `C` lanes for any number of coordinates, which take their turns: ⌈n/C⌉ passes.
///
/// First derivatives run on [`Dual<T, C>`](Dual), second ones on `Dual<Dual<T, C>, C>`, in a pass for each pair of chunks.
#[derive(Clone, Copy, Debug)]
pub struct Chunks<const C: usize>;

/// One lane: the point is a number. An array of `N` numbers is [`Exactly<N>`](Exactly).
#[derive(Clone, Copy, Debug)]
pub struct Single;

/// The lanes of a point whose number of coordinates its type doesn't say.
///
/// Polynomial functions are fastest in chunks of 8 to 16 lanes; beyond 24 the registers spill.
pub(crate) const CHUNK: usize = 8;

impl Lanes for Single {
    type First<T: Number> = Dual<T, 1>;
    type Second<T: Number> = HyperDual<T, 1>;
    type Repeat<const N: usize> = Exactly<N>;
}

impl<const M: usize> Lanes for Exactly<M> {
    type First<T: Number> = Dual<T, M>;
    type Second<T: Number> = HyperDual<T, M>;
    // M·N can't be written on stable Rust.
    type Repeat<const N: usize> = Chunks<CHUNK>;
}

impl<const C: usize> Lanes for Chunks<C> {
    type First<T: Number> = Dual<T, C>;
    type Second<T: Number> = Dual<Dual<T, C>, C>;
    type Repeat<const N: usize> = Self;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Single {}
    impl<const N: usize> Sealed for super::Exactly<N> {}
    impl<const C: usize> Sealed for super::Chunks<C> {}
    impl<T, const N: usize> Sealed for crate::number::Dual<T, N> {}
    impl<T, const N: usize> Sealed for crate::number::DualOrConstant<T, N> {}
    impl<T, const N: usize> Sealed for crate::number::HyperDual<T, N> {}
}

/// A number over `T` with first derivatives, as the drivers see it: something to seed and to read.
///
/// It is implemented for [`Dual<T, N>`](Dual) and can't be implemented elsewhere.
pub trait FirstOrder<T>: Real + sealed::Sealed {
    /// The number of lanes.
    const LANES: usize;

    /// `re` with all lanes zero.
    fn constant(re: T) -> Self;

    /// Makes a constant the variable of the lane `lane`, which is below [`LANES`](Self::LANES).
    fn seed(&mut self, lane: usize);

    /// The value.
    fn primal(&self) -> T;

    /// The tangent in the lane `lane`, which is below [`LANES`](Self::LANES).
    fn lane(&self, lane: usize) -> T;

    /// Writes the tangents from the lane `lane` on; there are as many as `to` takes.
    fn write_lanes(&self, lane: usize, to: &mut [T]);

    /// Whether a tangent is left in it.
    #[doc(hidden)]
    fn left_over(&self) -> bool;
}

impl<T: Real, const N: usize> FirstOrder<T> for Dual<T, N> {
    const LANES: usize = N;

    #[inline]
    fn constant(re: T) -> Self {
        Self::constant(re)
    }

    #[inline]
    fn seed(&mut self, lane: usize) {
        self.seed(lane);
    }

    #[inline]
    fn primal(&self) -> T {
        self.re
    }

    #[inline]
    fn lane(&self, lane: usize) -> T {
        self.eps[lane]
    }

    #[inline]
    fn write_lanes(&self, lane: usize, to: &mut [T]) {
        // All of them are a few vectors, some of them a call of the library.
        if let Ok(to) = <&mut [T; N]>::try_from(&mut *to) {
            *to = self.eps;
        } else {
            to.copy_from_slice(&self.eps[lane..][..to.len()]);
        }
    }

    fn left_over(&self) -> bool {
        is_left(self.re, self.eps)
    }
}

/// The tangents of a constant are zero.
impl<T: Real, const N: usize> FirstOrder<T> for DualOrConstant<T, N> {
    const LANES: usize = N;

    #[inline]
    fn constant(re: T) -> Self {
        Self::constant(re)
    }

    #[inline]
    fn seed(&mut self, lane: usize) {
        self.seed(lane);
    }

    #[inline]
    fn primal(&self) -> T {
        self.value()
    }

    #[inline]
    fn lane(&self, lane: usize) -> T {
        self.dual().map_or_else(T::zero, |x| x.lane(lane))
    }

    #[inline]
    fn write_lanes(&self, lane: usize, to: &mut [T]) {
        match self.dual() {
            Some(x) => x.write_lanes(lane, to),
            None => to.fill(T::zero()),
        }
    }

    fn left_over(&self) -> bool {
        self.dual().is_some_and(|x| x.left_over())
    }
}

/// A number over `T` with second derivatives, as the drivers see it: something to seed and to read.
///
/// The derivatives are those with respect to a block, some coordinates as rows and some as columns. It is implemented for
/// [`HyperDual<T, N>`](HyperDual), whose lanes the coordinates of both share, and for `Dual<Dual<T, N>, N>`, whose outer
/// lanes are the rows and whose inner lanes are the columns. It can't be implemented elsewhere; it appears in the
/// signature of a driver.
pub trait SecondOrder<T>: Real + sealed::Sealed {
    /// The number of coordinates that a block has as rows, and as columns, if there are `n` in all.
    fn chunk(n: usize) -> usize;

    /// `re` with all derivatives zero.
    fn constant(re: T) -> Self;

    /// Makes a constant the coordinate that is this row and this column of the block, or neither. A block off the diagonal,
    /// whose rows are other coordinates than its columns, is `apart`.
    fn seed(&mut self, row: Option<usize>, column: Option<usize>, apart: bool);

    /// The value.
    fn primal(&self) -> T;

    /// The first derivative in a row of the block.
    fn first(&self, row: usize) -> T;

    /// The second derivative in a row and a column of the block.
    fn second(&self, row: usize, column: usize, apart: bool) -> T;

    /// The types of the numbers in it that have derivatives beside a `T`.
    #[doc(hidden)]
    fn types() -> [TypeId; 2];

    /// Whether a derivative is left in it.
    #[doc(hidden)]
    fn left_over(&self) -> bool;
}

impl<T: Real, const N: usize, const M: usize> SecondOrder<T> for Dual<Dual<T, N>, M> {
    #[inline]
    fn chunk(_: usize) -> usize {
        N.min(M)
    }

    #[inline]
    fn constant(re: T) -> Self {
        Self::constant(Dual::constant(re))
    }

    #[inline]
    fn seed(&mut self, row: Option<usize>, column: Option<usize>, _: bool) {
        if let Some(column) = column {
            self.re.seed(column);
        }
        if let Some(row) = row {
            self.eps[row] = Dual::constant(T::one());
        }
    }

    #[inline]
    fn primal(&self) -> T {
        self.re.re
    }

    #[inline]
    fn first(&self, row: usize) -> T {
        self.eps[row].re
    }

    #[inline]
    fn second(&self, row: usize, column: usize, _: bool) -> T {
        self.eps[row].eps[column]
    }

    fn types() -> [TypeId; 2] {
        [TypeId::of::<Dual<T, N>>(), TypeId::of::<Self>()]
    }

    fn left_over(&self) -> bool {
        is_left(self.re, self.eps) || is_left(self.re.re, self.re.eps)
    }
}

/// All coordinates in one block if there are as many lanes; otherwise the rows in the first half of the lanes and the
/// columns in the second.
impl<T: Real, const N: usize> SecondOrder<T> for HyperDual<T, N> {
    #[inline]
    fn chunk(n: usize) -> usize {
        if n <= N { N } else { N / 2 }
    }

    #[inline]
    fn constant(re: T) -> Self {
        Self::constant(re)
    }

    #[inline]
    fn seed(&mut self, row: Option<usize>, column: Option<usize>, apart: bool) {
        let column = column.map(|column| if apart { N / 2 + column } else { column });
        if let Some(lane) = row.or(column) {
            self.seed(lane);
        }
    }

    #[inline]
    fn primal(&self) -> T {
        self.re
    }

    #[inline]
    fn first(&self, row: usize) -> T {
        self.gradient[row]
    }

    #[inline]
    fn second(&self, row: usize, column: usize, apart: bool) -> T {
        self.second(row, if apart { N / 2 + column } else { column })
    }

    fn types() -> [TypeId; 2] {
        [TypeId::of::<Self>(); 2]
    }

    fn left_over(&self) -> bool {
        is_left(self.re, self.gradient) || (0..N).any(|i| is_left(self.re, (i..N).map(|j| self.second(i, j))))
    }
}
