//! A sparse Jacobian as a matrix of `faer`: the structure once, and then the values alone.

use faer::sparse::{SparseColMat, SymbolicSparseColMat};
use tangents::sparse::{JacobianPlan, Layout, SparseWorkspace};
use tangents::{Function, lambda};

#[test]
fn values_are_written_into_a_matrix_of_faer() {
    let f = lambda!(|x: [f64]| -> Vec<f64> { x.windows(2).map(|w| w[0] * w[1]).collect() });
    let x = [1.0, 2.0, 3.0, 4.0];
    let plan = JacobianPlan::from_pattern(f.jacobian_pattern(&x).unwrap()).unwrap();
    let plan = plan.with_layout(Layout::Columns);

    let (rows, columns) = (plan.rows(), plan.columns());
    let structure = SymbolicSparseColMat::new_checked(
        rows,
        columns,
        plan.indptr().to_vec(),
        None,
        plan.indices().to_vec(),
    );
    let mut jacobian = SparseColMat::new(structure, vec![0.0; plan.nnz()]);
    let mut workspace = SparseWorkspace::new();
    for x in [x, [5.0, 6.0, 7.0, 8.0]] {
        plan.jacobian_into(&f, &x, jacobian.val_mut(), &mut workspace).unwrap();
        let dense = jacobian.to_dense();
        for (i, row) in f.jacobian(&x).iter().enumerate() {
            for (j, entry) in row.iter().enumerate() {
                assert_eq!(dense[(i, j)], *entry);
            }
        }
    }
}
