//! Numbers as truncated polynomials over the plain number at their bottom, at any nesting.
//!
//! An algorithm that is run once on plain values and then solves for the derivatives needs of a number what it is over, how many
//! orders it carries, and its parts of one order. Of a `T: Number` none is known, and no associated type could tell without
//! being asked for in each implementation of [`Number`]. So the work is brought to the type, as in
//! [`on`](crate::number::on): each number hands it to what it is over, and the last one knows what that is.

use core::array::from_fn;
use core::marker::PhantomData;

use super::components::Components;
use super::{Dual, DualOrConstant, HyperDual, Taylor};
use crate::rules::Number;

/// Where a plain number is in itself.
#[derive(Clone, Copy, Debug)]
pub struct Itself;

/// Where it is in a number over one in which it is at `D`.
#[derive(Clone, Copy, Debug)]
pub struct Within<D>(PhantomData<D>);

/// A number over the plain number `P`: a polynomial of the degree [`ORDER`](Self::ORDER) with coefficients in `P`.
///
/// Products of more than that many numbers without a value vanish. `D` tells the ways apart in which a number can be over
/// another one: a `Dual<f64, 1>` is over `f64` and over itself.
pub trait Over<P: Number, D>: Number {
    /// The highest order.
    const ORDER: usize;

    /// The value at the bottom.
    fn value(&self) -> P;

    /// The constant.
    fn of_value(value: P) -> Self;

    /// The same number with another value at the bottom.
    fn with_plain(self, value: P) -> Self;

    /// Each coefficient times `p`.
    fn times_plain(self, p: P) -> Self;

    /// Each coefficient divided by `p`.
    fn by_plain(self, p: P) -> Self;

    /// The coefficients of this order alone.
    fn of_order(self, order: usize) -> Self;

    /// Hands over each coefficient, in an order that is always the same.
    fn each_coefficient(&self, visit: &mut dyn FnMut(P));

    /// The number with these coefficients, in that order.
    fn from_coefficients(next: &mut dyn FnMut() -> P) -> Self;
}

impl<P: Number> Over<P, Itself> for P {
    const ORDER: usize = 0;

    #[inline]
    fn value(&self) -> P {
        *self
    }

    #[inline]
    fn of_value(value: P) -> Self {
        value
    }

    #[inline]
    fn with_plain(self, value: P) -> Self {
        value
    }

    #[inline]
    fn times_plain(self, p: P) -> Self {
        self * p
    }

    #[inline]
    fn by_plain(self, p: P) -> Self {
        self / p
    }

    #[inline]
    fn of_order(self, order: usize) -> Self {
        if order == 0 { self } else { P::zero() }
    }

    #[inline]
    fn each_coefficient(&self, visit: &mut dyn FnMut(P)) {
        visit(*self);
    }

    #[inline]
    fn from_coefficients(next: &mut dyn FnMut() -> P) -> Self {
        next()
    }
}

/// Work on a number of which the work must know what it is over.
pub trait Work<T> {
    /// What comes of it.
    type Output;

    /// Does the work on a `T` that is over the plain number `P`.
    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>;
}

/// The coefficients of `x` of the order from which `taken` is taken, zero if it is less.
#[inline]
fn below<T: Over<P, D>, P: Number, D>(x: T, order: usize, taken: usize) -> T {
    if order < taken { T::zero() } else { x.of_order(order - taken) }
}

macro_rules! over {
    ($($Number:ident of $order:expr, |$x:ident, $k:ident| $of_order:expr, |$y:ident, $visit:ident| $each:expr, |$value:ident, $next:ident| $from:expr;)*) => {$(
        impl<P: Number, D, T: Over<P, D>, const N: usize> Over<P, Within<D>> for $Number<T, N> {
            const ORDER: usize = $order + T::ORDER;

            #[inline]
            fn value(&self) -> P {
                self.re().value()
            }

            #[inline]
            fn of_value(value: P) -> Self {
                Self::constant(T::of_value(value))
            }

            #[inline]
            fn with_plain(self, value: P) -> Self {
                self.with_value(self.re().with_plain(value))
            }

            #[inline]
            fn times_plain(self, p: P) -> Self {
                self.map(|c| c.times_plain(p))
            }

            #[inline]
            fn by_plain(self, p: P) -> Self {
                self.map(|c| c.by_plain(p))
            }

            #[inline]
            fn of_order(self, $k: usize) -> Self {
                let $x = self;
                $of_order
            }

            fn each_coefficient(&self, $visit: &mut dyn FnMut(P)) {
                let $y = self;
                $y.re().each_coefficient($visit);
                $each
            }

            fn from_coefficients($next: &mut dyn FnMut() -> P) -> Self {
                let $value = T::from_coefficients($next);
                $from
            }
        }
    )*};
}

over! {
    Dual of 1,
    |x, k| Self::new(x.re.of_order(k), x.eps.map(|c| below(c, k, 1))),
    |x, visit| x.eps.iter().for_each(|c| c.each_coefficient(visit)),
    |re, next| Self::new(re, from_fn(|_| T::from_coefficients(next)));

    DualOrConstant of 1,
    |x, k| match x.dual() {
        Some(x) => Self::moving(Over::<P, Within<D>>::of_order(x, k)),
        None => Self::constant(x.re().of_order(k)),
    },
    |x, visit| x.with_lanes().eps.iter().for_each(|c| c.each_coefficient(visit)),
    |re, next| Self::moving(Dual::new(re, from_fn(|_| T::from_coefficients(next))));

    HyperDual of 2,
    |x, k| Self::from_fn(
        x.re.of_order(k),
        x.gradient.map(|c| below(c, k, 1)),
        |i, j| below(x.second(i, j), k, 2),
    ),
    |x, visit| {
        x.gradient.iter().for_each(|c| c.each_coefficient(visit));
        for i in 0..N {
            (i..N).for_each(|j| x.second(i, j).each_coefficient(visit));
        }
    },
    |re, next| {
        let gradient = from_fn(|_| T::from_coefficients(next));
        let mut second = [[re; N]; N];
        for (i, row) in second.iter_mut().enumerate() {
            row[i..].iter_mut().for_each(|entry| *entry = T::from_coefficients(next));
        }
        Self::from_fn(re, gradient, |i, j| second[i.min(j)][i.max(j)])
    };

    Taylor of N,
    |x, k| Self::new(x.re.of_order(k), from_fn(|i| below(x.coefficients[i], k, i + 1))),
    |x, visit| x.coefficients.iter().for_each(|c| c.each_coefficient(visit)),
    |re, next| Self::new(re, from_fn(|_| T::from_coefficients(next)));
}

/// Work on the numbers that a number is over, as work on these.
macro_rules! within {
    ($($name:ident: $Number:ident;)*) => {$(
        pub(super) fn $name<T: Number, W: Work<$Number<T, N>>, const N: usize>(work: W) -> W::Output {
            struct Inner<W, const N: usize>(W);

            impl<T, W: Work<$Number<T, N>>, const N: usize> Work<T> for Inner<W, N> {
                type Output = W::Output;

                #[inline]
                fn run<P: Number, D>(self) -> W::Output
                where
                    T: Over<P, D>,
                {
                    self.0.run::<P, Within<D>>()
                }
            }

            T::on_plain(Inner(work))
        }
    )*};
}

within! {
    dual: Dual;
    dual_or_constant: DualOrConstant;
    hyper: HyperDual;
    taylor: Taylor;
}
