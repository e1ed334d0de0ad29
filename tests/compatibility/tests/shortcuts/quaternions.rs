//! Rotations of `cgmath` 0.18, `euclid` 0.22, `num-quaternion` 1, `quaternion-core` 0.6 and `vek` 0.17.

use cgmath::{InnerSpace, Rotation as _, Rotation3 as _};
use num_traits::Float;
use quaternion_core as core;

use crate::row::{Row, Single, rows, seen};

pub fn in_plane<T: Float>(angle: T) -> [T; 3] {
    [angle.cos(), angle.sin(), T::zero()]
}

/// The rotation by an angle about the third axis: scalar part and third component, without a shortcut.
fn turn<T: Float>(angle: T) -> [T; 2] {
    let half = angle / (T::one() + T::one());
    [half.cos(), half.sin()]
}

/// The rotation by 2·atan |(x, y)| about (x, y, 0), without a shortcut.
pub fn by_tangent<T: Float>(x: T, y: T) -> [T; 3] {
    let scale = (x * x + y * y + T::one()).sqrt().recip();
    [scale, x * scale, y * scale]
}

/// The rotation by an angle about the axis in the plane at an azimuth, without a shortcut.
pub fn tilt<T: Float>(angle: T, azimuth: T) -> [T; 3] {
    let [cos, sin] = turn(angle);
    [cos, sin * azimuth.cos(), sin * azimuth.sin()]
}

pub fn rows() -> Vec<Row> {
    let num_quaternion = [of_num_quaternion(), of_num_quaternion_single()].concat();
    [of_cgmath(), of_euclid(), num_quaternion, of_quaternion_core(), of_vek()].concat()
}

fn of_cgmath() -> Vec<Row> {
    fn about_z<T: cgmath::BaseFloat>(angle: T) -> cgmath::Quaternion<T> {
        let [cos, sin] = turn(angle);
        cgmath::Quaternion::new(cos, T::zero(), T::zero(), sin)
    }
    rows! { "cgmath":
        "`Quaternion::from_axis_angle`, `from_angle_z`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = cgmath::Quaternion::from_axis_angle(cgmath::Vector3::unit_z(), cgmath::Rad(p + t));
                q.s + q.v.z
            };
        "`Matrix3::from_axis_angle`, `from_angle_z`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "",
            |p, t| {
                let m = cgmath::Matrix3::from_axis_angle(cgmath::Vector3::unit_z(), cgmath::Rad(p + t));
                m.x.x + m.x.y
            };
        "`Quaternion::between_vectors`, `Basis3::between_vectors`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "[`rotation_between`](#in-place-of-these)",
            |p, t| {
                let q = cgmath::Quaternion::between_vectors(cgmath::Vector3::unit_x(), in_plane(p + t).into());
                q.s + q.v.z
            };
        "`Quaternion::between_vectors`" at PI,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = cgmath::Quaternion::between_vectors(cgmath::Vector3::unit_x(), in_plane(p + t).into());
                q.s + q.v.z
            };
        "`Quaternion::from_arc`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "[`rotation_between`](#in-place-of-these)",
            |p, t| {
                let q = cgmath::Quaternion::from_arc(cgmath::Vector3::unit_x(), in_plane(p + t).into(), None);
                q.s + q.v.z
            };
        "`Quaternion::slerp`" at ZERO,
            "sin((p + t)/8) + cos((p + t)/8)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let q = about_z(N::from(0.0)).slerp(about_z(p + t), N::from(0.25));
                q.s + q.v.z
            };
        "`Quaternion::nlerp`" at ZERO,
            "sin(atan(sin(p + t)/(3 + cos(p + t)))) + cos(atan(sin(p + t)/(3 + cos(p + t))))", instead "",
            |p, t| {
                let q = about_z(N::from(0.0)).nlerp(about_z((p + t) * 2.0), N::from(0.25));
                q.s + q.v.z
            };
        "`Euler::from(Quaternion)`, pitch" at HALF_PI,
            "seen(p + t)", instead "`atan2(−r₂₀, hypot(r₀₀, r₁₀))`",
            |p, t| {
                let [cos, sin] = turn(p + t);
                seen(cgmath::Euler::from(cgmath::Quaternion::new(cos, N::from(0.0), sin, N::from(0.0))).y.0)
            };
        "`InnerSpace::angle`" at ZERO,
            "seen(p + t) if p else nan", instead "",
            |p, t| seen(cgmath::Vector3::unit_x().angle(in_plane(p + t).into()).0);
    }
}

fn of_euclid() -> Vec<Row> {
    use euclid::Angle;
    use euclid::default::{Rotation3D, Vector3D};

    rows! { "euclid":
        "`Rotation3D::around_axis`, `around_z`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let axis = Vector3D::new(N::from(0.0), N::from(0.0), N::from(1.0));
                let q = Rotation3D::around_axis(axis, Angle::radians(p + t));
                q.k + q.r
            };
        "`Rotation3D::slerp`" at ZERO,
            "sin((p + t)/8) + cos((p + t)/8)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let [cos, sin] = turn(p + t);
                let to = Rotation3D::quaternion(N::from(0.0), N::from(0.0), sin, cos);
                let q = Rotation3D::identity().slerp(&to, N::from(0.25));
                q.k + q.r
            };
    }
}

fn of_num_quaternion() -> Vec<Row> {
    use num_quaternion::{Quaternion, UnitQuaternion};

    fn unit<T: Float>([w, x, y]: [T; 3]) -> UnitQuaternion<T> {
        Quaternion::new(w, x, y, T::zero()).normalize().unwrap()
    }
    rows! { "num-quaternion":
        "`UnitQuaternion::from_rotation_vector`, along" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let q = UnitQuaternion::from_rotation_vector(&[p + t, N::from(0.0), N::from(0.0)]).into_inner();
                q.x + q.w
            };
        "`UnitQuaternion::from_rotation_vector`, across" at ZERO,
            "t/2*sinc_sqrt((p**2 + t**2)/4) + cos_sqrt((p**2 + t**2)/4)",
            instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let q = UnitQuaternion::from_rotation_vector(&[p, t, N::from(0.0)]).into_inner();
                q.y + q.w
            };
        "`Quaternion::exp`" at ZERO,
            "t*sinc_sqrt(p**2 + t**2) + cos_sqrt(p**2 + t**2)",
            instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let q = Quaternion::new(N::from(0.0), p, t, N::from(0.0)).exp();
                q.y + q.w
            };
        "`UnitQuaternion::to_rotation_vector`, along" at ZERO,
            "seen(2*atan(p + t))", instead "",
            |p, t| seen(unit(by_tangent(p + t, N::from(0.0))).to_rotation_vector()[0]);
        "`UnitQuaternion::to_rotation_vector`, across" at ZERO,
            "seen(2*t*atan_sqrt(p**2 + t**2))", instead "",
            |p, t| seen(unit(by_tangent(p, t)).to_rotation_vector()[1]);
        "`UnitQuaternion::to_rotation_vector`, across" at PI,
            "seen(p*sin(t))", instead "",
            |p, t| seen(unit(tilt(p, t)).to_rotation_vector()[1]);
        "`Quaternion::ln`" at ZERO,
            "seen(t*atan_sqrt(p**2 + t**2))", instead "",
            |p, t| {
                let [w, x, y] = by_tangent(p, t);
                seen(Quaternion::new(w, x, y, N::from(0.0)).ln().y)
            };
        "`UnitQuaternion::from_two_vectors`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = UnitQuaternion::from_two_vectors(&in_plane(N::from(0.0)), &in_plane(p + t)).into_inner();
                q.z + q.w
            };
        "`UnitQuaternion::from_two_vectors`" at PI,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = UnitQuaternion::from_two_vectors(&in_plane(N::from(0.0)), &in_plane(p + t)).into_inner();
                q.z + q.w
            };
        "`UnitQuaternion::slerp`" at ZERO,
            "sin((p + t)/8) + cos((p + t)/8)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let q = UnitQuaternion::ONE.slerp(&unit(tilt(p + t, N::from(0.0))), N::from(0.25)).into_inner();
                q.x + q.w
            };
        "`UnitQuaternion::sqrt`" at ZERO,
            "sin((p + t)/4) + cos((p + t)/4)", instead "",
            |p, t| {
                let q = unit(tilt(p + t, N::from(0.0))).sqrt().into_inner();
                q.x + q.w
            };
        "`Quaternion::powf`" at ZERO,
            "sin((p + t)/4) + cos((p + t)/4)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let [w, x, y] = tilt(p + t, N::from(0.0));
                let q = Quaternion::new(w, x, y, N::from(0.0)).powf(N::from(0.5));
                q.x + q.w
            };
        "`UnitQuaternion::to_euler_angles`, pitch" at HALF_PI,
            "seen(p + t)", instead "`atan2(−r₂₀, hypot(r₀₀, r₁₀))`",
            |p, t| {
                seen(UnitQuaternion::from_euler_angles(N::from(0.0), p + t, N::from(0.0)).to_euler_angles().pitch)
            };
    }
}

/// Over `f32`, where `num-quaternion` evaluates polynomials in `f32` itself.
fn of_num_quaternion_single() -> Vec<Row> {
    use num_quaternion::{Quaternion, UnitQuaternion};

    let rows = rows! { "num-quaternion":
        "`UnitQuaternion::from_rotation_vector` over `f32`, anywhere up to π" at ONE,
            "sin((p + t)/2) + cos((p + t)/2)", instead "`from_rotation_vector_generic`",
            |p, t| {
                let v = [p + t, N::from(0.0), N::from(0.0)].map(Single::single);
                let q = UnitQuaternion::from_rotation_vector(&v).into_inner();
                N::double(q.x + q.w)
            };
        "`UnitQuaternion::from_rotation_vector_generic` over `f32`" at ONE,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let v = [p + t, N::from(0.0), N::from(0.0)].map(Single::single);
                let q = UnitQuaternion::from_rotation_vector_generic(&v, v[0] * v[0]).into_inner();
                N::double(q.x + q.w)
            };
        "`UnitQuaternion::to_rotation_vector` over `f32`, anywhere" at ONE,
            "seen(2*atan(p + t))", instead "`to_rotation_vector_impl_generic`",
            |p, t| {
                let [w, x, y] = by_tangent(p + t, N::from(0.0)).map(Single::single);
                let q = Quaternion::new(w, x, y, N::from(0.0).single()).normalize().unwrap();
                seen(N::double(q.to_rotation_vector()[0]))
            };
        "`UnitQuaternion::to_rotation_vector_impl_generic` over `f32`" at ONE,
            "seen(2*atan(p + t))", instead "",
            |p, t| {
                let [w, x, y] = by_tangent(p + t, N::from(0.0)).map(Single::single);
                let q = Quaternion::new(w, x, y, N::from(0.0).single()).normalize().unwrap();
                seen(N::double(q.to_rotation_vector_impl_generic()[0]))
            };
    };
    rows.into_iter().map(|row| Row { tolerance: 1e-4, ..row }).collect()
}

fn of_quaternion_core() -> Vec<Row> {
    use core::RotationSequence::XYZ;
    use core::RotationType::Intrinsic;

    fn unit<T: Float>([w, x, y]: [T; 3]) -> core::Quaternion<T> {
        (w, [x, y, T::zero()])
    }
    rows! { "quaternion-core":
        "`from_axis_angle`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = core::from_axis_angle([N::from(0.0), N::from(0.0), N::from(1.0)], p + t);
                q.0 + q.1[2]
            };
        "`from_rotation_vector`, along" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let q = core::from_rotation_vector([p + t, N::from(0.0), N::from(0.0)]);
                q.0 + q.1[0]
            };
        "`from_rotation_vector`, across" at ZERO,
            "t/2*sinc_sqrt((p**2 + t**2)/4) + cos_sqrt((p**2 + t**2)/4)",
            instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let q = core::from_rotation_vector([p, t, N::from(0.0)]);
                q.0 + q.1[1]
            };
        "`exp`" at ZERO,
            "t*sinc_sqrt(p**2 + t**2) + cos_sqrt(p**2 + t**2)",
            instead "[`from_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let q = core::exp((N::from(0.0), [p, t, N::from(0.0)]));
                q.0 + q.1[1]
            };
        "`to_rotation_vector`, along" at ZERO,
            "seen(2*atan(p + t))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(core::to_rotation_vector(unit(by_tangent(p + t, N::from(0.0))))[0]);
        "`to_rotation_vector`, across" at ZERO,
            "seen(2*t*atan_sqrt(p**2 + t**2))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(core::to_rotation_vector(unit(by_tangent(p, t)))[1]);
        "`to_rotation_vector`, along" at PI,
            "seen(p + t)", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(core::to_rotation_vector(unit(tilt(p + t, N::from(0.0))))[0]);
        "`to_rotation_vector`, across" at PI,
            "seen(p*sin(t))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(core::to_rotation_vector(unit(tilt(p, t)))[1]);
        "`to_axis_angle`, axis times angle, along" at ZERO,
            "seen(p + t)", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let (axis, angle) = core::to_axis_angle(unit(tilt(p + t, N::from(0.0))));
                seen(axis[0] * angle)
            };
        "`to_axis_angle`, axis times angle, along" at PI,
            "seen(p + t)", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let (axis, angle) = core::to_axis_angle(unit(tilt(p + t, N::from(0.0))));
                seen(axis[0] * angle)
            };
        "`ln`, `ln_versor`" at ZERO,
            "seen(t*atan_sqrt(p**2 + t**2))", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| seen(core::ln(unit(by_tangent(p, t))).1[1]);
        "`pow`, `sqrt_versor`" at ZERO,
            "sin((p + t)/4) + cos((p + t)/4)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let q = core::pow_versor(unit(tilt(p + t, N::from(0.0))), N::from(0.5));
                q.0 + q.1[0]
            };
        "`slerp`" at ZERO,
            "sin((p + t)/8) + cos((p + t)/8)", instead "[`slerp`](#in-place-of-these)",
            |p, t| {
                let q = core::slerp(core::identity(), unit(tilt(p + t, N::from(0.0))), N::from(0.25));
                q.0 + q.1[0]
            };
        "`rotate_a_to_b_shortest`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| core::rotate_a_to_b_shortest(in_plane(N::from(0.0)), in_plane(p + t)).map(|q| q.0 + q.1[2]);
        "`to_euler_angles`, pitch" at HALF_PI,
            "seen(p + t)", instead "`atan2(−r₂₀, hypot(r₀₀, r₁₀))`",
            |p, t| {
                let q = core::from_euler_angles(Intrinsic, XYZ, [N::from(0.0), p + t, N::from(0.0)]);
                seen(core::to_euler_angles(Intrinsic, XYZ, q)[1])
            };
    }
}

fn of_vek() -> Vec<Row> {
    use vek::{Mat4, Quaternion, Vec3};

    fn about_z<T: Float>(angle: T) -> Quaternion<T> {
        let [w, z] = turn(angle);
        Quaternion { x: T::zero(), y: T::zero(), z, w }
    }
    rows! { "vek":
        "`Quaternion::rotation_3d`, `rotation_z`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = Quaternion::rotation_3d(p + t, Vec3::<N>::unit_z());
                q.z + q.w
            };
        "`Mat4::rotation_3d`" at ZERO,
            "sin(p + t) + cos(p + t)", instead "",
            |p, t| {
                let v = Mat4::rotation_3d(p + t, Vec3::<N>::unit_z()).mul_direction(Vec3::unit_x());
                v.x + v.y
            };
        "`Quaternion::rotation_from_to_3d`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = Quaternion::<N>::rotation_from_to_3d(in_plane(N::from(0.0)), in_plane(p + t));
                q.z + q.w
            };
        "`Quaternion::rotation_from_to_3d`" at PI,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = Quaternion::<N>::rotation_from_to_3d(in_plane(N::from(0.0)), in_plane(p + t));
                q.z + q.w
            };
        "`Quaternion::into_angle_axis`, angle times axis" at ZERO,
            "seen(p + t)", instead "[`to_rotation_vector`](#in-place-of-these)",
            |p, t| {
                let (angle, axis) = about_z(p + t).into_angle_axis();
                seen(angle * axis.z)
            };
    }
}
