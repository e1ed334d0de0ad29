//! Solutions by somebody else's factors, put into the equations and refined.

use alloc::{vec, vec::Vec};

use super::regular::{Entries, Irregular, Trial, check_regular};
use super::solve::count;
use super::solve_by::System;

/// How large what is left of an equation may be if nothing is said, beside the sizes of its terms.
pub(crate) const TOLERANCE: f64 = 1e-10;

/// What is left of an equation that refinement wouldn't make better, beside the sizes of its terms.
pub(crate) const FINE: f64 = 64.0 * f64::EPSILON;

/// What refinement leaves for sure of equations whose unknowns are zero, for each unknown and beside the others: an ulp to the power
/// 3/2, where an ulp would let equations pass that aren't fulfilled at all, and its square not those of large condition numbers.
const ULPS: f64 = f64::EPSILON * 1.490_116_119_384_765_6e-8;

/// How many of them are tolerated.
const ROUNDING: f64 = 16.0;

/// The smallest number.
const SMALLEST: f64 = f64::MIN_POSITIVE * f64::EPSILON;

/// A scale on which terms that overflow are summed: 2⁻¹⁰⁰⁰.
const SMALL: f64 = f64::from_bits((1023 - 1000) << 52);

/// A plain matrix, and a solver that must solve with it.
pub(crate) struct Refined<'a, A, S> {
    pub(crate) a: &'a A,
    pub(crate) solve: S,
    /// How large what is left of an equation may be, beside the sizes of its terms.
    pub(crate) tolerance: f64,
}

/// The matrix of somebody else's factors.
struct Plain<'a, A>(&'a A);

impl<A: System<f64>> Entries<f64> for Plain<'_, A> {
    fn each(&self, visit: impl FnMut(usize, usize, f64)) {
        self.0.each(visit);
    }
}

/// What is left of the equations `A·x = b`.
pub(crate) struct Left {
    /// Of each equation.
    rest: Vec<f64>,
    /// The same in units of the sizes of the equation's terms.
    parts: Vec<f64>,
    /// The largest part.
    pub(crate) worst: f64,
    /// Of which equation.
    pub(crate) row: usize,
}

impl Left {
    /// Whether that is less than half of what was left before, or of each equation in which it isn't only rounding.
    ///
    /// Where unknowns are zero an equation's terms vanish with what is left of it, so that its part stays what it was.
    fn is_half_of(&self, before: &Self) -> bool {
        let rests = self.rest.iter().zip(&before.rest);
        self.worst < before.worst / 2.0
            || rests
                .zip(&self.parts)
                .all(|((rest, before), &part)| part <= FINE || rest.abs() < before.abs() / 2.0)
    }
}

impl<A: System<f64>, S: FnMut(&mut [f64])> Refined<'_, A, S> {
    /// The solution; or what is left of the equations, if that is too much.
    pub(crate) fn solved(&mut self, right: &[f64]) -> Result<Vec<f64>, Left> {
        let (solution, left) = self.refined(right);
        if left.worst <= self.tolerance || self.is_rounding(&left, &solution) {
            Ok(solution)
        } else {
            Err(left)
        }
    }

    /// The solution, refined as long as more than rounding is left and that halves it (Higham, *Accuracy and Stability of Numerical
    /// Algorithms*, 2nd edition, 2002, chapter 12), and what is left.
    fn refined(&mut self, right: &[f64]) -> (Vec<f64>, Left) {
        let mut solution = right.to_vec();
        (self.solve)(&mut solution);
        let mut left = self.left(right, &solution);
        while left.worst > FINE {
            let mut step = left.rest.clone();
            (self.solve)(&mut step);
            let refined: Vec<f64> = solution.iter().zip(step).map(|(x, step)| x + step).collect();
            let next = self.left(right, &refined);
            if !next.is_half_of(&left) {
                break;
            }
            (solution, left) = (refined, next);
        }
        (solution, left)
    }

    /// That the matrix is [regular](super::regular).
    pub(crate) fn check_regular(&mut self, n: usize) -> Result<(), Irregular> {
        let a = Plain(self.a);
        let solve = |x: &mut [f64]| {
            let (solution, left) = self.refined(x);
            x.copy_from_slice(&solution);
            left.worst <= FINE
        };
        check_regular(&a, solve, Trial { tolerance: 1.0 / 64.0, times: 2 }, &mut vec![0.0; 4 * n])
    }

    /// The sizes of rows, and those of columns in units in which rows have the size 1.
    fn sizes(&self, n: usize) -> (Vec<f64>, Vec<f64>) {
        let (mut rows, mut columns) = (vec![0.0_f64; n], vec![0.0_f64; n]);
        self.a.each(|i, _, a| rows[i] = rows[i].max(a.abs()));
        self.a.each(|i, j, a| columns[j] = columns[j].max(a.abs() / rows[i]));
        (rows, columns)
    }

    fn left(&self, right: &[f64], solution: &[f64]) -> Left {
        // Terms that overflow are summed on a smaller scale.
        let (mut rest, mut sizes) = self.rest_and_sizes(right, solution, 1.0);
        if sizes.iter().any(|size| size.is_infinite()) {
            (rest, sizes) = self.rest_and_sizes(right, solution, SMALL);
            for (rest, size) in rest.iter_mut().zip(&mut sizes) {
                // Whether it's small is asked on that scale.
                *rest = if size.is_finite() && rest.abs() <= FINE * *size { 0.0 } else { *rest / SMALL };
                *size /= SMALL;
            }
        }
        // Infinite is what is left of terms that overflow.
        let part =
            |(rest, size): (&f64, f64)| if *rest == 0.0 { 0.0 } else { rest.abs() / size.min(f64::MAX) };
        let parts: Vec<f64> = rest.iter().zip(sizes).map(part).collect();
        let (mut worst, mut row) = (0.0, 0);
        for (i, &part) in parts.iter().enumerate() {
            if part > worst || (part.is_nan() && !f64::is_nan(worst)) {
                (worst, row) = (part, i);
            }
        }
        Left { rest, parts, worst, row }
    }

    /// What is left of each equation, and the sizes of its terms, all times a scale.
    fn rest_and_sizes(&self, right: &[f64], solution: &[f64], scale: f64) -> (Vec<f64>, Vec<f64>) {
        let mut rest: Vec<f64> = right.iter().map(|b| b * scale).collect();
        let mut sizes: Vec<f64> = rest.iter().map(|b| b.abs()).collect();
        self.a.each(|i, j, a| {
            let term = a * (solution[j] * scale);
            rest[i] -= term;
            sizes[i] += term.abs();
        });
        (rest, sizes)
    }

    /// Whether what is left of equations beyond the tolerance is what rounding leaves of those whose unknowns are zero: far below an ulp
    /// of an entry of the row times the largest unknown. A solver that is stable leaves some ulps, and refinement as much less again.
    /// Unknowns are in units in which columns have the same size.
    fn is_rounding(&self, left: &Left, solution: &[f64]) -> bool {
        let larger = |x: &mut f64, y: f64| *x = x.max(y);
        let n = solution.len();
        let ((rows, columns), mut entries) = (self.sizes(n), vec![0.0; n]);
        self.a.each(|i, j, a| larger(&mut entries[i], a.abs() / columns[j]));
        let largest = solution
            .iter()
            .zip(&columns)
            .fold(0.0_f64, |largest, (x, column)| largest.max((x * column).abs()));
        let terms = ROUNDING * count::<f64>(n);
        let rests = left.rest.iter().zip(&left.parts);
        rests.zip(entries).zip(rows).all(|(((rest, &part), entry), row)| {
            // Of subnormal numbers an ulp is the smallest number.
            let bound = terms * ULPS * entry * largest + terms * SMALLEST * row.max(1.0);
            part <= self.tolerance || (rest.abs() <= bound && bound.is_finite())
        })
    }
}
