//~ expected `[f64]`, found `[Dual<{float}, 1>]`

use tangents::jacobian;

fn first(x: &[f64]) -> Option<f64> {
    x.first().copied()
}

fn main() {
    let _ = jacobian(first, &[1.0]);
}
