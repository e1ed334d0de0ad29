//~ type annotations needed
// As in plain_result.rs.

use tangents::grad;

fn main() {
    let _ = grad(|x| x[0] * x[1])(&[1.0, 2.0]);
}
