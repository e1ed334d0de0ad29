//! The functions that the page has in place of those that lose derivatives: `instead.rs`.

use num_traits::Float;

use crate::instead;
use crate::quaternions::{by_tangent, in_plane, tilt};
use crate::row::{Row, rows, seen};

pub fn rows() -> Vec<Row> {
    fn unit<T: Float>([w, x, y]: [T; 3]) -> [T; 4] {
        [w, x, y, T::zero()]
    }
    rows! { "this page":
        "`from_rotation_vector`, along" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = instead::from_rotation_vector([p + t, N::from(0.0), N::from(0.0)]);
                q[0] + q[1]
            };
        "`from_rotation_vector`, across" at ZERO,
            "t/2*sinc_sqrt((p**2 + t**2)/4) + cos_sqrt((p**2 + t**2)/4)", instead "",
            |p, t| {
                let q = instead::from_rotation_vector([p, t, N::from(0.0)]);
                q[0] + q[2]
            };
        "`to_rotation_vector`, along" at ZERO,
            "seen(2*atan(p + t))", instead "",
            |p, t| seen(instead::to_rotation_vector(unit(by_tangent(p + t, N::from(0.0))))[0]);
        "`to_rotation_vector`, across" at ZERO,
            "seen(2*t*atan_sqrt(p**2 + t**2))", instead "",
            |p, t| seen(instead::to_rotation_vector(unit(by_tangent(p, t)))[1]);
        "`to_rotation_vector`, along" at PI,
            "seen(p + t)", instead "",
            |p, t| seen(instead::to_rotation_vector(unit(tilt(p + t, N::from(0.0))))[0]);
        "`to_rotation_vector`, across" at PI,
            "seen(p*sin(t))", instead "",
            |p, t| seen(instead::to_rotation_vector(unit(tilt(p, t)))[1]);
        "`rotation_between`" at ZERO,
            "sin((p + t)/2) + cos((p + t)/2)", instead "",
            |p, t| {
                let q = instead::rotation_between(in_plane(N::from(0.0)), in_plane(p + t));
                q[0] + q[3]
            };
        "`slerp`" at ZERO,
            "sin((p + t)/8) + cos((p + t)/8)", instead "",
            |p, t| {
                let identity = unit([1.0, 0.0, 0.0].map(N::from));
                let q = instead::slerp(identity, unit(tilt(p + t, N::from(0.0))), N::from(0.25));
                q[0] + q[1]
            };
        "`atan2(−r₂₀, hypot(r₀₀, r₁₀))`, pitch of a matrix" at HALF_PI,
            "seen(p + t)", instead "",
            |p, t| seen((p + t).sin().atan2((p + t).cos().hypot(N::from(0.0))));
    }
}
