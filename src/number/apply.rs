//! Rules of one's own on each number: [`Rule`] and its kin, by the chain rule of the number.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::array::from_fn;

#[cfg(feature = "alloc")]
use super::apply_vector;
#[cfg(feature = "std")]
use super::components::Components;
#[cfg(feature = "std")]
use super::inspect;
use super::over::{self, Work};
use super::{Dual, DualOrConstant, HyperDual, Taylor};
use crate::real::Real;
#[cfg(feature = "alloc")]
use crate::rules::rule::VectorRule;
use crate::rules::rule::{Number, Rule, RuleN, moves, settled};

/// [`Number::depend`], each component on each.
#[cfg(feature = "std")]
#[inline]
fn depend_by_components<T: Number, D: Components<T>>(outputs: &mut [D], inputs: &[D]) {
    if inspect::is_primitive::<T>() {
        return;
    }
    let components = core::cell::RefCell::new(Vec::new());
    for x in inputs {
        x.map(|c| {
            components.borrow_mut().push(c);
            c
        });
    }
    let components = components.into_inner();
    for y in outputs {
        *y = y.map(|mut c| {
            T::depend(core::slice::from_mut(&mut c), &components);
            c
        });
    }
}

macro_rules! depends_by_components {
    () => {
        #[cfg(feature = "std")]
        #[inline]
        fn depend(outputs: &mut [Self], inputs: &[Self]) {
            depend_by_components::<T, Self>(outputs, inputs);
        }
    };
}

impl<T: Number, const N: usize> Number for Dual<T, N> {
    depends_by_components!();

    #[inline]
    fn on_plain<W: Work<Self>>(work: W) -> W::Output {
        over::dual::<T, W, N>(work)
    }

    #[inline]
    fn apply<R: Rule>(self, rule: R) -> Self {
        let (x, y) = (self.re, self.re.apply(&rule));
        self.chain(y, settled(rule.slope(x), !y.is_nan(), || moves(&[x])))
    }

    #[inline]
    fn apply_n<R: RuleN<M>, const M: usize>(x: [Self; M], rule: R) -> Self {
        let at = x.map(|x| x.re);
        let y = T::apply_n(at, &rule);
        let slopes = rule.slopes(at).map(|slope| settled(slope, !y.is_nan(), || moves(&at)));
        Self::chain_n(&x, y, slopes)
    }

    #[cfg(feature = "alloc")]
    #[track_caller]
    fn apply_vector<R: VectorRule>(x: &[Self], rule: R) -> Vec<Self> {
        apply_vector::dual(x, &rule)
    }
}

/// The rule is applied to values where nothing moves.
impl<T: Number, const N: usize> Number for DualOrConstant<T, N> {
    depends_by_components!();

    #[inline]
    fn on_plain<W: Work<Self>>(work: W) -> W::Output {
        over::dual_or_constant::<T, W, N>(work)
    }

    #[inline]
    fn apply<R: Rule>(self, rule: R) -> Self {
        match self.dual() {
            Some(x) => Self::moving(x.apply(rule)),
            None => Self::constant(self.re.apply(rule)),
        }
    }

    #[inline]
    fn apply_n<R: RuleN<M>, const M: usize>(x: [Self; M], rule: R) -> Self {
        if x.iter().any(Self::moves) {
            Self::moving(Dual::apply_n(x.map(Self::with_lanes), rule))
        } else {
            Self::constant(T::apply_n(x.map(|x| x.re), rule))
        }
    }

    #[cfg(feature = "alloc")]
    #[track_caller]
    fn apply_vector<R: VectorRule>(x: &[Self], rule: R) -> Vec<Self> {
        if x.iter().any(Self::moves) {
            let x: Vec<_> = x.iter().map(|x| x.with_lanes()).collect();
            apply_vector::dual(&x, &rule).into_iter().map(Self::moving).collect()
        } else {
            let x: Vec<_> = x.iter().map(|x| x.re).collect();
            T::apply_vector(&x, rule).into_iter().map(Self::constant).collect()
        }
    }
}

impl<T: Number, const N: usize> Number for HyperDual<T, N> {
    depends_by_components!();

    #[inline]
    fn on_plain<W: Work<Self>>(work: W) -> W::Output {
        over::hyper::<T, W, N>(work)
    }

    #[inline]
    fn apply<R: Rule>(self, rule: R) -> Self {
        let (x, y) = (Dual::new(self.re, [T::one()]), self.re.apply(&rule));
        let slope = settled(rule.slope(x), !y.is_nan(), || moves(&[x]));
        self.chain(y, slope.re, slope.eps[0])
    }

    #[inline]
    fn apply_n<R: RuleN<M>, const M: usize>(x: [Self; M], rule: R) -> Self {
        let y = T::apply_n(x.map(|x| x.re), &rule);
        let at = from_fn(|i| Dual::<T, M>::variable(x[i].re, i));
        let slopes = rule.slopes(at).map(|slope| settled(slope, !y.is_nan(), || moves(&at)));
        Self::chain_n(&x, y, slopes)
    }

    #[cfg(feature = "alloc")]
    #[track_caller]
    fn apply_vector<R: VectorRule>(x: &[Self], rule: R) -> Vec<Self> {
        apply_vector::hyper(x, &rule)
    }
}

/// The slope is run on the series itself. It may apply the rule again, to the same series, and that would never end; but of
/// the slope one coefficient less is needed, and of the series in it. What isn't needed is NaN there, and so each call within
/// a call finds one coefficient less to compute.
impl<T: Number, const K: usize> Number for Taylor<T, K> {
    depends_by_components!();

    #[inline]
    fn on_plain<W: Work<Self>>(work: W) -> W::Output {
        over::taylor::<T, W, K>(work)
    }

    #[inline]
    fn apply<R: Rule>(self, rule: R) -> Self {
        let y = self.re.apply(&rule);
        let [slope] = slopes(&[self], !y.is_nan(), |&[x]| [rule.slope(x)]);
        self.chain(y, slope)
    }

    #[inline]
    fn apply_n<R: RuleN<M>, const M: usize>(x: [Self; M], rule: R) -> Self {
        let y = T::apply_n(x.map(|x| x.re), &rule);
        let slopes = slopes(&x, !y.is_nan(), |&x| rule.slopes(x));
        Self::chain_n(&x, y, slopes)
    }

    #[cfg(feature = "alloc")]
    #[track_caller]
    fn apply_vector<R: VectorRule>(x: &[Self], rule: R) -> Vec<Self> {
        apply_vector::taylor(x, &rule)
    }
}

/// How many coefficients are known of a function of these series: all but those at the end where one of the series is NaN.
pub(super) fn known<T: Real, const K: usize>(x: &[Taylor<T, K>]) -> usize {
    let unknown = |&k: &usize| x.iter().any(|x| x.coefficients[k - 1].is_nan());
    K - (1..=K).rev().take_while(unknown).count()
}

/// The first coefficients, and NaN after them.
pub(super) fn cut<T: Real, const K: usize>(mut x: Taylor<T, K>, known: usize) -> Taylor<T, K> {
    x.coefficients[known..].fill(T::nan());
    x
}

/// The first coefficients, and 0 after them, where none is needed: beside a NaN the others would be multiplied with care.
pub(super) fn resting_from<T: Real, const K: usize>(mut x: Taylor<T, K>, needed: usize) -> Taylor<T, K> {
    x.coefficients[needed..].fill(T::zero());
    x
}

/// The slopes at x, from the rule `slopes`, as series of which the coefficients before the last known one of x are known.
#[inline]
fn slopes<T: Real, const K: usize, const M: usize>(
    x: &[Taylor<T, K>; M],
    defined: bool,
    slopes: impl FnOnce(&[Taylor<T, K>; M]) -> [Taylor<T, K>; M],
) -> [Taylor<T, K>; M] {
    let Some(less) = known(x).checked_sub(1) else { return [moves(x); M] };
    let at = x.map(|x| cut(x, less));
    slopes(&at).map(|slope| settled(resting_from(slope, less), defined, || moves(&at)))
}
