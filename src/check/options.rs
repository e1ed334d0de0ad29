//! [`CheckOptions`]: what is checked, and how closely.

use core::marker::PhantomData;
use core::ops::RangeInclusive;

use num_traits::Float;

use super::report::CheckError;
use crate::drive::sweeps::depth::{HIGHEST, Orders, UpTo};
use crate::random::Key;
use crate::real::Real;

/// What [`check_grads`](crate::check_grads) checks, and how closely.
///
/// ```
/// use tangents::check::CheckOptions;
/// use tangents::{check_grads, random::Key};
///
/// let options = CheckOptions::order(1).step(1e-5).tolerances(1e-8, 1e-8).key(Key::new(137));
/// check_grads(|x| x[0].exp() * x[1], &[0.5, 2.0], options)?;
///
/// // Every coordinate by itself and every tolerance as tight as differences allow:
/// check_grads(|x| x[0].exp() * x[1], &[0.5, 2.0], CheckOptions::order(2).strict())?;
/// # Ok::<(), tangents::check::CheckError>(())
/// ```
///
/// `O` says how deep the numbers are nested that the function runs on; [`order`](Self::order) and its kin choose it. An order
/// that these numbers don't carry is an error of the check, [`CheckError::Order`](crate::check::CheckError::Order); the other
/// options panic where they are given a number with which a check would verify nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools)] // each is an option of its own
pub struct CheckOptions<O = UpTo<2>> {
    order: usize,
    step: Option<f64>,
    tolerances: Tolerances,
    key: Key,
    directions: usize,
    per_coordinate: bool,
    finite: bool,
    accept_inconclusive: bool,
    accept_empty: bool,
    depth: PhantomData<O>,
}

/// The steps that [`CheckOptions::step`] takes. A shorter one is lost in the rounding of values, whatever their type; a
/// longer one sees little of a function that varies over a length of 1, and takes a derivative that was lost for right.
const STEPS: RangeInclusive<f64> = 1e-10..=0.25;

/// The counts that [`CheckOptions::directions`] takes: as many as a key has others folded in.
const DIRECTIONS: RangeInclusive<usize> = 1..=1 << 31;

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
    /// use tangents::check::CheckOptions;
    /// use tangents::check_grads;
    ///
    /// let report = check_grads(|x| (x[0] * x[1]).sin(), &[0.5, 2.0], CheckOptions::high_order(4))?;
    /// assert_eq!(report.order, 4);
    /// # Ok::<(), tangents::check::CheckError>(())
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
            finite: false,
            accept_inconclusive: false,
            accept_empty: false,
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
    ///
    /// Infinite and NaN values don't count as agreeing with an infinite or NaN derivative, as in JAX, but leave it undecided.
    #[must_use]
    pub fn strict(self) -> Self {
        Self { tolerances: Tolerances::Strict, per_coordinate: true, finite: true, ..self }
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

    /// The number of random directions; 1 by default, as in JAX.
    ///
    /// # Panics
    ///
    /// If it is 0 or above 2³¹.
    #[must_use]
    #[track_caller]
    pub fn directions(self, directions: usize) -> Self {
        assert!(DIRECTIONS.contains(&directions), "the number of directions is {directions}, not 1 to 2³¹");
        Self { directions, ..self }
    }

    /// The step h of the central differences that are tried first. By default 10⁻⁴ as in JAX, but ∛ε for types with
    /// an epsilon above 10⁻¹², for which 10⁻⁴ drowns in rounding: 0.0049 for `f32`.
    ///
    /// A step below ε^⅔ of the values' type, 2.4·10⁻⁵ for `f32`, is an error of the check,
    /// [`CheckError::Step`](crate::check::CheckError::Step).
    ///
    /// # Panics
    ///
    /// Unless `10⁻¹⁰ ≤ step ≤ ¼`.
    #[must_use]
    #[track_caller]
    pub fn step(self, step: f64) -> Self {
        assert!(STEPS.contains(&step), "the step is {step:e}, not 1e-10 to 0.25");
        Self { step: Some(step), ..self }
    }

    /// The absolute and the relative tolerance: `|AD − difference| ≤ atol + rtol·|difference|`. By default both
    /// are JAX's: 10⁻⁵ for `f64`, 2·10⁻³ for `f32`, 10⁻² for half precision, 10⁻¹ for coarser types.
    ///
    /// # Panics
    ///
    /// Unless `atol` is finite and not negative and `0 ≤ rtol < 1`: a derivative of 0 is within 1 times any difference.
    #[must_use]
    #[track_caller]
    pub fn tolerances(self, atol: f64, rtol: f64) -> Self {
        assert!(
            atol.is_finite() && atol >= 0.0,
            "the absolute tolerance is {atol:e}, not finite and at least 0"
        );
        assert!((0.0..1.0).contains(&rtol), "the relative tolerance is {rtol:e}, not at least 0 and below 1");
        Self { tolerances: Tolerances::Given { atol, rtol }, ..self }
    }

    /// The key of the random directions; `Key::new(0)` by default.
    #[must_use]
    pub fn key(self, key: Key) -> Self {
        Self { key, ..self }
    }

    /// Lets pass what can't be decided, and counts it in the report, instead of returning
    /// [`CheckError::Inconclusive`](crate::check::CheckError::Inconclusive).
    #[must_use]
    pub fn accept_inconclusive(self) -> Self {
        Self { accept_inconclusive: true, ..self }
    }

    /// Lets pass a check that compares nothing, because the point has no coordinates or the function returns no numbers,
    /// instead of returning [`CheckError::Nothing`](crate::check::CheckError::Nothing).
    #[must_use]
    pub fn accept_empty(self) -> Self {
        Self { accept_empty: true, ..self }
    }

    /// The order that is asked for, whether the numbers carry it or not.
    pub(crate) fn asked(&self) -> usize {
        self.order
    }

    /// The same check on other numbers.
    pub(crate) fn on<P>(self) -> CheckOptions<P> {
        let Self {
            order,
            step,
            tolerances,
            key,
            directions,
            per_coordinate,
            finite,
            accept_inconclusive,
            accept_empty,
            depth: PhantomData,
        } = self;
        CheckOptions {
            order,
            step,
            tolerances,
            key,
            directions,
            per_coordinate,
            finite,
            accept_inconclusive,
            accept_empty,
            depth: PhantomData,
        }
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
    pub(super) fn settle<T: Real, S: Real>(&self) -> Result<Settings, CheckError> {
        let (epsilon, sampled) = (epsilon::<T>(), epsilon::<S>());
        if let Some(step) = self.step.filter(|&step| step < Float::powf(sampled, 2.0 / 3.0)) {
            return Err(CheckError::Step(step));
        }
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
        Ok(Settings {
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
            finite: self.finite,
            accept_inconclusive: self.accept_inconclusive,
            accept_empty: self.accept_empty,
        })
    }
}

/// The options with every number filled in.
#[derive(Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // as there
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
    /// Whether differences of infinities and NaNs say nothing.
    pub(super) finite: bool,
    pub(super) accept_inconclusive: bool,
    pub(super) accept_empty: bool,
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

#[cfg(test)]
mod tests {
    use half::{bf16, f16};

    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_documentation() {
        let near = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-2;
        let jax = CheckOptions::order(1);
        let double = jax.settle::<f64, f64>().unwrap();
        assert_eq!((double.step, double.atol, double.rtol, double.floor), (1e-4, 1e-5, 1e-5, 0.0));
        let single = jax.settle::<f32, f32>().unwrap();
        assert!(near(single.step, 0.00492), "{}", single.step);
        assert_eq!((single.atol, single.rtol, single.floor), (2e-3, 2e-3, 0.0));
        let (half, coarser) = (jax.settle::<f16, f16>().unwrap(), jax.settle::<bf16, bf16>().unwrap());
        assert_eq!((half.atol, half.rtol), (1e-2, 1e-2));
        assert_eq!((coarser.atol, coarser.rtol), (1e-1, 1e-1));
        assert!(near(half.step, 0.0992) && near(coarser.step, 0.198), "{} {}", half.step, coarser.step);

        let (double, single) =
            (jax.strict().settle::<f64, f64>().unwrap(), jax.strict().settle::<f32, f32>().unwrap());
        // ε^⅖ and ε^⅔
        assert!(near(double.rtol, 5.48e-7) && near(single.rtol, 1.70e-3), "{} {}", double.rtol, single.rtol);
        assert!(
            near(double.floor, 3.67e-11) && near(single.floor, 2.42e-5),
            "{} {}",
            double.floor,
            single.floor
        );
        assert_eq!((double.atol, single.atol), (0.0, 0.0));
        let against = jax.strict().settle::<f32, f64>().unwrap();
        assert!(near(against.floor, 1.907e-6) && against.step == 1e-4, "{}", against.floor);
        // The smallest normal number over ε
        assert!(
            near(double.tiny, 1.002e-292) && near(single.tiny, 9.86e-32),
            "{} {}",
            double.tiny,
            single.tiny
        );
        assert!(near(double.epsilon, 2.22e-16) && near(single.sampled, 1.19e-7));
    }

    #[test]
    fn every_direction_has_a_key_of_its_own() {
        let settings = CheckOptions::order(1).key(Key::new(137)).settle::<f64, f64>().unwrap();
        let keys = [0, 1, 2, 3].map(|direction| settings.key_of(direction));
        assert_eq!(keys[0], Key::new(137));
        // Nor one of those that the first direction draws with.
        let [a, b, c, d] = Key::new(137).split();
        let all = [&keys[..], &[a, b, c, d]].concat();
        for (i, key) in all.iter().enumerate() {
            assert!(!all[..i].contains(key), "{i}");
        }
    }
}
