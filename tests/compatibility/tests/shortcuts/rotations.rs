//! `nalgebra` 0.35 and `nalgebra-glm` 0.21: rotations. `nalgebra` asks whether an angle or an axis is zero, or smaller
//! than the unit roundoff, and takes the identity; and it takes angles from cosines, which are flat at 0 and π.

use std::ops::Index;

use nalgebra::{
    Isometry3, Matrix3, Matrix4, Quaternion, RealField, Rotation2, Rotation3, Similarity3, Translation3,
    Unit, UnitComplex, UnitDualQuaternion, UnitQuaternion, Vector2, Vector3, convert,
};
use nalgebra_glm as glm;

use crate::row::{Row, rows, seen};

/// sin + cos of the angle of a rotation about the third axis: both derivatives show.
fn about_z<T: RealField + Copy>(m: &impl Index<(usize, usize), Output = T>) -> T {
    m[(1, 0)] + m[(0, 0)]
}

/// The same of half the angle.
fn half_about_z<T: RealField + Copy>(q: &UnitQuaternion<T>) -> T {
    q.k + q.w
}

/// Of the rotation by a vector (p, t, 0) what shows both derivatives.
fn across<T: RealField + Copy>(m: &impl Index<(usize, usize), Output = T>) -> T {
    m[(0, 2)] + m[(0, 0)]
}

fn vector<T: RealField + Copy>(x: T, y: T) -> Vector3<T> {
    Vector3::new(x, y, T::zero())
}

/// The direction at an angle from the first axis.
fn in_plane<T: RealField + Copy>(angle: T) -> Vector3<T> {
    vector(angle.cos(), angle.sin())
}

fn about<T: RealField + Copy>(angle: T) -> Vector3<T> {
    Vector3::new(T::zero(), T::zero(), angle)
}

/// The rotation by an angle about the third axis, without a shortcut.
fn turn<T: RealField + Copy>(angle: T) -> UnitQuaternion<T> {
    let (sin, cos) = (angle * convert(0.5)).sin_cos();
    Unit::new_unchecked(Quaternion::new(cos, T::zero(), T::zero(), sin))
}

/// The same as a matrix.
fn turn_matrix<T: RealField + Copy>(angle: T) -> Rotation3<T> {
    let (o, (sin, cos)) = (T::zero(), angle.sin_cos());
    Rotation3::from_matrix_unchecked(Matrix3::new(cos, -sin, o, sin, cos, o, o, o, T::one()))
}

/// The rotation by 2·atan |v| about v, without a shortcut.
fn by_tangent<T: RealField + Copy>(v: Vector3<T>) -> UnitQuaternion<T> {
    let scale = (v.norm_squared() + T::one()).sqrt().recip();
    Unit::new_unchecked(Quaternion::from_parts(scale, v * scale))
}

/// The rotation by an angle about the axis in the plane at an azimuth, without a shortcut.
fn tilt<T: RealField + Copy>(angle: T, azimuth: T) -> UnitQuaternion<T> {
    let ((sin, cos), (y, x)) = ((angle * convert(0.5)).sin_cos(), azimuth.sin_cos());
    Unit::new_unchecked(Quaternion::from_parts(cos, vector(x, y) * sin))
}

pub fn rows() -> Vec<Row> {
    [from_vectors(), to_vectors(), between(), of_glm()].concat()
}

fn from_vectors() -> Vec<Row> {
    rows! { "nalgebra":
        "`Rotation3::from_axis_angle`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "`UnitQuaternion::from_axis_angle`",
            |p, t| about_z(&Rotation3::from_axis_angle(&Vector3::z_axis(), p + t).into_inner());
        "`UnitQuaternion::from_axis_angle`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| half_about_z(&UnitQuaternion::from_axis_angle(&Vector3::z_axis(), p + t));
        "`Rotation3::from_euler_angles`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "",
            |p, t| about_z(&Rotation3::from_euler_angles(N::from(0.0), N::from(0.0), p + t).into_inner());
        "`Rotation2::new`, `UnitComplex::new`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "",
            |p, t| about_z(&Rotation2::new(p + t).into_inner());
        "`Rotation3::new`, along" at ZERO,
            "sin(p + t) + cos(p + t)", instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| about_z(&Rotation3::new(about(p + t)).into_inner());
        "`Rotation3::new`, across" at ZERO,
            "t*sinc_sqrt(p**2 + t**2) + cos_sqrt(p**2 + t**2) + p**2*versine_sqrt(p**2 + t**2)",
            instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| across(&Rotation3::new(vector(p, t)).into_inner());
        "`UnitQuaternion::from_scaled_axis`, along" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| half_about_z(&UnitQuaternion::from_scaled_axis(about(p + t)));
        "`UnitQuaternion::from_scaled_axis`, across" at ZERO,
            "t/2*sinc_sqrt((p**2 + t**2)/4) + cos_sqrt((p**2 + t**2)/4)",
            instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let q = UnitQuaternion::from_scaled_axis(vector(p, t));
                q.j + q.w
            };
        "`Quaternion::exp`, along" at ZERO,
            "sin(p + t) + cos(p + t)", instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let q = Quaternion::from_imag(about(p + t)).exp();
                q.k + q.w
            };
        "`Quaternion::exp`, across" at ZERO,
            "t*sinc_sqrt(p**2 + t**2) + cos_sqrt(p**2 + t**2)",
            instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let q = Quaternion::from_imag(vector(p, t)).exp();
                q.j + q.w
            };
        "`Isometry3::new`, `rotation`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| about_z(&Isometry3::rotation(about(p + t)).to_matrix());
        "`Similarity3::new`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| about_z(&Similarity3::new(Vector3::zeros(), about(p + t), N::from(1.0)).to_homogeneous());
        "`Matrix4::new_rotation`, `from_scaled_axis`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| about_z(&Matrix4::new_rotation(about(p + t)));
        "`Matrix4::from_axis_angle`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "`UnitQuaternion::from_axis_angle`",
            |p, t| about_z(&Matrix4::from_axis_angle(&Vector3::z_axis(), p + t));
    }
}

fn to_vectors() -> Vec<Row> {
    rows! { "nalgebra":
        "`UnitQuaternion::scaled_axis`, along" at ZERO,
            "seen(2*atan(p + t))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(by_tangent(about(p + t)).scaled_axis().z);
        "`UnitQuaternion::scaled_axis`, across" at ZERO,
            "seen(2*t*atan_sqrt(p**2 + t**2))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(by_tangent(vector(p, t)).scaled_axis().y);
        "`UnitQuaternion::scaled_axis`, along" at PI,
            "seen(p + t)", instead "",
            |p, t| seen(turn(p + t).scaled_axis().z);
        "`UnitQuaternion::scaled_axis`, across" at PI,
            "seen(p*sin(t))", instead "",
            |p, t| seen(tilt(p, t).scaled_axis().y);
        "`UnitQuaternion::ln`" at ZERO,
            "seen(t*atan_sqrt(p**2 + t**2)*2)", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(by_tangent(vector(p, t)).ln().j);
        "`Quaternion::ln`" at ZERO,
            "seen(t*atan_sqrt(p**2 + t**2))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(by_tangent(vector(p, t)).into_inner().ln().j);
        "`Quaternion::ln`" at PI,
            "seen(p/2*sin(t))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(tilt(p, t).into_inner().ln().j);
        "`UnitQuaternion::angle`" at ZERO,
            "seen(p + t) if p else nan", instead "",
            |p, t| seen(turn(p + t).angle());
        "`Rotation3::angle`" at ZERO,
            "seen(p + t) if p else nan", instead "`UnitQuaternion::angle`",
            |p, t| seen(turn_matrix(p + t).angle());
        "`Rotation3::angle`" at PI,
            "seen(p + t)", instead "`UnitQuaternion::angle`",
            |p, t| seen(turn_matrix(p + t).angle());
        "`Rotation3::axis`" at ZERO,
            "seen(sin(t)) if p else nan", instead "`UnitQuaternion::axis`",
            |p, t| tilt(p, t).to_rotation_matrix().axis().map(|axis| seen(axis.y));
        "`UnitQuaternion::axis`" at ZERO,
            "seen(sin(t)) if p else nan", instead "",
            |p, t| tilt(p, t).axis().map(|axis| seen(axis.y));
        "`Rotation3::scaled_axis`, `axis_angle`, along" at ZERO,
            "seen(p + t)", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(turn_matrix(p + t).scaled_axis().z);
        "`Rotation3::scaled_axis`, across" at ZERO,
            "seen(2*t*atan_sqrt(p**2 + t**2))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(by_tangent(vector(p, t)).to_rotation_matrix().scaled_axis().y);
        "`Rotation3::scaled_axis`, along" at PI,
            "seen(p + t)", instead "`UnitQuaternion::scaled_axis`",
            |p, t| seen(turn_matrix(p + t).scaled_axis().z);
        "`Rotation3::scaled_axis`, across" at PI,
            "seen(p*sin(t))", instead "`UnitQuaternion::scaled_axis`",
            |p, t| seen(tilt(p, t).to_rotation_matrix().scaled_axis().y);
        "`UnitQuaternion::from_rotation_matrix`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| half_about_z(&UnitQuaternion::from_rotation_matrix(&turn_matrix(p + t)));
        "`UnitQuaternion::from_rotation_matrix`" at PI,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| half_about_z(&UnitQuaternion::from_rotation_matrix(&turn_matrix(p + t)));
        "`Rotation3::euler_angles`, `UnitQuaternion::euler_angles`, pitch" at HALF_PI,
            "seen(p + t)", instead "`atan2(−r₂₀, hypot(r₀₀, r₁₀))`",
            |p, t| seen(Rotation3::from_euler_angles(N::from(0.0), p + t, N::from(0.0)).euler_angles().1);
        "`Rotation3::euler_angles`, yaw" at HALF_PI,
            "seen(t)", instead "",
            |p, t| seen(Rotation3::from_euler_angles(N::from(0.0), p, t).euler_angles().2);
        "`Rotation3::euler_angles_ordered`, the third" at HALF_PI,
            "seen(t)", instead "",
            |p, t| {
                let m = Rotation3::from_euler_angles(N::from(0.0), p, t);
                seen(m.euler_angles_ordered([Vector3::x_axis(), Vector3::y_axis(), Vector3::z_axis()], true).0[2])
            };
        "`Quaternion::polar_decomposition`, angle times axis" at ZERO,
            "seen(t*atan_sqrt(p**2 + t**2))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let (_, half, axis) = by_tangent(vector(p, t)).into_inner().polar_decomposition();
                seen(axis.map_or(half, |axis| axis.y * half))
            };
        "`Rotation2::angle`, `UnitComplex::angle`, `scaled_axis`" at ZERO,
            "seen(p + t)", instead "",
            |p, t| seen(UnitComplex::new(p + t).angle());
        "`Vector::angle`" at ZERO,
            "seen(p + t) if p else nan", instead "`atan2(\\|a × b\\|, a·b)`",
            |p, t| seen(in_plane(p + t).xy().angle(&Vector2::x()));
    }
}

fn between() -> Vec<Row> {
    rows! { "nalgebra":
        "`Rotation3::rotation_between`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "[`rotation_between`](#in-place-of-these)",
            |p, t| {
                Rotation3::rotation_between(&Vector3::x(), &in_plane(p + t)).map(|r| about_z(&r.into_inner()))
            };
        "`UnitQuaternion::rotation_between`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "[`rotation_between`](#in-place-of-these)",
            |p, t| {
                UnitQuaternion::rotation_between(&Vector3::x(), &in_plane(p + t)).map(|q| half_about_z(&q))
            };
        "`UnitQuaternion::rotation_between`" at PI,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                UnitQuaternion::rotation_between(&Vector3::x(), &in_plane(p + t)).map(|q| half_about_z(&q))
            };
        "`Rotation2::rotation_between`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "",
            |p, t| {
                about_z(&Rotation2::rotation_between(&Vector2::x(), &in_plane(p + t).xy()).into_inner())
            };
        "`UnitQuaternion::slerp`" at ZERO,
            "sin((p + t)/8) + cos((p + t)/8)", instead "[`slerp`](#in-place-of-these)",
            |p, t| half_about_z(&UnitQuaternion::identity().slerp(&turn(p + t), N::from(0.25)));
        "`UnitQuaternion::nlerp`" at ZERO,
            "sin(atan(sin(p + t)/(3 + cos(p + t)))) + cos(atan(sin(p + t)/(3 + cos(p + t))))", instead "",
            |p, t| half_about_z(&UnitQuaternion::identity().nlerp(&turn((p + t) * 2.0), N::from(0.25)));
        "`Rotation3::slerp`, `Isometry3::lerp_slerp`" at ZERO,
            "sin((p + t)/4) + cos((p + t)/4)", instead "[`slerp`](#in-place-of-these)",
            |p, t| about_z(&Rotation3::identity().slerp(&turn_matrix(p + t), N::from(0.25)).into_inner());
        "`Vector::slerp`, `Unit::slerp`" at ZERO,
            "sin((p + t)/4) + cos((p + t)/4)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let v = Vector2::x().slerp(&in_plane(p + t).xy(), N::from(0.25));
                v.x + v.y
            };
        "`UnitDualQuaternion::sclerp`" at ZERO,
            "sin((p + t)/8) + cos((p + t)/8)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let to = UnitDualQuaternion::from_parts(Translation3::identity(), turn(p + t));
                half_about_z(&UnitDualQuaternion::identity().sclerp(&to, N::from(0.25)).rotation())
            };
        "`UnitComplex::slerp`, `powf`" at ZERO,
            "sin((p + t)/4) + cos((p + t)/4)", instead "",
            |p, t| {
                let z = UnitComplex::identity().slerp(&UnitComplex::new(p + t), N::from(0.25));
                z.re + z.im
            };
        "`UnitQuaternion::powf`" at ZERO,
            "sin((p + t)/4) + cos((p + t)/4)", instead "[`slerp`](#in-place-of-these)",
            |p, t| half_about_z(&turn(p + t).powf(N::from(0.5)));
        "`Rotation3::powf`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "[`slerp`](#in-place-of-these)",
            |p, t| about_z(&turn_matrix(p + t).powf(N::from(0.5)).into_inner());
        "`Rotation3::powf`" at PI,
            "sin((p + t)/2) + cos((p + t)/2)", instead "`UnitQuaternion::powf`",
            |p, t| about_z(&turn_matrix(p + t).powf(N::from(0.5)).into_inner());
        "`Quaternion::powf`, `sqrt`" at ZERO,
            "sin((p + t)/4) + cos((p + t)/4)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let q = turn(p + t).into_inner().sqrt();
                q.k + q.w
            };
        "`Quaternion::cos` and its like" at ZERO,
            "seen(t*sinc_sqrt(-(p**2 + t**2)))", instead "`cos_sqrt` and `sinc_sqrt` of −θ²",
            |p, t| seen(-Quaternion::from_parts(N::from(0.5), vector(p, t)).cos().j / N::from(0.5).sin());
        "`Rotation2::from_matrix`, `UnitComplex::from_matrix`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "`atan2` of the entries",
            |p, t| {
                let m = turn_matrix(p + t).matrix().fixed_view::<2, 2>(0, 0).into_owned();
                about_z(&Rotation2::from_matrix(&m).into_inner())
            };
        "`Rotation3::from_matrix`, `UnitQuaternion::from_matrix`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "",
            |p, t| about_z(&Rotation3::from_matrix(turn_matrix(p + t).matrix()).into_inner());
        "`Unit::renormalize_fast`" at ONE,
            "seen(1/sqrt(1 + t**2 + (p + t - 1)))", instead "`renormalize`",
            |p, t| {
                let mut u = Unit::new_unchecked(Vector2::new((p + t).sqrt(), t));
                u.renormalize_fast();
                seen(u.x / (p + t).sqrt())
            };
    }
}

fn of_glm() -> Vec<Row> {
    rows! { "nalgebra-glm":
        "`rotation`, `rotate`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "`quat_angle_axis`",
            |p, t| about_z(&glm::rotation(p + t, &Vector3::z()));
        "`quat_angle_axis`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = glm::quat_angle_axis(p + t, &Vector3::z());
                q.k + q.w
            };
        "`quat_exp`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let q = glm::quat_exp(&Quaternion::from_imag(about(p + t)));
                q.k + q.w
            };
        "`quat_log`" at ZERO,
            "seen(t*atan_sqrt(p**2 + t**2))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(glm::quat_log(&by_tangent(vector(p, t)).into_inner()).j);
        "`quat_pow`" at ZERO,
            "sin((p + t)/4) + cos((p + t)/4)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let q = glm::quat_pow(&turn(p + t).into_inner(), N::from(0.5));
                q.k + q.w
            };
        "`quat_rotation`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "[`rotation_between`](#in-place-of-these)",
            |p, t| {
                let q = glm::quat_rotation(&Vector3::x(), &in_plane(p + t));
                q.k + q.w
            };
        "`quat_slerp`, `quat_short_mix`, `slerp`" at ZERO,
            "sin((p + t)/8) + cos((p + t)/8)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let q = glm::quat_slerp(&Quaternion::identity(), &turn(p + t).into_inner(), N::from(0.25));
                q.k + q.w
            };
    }
}
