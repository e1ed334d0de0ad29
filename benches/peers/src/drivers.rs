//! The loops over chunks of lanes that users of the peers write where the crate has no driver: seed, run, read, clear.

use nalgebra::{Const, SVector};
use num_dual::{Derivative, HyperDualSVec64};

use crate::number::{Lanes, Number};

/// Value and gradient in ⌈n/C⌉ passes, in the caller's memory.
#[inline(always)]
pub fn chunked_gradient<const C: usize, D: Lanes<C>>(
    f: impl Fn(&[D]) -> D,
    x: &[f64],
    lifted: &mut Vec<D>,
    gradient: &mut [f64],
) -> f64 {
    lifted.clear();
    lifted.extend(x.iter().map(|&x| D::lit(x)));
    let mut value = 0.0;
    for start in (0..x.len()).step_by(C) {
        let chunk = start..x.len().min(start + C);
        for i in chunk.clone() {
            lifted[i] = D::variable(x[i], i - start);
        }
        let y = f(lifted);
        for i in chunk.clone() {
            lifted[i] = D::lit(x[i]);
        }
        gradient[chunk.clone()].copy_from_slice(&y.lanes()[..chunk.len()]);
        value = y.value();
    }
    value
}

/// Value and Jacobian of a function that writes into a slice, in ⌈n/C⌉ passes; the value first, then row by row.
#[inline(always)]
pub fn chunked_jacobian<const C: usize, D: Lanes<C>>(
    f: impl Fn(&[D], &mut [D]),
    x: &[f64],
    m: usize,
    [lifted, y]: &mut [Vec<D>; 2],
    out: &mut [f64],
) {
    let n = x.len();
    let (value, jacobian) = out.split_at_mut(m);
    lifted.clear();
    lifted.extend(x.iter().map(|&x| D::lit(x)));
    y.resize(m, D::lit(0.0));
    for start in (0..n).step_by(C) {
        let chunk = start..n.min(start + C);
        for i in chunk.clone() {
            lifted[i] = D::variable(x[i], i - start);
        }
        f(lifted, y);
        for i in chunk.clone() {
            lifted[i] = D::lit(x[i]);
        }
        for (i, y) in y.iter().enumerate() {
            value[i] = y.value();
            jacobian[i * n..][chunk.clone()].copy_from_slice(&y.lanes()[..chunk.len()]);
        }
    }
}

/// Value and gradient of as many coordinates as lanes, in one pass.
#[inline(always)]
pub fn seeded_gradient<const N: usize, D: Lanes<N>>(f: impl Fn(&[D]) -> D, x: &[f64; N]) -> (f64, [f64; N]) {
    let y = f(&std::array::from_fn::<_, N, _>(|i| D::variable(x[i], i)));
    (y.value(), y.lanes())
}

/// Value and Jacobian of as many coordinates as lanes, in one pass.
#[inline(always)]
pub fn seeded_jacobian<const N: usize, const M: usize, D: Lanes<N>>(
    f: impl Fn(&[D]) -> [D; M],
    x: &[f64; N],
) -> ([f64; M], [[f64; N]; M]) {
    let y = f(&std::array::from_fn::<_, N, _>(|i| D::variable(x[i], i)));
    (y.map(Number::value), y.map(Lanes::lanes))
}

/// Value and gradient with one lane, a pass for each coordinate.
#[inline(always)]
pub fn one_lane_gradient<const N: usize, D: Lanes<1>>(
    f: impl Fn(&[D]) -> D,
    x: &[f64; N],
) -> (f64, [f64; N]) {
    let mut lifted = x.map(D::lit);
    let (mut value, mut gradient) = (0.0, [0.0; N]);
    for i in 0..N {
        lifted[i] = D::variable(x[i], 0);
        let y = f(&lifted);
        lifted[i] = D::lit(x[i]);
        value = y.value();
        [gradient[i]] = y.lanes();
    }
    (value, gradient)
}

/// Value and Jacobian with one lane, a pass for each coordinate.
#[inline(always)]
pub fn one_lane_jacobian<const N: usize, const M: usize, D: Lanes<1>>(
    f: impl Fn(&[D]) -> [D; M],
    x: &[f64; N],
) -> ([f64; M], [[f64; N]; M]) {
    let mut lifted = x.map(D::lit);
    let (mut value, mut jacobian) = ([0.0; M], [[0.0; N]; M]);
    for j in 0..N {
        lifted[j] = D::variable(x[j], 0);
        let y = f(&lifted);
        lifted[j] = D::lit(x[j]);
        for i in 0..M {
            value[i] = y[i].value();
            [jacobian[i][j]] = y[i].lanes();
        }
    }
    (value, jacobian)
}

/// Value, gradient and Hessian, row by row, with num-dual's numbers for blocks of Hessians, a pass for each pair of
/// chunks.
pub fn num_dual_hessian_in_chunks<const C: usize>(
    f: impl Fn(&[HyperDualSVec64<C, C>]) -> HyperDualSVec64<C, C>,
    x: &[f64],
    out: &mut [f64],
) {
    let n = x.len();
    let mut lifted: Vec<_> = x.iter().map(|&x| HyperDualSVec64::<C, C>::from_re(x)).collect();
    let chunk = |start: usize| start..n.min(start + C);
    for rows in (0..n).step_by(C).map(chunk) {
        for columns in (rows.start..n).step_by(C).map(chunk) {
            for i in rows.clone() {
                lifted[i].eps1 = Derivative::derivative_generic(Const, Const, i - rows.start);
            }
            for j in columns.clone() {
                lifted[j].eps2 = Derivative::derivative_generic(Const, Const, j - columns.start);
            }
            let y = f(&lifted);
            for i in rows.clone().chain(columns.clone()) {
                lifted[i] = HyperDualSVec64::from_re(x[i]);
            }
            out[0] = y.re;
            let gradient: SVector<f64, C> = y.eps1.unwrap_generic(Const, Const);
            for i in rows.clone() {
                out[1 + i] = gradient[i - rows.start];
            }
            let block = y.eps1eps2.unwrap_generic(Const::<C>, Const::<C>);
            for i in rows.clone() {
                for j in columns.clone() {
                    let entry = block[(i - rows.start, j - columns.start)];
                    out[1 + n + i * n + j] = entry;
                    out[1 + n + j * n + i] = entry;
                }
            }
        }
    }
}
