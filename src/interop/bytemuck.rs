//! The numbers as plain old data: bytes that may be copied, cast and sent.
//!
//! ```
//! use tangents::Dual;
//!
//! // To the coefficients and back, without a copy.
//! let numbers = [Dual::new(2.0_f32, [1.0, 0.0]), Dual::new(3.0, [0.0, 1.0])];
//! let coefficients: &[f32] = bytemuck::cast_slice(&numbers);
//! assert_eq!(coefficients, [2.0, 1.0, 0.0, 3.0, 0.0, 1.0]);
//! let again: &[Dual<f32, 2>] = bytemuck::cast_slice(coefficients);
//! assert_eq!(again[1].eps, [0.0, 1.0]);
//! ```

use ::bytemuck::{AnyBitPattern, Pod, Zeroable};

use crate::number::{Dual, HyperDual, Taylor};

/// Numbers that are a value and an array, `repr(C)`.
macro_rules! plain_old_data {
    ($Number:ident) => {
        /// Zeros are the number 0 as a constant, where those of `T` are 0.
        // SAFETY: its fields are a `T` and an array of `T`, and `T` may be zeros.
        unsafe impl<T: Zeroable, const N: usize> Zeroable for $Number<T, N> {}

        /// The coefficients in a row, the value first.
        // SAFETY: it is `repr(C)`, `Copy` as `T` is, and of fields that are `Pod`: a `T` and an array of `T`. There is no
        // padding between them, since the array is aligned as `T` is and the size of a type is a multiple of its
        // alignment; nor is there any after them, for the same reason.
        unsafe impl<T: Pod, const N: usize> Pod for $Number<T, N> {}
    };
}

plain_old_data!(Dual);
plain_old_data!(Taylor);

/// Zeros are the number 0 as a constant, where those of `T` are 0.
// SAFETY: its fields are a `T` and arrays of `T`, some of them unused memory, and `T` may be zeros.
unsafe impl<T: Zeroable, const N: usize> Zeroable for HyperDual<T, N> {}

/// It can be made of any bytes, but isn't `Pod`: of the memory of its Hessian, the part that symmetry makes
/// superfluous is never written, so it can't be read as bytes.
///
/// ```
/// use bytemuck::Zeroable;
/// use tangents::HyperDual;
///
/// assert_eq!(HyperDual::<f64, 3>::zeroed().hessian(), [[0.0; 3]; 3]);
/// ```
// SAFETY: its fields are a `T`, an array of `T`, and arrays of `T` some of which may be uninitialised; with any bytes in
// them, each `T` is valid.
unsafe impl<T: AnyBitPattern, const N: usize> AnyBitPattern for HyperDual<T, N> {}
