//! The solution of an equation as a power series in time, on which a state moves by what a time has in its derivatives.

use super::error::OdeError;
use crate::drive::Family;
use crate::function::Function;
#[cfg(feature = "std")]
use crate::implicit::enumerate;
use crate::implicit::{Of, lift};
use crate::number::Taylor;
#[cfg(feature = "std")]
use crate::number::inspect::is_primitive;
use crate::number::over::{Over, Work};
use crate::rules::Number;

/// What `$run` makes with `K` being an order that suffices for derivatives in `T`, of those that functions are compiled for.
macro_rules! with_order {
    ($T:ident over $P:ident $D:ident, $K:ident => $run:expr) => {
        with_order!(@of [1 2 4 8 16 32 64 128], $T $P $D $K => $run)
    };
    (@of [$($k:literal)*], $T:ident $P:ident $D:ident $K:ident => $run:expr) => {{
        // What isn't chosen isn't compiled.
        $(if const { <$T as Over<$P, $D>>::ORDER.next_power_of_two() == $k } {
            const $K: usize = $k;
            return $run;
        })*
        Err(OdeError::Shape($crate::error::Error::Order { largest: 128, found: <$T as Over<$P, $D>>::ORDER }))
    }};
}

pub(super) use with_order;

/// The state at the time t + s on the solution through the state y at the time t, right up to an order of the step s, which is zero by its
/// value; and that time.
///
/// With `s = θ·step` the state is a series in θ. The coefficient of θᵏ⁺¹ in y is that of θᵏ in f times the step, divided by k + 1 (Moore,
/// *Interval Analysis*, 1966, chapter 11; Griewank and Walther, *Evaluating Derivatives*, 2nd edition, 2008, chapter 13). It has derivatives of
/// the order k + 1 and above only. So the series ends with the number's own order, and its terms are those of the result: no unit of
/// time over- or underflows.
pub(super) fn along_solution<const K: usize, F, Y, P, T, B, D>(
    f: &F,
    y: &Of<Y, T>,
    p: &Of<P, T>,
    t: T,
    step: T,
    order: usize,
) -> Result<(T, Of<Y, T>), OdeError>
where
    F: Function<From = (Y, P, f64), To = Y> + ?Sized,
    Y: Family,
    P: Family,
    T: Over<B, D>,
    B: Number,
{
    let mut time = Taylor::<T, K>::constant(t);
    time.coefficients[0] = step;
    let mut at = (lift::<Y, _, _>(y, Taylor::constant), lift::<P, _, _>(p, Taylor::constant), time);
    let mut next = B::one();
    for k in 0..order {
        let slopes = f.call(&at);
        Y::pair(&slopes, &mut at.0, &mut |slope, y| {
            y.coefficients[k] = (slope.coefficient(k) * step).by_plain(next);
        })?;
        next += B::one();
    }
    // Values stay to the bit.
    let state = lift::<Y, _, _>(&at.0, |y| y.eval(T::one()).with_plain(y.re.value()));
    Ok(((t + step).with_plain(t.value()), state))
}

/// The state at the time `to` on the solution that has the state `y` at the time `from`, two times of one value.
///
/// They differ in their derivatives alone. So this is the state as a function of the parameters at a time that depends on them in another way: at
/// the plain time `t`, if `y` is the state after an event at the time `from`, which varies around `t`. From there an integrator goes on.
///
/// `y + s·f + s²/2·(∂f/∂t + ∂f/∂y·f) + …`, with s = `to` − `from`: as far as the order of the number reaches that is all.
///
/// Cost: for a number of the order K, K evaluations of `f` on power series of an order from K to 2·K over the number.
///
/// # Errors
///
/// [`OdeError::Times`] if the times differ in their values, [`OdeError::NotFinite`] if they are infinite, [`OdeError::Shape`] if the
/// equation returns another shape than the state's, and for numbers of an order above 128.
///
/// ```
/// use tangents::{derivative, lambda, ode};
///
/// // A ball falls from the height 1 with the gravity g, and bounces with the speed that it has.
/// let fall = lambda!(|z: ([f64; 2], f64, f64)| -> [f64; 2] { [z.0[1], -z.1] });
/// let floor = lambda!(|z: ([f64; 2], f64, f64)| -> f64 { z.0[0] });
/// let height_by_g: f64 = derivative(|g| {
///     // An integrator finds it at the floor after a second, at g = 2; how high it is then depends on g.
///     let y = [1.0 - g / 2.0, -g];
///     let (t, [x, v]) = ode::event(fall, floor).at(&y, &g, 1.0.into()).unwrap();
///     // From the bounce at the time t, which depends on g, to the integrator's time; and on for half a second.
///     let [x, v] = ode::retime(&fall, &[x, -v], &g, t, 1.0.into()).unwrap();
///     x + 0.5 * v - 0.125 * g
/// }, 2.0);
/// // The height is 3·√(2g) − 3 − 1.125·g.
/// assert!((height_by_g - 0.375).abs() < 1e-15);
/// ```
pub fn retime<F, Y, P, T>(f: &F, y: &Of<Y, T>, p: &Of<P, T>, from: T, to: T) -> Result<Of<Y, T>, OdeError>
where
    F: Function<From = (Y, P, f64), To = Y> + ?Sized,
    Y: Family,
    P: Family,
    T: Number,
{
    let state = T::on_plain(Retiming::<F, Y, P, T> { f, y, p, from, to })?;
    Ok(depending::<Y, P, T>((state, to), (y, p, from)).0)
}

struct Retiming<'a, F: ?Sized, Y: Family, P: Family, T> {
    f: &'a F,
    y: &'a Of<Y, T>,
    p: &'a Of<P, T>,
    from: T,
    to: T,
}

impl<F, Y, P, T> Work<T> for Retiming<'_, F, Y, P, T>
where
    F: Function<From = (Y, P, f64), To = Y> + ?Sized,
    Y: Family,
    P: Family,
    T: Number,
{
    type Output = Result<Of<Y, T>, OdeError>;

    fn run<B: Number, D>(self) -> Self::Output
    where
        T: Over<B, D>,
    {
        let Self { f, y, p, from, to } = self;
        if from.value() != to.value() {
            let plain = |t: T| t.value().to_f64().unwrap_or(f64::NAN);
            return Err(OdeError::Times { from: plain(from), to: plain(to) });
        }
        if !from.is_finite() {
            return Err(OdeError::NotFinite);
        }
        if T::ORDER == 0 {
            return Ok(lift::<Y, _, _>(y, |y| y));
        }
        with_order!(T over B D, K => {
            Ok(along_solution::<K, F, Y, P, T, B, D>(f, y, p, from, to - from, T::ORDER)?.1)
        })
    }
}

/// A state and a time, which depend on all that they follow from: on numbers that find patterns, where an algorithm that decides by
/// values may have made constants of them.
#[cfg_attr(not(feature = "std"), allow(unused_variables))]
pub(super) fn depending<Y: Family, P: Family, T: Number>(
    found: (Of<Y, T>, T),
    from: (&Of<Y, T>, &Of<P, T>, T),
) -> (Of<Y, T>, T) {
    #[cfg(feature = "std")]
    if !T::on_plain(IsPrimitive) {
        let (mut outputs, mut inputs) = (alloc::vec![found.1], alloc::vec![from.2]);
        enumerate::<Y, T>(&found.0, |_, y| outputs.push(y));
        enumerate::<Y, T>(from.0, |_, y| inputs.push(y));
        enumerate::<P, T>(from.1, |_, p| inputs.push(p));
        T::depend(&mut outputs, &inputs);
        let mut state = outputs[1..].iter();
        let y = Y::map(&found.0, &mut |&y| *state.next().unwrap_or(&y), &mut |&fixed| fixed);
        return (y, outputs[0]);
    }
    found
}

/// Whether the plain number at the bottom is the CPU's, which knows no more than its value.
#[cfg(feature = "std")]
struct IsPrimitive;

#[cfg(feature = "std")]
impl<T: Number> Work<T> for IsPrimitive {
    type Output = bool;

    fn run<B: Number, D>(self) -> bool
    where
        T: Over<B, D>,
    {
        is_primitive::<B>()
    }
}
