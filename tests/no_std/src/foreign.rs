//! Generators and matrices of other crates.

use core::hint::black_box;

use nalgebra::SMatrix;
use tangents::gradient;
use tangents::interop::rand_chacha::ChaCha20;
use tangents::random::{Key, bits, uniform};

/// A matrix as the nested array is, the cofactors of one, and the first words of the cipher of an all-zero key.
pub fn is_right() -> [bool; 3] {
    let key = black_box(Key::new(137));
    let cipher = black_box(Key::from_generator(ChaCha20::from_data([0; 8])));
    [
        uniform::<SMatrix<f32, 3, 2>>(key)[(2, 1)] == uniform::<[[f32; 2]; 3]>(key)[2][1],
        gradient(SMatrix::<_, 2, 2>::determinant, black_box(&SMatrix::from([[1.0, 3.0], [2.0, 4.0]])))
            == SMatrix::from([[4.0, -2.0], [-3.0, 1.0]]),
        bits::<[u32; 2]>(cipher) == [0xade0_b876, 0x903d_f1a0],
    ]
}
