//! The work of a function value: which numbers it runs on, in the instruction set of the CPU.

use super::numbers::{Numbers, WIDE, WIDER};
use super::{At, Function, InstructionSet, Returned};
use crate::drive::calls::gradient::gradient_on;
use crate::drive::calls::hessian::{hessian_on, hessians_on};
use crate::drive::calls::jacobian::jacobian_on;
use crate::drive::{
    Family, FirstOrder, Gradient, Hessian, Lanes, Point, ValueGradientHessian, ValueJacobianHessians,
};
use crate::number::on::{FloatOf, Work, may_be_on_a_set};
use crate::number::{Dual, DualOrConstant};
use crate::rules::Number;

/// The number over `V` for first derivatives at `X`.
type First<X, V> = <<X as Point>::Lanes as Lanes>::First<V>;

/// The number over `V` for second derivatives at `X`.
type Second<X, V> = <<X as Point>::Lanes as Lanes>::Second<V>;

/// The container of the family `F` with the numbers of the point `X`.
type Values<F, X> = <F as Family>::Of<<X as Point>::Scalar>;

/// Whether the coordinates of `x` are so many that those of a pass are best absent from most numbers.
#[inline(always)]
fn is_wide<X: Point + ?Sized, V: FloatOf<X::Scalar>>(x: &X) -> bool {
    let lanes = <First<X, V> as FirstOrder<V>>::LANES;
    // One pass with all lanes has no constants but those of the function.
    lanes > WIDER || (x.dim() > lanes && Numbers::for_length(x.dim()) == Numbers::Wide)
}

/// Whether numbers of `to` lanes, which fill vectors of the set that `V` is on, stand for those of `lanes` lanes, which don't.
///
/// A vector of 8 and the rest of 15 lanes in vectors of 4, 2 and 1 are four operations, and 16 lanes are two: a bundle adjustment of 15
/// coordinates takes 0.57 of the time. Lanes that aren't asked for cost nothing else, since a lane never meets another.
const fn fills<V: Number>(lanes: usize, to: usize) -> bool {
    let filled = match lanes % 8 {
        3 => lanes + 1,
        5.. => lanes.next_multiple_of(8),
        _ => lanes,
    };
    let wide = may_be_on_a_set::<V>() || InstructionSet::is_wide_when_compiled();
    wide && size_of::<V>() <= size_of::<f64>() && lanes < to && to == filled
}

/// Runs `$run::<…, D, …>(…)` on the number over `$V` that first derivatives at `$x` are best computed on.
macro_rules! on_numbers {
    ($X:ident, $V:ident, $x:expr, $run:ident($($arguments:expr),*)) => {
        if !is_wide::<$X, $V>($x) {
            on_numbers!(@filled [4 8 12 16 20 24 28 32] $X, $V, $run($($arguments),*))
        } else if const { may_be_on_a_set::<$V>() && size_of::<$V>() <= size_of::<f64>() } {
            $run::<$X, $V, DualOrConstant<$V, WIDER>, _>($($arguments),*)
        } else {
            // More lanes are more vectors of 128 bits than there are registers.
            $run::<$X, $V, DualOrConstant<$V, WIDE>, _>($($arguments),*)
        }
    };
    (@filled [$lanes:literal $($more:literal)*] $X:ident, $V:ident, $run:ident $arguments:tt) => {
        // What isn't chosen isn't compiled.
        if const { fills::<$V>(<First<$X, $V> as FirstOrder<$V>>::LANES, $lanes) } {
            on_numbers!(@run $X, $V, Dual<$V, $lanes>, $run $arguments)
        } else {
            on_numbers!(@filled [$($more)*] $X, $V, $run $arguments)
        }
    };
    (@filled [] $X:ident, $V:ident, $run:ident $arguments:tt) => {
        on_numbers!(@run $X, $V, First<$X, $V>, $run $arguments)
    };
    (@run $X:ident, $V:ident, $D:ty, $run:ident($($arguments:expr),*)) => {
        $run::<$X, $V, $D, _>($($arguments),*)
    };
}

/// A structure of a function and a point, and what its work is.
macro_rules! work {
    ($(
        $(#[$doc:meta])*
        $Name:ident[$V:ident, $f:ident, $x:ident] $(where To = $To:ty)? => $Output:ty = $run:expr;
    )*) => {$(
        $(#[$doc])*
        pub(super) struct $Name<'a, F: ?Sized, X: ?Sized>(pub(super) &'a F, pub(super) &'a X);

        impl<F, X> Work<X::Scalar> for $Name<'_, F, X>
        where
            F: Function$(<To = $To>)? + ?Sized,
            X: At<F::From> + ?Sized,
        {
            type Output = $Output;

            // Its one caller is compiled for an instruction set.
            #[cfg_attr(not(debug_assertions), inline(always))]
            #[track_caller]
            fn run<$V: FloatOf<X::Scalar>>(self) -> Self::Output {
                let Self($f, $x) = self;
                $run
            }
        }
    )*};
}

work! {
    /// [`Function::value_and_gradient`]
    ForGradient[V, f, x] where To = f64 => (X::Scalar, Gradient<X>) =
        on_numbers!(X, V, x, gradient_on(|lifted| f.call(X::argument(lifted)), x));

    /// [`Function::value_and_jacobian`]
    ForJacobian[V, f, x] => (Values<F::To, X>, <F::To as Family>::Of<Gradient<X>>) =
        on_numbers!(X, V, x, jacobian_on(|lifted| Returned::<F::To, _>(f.call(X::argument(lifted))), x));

    /// [`Function::value_gradient_and_hessian`]
    ForHessian[V, f, x] where To = f64 => ValueGradientHessian<X::Scalar, Gradient<X>, Hessian<X>> =
        hessian_on::<X, V, Second<X, V>>(|lifted| f.call(X::argument(lifted)), x);

    /// [`Function::value_jacobian_and_hessians`]
    ForHessians[V, f, x] => ValueJacobianHessians<
        Values<F::To, X>,
        <F::To as Family>::Of<Gradient<X>>,
        <F::To as Family>::Of<Hessian<X>>,
    > = hessians_on::<X, V, Second<X, V>, _>(|lifted| Returned::<F::To, _>(f.call(X::argument(lifted))), x);
}
