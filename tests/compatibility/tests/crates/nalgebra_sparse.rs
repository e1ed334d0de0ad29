//! `nalgebra-sparse` 0.12, feature `nalgebra`: a sparse Cholesky factorization.

use compatibility::{Second, assert_close, second, to_second};
use nalgebra::{DMatrix, DVector};
use nalgebra_sparse::CscMatrix;
use nalgebra_sparse::factorization::CscCholesky;

/// [[x, 1, 0], [1, 3, 1], [0, 1, x²]] z = (1, 0, 0) has z₂ = 1/(3x³ − x² − x) by Cramer's rule.
#[test]
fn solution() {
    let x = second(2.0);
    let (o, l) = (Second::from(0.0), Second::from(1.0));
    let dense = DMatrix::from_row_slice(3, 3, &[x, l, o, l, l * 3.0, l, o, l, x * x]);
    let cholesky = CscCholesky::factor(&CscMatrix::from(&dense)).unwrap();
    let z = cholesky.solve(&DVector::from_vec(vec![l, o, o]));
    // (1/q)′ = −q′/q² and (1/q)″ = 2q′²/q³ − q″/q², with q = 18, 31, 34.
    let expected = [1.0 / 18.0, -31.0 / 324.0, 2.0 * 961.0 / 5832.0 - 34.0 / 324.0];
    assert_close(to_second(z[2]), expected, 1e-15);
}
