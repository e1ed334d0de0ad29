//! `ndarray` 0.17: products of matrices and vectors. A number is its `LinalgScalar` as it is, and with the feature
//! `ndarray` its `ScalarOperand`.

use compatibility::{First, first, to_first};
use ndarray::{Array1, Array2, arr1, arr2};

#[test]
fn matrix_times_vector() {
    let x = first(3.0);
    let one = First::from(1.0);
    let a: Array2<First> = arr2(&[[x, one], [one, x * x]]);
    let v: Array1<First> = arr1(&[x, one * 2.0]);
    // (x² + 2, x + 2x²)
    let y = a.dot(&v);
    assert_eq!(to_first(y[0]), [11.0, 6.0]);
    assert_eq!(to_first(y[1]), [21.0, 13.0]);
    // Big enough for the blocked product, which is for f32 and f64 alone, not to be an excuse.
    let big = Array2::from_shape_fn((40, 40), |(i, j)| if i == j { x } else { one * 0.0 });
    assert_eq!(to_first(big.dot(&big)[(39, 39)]), [9.0, 6.0]);
}

#[test]
fn sums_and_maps() {
    let v = Array1::from_shape_fn(4, |i| first(2.0).powi(i32::try_from(i).unwrap()));
    assert_eq!(to_first(v.sum()), [15.0, 1.0 + 4.0 + 12.0]);
    assert_eq!(to_first(v.mapv(|x| x * x).sum()), [85.0, 4.0 + 32.0 + 192.0]);
    assert_eq!(to_first(v.dot(&v)), [85.0, 228.0]);
}

#[test]
fn array_times_number() {
    let v = arr1(&[first(2.0), First::from(3.0)]) * first(4.0);
    assert_eq!(v.mapv(to_first).to_vec(), [[8.0, 6.0], [12.0, 3.0]]);
}
