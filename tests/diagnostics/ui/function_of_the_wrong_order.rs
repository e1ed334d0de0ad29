//~ HyperDual<
// As in plain_result.rs.

use tangents::{Dual, hessian};

fn product(x: &[Dual<f64, 2>]) -> Dual<f64, 2> {
    x[0] * x[1]
}

fn main() {
    let _ = hessian(product, &[1.0, 2.0]);
}
