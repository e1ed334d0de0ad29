//! Linear systems whose solver is brought along: solved in `f64`, and checked by products with the Jacobian.

use alloc::vec;
use alloc::vec::Vec;
use core::any::TypeId;
use core::convert::Infallible;

use super::equations::{Equations, Of, Place, container, enumerate, is_confused, lift};
use super::error::ImplicitError;
use super::found::{Found, found};
use super::linear::sealed;
use super::orders::{by_orders, check_step, default_tolerance, largest_step};
use super::solution::{Implicit, Outcome};
use crate::drive::sweeps::nesting::Running;
use crate::drive::{Argument, Point};
use crate::function::fastest;
use crate::linalg::scale::{largest, power_of_2};
use crate::number::Dual;
use crate::number::inspect::{is_primitive, is_zero};
use crate::number::on::{FloatOf, Work};
use crate::number::over::Over;
use crate::rules::{Number, of_values};

/// What is brought along: a factorization, or a solver that needs products only.
pub(super) trait Brought<E: Equations>: sealed::Sealed {
    /// Its error.
    type Error;

    /// The left sides of the equations at the solution, and what solves linear systems there.
    #[track_caller]
    fn prepared<'a>(
        &'a self,
        jacobian: &'a Jacobian<'a, E>,
    ) -> Result<(Vec<f64>, impl Systems<Self::Error>), ImplicitError<Infallible, Self::Error>>;
}

/// What solves `J·d = r`, or fails with an `L`.
pub(super) trait Systems<L> {
    /// Overwrites each right side, up to [`LANES`] of them, by a solution that is checked, and returns their products with J.
    ///
    /// Right sides have a size near 1, so that absolute tolerances of a solver mean the same everywhere.
    #[track_caller]
    fn solve(&mut self, columns: &mut [Vec<f64>]) -> Result<Vec<Vec<f64>>, ImplicitError<Infallible, L>>;
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
    pub(super) fn products(&self, vectors: &[&[f64]]) -> Vec<Vec<f64>> {
        let (_, products) = match vectors.len() {
            0 | 1 => self.left_and_products::<1>(vectors),
            2..=4 => self.left_and_products::<4>(vectors),
            _ => self.left_and_products::<LANES>(vectors),
        };
        products
    }
}

/// How many products are made at once.
pub(super) const LANES: usize = 8;

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

    let (left, mut systems) = of.linear.prepared(&jacobian).map_err(ImplicitError::of_any_solver)?;
    if let Some(equation) = left.iter().position(|left| !left.is_finite()) {
        return Err(ImplicitError::NotFinite { equation });
    }
    let mut step = [left];
    solve_columns::<E, _>(&mut systems, &mut step).map_err(ImplicitError::of_any_solver)?;
    let largest = largest_step(of, default_tolerance::<P>(), &unknowns);
    check_step(step[0].iter().map(|step| step.abs()), largest)?;

    let parameters = p.lift(&mut |&p| p, &mut |&p| p);
    let place = Place { solution: &solution, unknowns: n, parameters };
    let mut y: Vec<X::Scalar> = x.iter().map(|&x| Over::of_value(x)).collect();
    let mut rest = y.clone();
    by_orders(&of.equations, &place, &x, &mut y, &mut rest, |_, rest| {
        each_coefficient(&x, rest, |columns| solve_columns::<E, _>(&mut systems, columns))
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
    on_plain_columns(x, &mut columns, solve)?;
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
fn on_plain_columns<P: Number, F>(
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

/// Makes `J⁻¹·r` of each column `r`. One that isn't finite becomes NaN: what isn't known of one unknown isn't known of any.
#[track_caller]
fn solve_columns<E: Equations, L>(
    systems: &mut impl Systems<L>,
    columns: &mut [Vec<f64>],
) -> Result<(), ImplicitError<Infallible, L>> {
    let mut moving: Vec<&mut Vec<f64>> = Vec::with_capacity(columns.len());
    for column in columns {
        if column.iter().any(|r| !r.is_finite()) {
            column.fill(f64::NAN);
        } else if largest(column.iter().copied()) > 0.0 {
            moving.push(column);
        }
    }
    for columns in moving.chunks_mut(LANES) {
        let scales: Vec<_> =
            columns.iter().map(|column| power_of_2(largest(column.iter().copied()))).collect();
        let scaled = |(column, &scale): (&&mut Vec<f64>, &f64)| column.iter().map(|r| r * scale).collect();
        let mut solutions: Vec<Vec<f64>> = columns.iter().zip(&scales).map(scaled).collect();
        let products = systems.solve(&mut solutions)?;
        for (d, product) in solutions.iter().zip(&products) {
            check_curvature::<E, _>(d, product)?;
        }
        for ((column, solution), scale) in columns.iter_mut().zip(solutions).zip(scales) {
            column.iter_mut().zip(solution).for_each(|(d, solution)| *d = solution / scale);
        }
    }
    Ok(())
}

/// That a minimum's objective curves upward along `d`: `dᵀ·H·d > 0`, H·d being `product`.
fn check_curvature<E: Equations, L>(d: &[f64], product: &[f64]) -> Result<(), ImplicitError<Infallible, L>> {
    let (size, of_product) = (largest(d.iter().copied()), largest(product.iter().copied()));
    if !E::OF_A_MINIMUM || size == 0.0 {
        return Ok(());
    }
    // Terms neither overflow nor vanish.
    let (scale, of_product) = (power_of_2(size), power_of_2(of_product));
    let curvature: f64 = d.iter().zip(product).map(|(d, h)| (d * scale) * (h * of_product)).sum();
    if curvature > 0.0 {
        return Ok(());
    }
    let unknown = d.iter().position(|d| d.abs() == size).unwrap_or(0);
    Err(ImplicitError::NoMinimum { unknown })
}
