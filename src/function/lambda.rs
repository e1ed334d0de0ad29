//! Function values without a name: [`lambda!`](crate::lambda!).

/// What stands before a [`lambda!`](crate::lambda!).
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "data of a `lambda!` are `Copy`, and `{Self}` isn't",
    label = "not `Copy`",
    note = "hand it over by reference, `[data: &Model = &model]`, or make a structure with it that implements `Function`"
)]
pub trait Datum: Copy {}

#[diagnostic::do_not_recommend]
impl<T: Copy> Datum for T {}

#[doc(hidden)]
#[inline(always)]
pub fn copied<T: Datum>(datum: &T) -> T {
    *datum
}

/// A function without a name, as a [`Function`](crate::Function): a closure that can be run on every number.
///
/// The types are [kinds of arguments and results](crate::Function#kinds-of-arguments-and-results), with `f64` for numbers of
/// either precision. In the body the number is called `T`:
///
/// ```
/// use tangents::{Function, lambda};
///
/// let f = lambda!(|x: [f64]| -> f64 { x[0] * x[1].sin() });
/// assert_eq!(f.gradient(&[2.0, 0.0]), [0.0, 2.0]);
/// assert_eq!(f.hessian(&[2.0_f32, 0.0]), [[0.0, 1.0], [1.0, 0.0]]);
///
/// let g = lambda!(|x: [f64]| -> [f64; 2] { [x[0] * x[1], T::lit(2.0) * x[0]] });
/// assert_eq!(g.jacobian(&[3.0, 5.0]), [[5.0, 3.0], [2.0, 0.0]]);
///
/// let h = lambda!(|x: f64| -> f64 { x * x.exp() });
/// # #[cfg(feature = "alloc")]
/// assert_eq!(h.nth_derivatives(0.0, 4)?, [0.0, 1.0, 2.0, 3.0, 4.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
///
/// A single number, `x: f64`, is a `T`, everything else a reference: with `x: [f64]` it is a `&[T]`, with `x: Model<f64>` a `&Model<T>`.
/// There is no `x: &[f64]`, `x: [f64; 3]` or `x: Vec<f64>`: write `x: [f64]` for all of them.
///
/// It makes a value of another crate's generic `fn` in one line:
///
/// ```
/// mod other {
///     pub fn distance<T: num_traits::Float>(x: &[T]) -> T {
///         (x[0] * x[0] + x[1] * x[1]).sqrt()
///     }
/// }
/// use tangents::{Function, lambda};
///
/// let distance = lambda!(|x: [f64]| -> f64 { other::distance(x) });
/// assert_eq!(distance.gradient(&[0.0, 4.0]), [0.0, 1.0]);
/// ```
///
/// # Data
///
/// Unlike a closure it takes in no variables by itself, and the compiler's error for one says that it "can't capture dynamic
/// environment". Those that it needs stand before it, each with its type and value: a number `c` that a closure would capture
/// becomes `[c: f64 = c]`.
///
/// ```
/// use tangents::{Function, lambda};
///
/// let data = vec![(0.0, 1.0), (1.0, 3.0)];
/// let loss = lambda!([data: &[(f64, f64)] = &data, penalty: f64 = 0.5] |x: [f64]| -> f64 {
///     let error = |&(t, y)| (x[0] + x[1] * T::lit(t) - T::lit(y)).powi(2);
///     T::sum(data.iter().map(error)) + x[1].powi(2) * T::lit(penalty)
/// });
/// assert_eq!(loss.gradient(&[1.0, 2.0]), [0.0, 2.0]);
/// ```
///
/// Data are `Copy`: numbers, and references, whose lifetimes need no names, `&[f64]`. What should be owned, and data of a generic
/// type, stand in a structure with a name, which `#[tangents::function]` writes, or in one that implements
/// [`Function`](crate::Function) by hand.
#[macro_export]
macro_rules! lambda {
    ($([$($data:tt)*])? |$x:ident: & $($rest:tt)*) => {
        ::core::compile_error!(
            "the argument is handed over by reference anyway: write `x: [f64]` in place of `x: &[f64]`, and `x` is a `&[T]`"
        )
    };
    ($([$($name:ident: $datum:ty = $value:expr),* $(,)?])? |$x:ident: f64| -> $To:ty $body:block) => {
        $crate::lambda!(@value [$($($name: $datum = $value),*)?] $x [let $x = *$x;] f64, $To, $body)
    };
    ($([$($name:ident: $datum:ty = $value:expr),* $(,)?])? |$x:ident: $From:ty| -> $To:ty $body:block) => {
        $crate::lambda!(@value [$($($name: $datum = $value),*)?] $x [] $From, $To, $body)
    };
    (@value [$($name:ident: $datum:ty = $value:expr),*] $x:ident [$($take:tt)*] $From:ty, $To:ty, $body:block) => {{
        // A type parameter for each datum: the types of the data may have lifetimes without names, which an `impl` may leave out
        // and a structure can't. The name is one that the body hasn't.
        #[allow(non_camel_case_types)] // the parameters are called as the data
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
        struct __Lambda<$($name),*> {
            $($name: $name),*
        }

        #[automatically_derived]
        impl $crate::Function for __Lambda<$($datum),*> {
            type From = $From;
            type To = $To;

            #[allow(clippy::inline_always)] // its callers are drivers, each compiled for an instruction set
            #[inline(always)]
            fn call<T: $crate::Number>(
                &self,
                $x: &<$From as $crate::point::View>::Of<T>,
            ) -> <$To as $crate::point::Family>::Of<T> {
                $(let $name = $crate::function::copied(&self.$name);)*
                $($take)*
                $body
            }
        }

        __Lambda::<$($datum),*> { $($name: $value),* }
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "write `lambda!(|x: [f64]| -> f64 { … })`, with the types of the argument and of the result, and a block; variables \
             that it needs stand before it, each with its type and value: `lambda!([c: f64 = c] |x: [f64]| -> f64 { … })`"
        )
    };
}
