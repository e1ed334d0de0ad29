//! The numbers as elements and parameters of random samples.

use super::{Dual, HyperDual, Taylor, for_each_number, lanes};
use crate::random::{Elements, Sample, Slopes, Variate};

/// A number as element and parameter: constant or, given the slopes of the sample in its parameters, differentiated.
macro_rules! variate {
    ($Number:ident, |$params:ident, $value:ident, $slopes:ident| $implicit:expr) => {
        impl<T: Variate, const N: usize> Variate for $Number<T, N> {
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
                $params: [Self; P],
                $value: T::Plain,
                $slopes: &impl Slopes<T::Plain, P>,
            ) -> Self {
                $implicit
            }
        }
    };
}

variate!(Dual, |params, value, slopes| {
    let inner = params.map(|p| p.re);
    let y = T::implicit(inner, value, slopes);
    let slopes = slopes.slopes(inner, y);
    let terms = params.iter().zip(slopes).map(|(p, slope)| lanes::chain(slope, p.eps));
    Self::new(y, terms.fold([T::zero(); N], |sum, term| lanes::add(0, &sum, &term)))
});

variate!(HyperDual, |params, value, slopes| {
    let first = params.map(|p| p.first_order());
    let y = Dual::implicit(first, value, slopes);
    Self::from_slopes(y.re, params.into_iter().zip(slopes.slopes(first, y)))
});

variate!(Taylor, |params, value, slopes| {
    let mut y = Self::constant(T::implicit(params.map(|p| p.re), value, slopes));
    // y′ = Σ sᵢ·pᵢ′, where the slopes depend on y: each pass makes one order right.
    for _ in 0..N {
        let terms = params.iter().zip(slopes.slopes(params, y)).map(|(p, slope)| p.chain(T::zero(), slope));
        y.coefficients = terms.fold(Self::constant(T::zero()), |sum, term: Self| sum + term).coefficients;
    }
    y
});

macro_rules! sample {
    ($Number:ident) => {
        impl<T: Variate, const N: usize> Sample for $Number<T, N> {
            type Element = Self;
            const LEN: u64 = 1;

            #[inline]
            fn from_elements(first: u64, elements: &impl Elements<Self>) -> Self {
                elements.at(first)
            }
        }
    };
}

for_each_number!(sample);
