//! `sprs` 0.11: v·v and sparse matrix times vector.

use compatibility::{First, first, to_first};
use sprs::{CsMat, CsVec};

#[test]
fn dot() {
    // (x, 2x)·(x, 2x) = 5x²
    let v = CsVec::new(100, vec![3, 70], vec![first(3.0), first(3.0) * 2.0]);
    assert_eq!(to_first(v.dot(&v)), [45.0, 30.0]);
    assert_eq!(to_first(v.squared_l2_norm()), [45.0, 30.0]);
}

#[test]
fn matrix_times_vector() {
    let x = first(3.0);
    let one = First::from(1.0);
    // [[x, 0], [1, x²]] (x, 1) = (x², x + x²)
    let a = CsMat::new((2, 2), vec![0, 1, 3], vec![0, 0, 1], vec![x, one, x * x]);
    let y = &a * &CsVec::new(2, vec![0, 1], vec![x, one]);
    assert_eq!(to_first(y[0]), [9.0, 6.0]);
    assert_eq!(to_first(y[1]), [12.0, 7.0]);
}
