//~ Dual<
// As in plain_result.rs.

use tangents::derivative;

fn square(x: f64) -> f64 {
    x * x
}

fn main() {
    let _ = derivative(square, 3.0);
}
