//~ [Dual<
// As in plain_result.rs.

use tangents::grad;

fn sum_of_squares(x: &[f64]) -> f64 {
    x.iter().map(|xi| xi * xi).sum()
}

fn main() {
    let _ = grad(sum_of_squares)(&[1.0, 2.0]);
}
