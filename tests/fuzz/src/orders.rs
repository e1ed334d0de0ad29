//! Every operation and every special function on the numbers of higher order.

use std::fmt::Debug;

use tangents::{Dual, HyperDual, Special, Taylor};

use crate::arithmetic::ieee;
use crate::common::{BINARY, Number, all_zero, same, same_bits};
use crate::cursor::Cursor;
use crate::program::{Operation, run, same_lane};
use crate::special::{by_rule, everything};

/// Values that are the primal's, first derivatives that are a dual number's, and what isn't in the operands isn't in the
/// result.
pub fn orders(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    match cursor.below(8) {
        0 => operations::<f64, HyperDual<f64, 3>>(&mut cursor),
        1 => operations::<f64, Taylor<f64, 4>>(&mut cursor),
        2 => operations::<Dual<f64, 1>, HyperDual<Dual<f64, 1>, 2>>(&mut cursor),
        3 => operations::<f32, HyperDual<f32, 2>>(&mut cursor),
        4 => operations::<HyperDual<f64, 1>, Taylor<HyperDual<f64, 1>, 2>>(&mut cursor),
        5 => special::<f64, HyperDual<f64, 3>>(&mut cursor),
        6 => special::<f64, Taylor<f64, 4>>(&mut cursor),
        _ => special::<Dual<f64, 1>, HyperDual<Dual<f64, 1>, 2>>(&mut cursor),
    }
}

/// A number over `T` with derivatives beyond the first.
trait Order<T: Number>: Number {
    /// The dual number with the same first derivatives.
    type First: Number;

    fn value(self) -> T;

    fn first(self) -> Self::First;

    /// Whether the first derivatives are `first`'s as far as the number's laws say.
    fn agrees(self, first: Self::First) -> bool;

    /// Whether the number, a function of the operands, has what is in none of them.
    fn is_out_of_nothing(self, operands: &[Self]) -> bool;

    /// The number without its first variable.
    fn without_first(self) -> Self;
}

/// Its first derivatives are those of `Dual`, bit for bit.
impl<T: Number, const N: usize> Order<T> for HyperDual<T, N> {
    type First = Dual<T, N>;

    fn value(self) -> T {
        self.re
    }

    fn first(self) -> Dual<T, N> {
        self.first_order()
    }

    fn agrees(self, first: Dual<T, N>) -> bool {
        same(self.re, first.re) && self.gradient.iter().zip(first.eps).all(|(&g, eps)| same_lane(g, eps))
    }

    /// Where neither variable is in an operand, the entry is 0. Where one is, the other's 0 is multiplied by what may have
    /// become infinite.
    fn is_out_of_nothing(self, operands: &[Self]) -> bool {
        let absent =
            |i: usize| operands.iter().all(|x| all_zero(x.gradient[i]) && x.row(i).into_iter().all(all_zero));
        let zero_or_nan = |x: T| x.components().iter().all(|&c| c == 0.0 || c.is_nan());
        let invented = |i: usize, j: usize| {
            let entry = self.second(i, j);
            if absent(j) { !all_zero(entry) } else { !zero_or_nan(entry) }
        };
        (0..N).filter(|&i| absent(i)).any(|i| !all_zero(self.gradient[i]) || (0..N).any(|j| invented(i, j)))
    }

    fn without_first(self) -> Self {
        let mut gradient = self.gradient;
        gradient[0] = T::zero();
        Self::from_fn(self.re, gradient, |i, j| if i == 0 || j == 0 { T::zero() } else { self.second(i, j) })
    }
}

/// Its first coefficient is the tangent of `Dual` where that is finite; of a tangent that has underflown not the sign. Of
/// numbers with derivatives of their own the coefficient's value is: the product of two hyper-dual numbers isn't that of
/// the two exchanged to the bit, and a series may have them in the other order.
impl<T: Number, const K: usize> Order<T> for Taylor<T, K> {
    type First = Dual<T, 1>;

    fn value(self) -> T {
        self.re
    }

    fn first(self) -> Dual<T, 1> {
        Dual::new(self.re, [self.coefficients[0]])
    }

    fn agrees(self, first: Dual<T, 1>) -> bool {
        let [tangent] = first.eps;
        let got = self.coefficients[0];
        let (value, expected) = (got.components()[0], tangent.components()[0]);
        let agrees = same_bits(value, expected) || value == 0.0 && expected == 0.0;
        same(self.re, first.re) && (agrees || !is_finite(tangent) && !is_finite(got))
    }

    fn is_out_of_nothing(self, operands: &[Self]) -> bool {
        operands.iter().all(|x| x.coefficients.into_iter().all(all_zero))
            && !self.coefficients.into_iter().all(all_zero)
    }

    fn without_first(self) -> Self {
        Self::constant(self.re)
    }
}

fn operations<T: Number + Debug, X: Order<T>>(cursor: &mut Cursor) {
    let without_first = cursor.flag();
    let variables: [X; 3] = std::array::from_fn(|_| {
        let x: X = cursor.number();
        if without_first { x.without_first() } else { x }
    });
    let mut operations = Vec::new();
    while !cursor.is_at_end() && operations.len() < 24 {
        operations.push(Operation::read(cursor));
    }

    let whole = run(&operations, &variables);
    let values = run(&operations, &variables.map(X::value));
    for (i, (x, value)) in whole.iter().zip(&values).enumerate() {
        assert!(
            same(x.value(), *value),
            "number {i} is {x:?}, on values {value:?}: {operations:?} of {variables:?}"
        );
    }
    for (count, &operation) in (variables.len()..).zip(&operations) {
        let operands: Vec<X> = operation.operands(count).into_iter().map(|i| whole[i]).collect();
        let result = whole[count];
        // Whether an exponent is constant is asked of all derivatives, in a dual number of those that it has.
        let as_constant = |x: &X| is_constant::<T, _>(*x) == is_constant::<T, _>(x.first());
        if !is_power(operation) || operands.iter().all(as_constant) {
            let before: Vec<X::First> = whole[..count].iter().map(|&x| x.first()).collect();
            let first = operation.apply(&before);
            assert!(result.agrees(first), "{operation:?} of {operands:?} is {result:?}, on duals {first:?}");
        }
        if !ieee(operation) {
            assert!(!result.is_out_of_nothing(&operands), "{operation:?} of {operands:?} is {result:?}");
        }
    }
}

fn is_power(operation: Operation) -> bool {
    matches!(operation, Operation::Binary(k, _) if BINARY[k] == "powf")
}

/// Whether the number over `T` has no derivatives.
fn is_constant<T: Number, X: Number>(x: X) -> bool {
    let value = T::zero().components().len();
    x.components()[value..].iter().all(|&c| c == 0.0)
}

/// Whether every component is.
fn is_finite<T: Number>(x: T) -> bool {
    x.components().iter().all(|c| c.is_finite())
}

fn special<T: Number + Special, X: Order<T> + Special>(cursor: &mut Cursor)
where
    X::First: Special,
{
    let (n, condition) = (cursor.byte().cast_signed() % 65, cursor.flag());
    let len = 1 + cursor.below(5);
    let x: Vec<X> = cursor.numbers(len);

    let whole = everything(&x, n, condition);
    let values = everything(&x.iter().map(|x| x.value()).collect::<Vec<_>>(), n, condition);
    for ((name, y), (_, value)) in whole.iter().zip(&values) {
        assert!(same(y.value(), *value), "{name} of {x:?}, order {n}, is {y:?}, on values {value:?}");
    }
    let (a, b) = (x[0], x[len - 1]);
    let (higher, first) = (by_rule(a, b, n), by_rule(a.first(), b.first(), n));
    for ((name, y), (_, first)) in higher.into_iter().zip(first) {
        assert!(y.agrees(first), "{name} of {a:?} and {b:?}, order {n}, is {y:?}, on duals {first:?}");
    }
    let (a, b) = (a.without_first(), b.without_first());
    for (name, y) in by_rule(a, b, n) {
        assert!(!y.is_out_of_nothing(&[a, b]), "{name} of {a:?} and {b:?}, order {n}, is {y:?}");
    }
}
