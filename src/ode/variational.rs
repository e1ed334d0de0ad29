//! The variational equation: [`Variational`].

use alloc::vec::Vec;

use super::flow::depending;
use crate::drive::Family;
use crate::function::Function;
use crate::implicit::{Of, lift};
use crate::number::over::{Over, Work};
use crate::rules::Number;

/// The equation `y′ = f(y, p, t)` for numbers with derivatives, as one for plain floats, whose unknowns are the numbers' coefficients.
///
/// It is for integrators of `f64`. The unknowns are the values and the tangents S, for which `S′ = ∂f/∂y·S + ∂f/∂p·ṗ` follows; of numbers of
/// higher order the coefficients of higher order too. So the integrator's tolerances hold for the tangents as well: where one
/// changes quickly, steps become small. The values are therefore not those of the integrator run on values alone, to the bit.
///
/// Where an initial value or a parameter is a variable, its tangents say of what: with `jacobian` and its like around the
/// integration, of that call's variables.
///
/// ```
/// use tangents::ode::Variational;
/// use tangents::{Number, gradient, hessian, lambda};
///
/// /// An integrator of plain floats.
/// fn runge_kutta(f: impl Fn(f64, &[f64], &mut [f64]), mut z: Vec<f64>, end: f64, steps: u32) -> Vec<f64> {
///     let h = end / f64::from(steps);
///     for step in 0..steps {
///         let t = h * f64::from(step);
///         let mut slope = vec![0.0; z.len()];
///         let (mut at, mut sum) = (z.clone(), z.clone());
///         for (c, weight) in [(0.0, 1.0), (0.5, 2.0), (0.5, 2.0), (1.0, 1.0)] {
///             (0..z.len()).for_each(|i| at[i] = z[i] + c * h * slope[i]);
///             f(t + c * h, &at, &mut slope);
///             (0..z.len()).for_each(|i| sum[i] += h / 6.0 * weight * slope[i]);
///         }
///         z = sum;
///     }
///     z
/// }
///
/// /// y′ = p·y from y₀, at t = 1.
/// fn grown<T: Number>(x: &[T]) -> T {
///     let growth = lambda!(|z: (f64, f64, f64)| -> f64 { z.1 * z.0 });
///     let equation = Variational::new(growth, x[0], x[1]);
///     equation.solution(&runge_kutta(|t, z, dz| equation.derivative(t, z, dz), equation.start(), 1.0, 200))
/// }
///
/// let e = 1_f64.exp();
/// let [dy, dp] = gradient(grown, &[2.0, 1.0]);
/// assert!((dy - e).abs() < 1e-8 && (dp - 2.0 * e).abs() < 1e-8);
/// let [[_, yp], [_, pp]] = hessian(grown, &[2.0, 1.0]);
/// assert!((yp - e).abs() < 1e-8 && (pp - 2.0 * e).abs() < 1e-8);
/// ```
///
/// # Unknowns
///
/// They stand coordinate after coordinate, each with its coefficients: for a `Dual<f64, N>` the value and its N tangents. There are as
/// many for every coordinate, also where a tangent is zero.
///
/// # Where patterns are found
///
/// On the numbers that find [sparse patterns](crate::sparse) the solution depends on every initial value and every parameter; the floats that the integrator
/// gets are a question, so that there is a pattern at a point only.
pub struct Variational<F, Y: Family, P: Family, T> {
    f: F,
    start: Of<Y, T>,
    parameters: Of<P, T>,
}

impl<F, Y, P, T> Variational<F, Y, P, T>
where
    F: Function<From = (Y, P, f64), To = Y>,
    Y: Family,
    P: Family,
    T: Number,
{
    /// The equation with this initial state and these parameters.
    pub fn new(f: F, start: Of<Y, T>, parameters: Of<P, T>) -> Self {
        Self { f, start, parameters }
    }

    /// The unknowns of the initial state.
    pub fn start(&self) -> Vec<f64> {
        let mut unknowns = Vec::new();
        write::<Y, T>(&self.start, &mut |c| unknowns.push(c));
        unknowns
    }

    /// The derivatives of the unknowns `z` at the time `t`: what the integrator asks for.
    ///
    /// Cost: one evaluation of `f` on the number.
    ///
    /// # Panics
    ///
    /// If `z` or `dz` isn't as long as [`start`](Self::start), or the equation returns another shape than the state's.
    #[track_caller]
    pub fn derivative(&self, t: f64, z: &[f64], dz: &mut [f64]) {
        let parameters = lift::<P, _, _>(&self.parameters, |p| p);
        let slopes = self.f.call(&(self.solution(z), parameters, T::lit(t)));
        let (found, expected) = (dz.len(), z.len());
        assert!(found == expected, "there are {expected} unknowns, and {found} derivatives are asked for");
        let mut count = 0;
        write::<Y, T>(&slopes, &mut |c| {
            if let Some(dz) = dz.get_mut(count) {
                *dz = c;
            }
            count += 1;
        });
        assert!(count == found, "the equation returned {count} derivatives of {found} unknowns");
    }

    /// The state whose unknowns are `z`.
    ///
    /// # Panics
    ///
    /// If `z` isn't as long as [`start`](Self::start).
    #[track_caller]
    pub fn solution(&self, z: &[f64]) -> Of<Y, T> {
        let mut count = 0;
        let next = &mut || {
            count += 1;
            z.get(count - 1).copied().unwrap_or(0.0)
        };
        let state = T::on_plain(Reading::<Y, T> { shape: &self.start, next });
        assert!(count == z.len(), "the state has {count} unknowns, not {}", z.len());
        let (state, _) = depending::<Y, P, T>((state, T::zero()), (&self.start, &self.parameters, T::zero()));
        state
    }
}

impl<F: core::fmt::Debug, Y: Family, P: Family, T> core::fmt::Debug for Variational<F, Y, P, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Variational").field("f", &self.f).finish_non_exhaustive()
    }
}

/// Hands over each coefficient of each number.
fn write<Y: Family, T: Number>(of: &Of<Y, T>, into: &mut dyn FnMut(f64)) {
    T::on_plain(Writing::<Y, T> { of, into });
}

struct Writing<'a, Y: Family, T> {
    of: &'a Of<Y, T>,
    into: &'a mut dyn FnMut(f64),
}

impl<Y: Family, T: Number> Work<T> for Writing<'_, Y, T> {
    type Output = ();

    fn run<B: Number, D>(self)
    where
        T: Over<B, D>,
    {
        let each = &mut |y: &T| y.each_coefficient(&mut |c| (self.into)(c.to_f64().unwrap_or(f64::NAN)));
        Y::map(self.of, each, &mut |_| ());
    }
}

/// A container of the shape with numbers whose coefficients come one by one.
struct Reading<'a, Y: Family, T> {
    shape: &'a Of<Y, T>,
    next: &'a mut dyn FnMut() -> f64,
}

impl<Y: Family, T: Number> Work<T> for Reading<'_, Y, T> {
    type Output = Of<Y, T>;

    fn run<B: Number, D>(self) -> Of<Y, T>
    where
        T: Over<B, D>,
    {
        let each = &mut |y: &T| y.map_coefficients(&mut |_| B::lit((self.next)()));
        Y::map(self.shape, each, &mut |&fixed| fixed)
    }
}
