//! The drivers of second order on a workspace.

use core::any::TypeId;
use core::convert::Infallible;

use super::{Workspace, refill, slot, zeros};
use crate::drive::calls::directional::{
    ValueJvpVhv, left_over_along, lift_twice, set_direction, types_along,
};
use crate::drive::calls::trace::sum_of_seconds;
use crate::drive::containers::SecondOrder;
use crate::drive::sweeps::blocks::{Block, sweep_blocks};
use crate::drive::sweeps::chunks::sweep;
use crate::drive::sweeps::nesting::Running;
use crate::error::Error;
use crate::number::{Dual, HyperDual};
use crate::real::Real;

impl<T: Real, const C: usize> Workspace<T, C> {
    /// [`hessian`](crate::hessian) of a function on slices, written row by row into `hessian`: `∂²f/∂xᵢ∂xⱼ` at
    /// `i·n + j`.
    ///
    /// Cost: c(c + 1)/2 evaluations of `f` with c = ⌈n/C⌉ (at least one) on nested numbers of (C + 1)² components;
    /// no allocation once the workspace has grown.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `hessian` doesn't have length n².
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let mut h = [0.0; 4];
    /// Workspace::new().hessian(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &mut h)?;
    /// assert_eq!(h, [4.0, 6.0, 6.0, 0.0]);
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn hessian(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, C>, C>]) -> Dual<Dual<T, C>, C>,
        x: &[T],
        hessian: &mut [T],
    ) -> Result<(), Error> {
        self.value_and_hessian(f, x, hessian).map(drop)
    }

    /// [`value_and_hessian`](crate::value_and_hessian) of a function on slices; the value is returned.
    ///
    /// Cost: as [`hessian`](Self::hessian).
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `hessian` doesn't have length n².
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let mut h = [0.0; 4];
    /// let value = Workspace::new().value_and_hessian(|x| x[0] * x[1], &[3.0, 2.0], &mut h)?;
    /// assert_eq!((value, h), (6.0, [0.0, 1.0, 1.0, 0.0]));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn value_and_hessian(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, C>, C>]) -> Dual<Dual<T, C>, C>,
        x: &[T],
        hessian: &mut [T],
    ) -> Result<T, Error> {
        Error::check_length("Hessian", x.len().saturating_mul(x.len()), hessian.len())?;
        Ok(self.sweep_hessian(f, x, None, hessian))
    }

    /// [`value_gradient_and_hessian`](crate::value_gradient_and_hessian) of a function on slices; the value is returned.
    ///
    /// Cost: as [`hessian`](Self::hessian).
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `gradient` doesn't have length n or `hessian` n².
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let (mut g, mut h) = ([0.0; 2], [0.0; 4]);
    /// let value =
    ///     Workspace::new().value_gradient_and_hessian(|x| x[0] * x[1], &[3.0, 2.0], &mut g, &mut h)?;
    /// assert_eq!((value, g, h), (6.0, [2.0, 3.0], [0.0, 1.0, 1.0, 0.0]));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn value_gradient_and_hessian(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, C>, C>]) -> Dual<Dual<T, C>, C>,
        x: &[T],
        gradient: &mut [T],
        hessian: &mut [T],
    ) -> Result<T, Error> {
        Error::check_length("gradient", x.len(), gradient.len())?;
        Error::check_length("Hessian", x.len().saturating_mul(x.len()), hessian.len())?;
        Ok(self.sweep_hessian(f, x, Some(gradient), hessian))
    }

    #[track_caller]
    fn sweep_hessian(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, C>, C>]) -> Dual<Dual<T, C>, C>,
        x: &[T],
        mut gradient: Option<&mut [T]>,
        hessian: &mut [T],
    ) -> T {
        let n = x.len();
        let lifted = refill(&mut self.nested, x, SecondOrder::constant);
        let _running = Running::on(types::<T, C>(), || SecondOrder::<T>::left_over(&f(lifted)));
        let Ok(value) = sweep_blocks(lifted, n, slot, |block, x| {
            let y = f(x);
            if let Some(gradient) = &mut gradient {
                block.first(&y, |i, g| gradient[i] = g);
            }
            block.second(&y, |i, j, h| hessian[i * n + j] = h);
            Ok::<_, Infallible>(y.re.re)
        });
        value
    }

    /// [`hessians`](crate::hessians) of a function that writes its M results into a slice, `f(x, y)`, written one after the
    /// other into `hessians`: `∂²fₖ/∂xᵢ∂xⱼ` at `(k·n + i)·n + j`.
    ///
    /// M is `hessians.len() / n²`. Every result starts as the constant 0.
    ///
    /// Cost: as [`hessian`](Self::hessian), none if n = 0.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `hessians` isn't a whole number of n × n matrices.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let mut h = [0.0; 8];
    /// Workspace::new().hessians(
    ///     |x, y| {
    ///         y[0] = x[0] * x[1];
    ///         y[1] = x[0] * x[0];
    ///     },
    ///     &[3.0, 2.0],
    ///     &mut h,
    /// )?;
    /// assert_eq!(h, [0.0, 1.0, 1.0, 0.0, 2.0, 0.0, 0.0, 0.0]);
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn hessians(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, C>, C>], &mut [Dual<Dual<T, C>, C>]),
        x: &[T],
        hessians: &mut [T],
    ) -> Result<(), Error> {
        let square = x.len().saturating_mul(x.len());
        let m = hessians.len().checked_div(square).unwrap_or(0);
        Error::check_length("Hessians", m * square, hessians.len())?;
        if square > 0 {
            self.sweep_hessians(f, x, m, |block, n, k, y| {
                block.second(y, |i, j, h| hessians[(k * n + i) * n + j] = h);
            });
        }
        Ok(())
    }

    /// [`value_and_hessians`](crate::value_and_hessians) of a function that writes its M results into a slice, M being the
    /// length of `value`.
    ///
    /// Cost: as [`hessians`](Self::hessians), but at least one evaluation.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `hessians` doesn't have length M·n².
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let (mut value, mut h) = ([0.0], [0.0; 4]);
    /// Workspace::new().value_and_hessians(|x, y| y[0] = x[0] * x[1], &[3.0, 2.0], &mut value, &mut h)?;
    /// assert_eq!((value, h), ([6.0], [0.0, 1.0, 1.0, 0.0]));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn value_and_hessians(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, C>, C>], &mut [Dual<Dual<T, C>, C>]),
        x: &[T],
        value: &mut [T],
        hessians: &mut [T],
    ) -> Result<(), Error> {
        let square = x.len().saturating_mul(x.len());
        Error::check_length("Hessians", value.len().saturating_mul(square), hessians.len())?;
        self.sweep_hessians(f, x, value.len(), |block, n, k, y| {
            value[k] = y.re.re;
            block.second(y, |i, j, h| hessians[(k * n + i) * n + j] = h);
        });
        Ok(())
    }

    /// [`value_jacobian_and_hessians`](crate::value_jacobian_and_hessians) of a function that writes its M results into a
    /// slice, M being the length of `value`.
    ///
    /// Cost: as [`value_and_hessians`](Self::value_and_hessians).
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `jacobian` doesn't have length M·n or `hessians` M·n².
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let (mut value, mut j, mut h) = ([0.0], [0.0; 2], [0.0; 4]);
    /// let f = |x: &[_], y: &mut [_]| y[0] = x[0] * x[1];
    /// Workspace::new().value_jacobian_and_hessians(f, &[3.0, 2.0], &mut value, &mut j, &mut h)?;
    /// assert_eq!((value, j, h), ([6.0], [2.0, 3.0], [0.0, 1.0, 1.0, 0.0]));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn value_jacobian_and_hessians(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, C>, C>], &mut [Dual<Dual<T, C>, C>]),
        x: &[T],
        value: &mut [T],
        jacobian: &mut [T],
        hessians: &mut [T],
    ) -> Result<(), Error> {
        let square = x.len().saturating_mul(x.len());
        Error::check_length("Jacobian", value.len().saturating_mul(x.len()), jacobian.len())?;
        Error::check_length("Hessians", value.len().saturating_mul(square), hessians.len())?;
        self.sweep_hessians(f, x, value.len(), |block, n, k, y| {
            value[k] = y.re.re;
            block.first(y, |i, g| jacobian[k * n + i] = g);
            block.second(y, |i, j, h| hessians[(k * n + i) * n + j] = h);
        });
        Ok(())
    }

    /// Hands `read` each of `m` results in each block, with n and the index of the result.
    #[track_caller]
    fn sweep_hessians(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, C>, C>], &mut [Dual<Dual<T, C>, C>]),
        x: &[T],
        m: usize,
        mut read: impl FnMut(&Block, usize, usize, &Dual<Dual<T, C>, C>),
    ) {
        let out = &mut self.nested_out;
        let lifted = refill(&mut self.nested, x, SecondOrder::constant);
        let _running = Running::on(types::<T, C>(), || {
            let y = zeros(out, m);
            f(lifted, y);
            y.iter().any(SecondOrder::<T>::left_over)
        });
        let Ok(()) = sweep_blocks(lifted, x.len(), slot, |block, lifted| {
            let y = zeros(out, m);
            f(lifted, y);
            for (k, y) in y.iter().enumerate() {
                read(block, x.len(), k, y);
            }
            Ok::<_, Infallible>(())
        });
    }

    /// [`laplacian`](crate::laplacian) of a function on slices.
    ///
    /// Cost: as [`laplacian`](crate::laplacian); no allocation once the workspace has grown.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// assert_eq!(Workspace::new().laplacian(|x| x[0] * x[0] * x[1], &[3.0, 2.0]), 4.0);
    /// ```
    #[track_caller]
    pub fn laplacian(&mut self, f: impl Fn(&[HyperDual<T, 1>]) -> HyperDual<T, 1>, x: &[T]) -> T {
        self.value_and_laplacian(f, x).1
    }

    /// [`value_and_laplacian`](crate::value_and_laplacian) of a function on slices.
    ///
    /// Cost: as [`laplacian`](Self::laplacian).
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let (value, laplacian) = Workspace::new().value_and_laplacian(|x| x[0] * x[0] * x[1], &[3.0, 2.0]);
    /// assert_eq!((value, laplacian), (18.0, 4.0));
    /// ```
    #[track_caller]
    pub fn value_and_laplacian(
        &mut self,
        f: impl Fn(&[HyperDual<T, 1>]) -> HyperDual<T, 1>,
        x: &[T],
    ) -> (T, T) {
        let lifted = refill(&mut self.bent, x, HyperDual::constant);
        let _running =
            Running::on([TypeId::of::<HyperDual<T, 1>>()], || SecondOrder::<T>::left_over(&f(lifted)));
        sum_of_seconds(lifted, x.len(), slot, f)
    }

    /// [`vhv`](crate::vhv) of a function on slices.
    ///
    /// Cost and errors: as [`value_jvp_and_vhv`](Self::value_jvp_and_vhv).
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v` isn't as long as `x`.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// assert_eq!(Workspace::new().vhv(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.5])?, 10.0);
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn vhv(
        &mut self,
        f: impl Fn(&[HyperDual<T, 1>]) -> HyperDual<T, 1>,
        x: &[T],
        v: &[T],
    ) -> Result<T, Error> {
        Ok(self.value_jvp_and_vhv(f, x, v)?.vhv)
    }

    /// [`value_and_vhv`](crate::value_and_vhv) of a function on slices.
    ///
    /// Cost: as [`value_jvp_and_vhv`](Self::value_jvp_and_vhv).
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v` isn't as long as `x`.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// assert_eq!(Workspace::new().value_and_vhv(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.5])?, (18.0, 10.0));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn value_and_vhv(
        &mut self,
        f: impl Fn(&[HyperDual<T, 1>]) -> HyperDual<T, 1>,
        x: &[T],
        v: &[T],
    ) -> Result<(T, T), Error> {
        let ValueJvpVhv { value, vhv, .. } = self.value_jvp_and_vhv(f, x, v)?;
        Ok((value, vhv))
    }

    /// [`value_jvp_and_vhv`](crate::value_jvp_and_vhv) of a function on slices.
    ///
    /// Cost: one evaluation of `f` on numbers of 3 components; no allocation once the workspace has grown.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v` isn't as long as `x`.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let along = Workspace::new().value_jvp_and_vhv(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.5])?;
    /// assert_eq!((along.value, along.jvp, along.vhv), (18.0, 16.5, 10.0));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn value_jvp_and_vhv(
        &mut self,
        f: impl Fn(&[HyperDual<T, 1>]) -> HyperDual<T, 1>,
        x: &[T],
        v: &[T],
    ) -> Result<ValueJvpVhv<T>, Error> {
        Error::check_length("tangent", x.len(), v.len())?;
        let lifted = refill(&mut self.bent, x, HyperDual::constant);
        let _running =
            Running::on([TypeId::of::<HyperDual<T, 1>>()], || SecondOrder::<T>::left_over(&f(lifted)));
        for (x_i, &v_i) in lifted.iter_mut().zip(v) {
            x_i.gradient[0] = v_i;
        }
        let y = f(lifted);
        Ok(ValueJvpVhv { value: y.re, jvp: y.gradient[0], vhv: y.second(0, 0) })
    }

    /// [`hvp`](crate::hvp) of a function on slices, written into `hv`.
    ///
    /// Cost: ⌈n/C⌉ evaluations of `f` (at least one) on C lanes over numbers with one lane; no allocation once
    /// `workspace` has grown.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v` or `hv` isn't as long as `x`.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let mut hv = [0.0; 2];
    /// Workspace::new().hvp(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.0], &mut hv)?;
    /// assert_eq!(hv, [4.0, 6.0]);
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn hvp(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, 1>, C>]) -> Dual<Dual<T, 1>, C>,
        x: &[T],
        v: &[T],
        hv: &mut [T],
    ) -> Result<(), Error> {
        self.value_and_hvp(f, x, v, hv).map(drop)
    }

    /// [`value_and_hvp`](crate::value_and_hvp) of a function on slices; the value is returned.
    ///
    /// Cost: as [`hvp`](Self::hvp).
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v` or `hv` isn't as long as `x`.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let mut hv = [0.0; 2];
    /// let value = Workspace::new().value_and_hvp(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.0], &mut hv)?;
    /// assert_eq!((value, hv), (18.0, [4.0, 6.0]));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn value_and_hvp(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, 1>, C>]) -> Dual<Dual<T, 1>, C>,
        x: &[T],
        v: &[T],
        hv: &mut [T],
    ) -> Result<T, Error> {
        Error::check_length("Hessian-vector product", x.len(), hv.len())?;
        self.sweep_along(f, x, v, |i, y_i| hv[i] = y_i.eps[0])
    }

    /// [`value_gradient_and_hvp`](crate::value_gradient_and_hvp) of a function on slices; the value is returned.
    ///
    /// Cost: as [`hvp`](Self::hvp).
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v`, `gradient` or `hv` isn't as long as `x`.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let (mut g, mut hv) = ([0.0; 2], [0.0; 2]);
    /// let f = |x: &[_]| x[0] * x[0] * x[1];
    /// let value = Workspace::new().value_gradient_and_hvp(f, &[3.0, 2.0], &[1.0, 0.0], &mut g, &mut hv)?;
    /// assert_eq!((value, g, hv), (18.0, [12.0, 9.0], [4.0, 6.0]));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn value_gradient_and_hvp(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, 1>, C>]) -> Dual<Dual<T, 1>, C>,
        x: &[T],
        v: &[T],
        gradient: &mut [T],
        hv: &mut [T],
    ) -> Result<T, Error> {
        Error::check_length("gradient", x.len(), gradient.len())?;
        Error::check_length("Hessian-vector product", x.len(), hv.len())?;
        self.sweep_along(f, x, v, |i, y_i| (gradient[i], hv[i]) = (y_i.re, y_i.eps[0]))
    }

    /// The value; hands `read` each coordinate's derivative, which carries its own along `v`.
    #[track_caller]
    fn sweep_along(
        &mut self,
        f: impl Fn(&[Dual<Dual<T, 1>, C>]) -> Dual<Dual<T, 1>, C>,
        x: &[T],
        v: &[T],
        mut read: impl FnMut(usize, Dual<T, 1>),
    ) -> Result<T, Error> {
        Error::check_length("tangent", x.len(), v.len())?;
        let lifted = refill(&mut self.nested_along, x, lift_twice);
        let _running =
            Running::on(types_along::<T, Dual<Dual<T, 1>, C>>(), || left_over_along::<T, _>(&f(lifted)));
        for (x_i, &v_i) in lifted.iter_mut().zip(v) {
            set_direction(x_i, v_i);
        }
        sweep(lifted, x.len(), slot, |chunk, x| {
            let y = f(x);
            for (i, lane) in chunk.zip(y.eps) {
                read(i, lane);
            }
            Ok(y.re.re)
        })
    }
}

/// The types of the numbers that carry second derivatives, on both levels.
fn types<T: Real, const C: usize>() -> [TypeId; 2] {
    <Dual<Dual<T, C>, C> as SecondOrder<T>>::types()
}
