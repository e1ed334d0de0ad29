//! What `check_grads` catches and what it doesn't: planted faults and correct functions, counted.
//!
//! The counts in its documentation are printed by
//! `cargo test --release --manifest-path tests/faults/Cargo.toml -- --nocapture`; the
//! environment's `TANGENTS_CASES` multiplies the number of functions.

#![cfg(test)]

use tangents::check::{CheckError, CheckOptions, CheckReport, Direction, check_grads_in_f64};
use tangents::random::{CounterRng, Key, Threefry2x32};
use tangents::{Dual, Real, ValueGradientHessian, check_grads, derivative, value_gradient_and_hessian};

/// Draws from a stream.
struct Draws(CounterRng<Threefry2x32>);

impl Draws {
    fn new(seed: u64) -> Self {
        Self(Key::from_seed(seed).rng())
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.0.next_u64() % n as u64).expect("below a usize")
    }

    #[allow(clippy::cast_precision_loss)]
    fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number with few bits, the same in every precision.
    fn coarse(&mut self, low: f64, high: f64) -> f64 {
        (self.uniform(low, high) * 4096.0).round() / 4096.0
    }
}

/// A random function: its operations from the leaves to the root.
#[derive(Clone, Debug)]
enum Expr {
    Variable(usize),
    Literal(f64),
    Unary(usize, Box<Expr>),
    Binary(usize, Box<[Expr; 2]>),
}

/// How many of the unary functions are smooth everywhere; the others have poles or ends of their domain.
const SMOOTH_UNARY: usize = 12;
const SMOOTH_BINARY: usize = 5;

fn unary<T: Real>(k: usize, x: T) -> T {
    match k {
        0 => x.sin(),
        1 => x.cos(),
        2 => x.tanh(),
        3 => x.atan(),
        4 => x.asinh(),
        5 => (T::lit(0.5) * x).exp(),
        6 => (x * x).ln_1p(),
        7 => (T::one() + x * x).sqrt(),
        8 => x.powi(2),
        9 => (-x).exp().ln_1p(),
        10 => -x,
        11 => (T::one() + x * x).recip(),
        12 => x.exp(),
        13 => x.sinh(),
        14 => x.ln(),
        15 => x.sqrt(),
        16 => x.recip(),
        17 => x.tan(),
        18 => x.cbrt(),
        19 => x.acos(),
        20 => x.exp_m1(),
        21 => x.powf(T::lit(1.5)),
        _ => panic!("no function {k}"),
    }
}

fn binary<T: Real>(k: usize, x: T, y: T) -> T {
    match k {
        0 => x + y,
        1 => x - y,
        2 => x * y,
        3 => x / (T::one() + y * y),
        4 => (T::one() + x * x).hypot(y),
        5 => x / y,
        6 => x.atan2(y),
        7 => x.hypot(y),
        _ => panic!("no function {k}"),
    }
}

impl Expr {
    fn draw(draws: &mut Draws, depth: usize, variables: usize, smooth: bool) -> Self {
        let (unary, binary) = if smooth { (SMOOTH_UNARY, SMOOTH_BINARY) } else { (22, 8) };
        let inner = |draws: &mut Draws| Self::draw(draws, depth - 1, variables, smooth);
        match draws.below(10) {
            _ if depth == 0 => Self::Variable(draws.below(variables)),
            0 => Self::Variable(draws.below(variables)),
            1 => Self::Literal(draws.coarse(-2.0, 2.0)),
            2..=5 => Self::Unary(draws.below(unary), Box::new(inner(draws))),
            _ => Self::Binary(draws.below(binary), Box::new([inner(draws), inner(draws)])),
        }
    }

    fn run<T: Real>(&self, x: &[T]) -> T {
        match self {
            Self::Variable(i) => x[*i],
            Self::Literal(c) => T::lit(*c),
            Self::Unary(k, e) => unary(*k, e.run(x)),
            Self::Binary(k, e) => binary(*k, e[0].run(x), e[1].run(x)),
        }
    }
}

/// How checks came out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    approved: u32,
    /// Those of the approved of which a plain difference alone disagrees.
    doubted: u32,
    mismatch: u32,
    inconclusive: u32,
}

impl Count {
    fn total(self) -> u32 {
        self.approved + self.mismatch + self.inconclusive
    }

    fn add(&mut self, verdict: &Result<CheckReport, CheckError>) {
        self.doubted += u32::from(verdict.as_ref().is_ok_and(|report| report.extrapolated > 0));
        *match verdict {
            Ok(_) => &mut self.approved,
            Err(CheckError::Mismatch(_)) => &mut self.mismatch,
            Err(_) => &mut self.inconclusive,
        } += 1;
    }
}

/// Random correct functions of three variables at random points, checked at `f64`, at `f32`, and at `f32` against
/// `f64`.
fn count_alarms(functions: u32, smooth: bool, options: CheckOptions) -> [Count; 3] {
    let factor = std::env::var("TANGENTS_CASES").map_or(1, |n| n.parse().expect("a number of cases"));
    let mut counts = [Count::default(); 3];
    for seed in 0.. {
        let mut draws = Draws::new(seed);
        let f = Expr::draw(&mut draws, 5, 3, smooth);
        let x = [0; 3].map(|_| draws.coarse(-2.0, 2.0));
        #[allow(clippy::cast_possible_truncation)]
        let x32 = x.map(|x| x as f32);
        // A derivative that overflows isn't right, and the check rightly says so; 0 is where corners are.
        let ValueGradientHessian { value: y, gradient: g, hessian: h } =
            value_gradient_and_hessian(|x| f.run(x), &x32);
        let ValueGradientHessian { gradient: g64, hessian: h64, .. } =
            value_gradient_and_hessian(|x| f.run(x), &x);
        let finite = g.iter().chain(h.as_flattened()).all(|x| x.is_finite())
            && g64.iter().chain(h64.as_flattened()).all(|x| x.is_finite());
        if y.is_nan() || y.abs() > 1e6 || !finite || x.contains(&0.0) {
            continue;
        }
        let verdicts = [
            check_grads(|x| f.run(x), &x, options),
            check_grads(|x| f.run(x), &x32, options),
            check_grads_in_f64(|x| f.run(x), |x| f.run(x), &x32, options),
        ];
        for (count, verdict) in counts.iter_mut().zip(&verdicts) {
            count.add(verdict);
        }
        if counts[0].total() == functions * factor {
            break;
        }
    }
    counts
}

/// A check by its name, and on how many functions.
type Mode = (&'static str, u32, fn() -> CheckOptions);

/// The recommended check, on as many functions as its documentation speaks of.
const STRICT: Mode = ("strict", 10_000, || CheckOptions::order(2).strict());

/// The default check.
const AS_JAX: Mode = ("as JAX", 2_000, || CheckOptions::order(2));

fn no_smooth_function_raises_an_alarm((name, functions, options): Mode) {
    let counts = count_alarms(functions, true, options());
    println!("smooth functions, {name}: f64, f32, f32 against f64: {counts:?}");
    for count in counts {
        assert_eq!((count.mismatch, count.inconclusive), (0, 0), "{name}: {counts:?}");
    }
}

fn no_function_with_poles_is_called_wrong((name, functions, options): Mode) {
    let counts = count_alarms(functions, false, options());
    println!("functions with poles and ends, {name}: f64, f32, f32 against f64: {counts:?}");
    let [in_f64, in_f32, against] = counts;
    assert_eq!((in_f64.mismatch, in_f32.mismatch), (0, 0), "{name}: {counts:?}");
    assert!(in_f64.inconclusive <= 2 && in_f32.inconclusive <= 30, "{name}: {counts:?}");
    // The difference is exact, and the derivative in f64 agrees with it: in f32 it has lost its digits.
    assert!(against.mismatch <= 10, "{name}: {counts:?}");
}

// A test per mode and per number of coordinates, which run at the same time.

#[test]
fn no_smooth_function_raises_an_alarm_in_the_strict_check() {
    no_smooth_function_raises_an_alarm(STRICT);
}

#[test]
fn no_smooth_function_raises_an_alarm_in_the_default_check() {
    no_smooth_function_raises_an_alarm(AS_JAX);
}

#[test]
fn no_function_with_poles_is_called_wrong_by_the_strict_check() {
    no_function_with_poles_is_called_wrong(STRICT);
}

#[test]
fn no_function_with_poles_is_called_wrong_by_the_default_check() {
    no_function_with_poles_is_called_wrong(AS_JAX);
}

/// `Σ wᵢ·uᵢ(xᵢ) + sin(Σ xᵢ / n)` with random smooth functions uᵢ, one of which may have a wrong slope.
struct Planted<const N: usize> {
    functions: [usize; N],
    weights: [f64; N],
    /// Which coordinate, and by how much its slope is wrong.
    fault: (usize, f64),
}

impl<const N: usize> Planted<N> {
    /// With a fault where it is one: the slope isn't all but 0 there.
    fn draw(seed: u64, fault: f64) -> (Self, [f64; N]) {
        let mut draws = Draws::new(seed);
        loop {
            let functions = [0; N].map(|_| draws.below(SMOOTH_UNARY));
            let weights = [0; N].map(|_| draws.coarse(0.5, 2.0));
            let x = [0; N].map(|_| draws.coarse(-2.0, 2.0));
            let j = draws.below(N);
            if derivative(|x| unary(functions[j], x), x[j]).abs() > 0.01 {
                return (Self { functions, weights, fault: (j, fault) }, x);
            }
        }
    }

    fn run<T: Real>(&self, x: &[Dual<T, 1>]) -> Dual<T, 1> {
        let terms = (0..N).map(|i| {
            let y = unary(self.functions[i], x[i]) * T::lit(self.weights[i]);
            let rule = || {
                let right =
                    unary(self.functions[i], Dual::<T, 1>::variable(x[i].re, 0)) * T::lit(self.weights[i]);
                x[i].chain(right.re, right.eps[0] * T::lit(1.0 + self.fault.1))
            };
            if i == self.fault.0 { rule() } else { y }
        });
        #[expect(clippy::cast_precision_loss, reason = "N is small")]
        let mean = Dual::sum(x) / T::lit(N as f64);
        Dual::sum(terms) + mean.sin()
    }
}

/// How many of `trials` faults are caught: by the strict check at f64, at f32 and at f32 against f64, and along JAX's
/// one random direction at f64 and at f32. An error must name the coordinate.
fn count_caught<const N: usize>(fault: f64, trials: u64) -> [u64; 5] {
    let mut caught = [0; 5];
    for seed in 0..trials {
        let (f, x) = Planted::<N>::draw(seed, fault);
        #[allow(clippy::cast_possible_truncation)]
        let x32 = x.map(|x| x as f32);
        let (strict, jax) = (CheckOptions::first_order().strict(), CheckOptions::first_order());
        let verdicts = [
            check_grads(|x| f.run(x), &x, strict),
            check_grads(|x| f.run(x), &x32, strict),
            check_grads_in_f64(|x| f.run(x), |x| f.run(x), &x32, strict),
            check_grads(|x| f.run(x), &x, jax),
            check_grads(|x| f.run(x), &x32, jax),
        ];
        for (count, verdict) in caught.iter_mut().zip(verdicts) {
            match verdict {
                Ok(_) => {}
                Err(CheckError::Mismatch(found)) => {
                    *count += 1;
                    if let Direction::Coordinate(j) = found.direction {
                        assert_eq!((j, found.others), (f.fault.0, 0), "{found}");
                    }
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
    caught
}

/// Faults of every size, in one of N coordinates, are caught in each of `trials` functions at f64; those from a hundredth
/// of the slope on at least in `in_f32` at f32, and in `against_f64` at f32 against f64.
fn faults_are_caught<const N: usize>(trials: u64, in_f32: u64, against_f64: u64) {
    println!("caught of {trials} faults, each in one coordinate of {N};");
    println!("strict f64, strict f32, strict f32 against f64, as JAX f64, as JAX f32");
    for fault in [-2.0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 0.0] {
        let caught = count_caught::<N>(fault, trials);
        println!("{fault:e}: {caught:?}");
        let [f64, f32, against, ..] = caught;
        if fault == 0.0 {
            assert_eq!(caught, [0; 5]);
            continue;
        }
        assert_eq!(f64, trials, "{fault} at f64");
        if fault.abs() >= 0.1 {
            assert_eq!(f32, trials, "{fault} at f32");
        }
        if fault.abs() >= 0.01 {
            assert!(f32 >= in_f32, "{fault} at f32: {f32}");
            assert!(against >= against_f64, "{fault} at f32 against f64: {against}");
        }
    }
}

#[test]
fn faults_in_the_only_coordinate_are_caught() {
    faults_are_caught::<1>(200, 190, 190);
}

#[test]
fn faults_in_one_of_10_coordinates_are_caught() {
    faults_are_caught::<10>(100, 90, 95);
}

#[test]
fn faults_in_one_of_100_coordinates_are_caught() {
    faults_are_caught::<100>(20, 0, 20);
}
