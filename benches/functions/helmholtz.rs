//! The free energy of a mixture, a function whose Hessian is full.

use std::f64::consts::SQRT_2;
use std::ops::{Add, Mul};

use num_traits::Float;

/// Helmholtz energy of a mixture of N substances by a cubic equation of state:
/// Σ xᵢ·ln(xᵢ/(1 − b·x)) − xᵀAx/(√8·b·x)·ln((1 + (1 + √2)·b·x)/(1 + (1 − √2)·b·x)).
pub(crate) struct Helmholtz<const N: usize> {
    a: [[f64; N]; N],
    b: [f64; N],
}

const P: f64 = 1.0 + SQRT_2;
const Q: f64 = 1.0 - SQRT_2;
const SQRT_8: f64 = 2.0 * SQRT_2;

impl<const N: usize> Helmholtz<N> {
    pub(crate) fn new() -> Self {
        Self {
            a: std::array::from_fn(|i| std::array::from_fn(|j| 1.0 / (1 + i + j) as f64)),
            b: std::array::from_fn(|i| 0.3 + 0.4 * i as f64 / N as f64),
        }
    }

    /// A mixture in which b·x is below 1 and no substance is missing.
    pub(crate) fn point() -> [f64; N] {
        std::array::from_fn(|i| 0.05 + 0.013 * (i % 7) as f64)
    }

    #[inline(always)]
    pub(crate) fn energy<T>(&self, x: &[T]) -> T
    where
        T: Float + Add<f64, Output = T> + Mul<f64, Output = T>,
    {
        let (mut bx, mut xax) = (T::zero(), T::zero());
        for i in 0..N {
            bx = bx + x[i] * self.b[i];
            let mut ax = T::zero();
            for (&x, &a) in x.iter().zip(&self.a[i]) {
                ax = ax + x * a;
            }
            xax = xax + x[i] * ax;
        }
        let free = -bx + 1.0;
        let mut ideal = T::zero();
        for &x in &x[..N] {
            ideal = ideal + x * (x / free).ln();
        }
        ideal - xax / (bx * SQRT_8) * ((bx * P + 1.0) / (bx * Q + 1.0)).ln()
    }

    #[inline(always)]
    pub(crate) fn hessian(&self, x: &[f64; N]) -> [[f64; N]; N] {
        let (mut bx, mut sum, mut xax, mut ax) = (0.0, 0.0, 0.0, [0.0; N]);
        for i in 0..N {
            bx += self.b[i] * x[i];
            sum += x[i];
            for (x, a) in x.iter().zip(&self.a[i]) {
                ax[i] += a * x;
            }
            xax += x[i] * ax[i];
        }
        let free = (1.0 - bx).recip();
        // The attraction is −xᵀAx·φ(b·x).
        let (p, q) = (P / (1.0 + P * bx), Q / (1.0 + Q * bx));
        let phi = ((1.0 + P * bx) / (1.0 + Q * bx)).ln() / SQRT_8 / bx;
        let phi_1 = ((p - q) / SQRT_8 - phi) / bx;
        let phi_2 = ((q * q - p * p) / SQRT_8 - 2.0 * phi_1) / bx;
        let (by_b, by_1) = (sum * free * free - xax * phi_2, free);
        let mut h = [[0.0; N]; N];
        for i in 0..N {
            for j in 0..N {
                let attraction = phi * self.a[i][j] + phi_1 * (ax[i] * self.b[j] + ax[j] * self.b[i]);
                h[i][j] = by_b * self.b[i] * self.b[j] + by_1 * (self.b[i] + self.b[j]) - 2.0 * attraction;
            }
            h[i][i] += x[i].recip();
        }
        h
    }
}
