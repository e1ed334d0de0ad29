//! The test problems of Moré, Garbow and Hillstrom (ACM TOMS 7(1):17–41, 1981), with every driver, through arrays
//! and through slices.
//!
//! `tests/data/mgh/README.md` says where the references come from.

use crate::reference::{Deviations, c, entry, json, list, matrix, n, number, string, sum_of_squares, vector};
use serde_json::Value;
use tangents::{
    Real, ValueGradientHessian, Workspace, gradient, hessian, hvp, jacobian, value_and_gradient,
    value_and_hessian, value_and_jacobian, value_gradient_and_hessian,
};

fn rosenbrock<T: Real>(x: &[T]) -> [T; 2] {
    [c::<T>(10.0) * (x[1] - x[0].powi(2)), T::one() - x[0]]
}

fn powell_badly_scaled<T: Real>(x: &[T]) -> [T; 2] {
    [c::<T>(1e4) * x[0] * x[1] - T::one(), (-x[0]).exp() + (-x[1]).exp() - c(1.0001)]
}

fn beale<T: Real>(x: &[T]) -> [T; 3] {
    let f = |y, i| c::<T>(y) - x[0] * (T::one() - x[1].powi(i));
    [f(1.5, 1), f(2.25, 2), f(2.625, 3)]
}

fn helical_valley<T: Real>(x: &[T]) -> [T; 3] {
    let angle = (x[1] / x[0]).atan() / (c::<T>(2.0) * T::PI());
    let theta = if x[0] > T::zero() { angle } else { angle + c(0.5) };
    let radius = (x[0].powi(2) + x[1].powi(2)).sqrt();
    [c::<T>(10.0) * (x[2] - c::<T>(10.0) * theta), c::<T>(10.0) * (radius - T::one()), x[2]]
}

fn bard<T: Real>(x: &[T]) -> Vec<T> {
    let y = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.1, 4.39];
    let f = |(i, y)| {
        let (u, v) = (n::<T>(i), n::<T>(16 - i));
        c::<T>(y) - (x[0] + u / (v * x[1] + u.min(v) * x[2]))
    };
    (1..).zip(y).map(f).collect()
}

fn meyer<T: Real>(x: &[T]) -> Vec<T> {
    let y = [
        34780.0, 28610.0, 23650.0, 19630.0, 16370.0, 13720.0, 11540.0, 9744.0, 8261.0, 7030.0, 6005.0,
        5147.0, 4427.0, 3820.0, 3307.0, 2872.0,
    ];
    (1..).zip(y).map(|(i, y)| x[0] * (x[1] / (n::<T>(45 + 5 * i) + x[2])).exp() - c(y)).collect()
}

fn powell_singular<T: Real>(x: &[T]) -> [T; 4] {
    [
        x[0] + c::<T>(10.0) * x[1],
        c::<T>(5.0).sqrt() * (x[2] - x[3]),
        (x[1] - c::<T>(2.0) * x[2]).powi(2),
        c::<T>(10.0).sqrt() * (x[0] - x[3]).powi(2),
    ]
}

fn wood<T: Real>(x: &[T]) -> [T; 6] {
    let root_10 = c::<T>(10.0).sqrt();
    [
        c::<T>(10.0) * (x[1] - x[0].powi(2)),
        T::one() - x[0],
        c::<T>(90.0).sqrt() * (x[3] - x[2].powi(2)),
        T::one() - x[2],
        root_10 * (x[1] + x[3] - c(2.0)),
        (x[1] - x[3]) / root_10,
    ]
}

fn brown_and_dennis<T: Real>(x: &[T]) -> Vec<T> {
    let f = |i| {
        let t = n::<T>(i) / c(5.0);
        (x[0] + t * x[1] - t.exp()).powi(2) + (x[2] + x[3] * t.sin() - t.cos()).powi(2)
    };
    (1..=20).map(f).collect()
}

fn osborne_1<T: Real>(x: &[T]) -> Vec<T> {
    let y = [
        0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.85, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658,
        0.628, 0.603, 0.58, 0.558, 0.538, 0.522, 0.506, 0.49, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431,
        0.424, 0.42, 0.414, 0.411, 0.406,
    ];
    let f = |(i, y): (usize, f64)| {
        let t = n::<T>(10 * i);
        c::<T>(y) - (x[0] + x[1] * (-t * x[3]).exp() + x[2] * (-t * x[4]).exp())
    };
    (0..).zip(y).map(f).collect()
}

fn watson<T: Real>(x: &[T]) -> Vec<T> {
    let f = |i| {
        let t = n::<T>(i) / c(29.0);
        // Horner's rule, for the polynomial and its derivative.
        let (p, slope) =
            x.iter().rev().fold((T::zero(), T::zero()), |(p, slope), &x| (p * t + x, slope * t + p));
        slope - p.powi(2) - T::one()
    };
    (1..=29).map(f).chain([x[0], x[1] - x[0].powi(2) - T::one()]).collect()
}

fn extended_powell_singular<T: Real>(x: &[T]) -> Vec<T> {
    x.chunks(4).flat_map(powell_singular).collect()
}

fn penalty_1<T: Real>(x: &[T]) -> Vec<T> {
    let last = sum_of_squares(x.iter().copied()) - c(0.25);
    x.iter().map(|&x| c::<T>(1e-5).sqrt() * (x - T::one())).chain([last]).collect()
}

fn trigonometric<T: Real>(x: &[T]) -> Vec<T> {
    // Not n − Σ cos xⱼ: that cancels, and in the Hessian what is lost is multiplied by the curvature of f.
    let one_minus_cos = |x: &T| c::<T>(2.0) * (*x / c(2.0)).sin().powi(2);
    let sum = T::sum(x.iter().map(one_minus_cos));
    (1..).zip(x).map(|(i, x)| sum + n::<T>(i) * one_minus_cos(x) - x.sin()).collect()
}

/// The coordinate `i` counted from 1, and 0 before the first and after the last.
fn padded<T: Real>(x: &[T], i: usize) -> T {
    if i == 0 { T::zero() } else { x.get(i - 1).copied().unwrap_or(T::zero()) }
}

fn discrete_boundary_value<T: Real>(x: &[T]) -> Vec<T> {
    let h = n::<T>(x.len() + 1).recip();
    let f = |i| {
        let x_i = padded(x, i);
        c::<T>(2.0) * x_i - padded(x, i - 1) - padded(x, i + 1)
            + h.powi(2) * (x_i + n::<T>(i) * h + T::one()).powi(3) / c(2.0)
    };
    (1..=x.len()).map(f).collect()
}

fn broyden_tridiagonal<T: Real>(x: &[T]) -> Vec<T> {
    let f = |i| {
        let x_i = padded(x, i);
        (c::<T>(3.0) - c::<T>(2.0) * x_i) * x_i - padded(x, i - 1) - c::<T>(2.0) * padded(x, i + 1) + T::one()
    };
    (1..=x.len()).map(f).collect()
}

fn linear_full_rank<T: Real>(x: &[T]) -> [T; 10] {
    let mean = c::<T>(2.0) / c(10.0) * T::sum(x);
    std::array::from_fn(|i| padded(x, i + 1) - mean - T::one())
}

fn chebyquad<T: Real>(x: &[T]) -> Vec<T> {
    let f = |i: usize| {
        let integral = if i.is_multiple_of(2) { -T::one() / n(i * i - 1) } else { T::zero() };
        T::sum(x.iter().map(|&x| shifted_chebyshev(i, x))) / n(x.len()) - integral
    };
    (1..=x.len()).map(f).collect()
}

/// The Chebyshev polynomial of degree `i` on [0, 1].
fn shifted_chebyshev<T: Real>(i: usize, x: T) -> T {
    let x = c::<T>(2.0) * x - T::one();
    (1..i).fold((T::one(), x), |(before, now), _| (now, c::<T>(2.0) * x * now - before)).1
}

/// A problem's derivatives at a point, and the product of the Hessian with a direction.
struct Derivatives {
    f: Vec<f64>,
    j: Vec<Vec<f64>>,
    objective: f64,
    gradient: Vec<f64>,
    hessian: Vec<Vec<f64>>,
    hvp: Vec<f64>,
}

struct Problem {
    name: &'static str,
    arrays: fn(&[f64], &[f64]) -> Derivatives,
    slices: fn(&[f64], &[f64]) -> Derivatives,
}

fn vectors(rows: impl IntoIterator<Item = impl Into<Vec<f64>>>) -> Vec<Vec<f64>> {
    rows.into_iter().map(Into::into).collect()
}

macro_rules! problems {
    ($($name:literal $f:ident $n:literal)*) => {
        &[$(Problem {
            name: $name,
            arrays: |x, v| {
                let (x, v): ([f64; $n], [f64; $n]) = (x.try_into().unwrap(), v.try_into().unwrap());
                let (f, j) = value_and_jacobian(|x| $f(x), &x);
                assert_eq!(jacobian(|x| $f(x), &x), j, $name);
                let ValueGradientHessian { value: objective, gradient: g, hessian: h } = value_gradient_and_hessian(|x| sum_of_squares($f(x)), &x);
                assert_eq!(hessian(|x| sum_of_squares($f(x)), &x), h, $name);
                assert_eq!(value_and_gradient(|x| sum_of_squares($f(x)), &x).0, objective, $name);
                Derivatives {
                    f: f.into(),
                    j: vectors(j),
                    objective,
                    gradient: g.into(),
                    hessian: vectors(h),
                    hvp: hvp(|x| sum_of_squares($f(x)), &x, &v).into(),
                }
            },
            slices: |x, v| {
                let (f, j) = value_and_jacobian(|x| $f(x), x);
                let (objective, hessian) = value_and_hessian(|x| sum_of_squares($f(x)), x);
                let gradient = gradient(|x| sum_of_squares($f(x)), x);
                let hvp = hvp(|x| sum_of_squares($f(x)), x, v);
                let found = Derivatives { f: f.into(), j: vectors(j), objective, gradient, hessian, hvp };

                // The drivers that write into buffers do the same arithmetic.
                let workspace = &mut Workspace::new();
                let mut f_into = vec![0.0; found.f.len()];
                let mut j_into = vec![0.0; found.f.len() * $n];
                let copy = |x: &[_], y: &mut [_]| y.copy_from_slice(&$f(x));
                workspace.value_and_jacobian(copy, x, &mut f_into, &mut j_into).unwrap();
                assert_eq!((f_into, j_into), (found.f.clone(), found.j.concat()), $name);
                let mut row = [0.0; $n];
                workspace.gradient(|x| sum_of_squares($f(x)), x, &mut row).unwrap();
                assert_eq!(row.to_vec(), found.gradient, $name);
                workspace.hvp(|x| sum_of_squares($f(x)), x, v, &mut row).unwrap();
                assert_eq!(row.to_vec(), found.hvp, $name);
                let mut h_into = [0.0; $n * $n];
                workspace.hessian(|x| sum_of_squares($f(x)), x, &mut h_into).unwrap();
                assert_eq!(h_into.to_vec(), found.hessian.concat(), $name);
                found
            },
        }),*]
    };
}

const PROBLEMS: &[Problem] = problems! {
    "Rosenbrock" rosenbrock 2
    "Powell badly scaled" powell_badly_scaled 2
    "Beale" beale 2
    "Helical valley" helical_valley 3
    "Bard" bard 3
    "Meyer" meyer 3
    "Powell singular" powell_singular 4
    "Wood" wood 4
    "Brown and Dennis" brown_and_dennis 4
    "Osborne 1" osborne_1 5
    "Watson" watson 9
    "Extended Powell singular" extended_powell_singular 12
    "Penalty I" penalty_1 10
    "Trigonometric" trigonometric 8
    "Discrete boundary value" discrete_boundary_value 10
    "Broyden tridiagonal" broyden_tridiagonal 10
    "Linear full rank" linear_full_rank 5
    "Chebyquad" chebyquad 8
};

fn compare(deviations: &mut Deviations, what: &str, found: &Derivatives, point: &Value) {
    deviations.row(&format!("{what}, f"), &found.f, &vector(&point["f"]));
    deviations.rows(&format!("{what}, J"), &found.j, &matrix(&point["J"]));
    deviations.row(&format!("{what}, F"), &[found.objective], &[number(&point["F"])]);
    deviations.row(&format!("{what}, ∇F"), &found.gradient, &vector(&point["gradF"]));
    deviations.rows(&format!("{what}, Hessian"), &found.hessian, &matrix(&point["hessF"]));
    deviations.row(&format!("{what}, Hessian · v"), &found.hvp, &vector(&point["hvp"]));
}

fn each_point(derivatives: impl Fn(&Problem) -> fn(&[f64], &[f64]) -> Derivatives) {
    let file = json("mgh/problems.json");
    assert_eq!(list(&file["problems"]).len(), PROBLEMS.len());
    let mut deviations = Deviations::default();
    for problem in PROBLEMS {
        for point in list(&entry(&file["problems"], "name", problem.name)["points"]) {
            let found = derivatives(problem)(&vector(&point["x"]), &vector(&point["hvp_v"]));
            compare(
                &mut deviations,
                &format!("{} at {}", problem.name, string(&point["label"])),
                &found,
                point,
            );
        }
    }
    deviations.none();
}

#[test]
fn all_derivatives_at_arrays_are_those_of_the_references() {
    each_point(|problem| problem.arrays);
}

#[test]
fn all_derivatives_at_slices_are_those_of_the_references() {
    each_point(|problem| problem.slices);
}
