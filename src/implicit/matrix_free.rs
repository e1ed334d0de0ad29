//! Linear systems solved by products with the Jacobian: [`MatrixFree`].

use alloc::vec;
use alloc::vec::Vec;
use core::convert::Infallible;

use num_traits::Float;

use super::brought::{Brought, Jacobian, LANES, Systems, solved_by_brought};
use super::equations::{Equations, Of};
use super::error::ImplicitError;
use super::linear::{Linear, sealed};
use super::solution::{Implicit, Outcome};
use crate::drive::{Argument, Point};
use crate::linalg::refined::TOLERANCE;
use crate::linalg::scale::{largest, power_of_2};
use crate::number::over::Over;
use crate::rules::Number;

/// By a solver that needs nothing of the Jacobian but its products: what [`Implicit::matrix_free`] makes.
#[derive(Clone, Copy, Debug)]
pub struct MatrixFree<K> {
    solve: K,
    tolerance: f64,
}

/// The product of the Jacobian with a vector, written into another: what a solver without a matrix gets.
pub type Apply<'a> = dyn Fn(&[f64], &mut [f64]) + Sync + 'a;

impl<E: Equations> Implicit<E> {
    /// The same without a matrix: `solve(apply, r, d)` writes into d, which is zero at first, the solution of `J·d = r`, and has of
    /// `J = ∂F/∂x` only `apply(v, y)`, which writes `J·v` into y.
    ///
    /// That is what GMRES, `BiCGSTAB` and, for a minimum, conjugate gradients need: any crate's, preconditioned or not. The right sides have a
    /// size near 1. An error of `solve` comes back as [`ImplicitError::Linear`].
    ///
    /// The solver stops at a tolerance of its own, and derivatives are as good as that; so each solution is checked with a product
    /// of its own. If `‖J·d − r‖` is larger than the tolerance 10⁻¹⁰·‖r‖, the solver is called again for what is left, as long as that
    /// halves it. If more is left then, beyond what rounding makes of a product, it's [`ImplicitError::Inaccurate`]. The norm is Euclid's.
    /// The error of d is up to the condition number of J times larger, and an equation whose terms are below 10⁻¹⁰ of the others' isn't
    /// checked by itself: write equations in units in which they have one size, or take [`sparse`](Self::sparse) factors, for which
    /// each is.
    ///
    /// A singular J isn't seen if the right side happens to be one that has solutions.
    ///
    /// Cost: one evaluation of the equations with one lane for each product, and the checks that [`sparse`](Self::sparse) lists. There
    /// is no pattern, no matrix and no factorization. For a minimum of n unknowns a product takes ⌈n/8⌉ evaluations of the objective.
    ///
    /// ```
    /// use tangents::{Dual, derivative, implicit, lambda};
    ///
    /// // x + sin(p)·(mean of x) = 1, whose solution is x = 1/(1 + sin p) in each of 1000 unknowns.
    /// let f = lambda!(|z: (Vec<f64>, f64)| -> Vec<f64> {
    ///     let (x, p) = z;
    ///     let mean = T::sum(x.iter().copied()) * T::lit(1e-3);
    ///     x.iter().map(|&x| x + p.sin() * mean - T::one()).collect()
    /// });
    /// // Richardson's iteration; mostly this is what a crate has.
    /// let richardson = |apply: &implicit::Apply<'_>, r: &[f64], d: &mut [f64]| {
    ///     let mut y = vec![0.0; r.len()];
    ///     for _ in 0..60 {
    ///         apply(d, &mut y);
    ///         d.iter_mut().zip(r).zip(&y).for_each(|((d, r), y)| *d += r - y);
    ///     }
    ///     Ok::<(), &str>(())
    /// };
    /// let root = implicit::root(f).matrix_free(richardson);
    /// let first = |p: Dual<f64, 1>| root.at(&p, |p| vec![1.0 / (1.0 + p.sin()); 1000]).unwrap()[0];
    /// let p = 0.5_f64;
    /// assert!((derivative(first, p) + p.cos() / (1.0 + p.sin()).powi(2)).abs() < 1e-10);
    /// ```
    #[doc(alias("gmres", "krylov", "bicgstab", "jvp"))]
    pub fn matrix_free<K, L>(self, solve: K) -> Implicit<E, MatrixFree<K>>
    where
        K: Fn(&Apply<'_>, &[f64], &mut [f64]) -> Result<(), L>,
    {
        self.with_linear(MatrixFree { solve, tolerance: TOLERANCE })
    }
}

impl<E, K> Implicit<E, MatrixFree<K>> {
    /// The same with another largest residual `‖J·d − r‖/‖r‖` than 10⁻¹⁰.
    pub fn linear_tolerance(self, relative: f64) -> Self {
        Self { linear: MatrixFree { tolerance: relative, ..self.linear }, ..self }
    }
}

impl<K> sealed::Sealed for MatrixFree<K> {}

impl<E, K, L> Linear<E> for MatrixFree<K>
where
    E: Equations + Sync,
    Of<E::Unknowns, f64>: Sync,
    Of<E::Parameters, f64>: Sync,
    K: Fn(&Apply<'_>, &[f64], &mut [f64]) -> Result<(), L>,
{
    type Error = L;

    solved_by_brought!();
}

impl<E, K, L> Brought<E> for MatrixFree<K>
where
    E: Equations + Sync,
    Of<E::Unknowns, f64>: Sync,
    Of<E::Parameters, f64>: Sync,
    K: Fn(&Apply<'_>, &[f64], &mut [f64]) -> Result<(), L>,
{
    type Error = L;

    #[track_caller]
    fn prepared<'a>(
        &'a self,
        jacobian: &'a Jacobian<'a, E>,
    ) -> Result<(Vec<f64>, impl Systems<L>), ImplicitError<Infallible, L>> {
        let n = jacobian.x.len();
        let signs: Vec<_> = (0..n).map(sign).collect();
        let (left, products) = jacobian.left_and_products::<1>(&[&signs]);
        if left.len() != n {
            return Err(ImplicitError::Shape { unknowns: n, equations: left.len() });
        }
        let growth = norm(&products[0]) / norm(&signs);
        Ok((left, Products { jacobian, solve: &self.solve, tolerance: self.tolerance, growth }))
    }
}

/// The products with a Jacobian, and the solver.
struct Products<'a, E: Equations, K> {
    jacobian: &'a Jacobian<'a, E>,
    solve: &'a K,
    tolerance: f64,
    /// `‖J·s‖/‖s‖` with signs s as if at random: about the mean size of a row (Hutchinson 1990), and no more than the norm of J.
    growth: f64,
}

/// 1 or −1, as if at random.
fn sign(i: usize) -> f64 {
    // The golden ratio, then the sum of the bits.
    let spread = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    if spread.count_ones().is_multiple_of(2) { 1.0 } else { -1.0 }
}

/// The largest residual that rounding may excuse: beyond it nothing is known of the solution.
const LARGEST: f64 = 1e-2;

/// How many units of rounding an entry of a product `J·d` may lack, of the sum of the sizes of its terms.
const ROUNDING: f64 = 16.0 * f64::EPSILON;

impl<E, K> Products<'_, E, K>
where
    E: Equations + Sync,
    Of<E::Unknowns, f64>: Sync,
    Of<E::Parameters, f64>: Sync,
{
    /// `J⁻¹·r`, unchecked. The solver gets r times a power of 2, of a size near 1.
    fn solution<L>(&self, right: &[f64]) -> Result<Vec<f64>, ImplicitError<Infallible, L>>
    where
        K: Fn(&Apply<'_>, &[f64], &mut [f64]) -> Result<(), L>,
    {
        let Self { jacobian, solve, .. } = self;
        let apply = |v: &[f64], y: &mut [f64]| {
            assert_eq!(v.len(), jacobian.x.len(), "the vector must have a number for each unknown");
            y.copy_from_slice(&jacobian.left_and_products::<1>(&[v]).1[0]);
        };
        let mut solution = vec![0.0; right.len()];
        let size = largest(right.iter().copied());
        if size > 0.0 {
            let scale = power_of_2(size);
            let scaled: Vec<_> = right.iter().map(|r| r * scale).collect();
            solve(&apply, &scaled, &mut solution).map_err(ImplicitError::Linear)?;
            for d in &mut solution {
                *d /= scale;
            }
        }
        Ok(solution)
    }
}

impl<E, K, L> Systems<L> for Products<'_, E, K>
where
    E: Equations + Sync,
    Of<E::Unknowns, f64>: Sync,
    Of<E::Parameters, f64>: Sync,
    K: Fn(&Apply<'_>, &[f64], &mut [f64]) -> Result<(), L>,
{
    /// Where the residual is larger than the tolerance it is solved for again: iterative refinement, as long as that halves it.
    #[track_caller]
    fn solve(&mut self, columns: &mut [Vec<f64>]) -> Result<Vec<Vec<f64>>, ImplicitError<Infallible, L>> {
        let mut right = Vec::with_capacity(columns.len());
        for column in &mut *columns {
            let d = self.solution(column)?;
            right.push(core::mem::replace(column, d));
        }
        let mut last = [f64::INFINITY; LANES];
        loop {
            let vectors: Vec<_> = columns.iter().map(|column| &**column).collect();
            let products = self.jacobian.products(&vectors);
            let mut is_done = true;
            for (k, d) in columns.iter_mut().enumerate() {
                let rest: Vec<_> = right[k].iter().zip(&products[k]).map(|(r, y)| r - y).collect();
                let size = norm(&right[k]);
                let residual = norm(&rest) / size;
                if residual > self.tolerance && residual.is_finite() && residual <= last[k] / 2.0 {
                    is_done = false;
                    last[k] = residual;
                    let correction = self.solution(&rest)?;
                    d.iter_mut().zip(correction).for_each(|(d, correction)| *d += correction);
                    continue;
                }
                // Only where refinement gains nothing more can it be rounding.
                let rounding = ROUNDING * self.growth * norm(d) / size;
                let largest = self.tolerance + rounding.min((LARGEST - self.tolerance).max(0.0));
                let is_small = residual <= largest; // not if one is NaN
                if !is_small {
                    return Err(ImplicitError::Inaccurate { residual, largest });
                }
            }
            if is_done {
                return Ok(products);
            }
        }
    }
}

/// The root of the sum of squares, scaled so that none overflows or vanishes.
fn norm(v: &[f64]) -> f64 {
    let (mut scale, mut sum) = (0.0, 1.0);
    for x in v.iter().map(|x| x.abs()).filter(|&x| x != 0.0) {
        if x > scale {
            let ratio = scale / x;
            (scale, sum) = (x, 1.0 + sum * ratio * ratio);
        } else {
            let ratio = x / scale;
            sum += ratio * ratio;
        }
    }
    scale * Float::sqrt(sum)
}
