//! Right-hand sides of differential equations, and a nonlinear system with three entries in a row.

use echidna::DualVec;
use hyperjet::jets::Jet1;
use num_dual::DualSVec64;
use tangents::function::Prepared;
use tangents::{Function, Workspace};

use super::function_values::Square;
use super::{VectorFunction, in_cpp, small_jacobian, tapes};
use crate::drivers::chunked_jacobian;
use crate::measured::{Goal, Who};
use crate::number::{AdTrait, Lanes, Number};
use crate::runner::Workload;
use crate::shared;

pub(super) fn workloads() -> Vec<Workload> {
    let states = |i: u32| {
        let t = f64::from(i);
        [(0.7 * t).sin() * 15.0, (0.9 * t).cos() * 20.0, 25.0 + 10.0 * (1.3 * t).sin()]
    };
    let lorenz: Vec<_> = (0..64).map(|i| (Lorenz, states(i))).collect();
    #[rustfmt::skip]
    let state = [
        0.97, -0.243, 0.1, -0.97, 0.243, -0.2, 0.01, 0.02, 0.3,
        0.466, 0.432, 0.0, 0.466, 0.432, 0.1, -0.932, -0.865, 0.2,
    ];
    let bodies = [(ThreeBodies { masses: [1.0, 0.5, 0.25] }, state)];
    vec![
        in_cpp("lorenz", small_jacobian::<3, 4, 3, _>("Lorenz-63, Jacobian 3 × 3", &lorenz), &lorenz),
        in_cpp(
            "three bodies",
            small_jacobian::<18, 19, 18, _>("three bodies, Jacobian 18 × 18", &bodies),
            &bodies,
        )
        .goal(Goal::OverPeers(1.5)),
        large_jacobian("Broyden tridiagonal", &Broyden, 100).goal(Goal::OverPeers(1.5)),
    ]
}

/// Broyden's tridiagonal Jacobian of n variables.
pub fn jacobian_over(n: usize) -> Workload {
    large_jacobian("Broyden tridiagonal", &Broyden, n)
}

/// A function of as many numbers as it gives.
pub(super) trait System: Clone + 'static {
    fn eval<T: Number>(&self, x: &[T], y: &mut [T]);

    /// The value into `y`, the Jacobian row by row into `jacobian`.
    fn by_hand(&self, x: &[f64], y: &mut [f64], jacobian: &mut [f64]);

    fn coordinate(i: usize) -> f64;
}

fn large_jacobian<F: System>(name: &str, f: &F, n: usize) -> Workload {
    fn chunked<const C: usize, D: Lanes<C>, F: System>(
        workload: Workload,
        who: Who,
        case: &(F, Vec<f64>),
    ) -> Workload {
        let (n, mut buffers) = (case.1.len(), [Vec::<D>::new(), Vec::new()]);
        workload.entry_into(who, format!("{C} lanes"), case, n + n * n, move |(f, x), out| {
            chunked_jacobian(|x, y| f.eval(x, y), x, x.len(), &mut buffers, out);
        })
    }
    fn ours<const C: usize, F: System>(workload: Workload, case: &(F, Vec<f64>)) -> Workload {
        let mut workspace = Workspace::<f64, C>::with_lanes();
        let (n, note) = (case.1.len(), format!("Workspace::value_and_jacobian, {C} lanes"));
        workload.entry_into(Who::Tangents, note, case, n + n * n, move |(f, x), out| {
            let (y, jacobian) = out.split_at_mut(x.len());
            workspace.value_and_jacobian(|x, y| f.eval(x, y), x, y, jacobian).expect("they fit");
        })
    }
    let case = &(f.clone(), (0..n).map(F::coordinate).collect::<Vec<_>>());
    let mut workspace = Workspace::new();
    let mut workload = Workload::new(format!("{name}, Jacobian {n} × {n}"))
        .entry_into(Who::Plain, "", case, n, |(f, x), y| f.eval(x, y))
        .entry_into(Who::Hand, "", case, n + n * n, |(f, x), out| {
            let (y, jacobian) = out.split_at_mut(x.len());
            f.by_hand(x, y, jacobian);
        })
        .entry_into(Who::Tangents, "Workspace::value_and_jacobian", case, n + n * n, move |(f, x), out| {
            let (y, jacobian) = out.split_at_mut(x.len());
            workspace.value_and_jacobian(|x, y| f.eval(x, y), x, y, jacobian).expect("they fit");
        });
    workload = ours::<16, _>(workload, case);
    workload = ours::<24, _>(workload, case);
    let mut prepared = Prepared::new(Square(f.clone()), &case.1);
    workload = workload.entry_into(
        Who::FunctionValue,
        "Prepared::value_and_jacobian",
        case,
        n + n * n,
        move |(_, x), out| {
            let (y, jacobian) = out.split_at_mut(x.len());
            prepared.value_and_jacobian(x, y, jacobian).expect("they fit");
        },
    );
    workload = workload.entry(
        Who::FunctionValue,
        "value_and_jacobian",
        &[(Square(f.clone()), case.1.clone())],
        |(f, x)| f.value_and_jacobian(x),
    );
    workload = chunked::<8, DualSVec64<8>, _>(workload, Who::NumDual, case);
    workload = chunked::<16, DualSVec64<16>, _>(workload, Who::NumDual, case);
    workload = chunked::<24, DualSVec64<24>, _>(workload, Who::NumDual, case);
    workload = chunked::<8, Jet1<8>, _>(workload, Who::Hyperjet, case);
    workload = chunked::<16, Jet1<16>, _>(workload, Who::Hyperjet, case);
    workload = chunked::<24, Jet1<24>, _>(workload, Who::Hyperjet, case);
    workload = chunked::<8, hyperdual::Hyperdual<f64, 9>, _>(workload, Who::Hyperdual, case);
    workload = chunked::<16, hyperdual::Hyperdual<f64, 17>, _>(workload, Who::Hyperdual, case);
    workload = chunked::<1, autodiff::F1, _>(workload, Who::Autodiff, case);
    workload = chunked::<8, AdTrait<8>, _>(workload, Who::AdTrait, case);
    workload = chunked::<16, AdTrait<16>, _>(workload, Who::AdTrait, case);
    workload = chunked::<8, DualVec<f64, 8>, _>(workload, Who::Echidna, case);
    workload = chunked::<16, DualVec<f64, 16>, _>(workload, Who::Echidna, case);
    workload = chunked::<24, DualVec<f64, 24>, _>(workload, Who::Echidna, case);
    workload = tapes::jacobians(workload, case);
    for lanes in ["8 lanes", "16 lanes"] {
        workload = shared::add(workload, &format!("broyden, {lanes}"), lanes, &case.1, n + n * n);
    }
    workload
}

/// yᵢ = (3 − 2xᵢ)·xᵢ − xᵢ₋₁ − 2xᵢ₊₁ + 1, with x₋₁ = xₙ = 0.
#[derive(Clone)]
struct Broyden;

impl System for Broyden {
    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        for i in 0..n {
            let mut sum = (x[i] * -2.0 + 3.0) * x[i] + 1.0;
            if i > 0 {
                sum = sum - x[i - 1];
            }
            if i + 1 < n {
                sum = sum - x[i + 1] * 2.0;
            }
            y[i] = sum;
        }
    }

    #[inline(always)]
    fn by_hand(&self, x: &[f64], y: &mut [f64], jacobian: &mut [f64]) {
        let n = x.len();
        self.eval(x, y);
        jacobian.fill(0.0);
        for i in 0..n {
            jacobian[i * n + i] = 3.0 - 4.0 * x[i];
            if i > 0 {
                jacobian[i * n + i - 1] = -1.0;
            }
            if i + 1 < n {
                jacobian[i * n + i + 1] = -2.0;
            }
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    fn coordinate(i: usize) -> f64 {
        0.5 + 0.37 * (i % 7) as f64
    }
}

#[derive(Clone)]
struct Lorenz;

impl VectorFunction<3, 3> for Lorenz {
    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T]) -> [T; 3] {
        let &[x, y, z] = x.first_chunk().expect("three coordinates");
        [(y - x) * 10.0, x * (-z + 28.0) - y, x * y - z * (8.0 / 3.0)]
    }

    #[inline(always)]
    fn by_hand(&self, x: &[f64; 3]) -> ([f64; 3], [[f64; 3]; 3]) {
        let value = self.eval(x);
        let &[x, y, z] = x;
        (value, [[-10.0, 10.0, 0.0], [28.0 - z, -1.0, -x], [y, x, -8.0 / 3.0]])
    }
}

/// Three bodies that attract one another: positions, then velocities; the gravitational constant is 1.
#[derive(Clone)]
struct ThreeBodies {
    masses: [f64; 3],
}

impl VectorFunction<18, 18> for ThreeBodies {
    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T]) -> [T; 18] {
        let mut rate = [T::lit(0.0); 18];
        rate[..9].copy_from_slice(&x[9..18]);
        for (i, j) in [(0, 1), (0, 2), (1, 2)] {
            let d: [T; 3] = std::array::from_fn(|k| x[3 * j + k] - x[3 * i + k]);
            let square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
            let cube = (square * square.sqrt()).recip();
            for k in 0..3 {
                let pull = d[k] * cube;
                rate[9 + 3 * i + k] = rate[9 + 3 * i + k] + pull * self.masses[j];
                rate[9 + 3 * j + k] = rate[9 + 3 * j + k] - pull * self.masses[i];
            }
        }
        rate
    }

    #[inline(always)]
    fn by_hand(&self, x: &[f64; 18]) -> ([f64; 18], [[f64; 18]; 18]) {
        let (mut rate, mut jacobian) = ([0.0; 18], [[0.0; 18]; 18]);
        rate[..9].copy_from_slice(&x[9..18]);
        for i in 0..9 {
            jacobian[i][9 + i] = 1.0;
        }
        for (i, j) in [(0, 1), (0, 2), (1, 2)] {
            let d: [f64; 3] = std::array::from_fn(|k| x[3 * j + k] - x[3 * i + k]);
            let square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
            let cube = (square * square.sqrt()).recip();
            let fifth = 3.0 * cube / square;
            let (of_i, of_j) = (self.masses[i], self.masses[j]);
            for k in 0..3 {
                rate[9 + 3 * i + k] += of_j * d[k] * cube;
                rate[9 + 3 * j + k] -= of_i * d[k] * cube;
                for l in 0..3 {
                    let tide = if k == l { cube } else { 0.0 } - fifth * d[k] * d[l];
                    jacobian[9 + 3 * i + k][3 * i + l] -= of_j * tide;
                    jacobian[9 + 3 * i + k][3 * j + l] += of_j * tide;
                    jacobian[9 + 3 * j + k][3 * i + l] += of_i * tide;
                    jacobian[9 + 3 * j + k][3 * j + l] -= of_i * tide;
                }
            }
        }
        (rate, jacobian)
    }
}
