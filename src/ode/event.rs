//! When an event happens, and the state there: [`event`].

use super::error::OdeError;
use super::flow::{along_solution, depending, with_order};
use crate::drive::Family;
use crate::function::Function;
use crate::implicit::{Of, count, default_tolerance, enumerate, lift};
use crate::number::Dual;
use crate::number::over::{Over, Work};
use crate::rules::Number;

/// The event at which `g(y, p, t)` becomes zero, of the equation `y′ = f(y, p, t)`.
///
/// An integrator locates it on values. [`at`](Event::at) takes the state that the integrator found there, a number with derivatives at a
/// fixed time, and gives the time of the event and the state at it, with the derivatives that follow, of every order.
///
/// ```
/// # #[cfg(feature = "alloc")] {
/// use tangents::{Number, gradient, hessian, lambda, ode};
///
/// // A ball falls from the height p₀ by the gravity p₁: it is at the floor after √(2·p₀/p₁).
/// fn time<T: Number>(p: &[T]) -> T {
///     let fall = lambda!(|z: ([f64; 2], Vec<f64>, f64)| -> [f64; 2] { [z.0[1], -z.1[1]] });
///     let floor = lambda!(|z: ([f64; 2], Vec<f64>, f64)| -> f64 { z.0[0] });
///     let t = T::lit(1.0); // where an integrator has found it at p = (1, 2)
///     let y = [p[0] - p[1] * t * t / T::lit(2.0), -p[1] * t];
///     ode::event(fall, floor).at(&y, &p.to_vec(), t).unwrap().0
/// }
/// assert_eq!(gradient(time, &[1.0, 2.0]), [0.5, -0.25]);
/// assert_eq!(hessian(time, &[1.0, 2.0]), [[-0.25, -0.125], [-0.125, 0.1875]]);
/// # }
/// ```
///
/// # Mass matrices
///
/// `f` is y′ itself. The right side of an equation M·y′ = f with a mass matrix isn't, nor is what is zero in an algebraic equation; the
/// derivatives of the time would be wrong, and nothing can tell. Take M⁻¹·f. Of an equation with algebraic ones, take that
/// of the other unknowns alone, and within `f` and `g` find the algebraic unknowns by [`implicit::root`](crate::implicit::root()); or put their
/// derivatives in time, which follow from those of the algebraic equations, in the place of these.
#[doc(alias("root", "zero crossing", "saltation"))]
pub fn event<F, G, Y, P>(f: F, g: G) -> Event<F, G>
where
    F: Function<From = (Y, P, f64), To = Y>,
    G: Function<From = (Y, P, f64), To = f64>,
    Y: Family,
    P: Family,
{
    Event { f, g, tolerance: None, absolute: 0.0 }
}

/// An equation and an event: what [`event`] returns.
#[derive(Clone, Copy, Debug)]
pub struct Event<F, G> {
    f: F,
    g: G,
    tolerance: Option<f64>,
    absolute: f64,
}

impl<F, G> Event<F, G> {
    /// The same with another tolerance than 10⁻⁶, or 10⁻³ in `f32`: the largest step of Newton's method in time, relative to the
    /// time, that may be left to do at the event.
    pub fn tolerance(self, relative: f64) -> Self {
        Self { tolerance: Some(relative), ..self }
    }

    /// The same with a step in time that may be left however small the time is, 0 if nothing is said; the relative tolerance is
    /// added to it. It is for events near the time 0.
    ///
    /// ```
    /// use tangents::ode::{self, OdeError};
    /// use tangents::{Dual, lambda};
    ///
    /// // y = p + t is zero at −p; an integrator with events to 10⁻⁹ stops a little later.
    /// let f = lambda!(|z: (f64, f64, f64)| -> f64 { let _ = z; T::one() });
    /// let g = lambda!(|z: (f64, f64, f64)| -> f64 { z.0 });
    /// let p = Dual::<f64, 1>::variable(0.0, 0);
    /// let event = ode::event(f, g);
    /// let late = event.at(&(p + 1e-10), &p, 1e-10.into());
    /// assert!(matches!(late, Err(OdeError::Unsolved { .. })));
    /// let (time, _) = event.absolute_tolerance(1e-8).at(&(p + 1e-10), &p, 1e-10.into()).unwrap();
    /// assert_eq!((time.re, time.eps), (1e-10, [-1.0]));
    /// ```
    pub fn absolute_tolerance(self, absolute: f64) -> Self {
        Self { absolute, ..self }
    }

    /// The time of the event, and the state at it.
    ///
    /// `y` is the state at the time `t` as a function of the parameters, where the integrator has found the event for their values. `t` is a
    /// constant if the integrator stopped there; a time that has derivatives itself, as that of an event before, is right too.
    ///
    /// With γ(s) = g(φ(s), p, t + s) along the solution φ through y, the time is t + s for the s that solves `γ(s) = γ₀`, the value of
    /// γ(0). At first order `∂t/∂p = −(∂g/∂y·∂y/∂p + ∂g/∂p)/(dg/dt)`. So values stay as the integrator found them, to the bit, and if those are off
    /// by a time δ, the derivatives are those of an event that is off by as much.
    ///
    /// At plain numbers they are `t` and `y`, and nothing is evaluated.
    ///
    /// Cost: for a number of the order K, K evaluations of `g` on the number, and K²/2 + 3·K/2 − 1 evaluations of `f` on power series over it,
    /// of an order from K to 2·K: 1, 4 and 8 for K = 1, 2 and 3; one of `f` on plain numbers, and for n numbers in the state
    /// ⌈(n + 1)/8⌉ evaluations of `g` on 8 lanes.
    ///
    /// Source: s is zero by its value, so φ is its Taylor polynomial in s, and Newton's method on γ with a fixed slope gains an order with
    /// each step, as in [`implicit`](crate::implicit).
    ///
    /// # Errors
    ///
    /// - [`OdeError::Grazing`] if dg/dt is zero up to rounding. Near such an event derivatives are as large as dg/dt is small, and an
    ///   error of the state or of where the integrator stopped is as much larger in them: ask for dg/dt where that may happen;
    /// - [`OdeError::Unsolved`] if the state isn't at the event, up to the [tolerance](Self::tolerance);
    /// - [`OdeError::NotFinite`] if g, dg/dt or the time is infinite or NaN;
    /// - [`OdeError::Shape`] if `f` returns another shape than the state's, and for numbers of an order above 128.
    ///
    /// ```
    /// use tangents::ode::{self, OdeError};
    /// use tangents::{Dual, lambda};
    ///
    /// // x = (t − 1)² + p touches zero at p = 0.
    /// let f = lambda!(|z: (f64, f64, f64)| -> f64 { (z.2 - T::one()) + (z.2 - T::one()) });
    /// let g = lambda!(|z: (f64, f64, f64)| -> f64 { z.0 });
    /// let p = Dual::<f64, 1>::variable(0.0, 0);
    /// let touched = ode::event(f, g).at(&p, &p, 1.0.into());
    /// assert_eq!(touched.unwrap_err(), OdeError::Grazing { slope: 0.0 });
    /// ```
    pub fn at<Y, P, T>(&self, y: &Of<Y, T>, p: &Of<P, T>, t: T) -> Result<(T, Of<Y, T>), OdeError>
    where
        F: Function<From = (Y, P, f64), To = Y>,
        G: Function<From = (Y, P, f64), To = f64>,
        Y: Family,
        P: Family,
        T: Number,
    {
        let (time, state) = T::on_plain(Locating::<F, G, Y, P, T> { of: self, y, p, t })?;
        let (state, time) = depending::<Y, P, T>((state, time), (y, p, t));
        Ok((time, state))
    }
}

struct Locating<'a, F, G, Y: Family, P: Family, T> {
    of: &'a Event<F, G>,
    y: &'a Of<Y, T>,
    p: &'a Of<P, T>,
    t: T,
}

impl<F, G, Y, P, T> Work<T> for Locating<'_, F, G, Y, P, T>
where
    F: Function<From = (Y, P, f64), To = Y>,
    G: Function<From = (Y, P, f64), To = f64>,
    Y: Family,
    P: Family,
    T: Number,
{
    type Output = Result<(T, Of<Y, T>), OdeError>;

    fn run<B: Number, D>(self) -> Self::Output
    where
        T: Over<B, D>,
    {
        let Self { of: Event { f, g, tolerance, absolute }, y, p, t } = self;
        if T::ORDER == 0 {
            return Ok((t, lift::<Y, _, _>(y, |y| y)));
        }
        let now = (lift::<Y, _, _>(y, |y| y.value()), lift::<P, _, _>(p, |p| p.value()), t.value());
        let Rate { slope, rounding } = rate::<F, G, Y, P, B>(f, g, &now)?;
        let mut left = g.call(&(lift::<Y, _, _>(y, |y| y), lift::<P, _, _>(p, |p| p), t));
        let (value, t0) = (left.value(), t.value());
        if !(value.is_finite() && slope.is_finite() && t0.is_finite()) {
            return Err(OdeError::NotFinite);
        }
        let plain = |x: B| x.to_f64().unwrap_or(f64::NAN);
        if slope.abs() <= rounding {
            return Err(OdeError::Grazing { slope: plain(slope) });
        }
        let step = (value / slope).abs();
        let largest = B::lit(tolerance.unwrap_or_else(default_tolerance::<B>)) * t0.abs() + B::lit(*absolute);
        let is_small = step <= largest; // not if one is NaN
        if !is_small {
            return Err(OdeError::Unsolved { step: plain(step), largest: plain(largest) });
        }
        with_order!(T over B D, K => {
            let mut s = T::of_value(B::zero());
            for order in 1..=T::ORDER {
                if order > 1 {
                    let (time, state) = along_solution::<K, F, Y, P, T, B, D>(f, y, p, t, s, order)?;
                    left = g.call(&(state, lift::<P, _, _>(p, |p| p), time));
                }
                s = (s - left.of_order(order).by_plain(slope)).with_plain(B::zero());
            }
            along_solution::<K, F, Y, P, T, B, D>(f, y, p, t, s, T::ORDER)
        })
    }
}

/// dg/dt along the solution, and how large its rounding may be.
struct Rate<B> {
    slope: B,
    rounding: B,
}

/// `dg/dt = ∂g/∂t + Σ ∂g/∂yᵢ·yᵢ′`, a sum whose terms may cancel.
fn rate<F, G, Y, P, B>(f: &F, g: &G, now: &(Of<Y, B>, Of<P, B>, B)) -> Result<Rate<B>, OdeError>
where
    F: Function<From = (Y, P, f64), To = Y>,
    G: Function<From = (Y, P, f64), To = f64>,
    Y: Family,
    P: Family,
    B: Number,
{
    const LANES: usize = 8;
    let mut speeds = lift::<Y, _, _>(&now.0, |y| y);
    Y::pair(&f.call(now), &mut speeds, &mut |&found, speed| *speed = found)?;
    let n = count::<Y, B>(&speeds);
    let (mut slope, mut size) = (B::zero(), B::zero());
    // The time is the variable n.
    for first in (0..=n).step_by(LANES) {
        let lanes = first..first + LANES;
        let variable = |x: B, i: usize| {
            if lanes.contains(&i) { Dual::variable(x, i - first) } else { Dual::<B, LANES>::constant(x) }
        };
        let mut i = 0;
        let coordinate = &mut |&y: &B| {
            i += 1;
            variable(y, i - 1)
        };
        let y = Y::map(&now.0, coordinate, &mut |&fixed| Dual::constant(fixed));
        let slopes = g.call(&(y, lift::<P, _, _>(&now.1, Dual::constant), variable(now.2, n))).eps;
        let mut add = |i: usize, speed: B| {
            if lanes.contains(&i) {
                let term = slopes[i - first] * speed;
                slope += term;
                size += term.abs();
            }
        };
        enumerate::<Y, B>(&speeds, &mut add);
        add(n, B::one());
    }
    // As many terms, and some ulps in each.
    let ulps = B::lit(f64::from(u32::try_from(n + 8).unwrap_or(u32::MAX)));
    Ok(Rate { slope, rounding: B::epsilon() * ulps * size })
}
