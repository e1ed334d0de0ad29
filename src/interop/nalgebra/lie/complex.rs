//! Rotations of the plane as `UnitComplex`.
//!
//! Here `nalgebra`'s own functions have their derivatives; these take more numbers, and complete the table.

use ::nalgebra::{Complex, Unit, UnitComplex};
use num_traits::Float;

use super::AsNumber;

/// Real and imaginary part.
fn parts<T: AsNumber>(z: &UnitComplex<T>) -> [T::Number; 2] {
    let Complex { re, im } = *z.as_ref();
    [re, im].map(T::into_number)
}

fn of_parts<T: AsNumber>(parts: [T::Number; 2]) -> UnitComplex<T> {
    let [re, im] = parts.map(T::from_number);
    Unit::new_unchecked(Complex { re, im })
}

/// The rotation by `angle`, against the clock.
///
/// ```
/// use nalgebra::Vector2;
/// use tangents::interop::nalgebra::lie::complex;
///
/// assert!((complex::exp(std::f64::consts::FRAC_PI_2) * Vector2::x() - Vector2::y()).norm() < 1e-15);
/// ```
pub fn exp<T: AsNumber>(angle: T) -> UnitComplex<T> {
    let (sin, cos) = angle.into_number().sin_cos();
    of_parts([cos, sin])
}

/// The angle of a rotation, from −π to π: the inverse of [`exp`]. At the jump as [`so2::log`](super::so2::log).
///
/// ```
/// use tangents::derivative;
/// use tangents::interop::nalgebra::lie::complex;
///
/// assert!((complex::log(&complex::exp(3.0_f64)) - 3.0).abs() < 1e-15);
/// assert_eq!(derivative(|angle| complex::log(&complex::exp(angle)), 0.0), 1.0);
/// ```
pub fn log<T: AsNumber>(z: &UnitComplex<T>) -> T {
    let [re, im] = parts(z);
    T::from_number(im.atan2(re))
}

/// z ⊞ angle, z turned by an angle.
///
/// ```
/// use tangents::interop::nalgebra::lie::complex::{box_minus, box_plus, exp};
///
/// let z = exp(3.0_f64);
/// assert!((box_minus(&box_plus(&z, 0.5), &z) - 0.5).abs() < 1e-15);
/// ```
#[doc(alias = "rplus")]
pub fn box_plus<T: AsNumber>(z: &UnitComplex<T>, angle: T) -> UnitComplex<T> {
    let ([a, b], [c, d]) = (parts(z), parts(&exp(angle)));
    of_parts([a * c - b * d, a * d + b * c])
}

/// z ⊟ w, the angle of w⁻¹·z, from −π to π; at the jump as [`so2::log`](super::so2::log).
///
/// ```
/// use tangents::interop::nalgebra::lie::complex::{box_minus, exp};
///
/// // Across π.
/// assert!((box_minus(&exp(-3.0_f64), &exp(3.0)) - (std::f64::consts::TAU - 6.0)).abs() < 1e-15);
/// ```
#[doc(alias = "rminus")]
pub fn box_minus<T: AsNumber>(z: &UnitComplex<T>, w: &UnitComplex<T>) -> T {
    let ([a, b], [c, d]) = (parts(z), parts(w));
    log(&of_parts([a * c + b * d, b * c - a * d]))
}

/// The rotation at `t` on the shortest way from z, at 0, to w, at 1.
///
/// ```
/// use tangents::interop::nalgebra::lie::complex::{exp, log, slerp};
///
/// assert!((log(&slerp(&exp(1.0_f64), &exp(2.0), 0.25)) - 1.25).abs() < 1e-15);
/// ```
pub fn slerp<T: AsNumber>(z: &UnitComplex<T>, w: &UnitComplex<T>, t: T) -> UnitComplex<T> {
    box_plus(z, T::from_number(box_minus(w, z).into_number() * t.into_number()))
}
