//! The gains of a controller that balances a pole on a cart, found by the derivatives of eigenvalues.
//!
//! Run it with `cargo run --release --features nalgebra --example poles`.
//!
//! # The method
//!
//! The cart is pushed with the force u = −k·x, x being its place and speed and the pole's angle and angular speed. What happens
//! then is told by the eigenvalues of A − B·k, the poles of the loop. They are moved to where they are wanted in a few steps, and
//! in each Newton's method asks how they change with the gains: the Jacobian of the eigenvalues of a matrix that isn't
//! symmetric. In the end it is asked how they change with the length of the pole, to the second order, since nobody knows it exactly.
//!
//! For one input there is a closed form, which the result is compared with. For several inputs there is none, and the method is
//! the same.

use std::fmt::Write as _;

use nalgebra::Matrix4;
use tangents::interop::nalgebra::linalg::eigenvalues;
use tangents::linalg::solve;
use tangents::{Dual, Number, Taylor, value_and_jacobian};

const GRAVITY: f64 = 9.81;
const CART: f64 = 1.0;
const BOB: f64 = 0.1;
const LENGTH: f64 = 0.5;

/// In how many steps the poles are moved to where they are wanted.
const STEPS: u32 = 8;

/// The loop A − B·k with a pole of this length.
fn closed_loop<T: Number>(k: [T; 4], length: T) -> Matrix4<T> {
    let [cart, bob, gravity] = [CART, BOB, GRAVITY].map(T::lit);
    let (o, i) = (T::zero(), T::one());
    let push = [i / cart, -i / (cart * length)];
    let fall = [-bob * gravity / cart, (cart + bob) * gravity / (cart * length)];
    let row = |push: T, fall: T| [-push * k[0], -push * k[1], fall - push * k[2], -push * k[3]];
    let ([a, b, c, d], [e, f, g, h]) = (row(push[0], fall[0]), row(push[1], fall[1]));
    #[rustfmt::skip]
    let matrix = Matrix4::new(
        o, i, o, o,
        a, b, c, d,
        o, o, o, i,
        e, f, g, h,
    );
    matrix
}

/// The poles, which are two conjugate pairs: real and imaginary part of one of each.
fn poles<T: Number>(k: [T; 4], length: T) -> [T; 4] {
    let found = eigenvalues(&closed_loop(k, length)).expect("four poles that differ");
    // By their real parts; of a pair the one with the positive imaginary part comes second.
    [found[1].re, found[1].im, found[3].re, found[3].im]
}

/// The gains for which the characteristic polynomial has these zeros.
fn closed_form([a, b, c, d]: [f64; 4]) -> [f64; 4] {
    let ([p1, p0], [q1, q0]) = ([-2.0 * a, a * a + b * b], [-2.0 * c, c * c + d * d]);
    let [c3, c2, c1, c0] = [p1 + q1, p0 + p1 * q1 + q0, p1 * q0 + p0 * q1, p0 * q0];
    let falling = (CART + BOB) * GRAVITY / (CART * LENGTH);
    let (k0, k1) = (-c0 * CART * LENGTH / GRAVITY, -c1 * CART * LENGTH / GRAVITY);
    [k0, k1, -(c2 + falling - k0 / CART) * CART * LENGTH, -(c3 - k1 / CART) * CART * LENGTH]
}

fn line(name: &str, x: [f64; 4]) -> String {
    x.iter().fold(format!("{name:<28}"), |mut line, x| {
        write!(line, "{:>14}", format!("{x:.6}")).unwrap();
        line
    })
}

fn main() {
    let mut k = [-1.0, -2.0, -30.0, -6.0];
    let start = poles(k, LENGTH);
    let wanted = [-4.0, 2.0, -2.0, 1.0];
    println!("{:<28}{:>14}{:>14}{:>14}{:>14}", "", "re", "im", "re", "im");
    println!("{}", line("poles at the start", start));
    println!("{}", line("poles that are wanted", wanted));

    let mut evaluations = 0;
    for step in 1..=STEPS {
        let part = f64::from(step) / f64::from(STEPS);
        let target: [f64; 4] = std::array::from_fn(|i| start[i] + part * (wanted[i] - start[i]));
        for _ in 0..8 {
            let of_gains = |k: &[Dual<f64, 4>]| poles([k[0], k[1], k[2], k[3]], Dual::constant(LENGTH));
            let (found, jacobian) = value_and_jacobian(of_gains, &k);
            evaluations += 1;
            let missing: [f64; 4] = std::array::from_fn(|i| target[i] - found[i]);
            let change = solve(&jacobian, &missing).expect("gains that move all poles");
            k = std::array::from_fn(|i| k[i] + change[i]);
            if missing.iter().all(|x| x.abs() < 1e-9) {
                break;
            }
        }
    }
    println!("\n{:<28}{:>14}{:>14}{:>14}{:>14}", "", "place", "speed", "angle", "its speed");
    println!("{}", line("gains", k));
    let expected = closed_form(wanted);
    let error = k.iter().zip(&expected).fold(0.0_f64, |error, (k, e)| error.max((k - e).abs() / e.abs()));
    assert!(error < 1e-12, "{k:?} for {expected:?}");
    println!("as the closed form has them, after {evaluations} Jacobians of the eigenvalues");

    let moved = poles(k.map(Taylor::constant), Taylor::<f64, 2>::variable(LENGTH));
    println!("\n{:<28}{:>14}{:>14}{:>14}{:>14}", "", "re", "im", "re", "im");
    println!("{}", line("poles", moved.map(|x| x.re)));
    println!("{}", line("their slope in the length", moved.map(|x| x.coefficient(1))));
    println!("{}", line("their curvature", moved.map(|x| x.derivative(2))));
    // A pole that is 1 mm longer than was thought.
    let longer = poles(k, LENGTH + 0.001);
    for (found, series) in longer.iter().zip(&moved) {
        let foreseen = series.re + 0.001 * (series.coefficient(1) + 0.001 * series.coefficient(2));
        assert!((found - foreseen).abs() < 1e-4, "{found}, foreseen {foreseen}");
    }
    println!("{}", line("poles with 1 mm more", longer));
}
