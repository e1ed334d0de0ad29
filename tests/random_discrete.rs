//! Random truth values, integers, choices, orders and counts are those of `jax.random`, bit for bit; and what holds of
//! them whatever the key.

#![cfg(feature = "alloc")]

mod golden;

use std::collections::BTreeMap;

use golden::{Pattern, assert_is, cases, len, seeded, shape};
use serde_json::Value;
use tangents::random::{
    Bernoulli, Binomial, Categorical, Choice, Distribution, Elements, Error, Geometric, Integer, Key, Mode,
    Multinomial, Poisson, Rademacher, Sample, Sign, UniformInt, UnitFloat, WeightedChoice, choice,
    permutation, shuffle, shuffle_axis, weighted_choice,
};

const MORE: &str = include_str!("data/jax/more.json");

#[test]
fn randint_equals_jax_at_each_type_range_shape_and_layout() {
    assert_eq!(
        check_file(include_str!("data/jax/randint.json")),
        BTreeMap::from([("randint".to_owned(), 752)])
    );
}

#[test]
fn discrete_distributions_equal_jax_at_each_precision_shape_and_layout() {
    let counts = check_file(include_str!("data/jax/discrete.json"));
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

#[test]
fn a_permutation_is_one_and_a_shuffle_permutes() {
    for n in [0, 1, 2, 7, 100, 2000] {
        for seed in 0..5 {
            let key = Key::new(seed);
            let mut indices = permutation(key, n);
            let mut items: Vec<_> = (0..n).map(|i| 10 * i).collect();
            shuffle(key, &mut items);
            assert_eq!(items, indices.iter().map(|i| 10 * i).collect::<Vec<_>>());
            indices.sort_unstable();
            assert_eq!(indices, (0..n).collect::<Vec<_>>());
        }
    }
}

#[test]
fn a_choice_without_replacement_has_no_repeats() {
    for seed in 0..50 {
        let key = Key::new(seed);
        let even = Choice::new(10).unwrap().sample_without_replacement(key, 7).unwrap();
        let weighted: Vec<usize> = WeightedChoice::new([0.5_f64, 1.0, 2.0, 0.1])
            .unwrap()
            .sample_without_replacement(key, 3)
            .unwrap();
        let logits: Vec<usize> =
            Categorical::new([0.5_f32, -1.0, 2.0, 0.1]).unwrap().sample_without_replacement(key, 4).unwrap();
        for mut indices in [even, weighted, logits] {
            let n = indices.len();
            indices.sort_unstable();
            indices.dedup();
            assert_eq!(indices.len(), n);
        }
    }
}

#[test]
fn bad_parameters_are_typed_errors_and_leave_buffers_alone() {
    let nan = f64::NAN;
    assert_eq!(UniformInt::new(3..3), Err(Error::EmptyRange));
    let (low, high) = (4, 3);
    assert_eq!(UniformInt::new(low..=high), Err(Error::EmptyRange));
    assert_eq!(UniformInt::new(..i8::MIN), Err(Error::EmptyRange));
    for p in [-0.1, 1.1, nan] {
        assert_eq!(Bernoulli::new(p), Err(Error::Probability));
        assert!(Geometric::new(p).is_err() && Binomial::new(3.0, p).is_err());
    }
    for bad in [-1.0, nan, f64::INFINITY] {
        assert!(Poisson::new(bad).is_err() && Binomial::new(bad, 0.5).is_err());
        assert_eq!(WeightedChoice::new([1.0, bad]), Err(Error::Weights));
    }
    assert_eq!(WeightedChoice::new([0.0_f64; 3]), Err(Error::Weights));
    assert_eq!(WeightedChoice::<[f64; 0], _>::new([]), Err(Error::Empty));
    assert!(Categorical::new([nan, 0.0]).is_err());
    assert!(Categorical::new([f64::NEG_INFINITY; 2]).is_err());
    assert!(Multinomial::new(-1.0, [0.5, 0.5]).is_err());
    let key = Key::new(0);
    let several = Error::TooManyDraws { draws: 5, items: 3 };
    assert_eq!(Choice::new(3).unwrap().sample_without_replacement(key, 5), Err(several));
    let mut matrix = [1, 2, 3, 4, 5, 6];
    assert!(shuffle_axis(key, &mut matrix, &[2, 3], 2, false).is_err());
    assert!(shuffle_axis(key, &mut matrix, &[2, 4], 0, false).is_err());
    assert_eq!(matrix, [1, 2, 3, 4, 5, 6]);
}
