//! Where is cos x = x? Newton's method, whose slopes are derivatives of the function as it is written.

use std::error::Error;

use tangents::{Function, lambda};
use tangents_examples_gallery::{Plot, grid, save};

fn main() -> Result<(), Box<dyn Error>> {
    let f = lambda!(|x: f64| -> f64 { x.cos() - x });

    let mut x: f64 = -0.6;
    let mut path = Vec::new();
    for _ in 0..7 {
        let (value, slope) = f.value_and_derivative(x);
        path.extend([(x, 0.0), (x, value)]);
        x -= value / slope;
    }
    println!("cos x = x at {x}");

    // Dottie's number, https://oeis.org/A003957.
    assert!((x - 0.739_085_133_215_160_6).abs() < 2e-16);

    let plot = Plot::new("Newton's method for cos x = x", ("x", -1.0..2.8), ("f(x) = cos x − x", -4.0..2.0))
        .curve("f", grid(-1.0..2.8, 100).map(|x| (x, f.call(&x))))
        .curve("steps", path)
        .scatter("root", [(x, 0.0)]);
    save("newton", &[plot])
}
