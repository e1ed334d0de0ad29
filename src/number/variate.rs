//! Dual numbers as elements and parameters of random samples.

use core::array::from_fn;

use super::dual::Dual;
use super::lanes;
use crate::random::{Elements, Sample, Slopes, Variate};

impl<T: Variate, const N: usize> Variate for Dual<T, N> {
    type Plain = T::Plain;

    #[inline]
    fn lift(x: T::Plain) -> Self {
        Self::constant(T::lift(x))
    }

    #[inline]
    fn plain(self) -> T::Plain {
        self.re.plain()
    }

    #[inline]
    fn implicit<const P: usize>(
        params: [Self; P],
        value: T::Plain,
        slopes: &impl Slopes<T::Plain, P>,
    ) -> Self {
        let inner = params.map(|p| p.re);
        let y = T::implicit(inner, value, slopes);
        let slopes = slopes.slopes(inner, y);
        let terms = from_fn::<_, P, _>(|i| lanes::chain(slopes[i], params[i].eps));
        Self::new(y, terms.into_iter().fold([T::zero(); N], lanes::add))
    }
}

impl<T: Variate, const N: usize> Sample for Dual<T, N> {
    type Element = Self;
    const LEN: u64 = 1;

    #[inline]
    fn from_elements(first: u64, elements: &impl Elements<Self>) -> Self {
        elements.at(first)
    }
}
