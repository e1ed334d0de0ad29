//! Gradients and Hessians of test functions of optimisation and of a free energy.

use std::f64::consts::{E, SQRT_2, TAU};

use echidna::DualVec;
use hyperjet::differentiate::{differentiate1, differentiate2};
use hyperjet::jets::Jet1;
use nalgebra::SVector;
use num_dual::{Dual2SVec64, DualSVec64};
use tangents::function::Prepared;
use tangents::{Function, Workspace, value_and_gradient, value_gradient_and_hessian};

use super::function_values::Field;
use super::tapes;
use crate::drivers::{chunked_gradient, num_dual_hessian_in_chunks, one_lane_gradient, seeded_gradient};
use crate::measured::{Goal, Who};
use crate::number::{AdTrait, Lanes, Number};
use crate::runner::Workload;
use crate::shared;

pub(super) fn workloads() -> Vec<Workload> {
    let rosenbrock = "Rosenbrock";
    let ackley = "Ackley";
    let helmholtz = "Helmholtz energy";
    let (peers, forward) = (Goal::OverPeers, Goal::OverForward);
    vec![
        in_cpp::<4, _>("rosenbrock 4", small_gradient::<4, 5, _>(rosenbrock, &Rosenbrock), &Rosenbrock)
            .goal(peers(1.2)),
        in_cpp::<10, _>("rosenbrock 10", small_gradient::<10, 11, _>(rosenbrock, &Rosenbrock), &Rosenbrock)
            .goal(peers(1.6)),
        as_array::<100, _>(large_gradient(rosenbrock, &Rosenbrock, 100), &Rosenbrock).goal(forward(3.0)),
        large_gradient(rosenbrock, &Rosenbrock, 1000).goal(forward(4.0)).goal(Goal::OverReverse(1.0)),
        in_cpp::<10, _>("ackley 10", small_gradient::<10, 11, _>(ackley, &Ackley), &Ackley)
            .goal(forward(1.2)),
        as_array::<100, _>(large_gradient(ackley, &Ackley, 100), &Ackley).goal(forward(2.0)),
        large_gradient(ackley, &Ackley, 1000).goal(forward(1.5)),
        small_hessian::<2, 3, _>(rosenbrock, &Rosenbrock),
        small_hessian::<4, 10, _>(rosenbrock, &Rosenbrock).goal(peers(3.0)),
        tapes::sparse_hessian(small_hessian::<10, 55, _>(rosenbrock, &Rosenbrock), &at::<10, _>(&Rosenbrock))
            .goal(peers(3.5)),
        small_hessian::<16, 136, _>(rosenbrock, &Rosenbrock).goal(peers(3.0)),
        tapes::sparse_hessian(large_hessian(rosenbrock, &Rosenbrock, 100), &at::<100, _>(&Rosenbrock))
            .goal(peers(2.0)),
        small_hessian::<4, 10, _>(helmholtz, &Helmholtz::<4>::new()).goal(peers(2.0)),
        small_hessian::<10, 55, _>(helmholtz, &Helmholtz::<10>::new()).goal(peers(3.0)),
    ]
}

/// The Rosenbrock gradient of n variables.
pub fn gradient_over(n: usize) -> Workload {
    large_gradient("Rosenbrock", &Rosenbrock, n)
}

/// The Rosenbrock Hessian of n variables.
pub fn hessian_over(n: usize) -> Workload {
    large_hessian("Rosenbrock", &Rosenbrock, n)
}

/// A function of any number of coordinates, with its derivatives.
pub(super) trait ScalarField: Clone + 'static {
    fn eval<T: Number>(&self, x: &[T]) -> T;

    /// A coordinate of the point.
    fn coordinate(i: usize) -> f64;

    /// The value; the gradient goes into `gradient`.
    fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64;

    /// The value; the gradient and the Hessian, row by row, go into the buffers.
    fn hessian(&self, x: &[f64], gradient: &mut [f64], hessian: &mut [f64]) -> f64;
}

/// A function and its point of N coordinates.
fn at<const N: usize, F: ScalarField>(f: &F) -> (F, [f64; N]) {
    (f.clone(), std::array::from_fn(F::coordinate))
}

/// The function as a function value.
fn as_function_value<F: ScalarField, X: Clone>((f, x): &(F, X)) -> [(Field<F>, X); 1] {
    [(Field(f.clone()), x.clone())]
}

/// `LENGTH` is N + 1.
fn small_gradient<const N: usize, const LENGTH: usize, F: ScalarField>(name: &str, f: &F) -> Workload
where
    hyperdual::Hyperdual<f64, LENGTH>: Lanes<N>,
{
    let case = [at::<N, _>(f)];
    let workload = Workload::new(format!("{name} gradient, n = {N}"))
        .entry(Who::Plain, "", &case, |(f, x)| f.eval(x))
        .entry(Who::Hand, "", &case, |(f, x)| {
            let mut gradient = [0.0; N];
            (f.gradient(x, &mut gradient), gradient)
        })
        .entry(Who::Tangents, "value_and_gradient", &case, |(f, x)| value_and_gradient(|x| f.eval(x), x))
        .entry(Who::FunctionValue, "value_and_gradient", &as_function_value(&case[0]), |(f, x)| {
            f.value_and_gradient(x)
        })
        .entry(Who::NumDual, "", &case, |(f, x)| {
            let f = |x: SVector<DualSVec64<N>, N>| f.eval(x.as_slice());
            num_dual::gradient(f, &SVector::from(*x))
        })
        .entry(Who::Hyperjet, "", &case, |(f, x)| differentiate1(*x, |x| f.eval(&x)))
        .entry(Who::Hyperdual, "", &case, |(f, x)| {
            seeded_gradient::<N, hyperdual::Hyperdual<f64, LENGTH>>(|x| f.eval(x), x)
        })
        .entry(Who::Autodiff, "", &case, |(f, x)| one_lane_gradient::<N, autodiff::F1>(|x| f.eval(x), x))
        .entry(Who::AdTrait, "", &case, |(f, x)| seeded_gradient::<N, AdTrait<N>>(|x| f.eval(x), x))
        .entry(Who::Echidna, "", &case, |(f, x)| seeded_gradient::<N, DualVec<f64, N>>(|x| f.eval(x), x));
    tapes::gradients(workload, &case[0])
}

fn large_gradient<F: ScalarField>(name: &str, f: &F, n: usize) -> Workload {
    fn chunked<const C: usize, D: Lanes<C>, F: ScalarField>(
        workload: Workload,
        who: Who,
        case: &(F, Vec<f64>),
    ) -> Workload {
        let mut lifted = Vec::<D>::new();
        workload.entry_into(who, format!("{C} lanes"), case, case.1.len() + 1, move |(f, x), out| {
            let (value, gradient) = out.split_first_mut().expect("a value");
            *value = chunked_gradient(|x| f.eval(x), x, &mut lifted, gradient);
        })
    }
    fn ours<const C: usize, F: ScalarField>(workload: Workload, case: &(F, Vec<f64>)) -> Workload {
        let mut workspace = Workspace::<f64, C>::with_lanes();
        let note = format!("Workspace::value_and_gradient, {C} lanes");
        workload.entry_into(Who::Tangents, note, case, case.1.len() + 1, move |(f, x), out| {
            let (value, gradient) = out.split_first_mut().expect("a value");
            *value = workspace.value_and_gradient(|x| f.eval(x), x, gradient).expect("they fit");
        })
    }
    let case = &(f.clone(), (0..n).map(F::coordinate).collect::<Vec<_>>());
    let mut workload = Workload::new(format!("{name} gradient, n = {n}"))
        .entry(Who::Plain, "", std::slice::from_ref(case), |(f, x)| f.eval(x))
        .entry_into(Who::Hand, "", case, n + 1, |(f, x), out| {
            let (value, gradient) = out.split_first_mut().expect("a value");
            *value = f.gradient(x, gradient);
        });
    let mut workspace = Workspace::new();
    workload = workload.entry_into(
        Who::Tangents,
        "Workspace::value_and_gradient",
        case,
        n + 1,
        move |(f, x), out| {
            let (value, gradient) = out.split_first_mut().expect("a value");
            *value = workspace.value_and_gradient(|x| f.eval(x), x, gradient).expect("they fit");
        },
    );
    workload = ours::<16, _>(workload, case);
    workload = ours::<24, _>(workload, case);
    workload = workload.entry(Who::Tangents, "value_and_gradient", std::slice::from_ref(case), |(f, x)| {
        value_and_gradient(|x| f.eval(x), x)
    });
    let mut prepared = Prepared::new(Field(f.clone()), &case.1);
    workload = workload.entry_into(
        Who::FunctionValue,
        "Prepared::value_and_gradient",
        case,
        n + 1,
        move |(_, x), out| {
            let (value, gradient) = out.split_first_mut().expect("a value");
            *value = prepared.value_and_gradient(x, gradient).expect("they fit");
        },
    );
    workload =
        workload.entry(Who::FunctionValue, "value_and_gradient", &as_function_value(case), |(f, x)| {
            f.value_and_gradient(x)
        });
    workload = chunked::<8, DualSVec64<8>, _>(workload, Who::NumDual, case);
    workload = chunked::<16, DualSVec64<16>, _>(workload, Who::NumDual, case);
    workload = chunked::<24, DualSVec64<24>, _>(workload, Who::NumDual, case);
    workload = chunked::<8, Jet1<8>, _>(workload, Who::Hyperjet, case);
    workload = chunked::<16, Jet1<16>, _>(workload, Who::Hyperjet, case);
    workload = chunked::<24, Jet1<24>, _>(workload, Who::Hyperjet, case);
    workload = chunked::<8, hyperdual::Hyperdual<f64, 9>, _>(workload, Who::Hyperdual, case);
    workload = chunked::<16, hyperdual::Hyperdual<f64, 17>, _>(workload, Who::Hyperdual, case);
    workload = chunked::<24, hyperdual::Hyperdual<f64, 25>, _>(workload, Who::Hyperdual, case);
    workload = chunked::<1, autodiff::F1, _>(workload, Who::Autodiff, case);
    workload = chunked::<8, AdTrait<8>, _>(workload, Who::AdTrait, case);
    workload = chunked::<16, AdTrait<16>, _>(workload, Who::AdTrait, case);
    workload = chunked::<8, DualVec<f64, 8>, _>(workload, Who::Echidna, case);
    workload = chunked::<16, DualVec<f64, 16>, _>(workload, Who::Echidna, case);
    workload = chunked::<24, DualVec<f64, 24>, _>(workload, Who::Echidna, case);
    workload = tapes::gradients(workload, case);
    for lanes in ["8 lanes", "16 lanes", "24 lanes"] {
        workload = shared::add(workload, &format!("{}, {lanes}", name.to_lowercase()), lanes, &case.1, n + 1);
    }
    workload
}

/// The kernel of C++ of this name besides.
fn in_cpp<const N: usize, F: ScalarField>(kernel: &str, workload: Workload, _: &F) -> Workload {
    shared::add(workload, kernel, "", &std::array::from_fn::<_, N, _>(F::coordinate), N + 1)
}

/// What it costs to have so large a point as an array, whose lanes are as many.
fn as_array<const N: usize, F: ScalarField>(workload: Workload, f: &F) -> Workload {
    let case = [at::<N, _>(f)];
    workload
        .entry(Who::Tangents, "value_and_gradient of an array", &case, |(f, x)| {
            value_and_gradient(|x| f.eval(x), x)
        })
        .entry(
            Who::FunctionValue,
            "value_and_gradient of an array",
            &as_function_value(&case[0]),
            |(f, x)| f.value_and_gradient(x),
        )
}

/// `H` is the number of entries of a triangle, N(N + 1)/2.
fn small_hessian<const N: usize, const H: usize, F: ScalarField>(name: &str, f: &F) -> Workload {
    let case = [at::<N, _>(f)];
    let workload = Workload::new(format!("{name} Hessian, n = {N}"))
        .entry(Who::Plain, "", &case, |(f, x)| f.eval(x))
        .entry(Who::Hand, "", &case, |(f, x)| {
            let (mut gradient, mut hessian) = ([0.0; N], [[0.0; N]; N]);
            (f.hessian(x, &mut gradient, hessian.as_flattened_mut()), gradient, hessian)
        })
        .entry(Who::Tangents, "value_gradient_and_hessian", &case, |(f, x)| {
            value_gradient_and_hessian(|x| f.eval(x), x)
        })
        .entry(Who::FunctionValue, "value_gradient_and_hessian", &as_function_value(&case[0]), |(f, x)| {
            f.value_gradient_and_hessian(x)
        })
        .entry(Who::NumDual, "", &case, |(f, x)| {
            let f = |x: SVector<Dual2SVec64<N>, N>| f.eval(x.as_slice());
            num_dual::hessian(f, &SVector::from(*x))
        })
        .entry(Who::Hyperjet, "", &case, |(f, x)| differentiate2::<N, H, _>(*x, |x| f.eval(&x)));
    tapes::hessians(workload, &case[0])
}

fn large_hessian<F: ScalarField>(name: &str, f: &F, n: usize) -> Workload {
    fn ours<const C: usize, F: ScalarField>(
        workload: Workload,
        call: &str,
        case: &(F, Vec<f64>),
        length: usize,
    ) -> Workload {
        let mut workspace = Workspace::<f64, C>::with_lanes();
        workload.entry_into(Who::Tangents, call, case, length, move |(f, x), out| {
            let (value, out) = out.split_first_mut().expect("a value");
            let (gradient, hessian) = out.split_at_mut(x.len());
            *value =
                workspace.value_gradient_and_hessian(|x| f.eval(x), x, gradient, hessian).expect("they fit");
        })
    }
    let case = &(f.clone(), (0..n).map(F::coordinate).collect::<Vec<_>>());
    let length = 1 + n + n * n;
    let workload = Workload::new(format!("{name} Hessian, n = {n}"))
        .entry(Who::Plain, "", std::slice::from_ref(case), |(f, x)| f.eval(x))
        .entry_into(Who::Hand, "", case, length, |(f, x), out| {
            let (value, out) = out.split_first_mut().expect("a value");
            let (gradient, hessian) = out.split_at_mut(x.len());
            *value = f.hessian(x, gradient, hessian);
        });
    let workload = ours::<8, F>(workload, "Workspace::value_gradient_and_hessian", case, length);
    let mut prepared = Prepared::new(Field(f.clone()), &case.1);
    let workload = ours::<4, F>(workload, "Workspace::value_gradient_and_hessian, 4 lanes", case, length)
        .entry_into(
            Who::FunctionValue,
            "Prepared::value_gradient_and_hessian",
            case,
            length,
            move |(_, x), out| {
                let (value, out) = out.split_first_mut().expect("a value");
                let (gradient, hessian) = out.split_at_mut(x.len());
                *value = prepared.value_gradient_and_hessian(x, gradient, hessian).expect("they fit");
            },
        )
        .entry(Who::FunctionValue, "value_gradient_and_hessian", &as_function_value(case), |(f, x)| {
            f.value_gradient_and_hessian(x)
        })
        .entry_into(Who::NumDual, "4 lanes", case, length, |(f, x), out| {
            num_dual_hessian_in_chunks::<4>(|x| f.eval(x), x, out);
        })
        .entry_into(Who::NumDual, "8 lanes", case, length, |(f, x), out| {
            num_dual_hessian_in_chunks::<8>(|x| f.eval(x), x, out);
        });
    tapes::hessians(workload, case)
}

/// Σ (100·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²)
#[derive(Clone)]
struct Rosenbrock;

impl ScalarField for Rosenbrock {
    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T]) -> T {
        let mut sum = T::lit(0.0);
        for x in x.windows(2) {
            let (a, b) = (x[1] - x[0] * x[0], -x[0] + 1.0);
            sum = sum + a * a * 100.0 + b * b;
        }
        sum
    }

    fn coordinate(i: usize) -> f64 {
        coordinate(i)
    }

    #[inline(always)]
    fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let last = x.len() - 1;
        let (mut value, mut from_before) = (0.0, 0.0);
        for i in 0..last {
            let (a, b) = (x[i + 1] - x[i] * x[i], 1.0 - x[i]);
            value += 100.0 * a * a + b * b;
            gradient[i] = from_before - 400.0 * a * x[i] - 2.0 * b;
            from_before = 200.0 * a;
        }
        gradient[last] = from_before;
        value
    }

    #[inline(always)]
    fn hessian(&self, x: &[f64], gradient: &mut [f64], hessian: &mut [f64]) -> f64 {
        let n = x.len();
        hessian.fill(0.0);
        for i in 0..n - 1 {
            hessian[i * n + i] += 1200.0 * x[i] * x[i] - 400.0 * x[i + 1] + 2.0;
            hessian[(i + 1) * n + i + 1] += 200.0;
            hessian[i * n + i + 1] = -400.0 * x[i];
            hessian[(i + 1) * n + i] = -400.0 * x[i];
        }
        self.gradient(x, gradient)
    }
}

/// 20 + e − 20·exp(−0.2·√(Σxᵢ²/n)) − exp(Σcos(2πxᵢ)/n)
#[derive(Clone)]
struct Ackley;

impl ScalarField for Ackley {
    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    fn eval<T: Number>(&self, x: &[T]) -> T {
        let n = x.len() as f64;
        let (mut squares, mut cosines) = (T::lit(0.0), T::lit(0.0));
        for &x in x {
            squares = squares + x * x;
            cosines = cosines + (x * TAU).cos();
        }
        (((squares / n).sqrt() * -0.2).exp() * -20.0 - (cosines / n).exp()) + (20.0 + E)
    }

    fn coordinate(i: usize) -> f64 {
        coordinate(i)
    }

    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let n = x.len() as f64;
        let (mut squares, mut cosines) = (0.0, 0.0);
        for (g, x) in gradient.iter_mut().zip(x) {
            let (sin, cos) = (TAU * x).sin_cos();
            squares += x * x;
            cosines += cos;
            *g = sin;
        }
        let r = (squares / n).sqrt();
        let (bowl, waves) = ((-0.2 * r).exp(), (cosines / n).exp());
        for (g, x) in gradient.iter_mut().zip(x) {
            *g = 4.0 * bowl / (n * r) * x + waves * TAU / n * *g;
        }
        20.0 + E - 20.0 * bowl - waves
    }

    fn hessian(&self, _: &[f64], _: &mut [f64], _: &mut [f64]) -> f64 {
        unimplemented!("no workload needs it")
    }
}

/// The free energy of a mixture of N substances by a cubic equation of state's equation:
/// Σ xᵢ·ln(xᵢ/(1 − b·x)) − xᵀAx/(√8·b·x)·ln((1 + (1 + √2)·b·x)/(1 + (1 − √2)·b·x)).
#[derive(Clone)]
struct Helmholtz<const N: usize> {
    a: [[f64; N]; N],
    b: [f64; N],
}

const P: f64 = 1.0 + SQRT_2;
const Q: f64 = 1.0 - SQRT_2;
const SQRT_8: f64 = 2.0 * SQRT_2;

impl<const N: usize> Helmholtz<N> {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn new() -> Self {
        Self {
            a: std::array::from_fn(|i| std::array::from_fn(|j| 1.0 / (1 + i + j) as f64)),
            b: std::array::from_fn(|i| 0.3 + 0.4 * i as f64 / N as f64),
        }
    }
}

impl<const N: usize> ScalarField for Helmholtz<N> {
    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T]) -> T {
        let (mut bx, mut xax) = (T::lit(0.0), T::lit(0.0));
        for i in 0..N {
            bx = bx + x[i] * self.b[i];
            let mut ax = T::lit(0.0);
            for (x, a) in x.iter().zip(&self.a[i]) {
                ax = ax + *x * *a;
            }
            xax = xax + x[i] * ax;
        }
        let free = -bx + 1.0;
        let mut ideal = T::lit(0.0);
        for &x in &x[..N] {
            ideal = ideal + x * (x / free).ln();
        }
        ideal - xax / (bx * SQRT_8) * ((bx * P + 1.0) / (bx * Q + 1.0)).ln()
    }

    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    fn coordinate(i: usize) -> f64 {
        0.05 + 0.013 * (i % 7) as f64
    }

    #[inline(always)]
    fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        self.hessian(x, gradient, &mut vec![0.0; N * N])
    }

    #[inline(always)]
    fn hessian(&self, x: &[f64], gradient: &mut [f64], hessian: &mut [f64]) -> f64 {
        let x = x.first_chunk::<N>().expect("as many as substances");
        let (mut bx, mut sum, mut xax, mut ax) = (0.0, 0.0, 0.0, [0.0; N]);
        for i in 0..N {
            bx += self.b[i] * x[i];
            sum += x[i];
            for (x, a) in x.iter().zip(&self.a[i]) {
                ax[i] += a * x;
            }
            xax += x[i] * ax[i];
        }
        let free = (1.0 - bx).recip();
        // The attraction is −xᵀAx·φ(b·x).
        let (p, q) = (P / (1.0 + P * bx), Q / (1.0 + Q * bx));
        let log = ((1.0 + P * bx) / (1.0 + Q * bx)).ln() / SQRT_8;
        let phi = log / bx;
        let phi_1 = ((p - q) / SQRT_8 - phi) / bx;
        let phi_2 = ((q * q - p * p) / SQRT_8 - 2.0 * phi_1) / bx;
        let mut ideal = 0.0;
        for i in 0..N {
            let log = (x[i] * free).ln();
            ideal += x[i] * log;
            gradient[i] = log + 1.0 + sum * free * self.b[i] - 2.0 * phi * ax[i] - xax * phi_1 * self.b[i];
            let (by_b, by_1) = (sum * free * free - xax * phi_2, free);
            for (j, entry) in hessian[i * N..][..N].iter_mut().enumerate() {
                *entry = by_b * self.b[i] * self.b[j] + by_1 * (self.b[i] + self.b[j])
                    - 2.0 * (phi * self.a[i][j] + phi_1 * (ax[i] * self.b[j] + ax[j] * self.b[i]));
            }
            hessian[i * N + i] += x[i].recip();
        }
        ideal - xax * phi
    }
}

/// A coordinate of a point where the functions are smooth and none of their terms vanishes.
#[expect(clippy::cast_precision_loss, reason = "a small number")]
fn coordinate(i: usize) -> f64 {
    0.5 + 0.37 * (i % 7) as f64
}
