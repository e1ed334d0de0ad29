//! Rotations and rigid motions: values and derivatives to third order against references, and the laws of the groups.

use std::f64::consts::PI;

use ::nalgebra::{
    Isometry3, Matrix3, Matrix6, Quaternion, RealField, Rotation3, SVector, UnitComplex, UnitQuaternion,
    Vector3, Vector6,
};
use proptest::prelude::*;
use tangents::check::{CheckOptions, check_grads_in_f64};
use tangents::interop::nalgebra::lie::{complex, quaternion, se3, so2, so3};
use tangents::interop::nalgebra::{FieldFunction, FieldNumber, jacobian};
use tangents::{Dual, HyperDual, Number, Taylor, assert_grads, derivative, hessian};

use crate::common::cases;
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

// ---- References ----------------------------------------------------------------------------------------------------

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

// ---- Laws of the groups --------------------------------------------------------------------------------------------

/// A rotation vector, of any direction and length up to `longest`, tiny ones too.
fn rotation_vector(longest: f64) -> impl Strategy<Value = Vector3<f64>> {
    let angle =
        prop_oneof![3 => 0.0..longest, 1 => (-14.0..0.0).prop_map(|e| 10.0_f64.powf(e)), 1 => Just(0.0)];
    (angle, -1.0..1.0, -PI..PI).prop_map(|(angle, z, around): (f64, f64, f64)| {
        let r = (1.0 - z * z).sqrt();
        Vector3::new(r * around.cos(), r * around.sin(), z) * angle
    })
}

fn screw(longest: f64) -> impl Strategy<Value = Vector6<f64>> {
    (rotation_vector(3.0), rotation_vector(longest))
        .prop_map(|(rho, phi)| Vector6::new(rho.x, rho.y, rho.z, phi.x, phi.y, phi.z))
}

fn near<const R: usize, const C: usize>(
    a: &::nalgebra::SMatrix<f64, R, C>,
    b: &::nalgebra::SMatrix<f64, R, C>,
) -> bool {
    (a - b).norm() <= 4e-14 * (1.0 + b.norm())
}

/// As rotations: of either sign.
fn same(p: &UnitQuaternion<f64>, q: &UnitQuaternion<f64>) -> bool {
    let (p, q) = (p.coords, q.coords);
    (p - q).norm().min((p + q).norm()) < 1e-14
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn logarithm_and_exponential_are_inverse(phi in rotation_vector(3.1), xi in screw(3.1), any in rotation_vector(20.0)) {
        prop_assert!((quaternion::log(&quaternion::exp(&phi)) - phi).norm() <= 2e-15 * phi.norm());
        // A matrix has 1 beside the angle.
        prop_assert!((so3::log(&so3::exp(&phi)) - phi).norm() <= 4e-15 * phi.norm());
        prop_assert!(near(&se3::log(&se3::exp(&xi)), &xi));
        let angle = phi.x;
        prop_assert!((so2::log(&so2::exp(angle)) - angle).abs() <= 1e-15);
        prop_assert!((complex::log(&complex::exp(angle)) - angle).abs() <= 1e-15);

        let q = quaternion::exp(&any);
        prop_assert!(same(&quaternion::exp(&quaternion::log(&q)), &q));
        let r = so3::exp(&any);
        prop_assert!(near(so3::exp(&so3::log(&r)).matrix(), r.matrix()));
        prop_assert!(near(r.matrix(), q.to_rotation_matrix().matrix()));
        prop_assert!(near(&(r.matrix() * r.matrix().transpose()), &Matrix3::identity()));
        prop_assert!((q.coords.norm() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn box_plus_and_box_minus_are_inverse(a in screw(20.0), b in screw(20.0), v in screw(3.1)) {
        let phi = Vector3::new(v[3], v[4], v[5]);
        let [x, y] = [a, b].map(|a| se3::exp(&a));
        prop_assert!(near(&se3::box_minus(&se3::box_plus(&x, &v), &x), &v));
        prop_assert!(near(&se3::box_plus(&x, &se3::box_minus(&y, &x)).to_matrix(), &y.to_matrix()));
        prop_assert!(near(&se3::box_plus(&x, &v).to_matrix(), &(x * se3::exp(&v)).to_matrix()));

        let [p, q] = [x.rotation, y.rotation];
        prop_assert!(near(&quaternion::box_minus(&quaternion::box_plus(&p, &phi), &p), &phi));
        prop_assert!(same(&quaternion::box_plus(&p, &quaternion::box_minus(&q, &p)), &q));
        let [r, s] = [p, q].map(UnitQuaternion::to_rotation_matrix);
        prop_assert!(near(&so3::box_minus(&so3::box_plus(&r, &phi), &r), &phi));
        prop_assert!(near(so3::box_plus(&r, &so3::box_minus(&s, &r)).matrix(), s.matrix()));

        let [z, w] = [a, b].map(|a| complex::exp(a[3]));
        prop_assert!((complex::box_minus(&complex::box_plus(&z, v[4]), &z) - v[4]).abs() < 1e-14);
        prop_assert!((complex::box_plus(&z, complex::box_minus(&w, &z)).into_inner() - w.into_inner()).norm() < 1e-14);
        let [r, s] = [a, b].map(|a| so2::exp(a[3]));
        prop_assert!((so2::box_minus(&so2::box_plus(&r, v[4]), &r) - v[4]).abs() < 1e-14);
        prop_assert!(near(so2::box_plus(&r, so2::box_minus(&s, &r)).matrix(), s.matrix()));
    }

    #[test]
    fn jacobians_are_those_of_the_exponential(xi in screw(3.1)) {
        let phi = Vector3::new(xi[3], xi[4], xi[5]);
        let of_exp = jacobian(|x| so3::box_minus(&so3::exp(x), &so3::exp(&phi).cast()), &phi);
        prop_assert!(near(&so3::right_jacobian(&phi), &of_exp));
        let of_exp = jacobian(|x| quaternion::box_minus(&quaternion::exp(x), &quaternion::exp(&phi).cast()), &phi);
        prop_assert!(near(&so3::right_jacobian(&phi), &of_exp));
        prop_assert!(near(&so3::left_jacobian(&phi), &(so3::exp(&phi) * so3::right_jacobian(&phi))));
        prop_assert!(near(&(so3::left_jacobian_inverse(&phi) * so3::left_jacobian(&phi)), &Matrix3::identity()));
        prop_assert!(near(&(so3::right_jacobian_inverse(&phi) * so3::right_jacobian(&phi)), &Matrix3::identity()));

        let x = se3::exp(&xi);
        let of_exp = jacobian(|xi| se3::box_minus(&se3::exp(xi), &x.cast()), &xi);
        prop_assert!(near(&se3::right_jacobian(&xi), &of_exp));
        prop_assert!(near(&se3::left_jacobian(&xi), &(se3::adjoint(&x) * se3::right_jacobian(&xi))));
        prop_assert!(near(&(se3::left_jacobian_inverse(&xi) * se3::left_jacobian(&xi)), &Matrix6::identity()));
        prop_assert!(near(&(se3::right_jacobian_inverse(&xi) * se3::right_jacobian(&xi)), &Matrix6::identity()));
    }

    #[test]
    fn slerp_runs_from_end_to_end_at_even_speed(a in rotation_vector(20.0), v in rotation_vector(3.1), t in -1.0..2.0) {
        let p = quaternion::exp(&a);
        let q = quaternion::box_plus(&p, &v);
        let opposite = UnitQuaternion::new_unchecked(-q.into_inner());
        for q in [q, opposite] {
            prop_assert_eq!(quaternion::slerp(&p, &q, 0.0), p);
            prop_assert!(same(&quaternion::slerp(&p, &q, 1.0), &q));
            prop_assert!(same(&quaternion::slerp(&p, &q, t), &quaternion::box_plus(&p, &(v * t))));
        }
        let [r, s] = [p, q].map(UnitQuaternion::to_rotation_matrix);
        prop_assert!(near(so3::slerp(&r, &s, t).matrix(), so3::box_plus(&r, &(v * t)).matrix()));
        if v.norm() > 0.01 {
            prop_assert!((p.slerp(&q, t).angle_to(&quaternion::slerp(&p, &q, t))).abs() < 1e-7);
        }
        let angle = |t: f64| so2::log(&so2::slerp(&so2::exp(a.x), &so2::exp(a.x + v.x), t));
        prop_assert!((UnitComplex::new(angle(t)).angle_to(&UnitComplex::new(a.x + v.x * t))).abs() < 1e-13);
        let z = complex::slerp(&complex::exp(a.x), &complex::exp(a.x + v.x), t);
        prop_assert!(z.angle_to(&UnitComplex::new(a.x + v.x * t)).abs() < 1e-13);
    }

    #[test]
    fn the_rotation_between_takes_one_to_the_other(
        a in rotation_vector(9.0).prop_filter("not zero", |a| a.norm() > 0.0),
        turn in rotation_vector(PI - 1e-3),
    ) {
        let b = quaternion::exp(&turn) * a * 1.75;
        let q = quaternion::rotation_between(&a, &b).unwrap();
        let r = so3::rotation_between(&a, &b).unwrap();
        let (a, b) = (a.normalize(), b.normalize());
        prop_assert!((q.coords.norm() - 1.0).abs() < 1e-15);
        prop_assert!(q.w >= 0.0 && q.imag().dot(&(a + b)).abs() < 1e-15);
        prop_assert!((q * a - b).norm() < 2e-15, "{}", (q * a - b).norm());
        prop_assert!((r * a - b).norm() < 2e-15);
    }
}

// ---- Derivatives against differences -------------------------------------------------------------------------------

fn log_of_product<T: FieldNumber>(x: &SVector<T, 6>) -> Vector3<T> {
    let x = x.as_slice();
    quaternion::log(&(quaternion::exp(&v3(x)) * quaternion::exp(&v3(&x[3..]))))
}

fn log_of_matrices<T: FieldNumber>(x: &SVector<T, 6>) -> Vector3<T> {
    let x = x.as_slice();
    so3::log(&(so3::exp(&v3(x)) * so3::exp(&v3(&x[3..]))))
}

fn there_and_back<T: FieldNumber>(x: &SVector<T, 6>) -> Vector6<T> {
    let fixed = Vector6::new(0.5, -0.25, 1.0, 0.25, 0.5, -0.125).map(::nalgebra::convert);
    se3::log(&se3::box_plus(&se3::exp(&fixed), x))
}

fn halfway<T: FieldNumber>(x: &SVector<T, 6>) -> Vector3<T> {
    let x = x.as_slice();
    quaternion::slerp(&quaternion::exp(&v3(x)), &quaternion::exp(&v3(&x[3..])), ::nalgebra::convert(0.375))
        .imag()
}

fn between<T: FieldNumber>(x: &SVector<T, 6>) -> Vector3<T> {
    quaternion::log(&quaternion::rotation_between(&v3(x.as_slice()), &v3(&x.as_slice()[3..])).unwrap())
}

/// The points of each function: at and near the identity, near π, in between.
const POINTS: [[f32; 6]; 6] = [
    [0.0; 6],
    [0.0, 0.0, 0.0, 1e-7, -1e-7, 2e-7],
    [0.5, 0.25, -1.0, -0.5, -0.25, 1.0],
    [1e-4, 0.0, -1e-4, 0.25, 0.5, 1.0],
    [0.0, 3.0, 0.0, 0.125, 0.0, 0.0],
    [2.0, -1.0, 0.5, 0.25, -0.25, -0.125],
];

/// Against differences in f64, of first and second derivatives.
macro_rules! assert_derivatives {
    ($f:ident at $points:expr) => {
        for x in $points {
            let x = SVector::from(x);
            // A derivative that is zero on paper comes out as a rounding.
            assert_grads($f, &x.map(f64::from), CheckOptions::order(2).tolerances(1e-10, 1e-7));
            check_grads_in_f64($f, $f, &x, CheckOptions::order(2)).unwrap();
        }
    };
}

#[test]
fn derivatives_of_logarithms_are_differences() {
    assert_derivatives!(log_of_product at POINTS);
    assert_derivatives!(log_of_matrices at POINTS);
}

#[test]
fn derivatives_of_rigid_motions_are_differences() {
    assert_derivatives!(there_and_back at POINTS);
}

#[test]
fn derivatives_of_slerp_and_the_rotation_between_are_differences() {
    assert_derivatives!(halfway at POINTS);
    let parallel = [1.0, 2.0, -0.5, 2.0, 4.0, -1.0];
    assert_derivatives!(between at [parallel, [1.0, 0.0, 0.0, 0.0, 2.0, 0.0], [1.0, 2.0, 3.0, -1.0, -2.0, -2.0]]);
}

// ---- Edges ---------------------------------------------------------------------------------------------------------

type D = Dual<f64, 2>;

fn unit<T: FieldNumber>([w, x, y, z]: [T; 4]) -> UnitQuaternion<T> {
    UnitQuaternion::new_unchecked(Quaternion::new(w, x, y, z))
}

/// In lane 0 the axis turns, in lane 1 the angle grows.
#[test]
fn at_half_a_turn_the_logarithm_has_the_derivatives_of_its_axis_only() {
    let o = D::constant(0.0);
    let q = unit([D::new(0.0, [0.0, -0.5]), o, D::new(0.0, [1.0, 0.0]), D::constant(1.0)]);
    let log = quaternion::log(&q);
    assert_eq!(log.map(|part| part.re), Vector3::new(0.0, 0.0, PI));
    assert_eq!(log.map(|part| part.eps[0]), Vector3::new(0.0, PI, 0.0));
    assert!(log.iter().all(|part| part.eps[1].is_nan()));

    let half_turn = so3::log(&q.to_rotation_matrix());
    assert_eq!(half_turn.map(|part| part.re), Vector3::new(0.0, 0.0, PI));
    assert_eq!(half_turn.map(|part| part.eps[0]), Vector3::new(0.0, PI, 0.0));
    assert!(half_turn.iter().all(|part| part.eps[1].is_nan()));

    // A constant has no derivative that could be wrong, and the value has the length π about any axis.
    assert_eq!(
        so3::log(&Rotation3::from_matrix_unchecked(Matrix3::from_diagonal(&Vector3::new(-1.0, 1.0, -1.0)))).y,
        PI
    );

    // Of two halves of a turn apart: the angle's share t has its derivative.
    let ends = [unit([1.0, 0.0, 0.0, 0.0]), unit([0.0, 0.0, 0.0, 1.0])];
    let speed = derivative(|t| quaternion::slerp(&ends[0].cast(), &ends[1].cast(), t).k, 0.0);
    assert_eq!(speed, PI / 2.0);
}

#[test]
fn a_quaternion_and_its_negative_have_one_logarithm() {
    for phi in [[0.0; 3], [1e-12, 0.0, -1e-12], [0.5, -1.0, 2.0], [0.0, 3.0, 0.5]] {
        let through = |negative: bool| {
            jacobian(
                |phi| {
                    let q = quaternion::exp(phi).into_inner();
                    let q = if negative { -q } else { q };
                    quaternion::log(&UnitQuaternion::new_unchecked(q))
                },
                &Vector3::<f64>::from(phi),
            )
        };
        assert_eq!(through(true), through(false));
        assert!(near(&through(false), &Matrix3::identity()));
    }
}

/// As what rounding leaves of products.
#[test]
fn a_real_part_above_one_is_that_of_the_identity() {
    let q = unit([1.0 + 4.0 * f64::EPSILON, 1e-9, -2e-9, 0.0]);
    let error = quaternion::log(&q) - Vector3::new(2e-9, -4e-9, 0.0);
    assert!(error.norm() < 1e-23);
    let q = unit([D::new(1.0 + f64::EPSILON, [0.0, 1.0]), 0.0.into(), D::new(0.0, [1.0, 0.0]), 0.0.into()]);
    assert!((quaternion::log(&q).y.eps[0] - 2.0).abs() < 1e-15);
}

#[test]
fn between_opposite_vectors_there_is_no_shortest_rotation() {
    let a = Vector3::new(0.1, 0.2, -0.3);
    for b in [-a, a * -3.0, a * -0.7, Vector3::zeros(), a * f64::INFINITY, a * f64::NAN] {
        assert_eq!(quaternion::rotation_between(&a, &b), None, "{b}");
        assert_eq!(so3::rotation_between(&b, &a), None);
        assert!(quaternion::rotation_between(&a.cast::<D>(), &b.cast::<D>()).is_none());
    }
    assert!(quaternion::rotation_between(&a, &(a * -3.0 + Vector3::new(0.0, 1e-12, 0.0))).is_some());
    let a = Vector3::new(0.1_f32, 0.2, -0.3);
    assert!(quaternion::rotation_between(&a, &(a * -3.0)).is_none());
    assert!(quaternion::rotation_between(&a, &(a * 1e-30)).is_some());
}

/// Whatever the axis that rounding leaves, it is perpendicular to both.
#[test]
fn between_nearly_opposite_vectors_the_rotation_takes_one_to_the_other() {
    let (a, across): (Vector3<f64>, _) = (Vector3::new(0.48, -0.6, 0.64), Vector3::new(0.8, 0.64, 0.0));
    for exponent in 1..15 {
        let b = -1.5 * a + across * 0.1_f64.powi(exponent);
        let q = quaternion::rotation_between(&a, &b).unwrap();
        assert!((q * a - b.normalize()).norm() < 2e-15, "{exponent}");
        assert!((q.coords.norm() - 1.0).abs() < 1e-15);
    }
}

#[test]
fn beyond_all_numbers_there_is_no_rotation() {
    for x in [f64::INFINITY, f64::NAN] {
        assert!(quaternion::exp(&Vector3::new(x, 0.0, 0.0)).w.is_nan());
        assert!(so3::log(&so3::exp(&Vector3::new(x, 0.0, 0.0))).x.is_nan());
    }
    assert_eq!(quaternion::exp(&Vector3::new(1e-300, 0.0, 0.0)).i, 5e-301);
}

#[test]
fn hat_and_vee_are_inverse() {
    let phi = Vector3::new(1.0, -2.0, 3.0);
    assert_eq!(so3::vee(&so3::hat(&phi)), phi);
    assert_eq!(
        so3::vee(&Matrix3::new(1.0, 0.0, 4.0, 2.0, 1.0, 0.0, 0.0, 6.0, 1.0)),
        Vector3::new(3.0, 2.0, 1.0)
    );
}

// ---- Function values -----------------------------------------------------------------------------------------------

/// The tool of an arm of joints at `axes`: the product of their motions.
struct Arm<'a> {
    axes: &'a [Vector6<f64>],
}

impl Arm<'_> {
    /// The tangent of the tool's place.
    fn tool<T: Number>(&self, angles: &[T]) -> Vec<T> {
        let start: Isometry3<T> = se3::exp(&Vector6::from_element(T::zero()));
        let place = self.axes.iter().zip(angles).fold(start, |place, (axis, &angle)| {
            se3::box_plus(&place, &axis.map(|part| T::lit(part) * angle))
        });
        m_of(&se3::log(&place))
    }
}

fn m_of<T: Number>(v: &Vector6<T>) -> Vec<T> {
    v.iter().copied().collect()
}

impl tangents::Function for Arm<'_> {
    type From = [f64];
    type To = Vec<f64>;

    fn call<T: Number>(&self, angles: &[T]) -> Vec<T> {
        self.tool(angles)
    }
}

impl FieldFunction for Arm<'_> {
    type From = ::nalgebra::DVector<f64>;
    type To = ::nalgebra::DVector<f64>;

    fn call<T: FieldNumber>(&self, angles: &::nalgebra::DVector<T>) -> ::nalgebra::DVector<T> {
        let place = self.axes.iter().zip(angles).fold(Isometry3::identity(), |place, (axis, &angle)| {
            place * se3::exp(&axis.map(|part| ::nalgebra::convert::<f64, T>(part) * angle))
        });
        ::nalgebra::DVector::from_column_slice(se3::log(&place).as_slice())
    }
}

fn axes(n: usize) -> Vec<Vector6<f64>> {
    let axis = |i: usize| {
        let (height, turned) = ([0.25, 0.5, 1.0, 1.75][i % 4], i % 2 == 1);
        // ρ = point × direction, of a line at that height.
        let direction = if turned { Vector3::y() } else { Vector3::z() };
        let rho = Vector3::new(0.125, 0.0, height).cross(&direction);
        Vector6::new(rho.x, rho.y, rho.z, direction.x, direction.y, direction.z)
    };
    (0..n).map(axis).collect()
}

/// At the zero position the motions are small and add up: column i of the Jacobian is the axis of joint i.
#[test]
fn an_arm_has_its_jacobian_at_the_zero_position() {
    // On numbers with all lanes, and on those of which constants have none.
    for n in [7, 20] {
        let axes = axes(n);
        let arm = Arm { axes: &axes };
        let rows = tangents::Function::jacobian(&arm, &vec![0.0; n]);
        let matrix = FieldFunction::jacobian(&arm, &::nalgebra::DVector::<f64>::zeros(n));
        for (i, axis) in axes.iter().enumerate() {
            for k in 0..6 {
                assert_eq!(rows[k][i], axis[k]);
                assert_eq!(matrix[(k, i)], axis[k]);
            }
        }
        let x: Vec<f64> = (0..n).map(|i| [0.1, -0.2, 0.0, 0.05][i % 4]).collect();
        let rows = tangents::Function::jacobian(&arm, &x);
        let matrix = FieldFunction::jacobian(&arm, &::nalgebra::DVector::from_vec(x));
        let same = (0..n).all(|i| (0..6).all(|k| (rows[k][i] - matrix[(k, i)]).abs() < 1e-13));
        assert!(same);
    }
}

/// What `nalgebra`'s constructors make of it: nothing turns.
#[test]
fn with_the_constructors_of_nalgebra_it_has_none() {
    fn tool<T: RealField + Copy>(angles: &SVector<T, 7>) -> Vector3<T> {
        let joint = |place: Isometry3<T>, (i, &angle): (usize, &T)| {
            let axis = if i % 2 == 1 { Vector3::y() } else { Vector3::z() };
            place * Isometry3::new(Vector3::x(), axis * angle)
        };
        angles.iter().enumerate().fold(Isometry3::identity(), joint).translation.vector
    }
    assert_eq!(jacobian(tool, &SVector::<f64, 7>::zeros()), ::nalgebra::SMatrix::<f64, 3, 7>::zeros());
    assert!(jacobian(tool, &SVector::<f64, 7>::repeat(1e-7)).norm() > 7.0);
}

/// The logarithm of exp(φ + tv) is linear in t, and every derivative above the first is zero.
#[test]
fn derivatives_of_high_order_are_right() {
    for phi in [[0.0; 3], [1e-7, 2e-7, 0.0], [1.0, -0.5, 0.25]] {
        let v = [0.25, 0.5, -0.125];
        let line: [Taylor<f64, 8>; 3] = [0, 1, 2].map(|i| {
            let mut x = Taylor::variable(phi[i]);
            x.coefficients[0] = v[i];
            x
        });
        for log in [quaternion::log(&quaternion::exp(&line.into())), so3::log(&so3::exp(&line.into()))] {
            for (i, part) in log.iter().enumerate() {
                assert!((part.coefficients[0] - v[i]).abs() < 1e-15);
                assert!(part.coefficients[1..].iter().all(|c| c.abs() < 1e-15), "{part:?}");
            }
        }
    }
}

/// cos(θ/2) has the Hessian −I/4.
#[test]
fn second_derivatives_at_the_identity_are_there() {
    let h = hessian(|phi: &SVector<_, 3>| quaternion::exp(phi).w, &Vector3::<f64>::zeros());
    for (i, row) in h.iter().enumerate() {
        for (k, &entry) in row.iter().enumerate() {
            assert_eq!(entry, if i == k { -0.25 } else { 0.0 });
        }
    }
}
