//~ `[i32; 2]` is neither a point to differentiate at nor something
//~ write `2.0` where an integer literal stands

use tangents::gradient;

fn main() {
    let _ = gradient(|x| x[0] * x[1], &[1_i32, 2]);
}
