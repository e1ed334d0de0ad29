//! The special functions and the rules of one's own on the number that finds patterns.

use super::number::{Tracer, bent_in_both, emit_bent};
use super::run::Dependence;
use crate::real::Real;
use crate::rules::special_table::for_each_special_rule;
use crate::rules::{Number, Rule, RuleN, VectorRule};
use crate::special::Special;

/// What all of the numbers depend on.
fn all<T: Real>(x: impl IntoIterator<Item = Tracer<T>>) -> Dependence {
    x.into_iter().fold(Dependence::NONE, |all, x| all.and(x.on))
}

fn values<T: Real>(x: &[Tracer<T>]) -> Vec<T> {
    x.iter().map(|x| x.re).collect()
}

/// Products of x and a function of y.
macro_rules! linear_in_the_first {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name(self, y: Self) -> Self {
            let re = self.re.$name(y.re);
            Self { re, on: Self::defined(re, self.on.over(y.on)) }
        }
    )*};
}

impl<T: Special> Special for Tracer<T> {
    for_each_special_rule!(emit_bent []);

    bent_in_both! { beta ln_beta logaddexp }

    linear_in_the_first! { xlogy xlog1py }

    fn logsumexp(x: &[Self]) -> Self {
        Self { re: T::logsumexp(&values(x)), on: all(x.iter().copied()).bent() }
    }

    fn softmax<const N: usize>(mut x: [Self; N]) -> [Self; N] {
        Self::softmax_in_place(&mut x);
        x
    }

    fn softmax_in_place(x: &mut [Self]) {
        let (mut re, on) = (values(x), all(x.iter().copied()).bent());
        T::softmax_in_place(&mut re);
        x.iter_mut().zip(re).for_each(|(x, re)| *x = Self { re, on });
    }

    fn norm_of(len: usize, x: impl Fn(usize) -> Self) -> Self {
        Self { re: T::norm_of(len, |i| x(i).re), on: all((0..len).map(&x)).bent() }
    }

    fn safe_norm(x: &[Self], min_norm: Self) -> Self {
        let norm = Self::norm(x);
        let larger = num_traits::Float::max(norm, min_norm);
        // A NaN wins here, and loses in `max`.
        if norm.re.is_nan() { Self { re: norm.re, on: norm.on.and(larger.on) } } else { larger }
    }

    fn smoothstep(self, low: Self, high: Self) -> Self {
        let re = self.re.smoothstep(low.re, high.re);
        let all = self.on.and(low.on).and(high.on);
        if !all.is_none() && !all.is_global() {
            let t = (self.re - low.re) / (high.re - low.re);
            if t < T::zero() || t > T::one() {
                return Self::constant(re);
            }
        }
        Self { re, on: all.bent() }
    }

    fn relu(self) -> Self {
        let re = self.re.relu();
        let on = Self::kinked(self.on, || self.re == T::zero());
        let is_constant = !on.is_none() && !on.is_global() && self.re < T::zero();
        Self { re, on: if is_constant { Dependence::NONE } else { on } }
    }

    fn huber(self, delta: Self) -> Self {
        let (re, all) = (self.re.huber(delta.re), self.on.and(delta.on));
        if all.is_none() || all.is_global() {
            return Self { re, on: all.bent() };
        }
        let size = self.re.abs();
        let on = if size < delta.re {
            self.on.bent()
        } else if size == delta.re {
            all.bent()
        } else {
            // δ·(|x| − ½δ); the kink of |x| is here if δ is negative.
            Self::kinked(self.on, || self.re == T::zero()).over(delta.on)
        };
        Self { re, on }
    }

    #[inline]
    fn stop_gradient(self) -> Self {
        Self { re: self.re.stop_gradient(), on: self.on.stepped() }
    }
}

/// The value of a rule is computed on the point's own number, and each of its results is taken to depend on each argument.
impl<T: Number> Number for Tracer<T> {
    fn apply<R: Rule>(self, rule: R) -> Self {
        Self { re: self.re.apply(rule), on: self.on.bent() }
    }

    fn apply_n<R: RuleN<N>, const N: usize>(x: [Self; N], rule: R) -> Self {
        Self { re: T::apply_n(x.map(|x| x.re), rule), on: all(x).bent() }
    }

    fn depend(outputs: &mut [Self], inputs: &[Self]) {
        let inputs = all(inputs.iter().copied());
        for y in outputs {
            y.on = y.on.and(inputs).bent();
        }
    }

    #[track_caller]
    fn apply_vector<R: VectorRule>(x: &[Self], rule: R) -> Vec<Self> {
        let on = all(x.iter().copied()).bent();
        T::apply_vector(&values(x), rule).into_iter().map(|re| Self { re, on }).collect()
    }
}
