//! What is measured. A file holds a family: the functions, their derivatives by hand, and who runs them.

mod camera;
mod ceres;
mod dynamics;
mod flows;
mod function_values;
mod hand;
mod linear;
mod scalar;
mod scalar_fields;
mod shading;
mod tapes;
mod vec3;

pub use dynamics::jacobian_over;
use num_dual::DualSVec64;
pub use scalar_fields::{gradient_over, hessian_over};
use tangents::{Function, value_and_jacobian};

use self::function_values::Small;
use crate::drivers::{one_lane_jacobian, seeded_jacobian};
use crate::measured::Who;
use crate::number::{AdTrait, Lanes, Number};
use crate::runner::Workload;
use crate::shared;

/// All workloads, in the order of the report.
pub fn all() -> Vec<Workload> {
    let mut all = Vec::new();
    all.extend(scalar_fields::workloads());
    all.extend(camera::workloads());
    all.extend(ceres::workloads());
    all.extend(hand::workloads());
    all.extend(dynamics::workloads());
    all.extend(flows::workloads());
    all.extend(linear::workloads());
    all.extend(scalar::workloads());
    all
}

/// A function of N numbers that gives M, with data of its own.
trait VectorFunction<const N: usize, const M: usize>: Clone + 'static {
    fn eval<T: Number>(&self, x: &[T]) -> [T; M];

    /// Value and Jacobian.
    fn by_hand(&self, x: &[f64; N]) -> ([f64; M], [[f64; N]; M]);

    /// The numbers in it, as the kernel in C++ reads them before the point.
    fn data(&self) -> Vec<f64> {
        Vec::new()
    }
}

/// Value and Jacobian of a small function, in one pass where the crate has lanes. `LENGTH` is N + 1.
fn small_jacobian<const N: usize, const LENGTH: usize, const M: usize, F: VectorFunction<N, M>>(
    name: impl Into<String>,
    cases: &[(F, [f64; N])],
) -> Workload
where
    hyperdual::Hyperdual<f64, LENGTH>: Lanes<N>,
{
    let plain = |(f, x): &(F, [f64; N])| f.eval(x);
    let by_hand = |(f, x): &(F, [f64; N])| f.by_hand(x);
    let tangents = |(f, x): &(F, [f64; N])| value_and_jacobian(|x| f.eval(x), x);
    let function_values: Vec<_> = cases.iter().map(|(f, x)| (Small::<F, N, M>(f.clone()), *x)).collect();
    let num_dual = |(f, x): &(F, [f64; N])| {
        let (y, j) = num_dual::jacobian(
            |x: nalgebra::SVector<DualSVec64<N>, N>| nalgebra::SVector::<_, M>::from(f.eval(x.as_slice())),
            &nalgebra::SVector::from(*x),
        );
        (y, j)
    };
    let hyperjet = |(f, x): &(F, [f64; N])| hyperjet::differentiate::differentiate1_vec(*x, |x| f.eval(&x));
    let hyperdual =
        |(f, x): &(F, [f64; N])| seeded_jacobian::<N, M, hyperdual::Hyperdual<f64, LENGTH>>(|x| f.eval(x), x);
    let autodiff = |(f, x): &(F, [f64; N])| one_lane_jacobian::<N, M, autodiff::F1>(|x| f.eval(x), x);
    let ad_trait = |(f, x): &(F, [f64; N])| seeded_jacobian::<N, M, AdTrait<N>>(|x| f.eval(x), x);
    Workload::new(name)
        .entry(Who::Plain, "", cases, plain)
        .entry(Who::Hand, "", cases, by_hand)
        .entry(Who::Tangents, "value_and_jacobian", cases, tangents)
        .entry(Who::FunctionValue, "value_and_jacobian", &function_values, |(f, x)| f.value_and_jacobian(x))
        .entry(Who::NumDual, "", cases, num_dual)
        .entry(Who::Hyperjet, "", cases, hyperjet)
        .entry(Who::Hyperdual, "", cases, hyperdual)
        .entry(Who::Autodiff, "", cases, autodiff)
        .entry(Who::AdTrait, "", cases, ad_trait)
}

/// The kernel of C++ of this name besides.
fn in_cpp<const N: usize, const M: usize, F: VectorFunction<N, M>>(
    kernel: &str,
    workload: Workload,
    cases: &[(F, [f64; N])],
) -> Workload {
    let inputs: Vec<_> = cases.iter().flat_map(|(f, x)| [f.data(), x.to_vec()].concat()).collect();
    shared::add(workload, kernel, "", &inputs, cases.len() * M * (1 + N))
}
