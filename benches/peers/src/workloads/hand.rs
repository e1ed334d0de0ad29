//! `ADBench`'s hand tracking: a skinned model of a hand, posed by 26 parameters, against 100 measured points in triangles.

use hyperjet::jets::Jet1;
use num_dual::DualSVec64;
use tangents::function::Prepared;
use tangents::{Function, Workspace};

use super::vec3::{Turned, Vec3, add, at, dot, rotate};
use crate::data::{array, json, list, text, vector};
use crate::drivers::chunked_jacobian;
use crate::measured::{Goal, Who};
use crate::number::{AdTrait, Lanes, Lifted, Number};
use crate::runner::Workload;

/// The parameters: what is added to the two coordinates in every triangle, turn, shift, and four angles of each finger.
/// As each triangle has coordinates of its own, one pair of columns serves all.
const PARAMETERS: usize = 28;

/// Three for each point.
const RESIDUALS: usize = 300;

pub(super) fn workloads() -> Vec<Workload> {
    let reference = json("gradbench/hand/complicated_100.json");
    let answer: (Vec<f64>, Vec<[f64; PARAMETERS]>) =
        (vector(&reference["f"]), list(&reference["J"]).iter().map(array).collect());
    let model = Model::read();
    let x = model.x;
    let case = &(model, x);
    let length = RESIDUALS * (1 + PARAMETERS);

    let mut workspace = Workspace::new();
    let mut workload = Workload::new("ADBench hand tracking, Jacobian 300 × 28")
        // The reference is by complex steps in double precision.
        .tolerance(1e-12)
        .reference(&answer)
        .goal(Goal::OverPeers(1.5))
        .entry_into(Who::Plain, "", case, RESIDUALS, |(model, x), out| model.residuals(x, out))
        .entry_into(Who::Hand, "", case, length, |(model, x), out| model.by_hand(x, out))
        .entry_into(Who::Tangents, "Workspace::value_and_jacobian", case, length, move |(model, x), out| {
            let (f, j) = out.split_at_mut(RESIDUALS);
            workspace.value_and_jacobian(|x, f| model.residuals(x, f), x, f, j).expect("they fit");
        });
    workload = ours::<14>(workload, case);
    workload = ours::<28>(workload, case);
    let cases = [(Residuals(case.0.clone()), case.1)];
    let mut prepared = Prepared::new(cases[0].0.clone(), &x);
    workload = workload
        .entry(Who::FunctionValue, "value_and_jacobian", &cases, |(f, x)| f.value_and_jacobian(x))
        .entry_into(Who::FunctionValue, "Prepared::value_and_jacobian", case, length, move |(_, x), out| {
            let (f, j) = out.split_at_mut(RESIDUALS);
            prepared.value_and_jacobian(x, f, j).expect("they fit");
        })
        .entry(Who::FunctionValue, "value_and_jacobian of a slice", &cases, |(f, x)| {
            f.value_and_jacobian(&x[..])
        });
    workload = chunked::<8, DualSVec64<8>>(workload, Who::NumDual, case);
    workload = chunked::<14, DualSVec64<14>>(workload, Who::NumDual, case);
    workload = chunked::<28, DualSVec64<28>>(workload, Who::NumDual, case);
    workload = chunked::<8, Jet1<8>>(workload, Who::Hyperjet, case);
    workload = chunked::<14, Jet1<14>>(workload, Who::Hyperjet, case);
    workload = chunked::<28, Jet1<28>>(workload, Who::Hyperjet, case);
    workload = chunked::<8, hyperdual::Hyperdual<f64, 9>>(workload, Who::Hyperdual, case);
    workload = chunked::<14, hyperdual::Hyperdual<f64, 15>>(workload, Who::Hyperdual, case);
    workload = chunked::<28, hyperdual::Hyperdual<f64, 29>>(workload, Who::Hyperdual, case);
    workload = chunked::<1, autodiff::F1>(workload, Who::Autodiff, case);
    workload = chunked::<14, AdTrait<14>>(workload, Who::AdTrait, case);
    workload = chunked::<28, AdTrait<28>>(workload, Who::AdTrait, case);
    vec![workload]
}

type Case = (Model, [f64; PARAMETERS]);

fn ours<const C: usize>(workload: Workload, case: &Case) -> Workload {
    let mut workspace = Workspace::<f64, C>::with_lanes();
    let (note, length) = (format!("Workspace::value_and_jacobian, {C} lanes"), RESIDUALS * (1 + PARAMETERS));
    workload.entry_into(Who::Tangents, note, case, length, move |(model, x), out| {
        let (f, j) = out.split_at_mut(RESIDUALS);
        workspace.value_and_jacobian(|x, f| model.residuals(x, f), x, f, j).expect("they fit");
    })
}

fn chunked<const C: usize, D: Lanes<C>>(workload: Workload, who: Who, case: &Case) -> Workload {
    let (mut buffers, length) = ([Vec::<D>::new(), Vec::new()], RESIDUALS * (1 + PARAMETERS));
    workload.entry_into(who, format!("{C} lanes"), case, length, move |(model, x), out| {
        chunked_jacobian(|x, f| model.residuals(x, f), x, RESIDUALS, &mut buffers, out);
    })
}

/// A linear map and a translation: the first three rows of a 4 × 4 matrix.
type Affine<T> = [[T; 4]; 3];

#[inline(always)]
fn compose<T: Number>(a: &Affine<T>, b: &Affine<T>) -> Affine<T> {
    std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let linear = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
            if j == 3 { linear + a[i][3] } else { linear }
        })
    })
}

/// A plain map after another.
#[inline(always)]
fn plain_after<T: Number>(a: &Affine<f64>, b: &Affine<T>) -> Affine<T> {
    std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let linear = b[0][j] * a[i][0] + b[1][j] * a[i][1] + b[2][j] * a[i][2];
            if j == 3 { linear + a[i][3] } else { linear }
        })
    })
}

/// A map after a plain one.
#[inline(always)]
fn after_plain<T: Number>(a: &Affine<T>, b: &Affine<f64>) -> Affine<T> {
    std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let linear = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
            if j == 3 { linear + a[i][3] } else { linear }
        })
    })
}

#[inline(always)]
fn apply<T: Number>(a: &Affine<T>, x: Vec3<f64>) -> Vec3<T> {
    a.map(|row| row[0] * x[0] + row[1] * x[1] + row[2] * x[2] + row[3])
}

/// A rotation about x, then one about z, each by its sine and cosine.
#[inline(always)]
fn turns<T: Number>((sx, cx): (T, T), (sz, cz): (T, T)) -> Affine<T> {
    let zero = T::lit(0.0);
    [[cz, -sz * cx, sz * sx, zero], [sz, cz * cx, -cz * sx, zero], [zero, sx, cx, zero]]
}

/// The angles that move a bone, with the derivatives of its map by them.
type Slopes = Vec<(usize, Affine<f64>)>;

#[derive(Clone)]
struct Bone {
    parent: Option<usize>,
    relative: Affine<f64>,
    inverse_absolute: Affine<f64>,
}

#[derive(Clone)]
struct Vertex {
    position: Vec3<f64>,
    /// Bones and how much they move the vertex.
    weights: Vec<(usize, f64)>,
}

/// A measured point, the triangle it belongs to, and where in that.
#[derive(Clone)]
struct Measured {
    point: Vec3<f64>,
    triangle: [usize; 3],
    coordinates: [f64; 2],
}

#[derive(Clone)]
struct Model {
    bones: Vec<Bone>,
    vertices: Vec<Vertex>,
    measured: Vec<Measured>,
    x: [f64; PARAMETERS],
}

impl Model {
    fn read() -> Self {
        let affine = |numbers: &[f64]| -> Affine<f64> {
            std::array::from_fn(|i| std::array::from_fn(|j| numbers[4 * i + j]))
        };
        let lines = |name: &str| -> Vec<Vec<String>> {
            let file = text(&format!("gradbench/hand/{name}.txt"));
            file.lines().map(|line| line.split(':').map(str::to_owned).collect()).collect()
        };
        let number = |word: &String| word.parse::<f64>().expect("a number");
        let index = |word: &String| word.parse::<usize>().expect("an index");
        let bone = |words: Vec<String>| {
            // A name stands first.
            let numbers: Vec<_> = words[2..].iter().map(number).collect();
            Bone {
                parent: words[1].parse().ok(),
                relative: affine(&numbers[..16]),
                inverse_absolute: affine(&numbers[16..]),
            }
        };
        let vertex = |words: Vec<String>| Vertex {
            position: [number(&words[0]), number(&words[1]), number(&words[2])],
            // Between them stand the normal, the texture's coordinates and the number of weights.
            weights: words[9..].chunks(2).map(|pair| (index(&pair[0]), number(&pair[1]))).collect(),
        };
        let triangles: Vec<[usize; 3]> = lines("triangles")
            .iter()
            .map(|words| words.iter().map(index).collect::<Vec<_>>().try_into().expect("three corners"))
            .collect();

        let file = text("gradbench/hand/complicated_100.txt");
        let mut words = file.split_whitespace();
        let mut index = || words.next().expect("a count").parse::<usize>().expect("a count");
        let (points, parameters) = (index(), index());
        assert_eq!((3 * points, 2 + parameters), (RESIDUALS, PARAMETERS));
        let mut number = || words.next().expect("a number").parse::<f64>().expect("a number");
        let mut measured: Vec<_> = (0..points)
            .map(|_| {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
                let triangle = triangles[number() as usize];
                Measured { triangle, point: [number(), number(), number()], coordinates: [0.0; 2] }
            })
            .collect();
        for measured in &mut measured {
            measured.coordinates = [number(), number()];
        }
        let x = std::array::from_fn(|i| if i < 2 { 0.0 } else { number() });
        let bones = lines("bones").into_iter().map(bone).collect();
        Self { bones, vertices: lines("vertices").into_iter().map(vertex).collect(), measured, x }
    }

    /// What each bone does to a vertex: the wrist and the four joints of each finger hang on one another.
    #[inline(always)]
    fn transforms<T: Number>(&self, pose: &[T]) -> Vec<Affine<T>> {
        let rest = (T::lit(0.0), T::lit(1.0));
        let mut angles = vec![(rest, rest); self.bones.len()];
        for (finger, pose) in pose.chunks(4).enumerate() {
            let joint = 1 + 4 * finger;
            // The first joint is rigid, the second bends sideways too.
            angles[joint + 1] = (pose[0].sin_cos(), pose[1].sin_cos());
            angles[joint + 2].0 = pose[2].sin_cos();
            angles[joint + 3].0 = pose[3].sin_cos();
        }
        let mut absolutes: Vec<Affine<T>> = Vec::with_capacity(self.bones.len());
        for (bone, (about_x, about_z)) in self.bones.iter().zip(angles) {
            let relative = plain_after(&bone.relative, &turns(about_x, about_z));
            absolutes.push(match bone.parent {
                Some(parent) => compose(&absolutes[parent], &relative),
                None => relative,
            });
        }
        let pairs = absolutes.iter().zip(&self.bones);
        pairs.map(|(absolute, bone)| after_plain(absolute, &bone.inverse_absolute)).collect()
    }

    /// What separates the measured points from points in triangles of the hand.
    #[inline(always)]
    fn residuals<T: Number>(&self, x: &[T], out: &mut [T]) {
        let (turn, shift, transforms) = (at(x, 2), at(x, 5), self.transforms(&x[8..]));
        let position = |i: usize| {
            let Vertex { position, weights } = &self.vertices[i];
            let mut moved = [T::lit(0.0); 3];
            for &(bone, weight) in weights {
                moved = add(moved, apply(&transforms[bone], *position).map(|x| x * weight));
            }
            add(rotate(turn, moved), shift)
        };
        for (measured, out) in self.measured.iter().zip(out.chunks_exact_mut(3)) {
            let (u, v) = (x[0] + measured.coordinates[0], x[1] + measured.coordinates[1]);
            let [p, q, r] = measured.triangle.map(position);
            let w = -(u + v) + 1.0;
            for i in 0..3 {
                out[i] = -(u * p[i] + v * q[i] + w * r[i]) + measured.point[i];
            }
        }
    }

    /// The transforms and their derivatives, for each bone.
    fn transforms_by_hand(&self, pose: &[f64]) -> (Vec<Affine<f64>>, Vec<Slopes>) {
        let transforms = self.transforms(pose);
        let mut moves = vec![Slopes::new(); self.bones.len()];
        for (finger, pose) in pose.chunks(4).enumerate() {
            let joint = 1 + 4 * finger;
            let rest = (0.0, 1.0);
            let bent = pose.iter().map(|angle| angle.sin_cos()).collect::<Vec<_>>();
            // The derivatives of sine and cosine: the rotation a quarter turn further, without what it leaves as it is.
            let slope = |(sin, cos): (f64, f64)| (cos, -sin);
            let about_x = |z: (f64, f64), x| {
                let mut d = turns(slope(x), z);
                (d[0][0], d[1][0]) = (0.0, 0.0);
                d
            };
            let about_z = |z, x| {
                let mut d = turns(x, slope(z));
                (d[2][1], d[2][2]) = (0.0, 0.0);
                d
            };
            let slopes = [
                (joint + 1, about_x(bent[1], bent[0])),
                (joint + 1, about_z(bent[1], bent[0])),
                (joint + 2, about_x(rest, bent[2])),
                (joint + 3, about_x(rest, bent[3])),
            ];
            let relative = [turns(bent[0], bent[1]), turns(bent[2], rest), turns(bent[3], rest)];
            let mut absolute = compose(&self.bones[0].relative, &self.bones[joint].relative);
            let mut before = vec![];
            for (k, relative) in relative.iter().enumerate() {
                let bone = &self.bones[joint + 1 + k];
                let up_to = compose(&absolute, &bone.relative);
                before.push(up_to);
                absolute = compose(&up_to, relative);
            }
            for (angle, (first, slope)) in slopes.into_iter().enumerate() {
                let mut d = after_slope(&before[first - joint - 1], &slope);
                for bone in first..joint + 4 {
                    if bone > first {
                        let local = compose(&self.bones[bone].relative, &relative[bone - joint - 1]);
                        d = compose(&d, &local);
                    }
                    let whole = compose(&d, &self.bones[bone].inverse_absolute);
                    moves[bone].push((4 * finger + angle, whole));
                }
            }
        }
        (transforms, moves)
    }

    /// Value and Jacobian by hand.
    fn by_hand(&self, x: &[f64; PARAMETERS], out: &mut [f64]) {
        let (values, jacobian) = out.split_at_mut(RESIDUALS);
        let (turn, shift) = (at(x, 2), at(x, 5));
        let (transforms, moves) = self.transforms_by_hand(&x[8..]);
        let rows = jacobian.chunks_exact_mut(3 * PARAMETERS);
        for ((measured, values), rows) in self.measured.iter().zip(values.chunks_exact_mut(3)).zip(rows) {
            let (u, v) = (x[0] + measured.coordinates[0], x[1] + measured.coordinates[1]);
            // The three corners before the turn, and how the angles move the point in the triangle.
            let (mut corners, mut by_angle) = ([[0.0; 3]; 3], [[0.0; 3]; 20]);
            for ((corner, share), &vertex) in
                corners.iter_mut().zip([u, v, 1.0 - u - v]).zip(&measured.triangle)
            {
                let Vertex { position, weights } = &self.vertices[vertex];
                for &(bone, weight) in weights {
                    *corner = add(*corner, apply(&transforms[bone], *position).map(|x| x * weight));
                    for (angle, slope) in &moves[bone] {
                        let moved = apply(slope, *position).map(|x| x * weight * share);
                        by_angle[*angle] = add(by_angle[*angle], moved);
                    }
                }
            }
            let [p, q, r] = corners;
            let inside = std::array::from_fn(|i| u * p[i] + v * q[i] + (1.0 - u - v) * r[i]);
            let turned = Turned::new(turn, inside);
            let [by_u, by_v] = [p, q].map(|corner| std::array::from_fn(|i| corner[i] - r[i]));
            for (i, row) in rows.chunks_exact_mut(PARAMETERS).enumerate() {
                values[i] = measured.point[i] - turned.value[i] - shift[i];
                let rotation = turned.by_x[i];
                row[0] = -dot(rotation, by_u);
                row[1] = -dot(rotation, by_v);
                for k in 0..3 {
                    row[2 + k] = -turned.by_r[i][k];
                    row[5 + k] = if i == k { -1.0 } else { 0.0 };
                }
                for (row, by_angle) in row[8..].iter_mut().zip(&by_angle) {
                    *row = -dot(rotation, *by_angle);
                }
            }
        }
    }
}

/// The residuals as a function value, which returns them.
#[derive(Clone)]
struct Residuals(Model);

impl Function for Residuals {
    type From = [f64];
    type To = Vec<f64>;

    #[inline(always)]
    fn call<T: tangents::Number>(&self, x: &[T]) -> Vec<T> {
        let mut out = vec![T::zero(); RESIDUALS];
        self.0.residuals(Lifted::slice(x), Lifted::slice_mut(&mut out));
        out
    }
}

/// A map after the derivative of one: what the first adds is added to no derivative.
fn after_slope(a: &Affine<f64>, slope: &Affine<f64>) -> Affine<f64> {
    compose(&a.map(|[x, y, z, _]| [x, y, z, 0.0]), slope)
}
