//! Jacobians.

use tangents::function::InstructionSet;
use tangents::sparse::{Coloring, JacobianPlan, Layout, Pattern, SparseError, SparseMatrix, SparseWorkspace};
use tangents::{Error, Function, Number, lambda};

use crate::data;

/// A function of which row i is a function of the variables of row i of a pattern: sums, products, quotients and elementary
/// functions of them, that have no common structure.
pub struct Tangle<'a>(pub &'a Pattern);

impl Function for Tangle<'_> {
    type From = [f64];
    type To = Vec<f64>;

    #[inline(always)]
    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        let row = |i: usize| {
            self.0.row(i).iter().fold(T::lit(0.5), |sum, &j| {
                let x = x[j];
                match (i + j) % 4 {
                    0 => sum * x + x.sin(),
                    1 => sum / (x * x + T::one()) - x,
                    2 => sum + (x * sum).tanh(),
                    _ => (sum - x).exp().sqrt() * x,
                }
            })
        };
        (0..self.0.rows()).map(row).collect()
    }
}

/// The bits of the entries of a dense matrix that are in a pattern; of a zero without its sign.
fn bits(pattern: &Pattern, dense: &[Vec<f64>]) -> Vec<u64> {
    pattern.entries().map(|(i, j)| (dense[i][j] + 0.0).to_bits()).collect()
}

fn bits_of(matrix: &SparseMatrix<f64>) -> Vec<u64> {
    let rows = matrix.clone().into_layout(Layout::Rows);
    rows.values().iter().map(|value| (value + 0.0).to_bits()).collect()
}

/// A pattern of these rows, made from a number.
fn random_pattern(rows: usize, columns: usize, per_row: usize, mut seed: u64) -> Pattern {
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let entries: Vec<_> =
        (0..rows).flat_map(|i| (0..per_row).map(move |_| i)).map(|i| (i, draw(columns))).collect();
    Pattern::from_entries((rows, columns), entries).unwrap()
}

fn points(n: usize) -> Vec<f64> {
    (0..n).map(|i| ((i * 37 + 11) % 101) as f64 / 50.0 - 1.0).collect()
}

#[test]
fn every_entry_is_the_dense_one_in_every_set_width_and_layout() {
    for (rows, columns, per_row, seed) in [(9, 7, 2, 1), (40, 33, 3, 2), (25, 60, 9, 3), (30, 30, 22, 4)] {
        let pattern = random_pattern(rows, columns, per_row, seed);
        let (f, x) = (Tangle(&pattern), points(columns));
        let (value, dense) = f.value_and_jacobian(&x);
        let expected = bits(&pattern, &dense);
        let plan = JacobianPlan::from_pattern(pattern.clone()).unwrap();
        let mut workspace = SparseWorkspace::new();
        InstructionSet::in_each(|set| {
            for lanes in [4, 8, 16] {
                for layout in [Layout::Rows, Layout::Columns] {
                    let plan = plan.clone().with_lanes(lanes).unwrap().with_layout(layout).unwrap();
                    let (found, jacobian) = plan.value_and_jacobian(&f, &x).unwrap();
                    assert_eq!(found, value);
                    assert_eq!((jacobian.layout(), plan.lanes()), (layout, lanes));
                    assert_eq!(bits_of(&jacobian), expected, "{set:?}, {lanes} lanes, {layout:?}");

                    let (mut into, mut values) = (vec![f64::NAN; rows], vec![f64::NAN; pattern.nnz()]);
                    for _ in 0..2 {
                        plan.value_and_jacobian_into(&f, &x, &mut into, &mut values, &mut workspace).unwrap();
                        assert_eq!((&into, &values), (&value, &jacobian.values().to_vec()));
                    }
                }
            }
        });
    }
}
