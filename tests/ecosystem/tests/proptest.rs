//! `proptest` has a generator of its own, which takes its bytes or its seed from a key.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tangents::random::{Key, bits};

/// A runner whose generator is seeded by the key.
fn runner(key: Key) -> TestRunner {
    let seed: [u8; 32] = bits(key);
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

#[test]
fn a_key_makes_the_cases_repeatable() {
    let strategy = (0..1000_i32, prop::collection::vec(-1.0..1.0_f64, 1..20), any::<Option<String>>());
    let values = |key| {
        let mut runner = runner(key);
        [(); 20].map(|()| strategy.new_tree(&mut runner).unwrap().current())
    };
    assert_eq!(values(Key::new(1)), values(Key::new(1)));
    assert_ne!(values(Key::new(1)), values(Key::new(2)));
}

#[test]
fn a_property_is_run_and_a_false_one_refuted_with_its_smallest_case() {
    let is_sorted_when_sorted = |mut items: Vec<u8>| {
        items.sort_unstable();
        prop_assert!(items.is_sorted());
        Ok(())
    };
    runner(Key::new(5)).run(&any::<Vec<u8>>(), is_sorted_when_sorted).unwrap();

    let is_below_100 = |x| {
        prop_assert!(x < 100);
        Ok(())
    };
    let error = runner(Key::new(6)).run(&(0..10_000_u32), is_below_100).unwrap_err();
    assert!(error.to_string().contains("minimal failing input: 100"), "{error}");
}

/// The generator that passes bytes through, given those of a stream. It is made for one case: after the last byte all
/// are zero.
#[test]
fn the_bytes_of_a_stream_are_passed_through() {
    let (key, mut bytes) = (Key::new(137), [0; 1024]);
    key.rng().fill_bytes(&mut bytes);
    let mut rng = TestRng::from_seed(RngAlgorithm::PassThrough, &bytes);
    let numbers: [u64; 12] = bits(key);
    assert_eq!(numbers[..10], [(); 10].map(|()| rng.next_u64()));

    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let values = prop::array::uniform2(any::<u64>()).new_tree(&mut runner).unwrap().current();
    assert_eq!(values, numbers[10..]);
}
