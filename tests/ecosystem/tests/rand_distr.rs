//! `rand_distr` draws from `CounterRng`, and the moments are those of the distributions.

use rand_distr::{Distribution, Exp, Normal, Poisson};
use tangents::interop::rand_chacha::ChaCha20;
use tangents::random::{CounterRng, Generator, Key, Threefry4x64};

const N: u32 = 100_000;

/// The mean of N numbers.
fn mean<G: Generator>(distribution: impl Distribution<f64>, mut rng: CounterRng<G>) -> f64 {
    (0..N).map(|_| distribution.sample(&mut rng)).sum::<f64>() / f64::from(N)
}

/// Each mean is asked to lie within 5 standard errors, which one in 1.7 million keys fails.
fn check<G: Generator>(key: Key<G>) {
    let [k1, k2, k3] = key.split();
    let standard_errors = |deviation: f64| 5.0 * deviation / f64::from(N).sqrt();

    let normal = mean(Normal::new(3.0, 2.0).unwrap(), k1.rng());
    assert!((normal - 3.0).abs() < standard_errors(2.0), "{normal}");
    let exponential = mean(Exp::new(0.5).unwrap(), k2.rng());
    assert!((exponential - 2.0).abs() < standard_errors(2.0), "{exponential}");
    let poisson = mean(Poisson::new(9.0).unwrap(), k3.rng());
    assert!((poisson - 9.0).abs() < standard_errors(3.0), "{poisson}");
}

#[test]
fn the_means_are_right_with_each_generator() {
    check(Key::new(137));
    check(Key::<Threefry4x64>::from_seed(137));
    check(Key::<ChaCha20>::from_seed(137));
}

#[test]
fn the_same_key_gives_the_same_numbers() {
    let normal = Normal::new(0.0, 1.0).unwrap();
    let draw = || normal.sample_iter(Key::new(1).rng()).take(100).collect::<Vec<f64>>();
    assert_eq!(draw(), draw());
}
