//! Products, interpolations and sparse matrices: factors that are 0 or 1, entries that are 0.

use geo::{Haversine, InterpolatePoint, Point};
use nalgebra::{DMatrix, Matrix2, Reflection, RowVector2, Vector1, Vector2};
use nalgebra_sparse::{CscMatrix, SparseEntry};
use ndarray::{Array1, Array2, arr1, arr2};
use poly_it::Polynomial;
use sprs::{CsMat, CsVec};

use crate::row::{Row, rows, seen};

/// An entry of a sparse matrix or vector, 0 where it isn't stored.
fn stored<T: num_traits::Float>(entry: Option<&T>) -> T {
    entry.copied().unwrap_or_else(T::zero)
}

/// The 1 × 1 matrix of a number, which is stored.
fn entry<T: num_traits::Float>(x: T) -> CsMat<T> {
    CsMat::new((1, 1), vec![0, 1], vec![0], vec![x])
}

pub fn rows() -> Vec<Row> {
    [of_nalgebra(), of_ndarray(), of_nalgebra_sparse(), of_sprs(), of_poly_it(), of_geo()].concat()
}

fn of_nalgebra() -> Vec<Row> {
    rows! { "nalgebra":
        "`lerp`, weight" at ZERO,
            "seen(3 + 4*(p + t))", instead "",
            |p, t| {
                let (a, b) = (Vector2::repeat(N::from(3.0)), Vector2::repeat(N::from(7.0)));
                seen(a.lerp(&b, p + t).x)
            };
        "`lerp`, weight" at ONE,
            "seen(3 + 4*(p + t))", instead "`a + (b - a) * t`",
            |p, t| {
                let (a, b) = (Vector2::repeat(N::from(3.0)), Vector2::repeat(N::from(7.0)));
                seen(a.lerp(&b, p + t).x)
            };
        "`gemv`, `axpy`, β" at ZERO,
            "seen(2 + 3*(p + t))", instead "the product, and β·y added",
            |p, t| {
                let mut y = Vector2::new(N::from(3.0), N::from(0.0));
                y.gemv(N::from(2.0), &Matrix2::identity(), &Vector2::new(N::from(1.0), N::from(1.0)), p + t);
                seen(y.x)
            };
        "`gemm`, β" at ZERO,
            "seen(2 + 3*(p + t))", instead "the product, and β·y added",
            |p, t| {
                let mut y = Matrix2::from_element(N::from(3.0));
                y.gemm(N::from(2.0), &Matrix2::identity(), &Matrix2::identity(), p + t);
                seen(y[(0, 0)])
            };
        "`cmpy` and its like, β" at ZERO,
            "seen(2 + 3*(p + t))", instead "the product, and β·y added",
            |p, t| {
                let mut y = Vector2::new(N::from(3.0), N::from(0.0));
                y.cmpy(N::from(2.0), &Vector2::repeat(N::from(1.0)), &Vector2::repeat(N::from(1.0)), p + t);
                seen(y.x)
            };
        "`Reflection::reflect_rows`, bias" at ZERO,
            "seen(2*(p + t) - 3)", instead "`Reflection::reflect`",
            |p, t| {
                let reflection = Reflection::new(Vector2::x_axis(), p + t);
                let mut row = RowVector2::new(N::from(3.0), N::from(0.0));
                reflection.reflect_rows(&mut row, &mut Vector1::zeros());
                seen(row.x)
            };
        "`Reflection::reflect`, bias" at ZERO,
            "seen(2*(p + t) - 3)", instead "",
            |p, t| {
                let mut column = Vector2::new(N::from(3.0), N::from(0.0));
                Reflection::new(Vector2::x_axis(), p + t).reflect(&mut column);
                seen(column.x)
            };
    }
}

fn of_ndarray() -> Vec<Row> {
    rows! { "ndarray":
        "`general_mat_mul`, β" at ZERO,
            "seen(2 + 3*(p + t))", instead "the product, and β·y added",
            |p, t| {
                let mut c = arr2(&[[N::from(3.0)]]);
                let one: Array2<N> = Array2::eye(1);
                ndarray::linalg::general_mat_mul(N::from(2.0), &one, &one, p + t, &mut c);
                seen(c[(0, 0)])
            };
        "`general_mat_vec_mul`, β" at ZERO,
            "seen(2 + 3*(p + t))", instead "the product, and β·y added",
            |p, t| {
                let mut y: Array1<N> = arr1(&[N::from(3.0)]);
                let (a, x): (Array2<N>, Array1<N>) = (Array2::eye(1), Array1::ones(1));
                ndarray::linalg::general_mat_vec_mul(N::from(2.0), &a, &x, p + t, &mut y);
                seen(y[0])
            };
    }
}

fn of_nalgebra_sparse() -> Vec<Row> {
    rows! { "nalgebra-sparse":
        "`CscMatrix::from(&DMatrix)` and its like, an entry" at ZERO,
            "seen(p + t)", instead "`CooMatrix::push`",
            |p, t| {
                let m = CscMatrix::from(&DMatrix::from_row_slice(1, 1, &[p + t]));
                seen(m.get_entry(0, 0).map_or(N::from(0.0), SparseEntry::into_value))
            };
    }
}

fn of_sprs() -> Vec<Row> {
    rows! { "sprs":
        "`CsMat` times `CsVec`, an entry of the product" at ZERO,
            "seen(p + t)", instead "a dense vector",
            |p, t| {
                seen(stored((&entry(p + t) * &CsVec::new(1, vec![0], vec![N::from(1.0)])).get(0)))
            };
        "`CsMat` times a dense vector" at ZERO,
            "seen(p + t)", instead "",
            |p, t| seen((&entry(p + t) * &arr1(&[N::from(1.0)]))[0]);
        "`CsMat` times `CsMat`" at ZERO,
            "seen(p + t)", instead "",
            |p, t| {
                seen(stored((&entry(p + t) * &entry(N::from(1.0))).get(0, 0)))
            };
        "`CsMat` plus or minus `CsMat`, an entry" at ZERO,
            "seen(p + t)", instead "dense matrices",
            |p, t| {
                seen(stored((&entry(N::from(1.0) + (p + t)) - &entry(N::from(1.0))).get(0, 0)))
            };
        "`CsMat::csr_from_dense`, an entry" at ZERO,
            "seen(p + t)", instead "`TriMat::add_triplet`",
            |p, t| seen(stored(CsMat::csr_from_dense(arr2(&[[p + t]]).view(), N::from(0.0)).get(0, 0)));
    }
}

fn of_geo() -> Vec<Row> {
    rows! { "geo":
        "`Haversine::point_at_ratio_between`, an end" at ZERO,
            "seen((p + t)/4)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let (start, end) = (Point::new(N::from(0.0), N::from(0.0)), Point::new(p + t, N::from(0.0)));
                seen(Haversine.point_at_ratio_between(start, end, N::from(0.25)).x())
            };
        "`Haversine::point_at_ratio_between`, the ratio" at ZERO,
            "seen((p + t)*4)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let (start, end) = (Point::new(N::from(0.0), N::from(0.0)), Point::new(N::from(4.0), N::from(0.0)));
                seen(Haversine.point_at_ratio_between(start, end, p + t).x())
            };
    }
}

fn of_poly_it() -> Vec<Row> {
    rows! { "poly_it":
        "`Polynomial::new`, the leading coefficient" at ZERO,
            "seen(1 + 2*(p + t))", instead "Horner's rule",
            |p, t| seen(Polynomial::<N>::new(vec![N::from(1.0), p + t]).eval(N::from(2.0)));
    }
}
