//! How a matrix is evaluated in compressed form: which lanes are seeded in which pass, and where they go. [`Recipe`].

use alloc::vec::Vec;
use core::ops::Range;

use super::SparseError;
use crate::drive::Family;
use crate::drive::containers::each;
use crate::function::Returned;
use crate::number::Dual;
use crate::real::Real;
use crate::rules::Number;

/// How many colours a pass evaluates: the lanes of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    Four,
    Eight,
    Sixteen,
}

impl Width {
    pub(super) const ALL: [Self; 3] = [Self::Four, Self::Eight, Self::Sixteen];

    pub(super) const fn lanes(self) -> usize {
        match self {
            Self::Four => 4,
            Self::Eight => 8,
            Self::Sixteen => 16,
        }
    }

    /// The width of so many lanes.
    pub(super) fn of_lanes(lanes: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|width| width.lanes() == lanes)
    }

    /// Which of these widths evaluates so many colours at the least cost.
    ///
    /// A pass costs what its lanes cost, and about four lanes more for the values and their functions.
    pub(super) fn for_colors(count: usize, widths: &[Self]) -> Self {
        let cost = |width: &&Self| count.div_ceil(width.lanes()).saturating_mul(width.lanes() + 4);
        widths.iter().min_by_key(cost).copied().unwrap_or(Self::Eight)
    }
}

/// Runs `$body` with the number of lanes of a width as a constant.
macro_rules! with_lanes {
    ($width:expr, $W:ident => $body:expr) => {
        match $width {
            $crate::sparse::recipe::Width::Four => {
                const $W: usize = 4;
                $body
            }
            $crate::sparse::recipe::Width::Eight => {
                const $W: usize = 8;
                $body
            }
            $crate::sparse::recipe::Width::Sixteen => {
                const $W: usize = 16;
                $body
            }
        }
    };
}

pub(super) use with_lanes;

/// An entry of a compressed matrix: in the row `row` and the colour `color` stands what goes to `values[place]`.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) row: usize,
    pub(super) color: usize,
    pub(super) place: usize,
}

/// A compressed evaluation in passes over groups of colours.
pub(super) struct Recipe {
    width: Width,
    /// The colour of each coordinate.
    colors: Vec<u32>,
    passes: Vec<Pass>,
}

/// What is read in a pass, row after row.
///
/// A row's entries lie together, so that results are read once and in order, and so is this.
pub(super) struct Pass {
    /// Where the entries of each row end.
    ends: Vec<u32>,
    /// The lane of each entry.
    lanes: Vec<u8>,
    /// Where each entry goes; none if they go side by side.
    places: Option<Vec<u32>>,
}

/// `i` as the recipe stores it.
fn stored(i: usize) -> Result<u32, SparseError> {
    u32::try_from(i).map_err(|_| SparseError::TooLarge)
}

impl Recipe {
    /// The evaluation of `entries`, which come row after row, where the coordinates have `colors`, counted from 0 to `count`.
    ///
    /// There is a pass even if there is no colour: it tells the values.
    pub(super) fn new(
        width: Width,
        colors: &[usize],
        count: usize,
        rows: usize,
        entries: impl Iterator<Item = Entry> + Clone,
    ) -> Result<Self, SparseError> {
        let lanes = width.lanes();
        let number = count.div_ceil(lanes).max(1);
        let mut sizes = alloc::vec![0; number];
        entries.clone().for_each(|entry| sizes[entry.color / lanes] += 1);
        let total: usize = sizes.iter().sum();
        stored(total)?;
        let mut passes: Vec<_> = sizes.iter().map(|&size| Pass::with_capacity(rows, size)).collect();
        let mut sorted = entries.peekable();
        for row in 0..rows {
            while let Some(Entry { color, place, .. }) = sorted.next_if(|entry| entry.row == row) {
                passes[color / lanes].push(color % lanes, stored(place)?);
            }
            passes.iter_mut().for_each(Pass::end_row);
        }
        passes.iter_mut().for_each(Pass::forget_order);
        let colors = colors.iter().map(|&color| stored(color)).collect::<Result<_, _>>()?;
        Ok(Self { width, colors, passes })
    }

    /// The lanes of a pass.
    pub(super) fn width(&self) -> Width {
        self.width
    }

    /// The passes, at least one.
    pub(super) fn passes(&self) -> &[Pass] {
        &self.passes
    }

    /// The coordinate `i`, of value `re`, with its seed of the pass.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn seeded<V: Real, const W: usize>(&self, re: V, i: usize, pass: usize) -> Dual<V, W> {
        let mut seeded = Dual::constant(re);
        let color = self.colors[i] as usize;
        if color / W == pass {
            seeded.eps[color % W] = V::one();
        }
        seeded
    }

    /// Takes the seeds of the pass `from`, if there are any, off neighbouring coordinates from the index `start` on, and seeds
    /// those of the pass `to`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn reseed<V: Real, const W: usize>(
        &self,
        lifted: &mut [Dual<V, W>],
        start: usize,
        from: Option<usize>,
        to: usize,
    ) {
        for (x, &color) in lifted.iter_mut().zip(&self.colors[start..]) {
            let (pass, lane) = (color as usize / W, color as usize % W);
            if pass == to {
                x.eps[lane] = V::one();
            } else if Some(pass) == from {
                x.eps[lane] = V::zero();
            }
        }
    }
}

impl Pass {
    fn with_capacity(rows: usize, entries: usize) -> Self {
        let places = Some(Vec::with_capacity(entries));
        Self { ends: Vec::with_capacity(rows), lanes: Vec::with_capacity(entries), places }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a lane is below 16")]
    fn push(&mut self, lane: usize, place: u32) {
        self.lanes.push(lane as u8);
        if let Some(places) = &mut self.places {
            places.push(place);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the number of all entries fits")]
    fn end_row(&mut self) {
        self.ends.push(self.lanes.len() as u32);
    }

    /// Drops the places if they are 0, 1, 2 …
    fn forget_order(&mut self) {
        self.places =
            self.places.take().filter(|places| !places.iter().zip(0..).all(|(&place, i)| place == i));
    }

    /// The number of entries.
    #[cfg(feature = "rayon")]
    pub(super) fn len(&self) -> usize {
        self.lanes.len()
    }

    /// Writes the lanes of the results `y`, of which there is one for each row, to their places.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn scatter<V: Number, F: Family, const W: usize>(
        &self,
        y: &Returned<F, Dual<V, W>>,
        values: &mut [V],
    ) {
        match &self.places {
            None => self.in_order(y, values),
            Some(places) => self.each_row(y, |y, range| {
                for (&place, &lane) in places[range.clone()].iter().zip(&self.lanes[range]) {
                    values[place as usize] = y.eps[lane as usize % W];
                }
            }),
        }
    }

    /// Writes the lanes of the results side by side, in the order of the entries.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn in_order<V: Number, F: Family, const W: usize>(
        &self,
        y: &Returned<F, Dual<V, W>>,
        values: &mut [V],
    ) {
        self.each_row(y, |y, range| {
            for (value, &lane) in values[range.clone()].iter_mut().zip(&self.lanes[range]) {
                *value = y.eps[lane as usize % W];
            }
        });
    }

    /// Writes the lanes of the row `i` to their places.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn scatter_row<V: Real, const W: usize>(&self, i: usize, y: &Dual<V, W>, values: &mut [V]) {
        self.each_of_row(i, |place, lane| values[place] = y.eps[lane % W]);
    }

    /// Hands on the place and the lane of each entry of the row `i`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn each_of_row(&self, i: usize, mut entry: impl FnMut(usize, usize)) {
        for k in self.range(i..i + 1) {
            entry(self.place(k), self.lanes[k] as usize);
        }
    }

    /// Where the entries of some rows are.
    fn range(&self, rows: Range<usize>) -> Range<usize> {
        let end = |rows: usize| rows.checked_sub(1).map_or(0, |last| self.ends[last] as usize);
        end(rows.start)..end(rows.end)
    }

    /// Where the entry k goes.
    fn place(&self, k: usize) -> usize {
        self.places.as_ref().map_or(k, |places| places[k] as usize)
    }

    /// Hands on each result and the range of its entries.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn each_row<V: Number, F: Family, const W: usize>(
        &self,
        y: &Returned<F, Dual<V, W>>,
        mut row: impl FnMut(&Dual<V, W>, Range<usize>),
    ) {
        let mut start = 0;
        let mut next = |y: &Dual<V, W>, end: u32| {
            row(y, start..end as usize);
            start = end as usize;
        };
        if let Some(numbers) = F::as_slice(&y.0) {
            return numbers.iter().zip(&self.ends).for_each(|(y, &end)| next(y, end));
        }
        let mut ends = self.ends.iter();
        each(y, |y| ends.next().into_iter().for_each(|&end| next(y, end)));
    }

    /// Where each entry of some rows goes.
    #[cfg(feature = "rayon")]
    pub(super) fn places(&self, rows: Range<usize>) -> impl Iterator<Item = usize> {
        self.range(rows).map(|k| self.place(k))
    }
}
