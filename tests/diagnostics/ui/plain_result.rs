//~ Dual<
// No trait is at fault here, and the compiler has the word: it names the dual number.

use tangents::gradient;

fn main() {
    let _ = gradient(|x| x[0].re * 2.0, &[1.0]);
}
