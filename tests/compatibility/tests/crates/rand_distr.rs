//! `rand_distr` 0.6, feature `rand_distr`: samples, in the parameters of their distribution.

use compatibility::{First, assert_close, first, to_first};
use rand_distr::{Distribution, Gamma, LogNormal, Normal};
use tangents::random::Key;

/// Samples that are transformed: μ + σz, and the exponential of it.
#[test]
fn transformations() {
    let z: f64 = rand_distr::StandardNormal.sample(&mut Key::new(3).rng());
    let normal = Normal::new(First::from(1.0), first(2.0)).unwrap();
    assert_eq!(to_first(normal.sample(&mut Key::new(3).rng())), [1.0 + 2.0 * z, z]);
    let log_normal = LogNormal::new(first(0.5), First::from(2.0)).unwrap();
    assert_close(to_first(log_normal.sample(&mut Key::new(3).rng())), [(0.5 + 2.0 * z).exp(); 2], 1e-15);
}

fn gamma(shape: First, scale: First) -> [f64; 2] {
    to_first(Gamma::new(shape, scale).unwrap().sample(&mut Key::new(7).rng()))
}

/// Where derivatives end: Γ(a, 1) rejects candidates by a rule that depends on a, and of a = 1 it takes the exponential
/// distribution, which has no a. The mean is a, so the mean of the derivatives should be 1.
#[test]
fn gamma_has_derivatives_in_its_scale_alone() {
    let [sample, slope] = gamma(First::from(1.5), first(2.0));
    assert_close([slope], [sample / 2.0], 1e-15);
    assert_eq!(gamma(first(1.0), First::from(1.0))[1], 0.0);
}
