//! A radar sees distance and bearing of a ship that turns: an extended Kalman filter, whose two Jacobians nobody writes.

use std::array;
use std::error::Error;

use tangents::linalg::inverse;
use tangents::{Function, lambda, matmul, matvec};
use tangents_examples_gallery::{Corner, Plot, save};

type Matrix<const N: usize, const M: usize> = [[f64; M]; N];

const TURN: f64 = 0.03;
const RADAR: [f64; 2] = [0.0, -100.0];
const PROCESS: [f64; 4] = [0.01, 0.01, 0.01, 1e-4];
const NOISE: [f64; 2] = [25.0, 4e-4];

fn transposed<const N: usize, const M: usize>(a: &Matrix<N, M>) -> Matrix<M, N> {
    array::from_fn(|i| array::from_fn(|j| a[j][i]))
}

/// J·P·Jᵀ and these variances.
fn spread<const N: usize, const M: usize>(
    j: &Matrix<M, N>,
    p: &Matrix<N, N>,
    variances: &[f64; M],
) -> Matrix<M, M> {
    let mut sum = matmul(&matmul(j, p), &transposed(j));
    (0..M).for_each(|i| sum[i][i] += variances[i]);
    sum
}

fn main() -> Result<(), Box<dyn Error>> {
    // Place, speed and course, a second later, and how the radar sees them.
    let step = lambda!(|s: [f64]| -> [f64; 4] {
        [s[0] + s[2] * s[3].cos(), s[1] + s[2] * s[3].sin(), s[2], s[3] + T::lit(TURN)]
    });
    let seen = lambda!(|s: [f64]| -> [f64; 2] {
        let (x, y) = (s[0] - T::lit(RADAR[0]), s[1] - T::lit(RADAR[1]));
        [x.hypot(y), y.atan2(x)]
    });

    let (mut state, mut p) = ([20.0, 80.0, 8.0, 0.2], [[0.0; 4]; 4]);
    (0..4).for_each(|i| p[i][i] = [400.0, 400.0, 4.0, 0.04][i]);
    let (mut radar, mut filtered, mut truth) = (Vec::new(), Vec::new(), Vec::new());
    for line in include_str!("../../../../tests/data/gallery/kalman.csv").lines().skip(1) {
        let row: Vec<f64> = line.split(',').map(str::parse).collect::<Result<_, _>>()?;
        let (moved, f) = step.value_and_jacobian(&state);
        p = spread(&f, &p, &PROCESS);

        let (expected, h) = seen.value_and_jacobian(&moved);
        let gain = matmul(&matmul(&p, &transposed(&h)), &inverse(&spread(&h, &p, &NOISE))?);
        let change: [f64; 4] = matvec(&gain, &[row[0] - expected[0], row[1] - expected[1]]);
        state = array::from_fn(|i| moved[i] + change[i]);
        let known = matmul(&gain, &matmul(&h, &p));
        p = array::from_fn(|i| array::from_fn(|j| p[i][j] - known[i][j]));

        radar.push((RADAR[0] + row[0] * row[1].cos(), RADAR[1] + row[0] * row[1].sin()));
        filtered.push((state[0], state[1]));
        truth.push((row[2], row[3]));
    }
    println!("place, speed and course at the end: {state:.3?}");

    // In 50 digits, with derivatives by hand: tests/data/gallery/kalman.py.
    let reference =
        [337.496_338_044_041_3, 502.566_368_195_664_3, 10.075_834_340_512_616, 1.773_672_096_309_162_8];
    let variances =
        [15.882_641_536_335_33, 7.847_598_505_376_757, 0.114_181_354_709_869_95, 0.001_465_829_673_650_671];
    for i in 0..4 {
        assert!((state[i] / reference[i] - 1.0).abs() < 1e-11, "{} in place of {}", state[i], reference[i]);
        assert!((p[i][i] / variances[i] - 1.0).abs() < 1e-11, "{} in place of {}", p[i][i], variances[i]);
    }

    let plot = Plot::new("A ship, seen by radar", ("x, m", -20.0..420.0), ("y, m", 60.0..540.0))
        .curve("the ship", truth)
        .scatter("radar", radar)
        .curve("filter", filtered)
        .legend(Corner::LowerRight);
    save("kalman", &[plot])
}
