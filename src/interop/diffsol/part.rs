//! A function of state, parameters and time as one of a slice: [`Part`].

use alloc::vec::Vec;

use crate::drive::Family;
use crate::function::Function;
use crate::implicit::{Of, container, count, enumerate};
use crate::rules::Number;

/// What containers of the state and the parameters look like.
pub(super) struct Shapes<Y: Family, P: Family> {
    state: Of<Y, f64>,
    parameters: Of<P, f64>,
    /// How many numbers the state has.
    pub(super) states: usize,
    /// How many parameters there are.
    pub(super) count: usize,
}

impl<Y: Family, P: Family> Shapes<Y, P> {
    pub(super) fn new(state: Of<Y, f64>, parameters: Of<P, f64>) -> Self {
        let (states, count) = (count::<Y, f64>(&state), count::<P, f64>(&parameters));
        Self { state, parameters, states, count }
    }

    /// The arguments of a function, of these numbers.
    pub(super) fn arguments<T: Number>(
        &self,
        y: impl Fn(usize) -> T,
        p: impl Fn(usize) -> T,
        t: T,
    ) -> (Of<Y, T>, Of<P, T>, T) {
        (container::<Y, T>(&self.state, y), container::<P, T>(&self.parameters, p), t)
    }

    /// The numbers of the state.
    pub(super) fn state(&self) -> Vec<f64> {
        let mut state = Vec::with_capacity(self.states);
        enumerate::<Y, f64>(&self.state, |_, y| state.push(y));
        state
    }

    /// The parameters.
    pub(super) fn parameters(&self) -> Vec<f64> {
        let mut parameters = Vec::with_capacity(self.count);
        enumerate::<P, f64>(&self.parameters, |_, p| parameters.push(p));
        parameters
    }
}

/// A function of a state, parameters and time, as a function of a slice.
pub(super) struct Part<'a, F, Y: Family, P: Family> {
    pub(super) function: &'a F,
    pub(super) shapes: &'a Shapes<Y, P>,
    pub(super) of: Variables<'a>,
}

/// What is in the slice. The rest is constant.
#[derive(Clone, Copy)]
pub(super) enum Variables<'a> {
    /// The state.
    State { p: &'a [f64], t: f64 },
    /// The parameters.
    Parameters { y: &'a [f64], t: f64 },
    /// State, parameters and time, one after another.
    All,
}

impl<F, Y, P> Function for Part<'_, F, Y, P>
where
    F: Function<From = (Y, P, f64)>,
    Y: Family,
    P: Family,
{
    type From = [f64];
    type To = F::To;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn call<T: Number>(&self, x: &[T]) -> <F::To as Family>::Of<T> {
        let Self { function, shapes, of } = self;
        let arguments = match *of {
            Variables::State { p, t } => shapes.arguments(|i| x[i], |i| T::lit(p[i]), T::lit(t)),
            Variables::Parameters { y, t } => shapes.arguments(|i| T::lit(y[i]), |i| x[i], T::lit(t)),
            Variables::All => {
                let (n, end) = (shapes.states, x.len() - 1);
                shapes.arguments(|i| x[i], |i| x[n + i], x[end])
            }
        };
        function.call(&arguments)
    }
}
