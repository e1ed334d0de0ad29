//! Rigid motions of space as `Isometry3`.
//!
//! A tangent is a `Vector6` (ρ, φ): three numbers for the translation, then three for the rotation, as in Sophus and manif. It is
//! the velocity of a screw motion that runs for a unit of time.

use ::nalgebra::{Isometry3, Matrix6, Translation, Vector6};

use super::quaternion::{of_parts, parts};
use super::{AsNumber, algebra, numbers, vector};
use crate::rules::Number;

/// A rotation and a translation.
type Motion<T> = (algebra::Quaternion<T>, algebra::Vector<T>);

fn parts_of<T: AsNumber>(x: &Isometry3<T>) -> Motion<T::Number> {
    (parts(&x.rotation), numbers(&x.translation.vector))
}

fn isometry<T: AsNumber>((q, t): Motion<T::Number>) -> Isometry3<T> {
    Isometry3 { rotation: of_parts(q), translation: Translation { vector: vector(t) } }
}

/// ρ and φ.
fn halves<T: AsNumber>(xi: &Vector6<T>) -> [algebra::Vector<T::Number>; 2] {
    [0, 3].map(|first| core::array::from_fn(|i| xi[first + i].into_number()))
}

fn tangent<T: AsNumber>(rho: algebra::Vector<T::Number>, phi: algebra::Vector<T::Number>) -> Vector6<T> {
    Vector6::from_fn(|i, _| T::from_number(if i < 3 { rho[i] } else { phi[i - 3] }))
}

/// [A B; 0 A]
fn blocks<T: AsNumber>(a: &algebra::Matrix<T::Number>, b: &algebra::Matrix<T::Number>) -> Matrix6<T> {
    Matrix6::from_fn(|r, c| {
        T::from_number(match (r < 3, c < 3) {
            (true, true) => a[r][c],
            (true, false) => b[r][c - 3],
            (false, true) => num_traits::Zero::zero(),
            (false, false) => a[r - 3][c - 3],
        })
    })
}

fn exp_of<T: Number>(rho: algebra::Vector<T>, phi: algebra::Vector<T>) -> Motion<T> {
    (algebra::exp(phi), algebra::left_jacobian_times(phi, rho))
}

fn log_of<T: Number>((q, t): Motion<T>) -> [algebra::Vector<T>; 2] {
    let phi = algebra::log(q);
    [algebra::left_jacobian_inverse_times(phi, t), phi]
}

/// The rigid motion of the tangent (ρ, φ): rotation [`so3::exp`](super::so3::exp)`(φ)`, translation
/// [`J(φ)`](super::so3::left_jacobian)`·ρ`.
///
/// Smooth everywhere, at φ = 0 too, where `Isometry3::new` has a constant rotation.
///
/// ```
/// use nalgebra::{Isometry3, Vector3, Vector6};
/// use tangents::interop::nalgebra::lie::se3;
///
/// // Once half around an axis through (1, 0, 0).
/// let x: Isometry3<f64> = se3::exp(&Vector6::new(0.0, -1.0, 0.0, 0.0, 0.0, 1.0).scale(std::f64::consts::PI));
/// assert!((x.translation.vector - Vector3::new(2.0, 0.0, 0.0)).norm() < 1e-15);
/// ```
#[doc(alias = "expmap")]
pub fn exp<T: AsNumber>(xi: &Vector6<T>) -> Isometry3<T> {
    let [rho, phi] = halves(xi);
    isometry(exp_of(rho, phi))
}

/// The tangent (ρ, φ) of a rigid motion, |φ| ≤ π: the inverse of [`exp`].
///
/// Smooth for every rotation by less than π. Edges: those of [`quaternion::log`](super::quaternion::log), of which ρ depends
/// too.
///
/// ```
/// use nalgebra::{Matrix6, Vector6};
/// use tangents::interop::nalgebra::{jacobian, lie::se3};
///
/// let xi = Vector6::new(1.0, -2.0, 0.5, 0.3, -0.2, 3.0);
/// assert!((se3::log(&se3::exp(&xi)) - xi).norm() < 1e-14);
/// assert_eq!(jacobian(|xi| se3::log(&se3::exp(xi)), &Vector6::<f64>::zeros()), Matrix6::identity());
/// ```
#[doc(alias = "logmap")]
pub fn log<T: AsNumber>(x: &Isometry3<T>) -> Vector6<T> {
    let [rho, phi] = log_of(parts_of(x));
    tangent(rho, phi)
}

/// x ⊞ ξ = x·exp(ξ): x, moved by ξ in its own frame.
///
/// ```
/// use nalgebra::{Isometry3, Vector3, Vector6};
/// use tangents::interop::nalgebra::lie::se3::{box_minus, box_plus};
///
/// let x = Isometry3::new(Vector3::new(1.0, 2.0, 3.0), Vector3::new(0.1, 0.2, 0.3));
/// let xi = Vector6::new(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
/// assert!((box_minus(&box_plus(&x, &xi), &x) - xi).norm() < 1e-14);
/// ```
#[doc(alias = "rplus")]
pub fn box_plus<T: AsNumber>(x: &Isometry3<T>, xi: &Vector6<T>) -> Isometry3<T> {
    let ((p, s), [rho, phi]) = (parts_of(x), halves(xi));
    let (q, t) = exp_of(rho, phi);
    isometry((algebra::compose(p, q), algebra::add(s, algebra::rotate(p, t))))
}

/// y ⊟ x = log(x⁻¹·y): the ξ with x ⊞ ξ = y.
///
/// Edges: those of [`log`], where the rotations differ by π.
///
/// ```
/// use nalgebra::{Isometry3, Vector3, Vector6};
/// use tangents::interop::nalgebra::lie::se3::box_minus;
///
/// let [x, y] = [1.0, 3.0].map(|z| Isometry3::translation(0.0, 0.0, z));
/// assert_eq!(box_minus(&y, &x), Vector6::new(0.0, 0.0, 2.0, 0.0, 0.0, 0.0));
/// ```
#[doc(alias = "rminus")]
pub fn box_minus<T: AsNumber>(y: &Isometry3<T>, x: &Isometry3<T>) -> Vector6<T> {
    let ((p, s), (q, t)) = (parts_of(x), parts_of(y));
    let inverse = algebra::conjugate(p);
    let [rho, phi] = log_of((algebra::compose(inverse, q), algebra::rotate(inverse, algebra::sub(t, s))));
    tangent(rho, phi)
}

/// The adjoint matrix of x: x·exp(ξ) = exp(Ad·ξ)·x, `Ad = [R, T·R; 0, R]` with T = [`hat`](super::so3::hat) of the translation.
///
/// ```
/// use nalgebra::{Isometry3, Vector3, Vector6};
/// use tangents::interop::nalgebra::lie::se3::{adjoint, exp};
///
/// let x = Isometry3::new(Vector3::new(1.0, 2.0, 3.0), Vector3::new(0.1, 0.2, 0.3));
/// let xi = Vector6::new(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
/// let [a, b] = [x * exp(&xi), exp(&(adjoint(&x) * xi)) * x];
/// assert!((a.to_matrix() - b.to_matrix()).norm() < 1e-14);
/// ```
pub fn adjoint<T: AsNumber>(x: &Isometry3<T>) -> Matrix6<T> {
    let (q, t) = parts_of(x);
    let r = algebra::matrix(q);
    blocks(&r, &algebra::product(&algebra::hat(t), &r))
}

/// The left Jacobian J of the exponential: exp(ξ + δ) = exp(J·δ)·exp(ξ) for small δ.
///
/// `J = [J₃, Q; 0, J₃]`, with the [Jacobian J₃](super::so3::left_jacobian) of φ, and Q its derivative along ρ (Barfoot 2017,
/// *State Estimation for Robotics*, 7.86, computed another way). Singular at |φ| = 2π.
///
/// ```
/// use nalgebra::Vector6;
/// use tangents::interop::nalgebra::{jacobian, lie::se3};
///
/// let xi = Vector6::new(1.0, -2.0, 0.5, 0.3, -0.5, 0.7);
/// let back = se3::exp(&-xi);
/// let j = jacobian(|x| se3::log(&(se3::exp(x) * back.cast())), &xi);
/// assert!((se3::left_jacobian(&xi) - j).norm() < 1e-14);
/// ```
pub fn left_jacobian<T: AsNumber>(xi: &Vector6<T>) -> Matrix6<T> {
    let [rho, phi] = halves(xi);
    blocks(&algebra::left_jacobian(phi), &algebra::derivative_of_left_jacobian(phi, rho))
}

/// The right Jacobian J of the exponential: exp(ξ + δ) = exp(ξ)·exp(J·δ) for small δ. It is the left one
/// at −ξ.
///
/// ```
/// use nalgebra::Vector6;
/// use tangents::interop::nalgebra::{jacobian, lie::se3};
///
/// let xi = Vector6::new(1.0, -2.0, 0.5, 0.3, -0.5, 0.7);
/// let at = se3::exp(&xi);
/// let j = jacobian(|x| se3::box_minus(&se3::exp(x), &at.cast()), &xi);
/// assert!((se3::right_jacobian(&xi) - j).norm() < 1e-14);
/// ```
pub fn right_jacobian<T: AsNumber>(xi: &Vector6<T>) -> Matrix6<T> {
    left_jacobian(&negative(xi))
}

/// The inverse of the [`left_jacobian`]: log(exp(δ)·exp(ξ)) = ξ + J⁻¹·δ for small δ and |φ| < π.
///
/// ```
/// use nalgebra::{Matrix6, Vector6};
/// use tangents::interop::nalgebra::lie::se3;
///
/// let xi = Vector6::new(1.0, -2.0, 0.5, 0.3, -0.5, 0.7);
/// let product = se3::left_jacobian(&xi) * se3::left_jacobian_inverse(&xi);
/// assert!((product - Matrix6::identity()).norm() < 1e-14);
/// ```
pub fn left_jacobian_inverse<T: AsNumber>(xi: &Vector6<T>) -> Matrix6<T> {
    let [rho, phi] = halves(xi);
    blocks(&algebra::left_jacobian_inverse(phi), &algebra::derivative_of_left_jacobian_inverse(phi, rho))
}

/// The inverse of the [`right_jacobian`]: log(exp(ξ)·exp(δ)) = ξ + J⁻¹·δ for small δ and |φ| < π.
///
/// ```
/// use nalgebra::Vector6;
/// use tangents::interop::nalgebra::{jacobian, lie::se3};
///
/// let xi = Vector6::new(1.0, -2.0, 0.5, 0.3, -0.5, 0.7);
/// let at = se3::exp(&xi);
/// let j = jacobian(|v| se3::log(&se3::box_plus(&at.cast(), v)), &Vector6::<f64>::zeros());
/// assert!((se3::right_jacobian_inverse(&xi) - j).norm() < 1e-14);
/// ```
pub fn right_jacobian_inverse<T: AsNumber>(xi: &Vector6<T>) -> Matrix6<T> {
    left_jacobian_inverse(&negative(xi))
}

fn negative<T: AsNumber>(xi: &Vector6<T>) -> Vector6<T> {
    xi.map(|part| T::from_number(-part.into_number()))
}
