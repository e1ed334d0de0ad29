//! The drivers of first order on slices that write into buffers of the caller and allocate nothing after the first call.

use core::any::TypeId;
use core::convert::Infallible;

use super::nesting::Running;
use super::point::Lanes;
use super::sweep::sweep;
use super::workspace::{Workspace, refill, zeros};
use crate::error::Error;
use crate::number::Dual;
use crate::real::Real;

/// [`gradient`](crate::gradient) of a function on slices, written into `gradient`.
///
/// Cost: ⌈n/C⌉ evaluations of `f` on C lanes (at least one), no allocation once `workspace` has grown.
///
/// # Errors
///
/// [`Error::Length`] if `gradient` isn't as long as `x`.
///
/// ```
/// use tangents::{Workspace, gradient_into};
///
/// let mut g = [0.0; 2];
/// gradient_into(|x| x[0] * x[1], &[2.0, 3.0], &mut g, &mut Workspace::new())?;
/// assert_eq!(g, [3.0, 2.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn gradient_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<T, C>]) -> Dual<T, C>,
    x: &[T],
    gradient: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<(), Error> {
    value_and_gradient_into(f, x, gradient, workspace).map(drop)
}

/// [`value_and_gradient`](crate::value_and_gradient) of a function on slices; the value is returned.
///
/// Cost and errors: as [`gradient_into`].
///
/// ```
/// use tangents::{Workspace, value_and_gradient_into};
///
/// let mut g = [0.0; 2];
/// let value = value_and_gradient_into(|x| x[0] * x[1], &[2.0, 3.0], &mut g, &mut Workspace::new())?;
/// assert_eq!((value, g), (6.0, [3.0, 2.0]));
/// # Ok::<(), tangents::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Length`] if `gradient` isn't as long as `x`.
#[track_caller]
pub fn value_and_gradient_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<T, C>]) -> Dual<T, C>,
    x: &[T],
    gradient: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<T, Error> {
    Error::check_length("gradient", x.len(), gradient.len())?;
    let lifted = refill(&mut workspace.lanes, x, Dual::constant);
    let _running = Running::on([TypeId::of::<Dual<T, C>>()], || Lanes::<T>::left_over(&f(lifted)));
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
/// Cost: ⌈n/C⌉ evaluations of `f` on C lanes, none if n = 0; no allocation once `workspace` has grown.
///
/// # Errors
///
/// [`Error::Length`] if `jacobian` isn't a whole number of rows.
///
/// ```
/// use tangents::{Workspace, jacobian_into};
///
/// let mut j = [0.0; 4];
/// jacobian_into(
///     |x, y| {
///         y[0] = x[0] * x[1];
///         y[1] = x[1] * 2.0;
///     },
///     &[2.0, 3.0],
///     &mut j,
///     &mut Workspace::new(),
/// )?;
/// assert_eq!(j, [3.0, 2.0, 0.0, 2.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn jacobian_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<T, C>], &mut [Dual<T, C>]),
    x: &[T],
    jacobian: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<(), Error> {
    let n = x.len();
    let m = jacobian.len().checked_div(n).unwrap_or(0);
    Error::check_length("Jacobian", m * n, jacobian.len())?;
    if n > 0 {
        sweep_rows(f, x, m, jacobian, workspace);
    }
    Ok(())
}

/// [`value_and_jacobian`](crate::value_and_jacobian) of a function that writes its M results into a slice,
/// M being the length of `value`.
///
/// Cost: as [`jacobian_into`], but at least one evaluation.
///
/// # Errors
///
/// [`Error::Length`] if `jacobian` doesn't have length M·n.
///
/// ```
/// use tangents::{Workspace, value_and_jacobian_into};
///
/// let (mut value, mut j) = ([0.0], [0.0; 2]);
/// value_and_jacobian_into(|x, y| y[0] = x[0] * x[1], &[2.0, 3.0], &mut value, &mut j, &mut Workspace::new())?;
/// assert_eq!((value, j), ([6.0], [3.0, 2.0]));
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn value_and_jacobian_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<T, C>], &mut [Dual<T, C>]),
    x: &[T],
    value: &mut [T],
    jacobian: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<(), Error> {
    Error::check_length("Jacobian", value.len().saturating_mul(x.len()), jacobian.len())?;
    sweep_rows(f, x, value.len(), jacobian, workspace);
    for (value, y) in value.iter_mut().zip(&workspace.lanes_out) {
        *value = y.re;
    }
    Ok(())
}

/// Fills the rows of `jacobian` and leaves the results of the last pass in the workspace.
#[track_caller]
fn sweep_rows<T: Real, const C: usize>(
    f: impl Fn(&[Dual<T, C>], &mut [Dual<T, C>]),
    x: &[T],
    m: usize,
    jacobian: &mut [T],
    workspace: &mut Workspace<T, C>,
) {
    let n = x.len();
    let out = &mut workspace.lanes_out;
    let lifted = refill(&mut workspace.lanes, x, Dual::constant);
    let _running = Running::on([TypeId::of::<Dual<T, C>>()], || {
        let y = zeros(out, m);
        f(lifted, y);
        y.iter().any(Lanes::<T>::left_over)
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
/// Cost: one evaluation of `f` on one lane; no allocation once `workspace` has grown.
///
/// # Errors
///
/// [`Error::Length`] if `v` isn't as long as `x`.
///
/// ```
/// use tangents::{Workspace, jvp_into};
///
/// let mut jv = [0.0];
/// jvp_into(|x, y| y[0] = x[0] * x[1], &[2.0, 3.0], &[1.0, 0.5], &mut jv, &mut Workspace::new())?;
/// assert_eq!(jv, [4.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn jvp_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<T, 1>], &mut [Dual<T, 1>]),
    x: &[T],
    v: &[T],
    tangent: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<(), Error> {
    let y = evaluate_along(f, x, v, tangent.len(), workspace)?;
    for (tangent, y) in tangent.iter_mut().zip(y) {
        *tangent = y.eps[0];
    }
    Ok(())
}

/// [`value_and_jvp`](crate::value_and_jvp) of a function that writes its M results into a slice, M being the
/// length of `value` and of `tangent`.
///
/// Cost: as [`jvp_into`].
///
/// # Errors
///
/// [`Error::Length`] if `v` isn't as long as `x`, or `tangent` as `value`.
///
/// ```
/// use tangents::{Workspace, value_and_jvp_into};
///
/// let (mut value, mut jv) = ([0.0], [0.0]);
/// value_and_jvp_into(|x, y| y[0] = x[0] * x[1], &[2.0, 3.0], &[1.0, 0.5], &mut value, &mut jv, &mut Workspace::new())?;
/// assert_eq!((value, jv), ([6.0], [4.0]));
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn value_and_jvp_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<T, 1>], &mut [Dual<T, 1>]),
    x: &[T],
    v: &[T],
    value: &mut [T],
    tangent: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<(), Error> {
    Error::check_length("tangent of the result", value.len(), tangent.len())?;
    let y = evaluate_along(f, x, v, value.len(), workspace)?;
    for ((value, tangent), y) in value.iter_mut().zip(tangent).zip(y) {
        *value = y.re;
        *tangent = y.eps[0];
    }
    Ok(())
}

#[track_caller]
fn evaluate_along<'w, T: Real, const C: usize>(
    f: impl Fn(&[Dual<T, 1>], &mut [Dual<T, 1>]),
    x: &[T],
    v: &[T],
    m: usize,
    workspace: &'w mut Workspace<T, C>,
) -> Result<&'w [Dual<T, 1>], Error> {
    Error::check_length("tangent", x.len(), v.len())?;
    let lifted = refill(&mut workspace.along, x, Dual::constant);
    let _running = Running::on([TypeId::of::<Dual<T, 1>>()], || {
        let y = zeros(&mut workspace.along_out, m);
        f(lifted, y);
        y.iter().any(Lanes::<T>::left_over)
    });
    for (x_i, &v_i) in lifted.iter_mut().zip(v) {
        x_i.eps[0] = v_i;
    }
    let y = zeros(&mut workspace.along_out, m);
    f(lifted, y);
    Ok(y)
}

pub(super) fn slot<D>(lifted: &mut [D], i: usize) -> &mut D {
    &mut lifted[i]
}
