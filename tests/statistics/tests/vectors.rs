//! The distributions of vectors and matrices, by marginals and by functions of the whole whose distribution is known.

use std::f64::consts::PI;

use statistics::{assert_plausible, average, cdf, chi_square, kolmogorov_smirnov, real};
use tangents::random::{Ball, Dirichlet, Distribution, Key, MultivariateNormal, Orthogonal};

fn assert_fits(what: &str, sample: impl Iterator<Item = f64>, cdf: impl Fn(f64) -> f64) {
    assert_plausible(kolmogorov_smirnov(&sample.collect::<Vec<_>>(), cdf), what);
}

fn assert_average(what: &str, terms: impl Iterator<Item = f64>, mean: f64, variance: f64) {
    assert_plausible(average(terms, mean, variance), what);
}

#[test]
fn components_of_dirichlet_vectors_and_their_sums_are_beta() {
    for (seed, alpha) in (1..).zip([[0.7, 2.0, 3.5], [1.0, 1.0, 1.0], [0.2, 30.0, 5.0]]) {
        let total: f64 = alpha.iter().sum();
        let wide: Vec<[f64; 3]> = Dirichlet::new(alpha).unwrap().sample_vec(Key::new(seed), 100_000);
        #[expect(clippy::cast_possible_truncation, reason = "the precision that is tested")]
        let narrow: Vec<[f32; 3]> =
            Dirichlet::new(alpha.map(|a| a as f32)).unwrap().sample_vec(Key::new(seed), 30_000);
        for k in 0..3 {
            let (a, others) = (alpha[k], total - alpha[k]);
            assert_fits("component", wide.iter().map(|x| x[k]), cdf::beta(a, others));
            assert_fits("component", narrow.iter().map(|x| x[k].into()), cdf::beta(a, others));
            // Of two components, that they belong together.
            assert_fits(
                "sum of two",
                wide.iter().map(|x| x[(k + 1) % 3] + x[(k + 2) % 3]),
                cdf::beta(others, a),
            );
        }
        assert_fits("share", wide.iter().map(|x| x[0] / (x[0] + x[1])), cdf::beta(alpha[0], alpha[1]));
    }
}

fn norm<const N: usize>(x: &[f64; N], p: f64) -> f64 {
    x.iter().map(|x| x.abs().powf(p)).sum::<f64>().powf(1.0 / p)
}

/// The volume of a ball is as its radius to the power of the dimensions.
fn check_ball<const N: usize>(seed: i64) {
    for p in [0.8, 1.0, 2.0, 4.0] {
        let x: Vec<[f64; N]> = Ball::new([0.0; N], p).unwrap().sample_vec(Key::new(seed), 100_000);
        let dimensions = real(N);
        assert_fits("volume within", x.iter().map(|x| norm(x, p).powf(dimensions)), cdf::uniform(0.0, 1.0));
        #[expect(clippy::cast_possible_truncation, reason = "the precision that is tested")]
        let x: Vec<[f32; N]> =
            Ball::new([0.0; N], p as f32).unwrap().sample_vec(Key::new(seed + 100), 30_000);
        let volumes = x.iter().map(|x| norm(&x.map(f64::from), p).powf(dimensions).min(1.0));
        assert_fits("volume within", volumes, cdf::uniform(0.0, 1.0));
    }
}

#[test]
fn the_volume_within_the_radius_of_a_ball_sample_is_uniform() {
    check_ball::<1>(10);
    check_ball::<2>(11);
    check_ball::<3>(12);
    check_ball::<5>(13);
}

#[test]
fn components_of_ball_samples_have_the_distribution_of_the_section_through_the_ball() {
    let n = 100_000;
    // In three dimensions the section is a disc.
    let x: Vec<[f64; 3]> = Ball::new([0.0; 3], 2.0).unwrap().sample_vec(Key::new(20), n);
    for k in 0..3 {
        assert_fits("disc", x.iter().map(|x| x[k]), |x| (2.0 + 3.0 * x - x.powi(3)) / 4.0);
    }
    let azimuths = x.iter().map(|x| x[1].atan2(x[0]));
    assert_fits("azimuth", azimuths, cdf::uniform(-PI, PI));

    // With p = 1 the ball is a square on a corner, and the section shrinks evenly.
    let x: Vec<[f64; 2]> = Ball::new([0.0; 2], 1.0).unwrap().sample_vec(Key::new(21), n);
    for k in 0..2 {
        assert_fits("section", x.iter().map(|x| x[k]), cdf::triangular(-1.0, 0.0, 1.0));
    }
    // The square's sides.
    assert_fits("side", x.iter().map(|x| x[0] + x[1]), cdf::uniform(-1.0, 1.0));
    assert_fits("side", x.iter().map(|x| x[0] - x[1]), cdf::uniform(-1.0, 1.0));
}

#[test]
fn whitened_multivariate_normal_samples_are_standard_normal() {
    let mean = [1.0, -2.0, 0.5];
    let factor = [[2.0, 0.0, 0.0], [-0.5, 0.3, 0.0], [1.0, 4.0, 0.1]];
    let mut covariance = [[0.0; 3]; 3];
    for i in 0..3 {
        for j in 0..3 {
            covariance[i][j] = (0..3).map(|k| factor[i][k] * factor[j][k]).sum::<f64>();
        }
    }
    let distribution = MultivariateNormal::new(mean, covariance).unwrap();
    let x: Vec<[f64; 3]> = distribution.sample_vec(Key::new(30), 100_000);

    let white: Vec<[f64; 3]> = x
        .iter()
        .map(|x| {
            let mut z = [0.0; 3];
            for i in 0..3 {
                let before: f64 = (0..i).map(|k| factor[i][k] * z[k]).sum();
                z[i] = (x[i] - mean[i] - before) / factor[i][i];
            }
            z
        })
        .collect();
    for i in 0..3 {
        assert_fits("component", white.iter().map(|z| z[i]), cdf::normal);
    }
    let squares = white.iter().map(|z| z.iter().map(|z| z * z).sum());
    assert_fits("squared length", squares, cdf::chi_square(3.0));

    for i in 0..3 {
        assert_average("mean", x.iter().map(|x| x[i]), mean[i], covariance[i][i]);
        for j in 0..=i {
            // Isserlis: the variance of a product of normal numbers.
            let variance = covariance[i][i] * covariance[j][j] + covariance[i][j].powi(2);
            let products = x.iter().map(|x| (x[i] - mean[i]) * (x[j] - mean[j]));
            assert_average("covariance", products, covariance[i][j], variance);
        }
    }
}

type Matrix = [[f64; 3]; 3];

fn determinant([a, b, c]: &Matrix) -> f64 {
    a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0])
        + a[2] * (b[0] * c[1] - b[1] * c[0])
}

/// The largest deviation of Qᵀ·Q from the unit matrix.
fn defect<const R: usize, const C: usize>(q: &[[f64; C]; R]) -> f64 {
    let mut largest = 0.0;
    for i in 0..C {
        for j in 0..C {
            let product: f64 = q.iter().map(|row| row[i] * row[j]).sum();
            largest = f64::max(largest, (product - f64::from(u8::from(i == j))).abs());
        }
    }
    largest
}

#[test]
fn orthogonal_matrices_are_rotations_and_reflections_of_every_kind_alike() {
    let n = 50_000;
    let q: Vec<Matrix> = Orthogonal::new(3).unwrap().sample_vec(Key::new(40), n);
    assert!(q.iter().all(|q| defect(q) < 1e-14));

    let signs: Vec<f64> = q.iter().map(determinant).collect();
    assert!(signs.iter().all(|det| (det.abs() - 1.0).abs() < 1e-14));
    let rotations = signs.iter().filter(|&&det| det > 0.0).count();
    let half = real(n) / 2.0;
    assert_plausible(chi_square(&[rotations, n - rotations], &[half, half]), "sign of the determinant");

    // Archimedes: a component of a direction in space is uniform.
    for i in 0..3 {
        for j in 0..3 {
            assert_fits("entry", q.iter().map(|q| q[i][j]), cdf::uniform(-1.0, 1.0));
        }
    }
    // The angle of a random rotation has density (1 − cos θ)/π; the trace is 1 + 2·cos θ.
    let angles = q.iter().zip(&signs).map(|(q, sign)| {
        let trace = (q[0][0] + q[1][1] + q[2][2]) * sign.signum();
        ((trace - 1.0) / 2.0).clamp(-1.0, 1.0).acos()
    });
    assert_fits("angle of rotation", angles, |angle| (angle - angle.sin()) / PI);
}

#[test]
fn orthonormal_vectors_are_directions_alike() {
    let n = 50_000;
    let tall: Vec<[[f64; 2]; 3]> = Orthogonal::rectangular(3, 2).unwrap().sample_vec(Key::new(50), n);
    assert!(tall.iter().all(|q| defect(q) < 1e-14));
    let wide: Vec<[[f64; 3]; 2]> = Orthogonal::rectangular(2, 3).unwrap().sample_vec(Key::new(51), n);
    for i in 0..3 {
        for j in 0..2 {
            assert_fits("entry of columns", tall.iter().map(|q| q[i][j]), cdf::uniform(-1.0, 1.0));
            assert_fits("entry of rows", wide.iter().map(|q| q[j][i]), cdf::uniform(-1.0, 1.0));
        }
    }
    let plane: Vec<[[f64; 2]; 2]> = Orthogonal::new(2).unwrap().sample_vec(Key::new(52), n);
    for k in 0..2 {
        assert_fits("angle of a row", plane.iter().map(|q| q[k][1].atan2(q[k][0])), cdf::uniform(-PI, PI));
        assert_fits("angle of a column", plane.iter().map(|q| q[1][k].atan2(q[0][k])), cdf::uniform(-PI, PI));
    }
}
