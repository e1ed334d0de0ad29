//! `#[derive(Point)]` and `#[function]` for the crate [`tangents`](https://docs.rs/tangents), which exports them with the feature
//! `derive`.
//!
//! [`Point`](macro@Point) and [`function`](macro@function) say what they do. Depend on `tangents`, not on this crate: what the
//! macros write is for the version of `tangents` that has them.

mod function;
mod read;
mod tokens;
mod write;

use proc_macro::TokenStream;

use read::Structure;

/// Makes a structure that is generic over its numbers a point to differentiate at, and a result.
///
/// The function that is differentiated takes the structure with other numbers, and a gradient is the structure with the
/// numbers of the point:
///
/// ```
/// use tangents::{Point, Real, gradient};
///
/// #[derive(Point)]
/// struct Layer<T> {
///     weights: [[T; 2]; 3],
///     biases: [T; 3],
/// }
///
/// #[derive(Point)]
/// struct Model<T> {
///     hidden: Layer<T>,
///     out: [T; 3],
/// }
///
/// impl<T: Real> Model<T> {
///     fn predict(&self, x: [f64; 2]) -> T {
///         let neurons = self.hidden.weights.iter().zip(&self.hidden.biases).zip(&self.out);
///         neurons.fold(T::zero(), |sum, ((w, b), out)| {
///             sum + *out * (w[0] * T::lit(x[0]) + w[1] * T::lit(x[1]) + *b).tanh()
///         })
///     }
///
///     /// Half the squared error at the four corners of exclusive or.
///     fn loss(&self) -> T {
///         let corners = [([0.0, 0.0], 0.0), ([0.0, 1.0], 1.0), ([1.0, 0.0], 1.0), ([1.0, 1.0], 0.0)];
///         corners.iter().fold(T::zero(), |sum, &(x, y)| sum + (self.predict(x) - T::lit(y)).powi(2) * T::lit(0.5))
///     }
/// }
///
/// let mut model = Model {
///     hidden: Layer { weights: [[1.0, -1.0], [-1.0, 1.0], [0.5, 0.5]], biases: [0.0; 3] },
///     out: [0.5, 0.5, 0.1],
/// };
/// for _ in 0..1000 {
///     let g = gradient(Model::loss, &model);
///     model = model.zip_coordinates(&g, |p, g| p - 0.2 * g);
/// }
/// assert!(model.loss() < 1e-3, "{}", model.loss());
/// assert_eq!(model.name(3).to_string(), "hidden.weights[1][1]");
/// ```
///
/// # Which structures
///
/// Structures with named fields, and tuple structures. One type parameter is the number: the only one, or the one that
/// `#[point(number = T)]` on the structure names. It has no bounds in the definition, since the structure holds numbers
/// of many types; bounds belong to the functions. Lifetimes, const parameters, other type parameters and their bounds are
/// kept: a field `BTreeMap<K, T>` needs `K: Clone + Ord + Debug` in the definition.
///
/// Each field is a number `T`, or a container of them that is itself a [`Point`]: an array, a `Vec`, an `Option`, a tuple,
/// a `BTreeMap`, a structure that derives `Point`, vectors and matrices of `nalgebra` and `ndarray`. The structure may be
/// in its own fields, in a `Vec`: `children: Vec<Tree<T>>`. A `Box` isn't a point.
///
/// [`Point`]: https://docs.rs/tangents/latest/tangents/trait.Point.html
///
/// # Results
///
/// A function may return such a structure. Its Jacobian is the structure with gradients in place of the numbers:
///
/// ```
/// use tangents::{Point, jacobian};
///
/// #[derive(Debug, PartialEq, Point)]
/// struct Body<T> {
///     mass: T,
///     speed: T,
/// }
///
/// #[derive(Point)]
/// struct Forces<T> {
///     weight: T,
///     drag: T,
/// }
///
/// let body = Body { mass: 2.0, speed: 3.0 };
/// let j = jacobian(|b| Forces { weight: b.mass * 9.81, drag: b.speed.powi(2) * 0.25 }, &body);
/// assert_eq!(j.weight, Body { mass: 9.81, speed: 0.0 });
/// assert_eq!(j.drag, Body { mass: 0.0, speed: 1.5 });
/// ```
///
/// # Fields that aren't differentiated
///
/// `#[point(fixed)]` on a field makes its numbers constants: they aren't coordinates, and a gradient has zeros there. A
/// field without the number must be marked so, and is cloned.
///
/// ```
/// use tangents::{Point, gradient};
///
/// #[derive(Debug, Point, PartialEq)]
/// struct Spring<T> {
///     stiffness: T,
///     #[point(fixed)]
///     length: T,
///     #[point(fixed)]
///     name: &'static str,
/// }
///
/// let spring = Spring { stiffness: 3.0, length: 2.0, name: "left" };
/// let g = gradient(|s| s.stiffness * (s.length - 1.0).powi(2) * 0.5, &spring);
/// assert_eq!(g, Spring { stiffness: 0.5, length: 0.0, name: "left" });
/// ```
///
/// # Lanes
///
/// A structure of numbers, arrays and tuples of them says how many coordinates it has. If they are up to 16, one run of the
/// function gives all their derivatives, on as many lanes. Else each run takes 8. `#[point(lanes = 12)]` on the structure
/// chooses: 12 coordinates in one run, more in several, and fewer leave lanes unused. Any number of lanes gives the same
/// derivatives.
///
/// # Another name for the crate
///
/// The code that the macro writes names `::tangents`. Where that isn't its name, as in a crate that exports it,
/// `#[point(crate = "my_crate::tangents")]` on the structure says what is.
#[proc_macro_derive(Point, attributes(point))]
pub fn derive_point(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    Structure::read(&input)
        .map_or_else(syn::Error::into_compile_error, |structure| structure.implementations())
        .into()
}

/// Makes a generic `fn` a value too, with every derivative as a method.
///
/// The `fn` stays as it is. Beside it stands a structure with its name as a type's, which implements [`Function`]:
///
/// ```
/// use tangents::{Function, Real, function};
///
/// #[function]
/// fn rosenbrock<T: Real>(x: &[T]) -> T {
///     T::sum(x.windows(2).map(|w| (T::one() - w[0]).powi(2) + T::lit(100.0) * (w[1] - w[0] * w[0]).powi(2)))
/// }
///
/// assert_eq!(rosenbrock(&[1.0, 2.0]), 100.0);
/// assert_eq!(Rosenbrock.gradient(&[1.0, 2.0]), [-400.0, 200.0]);
/// assert_eq!(Rosenbrock.hessian(&[1.0_f32, 1.0]), [[802.0, -400.0], [-400.0, 200.0]]);
/// ```
///
/// # Data
///
/// The first argument is differentiated. The others are data, and the structure has a field for each, as visible as itself:
///
/// ```
/// use tangents::{Function, Point, Real, function};
///
/// #[derive(Debug, PartialEq, Point)]
/// struct Line<T> {
///     offset: T,
///     slope: T,
/// }
///
/// /// The squared error of a line, and a penalty on its slope.
/// #[function]
/// fn loss<T: Real>(line: &Line<T>, data: &[(f64, f64)], penalty: f64) -> T {
///     let error = |&(t, y)| (line.offset + line.slope * T::lit(t) - T::lit(y)).powi(2);
///     T::sum(data.iter().map(error)) + line.slope.powi(2) * T::lit(penalty)
/// }
///
/// let data = vec![(0.0, 1.0), (1.0, 3.0)];
/// let loss = Loss { data: &data, penalty: 0.5 };
/// assert_eq!(loss.gradient(&Line { offset: 1.0, slope: 2.0 }), Line { offset: 0.0, slope: 2.0 });
/// ```
///
/// Data that the `fn` takes by reference are borrowed: the structure is a `Loss<'a>`. Data that it takes by value are cloned at
/// each run, so take what is large by reference.
///
/// # Which functions
///
/// The number is the type parameter: the only one, or the one that `#[function(number = T)]` names. The first argument is one
/// of:
///
/// | the function takes | [`From`] | points |
/// |---|---|---|
/// | `x: T`, `x: &T` | `f64` | `f32`, `f64`, `Dual` … |
/// | `x: &[T]` | `[f64]` | `[T; N]`, `[T]`, `Vec<T>` |
/// | `x: &[T; 2]`, `x: [T; 2]` | `[f64]` | the same, of 2 numbers |
/// | `x: &[[T; 3]]`, `x: &[(T, T)]` … | `[[f64; 3]]`, `[(f64, f64)]` … | arrays, slices and `Vec`s of these |
/// | `x: &(Vec<T>, T)` | `(Vec<f64>, f64)` | `(Vec<T>, T)` |
/// | `x: &Model<T>`, of a structure with `#[derive(Point)]` | `Model<f64>` | `Model<T>` |
/// | `x: (T, T)`, `x: Pair<T>`: by value what is `Copy` | `(f64, f64)`, `Pair<f64>` | `(T, T)`, `Pair<T>` |
///
/// A `fn` that takes an array panics at a point of another length, at the line of `#[function]`. So do the methods of [`Prepared`],
/// whose errors are those of the slices that they are handed: what the function makes of a point they can't know.
///
/// The result, with `f64` for its numbers, is [`To`]: `T`, `[T; 2]`, `Vec<T>`, `Option<T>`, `(T, [T; 3])`, `Model<T>` …
///
/// The `fn` keeps its bounds. [`Number`] must imply those of `T`, as it does `Real`, `Special` and the traits `Float` and
/// `FloatConst` of `num_traits`. A bound that it doesn't imply, as `Display`, is an error that points to it.
///
/// The structure has the lifetimes and the other type parameters that its data have, and all const parameters:
///
/// ```
/// use tangents::{Function, Real, function};
///
/// #[function]
/// fn powers<T: Real, const N: usize>(x: T) -> [T; N] {
///     std::array::from_fn(|i| x.powi(i as i32 + 1))
/// }
///
/// assert_eq!(Powers::<3>.jacobian(&2.0), [1.0, 4.0, 12.0]);
///
/// #[function(number = T)]
/// fn distance<T: Real, F: Fn(usize) -> f64>(x: &[T], target: F) -> T {
///     T::sum(x.iter().enumerate().map(|(i, &x)| (x - T::lit(target(i))).powi(2)))
/// }
///
/// let to_ones = Distance { target: |_| 1.0 };
/// assert_eq!(to_ones.gradient(&[1.0, 3.0]), [0.0, 4.0]);
/// ```
///
/// # What the structure is
///
/// `#[function(name = Banana)]` gives it another name. It is as visible as the `fn`, has its documentation, its `#[cfg]` and its
/// `#[deprecated]`, and implements `Debug`, which shows no data, `Clone`, and `Copy` if it has no data by value. Without data it's
/// written by its name alone, `Rosenbrock`.
///
/// # Errors
///
/// The compiler refuses, with what to do instead,
///
/// - a method: write a `fn` outside of the `impl`, or implement [`Function`] for the type;
/// - a `fn` that is `async`, `unsafe` or `extern`, or not generic over its numbers;
/// - a first argument or a result without numbers, and a first argument that is a `Vec` or a `&mut`;
/// - data with numbers `T`, which would have to be differentiated; with `impl Trait` for a type, which has no name; a `&mut`; and
///   data without a name;
/// - a type parameter or lifetime that isn't in the data and that the structure so has no place for.
///
/// # Another name for the crate
///
/// The code that the macro writes names `::tangents`. Where that isn't its name, `#[function(crate = "my_crate::tangents")]` says
/// what is.
///
/// [`From`]: https://docs.rs/tangents/latest/tangents/trait.Function.html#associatedtype.From
/// [`Function`]: https://docs.rs/tangents/latest/tangents/trait.Function.html
/// [`Number`]: https://docs.rs/tangents/latest/tangents/trait.Number.html
/// [`Prepared`]: https://docs.rs/tangents/latest/tangents/function/struct.Prepared.html
/// [`To`]: https://docs.rs/tangents/latest/tangents/trait.Function.html#associatedtype.To
#[proc_macro_attribute]
pub fn function(arguments: TokenStream, item: TokenStream) -> TokenStream {
    function::expand(arguments.into(), &item.into()).into()
}
