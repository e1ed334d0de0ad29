//! echidna's calls beside its numbers with lanes: reverse mode, tapes that are recorded once and replayed, and derivatives that
//! are compressed by colours of a pattern that is found once.

use std::rc::Rc;

use echidna::sparse::{column_coloring, greedy_coloring};
use echidna::{BReverse, BytecodeTape, Reverse, record, record_multi};

use super::dynamics::System;
use super::scalar_fields::ScalarField;
use crate::measured::Who;
use crate::number::Number;
use crate::runner::{Answer, Workload};

/// Value and gradient at a point that is an array or a vector.
pub(super) fn gradients<F: ScalarField, X: AsRef<[f64]> + Clone + 'static>(
    workload: Workload,
    case: &(F, X),
) -> Workload {
    let (mut tape, mut adjoints) = (recorded(case), Vec::new());
    let case = std::slice::from_ref(case);
    workload
        .entry(Who::EchidnaReverse, "grad", case, |(f, x)| {
            let mut value = f64::NAN;
            let of = |x: &[Reverse<f64>]| {
                let y = f.eval(x);
                value = y.value();
                y
            };
            let gradient = echidna::grad(of, x.as_ref());
            (value, gradient)
        })
        .entry(Who::EchidnaTape, "", case, move |(_, x)| {
            let gradient = tape.gradient_with_buf(x.as_ref(), &mut adjoints);
            (tape.output_value(), gradient)
        })
}

/// Value, gradient and Hessian, forward over the reverse sweep of a tape.
pub(super) fn hessians<F: ScalarField, X: AsRef<[f64]> + Clone + 'static>(
    workload: Workload,
    case: &(F, X),
) -> Workload {
    let [one, eight] = [recorded(case), recorded(case)];
    let case = std::slice::from_ref(case);
    workload.entry(Who::EchidnaTape, "1 lane", case, move |(_, x)| one.hessian(x.as_ref())).entry(
        Who::EchidnaTape,
        "8 lanes",
        case,
        move |(_, x)| eight.hessian_vec::<8>(x.as_ref()),
    )
}

/// The same of a Hessian whose pattern is known.
pub(super) fn sparse_hessian<F: ScalarField, X: AsRef<[f64]> + Clone + 'static>(
    workload: Workload,
    case: &(F, X),
) -> Workload {
    let tape = recorded(case);
    let pattern = tape.detect_sparsity();
    let (colours, count) = greedy_coloring(&pattern);
    let [rows, columns] = [&pattern.rows, &pattern.cols];
    // The pattern has the lower triangle.
    let below = rows.iter().copied().zip(columns.iter().copied());
    let places: Places = below.flat_map(|(i, j)| [(i, j), (j, i)]).collect();
    let n = case.1.as_ref().len();
    workload.entry(
        Who::EchidnaSparse,
        format!("{count} colours"),
        std::slice::from_ref(case),
        move |(_, x)| {
            let (value, gradient, entries) =
                tape.sparse_hessian_with_pattern(x.as_ref(), &pattern, &colours, count);
            (value, gradient, Scattered { columns: n, places: Rc::clone(&places), times: 2, entries })
        },
    )
}

/// Value and Jacobian: one sweep for each column or row of a tape's, and one for each colour.
pub(super) fn jacobians<F: System>(workload: Workload, case: &(F, Vec<f64>)) -> Workload {
    fn eval<F: System, T: Number>(f: &F, x: &[T]) -> Vec<T> {
        let mut y = vec![T::lit(0.0); x.len()];
        f.eval(x, &mut y);
        y
    }
    let recorded = |(f, x): &(F, Vec<f64>)| {
        let (mut tape, _) = record_multi(|x: &[BReverse<f64>]| eval(f, x), x);
        tape.optimize();
        tape
    };
    let (mut rows, mut compressed) = (recorded(case), recorded(case));
    let pattern = compressed.detect_jacobian_sparsity();
    let (colours, count) = column_coloring(&pattern);
    let places: Places = pattern.rows.iter().copied().zip(pattern.cols.iter().copied()).collect();
    let n = case.1.len();
    let case = std::slice::from_ref(case);
    workload
        .entry(Who::Echidna, "jacobian", case, |(f, x)| {
            echidna::jacobian(|x: &[echidna::Dual<f64>]| eval(f, x), x)
        })
        .entry(Who::EchidnaTape, "", case, move |(_, x)| {
            let jacobian = rows.jacobian(x);
            (rows.output_values(), jacobian)
        })
        .entry(Who::EchidnaSparse, format!("{count} colours"), case, move |(_, x)| {
            let (value, entries) =
                compressed.sparse_jacobian_with_pattern(x, &pattern, &colours, count, true);
            (value, Scattered { columns: n, places: Rc::clone(&places), times: 1, entries })
        })
}

/// Its tape, without operations whose results are there already or aren't used.
fn recorded<F: ScalarField, X: AsRef<[f64]>>((f, x): &(F, X)) -> BytecodeTape<f64> {
    let (mut tape, _) = record(|x: &[BReverse<f64>]| f.eval(x), x.as_ref());
    tape.optimize();
    tape
}

/// Rows and columns.
type Places = Rc<[(u32, u32)]>;

/// The entries of a square matrix that may be other than zero.
struct Scattered {
    columns: usize,
    places: Places,
    /// At how many places in turn an entry stands.
    times: usize,
    entries: Vec<f64>,
}

/// The whole matrix, which isn't built while it is timed.
impl Answer for Scattered {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        let mut matrix = vec![0.0; self.columns * self.columns];
        for (places, entry) in self.places.chunks(self.times).zip(&self.entries) {
            for &(row, column) in places {
                matrix[row as usize * self.columns + column as usize] = *entry;
            }
        }
        numbers.extend(matrix);
    }
}
