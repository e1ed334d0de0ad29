//! Ceres's benchmarks of its automatic differentiation: a regression, a relative pose, and a reflectance.

use super::shading::Reflectance;
use super::vec3::{Vec3, add, at, cross, dot, scale, sub};
use super::{VectorFunction, in_cpp, small_jacobian};
use crate::data::ceres;
use crate::measured::Goal;
use crate::number::Number;
use crate::runner::Workload;

pub(super) fn workloads() -> Vec<Workload> {
    let (rat43, rat43_answer) = ceres::<4, 1>("Rat43");
    let (pose, pose_answer) = ceres::<14, 6>("RelativePose");
    let (shade, shade_answer) = ceres::<28, 3>("DisneyBRDF");
    let (rat43, pose, shade) = ([(Rat43, rat43)], [(RelativePose, pose)], [(Reflectance, shade)]);
    vec![
        in_cpp("rat43", small_jacobian::<4, 5, 1, _>("Ceres's Rat43, Jacobian 1 × 4", &rat43), &rat43)
            .reference(&rat43_answer),
        in_cpp(
            "relative pose",
            small_jacobian::<14, 15, 6, _>("Ceres's relative pose, Jacobian 6 × 14", &pose),
            &pose,
        )
        .reference(&pose_answer),
        in_cpp(
            "reflectance",
            small_jacobian::<28, 29, 3, _>("Ceres's reflectance, Jacobian 3 × 28", &shade),
            &shade,
        )
        .reference(&shade_answer)
        .goal(Goal::OverPeers(1.5)),
    ]
}

/// b₁·(1 + exp(b₂ − b₃·x))^(−1/b₄) − y at one point.
#[derive(Clone)]
struct Rat43;

impl VectorFunction<4, 1> for Rat43 {
    #[inline(always)]
    fn eval<T: Number>(&self, b: &[T]) -> [T; 1] {
        [b[0] * ((b[1] - b[2] * 0.2).exp() + 1.0).pow(-b[3].recip()) - 0.3]
    }

    #[inline(always)]
    fn by_hand(&self, b: &[f64; 4]) -> ([f64; 1], [[f64; 4]; 1]) {
        let over = b[3].recip();
        let exp = (b[1] - b[2] * 0.2).exp();
        let log = (1.0 + exp).ln();
        let power = (-log * over).exp();
        let model = b[0] * power;
        let by_exponent = -model * over * exp / (1.0 + exp);
        ([model - 0.3], [[power, by_exponent, -0.2 * by_exponent, model * log * over * over]])
    }
}

/// A quaternion: vector part, then scalar.
type Quaternion<T> = (Vec3<T>, T);

const MEASURED_TURN: Quaternion<f64> =
    ([0.365_148_371_670_110_7, 0.547_722_557_505_166_1, 0.730_296_743_340_221_4], 0.182_574_185_835_055_36);
const MEASURED_SHIFT: Vec3<f64> = [1.0, 2.0, 3.0];

#[inline(always)]
fn conjugate<T: Number>((v, w): Quaternion<T>) -> Quaternion<T> {
    (v.map(|x| -x), w)
}

#[inline(always)]
fn product<T: Number>((u, s): Quaternion<T>, (v, w): Quaternion<T>) -> Quaternion<T> {
    (add(add(scale(s, v), scale(w, u)), cross(u, v)), s * w - dot(u, v))
}

/// `x` turned, as if the quaternion had length one: x + 2w(u × x) + 2u × (u × x).
#[inline(always)]
fn turn<T: Number>((u, w): Quaternion<T>, x: Vec3<T>) -> Vec3<T> {
    let twice = cross(u, x).map(|x| x * 2.0);
    add(add(x, scale(w, twice)), cross(u, twice))
}

/// How far two poses, each quaternion and translation, are from a measured relative pose.
#[derive(Clone)]
struct RelativePose;

impl VectorFunction<14, 6> for RelativePose {
    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T]) -> [T; 6] {
        let measured = (MEASURED_TURN.0.map(T::lit), T::lit(MEASURED_TURN.1));
        let (q_i, q_j) = ((at(x, 0), x[3]), (at(x, 7), x[10]));
        let back = conjugate(q_j);
        let (v, w) = product(measured, product(back, q_i));
        let sin = dot(v, v).sqrt();
        let half = if w.value() < 0.0 { (-sin).atan2(-w) } else { sin.atan2(w) };
        let [a, b, c] = scale(half / sin * 2.0, v);
        let [d, e, f] = turn(measured, turn(back, sub(at(x, 4), at(x, 11))));
        let [t_1, t_2, t_3] = MEASURED_SHIFT;
        [a, b, c, d + t_1, e + t_2, f + t_3]
    }

    #[inline(always)]
    fn by_hand(&self, x: &[f64; 14]) -> ([f64; 6], [[f64; 14]; 6]) {
        let mut jacobian = [[0.0; 14]; 6];
        let (q_i, q_j) = ((at(x, 0), x[3]), (at(x, 7), x[10]));
        let back = conjugate(q_j);
        let before = product(MEASURED_TURN, back);
        let (v, w) = product(before, q_i);

        // The axis times the angle is k·v with k = 2·atan2(|v|, w)/|v|.
        let square = dot(v, v);
        let sin = square.sqrt();
        let half = if w < 0.0 { (-sin).atan2(-w) } else { sin.atan2(w) };
        let (k, over) = (2.0 * half / sin, 2.0 / (square + w * w));
        let along = (over * w - k) / square;
        // The columns by a quaternion's components, from what each does to v and w.
        let mut put = |column: usize, (dv, dw): Quaternion<f64>| {
            let dk = along * dot(v, dv) - over * dw;
            for i in 0..3 {
                jacobian[i][column] = k * dv[i] + dk * v[i];
            }
        };
        let axes = [([1.0, 0.0, 0.0], 0.0), ([0.0, 1.0, 0.0], 0.0), ([0.0, 0.0, 1.0], 0.0), ([0.0; 3], 1.0)];
        for (column, axis) in axes.into_iter().enumerate() {
            put(column, product(before, axis));
            put(7 + column, product(product(MEASURED_TURN, conjugate(axis)), q_i));
        }

        let apart = sub(at(x, 4), at(x, 11));
        let mut put = |column: usize, d: Vec3<f64>| {
            let d = turn(MEASURED_TURN, d);
            for i in 0..3 {
                jacobian[3 + i][column] = d[i];
            }
        };
        let (u, w) = back;
        let turned = cross(u, apart);
        for (column, (axis, _)) in axes.into_iter().take(3).enumerate() {
            let d = turn(back, axis);
            put(4 + column, d);
            put(11 + column, d.map(|d| -d));
            // d(2w(u × a) + 2u × (u × a)) for du = −axis.
            let half = add(
                cross(axis, apart).map(|x| x * w),
                add(cross(axis, turned), cross(u, cross(axis, apart))),
            );
            put(7 + column, half.map(|x| -2.0 * x));
        }
        put(10, turned.map(|x| 2.0 * x));

        let [a, b, c] = scale(k, v);
        let [d, e, f] = add(turn(MEASURED_TURN, turn(back, apart)), MEASURED_SHIFT);
        ([a, b, c, d, e, f], jacobian)
    }
}
