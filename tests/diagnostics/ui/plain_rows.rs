//~ expected `Dual<{float}, 1>`, found floating-point number

use tangents::jacobian;

fn main() {
    let _ = jacobian(|x| [x[0].re * 2.0], &[1.0]);
}
