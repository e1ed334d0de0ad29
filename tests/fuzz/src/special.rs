//! The special functions of `Special`, of any numbers.

use std::array::from_fn;

use tangents::{Dual, Special};

use crate::common::{Number, all_zero, same};
use crate::cursor::Cursor;
use crate::program::same_lane;
use crate::special_table::for_each_special_rule;

/// Values that are the primal's, lanes that are as alone, constants that stay constant.
pub fn special(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    match cursor.below(4) {
        0 => laws::<f64, 2>(&mut cursor),
        1 => laws::<f32, 2>(&mut cursor),
        2 => laws::<Dual<f64, 1>, 2>(&mut cursor),
        _ => laws::<Dual<Dual<f32, 1>, 1>, 1>(&mut cursor),
    }
}

macro_rules! functions {
    ([of two: $($two:ident)*] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {
        /// The functions whose tangents come by the chain rule alone, which keeps zero lanes: every row of the table of rules,
        /// and some of two variables.
        pub fn by_rule<T: Special>(x: T, y: T, n: i8) -> Vec<(&'static str, T)> {
            vec![
                $((stringify!($name), x.$name($(<$Order>::from(Order(n)))?)),)*
                ("relu", x.relu()),
                $((stringify!($two), x.$two(y)),)*
            ]
        }
    };
}

/// The order of a function: any integer, or its magnitude.
struct Order(i8);

impl From<Order> for i32 {
    fn from(Order(n): Order) -> Self {
        n.into()
    }
}

impl From<Order> for u32 {
    fn from(Order(n): Order) -> Self {
        n.unsigned_abs().into()
    }
}

for_each_special_rule!(functions [of two: beta ln_beta logaddexp xlogy xlog1py]);

fn composed<T: Special>(x: &[T], condition: bool) -> Vec<(&'static str, T)> {
    let at = |i: usize| x[i % x.len()];
    let mut shares = x.to_vec();
    T::softmax_in_place(&mut shares);
    let mut all: Vec<_> = shares.into_iter().map(|share| ("softmax_in_place", share)).collect();
    all.extend(T::softmax([at(0), at(1), at(2)]).map(|share| ("softmax", share)));
    all.extend([
        ("logsumexp", T::logsumexp(x)),
        ("norm", T::norm(x)),
        ("norm_squared", T::norm_squared(x)),
        ("huber", at(0).huber(at(1))),
        ("norm of none", T::norm(&[])),
        ("logsumexp of none", T::logsumexp(&[])),
        ("safe_norm", T::safe_norm(x, at(1))),
        ("hypot3", at(0).hypot3(at(1), at(2))),
        ("lerp", at(0).lerp(at(1), at(2))),
        ("smoothstep", at(0).smoothstep(at(1), at(2))),
        ("select", T::select(condition, at(0), at(1))),
        ("stop_gradient", at(0).stop_gradient()),
    ]);
    all
}

pub fn everything<T: Special>(x: &[T], n: i8, condition: bool) -> Vec<(&'static str, T)> {
    let mut all = by_rule(x[0], x[x.len() - 1], n);
    all.extend(composed(x, condition));
    all
}

fn laws<T: Number + Special, const N: usize>(cursor: &mut Cursor) {
    let (n, condition) = (cursor.byte().cast_signed() % 65, cursor.flag());
    let len = 1 + cursor.below(5);
    let x: Vec<Dual<T, N>> = cursor.numbers(len);

    let whole = everything(&x, n, condition);
    let values = everything(&x.iter().map(|x| x.re).collect::<Vec<_>>(), n, condition);
    for ((name, y), (_, value)) in whole.iter().zip(&values) {
        assert!(same(y.re, *value), "{name} of {x:?}, order {n}, is {y:?}, on values {value:?}");
    }
    for k in 0..N {
        let alone: Vec<_> = x.iter().map(|x| Dual::new(x.re, [x.eps[k]])).collect();
        for ((name, y), (_, alone)) in whole.iter().zip(everything(&alone, n, condition)) {
            assert!(
                same_lane(y.eps[k], alone.eps[0]),
                "lane {k} of {name} of {x:?}, order {n}, is {y:?}, alone {alone:?}"
            );
        }
    }
    // Of one lane, zero; of the other, what it was.
    let mixed =
        |x: Dual<T, N>| Dual::<T, 2>::new(x.re, from_fn(|k| if k == 0 { T::zero() } else { x.eps[N - 1] }));
    let (a, b) = (mixed(x[0]), mixed(x[len - 1]));
    for (name, y) in by_rule(a, b, n) {
        assert!(all_zero(y.eps[0]), "{name} of {a:?} and {b:?}, order {n}, is {y:?}");
    }
}
