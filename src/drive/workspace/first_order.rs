//! The drivers of first order on a workspace.

use core::any::TypeId;
use core::convert::Infallible;

use super::{Workspace, refill, slot, zeros};
use crate::drive::containers::FirstOrder;
use crate::drive::sweeps::chunks::sweep;
use crate::drive::sweeps::nesting::Running;
use crate::error::Error;
use crate::number::Dual;
use crate::real::Real;

impl<T: Real, const C: usize> Workspace<T, C> {
    /// [`gradient`](crate::gradient) of a function on slices, written into `gradient`.
    ///
    /// Cost: ⌈n/C⌉ evaluations of `f` on C lanes (at least one), no allocation once the workspace has grown.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `gradient` isn't as long as `x`.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let mut g = [0.0; 2];
    /// Workspace::new().gradient(|x| x[0] * x[1], &[2.0, 3.0], &mut g)?;
    /// assert_eq!(g, [3.0, 2.0]);
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn gradient(
        &mut self,
        f: impl Fn(&[Dual<T, C>]) -> Dual<T, C>,
        x: &[T],
        gradient: &mut [T],
    ) -> Result<(), Error> {
        self.value_and_gradient(f, x, gradient).map(drop)
    }

    /// [`value_and_gradient`](crate::value_and_gradient) of a function on slices; the value is returned.
    ///
    /// Cost and errors: as [`gradient`](Self::gradient).
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let mut g = [0.0; 2];
    /// let value = Workspace::new().value_and_gradient(|x| x[0] * x[1], &[2.0, 3.0], &mut g)?;
    /// assert_eq!((value, g), (6.0, [3.0, 2.0]));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `gradient` isn't as long as `x`.
    #[track_caller]
    pub fn value_and_gradient(
        &mut self,
        f: impl Fn(&[Dual<T, C>]) -> Dual<T, C>,
        x: &[T],
        gradient: &mut [T],
    ) -> Result<T, Error> {
        Error::check_length("gradient", x.len(), gradient.len())?;
        let lifted = refill(&mut self.lanes, x, Dual::constant);
        let _running = Running::on([TypeId::of::<Dual<T, C>>()], || FirstOrder::<T>::left_over(&f(lifted)));
        sweep(lifted, x.len(), slot, |chunk, x| {
            let y = f(x);
            y.write_lanes(0, &mut gradient[chunk]);
            Ok(y.re)
        })
    }

    /// [`jacobian`](crate::jacobian) of a function that writes its M results into a slice, `f(x, y)`, written row by
    /// row into `jacobian`: `∂fᵢ/∂xⱼ` at `i·n + j`.
    ///
    /// M is `jacobian.len() / n`. Every result starts as the constant 0.
    ///
    /// Cost: ⌈n/C⌉ evaluations of `f` on C lanes, none if n = 0; no allocation once the workspace has grown.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `jacobian` isn't a whole number of rows.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let mut j = [0.0; 4];
    /// Workspace::new().jacobian(
    ///     |x, y| {
    ///         y[0] = x[0] * x[1];
    ///         y[1] = x[1] * 2.0;
    ///     },
    ///     &[2.0, 3.0],
    ///     &mut j,
    /// )?;
    /// assert_eq!(j, [3.0, 2.0, 0.0, 2.0]);
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn jacobian(
        &mut self,
        f: impl Fn(&[Dual<T, C>], &mut [Dual<T, C>]),
        x: &[T],
        jacobian: &mut [T],
    ) -> Result<(), Error> {
        let n = x.len();
        let m = jacobian.len().checked_div(n).unwrap_or(0);
        Error::check_length("Jacobian", m * n, jacobian.len())?;
        if n > 0 {
            self.sweep_rows(f, x, m, jacobian);
        }
        Ok(())
    }

    /// [`value_and_jacobian`](crate::value_and_jacobian) of a function that writes its M results into a slice,
    /// M being the length of `value`.
    ///
    /// Cost: as [`jacobian`](Self::jacobian), but at least one evaluation.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `jacobian` doesn't have length M·n.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let (mut value, mut j) = ([0.0], [0.0; 2]);
    /// Workspace::new().value_and_jacobian(|x, y| y[0] = x[0] * x[1], &[2.0, 3.0], &mut value, &mut j)?;
    /// assert_eq!((value, j), ([6.0], [3.0, 2.0]));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn value_and_jacobian(
        &mut self,
        f: impl Fn(&[Dual<T, C>], &mut [Dual<T, C>]),
        x: &[T],
        value: &mut [T],
        jacobian: &mut [T],
    ) -> Result<(), Error> {
        Error::check_length("Jacobian", value.len().saturating_mul(x.len()), jacobian.len())?;
        self.sweep_rows(f, x, value.len(), jacobian);
        for (value, y) in value.iter_mut().zip(&self.lanes_out) {
            *value = y.re;
        }
        Ok(())
    }

    /// Fills the rows of `jacobian` and leaves the results of the last pass in the workspace.
    #[track_caller]
    fn sweep_rows(
        &mut self,
        f: impl Fn(&[Dual<T, C>], &mut [Dual<T, C>]),
        x: &[T],
        m: usize,
        jacobian: &mut [T],
    ) {
        let n = x.len();
        let out = &mut self.lanes_out;
        let lifted = refill(&mut self.lanes, x, Dual::constant);
        let _running = Running::on([TypeId::of::<Dual<T, C>>()], || {
            let y = zeros(out, m);
            f(lifted, y);
            y.iter().any(FirstOrder::<T>::left_over)
        });
        let Ok(()) = sweep(lifted, n, slot, |chunk, x| {
            let y = zeros(out, m);
            f(x, y);
            for (i, y) in y.iter().enumerate() {
                y.write_lanes(0, &mut jacobian[i * n..][chunk.clone()]);
            }
            Ok::<_, Infallible>(())
        });
    }

    /// [`jvp`](crate::jvp) of a function that writes its M results into a slice, `f(x, y)`, M being the length of
    /// `tangent`.
    ///
    /// Cost: one evaluation of `f` on one lane; no allocation once the workspace has grown.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v` isn't as long as `x`.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let mut jv = [0.0];
    /// Workspace::new().jvp(|x, y| y[0] = x[0] * x[1], &[2.0, 3.0], &[1.0, 0.5], &mut jv)?;
    /// assert_eq!(jv, [4.0]);
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn jvp(
        &mut self,
        f: impl Fn(&[Dual<T, 1>], &mut [Dual<T, 1>]),
        x: &[T],
        v: &[T],
        tangent: &mut [T],
    ) -> Result<(), Error> {
        let y = self.evaluate_along(f, x, v, tangent.len())?;
        for (tangent, y) in tangent.iter_mut().zip(y) {
            *tangent = y.eps[0];
        }
        Ok(())
    }

    /// [`value_and_jvp`](crate::value_and_jvp) of a function that writes its M results into a slice, M being the
    /// length of `value` and of `tangent`.
    ///
    /// Cost: as [`jvp`](Self::jvp).
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `v` isn't as long as `x`, or `tangent` as `value`.
    ///
    /// ```
    /// use tangents::Workspace;
    ///
    /// let (mut value, mut jv) = ([0.0], [0.0]);
    /// Workspace::new().value_and_jvp(|x, y| y[0] = x[0] * x[1], &[2.0, 3.0], &[1.0, 0.5], &mut value, &mut jv)?;
    /// assert_eq!((value, jv), ([6.0], [4.0]));
    /// # Ok::<(), tangents::Error>(())
    /// ```
    #[track_caller]
    pub fn value_and_jvp(
        &mut self,
        f: impl Fn(&[Dual<T, 1>], &mut [Dual<T, 1>]),
        x: &[T],
        v: &[T],
        value: &mut [T],
        tangent: &mut [T],
    ) -> Result<(), Error> {
        Error::check_length("tangent of the result", value.len(), tangent.len())?;
        let y = self.evaluate_along(f, x, v, value.len())?;
        for ((value, tangent), y) in value.iter_mut().zip(tangent).zip(y) {
            *value = y.re;
            *tangent = y.eps[0];
        }
        Ok(())
    }

    #[track_caller]
    fn evaluate_along(
        &mut self,
        f: impl Fn(&[Dual<T, 1>], &mut [Dual<T, 1>]),
        x: &[T],
        v: &[T],
        m: usize,
    ) -> Result<&[Dual<T, 1>], Error> {
        Error::check_length("tangent", x.len(), v.len())?;
        let lifted = refill(&mut self.along, x, Dual::constant);
        let _running = Running::on([TypeId::of::<Dual<T, 1>>()], || {
            let y = zeros(&mut self.along_out, m);
            f(lifted, y);
            y.iter().any(FirstOrder::<T>::left_over)
        });
        for (x_i, &v_i) in lifted.iter_mut().zip(v) {
            x_i.eps[0] = v_i;
        }
        let y = zeros(&mut self.along_out, m);
        f(lifted, y);
        Ok(y)
    }
}
