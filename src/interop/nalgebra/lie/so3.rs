//! Rotations of space as `Rotation3`, and the Jacobians of rotation vectors.

use ::nalgebra::{Matrix3, Rotation3, Vector3};

use super::{AsNumber, algebra, matrix, numbers, vector};

fn entries<T: AsNumber>(r: &Rotation3<T>) -> algebra::Matrix<T::Number> {
    core::array::from_fn(|i| core::array::from_fn(|j| r.matrix()[(i, j)].into_number()))
}

fn of_quaternion<T: AsNumber>(q: algebra::Quaternion<T::Number>) -> Rotation3<T> {
    Rotation3::from_matrix_unchecked(matrix(&algebra::matrix(q)))
}

/// The matrix K of the cross product, K·a = φ × a.
///
/// ```
/// use nalgebra::Vector3;
/// use tangents::interop::nalgebra::lie::so3::hat;
///
/// let (phi, a) = (Vector3::new(1.0, 2.0, 3.0), Vector3::new(4.0, 5.0, 7.0));
/// assert_eq!(hat(&phi) * a, phi.cross(&a));
/// ```
#[doc(alias = "skew")]
pub fn hat<T: AsNumber>(phi: &Vector3<T>) -> Matrix3<T> {
    matrix(&algebra::hat(numbers(phi)))
}

/// The vector of which an antisymmetric matrix is the cross product: the inverse of [`hat`]. Of another matrix it takes the
/// antisymmetric part.
///
/// ```
/// use nalgebra::Vector3;
/// use tangents::interop::nalgebra::lie::so3::{hat, vee};
///
/// let phi = Vector3::new(1.0, 2.0, 3.0);
/// assert_eq!(vee(&hat(&phi)), phi);
/// ```
pub fn vee<T: AsNumber>(k: &Matrix3<T>) -> Vector3<T> {
    vector(algebra::vee(&core::array::from_fn(|i| core::array::from_fn(|j| k[(i, j)].into_number()))))
}

/// The rotation by θ = |φ| about φ: I + sin θ/θ·K + (1 − cos θ)/θ²·K², with K = [`hat`]`(φ)` (Rodrigues).
///
/// Smooth everywhere, at φ = 0 too, where `Rotation3::new` and `from_scaled_axis` give a constant.
///
/// ```
/// use nalgebra::Vector3;
/// use tangents::derivative;
/// use tangents::interop::nalgebra::lie::so3;
///
/// let r = so3::exp(&Vector3::new(0.0, 0.0, std::f64::consts::FRAC_PI_2));
/// assert!((r * Vector3::x() - Vector3::y()).norm() < 1e-15);
///
/// let slope = derivative(|t| so3::exp(&Vector3::new(0.0.into(), 0.0.into(), t))[(1, 0)], 0.0);
/// assert_eq!(slope, 1.0);
/// ```
#[doc(alias = "expmap")]
#[doc(alias = "rodrigues")]
pub fn exp<T: AsNumber>(phi: &Vector3<T>) -> Rotation3<T> {
    of_quaternion(algebra::exp(numbers(phi)))
}

/// The rotation vector φ of a rotation, its axis times its angle |φ| ≤ π: the inverse of [`exp`].
///
/// Smooth for every rotation by less than π, at the identity too. The edges are those of
/// [`quaternion::log`](super::quaternion::log): at π, where the matrix is symmetric, the value is one of φ and −φ, and a
/// derivative along which the matrix moves away from the symmetric ones is NaN.
///
/// ```
/// use nalgebra::{Matrix3, Vector3};
/// use tangents::interop::nalgebra::{jacobian, lie::so3};
///
/// let phi = Vector3::new(1e-7, 2e-7, -1e-7);
/// assert!((so3::log(&so3::exp(&phi)) - phi).norm() < 1e-22);
/// assert_eq!(jacobian(|phi| so3::log(&so3::exp(phi)), &Vector3::<f64>::zeros()), Matrix3::identity());
/// ```
#[doc(alias = "logmap")]
pub fn log<T: AsNumber>(r: &Rotation3<T>) -> Vector3<T> {
    vector(algebra::log(algebra::quaternion(&entries(r))))
}

/// r ⊞ v = r·exp(v): r, turned by v in its own frame.
///
/// ```
/// use nalgebra::{Rotation3, Vector3};
/// use tangents::interop::nalgebra::lie::so3::{box_minus, box_plus};
///
/// let r = Rotation3::from_euler_angles(0.1, 0.2, 0.3);
/// let v = Vector3::new(0.4, 0.5, 0.6);
/// assert!((box_minus(&box_plus(&r, &v), &r) - v).norm() < 1e-15);
/// ```
#[doc(alias = "rplus")]
pub fn box_plus<T: AsNumber>(r: &Rotation3<T>, v: &Vector3<T>) -> Rotation3<T> {
    let turned = algebra::product(&entries(r), &algebra::matrix(algebra::exp(numbers(v))));
    Rotation3::from_matrix_unchecked(matrix(&turned))
}

/// r ⊟ s = log(s⁻¹·r): the v with s ⊞ v = r, |v| ≤ π.
///
/// Edges: those of [`log`], where the two differ by π.
///
/// ```
/// use nalgebra::{Rotation3, Vector3};
/// use tangents::interop::nalgebra::lie::so3::box_minus;
///
/// let [r, s] = [1.5, 1.0].map(|angle| Rotation3::from_axis_angle(&Vector3::z_axis(), angle));
/// assert!((box_minus(&r, &s) - Vector3::new(0.0, 0.0, 0.5)).norm() < 1e-15);
/// ```
#[doc(alias = "rminus")]
pub fn box_minus<T: AsNumber>(r: &Rotation3<T>, s: &Rotation3<T>) -> Vector3<T> {
    vector(algebra::log(algebra::quaternion(&algebra::product(
        &algebra::transpose(&entries(s)),
        &entries(r),
    ))))
}

/// The rotation at `t` on the shortest way from r, at 0, to s, at 1: r·exp(t·log(r⁻¹·s)).
///
/// Smooth in r, s and t, also where r and s are equal or nearly so. Edges: as of
/// [`quaternion::slerp`](super::quaternion::slerp).
///
/// ```
/// use nalgebra::{Rotation3, Vector3};
/// use tangents::interop::nalgebra::lie::so3::{log, slerp};
///
/// let [r, s] = [1.0, 2.0].map(|angle| Rotation3::from_axis_angle(&Vector3::z_axis(), angle));
/// assert!((log(&slerp(&r, &s, 0.25)) - Vector3::new(0.0, 0.0, 1.25)).norm() < 1e-15);
/// ```
pub fn slerp<T: AsNumber>(r: &Rotation3<T>, s: &Rotation3<T>, t: T) -> Rotation3<T> {
    let v = numbers(&box_minus(s, r));
    box_plus(r, &vector(algebra::scale(v, t.into_number())))
}

/// The shortest rotation that takes the direction of a to that of b, or None:
/// [`quaternion::rotation_between`](super::quaternion::rotation_between) as a matrix.
///
/// ```
/// use nalgebra::Vector3;
/// use tangents::interop::nalgebra::lie::so3::rotation_between;
///
/// let r = rotation_between(&Vector3::x(), &Vector3::new(0.0, 2.0, 0.0)).unwrap();
/// assert!((r * Vector3::x() - Vector3::y()).norm() < 1e-15);
/// ```
pub fn rotation_between<T: AsNumber>(a: &Vector3<T>, b: &Vector3<T>) -> Option<Rotation3<T>> {
    algebra::rotation_between(numbers(a), numbers(b)).map(of_quaternion)
}

/// The left Jacobian J of the exponential: exp(φ + δ) = exp(J·δ)·exp(φ) for small δ.
///
/// `J = I + (1 − cos θ)/θ²·K + (θ − sin θ)/θ³·K²`, with K = [`hat`]`(φ)`; the identity at φ = 0. Singular at θ = 2π.
///
/// ```
/// use nalgebra::Vector3;
/// use tangents::interop::nalgebra::{jacobian, lie::so3};
///
/// let phi = Vector3::new(0.3, -0.5, 0.7);
/// let j = jacobian(|x| so3::log(&(so3::exp(x) * so3::exp(&phi.map(|x| (-x).into())))), &phi);
/// assert!((so3::left_jacobian(&phi) - j).norm() < 1e-15);
/// ```
pub fn left_jacobian<T: AsNumber>(phi: &Vector3<T>) -> Matrix3<T> {
    matrix(&algebra::left_jacobian(numbers(phi)))
}

/// The right Jacobian J of the exponential: exp(φ + δ) = exp(φ)·exp(J·δ) for small δ. It is the left one
/// at −φ, and its transpose.
///
/// ```
/// use nalgebra::Vector3;
/// use tangents::interop::nalgebra::{jacobian, lie::so3};
///
/// let phi = Vector3::new(0.3, -0.5, 0.7);
/// let j = jacobian(|x| so3::box_minus(&so3::exp(x), &so3::exp(&phi.map(Into::into))), &phi);
/// assert!((so3::right_jacobian(&phi) - j).norm() < 1e-15);
/// ```
pub fn right_jacobian<T: AsNumber>(phi: &Vector3<T>) -> Matrix3<T> {
    matrix(&algebra::transpose(&algebra::left_jacobian(numbers(phi))))
}

/// The inverse of the [`left_jacobian`]: log(exp(δ)·exp(φ)) = φ + J⁻¹·δ for small δ and θ < π.
///
/// `J⁻¹ = I − K/2 + (1 − θ/2·cot(θ/2))/θ²·K²`. Right at π too; it grows without bound towards θ = 2π.
///
/// ```
/// use nalgebra::Vector3;
/// use tangents::interop::nalgebra::lie::so3;
///
/// let phi = Vector3::new(0.3, -0.5, 0.7);
/// let product = so3::left_jacobian(&phi) * so3::left_jacobian_inverse(&phi);
/// assert!((product - nalgebra::Matrix3::identity()).norm() < 1e-15);
/// ```
pub fn left_jacobian_inverse<T: AsNumber>(phi: &Vector3<T>) -> Matrix3<T> {
    matrix(&algebra::left_jacobian_inverse(numbers(phi)))
}

/// The inverse of the [`right_jacobian`]: log(exp(φ)·exp(δ)) = φ + J⁻¹·δ for small δ and θ < π.
///
/// ```
/// use nalgebra::Vector3;
/// use tangents::interop::nalgebra::{jacobian, lie::so3};
///
/// let phi = Vector3::new(0.3, -0.5, 0.7);
/// let j = jacobian(|v| so3::log(&so3::box_plus(&so3::exp(&phi.map(Into::into)), v)), &Vector3::<f64>::zeros());
/// assert!((so3::right_jacobian_inverse(&phi) - j).norm() < 1e-15);
/// ```
pub fn right_jacobian_inverse<T: AsNumber>(phi: &Vector3<T>) -> Matrix3<T> {
    matrix(&algebra::transpose(&algebra::left_jacobian_inverse(numbers(phi))))
}
