//! Strategies of `proptest` for numbers, points and keys.
//!
//! [`any`] knows [`Dual`]s, [`HyperDual`]s and [`Taylor`]s of any depth, [`Key`]s and [`Layout`]s. As `any::<f64>()`, it
//! gives finite numbers of every size; others are made by [`dual`], [`hyper_dual`] and [`power_series`] of strategies for
//! the components:
//!
//! ```
//! use proptest::num::f64::{ANY, NORMAL};
//! use proptest::prelude::*;
//! use tangents::Dual;
//! use tangents::interop::proptest::dual;
//! use tangents::random::{Key, normal};
//!
//! proptest! {
//!     # fn tests(
//!     x in any::<Dual<Dual<f64, 2>, 1>>(), // finite, nested
//!     y in dual::<f64, 3>(NORMAL, ANY),    // tangents that may be infinite or NaN
//!     key in any::<Key>(),                 // in both layouts
//!     # ) {
//!     prop_assert!((x + 0.0).re == x.re);
//!     prop_assert!(y.re.is_normal());
//!     prop_assert!(normal::<f64>(key).is_finite());
//!     # }
//! }
//! # tests();
//! ```
//!
//! [`CheckError`] is a standard error, so `?` makes a failed test case of it:
//!
//! ```
//! use proptest::prelude::*;
//! use tangents::interop::proptest::{ordinary, vec_point};
//! use tangents::check::CheckOptions;
//! use tangents::{Real, check_grads};
//!
//! proptest! {
//!     # fn the_gradient_is_right(
//!     x in vec_point(ordinary::<f64>(), 1..9)
//!     # ) {
//!     check_grads(|x| Real::sum(x.iter().map(|x| x.sin())), &x, CheckOptions::order(1))?;
//!     # }
//! }
//! # the_gradient_is_right();
//! ```

use std::fmt::Debug;

use proptest::arbitrary::{Arbitrary, any, any_with};
use proptest::array::UniformArrayStrategy;
use proptest::collection::{SizeRange, vec};
use proptest::prop_oneof;
use proptest::strategy::{BoxedStrategy, Just, Strategy};
use proptest::test_runner::TestCaseError;

use crate::check::{CheckError, CheckReport};
use crate::number::{Dual, HyperDual, Taylor};
use crate::random::{Key, Layout, Threefry4x64};
use crate::real::Real;

/// A number by the strategy of its components, each kind with parameters of its own.
macro_rules! any_number {
    ($Number:ident by $strategy:ident, $($component:ident: $T:ident),*: $components:literal) => {
        #[doc = concat!("Any number whose components are any, with parameters for ", $components, " in this order.")]
        impl<T: Arbitrary + Copy + 'static, const N: usize> Arbitrary for $Number<T, N> {
            type Parameters = ($($T::Parameters,)*);
            type Strategy = BoxedStrategy<Self>;

            fn arbitrary_with(($($component,)*): Self::Parameters) -> BoxedStrategy<Self> {
                $strategy($(any_with::<$T>($component)),*).boxed()
            }
        }
    };
}

any_number!(Dual by dual, re: T, eps: T: "the value and the tangents");
any_number!(HyperDual by hyper_dual, re: T, gradient: T, second: T: "the value, the gradient and the Hessian");
any_number!(Taylor by power_series, re: T, coefficients: T: "the value and the coefficients");

/// Either layout.
impl Arbitrary for Layout {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> BoxedStrategy<Self> {
        prop_oneof![Just(Self::Partitionable), Just(Self::Original)].boxed()
    }
}

/// Any key, in either layout.
impl Arbitrary for Key {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> BoxedStrategy<Self> {
        any::<([u32; 2], Layout)>()
            .prop_map(|(words, layout)| Self::from_data(words).with_layout(layout))
            .boxed()
    }
}

/// Any key.
impl Arbitrary for Key<Threefry4x64> {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> BoxedStrategy<Self> {
        any::<[u64; 4]>().prop_map(|words| Self::from_generator(Threefry4x64::from_data(words))).boxed()
    }
}

/// Dual numbers with values from one strategy and tangents from another, the lanes independent of each other.
///
/// It nests: either strategy may be of duals.
///
/// ```
/// use proptest::prelude::*;
/// use tangents::interop::proptest::dual;
/// use tangents::Dual;
///
/// proptest! {
///     # fn tests(
///     x in dual::<f64, 2>(0.0..1.0, -1.0..1.0)
///     # ) {
///     prop_assert!(x.re >= 0.0 && x.eps[1].abs() <= 1.0);
///     # }
/// }
/// # tests();
/// ```
pub fn dual<T: Debug, const N: usize>(
    re: impl Strategy<Value = T>,
    eps: impl Strategy<Value = T>,
) -> impl Strategy<Value = Dual<T, N>> {
    (re, UniformArrayStrategy::new(eps)).prop_map(|(re, eps)| Dual::new(re, eps))
}

/// Hyper-dual numbers with values, gradients and Hessians from a strategy each, the entries independent of each other.
///
/// It nests: each strategy may be of numbers that have derivatives.
///
/// ```
/// use proptest::prelude::*;
/// use tangents::interop::proptest::hyper_dual;
/// use tangents::HyperDual;
///
/// proptest! {
///     # fn tests(
///     x in hyper_dual::<f64, 2>(0.0..1.0, -1.0..1.0, Just(0.0))
///     # ) {
///     prop_assert!(x.re >= 0.0 && x.gradient[1].abs() <= 1.0 && x.second(0, 1) == 0.0);
///     # }
/// }
/// # tests();
/// ```
pub fn hyper_dual<T: Debug + Copy, const N: usize>(
    re: impl Strategy<Value = T>,
    gradient: impl Strategy<Value = T>,
    second: impl Strategy<Value = T>,
) -> impl Strategy<Value = HyperDual<T, N>> {
    let row = UniformArrayStrategy::<_, [T; N]>::new(second);
    let square = UniformArrayStrategy::<_, [[T; N]; N]>::new(row);
    (re, UniformArrayStrategy::new(gradient), square)
        .prop_map(|(re, gradient, square)| HyperDual::from_fn(re, gradient, |i, j| square[i][j]))
}

/// Power series with values from one strategy and coefficients from another, which are independent of each other.
///
/// It nests: either strategy may be of numbers that have derivatives.
///
/// ```
/// use proptest::prelude::*;
/// use tangents::interop::proptest::power_series;
/// use tangents::Taylor;
///
/// proptest! {
///     # fn tests(
///     x in power_series::<f64, 5>(0.0..1.0, -1.0..1.0)
///     # ) {
///     prop_assert!(x.re >= 0.0 && x.coefficient(5).abs() <= 1.0);
///     # }
/// }
/// # tests();
/// ```
pub fn power_series<T: Debug, const K: usize>(
    re: impl Strategy<Value = T>,
    coefficients: impl Strategy<Value = T>,
) -> impl Strategy<Value = Taylor<T, K>> {
    (re, UniformArrayStrategy::new(coefficients)).prop_map(|(re, coefficients)| Taylor::new(re, coefficients))
}

/// Ordinary numbers, as functions are differentiated at: between −1000 and 1000 of every size down to 10⁻³, some of
/// them 0 or whole or half.
///
/// They shrink towards 0.
///
/// ```
/// use proptest::prelude::*;
/// use tangents::interop::proptest::ordinary;
///
/// proptest! {
///     # fn tests(
///     x in ordinary::<f32>()
///     # ) {
///     prop_assert!(x.abs() <= 1000.0);
///     # }
/// }
/// # tests();
/// ```
pub fn ordinary<T: Real + Debug>() -> impl Strategy<Value = T> + Clone {
    let simple = (-20..=20_i8).prop_map(|twice| f64::from(twice) / 2.0);
    let sized = (-1.0..1.0_f64, -2..=3_i32).prop_map(|(x, exponent)| x * 10_f64.powi(exponent));
    prop_oneof![1 => simple, 3 => sized].prop_map(T::lit)
}

/// Points of N coordinates: arrays.
///
/// ```
/// use proptest::prelude::*;
/// use tangents::interop::proptest::{array_point, ordinary};
/// use tangents::check::CheckOptions;
/// use tangents::check_grads;
///
/// proptest! {
///     # fn tests(
///     x in array_point::<f64, 2>(ordinary())
///     # ) {
///     check_grads(|x| x[0].atan2(x[1] * x[1] + 1.0), &x, CheckOptions::order(2))?;
///     # }
/// }
/// # tests();
/// ```
pub fn array_point<T: Debug, const N: usize>(
    coordinates: impl Strategy<Value = T>,
) -> impl Strategy<Value = [T; N]> {
    UniformArrayStrategy::new(coordinates)
}

/// Points of a number of coordinates in a range: vectors. They shrink in length too.
pub fn vec_point<T: Debug>(
    coordinates: impl Strategy<Value = T>,
    dim: impl Into<SizeRange>,
) -> impl Strategy<Value = Vec<T>> {
    vec(coordinates, dim)
}

/// The verdict of a check as a test case: a mismatch fails it, what can't be decided
/// ([`CheckError::Inconclusive`]) rejects it, as `prop_assume!` does.
///
/// # Errors
///
/// [`TestCaseError::Fail`] and [`TestCaseError::Reject`], with the message of the check.
///
/// ```
/// use proptest::prelude::*;
/// use tangents::interop::proptest::decided;
/// use tangents::check::CheckOptions;
/// use tangents::check_grads;
///
/// proptest! {
///     # fn tests(
///     x in 0.0..1.0_f64
///     # ) {
///     decided(check_grads(|x| x[0].sqrt(), &[x], CheckOptions::order(1)))?; // undecided at 0, the end of the domain
///     # }
/// }
/// # tests();
/// ```
pub fn decided(verdict: Result<CheckReport, CheckError>) -> Result<CheckReport, TestCaseError> {
    verdict.map_err(|error| match error {
        CheckError::Inconclusive(_) => TestCaseError::reject(error.to_string()),
        _ => TestCaseError::fail(error.to_string()),
    })
}
