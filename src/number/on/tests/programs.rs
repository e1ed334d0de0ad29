//! Every function, and programs of functions, on every number.

use num_traits::NumCast;

use super::*;
use crate::rules::special_table::for_each_special_rule;
use crate::rules::table::for_each_unary_rule;
use crate::rules::{Opaque, RuleN};
use crate::{Dual, HyperDual, Taylor};

/// All functions of a number of one variable, by their place in this list, and how many there are.
macro_rules! functions {
    ($(#[$meta:meta])* $all:ident<$T:ident: $Bound:ident>($x:ident, $y:ident, $z:ident) { $($function:expr;)* }) => {
        $(#[$meta])*
        fn $all<$T: $Bound>(which: usize, $x: $T, $y: $T, $z: $T) -> Option<$T> {
            let mut place = 0;
            $(
                if which == place {
                    return Some($function);
                }
                place += 1;
            )*
            let _ = place;
            None
        }
    };
}

macro_rules! emit_names {
    ([$all:ident $Bound:ident] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {
        functions! {
            $all<T: $Bound>(x, y, z) {$({
                let _ = (y, z);
                $(let $n: $Order = 3;)?
                x.$name($($n)?)
            };)*}
        }
    };
}

for_each_unary_rule!(emit_names [smooth Number]);
for_each_special_rule!(emit_names [special Number]);

functions! {
    /// The other functions.
    others<T: Number>(x, y, z) {
        x + y;
        x - y;
        x * y;
        x / y;
        x % y;
        -x;
        x.floor();
        x.ceil();
        x.round();
        x.trunc();
        x.fract();
        x.abs();
        x.signum();
        x.recip();
        x.to_degrees();
        x.to_radians();
        x.powi(-3);
        x.powi(5);
        x.powf(y);
        x.log(y);
        x.max(y);
        x.min(y);
        x.abs_sub(y);
        x.hypot(y);
        x.atan2(y);
        x.copysign(y);
        x.mul_add(y, z);
        if y <= z { x.clamp(y, z) } else { z };
        x.sin_cos().0 + x.sin_cos().1;
        x.beta(y);
        x.ln_beta(y);
        x.xlogy(y);
        x.xlog1py(y);
        x.logaddexp(y);
        T::logsumexp(&[x, y, z]);
        T::softmax([x, y, z])[1];
        T::norm(&[x, y, z]);
        T::norm_squared(&[x, y]);
        T::safe_norm(&[x, y], z);
        x.hypot3(y, z);
        x.lerp(y, z);
        x.smoothstep(y, z);
        x.relu();
        x.huber(y);
        x.stop_gradient();
        T::select(y > z, x, z);
        x.apply(Opaque::new(|x| x.sin() + 1.0, f64::cos));
        T::apply_n([x, y], Quotient);
        T::apply_vector(&[x, y], Opaque::of_vectors(|x| vec![x[0] * x[1]], |x, v| vec![x[0] * v[1] + v[0] * x[1]]))[0];
        T::lit(0.1) * x + T::PI() - T::epsilon();
        <T as NumCast>::from(y).unwrap();
        if x.is_nan() || y.is_infinite() || z.is_sign_negative() { T::E() } else { y };
        if x.is_zero() || y.is_one() || z.is_normal() || z.is_subnormal() { T::TAU() } else { T::LOG2_10() };
        <T as NumCast>::from(x.integer_decode().0).unwrap() * T::lit(x.integer_decode().1.into());
        T::lit(x.to_f64().unwrap_or(f64::NAN)) + T::lit(x.to_i32().unwrap_or(7).into());
        T::sum([x, y, z]) * T::product([y, z]);
    }
}

/// x/y, by a rule.
struct Quotient;

impl RuleN<2> for Quotient {
    fn value<T: Number>(&self, [x, y]: [T; 2]) -> T {
        x / y
    }

    fn slopes<T: Number>(&self, [x, y]: [T; 2]) -> [T; 2] {
        [y.recip(), -(x / y) / y]
    }
}

/// Every function at arguments of every kind, and programs of functions.
struct Program<P> {
    seed: u64,
    number: P,
}

/// Which number a program is run on.
trait Kind {
    type Number<V: Number>: Number;
    fn make<T: Bits, V: FloatOf<T>>(words: &mut Words, any: bool) -> Self::Number<V>;
    fn read<T: Bits, V: FloatOf<T>>(x: &Self::Number<V>, bits: &mut Vec<u64>);
}

/// In how many registers a program computes.
const REGISTERS: usize = 4;

impl<T: Bits, P: Kind> Work<T> for Program<P> {
    type Output = Vec<u64>;
    fn run<V: FloatOf<T>>(self) -> Vec<u64> {
        let _ = self.number;
        let (mut words, mut bits) = (Words(self.seed), Vec::new());
        let all: Vec<fn(usize, P::Number<V>, P::Number<V>, P::Number<V>) -> Option<P::Number<V>>> =
            vec![smooth, special, others];
        for f in all.iter().copied() {
            let mut which = 0;
            loop {
                let mut ended = false;
                for round in 0..6 {
                    let mut any = || P::make::<T, V>(&mut words, round >= 3);
                    let (x, y, z) = (any(), any(), any());
                    match f(which, x, y, z) {
                        Some(y) => P::read::<T, V>(&y, &mut bits),
                        None => ended = true,
                    }
                }
                if ended {
                    break;
                }
                which += 1;
            }
            assert!(which > 20);
        }
        for _ in 0..40 {
            let mut x: [_; REGISTERS] = array(|| P::make::<T, V>(&mut words, false));
            for _ in 0..12 {
                let f = all[words.below(all.len())];
                let [to, i, j, k] = array(|| words.below(REGISTERS));
                if let Some(y) = f(words.below(60), x[i], x[j], x[k]) {
                    x[to] = y;
                }
            }
            for x in &x {
                P::read::<T, V>(x, &mut bits);
            }
        }
        bits
    }
}

macro_rules! on_number {
    ($P:ident: $Number:ty, |$any:ident| $make:expr, |$x:ident, $push:ident| $read:expr) => {
        struct $P;

        impl Kind for $P {
            type Number<V: Number> = $Number;
            fn make<T: Bits, V: FloatOf<T>>(words: &mut Words, any: bool) -> Self::Number<V> {
                #[allow(unused_mut)] // where it is called once
                let mut $any = || V::of(if any { T::any(words) } else { T::tame(words) });
                $make
            }
            fn read<T: Bits, V: FloatOf<T>>($x: &Self::Number<V>, bits: &mut Vec<u64>) {
                #[allow(unused_mut)] // where it is handed on
                let mut $push = |x: V| bits.push(x.plain().bits());
                $read
            }
        }
    };
}

on_number!(Itself: V, |any| any(), |x, push| push(*x));
on_number!(Dual1: Dual<V, 1>, |any| Dual::new(any(), [any()]), |x, push| {
    push(x.re);
    push(x.eps[0]);
});
on_number!(Dual13: Dual<V, 13>, |any| Dual::new(any(), array(any)), |x, push| {
    push(x.re);
    x.eps.into_iter().for_each(push);
});
on_number!(Dual16: Dual<V, 16>, |any| Dual::new(any(), array(any)), |x, push| {
    push(x.re);
    x.eps.into_iter().for_each(push);
});
on_number!(
    Nested: Dual<Dual<V, 5>, 4>,
    |any| Dual::new(Dual::new(any(), array(&mut any)), array(|| Dual::new(any(), array(&mut any)))),
    |x, push| for c in core::iter::once(&x.re).chain(&x.eps) {
        push(c.re);
        c.eps.into_iter().for_each(&mut push);
    }
);
on_number!(
    Hyper7: HyperDual<V, 7>,
    |any| HyperDual::from_fn(any(), array(&mut any), seconds(&array::<_, 28>(&mut any))),
    |x, push| hyper(x, push)
);
on_number!(
    Hyper12: HyperDual<V, 12>,
    |any| HyperDual::from_fn(any(), array(&mut any), seconds(&array::<_, 78>(&mut any))),
    |x, push| hyper(x, push)
);
on_number!(Taylor4: Taylor<V, 4>, |any| Taylor::new(any(), array(any)), |x, push| {
    push(x.re);
    x.coefficients.into_iter().for_each(push);
});

/// The entry (i, j) of the triangle that has these entries.
fn seconds<V: Copy>(entries: &[V]) -> impl Fn(usize, usize) -> V {
    |i, j| entries[j * (j + 1) / 2 + i]
}

fn hyper<V: Number, const N: usize>(x: &HyperDual<V, N>, mut push: impl FnMut(V)) {
    push(x.re);
    x.gradient.into_iter().for_each(&mut push);
    for i in 0..N {
        for j in i..N {
            push(x.second(i, j));
        }
    }
}

macro_rules! test_programs {
    ($($name:ident $P:ident: $($F:ty)*;)*) => {$(
        #[test]
        fn $name() {
            $(same_in_each_set::<$F, _>(|| Program { seed: 3, number: $P });)*
        }
    )*};
}

// Each kind of number in both precisions; more lanes and nesting in one, which the compiler takes long for.
test_programs! {
    programs_have_the_bits_of_the_plain_float Itself: f64 f32;
    programs_on_one_lane_have_the_same_bits Dual1: f64;
    programs_on_dual_numbers_have_the_same_bits Dual13: f64 f32;
    programs_on_dual_numbers_of_16_lanes_have_the_same_bits Dual16: f64;
    programs_on_nested_dual_numbers_have_the_same_bits Nested: f64;
    programs_on_hyper_dual_numbers_have_the_same_bits Hyper7: f64 f32;
    programs_on_hyper_dual_numbers_of_12_lanes_have_the_same_bits Hyper12: f64;
    programs_on_series_have_the_same_bits Taylor4: f64 f32;
}
