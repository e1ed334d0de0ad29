//! The root of ten equations, in a parameter with lanes: ours and num-dual's.

use std::hint::black_box;

use nalgebra::SVector;
use num_dual::{DualNum, DualSVec, DualSVec64, implicit_derivative_vec};
use tangents::{Dual, implicit, lambda};

use crate::turns::{Entry, minima};
use crate::{Page, dual, of_num_dual};

/// xᵢ + sin(xᵢ₊₁)·p/4 − √(i + 1), in a circle.
macro_rules! equations {
    ($x:expr, $p:expr, $lit:expr) => {
        std::array::from_fn(|i| $x[i] + $x[(i + 1) % 10].sin() * $p * $lit(0.25) - $lit(root_of(i)))
    };
}

#[allow(clippy::cast_precision_loss)]
fn root_of(i: usize) -> f64 {
    ((i + 1) as f64).sqrt()
}

/// How many times as long num-dual takes.
pub(crate) fn roots<const N: usize>(page: &mut Page) -> f64 {
    let residual = lambda!(|z: ([f64; 10], f64)| -> [f64; 10] {
        let (x, p) = z;
        equations!(x, *p, T::lit)
    });
    let p: Dual<f64, N> = dual(7);
    let of_peer: DualSVec64<N> = of_num_dual(p);
    let mut x: [f64; 10] = std::array::from_fn(root_of);
    for _ in 0..200 {
        let left: [f64; 10] = equations!(x, p.re, f64::from);
        x = std::array::from_fn(|i| x[i] - left[i]);
    }
    let ours = || implicit::root(residual).at(black_box(&p), |_| black_box(x)).expect("a root");
    let peers = || {
        implicit_derivative_vec(
            |x, p: &DualSVec<DualSVec64<N>, 10>| SVector::<_, 10>::from(left_of(&x, p)),
            SVector::from(black_box(x)),
            black_box(&of_peer),
        )
    };
    for (x, y) in ours().iter().zip(peers().iter()) {
        let eps = y.eps.unwrap_generic(nalgebra::Const::<N>, nalgebra::U1);
        assert!((x.re - y.re).abs() < 1e-13 && (x.eps[N - 1] - eps[N - 1]).abs() < 1e-13, "{x:?} {y:?}");
    }
    let times = minima(&mut [Entry::new(ours), Entry::new(peers)]);
    let [ours, peers] = times[..] else { unreachable!("as many") };
    page.row(&format!("root of 10 equations, {N} lanes"), ours, None, peers);
    peers / ours
}

fn left_of<D: DualNum + Copy>(x: &SVector<D, 10>, p: &D) -> [D; 10] {
    let number = |x| D::from_f64(x).expect("a float");
    equations!(x, *p, number)
}
