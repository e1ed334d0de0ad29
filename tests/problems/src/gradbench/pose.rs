//! The smaller of Ceres's autodiff benchmarks, and the relative pose.

use tangents::{Real, value_and_jacobian};

use super::vec3::{Vec3, add, at, cross, dot, norm, scale, sub};
use crate::reference::{Deviations, array, c, entry, json, matrix, n, vector};

fn rat43<T: Real>(b: &[T]) -> [T; 1] {
    [b[0] * (T::one() + (b[1] - b[2] * c(0.2)).exp()).powf(-b[3].recip()) - c(0.3)]
}

fn linear<T: Real>(x: &[T]) -> [T; 10] {
    std::array::from_fn(|i| x[i] + n(i))
}

/// A quaternion: vector part, then scalar.
#[derive(Clone, Copy)]
struct Quaternion<T>(Vec3<T>, T);

impl<T: Real> Quaternion<T> {
    fn conjugate(self) -> Self {
        Self(self.0.map(|x| -x), self.1)
    }

    fn times(self, Self(v, w): Self) -> Self {
        let vector = add(add(scale(self.1, v), scale(w, self.0)), cross(self.0, v));
        Self(vector, self.1 * w - dot(self.0, v))
    }

    /// `x` turned, as if the quaternion had length one: v + 2w(u × v) + 2u × (u × v).
    fn rotate(self, x: Vec3<T>) -> Vec3<T> {
        let twice = scale(c(2.0), cross(self.0, x));
        add(add(x, scale(self.1, twice)), cross(self.0, twice))
    }

    /// The axis times the angle in (−π, π].
    fn angle_axis(self) -> Vec3<T> {
        let sin = norm(self.0);
        let half = if self.1 < T::zero() { (-sin).atan2(-self.1) } else { sin.atan2(self.1) };
        scale(c::<T>(2.0) * half / sin, self.0)
    }
}

/// How far two poses, each quaternion and translation, are from a measured relative pose.
fn relative_pose<T: Real>(x: &[T], measured_wxyz: [f64; 4], measured_translation: [f64; 3]) -> [T; 6] {
    let [w, measured @ ..] = measured_wxyz.map(c::<T>);
    let measured = Quaternion(measured, w);
    let (q_i, q_j) = (Quaternion(at(x, 0), x[3]), Quaternion(at(x, 7), x[10]));
    let q = q_j.conjugate().times(q_i);
    let t = q_j.conjugate().rotate(sub(at(x, 4), at(x, 11)));
    let turn = measured.times(q).angle_axis();
    let shift = add(measured.rotate(t), measured_translation.map(c));
    [turn[0], turn[1], turn[2], shift[0], shift[1], shift[2]]
}

#[test]
fn residuals_and_jacobians_are_those_of_the_references() {
    let file = json("gradbench/ceres.json");
    let pose = entry(&file["problems"], "name", "RelativePose");
    let (q, t) = (array(&pose["q_m_wxyz"]), array(&pose["t_m"]));
    let mut deviations = Deviations::default();
    macro_rules! compare {
        ($($name:literal $n:literal $f:expr;)*) => {$(
            let point = &entry(&file["problems"], "name", $name)["points"][0];
            let (f, j) = value_and_jacobian($f, &array::<$n>(&point["x"]));
            deviations.row($name, &f, &vector(&point["f"]));
            deviations.rows($name, &j, &matrix(&point["J"]));
        )*};
    }
    compare! {
        "Rat43" 4 rat43;
        "Linear10" 10 linear;
        "RelativePose" 14 |x| relative_pose(x, q, t);
    }
    deviations.none();
}
