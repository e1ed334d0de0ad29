//! The discrete distributions, by χ².

use statistics::{Moments, assert_plausible, correlation, fits_counts, mean, real, variance};
use statrs::function::factorial::{factorial, ln_binomial, ln_factorial};
use tangents::random::{
    Bernoulli, Binomial, Categorical, Choice, Count, Distribution, Geometric, Integer, Key, Mode,
    Multinomial, Poisson, Rademacher, Sign, UniformInt, UnitFloat, WeightedChoice, choice, permutation,
    shuffle_axis, weighted_choice,
};

const N: usize = 100_000;

fn assert_fits(what: &str, sample: impl IntoIterator<Item = usize>, pmf: impl IntoIterator<Item = f64>) {
    assert_plausible(fits_counts(sample, pmf), what);
}

/// Equal probabilities.
fn even(cells: usize) -> Vec<f64> {
    vec![1.0 / real(cells); cells]
}

// ---- Integers ------------------------------------------------------------------------------------------------------

/// Checks numbers on a range, by their distance from its lower end.
fn check_range<I: Integer>(seed: i64, low: i64, n: usize) {
    let high = low + i64::try_from(n).unwrap() - 1;
    let range = UniformInt::new(I::from(low).unwrap()..=I::from(high).unwrap()).unwrap();
    let offsets = range.sample_vec::<I>(Key::new(seed), N).into_iter().map(|x| x.to_i64().unwrap() - low);
    let what = format!("{} in {low} … {high}", std::any::type_name::<I>());
    assert_fits(&what, offsets.map(|x| usize::try_from(x).unwrap()), even(n));
}

#[test]
fn integers_of_every_type_on_small_ranges() {
    macro_rules! check {
        ($($seed:literal $integer:ty)*) => {$(
            for (n, seed) in [2, 3, 6, 10, 64, 100, 127].into_iter().zip($seed..) {
                check_range::<$integer>(seed, 0, n);
            }
            check_range::<$integer>($seed + 7, 20, 77);
        )*};
    }
    check! { 10 i8 20 i16 30 i32 40 i64 50 isize 60 u8 70 u16 80 u32 90 u64 100 usize }
    macro_rules! check_signed {
        ($($seed:literal $integer:ty)*) => {$( check_range::<$integer>($seed, -100, 201); )*};
    }
    check_signed! { 110 i8 111 i16 112 i32 113 i64 114 isize }
}

#[test]
fn integers_on_whole_types_and_wide_ranges() {
    let bytes = UniformInt::new(..).unwrap().sample_vec::<u8>(Key::new(120), N);
    assert_fits("all bytes", bytes.into_iter().map(usize::from), even(256));
    let bytes = UniformInt::new(..).unwrap().sample_vec::<i8>(Key::new(121), N);
    assert_fits("all signed bytes", bytes.into_iter().map(|x| usize::from(x.cast_unsigned())), even(256));

    // By the leading bits, and by a remainder.
    let words = UniformInt::new(..).unwrap().sample_vec::<u16>(Key::new(122), N);
    assert_fits("all of 16 bits", words.iter().map(|x| usize::from(x >> 8)), even(256));
    let words = UniformInt::new(..).unwrap().sample_vec::<u32>(Key::new(123), N);
    assert_fits("all of 32 bits", words.iter().map(|x| (x >> 24) as usize), even(256));
    assert_fits("all of 32 bits, remainders", words.iter().map(|x| (x % 100) as usize), even(100));
    let words = UniformInt::new(..).unwrap().sample_vec::<u64>(Key::new(124), N);
    assert_fits("all of 64 bits", words.iter().map(|x| (x >> 56) as usize), even(256));
    assert_fits("all of 64 bits, remainders", words.iter().map(|x| (x % 100) as usize), even(100));

    // Above 2¹⁶ and 2³², where the arithmetic is another.
    let wide = UniformInt::new(0..700_000).unwrap().sample_vec::<i32>(Key::new(125), N);
    let wide = wide.into_iter().map(|x| usize::try_from(x).unwrap());
    assert_fits("700 000", wide.clone().map(|x| x / 7000), even(100));
    assert_fits("700 000, remainders", wide.map(|x| x % 100), even(100));
    let trillion = 1_000_000_000_000_usize;
    let wide = UniformInt::new(0..trillion).unwrap().sample_vec::<usize>(Key::new(126), N);
    assert_fits("10¹²", wide.iter().map(|x| x / (trillion / 100)), even(100));
    assert_fits("10¹², remainders", wide.iter().map(|x| x % 100), even(100));
}

/// As documented, and as in JAX: of a range of n > 2¹⁶ integers of 32 bits, a number is a random word mod n.
#[test]
fn the_least_third_of_three_quarters_of_all_words_is_twice_as_likely() {
    let words = UniformInt::new(0..3 << 30).unwrap().sample_vec::<u32>(Key::new(127), N);
    assert_fits("3·2³⁰", words.into_iter().map(|x| (x >> 30) as usize), [0.5, 0.25, 0.25]);
}

// ---- Coins ---------------------------------------------------------------------------------------------------------

fn check_bernoulli<F: UnitFloat>(seed: i64, p: f64) {
    for (mode, seed) in [Mode::Low, Mode::High].into_iter().zip(seed..) {
        let coin = Bernoulli::new(F::lit(p)).unwrap().with_mode(mode);
        let tosses = coin.sample_vec::<bool>(Key::new(seed), N);
        assert_fits(&format!("{mode:?}, p = {p}"), tosses.into_iter().map(usize::from), [1.0 - p, p]);
    }
}

#[test]
fn bernoulli_in_both_modes() {
    for (i, p) in (0..).zip([0.3, 0.5, 0.99, 0.001]) {
        check_bernoulli::<f32>(200 + 4 * i, p);
        check_bernoulli::<f64>(202 + 4 * i, p);
    }
    // Some 40 times in all, of a probability of some 40 times the spacing of the uniform numbers.
    let (p, n) = (5e-6, 1 << 23);
    #[expect(clippy::cast_possible_truncation, reason = "the precision that is tested")]
    let rare = Bernoulli::new(p as f32).unwrap().with_mode(Mode::High);
    let tosses = rare.sample_vec::<bool>(Key::new(220), n);
    assert_fits("rare", tosses.into_iter().map(usize::from), [1.0 - p, p]);
}

#[test]
fn never_and_always_are_exact() {
    for mode in [Mode::Low, Mode::High] {
        let [never, always] = [0.0, 1.0].map(|p| Bernoulli::new(p).unwrap().with_mode(mode));
        assert!(!never.sample_vec::<bool>(Key::new(230), N).contains(&true));
        assert!(!always.sample_vec::<bool>(Key::new(231), N).contains(&false));
    }
}

#[test]
fn rademacher() {
    fn check<S: Sign + PartialEq>(seed: i64) {
        let signs = Rademacher.sample_vec::<S>(Key::new(seed), N);
        let (plus, minus) = (S::sign(true), S::sign(false));
        assert!(signs.iter().all(|sign| [&plus, &minus].contains(&sign)));
        assert_fits("signs", signs.iter().map(|sign| usize::from(*sign == plus)), even(2));
    }
    check::<i8>(240);
    check::<i32>(241);
    check::<i64>(242);
    check::<f32>(243);
    check::<f64>(244);
}

// ---- Categories ----------------------------------------------------------------------------------------------------

/// The last can't occur.
const WEIGHTS: [f64; 6] = [0.1, 0.25, 0.02, 0.4, 0.23, 0.0];

fn logits<F: UnitFloat>() -> [F; 6] {
    WEIGHTS.map(|w| F::lit(w.ln() + 3.0))
}

#[test]
fn categorical_in_both_modes() {
    fn check<F: UnitFloat>(seed: i64) {
        for (mode, seed) in [Mode::Low, Mode::High].into_iter().zip(seed..) {
            let categories = Categorical::new(logits::<F>()).unwrap().with_mode(mode);
            let sample = categories.sample_vec::<usize>(Key::new(seed), N);
            assert_fits("categories", sample, WEIGHTS);
        }
    }
    check::<f32>(300);
    check::<f64>(302);
}

#[test]
fn choice_with_weights() {
    fn check<F: UnitFloat>(seed: i64) {
        let weights = WEIGHTS.map(|w| F::lit(30.0 * w));
        let sample = WeightedChoice::new(weights).unwrap().sample_vec::<usize>(Key::new(seed), N);
        assert_fits("six", sample, WEIGHTS);

        let many: Vec<f64> = (1..=300).map(f64::from).collect();
        let sum: f64 = many.iter().sum();
        let weights: Vec<F> = many.iter().map(|&w| F::lit(w)).collect();
        let sample = WeightedChoice::new(weights).unwrap().sample_vec::<u16>(Key::new(seed + 1), N);
        assert_fits("many", sample.into_iter().map(usize::from), many.iter().map(|w| w / sum));
    }
    check::<f32>(310);
    check::<f64>(312);

    let items = [0_usize, 1, 2, 3, 4, 5];
    let sample = weighted_choice(Key::new(314), &items, &WEIGHTS, N, true).unwrap();
    assert_fits("items", sample.into_iter().copied(), WEIGHTS);
}

#[test]
fn choice_without_weights() {
    let sample = Choice::new(20).unwrap().sample_vec::<i32>(Key::new(320), N);
    assert_fits("indices", sample.into_iter().map(|i| usize::try_from(i).unwrap()), even(20));
    let items: Vec<usize> = (0..20).collect();
    let sample = choice(Key::new(321), &items, N, true).unwrap();
    assert_fits("items", sample.into_iter().copied(), even(20));
}

/// Checks pairs of different indices, drawn one after the other.
fn check_pairs(what: &str, seed: i64, weights: &[f64], draw: impl Fn(Key) -> Vec<usize>) {
    let n = weights.len();
    let keys = Key::new(seed).split_vec(N / 4);
    let pairs = keys.into_iter().map(|key| {
        let [first, second] = draw(key).try_into().unwrap();
        n * first + second
    });
    // The second from those that are left.
    let pmf = (0..n * n).map(|pair| {
        let (first, second) = (weights[pair / n], weights[pair % n]);
        if pair / n == pair % n { 0.0 } else { first * second / (1.0 - first) }
    });
    assert_fits(what, pairs, pmf);
}

#[test]
fn pairs_without_replacement() {
    let weighted = WeightedChoice::new(WEIGHTS).unwrap();
    check_pairs("by weights", 330, &WEIGHTS, |key| weighted.sample_without_replacement(key, 2).unwrap());
    let categories = Categorical::new(logits::<f32>()).unwrap();
    check_pairs("by logits", 331, &WEIGHTS, |key| categories.sample_without_replacement(key, 2).unwrap());
    let lots = Choice::new(20_usize).unwrap();
    check_pairs("evenly", 332, &even(20), |key| lots.sample_without_replacement(key, 2).unwrap());
}

// ---- Orders --------------------------------------------------------------------------------------------------------

/// The number of an order among all n! orders, by its Lehmer code.
fn rank(order: &[usize]) -> usize {
    let n = order.len();
    (0..n)
        .fold(0, |rank, i| rank * (n - i) + order[i + 1..].iter().filter(|&&later| later < order[i]).count())
}

#[test]
fn all_orders_are_equally_likely() {
    for (seed, n, orders) in [(400, 2, 2), (401, 3, 6), (402, 4, 24), (403, 6, 720)] {
        let keys = Key::new(seed).split_vec(N / 2);
        assert_fits("order", keys.into_iter().map(|key| rank(&permutation(key, n))), even(orders));
    }
}

#[test]
fn an_element_comes_to_stand_anywhere_and_as_many_stay_as_should() {
    let n = 52;
    let keys = Key::new(410).split_vec(N / 2);
    let orders: Vec<Vec<usize>> = keys.into_iter().map(|key| permutation(key, n)).collect();
    for element in [0, 17, n - 1] {
        let places = orders.iter().map(|order| order.iter().position(|&x| x == element).unwrap());
        assert_fits("place", places, even(n));
    }
    // Montmort: k of many stay in place with probability 1/(e·k!), but for an error of 1/(n − k)!.
    let stay = orders.iter().map(|order| order.iter().enumerate().filter(|(i, x)| i == *x).count());
    assert_fits("fixed points", stay, (0..8).map(|k| (-1.0_f64).exp() / factorial(k)));
}

#[test]
fn a_long_order_has_nothing_to_do_with_the_natural_one() {
    // Sorted twice.
    let order = permutation(Key::new(420), N);
    let sigma = ((real(N) * real(N) - 1.0) / 12.0).sqrt();
    let standard = |x: usize| (real(x) - (real(N) - 1.0) / 2.0) / sigma;
    let values = || order.iter().map(|&x| standard(x));
    assert_plausible(correlation(values(), (0..N).map(standard)), "with the place");
    assert_plausible(correlation(values(), values().skip(1)), "with the next");
}

#[test]
fn columns_that_are_shuffled_independently_have_all_orders() {
    let columns = N / 2;
    let mut x: Vec<usize> = (0..3 * columns).map(|i| i / columns).collect();
    shuffle_axis(Key::new(430), &mut x, &[3, columns], 0, true).unwrap();
    let ranks: Vec<usize> = (0..columns).map(|j| rank(&[0, 1, 2].map(|i| x[i * columns + j]))).collect();
    assert_fits("order", ranks.iter().copied(), even(6));
    let neighbours = ranks.chunks_exact(2).map(|pair| 6 * pair[0] + pair[1]);
    assert_fits("orders of neighbours", neighbours, even(36));
}

// ---- Counts --------------------------------------------------------------------------------------------------------

/// The probabilities of 0 … k − 1 from their logarithms.
fn exp_of(ln_pmf: impl Fn(usize) -> f64, k: usize) -> impl Iterator<Item = f64> {
    (0..k).map(ln_pmf).map(f64::exp)
}

/// Checks counts against the probabilities of 0, 1, … and against mean and variance.
fn check_counts(what: &str, counts: &[usize], pmf: impl Iterator<Item = f64>, moments: Moments) {
    assert_fits(what, counts.iter().copied(), pmf);
    let numbers: Vec<f64> = counts.iter().map(|&k| real(k)).collect();
    assert_plausible(mean(&numbers, moments), &format!("{what}: mean"));
    assert_plausible(variance(&numbers, moments), &format!("{what}: variance"));
}

fn ln_poisson_pmf(rate: f64) -> impl Fn(usize) -> f64 {
    move |k| real(k) * rate.ln() - rate - ln_factorial(k as u64)
}

#[test]
fn poisson_by_waiting_and_by_rejection() {
    for (seed, rate) in (500..).zip([0.5, 3.3, 9.99, 10.0, 42.0, 1000.0]) {
        let moments = Moments { mean: rate, variance: rate, fourth: rate + 3.0 * rate * rate };
        let counts = Poisson::new(rate).unwrap().sample_vec::<usize>(Key::new(seed), N);
        check_counts(&format!("Poisson {rate}"), &counts, exp_of(ln_poisson_pmf(rate), 2000), moments);
    }
    let rates = [0.0, 0.5, 20.0];
    let days = Poisson::new(rates).unwrap().sample_vec::<[usize; 3]>(Key::new(510), N);
    assert!(days.iter().all(|day| day[0] == 0));
    for (i, rate) in [(1, 0.5), (2, 20.0)] {
        assert_fits("one of several rates", days.iter().map(|day| day[i]), exp_of(ln_poisson_pmf(rate), 100));
    }
}

fn ln_binomial_pmf(n: usize, p: f64) -> impl Fn(usize) -> f64 {
    move |k| ln_binomial(n as u64, k as u64) + real(k) * p.ln() + real(n - k) * (-p).ln_1p()
}

fn binomial_moments(n: usize, p: f64) -> Moments {
    let variance = real(n) * p * (1.0 - p);
    let fourth = 3.0 * variance * variance + variance * (1.0 - 6.0 * p * (1.0 - p));
    Moments { mean: real(n) * p, variance, fourth }
}

#[test]
fn binomial_by_distances_and_by_rejection() {
    fn check<F: UnitFloat>(seed: i64) {
        let cases = [(1, 0.3), (12, 0.35), (100, 0.9), (100, 0.5), (1000, 0.02), (25, 0.45), (10_000, 0.7)];
        for (seed, (n, p)) in (seed..).zip(cases) {
            let distribution = Binomial::new([F::lit(real(n))], [F::lit(p)]).unwrap();
            let counts = distribution.sample_vec::<usize>(Key::new(seed), N);
            assert!(counts.iter().all(|&k| k <= n));
            let pmf = exp_of(ln_binomial_pmf(n, p), n + 1);
            check_counts(&format!("binomial {n}, {p}"), &counts, pmf, binomial_moments(n, p));
        }
    }
    check::<f32>(520);
    check::<f64>(530);
}

#[test]
fn geometric() {
    fn check<F: UnitFloat>(seed: i64) {
        for (seed, p) in (seed..).zip([0.02, 0.3, 0.5, 0.95]) {
            let tosses = Geometric::new(F::lit(p)).unwrap().sample_vec::<usize>(Key::new(seed), N);
            let failures: Vec<usize> = tosses.iter().map(|&toss| toss - 1).collect();
            let pmf = (0..1000).map(|k| p * (1.0 - p).powi(k));
            let variance = (1.0 - p) / (p * p);
            let moments = Moments {
                mean: (1.0 - p) / p,
                variance,
                fourth: variance * variance * (9.0 + p * p / (1.0 - p)),
            };
            check_counts(&format!("geometric {p}"), &failures, pmf, moments);
        }
    }
    check::<f32>(540);
    check::<f64>(550);
}

#[test]
fn counts_in_every_type_are_the_same() {
    fn check<C: Count + PartialEq>(expected: &[C]) {
        let counts = Poisson::new(3.3).unwrap().sample_vec::<C>(Key::new(501), N);
        assert!(counts == expected);
    }
    let counts = Poisson::new(3.3).unwrap().sample_vec::<u8>(Key::new(501), N);
    check(&counts.iter().map(|&k| i32::from(k)).collect::<Vec<_>>());
    check(&counts.iter().map(|&k| f64::from(k)).collect::<Vec<_>>());
}

#[test]
fn multinomial() {
    fn check<F: UnitFloat>(seed: i64) {
        let p = [0.2, 0.5, 0.3];
        let weights = p.map(|p| F::lit(10.0 * p));
        let several =
            Multinomial::new(F::lit(3.0), weights).unwrap().sample_vec::<[usize; 3]>(Key::new(seed), N);
        // All ten ways to divide three.
        let ways: Vec<[usize; 3]> =
            (0..=3).flat_map(|a| (0..=3 - a).map(move |b| [a, b, 3 - a - b])).collect();
        let probabilities = ways.iter().map(|way| {
            let terms =
                way.iter().zip(p).map(|(&k, p)| p.powi(i32::try_from(k).unwrap()) / factorial(k as u64));
            6.0 * terms.product::<f64>()
        });
        let indices = several.iter().map(|counts| ways.iter().position(|way| way == counts).unwrap());
        assert_fits("ways", indices, probabilities);

        let n = 200;
        let many = Multinomial::new(F::lit(real(n)), weights).unwrap();
        let many = many.sample_vec::<[usize; 3]>(Key::new(seed + 1), N);
        assert!(many.iter().all(|counts| counts.iter().sum::<usize>() == n));
        for (i, &p) in p.iter().enumerate() {
            let counts: Vec<usize> = many.iter().map(|counts| counts[i]).collect();
            let pmf = exp_of(ln_binomial_pmf(n, p), n + 1);
            check_counts("one of three", &counts, pmf, binomial_moments(n, p));
        }
        // Of the others, each falls into the last with its share.
        let shares = many.iter().filter(|counts| counts[0] == 40).map(|counts| counts[2]);
        assert_fits("share", shares, exp_of(ln_binomial_pmf(160, 0.375), 161));
    }
    check::<f32>(560);
    check::<f64>(570);
}
