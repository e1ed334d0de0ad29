//! A walk over the binary exponents: derivatives of a function of one variable at arguments of every size, on every number
//! that carries derivatives, against references. `tests/data/exponents/` has them, and the scripts that made them.

#![allow(unreachable_pub)] // each test file compiles its own copy

use std::fmt::{Debug, LowerExp};
use std::str::FromStr;

use num_traits::Float;
use tangents::{Dual, HyperDual, Special, Taylor};

/// The functions of a file: the one of that name at x, with the constant that stands behind its colon.
pub trait Functions {
    fn call<T: Special>(&self, name: &str, constant: f64, x: T) -> T;
}

/// How many units in the last place a derivative of the first to the third order may be off, times its condition number.
const GOALS: [f64; 3] = [4.0, 16.0, 64.0];

/// `f32` and `f64`.
pub trait Format: Special + Float + LowerExp + FromStr<Err: Debug> + Into<f64> {
    const NAME: &'static str;
    fn from_bits(bits: u64) -> Self;
}

impl Format for f64 {
    const NAME: &'static str = "f64";
    fn from_bits(bits: u64) -> Self {
        Self::from_bits(bits)
    }
}

impl Format for f32 {
    const NAME: &'static str = "f32";
    fn from_bits(bits: u64) -> Self {
        Self::from_bits(u32::try_from(bits).unwrap())
    }
}

/// What a number gives of the three derivatives, each over its divisor: a series gives them over factorials.
struct Given<F> {
    number: &'static str,
    found: [F; 3],
    divisors: [f64; 3],
}

/// The derivatives of f at x by each of the numbers.
macro_rules! given {
    ($F:ident, |$x:ident| $f:expr, $at:ident) => {{
        let f_of_dual = {
            let $x = Dual::<Dual<Dual<$F, 1>, 1>, 1>::variable(Dual::variable(Dual::variable($at, 0), 0), 0);
            $f
        };
        let f_of_hyper = {
            let $x = Dual::<HyperDual<$F, 1>, 1>::variable(HyperDual::<$F, 1>::variable($at, 0), 0);
            $f
        };
        let f_of_series = {
            let $x = Taylor::<$F, 3>::variable($at);
            $f
        };
        let f_of_mixed = {
            let $x = Taylor::<Dual<$F, 1>, 2>::variable(Dual::variable($at, 0));
            $f
        };
        let (d, h, s, m) = (f_of_dual, f_of_hyper, f_of_series, f_of_mixed);
        let nested = [d.re.re.eps[0], d.re.eps[0].eps[0], d.eps[0].eps[0].eps[0]];
        let packed = [h.re.gradient[0], h.re.second(0, 0), h.eps[0].second(0, 0)];
        let mixed = [m.re.eps[0], m.coefficients[0].eps[0], m.coefficients[1].eps[0]];
        [
            Given { number: "Dual", found: nested, divisors: [1.0, 1.0, 1.0] },
            Given { number: "HyperDual", found: packed, divisors: [1.0, 1.0, 1.0] },
            Given { number: "Taylor", found: s.coefficients, divisors: [1.0, 2.0, 6.0] },
            Given { number: "Taylor over Dual", found: mixed, divisors: [1.0, 1.0, 2.0] },
        ]
    }};
}

/// What is wrong with a derivative `found` for the true one, if something is.
///
/// Of a true one that the format has as a normal number the relative error counts; one that is too large must not be a
/// number, and one that is too small must be small.
fn fault<F: Format>(found: F, truth: f64, divisor: f64, allowed: f64) -> Option<String> {
    let (smallest, largest): (f64, f64) = (F::min_positive_value().into(), F::max_value().into());
    let (value, ulp): (f64, f64) = (found.into(), F::epsilon().into());
    if allowed * ulp > 0.1 || truth.is_infinite() && divisor > 1.0 {
        return None; // The last digit of x decides, or nobody knows the quotient.
    }
    let (derivative, truth) = (truth, truth / divisor);
    let error = (value - truth).abs() / (truth.abs() * ulp);
    let right = if derivative.abs() > largest * (1.0 - allowed * ulp) {
        !found.is_finite() || error <= allowed
    } else if truth.abs() < smallest * (1.0 + allowed * ulp) {
        value.abs() <= smallest * 2.0
    } else {
        error <= allowed
    };
    (!right).then(|| format!("{value:e} for {truth:e}, {error:.1} ulps, allowed {allowed:.1}"))
}

/// How many derivatives were compared, and a line for each that is wrong.
#[derive(Default)]
pub struct Walked {
    pub compared: usize,
    pub faults: Vec<String>,
}

macro_rules! walks {
    ($($F:ident $walk:ident;)*) => {$(
        /// Walks through the references of the format in `data`; `data/exponents/elementary.py` says what its lines are.
        pub fn $walk(functions: &impl Functions, data: &str) -> Walked {
            let mut walked = Walked::default();
            let (mut function, mut of_format) = ("", false);
            for line in data.lines() {
                if let Some((format @ ("f32" | "f64"), name)) = line.split_once(' ') {
                    (function, of_format) = (name, format == $F::NAME);
                } else if of_format {
                    let (name, constant) = function.split_once(':').unwrap_or((function, "0"));
                    let constant: $F = constant.parse().unwrap();
                    let mut fields = line.split(' ');
                    let at: $F = Format::from_bits(u64::from_str_radix(fields.next().unwrap(), 16).unwrap());
                    let numbers: Vec<f64> = fields.map(|field| field.parse().unwrap()).collect();
                    for given in given!($F, |x| functions.call(name, constant.into(), x), at) {
                        for k in 0..3 {
                            walked.compared += 1;
                            let (truth, allowed) = (numbers[k], GOALS[k] * numbers[3 + k].max(1.0));
                            if let Some(fault) = fault(given.found[k], truth, given.divisors[k], allowed) {
                                let (format, number) = ($F::NAME, given.number);
                                let order = k + 1;
                                walked.faults.push(format!("{format} {function} at {at:e}, {number}, order {order}: {fault}"));
                            }
                        }
                    }
                }
            }
            walked
        }
    )*};
}

walks! {
    f64 walk_f64;
    f32 walk_f32;
}
