//! A small network learns the solution of Poisson's equation from the equation alone (Raissi, Perdikaris and Karniadakis 2019,
//! *Physics-informed neural networks*, J. Comput. Phys. 378).
//!
//! Δu = −2π²·sin πx·sin πy in the unit square, u = 0 on its sides. The loss has the Laplacian of the network in it, and training asks for
//! the derivatives of that by the parameters.

use std::error::Error;
use std::f64::consts::PI;

use tangents::random::{Key, normal};
use tangents::{Function, HyperDual, Number, laplacian};
use tangents_examples_gallery::{Plot, grid, levenberg_marquardt, save};

const NEURONS: usize = 12;
const PARAMETERS: usize = 4 * NEURONS;

/// x(1 − x)·y(1 − y)·Σ v·tanh(a·x + b·y + c), which vanishes on the sides.
fn network<T: Number>(parameters: &[T], x: &[T]) -> T {
    let inside = x[0] * (T::one() - x[0]) * x[1] * (T::one() - x[1]);
    inside * T::sum(parameters.chunks(4).map(|p| p[3] * (p[0] * x[0] + p[1] * x[1] + p[2]).tanh()))
}

fn exact(x: f64, y: f64) -> f64 {
    (PI * x).sin() * (PI * y).sin()
}

/// By how much the network misses the equation at 12 × 12 points.
struct Residuals;

fn points() -> impl Iterator<Item = (f64, f64)> {
    let inside = || grid(0.04..0.96, 11);
    inside().flat_map(move |x| inside().map(move |y| (x, y)))
}

impl Function for Residuals {
    type From = [f64];
    type To = Vec<f64>;

    #[inline(always)]
    fn call<T: Number>(&self, parameters: &[T]) -> Vec<T> {
        let parameters: Vec<_> = parameters.iter().map(|&p| HyperDual::constant(p)).collect();
        let missing = |(x, y)| {
            let curvature = laplacian(|x| network(&parameters, x), &[T::lit(x), T::lit(y)]);
            curvature + T::lit(2.0 * PI * PI * exact(x, y))
        };
        points().map(missing).collect()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let start = normal::<[f64; PARAMETERS]>(Key::new(2019));
    let (p, losses) = levenberg_marquardt(&Residuals, start, 300)?;

    let between = || grid(0.0..1.0, 37).flat_map(|x| grid(0.0..1.0, 37).map(move |y| (x, y)));
    let error = between().map(|(x, y)| (network(&p, &[x, y]) - exact(x, y)).abs()).fold(0.0, f64::max);
    println!("largest error {error:.1e}, {PARAMETERS} parameters, loss {:.1e}", losses[300]);
    assert!(error < 1e-3);

    let levels = [0.1, 0.3, 0.5, 0.7, 0.9];
    let field = Plot::new("What the network has learnt", ("x", 0.0..1.0), ("y", 0.0..1.0))
        .contours(levels, |x, y| network(&p, &[x, y]))
        .scatter("points", points());
    let steps = (0..).map(f64::from).zip(losses.iter().map(|loss| loss.log10()));
    let loss =
        Plot::new("The squares of what it misses", ("steps", 0.0..300.0), ("log₁₀ of the loss", -5.0..5.0))
            .curve("loss", steps);
    save("physics_informed", &[field, loss])
}
