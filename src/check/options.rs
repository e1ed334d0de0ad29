//! [`CheckOptions`]: what is checked, and how closely.

use core::marker::PhantomData;

use num_traits::Float;

use super::report::CheckError;
use crate::drive::depth::{HIGHEST, Orders, UpTo};
use crate::random::Key;
use crate::real::Real;

/// What [`check_grads`](crate::check_grads) checks, and how closely.
///
/// ```
/// use tangents::{CheckOptions, check_grads, random::Key};
///
/// let options = CheckOptions::order(1).step(1e-5).tolerances(1e-8, 1e-8).key(Key::new(137));
/// check_grads(|x| x[0].exp() * x[1], &[0.5, 2.0], options)?;
///
/// // Every coordinate by itself and every tolerance as tight as differences allow:
/// check_grads(|x| x[0].exp() * x[1], &[0.5, 2.0], CheckOptions::order(2).strict())?;
/// # Ok::<(), tangents::CheckError>(())
/// ```
///
/// `O` says how deep the numbers are nested that the function runs on; [`order`](Self::order) and its kin choose it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CheckOptions<O = UpTo<2>> {
    order: usize,
    step: Option<f64>,
    tolerances: Tolerances,
    key: Key,
    directions: usize,
    per_coordinate: bool,
    accept_inconclusive: bool,
    depth: PhantomData<O>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Tolerances {
    Jax,
    Strict,
    Given { atol: f64, rtol: f64 },
}

impl CheckOptions<UpTo<1>> {
    /// Checks first derivatives, on numbers that carry nothing else: `Dual<T, 1>`.
    ///
    /// It is cheaper than [`order`](CheckOptions::order)`(1)`, and is what a rule needs that is written for
    /// `Dual<f64, 1>` alone.
    pub fn first_order() -> Self {
        Self::up_to(1)
    }
}

impl CheckOptions {
    /// Checks the derivatives up to `order`, 1 or 2, with JAX's step and tolerances, on twice nested numbers.
    pub fn order(order: usize) -> Self {
        Self::up_to(order)
    }
}

impl CheckOptions<UpTo<4>> {
    /// Checks the derivatives up to `order`, from 1 to 4, on numbers that are nested four times.
    ///
    /// A product of two such numbers costs 81 products; the other functions here give cheaper ones.
    ///
    /// ```
    /// use tangents::{CheckOptions, check_grads};
    ///
    /// let report = check_grads(|x| (x[0] * x[1]).sin(), &[0.5, 2.0], CheckOptions::high_order(4))?;
    /// assert_eq!(report.order, 4);
    /// # Ok::<(), tangents::CheckError>(())
    /// ```
    pub fn high_order(order: usize) -> Self {
        Self::up_to(order)
    }
}

impl<O: Orders> CheckOptions<O> {
    fn up_to(order: usize) -> Self {
        Self {
            order,
            step: None,
            tolerances: Tolerances::Jax,
            key: Key::new(0),
            directions: 1,
            per_coordinate: false,
            accept_inconclusive: false,
            depth: PhantomData,
        }
    }

    /// The recommended check: [per coordinate](Self::per_coordinate), with tolerances as tight as extrapolated
    /// differences allow.
    ///
    /// With ε the epsilon of the number type, `|AD − difference| ≤ ε^⅖·|difference| + ε^⅔·|f|/s`, where s is the
    /// length over which the function is sampled, ¼·max(1, |x|): a relative tolerance of 5·10⁻⁷ for `f64`, 2·10⁻³
    /// for `f32`, and a floor, below which a derivative can't be told from 0, of 10⁻¹⁰ and 10⁻⁴ of the function's
    /// own size.
    #[must_use]
    pub fn strict(self) -> Self {
        Self { tolerances: Tolerances::Strict, per_coordinate: true, ..self }
    }

    /// Checks along every coordinate by itself, rather than along a random direction: a derivative that is wrong in
    /// one coordinate of many can't hide, and the error names it.
    ///
    /// Above order 1 the last derivative is taken along the coordinate, the others along random directions.
    ///
    /// Cost: for n coordinates, 3·n evaluations of `f` for each order.
    #[must_use]
    pub fn per_coordinate(self) -> Self {
        Self { per_coordinate: true, ..self }
    }

    /// The number of random directions, at least 1; 1 by default, as in JAX.
    #[must_use]
    pub fn directions(self, directions: usize) -> Self {
        Self { directions: directions.max(1), ..self }
    }

    /// The step h of the central differences that are tried first. By default 10⁻⁴ as in JAX, but ∛ε for types with
    /// an epsilon above 10⁻¹², for which 10⁻⁴ drowns in rounding: 0.0049 for `f32`.
    #[must_use]
    pub fn step(self, step: f64) -> Self {
        Self { step: Some(step), ..self }
    }

    /// The absolute and the relative tolerance: `|AD − difference| ≤ atol + rtol·|difference|`. By default both
    /// are JAX's: 10⁻⁵ for `f64`, 2·10⁻³ for `f32`, 10⁻² for half precision, 10⁻¹ for coarser types.
    #[must_use]
    pub fn tolerances(self, atol: f64, rtol: f64) -> Self {
        Self { tolerances: Tolerances::Given { atol, rtol }, ..self }
    }

    /// The key of the random directions; `Key::new(0)` by default.
    #[must_use]
    pub fn key(self, key: Key) -> Self {
        Self { key, ..self }
    }

    /// Lets pass what can't be decided, and counts it in the report, instead of returning
    /// [`CheckError::Inconclusive`](crate::CheckError::Inconclusive).
    #[must_use]
    pub fn accept_inconclusive(self) -> Self {
        Self { accept_inconclusive: true, ..self }
    }

    /// The order, if these numbers carry it.
    pub(super) fn order_in_range(&self) -> Result<usize, CheckError> {
        if (1..=O::HIGHEST).contains(&self.order) {
            Ok(self.order)
        } else {
            Err(CheckError::Order(self.order))
        }
    }

    /// The numbers for derivatives in `T` and differences in `S`.
    pub(super) fn settle<T: Real, S: Real>(&self) -> Settings {
        let (epsilon, sampled) = (epsilon::<T>(), epsilon::<S>());
        let (atol, rtol, floor) = match self.tolerances {
            Tolerances::Given { atol, rtol } => (atol, rtol, 0.0),
            // Differences of a higher precision have no noise of their own.
            Tolerances::Strict if sampled < epsilon => (0.0, Float::powf(epsilon, 0.4), 16.0 * epsilon),
            Tolerances::Strict => (0.0, Float::powf(epsilon, 0.4), Float::powf(epsilon, 2.0 / 3.0)),
            Tolerances::Jax => {
                let both = match epsilon {
                    epsilon if epsilon < 1e-12 => 1e-5,
                    epsilon if epsilon < 1e-6 => 2e-3,
                    epsilon if epsilon < 1e-3 => 1e-2,
                    _ => 1e-1,
                };
                (both, both, 0.0)
            }
        };
        Settings {
            step: self.step.unwrap_or(if sampled < 1e-12 { 1e-4 } else { Float::cbrt(sampled) }),
            atol,
            rtol,
            floor,
            // Below this the rounding of what underflows is all there is.
            tiny: T::min_positive_value().to_f64().map_or(0.0, |tiny| tiny / epsilon),
            epsilon,
            sampled,
            key: self.key,
            directions: self.directions,
            per_coordinate: self.per_coordinate,
            accept_inconclusive: self.accept_inconclusive,
        }
    }
}

/// The options with every number filled in.
#[derive(Clone, Copy)]
pub(super) struct Settings {
    pub(super) step: f64,
    pub(super) atol: f64,
    pub(super) rtol: f64,
    /// What the tolerance is at least, as a fraction of the function's size over the length it is sampled on.
    pub(super) floor: f64,
    /// What the tolerance is at least, whatever the function's size.
    pub(super) tiny: f64,
    /// The epsilon of the derivatives.
    pub(super) epsilon: f64,
    /// The epsilon of the values that differences are taken of.
    pub(super) sampled: f64,
    pub(super) key: Key,
    pub(super) directions: usize,
    pub(super) per_coordinate: bool,
    pub(super) accept_inconclusive: bool,
}

impl Settings {
    /// The key of a random direction.
    pub(super) fn key_of(&self, direction: usize) -> Key {
        // Not what `split` gives: that is split, and drawn with, for the first direction.
        match u32::try_from(direction + HIGHEST) {
            Ok(data) if direction > 0 => self.key.fold_in(data),
            _ => self.key,
        }
    }
}

/// The distance from 1 to the next number of `T`, or of `f64`, in which verdicts are found.
fn epsilon<T: Real>() -> f64 {
    T::epsilon().to_f64().unwrap_or(f64::EPSILON).max(f64::EPSILON)
}
