//! `#[function]`: generic functions as values.
//!
//! Expected values are derivatives by hand.

// Arguments are taken in every way that there is, and bounds stand everywhere.
#![allow(clippy::multiple_bound_locations, clippy::ref_option, clippy::trivially_copy_pass_by_ref)]

use std::panic::catch_unwind;

use num_traits::{Float, FloatConst};
use tangents::check::CheckOptions;
use tangents::{Function, Number, Point, Real, Special, function};

#[function]
fn square<T: Real>(x: T) -> T {
    x * x
}

#[function]
fn reference<T: Float>(x: &T) -> T {
    *x * *x
}

#[function]
fn slice<T: Float + FloatConst + Special + Number>(x: &[T]) -> T {
    x[0] * x[1]
}

#[function]
fn matrix<T: Real>(x: &[[T; 2]]) -> T {
    x[1][0] * x[0][1]
}

#[function]
fn array<T: Real>(x: &[T; 2]) -> T {
    x[0] * x[1]
}

const TWO: usize = 2;

#[function]
fn array_by_value<T: Real>([x, y]: [T; TWO]) -> T {
    x * y
}

#[function]
fn array_of_arrays<T: Real>(x: [[T; 2]; 2]) -> T {
    x[1][0] * x[0][1]
}

#[function]
fn array_of_any_length<T: Real, const N: usize>(x: &[T; N]) -> [T; N] {
    x.map(|x| x * x)
}

#[function]
fn tuple<T: Real>(x: &(Vec<T>, T)) -> T {
    x.0[1] * x.1
}

#[function]
fn tuple_by_value<T: Real>((x, y): (T, [T; 2])) -> T {
    x * y[1]
}

#[derive(Clone, Copy, Debug, PartialEq, Point)]
struct Pair<T> {
    x: T,
    y: T,
}

#[function]
fn structure<T: Real>(pair: &Pair<T>) -> T {
    pair.x * pair.y
}

#[function]
fn structure_by_value<T: Real>(Pair { x, y }: Pair<T>) -> T {
    x * y
}

#[function]
fn slice_of_structures<T: Real>(pairs: &[Pair<T>]) -> T {
    pairs[1].x * pairs[0].y
}

#[function]
fn maybe<T: Real>(x: &Option<T>) -> T {
    x.map_or(T::zero(), |x| x * x)
}

#[test]
fn each_kind_of_argument_is_differentiated() {
    assert_eq!((Square.derivative(3.0), Reference.derivative(3.0_f32)), (6.0, 6.0));
    assert_eq!(Square.gradient(&3.0), 6.0);
    assert_eq!(Slice.gradient(&[2.0, 3.0]), [3.0, 2.0]);
    assert_eq!(Slice.gradient(&vec![2.0, 3.0]), [3.0, 2.0]);
    assert_eq!(Matrix.gradient(&[[2.0, 3.0], [5.0, 7.0]]), [[0.0, 5.0], [3.0, 0.0]]);
    assert_eq!(Array.gradient(&[2.0, 3.0]), [3.0, 2.0]);
    assert_eq!(Array.gradient(&vec![2.0, 3.0]), [3.0, 2.0]);
    assert_eq!(ArrayByValue.gradient(&[2.0, 3.0]), [3.0, 2.0]);
    assert_eq!(ArrayOfArrays.gradient(&[[2.0, 3.0], [5.0, 7.0]]), [[0.0, 5.0], [3.0, 0.0]]);
    assert_eq!(ArrayOfAnyLength::<2>.jacobian(&[2.0, 3.0]), [[4.0, 0.0], [0.0, 6.0]]);
    assert_eq!(Tuple.gradient(&(vec![2.0, 3.0], 5.0)), (vec![0.0, 5.0], 3.0));
    assert_eq!(TupleByValue.gradient(&(2.0, [3.0, 5.0])), (5.0, [0.0, 2.0]));
    let pair = Pair { x: 2.0, y: 3.0 };
    assert_eq!(Structure.gradient(&pair), Pair { x: 3.0, y: 2.0 });
    assert_eq!(StructureByValue.gradient(&pair), Pair { x: 3.0, y: 2.0 });
    let pairs = [pair, Pair { x: 5.0, y: 7.0 }];
    assert_eq!(SliceOfStructures.gradient(&pairs), [Pair { x: 0.0, y: 5.0 }, Pair { x: 3.0, y: 0.0 }]);
    assert_eq!(Maybe.gradient(&Some(3.0)), Some(6.0));
}

/// The message that a panic of `f` has.
fn panic_of<R: std::fmt::Debug>(f: impl FnOnce() -> R + std::panic::UnwindSafe) -> String {
    *catch_unwind(f).unwrap_err().downcast::<String>().unwrap()
}

#[test]
fn an_array_of_another_length_is_refused() {
    let message = "the function takes an array of length 2, and the point has length 3";
    assert_eq!(panic_of(|| Array.call(&[1.0; 3])), message);
    assert_eq!(panic_of(|| Array.gradient(&vec![1.0; 3])), message);
    assert_eq!(panic_of(|| ArrayByValue.hessian(&[1.0; 3])), message);
    assert_eq!(panic_of(|| ArrayOfAnyLength::<2>.jacobian(&[1.0; 3])), message);
}

#[function]
fn array_result<T: Real>(x: &[T]) -> [T; 2] {
    [x[0] * x[1], x[1]]
}

#[function]
fn nested_result<T: Real>(x: T) -> (Vec<T>, Option<[T; TWO]>) {
    (vec![x * x], Some([x, -x]))
}

#[function]
fn structure_result<T: Real>(x: &[T]) -> Pair<T> {
    Pair { x: x[0] * x[1], y: x[1] }
}

#[test]
fn each_kind_of_result_has_a_jacobian() {
    assert_eq!(ArrayResult.jacobian(&[2.0, 3.0]), [[3.0, 2.0], [0.0, 1.0]]);
    assert_eq!(NestedResult.jacobian(&3.0), (vec![6.0], Some([1.0, -1.0])));
    let rows = StructureResult.jacobian(&[2.0, 3.0]);
    assert_eq!((rows.x, rows.y), ([3.0, 2.0], [0.0, 1.0]));
    assert_eq!(StructureResult.jvp(&[2.0, 3.0], &[1.0, 1.0]), Pair { x: 5.0, y: 1.0 });
}

#[test]
fn every_method_is_there() {
    assert_eq!(Square.nth_derivatives(3.0, 3), Ok(vec![9.0, 6.0, 2.0, 0.0]));
    Slice.check_grads(&[2.0, 3.0], CheckOptions::order(4).strict()).unwrap();
    assert_eq!((slice(&[2.0, 3.0]), Slice.call(&[2.0_f32, 3.0])), (6.0, 6.0));
}

mod data {
    use std::borrow::Cow;
    use std::fmt::Debug;

    use super::*;

    /// Something that is neither `Copy` nor `Debug`.
    #[derive(Clone)]
    pub(super) struct Weights(pub(super) Vec<f64>);

    /// Some of each kind.
    #[function]
    #[allow(clippy::needless_pass_by_value, clippy::too_many_arguments)] // to be handed over so
    pub(super) fn mixed<T: Real>(
        x: &[T],
        numbers: &[f64],
        rate: f64,
        owned: Vec<Weights>,
        pair: (&str, [Option<&f64>; 1]),
        cow: Cow<'_, [f64]>,
        dynamic: &dyn Fn(&f64) -> f64,
        pointer: fn(&f64) -> f64,
        mut count: usize,
        r#type: &&Weights,
    ) -> T {
        count += pair.0.len();
        let sum =
            numbers[0] + rate + owned[0].0[0] + pair.1[0].unwrap() + cow[0] + dynamic(&1.0) + pointer(&1.0);
        x[0] * T::lit(sum + r#type.0[0]) + T::from(count).unwrap() * x[1]
    }

    #[test]
    fn the_structure_holds_data() {
        let (numbers, weights, half, offset) = (vec![1.0], Weights(vec![2.0]), 0.5, 4.0);
        let mixed = Mixed {
            numbers: &numbers,
            rate: 8.0,
            owned: vec![weights.clone()],
            pair: ("four", [Some(&half)]),
            cow: Cow::Owned(vec![16.0]),
            dynamic: &|x| x + offset,
            pointer: |x| 32.0 * x,
            count: 3,
            r#type: &&weights,
        };
        assert_eq!(mixed.gradient(&[1.0, 1.0]), [66.5, 7.0]);
        assert_eq!(mixed.clone().gradient(&[1.0_f32, 1.0]), [66.5, 7.0]);
        assert_eq!(format!("{mixed:?} {Square:?}"), "Mixed { .. } Square");
    }

    #[function]
    fn borrowing<T: Real>(x: &T, a: &f64, b: &[&str]) -> T {
        *x * T::lit(*a) * T::from(b.len()).unwrap()
    }

    #[test]
    fn a_structure_that_borrows_all_its_data_is_copy() {
        fn copies<F: Copy + Debug + Send + Sync>(f: F) -> [F; 2] {
            [f; 2]
        }
        let [f, g] = copies(Borrowing { a: &2.0, b: &["b"; 3] });
        assert_eq!((f.derivative(1.0), g.derivative(1.0)), (6.0, 6.0));
        assert_eq!(copies(Square)[1].derivative(1.0), 2.0);
        assert_eq!(copies(ArrayOfAnyLength::<1>)[1].jacobian(&[1.0]), [[2.0]]);
    }

    /// A structure that outlives what made it.
    fn made<'long>(numbers: &'long [f64], short: &str) -> Lasting<'long> {
        Lasting { numbers, scale: short.len() }
    }

    #[function]
    fn lasting<'n, T: Real>(x: &'n [T], numbers: &'n [f64], scale: usize) -> T {
        x[0] * T::lit(numbers[0]) * T::from(scale).unwrap()
    }

    #[test]
    fn named_lifetimes_are_kept() {
        let numbers = [3.0];
        let f = {
            let short = String::from("ab");
            made(&numbers, &short)
        };
        assert_eq!(f.gradient(&[1.0]), [6.0]);
    }
}

mod generics {
    use super::*;

    trait Distance {
        fn scale(&self) -> f64;
    }

    impl Distance for u8 {
        fn scale(&self) -> f64 {
            f64::from(*self)
        }
    }

    /// Of parameters of each kind, with bounds of each kind.
    #[function(number = T)]
    fn many<'a, 'b: 'a, 'x: 'x, T, D: Distance + ?Sized, E, const N: usize>(
        x: &'x [T],
        distances: &'a [&'b D],
        extra: E,
        numbers: &[f64; N],
        more: &'b str,
    ) -> [T; N]
    where
        T: Real,
        Vec<T>: Clone,
        &'a [&'b D]: Copy,
        E: Into<f64> + PartialEq,
        'b: 'a,
    {
        let scale = distances.iter().map(|d| d.scale()).sum::<f64>() + extra.into();
        numbers.map(|n| x[0] * T::lit(n * scale) + T::from(more.len()).unwrap())
    }

    #[test]
    fn parameters_of_data_are_kept() {
        let many = Many { distances: &[&1_u8, &2], extra: 3_i8, numbers: &[1.0, 10.0], more: "" };
        assert_eq!(many.jacobian(&[1.0]), [[6.0], [60.0]]);
        assert_eq!(format!("{many:?}"), "Many { .. }");
    }

    #[derive(Debug, PartialEq, Point)]
    #[point(number = T)]
    struct Labelled<'a, L, T, const N: usize> {
        array: [T; N],
        #[point(fixed)]
        labels: &'a [L],
    }

    #[function(number = T, name = Labels)]
    fn of_labels<'a, L: PartialEq, T: Real, const N: usize>(x: &Labelled<'a, L, T, N>, label: &'a L) -> T {
        T::sum(x.array.iter().zip(x.labels).filter(|(_, of)| *of == label).map(|(&x, _)| x * x))
    }

    #[test]
    fn what_is_differentiated_may_have_them_too() {
        let x = Labelled { array: [1.0, 2.0, 3.0], labels: &["a", "b", "a"] };
        let g = Labels::<_, 3> { label: &"a" }.gradient(&x);
        assert_eq!(g, Labelled { array: [2.0, 0.0, 6.0], labels: &["a", "b", "a"] });
    }

    #[function]
    fn power<T: Real, const P: i32>(x: T) -> T {
        x.powi(P)
    }

    #[test]
    fn constants_are_kept_that_no_argument_has() {
        assert_eq!(Power::<3>.derivative(2.0), 12.0);
    }
}

mod names {
    use super::*;

    #[function]
    fn f<T: Real>(f: T) -> T {
        f * f
    }

    #[function]
    fn x<X: Real>(x: X, call: f64, this: f64) -> X {
        x * x * X::lit(call * this)
    }

    #[function]
    fn r#type<T: Real>(r#fn: T) -> T {
        r#fn * r#fn
    }

    #[function]
    fn call<T: Real>(x: T) -> T {
        x * x
    }

    #[function]
    fn t<T: Real>(x: T) -> T {
        x * x
    }

    #[function]
    fn _of_2_1d_numbers<T: Real>(x: T) -> T {
        x * x
    }

    #[test]
    fn names_dont_collide() {
        let all = [
            F.derivative(3.0),
            X { call: 2.0, this: 0.5 }.derivative(3.0),
            Type.derivative(3.0),
            Call.derivative(3.0),
            T.derivative(3.0),
            _Of2_1dNumbers.derivative(3.0),
        ];
        assert_eq!(all, [6.0; 6]);
    }

    #[test]
    fn a_function_may_stand_in_a_body() {
        #[function]
        fn inner<T: Real>(x: T, scale: f64) -> T {
            x * T::lit(scale)
        }
        assert_eq!((inner(2.0, 3.0), Inner { scale: 3.0 }.derivative(2.0)), (6.0, 3.0));
    }

    macro_rules! functions {
        ($($name:ident $Name:ident: $ty:ty, $datum:ident: $data:ty, $result:ty;)*) => {$(
            #[function(name = $Name)]
            fn $name<T: Real>(x: $ty, $datum: $data, own: f64) -> $result {
                x[0] * x[0] * T::lit($datum[0] * own)
            }
        )*};
    }
    functions! {
        by_macro ByMacro: &[T], data: &[f64], T;
        array_by_macro ArrayByMacro: [T; 1], data: [f64; 1], T;
    }

    #[test]
    fn a_macro_may_write_the_function() {
        assert_eq!(ByMacro { data: &[2.0], own: 1.0 }.gradient(&[3.0]), [12.0]);
        assert_eq!(ArrayByMacro { data: [2.0], own: 1.0 }.gradient(&[3.0]), [12.0]);
    }
}

mod attributes {
    use super::*;

    #[function]
    #[cfg(any())]
    fn absent<T: NothingAtAll>(x: T) -> T {
        x
    }

    /// The structure that the one above would clash with.
    #[derive(Debug)]
    struct Absent;

    #[function]
    #[deprecated]
    #[must_use]
    #[inline(always)]
    #[doc(hidden)]
    pub(super) const fn old<T: Real>(x: T, #[allow(unused)] y: f64) -> T {
        x
    }

    #[test]
    #[allow(deprecated)]
    fn attributes_are_kept() {
        assert_eq!(Old { y: 1.0 }.derivative(3.0), 1.0);
        assert_eq!(format!("{Absent:?}"), "Absent");
    }
}

/// A module in which the names of the prelude, and of everything else, are other things.
#[allow(dead_code, non_camel_case_types)]
mod shadowed {
    struct Clone;
    struct Copy;
    struct Debug;
    struct Function;
    struct Number;
    struct f64;
    mod core {}
    mod std {}
    mod tangents {}

    #[::tangents::function]
    pub(super) fn plain<T: ::tangents::Real>(x: [T; 2], scale: u8, names: &[&'static str]) -> T {
        x[0] * x[1] * T::from(scale).unwrap() * T::from(names.len()).unwrap()
    }
}

#[test]
fn nothing_is_taken_from_the_scope() {
    assert_eq!(shadowed::Plain { scale: 2, names: &["x"] }.gradient(&[3.0, 5.0]), [10.0, 6.0]);
}

/// The crate under another name.
mod reexport {
    pub(super) mod inner {
        pub(crate) use tangents as autodiff;
    }

    #[inner::autodiff::function(crate = "inner::autodiff")]
    pub(super) fn pair<T: inner::autodiff::Real>(x: [T; 2]) -> T {
        x[0] * x[1]
    }
}

#[test]
fn the_crate_may_have_another_name() {
    assert_eq!(reexport::Pair.gradient(&[2.0, 3.0]), [3.0, 2.0]);
}
