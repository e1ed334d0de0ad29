//! Where the entries of the Hessian of a sum are: its pattern, from the variables of the terms.

use alloc::vec::Vec;

use super::lists::{Lists, ResidualBlocks};
use crate::sparse::pattern::add_up;
use crate::sparse::{Pattern, SparseError};

/// The variables of every term, those of all lists one after the other: `variables[starts[k]..starts[k + 1]]` are the k-th term's.
struct Incidence {
    starts: Vec<usize>,
    variables: Vec<usize>,
}

impl Incidence {
    /// # Errors
    ///
    /// [`SparseError::Variable`] for a variable that isn't below `n`.
    fn of(lists: &impl Lists, n: usize) -> Result<Self, SparseError> {
        let mut incidence = Self { starts: alloc::vec![0], variables: Vec::new() };
        let mut wrong = None;
        lists.each(&mut |variables| {
            let term = incidence.starts.len() - 1;
            if let Some(&variable) = variables.iter().find(|&&variable| variable >= n) {
                wrong = wrong.or(Some(SparseError::Variable { term, variable, variables: n }));
            }
            incidence.variables.extend_from_slice(variables);
            incidence.starts.push(incidence.variables.len());
        });
        wrong.map_or(Ok(incidence), Err)
    }

    fn of_term(&self, term: usize) -> &[usize] {
        &self.variables[self.starts[term]..self.starts[term + 1]]
    }

    /// The terms of each of `n` variables: where they start, and the terms.
    fn by_variable(&self, n: usize) -> (Vec<usize>, Vec<usize>) {
        let mut starts = alloc::vec![0; n + 1];
        for &variable in &self.variables {
            starts[variable + 1] += 1;
        }
        add_up(&mut starts);
        let (mut next, mut terms) = (starts.clone(), alloc::vec![0; self.variables.len()]);
        for term in 0..self.starts.len() - 1 {
            for &variable in self.of_term(term) {
                terms[next[variable]] = term;
                next[variable] += 1;
            }
        }
        (starts, terms)
    }
}

/// The pattern of the Hessian in `n` variables: an entry for each two variables of a term.
///
/// Linear in the number of entries that the terms have: each row collects the variables of its terms, each of them once, which a
/// mark tells, and sorts them.
///
/// # Errors
///
/// [`SparseError::Variable`] for a variable that isn't below `n`.
pub(super) fn hessian_pattern(lists: &impl Lists, n: usize) -> Result<Pattern, SparseError> {
    let incidence = Incidence::of(lists, n)?;
    let (starts, terms) = incidence.by_variable(n);
    let (mut indptr, mut indices) = (Vec::with_capacity(n + 1), Vec::new());
    indptr.push(0);
    // The last row that a column was put into, counted from 1.
    let mut marks = alloc::vec![0; n];
    for row in 0..n {
        for &term in &terms[starts[row]..starts[row + 1]] {
            for &column in incidence.of_term(term) {
                if marks[column] != row + 1 {
                    marks[column] = row + 1;
                    indices.push(column);
                }
            }
        }
        indices[indptr[row]..].sort_unstable();
        indptr.push(indices.len());
    }
    Ok(Pattern::from_parts(n, indptr, indices))
}

/// Where the entry in this row and this column is among the values of a matrix of the pattern, which has it.
pub(super) fn place_in(pattern: &Pattern, row: usize, column: usize) -> usize {
    let Ok(place) = pattern.row(row).binary_search(&column) else {
        unreachable!("the pattern has an entry for each two variables of a term")
    };
    pattern.range(row).start + place
}

/// The pattern of the Jacobian in `n` variables: a row for each residual, with the variables of its block.
pub(super) fn jacobian_pattern(blocks: &impl ResidualBlocks, n: usize) -> Pattern {
    let (mut indptr, mut indices) = (alloc::vec![0], Vec::new());
    blocks.each_residual(&mut |variables| {
        let start = indices.len();
        indices.extend_from_slice(variables);
        indices[start..].sort_unstable();
        // Each once.
        let mut end = start;
        for place in start..indices.len() {
            if place == start || indices[place] != indices[end - 1] {
                indices[end] = indices[place];
                end += 1;
            }
        }
        indices.truncate(end);
        indptr.push(end);
    });
    Pattern::from_parts(n, indptr, indices)
}
