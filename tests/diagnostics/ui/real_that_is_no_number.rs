//~ needs `T: tangents::
//~ Number`

use tangents::{Real, gradient};

fn inner<T: Real>(x: T) -> T {
    gradient(|y| y[0] * y[0], &[x])[0]
}

fn main() {
    let _ = inner(1.0);
}
