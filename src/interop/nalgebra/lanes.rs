//! Matrices of duals and the plain ones that they are made of.

use core::array::from_fn;

use ::nalgebra::allocator::Allocator;
use ::nalgebra::storage::RawStorage;
use ::nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Scalar};

use crate::number::Dual;
use crate::real::Real;

/// The matrix with an entry of `entry` for each entry of `m`, in the order in which `nalgebra` keeps them.
fn map<S, D, R, C>(
    m: &Matrix<S, R, C, impl RawStorage<S, R, C>>,
    mut entry: impl FnMut(usize, &S) -> D,
) -> OMatrix<D, R, C>
where
    D: Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    let (rows, columns) = m.shape_generic();
    OMatrix::from_fn_generic(rows, columns, |r, c| entry(r + c * rows.value(), &m[(r, c)]))
}

/// The variables at the entries of `m`: entry i, counted column by column, is that of lane i.
///
/// For code that wants its matrices of duals, where a driver that seeds by itself doesn't fit.
///
/// # Panics
///
/// If `m` has more entries than there are lanes.
///
/// ```
/// use nalgebra::{SVector, Vector2};
/// use tangents::Dual;
/// use tangents::interop::nalgebra::{lane, seed, values};
///
/// let x: SVector<Dual<f64, 2>, 2> = seed(&Vector2::new(3.0, 2.0));
/// let y = x * x[1];
/// assert_eq!(values(&y), Vector2::new(6.0, 4.0));
/// assert_eq!(lane(&y, 1), Vector2::new(3.0, 4.0)); // ∂y/∂x₁
/// ```
#[track_caller]
pub fn seed<T, R, C, const N: usize>(
    m: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
) -> OMatrix<Dual<T, N>, R, C>
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    assert!(m.len() <= N, "{} entries to seed in {N} lanes", m.len());
    map(m, |i, &x| Dual::variable(x, i))
}

/// The matrix with the entries of `values`, and with those of `tangents[k]` as tangents in lane k.
///
/// # Panics
///
/// If the matrices aren't of one shape.
///
/// ```
/// use nalgebra::Matrix2;
/// use tangents::interop::nalgebra::{join, split};
///
/// // A·A along the direction V.
/// let (a, v) = (Matrix2::new(1.0, 2.0, 3.0, 4.0), Matrix2::new(0.0, 1.0, 0.0, 0.0));
/// let m = join(&a, [&v]);
/// let (value, [tangent]) = split(&(m * m));
/// assert_eq!(value, a * a);
/// assert_eq!(tangent, a * v + v * a);
/// ```
#[track_caller]
pub fn join<T, R, C, S, const N: usize>(
    values: &Matrix<T, R, C, impl RawStorage<T, R, C>>,
    tangents: [&Matrix<T, R, C, S>; N],
) -> OMatrix<Dual<T, N>, R, C>
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    S: RawStorage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let (shape, rows) = (values.shape(), values.nrows());
    for tangent in tangents {
        assert_eq!(tangent.shape(), shape, "a matrix of tangents has the shape of the values");
    }
    map(values, |i, &x| Dual::new(x, tangents.map(|tangent| tangent[(i % rows, i / rows)])))
}

/// The values and the tangents: what [`join`] joins.
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::Dual;
/// use tangents::interop::nalgebra::split;
///
/// let x = Vector2::new(Dual::new(1.0, [2.0, 3.0]), Dual::new(4.0, [5.0, 6.0]));
/// assert_eq!(split(&x), (Vector2::new(1.0, 4.0), [Vector2::new(2.0, 5.0), Vector2::new(3.0, 6.0)]));
/// ```
pub fn split<T, R, C, const N: usize>(
    m: &Matrix<Dual<T, N>, R, C, impl RawStorage<Dual<T, N>, R, C>>,
) -> (OMatrix<T, R, C>, [OMatrix<T, R, C>; N])
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    (values(m), from_fn(|k| lane(m, k)))
}

/// The values of the entries.
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::Dual;
/// use tangents::interop::nalgebra::values;
///
/// assert_eq!(values(&Vector2::new(Dual::new(1.0, [2.0]), Dual::new(3.0, [4.0]))), Vector2::new(1.0, 3.0));
/// ```
pub fn values<T, R, C, const N: usize>(
    m: &Matrix<Dual<T, N>, R, C, impl RawStorage<Dual<T, N>, R, C>>,
) -> OMatrix<T, R, C>
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    map(m, |_, x| x.re)
}

/// The tangents of the entries in lane `k`: the derivative of the matrix with respect to that variable.
///
/// # Panics
///
/// If there is no such lane, `k >= N`, and the matrix has entries.
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::Dual;
/// use tangents::interop::nalgebra::lane;
///
/// assert_eq!(lane(&Vector2::new(Dual::new(1.0, [2.0]), Dual::new(3.0, [4.0])), 0), Vector2::new(2.0, 4.0));
/// ```
#[track_caller]
pub fn lane<T, R, C, const N: usize>(
    m: &Matrix<Dual<T, N>, R, C, impl RawStorage<Dual<T, N>, R, C>>,
    k: usize,
) -> OMatrix<T, R, C>
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    map(m, |_, x| x.eps[k])
}
