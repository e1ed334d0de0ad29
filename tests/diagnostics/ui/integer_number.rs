//~ `{integer}` isn't a floating-point number
//~ write `2.0` where an integer literal stands

use tangents::derivative;

fn main() {
    let _ = derivative(|x| x * x, 3);
}
