//! Symmetric matrices made positive semidefinite: [`Projection`].

use crate::real::Real;

/// How the Hessian of a term is made positive semidefinite: what becomes of its negative eigenvalues.
///
/// A sum of positive semidefinite matrices is positive semidefinite, so a Newton step with the sum goes downhill. With
/// `H = Σₖ λₖ·vₖ·vₖᵀ`, the eigenvalues `λₖ` and the eigenvectors `vₖ`, the projected matrix is `Σₖ λ′ₖ·vₖ·vₖᵀ`.
///
/// Eigenvalues and eigenvectors come from Jacobi's rotations (Golub and Van Loan, *Matrix Computations*, 8.5), in rounds of disjoint pairs
/// (Brent and Luk 1985). They have an error of some roundings of the largest entry of the matrix; so where ε is as small as that, a
/// sum of projected matrices may have eigenvalues that are negative by as much. A matrix that has no eigenvalue to change keeps its
/// bits. A term whose Hessian isn't finite is NaN in all entries: it has no projection.
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
        for (row, &v_i) in h.iter_mut().zip(v) {
            for (entry, &v_j) in row.iter_mut().zip(v) {
                *entry = *entry + lambda * (v_i * v_j);
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
        for (p, q) in pairs(M) {
            if a[p][q].abs() > negligible {
                rotate(&mut a, &mut v, p, q);
                ended = false;
            }
        }
        if ended {
            return (core::array::from_fn(|i| a[i][i]), v);
        }
    }
    ([T::nan(); M], v)
}

/// All pairs p < q below `m`, in rounds in which each number is at most once, as of players in a tournament: angles of disjoint
/// pairs don't depend on each other, so the CPU needn't wait for one before it begins the next.
fn pairs(m: usize) -> impl Iterator<Item = (usize, usize)> {
    // One player stays, the others move on in a circle; of an odd number the one who stays isn't there.
    let circle = if m == 0 { 0 } else { (m - 1) | 1 };
    let moved = move |place| if place < circle { place } else { place - circle };
    let pair = move |round, k| match k {
        0 => (round, circle),
        _ => (moved(round + k), moved(round + circle - k)),
    };
    let all = (0..circle).flat_map(move |round| (0..=circle / 2).map(move |k| pair(round, k)));
    all.map(|(a, b)| (a.min(b), a.max(b))).filter(move |&(_, q)| q < m)
}

/// Makes `a[p][q]` zero, p < q, by a rotation of the rows and columns p and q, by the smaller of two angles.
fn rotate<T: Real, const M: usize>(a: &mut [[T; M]; M], v: &mut [[T; M]; M], p: usize, q: usize) {
    let half = T::lit(0.5);
    // Not the half of the difference, which may overflow. The square can't: what is that small is negligible.
    let theta = (half * a[q][q] - half * a[p][p]) / a[p][q];
    let t = theta.signum() / (theta.abs() + (theta * theta + T::one()).sqrt());
    let cos = (t * t + T::one()).sqrt().recip();
    let (sin, shift) = (t * cos, t * a[p][q]);
    let turn = |rows: &mut [[T; M]; M]| {
        let (before, from_q) = rows.split_at_mut(q);
        for (x, y) in before[p].iter_mut().zip(&mut from_q[0]) {
            (*x, *y) = (cos * *x - sin * *y, sin * *x + cos * *y);
        }
    };
    let (of_p, of_q) = (a[p][p] - shift, a[q][q] + shift);
    turn(v);
    // Of the matrix two rows, which are contiguous, and then the columns as their mirror images.
    turn(a);
    (a[p][p], a[p][q], a[q][p], a[q][q]) = (of_p, T::zero(), T::zero(), of_q);
    for i in (0..M).filter(|&i| i != p && i != q) {
        (a[i][p], a[i][q]) = (a[p][i], a[q][i]);
    }
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;

    use super::pairs;

    #[test]
    fn all_meet_once_and_nobody_twice_in_a_round() {
        for m in 0..14 {
            let met: Vec<_> = pairs(m).collect();
            let all: BTreeSet<_> = (0..m).flat_map(|q| (0..q).map(move |p| (p, q))).collect();
            assert_eq!((met.len(), met.iter().copied().collect()), (all.len(), all));
            for round in met.chunks((m / 2).max(1)) {
                let players: BTreeSet<_> = round.iter().flat_map(|&(p, q)| [p, q]).collect();
                assert_eq!(players.len(), 2 * round.len(), "{m}: {round:?}");
            }
        }
    }
}
