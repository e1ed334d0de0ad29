//~ `i32` isn't a floating-point number
//~ write `2.0` where an integer literal stands
//~ required for `[i32; 2]` to implement `Point`

use tangents::gradient;

fn main() {
    let _ = gradient(|x| x[0] * x[1], &[1_i32, 2]);
}
