//! The strategies for proptest give what they say.

#![cfg(feature = "proptest")]

use proptest::num::f64::ANY;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};
use tangents::interop::proptest::{array_point, decided, dual, ordinary, vec_point};
use tangents::random::{Key, Layout, Threefry4x64};
use tangents::{CheckOptions, Dual, check_grads};

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
    let options = CheckOptions::first_order();
    let corner = decided(check_grads(|x| x[0].abs(), &[0.0], options));
    assert!(matches!(corner, Err(TestCaseError::Reject(_))), "{corner:?}");
    let wrong = decided(check_grads(|x| x[0].chain(x[0].re.exp(), -x[0].re.exp()), &[0.5_f64], options));
    assert!(matches!(wrong, Err(TestCaseError::Fail(_))), "{wrong:?}");
}
