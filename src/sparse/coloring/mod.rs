//! Which columns of a matrix share a pass: [`Coloring`].

mod dense;
mod distance2;
mod lists;
mod order;
mod recovery;
mod search;
mod symmetric;
mod tabu;

use alloc::vec;
use alloc::vec::Vec;

use self::distance2::Bipartite;
pub use self::order::Order;
pub use self::recovery::Recovery;
use self::search::Colors;
use self::symmetric::Adjacency;
use super::{Pattern, SparseError};
use crate::error::Error;

/// A colour for each column of a matrix, or for each row: those of one colour are evaluated together.
///
/// | matrix | colouring | which vertices may have one colour | an entry is found |
/// |---|---|---|---|
/// | any, by products J·s | [`of_columns`](Self::of_columns) | columns that share no row | in its row and its column's colour |
/// | any, by products sᵀ·J | [`of_rows`](Self::of_rows) | rows that share no column | in its column and its row's colour |
/// | symmetric | [`star`](Self::star) | without an entry; four on a path need three colours | [directly](Recovery::direct) |
/// | symmetric | [`acyclic`](Self::acyclic) | without an entry; a cycle needs three colours | [by substitution](Recovery::by_substitution) |
///
/// Each colour costs one product, a lane of a pass. To find the fewest colours is NP-hard; the greedy colourings here are seldom far
/// from it, and which [`Order`] does best depends on the matrix. They are the same on each run and each machine.
///
/// A column needs as many colours as the longest row has entries. Where that is one long row among short ones, colour the pattern
/// [without](Pattern::without_rows) the [long rows](Pattern::dense_rows) and evaluate those apart. A long column is harmless: it has a
/// colour of its own.
///
/// Sources: A. H. Gebremedhin, F. Manne, A. Pothen, "What Color Is Your Jacobian? Graph Coloring for Computing Derivatives", SIAM Review
/// 47 (2005); A. H. Gebremedhin, A. Tarafdar, F. Manne, A. Pothen, "New Acyclic and Star Coloring Algorithms with Application to
/// Computing Hessians", SIAM J. Sci. Comput. 29 (2007).
///
/// ```
/// use tangents::sparse::{Coloring, Order, Pattern};
///
/// // Three diagonals: columns that are three apart share no row.
/// let entries = (0..6_usize).flat_map(|i| (i.saturating_sub(1)..=(i + 1).min(5)).map(move |j| (i, j)));
/// let pattern = Pattern::from_entries((6, 6), entries)?;
/// assert_eq!(Coloring::of_columns(&pattern, Order::Natural).groups(), [[0, 3], [1, 4], [2, 5]]);
/// // By substitution two colours are enough.
/// assert_eq!(Coloring::acyclic(&pattern, Order::Natural)?.colors(), [0, 1, 0, 1, 0, 1]);
/// # Ok::<(), tangents::sparse::SparseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Coloring {
    colors: Vec<usize>,
    count: usize,
}

impl Coloring {
    /// Colours that you have found yourself, for columns, rows or a symmetric matrix.
    ///
    /// They are numbered anew from 0 on, in their order, so that none is without a vertex: 1, 3, 3 become 0, 1, 1.
    ///
    /// It isn't checked here what they are good for; [`check_columns`](Self::check_columns), [`check_rows`](Self::check_rows),
    /// [`check_star`](Self::check_star) and [`check_acyclic`](Self::check_acyclic) do that.
    pub fn new(mut colors: Vec<usize>) -> Self {
        let mut distinct = colors.clone();
        distinct.sort_unstable();
        distinct.dedup();
        for color in &mut colors {
            *color = distinct.partition_point(|other| other < color);
        }
        Self { colors, count: distinct.len() }
    }

    /// A colouring of the columns such that no two of one colour share a row.
    ///
    /// Cost: with [`Order::Natural`] it grows with the number of entries; [`Order`] has that of the others.
    ///
    /// # Panics
    ///
    /// If the pattern has 2³² − 1 rows, columns or entries or more.
    pub fn of_columns(pattern: &Pattern, orders: impl AsRef<[Order]>) -> Self {
        let graph = Bipartite::of_columns(pattern);
        let coloring = Self::from(graph.color(orders.as_ref()));
        debug_assert_eq!(coloring.check_columns(pattern), Ok(()));
        coloring
    }

    /// A colouring of the rows such that no two of one colour share a column: the columns' of the transpose.
    ///
    /// # Panics
    ///
    /// As [`of_columns`](Self::of_columns).
    pub fn of_rows(pattern: &Pattern, orders: impl AsRef<[Order]>) -> Self {
        let graph = Bipartite::of_rows(pattern);
        let coloring = Self::from(graph.color(orders.as_ref()));
        debug_assert_eq!(coloring.check_rows(pattern), Ok(()));
        coloring
    }

    /// A star colouring of a symmetric matrix: i and j differ in colour wherever there is an entry (i, j) off the diagonal, and
    /// every path of four vertices has three colours or more. [`Recovery::direct`] reads the matrix.
    ///
    /// An entry may be missing on the diagonal; that changes nothing.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] and [`SparseError::Asymmetric`] if the pattern isn't symmetric, [`SparseError::TooLarge`] from 2³² − 1
    /// rows or entries on.
    pub fn star(pattern: &Pattern, orders: impl AsRef<[Order]>) -> Result<Self, SparseError> {
        let graph = Adjacency::new(pattern)?;
        let coloring = Self::from(graph.color(orders.as_ref(), graph.fewest_of_star(), Adjacency::star));
        debug_assert_eq!(coloring.check_star(pattern), Ok(()));
        Ok(coloring)
    }

    /// An acyclic colouring of a symmetric matrix: i and j differ in colour wherever there is an entry (i, j) off the diagonal, and
    /// every cycle has three colours or more. [`Recovery::by_substitution`] finds the matrix.
    ///
    /// It needs at most as many colours as a star colouring, often half of them; the price are the roundings of the
    /// substitution. An entry may be missing on the diagonal; that changes nothing.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] and [`SparseError::Asymmetric`] if the pattern isn't symmetric, [`SparseError::TooLarge`] from 2³² − 1
    /// rows or entries on.
    pub fn acyclic(pattern: &Pattern, orders: impl AsRef<[Order]>) -> Result<Self, SparseError> {
        let graph = Adjacency::new(pattern)?;
        let coloring =
            Self::from(graph.color(orders.as_ref(), graph.fewest_of_acyclic(), Adjacency::acyclic));
        debug_assert_eq!(coloring.check_acyclic(pattern), Ok(()));
        Ok(coloring)
    }

    /// The colours, counted from 0.
    pub fn colors(&self) -> &[usize] {
        &self.colors
    }

    /// The number of colours.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The columns (or rows) of each colour, in increasing order.
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups = vec![Vec::new(); self.count];
        for (vertex, &color) in self.colors.iter().enumerate() {
            groups[color].push(vertex);
        }
        groups
    }

    /// That no two columns of one colour share a row.
    ///
    /// Cost: proportional to the number of entries.
    ///
    /// # Errors
    ///
    /// [`SparseError::Shape`] if there aren't as many colours as columns, [`SparseError::Collision`] with two columns of one colour
    /// that share a row.
    pub fn check_columns(&self, pattern: &Pattern) -> Result<(), SparseError> {
        self.check_length(pattern.columns())?;
        distance2::check(pattern, &self.colors, self.count)
    }

    /// That no two rows of one colour share a column.
    ///
    /// # Errors
    ///
    /// As [`check_columns`](Self::check_columns), with rows for columns.
    pub fn check_rows(&self, pattern: &Pattern) -> Result<(), SparseError> {
        self.check_columns(&pattern.transpose())
    }

    /// That it is a star colouring.
    ///
    /// # Errors
    ///
    /// Those of [`Recovery::direct`].
    pub fn check_star(&self, pattern: &Pattern) -> Result<(), SparseError> {
        Recovery::direct(pattern, self).map(drop)
    }

    /// That it is an acyclic colouring.
    ///
    /// # Errors
    ///
    /// Those of [`Recovery::by_substitution`].
    pub fn check_acyclic(&self, pattern: &Pattern) -> Result<(), SparseError> {
        Recovery::by_substitution(pattern, self).map(drop)
    }

    /// That there is a colour for each of `vertices`.
    fn check_length(&self, vertices: usize) -> Result<(), SparseError> {
        Ok(Error::check_length("colours", vertices, self.colors.len())?)
    }
}

impl From<Colors> for Coloring {
    fn from(Colors { of, count }: Colors) -> Self {
        Self { colors: of.into_iter().map(|color| color as usize).collect(), count }
    }
}
