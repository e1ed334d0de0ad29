//! Bundle adjustment: blocks of the Jacobian of reprojection errors.

use super::vec3::{Turned, Vec3, add, at, rotate, sub, times};
use super::{VectorFunction, in_cpp, small_jacobian};
use crate::data::{array, ceres, json, list, matrix, text};
use crate::measured::Goal;
use crate::number::Number;
use crate::runner::Workload;

pub(super) fn workloads() -> Vec<Workload> {
    let ba = json("gradbench/ba.json");
    // The first eight points are enough; a power of two.
    let problems = &list(&ba["problems"])[..8];
    let weighted: Vec<_> = problems
        .iter()
        .map(|problem| (Weighted { feature: array(&problem["feat"]) }, array(&problem["x"])))
        .collect();
    let weighted_answers: Vec<([f64; 3], [[f64; 15]; 3])> =
        problems.iter().map(|problem| (array(&problem["f"]), matrix(&problem["J"]))).collect();
    let (snavely, snavely_answer) = ceres::<12, 2>("SnavelyReprojection");
    let bal = bal_observations();
    let snavely = [(Reprojection { observed: [0.2, 0.3] }, snavely)];
    let all = [
        in_cpp(
            "reprojection",
            small_jacobian::<12, 13, 2, _>("BAL reprojection, Jacobian 2 × 12", &bal),
            &bal,
        ),
        in_cpp(
            "weighted reprojection",
            small_jacobian::<15, 16, 3, _>("ADBench bundle adjustment, Jacobian 3 × 15", &weighted),
            &weighted,
        )
        .reference(&weighted_answers),
        in_cpp(
            "reprojection",
            small_jacobian::<12, 13, 2, _>("Ceres's Snavely reprojection, Jacobian 2 × 12", &snavely),
            &snavely,
        )
        .reference(&snavely_answer),
    ];
    all.map(|workload| {
        workload.goal(Goal::OverRust(1.4)).goal(Goal::OverCeres(1.3)).goal(Goal::WithinHand(1.3))
    })
    .into()
}

/// Sixteen observations of three cameras and seven points.
fn bal_observations() -> Vec<(Reprojection, [f64; 12])> {
    let file = text("gradbench/bal_dubrovnik_3_7.txt");
    let mut words = file.split_whitespace();
    let mut index = || words.next().expect("a count").parse::<usize>().expect("a count");
    let (cameras, _points, observations) = (index(), index(), index());
    let numbers: Vec<f64> = words.map(|word| word.parse().expect("a number")).collect();
    let (seen, parameters) = numbers.split_at(4 * observations);
    let all = seen.chunks_exact(4).map(|seen| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "indices")]
        let (camera, point) = (9 * seen[0] as usize, 9 * cameras + 3 * seen[1] as usize);
        let x = [&parameters[camera..camera + 9], &parameters[point..point + 3]].concat();
        (Reprojection { observed: [seen[2], seen[3]] }, x.try_into().expect("nine and three"))
    });
    all.take(16).collect()
}

/// An image point scaled by focal length and distortion, with the derivatives by focal length and the two distortion
/// coefficients, and by the point in the camera's frame.
#[inline(always)]
fn project(sign: f64, p: Vec3<f64>, focal: f64, k: [f64; 2]) -> ([f64; 2], [Vec3<f64>; 2], [[f64; 3]; 2]) {
    let over = sign / p[2];
    let image = [p[0] * over, p[1] * over];
    let square = image[0] * image[0] + image[1] * image[1];
    let distortion = 1.0 + square * (k[0] + k[1] * square);
    let scale = focal * distortion;
    // The derivative of the distortion by the image point is `slope` times the point.
    let slope = 2.0 * focal * (k[0] + 2.0 * k[1] * square);
    let mixed = slope * image[0] * image[1];
    let by_image =
        [[scale + slope * image[0] * image[0], mixed], [mixed, scale + slope * image[1] * image[1]]];
    let by_p = by_image.map(|[a, b]| [a * over, b * over, -(a * image[0] + b * image[1]) / p[2]]);
    let radial = focal * square;
    let by_camera = image.map(|x| [x * distortion, x * radial, x * radial * square]);
    (image.map(|x| x * scale), by_p, by_camera)
}

/// The error of an observed point: rotation, translation, focal length and distortion of the camera, then the point.
#[derive(Clone)]
struct Reprojection {
    observed: [f64; 2],
}

impl VectorFunction<12, 2> for Reprojection {
    fn data(&self) -> Vec<f64> {
        self.observed.to_vec()
    }

    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T]) -> [T; 2] {
        let p = add(rotate(at(x, 0), at(x, 9)), at(x, 3));
        let image = [-p[0] / p[2], -p[1] / p[2]];
        let square = image[0] * image[0] + image[1] * image[1];
        let scale = x[6] * (square * (x[7] + x[8] * square) + 1.0);
        [image[0] * scale - self.observed[0], image[1] * scale - self.observed[1]]
    }

    #[inline(always)]
    fn by_hand(&self, x: &[f64; 12]) -> ([f64; 2], [[f64; 12]; 2]) {
        let turned = Turned::new(at(x, 0), at(x, 9));
        let (image, by_p, by_camera) = project(-1.0, add(turned.value, at(x, 3)), x[6], [x[7], x[8]]);
        let jacobian = std::array::from_fn(|i| {
            let [a, b, c] = times(by_p[i], &turned.by_r);
            let [d, e, f] = by_p[i];
            let [g, h, j] = by_camera[i];
            let [k, l, m] = times(by_p[i], &turned.by_x);
            [a, b, c, d, e, f, g, h, j, k, l, m]
        });
        ([image[0] - self.observed[0], image[1] - self.observed[1]], jacobian)
    }
}

/// That of `ADBench`: rotation, centre, focal length, principal point and distortion of the camera, the point and a weight.
#[derive(Clone)]
struct Weighted {
    feature: [f64; 2],
}

impl VectorFunction<15, 3> for Weighted {
    fn data(&self) -> Vec<f64> {
        self.feature.to_vec()
    }

    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T]) -> [T; 3] {
        let p = rotate(at(x, 0), sub(at(x, 11), at(x, 3)));
        let (image, weight) = ([p[0] / p[2], p[1] / p[2]], x[14]);
        let square = image[0] * image[0] + image[1] * image[1];
        let scale = x[6] * (square * (x[9] + x[10] * square) + 1.0);
        [
            weight * (image[0] * scale + x[7] - self.feature[0]),
            weight * (image[1] * scale + x[8] - self.feature[1]),
            -(weight * weight) + 1.0,
        ]
    }

    #[inline(always)]
    fn by_hand(&self, x: &[f64; 15]) -> ([f64; 3], [[f64; 15]; 3]) {
        let turned = Turned::new(at(x, 0), sub(at(x, 11), at(x, 3)));
        let (image, by_p, by_camera) = project(1.0, turned.value, x[6], [x[9], x[10]]);
        let w = x[14];
        let error = [image[0] + x[7] - self.feature[0], image[1] + x[8] - self.feature[1]];
        let row = |i: usize| {
            let by_p = by_p[i].map(|d| w * d);
            let [a, b, c] = times(by_p, &turned.by_r);
            let [d, e, f] = times(by_p, &turned.by_x);
            let [g, h, j] = by_camera[i].map(|d| w * d);
            let (u, v) = if i == 0 { (w, 0.0) } else { (0.0, w) };
            [a, b, c, -d, -e, -f, g, u, v, h, j, d, e, f, error[i]]
        };
        let mut last = [0.0; 15];
        last[14] = -2.0 * w;
        ([w * error[0], w * error[1], 1.0 - w * w], [row(0), row(1), last])
    }
}
