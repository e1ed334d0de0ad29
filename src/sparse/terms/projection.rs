//! Symmetric matrices made positive semidefinite: [`Projection`].

use crate::real::Real;

/// How the Hessian of a term is made positive semidefinite: what becomes of its negative eigenvalues.
///
/// A sum of positive semidefinite matrices is positive semidefinite, so a Newton step with the sum goes downhill. With
/// `H = Σₖ λₖ·vₖ·vₖᵀ`, the eigenvalues `λₖ` and the eigenvectors `vₖ`, the projected matrix is `Σₖ λ′ₖ·vₖ·vₖᵀ`.
///
/// Eigenvalues come from Jacobi's rotations, cyclic by rows (Golub and Van Loan, *Matrix Computations*, 8.5), with an error of some
/// roundings of the largest entry of the matrix; so a sum of projected matrices may have eigenvalues that are negative by as much. A matrix that
/// has no eigenvalue to change keeps its bits. A term whose Hessian isn't finite is NaN in all entries: it has no projection.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Projection {
    /// `λ′ = max(λ, ε)`: with ε = 0 the nearest positive semidefinite matrix (Higham 1988), with a small positive ε a definite one, as
    /// in Newton's method for elastic energies (Teran, Sifakis, Irving and Fedkiw 2005). `TinyAD` takes 10⁻⁹. If ε is negative, so may
    /// be eigenvalues.
    Clamp(f64),
    /// `λ′ = |λ|`: for terms that are far from convex, where clamped steps get slow (Chen, Liu, Levin and Jacobson 2024, *Stabler
    /// Neo-Hookean Simulation*).
    Absolute,
}

impl Projection {
    /// What becomes of the eigenvalue λ.
    fn of<T: Real>(self, lambda: T) -> T {
        let least = self.least();
        // A bound that is NaN must not leave the matrix as it is.
        if lambda >= least {
            lambda
        } else {
            match self {
                Self::Clamp(_) => least,
                Self::Absolute => -lambda,
            }
        }
    }

    /// The least eigenvalue that stays.
    fn least<T: Real>(self) -> T {
        match self {
            Self::Clamp(least) => T::lit(least),
            Self::Absolute => T::zero(),
        }
    }
}

/// Projects the symmetric matrix `h`.
pub(super) fn project<T: Real, const M: usize>(h: &mut [[T; M]; M], projection: Projection) {
    if !h.iter().flatten().all(|h| h.is_finite()) {
        *h = [[T::nan(); M]; M];
        return;
    }
    if is_definite(h, projection.least()) {
        return;
    }
    let (values, vectors) = eigen(h);
    if values.iter().all(|&lambda| lambda == projection.of(lambda)) {
        return;
    }
    // Not by adding to `h` what the eigenvalues lack: where they are far below zero, that cancels.
    *h = [[T::zero(); M]; M];
    for (lambda, v) in values.into_iter().zip(&vectors) {
        let lambda = projection.of(lambda);
        for i in 0..M {
            for j in i..M {
                h[i][j] = h[i][j] + lambda * (v[i] * v[j]);
                h[j][i] = h[i][j];
            }
        }
    }
}

/// Whether all eigenvalues of `h` are above `least`, by Cholesky's factorization of `h − least·I`.
fn is_definite<T: Real, const M: usize>(h: &[[T; M]; M], least: T) -> bool {
    let mut l = [[T::zero(); M]; M];
    for j in 0..M {
        let dot = |l: &[[T; M]; M], i: usize| T::sum((0..j).map(|k| l[i][k] * l[j][k]));
        let pivot = h[j][j] - least - dot(&l, j);
        if pivot <= T::zero() || pivot.is_nan() {
            return false;
        }
        l[j][j] = pivot.sqrt();
        for i in j + 1..M {
            l[i][j] = (h[i][j] - dot(&l, i)) / l[j][j];
        }
    }
    true
}

/// As many sweeps suffice: convergence is quadratic, and 12 rows take 7 of them.
const SWEEPS: usize = 40;

/// The eigenvalues of a symmetric matrix, and an eigenvector for each; NaN if the rotations don't end.
fn eigen<T: Real, const M: usize>(h: &[[T; M]; M]) -> ([T; M], [[T; M]; M]) {
    let mut a = *h;
    // In rows.
    let mut v = [[T::zero(); M]; M];
    for (i, v) in v.iter_mut().enumerate() {
        v[i] = T::one();
    }
    let largest = h.iter().flatten().fold(T::zero(), |largest, h| largest.max(h.abs()));
    let negligible = largest * T::epsilon() * T::lit(0.125);
    for _ in 0..SWEEPS {
        let mut ended = true;
        for p in 0..M {
            for q in p + 1..M {
                if a[p][q].abs() > negligible {
                    rotate(&mut a, &mut v, p, q);
                    ended = false;
                }
            }
        }
        if ended {
            return (core::array::from_fn(|i| a[i][i]), v);
        }
    }
    ([T::nan(); M], v)
}

/// Makes `a[p][q]` zero, p < q, by a rotation of the rows and columns p and q, by the smaller of two angles.
fn rotate<T: Real, const M: usize>(a: &mut [[T; M]; M], v: &mut [[T; M]; M], p: usize, q: usize) {
    let half = T::lit(0.5);
    // Not the half of the difference, which may overflow. The square can't: what is that small is negligible.
    let theta = (half * a[q][q] - half * a[p][p]) / a[p][q];
    let t = theta.signum() / (theta.abs() + (theta * theta + T::one()).sqrt());
    let cos = (t * t + T::one()).sqrt().recip();
    let (sin, shift) = (t * cos, t * a[p][q]);
    a[p][p] = a[p][p] - shift;
    a[q][q] = a[q][q] + shift;
    (a[p][q], a[q][p]) = (T::zero(), T::zero());
    let turned = |x: T, y: T| (cos * x - sin * y, sin * x + cos * y);
    for i in (0..M).filter(|&i| i != p && i != q) {
        (a[i][p], a[i][q]) = turned(a[i][p], a[i][q]);
        (a[p][i], a[q][i]) = (a[i][p], a[i][q]);
    }
    let (before, from_q) = v.split_at_mut(q);
    for (x, y) in before[p].iter_mut().zip(&mut from_q[0]) {
        (*x, *y) = turned(*x, *y);
    }
}
