//! Products of matrices: the sums of a loop to the bit, for every kind of factors and every shape.

use core::ops::Mul;

use tangents::{Dual, Error, HyperDual, Real, jacobian, matmul, matmul_into, matvec, matvec_into};

type D = Dual<f64, 3>;

/// Numbers without pattern, some of them zero, of both signs.
fn plain(i: usize) -> f64 {
    let i = u32::try_from(i).unwrap();
    if i % 7 == 3 { -0.0 } else { f64::from(i.wrapping_mul(2_654_435_761) >> 8) / f64::from(1 << 23) - 1.0 }
}

fn dual(i: usize) -> D {
    D::new(plain(i), [1, 2, 3].map(|lane| plain(11 * i + lane)))
}

/// `Σ aₖ·bₖ` from the first term on.
fn sum<A: Copy + Mul<B, Output = C>, B: Copy, C: Real>(terms: impl Iterator<Item = (A, B)>) -> C {
    terms.map(|(a, b)| a * b).reduce(|sum, term| sum + term).unwrap_or(C::zero())
}

/// Compares `matmul_into` and `matvec_into` with loops, in all shapes to 8.
fn agrees<A, B, C>(left: impl Fn(usize) -> A, right: impl Fn(usize) -> B, identical: impl Fn(C, C) -> bool)
where
    A: Copy + Mul<B, Output = C>,
    B: Copy,
    C: Real,
{
    for m in 0..8 {
        for k in 0..8 {
            for n in 0..8 {
                let a: Vec<A> = (0..m * k).map(|i| left(i + 3)).collect();
                let b: Vec<B> = (0..k * n).map(|i| right(i + 91)).collect();
                let entry = |i: usize, j: usize| sum((0..k).map(|l| (a[i * k + l], b[l * n + j])));
                if k > 0 {
                    let mut c = vec![C::nan(); m * n];
                    matmul_into(&a, &b, &mut c, k).unwrap();
                    assert!((0..m * n).all(|i| identical(c[i], entry(i / n, i % n))), "{m} × {k} × {n}");
                }
                if n == 1 {
                    let mut y = vec![C::nan(); m];
                    matvec_into(&a, &b, &mut y).unwrap();
                    assert!((0..m).all(|i| identical(y[i], entry(i, 0))), "{m} × {k}");
                }
            }
        }
    }
}

#[test]
fn products_are_the_sums_of_a_loop_to_the_bit() {
    agrees(plain, plain, |x: f64, y| x.to_bits() == y.to_bits());
    agrees(plain, dual, |x: D, y| x.identical(&y));
    agrees(dual, plain, |x: D, y| x.identical(&y));
    agrees(dual, dual, |x: D, y| x.identical(&y));
    let hyper = |i| HyperDual::<f64, 3>::from_fn(plain(i), dual(i).eps, |r, c| plain(i + r + 5 * c));
    agrees(plain, hyper, |x: HyperDual<f64, 3>, y| x.identical(&y));
    agrees(dual, |i| Dual::new(dual(i), [dual(i + 9)]), |x: Dual<D, 1>, y| x.identical(&y));
}

#[test]
fn arrays_are_multiplied_like_slices() {
    let a: [[D; 5]; 4] = core::array::from_fn(|i| core::array::from_fn(|j| dual(5 * i + j)));
    let b: [[f64; 3]; 5] = core::array::from_fn(|i| core::array::from_fn(|j| plain(3 * i + j)));
    let mut c = [[D::lit(f64::NAN); 3]; 4];
    matmul_into(a.as_flattened(), b.as_flattened(), c.as_flattened_mut(), 5).unwrap();
    let product = matmul(&a, &b);
    assert!(product.as_flattened().iter().zip(c.as_flattened()).all(|(x, y)| x.identical(y)));

    let mut y = [D::lit(f64::NAN); 4];
    let x: [D; 5] = core::array::from_fn(dual);
    matvec_into(a.as_flattened(), &x, &mut y).unwrap();
    assert!(matvec(&a, &x).iter().zip(&y).all(|(x, y)| x.identical(y)));

    assert_eq!(matvec(&[[0.0; 0]; 2], &[0.0; 0]), [0.0, 0.0]);
    assert_eq!(matmul(&[[0.0; 0]; 2], &[[0.0; 3]; 0]), [[0.0; 3]; 2]);
}

/// The Jacobian of an affine map is its matrix, exactly; that of a bilinear form has the closed form A·y and Aᵀ·x.
#[test]
fn jacobians_are_the_closed_forms() {
    let a: [[f64; 4]; 5] = core::array::from_fn(|i| core::array::from_fn(|j| plain(4 * i + j)));
    assert_eq!(jacobian(|x| matvec(&a, x), &[0.3, -0.2, 0.5, 0.1]), a);

    let g = tangents::gradient(
        |p| {
            let (x, y) = ([p[0], p[1]], [p[2], p[3]]);
            let [b] = matmul(&matmul(&[x], &[[2.0, -1.0], [0.5, 4.0]]), &y.map(|y| [y]));
            b[0]
        },
        &[1.0, 2.0, 3.0, -1.0],
    );
    assert_eq!(g, [7.0, -2.5, 3.0, 7.0]);
}

#[test]
fn shapes_that_disagree_are_errors() {
    let length = |what, expected, found| Err(Error::Length { what, expected, found });
    assert_eq!(matvec_into(&[1.0; 5], &[1.0; 2], &mut [0.0; 3]), length("matrix", 6, 5));
    assert_eq!(matmul_into(&[1.0; 5], &[1.0; 4], &mut [0.0; 4], 2), length("left matrix", 4, 5));
    assert_eq!(matmul_into(&[1.0; 4], &[1.0; 5], &mut [0.0; 4], 2), length("right matrix", 4, 5));
    assert_eq!(matmul_into(&[1.0; 4], &[1.0; 4], &mut [0.0; 3], 2), length("product", 4, 3));
    assert_eq!(matmul_into(&[1.0; 0], &[1.0; 2], &mut [0.0; 0], 2), Ok(()));
    assert_eq!(matmul_into(&[1.0; 0], &[1.0; 2], &mut [0.0; 1], 2), length("product", 0, 1));
    assert_eq!(matmul_into(&[1.0; 0], &[1.0; 0], &mut [0.0; 3], 0), length("product", 0, 3));
    assert_eq!(matmul_into(&[1.0; 1], &[1.0; 0], &mut [0.0; 0], 0), length("left matrix", 0, 1));
}

#[test]
#[should_panic(expected = "the length of x and the columns of A, in A·x")]
fn a_vector_of_another_length_than_a_row_panics() {
    let _: [f64; 2] = matvec(&[[1.0; 3]; 2], &[1.0; 2]);
}
