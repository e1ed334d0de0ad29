//! `#[derive(Point)]` for the crate [`tangents`](https://docs.rs/tangents), which exports it with the feature `derive`.
//!
//! [`Point`](macro@Point) says what it does. Depend on `tangents`, not on this crate: what the macro writes is for the
//! version of `tangents` that has it.

mod read;
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
        .map_or_else(syn::Error::into_compile_error, |structure| structure.implementation())
        .into()
}
