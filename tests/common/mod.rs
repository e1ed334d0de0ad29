//! What the test files share: numbers seen as their components, every function by index, random inputs and
//! random expressions.

// Each test file compiles its own copy and uses a part of it.
#![allow(dead_code, unreachable_pub)]

use std::fmt::Debug;
use std::iter::{Product, Sum};

use num_traits::Euclid;
use proptest::prelude::*;
use tangents::{Dual, HyperDual, Taylor};

/// A number of any depth over `f32` or `f64`, as its components.
pub trait Number: tangents::Number + Euclid + Sum + Product + Debug {
    /// Appends the components, value first, each exactly as an `f64`.
    fn components_into(self, out: &mut Vec<f64>);

    /// The number whose components are taken from `next`, value first.
    fn build(next: &mut impl FnMut() -> f64) -> Self;

    fn components(self) -> Vec<f64> {
        let mut out = Vec::new();
        self.components_into(&mut out);
        out
    }
}

impl Number for f64 {
    fn components_into(self, out: &mut Vec<f64>) {
        out.push(self);
    }

    fn build(next: &mut impl FnMut() -> f64) -> Self {
        next()
    }
}

impl Number for f32 {
    fn components_into(self, out: &mut Vec<f64>) {
        out.push(self.into());
    }

    #[allow(clippy::cast_possible_truncation)]
    fn build(next: &mut impl FnMut() -> f64) -> Self {
        next() as Self
    }
}

impl<T: Number, const N: usize> Number for Dual<T, N> {
    fn components_into(self, out: &mut Vec<f64>) {
        self.re.components_into(out);
        for lane in self.eps {
            lane.components_into(out);
        }
    }

    fn build(next: &mut impl FnMut() -> f64) -> Self {
        let re = T::build(next);
        Self::new(re, std::array::from_fn(|_| T::build(next)))
    }
}

/// Value, gradient, and the rows of the Hessian from the diagonal on.
impl<T: Number, const N: usize> Number for HyperDual<T, N> {
    fn components_into(self, out: &mut Vec<f64>) {
        self.re.components_into(out);
        for g in self.gradient {
            g.components_into(out);
        }
        for i in 0..N {
            for j in i..N {
                self.second(i, j).components_into(out);
            }
        }
    }

    fn build(next: &mut impl FnMut() -> f64) -> Self {
        let re = T::build(next);
        let gradient = std::array::from_fn(|_| T::build(next));
        let mut second = [[T::zero(); N]; N];
        for (i, row) in second.iter_mut().enumerate() {
            for entry in &mut row[i..] {
                *entry = T::build(next);
            }
        }
        Self::from_fn(re, gradient, |i, j| second[i][j])
    }
}

impl<T: Number, const K: usize> Number for Taylor<T, K> {
    fn components_into(self, out: &mut Vec<f64>) {
        self.re.components_into(out);
        for coefficient in self.coefficients {
            coefficient.components_into(out);
        }
    }

    fn build(next: &mut impl FnMut() -> f64) -> Self {
        let re = T::build(next);
        Self::new(re, std::array::from_fn(|_| T::build(next)))
    }
}

/// The number whose components are `from`, over and over.
pub fn build<T: Number>(from: &[f64]) -> T {
    let mut numbers = from.iter().copied().cycle();
    T::build(&mut || numbers.next().expect("components to take"))
}

/// Whether two components have the same bits, one NaN being as good as another.
pub fn same_bits(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

/// Whether all components have the same bits, one NaN being as good as another.
pub fn same<T: Number>(a: T, b: T) -> bool {
    let (a, b) = (a.components(), b.components());
    a.iter().zip(&b).all(|(&a, &b)| same_bits(a, b))
}

/// Whether every component is 0 or −0.
pub fn all_zero<T: Number>(x: T) -> bool {
    x.components().iter().all(|&c| c == 0.0)
}

macro_rules! functions {
    (
        unary: $($unary:ident)*;
        unary by hand: $($own_unary:literal |$x:ident| $own_unary_body:expr)*;
        binary: $($binary:ident)*;
        binary by hand: $($own_binary:literal |$a:ident, $b:ident| $own_binary_body:expr)*;
    ) => {
        /// The names of the functions of one number.
        pub const UNARY: &[&str] = &[$(stringify!($unary),)* $($own_unary,)*];

        /// The function `UNARY[k]` of `x`.
        pub fn unary<T: Number>(k: usize, x: T) -> T {
            let functions: &[fn(T) -> T] = &[$(T::$unary,)* $(|$x| $own_unary_body,)*];
            functions[k](x)
        }

        /// The names of the functions of two numbers.
        pub const BINARY: &[&str] = &[$(stringify!($binary),)* $($own_binary,)*];

        /// The function `BINARY[k]` of `x` and `y`.
        #[allow(deprecated)]
        pub fn binary<T: Number>(k: usize, x: T, y: T) -> T {
            let functions: &[fn(T, T) -> T] = &[$(T::$binary,)* $(|$a, $b| $own_binary_body,)*];
            functions[k](x, y)
        }
    };
}

functions! {
    unary:
        recip sqrt cbrt exp exp2 exp_m1 ln log2 log10 ln_1p sin cos tan asin acos atan sinh cosh tanh asinh
        acosh atanh abs signum floor ceil round trunc fract to_degrees to_radians;
    unary by hand:
        "neg" |x| -x
        "sin_cos.0" |x| x.sin_cos().0
        "sin_cos.1" |x| x.sin_cos().1;
    binary:
        max min powf log hypot atan2 copysign abs_sub;
    binary by hand:
        "div_euclid" |a, b| a.div_euclid(&b)
        "rem_euclid" |a, b| a.rem_euclid(&b)
        "rem" |a, b| a % b
        "add" |a, b| a + b
        "sub" |a, b| a - b
        "mul" |a, b| a * b
        "div" |a, b| a / b;
}

/// The index of a function by its name.
pub fn index(names: &[&str], name: &str) -> usize {
    names.iter().position(|&n| n == name).unwrap_or_else(|| panic!("no function {name}"))
}

/// Inputs at which functions have their corners.
pub const EDGES: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    2.0,
    -2.0,
    3.0,
    0.5,
    -0.5,
    1.5,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    f64::MIN_POSITIVE,
    -f64::MIN_POSITIVE,
    5e-324,
    -5e-324,
    f64::MAX,
    f64::MIN,
    1e160,
    -1e160,
    1e-160,
    710.0,
    -745.0,
    1e-40,
    3e38,
    1e20,
    -1e20,
    std::f64::consts::FRAC_PI_2,
];

/// Any number: a friendly one, a corner, or any bits (normal, subnormal, zero, infinite, NaN).
pub fn any_number() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        4 => -4.0..4.0,
        1 => -1000.0..1000.0,
        1 => (-6..6_i8).prop_map(f64::from),
        2 => prop::sample::select(EDGES),
        1 => prop::num::f64::ANY,
        1 => prop::num::f64::SUBNORMAL | prop::num::f64::ZERO,
        1 => prop::num::f32::ANY.prop_map(f64::from),
    ]
}

/// A tangent: often exactly 0 or 1, as seeds are.
pub fn any_tangent() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        3 => Just(0.0),
        2 => Just(1.0),
        1 => Just(-0.0),
        3 => -4.0..4.0,
    ]
}

/// Exponents of `powi` with their corners.
pub fn any_exponent() -> impl Strategy<Value = i32> + Clone {
    prop_oneof![4 => -5..6, 1 => prop::sample::select(&[i32::MIN, i32::MIN + 1, i32::MAX, 100, -100][..])]
}

/// A program: constants, variables and every operation, choices by comparison among them.
#[derive(Clone, Debug)]
pub enum Expr {
    Variable(usize),
    Literal(f64),
    Unary(usize, Box<Expr>),
    Binary(usize, Box<[Expr; 2]>),
    Powi(Box<Expr>, i32),
    MulAdd(Box<[Expr; 3]>),
    Clamp(Box<Expr>, f64, f64),
    Sum(Vec<Expr>),
    Product(Vec<Expr>),
    /// The third if the first is less than the second, otherwise the fourth.
    IfLess(Box<[Expr; 4]>),
}

impl Expr {
    /// The value of the program; ordinary generic code, as a user writes it.
    pub fn run<T: Number>(&self, variables: &[T]) -> T {
        let run = |e: &Self| e.run(variables);
        match self {
            Self::Variable(k) => variables[k % variables.len()],
            Self::Literal(x) => T::lit(*x),
            Self::Unary(k, x) => unary(*k, run(x)),
            Self::Binary(k, e) => binary(*k, run(&e[0]), run(&e[1])),
            Self::Powi(x, n) => run(x).powi(*n),
            Self::MulAdd(e) => run(&e[0]).mul_add(run(&e[1]), run(&e[2])),
            Self::Clamp(x, low, high) => run(x).clamp(T::lit(*low), T::lit(*high)),
            Self::Sum(terms) => terms.iter().map(run).sum(),
            Self::Product(factors) => factors.iter().map(run).product(),
            Self::IfLess(e) => {
                if run(&e[0]) < run(&e[1]) {
                    run(&e[2])
                } else {
                    run(&e[3])
                }
            }
        }
    }
}

/// A random program of two variables.
pub fn any_expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        3 => (0..2_usize).prop_map(Expr::Variable),
        1 => prop::sample::select(&[0.0, -0.0, 1.0, -1.0, 2.0, 0.5, -3.0, 1.5, 10.0][..])
            .prop_map(Expr::Literal),
    ];
    leaf.prop_recursive(5, 24, 4, |e| {
        let e2 = [e.clone(), e.clone()];
        prop_oneof![
            6 => (0..UNARY.len(), e.clone()).prop_map(|(k, x)| Expr::Unary(k, Box::new(x))),
            6 => (0..BINARY.len(), e2).prop_map(|(k, x)| Expr::Binary(k, Box::new(x))),
            1 => (e.clone(), any_exponent()).prop_map(|(x, n)| Expr::Powi(Box::new(x), n)),
            1 => [e.clone(), e.clone(), e.clone()].prop_map(|x| Expr::MulAdd(Box::new(x))),
            1 => (e.clone(), -2.0..0.0, 0.0..2.0).prop_map(|(x, l, h)| Expr::Clamp(Box::new(x), l, h)),
            1 => prop::collection::vec(e.clone(), 0..3).prop_map(Expr::Sum),
            1 => prop::collection::vec(e.clone(), 0..3).prop_map(Expr::Product),
            1 => [e.clone(), e.clone(), e.clone(), e].prop_map(|x| Expr::IfLess(Box::new(x))),
        ]
    })
}

/// `cases` random cases, times the environment's `TANGENTS_CASES` for a longer search. No file of failures is
/// kept: a failure prints its smallest case.
pub fn cases(cases: u32) -> ProptestConfig {
    let factor = std::env::var("TANGENTS_CASES").map_or(1, |n| n.parse().expect("a number of cases"));
    ProptestConfig { cases: cases * factor, failure_persistence: None, ..ProptestConfig::default() }
}
