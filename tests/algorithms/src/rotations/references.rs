//! Values and derivatives to third order against references of 50 digits.

use ::nalgebra::UnitQuaternion;
use tangents::interop::nalgebra::FieldNumber;
use tangents::interop::nalgebra::lie::{quaternion, se3, so3};
use tangents::{Dual, HyperDual, Number, Taylor};

use super::{v3, v6};
use crate::data::{json, list, number, string, vector};

fn q<T: FieldNumber>(q: &UnitQuaternion<T>) -> Vec<T> {
    vec![q.w, q.i, q.j, q.k]
}

/// By rows.
fn m<'m, T: FieldNumber>(m: impl IntoIterator<Item = &'m T>) -> Vec<T> {
    m.into_iter().copied().collect()
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
        "so3::left_jacobian" => {
            vec![m(so3::left_jacobian(&v3(x)).transpose().iter()), m(so3::right_jacobian(&v3(x)).iter())]
        }
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
        "slerp" => {
            vec![q(&quaternion::slerp(&quaternion::exp(&v3(x)), &quaternion::exp(&v3(&x[3..])), x[6]))]
        }
        "rotation_between" => vec![q(&quaternion::rotation_between(&v3(x), &v3(&x[3..])).unwrap())],
        name => panic!("no function {name}"),
    }
}

/// A line through x along v, three times nested.
type Nested<T> = Dual<Dual<Dual<T, 1>, 1>, 1>;

fn nested<T: Number>(x: T, v: T) -> Nested<T> {
    let d = Dual::new(Dual::new(x, [v]), [Dual::constant(v)]);
    Dual::new(d, [Dual::constant(Dual::constant(v))])
}

/// A case of the references, in f64 or f32.
struct Case<T> {
    name: String,
    x: Vec<T>,
    v: Vec<T>,
    condition: f64,
    d: Vec<Vec<f64>>,
}

fn references<T: Number>(only_exact: bool) -> Vec<Case<T>> {
    let all = json("rotations/rotations.json");
    let chosen = list(&all).iter().filter(|case| !only_exact || case["exact"] == true);
    let numbers = |value| vector(value).into_iter().map(T::lit).collect();
    chosen
        .map(|case| Case {
            name: string(&case["fn"]).to_string(),
            x: numbers(&case["x"]),
            v: numbers(&case["v"]),
            condition: number(&case["condition"]),
            d: list(&case["d"]).iter().map(vector).collect(),
        })
        .collect()
}

impl<T: Number> Case<T> {
    /// Whether derivative k of each component is within `roundings` of the reference, relative to the largest component, and
    /// values relative to the point, which may be tiny.
    #[track_caller]
    fn compare(&self, way: usize, k: usize, found: impl Iterator<Item = T>, roundings: f64) {
        let Self { name, x, v, condition, d } = self;
        let largest = |x: &[T]| x.iter().fold(0.0, |largest: f64, x| largest.max(x.to_f64().unwrap().abs()));
        let scale = if k == 0 {
            largest(x)
        } else {
            d[k].iter().fold(largest(v).powi(k.try_into().unwrap()), |scale, d| scale.max(d.abs()))
        };
        let rounding = T::epsilon().to_f64().unwrap() * condition;
        let found: Vec<f64> = found.map(|found| found.to_f64().unwrap()).collect();
        assert_eq!(found.len(), d[k].len());
        for (found, expected) in found.iter().zip(&d[k]) {
            let error = (found - expected).abs();
            assert!(
                error <= roundings * rounding * scale.max(expected.abs()),
                "{name} {way}, order {k} at {x:?} along {v:?}: {found:e} for {expected:e}, off by {:.1} roundings",
                error / rounding / scale
            );
        }
    }
}

/// On series, on those of second order and on nested numbers; the value is that on plain numbers, bit for bit.
fn values_and_derivatives_are_those_of_the_references<T>(only_exact: bool)
where
    T: FieldNumber + Number,
    Taylor<T, 3>: FieldNumber,
    HyperDual<T, 1>: FieldNumber,
    Nested<T>: FieldNumber,
{
    let tolerances = [8.0, 16.0, 24.0, 48.0];
    let mut count = 0;
    for case in references::<T>(only_exact) {
        let line = |f: fn(T, T) -> Taylor<T, 3>| -> Vec<_> {
            case.x.iter().zip(&case.v).map(|(&x, &v)| f(x, v)).collect()
        };
        let series = call(&case.name, &line(|x, v| Taylor::new(x, [v, T::lit(0.0), T::lit(0.0)])));
        let duals: Vec<Nested<T>> = case.x.iter().zip(&case.v).map(|(&x, &v)| nested(x, v)).collect();
        let duals = call(&case.name, &duals);
        let second = |(&x, &v)| HyperDual::from_fn(x, [v], |_, _| T::lit(0.0));
        let second: Vec<HyperDual<T, 1>> = case.x.iter().zip(&case.v).map(second).collect();
        let second = call(&case.name, &second);
        let plain = call(&case.name, &case.x);
        for (way, plain) in plain.iter().enumerate() {
            let (series, second, duals) = (&series[way], &second[way], &duals[way]);
            for (k, tolerance) in tolerances.into_iter().enumerate() {
                case.compare(way, k, series.iter().map(|y| y.derivative(k)), tolerance);
            }
            case.compare(way, 1, second.iter().map(|y| y.gradient[0]), tolerances[1]);
            case.compare(way, 2, second.iter().map(|y| y.second(0, 0)), tolerances[2]);
            case.compare(way, 1, duals.iter().map(|y| y.re.re.eps[0]), tolerances[1]);
            case.compare(way, 2, duals.iter().map(|y| y.re.eps[0].eps[0]), tolerances[2]);
            case.compare(way, 3, duals.iter().map(|y| y.eps[0].eps[0].eps[0]), tolerances[3]);
            assert!(series.iter().map(|y| y.re).eq(plain.iter().copied()));
            assert!(second.iter().map(|y| y.re).eq(plain.iter().copied()));
            assert!(duals.iter().map(|y| y.re.re.re).eq(plain.iter().copied()));
            count += 1;
        }
    }
    assert!(count > 300, "{count} comparisons");
}

#[test]
fn in_double_precision_they_are_those_of_the_references() {
    values_and_derivatives_are_those_of_the_references::<f64>(false);
}

#[test]
fn in_single_precision_they_are_those_of_the_references() {
    values_and_derivatives_are_those_of_the_references::<f32>(true);
}
