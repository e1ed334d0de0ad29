//~ cannot multiply `f32` by `Dual<
// A literal and an `f64` may stand there. No trait of the crate is at fault, and the compiler has the word.

use tangents::derivative;

fn main() {
    let frequency = 2.0_f32;
    let _ = derivative(|x| (frequency * x).sin(), 1.0);
}
