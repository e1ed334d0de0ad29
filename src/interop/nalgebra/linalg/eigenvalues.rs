//! Eigenvalues and eigenvectors of general matrices, by `nalgebra`'s iteration, which needs the standard library.

use alloc::vec::Vec;

use ::nalgebra::allocator::Allocator;
use ::nalgebra::constraint::{DimEq, ShapeConstraint};
use ::nalgebra::storage::RawStorage;
use ::nalgebra::{
    Complex, DMatrix, DVector, DefaultAllocator, Dim, Matrix, OMatrix, OVector, Scalar, Schur, U1,
};

use super::square;
use crate::linalg::LinalgError;
use crate::linalg::eigenvalues::{Found, eigen_near, power_near_1};
use crate::linalg::solve::check_finite;
use crate::rules::Number;

/// How many steps `nalgebra`'s iteration may take for each row.
const STEPS: usize = 1000;

/// The eigenvalues of a general matrix, by their real parts, and then by their imaginary ones.
///
/// A derivative is `uᴴ·Ȧ·v / uᴴ·v`, with the right and the left eigenvector. The values are `nalgebra`'s, of `f64`, made exact by Newton's
/// method in the matrix's own float; derivatives of every order follow from the same equations.
///
/// Eigenvalues that are nearer to each other than 8·√ε times the largest entry, ε being an ulp of 1, or that have a condition number above
/// 1/√ε, are refused: those of a matrix that isn't diagonalizable have no derivatives, and are found so. For a symmetric matrix take [`symmetric_eigenvalues`](super::symmetric_eigenvalues).
///
/// Cost: for each eigenvalue, and pair of complex ones, 4 factorizations and an inverse with the side N + 1, or 2·N + 2.
///
/// # Errors
///
/// [`LinalgError::EqualEigenvalues`] with the first pair that is equal, if anything moves; [`LinalgError::NotConverged`],
/// [`LinalgError::NotFinite`]; [`LinalgError::Length`] if the matrix isn't square.
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::linalg::eigenvalues;
/// use tangents::{Dual, derivative};
///
/// // ±√−x
/// let im = |x: Dual<f64, 1>| eigenvalues(&Matrix2::new(0.0.into(), -x, 1.0.into(), 0.0.into())).unwrap()[1].im;
/// assert!((derivative(im, 4.0) - 0.25).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
pub fn eigenvalues<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<OVector<Complex<T>, R>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R>,
{
    let found = found(a, false)?;
    let r = a.shape_generic().0;
    Ok(OVector::from_fn_generic(r, U1, |i, _| complex(found[i].value)))
}

/// The eigenvalues and eigenvectors of a general matrix: what [`eigen`] returns.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigen<V, M> {
    /// The eigenvalues, by their real parts, and then by their imaginary ones.
    pub values: V,
    /// The right eigenvectors in the columns: `A·vᵢ = λᵢ·vᵢ`.
    pub vectors: M,
}

/// The eigenvalues and right eigenvectors of a general matrix.
///
/// An eigenvector has the length 1, `Σ |vᵢ|² = 1`, and its largest component is real and positive: the first one, if some are
/// equally large up to rounding. LAPACK (`geev`), and with it NumPy and Julia, makes the same choice of complex vectors; the sign of real
/// ones it leaves open.
/// The derivatives are those of the vector so chosen: `v̇ᵢ = Σⱼ vⱼ·(uⱼᴴ·Ȧ·vᵢ)/(λᵢ − λⱼ) + c·vᵢ`, over j ≠ i, with the left
/// eigenvectors uⱼ (uⱼᴴ·vⱼ = 1) and the c that keeps length and phase. What doesn't depend on these doesn't depend on the choice.
/// Where another component becomes the largest, the vector turns by a jump, and a function that depends on its phase jumps too.
///
/// The vectors of conjugate eigenvalues are conjugates. Left eigenvectors, `uᴴ·A = λ·uᴴ`, are the conjugates of those of the
/// transpose, in the same order. For a symmetric matrix take
/// [`symmetric_eigen`](super::symmetric_eigen), whose vectors are orthogonal.
///
/// Cost: as [`eigenvalues`].
///
/// # Errors
///
/// Those of [`eigenvalues`]; and equal eigenvalues are an error whether anything moves or not: a matrix doesn't determine their
/// vectors.
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::linalg::eigen;
/// use tangents::linalg::LinalgError;
/// use tangents::{Dual, derivative};
///
/// // The modes of ẍ = −x + k·ẋ are (1, λ), λ = k/2 ± i·√(1 − k²/4).
/// let velocity = |k: Dual<f64, 1>| {
///     let pairs = eigen(&Matrix2::new(0.0.into(), 1.0.into(), (-1.0).into(), k)).unwrap();
///     let v = pairs.vectors.column(0);
///     (v[1] / v[0]).re
/// };
/// let slope: f64 = derivative(velocity, -0.5);
/// assert!((slope - 0.5).abs() < 1e-14);
///
/// let equal = eigen(&Matrix2::new(1.0, 0.0, 0.0, 1.0)).unwrap_err();
/// assert_eq!(equal, LinalgError::EqualEigenvalues { first: 0, second: 1 });
/// ```
#[doc(alias("eig", "geev"))]
pub fn eigen<T, R, C>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> Result<Eigen<OVector<Complex<T>, R>, OMatrix<Complex<T>, R, C>>, LinalgError>
where
    T: Number + Scalar,
    R: Dim,
    C: Dim,
    ShapeConstraint: DimEq<R, C>,
    DefaultAllocator: Allocator<R> + Allocator<R, C>,
{
    let found = found(a, true)?;
    let (r, c) = a.shape_generic();
    Ok(Eigen {
        values: OVector::from_fn_generic(r, U1, |i, _| complex(found[i].value)),
        vectors: OMatrix::from_fn_generic(r, c, |i, j| complex(found[j].vector[i])),
    })
}

/// The eigenpairs, in order.
fn found<T: Number + Scalar, R: Dim, C: Dim>(
    a: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
    vectors: bool,
) -> Result<Vec<Found<T>>, LinalgError> {
    let (mut entries, n) = square(a)?;
    check_finite(&entries, n)?;
    let plain = |x: &T| x.to_f64().unwrap_or(f64::NAN);
    let power = power_near_1(&entries.iter().map(plain).collect::<Vec<f64>>());
    let power = T::lit(power.min(plain(&T::min_positive_value()).recip()));
    if power != T::one() {
        for x in &mut entries {
            *x *= power;
        }
    }
    let near = plain_eigenvalues(&DMatrix::from_row_iterator(n, n, entries.iter().map(plain)))?;
    let mut found = eigen_near(&entries, n, &near, vectors)?;
    if power != T::one() {
        for pair in &mut found {
            pair.value = pair.value.map(|part| part / power);
        }
    }
    Ok(found)
}

fn complex<T>([re, im]: [T; 2]) -> Complex<T> {
    Complex::new(re, im)
}

/// How often the iteration is tried anew on a matrix with the same eigenvalues: it fails on some, as on cyclic permutations of even order.
const TRIALS: usize = 4;

/// The eigenvalues by parts, in order.
fn plain_eigenvalues(a: &DMatrix<f64>) -> Result<Vec<[f64; 2]>, LinalgError> {
    if a.is_empty() {
        return Ok(Vec::new()); // which nalgebra's iteration doesn't expect
    }
    let steps = STEPS.saturating_mul(a.nrows());
    let schur = (0..TRIALS).find_map(|trial| Schur::try_new(reflected(a, trial), f64::EPSILON, steps));
    let schur = schur.ok_or(LinalgError::NotConverged)?;
    let mut values: Vec<[f64; 2]> = schur.complex_eigenvalues().iter().map(|x| [x.re, x.im]).collect();
    values.sort_by(|x, y| x[0].total_cmp(&y[0]).then(x[1].total_cmp(&y[1])));
    Ok(values)
}

/// `H·A·H` with `H = 1 − 2·w·wᵀ/w·w`, a reflection for each trial; A at first.
fn reflected(a: &DMatrix<f64>, trial: usize) -> DMatrix<f64> {
    if trial == 0 {
        return a.clone();
    }
    let w = DVector::from_fn(a.nrows(), |i, _| [1.0, 0.3, -0.7, 0.9, -0.2, 0.6, -0.4][(trial * (i + 1)) % 7]);
    let h = DMatrix::identity(a.nrows(), a.nrows()) - &w * w.transpose() * (2.0 / w.norm_squared());
    &h * a * &h
}
