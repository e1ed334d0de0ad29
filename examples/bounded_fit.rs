//! A decay with a background that can't be negative, fitted to measurements: how much each measurement moves the fit.
//!
//! The fit is a minimum within bounds, found by a plain solver. `implicit` differentiates it: at the bound the background
//! stays where it is, and what is free has the derivatives of the fit without it.
//!
//! Run it with `cargo run --release --example bounded_fit`.

use tangents::implicit::{self, ImplicitError};
use tangents::{Number, jacobian, lambda, value_gradient_and_hessian};

const TIMES: [f64; 6] = [0.0, 0.5, 1.0, 2.0, 3.0, 5.0];
const COUNTS: [f64; 6] = [4.1, 2.4, 1.4, 0.6, 0.1, 0.0];
const NAMES: [&str; 3] = ["amplitude", "rate", "background"];

/// What the model predicts more than was measured: a·e^(−k·t) + b − y.
fn residuals<T: Number>(&[a, k, b]: &[T; 3], y: &[T]) -> Vec<T> {
    TIMES.iter().zip(y).map(|(&t, &y)| a * (-k * T::lit(t)).exp() + b - y).collect()
}

/// The sum of their squares.
fn loss<T: Number>(x: &[T], y: &[f64]) -> T {
    let y: Vec<_> = y.iter().map(|&y| T::lit(y)).collect();
    let residuals = residuals(x.try_into().expect("three numbers"), &y);
    T::sum(residuals.iter().map(|&r| r * r))
}

/// The fit, by Newton's method in one coordinate after the other, none of which may be negative.
fn fit(y: &[f64]) -> Result<[f64; 3], &'static str> {
    let mut x = [1.0_f64; 3];
    for _ in 0..2000 {
        let before = x;
        for i in 0..3 {
            let f = value_gradient_and_hessian(|x| loss(x, y), &x);
            // Away from the minimum a second derivative may be negative: its size serves there.
            x[i] = (x[i] - f.gradient[i] / f.hessian[i][i].abs()).max(0.0);
        }
        if x.iter().zip(before).all(|(x, before)| (x - before).abs() < 1e-15) {
            return Ok(x);
        }
    }
    Err("2000 steps didn't suffice")
}

/// The same with the derivatives that the measurements carry.
fn differentiable_fit<T: Number>(y: &[T]) -> Result<[T; 3], ImplicitError<&'static str>> {
    let equations =
        implicit::least_squares(lambda!(|z: ([f64; 3], Vec<f64>)| -> Vec<f64> { residuals(&z.0, &z.1) }));
    equations.at_within(y, &[T::zero(); 3], &[T::infinity(); 3], fit)
}

fn main() -> Result<(), ImplicitError<&'static str>> {
    let x = differentiable_fit(&COUNTS)?;
    let sensitivity = jacobian(|y| differentiable_fit(y).expect("it's a minimum"), &COUNTS);
    for ((name, x), row) in NAMES.iter().zip(x).zip(&sensitivity) {
        print!("{name:>10} {x:.4}, by each count:");
        for s in row {
            print!("{s:8.4}");
        }
        println!();
    }
    assert_eq!((x[2], sensitivity[2]), (0.0, [0.0; 6]), "the background is at its bound");

    // The same by fitting again to counts that are a little off.
    for i in 0..COUNTS.len() {
        let moved = |by: f64| {
            let mut y = COUNTS;
            y[i] += by;
            fit(&y).expect("a fit")
        };
        let (up, down) = (moved(1e-5), moved(-1e-5));
        for (k, row) in sensitivity.iter().enumerate() {
            let difference = (up[k] - down[k]) / 2e-5;
            assert!((row[i] - difference).abs() < 1e-8, "{} by count {i}: {} {difference}", NAMES[k], row[i]);
        }
    }
    println!("fits to other counts agree: yes");
    Ok(())
}
