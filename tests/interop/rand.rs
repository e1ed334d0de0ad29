//! Uniform samples of numbers have the values of `rand`'s plain ones, bit for bit, and the derivatives u and 1 − u.

use ::proptest::prelude::{any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use ::rand::RngExt;
use ::rand::distr::uniform::{Error, SampleUniform, UniformSampler};
use ::rand::distr::{Distribution, Open01, OpenClosed01, StandardUniform, Uniform};
use tangents::random::Key;
use tangents::{Dual, HyperDual};

type D = Dual<f64, 2>;
type Nested = Dual<Dual<f64, 2>, 2>;

/// Samples between `a` and `b` in each of the four ways.
fn four<X: SampleUniform + Copy>(a: X, b: X, seed: i64) -> [Result<X, Error>; 4] {
    let rng = || Key::new(seed).rng();
    [
        Uniform::new(a, b).map(|uniform| uniform.sample(&mut rng())),
        Uniform::new_inclusive(a, b).map(|uniform| uniform.sample(&mut rng())),
        X::Sampler::sample_single(a, b, &mut rng()),
        X::Sampler::sample_single_inclusive(a, b, &mut rng()),
    ]
}

proptest! {
    #[test]
    fn values_are_those_of_rand(
        a in ::proptest::num::f64::ANY,
        width in prop_oneof![0.0..1e-9, 0.0..10.0, ::proptest::num::f64::ANY],
        seed in any::<i64>(),
    ) {
        let b = a + width;
        for (plain, x) in four(a, b, seed).into_iter().zip(four(D::variable(a, 0), D::variable(b, 1), seed)) {
            prop_assert_eq!(plain.map(f64::to_bits), x.map(|x| x.re.to_bits()));
        }
        let [x, y] = [a, b].map(|x| Nested::constant(Dual::constant(x)));
        for (plain, x) in four(a, b, seed).into_iter().zip(four(x, y, seed)) {
            prop_assert_eq!(plain.map(f64::to_bits), x.map(|x| x.re.re.to_bits()));
        }
        #[allow(clippy::cast_possible_truncation, reason = "floats of 32 bits are wanted")]
        let (a, b) = (a as f32, b as f32);
        let [x, y] = [a, b].map(HyperDual::<f32, 1>::constant);
        for (plain, x) in four(a, b, seed).into_iter().zip(four(x, y, seed)) {
            prop_assert_eq!(plain.map(f32::to_bits), x.map(|x| x.re.to_bits()));
        }
    }

    #[test]
    fn derivatives_are_the_fractions_of_the_way(a in -10.0..10.0, width in 0.1..10.0, seed in any::<i64>()) {
        let u: f64 = Uniform::new(0.0, 1.0).unwrap().sample(&mut Key::new(seed).rng());
        for x in four(D::variable(a, 0), D::variable(a + width, 1), seed) {
            let [da, db] = x.unwrap().eps;
            prop_assert!((da - (1.0 - u)).abs() < 1e-15 && (db - u).abs() < 1e-15, "{} {} {}", u, da, db);
        }
        // They are linear in the bounds.
        let [a, b] = [a, a + width].map(|x| HyperDual::<f64, 1>::variable(x, 0));
        for x in four(a, b, seed) {
            let x = x.unwrap();
            prop_assert_eq!(x.hessian(), [[0.0]]);
            prop_assert!((x.gradient[0] - 1.0).abs() < 1e-15);
        }
    }
}

/// Bounds so narrow that `rand` takes the scale down by an ulp.
#[test]
fn the_scale_is_taken_down_as_in_rand() {
    for ulps in 1..50 {
        let a = 0.999_999_999_978_196_4_f64;
        let b = (0..ulps).fold(a, |x, _| x.next_up());
        for seed in 0..50 {
            for (plain, x) in four(a, b, seed).into_iter().zip(four(D::constant(a), D::constant(b), seed)) {
                assert_eq!(plain.unwrap().to_bits(), x.unwrap().re.to_bits());
            }
        }
    }
}

#[test]
fn standard_samples_are_constants_with_the_values_of_rand() {
    fn check<S>(distribution: S)
    where
        S: Distribution<f64> + Distribution<D> + Distribution<Nested> + Distribution<f32>,
        S: Distribution<HyperDual<f32, 2>>,
    {
        let (mut a, mut b, mut c) = (Key::new(5).rng(), Key::new(5).rng(), Key::new(5).rng());
        for _ in 0..100 {
            let plain: f64 = distribution.sample(&mut a);
            let (x, y): (D, Nested) = (distribution.sample(&mut b), distribution.sample(&mut c));
            assert!(x.identical(&Dual::constant(plain)));
            assert!(y.identical(&Dual::constant(Dual::constant(plain))));
        }
        let (plain, x): (f32, HyperDual<f32, 2>) = (distribution.sample(&mut a), distribution.sample(&mut b));
        assert!(x.identical(&HyperDual::constant(plain)));
    }
    check(StandardUniform);
    check(Open01);
    check(OpenClosed01);
}

#[test]
fn ranges_have_the_errors_of_rand() {
    let [one, two, nan, max] = [1.0, 2.0, f64::NAN, f64::MAX].map(D::constant);
    assert_eq!(Uniform::new(two, one).unwrap_err(), Error::EmptyRange);
    assert_eq!(Uniform::new(one, one).unwrap_err(), Error::EmptyRange);
    assert!(Uniform::new_inclusive(one, one).is_ok());
    assert!(Uniform::new(nan, one).is_err());
    assert_eq!(Uniform::new(-max, max).unwrap_err(), Error::NonFinite);
}

/// The implementations don't stand in the way of type inference elsewhere.
#[test]
fn types_are_inferred_as_without() {
    fn takes(x: f64) -> bool {
        (0.0..2.0).contains(&x)
    }
    let mut rng = Key::new(1).rng();
    let x = rng.random();
    assert!(takes(x));
    let (x, [y, z]) = rng.random();
    assert!(takes(x) && takes(y) && takes(z));
    let x = rng.random_range(0.0..2.0);
    assert!(takes(x));
    let x = rng.random_range(D::constant(0.0)..D::constant(2.0));
    assert!(takes(x.re));
}
