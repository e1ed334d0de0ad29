//! The work of a function value: which numbers it runs on, in the instruction set of the CPU.

use super::{At, Function, Returned};
use crate::drive::calls::gradient::gradient_on;
use crate::drive::calls::hessian::{hessian_on, hessians_on};
use crate::drive::calls::jacobian::jacobian_on;
use crate::drive::{Family, Gradient, Hessian, Lanes, Point, ValueGradientHessian, ValueJacobianHessians};
use crate::number::on::{FloatOf, Work};

/// The number over `V` for first derivatives at `X`.
type First<X, V> = <<X as Point>::Lanes as Lanes>::First<V>;

/// The number over `V` for second derivatives at `X`.
type Second<X, V> = <<X as Point>::Lanes as Lanes>::Second<V>;

/// The container of the family `F` with the numbers of the point `X`.
type Values<F, X> = <F as Family>::Of<<X as Point>::Scalar>;

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
        gradient_on::<X, V, First<X, V>>(|lifted| f.call(X::argument(lifted)), x);

    /// [`Function::value_and_jacobian`]
    ForJacobian[V, f, x] => (Values<F::To, X>, <F::To as Family>::Of<Gradient<X>>) =
        jacobian_on::<X, V, First<X, V>, _>(|lifted| Returned::<F::To, _>(f.call(X::argument(lifted))), x);

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
