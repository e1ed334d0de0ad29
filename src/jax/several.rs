//! The transforms of functions of several arguments, with the arity in the name: a closure type has one arity,
//! so `grad(f)` can't return a function of as many arguments as `f` happens to have.

use super::argnums::{Argnums, Args2, Args3, Args4};
#[allow(unused_imports)] // for the documentation
use super::{Aux, grad, grad_aux, jacfwd, jacfwd_aux, value_and_grad, value_and_grad_aux};
use crate::drive::{Argument, Of, Point};

/// The six transforms for a number of arguments.
macro_rules! transforms_of_several {
    (
        $Args:ident of $count:literal arguments [$First:ident $first:ident $(, $A:ident $a:ident)*];
        $grad:ident = $grad_example:expr,
        $value_and_grad:ident = $value_and_grad_example:expr,
        $jacfwd:ident = $jacfwd_example:expr,
        $grad_aux:ident = $grad_aux_example:expr,
        $value_and_grad_aux:ident = $value_and_grad_aux_example:expr,
        $jacfwd_aux:ident = $jacfwd_aux_example:expr,
    ) => {
        #[doc = concat!("[`grad`] of a function of ", $count, " arguments: JAX's `grad(f, argnums=…)`.")]
        ///
        /// The gradient function takes the same arguments as `f`. For one chosen argument it returns the gradient
        /// with respect to it, for a tuple of them a tuple of gradients; the others are constants.
        ///
        /// Cost: the passes of [`gradient`](crate::gradient()) over each chosen argument.
        ///
        /// ```
        #[doc = $grad_example]
        /// ```
        pub fn $grad<$First, $($A,)* S, F>(f: F, argnums: S) -> impl Fn(&$First, $(&$A),*) -> S::Gradient + Clone
        where
            $First: Point + ?Sized,
            $($A: Point<Scalar = $First::Scalar> + ?Sized,)*
            S: Argnums<$Args<$First, $($A),*>>,
            F: Fn(&Argument<$First, S::Dual>, $(&Argument<$A, S::Dual>),*) -> S::Dual + Clone,
        {
            let f = $value_and_grad(f, argnums);
            move |$first, $($a),*| f($first, $($a),*).1
        }

        #[doc = concat!("[`value_and_grad`] of a function of ", $count, " arguments.")]
        ///
        #[doc = concat!("Arguments, gradients and cost are those of [`", stringify!($grad), "`].")]
        ///
        /// ```
        #[doc = $value_and_grad_example]
        /// ```
        pub fn $value_and_grad<$First, $($A,)* S, F>(
            f: F,
            argnums: S,
        ) -> impl Fn(&$First, $(&$A),*) -> ($First::Scalar, S::Gradient) + Clone
        where
            $First: Point + ?Sized,
            $($A: Point<Scalar = $First::Scalar> + ?Sized,)*
            S: Argnums<$Args<$First, $($A),*>>,
            F: Fn(&Argument<$First, S::Dual>, $(&Argument<$A, S::Dual>),*) -> S::Dual + Clone,
        {
            let _ = argnums; // its type says it all
            move |$first, $($a),*| {
                let at = |($first, $($a),*): &(Of<$First, S::Dual>, $(Of<$A, S::Dual>),*)| {
                    f($First::argument($first), $($A::argument($a)),*)
                };
                S::value_and_gradient(at, ($first, $($a),*))
            }
        }

        #[doc = concat!("[`jacfwd`] of a function of ", $count, " arguments: JAX's `jacfwd(f, argnums=…)`.")]
        ///
        /// The Jacobian function takes the same arguments as `f`. For one chosen argument it returns the Jacobian
        /// with respect to it, for a tuple of them a tuple of Jacobians; the others are constants.
        ///
        /// Cost, shapes and panics: as [`jacfwd`], for each chosen argument.
        ///
        /// ```
        #[doc = $jacfwd_example]
        /// ```
        pub fn $jacfwd<$First, $($A,)* S, F, R>(
            f: F,
            argnums: S,
        ) -> impl Fn(&$First, $(&$A),*) -> S::Jacobian<R> + Clone
        where
            $First: Point + ?Sized,
            $($A: Point<Scalar = $First::Scalar> + ?Sized,)*
            S: Argnums<$Args<$First, $($A),*>>,
            F: Fn(&Argument<$First, S::Dual>, $(&Argument<$A, S::Dual>),*) -> R + Clone,
            R: Point<Scalar = S::Dual>,
        {
            let _ = argnums;
            move |$first, $($a),*| {
                let at = |($first, $($a),*): &(Of<$First, S::Dual>, $(Of<$A, S::Dual>),*)| {
                    f($First::argument($first), $($A::argument($a)),*)
                };
                S::jacobian(at, ($first, $($a),*))
            }
        }

        #[doc = concat!("[`", stringify!($grad), "`] of a function that returns its value and something else.")]
        ///
        /// The result is `(gradient, aux)`, as of [`grad_aux`].
        ///
        /// ```
        #[doc = $grad_aux_example]
        /// ```
        pub fn $grad_aux<$First, $($A,)* S, F, X>(
            f: F,
            argnums: S,
        ) -> impl Fn(&$First, $(&$A),*) -> (S::Gradient, X) + Clone
        where
            $First: Point + ?Sized,
            $($A: Point<Scalar = $First::Scalar> + ?Sized,)*
            S: Argnums<$Args<$First, $($A),*>>,
            F: Fn(&Argument<$First, S::Dual>, $(&Argument<$A, S::Dual>),*) -> (S::Dual, X) + Clone,
        {
            let f = $value_and_grad_aux(f, argnums);
            move |$first, $($a),*| {
                let ((_, aux), gradient) = f($first, $($a),*);
                (gradient, aux)
            }
        }

        #[doc = concat!("[`", stringify!($value_and_grad), "`] of a function that returns its value and something else.")]
        ///
        /// The result is `((value, aux), gradient)`, as of [`value_and_grad_aux`].
        ///
        /// ```
        #[doc = $value_and_grad_aux_example]
        /// ```
        pub fn $value_and_grad_aux<$First, $($A,)* S, F, X>(
            f: F,
            argnums: S,
        ) -> impl Fn(&$First, $(&$A),*) -> (($First::Scalar, X), S::Gradient) + Clone
        where
            $First: Point + ?Sized,
            $($A: Point<Scalar = $First::Scalar> + ?Sized,)*
            S: Argnums<$Args<$First, $($A),*>>,
            F: Fn(&Argument<$First, S::Dual>, $(&Argument<$A, S::Dual>),*) -> (S::Dual, X) + Clone,
        {
            move |$first, $($a),*| {
                let aux = Aux::new();
                let kept = |$first: &Argument<$First, S::Dual>, $($a: &Argument<$A, S::Dual>),*| {
                    aux.keep(f($first, $($a),*))
                };
                let (value, gradient) = $value_and_grad(kept, argnums)($first, $($a),*);
                ((value, aux.last()), gradient)
            }
        }

        #[doc = concat!("[`", stringify!($jacfwd), "`] of a function that returns its result and something else.")]
        ///
        /// The result is `(Jacobian, aux)`, as of [`jacfwd_aux`].
        ///
        /// ```
        #[doc = $jacfwd_aux_example]
        /// ```
        pub fn $jacfwd_aux<$First, $($A,)* S, F, R, X>(
            f: F,
            argnums: S,
        ) -> impl Fn(&$First, $(&$A),*) -> (S::Jacobian<R>, X) + Clone
        where
            $First: Point + ?Sized,
            $($A: Point<Scalar = $First::Scalar> + ?Sized,)*
            S: Argnums<$Args<$First, $($A),*>>,
            F: Fn(&Argument<$First, S::Dual>, $(&Argument<$A, S::Dual>),*) -> (R, X) + Clone,
            R: Point<Scalar = S::Dual>,
        {
            move |$first, $($a),*| {
                let aux = Aux::new();
                let kept = |$first: &Argument<$First, S::Dual>, $($a: &Argument<$A, S::Dual>),*| {
                    aux.keep(f($first, $($a),*))
                };
                let jacobian = $jacfwd(kept, argnums)($first, $($a),*);
                (jacobian, aux.last())
            }
        }
    };
}

/// An example: a hidden preamble, the function, and what to assert of it.
macro_rules! example {
    ($names:literal, $function:literal, $($line:literal)*) => {
        concat!(
            "use num_traits::Float;\nuse tangents::jax::", $names, ";\n\n", $function, "\n",
            $("\n", $line,)*
        )
    };
}

transforms_of_several! {
    Args2 of "two" arguments [A a, B b];
    grad2 = example!(
        "{ARG0, ARG1, grad2}",
        "fn weighted<T: Float>(w: &[T], x: &[T]) -> T {\n    w[0] * x[0] * x[0]\n}",
        "assert_eq!(grad2(weighted, ARG1)(&[3.0], &[2.0]), [12.0]);"
        "assert_eq!(grad2(weighted, (ARG0, ARG1))(&[3.0], &[2.0]), ([4.0], [12.0]));"
    ),
    value_and_grad2 = example!(
        "{ARG1, value_and_grad2}",
        "fn weighted<T: Float>(w: &[T], x: &[T]) -> T {\n    w[0] * x[0] * x[0]\n}",
        "assert_eq!(value_and_grad2(weighted, ARG1)(&[3.0], &[2.0]), (12.0, [12.0]));"
    ),
    jacfwd2 = example!(
        "{ARG0, ARG1, jacfwd2}",
        "fn scaled<T: Float>(x: &[T], w: &[T]) -> [T; 2] {\n    [w[0] * x[0], w[1] * x[0]]\n}",
        "assert_eq!(jacfwd2(scaled, ARG0)(&[2.0], &[3.0, 5.0]), [[3.0], [5.0]]);"
        "let (wrt_x, wrt_w) = jacfwd2(scaled, (ARG0, ARG1))(&[2.0], &[3.0, 5.0]);"
        "assert_eq!((wrt_x, wrt_w), ([[3.0], [5.0]], [[2.0, 0.0], [0.0, 2.0]]));"
    ),
    grad2_aux = example!(
        "{ARG1, grad2_aux}",
        "fn weighted<T: Float>(w: &[T], x: &[T]) -> (T, usize) {\n    (w[0] * x[0] * x[0], x.len())\n}",
        "assert_eq!(grad2_aux(weighted, ARG1)(&[3.0], &[2.0]), ([12.0], 1));"
    ),
    value_and_grad2_aux = example!(
        "{ARG1, value_and_grad2_aux}",
        "fn weighted<T: Float>(w: &[T], x: &[T]) -> (T, usize) {\n    (w[0] * x[0] * x[0], x.len())\n}",
        "assert_eq!(value_and_grad2_aux(weighted, ARG1)(&[3.0], &[2.0]), ((12.0, 1), [12.0]));"
    ),
    jacfwd2_aux = example!(
        "{ARG0, jacfwd2_aux}",
        "fn scaled<T: Float>(x: &[T], w: &[T]) -> ([T; 2], usize) {\n    ([w[0] * x[0], w[1] * x[0]], x.len())\n}",
        "assert_eq!(jacfwd2_aux(scaled, ARG0)(&[2.0], &[3.0, 5.0]), ([[3.0], [5.0]], 1));"
    ),
}

transforms_of_several! {
    Args3 of "three" arguments [A a, B b, C c];
    grad3 = example!(
        "{ARG0, ARG1, grad3}",
        "/// The squared error of a linear model, with a plain number among the arguments.\nfn loss<T: Float>(w: &[T], b: &T, x: &[T]) -> T {\n    (w[0] * x[0] + *b - x[1]).powi(2)\n}",
        "assert_eq!(grad3(loss, (ARG0, ARG1))(&[2.0], &1.0, &[3.0, 5.0]), ([12.0], 4.0));"
    ),
    value_and_grad3 = example!(
        "{ARG1, value_and_grad3}",
        "fn product<T: Float>(a: &[T], b: &[T], c: &[T]) -> T {\n    a[0] * b[0] * c[0]\n}",
        "assert_eq!(value_and_grad3(product, ARG1)(&[2.0], &[3.0], &[5.0]), (30.0, [10.0]));"
    ),
    jacfwd3 = example!(
        "{ARG2, jacfwd3}",
        "fn products<T: Float>(a: &[T], b: &[T], c: &[T]) -> [T; 2] {\n    [a[0] * c[0], b[0] * c[0]]\n}",
        "assert_eq!(jacfwd3(products, ARG2)(&[2.0], &[3.0], &[5.0]), [[2.0], [3.0]]);"
    ),
    grad3_aux = example!(
        "{ARG1, grad3_aux}",
        "fn product<T: Float>(a: &[T], b: &[T], c: &[T]) -> (T, usize) {\n    (a[0] * b[0] * c[0], b.len())\n}",
        "assert_eq!(grad3_aux(product, ARG1)(&[2.0], &[3.0], &[5.0]), ([10.0], 1));"
    ),
    value_and_grad3_aux = example!(
        "{ARG1, value_and_grad3_aux}",
        "fn product<T: Float>(a: &[T], b: &[T], c: &[T]) -> (T, usize) {\n    (a[0] * b[0] * c[0], b.len())\n}",
        "assert_eq!(value_and_grad3_aux(product, ARG1)(&[2.0], &[3.0], &[5.0]), ((30.0, 1), [10.0]));"
    ),
    jacfwd3_aux = example!(
        "{ARG2, jacfwd3_aux}",
        "fn products<T: Float>(a: &[T], b: &[T], c: &[T]) -> ([T; 2], usize) {\n    ([a[0] * c[0], b[0] * c[0]], c.len())\n}",
        "assert_eq!(jacfwd3_aux(products, ARG2)(&[2.0], &[3.0], &[5.0]), ([[2.0], [3.0]], 1));"
    ),
}

transforms_of_several! {
    Args4 of "four" arguments [A a, B b, C c, E e];
    grad4 = example!(
        "{ARG0, ARG3, grad4}",
        "fn sum<T: Float>(a: &[T], b: &[T], c: &[T], d: &[T]) -> T {\n    a[0] * b[0] + c[0] * d[0]\n}",
        "assert_eq!(grad4(sum, (ARG0, ARG3))(&[2.0], &[3.0], &[5.0], &[7.0]), ([3.0], [5.0]));"
    ),
    value_and_grad4 = example!(
        "{ARG2, value_and_grad4}",
        "fn sum<T: Float>(a: &[T], b: &[T], c: &[T], d: &[T]) -> T {\n    a[0] * b[0] + c[0] * d[0]\n}",
        "assert_eq!(value_and_grad4(sum, ARG2)(&[2.0], &[3.0], &[5.0], &[7.0]), (41.0, [7.0]));"
    ),
    jacfwd4 = example!(
        "{ARG1, jacfwd4}",
        "fn products<T: Float>(a: &[T], b: &[T], c: &[T], d: &[T]) -> [T; 2] {\n    [a[0] * b[0], c[0] * d[0]]\n}",
        "assert_eq!(jacfwd4(products, ARG1)(&[2.0], &[3.0], &[5.0], &[7.0]), [[2.0], [0.0]]);"
    ),
    grad4_aux = example!(
        "{ARG2, grad4_aux}",
        "fn sum<T: Float>(a: &[T], b: &[T], c: &[T], d: &[T]) -> (T, usize) {\n    (a[0] * b[0] + c[0] * d[0], d.len())\n}",
        "assert_eq!(grad4_aux(sum, ARG2)(&[2.0], &[3.0], &[5.0], &[7.0]), ([7.0], 1));"
    ),
    value_and_grad4_aux = example!(
        "{ARG2, value_and_grad4_aux}",
        "fn sum<T: Float>(a: &[T], b: &[T], c: &[T], d: &[T]) -> (T, usize) {\n    (a[0] * b[0] + c[0] * d[0], d.len())\n}",
        "assert_eq!(value_and_grad4_aux(sum, ARG2)(&[2.0], &[3.0], &[5.0], &[7.0]), ((41.0, 1), [7.0]));"
    ),
    jacfwd4_aux = example!(
        "{ARG1, jacfwd4_aux}",
        "fn products<T: Float>(a: &[T], b: &[T], c: &[T], d: &[T]) -> ([T; 2], usize) {\n    ([a[0] * b[0], c[0] * d[0]], d.len())\n}",
        "assert_eq!(jacfwd4_aux(products, ARG1)(&[2.0], &[3.0], &[5.0], &[7.0]), ([[2.0], [0.0]], 1));"
    ),
}
