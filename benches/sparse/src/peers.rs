//! The same Jacobians in other ways.

use std::hint::black_box;
use std::time::Duration;

use echidna::sparse::column_coloring;
use echidna::{BReverse, record_multi};
use tangents::sparse::JacobianPlan;

use crate::median;
use crate::problems::Problem;

/// The Jacobian by forward differences along the sum of each colour's unit vectors.
pub fn differences<P: Problem>(problem: &P, x: &[f64], plan: &JacobianPlan, values: &mut [f64]) {
    let step = f64::EPSILON.sqrt();
    let (coloring, pattern) = (plan.coloring(), plan.pattern());
    let colors = coloring.colors();
    let at = problem.eval(x);
    for color in 0..coloring.count() {
        let shifted: Vec<_> =
            x.iter().zip(colors).map(|(&x, &own)| if own == color { x + step } else { x }).collect();
        let beside = problem.eval(&shifted);
        for row in 0..pattern.rows() {
            for (k, &column) in pattern.range(row).zip(pattern.row(row)) {
                if colors[column] == color {
                    values[k] = (beside[row] - at[row]) / step;
                }
            }
        }
    }
}

/// The times in which echidna records a tape and finds its pattern and colours, and in which it evaluates.
pub fn echidna<P: Problem>(problem: &P, x: &[f64]) -> [Duration; 2] {
    let recorded = || {
        let (mut tape, _) = record_multi(|x: &[BReverse<f64>]| problem.eval(x), x);
        tape.optimize();
        let pattern = tape.detect_jacobian_sparsity();
        let (colours, count) = column_coloring(&pattern);
        (tape, pattern, colours, count)
    };
    let detection = median(|| _ = black_box(recorded()));
    let (mut tape, pattern, colours, count) = recorded();
    let evaluation = median(|| {
        _ = black_box(tape.sparse_jacobian_with_pattern(black_box(x), &pattern, &colours, count, true));
    });
    [detection, evaluation]
}
