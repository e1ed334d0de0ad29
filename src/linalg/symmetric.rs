//! Eigenvalues and eigenvectors of symmetric matrices.
//!
//! Let V₀ and Λ₀ be those of the values. With V = V₀ + V₀·C, the equations A·V = V·B and Vᵀ·V = 1 give each order of C and B from the
//! orders below: `Cᵢⱼ = Gᵢⱼ/(λⱼ − λᵢ)` and `Bᵢᵢ = Gᵢᵢ`, where `G = V₀ᵀ·(A·V − V·B)`. Where λᵢ and λⱼ are equal there is nothing to divide by: there
//! B keeps an entry beside its diagonal, and the block of equal eigenvalues [splits](super::splitting) by itself.

use alloc::{vec, vec::Vec};
use core::ops::Range;

use super::arrays::{array, flat};
use super::error::LinalgError;
use super::factor::symmetrized;
use super::jacobi;
use super::scale::largest;
use super::solve::{count, depend};
use super::splitting::{Block, size};
use super::triangular;
use crate::number::over::{Over, Work};
use crate::rules::Number;

/// Eigenvalues and eigenvectors of a symmetric matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct SymmetricEigen<V, M> {
    /// The eigenvalues, ascending.
    pub values: V,
    /// The eigenvectors in the columns, orthonormal, each with a positive component of the largest size.
    pub vectors: M,
}

/// The eigenvalues of a symmetric matrix, in ascending order.
///
/// A derivative is `vᵀ·Ȧ·v`, v being the eigenvector. A stands for (A + Aᵀ)/2, so that it's shared by the entries (i, j) and
/// (j, i), as JAX's is.
///
/// Where eigenvalues are equal, which is to some ulps of the largest entry of the rows that they have to do with:
///
/// - Along one direction (a `jvp`, a [`Taylor`](crate::Taylor), lanes that are all zero but one or multiples of each other)
///   eigenvalues are differentiable: they split as those of `Vᵀ·Ȧ·V` do, V being the eigenvectors of the equal ones. They
///   come in ascending order for a small step along the direction.
/// - In several directions, as in a gradient, they aren't; unless all of them move together.
/// - Derivatives of an order that is above the one at which they split by more than 1 are given if nothing tells in them but the
///   parts that have split, as for a diagonal matrix.
///
/// What isn't given is an error. Symmetric functions of equal eigenvalues are smooth: their sum is the trace, that of their
/// squares the sum of all squared entries, their product [`determinant`](super::determinant()).
///
/// Cost: one decomposition of the values, some 9·N³ products of plain numbers; for the first order N³ products of a
/// number with a plain one, for each above it 3·N³ products of numbers.
///
/// # Errors
///
/// [`LinalgError::EqualEigenvalues`] with the first pair that is equal and has no derivatives, or that may be equal or not: nearer than
/// 32·N ulps of that entry; [`LinalgError::Asymmetric`],
/// [`LinalgError::NotFinite`].
///
/// ```
/// use tangents::linalg::{LinalgError, symmetric_eigenvalues};
/// use tangents::{Dual, gradient, jvp};
///
/// let of = |x: &[Dual<f64, 2>]| symmetric_eigenvalues(&[[x[0], x[1]], [x[1], -x[0]]]).unwrap();
/// assert_eq!(gradient(|x| of(x)[1], &[1.0, 0.0]), [1.0, 0.0]); // √(x₀² + x₁²)
///
/// // At the zero matrix, along one direction; a gradient doesn't exist.
/// let along = |x: &[Dual<f64, 1>]| symmetric_eigenvalues(&[[x[0], x[1]], [x[1], -x[0]]]).unwrap();
/// let moved = jvp(along, &[0.0, 0.0], &[3.0, 4.0]);
/// assert!((moved[0] + 5.0).abs() < 1e-14 && (moved[1] - 5.0).abs() < 1e-14);
///
/// let x = [0, 1].map(|lane| Dual::<f64, 2>::variable(0.0, lane));
/// let error = symmetric_eigenvalues(&[[x[0], x[1]], [x[1], -x[0]]]).unwrap_err();
/// assert_eq!(error, LinalgError::EqualEigenvalues { first: 0, second: 1 });
/// ```
#[doc(alias = "eigvalsh")]
pub fn symmetric_eigenvalues<T: Number, const N: usize>(a: &[[T; N]; N]) -> Result<[T; N], LinalgError> {
    Ok(flat(&eigenvalues_of(a.as_flattened(), N)?))
}

/// The eigenvalues and eigenvectors of a symmetric matrix.
///
/// Eigenvectors of equal eigenvalues aren't differentiable; they aren't even continuous. Those of nearly equal ones have large
/// derivatives, in proportion to 1/(λⱼ − λᵢ), and as many digits less.
///
/// Cost: as [`symmetric_eigenvalues`].
///
/// # Errors
///
/// [`LinalgError::EqualEigenvalues`] with the first pair that is equal up to rounding, if anything moves; those of
/// [`symmetric_eigenvalues`].
///
/// ```
/// use tangents::linalg::symmetric_eigen;
/// use tangents::{Dual, derivative};
///
/// // Of (1, x; x, 2) at 0: the vectors turn by x/(2 − 1).
/// let turned = |x: Dual<f64, 1>| symmetric_eigen(&[[1.0.into(), x], [x, 2.0.into()]]).unwrap().vectors[0][1];
/// assert_eq!(derivative(turned, 0.0), 1.0);
/// ```
#[doc(alias = "eigh")]
pub fn symmetric_eigen<T: Number, const N: usize>(
    a: &[[T; N]; N],
) -> Result<SymmetricEigen<[T; N], [[T; N]; N]>, LinalgError> {
    let SymmetricEigen { values, vectors } = eigen_of(a.as_flattened(), N)?;
    Ok(SymmetricEigen { values: flat(&values), vectors: array(&vectors) })
}

/// One eigenvalue of a symmetric matrix, by its place in ascending order, and its eigenvector.
///
/// Others may be equal: what they do to this pair is smooth. As in [`symmetric_eigen`], the vector has the length 1 and a positive
/// component of the largest size.
///
/// Cost: as [`symmetric_eigenvalues`].
///
/// # Errors
///
/// [`LinalgError::EqualEigenvalues`] if this one is equal to a neighbour up to rounding, and anything moves; those of
/// [`symmetric_eigenvalues`].
///
/// # Panics
///
/// If there is no such place.
///
/// ```
/// use tangents::linalg::symmetric_eigenpair;
/// use tangents::{Dual, derivative};
///
/// // Of diag(1, 1, 4) the last one stands alone: its vector turns by x/(4 − 1).
/// let turned = |x: Dual<f64, 1>| {
///     let [zero, one] = [0.0, 1.0].map(Dual::constant);
///     symmetric_eigenpair(&[[one, zero, x], [zero, one, zero], [x, zero, one * 4.0]], 2).unwrap().1[0]
/// };
/// let slope: f64 = derivative(turned, 0.0);
/// assert!((slope - 1.0 / 3.0).abs() < 1e-15);
/// ```
pub fn symmetric_eigenpair<T: Number, const N: usize>(
    a: &[[T; N]; N],
    index: usize,
) -> Result<(T, [T; N]), LinalgError> {
    let (value, vector) = eigenpair_of(a.as_flattened(), N, index)?;
    Ok((value, flat(&vector)))
}

/// [`symmetric_eigenpair`] on slices.
pub(crate) fn eigenpair_of<T: Number>(a: &[T], n: usize, index: usize) -> Result<(T, Vec<T>), LinalgError> {
    assert!(index < n, "there are {n} eigenvalues, and none at {index}");
    let pairs = Pairs { a: symmetrized(a, n)?, n, wanted: index..index + 1, vectors: true };
    let SymmetricEigen { values, vectors } = pairs.found(a).map_err(equal)?;
    Ok((values[0], vectors.into_iter().skip(index).step_by(n).collect()))
}

/// [`symmetric_eigenvalues`] on slices.
pub(crate) fn eigenvalues_of<T: Number>(a: &[T], n: usize) -> Result<Vec<T>, LinalgError> {
    let pairs = Pairs { a: symmetrized(a, n)?, n, wanted: 0..n, vectors: false };
    pairs.found(a).map(|pairs| pairs.values).map_err(equal)
}

/// [`symmetric_eigen`] on slices.
pub(crate) fn eigen_of<T: Number>(a: &[T], n: usize) -> Result<SymmetricEigen<Vec<T>, Vec<T>>, LinalgError> {
    Pairs { a: symmetrized(a, n)?, n, wanted: 0..n, vectors: true }.found(a).map_err(equal)
}

fn equal([first, second]: [usize; 2]) -> LinalgError {
    LinalgError::EqualEigenvalues { first, second }
}

/// The eigenpairs of a symmetric matrix in a range of the ascending order; or a pair of equal eigenvalues that has no
/// derivatives, as one has that is equal to one out of the range.
pub(super) struct Pairs<T> {
    pub(super) a: Vec<T>,
    pub(super) n: usize,
    pub(super) wanted: Range<usize>,
    /// Whether the vectors are asked for. Otherwise they are those of the values.
    pub(super) vectors: bool,
}

/// How many ulps of the largest entry, for each row, eigenvalues must differ by to be known to differ.
const DISTINCT: f64 = 32.0;

/// By how many ulps of the largest entry equal eigenvalues may differ: so many, and one more for four rows.
///
/// What is nearer than distinct eigenvalues, and further than equal ones, may be either, which have other derivatives.
const EQUAL: f64 = 2.0;

impl<T: Number> Pairs<T> {
    /// The pairs, which depend on all `inputs`, also on those that are zero and beside which the matrix comes apart.
    pub(super) fn found(self, inputs: &[T]) -> Result<SymmetricEigen<Vec<T>, Vec<T>>, [usize; 2]> {
        let mut found = T::on_plain(self)?;
        depend(&mut found.values, inputs);
        depend(&mut found.vectors, inputs);
        Ok(found)
    }
}

impl<T: Number> Work<T> for Pairs<T> {
    type Output = Result<SymmetricEigen<Vec<T>, Vec<T>>, [usize; 2]>;

    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>,
    {
        let Self { a, n, wanted, vectors } = self;
        let (lambda, v0) = jacobi::eigen(a.iter().map(Over::value).collect::<Vec<P>>(), n);
        let rests = a.iter().all(|&a| size(a.with_plain(P::zero())) == P::zero());
        let largest = lambda.iter().fold(P::zero(), |l, x| l.max(x.abs()));
        let rounding = P::lit(DISTINCT) * count(n) * P::epsilon();
        let (block, unclear) = blocks(&lambda, &scales(&a, &v0, n), &wanted);
        if let Some(pair) = unclear.filter(|_| !rests) {
            return Err(pair);
        }
        if vectors && !rests {
            let beside = |&i: &usize| (1..n).contains(&i) && block[i] == block[i - 1];
            if let Some(i) = (wanted.start..=wanted.end).find(beside) {
                return Err([i - 1, i]);
            }
        }
        let mut v: Vec<T> = v0.iter().map(|&x| T::of_value(x)).collect();
        let mut b: Vec<T> = super::solve::identity_of(n);
        for i in 0..n {
            b[i * (n + 1)] = T::of_value(lambda[i]);
        }
        let half = P::lit(0.5);
        // For each order, the size up to which an entry is taken for rounding.
        let mut noise = vec![rounding * largest];
        let orders = if rests { 0 } else { T::ORDER };
        for order in 1..=orders {
            // V·B − A·V
            let mut rest = vec![T::zero(); n * n];
            if order == 1 {
                triangular::subtract_plain_product(&mut rest, &a, &v0, n);
            } else {
                for (rest, v) in rest.chunks_exact_mut(n).zip(v.chunks_exact(n)) {
                    for j in 0..n {
                        let of_block = (0..n).filter(|&i| block[i] == block[j]);
                        rest[j] = of_block.fold(T::zero(), |sum, i| sum + v[i] * b[i * n + j]);
                    }
                }
                triangular::subtract_product(&mut rest, &a, &v, n);
            }
            // 1 − Vᵀ·V
            let mut f = super::solve::identity_of(n);
            if order > 1 {
                let transposed: Vec<T> = (0..n * n).map(|k| v[k % n * n + k / n]).collect();
                triangular::subtract_product(&mut f, &transposed, &v, n);
            }
            for x in rest.iter_mut().chain(&mut f) {
                *x = x.of_order(order);
            }
            let g = transposed_product(&v0, &rest, n);
            let mut c = vec![T::zero(); n * n];
            for i in 0..n {
                for j in 0..n {
                    let k = i * n + j;
                    let gap = lambda[j] - lambda[i];
                    if block[i] == block[j] {
                        c[k] = f[k].times_plain(half);
                        b[k] = b[k] - g[k] - c[k].times_plain(gap);
                    } else {
                        c[k] = -g[k].by_plain(gap);
                    }
                }
            }
            let largest = |x: &[T]| x.iter().fold(P::zero(), |l, x| l.max(size(x.of_order(order))));
            noise.push(rounding * largest(&a).max(largest(&b)));
            if vectors || order < T::ORDER {
                for (v, v0) in v.chunks_exact_mut(n).zip(v0.chunks_exact(n)) {
                    for (c, &v0) in c.chunks_exact(n).zip(v0) {
                        for (v, c) in v.iter_mut().zip(c) {
                            *v += c.times_plain(v0);
                        }
                    }
                    for (v, &v0) in v.iter_mut().zip(v0) {
                        *v = v.with_plain(v0);
                    }
                }
            }
        }
        let mut values = Vec::with_capacity(wanted.len());
        let mut i = wanted.start;
        while i < wanted.end {
            let start = block[i];
            let end = (i..n).find(|&k| block[k] != start).unwrap_or(n);
            let r = end - start;
            if orders > 0 && start < wanted.start {
                return Err([start, start + 1]);
            }
            let split = if r == 1 || orders == 0 {
                (start..end).map(|i| b[i * (n + 1)]).collect()
            } else {
                let entry = |k: usize| {
                    let (i, j) = (start + k / r, start + k % r);
                    (b[i * n + j] + b[j * n + i]).times_plain(half)
                };
                let block = Block { entries: (0..r * r).map(entry).collect(), r, rounding: &noise };
                block.eigenvalues(1).ok_or([start, start + 1])?
            };
            let upto = end.min(wanted.end);
            values.extend((i..upto).map(|i| split[i - start].with_plain(lambda[i])));
            i = upto;
        }
        Ok(SymmetricEigen { values, vectors: v })
    }
}

/// The first index of each eigenvalue's block of equal ones; and the first pair with an eigenvalue that is wanted which may be equal or not.
fn blocks<P: Number>(lambda: &[P], scale: &[P], wanted: &Range<usize>) -> (Vec<usize>, Option<[usize; 2]>) {
    let n = lambda.len();
    let [distinct, equal] = [P::lit(DISTINCT) * count(n), P::lit(EQUAL) + P::lit(0.25) * count(n)]
        .map(|ulps| ulps * P::epsilon());
    let (mut block, mut unclear): (Vec<usize>, _) = ((0..n).collect(), None);
    for i in 1..n {
        let (first, scale) = (block[i - 1], scale[i - 1].max(scale[i]));
        if lambda[i] - lambda[first] <= equal * scale {
            block[i] = first;
        } else if lambda[i] - lambda[i - 1] <= distinct * scale
            && (wanted.contains(&i) || wanted.contains(&(i - 1)))
        {
            unclear = unclear.or(Some([i - 1, i]));
        }
    }
    (block, unclear)
}

/// For each eigenvalue the largest entry of the rows that it has to do with: those in which its vector isn't zero.
///
/// A matrix that comes apart has the accuracy of each part in that part.
fn scales<P: Number, D, T: Over<P, D>>(a: &[T], v0: &[P], n: usize) -> Vec<P> {
    let size = |row: &[T]| largest(row.iter().map(Over::value));
    let rows: Vec<P> = a.chunks_exact(n.max(1)).map(size).collect();
    let of = |i| (0..n).filter(|r| v0[r * n + i] != P::zero()).fold(P::zero(), |l, r| l.max(rows[r]));
    (0..n).map(of).collect()
}

/// `V₀ᵀ·X`
fn transposed_product<P: Number, D, T: Over<P, D>>(v0: &[P], x: &[T], n: usize) -> Vec<T> {
    let mut product = vec![T::zero(); n * n];
    for (v0, x) in v0.chunks_exact(n).zip(x.chunks_exact(n)) {
        for (product, &v0) in product.chunks_exact_mut(n).zip(v0) {
            for (product, x) in product.iter_mut().zip(x) {
                *product += x.times_plain(v0);
            }
        }
    }
    product
}
