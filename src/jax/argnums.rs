//! Which of several arguments to differentiate with respect to: JAX's `argnums`.

use core::any::TypeId;
use core::marker::PhantomData;

use crate::drive::calls::{RESULTS, fitting};
use crate::drive::containers::numbers::CHUNK;
use crate::drive::containers::sizes::{check_point, check_sizes};
use crate::drive::containers::{Of, coordinate_of, map_all};
use crate::drive::sweeps::chunks::{sweep_gradient, sweep_jacobian};
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::drive::{FirstOrder, Gradient, Jacobian, Lanes, Point};
use crate::number::Dual;
use crate::rules::Number;

/// The `I`-th argument of a function of several, counted from 0: what [`ARG0`] … [`ARG3`] are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Arg<const I: usize>;

/// The first argument.
pub const ARG0: Arg<0> = Arg;
/// The second argument.
pub const ARG1: Arg<1> = Arg;
/// The third argument.
pub const ARG2: Arg<2> = Arg;
/// The fourth argument.
pub const ARG3: Arg<3> = Arg;

/// A choice of arguments: one, as [`ARG1`], or a tuple of up to four, as `(ARG0, ARG1)`.
///
/// One argument gives its gradient and runs on its lanes; a tuple gives a tuple of gradients, in its order, and
/// runs on 8 lanes, in passes of its own for each argument. The arguments that aren't chosen are constants.
///
/// `Args` stands for the arguments' types. The trait can't be implemented elsewhere.
#[doc(alias = "argnums")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't choose among the function's arguments",
    label = "not a choice of these arguments",
    note = "write `ARG0`, `ARG1`, … or a tuple like `(ARG0, ARG1)`; `grad2` and its kin count two arguments, `grad3` \
            three, `grad4` four"
)]
pub trait Argnums<Args: Arguments>: Copy {
    /// The dual number that the function runs on.
    type Dual: FirstOrder<Args::Scalar>;

    /// The gradient, or the tuple of gradients.
    type Gradient;

    /// The Jacobian of a function that returns `R`, or the tuple of Jacobians.
    type Jacobian<R: Point<Scalar = Self::Dual>>;

    #[doc(hidden)]
    #[track_caller]
    fn value_and_gradient(
        f: impl Fn(&Args::Lifted<Self::Dual>) -> Self::Dual,
        args: Args::Refs<'_>,
    ) -> (Args::Scalar, Self::Gradient);

    #[doc(hidden)]
    #[track_caller]
    fn jacobian<R: Point<Scalar = Self::Dual>>(
        f: impl Fn(&Args::Lifted<Self::Dual>) -> R,
        args: Args::Refs<'_>,
    ) -> Self::Jacobian<R>;
}

/// The arguments of a function as a type: [`Args2`] … [`Args4`].
pub trait Arguments {
    /// The type of all coordinates of all arguments.
    type Scalar: Number;

    /// The tuple of references to the arguments.
    type Refs<'a>: Copy
    where
        Self: 'a;

    /// The tuple of the arguments with `D` in place of the numbers.
    type Lifted<D>;

    /// The arguments with `f` of each coordinate.
    fn map<D>(args: Self::Refs<'_>, f: impl Fn(Self::Scalar) -> D) -> Self::Lifted<D>;
}

/// An [`Arg`] that is among the arguments `Args`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't one of the function's arguments",
    label = "the function doesn't have as many arguments",
    note = "`ARG0`, of type `Arg<0>`, is the first; the functions of `grad2` and its kin have two arguments, those \
            of `grad3` three, of `grad4` four"
)]
pub trait Pick<Args: Arguments> {
    /// The type of this argument.
    type Point: Point<Scalar = Args::Scalar> + ?Sized;

    /// What `use_it` makes of this argument.
    fn with_point<R>(args: Args::Refs<'_>, use_it: impl FnOnce(&Self::Point) -> R) -> R;

    /// A coordinate of this argument among the lifted ones.
    fn coordinate<D>(lifted: &mut Args::Lifted<D>, i: usize) -> &mut D;
}

type Picked<P, Args> = <P as Pick<Args>>::Point;
type GradientIn<P, Args> = Gradient<Picked<P, Args>>;

/// The Jacobian of a function that returns `R` in the argument that `P` picks from `Args`.
pub type JacobianIn<P, Args, R> = Jacobian<R, <P as Pick<Args>>::Point>;

#[inline]
#[track_caller]
fn gradient_of<P: Pick<Args>, Args: Arguments, D: FirstOrder<Args::Scalar>>(
    f: impl Fn(&Args::Lifted<D>) -> D,
    args: Args::Refs<'_>,
) -> (Args::Scalar, GradientIn<P, Args>) {
    check_sizes::<D, ()>();
    check_point::<Args::Lifted<D>>();
    let _running = Running::on([TypeId::of::<D>()], || f(&Args::map(args, D::constant)).left_over());
    let mut lifted = Args::map(args, D::constant);
    P::with_point(args, |x| sweep_gradient(x, &mut lifted, P::coordinate, f))
}

#[inline]
#[track_caller]
fn jacobian_of<P, Args, D, R>(
    f: impl Fn(&Args::Lifted<D>) -> R,
    args: Args::Refs<'_>,
) -> JacobianIn<P, Args, R>
where
    P: Pick<Args>,
    Args: Arguments,
    D: FirstOrder<Args::Scalar>,
    R: Point<Scalar = D>,
{
    check_sizes::<D, ()>();
    check_point::<Args::Lifted<D>>();
    let _running = Running::on([TypeId::of::<D>()], || {
        is_left_in(&f(&Args::map(args, D::constant)), FirstOrder::left_over)
    });
    let mut lifted = Args::map(args, D::constant);
    fitting(RESULTS, P::with_point(args, |x| sweep_jacobian(x, &mut lifted, P::coordinate, f))).1
}

impl<Args: Arguments, const I: usize> Argnums<Args> for Arg<I>
where
    Self: Pick<Args>,
{
    type Dual = <<Picked<Self, Args> as Point>::Lanes as Lanes>::First<Args::Scalar>;
    type Gradient = GradientIn<Self, Args>;
    type Jacobian<R: Point<Scalar = Self::Dual>> = JacobianIn<Self, Args, R>;

    #[inline]
    fn value_and_gradient(
        f: impl Fn(&Args::Lifted<Self::Dual>) -> Self::Dual,
        args: Args::Refs<'_>,
    ) -> (Args::Scalar, Self::Gradient) {
        gradient_of::<Self, Args, _>(f, args)
    }

    #[inline]
    fn jacobian<R: Point<Scalar = Self::Dual>>(
        f: impl Fn(&Args::Lifted<Self::Dual>) -> R,
        args: Args::Refs<'_>,
    ) -> Self::Jacobian<R> {
        jacobian_of::<Self, Args, _, R>(f, args)
    }
}

/// A tuple gives a tuple: each argument is swept by itself, on numbers that serve all of them.
macro_rules! tuple_of_argnums {
    ($First:ident $($P:ident)*) => {
        impl<Args, $First, $($P),*> Argnums<Args> for ($First, $($P,)*)
        where
            Args: Arguments,
            $First: Pick<Args> + Copy,
            $($P: Pick<Args> + Copy,)*
        {
            type Dual = Dual<Args::Scalar, CHUNK>;
            type Gradient = (GradientIn<$First, Args>, $(GradientIn<$P, Args>,)*);
            type Jacobian<R: Point<Scalar = Self::Dual>> =
                (JacobianIn<$First, Args, R>, $(JacobianIn<$P, Args, R>,)*);

            #[inline]
            fn value_and_gradient(
                f: impl Fn(&Args::Lifted<Self::Dual>) -> Self::Dual,
                args: Args::Refs<'_>,
            ) -> (Args::Scalar, Self::Gradient) {
                let (value, first) = gradient_of::<$First, Args, _>(&f, args);
                (value, (first, $(gradient_of::<$P, Args, _>(&f, args).1,)*))
            }

            #[inline]
            fn jacobian<R: Point<Scalar = Self::Dual>>(
                f: impl Fn(&Args::Lifted<Self::Dual>) -> R,
                args: Args::Refs<'_>,
            ) -> Self::Jacobian<R> {
                (
                    jacobian_of::<$First, Args, _, R>(&f, args),
                    $(jacobian_of::<$P, Args, _, R>(&f, args),)*
                )
            }
        }
    };
}

tuple_of_argnums!(P);
tuple_of_argnums!(P Q);
tuple_of_argnums!(P Q R0);
tuple_of_argnums!(P Q R0 S0);

/// A list of argument types.
macro_rules! arguments {
    ($Args:ident $($A:ident)*) => {
        #[doc = concat!("Arguments of the types `", stringify!($($A),*), "`.")]
        #[derive(Debug)]
        pub struct $Args<$($A: ?Sized),*>($(PhantomData<*const $A>),*);

        impl<T: Number, $($A: Point<Scalar = T> + ?Sized),*> Arguments for $Args<$($A),*> {
            type Scalar = T;
            type Refs<'a> = ($(&'a $A),*) where Self: 'a;
            type Lifted<D> = ($(Of<$A, D>),*);

            #[inline]
            #[allow(non_snake_case)]
            fn map<D>(($($A),*): Self::Refs<'_>, f: impl Fn(T) -> D) -> Self::Lifted<D> {
                ($(map_all($A, |&x| f(x))),*)
            }
        }
    };
}

/// An argument number that picks from a list of argument types.
macro_rules! pick {
    ($I:tt: $Picked:ident of $Args:ident $($A:ident)*) => {
        impl<T: Number, $($A: Point<Scalar = T> + ?Sized),*> Pick<$Args<$($A),*>> for Arg<$I> {
            type Point = $Picked;

            #[inline]
            fn with_point<Out>(
                args: <$Args<$($A),*> as Arguments>::Refs<'_>,
                use_it: impl FnOnce(&$Picked) -> Out,
            ) -> Out {
                use_it(args.$I)
            }

            #[inline]
            fn coordinate<D>(lifted: &mut <$Args<$($A),*> as Arguments>::Lifted<D>, i: usize) -> &mut D {
                coordinate_of::<$Picked, D>(&mut lifted.$I, i)
            }
        }
    };
}

arguments!(Args2 A B);
pick!(0: A of Args2 A B);
pick!(1: B of Args2 A B);

arguments!(Args3 A B C);
pick!(0: A of Args3 A B C);
pick!(1: B of Args3 A B C);
pick!(2: C of Args3 A B C);

arguments!(Args4 A B C E);
pick!(0: A of Args4 A B C E);
pick!(1: B of Args4 A B C E);
pick!(2: C of Args4 A B C E);
pick!(3: E of Args4 A B C E);
