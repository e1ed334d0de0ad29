//~ too large for the stack: take a slice
fn main() {
    tangents::gradient(|x| x[0], &[1.0_f64; 5000]);
}
