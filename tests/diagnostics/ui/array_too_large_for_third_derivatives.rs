//~ too large for the stack: take a slice
fn main() {
    tangents::third_derivatives(|x| x[0], &[1.0_f64; 40]);
}
