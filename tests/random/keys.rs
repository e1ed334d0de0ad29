//! `random` is `jax.random`, bit for bit; and what holds of its samples whatever the key.
//!
//! `data/jax/README.md` says where the golden values come from.

use std::collections::HashSet;
use std::fmt::Debug;

use serde_json::Value;
use tangents::random::{
    Bits, Distribution, Elements, Error, Key, Layout, StandardUniform, Uniform, UnitFloat, Word, bits,
    threefry2x32, threefry2x32_hash, uniform, uniform_fill,
};

use crate::golden::{Pattern, assert_is, cases, len, pair, seeded, shape, words};

const KEYS: &str = "jax/keys.json";

const LAYOUTS: [(Layout, &str); 2] = [(Layout::Partitionable, "partitionable"), (Layout::Original, "legacy")];

// The block function.

#[test]
fn threefry_gives_the_known_answers_of_random123() {
    let cases = cases("jax/random123_kat.json");
    for case in cases.iter().filter(|case| case["n"] == 2 && case["w"] == 32) {
        assert_eq!(threefry2x32(pair(&case["key"]), pair(&case["ctr"])), pair(&case["out"]));
    }
}

#[test]
fn the_hash_of_an_array_equals_jax_at_even_and_odd_lengths() {
    for case in cases("jax/threefry2x32_hash.json") {
        let mut counts = words(&case["count"]);
        threefry2x32_hash(pair(&case["key"]), &mut counts);
        assert_eq!(counts, words(&case["out"]), "{} counters", counts.len());
    }
}

// Keys.

#[test]
fn a_seed_gives_the_key_of_jax_in_both_integer_modes() {
    for case in cases(KEYS) {
        assert_eq!(seeded(&case).data(), pair(&case["key"]), "seed {}", case["seed"]);
    }
}

#[cfg(feature = "alloc")]
#[test]
fn split_into_any_number_equals_jax_in_both_layouts() {
    for case in cases(KEYS) {
        for (layout, name) in LAYOUTS {
            let key = seeded(&case).with_layout(layout);
            for (n, keys) in case["split"][name].as_object().unwrap() {
                let expected: Vec<_> = keys.as_array().unwrap().iter().map(pair).collect();
                assert_eq!(data(&key.split_vec(n.parse().unwrap())), expected);
            }
        }
    }
}

#[test]
fn split_into_an_array_equals_jax_in_both_layouts() {
    fn check<const K: usize>(key: Key, expected: &Value) {
        let expected: Vec<_> = expected[K.to_string()].as_array().unwrap().iter().map(pair).collect();
        assert_eq!(data(&key.split::<K>()), expected);
    }
    for case in cases(KEYS) {
        for (layout, name) in LAYOUTS {
            let key = seeded(&case).with_layout(layout);
            let expected = &case["split"][name];
            check::<1>(key, expected);
            check::<2>(key, expected);
            check::<3>(key, expected);
            check::<5>(key, expected);
            check::<10>(key, expected);
        }
    }
}

#[cfg(feature = "alloc")]
#[test]
fn keys_of_extreme_seeds_equal_jax() {
    for case in cases("jax/more_keys.json") {
        assert_eq!(seeded(&case).data(), pair(&case["key"]), "seed {}", case["seed"]);
        for (layout, name) in LAYOUTS {
            let key = seeded(&case).with_layout(layout);
            for (n, keys) in case["split"][name].as_object().unwrap() {
                let expected: Vec<_> = keys.as_array().unwrap().iter().map(pair).collect();
                assert_eq!(data(&key.split_vec(n.parse().unwrap())), expected);
            }
            for (number, expected) in case["fold_in"][name].as_object().unwrap() {
                assert_eq!(key.fold_in(number.parse().unwrap()).data(), pair(expected), "fold_in({number})");
            }
        }
    }
}

#[test]
fn split_into_a_shape_is_the_split_into_its_product_row_major() {
    for case in cases(KEYS) {
        for (layout, name) in LAYOUTS {
            let keys = seeded(&case).with_layout(layout).split::<6>();
            let expected = words(&case["split_shape"][name]["2x3"]);
            assert_eq!(data(&keys).as_flattened(), expected);
        }
    }
}

#[test]
fn fold_in_equals_jax_in_both_layouts() {
    for case in cases(KEYS) {
        for (layout, name) in LAYOUTS {
            let key = seeded(&case).with_layout(layout);
            for (number, expected) in case["fold_in"][name].as_object().unwrap() {
                let folded = key.fold_in(number.parse().unwrap());
                assert_eq!(folded.data(), pair(expected), "fold_in({number})");
            }
        }
    }
}

#[test]
fn a_key_carried_through_a_loop_equals_jax_at_each_step() {
    for case in cases(KEYS) {
        for (layout, name) in LAYOUTS {
            let mut key = seeded(&case).with_layout(layout);
            for step in case["chain"][name].as_array().unwrap() {
                let subkey;
                [key, subkey] = key.split();
                assert_eq!(key.data(), pair(&step["key"]));
                assert_eq!(subkey.data(), pair(&step["subkey"]));
            }
        }
    }
}

#[test]
fn a_partitionable_split_is_fold_in_of_the_index_and_independent_of_the_number() {
    let key = Key::new(137);
    let keys = key.split::<33>();
    for (&child, i) in keys.iter().zip(0..) {
        assert_eq!(child, key.fold_in(i));
    }
    assert_eq!(key.split::<7>(), keys[..7]);
}

#[test]
fn an_original_split_depends_on_the_number() {
    let key = Key::new(137).with_layout(Layout::Original);
    assert_ne!(key.split::<2>()[0], key.split::<3>()[0]);
}

#[test]
fn derived_keys_inherit_the_layout() {
    for (layout, _) in LAYOUTS {
        let key = Key::new(0).with_layout(layout);
        let [k1, k2] = key.split();
        for derived in [k1, k2, key.fold_in(3)] {
            assert_eq!(derived.layout(), layout);
        }
    }
}

#[test]
fn keys_are_equal_if_words_and_layout_are() {
    let key = Key::new(42);
    let original = key.with_layout(Layout::Original);
    assert_eq!(key.data(), original.data());
    assert_ne!(key, original);
    assert_eq!(key, original.with_layout(Layout::Partitionable));
    assert_eq!(HashSet::from([key, original, Key::from_data([0, 42])]).len(), 2);
}

#[test]
fn a_key_is_shown_as_numpy_shows_its_words() {
    assert_eq!(Key::new(0).to_string(), "[0 0]");
    assert_eq!(Key::new(137).to_string(), "[  0 137]");
    assert_eq!(Key::new_x64(-137).to_string(), "[4294967295 4294967159]");
}

// Bits.

#[test]
fn bits_equal_jax_at_each_width_shape_and_layout() {
    fn check<W: Word + Pattern + Default>(case: &Value) {
        let mut sample = vec![W::default(); len(case)];
        Bits.fill(seeded(case), &mut sample);
        assert_is(case, &sample);
        match shape(case)[..] {
            [] => assert_is(case, &[bits::<W>(seeded(case))]),
            [3, 5] => assert_is(case, bits::<[[W; 5]; 3]>(seeded(case)).as_flattened()),
            [20, 10] => assert_is(case, bits::<[[W; 10]; 20]>(seeded(case)).as_flattened()),
            _ => {}
        }
    }
    for case in cases("jax/bits.json") {
        match case["dtype"].as_str().unwrap() {
            "uint8" => check::<u8>(&case),
            "uint16" => check::<u16>(&case),
            "uint32" => check::<u32>(&case),
            "uint64" => check::<u64>(&case),
            other => panic!("no such width: {other}"),
        }
    }
}

// Uniform floats.

#[test]
fn uniform_equals_jax_at_each_precision_shape_range_and_layout() {
    for case in cases("jax/uniform.json") {
        check_uniform(&case);
    }
}

#[test]
fn uniform_equals_jax_where_numbers_are_subnormal_or_few() {
    for case in cases("jax/uniform_edges.json") {
        check_uniform(&case);
    }
}

fn check_uniform(case: &Value) {
    fn check<T: UnitFloat + Pattern>(case: &Value) {
        if case["low"].is_null() {
            check_distribution::<T>(case, &StandardUniform);
        } else {
            let (low, high) = (T::from_hex(&case["low"]), T::from_hex(&case["high"]));
            check_distribution::<T>(case, &Uniform::new(low..high).unwrap());
        }
    }
    fn check_distribution<T: UnitFloat + Pattern>(case: &Value, distribution: &impl Distribution<T>) {
        let key = seeded(case);
        let mut sample = vec![T::nan(); len(case)];
        distribution.fill(key, &mut sample);
        assert_is(case, &sample);
        match shape(case)[..] {
            [] => assert_is(case, &[distribution.sample::<T>(key)]),
            [3, 5] => assert_is(case, distribution.sample::<[[T; 5]; 3]>(key).as_flattened()),
            [20, 10] => assert_is(case, distribution.sample::<[[T; 10]; 20]>(key).as_flattened()),
            _ => {}
        }
    }
    match case["dtype"].as_str().unwrap() {
        "float32" => check::<f32>(case),
        "float64" => check::<f64>(case),
        other => panic!("no such precision: {other}"),
    }
}

#[test]
fn the_notebook_draws_the_numbers_of_jax_in_both_layouts() {
    for case in cases("jax/notebook.json") {
        let [key1, key2] = seeded(&case).split();
        assert_eq!(key1.data(), pair(&case["key1"]));
        assert_eq!(key2.data(), pair(&case["key2"]));

        let input: [f32; 10] = uniform(key1);
        assert_eq!(input.map(f32::to_bits), words(&case["input"])[..]);

        let trans_matrix: [[f32; 10]; 20] = uniform(key2);
        for (row, expected) in trans_matrix.iter().zip(case["trans_matrix"].as_array().unwrap()) {
            assert_eq!(row.map(f32::to_bits), words(expected)[..]);
        }
    }
}

#[test]
fn uniform_lies_in_the_half_open_unit_interval() {
    for (layout, _) in LAYOUTS {
        for seed in 0..20 {
            let [k32, k64] = Key::new(seed).with_layout(layout).split();
            assert!(uniform::<[f32; 1000]>(k32).iter().all(|x| (0.0..1.0).contains(x)));
            assert!(uniform::<[f64; 1000]>(k64).iter().all(|x| (0.0..1.0).contains(x)));
        }
    }
}

#[test]
fn uniform_on_a_range_stays_in_it() {
    for (low, high) in [(-1.0, 1.0), (1e-3, 1e3), (-7.5, -7.25), (0.0, f64::MAX)] {
        let range = low..high;
        let sample: [f64; 1000] = Uniform::new(range.clone()).unwrap().sample(Key::new(1));
        assert!(sample.iter().all(|x| range.contains(x)), "{range:?}");
    }
}

#[test]
fn uniform_on_0_to_1_is_the_standard_uniform() {
    let key = Key::new(7);
    let unit = Uniform::new(0.0..1.0).unwrap();
    assert_eq!(unit.sample::<[f64; 100]>(key), uniform::<[f64; 100]>(key));
    let unit = Uniform::new(0.0..1.0).unwrap();
    assert_eq!(unit.sample::<[f32; 100]>(key), uniform::<[f32; 100]>(key));
}

#[test]
fn a_range_that_is_empty_or_not_finite_is_refused() {
    use Error::{EmptyRange, NonFiniteRange};
    fn refused<T: UnitFloat + Debug>(low: T, high: T, error: Error) {
        assert_eq!(Uniform::new(low..high).err(), Some(error), "{low:?}..{high:?}");
    }
    refused(1.0, 1.0, EmptyRange);
    refused(0.0, -0.0, EmptyRange);
    refused(1.0_f32, -1.0, EmptyRange);
    refused(f64::NAN, 1.0, NonFiniteRange);
    refused(0.0, f32::NAN, NonFiniteRange);
    refused(0.0, f64::INFINITY, NonFiniteRange);
    refused(f64::NEG_INFINITY, f64::INFINITY, NonFiniteRange);
    refused(f64::INFINITY, f64::INFINITY, NonFiniteRange);
    refused(f32::MIN, f32::MAX, NonFiniteRange);
}

// Every distribution.

#[test]
fn a_sample_filled_in_pieces_is_the_sample_filled_whole() {
    for (layout, _) in LAYOUTS {
        let key = Key::new(137).with_layout(layout);
        let whole: [f32; 101] = uniform(key);

        let elements = StandardUniform.elements(key, 101);
        let mut pieces = [0.0_f32; 101];
        let (beginning, end) = pieces.split_at_mut(40);
        // The end first: the order is free too.
        for (x, i) in end.iter_mut().zip(40..) {
            *x = elements.at(i);
        }
        for (x, i) in beginning.iter_mut().zip(0..) {
            *x = elements.at(i);
        }
        assert_eq!(pieces, whole);
    }
}

#[test]
fn a_partitionable_sample_is_the_beginning_of_any_longer_one() {
    fn check<W: Word + Pattern + Debug>() {
        let key = Key::new(42);
        let longer: [W; 64] = bits(key);
        assert_eq!(bits::<[W; 9]>(key), longer[..9]);
        assert_eq!(bits::<W>(key), longer[0]);
    }
    check::<u8>();
    check::<u16>();
    check::<u32>();
    check::<u64>();
}

#[test]
fn an_original_sample_depends_on_its_length() {
    let key = Key::new(42).with_layout(Layout::Original);
    assert_ne!(uniform::<[f32; 2]>(key)[0], uniform::<[f32; 3]>(key)[0]);
}

#[test]
fn a_slice_of_rows_is_filled_like_the_array_of_them() {
    for (layout, _) in LAYOUTS {
        let key = Key::new(3).with_layout(layout);
        let mut rows = [[0.0_f64; 4]; 6];
        uniform_fill(key, &mut rows[..]);
        assert_eq!(rows, uniform::<[[f64; 4]; 6]>(key));
    }
}

#[cfg(feature = "alloc")]
#[test]
fn a_vector_receives_the_elements_of_the_array() {
    for (layout, _) in LAYOUTS {
        let key = Key::new(3).with_layout(layout);
        let rows: Vec<[f32; 5]> = tangents::random::uniform_vec(key, 7);
        assert_eq!(rows, uniform::<[[f32; 5]; 7]>(key));
        let bytes: Vec<u8> = Bits.sample_vec(key, 7);
        assert_eq!(bytes, bits::<[u8; 7]>(key));
    }
}

#[test]
fn a_sample_without_elements_is_drawn() {
    for (layout, _) in LAYOUTS {
        let key = Key::new(0).with_layout(layout);
        assert_eq!(uniform::<[[f32; 0]; 4]>(key), [[0.0; 0]; 4]);
        assert!(bits::<[u64; 0]>(key).is_empty());
        uniform_fill::<f64>(key, &mut []);
        assert!(key.split::<0>().is_empty());
    }
}

fn data(keys: &[Key]) -> Vec<[u32; 2]> {
    keys.iter().map(|key| key.data()).collect()
}
