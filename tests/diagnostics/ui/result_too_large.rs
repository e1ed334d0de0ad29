//~ return a `Vec`
use tangents::Dual;

fn f(x: &[Dual<f64, 256>]) -> [Dual<f64, 256>; 1000] {
    [x[0]; 1000]
}

fn main() {
    tangents::jacobian(f, &[1.0_f64; 256]);
}
