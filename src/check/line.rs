//! Lines through the point: a direction, with the steps that are taken along it.

use super::place::Place;
use crate::random::{Distribution, Elements, Key, StandardNormal};
use crate::rules::Number;

/// A direction, as it is chosen.
#[derive(Clone, Copy)]
pub(super) enum Along {
    /// Every coordinate times a standard normal number.
    Random(Key),
    Coordinate(usize),
}

/// A direction as the coordinates near the point have it.
#[derive(Clone, Copy)]
pub(super) struct Line {
    along: Along,
    /// The step that the direction is rounded for.
    step: f64,
    /// Above which size of a coordinate the step along it grows with it.
    large: f64,
    dim: usize,
}

impl Line {
    pub(super) fn new(along: Along, step: f64, epsilon: f64, dim: usize) -> Self {
        // A thousand roundings of the coordinate in a step: f64 coordinates up to 4·10⁸ aren't large, f32 up to 40.
        Self { along, step, large: step / (1024.0 * epsilon), dim }
    }

    /// The component of the direction in coordinate `i`, which is `x` at the point.
    ///
    /// It is `((x + hu) − x) / h` of the component u that was chosen. With u itself, the rounding of `x ± hu`
    /// would be taken for an error of the derivative.
    pub(super) fn tangent<T: Number>(&self, i: usize, x: T) -> T {
        let chosen = match self.along {
            Along::Random(key) => StandardNormal.elements(key, self.dim as u64).at(i as u64),
            Along::Coordinate(j) => f64::from(u8::from(i == j)),
        };
        if chosen == 0.0 {
            // Also where x is infinite, and x − x isn't 0.
            return T::zero();
        }
        let size = x.to_f64().map_or(0.0, f64::abs);
        let scale = if size > self.large && size.is_finite() { size / self.large } else { 1.0 };
        let step = T::lit(self.step);
        ((x + step * T::lit(chosen * scale)) - x) / step
    }

    /// Whether coordinates move along the line, as infinite ones don't.
    pub(super) fn moves<T: Number>(&self, place: impl Place<T>) -> bool {
        let (mut any, mut all) = (false, true);
        let look = |i, x: T| {
            let tangent = self.tangent(i, x);
            any |= !tangent.is_zero();
            all &= tangent.is_finite();
        };
        place.lift(look, |_| ());
        all && (any || self.dim == 0)
    }

    /// The lengths along the line on which a function is likely to vary: where no coordinate moves by more than
    /// its size or, in the first length, by more than 1.
    pub(super) fn lengths<T: Number>(&self, place: impl Place<T>) -> [f64; 2] {
        let (mut long, mut short) = (f64::INFINITY, f64::INFINITY);
        let look = |i, x: T| {
            let in_f64 = |x: T| x.to_f64().map_or(0.0, f64::abs);
            let (u, size) = (in_f64(self.tangent(i, x)), in_f64(x));
            if u > 0.0 {
                long = long.min(size.max(1.0) / u);
                if size > 0.0 {
                    short = short.min(size / u);
                }
            }
        };
        place.lift(look, |_| ());
        let finite = |length: f64| if length.is_finite() { length } else { 1.0 };
        [finite(long), finite(short)]
    }
}
