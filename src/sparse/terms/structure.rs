//! Where the entries of the matrices of a sum are, found once from the variables of the terms.

use alloc::vec::Vec;

use super::lists::{Lists, ResidualBlocks};
use crate::sparse::pattern::add_up;
use crate::sparse::{Pattern, SparseError};

/// The pattern of a symmetric matrix in all variables that is a sum of one for each term, in its own variables.
pub(super) struct Structure {
    pub(super) pattern: Pattern,
    /// Where the entries of each term's matrix are among the values of the sum's: row after row, term after term.
    pub(super) places: Vec<usize>,
}

/// The variables of every term, those of all lists one after the other.
struct Incidence {
    /// Where each term's variables start, and last their number.
    starts: Vec<usize>,
    variables: Vec<usize>,
}

/// A variable of a term.
#[derive(Clone, Copy, Default)]
struct Occurrence {
    term: usize,
    /// Where its row of the term's matrix starts among the places.
    row: usize,
}

impl Incidence {
    /// # Errors
    ///
    /// [`SparseError::Variable`] for a variable that isn't below `n`.
    fn of(lists: &impl Lists, n: usize) -> Result<Self, SparseError> {
        let (mut terms, mut count, mut wrong) = (0, 0, None);
        lists.each(&mut |variables| {
            if let Some(&variable) = variables.iter().find(|&&variable| variable >= n) {
                wrong = wrong.or(Some(SparseError::Variable { term: terms, variable, variables: n }));
            }
            terms += 1;
            count += variables.len();
        });
        wrong.map_or(Ok(()), Err)?;
        let (mut starts, mut variables) = (Vec::with_capacity(terms + 1), Vec::with_capacity(count));
        starts.push(0);
        lists.each(&mut |of_term| {
            variables.extend_from_slice(of_term);
            starts.push(variables.len());
        });
        Ok(Self { starts, variables })
    }

    fn of_term(&self, term: usize) -> &[usize] {
        &self.variables[self.starts[term]..self.starts[term + 1]]
    }

    /// Where each of `n` variables is in terms: where its occurrences start, the occurrences in the order of the terms, and how
    /// many places all terms' matrices take.
    fn by_variable(&self, n: usize) -> (Vec<usize>, Vec<Occurrence>, usize) {
        let mut starts = alloc::vec![0; n + 1];
        for &variable in &self.variables {
            starts[variable + 1] += 1;
        }
        add_up(&mut starts);
        let mut occurrences = alloc::vec![Occurrence::default(); self.variables.len()];
        let (mut next, mut row) = (starts.clone(), 0);
        for term in 0..self.starts.len() - 1 {
            let variables = self.of_term(term);
            for &variable in variables {
                occurrences[next[variable]] = Occurrence { term, row };
                next[variable] += 1;
                row += variables.len();
            }
        }
        (starts, occurrences, row)
    }
}

impl Structure {
    /// An entry for each two variables of a term.
    ///
    /// The time is linear in the number of entries of all terms' matrices, and rows are sorted besides: a row collects the
    /// variables of its terms, each of them once, which a mark tells, and sorts them; then it tells its terms where they are.
    ///
    /// # Errors
    ///
    /// [`SparseError::Variable`] for the first term with a variable that isn't below `n`.
    pub(super) fn of(lists: &impl Lists, n: usize) -> Result<Self, SparseError> {
        let incidence = Incidence::of(lists, n)?;
        let (starts, occurrences, count) = incidence.by_variable(n);
        let (mut indptr, mut indices) = (Vec::with_capacity(n + 1), Vec::new());
        indptr.push(0);
        let mut places = alloc::vec![0; count];
        // The last row that a column was put into, counted from 1, and where it is there.
        let mut marks = alloc::vec![(0, 0); n];
        for row in 0..n {
            let start = indices.len();
            let occurrences = &occurrences[starts[row]..starts[row + 1]];
            for occurrence in occurrences {
                for &column in incidence.of_term(occurrence.term) {
                    if marks[column].0 != row + 1 {
                        marks[column].0 = row + 1;
                        indices.push(column);
                    }
                }
            }
            indices[start..].sort_unstable();
            for (place, &column) in indices.iter().enumerate().skip(start) {
                marks[column].1 = place;
            }
            for &Occurrence { term, row } in occurrences {
                for (place, &column) in places[row..].iter_mut().zip(incidence.of_term(term)) {
                    *place = marks[column].1;
                }
            }
            indptr.push(indices.len());
        }
        Ok(Self { pattern: Pattern::from_parts(n, indptr, indices), places })
    }
}

/// The pattern of the Jacobian in `n` variables, a row for each residual with the variables of its block; and for each variable of
/// each block where it is in these rows, from their start on.
pub(super) fn jacobian_structure(blocks: &impl ResidualBlocks, n: usize) -> (Pattern, Vec<usize>) {
    let (mut indptr, mut indices, mut ranks) = (alloc::vec![0], Vec::new(), Vec::new());
    let mut distinct = Vec::new();
    blocks.each_block(&mut |variables, residuals| {
        distinct.clear();
        distinct.extend_from_slice(variables);
        distinct.sort_unstable();
        distinct.dedup();
        ranks.extend(variables.iter().map(|variable| distinct.partition_point(|other| other < variable)));
        for _ in 0..residuals {
            indices.extend_from_slice(&distinct);
            indptr.push(indices.len());
        }
    });
    (Pattern::from_parts(n, indptr, indices), ranks)
}

/// Terms written down, each as the number of its results and its variables: the numbers, and where each term ends.
struct Written {
    numbers: Vec<usize>,
    ends: Vec<usize>,
}

impl Written {
    fn of(each: impl FnOnce(&mut dyn FnMut(&[usize], usize))) -> Self {
        let mut written = Self { numbers: Vec::new(), ends: Vec::new() };
        each(&mut |variables, results| {
            written.numbers.push(results);
            written.numbers.extend_from_slice(variables);
            written.ends.push(written.numbers.len());
        });
        written
    }

    fn terms(&self) -> impl Iterator<Item = &[usize]> {
        let starts = core::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &self.numbers[start..end])
    }
}

/// That two sums have terms of the same variables and with as many results, handed on by `of_old` and `of_new`.
///
/// # Errors
///
/// [`SparseError::OtherTerm`] for the first that differs.
pub(super) fn check_same_terms(
    of_old: impl FnOnce(&mut dyn FnMut(&[usize], usize)),
    of_new: impl FnOnce(&mut dyn FnMut(&[usize], usize)),
) -> Result<(), SparseError> {
    let (old, new) = (Written::of(of_old), Written::of(of_new));
    if old.ends == new.ends && old.numbers == new.numbers {
        return Ok(());
    }
    Err(SparseError::OtherTerm {
        term: old.terms().zip(new.terms()).take_while(|(old, new)| old == new).count(),
    })
}
