//! Linear systems whose solver is brought along: solved in `f64`, and checked by products with the Jacobian.

use alloc::vec;
use alloc::vec::Vec;
use core::any::TypeId;
use core::convert::Infallible;

use num_traits::Float;

use super::equations::{Equations, Of, Place, container, enumerate, is_confused, lift};
use super::error::ImplicitError;
use super::found::{Found, found};
use super::linear::sealed;
use super::orders::{by_orders, check_step, default_tolerance, largest_step};
use super::solution::{Implicit, Outcome};
use crate::drive::sweeps::nesting::Running;
use crate::drive::{Argument, Point};
use crate::function::fastest;
use crate::linalg::solve::power_of_2;
use crate::number::Dual;
use crate::number::inspect::{is_primitive, is_zero};
use crate::number::on::{FloatOf, Work};
use crate::number::over::Over;
use crate::rules::{Number, of_values};

/// The largest residual `‖J·d − r‖/‖r‖` if nothing is said.
pub(super) const TOLERANCE: f64 = 1e-10;

/// The largest residual that rounding may excuse: beyond it nothing is known of the solution.
const LARGEST: f64 = 1e-2;

/// How many units of rounding an entry of a product `J·d` may lack, of the sum of the sizes of its terms.
pub(super) const ROUNDING: f64 = 16.0 * f64::EPSILON;

/// What is brought along: a factorization, or a solver that needs products only.
pub(super) trait Brought<E: Equations>: sealed::Sealed {
    /// Its error.
    type Error;

    /// The largest residual.
    fn tolerance(&self) -> f64;

    /// The left sides of the equations at the solution, and what solves linear systems there.
    #[track_caller]
    fn prepared<'a>(
        &'a self,
        jacobian: &'a Jacobian<'a, E>,
    ) -> Result<(Vec<f64>, impl Systems<Self::Error>), ImplicitError<Infallible, Self::Error>>;
}

/// What solves `J·d = r`, or fails with an `L`.
pub(super) trait Systems<L> {
    /// Solves for one right side; the solution is zero at first.
    fn solve(&mut self, right: &[f64], solution: &mut [f64]) -> Result<(), L>;

    /// The norm of a residual.
    fn norm(&self, residual: &[f64]) -> f64;

    /// The norm of what rounding may leave in the residual of `d`.
    fn rounding(&self, d: &[f64]) -> f64;
}

/// The derivatives of the equations in the unknowns, at a solution.
pub(super) struct Jacobian<'a, E: Equations> {
    pub(super) equations: &'a E,
    pub(super) at: &'a Place<'a, E, f64>,
    pub(super) x: &'a [f64],
}

impl<E: Equations> Jacobian<'_, E> {
    /// The left sides of the equations, and the product with each vector, up to `L` of them, in one evaluation.
    #[track_caller]
    pub(super) fn left_and_products<const L: usize>(&self, vectors: &[&[f64]]) -> (Vec<f64>, Vec<Vec<f64>>) {
        let is_confused = || is_confused::<L, E, f64>(self.equations, self.at, self.x);
        let _running = Running::on([TypeId::of::<Dual<f64, L>>()], is_confused);
        fastest::<f64, _>(self.x.len(), Products::<E, L> { of: self, vectors })
    }

    /// The product with each vector.
    #[track_caller]
    fn products(&self, vectors: &[&[f64]]) -> Vec<Vec<f64>> {
        let (_, products) = match vectors.len() {
            0 | 1 => self.left_and_products::<1>(vectors),
            2..=4 => self.left_and_products::<4>(vectors),
            _ => self.left_and_products::<LANES>(vectors),
        };
        products
    }
}

/// How many products are made at once.
const LANES: usize = 8;

struct Products<'a, E: Equations, const L: usize> {
    of: &'a Jacobian<'a, E>,
    vectors: &'a [&'a [f64]],
}

impl<E: Equations, const L: usize> Work<f64> for Products<'_, E, L> {
    type Output = (Vec<f64>, Vec<Vec<f64>>);

    // Its one caller is compiled for an instruction set.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[track_caller]
    fn run<V: FloatOf<f64>>(self) -> Self::Output {
        let Self { of: Jacobian { equations, at, x }, vectors } = self;
        let parameters = lift::<E::Parameters, _, _>(&at.parameters, |p| Dual::<V, L>::constant(V::of(p)));
        let place = Place { solution: at.solution, unknowns: at.unknowns, parameters };
        let moved = |i: usize| {
            let lane = |k| V::of(vectors.get(k).map_or(0.0, |v: &&[f64]| v[i]));
            Dual::<V, L>::new(V::of(x[i]), core::array::from_fn(lane))
        };
        let mut left = Vec::with_capacity(x.len());
        let mut products = vec![Vec::with_capacity(x.len()); vectors.len()];
        equations.each(&place, moved, |_, y| {
            left.push(y.re.plain());
            products.iter_mut().zip(y.eps).for_each(|(product, y)| product.push(y.plain()));
        });
        (left, products)
    }
}

/// [`Linear::solved`](super::Linear::solved) of what is brought along.
#[allow(clippy::type_complexity)] // the solution
#[track_caller]
pub(super) fn solved<E, B, X, S, Y, P, D>(
    of: &Implicit<E, B>,
    p: &X,
    solve: S,
) -> Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error, B::Error>>
where
    E: Equations,
    B: Brought<E>,
    X: Point<Family = E::Parameters, Scalar: Over<P, D>> + ?Sized,
    S: FnOnce(&Argument<X, f64>) -> Y,
    Y: Outcome<Of<E::Unknowns, f64>>,
    P: Number,
{
    let Found { solution, x, parameters } = found::<1, E::Unknowns, X, P, D, S, Y, _>(p, solve)?;
    if X::Scalar::ORDER == 0 || x.is_empty() {
        return Ok(container::<E::Unknowns, _>(&solution, |i| Over::of_value(x[i])));
    }
    let n = x.len();
    let mut unknowns = Vec::with_capacity(n);
    enumerate::<E::Unknowns, f64>(&solution, |_, x| unknowns.push(x));
    let at = Place { solution: &solution, unknowns: n, parameters };
    let jacobian = Jacobian { equations: &of.equations, at: &at, x: &unknowns };
    let tolerance = of.linear.tolerance();

    let (left, mut systems) = of.linear.prepared(&jacobian).map_err(ImplicitError::of_any_solver)?;
    let mut step = [left];
    solve_checked(&jacobian, &mut systems, tolerance, &mut step).map_err(ImplicitError::of_any_solver)?;
    let largest = largest_step(of, default_tolerance::<P>(), &unknowns);
    check_step(step[0].iter().map(|step| step.abs()), largest)?;

    let parameters = p.lift(&mut |&p| p, &mut |&p| p);
    let place = Place { solution: &solution, unknowns: n, parameters };
    let mut y: Vec<X::Scalar> = x.iter().map(|&x| Over::of_value(x)).collect();
    let mut rest = y.clone();
    by_orders(&of.equations, &place, &x, &mut y, &mut rest, |_, rest| {
        let solve = |columns: &mut [Vec<f64>]| solve_checked(&jacobian, &mut systems, tolerance, columns);
        each_coefficient(&x, rest, solve)
    })
    .map_err(ImplicitError::of_any_solver)?;
    Ok(container::<E::Unknowns, _>(&solution, |i| y[i]))
}

/// The method of [`Linear`](super::Linear) of what is brought along.
macro_rules! solved_by_brought {
    () => {
        #[track_caller]
        fn solved<X, Solver, Y, P, D>(
            of: &Implicit<E, Self>,
            p: &X,
            solve: Solver,
        ) -> Result<Of<E::Unknowns, X::Scalar>, ImplicitError<Y::Error, L>>
        where
            X: Point<Family = E::Parameters, Scalar: Over<P, D>> + ?Sized,
            Solver: FnOnce(&Argument<X, f64>) -> Y,
            Y: Outcome<Of<E::Unknowns, f64>>,
            P: Number,
        {
            $crate::implicit::brought::solved(of, p, solve)
        }
    };
}

pub(super) use solved_by_brought;

/// Makes of the coefficients of `numbers` what `solve` makes of their columns, one for each coefficient that isn't zero.
fn each_coefficient<T: Over<P, D>, P: Number, D, F>(
    x: &[P],
    numbers: &mut [T],
    solve: impl FnOnce(&mut [Vec<f64>]) -> Result<(), F>,
) -> Result<(), F> {
    let mut moves = Vec::new();
    numbers[0].each_coefficient(&mut |_| moves.push(false));
    for number in &*numbers {
        let mut moves = moves.iter_mut();
        number.each_coefficient(&mut |c| {
            if let Some(moves) = moves.next() {
                *moves |= !is_zero(c);
            }
        });
    }
    // Column after column.
    let n = numbers.len();
    let mut columns = vec![P::zero(); n * moves.iter().filter(|&&moves| moves).count()];
    for (i, number) in numbers.iter().enumerate() {
        let (mut moves, mut place) = (moves.iter(), i);
        number.each_coefficient(&mut |c| {
            if moves.next() == Some(&true) {
                columns[place] = c;
                place += n;
            }
        });
    }
    solve_columns(x, &mut columns, solve)?;
    for (i, number) in numbers.iter_mut().enumerate() {
        let (mut moves, mut place) = (moves.iter(), i);
        *number = number.map_coefficients(&mut |c| {
            if moves.next() == Some(&true) {
                place += n;
                columns[place - n]
            } else {
                c
            }
        });
    }
    Ok(())
}

/// The same in `f64` of columns, each as long as `x`, on which the systems depend too.
fn solve_columns<P: Number, F>(
    x: &[P],
    columns: &mut [P],
    solve: impl FnOnce(&mut [Vec<f64>]) -> Result<(), F>,
) -> Result<(), F> {
    let n = x.len();
    let mut solved = Ok(());
    let on_values = |values: &[f64]| {
        let mut columns: Vec<_> = values.chunks(n).map(<[f64]>::to_vec).collect();
        solved = solve(&mut columns);
        columns.concat()
    };
    let found = if is_primitive::<P>() {
        let values: Vec<_> = columns.iter().map(|c| c.to_f64().unwrap_or(f64::NAN)).collect();
        on_values(&values).into_iter().map(P::lit).collect()
    } else {
        let numbers: Vec<_> = columns.iter().chain(x).copied().collect();
        of_values(&numbers, |values| on_values(&values[..values.len() - n]))
    };
    columns.copy_from_slice(&found);
    solved
}

/// Makes `J⁻¹·r` of each column `r`, and checks it.
///
/// Where the residual is larger than the tolerance it is solved for again: iterative refinement, as long as that halves it.
#[track_caller]
fn solve_checked<E: Equations, L>(
    jacobian: &Jacobian<'_, E>,
    systems: &mut impl Systems<L>,
    tolerance: f64,
    columns: &mut [Vec<f64>],
) -> Result<(), ImplicitError<Infallible, L>> {
    for columns in columns.chunks_mut(LANES) {
        let mut right = Vec::with_capacity(columns.len());
        for column in &mut *columns {
            if let Some(equation) = column.iter().position(|r| !r.is_finite()) {
                return Err(ImplicitError::NotFinite { equation });
            }
            let d = solution(systems, column)?;
            right.push(core::mem::replace(column, d));
        }
        let mut last = [f64::INFINITY; LANES];
        loop {
            let vectors: Vec<_> = columns.iter().map(|column| &**column).collect();
            let products = jacobian.products(&vectors);
            let mut is_done = true;
            for (k, d) in columns.iter_mut().enumerate() {
                let residual: Vec<_> = right[k].iter().zip(&products[k]).map(|(r, y)| r - y).collect();
                let size = systems.norm(&right[k]);
                let of_residual = systems.norm(&residual) / size;
                if size == 0.0 {
                    continue;
                }
                if of_residual > tolerance && of_residual.is_finite() && of_residual <= last[k] / 2.0 {
                    is_done = false;
                    last[k] = of_residual;
                    let correction = solution(systems, &residual)?;
                    d.iter_mut().zip(correction).for_each(|(d, correction)| *d += correction);
                    continue;
                }
                // Only where refinement gains nothing more can it be rounding.
                let largest = tolerance.max((tolerance + systems.rounding(d) / size).min(LARGEST));
                if of_residual.is_nan() || of_residual > largest {
                    return Err(ImplicitError::Inaccurate { residual: of_residual, largest });
                }
                check_curvature::<E, _>(d, &products[k])?;
            }
            if is_done {
                break;
            }
        }
    }
    Ok(())
}

/// `J⁻¹·r`, unchecked.
///
/// The solver gets r times a power of 2, of a size near 1, so that its absolute tolerances mean the same everywhere.
fn solution<F, L>(systems: &mut impl Systems<L>, right: &[f64]) -> Result<Vec<f64>, ImplicitError<F, L>> {
    let mut solution = vec![0.0; right.len()];
    let size = largest_of(right);
    if size > 0.0 {
        let scale = power_of_2(size);
        let scaled: Vec<_> = right.iter().map(|r| r * scale).collect();
        systems.solve(&scaled, &mut solution).map_err(ImplicitError::Linear)?;
        for d in &mut solution {
            *d /= scale;
        }
    }
    Ok(solution)
}

/// The largest size in a vector without NaNs.
fn largest_of(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |size, x| if x.abs() > size { x.abs() } else { size })
}

/// That a minimum's objective curves upward along `d`: `dᵀ·H·d > 0`, H·d being `product`.
fn check_curvature<E: Equations, L>(d: &[f64], product: &[f64]) -> Result<(), ImplicitError<Infallible, L>> {
    if !E::OF_A_MINIMUM || d.iter().all(|&d| d == 0.0) {
        return Ok(());
    }
    let curvature: f64 = d.iter().zip(product).map(|(d, h)| d * h).sum();
    if curvature > 0.0 {
        return Ok(());
    }
    let size = largest_of(d);
    let unknown = d.iter().position(|d| d.abs() == size).unwrap_or(0);
    Err(ImplicitError::NoMinimum { unknown })
}

/// The root of the sum of squares, scaled so that none overflows or vanishes.
pub(super) fn euclidean(v: impl Iterator<Item = f64>) -> f64 {
    let (mut scale, mut sum) = (0.0, 1.0);
    for x in v.map(f64::abs).filter(|&x| x != 0.0) {
        if x > scale {
            let ratio = scale / x;
            (scale, sum) = (x, 1.0 + sum * ratio * ratio);
        } else {
            let ratio = x / scale;
            sum += ratio * ratio;
        }
    }
    scale * Float::sqrt(sum)
}
