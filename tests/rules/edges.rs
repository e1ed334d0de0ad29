//! The edges, as one table: where a function isn't smooth, isn't defined, or overflows on the way.
//!
//! Each row has what the crate computes and what it should be: the value, the slopes, and last a lane seeded
//! with zero, which stays zero. What it should be is a limit, a closed form, or a choice that `Dual`'s law 6
//! makes, never a number that the crate gave.

#![allow(clippy::excessive_precision)] // references are written to 18 digits
#![allow(clippy::redundant_closure_for_method_calls)] // `|x| x.sqrt()` reads as the row says

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2, FRAC_PI_4, LN_2, LOG2_E, LOG10_E, PI};

use num_traits::{Euclid, Pow};
use tangents::{Dual, Real};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;
const TINY: f64 = f64::MIN_POSITIVE;

/// What a component should be.
#[derive(Clone, Copy, Debug)]
enum Want {
    /// This number; 0 and −0 are one, and any NaN is NaN.
    Is(f64),
    /// This number with its sign bit.
    Bits(f64),
    /// Infinite or NaN: the slope has no bound and no direction.
    NotFinite,
}

use Want::{Bits, Is, NotFinite};

impl Want {
    /// The expected numbers are rounded to `f64`, the computed ones after a few operations more: 4 ε.
    fn accepts(self, got: f64) -> bool {
        match self {
            Is(want) if want.is_nan() => got.is_nan(),
            Is(want) => got == want || (got - want).abs() <= 4.0 * f64::EPSILON * want.abs(),
            Bits(want) => got.to_bits() == want.to_bits(),
            NotFinite => !got.is_finite(),
        }
    }
}

struct Row {
    name: String,
    got: Vec<f64>,
    want: Vec<Want>,
}

fn row(name: impl Into<String>, got: Vec<f64>, want: impl IntoIterator<Item = f64>) -> Row {
    row_of(name, got, want.into_iter().map(Is))
}

fn row_of(name: impl Into<String>, got: Vec<f64>, want: impl IntoIterator<Item = Want>) -> Row {
    Row { name: name.into(), got, want: want.into_iter().collect() }
}

type D2 = Dual<f64, 2>;
type D3 = Dual<f64, 3>;

fn parts<const N: usize>(f: Dual<f64, N>) -> Vec<f64> {
    [&[f.re][..], &f.eps].concat()
}

/// f(x), f′(x), and the zero lane.
fn first(x: f64, f: impl Fn(D2) -> D2) -> Vec<f64> {
    parts(f(Dual::new(x, [1.0, 0.0])))
}

/// f(x, y), its slopes in x and y, and the zero lane.
fn of_two(x: f64, y: f64, f: impl Fn(D3, D3) -> D3) -> Vec<f64> {
    parts(f(Dual::new(x, [1.0, 0.0, 0.0]), Dual::new(y, [0.0, 1.0, 0.0])))
}

type Third = Dual<Dual<Dual<f64, 1>, 1>, 1>;

/// f(x), f′(x), f″(x), f‴(x).
fn to_third(x: f64, f: impl Fn(Third) -> Third) -> Vec<f64> {
    let x = Dual::new(Dual::new(x, [1.0]), [Dual::constant(1.0)]);
    let f = f(Dual::new(x, [Dual::constant(Dual::constant(1.0))]));
    vec![f.re.re.re, f.re.re.eps[0], f.re.eps[0].eps[0], f.eps[0].eps[0].eps[0]]
}

type Second = Dual<Dual<f64, 1>, 1>;

/// f(x), f′(x), f″(x).
fn to_second(x: f64, f: impl Fn(Second) -> Second) -> Vec<f64> {
    let f = f(Dual::new(Dual::new(x, [1.0]), [Dual::constant(1.0)]));
    vec![f.re.re, f.re.eps[0], f.eps[0].eps[0]]
}

/// The ends of domains, where slopes are infinite.
#[rustfmt::skip]
fn ends_of_domains() -> Vec<Row> {
    vec![
        row_of("sqrt at 0", first(0.0, |x| x.sqrt()), [Bits(0.0), Is(INF), Is(0.0)]),
        row_of("sqrt at -0", first(-0.0, |x| x.sqrt()), [Bits(-0.0), Is(INF), Is(0.0)]),
        row("sqrt at 0, x falling", parts(Dual::new(0.0, [-2.0, 0.0]).sqrt()), [0.0, -INF, 0.0]),
        row("sqrt of the constant 0", parts(D2::constant(0.0).sqrt()), [0.0, 0.0, 0.0]),
        row("sqrt at infinity", first(INF, |x| x.sqrt()), [INF, 0.0, 0.0]),
        row_of("cbrt at 0", first(0.0, |x| x.cbrt()), [Bits(0.0), Is(INF), Is(0.0)]),
        row_of("cbrt at -0", first(-0.0, |x| x.cbrt()), [Bits(-0.0), Is(INF), Is(0.0)]),
        row("cbrt at 8", first(8.0, |x| x.cbrt()), [2.0, 1.0 / 12.0, 0.0]),
        row("cbrt at -8", first(-8.0, |x| x.cbrt()), [-2.0, 1.0 / 12.0, 0.0]),
        row("ln at 0", first(0.0, |x| x.ln()), [-INF, NAN, 0.0]),
        row("ln at -0", first(-0.0, |x| x.ln()), [-INF, NAN, 0.0]),
        row("ln at the smallest number", first(TINY, |x| x.ln()), [-1022.0 * LN_2, 1.0 / TINY, 0.0]),
        row("log2 at 0", first(0.0, |x| x.log2()), [-INF, NAN, 0.0]),
        row("log2 at -0", first(-0.0, |x| x.log2()), [-INF, NAN, 0.0]),
        row("log2 at 2^1023, where x*ln 2 doesn't overflow but x*2 does",
            first(2.0_f64.powi(1023), |x| x.log2()), [1023.0, LOG2_E / 2.0_f64.powi(1023), 0.0]),
        row("log10 at 0", first(0.0, |x| x.log10()), [-INF, NAN, 0.0]),
        row("log10 at -0", first(-0.0, |x| x.log10()), [-INF, NAN, 0.0]),
        row("log10 at 1e308, where x*ln 10 overflows", first(1e308, |x| x.log10()), [308.0, LOG10_E / 1e308, 0.0]),
        row("log to base 2 at 0", first(0.0, |x| x.log(D2::constant(2.0))), [-INF, NAN, 0.0]),
        row("log to base 2 at -0", first(-0.0, |x| x.log(D2::constant(2.0))), [-INF, NAN, 0.0]),
        row("ln_1p at -1", first(-1.0, |x| x.ln_1p()), [-INF, NAN, 0.0]),
        row_of("ln_1p at -0", first(-0.0, |x| x.ln_1p()), [Bits(-0.0), Is(1.0), Is(0.0)]),
        row("ln_1p at 1e-20", first(1e-20, |x| x.ln_1p()), [1e-20, 1.0, 0.0]),
        row("asin at 1", first(1.0, |x| x.asin()), [FRAC_PI_2, INF, 0.0]),
        row("asin at -1", first(-1.0, |x| x.asin()), [-FRAC_PI_2, INF, 0.0]),
        row_of("asin at -0", first(-0.0, |x| x.asin()), [Bits(-0.0), Is(1.0), Is(0.0)]),
        row("acos at 1", first(1.0, |x| x.acos()), [0.0, -INF, 0.0]),
        row("acos at -1", first(-1.0, |x| x.acos()), [PI, -INF, 0.0]),
        row("acos at -0", first(-0.0, |x| x.acos()), [FRAC_PI_2, -1.0, 0.0]),
        row("acosh at 1", first(1.0, |x| x.acosh()), [0.0, INF, 0.0]),
        row("atanh at 1", first(1.0, |x| x.atanh()), [INF, NAN, 0.0]),
        row("atanh at -1", first(-1.0, |x| x.atanh()), [-INF, NAN, 0.0]),
        row_of("atanh at -0", first(-0.0, |x| x.atanh()), [Bits(-0.0), Is(1.0), Is(0.0)]),
        row("recip at 0", first(0.0, |x| x.recip()), [INF, NAN, 0.0]),
        row("recip at -0", first(-0.0, |x| x.recip()), [-INF, NAN, 0.0]),
        row("recip at infinity", first(INF, |x| x.recip()), [0.0, 0.0, 0.0]),
        row("1 / x at 0, by a plain numerator", first(0.0, |x| 1.0 / x), [INF, NAN, 0.0]),
        // Towards 1 nearly all digits of 1 − x² cancel: (1 − x)(1 + x) keeps them.
        row("asin at 1 - 2^-53", first(1.0 - f64::EPSILON / 2.0, |x| x.asin()),
            [FRAC_PI_2 - 2.0_f64.powi(-26), 2.0_f64.powi(26), 0.0]),
        row("atanh's slope at 1 - 2^-53", first(1.0 - f64::EPSILON / 2.0, |x| x.atanh())[1..].to_vec(),
            [2.0_f64.powi(52), 0.0]),
    ]
}

/// Outside the domain the value is NaN, and every lane that isn't zero.
fn outside_of_domains() -> Vec<Row> {
    type F = fn(D2) -> D2;
    let cases: &[(&str, f64, F)] = &[
        ("ln", -1.0, |x| x.ln()),
        ("log2", -1.0, |x| x.log2()),
        ("log10", -1.0, |x| x.log10()),
        ("log to base 3", -1.0, |x| x.log(D2::constant(3.0))),
        ("log to base -3", 2.0, |x| x.log(D2::constant(-3.0))),
        ("ln_1p", -2.0, |x| x.ln_1p()),
        ("sqrt", -1.0, |x| x.sqrt()),
        ("asin", 2.0, |x| x.asin()),
        ("asin", -2.0, |x| x.asin()),
        ("acos", 2.0, |x| x.acos()),
        ("acosh", -2.0, |x| x.acosh()),
        ("acosh", 0.5, |x| x.acosh()),
        ("atanh", 2.0, |x| x.atanh()),
        ("atanh", -2.0, |x| x.atanh()),
        ("sin", INF, |x| x.sin()),
        ("cos", -INF, |x| x.cos()),
        ("tan", INF, |x| x.tan()),
        ("sin_cos().0", INF, |x| x.sin_cos().0),
        ("sin_cos().1", INF, |x| x.sin_cos().1),
        ("fract", INF, |x| x.fract()),
        ("powf(0.5)", -2.0, |x| x.powf(D2::constant(0.5))),
        ("powf(1.5)", -2.0, |x| x.powf(D2::constant(1.5))),
        ("% 0", 1.0, |x| x % D2::constant(0.0)),
        ("% 0, plain", 1.0, |x| x % 0.0),
        ("1 % x, plain", 0.0, |x| 1.0 % x),
        ("% 1", INF, |x| x % D2::constant(1.0)),
        ("rem_euclid(0)", 1.0, |x| x.rem_euclid(D2::constant(0.0))),
        ("rem_euclid(1)", INF, |x| x.rem_euclid(D2::constant(1.0))),
    ];
    let all =
        ["recip", "sqrt", "cbrt", "exp", "exp2", "exp_m1", "ln", "log2", "log10", "ln_1p", "sin", "cos"];
    let more = ["tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"];
    let functions: [F; 22] = [
        |x| x.recip(),
        |x| x.sqrt(),
        |x| x.cbrt(),
        |x| x.exp(),
        |x| x.exp2(),
        |x| x.exp_m1(),
        |x| x.ln(),
        |x| x.log2(),
        |x| x.log10(),
        |x| x.ln_1p(),
        |x| x.sin(),
        |x| x.cos(),
        |x| x.tan(),
        |x| x.asin(),
        |x| x.acos(),
        |x| x.atan(),
        |x| x.sinh(),
        |x| x.cosh(),
        |x| x.tanh(),
        |x| x.asinh(),
        |x| x.acosh(),
        |x| x.atanh(),
    ];
    let of_nan = all.iter().chain(&more).zip(functions).map(|(name, f)| (*name, NAN, f));
    let row = |(name, x, f): (&str, f64, F)| row(format!("{name} at {x}"), first(x, f), [NAN, NAN, 0.0]);
    cases.iter().copied().chain(of_nan).map(row).collect()
}

/// Kinks, jumps and choices.
#[rustfmt::skip]
fn piecewise() -> Vec<Row> {
    let mut rows = vec![
        row("abs at 0", first(0.0, |x| x.abs()), [0.0, 0.0, 0.0]),
        row_of("abs at -0", first(-0.0, |x| x.abs()), [Bits(0.0), Is(0.0), Is(0.0)]),
        row("abs at 0.5", first(0.5, |x| x.abs()), [0.5, 1.0, 0.0]),
        row("abs at -0.5", first(-0.5, |x| x.abs()), [0.5, -1.0, 0.0]),
        row("abs at 0, to the third derivative", to_third(0.0, |x| x.abs()), [0.0, 0.0, NAN, NAN]),
        row("|x|^2 at 0, to the second derivative", to_second(0.0, |x| x.abs() * x.abs()), [0.0, 0.0, NAN]),
        row("|x|^2 at -0, to the second derivative", to_second(-0.0, |x| x.abs() * x.abs()), [0.0, 0.0, NAN]),
        row("max(x, 2x) at 1", first(1.0, |x| x.max(x * 2.0)), [2.0, 2.0, 0.0]),
        row("max(x, 2x) at -1", first(-1.0, |x| x.max(x * 2.0)), [-1.0, 1.0, 0.0]),
        row("max of a tie", of_two(1.0, 1.0, D3::max), [1.0, 0.5, 0.5, 0.0]),
        row("min of a tie", of_two(1.0, 1.0, D3::min), [1.0, 0.5, 0.5, 0.0]),
        row("max of 0 and -0", of_two(0.0, -0.0, D3::max), [0.0, 0.5, 0.5, 0.0]),
        row("min of 0 and -0", of_two(0.0, -0.0, D3::min), [0.0, 0.5, 0.5, 0.0]),
        row("max of infinities", of_two(INF, INF, D3::max), [INF, 0.5, 0.5, 0.0]),
        row("max of 0 with tangent infinity and 0 with tangent 1", parts(Dual::new(0.0, [INF]).max(Dual::new(0.0, [1.0]))), [0.0, INF]),
        row("max of equal infinite tangents", parts(Dual::new(0.0, [-INF]).max(Dual::new(0.0, [-INF]))), [0.0, -INF]),
        row("max of equal tangents whose sum overflows", parts(Dual::new(0.0, [1e308]).max(Dual::new(0.0, [1e308]))), [0.0, 1e308]),
        row("max of a tie, second derivative in x", to_second(1.0, |x| x.max(x * x)), [1.0, 1.5, NAN]),
        row("max(2, 1)", of_two(2.0, 1.0, D3::max), [2.0, 1.0, 0.0, 0.0]),
        row("max(1, 2)", of_two(1.0, 2.0, D3::max), [2.0, 0.0, 1.0, 0.0]),
        row("min(2, 1)", of_two(2.0, 1.0, D3::min), [1.0, 0.0, 1.0, 0.0]),
        row("min(1, 2)", of_two(1.0, 2.0, D3::min), [1.0, 1.0, 0.0, 0.0]),
        row("max(NaN, 1)", of_two(NAN, 1.0, D3::max), [1.0, 0.0, 1.0, 0.0]),
        row("max(1, NaN)", of_two(1.0, NAN, D3::max), [1.0, 1.0, 0.0, 0.0]),
        row("min(NaN, 1)", of_two(NAN, 1.0, D3::min), [1.0, 0.0, 1.0, 0.0]),
        row("min(1, NaN)", of_two(1.0, NAN, D3::min), [1.0, 1.0, 0.0, 0.0]),
        row("clamp below", of_two(-2.0, 0.5, |x, b| x.clamp(b, D3::constant(1.0))), [0.5, 0.0, 1.0, 0.0]),
        row("clamp above", of_two(2.0, 0.5, |x, b| x.clamp(D3::constant(0.0), b)), [0.5, 0.0, 1.0, 0.0]),
        row("clamp within", of_two(0.5, 1.0, |x, b| x.clamp(D3::constant(0.0), b)), [0.5, 1.0, 0.0, 0.0]),
        row("clamp on the lower bound", of_two(0.5, 0.5, |x, b| x.clamp(b, D3::constant(1.0))), [0.5, 0.5, 0.5, 0.0]),
        row("clamp on the upper bound", of_two(0.5, 0.5, |x, b| x.clamp(D3::constant(0.0), b)), [0.5, 0.5, 0.5, 0.0]),
        row("clamp of NaN", first(NAN, |x| x.clamp(D2::constant(0.0), D2::constant(1.0)))[..1].to_vec(), [NAN]),
        row("abs_sub(3, 1)", of_two(3.0, 1.0, D3::abs_sub), [2.0, 1.0, -1.0, 0.0]),
        row("abs_sub(1, 3)", of_two(1.0, 3.0, D3::abs_sub), [0.0, 0.0, 0.0, 0.0]),
        row("abs_sub of a tie", of_two(2.0, 2.0, D3::abs_sub), [0.0, 0.5, -0.5, 0.0]),
        row("copysign(3, 2)", of_two(3.0, 2.0, D3::copysign), [3.0, 1.0, 0.0, 0.0]),
        row("copysign(3, -2)", of_two(3.0, -2.0, D3::copysign), [-3.0, -1.0, 0.0, 0.0]),
        row("copysign(-3, 2)", of_two(-3.0, 2.0, D3::copysign), [3.0, -1.0, 0.0, 0.0]),
        row("copysign(-3, -2)", of_two(-3.0, -2.0, D3::copysign), [-3.0, 1.0, 0.0, 0.0]),
        row("copysign(3, -0)", of_two(3.0, -0.0, D3::copysign), [-3.0, -1.0, 0.0, 0.0]),
        row_of("copysign(0, -1)", of_two(0.0, -1.0, D3::copysign), [Bits(-0.0), Is(0.0), Is(0.0), Is(0.0)]),
        row_of("copysign(-0, 1)", of_two(-0.0, 1.0, D3::copysign), [Bits(0.0), Is(0.0), Is(0.0), Is(0.0)]),
        row("copysign(0, 0)", of_two(0.0, 0.0, D3::copysign), [0.0, 0.0, NAN, 0.0]),
        row("copysign(0, 0), constant sign", first(0.0, |x| x.copysign(D2::constant(0.0))), [0.0, 0.0, 0.0]),
        // x − k·y with k the quotient, truncated or Euclidean, at its jumps too.
        row("7 % 2", of_two(7.0, 2.0, |x, y| x % y), [1.0, 1.0, -3.0, 0.0]),
        row("-7 % 2", of_two(-7.0, 2.0, |x, y| x % y), [-1.0, 1.0, 3.0, 0.0]),
        row("7 % -2", of_two(7.0, -2.0, |x, y| x % y), [1.0, 1.0, 3.0, 0.0]),
        row("6 % 2", of_two(6.0, 2.0, |x, y| x % y), [0.0, 1.0, -3.0, 0.0]),
        row("-6 % 2", of_two(-6.0, 2.0, |x, y| x % y), [0.0, 1.0, 3.0, 0.0]),
        row("0 % 2", of_two(0.0, 2.0, |x, y| x % y), [0.0, 1.0, 0.0, 0.0]),
        row("1 % infinity", of_two(1.0, INF, |x, y| x % y), [1.0, 1.0, 0.0, 0.0]),
        // The quotient of these is 2.9999999999999996, but rounds to 3.
        row("0.3 % 0.1", of_two(0.3, 0.1, |x, y| x % y), [0.3 % 0.1, 1.0, -2.0, 0.0]),
        row("x % 2, plain", first(7.0, |x| x % 2.0), [1.0, 1.0, 0.0]),
        row("7 % x, plain", first(2.0, |x| 7.0 % x), [1.0, -3.0, 0.0]),
        row("x.rem_euclid(1) at 2.3", first(2.3, |x| x.rem_euclid(D2::constant(1.0))), [2.3 % 1.0, 1.0, 0.0]),
        row("7.rem_euclid(2)", of_two(7.0, 2.0, D3::rem_euclid), [1.0, 1.0, -3.0, 0.0]),
        row("-7.rem_euclid(2)", of_two(-7.0, 2.0, D3::rem_euclid), [1.0, 1.0, 4.0, 0.0]),
        row("7.rem_euclid(-2)", of_two(7.0, -2.0, D3::rem_euclid), [1.0, 1.0, 3.0, 0.0]),
        row("-7.rem_euclid(-2)", of_two(-7.0, -2.0, D3::rem_euclid), [1.0, 1.0, -4.0, 0.0]),
        row("6.rem_euclid(2)", of_two(6.0, 2.0, D3::rem_euclid), [0.0, 1.0, -3.0, 0.0]),
        row("-6.rem_euclid(2)", of_two(-6.0, 2.0, D3::rem_euclid), [0.0, 1.0, 3.0, 0.0]),
        row("-1e-20.rem_euclid(1)", of_two(-1e-20, 1.0, D3::rem_euclid), [1.0, 1.0, 1.0, 0.0]),
        row("-7.rem_euclid(2), of the trait", of_two(-7.0, 2.0, |x, y| Euclid::rem_euclid(&x, &y)), [1.0, 1.0, 4.0, 0.0]),
        row("-7.div_euclid(2)", of_two(-7.0, 2.0, D3::div_euclid), [-4.0, 0.0, 0.0, 0.0]),
        row("7.div_euclid(-2)", of_two(7.0, -2.0, D3::div_euclid), [-3.0, 0.0, 0.0, 0.0]),
        row("1.div_euclid(0)", of_two(1.0, 0.0, D3::div_euclid), [INF, NAN, NAN, 0.0]),
        row("infinity.div_euclid(1)", of_two(INF, 1.0, D3::div_euclid), [INF, NAN, NAN, 0.0]),
        row("6.div_euclid(2)", of_two(6.0, 2.0, D3::div_euclid), [3.0, 0.0, 0.0, 0.0]),
    ];
    for (x, signum, floor, ceil, round, trunc) in [
        (2.3, 1.0, 2.0, 3.0, 2.0, 2.0),
        (-2.3, -1.0, -3.0, -2.0, -2.0, -2.0),
        (2.5, 1.0, 2.0, 3.0, 3.0, 2.0),
        (-2.5, -1.0, -3.0, -2.0, -3.0, -2.0),
        (2.0, 1.0, 2.0, 2.0, 2.0, 2.0),
        (0.0, 1.0, 0.0, 0.0, 0.0, 0.0),
        (-0.0, -1.0, -0.0, -0.0, -0.0, -0.0),
        (INF, 1.0, INF, INF, INF, INF),
    ] {
        type F = fn(D2) -> D2;
        let steps: [(&str, F, f64); 5] = [
            ("signum", |x| x.signum(), signum),
            ("floor", |x| x.floor(), floor),
            ("ceil", |x| x.ceil(), ceil),
            ("round", |x| x.round(), round),
            ("trunc", |x| x.trunc(), trunc),
        ];
        for (name, f, value) in steps {
            rows.push(row_of(format!("{name} at {x:?}"), first(x, f), [Bits(value), Is(0.0), Is(0.0)]));
        }
    }
    for (x, value) in [(2.25, 0.25), (-2.25, -0.25), (2.0, 0.0), (0.0, 0.0)] {
        rows.push(row(format!("fract at {x}"), first(x, |x| x.fract()), [value, 1.0, 0.0]));
    }
    rows
}

/// Powers.
#[rustfmt::skip]
fn powers() -> Vec<Row> {
    let constant = D2::constant;
    let to = |y: f64| Third::constant(Dual::constant(Dual::constant(y)));
    let minimum = f64::from(i32::MIN);
    let mut rows = vec![
        row("powi(-1) at 0", first(0.0, |x| x.powi(-1)), [INF, NAN, 0.0]),
        row("powi(-1) at -0", first(-0.0, |x| x.powi(-1)), [-INF, NAN, 0.0]),
        row("powi(-2) at 0", first(0.0, |x| x.powi(-2)), [INF, NAN, 0.0]),
        row("powi(-2) at -0", first(-0.0, |x| x.powi(-2)), [INF, NAN, 0.0]),
        row("powi(i32::MIN) at 0", first(0.0, |x| x.powi(i32::MIN)), [INF, NAN, 0.0]),
        row("powi(i32::MIN) at 1", first(1.0, |x| x.powi(i32::MIN)), [1.0, minimum, 0.0]),
        row("powi(i32::MIN) at -1", first(-1.0, |x| x.powi(i32::MIN)), [1.0, -minimum, 0.0]),
        row("powi(i32::MIN) at 2", first(2.0, |x| x.powi(i32::MIN)), [0.0, 0.0, 0.0]),
        row("powi(i32::MAX) at 0", first(0.0, |x| x.powi(i32::MAX)), [0.0, 0.0, 0.0]),
        row("powi(3) at -2", first(-2.0, |x| x.powi(3)), [-8.0, 12.0, 0.0]),
        row("powi(0) at infinity", first(INF, |x| x.powi(0)), [1.0, 0.0, 0.0]),
        row("powi(0) at NaN", first(NAN, |x| x.powi(0))[..1].to_vec(), [1.0]),
        row("powf(0.5) at 0", first(0.0, |x| x.powf(constant(0.5))), [0.0, INF, 0.0]),
        row("powf(1.5) at 0", first(0.0, |x| x.powf(constant(1.5))), [0.0, 0.0, 0.0]),
        row("powf(-1) at 0", first(0.0, |x| x.powf(constant(-1.0))), [INF, NAN, 0.0]),
        row("powf(-1) at -2", first(-2.0, |x| x.powf(constant(-1.0))), [-0.5, -0.25, 0.0]),
        row("powf(3) at -2", first(-2.0, |x| x.powf(constant(3.0))), [-8.0, 12.0, 0.0]),
        row("powf(3) at -2, to the third derivative", to_third(-2.0, |x| x.powf(to(3.0))), [-8.0, 12.0, -12.0, 6.0]),
        row("powf(0) at -2", first(-2.0, |x| x.powf(constant(0.0))), [1.0, 0.0, 0.0]),
        row("powf(1) at -2", first(-2.0, |x| x.powf(constant(1.0))), [-2.0, 1.0, 0.0]),
        row("Pow by a plain 2.0 at 0", first(0.0, |x| x.pow(2.0)), [0.0, 0.0, 0.0]),
        row("Pow by a plain 0.5 at 0", first(0.0, |x| x.pow(0.5)), [0.0, INF, 0.0]),
        row("Pow by a plain 3.0 at -2", first(-2.0, |x| x.pow(3.0)), [-8.0, 12.0, 0.0]),
        // 0ʸ is 0 for every y > 0, so its slope in y is 0.
        row("x^y at (0, 2)", of_two(0.0, 2.0, D3::powf), [0.0, 0.0, 0.0, 0.0]),
        row("x^y at (0, 1)", of_two(0.0, 1.0, D3::powf), [0.0, 1.0, 0.0, 0.0]),
        row("x^y at (0, 0.5)", of_two(0.0, 0.5, D3::powf), [0.0, INF, 0.0, 0.0]),
        row("0^y at 2", first(2.0, |y| constant(0.0).powf(y)), [0.0, 0.0, 0.0]),
        row("0^y at 0.5", first(0.5, |y| constant(0.0).powf(y)), [0.0, 0.0, 0.0]),
        // In the lane of x the exponent is the constant 0, and x⁰ is 1; in that of y the value jumps.
        row_of("x^y at (0, 0)", of_two(0.0, 0.0, D3::powf), [Is(1.0), Is(0.0), NotFinite, Is(0.0)]),
        row_of("x^x at 0", first(0.0, |x| x.powf(x)), [Is(1.0), NotFinite, Is(0.0)]),
        row_of("0^y at 0", first(0.0, |y| constant(0.0).powf(y)), [Is(1.0), NotFinite, Is(0.0)]),
        // Beside an integer y a power of a negative number isn't defined.
        row("x^y at (-2, 3)", of_two(-2.0, 3.0, D3::powf), [-8.0, 12.0, NAN, 0.0]),
        row("x^y at (-2, 0)", of_two(-2.0, 0.0, D3::powf), [1.0, 0.0, NAN, 0.0]),
        row("x^y at (2, 0)", of_two(2.0, 0.0, D3::powf), [1.0, 0.0, LN_2, 0.0]),
        row("x^y at (-2, 0.5)", of_two(-2.0, 0.5, D3::powf), [NAN, NAN, NAN, 0.0]),
    ];
    for (n, want) in [
        (0, [1.0, 0.0, 0.0, 0.0]),
        (1, [0.0, 1.0, 0.0, 0.0]),
        (2, [0.0, 0.0, 2.0, 0.0]),
        (3, [0.0, 0.0, 0.0, 6.0]),
        (4, [0.0, 0.0, 0.0, 0.0]),
    ] {
        for zero in [0.0, -0.0] {
            let at = |what: &str| format!("{what}({n}) at {zero:?}, to the third derivative");
            rows.push(row(at("powi"), to_third(zero, |x| x.powi(n)), want));
            rows.push(row(at("powf"), to_third(zero, |x| x.powf(to(n.into()))), want));
            let first_of = |f: Vec<f64>| f[..2].to_vec();
            rows.push(row(format!("powi({n}) at {zero:?}"), first_of(first(zero, |x| x.powi(n))), [want[0], want[1]]));
        }
    }
    // ∂²/∂x∂y x^y = x^(y−1)·(1 + y·ln x), which is 1/x at y = 0, with either variable in the outer lane.
    let (outer, inner) = (|x| Second::new(Dual::constant(x), [Dual::constant(1.0)]), |x| Second::constant(Dual::new(x, [1.0])));
    rows.push(row("mixed derivative of x^y at (2, 0), x outer",
        vec![outer(2.0).powf(inner(0.0)).eps[0].eps[0]], [0.5]));
    rows.push(row("mixed derivative of x^y at (2, 0), y outer",
        vec![inner(2.0).powf(outer(0.0)).eps[0].eps[0]], [0.5]));
    rows
}

/// Distances and angles.
#[rustfmt::skip]
fn distances_and_angles() -> Vec<Row> {
    vec![
        row("hypot(0, 0)", of_two(0.0, 0.0, D3::hypot), [0.0, 0.0, 0.0, 0.0]),
        row("hypot(0, -0)", of_two(0.0, -0.0, D3::hypot), [0.0, 0.0, 0.0, 0.0]),
        row("hypot(0, 2)", of_two(0.0, 2.0, D3::hypot), [2.0, 0.0, 1.0, 0.0]),
        row("hypot(3, -4)", of_two(3.0, -4.0, D3::hypot), [5.0, 0.6, -0.8, 0.0]),
        row("hypot(1e200, 0)", of_two(1e200, 0.0, D3::hypot), [1e200, 1.0, 0.0, 0.0]),
        row("hypot(1e200, 1e200)", of_two(1e200, 1e200, D3::hypot), [2.0_f64.sqrt() * 1e200, FRAC_1_SQRT_2, FRAC_1_SQRT_2, 0.0]),
        row("hypot(1e-200, 1e-200)", of_two(1e-200, 1e-200, D3::hypot), [2.0_f64.sqrt() * 1e-200, FRAC_1_SQRT_2, FRAC_1_SQRT_2, 0.0]),
        // Where 1/h has overflown, 2¹⁰²⁶ here: ∂²h/∂x² = y²/h³ is infinite, and the others are 0.
        row("hypot(x, 2^-1030), its derivatives", to_second(0.0, |x| x.hypot(Second::lit(f64::from_bits(1 << 44)))),
            [f64::from_bits(1 << 44), 0.0, INF]),
        row("hypot(0, y) at 2^-1030, its derivatives", to_second(f64::from_bits(1 << 44), |y| Second::lit(0.0).hypot(y)),
            [f64::from_bits(1 << 44), 1.0, 0.0]),
        row("hypot(x, 1e-200), to the third derivative", to_third(0.0, |x| x.hypot(Third::lit(1e-200))), [1e-200, 0.0, 1e200, 0.0]),
        row("hypot(infinity, infinity)", of_two(INF, INF, D3::hypot), [INF, NAN, NAN, 0.0]),
        row("atan2(infinity, infinity)", of_two(INF, INF, D3::atan2), [FRAC_PI_4, NAN, NAN, 0.0]),
        row("atan2(0, 0)", of_two(0.0, 0.0, D3::atan2), [0.0, NAN, NAN, 0.0]),
        row("atan2(0, -1)", of_two(0.0, -1.0, D3::atan2), [PI, -1.0, 0.0, 0.0]),
        row("atan2(1, 0)", of_two(1.0, 0.0, D3::atan2), [FRAC_PI_2, 0.0, -1.0, 0.0]),
        row("atan2(1, 1)", of_two(1.0, 1.0, D3::atan2), [FRAC_PI_4, 0.5, -0.5, 0.0]),
        row("atan2(1e200, 1e200)", of_two(1e200, 1e200, D3::atan2), [FRAC_PI_4, 0.5e-200, -0.5e-200, 0.0]),
        row("atan2(1e-200, 1e-200)", of_two(1e-200, 1e-200, D3::atan2), [FRAC_PI_4, 0.5e200, -0.5e200, 0.0]),
    ]
}

/// Where a naive formula overflows, underflows or cancels, and the limit or closed form is known.
#[rustfmt::skip]
fn extremes() -> Vec<Row> {
    // tanh 0.5, 1 − tanh² 0.5 and −2·tanh·(1 − tanh²) to 18 digits, by mpmath.
    let tanh = [0.462_117_157_260_009_759, 0.786_447_732_965_927_41, -0.726_861_981_383_587_276];
    vec![
        row("tanh at 400", to_second(400.0, |x| x.tanh()), [1.0, 0.0, 0.0]),
        row("tanh at 800", to_second(800.0, |x| x.tanh()), [1.0, 0.0, 0.0]),
        row("tanh at -400", to_second(-400.0, |x| x.tanh()), [-1.0, 0.0, 0.0]),
        row("tanh at -800", to_second(-800.0, |x| x.tanh()), [-1.0, 0.0, 0.0]),
        row("tanh at infinity", to_second(INF, |x| x.tanh()), [1.0, 0.0, 0.0]),
        // 4·e⁻⁴⁰ and −8·e⁻⁴⁰, where tanh is 1 to all digits.
        row("tanh at 20", to_second(20.0, |x| x.tanh()), [1.0, 1.699_341_702_116_635_58e-17, -3.398_683_404_233_271_16e-17]),
        row("tanh at 350", first(350.0, |x| x.tanh()), [1.0, 3.943_870_617_503_908_34e-304, 0.0]),
        row("tanh at 0.5", to_second(0.5, |x| x.tanh()), tanh),
        row("tanh at 0", to_third(0.0, |x| x.tanh()), [0.0, 1.0, 0.0, -2.0]),
        // e⁻⁵⁰, by mpmath.
        row("exp_m1 at -50", to_second(-50.0, |x| x.exp_m1()), [-1.0, 1.928_749_847_963_917_78e-22, 1.928_749_847_963_917_78e-22]),
        row("exp_m1 at 1e-20", first(1e-20, |x| x.exp_m1()), [1e-20, 1.0, 0.0]),
        row("exp_m1 at -infinity", first(-INF, |x| x.exp_m1()), [-1.0, 0.0, 0.0]),
        row("exp at -infinity", first(-INF, |x| x.exp()), [0.0, 0.0, 0.0]),
        row("exp at 800", first(800.0, |x| x.exp()), [INF, INF, 0.0]),
        row("exp2 at 2000", first(2000.0, |x| x.exp2()), [INF, INF, 0.0]),
        row("sinh at 800", first(800.0, |x| x.sinh()), [INF, INF, 0.0]),
        row("sinh at -800", first(-800.0, |x| x.sinh()), [-INF, INF, 0.0]),
        row("cosh at -800", first(-800.0, |x| x.cosh()), [INF, -INF, 0.0]),
        // 1/(1 + x²) and −2x/(1 + x²)².
        row("atan at 1", to_second(1.0, |x| x.atan()), [FRAC_PI_4, 0.5, -0.5]),
        row("atan at 2", to_second(2.0, |x| x.atan()), [2.0_f64.atan(), 0.2, -0.16]),
        row("atan at -2", to_second(-2.0, |x| x.atan()), [-2.0_f64.atan(), 0.2, 0.16]),
        row("atan at 1e100", to_second(1e100, |x| x.atan()), [FRAC_PI_2, 1e-200, -2e-300]),
        row("atan at 1e150", first(1e150, |x| x.atan()), [FRAC_PI_2, 1e-300, 0.0]),
        row("atan at 1e160", to_second(1e160, |x| x.atan()), [FRAC_PI_2, 1e-320, 0.0]),
        row("atan at infinity", to_second(INF, |x| x.atan()), [FRAC_PI_2, 0.0, 0.0]),
        row("atan at -infinity", first(-INF, |x| x.atan()), [-FRAC_PI_2, 0.0, 0.0]),
        // ln 2e200, by mpmath; 1/√(x² + 1) → 1/|x|, −x/(x² + 1)^(3/2) → −1/x².
        row("asinh at 1e200", to_second(1e200, |x| x.asinh()), [461.210_165_779_369_082, 1e-200, 0.0]),
        row("asinh at -1e200", first(-1e200, |x| x.asinh()), [-461.210_165_779_369_082, 1e-200, 0.0]),
        row("asinh at 1e100, second derivative", to_second(1e100, |x| x.asinh())[1..].to_vec(), [1e-100, -1e-200]),
        row_of("asinh at -0", first(-0.0, |x| x.asinh()), [Bits(-0.0), Is(1.0), Is(0.0)]),
        row("acosh at 1e200", first(1e200, |x| x.acosh())[1..].to_vec(), [1e-200, 0.0]),
        row("acosh at infinity", first(INF, |x| x.acosh()), [INF, 0.0, 0.0]),
        row("x / (1 + exp(-x)) is fine at 800", first(800.0, |x| x / ((-x).exp() + 1.0)), [800.0, 1.0, 0.0]),
        // The slope −1/x² underflows and the tangent is as large: their product is an ordinary number.
        row("exp(x).recip() at 400", first(400.0, |x| x.exp().recip()), [(-400.0_f64).exp(), -(-400.0_f64).exp(), 0.0]),
        row("1 / exp(x) at 400", first(400.0, |x| 1.0 / x.exp()), [(-400.0_f64).exp(), -(-400.0_f64).exp(), 0.0]),
        row("1 / exp(x) at 400, of two duals", first(400.0, |x| D2::constant(1.0) / x.exp()), [(-400.0_f64).exp(), -(-400.0_f64).exp(), 0.0]),
        row("1 / (1 + exp(-x)) at -700", first(-700.0, |x| 1.0 / ((-x).exp() + 1.0)), [(-700.0_f64).exp(), (-700.0_f64).exp(), 0.0]),
        row("1 / (1 + exp(-x)) at -800", first(-800.0, |x| 1.0 / ((-x).exp() + 1.0)), [0.0, 0.0, 0.0]),
        row("x * x.recip() at 3", first(3.0, |x| x * x.recip()), [1.0, 0.0, 0.0]),
        row("mul_add(x, x, x) at 3", first(3.0, |x| x.mul_add(x, x)), [12.0, 7.0, 0.0]),
        row("x / y at (1e-200, 1e-200)", of_two(1e-200, 1e-200, |x, y| x / y), [1.0, 1e200, -1e200, 0.0]),
        row("x / y at (0, 5e-324)", of_two(0.0, 5e-324, |x, y| x / y), [0.0, INF, 0.0, 0.0]),
        row("the literal infinity, in f32 too", vec![D2::lit(INF).re, f32::lit(1e40).into()], [INF, INF]),
    ]
}

#[test]
fn every_edge_is_as_the_table_says() {
    let tables =
        [ends_of_domains(), outside_of_domains(), piecewise(), powers(), distances_and_angles(), extremes()];
    let rows = tables.into_iter().flatten();
    let mut count = 0;
    let failures: Vec<String> = rows
        .filter_map(|Row { name, got, want }| {
            count += 1;
            assert_eq!(got.len(), want.len(), "{name}: components");
            let right = got.iter().zip(&want).all(|(&got, want)| want.accepts(got));
            (!right).then(|| format!("{name}: {got:?}, should be {want:?}"))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {count} edges are wrong:\n{}", failures.len(), failures.join("\n"));
}
