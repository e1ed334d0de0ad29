//! The number that finds patterns: [`Tracer`].
//!
//! Values are computed by the methods of `T`, and never by an algorithm that runs on tracers, which would ask questions of its
//! own. What the result depends on follows from the kind of the function:
//!
//! | the function | depends on | pairs |
//! |---|---|---|
//! | constant except for jumps: `floor`, `round`, `signum`, `stop_gradient` | nothing; but a question about its value counts | |
//! | constant: `powi(0)` | nothing | |
//! | linear: sums, `-x`, `fract`, `to_degrees`, `powi(1)` | all arguments | |
//! | piecewise linear: `abs`, `max`, `clamp`, `copysign` | here: those of the piece; at a kink, and everywhere: all | at a kink, and everywhere: all |
//! | product | both | the one with the other |
//! | quotient | both | the dividend with the divisor, the divisor with itself |
//! | every other, and rules of one's own | all arguments | all |

use core::cmp::Ordering;
use core::fmt;
use core::num::FpCategory;
use core::ops::{Add, Div, Mul, Neg, Rem, Sub};

use num_traits::{Float, FloatConst, Num, NumCast, One, ToPrimitive, Zero};

use super::run::Dependence;
use crate::number::inspect::{self, Ask, Make, Operation, same_type};
use crate::number::{assigning, for_each_conversion};
use crate::real::Real;
use crate::rules::branches::{self, Choice};
use crate::rules::table::for_each_unary_rule;

/// A value, and the variables that it depends on.
#[derive(Clone, Copy)]
pub(super) struct Tracer<T> {
    pub(super) re: T,
    pub(super) on: Dependence,
}

/// The value. Text may be searched, so it's a question.
impl<T: fmt::Debug> fmt::Debug for Tracer<T> {
    #[track_caller]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.on.asks("fmt", false);
        self.re.fmt(f)
    }
}

/// A method for each row of a table: none of these functions is linear.
macro_rules! emit_bent {
    ([] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {$(
        #[inline]
        fn $name(self $(, $n: $Order)?) -> Self {
            Self { re: self.re.$name($($n)?), on: self.on.bent() }
        }
    )*};
}

/// Methods that aren't linear in any of two numbers.
macro_rules! bent_in_both {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name(self, other: Self) -> Self {
            Self { re: self.re.$name(other.re), on: self.on.and(other.on).bent() }
        }
    )*};
}

pub(super) use {bent_in_both, emit_bent};

impl<T> Tracer<T> {
    #[inline]
    pub(super) fn constant(re: T) -> Self {
        Self { re, on: Dependence::NONE }
    }
}

impl<T: Real> Tracer<T> {
    /// The dependence of a function that is linear except at a kink.
    #[inline]
    pub(super) fn kinked(on: Dependence, at_kink: impl FnOnce() -> bool) -> Dependence {
        if !on.is_none() && (on.is_global() || at_kink()) { on.bent() } else { on }
    }

    /// That of a number that isn't bent where it has the value `re`. Here, if it has none, it has no derivative of any order.
    #[inline]
    pub(super) fn defined(re: T, on: Dependence) -> Dependence {
        if !on.is_none() && !on.is_global() && re.is_nan() { on.bent() } else { on }
    }

    /// What the number depends on that `choice` takes.
    #[inline]
    fn chosen(self, other: Self, choice: impl FnOnce(T, T) -> Choice) -> Dependence {
        let all = self.on.and(other.on);
        if all.is_none() {
            return all;
        }
        if all.is_global() {
            return all.bent();
        }
        match choice(self.re, other.re) {
            Choice::Left => self.on,
            Choice::Right => other.on,
            Choice::Tie => all.bent(),
        }
    }

    /// Takes down a question about two numbers.
    #[inline]
    #[track_caller]
    fn ask(&self, other: &Self, asked: &'static str) {
        // Of one of them: it is one question.
        let on = if self.on.is_global() { self.on } else { other.on };
        on.asks(asked, self.re == other.re);
    }
}

// Operators

impl<T: Real> Add for Tracer<T> {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self { re: self.re + other.re, on: self.on.and(other.on) }
    }
}

impl<T: Real> Sub for Tracer<T> {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        Self { re: self.re - other.re, on: self.on.and(other.on) }
    }
}

impl<T: Real> Mul for Tracer<T> {
    type Output = Self;
    #[inline]
    fn mul(self, other: Self) -> Self {
        Self { re: self.re * other.re, on: self.on.times(other.on) }
    }
}

impl<T: Real> Div for Tracer<T> {
    type Output = Self;
    #[inline]
    fn div(self, other: Self) -> Self {
        Self { re: self.re / other.re, on: self.on.over(other.on) }
    }
}

/// Linear between its jumps, as x − k·y.
impl<T: Real> Rem for Tracer<T> {
    type Output = Self;
    #[inline]
    fn rem(self, other: Self) -> Self {
        let re = self.re % other.re;
        Self { re, on: Self::defined(re, self.on.and(other.on)) }
    }
}

assigning!([T: Real] Tracer<T>);

impl<T: Real> Neg for Tracer<T> {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self { re: -self.re, on: self.on }
    }
}

// Questions

impl<T: Real> PartialEq for Tracer<T> {
    #[inline]
    #[track_caller]
    fn eq(&self, other: &Self) -> bool {
        self.ask(other, "==");
        self.re == other.re
    }
}

impl<T: Real> PartialOrd for Tracer<T> {
    #[inline]
    #[track_caller]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.ask(other, "partial_cmp");
        self.re.partial_cmp(&other.re)
    }

    #[inline]
    #[track_caller]
    fn lt(&self, other: &Self) -> bool {
        self.ask(other, "<");
        self.re < other.re
    }

    #[inline]
    #[track_caller]
    fn le(&self, other: &Self) -> bool {
        self.ask(other, "<=");
        self.re <= other.re
    }

    #[inline]
    #[track_caller]
    fn gt(&self, other: &Self) -> bool {
        self.ask(other, ">");
        self.re > other.re
    }

    #[inline]
    #[track_caller]
    fn ge(&self, other: &Self) -> bool {
        self.ask(other, ">=");
        self.re >= other.re
    }
}

impl<T: Real> Zero for Tracer<T> {
    #[inline]
    fn zero() -> Self {
        Self::constant(T::zero())
    }

    #[inline]
    #[track_caller]
    fn is_zero(&self) -> bool {
        self.on.asks("is_zero", self.re.is_zero());
        self.re.is_zero()
    }
}

impl<T: Real> One for Tracer<T> {
    #[inline]
    fn one() -> Self {
        Self::constant(T::one())
    }

    #[inline]
    #[track_caller]
    fn is_one(&self) -> bool {
        self.on.asks("is_one", self.re.is_one());
        self.re.is_one()
    }
}

impl<T: Real> Num for Tracer<T> {
    type FromStrRadixErr = T::FromStrRadixErr;

    fn from_str_radix(numeral: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        T::from_str_radix(numeral, radix).map(Self::constant)
    }
}

macro_rules! to_primitive {
    ($($name:ident -> $P:ty;)*) => {
        impl<T: Real> ToPrimitive for Tracer<T> {$(
            #[inline]
            #[track_caller]
            fn $name(&self) -> Option<$P> {
                self.on.asks(stringify!($name), false);
                self.re.$name()
            }
        )*}
    };
}

for_each_conversion!(to_primitive);

/// A tracer passes with its variables; any other number becomes a constant, and is asked if it's one of another run.
impl<T: Real> NumCast for Tracer<T> {
    #[inline]
    fn from<U: ToPrimitive>(n: U) -> Option<Self> {
        let n = match same_type::<U, Self>(n) {
            Ok(tracer) => return Some(tracer),
            Err(n) => n,
        };
        let n = match same_type::<U, inspect::Question<Self>>(n) {
            Ok(question) => return Some(question.answer()),
            Err(n) => n,
        };
        match same_type::<U, Operation<Self>>(n) {
            Ok(operation) => Some(operation.result()),
            Err(n) => <T as NumCast>::from(n).map(Self::constant),
        }
    }
}

impl<T: Real> inspect::Question<Tracer<T>> {
    /// What a number over tracers asks of its components, which chooses among ways of computing the same thing and is no
    /// question of the function.
    fn answer(self) -> Tracer<T> {
        let Self { x, y, ask } = self;
        let of_values = || inspect::ask(x.re, y.re, ask);
        let yes = match ask {
            // A number that depends on variables isn't zero in all components, even if its value is.
            Ask::Zero => x.on.is_none() && of_values(),
            Ask::Vanishes | Ask::Finite | Ask::KeepsDigits => of_values(),
            Ask::Identical => {
                x.ask(&y, "identical");
                x.on == y.on && of_values()
            }
        };
        Tracer::constant(if yes { T::one() } else { T::zero() })
    }
}

impl<T: Real> Operation<Tracer<T>> {
    fn result(self) -> Tracer<T> {
        let Self { x, y, make } = self;
        let both = || x.on.and(y.on);
        let (re, on) = match make {
            Make::Product(mask) => (inspect::masked(x.re, y.re, mask), x.on.times(y.on)),
            Make::WithValue => (inspect::with_value(x.re, y.re), x.on),
            Make::Undefined => (inspect::undefined(x.re), x.on.bent()),
            Make::Nans => (inspect::nans(x.re), x.on),
            Make::Difference => (inspect::difference(x.re, y.re), both()),
            Make::PowerLog(k, n) => (branches::power_log(x.re, y.re, k, n), both().bent()),
            Make::FunctionOf { infinite } => (inspect::function_of(x.re, y.re, infinite), both()),
        };
        Tracer { re, on }
    }
}

/// Functions that give the constant that `T` gives.
macro_rules! constants {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name() -> Self {
            Self::constant(T::$name())
        }
    )*};
}

impl<T: Real> FloatConst for Tracer<T> {
    constants! {
        E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8 LN_10 LN_2
        LOG10_E LOG2_E PI SQRT_2 TAU LOG10_2 LOG2_10
    }
}

/// Methods by what they are.
macro_rules! methods {
    (constant: $($constant:ident)*; linear: $($linear:ident)*; questions: $($question:ident -> $Answer:ty;)*) => {
        $(
            #[inline]
            fn $constant(self) -> Self {
                Self { re: self.re.$constant(), on: self.on.stepped() }
            }
        )*
        $(
            #[inline]
            fn $linear(self) -> Self {
                Self { re: self.re.$linear(), on: self.on }
            }
        )*
        $(
            #[inline]
            #[track_caller]
            fn $question(self) -> $Answer {
                self.on.asks(stringify!($question), false);
                self.re.$question()
            }
        )*
    };
}

impl<T: Real> Float for Tracer<T> {
    constants! {
        nan infinity neg_infinity neg_zero min_value min_positive_value max_value epsilon
    }

    methods! {
        constant: signum floor ceil round trunc;
        linear: to_degrees to_radians;
        questions:
            is_nan -> bool;
            is_infinite -> bool;
            is_finite -> bool;
            is_normal -> bool;
            is_subnormal -> bool;
            is_sign_positive -> bool;
            is_sign_negative -> bool;
            classify -> FpCategory;
            integer_decode -> (u64, i16, i8);
    }

    for_each_unary_rule!(emit_bent []);
    emit_bent!([](recip,));

    #[inline]
    fn sin_cos(self) -> (Self, Self) {
        let ((sin, cos), on) = (self.re.sin_cos(), self.on.bent());
        (Self { re: sin, on }, Self { re: cos, on })
    }

    #[inline]
    fn powi(self, n: i32) -> Self {
        let on = match n {
            0 => Dependence::NONE,
            1 => self.on,
            _ => self.on.bent(),
        };
        Self { re: self.re.powi(n), on }
    }

    bent_in_both! { powf log hypot atan2 }

    #[inline]
    fn fract(self) -> Self {
        let re = self.re.fract();
        Self { re, on: Self::defined(re, self.on) }
    }

    #[inline]
    fn abs(self) -> Self {
        Self { re: self.re.abs(), on: Self::kinked(self.on, || self.re == T::zero()) }
    }

    #[inline]
    fn max(self, other: Self) -> Self {
        Self { re: self.re.max(other.re), on: self.chosen(other, branches::max) }
    }

    #[inline]
    fn min(self, other: Self) -> Self {
        Self { re: self.re.min(other.re), on: self.chosen(other, branches::min) }
    }

    #[inline]
    fn clamp(self, min: Self, max: Self) -> Self {
        let re = self.re.clamp(min.re, max.re);
        let all = self.on.and(min.on).and(max.on);
        let on = if all.is_none() || all.is_global() {
            all.bent()
        } else if self.re < min.re {
            min.on
        } else if self.re > max.re {
            max.on
        } else if self.re == min.re || self.re == max.re {
            all.bent()
        } else {
            self.on
        };
        Self { re, on }
    }

    #[inline]
    fn abs_sub(self, other: Self) -> Self {
        #[allow(deprecated)]
        let re = self.re.abs_sub(other.re);
        let on = Self::kinked(self.on.and(other.on), || self.re == other.re);
        let is_constant = !on.is_none() && !on.is_global() && self.re < other.re;
        Self { re, on: if is_constant { Dependence::NONE } else { on } }
    }

    /// The sign counts only where both are zero.
    #[inline]
    fn copysign(self, sign: Self) -> Self {
        let re = self.re.copysign(sign.re);
        let all = self.on.and(sign.on);
        let on = if all.is_none() || all.is_global() {
            all.bent()
        } else if self.re != T::zero() {
            self.on
        } else if sign.re != T::zero() {
            self.on.bent()
        } else {
            all.bent()
        };
        Self { re, on }
    }

    #[inline]
    fn mul_add(self, a: Self, b: Self) -> Self {
        Self { re: self.re.mul_add(a.re, b.re), on: self.on.times(a.on).and(b.on) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::run::{Dependence, Holds, Running};
    use super::Tracer;
    use crate::number::inspect::{self, Mask};
    use crate::rules::branches;

    fn number(re: f64, on: Dependence) -> Tracer<f64> {
        Tracer { re, on }
    }

    /// What numbers over tracers make of their components.
    #[test]
    fn operations_on_components_keep_what_they_depend_on() {
        let running = Running::begin(Holds::Everywhere, true);
        let [a, b] = [0, 1].map(|i| running.variable(i));
        let (x, y, both) = (number(2.0, a), number(3.0, b), a.and(b));
        let same = |z: Tracer<f64>, re: f64, on: Dependence| {
            assert_eq!((z.re.to_bits(), z.on), (re.to_bits(), on));
        };
        same(inspect::with_value(x, y), 3.0, a);
        same(inspect::masked(x, y, Mask::Either), 6.0, both);
        same(inspect::masked(x, Tracer::constant(0.0), Mask::Right), 0.0, Dependence::NONE);
        same(inspect::nans(x), 0.0, a);
        same(inspect::difference(x, y), -1.0, both);
        same(inspect::function_of(x, y, false), 3.0, both);
        same(branches::power_log(x, y, 1, 0), 4.0, both);
        let undefined = inspect::undefined(x);
        assert!(undefined.re.is_nan() && undefined.on == a);
        assert_eq!(running.questions(), []);
    }

    #[test]
    fn what_depends_on_variables_is_not_zero() {
        let running = Running::begin(Holds::Everywhere, false);
        let on = running.variable(0);
        assert!(inspect::is_zero(Tracer::constant(0.0)) && !inspect::is_zero(Tracer::constant(1.0)));
        assert!(!inspect::is_zero(number(0.0, on)));
        assert!(inspect::is_finite(number(0.0, on)) && !inspect::is_finite(number(f64::NAN, on)));
        assert_eq!(running.questions(), []);
        // Two functions of one variable may have one value here.
        assert!(!inspect::identical(number(1.0, on), Tracer::constant(1.0)));
        assert_eq!(running.questions().first().map(crate::sparse::Question::asked), Some("identical"));
    }
}
