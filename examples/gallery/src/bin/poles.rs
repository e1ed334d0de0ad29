//! The gains of a controller that balances a pole on a cart, found by the derivatives of eigenvalues.
//!
//! The cart is pushed with the force −k·x, x being its place and speed and the pole's angle and angular speed. The eigenvalues of
//! A − B·k, the poles of the loop, tell what happens. Newton's method on the gains moves them to where they are wanted.

use std::error::Error;

use nalgebra::Matrix4;
use tangents::interop::nalgebra::linalg::eigenvalues;
use tangents::linalg::{LinalgError, solve};
use tangents::{Function, Number, Taylor, lambda};
use tangents_examples_gallery::{Plot, save};

const GRAVITY: f64 = 9.81;
const CART: f64 = 1.0;
const BOB: f64 = 0.1;
const LENGTH: f64 = 0.5;

/// The poles, two conjugate pairs: real and imaginary part of one of each.
fn poles<T: Number>(k: [T; 4], length: T) -> [T; 4] {
    let [cart, bob, gravity] = [CART, BOB, GRAVITY].map(T::lit);
    let [o, i] = [T::zero(), T::one()];
    let row = |push: T, fall: T| [-push * k[0], -push * k[1], fall - push * k[2], -push * k[3]];
    let [a, b, c, d] = row(i / cart, -bob * gravity / cart);
    let [e, f, g, h] = row(-i / (cart * length), (cart + bob) * gravity / (cart * length));
    let closed_loop = Matrix4::new(o, i, o, o, a, b, c, d, o, o, o, i, e, f, g, h);
    let found = eigenvalues(&closed_loop).expect("four poles that differ");
    // They come by their real parts; of a pair the one with the positive imaginary part comes second.
    [found[1].re, found[1].im, found[3].re, found[3].im]
}

/// The gains for which the poles are at `wanted`, from `k`.
fn place(mut k: [f64; 4], wanted: [f64; 4]) -> Result<[f64; 4], LinalgError> {
    let of_gains = lambda!(|k: [f64]| -> [f64; 4] { poles([k[0], k[1], k[2], k[3]], T::lit(LENGTH)) });
    for _ in 0..8 {
        let (found, jacobian) = of_gains.value_and_jacobian(&k);
        let change = solve(&jacobian, &std::array::from_fn(|i| wanted[i] - found[i]))?;
        k = std::array::from_fn(|i| k[i] + change[i]);
    }
    Ok(k)
}

/// For one input there is a closed form, by the coefficients of the polynomial with these zeros; for several there is none.
fn closed_form([a, b, c, d]: [f64; 4]) -> [f64; 4] {
    let ([p1, p0], [q1, q0]) = ([-2.0 * a, a * a + b * b], [-2.0 * c, c * c + d * d]);
    let [c3, c2, c1, c0] = [p1 + q1, p0 + p1 * q1 + q0, p1 * q0 + p0 * q1, p0 * q0];
    let falling = (CART + BOB) * GRAVITY / (CART * LENGTH);
    let (k0, k1) = (-c0 * CART * LENGTH / GRAVITY, -c1 * CART * LENGTH / GRAVITY);
    [k0, k1, -(c2 + falling - k0 / CART) * CART * LENGTH, -(c3 - k1 / CART) * CART * LENGTH]
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut k = [-1.0, -2.0, -30.0, -6.0];
    let (start, wanted) = (poles(k, LENGTH), [-4.0, 2.0, -2.0, 1.0]);
    // Not at once: Newton's method needs a beginning that is near.
    let mut way = vec![start];
    for step in 1..=10 {
        let part = f64::from(step) / 10.0;
        k = place(k, std::array::from_fn(|i| start[i] + part * (wanted[i] - start[i])))?;
        way.push(poles(k, LENGTH));
    }
    println!("gains {k:.6?}");
    for (k, exact) in k.into_iter().zip(closed_form(wanted)) {
        assert!((k / exact - 1.0).abs() < 1e-12, "{k} in place of {exact}");
    }

    // Nobody knows the pole's length exactly: the poles as series in it, on 1 mm more.
    let series = poles(k.map(Taylor::constant), Taylor::<f64, 2>::variable(LENGTH));
    for (found, series) in poles(k, LENGTH + 0.001).iter().zip(series) {
        let foreseen = series.re + 0.001 * (series.coefficient(1) + 0.001 * series.coefficient(2));
        assert!((found - foreseen).abs() < 1e-4, "{found}, foreseen {foreseen}");
    }

    let one = |i: usize| way.iter().flat_map(move |p| [(p[i], p[i + 1]), (p[i], -p[i + 1])]);
    let ends = [0, 2].into_iter().flat_map(|i| [(wanted[i], wanted[i + 1]), (wanted[i], -wanted[i + 1])]);
    let plot = Plot::new("Poles of the loop", ("real part", -5.0..1.0), ("imaginary part", -4.0..4.0));
    save("poles", &[plot.scatter("a pair", one(0)).scatter("the other", one(2)).scatter("wanted", ends)])
}
