//! The strategies for proptest give what they say.

use proptest::num::f64::ANY;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};
use tangents::check::CheckOptions;
use tangents::interop::proptest::{
    array_point, decided, dual, hyper_dual, ordinary, power_series, vec_point,
};
use tangents::random::{Key, Layout, Threefry4x64};
use tangents::{Dual, HyperDual, Taylor, check_grads};

/// A hundred values of a strategy.
fn values<T: std::fmt::Debug>(strategy: &impl Strategy<Value = T>) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..100).map(|_| strategy.new_tree(&mut runner).expect("a value").current()).collect()
}

#[test]
fn any_dual_is_finite_in_every_component_and_has_lanes_of_its_own() {
    let duals = values(&any::<Dual<Dual<f64, 2>, 1>>());
    assert!(duals.iter().filter(|x| x.re.eps[0] != x.re.eps[1]).count() > 50);
    for x in duals {
        let [lane] = x.eps;
        assert!([x.re.re, lane.re].iter().chain(&x.re.eps).chain(&lane.eps).all(|c| c.is_finite()), "{x:?}");
    }
}

#[test]
fn a_dual_may_have_any_bits() {
    let components: Vec<f64> =
        values(&dual::<f64, 3>(ANY, ANY)).iter().flat_map(|x| [x.re, x.eps[0], x.eps[1], x.eps[2]]).collect();
    assert!(components.iter().any(|c| c.is_nan()) && components.iter().any(|c| c.is_infinite()));
}

/// That all components are finite, and any two of them mostly differ (0 is a frequent value).
fn expect_finite_and_independent<const N: usize>(of_each: impl Iterator<Item = [f64; N]>) {
    let of_each: Vec<_> = of_each.collect();
    assert!(of_each.as_flattened().iter().all(|c| c.is_finite()));
    for (i, j) in (0..N).flat_map(|j| (0..j).map(move |i| (i, j))) {
        let differing = of_each.iter().filter(|components| components[i] != components[j]).count();
        assert!(differing > 50, "components {i} and {j} differ {differing} times");
    }
}

#[test]
fn any_number_of_higher_order_is_finite_in_every_component_and_each_is_its_own() {
    let hyper = values(&any::<HyperDual<f64, 3>>());
    assert!(hyper.iter().all(|x| x.second(2, 0) == x.second(0, 2)));
    expect_finite_and_independent(hyper.iter().map(|x| {
        let ([a, b, c], [[aa, ab, ac], [_, bb, bc], [_, _, cc]]) = (x.gradient, x.hessian());
        [x.re, a, b, c, aa, ab, ac, bb, bc, cc]
    }));

    let series = values(&any::<Taylor<f64, 4>>());
    expect_finite_and_independent(series.iter().map(|x| [0, 1, 2, 3, 4].map(|k| x.coefficient(k))));

    let nested = values(&any::<HyperDual<Taylor<Dual<f64, 1>, 1>, 1>>());
    expect_finite_and_independent(nested.iter().map(|x| {
        let of = |x: Taylor<Dual<f64, 1>, 1>| (x.re, x.coefficients[0]);
        let ((a, b), (c, d), (e, f)) = (of(x.re), of(x.gradient[0]), of(x.second(0, 0)));
        [a.re, a.eps[0], b.re, b.eps[0], c.re, c.eps[0], d.re, d.eps[0], e.re, e.eps[0], f.re, f.eps[0]]
    }));
}

#[test]
fn components_come_from_the_strategies_of_their_kind() {
    for x in values(&hyper_dual::<f64, 4>(Just(1.0), Just(2.0), 3.0..4.0)) {
        assert_eq!((x.re, x.gradient), (1.0, [2.0; 4]));
        assert!(x.hessian().as_flattened().iter().all(|h| (3.0..4.0).contains(h)));
    }
    for x in values(&power_series::<f64, 4>(Just(1.0), 2.0..3.0)) {
        assert!(x.re == 1.0 && x.coefficients.iter().all(|c| (2.0..3.0).contains(c)));
    }
    let second: Vec<f64> =
        values(&hyper_dual::<f64, 2>(ANY, ANY, ANY)).iter().map(|x| x.second(1, 0)).collect();
    assert!(second.iter().any(|c| c.is_nan()) && second.iter().any(|c| c.is_infinite()));
}

#[test]
fn keys_come_in_both_layouts() {
    let keys = values(&any::<Key>());
    for layout in [Layout::Partitionable, Layout::Original] {
        assert!(keys.iter().filter(|key| key.layout() == layout).count() > 20);
    }
    let wide = values(&any::<Key<Threefry4x64>>());
    assert_ne!(wide[0], wide[1]);
}

#[test]
fn points_have_the_dimension_that_is_asked_for() {
    for x in values(&vec_point(ordinary::<f32>(), 2..5)) {
        assert!((2..5).contains(&x.len()) && x.iter().all(|x| x.abs() <= 1000.0));
    }
    let points = values(&array_point::<f64, 3>(ordinary()));
    assert!(
        points.iter().flatten().any(|&x| x == x.round()) && points.iter().flatten().any(|x| x.abs() < 0.1)
    );
}

#[test]
fn an_undecided_check_rejects_and_a_mismatch_fails() {
    let options = CheckOptions::first_order().strict();
    let outside = decided(check_grads(|x| x[0].ln(), &[-1.0], options));
    assert!(matches!(outside, Err(TestCaseError::Reject(_))), "{outside:?}");
    let wrong = decided(check_grads(|x| x[0].chain(x[0].re.exp(), -x[0].re.exp()), &[0.5_f64], options));
    assert!(matches!(wrong, Err(TestCaseError::Fail(_))), "{wrong:?}");
}
