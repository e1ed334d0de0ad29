//! Kinds of containers, whatever their numbers are.

#[cfg(feature = "alloc")]
use alloc::{collections::BTreeMap, vec::Vec};
use core::array::from_fn;

use super::Point;
use crate::error::Error;
use crate::rules::Number;

/// A kind of container, whatever its numbers are: `f64` stands for a number, `[f64; 3]` for three, `Vec<f64>` for any number of
/// them, `Model<f64>` for a structure `Model<T>`.
///
/// It names what a [`Function`](crate::Function) returns, and the container that a [`Point`] is. `f64` says nothing of the
/// precision: the family of an `[f32; 3]` is `[f64; 3]`.
///
/// Arrays, `Vec`s, `Option`s, `Result`s, `BTreeMap`s and tuples of up to 6 families are families, and so are the containers of `nalgebra`, `ndarray` and
/// `num-complex`. `#[derive(Point)]` makes `Model<f64>` one; by hand it is two types and two lines, see [`Point`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't name a kind of container",
    label = "not a `Family`",
    note = "a family has `f64` for its numbers, whatever the precision: `f64`, `[f64; 3]`, `Vec<f64>`, `(f64, Vec<f64>)`, and \
            `Model<f64>` of a structure with `#[derive(Point)]`"
)]
pub trait Family {
    /// The container of `D`s, owned.
    type Of<D>;

    /// What a function takes by reference: `Self`, or `[f64]` of arrays and `Vec`s, which are handed over as slices.
    type View: View + ?Sized;

    /// The container with `coordinate` of each coordinate, taken in order, and `fixed` of each number that isn't
    /// differentiated: what [`Point::lift`] is for numbers of its own.
    fn map<A: Number, B>(
        of: &Self::Of<A>,
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> Self::Of<B>;

    /// Hands `f` each coordinate with its counterpart in `with`.
    ///
    /// # Errors
    ///
    /// [`Error::Shape`] if `with` has another shape than `of`; some pairs may have been handed out.
    fn pair<A: Number, B>(
        of: &Self::Of<A>,
        with: &mut Self::Of<B>,
        f: &mut impl FnMut(&A, &mut B),
    ) -> Result<(), Error>;

    /// The numbers, if they lie side by side: a loop over them is faster than [`map`](Self::map).
    #[doc(hidden)]
    #[inline]
    fn as_slice<D>(of: &Self::Of<D>) -> Option<&[D]> {
        let _ = of;
        None
    }

    /// The numbers of several such containers, if they lie side by side.
    #[doc(hidden)]
    #[inline]
    fn as_flat<D>(of: &[Self::Of<D>]) -> Option<&[D]> {
        let _ = of;
        None
    }
}

/// A kind of argument, whatever its numbers are: `f64` for a number, `[f64]` for a slice, `Model<f64>` for a structure.
///
/// It names what a [`Function`](crate::Function) takes. A slice serves arrays, slices and `Vec`s as points. It is implemented
/// for slices of families, and for every [`Family`] that is its own [`View`](Family::View).
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't name what a function takes",
    label = "not a `View`",
    note = "a function takes `f64`, `[f64]`, a tuple or `Model<f64>`, with `f64` whatever the precision; arrays and `Vec`s are handed \
            over as slices: write `[f64]`; inside a tuple they are owned, `(Vec<f64>, [f64; 3])`, and never `[f64]`"
)]
pub trait View {
    /// The argument, with `D` for its numbers.
    type Of<D>: ?Sized;
}

// An array is a family and no view: the error is that it isn't a `View`, with the note above, not that it isn't its own view.
#[diagnostic::do_not_recommend]
impl<F: Family<View = F>> View for F {
    type Of<D> = <F as Family>::Of<D>;
}

impl<F: Family> View for [F] {
    type Of<D> = [F::Of<D>];
}

/// A number.
impl Family for f64 {
    type Of<D> = D;
    type View = Self;

    #[inline]
    fn map<A: Number, B>(of: &A, coordinate: &mut impl FnMut(&A) -> B, fixed: &mut impl FnMut(&A) -> B) -> B {
        let _ = fixed;
        coordinate(of)
    }

    #[inline]
    fn pair<A: Number, B>(of: &A, with: &mut B, f: &mut impl FnMut(&A, &mut B)) -> Result<(), Error> {
        f(of, with);
        Ok(())
    }

    #[inline]
    fn as_slice<D>(of: &D) -> Option<&[D]> {
        Some(core::slice::from_ref(of))
    }

    #[inline]
    fn as_flat<D>(of: &[D]) -> Option<&[D]> {
        Some(of)
    }
}

/// Hands out the pairs of parts that follow each other; there must be as many on either side.
#[inline]
pub(crate) fn pair_each<F: Family, A: Number, B>(
    of: &[F::Of<A>],
    with: &mut [F::Of<B>],
    f: &mut impl FnMut(&A, &mut B),
) -> Result<(), Error> {
    Error::check_shape(with.len(), of.len())?;
    of.iter().zip(with).try_for_each(|(of, with)| F::pair(of, with, f))
}

impl<F: Family, const N: usize> Family for [F; N] {
    type Of<D> = [F::Of<D>; N];
    type View = [F];

    #[inline]
    fn map<A: Number, B>(
        of: &[F::Of<A>; N],
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> [F::Of<B>; N] {
        from_fn(|i| F::map(&of[i], coordinate, fixed))
    }

    #[inline]
    fn pair<A: Number, B>(
        of: &[F::Of<A>; N],
        with: &mut [F::Of<B>; N],
        f: &mut impl FnMut(&A, &mut B),
    ) -> Result<(), Error> {
        pair_each::<F, A, B>(of, with, f)
    }

    #[inline]
    fn as_slice<D>(of: &[F::Of<D>; N]) -> Option<&[D]> {
        F::as_flat(of)
    }

    #[inline]
    fn as_flat<D>(of: &[[F::Of<D>; N]]) -> Option<&[D]> {
        F::as_flat(of.as_flattened())
    }
}

#[cfg(feature = "alloc")]
impl<F: Family> Family for Vec<F> {
    type Of<D> = Vec<F::Of<D>>;
    type View = [F];

    #[inline]
    fn map<A: Number, B>(
        of: &Vec<F::Of<A>>,
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> Vec<F::Of<B>> {
        of.iter().map(|part| F::map(part, coordinate, fixed)).collect()
    }

    #[inline]
    fn pair<A: Number, B>(
        of: &Vec<F::Of<A>>,
        with: &mut Vec<F::Of<B>>,
        f: &mut impl FnMut(&A, &mut B),
    ) -> Result<(), Error> {
        pair_each::<F, A, B>(of, with, f)
    }

    #[inline]
    fn as_slice<D>(of: &Vec<F::Of<D>>) -> Option<&[D]> {
        F::as_flat(of)
    }
}

impl<F: Family> Family for Option<F> {
    type Of<D> = Option<F::Of<D>>;
    type View = Option<F>;

    fn map<A: Number, B>(
        of: &Option<F::Of<A>>,
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> Option<F::Of<B>> {
        of.as_ref().map(|part| F::map(part, coordinate, fixed))
    }

    fn pair<A: Number, B>(
        of: &Option<F::Of<A>>,
        with: &mut Option<F::Of<B>>,
        f: &mut impl FnMut(&A, &mut B),
    ) -> Result<(), Error> {
        pair_each::<F, A, B>(of.as_slice(), with.as_mut_slice(), f)
    }
}

impl<F: Family, E: Clone> Family for Result<F, E> {
    type Of<D> = Result<F::Of<D>, E>;
    type View = Self;

    #[inline]
    fn map<A: Number, B>(
        of: &Result<F::Of<A>, E>,
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> Result<F::Of<B>, E> {
        of.as_ref().map(|part| F::map(part, coordinate, fixed)).map_err(E::clone)
    }

    fn pair<A: Number, B>(
        of: &Result<F::Of<A>, E>,
        with: &mut Result<F::Of<B>, E>,
        f: &mut impl FnMut(&A, &mut B),
    ) -> Result<(), Error> {
        match (of, with) {
            (Ok(of), Ok(with)) => F::pair(of, with, f),
            (Err(_), Err(_)) => Ok(()),
            (of, with) => Error::check_shape(with.iter().len(), of.iter().len()),
        }
    }
}

#[cfg(feature = "alloc")]
impl<K: Clone + Ord, F: Family> Family for BTreeMap<K, F> {
    type Of<D> = BTreeMap<K, F::Of<D>>;
    type View = Self;

    fn map<A: Number, B>(
        of: &BTreeMap<K, F::Of<A>>,
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> BTreeMap<K, F::Of<B>> {
        let mut mapped = BTreeMap::new();
        for (key, part) in of {
            mapped.insert(key.clone(), F::map(part, coordinate, fixed));
        }
        mapped
    }

    fn pair<A: Number, B>(
        of: &BTreeMap<K, F::Of<A>>,
        with: &mut BTreeMap<K, F::Of<B>>,
        f: &mut impl FnMut(&A, &mut B),
    ) -> Result<(), Error> {
        check_keys(of, with)?;
        of.values().zip(with.values_mut()).try_for_each(|(of, with)| F::pair(of, with, f))
    }
}

/// Whether two maps have the same keys.
#[cfg(feature = "alloc")]
pub(crate) fn check_keys<K: Ord, P, Q>(of: &BTreeMap<K, P>, with: &BTreeMap<K, Q>) -> Result<(), Error> {
    let common = of.keys().filter(|key| with.contains_key(key)).count();
    Error::check_shape(with.len(), common)?;
    Error::check_shape(common, of.len())
}

macro_rules! tuple_family {
    ($($F:ident $i:tt),*) => {
        impl<$($F: Family),*> Family for ($($F,)*) {
            type Of<D> = ($($F::Of<D>,)*);
            type View = Self;

            #[inline]
            fn map<A: Number, B>(
        of: &Self::Of<A>,
        coordinate: &mut impl FnMut(&A) -> B,
        fixed: &mut impl FnMut(&A) -> B,
    ) -> Self::Of<B> {
                ($($F::map(&of.$i, coordinate, fixed),)*)
            }

            #[inline]
            fn pair<A: Number, B>(
                of: &Self::Of<A>,
                with: &mut Self::Of<B>,
                f: &mut impl FnMut(&A, &mut B),
            ) -> Result<(), Error> {
                $($F::pair(&of.$i, &mut with.$i, f)?;)*
                Ok(())
            }
        }
    };
}

tuple_family!(F 0);
tuple_family!(F 0, G 1);
tuple_family!(F 0, G 1, H 2);
tuple_family!(F 0, G 1, H 2, I 3);
tuple_family!(F 0, G 1, H 2, I 3, J 4);
tuple_family!(F 0, G 1, H 2, I 3, J 4, K 5);

/// The container `X` with `D` in place of the numbers, owned: what is built for a function, and, with plain numbers, what a
/// gradient is.
pub type Of<X, D> = <<X as Point>::Family as Family>::Of<D>;
