//! Bundle adjustment: the residuals of `ADBench`, of the files of "Bundle adjustment in the large", and of Ceres.

use tangents::{Real, jacobian, value_and_jacobian};

use super::vec3::{Vec3, add, at, rotate, sub};
use crate::reference::{
    Deviations, array, c, count, entry, json, largest, list, matrix, string, text, vector,
};

/// 1 + k₁r² + k₂r⁴
fn distortion<T: Real>(k: [T; 2], [x, y]: [T; 2]) -> T {
    let square = x * x + y * y;
    T::one() + k[0] * square + k[1] * square * square
}

/// The reprojection error of a feature and that of its weight; `x` is rotation, centre, focal length, principal point and
/// distortion of the camera, the point and the weight.
fn weighted_reprojection<T: Real>(x: &[T], feature: [f64; 2]) -> [T; 3] {
    let [a, b, depth] = rotate(at(x, 0), sub(at(x, 11), at(x, 3)));
    let (image, weight) = ([a / depth, b / depth], x[14]);
    let scale = x[6] * distortion([x[9], x[10]], image);
    let error = |i: usize| weight * (scale * image[i] + x[7 + i] - c(feature[i]));
    [error(0), error(1), T::one() - weight * weight]
}

/// The reprojection error of an observed point; the camera is rotation, translation, focal length and distortion.
fn reprojection<T: Real>(camera: &[T], point: Vec3<T>, observed: [f64; 2]) -> [T; 2] {
    let [a, b, depth] = add(rotate(at(camera, 0), point), at(camera, 3));
    let image = [-a / depth, -b / depth];
    let scale = camera[6] * distortion([camera[7], camera[8]], image);
    [scale * image[0] - c(observed[0]), scale * image[1] - c(observed[1])]
}

#[test]
fn blocks_of_weighted_reprojections_are_those_of_the_references() {
    let file = json("gradbench/ba.json");
    let mut deviations = Deviations::default();
    for problem in list(&file["problems"]) {
        let (what, feature) = (string(&problem["label"]), array(&problem["feat"]));
        let x = array::<15>(&problem["x"]);
        let (f, j) = value_and_jacobian(|x| weighted_reprojection(x, feature), &x);
        // An error is the difference of image and feature, which nearly agree.
        deviations.scaled_row(what, &f[..2], &vector(&problem["f"])[..2], x[14] * largest(&feature));
        deviations.row(what, &f[2..], &vector(&problem["f"])[2..]);
        deviations.rows(what, &j, &matrix(&problem["J"]));
    }
    deviations.none();
}

/// A file of cameras, points and observations.
struct Scene {
    /// Camera, point, position in the image.
    observations: Vec<(usize, usize, [f64; 2])>,
    cameras: usize,
    /// Nine numbers for each camera, then three for each point.
    parameters: Vec<f64>,
}

impl Scene {
    fn read(path: &str) -> Self {
        let file = text(path);
        let mut words = file.split_whitespace();
        let mut index = || words.next().unwrap().parse::<usize>().unwrap();
        let (cameras, points, observations) = (index(), index(), index());
        let observations = (0..observations)
            .map(|_| {
                let mut word = || words.next().unwrap();
                let (camera, point) = (word().parse().unwrap(), word().parse().unwrap());
                (camera, point, [word().parse().unwrap(), word().parse().unwrap()])
            })
            .collect();
        let parameters: Vec<_> = words.map(|word| word.parse().unwrap()).collect();
        assert_eq!(parameters.len(), 9 * cameras + 3 * points);
        Self { observations, cameras, parameters }
    }

    fn point(&self, point: usize) -> usize {
        9 * self.cameras + 3 * point
    }

    fn residuals<T: Real>(&self, x: &[T]) -> Vec<[T; 2]> {
        let residual = |&(camera, point, observed): &(usize, usize, _)| {
            reprojection(&x[9 * camera..][..9], at(x, self.point(point)), observed)
        };
        self.observations.iter().map(residual).collect()
    }
}

#[test]
fn all_of_a_bundle_adjustment_is_that_of_the_references() {
    let scene = Scene::read("gradbench/bal_dubrovnik_3_7.txt");
    let reference = json("gradbench/bal.json");
    assert_eq!(scene.observations.len(), count(&reference["nobs"]));
    let (residuals, j) = value_and_jacobian(|x| scene.residuals(x), &scene.parameters);

    let mut deviations = Deviations::default();
    for (i, &(camera, point, observed)) in scene.observations.iter().enumerate() {
        let what = format!("observation {i}");
        let expected = &vector(&reference["residuals"])[2 * i..][..2];
        deviations.scaled_row(&what, &residuals[i], expected, largest(&observed));

        let expected: Vec<_> = vector(&reference["jac_blocks"][i]).chunks(12).map(<[f64]>::to_vec).collect();
        let block =
            [&scene.parameters[9 * camera..][..9], &scene.parameters[scene.point(point)..][..3]].concat();
        let found = jacobian(
            |x| reprojection(&x[..9], at(x, 9), observed),
            &<[f64; 12]>::try_from(block).expect("nine and three"),
        );
        deviations.rows(&what, &found, &expected);

        // In the whole Jacobian, the block stands in the columns of its camera and its point, and nothing beside it.
        let columns = (9 * camera..9 * camera + 9).chain(scene.point(point)..scene.point(point) + 3);
        for (row, expected) in j[i].iter().zip(expected) {
            let mut placed = vec![0.0; scene.parameters.len()];
            for (column, entry) in columns.clone().zip(expected) {
                placed[column] = entry;
            }
            deviations.row(&what, row, &placed);
        }
    }
    deviations.none();
}

#[test]
fn ceres_reprojection_is_that_of_the_references() {
    let file = json("gradbench/ceres.json");
    let point = &entry(&file["problems"], "name", "SnavelyReprojection")["points"][0];
    let snavely = |x: &[_]| reprojection(&x[..9], at(x, 9), [0.2, 0.3]);
    let (f, j) = value_and_jacobian(snavely, &array::<12>(&point["x"]));
    let mut deviations = Deviations::default();
    deviations.row("f", &f, &vector(&point["f"]));
    deviations.rows("J", &j, &matrix(&point["J"]));
    deviations.none();
}
