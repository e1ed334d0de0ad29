//! Patterns compared with functions: `verify` of [`JacobianPlan`] and [`HessianPlan`].

use alloc::vec::Vec;
use core::any::TypeId;

use num_traits::{Float, One, Zero};

use super::{HessianPlan, JacobianPlan, SparseError, SparseMatrix};
use crate::drive::containers::each;
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::drive::{FirstOrder, Of, Point, SecondOrder};
use crate::function::{At, Function, Returned};
use crate::number::Dual;
use crate::random::{Distribution, Key, StandardUniform};
use crate::rules::Number;

/// How many roundings a product with a row may have, relative to its terms, before the row is looked at.
///
/// A row that is looked at for nothing costs an evaluation and can't make a false alarm, so it is small.
const ROUNDINGS: f64 = 64.0;

impl JacobianPlan {
    /// Compares the pattern with a function at a point along a random direction, and names the first entry that is missing.
    ///
    /// The product of the matrix that the plan evaluates and a random vector is compared with the derivative of the function along
    /// it. A derivative outside the pattern is in the one and not in the other, or there with the factor of another column. In a row in
    /// which they differ by more than roundings the function is differentiated along the coordinates that the row has no entry for;
    /// that derivative must be zero exactly, and if it isn't, halving the coordinates finds one that has a part in it. So an entry that
    /// is named is missing; the tolerance can't make a false alarm.
    ///
    /// Cost: a Jacobian, an evaluation on one lane, ⌈log₂ n⌉ + 1 more where an entry is missing, and one for each row that has a
    /// derivative which isn't finite or in which large terms cancel.
    ///
    /// # What it can't see
    ///
    /// - Derivatives that are zero at the point, as those of a branch that isn't taken there: ask at several points.
    /// - A derivative below 64 roundings of the others in its row, 1.4 · 10⁻¹⁴ of them in `f64`.
    /// - Rows whose value is infinite or NaN.
    /// - Entries that the pattern has and the function hasn't: they cost time and nothing else.
    ///
    /// # Errors
    ///
    /// [`SparseError::Missing`] with the first row that lacks an entry and a column of it, and the errors of
    /// [`jacobian`](Self::jacobian).
    ///
    /// ```
    /// use tangents::lambda;
    /// use tangents::random::Key;
    /// use tangents::sparse::{JacobianPlan, Pattern, SparseError};
    ///
    /// let f = lambda!(|x: [f64]| -> [f64; 2] { [x[0] * x[1], if x[2] > T::one() { x[0] } else { x[2] }] });
    /// let plan = JacobianPlan::from_pattern(Pattern::from_entries((2, 3), [(0, 0), (0, 1), (1, 2)])?)?;
    /// assert_eq!(plan.verify(&f, &[1.0, 2.0, 0.5], Key::new(0)), Ok(()));
    /// let grown = plan.verify(&f, &[1.0, 2.0, 1.5], Key::new(0));
    /// assert_eq!(grown, Err(SparseError::Missing { row: 1, column: 0 }));
    /// # Ok::<(), SparseError>(())
    /// ```
    #[track_caller]
    pub fn verify<F, X>(&self, f: &F, x: &X, key: Key) -> Result<(), SparseError>
    where
        F: Function + ?Sized,
        X: At<F::From> + ?Sized,
    {
        let jacobian = self.jacobian(f, x)?;
        let v = direction(key, self.pattern().columns());
        let product = along(f, x, &v);
        let is_finite = |row: usize| product[row].re.is_finite();
        let tangents: Vec<_> = product.iter().map(|y| y.eps[0]).collect();
        first_missing(&jacobian, &v, &tangents, is_finite, |row, v| along(f, x, v)[row].eps[0])
    }
}

impl HessianPlan {
    /// Compares the pattern with a scalar-valued function at a point along a random direction, and names the first entry that is
    /// missing, as [`JacobianPlan::verify`].
    ///
    /// Cost: a Hessian, ⌈n/8⌉ evaluations on 8 lanes, as a Hessian-vector product, and ⌈log₂ n⌉ + 1 more where an entry is missing.
    ///
    /// # Errors
    ///
    /// [`SparseError::Missing`] with the first row that lacks an entry and a column of it, and the errors of
    /// [`hessian`](Self::hessian).
    ///
    /// ```
    /// use tangents::lambda;
    /// use tangents::random::Key;
    /// use tangents::sparse::{HessianPlan, Pattern, SparseError};
    ///
    /// let f = lambda!(|x: [f64]| -> f64 { x[0] * x[0] + x[1] * x[2] });
    /// let plan = HessianPlan::from_pattern(Pattern::from_entries((3, 3), [(0, 0), (1, 1), (2, 2)])?)?;
    /// let missing = plan.verify(&f, &[1.0, 2.0, 3.0], Key::new(0));
    /// assert_eq!(missing, Err(SparseError::Missing { row: 1, column: 2 }));
    /// # Ok::<(), SparseError>(())
    /// ```
    #[track_caller]
    pub fn verify<F, X>(&self, f: &F, x: &X, key: Key) -> Result<(), SparseError>
    where
        F: Function<To = f64> + ?Sized,
        X: At<F::From> + ?Sized,
    {
        let hessian = self.hessian(f, x)?;
        let n = self.pattern().columns();
        let v = direction(key, n);
        let product: Vec<_> =
            (0..n).step_by(LANES).flat_map(|start| gradient_along(f, x, &v, start)).collect();
        let row_along = |row, v: &[_]| gradient_along(f, x, v, row)[0];
        first_missing(&hessian, &v, &product[..n], |_| true, row_along)
    }
}

/// A random vector of numbers from ½ to 1 with either sign: none of them makes an entry small.
fn direction<T: Number>(key: Key, n: usize) -> Vec<T> {
    let uniform: Vec<f64> = StandardUniform.sample_vec(key, n);
    uniform.into_iter().map(|u| T::lit(if u < 0.5 { -0.5 - u } else { u })).collect()
}

/// The first entry that is missing where `product`, the derivative along `v`, isn't the matrix times v.
fn first_missing<T: Number>(
    matrix: &SparseMatrix<T>,
    v: &[T],
    product: &[T],
    is_finite: impl Fn(usize) -> bool,
    row_along: impl Fn(usize, &[T]) -> T,
) -> Result<(), SparseError> {
    let mut sums = alloc::vec![(T::zero(), T::zero()); matrix.rows()];
    for (i, j, &entry) in matrix.triplets() {
        let term = entry * v[j];
        sums[i] = (sums[i].0 + term, sums[i].1 + term.abs());
    }
    let tolerance = T::lit(ROUNDINGS) * T::epsilon();
    for (row, (&found, (sum, size))) in product.iter().zip(sums).enumerate() {
        // An infinity or NaN may have come into the sum from another column.
        let fits = size.is_finite() && (found - sum).abs() <= tolerance * size;
        if fits || !is_finite(row) {
            continue;
        }
        let moves_with = |columns: &[usize]| {
            let mut direction = alloc::vec![T::zero(); v.len()];
            for &j in columns {
                direction[j] = v[j];
            }
            row_along(row, &direction) != T::zero()
        };
        let mut columns: Vec<_> = (0..v.len()).filter(|&j| !matrix.pattern().contains(row, j)).collect();
        let mut rest = &mut columns[..];
        if !moves_with(rest) {
            continue;
        }
        while rest.len() > 1 {
            let (left, right) = rest.split_at_mut(rest.len() / 2);
            rest = if moves_with(left) { left } else { right };
        }
        if let &mut [column] = rest {
            return Err(SparseError::Missing { row, column });
        }
    }
    Ok(())
}

/// The point with its coordinates moving as `v` does, `lift` of each with its index; of a number that isn't differentiated that is
/// out of range.
fn moving<X: Point + ?Sized, D>(
    x: &X,
    v: &[X::Scalar],
    lift: impl Fn(usize, Dual<X::Scalar, 1>) -> D,
) -> Of<X, D> {
    let mut indices = 0..;
    let mut coordinate = |&x: &X::Scalar| {
        let i = indices.next().unwrap_or_default();
        lift(i, Dual::new(x, [v[i]]))
    };
    x.lift(&mut coordinate, &mut |&x| lift(usize::MAX, Dual::constant(x)))
}

/// The results and their derivatives along `v`.
fn along<F, X>(f: &F, x: &X, v: &[X::Scalar]) -> Vec<Dual<X::Scalar, 1>>
where
    F: Function + ?Sized,
    X: At<F::From> + ?Sized,
{
    type D<X> = Dual<<X as Point>::Scalar, 1>;
    let call = |lifted: &_| Returned::<F::To, D<X>>(f.call(X::argument(lifted)));
    let _running = Running::on([TypeId::of::<D<X>>()], || {
        let constants = alloc::vec![X::Scalar::zero(); v.len()];
        is_left_in(&call(&moving(x, &constants, |_, x| x)), FirstOrder::<X::Scalar>::left_over)
    });
    let mut results = Vec::new();
    each(&call(&moving(x, v, |_, x| x)), |&y| results.push(y));
    results
}

/// The coordinates of a chunk.
const LANES: usize = 8;

/// The derivatives of the gradient along `v`, in the coordinates from `start` on.
fn gradient_along<F, X>(f: &F, x: &X, v: &[X::Scalar], start: usize) -> [X::Scalar; LANES]
where
    F: Function<To = f64> + ?Sized,
    X: At<F::From> + ?Sized,
{
    type D<X> = Dual<Dual<<X as Point>::Scalar, 1>, LANES>;
    let lift = |i: usize, x: Dual<_, 1>| {
        let mut lifted: D<X> = Dual::constant(x);
        if let Some(eps) = i.checked_sub(start).and_then(|lane| lifted.eps.get_mut(lane)) {
            *eps = Dual::one();
        }
        lifted
    };
    let call = |lifted: &_| f.call::<D<X>>(X::argument(lifted));
    let _running = Running::on(<D<X> as SecondOrder<X::Scalar>>::types(), || {
        let constants = alloc::vec![X::Scalar::zero(); v.len()];
        SecondOrder::<X::Scalar>::left_over(&call(&moving(x, &constants, |_, x| Dual::constant(x))))
    });
    call(&moving(x, v, lift)).eps.map(|eps| eps.eps[0])
}
