//! How the temperature in Bratu's problem depends on λ, to second order: by faer's sparse factors on 100 000 points, and by its `BiCGSTAB` on
//! 200 without a matrix.
//!
//! ```text
//! u″ + λ·eᵘ = 0,  u(0) = u(1) = 0
//! ```
//!
//! is solved on plain numbers, by Newton's method. Then `implicit::root` gives u on the numbers that λ is: here a series in λ. The derivatives
//! in closed form come of u(x) = 2·ln(cosh(θ/4)/cosh((x − ½)·θ/2)) with θ = √(2λ)·cosh(θ/4), written for every number too.

use std::error::Error;
use std::time::Instant;
use std::{fmt, io};

use faer::col::ColMut;
use faer::dyn_stack::{MemBuffer, MemStack, StackReq};
use faer::linalg::solvers::Solve;
use faer::mat::{MatMut, MatRef};
use faer::matrix_free::bicgstab::{BicgParams, bicgstab, bicgstab_scratch};
use faer::matrix_free::{IdentityPrecond, LinOp};
use faer::sparse::linalg::LuError;
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use faer::{ColRef, Par};
use tangents::implicit::{self, Apply};
use tangents::sparse::SparseMatrix;
use tangents::{Function, Number, Taylor, lambda};
use tangents_examples_sparse::{max_norm, number};

/// The equations on as many points as there are unknowns, times h².
struct Bratu;

impl Function for Bratu {
    type From = (Vec<f64>, f64);
    type To = Vec<f64>;

    #[inline(always)] // into drivers that are compiled for an instruction set
    fn call<T: Number>(&self, (u, lambda): &(Vec<T>, T)) -> Vec<T> {
        let factor = *lambda * T::lit(number(u.len() + 1).powi(-2));
        let at = |i: usize| u.get(i).copied().unwrap_or(T::zero()); // 0 at both ends
        (0..u.len())
            .map(|i| at(i.wrapping_sub(1)) - T::lit(2.0) * u[i] + at(i + 1) + factor * u[i].exp())
            .collect()
    }
}

/// faer's factors of a matrix in compressed columns.
fn factorize(j: &SparseMatrix<f64>) -> Result<impl FnMut(&mut [f64]) + use<>, LuError> {
    let symbolic = SymbolicSparseColMatRef::new_checked(j.rows(), j.columns(), j.indptr(), None, j.indices());
    let lu = SparseColMatRef::new(symbolic, j.values()).sp_lu()?;
    Ok(move |b: &mut [f64]| lu.solve_in_place(ColMut::from_slice_mut(b)))
}

/// The product with the Jacobian as faer's linear operator.
struct Operator<'a> {
    apply: &'a Apply<'a>,
    n: usize,
}

impl fmt::Debug for Operator<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operator").field("n", &self.n).finish_non_exhaustive()
    }
}

impl LinOp<f64> for Operator<'_> {
    fn apply_scratch(&self, _: usize, _: Par) -> StackReq {
        StackReq::EMPTY
    }

    fn nrows(&self) -> usize {
        self.n
    }

    fn ncols(&self) -> usize {
        self.n
    }

    fn apply(&self, mut out: MatMut<'_, f64>, v: MatRef<'_, f64>, _: Par, _: &mut MemStack) {
        for k in 0..v.ncols() {
            let v: Vec<f64> = v.col(k).iter().copied().collect();
            let mut product = vec![0.0; self.n];
            (self.apply)(&v, &mut product);
            out.as_mut().col_mut(k).copy_from(ColRef::from_slice(&product));
        }
    }

    fn conj_apply(&self, out: MatMut<'_, f64>, v: MatRef<'_, f64>, par: Par, stack: &mut MemStack) {
        self.apply(out, v, par, stack);
    }
}

/// The method `BiCGSTAB` of faer.
fn krylov(apply: &Apply<'_>, r: &[f64], d: &mut [f64]) -> io::Result<()> {
    let (n, none) = (r.len(), IdentityPrecond { dim: r.len() });
    let operator = Operator { apply, n };
    let mut memory = MemBuffer::new(bicgstab_scratch(none, none, &operator, 1, Par::Seq));
    bicgstab(
        ColMut::from_slice_mut(d).as_mat_mut(),
        none,
        none,
        &operator,
        ColRef::from_slice(r).as_mat(),
        BicgParams { rel_tolerance: 1e-11, max_iters: 10 * n, ..BicgParams::default() },
        |_| (),
        Par::Seq,
        MemStack::new(&mut memory),
    )
    .map_or_else(|error| Err(io::Error::other(format!("{error:?}"))), |_| Ok(()))
}

/// The solution by Newton's method.
fn newton(n: usize, lambda: f64) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut u = vec![0.0; n];
    let in_u =
        lambda!([lambda: f64 = lambda] |u: [f64]| -> Vec<f64> { Bratu.call(&(u.to_vec(), T::lit(lambda))) });
    let plan = implicit::root(Bratu).sparse_plan(&u, &lambda)?;
    for _ in 0..20 {
        let (mut step, jacobian) = plan.value_and_jacobian(&in_u, &u[..])?;
        factorize(&jacobian)?(&mut step);
        u.iter_mut().zip(&step).for_each(|(u, step)| *u -= step);
        if max_norm(&step) < 1e-9 {
            return Ok(u);
        }
    }
    Err("Newton's method must converge".into())
}

/// The solution of the differential equation.
fn exact<T: Number>(lambda: T, x: f64) -> T {
    let theta = (0..200).fold(T::one(), |theta, _| (lambda + lambda).sqrt() * (theta * T::lit(0.25)).cosh());
    let ratio = (theta * T::lit(0.25)).cosh() / (theta * T::lit((x - 0.5) / 2.0)).cosh();
    T::lit(2.0) * ratio.ln()
}

fn main() -> Result<(), Box<dyn Error>> {
    let lambda = Taylor::<f64, 2>::new(2.0, [1.0, 0.0]);
    // The error is that of the differences, some h².
    let report = |name: &str, u: &[Taylor<f64, 2>], tolerance: f64| {
        let x = number(u.len() / 2 + 1) / number(u.len() + 1);
        let (middle, expected) = (u[u.len() / 2], exact(lambda, x));
        let [value, first, second] = [0, 1, 2].map(|order| middle.derivative(order));
        println!("{name}: u(½) = {value:.6}, ∂u/∂λ = {first:.6}, ∂²u/∂λ² = {second:.6}");
        for order in 0..=2 {
            let (found, expected) = (middle.derivative(order), expected.derivative(order));
            assert!((found - expected).abs() < tolerance, "{name}, order {order}: {found}, not {expected}");
        }
    };

    let n = 99_999;
    let start = Instant::now();
    let u = newton(n, lambda.re)?;
    let solved = start.elapsed();
    let start = Instant::now();
    let u = implicit::root(Bratu).sparse(factorize).at(&lambda, |_| u)?;
    println!("{n} points: Newton's method {solved:.1?}, derivatives {:.1?}", start.elapsed());
    report("sparse factors", &u, 1e-7);

    let u = newton(199, lambda.re)?;
    let u = implicit::root(Bratu).matrix_free(krylov).at(&lambda, |_| u)?;
    report("without a matrix", &u, 1e-4);
    Ok(())
}
