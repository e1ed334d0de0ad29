//! A pendulum swings from the horizontal. How does its motion depend on where it starts, and on its length?

use std::error::Error;
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

use tangents::{Function, Number};
use tangents_examples_gallery::{Corner, Plot, grid, save};

const GRAVITY: f64 = 9.81;
const LENGTH: f64 = 1.0;
const STEPS: u32 = 4000;

/// Angle and angular speed at a time, by Runge and Kutta's method, as a function of the angle at the start and the length.
struct Swing(f64);

impl Function for Swing {
    type From = [f64];
    type To = [f64; 2];

    #[inline(always)]
    fn call<T: Number>(&self, x: &[T]) -> [T; 2] {
        let h = T::lit(self.0 / f64::from(STEPS));
        let law = |[angle, speed]: [T; 2]| [speed, -T::lit(GRAVITY) / x[1] * angle.sin()];
        let ahead = |y: [T; 2], k: [T; 2], h: T| [y[0] + h * k[0], y[1] + h * k[1]];
        (0..STEPS).fold([x[0], T::zero()], |y, _| {
            let half = h * T::lit(0.5);
            let a = law(y);
            let b = law(ahead(y, a, half));
            let c = law(ahead(y, b, half));
            let d = law(ahead(y, c, h));
            let mean = |i: usize| (a[i] + T::lit(2.0) * (b[i] + c[i]) + d[i]) / T::lit(6.0);
            ahead(y, [mean(0), mean(1)], h)
        })
    }
}

/// The complete elliptic integral K at the modulus sin 45° (Gauss; DLMF 19.20.2 has it as Γ(¼)²/(4√π)).
const K: f64 = 1.854_074_677_301_371_9;

fn main() -> Result<(), Box<dyn Error>> {
    let start = [FRAC_PI_2, LENGTH];
    let period = 4.0 * K * (LENGTH / GRAVITY).sqrt();
    let (state, [angle, speed]) = Swing(period).value_and_jacobian(&start);
    println!("after a period of {period:.6} s: {state:.6?}, derivatives {angle:.6?} and {speed:.6?}");

    // After a period T the angle is at its largest and the speed falls by g/l, so where T is longer by T′ the speed is higher by g/l·T′.
    // In the length T′ is T/(2l); in the angle √(2l/g)·K′, with K′ = 2√2·(E − K/2) and E − K/2 = π/(4K) by Legendre's relation.
    let by_angle = 4.0 * (LENGTH / GRAVITY).sqrt() * FRAC_PI_4 / K;
    for (found, exact) in [
        (state[0], FRAC_PI_2),
        (state[1], 0.0),
        (angle[0], 1.0),
        (angle[1], 0.0),
        (speed[0], GRAVITY / LENGTH * by_angle),
        (speed[1], GRAVITY / LENGTH * period / (2.0 * LENGTH)),
    ] {
        assert!((found - exact).abs() < 1e-9, "{found} in place of {exact}");
    }

    let path: Vec<_> = grid(0.0..6.0, 200).map(|t| (t, Swing(t).value_and_jacobian(&start))).collect();
    let line = |part: fn(&([f64; 2], [[f64; 2]; 2])) -> f64| path.iter().map(move |(t, at)| (*t, part(at)));
    let time = ("time, s", 0.0..6.0);
    save(
        "pendulum",
        &[
            Plot::new("A pendulum of 1 m", time.clone(), ("angle, rad", -2.0..2.0))
                .curve("angle", line(|at| at.0[0])),
            Plot::new("Derivatives of the angle", time, ("derivative", -14.0..14.0))
                .curve("by the angle at the start", line(|at| at.1[0][0]))
                .curve("by the length, 1/m", line(|at| at.1[0][1]))
                .legend(Corner::UpperLeft),
        ],
    )
}
