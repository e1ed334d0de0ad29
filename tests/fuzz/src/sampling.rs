//! The distributions with any parameters, keys, orders and streams.

use tangents::Dual;
use tangents::random::{
    Ball, Bernoulli, Beta, Binomial, Bits, Categorical, Cauchy, ChiSquare, Choice, Count, Dirichlet,
    Distribution, DoubleSidedMaxwell, Elements, Error, Exponential, FisherF, Gamma, GeneralizedNormal,
    Generator, Geometric, Gumbel, Integer, Key, Laplace, LocationScale, LogGamma, LogNormal, Logistic,
    Maxwell, Mode, Multinomial, MultivariateNormal, Normal, Orthogonal, Parameter, Pareto, Poisson,
    Rademacher, Rayleigh, Sample, Sign, StandardUniform, StudentT, Threefry4x64, Triangular, TruncatedNormal,
    Uniform, UniformInt, UnitFloat, Variate, Wald, Weibull, WeightedChoice, choice, permutation, randint,
    shuffle, shuffle_axis, weighted_choice,
};

use crate::common::{Number, same};
use crate::cursor::Cursor;

/// The longest sample.
const LONGEST: usize = 8;

/// Either an error that says what is wrong, or a sample: of the type's range, the same drawn whole, one by one and in
/// pieces, and with dual parameters the same in value.
pub fn sampling(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    let other = cursor.flag();
    let key = cursor.key();
    if other {
        let [low, high] = key.data().map(u64::from);
        with_key(
            Key::from_generator(Threefry4x64::from_data([low, high, high << 32, low << 16])),
            &mut cursor,
        );
    } else {
        with_key(key, &mut cursor);
    }
}

fn with_key<G: Generator>(key: Key<G>, cursor: &mut Cursor) {
    let len = cursor.below(LONGEST + 1);
    match cursor.below(12) {
        0..=3 => {
            continuous_of::<f64, 2, G>(key, len, cursor);
        }
        4..=5 => {
            continuous_of::<f32, 1, G>(key, len, cursor);
        }
        6 => counts::<f64, G>(key, len, cursor),
        7 => counts::<f32, G>(key, len, cursor),
        8 => indices::<f64, G>(key, len, cursor),
        9 => integers(key, len, cursor),
        10 => orders(key, cursor),
        _ => stream(key, cursor),
    }
}

/// Which distribution, and its parameters; those of vectors have several numbers in place of each.
struct Parameters<T> {
    which: usize,
    mode: Mode,
    x: Vec<T>,
    shape: [usize; 2],
}

impl<T> Parameters<T> {
    fn map<S>(&self, f: impl FnMut(&T) -> S) -> Parameters<S> {
        let Self { which, mode, ref x, shape } = *self;
        Parameters { which, mode, x: x.iter().map(f).collect(), shape }
    }
}

fn continuous_of<F, const N: usize, G: Generator>(key: Key<G>, len: usize, cursor: &mut Cursor)
where
    F: Variate + Number,
{
    let which = cursor.below(29);
    let mode = if cursor.flag() { Mode::High } else { Mode::Low };
    let shape = [cursor.below(4), cursor.below(4)];
    let dual: Parameters<Dual<F, N>> = Parameters { which, mode, x: cursor.numbers(24), shape };
    let plain = dual.map(|x| x.re);
    match (continuous(&plain, key, len), continuous(&dual, key, len)) {
        (Ok(plain), Ok(dual)) => {
            for (x, d) in plain.iter().zip(&dual) {
                assert!(same(*x, d.re), "distribution {which} gives {x:?}, of dual parameters {d:?}");
            }
        }
        (Err(plain), Err(dual)) => assert_eq!(plain, dual),
        (plain, dual) => panic!("distribution {which} gives {plain:?}, of dual parameters {dual:?}"),
    }
}

fn continuous<T, G>(parameters: &Parameters<T>, key: Key<G>, len: usize) -> Result<Vec<T>, Error>
where
    T: Variate + Number,
    G: Generator,
{
    let Parameters { which, mode, ref x, shape: [rows, columns] } = *parameters;
    let [a, b, c] = [x[0], x[1], x[2]];
    let vector = || x[3..3 + columns].to_vec();
    match which {
        0 => {
            let x = draw(Uniform::new(a..b), key, len)?;
            // The upper bound by rounding alone; and as in XLA, a subnormal number is zero.
            let within = |x: T| (a <= x && x <= b) || (x.is_zero() && (a.is_subnormal() || b.is_subnormal()));
            assert!(x.iter().all(|&x| within(x)), "{x:?} of {a:?}..{b:?}");
            Ok(x)
        }
        1 => draw(Normal::new(a, b), key, len),
        2 => draw(LocationScale::with(StandardUniform, a, b), key, len),
        3 => draw(LocationScale::with(Exponential, a, b), key, len),
        4 => draw(LocationScale::with(Gumbel::default().with_mode(mode), a, b), key, len),
        5 => draw(LocationScale::with(Laplace, a, b), key, len),
        6 => draw(LocationScale::with(Logistic, a, b), key, len),
        7 => draw(LocationScale::with(Cauchy, a, b), key, len),
        8 => draw(LocationScale::with(Maxwell, a, b), key, len),
        9 => draw(LocationScale::with(DoubleSidedMaxwell, a, b), key, len),
        10 => draw(Gamma::new(a), key, len),
        11 => draw(LogGamma::new(a), key, len),
        12 => draw(Beta::new(a, b), key, len),
        13 => draw(ChiSquare::new(a), key, len),
        14 => draw(StudentT::new(a), key, len),
        15 => draw(FisherF::new(a, b), key, len),
        16 => draw(GeneralizedNormal::new(a), key, len),
        17 => draw(TruncatedNormal::new(a, b), key, len),
        18 => draw(LogNormal::new(a), key, len),
        19 => draw(Rayleigh::new(a), key, len),
        20 => draw(Weibull::new(a, b), key, len),
        21 => draw(Pareto::new(a), key, len),
        22 => draw(Triangular::new(a, b, c), key, len),
        23 => draw(Wald::new(a), key, len),
        24 => draw(Dirichlet::new(vector()), key, len),
        25 => draw(Ball::new(vector(), a), key, len),
        26 => {
            let covariance: Vec<Vec<T>> = (0..rows).map(|i| x[6 + i * 4..][..columns].to_vec()).collect();
            draw(MultivariateNormal::new(vector(), covariance), key, len)
        }
        27 => {
            // A covariance that is diagonal, and so may be positive definite.
            let row = |i| (0..columns).map(|j| if i == j { x[6 + i] } else { T::zero() }).collect();
            let covariance: Vec<Vec<T>> = (0..columns).map(row).collect();
            draw(MultivariateNormal::new(vector(), covariance), key, len)
        }
        _ => draw(Orthogonal::rectangular(rows, columns), key, len),
    }
}

/// A sample, drawn whole, one by one, and its second half as a piece.
fn draw<T, D, G>(distribution: Result<D, Error>, key: Key<G>, len: usize) -> Result<Vec<T>, Error>
where
    T: Number + Sample<Element = T>,
    D: Distribution<T>,
    G: Generator,
{
    let distribution = distribution.inspect_err(|error| assert!(!error.to_string().is_empty()))?;
    let whole = distribution.sample_vec(key, len);
    assert_eq!(whole.len(), len);
    let elements = distribution.elements(key, len as u64);
    for (i, &x) in (0..).zip(&whole) {
        let alone: T = elements.at(i);
        assert!(same(x, alone), "element {i} is {x:?}, by itself {alone:?}");
    }
    let first = len / 2;
    let mut piece = vec![T::zero(); len - first];
    distribution.fill_piece(key, len as u64, first as u64, &mut piece);
    for (&x, &again) in whole[first..].iter().zip(&piece) {
        assert!(same(x, again), "{x:?}, in a piece {again:?}");
    }
    Ok(whole)
}

fn counts<F, G: Generator>(key: Key<G>, len: usize, cursor: &mut Cursor)
where
    F: UnitFloat + Number + Count + Parameter<Float = F> + Sign,
{
    let which = cursor.below(8);
    let x: Vec<F> = cursor.numbers(8);
    let (n, p) = (1 + cursor.below(3), cursor.below(4));
    let whole = |x: &[F]| assert!(x.iter().all(|&x| x >= F::zero()), "a count among {x:?}");
    match which {
        0 => {
            if let Ok(counts) = draw::<F, _, _>(Poisson::new(x[0]), key, len) {
                whole(&counts);
            }
        }
        1 => drop(draw::<f64, _, _>(Poisson::new(x[..p].to_vec()), key, len)),
        2 => {
            if let Ok(counts) = draw::<F, _, _>(Binomial::new(x[0], x[1]), key, len) {
                whole(&counts);
                assert!(counts.iter().all(|&count| count <= x[0]), "{counts:?} of {:?} trials", x[0]);
            }
        }
        3 => drop(draw::<f64, _, _>(Binomial::new(x[..n].to_vec(), x[3..3 + p].to_vec()), key, len)),
        4 => {
            if let Ok(counts) = draw::<F, _, _>(Geometric::new(x[0]), key, len) {
                whole(&counts);
            }
        }
        5 => {
            if let Ok(counts) = draw::<F, _, _>(Multinomial::new(x[0], x[1..=p].to_vec()), key, len) {
                whole(&counts);
            }
        }
        6 => {
            // Counts of every width.
            if let Ok(poisson) = Poisson::new(x[0]) {
                let _: (Vec<u8>, Vec<i16>, Vec<i64>) = (
                    poisson.sample_vec(key, len),
                    poisson.sample_vec(key, len),
                    poisson.sample_vec(key, len),
                );
            }
            if let Ok(binomial) = Binomial::new(x[0], x[1]) {
                let _: (Vec<i8>, Vec<u64>) = (binomial.sample_vec(key, len), binomial.sample_vec(key, len));
            }
        }
        _ => {
            let mode = if cursor.flag() { Mode::High } else { Mode::Low };
            if let Ok(bernoulli) = Bernoulli::new(x[0]) {
                let heads: Vec<bool> = bernoulli.with_mode(mode).sample_vec(key, len);
                assert!(!(x[0] == F::zero() && heads.contains(&true)), "a head of probability 0");
            }
            let signs: Vec<F> = Rademacher.sample_vec(key, len);
            assert!(signs.iter().all(|sign| sign.abs() == F::one()));
        }
    }
}

fn indices<F, G: Generator>(key: Key<G>, len: usize, cursor: &mut Cursor)
where
    F: UnitFloat + Number,
{
    let (which, n) = (cursor.below(4), cursor.below(12));
    let x: Vec<F> = cursor.numbers(n);
    let different = |mut drawn: Vec<usize>, draws: usize| {
        drawn.sort_unstable();
        drawn.dedup();
        assert!(drawn.len() == draws && drawn.iter().all(|&i| i < n));
    };
    match which {
        0 => {
            let mode = if cursor.flag() { Mode::High } else { Mode::Low };
            let Ok(categorical) = Categorical::new(x).map(|c: Categorical<Vec<F>, F>| c.with_mode(mode))
            else {
                return;
            };
            let drawn: Vec<usize> = categorical.sample_vec(key, len);
            assert!(drawn.iter().all(|&i| i < n));
            match categorical.sample_without_replacement(key, len) {
                Ok(drawn) => different(drawn, len),
                Err(error) => assert_eq!(error, Error::TooManyDraws { draws: len, items: n }),
            }
        }
        1 => {
            let Ok(weighted) = WeightedChoice::<Vec<F>, F>::new(x) else { return };
            let drawn: Vec<u8> = weighted.sample_vec(key, len);
            assert!(drawn.iter().all(|&i| usize::from(i) < n));
            match weighted.sample_without_replacement(key, len) {
                Ok(drawn) => different(drawn, len),
                Err(error) => assert_eq!(error, Error::TooManyDraws { draws: len, items: n }),
            }
        }
        2 => {
            let n = cursor.integer();
            match Choice::new(n) {
                Ok(choice) => {
                    let drawn: Vec<i64> = choice.sample_vec(key, len);
                    assert!(drawn.iter().all(|i| (0..n).contains(i)));
                    // A permutation of all: only of few.
                    if n <= 1000 {
                        let drawn = choice.sample_without_replacement(key, len);
                        assert_eq!(drawn.is_ok(), i64::try_from(len).is_ok_and(|len| len <= n));
                    }
                }
                Err(error) => assert!(n <= 0 && error == Error::Empty),
            }
        }
        _ => {
            let items: Vec<usize> = (0..cursor.below(12)).collect();
            let replace = cursor.flag();
            if let Ok(chosen) = choice(key, &items, len, replace) {
                assert_eq!(chosen.len(), len);
            }
            if let Ok(chosen) = weighted_choice(key, &items, &x, len, replace) {
                assert_eq!(chosen.len(), len);
            }
        }
    }
}

fn integers<G: Generator>(key: Key<G>, len: usize, cursor: &mut Cursor) {
    let (a, b) = (cursor.integer(), cursor.integer());
    match cursor.below(6) {
        0 => range::<i8, G>(key, len, a, b),
        1 => range::<u8, G>(key, len, a, b),
        2 => range::<i16, G>(key, len, a, b),
        3 => range::<u32, G>(key, len, a, b),
        4 => range::<i64, G>(key, len, a, b),
        _ => range::<u64, G>(key, len, a, b),
    }
}

/// Every kind of range between two integers, in the bits that the type has.
fn range<I, G: Generator>(key: Key<G>, len: usize, a: i64, b: i64)
where
    I: Integer + num_traits::AsPrimitive<I>,
    i64: num_traits::AsPrimitive<I>,
{
    use num_traits::AsPrimitive;
    use std::ops::RangeBounds;

    fn drawn<I: Integer, G: Generator>(key: Key<G>, len: usize, range: impl RangeBounds<I> + Clone) {
        match UniformInt::new(range.clone()) {
            Ok(distribution) => {
                let x: Vec<I> = distribution.sample_vec(key, len);
                assert!(x.iter().all(|x| range.contains(x)), "an integer that isn't in the range");
            }
            Err(error) => assert_eq!(error, Error::EmptyRange),
        }
    }
    let (a, b): (I, I) = (a.as_(), b.as_());
    drawn::<I, G>(key, len, a..b);
    drawn::<I, G>(key, len, a..=b);
    drawn::<I, G>(key, len, a..);
    drawn::<I, G>(key, len, ..b);
    drawn::<I, G>(key, len, ..=b);
    drawn::<I, G>(key, len, ..);
    assert_eq!(randint::<I>(key, a..b).is_ok(), a < b);
}

fn orders<G: Generator>(key: Key<G>, cursor: &mut Cursor) {
    let n = cursor.below(100);
    let mut order = permutation(key, n);
    let mut items: Vec<usize> = (0..n).collect();
    shuffle(key, &mut items);
    assert_eq!(items, order);
    order.sort_unstable();
    assert!(order.iter().copied().eq(0..n));

    let axes = cursor.below(5);
    let shape: Vec<usize> =
        (0..axes).map(|_| if cursor.byte() > 250 { usize::MAX / 2 } else { cursor.below(6) }).collect();
    let (axis, independent) = (cursor.below(6), cursor.flag());
    let size = shape.iter().try_fold(1_usize, |n, &m| n.checked_mul(m)).unwrap_or(0);
    let len = if cursor.flag() { cursor.below(256) } else { size };
    let mut x: Vec<usize> = (0..len.min(2000)).collect();
    let before = x.clone();
    match shuffle_axis(key, &mut x, &shape, axis, independent) {
        Ok(()) => assert!(axis < axes),
        Err(error) => {
            assert!(matches!(error, Error::Axis { .. } | Error::Length { .. }), "{error}");
            assert_eq!(x, before, "reordered in spite of an error");
        }
    }
    x.sort_unstable();
    assert_eq!(x, before);
}

fn stream<G: Generator>(key: Key<G>, cursor: &mut Cursor) {
    let [one, two] = key.fold_in(u32::from_le_bytes(cursor.bytes())).split();
    let keys = one.split_vec(cursor.below(9));
    let mut rng = keys.first().copied().unwrap_or(two).rng();
    let mut bytes = [0; 64];
    while !cursor.is_at_end() {
        match cursor.below(6) {
            0 => rng.seek(u128::from_le_bytes(cursor.bytes())),
            1 => rng.jump(i128::from_le_bytes(cursor.bytes())),
            2 => rng.jump(cursor.integer().into()),
            3 => {
                let mut again = rng.clone();
                let number = u64::from(again.next_u32()) | u64::from(again.next_u32()) << 32;
                assert_eq!(rng.next_u64(), number);
                assert!(rng == again);
            }
            4 => rng.fill_bytes(&mut bytes[..cursor.below(65)]),
            _ => rng.seek(u128::MAX - u128::from(cursor.byte())),
        }
        let position = rng.position();
        assert!(position < 1 << 65);
        let number = rng.next_u64();
        rng.jump(-2);
        assert!(rng.position() == position && rng.next_u64() == number);
    }
    let whole: Vec<u16> = Bits.sample_vec(key, 9);
    assert_eq!(Distribution::<u16>::elements(&Bits, key, 9).at(8), whole[8]);
}
