//! Rotations and rigid motions: values and derivatives to third order against references, and the laws of the groups.

use ::nalgebra::{Isometry3, Rotation3, UnitQuaternion, Vector3, Vector6};
use tangents::Taylor;
use tangents::interop::nalgebra::FieldNumber;
use tangents::interop::nalgebra::lie::{quaternion, se3, so3};

use crate::data::{json, list, number, string, vector};

fn q<T: FieldNumber>(q: &UnitQuaternion<T>) -> Vec<T> {
    vec![q.w, q.i, q.j, q.k]
}

/// By rows.
fn m<'m, T: FieldNumber>(m: impl IntoIterator<Item = &'m T>) -> Vec<T> {
    m.into_iter().copied().collect()
}

fn v3<T: FieldNumber>(x: &[T]) -> Vector3<T> {
    Vector3::from_column_slice(&x[..3])
}

fn v6<T: FieldNumber>(x: &[T]) -> Vector6<T> {
    Vector6::from_column_slice(&x[..6])
}

/// The function of a name in the references.
fn call<T: FieldNumber>(name: &str, x: &[T]) -> Vec<Vec<T>> {
    match name {
        "quaternion::exp" => vec![q(&quaternion::exp(&v3(x)))],
        "so3::exp" => vec![m(so3::exp(&v3(x)).matrix().transpose().iter())],
        "log of product" => {
            let [a, b] = [v3(x), v3(&x[3..])];
            let [p, q] = [&a, &b].map(quaternion::exp);
            let [r, s] = [&a, &b].map(so3::exp);
            vec![
                m(quaternion::log(&(p * q)).iter()),
                m(so3::log(&(r * s)).iter()),
                m(quaternion::box_minus(&q, &p.inverse()).iter()),
                m(so3::box_minus(&s, &r.inverse()).iter()),
                m(quaternion::log(&quaternion::box_plus(&p, &b)).iter()),
                m(so3::log(&so3::box_plus(&r, &b)).iter()),
            ]
        }
        "so3::left_jacobian" => vec![
            m(so3::left_jacobian(&v3(x)).transpose().iter()),
            m(so3::right_jacobian(&v3(x)).iter()),
        ],
        "so3::left_jacobian_inverse" => vec![
            m(so3::left_jacobian_inverse(&v3(x)).transpose().iter()),
            m(so3::right_jacobian_inverse(&v3(x)).iter()),
        ],
        "se3::exp" => {
            let x = se3::exp(&v6(x));
            let mut parts = q(&x.rotation);
            parts.extend(x.translation.vector.iter());
            vec![parts]
        }
        "se3::log of product" => {
            let [a, b] = [v6(x), v6(&x[6..])];
            let [x, y] = [&a, &b].map(se3::exp);
            vec![
                m(se3::log(&(x * y)).iter()),
                m(se3::box_minus(&y, &x.inverse()).iter()),
                m(se3::log(&se3::box_plus(&x, &b)).iter()),
            ]
        }
        "se3::left_jacobian" => vec![
            m(se3::left_jacobian(&v6(x)).transpose().iter()),
            m(se3::right_jacobian(&-v6(x)).transpose().iter()),
        ],
        "se3::left_jacobian_inverse" => vec![
            m(se3::left_jacobian_inverse(&v6(x)).transpose().iter()),
            m(se3::right_jacobian_inverse(&-v6(x)).transpose().iter()),
        ],
        "slerp" => vec![q(&quaternion::slerp(
            &quaternion::exp(&v3(x)),
            &quaternion::exp(&v3(&x[3..])),
            x[6],
        ))],
        "rotation_between" => vec![q(&quaternion::rotation_between(&v3(x), &v3(&x[3..])).unwrap())],
        name => panic!("no function {name}"),
    }
}

#[test]
fn measure() {
    let cases = json("rotations/rotations.json");
    let mut worst = std::collections::BTreeMap::new();
    for case in list(&cases) {
        let (name, x, v) = (string(&case["fn"]), vector(&case["x"]), vector(&case["v"]));
        let condition = number(&case["condition"]);
        let d: Vec<Vec<f64>> = list(&case["d"]).iter().map(vector).collect();
        let line: Vec<Taylor<f64, 3>> =
            x.iter().zip(&v).map(|(&x, &v)| Taylor::new(x, [v, 0.0, 0.0])).collect();
        let size = v.iter().fold(1.0_f64, |s, v| s.max(v.abs()));
        for (way, y) in call(name, &line).into_iter().enumerate() {
            for k in 0..4 {
                let scale = d[k].iter().fold(1.0, |s: f64, d| s.max(d.abs()));
                let error = y
                    .iter()
                    .zip(&d[k])
                    .map(|(y, d)| (y.derivative(k) - d).abs())
                    .fold(0.0, |a: f64, b| if b.is_nan() { b } else { a.max(b) });
                let ratio = error / scale / f64::EPSILON / condition / size;
                let entry = worst.entry((name.to_string(), way, k)).or_insert((0.0, vec![]));
                if !(ratio <= entry.0) {
                    *entry = (ratio, x.clone());
                }
            }
        }
    }
    for ((name, way, k), (ratio, x)) in worst {
        println!("{name} {way} order {k}: {ratio:.1} at {x:?}");
    }
}
