//! Whether a matrix is regular, asked of its factors.
//!
//! A solution of a singular system, if there is one, has any part of the vectors that the matrix makes zero, so factors of a matrix that
//! differs by rounding give another one each time. What is left of the equations doesn't tell: of a system that has none, these factors give
//! 10¹⁶, beside which everything is left and nothing. So a solution x of `A·x = b` with some b must be that of the right side `A·x` again. Since
//! it is a solution it has the sizes that the matrix makes: unknowns that grow from one to the next, or have units far apart, are no fault.

use num_traits::Float;

use super::scale::GOLDEN;
use crate::rules::Number;

/// A plain matrix, entry by entry.
pub(super) trait Entries<P> {
    /// Hands over each entry, `(row, column, entry)`; what is left out is zero.
    fn each(&self, visit: impl FnMut(usize, usize, P));
}

/// The rows of n entries, one after another.
pub(super) struct Dense<F>(pub(super) usize, pub(super) F);

impl<P, F: Fn(usize) -> P> Entries<P> for Dense<F> {
    #[inline]
    fn each(&self, mut visit: impl FnMut(usize, usize, P)) {
        let &Self(n, ref entry) = self;
        for i in 0..n {
            for j in 0..n {
                visit(i, j, entry(i * n + j));
            }
        }
    }
}

/// Why a matrix isn't known to be regular.
pub(crate) enum Irregular {
    /// It's singular, up to rounding; the unknown that is known worst.
    Singular(usize),
    /// The factors give something else than numbers; the first unknown.
    NotFinite(usize),
}

/// How well and how often a solution must come back: what comes back of a singular matrix is anything, and passes once in some thousand times.
#[derive(Clone, Copy)]
pub(super) struct Trial {
    /// How far it may be off, beside the largest unknown in units in which columns have one size.
    pub(super) tolerance: f64,
    pub(super) times: usize,
}

/// That a matrix isn't singular, up to rounding.
///
/// `solve` makes of a right side the solution, and says if it solves the equations; what doesn't is left to the right sides that are
/// asked for. `vectors` has the length of four rows.
#[cold]
pub(super) fn check_regular<P: Number>(
    a: &impl Entries<P>,
    mut solve: impl FnMut(&mut [P]) -> bool,
    trial: Trial,
    vectors: &mut [P],
) -> Result<(), Irregular> {
    let n = vectors.len() / 4;
    let (known, rest) = vectors.split_at_mut(n);
    let (again, rest) = rest.split_at_mut(n);
    let (rows, columns) = rest.split_at_mut(n);
    rows.fill(P::zero());
    a.each(|i, _, a| rows[i] = larger(rows[i], a.abs()));
    columns.fill(P::zero());
    a.each(|i, j, a| columns[j] = larger(columns[j], a.abs() / rows[i]));
    let mut part = 0.0;
    for _ in 0..trial.times {
        for (known, &row) in known.iter_mut().zip(&*rows) {
            part = Float::fract(part + GOLDEN);
            let sign = if Float::fract(part * 7.0) < 0.5 { -1.0 } else { 1.0 };
            // Sums of a row's terms must not overflow, nor what is tiny lose its digits.
            let size = if row > P::one() { row * P::lit(1.0 / 1024.0) } else { row };
            *known = P::lit(sign * (1.0 + part)) * size;
        }
        let is_solved = solve(known);
        if let Some(unknown) = known.iter().position(|x| !x.is_finite()) {
            return Err(Irregular::NotFinite(unknown));
        }
        if !is_solved {
            continue;
        }
        again.fill(P::zero());
        a.each(|i, j, a| again[i] += a * known[j]);
        if !solve(again) {
            continue;
        }
        let (mut largest, mut farthest, mut unknown) = (P::zero(), P::zero(), 0);
        for (j, ((&known, &again), &size)) in known.iter().zip(&*again).zip(&*columns).enumerate() {
            largest = larger(largest, (known * size).abs());
            let off = ((again - known) * size).abs();
            if off > farthest || off.is_nan() {
                (farthest, unknown) = (off, j);
            }
        }
        if farthest > largest * P::lit(trial.tolerance) || farthest.is_nan() {
            return Err(Irregular::Singular(unknown));
        }
    }
    Ok(())
}

/// The larger of two sizes; a NaN counts for nothing.
#[inline]
fn larger<P: Number>(x: P, y: P) -> P {
    if y > x { y } else { x }
}
