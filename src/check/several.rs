//! [`check_grads`](super::check_grads) of functions of several arguments, with the arity in the name.

use super::options::CheckOptions;
use super::report::{CheckError, CheckReport, Source};
use super::trial::Trial;
use crate::drive::sweeps::depth::Orders;
use crate::drive::sweeps::lifted::Held;
use crate::drive::{Argument, Of, Point};

macro_rules! check_grads_of {
    ($check_grads:ident, $count:literal, [$First:ident $first:ident $(, $A:ident $a:ident)*], $example:expr) => {
        #[doc = concat!("[`check_grads`](crate::check_grads()) of a function of ", $count, " arguments: JAX's")]
        /// `check_grads(f, args, …)`.
        ///
        /// All arguments are checked; one that isn't to be is captured by the closure instead.
        ///
        /// # Errors
        ///
        /// As [`check_grads`](crate::check_grads()).
        ///
        /// ```
        #[doc = $example]
        /// ```
        #[track_caller]
        pub fn $check_grads<$First, $($A,)* F, R, O>(
            f: F,
            $first: &$First,
            $($a: &$A,)*
            options: CheckOptions<O>,
        ) -> Result<CheckReport, CheckError>
        where
            $First: Point + ?Sized,
            $($A: Point<Scalar = $First::Scalar> + ?Sized,)*
            O: Orders,
            F: Fn(
                &Argument<$First, O::Number<$First::Scalar>>,
                $(&Argument<$A, O::Number<$First::Scalar>>),*
            ) -> R,
            R: Point<Scalar = O::Number<$First::Scalar>>,
        {
            let place = ($first, $($a),*);
            let f = |($first, $($a),*): &mut (
                Held<Of<$First, O::Number<$First::Scalar>>>,
                $(Held<Of<$A, O::Number<$First::Scalar>>>),*
            )| {
                f(
                    $First::argument::<O::Number<$First::Scalar>>($first),
                    $($A::argument::<O::Number<$First::Scalar>>($a)),*
                )
            };
            Trial { place, differentiated: &f, sampled: &f, convert: |x| x, source: Source::Duals }.run_on_duals(&options)
        }
    };
}

check_grads_of!(
    check_grads2,
    "two",
    [A a, B b],
    "use tangents::check::{CheckOptions, check_grads2};\n\n\
     let options = CheckOptions::order(2).strict();\n\
     check_grads2(|w, x| w[0] * x[0].sin() + w[1], &[3.0, 1.0], &[2.0], options)?;\n\
     # Ok::<(), tangents::check::CheckError>(())"
);
check_grads_of!(
    check_grads3,
    "three",
    [A a, B b, C c],
    "use tangents::check::{CheckOptions, check_grads3};\n\n\
     let options = CheckOptions::order(1);\n\
     check_grads3(|a, b, c| [a[0] * *b, c[0].exp()], &[3.0], &2.0_f64, &[0.5, 0.1], options)?;\n\
     # Ok::<(), tangents::check::CheckError>(())"
);
check_grads_of!(
    check_grads4,
    "four",
    [A a, B b, C c, E e],
    "use tangents::check::{CheckOptions, check_grads4};\n\n\
     let options = CheckOptions::order(1);\n\
     check_grads4(|a, b, c, d| a[0] * b[0] + c[0] / d[0], &[3.0], &[2.0], &[0.5], &[4.0], options)?;\n\
     # Ok::<(), tangents::check::CheckError>(())"
);
