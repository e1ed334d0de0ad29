//! `ADBench`'s hand tracking: a skinned model of a hand, posed by 26 parameters, against measured points.

use tangents::{Real, value_and_jacobian};

use super::vec3::{Vec3, add, at, rotate, sub};
use crate::reference::{Deviations, c, count, json, list, matrix, text, vector};

/// A rotation or any linear map, and a translation: the first three rows of a 4 × 4 matrix.
type Affine<T> = [[T; 4]; 3];

fn compose<T: Real>(a: &Affine<T>, b: &Affine<T>) -> Affine<T> {
    std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let linear = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
            if j == 3 { linear + a[i][3] } else { linear }
        })
    })
}

fn apply<T: Real>(a: &Affine<T>, x: Vec3<T>) -> Vec3<T> {
    a.map(|row| row[0] * x[0] + row[1] * x[1] + row[2] * x[2] + row[3])
}

/// Rotations about x, then about z.
fn euler<T: Real>(about_x: T, about_z: T) -> Affine<T> {
    let (zero, one) = (T::zero(), T::one());
    let ((sx, cx), (sz, cz)) = (about_x.sin_cos(), about_z.sin_cos());
    let x = [[one, zero, zero, zero], [zero, cx, -sx, zero], [zero, sx, cx, zero]];
    let z = [[cz, -sz, zero, zero], [sz, cz, zero, zero], [zero, zero, one, zero]];
    compose(&z, &x)
}

struct Bone {
    parent: Option<usize>,
    relative: Affine<f64>,
    inverse_absolute: Affine<f64>,
}

struct Vertex {
    position: Vec3<f64>,
    /// Bones and how much they move the vertex.
    weights: Vec<(usize, f64)>,
}

struct Hand {
    bones: Vec<Bone>,
    vertices: Vec<Vertex>,
    triangles: Vec<[usize; 3]>,
}

fn affine(numbers: &[f64]) -> Affine<f64> {
    std::array::from_fn(|i| std::array::from_fn(|j| numbers[4 * i + j]))
}

impl Hand {
    fn read() -> Self {
        let bone = |line: &str| {
            let (_, line) = line.split_once(':').expect("the bone's name");
            let (parent, line) = line.split_once(':').expect("the bone's parent");
            let numbers: Vec<_> = line.split(':').map(|word| word.parse().unwrap()).collect();
            Bone {
                parent: parent.parse().ok(),
                relative: affine(&numbers[..16]),
                inverse_absolute: affine(&numbers[16..]),
            }
        };
        let vertex = |line: &str| {
            let words: Vec<_> = line.split(':').collect();
            let number = |i: usize| words[i].parse::<f64>().unwrap();
            // Between them stand the normal, the texture's coordinates and the number of weights.
            let weights =
                words[9..].chunks(2).map(|pair| (pair[0].parse().unwrap(), pair[1].parse().unwrap()));
            Vertex { position: [number(0), number(1), number(2)], weights: weights.collect() }
        };
        let triangle = |line: &str| {
            let corners: Vec<_> = line.split(':').map(|word| word.parse().unwrap()).collect();
            corners.try_into().unwrap()
        };
        let file = |name: &str| text(&format!("gradbench/hand/{name}.txt"));
        Self {
            bones: file("bones").lines().map(bone).collect(),
            vertices: file("vertices").lines().map(vertex).collect(),
            triangles: file("triangles").lines().map(triangle).collect(),
        }
    }

    /// What each bone does to a vertex: the wrist and the four joints of each finger hang on one another.
    fn transforms<T: Real>(&self, pose: &[T]) -> Vec<Affine<T>> {
        let mut angles = vec![(T::zero(), T::zero()); self.bones.len()];
        for (finger, pose) in pose.chunks(4).enumerate() {
            let joint = 1 + 4 * finger;
            // The first joint is rigid, the second bends sideways too.
            angles[joint + 1] = (pose[0], pose[1]);
            angles[joint + 2].0 = pose[2];
            angles[joint + 3].0 = pose[3];
        }
        let mut absolutes: Vec<Affine<T>> = Vec::new();
        for (bone, (about_x, about_z)) in self.bones.iter().zip(angles) {
            let relative = compose(&bone.relative.map(|row| row.map(c)), &euler(about_x, about_z));
            absolutes.push(bone.parent.map_or(relative, |parent| compose(&absolutes[parent], &relative)));
        }
        let at_rest = |bone: &Bone| bone.inverse_absolute.map(|row| row.map(c));
        absolutes.iter().zip(&self.bones).map(|(absolute, bone)| compose(absolute, &at_rest(bone))).collect()
    }

    /// The positions of vertices under a pose: turn, shift, and the angles of the fingers.
    fn positions<T: Real>(&self, theta: &[T]) -> impl Fn(usize) -> Vec3<T> {
        let (turn, shift, transforms) = (at(theta, 0), at(theta, 3), self.transforms(&theta[6..]));
        move |i| {
            let Vertex { position, weights } = &self.vertices[i];
            let moved = weights
                .iter()
                .map(|&(bone, weight)| apply(&transforms[bone], position.map(c)).map(|x: T| x * c(weight)));
            add(rotate(turn, moved.fold([T::zero(); 3], add)), shift)
        }
    }
}

/// Measured points, the vertices or triangles they belong to, and where in the triangles.
struct Measurement {
    points: Vec<(usize, Vec3<f64>)>,
    barycentric: Vec<[f64; 2]>,
    theta: Vec<f64>,
}

impl Measurement {
    fn read(name: &str, complicated: bool) -> Self {
        let file = text(&format!("gradbench/hand/{name}.txt"));
        let mut words = file.split_whitespace();
        let mut index = || words.next().unwrap().parse::<usize>().unwrap();
        let (points, parameters) = (index(), index());
        let mut number = || words.next().unwrap().parse::<f64>().unwrap();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
        let points: Vec<_> =
            (0..points).map(|_| (number() as usize, [number(), number(), number()])).collect();
        let barycentric =
            if complicated { points.iter().map(|_| [number(), number()]).collect() } else { vec![] };
        Self { points, barycentric, theta: (0..parameters).map(|_| number()).collect() }
    }

    /// What separates the measured points from vertices of the hand.
    fn at_vertices<T: Real>(&self, hand: &Hand, theta: &[T]) -> Vec<Vec3<T>> {
        let position = hand.positions(theta);
        self.points.iter().map(|&(vertex, point)| sub(point.map(c), position(vertex))).collect()
    }

    /// What separates the measured points from points in triangles of the hand. `x` is what is added to the two
    /// coordinates in every triangle, then the pose: as each triangle has its own, one pair of columns serves all.
    fn in_triangles<T: Real>(&self, hand: &Hand, x: &[T]) -> Vec<Vec3<T>> {
        let position = hand.positions(&x[2..]);
        let residual = |(&(triangle, point), &[u, v]): (&(usize, Vec3<f64>), &[f64; 2])| {
            let (u, v) = (x[0] + c(u), x[1] + c(v));
            let [p, q, r] = hand.triangles[triangle].map(&position);
            std::array::from_fn(|i| c::<T>(point[i]) - (u * p[i] + v * q[i] + (T::one() - u - v) * r[i]))
        };
        self.points.iter().zip(&self.barycentric).map(residual).collect()
    }
}

/// The residuals of a point are differences of coordinates of size 1.
fn compare(name: &str, f: &[Vec3<f64>], j: &[[Vec<f64>; 3]]) {
    let reference = json(&format!("gradbench/hand/{name}.json"));
    assert_eq!(f.len(), count(&reference["N"]));
    assert_eq!(list(&reference["J"]).len(), 3 * f.len());
    let mut deviations = Deviations::default();
    deviations.scaled_row(name, f.as_flattened(), &vector(&reference["f"]), 1.0);
    deviations.rows(name, j.as_flattened(), &matrix(&reference["J"]));
    deviations.none();
}

#[test]
fn residuals_at_vertices_and_their_jacobian_are_those_of_the_references() {
    let (hand, measured) = (Hand::read(), Measurement::read("simple_2", false));
    let (f, j) = value_and_jacobian(|theta| measured.at_vertices(&hand, theta), &measured.theta);
    compare("simple_2", &f, &j);
}

#[test]
fn residuals_in_triangles_and_their_compressed_jacobian_are_those_of_the_references() {
    let hand = Hand::read();
    for name in ["complicated_2", "complicated_100"] {
        let measured = Measurement::read(name, true);
        let x = [&[0.0, 0.0], &measured.theta[..]].concat();
        let (f, j) = value_and_jacobian(|x| measured.in_triangles(&hand, x), &x);
        compare(name, &f, &j);
    }
}
