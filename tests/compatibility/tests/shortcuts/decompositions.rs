//! Determinants and decompositions of `nalgebra` 0.35 and `faer` 0.24: columns of zeros, matrices that are diagonal
//! or triangular already, and iterations that have nothing to do.

use faer::{Mat, Side};
use nalgebra::{Matrix2, Matrix3, RealField, SMatrix, convert};
use num_traits::Float;
use tangents::interop::nalgebra::linalg;

use crate::row::{Row, rows, seen};

/// [[s, 1, 1, 1, 1], [2s, 2.5, 1, 1, 1], [0, 0, 3, 1, 1], [0, 0, 0, 4, 1], [0, 0, 0, 0, 5]]: its determinant is 30·s.
fn with_column<T: RealField + Copy>(s: T) -> [[T; 5]; 5] {
    let n = convert::<f64, T>;
    [
        [s, n(1.0), n(1.0), n(1.0), n(1.0)],
        [s + s, n(2.5), n(1.0), n(1.0), n(1.0)],
        [n(0.0), n(0.0), n(3.0), n(1.0), n(1.0)],
        [n(0.0), n(0.0), n(0.0), n(4.0), n(1.0)],
        [n(0.0), n(0.0), n(0.0), n(0.0), n(5.0)],
    ]
}

/// With that column last, whose determinant is 30·s too: four exchanges.
fn with_column_last<T: RealField + Copy>(s: T) -> [[T; 5]; 5] {
    with_column(s).map(|[a, b, c, d, e]| [b, c, d, e, a])
}

/// The upper left corner of the first one, whose determinant is 1.5·s.
fn corner<T: RealField + Copy>(s: T) -> Matrix3<T> {
    Matrix3::from_fn(|i, j| with_column(s)[i][j])
}

fn five<T: RealField + Copy>(s: T) -> SMatrix<T, 5, 5> {
    SMatrix::from_fn(|i, j| with_column(s)[i][j])
}

/// [[1, s, 0], [s, 2, 0], [0, 0, 5]], whose lowest eigenvalue is (3 − √(1 + 4s²))/2.
fn symmetric<T: RealField + Copy>(s: T) -> Matrix3<T> {
    let (o, l) = (T::zero(), T::one());
    Matrix3::new(l, s, o, s, l + l, o, o, o, convert(5.0))
}

/// Its upper left corner.
fn pair<T: RealField + Copy>(s: T) -> Matrix2<T> {
    symmetric(s).fixed_view::<2, 2>(0, 0).into_owned()
}

/// The eigenvector of the least value, as the quotient of its second and its first component.
fn direction<T: RealField + Copy>(values: &[T], vectors: &Matrix3<T>) -> T {
    let k = (1..3).fold(0, |k, i| if values[i] < values[k] { i } else { k });
    vectors[(1, k)] / vectors[(0, k)]
}

/// [[1, 1, 0], [s, 2, 0], [0, 0, 5]], whose lowest eigenvalue is (3 − √(1 + 4s))/2.
fn triangular<T: RealField + Copy>(s: T) -> Matrix3<T> {
    let (o, l) = (T::zero(), T::one());
    Matrix3::new(l, l, o, s, l + l, o, o, o, convert(5.0))
}

/// [[0, −s], [s, 0]], whose exponential is the rotation by s.
fn skew<T: RealField + Copy>(s: T) -> Matrix2<T> {
    Matrix2::new(T::zero(), -s, s, T::zero())
}

/// A matrix of `nalgebra` as one of `faer`.
fn mat<T: RealField + Copy>(m: &Matrix3<T>) -> Mat<T> {
    Mat::from_fn(m.nrows(), m.ncols(), |i, j| m[(i, j)])
}

fn least<T: Float>(numbers: impl IntoIterator<Item = T>) -> T {
    numbers.into_iter().reduce(|x, y| if y < x { y } else { x }).unwrap()
}

pub fn rows() -> Vec<Row> {
    [of_nalgebra(), of_faer(), of_this_crate()].concat()
}

fn of_nalgebra() -> Vec<Row> {
    rows! { "nalgebra":
        "`determinant` to 3 × 3, a column of zeros" at ZERO,
            "seen(p + t)", instead "",
            |p, t| seen(corner(p + t).determinant() / 1.5);
        "`determinant` from 4 × 4, `lu().determinant()`" at ZERO,
            "seen(p + t)", instead "[`determinant`](#whole-algorithms)",
            |p, t| seen(five(p + t).determinant() / 30.0);
        "`determinant`, the column of zeros last" at ZERO,
            "seen(p + t)", instead "",
            |p, t| seen(SMatrix::<N, 5, 5>::from_fn(|i, j| with_column_last(p + t)[i][j]).determinant() / 30.0);
        "`full_piv_lu().determinant()`" at ZERO,
            "seen(p + t)", instead "[`determinant`](#whole-algorithms)",
            |p, t| seen(five(p + t).full_piv_lu().determinant() / 30.0);
        "`col_piv_qr().determinant()`" at ZERO,
            "seen(p + t)", instead "[`determinant`](#whole-algorithms)",
            |p, t| seen(five(p + t).col_piv_qr().determinant() / 30.0);
        "`qr()`, the product Q·R" at ZERO,
            "seen(2*(p + t))", instead "",
            |p, t| {
                let (q, r) = five(p + t).qr().unpack();
                seen((q * r)[(1, 0)])
            };
        "`hessenberg()`, the product Q·H·Qᵀ" at ZERO,
            "seen(p + t)", instead "",
            |p, t| {
                let mut m = Matrix3::new(1.0, 2.0, 3.0, 0.0, 2.0, 1.0, 0.0, 1.0, 4.0).map(N::from);
                (m[(1, 0)], m[(2, 0)]) = (p + t, (p + t) * 2.0);
                let (q, h) = m.hessenberg().unpack();
                seen((q * h * q.transpose())[(1, 0)])
            };
        "`symmetric_eigenvalues`, diagonal" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)**2))/2)", instead "[`symmetric_eigenvalues`](#whole-algorithms)",
            |p, t| seen(least(symmetric(p + t).symmetric_eigenvalues().iter().copied()));
        "`symmetric_eigen`, eigenvectors, diagonal" at ZERO,
            "seen(-2*(p + t)/(1 + sqrt(1 + 4*(p + t)**2)))", instead "[`symmetric_eigen`](#whole-algorithms)",
            |p, t| {
                let eigen = symmetric(p + t).symmetric_eigen();
                seen(direction(eigen.eigenvalues.as_slice(), &eigen.eigenvectors))
            };
        "`singular_values`, diagonal" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)**2))/2)", instead "[`singular_values`](#whole-algorithms)",
            |p, t| seen(least(symmetric(p + t).singular_values().iter().copied()));
        "`symmetric_eigenvalues`, 2 × 2" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)**2))/2)", instead "[`symmetric_eigenvalues`](#whole-algorithms)",
            |p, t| seen(least(pair(p + t).symmetric_eigenvalues().iter().copied()));
        "`singular_values`, 2 × 2" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)**2))/2)", instead "",
            |p, t| seen(least(pair(p + t).singular_values().iter().copied()));
        "`svd`, singular vectors, diagonal" at ZERO,
            "seen(-2*(p + t)/(1 + sqrt(1 + 4*(p + t)**2)))", instead "[`svd`](#whole-algorithms)",
            |p, t| {
                let svd = symmetric(p + t).svd(true, true);
                seen(direction(svd.singular_values.as_slice(), &svd.u.unwrap()))
            };
        "`eigenvalues`, `schur`, triangular" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)))/2)", instead "[`eigenvalues`](#whole-algorithms)",
            |p, t| triangular(p + t).eigenvalues().map(|values| seen(least(values.iter().copied())));
        "`eigenvalues`, 2 × 2, triangular" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)))/2)", instead "",
            |p, t| {
                let values = triangular(p + t).fixed_view::<2, 2>(0, 0).into_owned().eigenvalues();
                values.map(|values| seen(least(values.iter().copied())))
            };
        "`exp`, at the zero matrix" at ZERO,
            "sin(p + t) + cos(p + t)", instead "",
            |p, t| {
                let e = skew(p + t).exp();
                e[(1, 0)] + e[(0, 0)]
            };
    }
}

fn of_faer() -> Vec<Row> {
    rows! { "faer":
        "`determinant`, a column of zeros" at ZERO,
            "seen(p + t)", instead "[`determinant`](#whole-algorithms)",
            |p, t| seen(Mat::from_fn(5, 5, |i, j| with_column(p + t)[i][j]).determinant() / 30.0);
        "`determinant`, the column of zeros last" at ZERO,
            "seen(p + t)", instead "",
            |p, t| seen(Mat::from_fn(5, 5, |i, j| with_column_last(p + t)[i][j]).determinant() / 30.0);
        "`qr`, the product Q·R" at ZERO,
            "seen(2*(p + t))", instead "",
            |p, t| {
                let qr = Mat::from_fn(5, 5, |i, j| with_column(p + t)[i][j]).qr();
                seen((qr.compute_Q() * qr.R())[(1, 0)])
            };
        "`self_adjoint_eigenvalues`, diagonal" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)**2))/2)", instead "[`symmetric_eigenvalues`](#whole-algorithms)",
            |p, t| {
                seen(mat(&symmetric(p + t)).self_adjoint_eigenvalues(Side::Lower).unwrap()[0])
            };
        "`self_adjoint_eigen`, eigenvectors, diagonal" at ZERO,
            "seen(-2*(p + t)/(1 + sqrt(1 + 4*(p + t)**2)))", instead "[`symmetric_eigen`](#whole-algorithms)",
            |p, t| {
                let eigen = mat(&symmetric(p + t)).self_adjoint_eigen(Side::Lower).unwrap();
                seen(eigen.U()[(1, 0)] / eigen.U()[(0, 0)])
            };
        "`singular_values`, diagonal" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)**2))/2)", instead "[`singular_values`](#whole-algorithms)",
            |p, t| seen(mat(&symmetric(p + t)).singular_values().unwrap()[2]);
        "`eigenvalues`, triangular" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)))/2)", instead "[`eigenvalues`](#whole-algorithms)",
            |p, t| {
                seen(least(mat(&triangular(p + t)).eigenvalues().unwrap().iter().map(|value| value.re)))
            };
    }
}

/// The same functions by this crate's rules of whole algorithms.
fn of_this_crate() -> Vec<Row> {
    rows! { "tangents":
        "`linalg::determinant`, a column of zeros" at ZERO,
            "seen(p + t)", instead "",
            |p, t| seen(linalg::determinant(&five(p + t)).unwrap() / 30.0);
        "`linalg::symmetric_eigenvalues`, diagonal" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)**2))/2)", instead "",
            |p, t| seen(linalg::symmetric_eigenvalues(&symmetric(p + t)).unwrap()[0]);
        "`linalg::symmetric_eigen`, eigenvectors, diagonal" at ZERO,
            "seen(-2*(p + t)/(1 + sqrt(1 + 4*(p + t)**2)))", instead "",
            |p, t| {
                let eigen = linalg::symmetric_eigen(&symmetric(p + t)).unwrap();
                seen(direction(eigen.values.as_slice(), &eigen.vectors))
            };
        "`linalg::singular_values`, diagonal" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)**2))/2)", instead "",
            |p, t| seen(linalg::singular_values(&symmetric(p + t)).unwrap()[2]);
        "`linalg::svd`, singular vectors, diagonal" at ZERO,
            "seen(-2*(p + t)/(1 + sqrt(1 + 4*(p + t)**2)))", instead "",
            |p, t| {
                let svd = linalg::svd(&symmetric(p + t)).unwrap();
                seen(direction(svd.values.as_slice(), &svd.u))
            };
        "`linalg::eigenvalues`, triangular" at ZERO,
            "seen((3 - sqrt(1 + 4*(p + t)))/2)", instead "",
            |p, t| seen(linalg::eigenvalues(&triangular(p + t)).unwrap()[0].re);
        "`linalg::exp`, at the zero matrix" at ZERO,
            "sin(p + t) + cos(p + t)", instead "",
            |p, t| {
                let e = linalg::exp(&skew(p + t)).unwrap();
                e[(1, 0)] + e[(0, 0)]
            };
    }
}
