//! Vectors and matrices of `nalgebra` hold the elements of JAX's arrays of the same shape, row by row.

#[cfg(feature = "alloc")]
use ::nalgebra::{DMatrix, DVector};
use ::nalgebra::{Matrix2, RowSVector, SMatrix, SVector, Vector3};
#[cfg(feature = "alloc")]
use tangents::Dual;
#[cfg(feature = "alloc")]
use tangents::random::{Bits, StandardNormal, StandardUniform};
use tangents::random::{Distribution, Key, Layout, Normal, bits, normal, uniform};

const LAYOUTS: [Layout; 2] = [Layout::Partitionable, Layout::Original];

#[test]
fn a_matrix_of_known_shape_holds_the_nested_array() {
    for layout in LAYOUTS {
        let key = Key::new(137).with_layout(layout);
        let matrix: SMatrix<f32, 20, 10> = uniform(key);
        let rows: [[f32; 10]; 20] = uniform(key);
        for (r, row) in rows.iter().enumerate() {
            for (c, &x) in row.iter().enumerate() {
                assert_eq!(matrix[(r, c)], x);
            }
        }
        let integers: Matrix2<u8> = bits(key);
        let [[a, b], [c, d]] = bits(key);
        assert_eq!(integers, Matrix2::new(a, b, c, d));
    }
}

#[test]
fn vectors_of_known_length_hold_the_array() {
    for layout in LAYOUTS {
        let key = Key::new(137).with_layout(layout);
        let array: [f64; 7] = normal(key);
        assert_eq!(normal::<SVector<f64, 7>>(key).as_slice(), array);
        assert_eq!(normal::<RowSVector<f64, 7>>(key).as_slice(), array);
    }
}

#[test]
fn arrays_of_vectors_and_vectors_of_arrays_are_counted_through() {
    let key = Key::new(1);
    let flat: [f64; 6] = uniform(key);
    let vectors: [Vector3<f64>; 2] = uniform(key);
    assert_eq!(vectors.map(|v| [v.x, v.y, v.z]).as_flattened(), flat);
    let arrays: SVector<[f64; 3], 2> = uniform(key);
    assert_eq!(arrays.as_slice().as_flattened(), flat);
    let mut filled = [Vector3::zeros(); 2];
    Normal::new(0.0, 1.0).unwrap().fill(key, &mut filled);
    assert_eq!(filled, normal::<[Vector3<f64>; 2]>(key));
}

#[test]
fn a_vector_or_matrix_without_elements_is_drawn() {
    assert_eq!(uniform::<SMatrix<f64, 0, 3>>(Key::new(0)).len(), 0);
    assert_eq!(uniform::<SMatrix<f64, 3, 0>>(Key::new(0)).len(), 0);
}

#[cfg(feature = "alloc")]
#[test]
fn a_vector_of_run_time_length_holds_the_array() {
    for layout in LAYOUTS {
        let key = Key::new(137).with_layout(layout);
        let vector: DVector<f32> = StandardUniform.sample_shaped(key, 1000);
        assert_eq!(vector.as_slice(), uniform::<[f32; 1000]>(key));
        assert_eq!(StandardUniform.sample_shaped::<DVector<f32>>(key, 0).len(), 0);
        let bytes: DVector<u8> = Bits.sample_shaped(key, 5);
        assert_eq!(bytes.as_slice(), bits::<[u8; 5]>(key));
    }
}

#[cfg(feature = "alloc")]
#[test]
fn a_matrix_of_run_time_shape_holds_the_nested_array() {
    for layout in LAYOUTS {
        let key = Key::new(137).with_layout(layout);
        let matrix: DMatrix<f32> = StandardUniform.sample_shaped(key, (20, 10));
        let fixed: SMatrix<f32, 20, 10> = uniform(key);
        assert_eq!(matrix.shape(), (20, 10));
        assert_eq!(matrix, fixed);
        let matrix: DMatrix<f64> = StandardNormal.sample_shaped(key, (3, 500));
        let rows: [[f64; 500]; 3] = normal(key);
        assert!(rows.iter().zip(matrix.row_iter()).all(|(x, y)| x.iter().eq(&y)));
        let arrays: DMatrix<[f32; 2]> = StandardUniform.sample_shaped(key, (2, 3));
        assert_eq!(arrays[(1, 0)], uniform::<[[[f32; 2]; 3]; 2]>(key)[1][0]);
        for shape in [(0, 3), (3, 0), (0, 0)] {
            assert_eq!(StandardUniform.sample_shaped::<DMatrix<f64>>(key, shape).shape(), shape);
        }
    }
}

#[cfg(feature = "alloc")]
#[test]
fn vectors_and_matrices_of_dual_numbers_carry_derivatives() {
    let sigma = Dual::<f64, 1>::new(2.0, [1.0]);
    let distribution = Normal::new(sigma * 0.0, sigma).unwrap();
    let key = Key::new(0);
    let noise: [f64; 6] = normal(key);

    let vector: DVector<Dual<f64, 1>> = distribution.sample_shaped(key, 6);
    let matrix: DMatrix<Dual<f64, 1>> = distribution.sample_shaped(key, (3, 2));
    let fixed: SMatrix<Dual<f64, 1>, 3, 2> = distribution.sample(key);
    for (i, z) in noise.into_iter().enumerate() {
        let (r, c) = (i / 2, i % 2);
        for x in [vector[i], matrix[(r, c)], fixed[(r, c)]] {
            assert_eq!((x.re, x.eps), (2.0 * z, [z]));
        }
    }
}
