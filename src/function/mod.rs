//! Functions as values: [`Function`], the points of one, and the instruction set that it is run in.

#[cfg(feature = "alloc")]
mod any_order;
mod bounds;
#[cfg(feature = "random")]
mod check;
mod choice;
#[cfg(feature = "alloc")]
mod gradient_of;
mod lagrangian;
mod lambda;
mod numbers;
mod pointers;
#[cfg(feature = "alloc")]
mod prepared;
mod returned;
mod work;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

pub use self::bounds::{At, ScalarValued};
pub(crate) use self::choice::fastest;
#[cfg(feature = "alloc")]
pub use self::gradient_of::GradientOf;
pub use self::lagrangian::Lagrangian;
#[doc(hidden)]
pub use self::lambda::copied;
#[cfg(feature = "alloc")]
pub use self::prepared::Prepared;
pub(crate) use self::returned::Returned;
use self::work::{ForGradient, ForHessian, ForHessians, ForJacobian};
#[cfg(feature = "random")]
use crate::check::{CheckError, CheckOptions, CheckReport};
pub use crate::dispatch::InstructionSet;
use crate::drive::{
    self, Family, Gradient, Hessian, Orders, ThirdDerivatives, UpTo, ValueGradientHessian, ValueGradientHvp,
    ValueJacobianHessians, ValueJvpVhv, View,
};
#[cfg(feature = "alloc")]
use crate::error::Error;
use crate::rules::Number;
#[cfg(feature = "std")]
use crate::sparse::{self, Pattern, Question, SparseMatrix, tracer};

/// A function as a value, which can be run on every number.
///
/// A closure has one argument type, so code that takes it can run it on one number only. A function value carries the generic
/// function: one value has all derivatives of every order as methods, in either precision, at points of every length.
///
/// ```
/// use tangents::{Function, Number};
///
/// struct Rosenbrock;
///
/// impl Function for Rosenbrock {
///     type From = [f64]; // takes a slice
///     type To = f64; // returns a number
///
///     #[inline(always)] // into drivers that are compiled for an instruction set
///     fn call<T: Number>(&self, x: &[T]) -> T {
///         T::sum(x.windows(2).map(|w| (T::one() - w[0]).powi(2) + T::lit(100.0) * (w[1] - w[0] * w[0]).powi(2)))
///     }
/// }
///
/// let x = [0.5, 0.25];
/// assert_eq!(Rosenbrock.call(&x), 0.25);
/// assert_eq!(Rosenbrock.gradient(&x), [-1.0, 0.0]);
/// assert_eq!(Rosenbrock.hessian(&x), [[202.0, -200.0], [-200.0, 200.0]]);
/// # #[cfg(feature = "alloc")]
/// assert_eq!(Rosenbrock.gradient(&vec![1.0_f32; 100]), [0.0; 100]);
/// ```
///
/// With the feature `derive`, [`#[function]`][attribute] writes the implementation for a generic `fn`.
/// [`lambda!`](crate::lambda!) writes one where it's used, `lambda!(|x: [f64]| -> f64 { x[0] * x[1] })`.
///
#[cfg_attr(feature = "derive", doc = "[attribute]: macro@crate::function")]
#[cfg_attr(
    not(feature = "derive"),
    doc = "[attribute]: https://docs.rs/tangents/latest/tangents/attr.function.html"
)]
///
/// # Kinds of arguments and results
///
/// `From` and `To` name containers with `f64` for their numbers, whatever the precision:
///
/// | the function | `From` | `To` | points |
/// |---|---|---|---|
/// | `fn call<T: Number>(&self, x: &T) -> T` | `f64` | `f64` | `f32`, `f64`, `Dual` … |
/// | `fn call<T: Number>(&self, x: &[T]) -> T` | `[f64]` | `f64` | `[T; N]`, `[T]`, `Vec<T>` |
/// | `fn call<T: Number>(&self, x: &[[T; 3]]) -> [T; 2]` | `[[f64; 3]]` | `[f64; 2]` | `[[T; 3]; N]`, `Vec<[T; 3]>` … |
/// | `fn call<T: Number>(&self, x: &Model<T>) -> Vec<T>` | `Model<f64>` | `Vec<f64>` | `Model<T>`, with `#[derive(Point)]` |
/// | `fn call<T: Number>(&self, x: &(Vec<T>, T)) -> (T, T)` | `(Vec<f64>, f64)` | `(f64, f64)` | `(Vec<T>, T)` |
///
/// At the top there is no `From = [f64; 3]` and no `Vec<f64>`: write `[f64]`, and take a `&[T]`. Inside a tuple or a structure containers are
/// owned, `[f64; 3]` or `Vec<f64>`, and there is no `[f64]`. A number is a `&T` in an `impl`, and a `T` in
/// [`lambda!`](crate::lambda!) and `#[function]`.
///
/// Only what every number has can be done with a `T: Number`, and plain floats don't mix with it:
///
/// | in place of | write |
/// |---|---|
/// | `x * 2.0` | `x * T::lit(2.0)` |
/// | `terms.sum()` | `T::sum(terms)` |
/// | `0.0`, `1.0` | `T::zero()`, `T::one()` |
///
/// # Data
///
/// What isn't differentiated stands in the structure, owned or borrowed:
///
/// ```
/// use tangents::{Function, Number};
///
/// /// The squared error of a line, a + b·t.
/// struct Loss<'a> {
///     data: &'a [(f64, f64)],
/// }
///
/// impl Function for Loss<'_> {
///     type From = [f64];
///     type To = f64;
///
///     fn call<T: Number>(&self, x: &[T]) -> T {
///         T::sum(self.data.iter().map(|&(t, y)| (x[0] + x[1] * T::lit(t) - T::lit(y)).powi(2)))
///     }
/// }
///
/// let loss = Loss { data: &[(0.0, 1.0), (1.0, 3.0)] };
/// assert_eq!(loss.gradient(&[1.0, 2.0]), [0.0, 0.0]);
/// ```
///
/// # Code that takes functions
///
/// A bound says which kinds it takes, and it has the derivatives itself:
///
/// ```
/// use tangents::{Function, lambda};
///
/// /// Where `steps` steps down the gradient lead from `x`.
/// fn descend<F: Function<From = [f64], To = f64>>(f: &F, mut x: [f64; 2], steps: usize) -> [f64; 2] {
///     for _ in 0..steps {
///         let g = f.gradient(&x);
///         x.iter_mut().zip(g).for_each(|(x, g)| *x -= 0.25 * g);
///     }
///     x
/// }
///
/// let bowl = lambda!(|x: [f64]| -> f64 { (x[0] - T::one()).powi(2) + (x[1] - T::lit(3.0)).powi(2) });
/// let x = descend(&bowl, [0.0, 0.0], 60);
/// assert!((x[0] - 1.0).abs() < 1e-9 && (x[1] - 3.0).abs() < 1e-9);
/// ```
///
/// A reference to a function is a function, and so are a `Box`, an `Rc` and an `Arc` of one.
///
/// # What can be done with it
///
/// | of a scalar-valued function | of any function | of a function of one variable |
/// |---|---|---|
/// | [`gradient`](Self::gradient), [`hessian`](Self::hessian) | [`jacobian`](Self::jacobian), [`hessians`](Self::hessians) | [`derivative`](Self::derivative) |
/// | [`hvp`](Self::hvp), [`vhv`](Self::vhv), [`laplacian`](Self::laplacian) | [`jvp`](Self::jvp), [`divergence`](Self::divergence) | [`nth_derivatives`](Self::nth_derivatives) |
/// | [`partial`](Self::partial), [`third_derivatives`](Self::third_derivatives) | [`jet`](Self::jet), [`check_grads`](Self::check_grads) | [`taylor_coefficients`](Self::taylor_coefficients) |
/// | `sparse_hessian`, `hessian_pattern` | `sparse_jacobian`, `jacobian_pattern`, `questions` | |
/// | [`prepare`](Self::prepare): much of this at many points | | |
///
/// Each has its `value_and_…`, and what comes together has one name, as in the direct calls, whose pages say what each
/// gives, its shape, its cost and its errors. The value alone is [`call`](Self::call).
///
/// A function value isn't itself a closure, so `jvp(f, &x, &v)` and `grad(&f)` are errors. A closure that calls it goes into the
/// direct calls and the transforms: `jvp(|x| f.call(x), &x, &v)`, `grad(|x| f.call(x))`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a function value",
    label = "not a `Function`",
    note = "write `lambda!(|x: [f64]| -> f64 {{ … }})` in place of a closure, implement `Function` for a type of your own, or put \
            `#[tangents::function]` (feature `derive`) before a generic `fn`; a closure goes to the direct calls, `gradient(|x| …, &x)`"
)]
pub trait Function {
    /// What the function takes by reference: `f64` for a number, `[f64]` for a slice, `Model<f64>` for a structure.
    type From: View + ?Sized;

    /// What the function returns: `f64` for a number, `[f64; 3]` or `Vec<f64>` for several, `Model<f64>` for a structure.
    type To: Family;

    /// The function at `x`, on any number.
    fn call<T: Number>(&self, x: &<Self::From as View>::Of<T>) -> <Self::To as Family>::Of<T>;

    /// The derivative `f′(x)` of a function of one variable: [`derivative`](crate::derivative).
    #[inline]
    #[track_caller]
    fn derivative<T: Number>(&self, x: T) -> T
    where
        Self: Function<From = f64, To = f64>,
    {
        self.value_and_derivative(x).1
    }

    /// The value and the derivative of a function of one variable: [`value_and_derivative`](crate::value_and_derivative).
    #[inline]
    #[track_caller]
    fn value_and_derivative<T: Number>(&self, x: T) -> (T, T)
    where
        Self: Function<From = f64, To = f64>,
    {
        drive::value_and_derivative(|x| self.call(&x), x)
    }

    /// The gradient `∂f/∂xᵢ` of a scalar-valued function: [`gradient`](crate::gradient()).
    #[doc(alias("grad", "backward"))]
    #[inline]
    #[track_caller]
    fn gradient<X: At<Self::From> + ?Sized>(&self, x: &X) -> Gradient<X>
    where
        Self: ScalarValued,
    {
        self.value_and_gradient(x).1
    }

    /// The value and the gradient of a scalar-valued function: [`value_and_gradient`](crate::value_and_gradient()).
    #[inline]
    #[track_caller]
    fn value_and_gradient<X: At<Self::From> + ?Sized>(&self, x: &X) -> (X::Scalar, Gradient<X>)
    where
        Self: ScalarValued,
    {
        fastest::<X::Scalar, _>(x.dim(), ForGradient(self, x))
    }

    /// The Jacobian `∂fᵢ/∂xⱼ`, a gradient in place of each number of the result: [`jacobian`](crate::jacobian()).
    #[doc(alias("jacfwd", "jacrev"))]
    #[inline]
    #[track_caller]
    fn jacobian<X: At<Self::From> + ?Sized>(&self, x: &X) -> <Self::To as Family>::Of<Gradient<X>> {
        self.value_and_jacobian(x).1
    }

    /// The value and the Jacobian: [`value_and_jacobian`](crate::value_and_jacobian()).
    #[inline]
    #[track_caller]
    fn value_and_jacobian<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> (<Self::To as Family>::Of<X::Scalar>, <Self::To as Family>::Of<Gradient<X>>) {
        fastest::<X::Scalar, _>(x.dim(), ForJacobian(self, x))
    }

    /// The Hessian `∂²f/∂xᵢ∂xⱼ` of a scalar-valued function: [`hessian`](crate::hessian()).
    #[inline]
    #[track_caller]
    fn hessian<X: At<Self::From> + ?Sized>(&self, x: &X) -> Hessian<X>
    where
        Self: ScalarValued,
    {
        self.value_gradient_and_hessian(x).hessian
    }

    /// The value and the Hessian of a scalar-valued function: [`value_and_hessian`](crate::value_and_hessian()).
    #[inline]
    #[track_caller]
    fn value_and_hessian<X: At<Self::From> + ?Sized>(&self, x: &X) -> (X::Scalar, Hessian<X>)
    where
        Self: ScalarValued,
    {
        let ValueGradientHessian { value, hessian, .. } = self.value_gradient_and_hessian(x);
        (value, hessian)
    }

    /// The value, the gradient and the Hessian of a scalar-valued function:
    /// [`value_gradient_and_hessian`](crate::value_gradient_and_hessian()).
    #[inline]
    #[track_caller]
    fn value_gradient_and_hessian<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> ValueGradientHessian<X::Scalar, Gradient<X>, Hessian<X>>
    where
        Self: ScalarValued,
    {
        fastest::<X::Scalar, _>(x.dim(), ForHessian(self, x))
    }

    /// The Hessian of each number of the result: [`hessians`](crate::hessians()).
    #[inline]
    #[track_caller]
    fn hessians<X: At<Self::From> + ?Sized>(&self, x: &X) -> <Self::To as Family>::Of<Hessian<X>> {
        self.value_jacobian_and_hessians(x).hessians
    }

    /// The value and the Hessian of each number of the result: [`value_and_hessians`](crate::value_and_hessians()).
    #[inline]
    #[track_caller]
    fn value_and_hessians<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> (<Self::To as Family>::Of<X::Scalar>, <Self::To as Family>::Of<Hessian<X>>) {
        let ValueJacobianHessians { value, hessians, .. } = self.value_jacobian_and_hessians(x);
        (value, hessians)
    }

    /// The value, the Jacobian and the Hessian of each number of the result:
    /// [`value_jacobian_and_hessians`](crate::value_jacobian_and_hessians()).
    #[allow(clippy::type_complexity)] // the three things that it gives
    #[inline]
    #[track_caller]
    fn value_jacobian_and_hessians<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> ValueJacobianHessians<
        <Self::To as Family>::Of<X::Scalar>,
        <Self::To as Family>::Of<Gradient<X>>,
        <Self::To as Family>::Of<Hessian<X>>,
    > {
        fastest::<X::Scalar, _>(x.dim(), ForHessians(self, x))
    }

    /// The Jacobian-vector product `J·v`, the derivative along `v`: [`jvp`](crate::jvp()).
    #[doc(alias("pushforward", "linearize"))]
    #[inline]
    #[track_caller]
    fn jvp<X: At<Self::From> + ?Sized>(&self, x: &X, v: &X) -> <Self::To as Family>::Of<X::Scalar> {
        drive::jvp(|x| Returned::<Self::To, _>(self.call(x)), x, v)
    }

    /// The value and the Jacobian-vector product: [`value_and_jvp`](crate::value_and_jvp()).
    #[inline]
    #[track_caller]
    fn value_and_jvp<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
        v: &X,
    ) -> (<Self::To as Family>::Of<X::Scalar>, <Self::To as Family>::Of<X::Scalar>) {
        drive::value_and_jvp(|x| Returned::<Self::To, _>(self.call(x)), x, v)
    }

    /// The Hessian-vector product `H·v` of a scalar-valued function: [`hvp`](crate::hvp()).
    #[inline]
    #[track_caller]
    fn hvp<X: At<Self::From> + ?Sized>(&self, x: &X, v: &X) -> Gradient<X>
    where
        Self: ScalarValued,
    {
        drive::hvp(|x| self.call(x), x, v)
    }

    /// The value and the Hessian-vector product of a scalar-valued function: [`value_and_hvp`](crate::value_and_hvp()).
    #[inline]
    #[track_caller]
    fn value_and_hvp<X: At<Self::From> + ?Sized>(&self, x: &X, v: &X) -> (X::Scalar, Gradient<X>)
    where
        Self: ScalarValued,
    {
        drive::value_and_hvp(|x| self.call(x), x, v)
    }

    /// The value, the gradient and the Hessian-vector product of a scalar-valued function:
    /// [`value_gradient_and_hvp`](crate::value_gradient_and_hvp()).
    #[inline]
    #[track_caller]
    fn value_gradient_and_hvp<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
        v: &X,
    ) -> ValueGradientHvp<X::Scalar, Gradient<X>>
    where
        Self: ScalarValued,
    {
        drive::value_gradient_and_hvp(|x| self.call(x), x, v)
    }

    /// The second derivative along a direction, `vᵀ·H·v`, of a scalar-valued function: [`vhv`](crate::vhv()).
    #[inline]
    #[track_caller]
    fn vhv<X: At<Self::From> + ?Sized>(&self, x: &X, v: &X) -> X::Scalar
    where
        Self: ScalarValued,
    {
        drive::vhv(|x| self.call(x), x, v)
    }

    /// The value and the second derivative along a direction: [`value_and_vhv`](crate::value_and_vhv()).
    #[inline]
    #[track_caller]
    fn value_and_vhv<X: At<Self::From> + ?Sized>(&self, x: &X, v: &X) -> (X::Scalar, X::Scalar)
    where
        Self: ScalarValued,
    {
        drive::value_and_vhv(|x| self.call(x), x, v)
    }

    /// The value and the first and second derivatives along a direction: [`value_jvp_and_vhv`](crate::value_jvp_and_vhv()).
    #[inline]
    #[track_caller]
    fn value_jvp_and_vhv<X: At<Self::From> + ?Sized>(&self, x: &X, v: &X) -> ValueJvpVhv<X::Scalar>
    where
        Self: ScalarValued,
    {
        drive::value_jvp_and_vhv(|x| self.call(x), x, v)
    }

    /// The Laplacian `Σᵢ ∂²f/∂xᵢ²` of a scalar-valued function: [`laplacian`](crate::laplacian()).
    #[inline]
    #[track_caller]
    fn laplacian<X: At<Self::From> + ?Sized>(&self, x: &X) -> X::Scalar
    where
        Self: ScalarValued,
    {
        drive::laplacian(|x| self.call(x), x)
    }

    /// The value and the Laplacian of a scalar-valued function: [`value_and_laplacian`](crate::value_and_laplacian()).
    #[inline]
    #[track_caller]
    fn value_and_laplacian<X: At<Self::From> + ?Sized>(&self, x: &X) -> (X::Scalar, X::Scalar)
    where
        Self: ScalarValued,
    {
        drive::value_and_laplacian(|x| self.call(x), x)
    }

    /// The divergence `Σᵢ ∂fᵢ/∂xᵢ` of a vector field, which returns a container of the kind of the point:
    /// [`divergence`](crate::divergence()).
    #[inline]
    #[track_caller]
    fn divergence<X: At<Self::From, Family = Self::To> + ?Sized>(&self, x: &X) -> X::Scalar {
        self.value_and_divergence(x).1
    }

    /// The value and the divergence of a vector field: [`value_and_divergence`](crate::value_and_divergence()).
    #[inline]
    #[track_caller]
    fn value_and_divergence<X: At<Self::From, Family = Self::To> + ?Sized>(
        &self,
        x: &X,
    ) -> (Gradient<X>, X::Scalar) {
        drive::value_and_divergence(|x| Returned::<Self::To, _>(self.call(x)), x)
    }

    /// The partial derivative of a scalar-valued function in the coordinates of these indices, up to 4:
    /// [`partial`](crate::partial()).
    #[inline]
    #[track_caller]
    fn partial<X: At<Self::From> + ?Sized, const M: usize>(&self, x: &X, indices: [usize; M]) -> X::Scalar
    where
        Self: ScalarValued,
        UpTo<M>: Orders,
    {
        self.value_and_partial(x, indices).1
    }

    /// The value and a partial derivative of a scalar-valued function: [`value_and_partial`](crate::value_and_partial()).
    #[inline]
    #[track_caller]
    fn value_and_partial<X: At<Self::From> + ?Sized, const M: usize>(
        &self,
        x: &X,
        indices: [usize; M],
    ) -> (X::Scalar, X::Scalar)
    where
        Self: ScalarValued,
        UpTo<M>: Orders,
    {
        drive::value_and_partial(|x| self.call(x), x, indices)
    }

    /// All third derivatives of a scalar-valued function: [`third_derivatives`](crate::third_derivatives()).
    #[inline]
    #[track_caller]
    fn third_derivatives<X: At<Self::From> + ?Sized>(&self, x: &X) -> ThirdDerivatives<X>
    where
        Self: ScalarValued,
    {
        drive::third_derivatives(|x| self.call(x), x)
    }

    /// The value and all third derivatives of a scalar-valued function:
    /// [`value_and_third_derivatives`](crate::value_and_third_derivatives()).
    #[inline]
    #[track_caller]
    fn value_and_third_derivatives<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> (X::Scalar, ThirdDerivatives<X>)
    where
        Self: ScalarValued,
    {
        drive::value_and_third_derivatives(|x| self.call(x), x)
    }

    /// Makes a function of a slice ready for many points like `x`: chooses the numbers and the instruction set by trying them at `x`, and
    /// owns the memory, so that [`Prepared`]'s methods allocate nothing after their first call.
    ///
    /// The function is borrowed; [`Prepared::new`] takes one that it owns.
    ///
    /// Cost: 0.3 ms, or up to 27 first derivatives if those take longer.
    #[cfg(feature = "alloc")]
    fn prepare<T: Number>(&self, x: &[T]) -> Prepared<&Self, T>
    where
        Self: Function<From = [f64]>,
    {
        Prepared::new(self, x)
    }

    /// The derivatives `f(x), f′(x), … f⁽ⁿ⁾(x)` of a function of one variable, n being `order`.
    ///
    /// Cost: one evaluation of the function on power series of the order 2, 4, 8, 16, 32, 64 or 128, the smallest that suffices; it
    /// is compiled for all of them. [`nth_derivative`](crate::nth_derivative()) is for one order that is known when the program is
    /// compiled.
    ///
    /// # Errors
    ///
    /// [`Error::Order`] if `order` is above 128.
    ///
    /// ```
    /// use tangents::{Function, Number};
    ///
    /// struct Gaussian {
    ///     width: f64,
    /// }
    ///
    /// impl Function for Gaussian {
    ///     type From = f64;
    ///     type To = f64;
    ///
    ///     fn call<T: Number>(&self, x: &T) -> T {
    ///         let x = *x / T::lit(self.width);
    ///         (-(x * x)).exp()
    ///     }
    /// }
    ///
    /// let order = 4; // from the command line, say
    /// assert_eq!(Gaussian { width: 1.0 }.nth_derivatives(0.0, order)?, [1.0, 0.0, -2.0, 0.0, 12.0]);
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[cfg(feature = "alloc")]
    #[track_caller]
    fn nth_derivatives<T: Number>(&self, x: T, order: usize) -> Result<Vec<T>, Error>
    where
        Self: Function<From = f64, To = f64>,
    {
        any_order::nth_derivatives(self, x, order)
    }

    /// The Taylor coefficients `f(x), f′(x), f″(x)/2, … f⁽ⁿ⁾(x)/n!` of a function of one variable, n being `order`.
    ///
    /// Cost: as [`nth_derivatives`](Self::nth_derivatives).
    ///
    /// # Errors
    ///
    /// [`Error::Order`] if `order` is above 128.
    ///
    /// ```
    /// use tangents::{Function, Number};
    ///
    /// struct Reciprocal;
    ///
    /// impl Function for Reciprocal {
    ///     type From = f64;
    ///     type To = f64;
    ///
    ///     fn call<T: Number>(&self, x: &T) -> T {
    ///         x.recip()
    ///     }
    /// }
    ///
    /// assert_eq!(Reciprocal.taylor_coefficients(1.0, 3)?, [1.0, -1.0, 1.0, -1.0]);
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[cfg(feature = "alloc")]
    #[doc(alias = "taylor")]
    #[track_caller]
    fn taylor_coefficients<T: Number>(&self, x: T, order: usize) -> Result<Vec<T>, Error>
    where
        Self: Function<From = f64, To = f64>,
    {
        any_order::taylor_coefficients(self, x, order)
    }

    /// The value and the derivatives along a curve, from the first to that of the order `series.len()`:
    /// [`jet`](crate::jet()) of an order that is known at run time.
    ///
    /// Cost: one evaluation of the function on power series of the order 2, 4, 8, 16, 32, 64 or 128, the smallest that suffices.
    ///
    /// # Errors
    ///
    /// [`Error::Order`] if `series` has more than 128 derivatives.
    ///
    /// # Panics
    ///
    /// If one of `series` hasn't the shape of `x`.
    ///
    /// ```
    /// # use tangents::{Function, Number};
    /// # struct Product;
    /// # impl Function for Product {
    /// #     type From = [f64];
    /// #     type To = f64;
    /// #     fn call<T: Number>(&self, x: &[T]) -> T {
    /// #         x[0] * x[0] * x[1]
    /// #     }
    /// # }
    /// // x²y along (1 + t, 2 + t²): the second derivatives of the curve are (0, 2).
    /// let (value, derivatives) = Product.jet(&[1.0, 2.0], &[&[1.0, 0.0], &[0.0, 2.0]])?;
    /// assert_eq!((value, derivatives), (2.0, vec![4.0, 6.0]));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[cfg(feature = "alloc")]
    #[allow(clippy::type_complexity)] // the value, and as many of its kind as there are orders
    #[track_caller]
    fn jet<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
        series: &[&X],
    ) -> Result<(<Self::To as Family>::Of<X::Scalar>, Vec<<Self::To as Family>::Of<X::Scalar>>), Error> {
        any_order::jet(self, x, series)
    }

    /// What `f` asks of its numbers on its way at `x`, and where: its branches and its ways out of differentiation.
    ///
    /// Derivatives are those of the branches that are taken. A [tie](Question::is_tie), two equal numbers compared, tells that `x` is on the
    /// border of two: `if a == b { a } else { b }` has the right value there and the derivative of `a` alone. A conversion, as
    /// `to_f64`, makes a constant. So this shows where code that was written for plain numbers loses derivatives. It doesn't see
    /// kinks and jumps, as those of `abs`, `max` and `floor`, whose derivatives are [known](crate::guide::kinks). A question that this or another
    /// crate asks on its way, as [`linalg::solve`](crate::linalg::solve()) of its pivots, has a line there.
    ///
    /// Cost and panics are those of [`jacobian_pattern`](Self::jacobian_pattern). The same question of the same line is given once, and
    /// once more if it was a tie.
    ///
    /// ```
    /// use tangents::{Function, lambda};
    ///
    /// let larger = lambda!(|x: [f64]| -> f64 { if x[0] == x[1] { x[0] } else { x[0].max(x[1]) } });
    /// assert_eq!(larger.gradient(&[2.0, 2.0]), [1.0, 0.0]); // not [0.5, 0.5]
    ///
    /// let [question] = larger.questions(&[2.0, 2.0])[..] else { panic!() };
    /// assert_eq!((question.asked(), question.is_tie()), ("==", true));
    /// println!("{}", question.place()); // the file, the line and the column
    /// assert!(!larger.questions(&[2.0, 3.0])[0].is_tie());
    /// ```
    #[cfg(feature = "std")]
    #[doc(alias("branches", "control_flow"))]
    fn questions<X: At<Self::From> + ?Sized>(&self, x: &X) -> Vec<Question> {
        tracer::questions(self, x)
    }

    /// Where the Jacobian may have entries that aren't zero: the pattern, for every point of the shape of `x`.
    ///
    /// It has a row for each number of the result and a column for each coordinate of the point, in their order. An entry means
    /// that the result depends on the coordinate; derivatives that happen to be zero, as that of `x·0` or of `x − x`, have
    /// entries too. Functions with kinks, as `abs` and `max`, depend on all of their arguments, and so do the
    /// [rules](crate::rules) of one's own.
    ///
    /// `f` is run once, at `x`, on numbers that know which coordinates they depend on. If it asks nothing of them, it does the
    /// same at every point, and the pattern holds everywhere. If it asks one a question, as by `<`, it's an error;
    /// [`jacobian_pattern_at`](Self::jacobian_pattern_at) gives the pattern of the branch that it takes.
    ///
    /// A black box, as a rule of one's own or a solver of [`implicit`](crate::implicit), sees plain values and asks nothing. Its results
    /// depend on all of its arguments; if their number, a fixed field in them or a variable that it sets depends on values and `f` branches on
    /// that, the pattern holds at `x` only.
    ///
    /// Cost: one evaluation of `f`, and some 10 ns for each operation on two numbers that both depend on coordinates; memory for
    /// some words for each of these, freed at the end. Sums and products over all coordinates take time and memory in proportion
    /// to their length.
    ///
    /// Values must be numbers: beside an infinite or NaN value, derivatives are NaN also in coordinates that `f` doesn't depend
    /// on, and no pattern has these.
    ///
    /// # Errors
    ///
    /// [`Question`] with the first method or operator whose answer may differ from point to point: a comparison, a question
    /// like `is_nan` or `is_zero`, or a conversion to a plain number like `to_f64`, of a number that depends on a coordinate.
    /// Constants may be asked anything. Functions that differentiate within ask such questions where their slopes have cases.
    ///
    /// # Panics
    ///
    /// If `f` computes with the numbers on another thread, or keeps them for another call.
    ///
    /// ```
    /// use tangents::{Function, lambda};
    ///
    /// let f = lambda!(|x: [f64]| -> Vec<f64> { x.windows(2).map(|w| w[1] - w[0].powi(2)).collect() });
    /// let pattern = f.jacobian_pattern(&[1.0; 4])?;
    /// assert_eq!(pattern.to_string(), "××··\n·××·\n··××\n");
    ///
    /// let f = lambda!(|x: [f64]| -> f64 { if x[0] > T::zero() { x[1] } else { x[2] } });
    /// assert_eq!(f.jacobian_pattern(&[1.0; 3]).unwrap_err().asked(), ">");
    /// assert_eq!(f.jacobian_pattern_at(&[1.0; 3]).to_string(), "·×·\n");
    /// # Ok::<(), tangents::sparse::Question>(())
    /// ```
    #[cfg(feature = "std")]
    #[doc(alias("sparsity", "jacobian_sparsity"))]
    fn jacobian_pattern<X: At<Self::From> + ?Sized>(&self, x: &X) -> Result<Pattern, Question> {
        tracer::jacobian_pattern(self, x)
    }

    /// Where the Jacobian at `x` may have entries that aren't zero.
    ///
    /// It is [`jacobian_pattern`](Self::jacobian_pattern) of the branches that `f` takes at `x`: it holds at `x`, and at each
    /// point at which `f` takes the same branches and the functions with kinks are on the same side of them. At a kink it has
    /// the entries of both sides. It has every entry of the Jacobian at `x` that isn't zero, also those that are NaN or infinite.
    ///
    /// Cost, values and panics: as there.
    ///
    /// ```
    /// use tangents::{Function, lambda};
    ///
    /// let f = lambda!(|x: [f64]| -> f64 { x[0].max(x[1]) });
    /// assert_eq!(f.jacobian_pattern(&[1.0, 2.0])?.to_string(), "××\n");
    /// assert_eq!(f.jacobian_pattern_at(&[1.0, 2.0]).to_string(), "·×\n");
    /// assert_eq!(f.jacobian_pattern_at(&[2.0, 2.0]).to_string(), "××\n");
    /// # Ok::<(), tangents::sparse::Question>(())
    /// ```
    #[cfg(feature = "std")]
    fn jacobian_pattern_at<X: At<Self::From> + ?Sized>(&self, x: &X) -> Pattern {
        tracer::jacobian_pattern_at(self, x)
    }

    /// Where the Hessian may have entries that aren't zero: the symmetric pattern, for every point of the shape of `x`.
    ///
    /// It has a row and a column for each coordinate. An entry means that two coordinates interact: that both are in one
    /// operation which isn't linear. Of several results it is the pattern of the sum of their Hessians with any factors, as in
    /// a Lagrangian. Entries that happen to be zero are in it as in [`jacobian_pattern`](Self::jacobian_pattern), whose cost,
    /// values, errors and panics it shares, and besides
    ///
    /// - those of numbers that are computed and don't reach the result;
    /// - those of functions with kinks, as `abs` and `max`, since at the kink their second derivatives are NaN.
    ///
    /// Memory: besides, two words for each operation that isn't linear.
    ///
    /// ```
    /// use tangents::{Function, lambda};
    ///
    /// let f = lambda!(|x: [f64]| -> f64 { x[0] * x[1] + x[2].exp() + x[3] });
    /// assert_eq!(f.hessian_pattern(&[1.0; 4])?.to_string(), "·×··\n×···\n··×·\n····\n");
    /// # Ok::<(), tangents::sparse::Question>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Question`] as there.
    #[cfg(feature = "std")]
    #[doc(alias = "hessian_sparsity")]
    fn hessian_pattern<X: At<Self::From> + ?Sized>(&self, x: &X) -> Result<Pattern, Question> {
        tracer::hessian_pattern(self, x)
    }

    /// Where the Hessian at `x` may have entries that aren't zero.
    ///
    /// It is [`hessian_pattern`](Self::hessian_pattern) of the branches that `f` takes at `x`, as
    /// [`jacobian_pattern_at`](Self::jacobian_pattern_at) is the Jacobian's. Functions with kinks are linear beside the kink, and
    /// at it they have entries for all of their arguments.
    ///
    /// ```
    /// use tangents::{Function, lambda};
    ///
    /// let f = lambda!(|x: [f64]| -> f64 { x[0].abs() * x[1] });
    /// assert_eq!(f.hessian_pattern_at(&[1.0, 2.0]).to_string(), "·×\n×·\n");
    /// assert_eq!(f.hessian_pattern_at(&[0.0, 2.0]).to_string(), "××\n×·\n");
    /// ```
    #[cfg(feature = "std")]
    fn hessian_pattern_at<X: At<Self::From> + ?Sized>(&self, x: &X) -> Pattern {
        tracer::hessian_pattern_at(self, x)
    }

    /// The Jacobian as a sparse matrix: finds its pattern at `x`, colours the columns, and evaluates it in passes over the colours.
    ///
    /// Coordinates are columns, and the numbers of the result, in order, are rows. The entries are those of
    /// [`jacobian`](Self::jacobian) bit for bit; only zeros may differ in sign. Where none is stored, the derivative is zero.
    ///
    /// To evaluate at many points, make a [`JacobianPlan`](crate::sparse::JacobianPlan) once, from a pattern that holds at all
    /// of them. If you know the pattern, give it to a plan.
    ///
    /// Cost: [`jacobian_pattern_at`](Self::jacobian_pattern_at), a colouring, and ⌈colours/16⌉ evaluations of the function on 16 lanes;
    /// of fewer colours on 4 or 8. There are at least as many colours as entries in the longest row. A few long rows don't count: they
    /// are evaluated apart, see [`JacobianPlan`](crate::sparse::JacobianPlan).
    ///
    /// # Panics
    ///
    /// If the function returns results of different lengths in different passes over one point, and from 2³² − 1 entries on.
    ///
    /// ```
    /// use tangents::{Function, lambda};
    ///
    /// let f = lambda!(|x: [f64]| -> Vec<f64> { x.windows(2).map(|w| w[1] * w[1] - w[0]).collect() });
    /// let jacobian = f.sparse_jacobian(&[1.0, 2.0, 3.0, 4.0]);
    /// assert_eq!(jacobian.to_string(), "-1 4 · ·\n· -1 6 ·\n· · -1 8\n");
    /// ```
    #[cfg(feature = "std")]
    #[doc(alias("jacobian_sparse", "compressed"))]
    #[track_caller]
    fn sparse_jacobian<X: At<Self::From> + ?Sized>(&self, x: &X) -> SparseMatrix<X::Scalar> {
        self.value_and_sparse_jacobian(x).1
    }

    /// The value and the Jacobian as a sparse matrix: [`sparse_jacobian`](Self::sparse_jacobian).
    #[cfg(feature = "std")]
    #[allow(clippy::type_complexity)] // the value and the Jacobian
    #[track_caller]
    fn value_and_sparse_jacobian<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> (<Self::To as Family>::Of<X::Scalar>, SparseMatrix<X::Scalar>) {
        sparse::value_and_jacobian(self, x)
    }

    /// The Hessian of a scalar-valued function as a sparse matrix, both triangles: finds its pattern at `x`, colours it, and evaluates
    /// it in passes over the colours.
    ///
    /// The entries are those of [`hessian`](Self::hessian), up to roundings; where none is stored, the derivative is zero. To
    /// evaluate at many points, make a [`HessianPlan`](crate::sparse::HessianPlan) once.
    ///
    /// Cost: [`hessian_pattern_at`](Self::hessian_pattern_at), a star colouring, and ⌈n/16⌉·⌈colours/8⌉ evaluations of the function at n
    /// coordinates. [`HessianPlan`](crate::sparse::HessianPlan) says how the Hessian of a sum of small terms, or of a gradient
    /// that is at hand, costs a few evaluations.
    ///
    /// # Panics
    ///
    /// From 2³² − 1 entries on.
    ///
    /// ```
    /// use tangents::{Function, lambda};
    ///
    /// let f = lambda!(|x: [f64]| -> f64 { T::sum(x.windows(2).map(|w| w[0] * w[1].powi(2))) });
    /// let hessian = f.sparse_hessian(&[1.0, 2.0, 3.0]);
    /// assert_eq!(hessian.to_string(), "· 4 ·\n4 2 6\n· 6 4\n");
    /// ```
    #[cfg(feature = "std")]
    #[track_caller]
    fn sparse_hessian<X: At<Self::From> + ?Sized>(&self, x: &X) -> SparseMatrix<X::Scalar>
    where
        Self: ScalarValued,
    {
        self.value_gradient_and_sparse_hessian(x).hessian
    }

    /// The value and the Hessian as a sparse matrix: [`sparse_hessian`](Self::sparse_hessian).
    #[cfg(feature = "std")]
    #[track_caller]
    fn value_and_sparse_hessian<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> (X::Scalar, SparseMatrix<X::Scalar>)
    where
        Self: ScalarValued,
    {
        let ValueGradientHessian { value, hessian, .. } = self.value_gradient_and_sparse_hessian(x);
        (value, hessian)
    }

    /// The value, the gradient and the Hessian as a sparse matrix: [`sparse_hessian`](Self::sparse_hessian).
    #[cfg(feature = "std")]
    #[track_caller]
    fn value_gradient_and_sparse_hessian<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> ValueGradientHessian<X::Scalar, Gradient<X>, SparseMatrix<X::Scalar>>
    where
        Self: ScalarValued,
    {
        self.by_terms(x).unwrap_or_else(|| sparse::value_gradient_and_hessian(self, x))
    }

    /// The value, the gradient and the sparse Hessian of a sum that knows its terms; `None` of every other function.
    #[cfg(feature = "std")]
    #[doc(hidden)]
    #[track_caller]
    fn by_terms<X: At<Self::From> + ?Sized>(
        &self,
        x: &X,
    ) -> Option<ValueGradientHessian<X::Scalar, Gradient<X>, SparseMatrix<X::Scalar>>> {
        let _ = x;
        None
    }

    /// Checks the derivatives at `x` against central differences: [`check_grads`](crate::check_grads).
    ///
    /// The order of `options` may be any from 1 to 4 and is known at run time: the function runs on the cheapest numbers that
    /// carry it.
    ///
    /// # Errors
    ///
    /// Those of [`check_grads`](crate::check_grads).
    ///
    /// ```
    /// # use tangents::{Function, Number};
    /// # struct Product;
    /// # impl Function for Product {
    /// #     type From = [f64];
    /// #     type To = f64;
    /// #     fn call<T: Number>(&self, x: &[T]) -> T {
    /// #         x[0] * x[0] * x[1]
    /// #     }
    /// # }
    /// use tangents::check::CheckOptions;
    ///
    /// let order = 3; // from the command line, say
    /// assert_eq!(Product.check_grads(&[0.5, 2.0], CheckOptions::order(order))?.order, order);
    /// # Ok::<(), tangents::check::CheckError>(())
    /// ```
    #[cfg(feature = "random")]
    #[track_caller]
    fn check_grads<X: At<Self::From> + ?Sized, O: Orders>(
        &self,
        x: &X,
        options: CheckOptions<O>,
    ) -> Result<CheckReport, CheckError> {
        check::check_grads(self, x, options)
    }

    /// Checks the derivatives at `x` against central differences that are taken in `f64`:
    /// [`check_grads_in_f64`](crate::check::check_grads_in_f64).
    ///
    /// # Errors
    ///
    /// Those of [`check_grads`](crate::check_grads).
    #[cfg(feature = "random")]
    #[track_caller]
    fn check_grads_in_f64<X: At<Self::From> + ?Sized, O: Orders>(
        &self,
        x: &X,
        options: CheckOptions<O>,
    ) -> Result<CheckReport, CheckError> {
        check::check_grads_in_f64(self, x, options)
    }
}
