//! Down the bent valley of Rosenbrock: by the gradient alone, and by Newton's method, which knows the curvature too.

use std::error::Error;

use tangents::linalg::solve;
use tangents::{Function, lambda};
use tangents_examples_gallery::{Corner, Plot, save};

type Point = [f64; 2];

/// From `x` along `step`, halved until the value falls by a hundredth of what the slope promises.
fn search(f: &impl Function<From = [f64], To = f64>, x: Point, step: Point, slope: f64) -> Point {
    let at = |length: f64| [x[0] + length * step[0], x[1] + length * step[1]];
    let mut length = 1.0;
    while f.call(&at(length)) > f.call(&x) + 0.01 * length * slope {
        length /= 2.0;
    }
    at(length)
}

fn main() -> Result<(), Box<dyn Error>> {
    let f = lambda!(|x: [f64]| -> f64 {
        (T::one() - x[0]).powi(2) + T::lit(100.0) * (x[1] - x[0].powi(2)).powi(2)
    });
    let start = [-1.2, 1.0];

    let mut down = vec![start];
    for _ in 0..200 {
        let x = *down.last().unwrap_or(&start);
        let g = f.gradient(&x);
        down.push(search(&f, x, g.map(|g| -g), -g[0] * g[0] - g[1] * g[1]));
    }

    let mut newton = vec![start];
    loop {
        let x = *newton.last().unwrap_or(&start);
        let at = f.value_gradient_and_hessian(&x);
        let step = solve(&at.hessian, &at.gradient.map(|g| -g))?;
        let slope = step[0] * at.gradient[0] + step[1] * at.gradient[1];
        if slope > -1e-20 {
            break;
        }
        newton.push(search(&f, x, step, slope));
    }

    let distance = |path: &[Point]| path.last().map_or(f64::NAN, |x| (x[0] - 1.0).hypot(x[1] - 1.0));
    println!("200 steps down the gradient: {:.2} from the minimum", distance(&down));
    println!("{} steps of Newton's: {:.1e}", newton.len() - 1, distance(&newton));
    // The minimum is at (1, 1).
    assert!(distance(&newton) < 1e-9 && newton.len() < 30);
    assert!(distance(&down) > 0.1);

    let points = |path: &[Point]| path.iter().map(|&[x, y]| (x, y)).collect::<Vec<_>>();
    let levels = (-1..7).map(|k| 10.0_f64.powf(f64::from(k) / 2.0));
    let plot = Plot::new("Rosenbrock's valley", ("x", -1.6..1.6), ("y", -0.6..1.8))
        .contours(levels, |x, y| f.call(&[x, y]))
        .curve("200 steps down the gradient", points(&down))
        .curve("Newton's method", points(&newton))
        .scatter("minimum", [(1.0, 1.0)])
        .legend(Corner::LowerRight);
    save("rosenbrock", &[plot])
}
