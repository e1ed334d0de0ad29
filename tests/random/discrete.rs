//! Random truth values, integers, choices, orders and counts are those of `jax.random`, bit for bit; and what holds of
//! them whatever the key.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::RangeInclusive;

use crate::golden::{Pattern, assert_is, cases, len, seeded, shape};
use serde_json::Value;
use tangents::random::{
    Bernoulli, Binomial, Categorical, Choice, Distribution, Elements, Error, Geometric, Integer, Key, Layout,
    Mode, Multinomial, Poisson, Rademacher, Sample, Sign, UniformInt, UnitFloat, WeightedChoice, choice,
    permutation, rademacher, randint, shuffle, shuffle_axis, weighted_choice,
};

const MORE: &str = "jax/more.json";

#[test]
fn randint_equals_jax_at_each_type_range_shape_and_layout() {
    assert_eq!(check_file("jax/randint.json"), BTreeMap::from([("randint".to_owned(), 752)]));
}

#[test]
fn discrete_distributions_equal_jax_at_each_precision_shape_and_layout() {
    let counts = check_file("jax/discrete.json");
    assert_eq!(counts.values().sum::<usize>(), 496, "{counts:?}");
}

#[test]
fn discrete_distributions_equal_jax_at_other_seeds_shapes_and_parameters() {
    let counts = check_file(MORE);
    let least = [
        ("bernoulli", 128),
        ("binomial", 88),
        ("categorical", 96),
        ("choice", 150),
        ("geometric", 48),
        ("multinomial", 16),
        ("permutation", 60),
        ("poisson", 68),
        ("rademacher", 16),
        ("randint", 200),
    ];
    for (name, least) in least {
        assert!(counts.get(name).is_some_and(|&n| n >= least), "{name}: {counts:?}");
    }
}

/// Checks the cases of a file that are discrete, and counts them by function.
fn check_file(file: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for case in &cases(file) {
        let checked = match case["fn"].as_str().unwrap() {
            "randint" => check_randint(case),
            "bernoulli" => check_bernoulli(case),
            "rademacher" => check_rademacher(case),
            "permutation" => check_permutation(case),
            "choice" => check_choice(case),
            "categorical" => check_categorical(case),
            "poisson" => check_poisson(case),
            "binomial" => check_binomial(case),
            "geometric" => check_geometric(case),
            "multinomial" => check_multinomial(case),
            _ => false,
        };
        if checked {
            *counts.entry(case["fn"].as_str().unwrap().to_owned()).or_insert(0) += 1;
        }
    }
    counts
}

fn number(x: &Value) -> f64 {
    x.as_f64().unwrap_or_else(|| x.as_str().unwrap_or_else(|| panic!("{x} is no number")).parse().unwrap())
}

fn floats<F: UnitFloat>(x: &Value) -> Vec<F> {
    let float = |x| F::lit(number(x));
    x.as_array().map_or_else(|| vec![float(x)], |list| list.iter().map(float).collect())
}

fn size(x: &Value) -> usize {
    x.as_u64().unwrap().try_into().unwrap()
}

fn x64(case: &Value) -> bool {
    case["x64"] == true
}

/// Checks a distribution whose elements come in a type of their own.
fn check<T: Sample<Element = T> + Pattern>(case: &Value, distribution: &impl Distribution<T>) -> bool {
    let key = seeded(case);
    assert_is(case, &distribution.sample_vec::<T>(key, len(case)));
    match shape(case)[..] {
        [] => assert_is(case, &[distribution.sample::<T>(key)]),
        [3, 5] => assert_is(case, distribution.sample::<[[T; 5]; 3]>(key).as_flattened()),
        [2, 3] => assert_is(case, distribution.sample::<[[T; 3]; 2]>(key).as_flattened()),
        _ => {}
    }
    true
}

fn check_randint(case: &Value) -> bool {
    fn check_as<I: Integer + Pattern + TryFrom<i128> + Into<i128>>(case: &Value) -> bool {
        let bound = |name: &str| {
            let bound = &case["params"][name];
            bound.as_i64().map(i128::from).or(bound.as_u64().map(i128::from)).unwrap_or_else(|| {
                bound.to_string().parse().unwrap_or_else(|_| panic!("{bound} is no integer"))
            })
        };
        let (min, max) = (I::min_value().into(), I::max_value().into());
        // As JAX clips them.
        let low = bound("minval").clamp(min, max);
        let high = bound("maxval").clamp(min, max + 1);
        let integer = |x: i128| I::try_from(x).ok().unwrap();
        if low >= high {
            if high <= max {
                assert_eq!(UniformInt::new(integer(low)..integer(high)).err(), Some(Error::EmptyRange));
            }
            return true;
        }
        let distribution = UniformInt::new(integer(low)..=integer(high - 1)).unwrap();
        if high == max + 1 {
            assert!(UniformInt::new(integer(low)..) == Ok(distribution));
        } else {
            assert!(UniformInt::new(integer(low)..integer(high)) == Ok(distribution));
        }
        check(case, &distribution)
    }
    match case["dtype"].as_str().unwrap() {
        "int8" => check_as::<i8>(case),
        "uint8" => check_as::<u8>(case),
        "int16" => check_as::<i16>(case),
        "uint16" => check_as::<u16>(case),
        "int32" => check_as::<i32>(case),
        "uint32" => check_as::<u32>(case),
        "int64" => check_as::<i64>(case),
        "uint64" => check_as::<u64>(case),
        other => panic!("no such integer: {other}"),
    }
}

fn check_bernoulli(case: &Value) -> bool {
    fn check_as<F: UnitFloat>(case: &Value) -> bool {
        let mode = if case["params"]["mode"] == "high" { Mode::High } else { Mode::Low };
        let bernoulli = Bernoulli::new(F::lit(number(&case["params"]["p"]))).unwrap().with_mode(mode);
        let sample: Vec<bool> = bernoulli.sample_vec(seeded(case), len(case));
        assert_is(case, &sample.iter().map(|&x| u8::from(x)).collect::<Vec<_>>());
        true
    }
    match case["params"]["p_dtype"].as_str().unwrap() {
        "float32" => check_as::<f32>(case),
        "float64" => check_as::<f64>(case),
        other => panic!("no such float: {other}"),
    }
}

fn check_rademacher(case: &Value) -> bool {
    fn check_as<S: Sign + Pattern>(case: &Value) -> bool {
        check::<S>(case, &Rademacher)
    }
    match case["dtype"].as_str().unwrap() {
        "int32" => check_as::<i32>(case),
        "int64" => check_as::<i64>(case),
        other => panic!("no such sign: {other}"),
    }
}

/// Asserts that indices are those of the case, whatever its integer type.
fn assert_indices(case: &Value, indices: &[usize]) {
    match case["dtype"].as_str().unwrap() {
        "int32" => assert_is(case, &indices.iter().map(|&i| i32::try_from(i).unwrap()).collect::<Vec<_>>()),
        "int64" => assert_is(case, &indices.iter().map(|&i| i64::try_from(i).unwrap()).collect::<Vec<_>>()),
        other => panic!("no such index: {other}"),
    }
}

fn check_permutation(case: &Value) -> bool {
    let params = &case["params"];
    if params["x"].is_u64() {
        assert_indices(case, &permutation(seeded(case), size(&params["x"])));
        return true;
    }
    let shape: Vec<usize> = shape(case).iter().map(|&n| n.try_into().unwrap()).collect();
    let mut x: Vec<usize> = (0..len(case)).collect();
    let independent = params["independent"].as_bool().unwrap();
    shuffle_axis(seeded(case), &mut x, &shape, size(&params["axis"]), independent).unwrap();
    assert_indices(case, &x);
    true
}

fn check_choice(case: &Value) -> bool {
    fn weighted<F: UnitFloat>(case: &Value) -> bool {
        let weights = floats::<F>(&case["params"]["p"]);
        let choice = WeightedChoice::<Vec<F>, F>::new(weights.clone()).unwrap();
        let replace = case["params"]["replace"] == true;
        let indices: Vec<usize> = if replace {
            choice.sample_vec(seeded(case), len(case))
        } else {
            choice.sample_without_replacement(seeded(case), len(case)).unwrap()
        };
        assert_indices(case, &indices);
        let items: Vec<usize> = (0..weights.len()).collect();
        let chosen = weighted_choice(seeded(case), &items, &weights, len(case), replace).unwrap();
        assert!(chosen.into_iter().eq(&indices));
        true
    }
    let params = &case["params"];
    let n = size(&params["a"]);
    let items: Vec<usize> = (0..n).collect();
    match (params["p"].is_null(), params["replace"] == true) {
        (false, _) if x64(case) => weighted::<f64>(case),
        (false, _) => weighted::<f32>(case),
        (true, true) if x64(case) => check(case, &Choice::new(i64::try_from(n).unwrap()).unwrap()),
        (true, true) => {
            assert_indices(case, &copied(choice(seeded(case), &items, len(case), true)));
            check(case, &Choice::new(i32::try_from(n).unwrap()).unwrap())
        }
        (true, false) => {
            let indices =
                Choice::new(n).unwrap().sample_without_replacement(seeded(case), len(case)).unwrap();
            assert_indices(case, &indices);
            assert_eq!(copied(choice(seeded(case), &items, len(case), false)), indices);
            true
        }
    }
}

fn copied(chosen: Result<Vec<&usize>, Error>) -> Vec<usize> {
    chosen.unwrap().into_iter().copied().collect()
}

fn check_categorical(case: &Value) -> bool {
    fn check_as<F: UnitFloat>(case: &Value) -> bool {
        let params = &case["params"];
        let mode = if params["mode"] == "high" { Mode::High } else { Mode::Low };
        let categorical =
            |logits: &Value| Categorical::<Vec<F>, F>::new(floats(logits)).unwrap().with_mode(mode);
        let (key, n) = (seeded(case), len(case));
        if params["axis"].is_null() {
            let categorical = categorical(&params["logits"]);
            let indices = if params["replace"] == true {
                // Drawn one by one too.
                let indices: Vec<usize> = categorical.sample_vec(key, n);
                let elements = Distribution::<usize>::elements(&categorical, key, n as u64);
                assert!((0..).map(|i| elements.at(i)).take(n).eq(indices.iter().copied()));
                indices
            } else {
                categorical.sample_without_replacement(key, n).unwrap()
            };
            assert_indices(case, &indices);
            return true;
        }
        if params["axis"] == -1 && params["replace"] == true {
            // Each row of logits for elements of its own.
            let rows: Vec<_> = params["logits"].as_array().unwrap().iter().map(categorical).collect();
            let element =
                |i: usize| Distribution::<usize>::elements(&rows[i % rows.len()], key, n as u64).at(i as u64);
            assert_indices(case, &(0..n).map(element).collect::<Vec<_>>());
            return true;
        }
        false // Another axis, or several draws without replacement at once, isn't offered.
    }
    if x64(case) { check_as::<f64>(case) } else { check_as::<f32>(case) }
}

/// Checks a distribution of counts in the type of the case, and in others.
fn check_counts<D>(case: &Value, distribution: &D) -> bool
where
    D: Distribution<i32> + Distribution<i64> + Distribution<f32> + Distribution<f64> + Distribution<u16>,
{
    let narrow: Vec<u16> = distribution.sample_vec(seeded(case), len(case));
    let wide: Vec<i64> = distribution.sample_vec(seeded(case), len(case));
    assert!(narrow.iter().map(|&k| i64::from(k)).eq(wide.iter().copied()));
    match case["dtype"].as_str().unwrap() {
        "int32" => check::<i32>(case, distribution),
        "int64" => check::<i64>(case, distribution),
        "float32" => check::<f32>(case, distribution),
        "float64" => check::<f64>(case, distribution),
        other => panic!("no such count: {other}"),
    }
}

fn check_poisson(case: &Value) -> bool {
    let rates = floats::<f64>(&case["params"]["lam"]);
    #[expect(clippy::cast_possible_truncation, reason = "as JAX does")]
    let single: Vec<f32> = rates.iter().map(|&rate| rate as f32).collect();
    check_counts(case, &Poisson::new(single).unwrap());
    check_counts(case, &Poisson::new(&rates[..]).unwrap());
    if let [rate] = rates[..] {
        check_counts(case, &Poisson::new(rate).unwrap());
    }
    true
}

fn check_binomial(case: &Value) -> bool {
    fn check_as<F: UnitFloat + tangents::random::Parameter<Float = F>>(case: &Value) -> bool {
        let (n, p) = (floats::<F>(&case["params"]["n"]), floats::<F>(&case["params"]["p"]));
        if let ([n], [p]) = (&n[..], &p[..]) {
            check_counts(case, &Binomial::new(*n, *p).unwrap());
        }
        check_counts(case, &Binomial::new(n, p).unwrap())
    }
    if x64(case) { check_as::<f64>(case) } else { check_as::<f32>(case) }
}

fn check_geometric(case: &Value) -> bool {
    let p = number(&case["params"]["p"]);
    match case["params"]["p_dtype"].as_str().unwrap() {
        #[expect(clippy::cast_possible_truncation, reason = "as JAX does")]
        "float32" => check_counts(case, &Geometric::new(p as f32).unwrap()),
        "float64" => check_counts(case, &Geometric::new(p).unwrap()),
        other => panic!("no such float: {other}"),
    }
}

fn check_multinomial(case: &Value) -> bool {
    fn check_as<F: UnitFloat>(case: &Value) -> bool {
        let n = F::lit(number(&case["params"]["n"]));
        check_counts(case, &Multinomial::new(n, floats::<F>(&case["params"]["p"])).unwrap())
    }
    if x64(case) { check_as::<f64>(case) } else { check_as::<f32>(case) }
}

// What holds whatever the key.

const LAYOUTS: [Layout; 2] = [Layout::Partitionable, Layout::Original];

/// Keys in both layouts.
fn keys() -> impl Iterator<Item = Key> {
    LAYOUTS.into_iter().flat_map(|layout| (0..3).map(move |seed| Key::new(seed).with_layout(layout)))
}

#[test]
fn integers_stay_in_their_range_and_reach_its_ends() {
    fn reaches<I: Integer + Debug>(low: I, high: I) {
        for key in keys() {
            let sample: Vec<I> = UniformInt::new(low..=high).unwrap().sample_vec(key, 2000);
            assert_eq!(sample.iter().min(), Some(&low));
            assert_eq!(sample.iter().max(), Some(&high));
        }
    }
    reaches(-3_i8, 3);
    reaches(i8::MIN, i8::MAX);
    reaches(250_u8, 255);
    reaches(i16::MAX - 1, i16::MAX);
    reaches(-1_i32, 1);
    reaches(u32::MAX - 9, u32::MAX);
    reaches(i64::MIN, i64::MIN + 4);
    reaches(u64::MAX, u64::MAX);
    reaches(isize::MIN, isize::MIN);
    reaches(0_usize, 1);
}

#[test]
fn all_forms_of_a_range_are_read() {
    use std::ops::Bound::{Excluded, Included, Unbounded};
    let tens = UniformInt::new(0..10).unwrap();
    assert_eq!(UniformInt::new(0..=9), Ok(tens));
    assert_eq!(UniformInt::new((Excluded(-1), Included(9))), Ok(tens));
    assert_eq!(UniformInt::new(5..), UniformInt::new(5..=i32::MAX));
    assert_eq!(UniformInt::new(..5_u8), UniformInt::new(0..5));
    assert_eq!(UniformInt::<i64>::new(..), UniformInt::new(i64::MIN..=i64::MAX));
    let empty = Err(Error::EmptyRange);
    assert_eq!(UniformInt::new(5..5), empty);
    assert_eq!(UniformInt::new(RangeInclusive::new(5, 4)), empty);
    assert_eq!(UniformInt::new(..u8::MIN), Err(Error::EmptyRange));
    assert_eq!(UniformInt::new((Excluded(i8::MAX), Unbounded)), Err(Error::EmptyRange));
    assert_eq!(randint::<[i32; 3]>(Key::new(0), ..i32::MIN), Err(Error::EmptyRange));
}

#[test]
fn pointer_sized_integers_are_drawn_as_64_bit_ones() {
    for key in keys() {
        let narrow: [usize; 40] = randint(key, 3..1000).unwrap();
        let wide: [u64; 40] = randint(key, 3..1000).unwrap();
        assert_eq!(narrow.map(|n| n as u64), wide);
        let narrow: [isize; 40] = randint(key, -30..1000).unwrap();
        let wide: [i64; 40] = randint(key, -30..1000).unwrap();
        assert_eq!(narrow.map(|n| n as i64), wide);
    }
}

#[test]
fn signs_of_one_width_agree() {
    for key in keys() {
        let integers: [i32; 100] = rademacher(key);
        assert_eq!(rademacher::<[i8; 100]>(key).map(i32::from), integers);
        assert_eq!(rademacher::<[f32; 100]>(key), integers.map(|x| if x == 1 { 1.0 } else { -1.0 }));
        assert!(integers.iter().all(|x| x.abs() == 1));
        let integers: [i64; 100] = rademacher(key);
        assert_eq!(rademacher::<[f64; 100]>(key), integers.map(|x| if x == 1 { 1.0 } else { -1.0 }));
    }
}

#[test]
fn certain_and_impossible_are_certain_and_impossible() {
    for (key, mode) in keys().zip([Mode::Low, Mode::High].into_iter().cycle()) {
        let never = Bernoulli::new(0.0_f32).unwrap().with_mode(mode);
        assert_eq!(never.sample::<[bool; 1000]>(key), [false; 1000]);
        let always = Bernoulli::new(1.0_f64).unwrap().with_mode(mode);
        assert_eq!(always.sample::<[bool; 1000]>(key), [true; 1000]);
    }
}

#[test]
fn a_probability_of_minus_zero_is_zero() {
    // With as many trials as a float can count, it must not be tried one by one that there is no success.
    for key in keys() {
        let never = Binomial::new(f64::MAX, -0.0_f64).unwrap();
        assert_eq!(never.sample::<[f64; 3]>(key), [0.0; 3]);
        assert_eq!(Binomial::new(10.0_f32, -0.0_f32).unwrap().sample::<f32>(key), 0.0);
    }
}

#[test]
fn a_permutation_has_each_number_once() {
    for (key, n) in keys().zip([0, 1, 2, 30, 1625, 1626, 5000].into_iter().cycle()) {
        let mut order = permutation(key, n);
        order.sort_unstable();
        assert!(order.into_iter().eq(0..n));
    }
}

#[test]
fn shuffling_needs_nothing_of_the_items() {
    struct Item(usize);
    for key in keys() {
        let mut items: Vec<Item> = (0..50).map(Item).collect();
        shuffle(key, &mut items);
        assert!(items.iter().map(|item| item.0).eq(permutation(key, 50)));
    }
}

#[test]
fn slices_along_an_axis_keep_together_unless_independent() {
    let key = Key::new(1);
    let shape = [3, 20, 2];
    let numbered: Vec<[usize; 3]> = (0..120).map(|i| [i / 40, i / 2 % 20, i % 2]).collect();

    let mut x = numbered.clone();
    shuffle_axis(key, &mut x, &shape, 1, false).unwrap();
    let order = permutation(key, 20);
    for (i, &[a, b, c]) in x.iter().enumerate() {
        assert_eq!([a, b, c], [i / 40, order[i / 2 % 20], i % 2]);
    }

    let mut x = numbered.clone();
    shuffle_axis(key, &mut x, &shape, 1, true).unwrap();
    let line = |first: usize| (0..20).map(|j| x[first + 2 * j][1]).collect::<Vec<_>>();
    assert_ne!(line(0), line(1));
    for (i, [a, _, c]) in x.iter().enumerate() {
        assert_eq!([*a, *c], [i / 40, i % 2]);
    }
    for first in [0, 1, 40, 41, 80, 81] {
        let mut places = line(first);
        places.sort_unstable();
        assert!(places.into_iter().eq(0..20));
    }
}

#[test]
fn a_wrong_shape_is_refused_before_anything_is_moved() {
    let key = Key::new(0);
    let before: Vec<u8> = (0..12).collect();
    let mut x = before.clone();
    for independent in [false, true] {
        let mut refused =
            |shape: &[usize], axis| shuffle_axis(key, &mut x, shape, axis, independent).unwrap_err();
        assert_eq!(refused(&[3, 4], 2), Error::Axis { axis: 2, axes: 2 });
        assert_eq!(refused(&[], 0), Error::Axis { axis: 0, axes: 0 });
        assert!(matches!(refused(&[3, 5], 0), Error::Length { expected: 15, found: 12, .. }));
        assert!(matches!(refused(&[usize::MAX, 3], 0), Error::Length { found: 12, .. }));
        assert!(matches!(refused(&[usize::MAX, 3, 0], 0), Error::Length { expected: 0, found: 12, .. }));
    }
    assert_eq!(x, before);
    assert_eq!(shuffle_axis::<u8>(key, &mut [], &[0, 7], 1, true), Ok(()));
}

#[test]
fn nothing_is_chosen_twice_without_replacement() {
    fn distinct(mut indices: Vec<usize>, n: usize) {
        let draws = indices.len();
        indices.sort_unstable();
        indices.dedup();
        assert_eq!(indices.len(), draws);
        assert!(indices.iter().all(|&i| i < n));
    }
    let weights: Vec<f32> = (1..=40_u8).map(f32::from).collect();
    let categorical = Categorical::new(&weights[..]).unwrap();
    let weighted = WeightedChoice::new(weights.clone()).unwrap();
    for key in keys() {
        for draws in [0, 1, 7, 40] {
            distinct(Choice::new(40).unwrap().sample_without_replacement(key, draws).unwrap(), 40);
            distinct(weighted.sample_without_replacement(key, draws).unwrap(), 40);
            distinct(categorical.sample_without_replacement(key, draws).unwrap(), 40);
        }
        let error = Error::TooManyDraws { draws: 41, items: 40 };
        assert_eq!(Choice::new(40).unwrap().sample_without_replacement(key, 41), Err(error));
        assert_eq!(weighted.sample_without_replacement(key, 41), Err(error));
        assert_eq!(categorical.sample_without_replacement(key, 41), Err(error));
        assert_eq!(choice(key, &[0; 40], 41, false), Err(error));
        assert_eq!(weighted_choice(key, &[0; 40], &weights, 41, false), Err(error));
    }
}

#[test]
fn what_has_no_weight_is_never_chosen_before_the_rest() {
    let weights = [0.0, 2.0, 0.0, 0.0, 1.0, 0.0];
    let weighted = WeightedChoice::new(weights).unwrap();
    let categorical = Categorical::new(weights.map(f64::ln)).unwrap();
    for key in keys() {
        assert!(weighted.sample::<[u8; 500]>(key).iter().all(|i| [1, 4].contains(i)));
        assert!(categorical.sample::<[u8; 500]>(key).iter().all(|i| [1, 4].contains(i)));
        for indices in
            [weighted.sample_without_replacement(key, 6), categorical.sample_without_replacement(key, 6)]
        {
            let indices = indices.unwrap();
            assert!(indices[..2] == [1, 4] || indices[..2] == [4, 1]);
            assert_eq!(indices[2..], [0, 2, 3, 5]);
        }
    }
}

#[test]
#[should_panic(expected = "the index type should hold the largest index")]
fn an_index_type_that_is_too_narrow_panics_at_once() {
    let _: u8 = Categorical::new(vec![0.0_f32; 257]).unwrap().sample(Key::new(0));
}

#[test]
fn counts_lie_in_their_range() {
    for key in keys() {
        for (n, p) in [(7.0, 0.3), (60.0, 0.5), (60.0, 0.99), (2.0, 1.0)] {
            let sample: [i32; 300] = Binomial::new(n, p).unwrap().sample(key);
            assert!(sample.iter().all(|&k| k >= 0 && f64::from(k) <= n));
        }
        assert_eq!(Binomial::new(9.0, 1.0).unwrap().sample::<[u8; 50]>(key), [9; 50]);
        assert_eq!(Binomial::new(9.0, 0.0).unwrap().sample::<[u8; 50]>(key), [0; 50]);
        assert_eq!(Poisson::new(0.0).unwrap().sample::<[u8; 50]>(key), [0; 50]);
        assert_eq!(Geometric::new(1.0).unwrap().sample::<[u8; 50]>(key), [1; 50]);
        let votes: [[u32; 4]; 50] = Multinomial::new(80.0, [0.1, 0.0, 3.0, 1.5]).unwrap().sample(key);
        assert!(votes.iter().all(|counts| counts[1] == 0 && counts.iter().sum::<u32>() == 80));
    }
}

#[test]
fn a_count_too_large_for_its_type_is_the_largest_of_the_type() {
    let key = Key::new(0);
    assert_eq!(Poisson::new(1e6).unwrap().sample::<[u8; 4]>(key), [u8::MAX; 4]);
    assert_eq!(Poisson::new(1e12).unwrap().sample::<[i32; 4]>(key), [i32::MAX; 4]);
    assert_eq!(Geometric::new(1e-30).unwrap().sample::<[i64; 4]>(key), [i64::MAX; 4]);
    assert_eq!(Binomial::new(1e9, 0.5).unwrap().sample::<[i16; 4]>(key), [i16::MAX; 4]);
}

#[test]
fn a_sample_drawn_in_pieces_is_the_sample_drawn_whole() {
    fn check<T: Sample<Element = T> + PartialEq + Default + Debug>(distribution: &impl Distribution<T>) {
        for key in keys() {
            let whole: Vec<T> = distribution.sample_vec(key, 701);
            let elements = distribution.elements(key, 701);
            let mut pieces = vec![T::default(); 701];
            let (beginning, end) = pieces.split_at_mut(307);
            distribution.fill_piece(key, 701, 307, end);
            distribution.fill_piece(key, 701, 0, beginning);
            assert_eq!(pieces, whole);
            for i in [0, 1, 127, 128, 511, 512, 700] {
                assert_eq!(elements.at(i), whole[usize::try_from(i).unwrap()]);
            }
        }
    }
    check::<i8>(&UniformInt::new(-7..7).unwrap());
    check::<i32>(&UniformInt::new(-70_000..700).unwrap());
    check::<u32>(&UniformInt::new(..).unwrap());
    check::<u64>(&UniformInt::new(5..1 << 40).unwrap());
    check::<u64>(&UniformInt::new(5..10).unwrap());
    check::<bool>(&Bernoulli::new(0.3_f32).unwrap());
    check::<bool>(&Bernoulli::new(0.3).unwrap().with_mode(Mode::High));
    check::<i64>(&Rademacher);
    check::<u16>(&Categorical::new([0.3_f32, 0.2, 1.0, -5.0, 0.0]).unwrap());
    check::<u16>(&Categorical::new([0.3, 0.2, 1.0]).unwrap().with_mode(Mode::High));
    check::<u16>(&WeightedChoice::new([0.3, 0.2, 1.0]).unwrap());
    check::<i64>(&Choice::new(12).unwrap());
    check::<i32>(&Poisson::new(3.0).unwrap());
    check::<i32>(&Poisson::new([30.0_f32, 3.0, 500.0]).unwrap());
    check::<f32>(&Binomial::new(100.0_f32, 0.4_f32).unwrap());
    check::<u8>(&Binomial::new([10.0, 100.0], 0.4).unwrap());
    check::<u8>(&Geometric::new(0.4).unwrap());
    check::<u8>(&Multinomial::new(100.0, [0.4, 0.1, 0.3]).unwrap());
}

#[test]
fn samples_without_elements_are_drawn() {
    for key in keys() {
        assert!(Poisson::new(100.0).unwrap().sample::<[i32; 0]>(key).is_empty());
        assert!(Binomial::new(100.0, 0.5).unwrap().sample::<[i32; 0]>(key).is_empty());
        assert!(Multinomial::new(100.0, [0.5]).unwrap().sample::<[i32; 0]>(key).is_empty());
        assert!(choice(key, &['x'], 0, false).unwrap().is_empty());
    }
}

#[test]
fn bad_parameters_are_refused_before_anything_is_drawn() {
    let (nan, infinity) = (f64::NAN, f64::INFINITY);
    for bad in [nan, infinity, -infinity, -0.1, 1.1] {
        assert_eq!(Bernoulli::new(bad), Err(Error::Probability));
        assert_eq!(Geometric::new(bad), Err(Error::Probability));
        assert_eq!(Binomial::new(10.0, bad), Err(Error::Probability));
        assert_eq!(Binomial::new(10.0, [0.5, bad]).err(), Some(Error::Probability));
    }
    assert_eq!(Geometric::new(0.0), Err(Error::NonPositive { parameter: "probability p" }));
    for bad in [nan, infinity, -infinity, -0.1] {
        assert_eq!(Poisson::new(bad), Err(Error::Negative { parameter: "rate" }));
        assert_eq!(Poisson::new([1.0, bad]).err(), Some(Error::Negative { parameter: "rate" }));
        assert_eq!(Binomial::new(bad, 0.5), Err(Error::Negative { parameter: "number of trials" }));
        assert_eq!(
            Multinomial::new(bad, [0.5]).err(),
            Some(Error::Negative { parameter: "number of trials" })
        );
        assert_eq!(Multinomial::new(1.0, [0.5, bad]).err(), Some(Error::Weights));
        assert_eq!(WeightedChoice::new([0.5, bad]).err(), Some(Error::Weights));
        assert_eq!(weighted_choice(Key::new(0), &[1, 2], &[0.5, bad], 1, true), Err(Error::Weights));
    }
    // In f32, in which the count is drawn, it is infinite.
    assert_eq!(Poisson::new(1e300), Err(Error::Negative { parameter: "rate" }));
    for bad in [nan, infinity] {
        assert_eq!(Categorical::new([0.0, bad]).err(), Some(Error::NonFinite { parameter: "logit" }));
    }
    assert_eq!(Categorical::new([-infinity; 3]).err(), Some(Error::Weights));
    for none in [[0.0; 2], [f64::MAX; 2], [-0.0, f64::from_bits(1)]] {
        assert_eq!(WeightedChoice::new(none).err(), Some(Error::Weights));
        assert_eq!(Multinomial::new(1.0, none).err(), Some(Error::Weights));
    }
    assert_eq!(Categorical::<[f32; 0], _>::new([]).err(), Some(Error::Empty));
    assert_eq!(WeightedChoice::<[f32; 0], _>::new([]).err(), Some(Error::Empty));
    assert_eq!(Multinomial::<f32, [f32; 0]>::new(1.0, []).err(), Some(Error::Empty));
    assert_eq!(Poisson::<[f32; 0]>::new([]).err(), Some(Error::Empty));
    assert_eq!(Binomial::<f32, [f32; 0]>::new(1.0, []).err(), Some(Error::Empty));
    for none in [0, -3] {
        assert_eq!(Choice::new(none), Err(Error::Empty));
    }
    assert_eq!(choice::<u8>(Key::new(0), &[], 1, true), Err(Error::Empty));
    let error = Binomial::new([1.0; 3], [0.5; 2]).err();
    assert!(matches!(error, Some(Error::Length { expected: 3, found: 2, .. })));
    let error = weighted_choice(Key::new(0), &[1, 2, 3], &[0.5; 2], 1, true);
    assert!(matches!(error, Err(Error::Length { expected: 3, found: 2, .. })));
}
