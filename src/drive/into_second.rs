//! The drivers of second order on slices that write into buffers of the caller and allocate nothing after the first call.

use core::any::TypeId;
use core::convert::Infallible;

use super::block::sweep_blocks;
use super::directional::{left_over_along, lift_twice, set_direction, types_along};
use super::into::slot;
use super::nesting::Running;
use super::point::SecondOrder;
use super::sweep::sweep;
use super::trace::sum_of_seconds;
use super::workspace::{Workspace, refill, zeros};
use crate::error::Error;
use crate::number::{Dual, HyperDual};
use crate::real::Real;

/// [`hessian`](crate::hessian) of a function on slices, written row by row into `hessian`: `∂²f/∂xᵢ∂xⱼ` at
/// `i·n + j`.
///
/// Cost: c(c + 1)/2 evaluations of `f` with c = ⌈n/C⌉ (at least one) on nested numbers of (C + 1)² components;
/// no allocation once `workspace` has grown.
///
/// # Errors
///
/// [`Error::Length`] if `hessian` doesn't have length n².
///
/// ```
/// use tangents::{Workspace, hessian_into};
///
/// let mut h = [0.0; 4];
/// hessian_into(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &mut h, &mut Workspace::new())?;
/// assert_eq!(h, [4.0, 6.0, 6.0, 0.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn hessian_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<Dual<T, C>, C>]) -> Dual<Dual<T, C>, C>,
    x: &[T],
    hessian: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<(), Error> {
    value_and_hessian_into(f, x, hessian, workspace).map(drop)
}

/// [`value_and_hessian`](crate::value_and_hessian) of a function on slices; the value is returned.
///
/// Cost: as [`hessian_into`].
///
/// # Errors
///
/// [`Error::Length`] if `hessian` doesn't have length n².
///
/// ```
/// use tangents::{Workspace, value_and_hessian_into};
///
/// let mut h = [0.0; 4];
/// let value = value_and_hessian_into(|x| x[0] * x[1], &[3.0, 2.0], &mut h, &mut Workspace::new())?;
/// assert_eq!((value, h), (6.0, [0.0, 1.0, 1.0, 0.0]));
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn value_and_hessian_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<Dual<T, C>, C>]) -> Dual<Dual<T, C>, C>,
    x: &[T],
    hessian: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<T, Error> {
    Error::check_length("Hessian", x.len().saturating_mul(x.len()), hessian.len())?;
    Ok(sweep_hessian(f, x, None, hessian, workspace))
}

/// [`value_gradient_hessian`](crate::value_gradient_hessian) of a function on slices; the value is returned.
///
/// Cost: as [`hessian_into`].
///
/// # Errors
///
/// [`Error::Length`] if `gradient` doesn't have length n or `hessian` n².
///
/// ```
/// use tangents::{Workspace, value_gradient_hessian_into};
///
/// let (mut g, mut h) = ([0.0; 2], [0.0; 4]);
/// let value =
///     value_gradient_hessian_into(|x| x[0] * x[1], &[3.0, 2.0], &mut g, &mut h, &mut Workspace::new())?;
/// assert_eq!((value, g, h), (6.0, [2.0, 3.0], [0.0, 1.0, 1.0, 0.0]));
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn value_gradient_hessian_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<Dual<T, C>, C>]) -> Dual<Dual<T, C>, C>,
    x: &[T],
    gradient: &mut [T],
    hessian: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<T, Error> {
    Error::check_length("gradient", x.len(), gradient.len())?;
    Error::check_length("Hessian", x.len().saturating_mul(x.len()), hessian.len())?;
    Ok(sweep_hessian(f, x, Some(gradient), hessian, workspace))
}

#[track_caller]
fn sweep_hessian<T: Real, const C: usize>(
    f: impl Fn(&[Dual<Dual<T, C>, C>]) -> Dual<Dual<T, C>, C>,
    x: &[T],
    mut gradient: Option<&mut [T]>,
    hessian: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> T {
    let n = x.len();
    let lifted = refill(&mut workspace.nested, x, SecondOrder::constant);
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
/// Cost: as [`hessian_into`], none if n = 0.
///
/// # Errors
///
/// [`Error::Length`] if `hessians` isn't a whole number of n × n matrices.
///
/// ```
/// use tangents::{Workspace, hessians_into};
///
/// let mut h = [0.0; 8];
/// hessians_into(
///     |x, y| {
///         y[0] = x[0] * x[1];
///         y[1] = x[0] * x[0];
///     },
///     &[3.0, 2.0],
///     &mut h,
///     &mut Workspace::new(),
/// )?;
/// assert_eq!(h, [0.0, 1.0, 1.0, 0.0, 2.0, 0.0, 0.0, 0.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn hessians_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<Dual<T, C>, C>], &mut [Dual<Dual<T, C>, C>]),
    x: &[T],
    hessians: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<(), Error> {
    let n = x.len();
    let square = n.saturating_mul(n);
    let m = hessians.len().checked_div(square).unwrap_or(0);
    Error::check_length("Hessians", m * square, hessians.len())?;
    if n == 0 {
        return Ok(());
    }
    let out = &mut workspace.nested_out;
    let lifted = refill(&mut workspace.nested, x, SecondOrder::constant);
    let _running = Running::on(types::<T, C>(), || {
        let y = zeros(out, m);
        f(lifted, y);
        y.iter().any(SecondOrder::<T>::left_over)
    });
    sweep_blocks(lifted, n, slot, |block, x| {
        let y = zeros(out, m);
        f(x, y);
        for (y, hessian) in y.iter().zip(hessians.chunks_exact_mut(square)) {
            block.second(y, |i, j, h| hessian[i * n + j] = h);
        }
        Ok(())
    })
}

/// [`laplacian`](crate::laplacian) of a function on slices: value and Laplacian, with the memory of `workspace`.
///
/// Cost: as [`laplacian`](crate::laplacian); no allocation once `workspace` has grown.
///
/// ```
/// use tangents::{Workspace, value_and_laplacian_into};
///
/// let (value, laplacian) = value_and_laplacian_into(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &mut Workspace::new());
/// assert_eq!((value, laplacian), (18.0, 4.0));
/// ```
#[track_caller]
pub fn value_and_laplacian_into<T: Real, const C: usize>(
    f: impl Fn(&[HyperDual<T, 1>]) -> HyperDual<T, 1>,
    x: &[T],
    workspace: &mut Workspace<T, C>,
) -> (T, T) {
    let lifted = refill(&mut workspace.bent, x, HyperDual::constant);
    let _running = Running::on([TypeId::of::<HyperDual<T, 1>>()], || SecondOrder::<T>::left_over(&f(lifted)));
    sum_of_seconds(lifted, x.len(), slot, f)
}

/// [`value_jvp_vhv`](crate::value_jvp_vhv) of a function on slices, with the memory of `workspace`.
///
/// Cost: one evaluation of `f` on numbers of 3 components; no allocation once `workspace` has grown.
///
/// # Errors
///
/// [`Error::Length`] if `v` isn't as long as `x`.
///
/// ```
/// use tangents::{Workspace, value_jvp_vhv_into};
///
/// let along = value_jvp_vhv_into(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.5], &mut Workspace::new())?;
/// assert_eq!(along, (18.0, 16.5, 10.0));
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn value_jvp_vhv_into<T: Real, const C: usize>(
    f: impl Fn(&[HyperDual<T, 1>]) -> HyperDual<T, 1>,
    x: &[T],
    v: &[T],
    workspace: &mut Workspace<T, C>,
) -> Result<(T, T, T), Error> {
    Error::check_length("tangent", x.len(), v.len())?;
    let lifted = refill(&mut workspace.bent, x, HyperDual::constant);
    let _running = Running::on([TypeId::of::<HyperDual<T, 1>>()], || SecondOrder::<T>::left_over(&f(lifted)));
    for (x_i, &v_i) in lifted.iter_mut().zip(v) {
        x_i.gradient[0] = v_i;
    }
    let y = f(lifted);
    Ok((y.re, y.gradient[0], y.second(0, 0)))
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
/// use tangents::{Workspace, hvp_into};
///
/// let mut hv = [0.0; 2];
/// hvp_into(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.0], &mut hv, &mut Workspace::new())?;
/// assert_eq!(hv, [4.0, 6.0]);
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn hvp_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<Dual<T, 1>, C>]) -> Dual<Dual<T, 1>, C>,
    x: &[T],
    v: &[T],
    hv: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<(), Error> {
    value_and_hvp_into(f, x, v, hv, workspace).map(drop)
}

/// [`value_and_hvp`](crate::value_and_hvp) of a function on slices; the value is returned.
///
/// Cost: as [`hvp_into`].
///
/// # Errors
///
/// [`Error::Length`] if `v` or `hv` isn't as long as `x`.
///
/// ```
/// use tangents::{Workspace, value_and_hvp_into};
///
/// let mut hv = [0.0; 2];
/// let value = value_and_hvp_into(|x| x[0] * x[0] * x[1], &[3.0, 2.0], &[1.0, 0.0], &mut hv, &mut Workspace::new())?;
/// assert_eq!((value, hv), (18.0, [4.0, 6.0]));
/// # Ok::<(), tangents::Error>(())
/// ```
#[track_caller]
pub fn value_and_hvp_into<T: Real, const C: usize>(
    f: impl Fn(&[Dual<Dual<T, 1>, C>]) -> Dual<Dual<T, 1>, C>,
    x: &[T],
    v: &[T],
    hv: &mut [T],
    workspace: &mut Workspace<T, C>,
) -> Result<T, Error> {
    Error::check_length("tangent", x.len(), v.len())?;
    Error::check_length("Hessian-vector product", x.len(), hv.len())?;
    let lifted = refill(&mut workspace.nested_along, x, lift_twice);
    let _running =
        Running::on(types_along::<T, Dual<Dual<T, 1>, C>>(), || left_over_along::<T, _>(&f(lifted)));
    for (x_i, &v_i) in lifted.iter_mut().zip(v) {
        set_direction(x_i, v_i);
    }
    sweep(lifted, x.len(), slot, |chunk, x| {
        let y = f(x);
        for (hv, lane) in hv[chunk].iter_mut().zip(y.eps) {
            *hv = lane.eps[0];
        }
        Ok(y.re.re)
    })
}

/// The types of the numbers that carry second derivatives, on both levels.
fn types<T: Real, const C: usize>() -> [TypeId; 2] {
    <Dual<Dual<T, C>, C> as SecondOrder<T>>::types()
}
