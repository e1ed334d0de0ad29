//! Sparse Jacobians and Hessians in compressed form: against closed forms, reference values, and the dense drivers bit for bit.

mod bad_input;
mod foreign;
mod hessians;
mod jacobians;
mod verify;

use tangents::sparse::{Layout, Pattern, SparseMatrix};

use crate::data;

/// Some numbers in [−1, 1).
fn numbers(n: usize) -> Vec<f64> {
    (0_u32..).take(n).map(|i| f64::from((i * 37 + 11) % 101) / 50.0 - 1.0).collect()
}

/// A pattern with up to so many entries in a row, at random by the seed.
fn random_pattern(rows: usize, columns: usize, per_row: usize, mut seed: u64) -> Pattern {
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let entries: Vec<_> = (0..rows * per_row).map(|k| (k / per_row, draw(columns))).collect();
    Pattern::from_entries((rows, columns), entries).unwrap()
}

/// The bits of a number; of a zero without its sign.
fn bits(x: f64) -> u64 {
    (x + 0.0).to_bits()
}

/// The bits of the entries of a pattern in a dense matrix, row after row.
fn dense_bits(pattern: &Pattern, dense: &[Vec<f64>]) -> Vec<u64> {
    pattern.entries().map(|(i, j)| bits(dense[i][j])).collect()
}

/// The bits of the entries, row after row.
fn sparse_bits(matrix: &SparseMatrix<f64>) -> Vec<u64> {
    matrix.clone().into_layout(Layout::Rows).values().iter().map(|&x| bits(x)).collect()
}

/// That no number of a matrix differs by more than `tolerance` times the largest of its row.
#[track_caller]
fn assert_near(what: &str, found: &[Vec<f64>], expected: &[Vec<f64>], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        let largest = expected.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()));
        for (j, (f, e)) in found.iter().zip(expected).enumerate() {
            assert!((f - e).abs() <= tolerance * largest, "{what}: entry ({i}, {j}) is {f}, not {e}");
        }
    }
}

/// The matrix of a file's problem.
fn reference(problem: &serde_json::Value, rows: usize, columns: usize) -> Vec<Vec<f64>> {
    let mut dense = vec![vec![0.0; columns]; rows];
    let (i, j) = (data::list(&problem["rows"]), data::list(&problem["cols"]));
    for ((i, j), value) in i.iter().zip(j).zip(data::list(&problem["vals"])) {
        dense[data::count(i)][data::count(j)] = data::number(value);
    }
    dense
}
