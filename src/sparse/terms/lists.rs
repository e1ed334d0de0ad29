//! What a sum is made of: lists of terms, each a function value and its variables.

use alloc::vec::Vec;

use super::work::{Gradients, Hessians, Jacobians, OfResiduals, OfTerms, Residuals, Values, gathered};
use crate::drive::Family;
use crate::function::{Function, fastest};
use crate::rules::Number;

/// The variables of `B` blocks of `D` consecutive ones, `M = B·D` in all: those of block b are `b·D, b·D + 1, … b·D + D − 1`.
///
/// So vertices become coordinates. A block whose variables are beyond the largest `usize` gets that one, which no sum has.
///
/// ```
/// use tangents::sparse::blocks;
///
/// // The coordinates of vertices 4 and 7 in the plane.
/// assert_eq!(blocks::<2, _, 4>([4, 7]), [8, 9, 14, 15]);
/// ```
#[must_use]
pub fn blocks<const D: usize, const B: usize, const M: usize>(blocks: [usize; B]) -> [usize; M] {
    const { assert!(B * D == M, "there must be as many variables as all blocks have") }
    core::array::from_fn(|i| blocks[i / D].saturating_mul(D).saturating_add(i % D))
}

/// Lists of terms of any kind.
///
/// It can't be named elsewhere, so that nobody else implements what has it for a supertrait.
pub trait Lists {
    /// Hands on the variables of each term.
    fn each(&self, variables: &mut impl FnMut(&[usize]));
}

/// The terms of a [`TermSum`](super::TermSum): lists of pairs `(F, [usize; M])`, a function value and the indices of its variables.
///
/// A list is a `Vec`, an array, or a reference to a slice. Its terms have one type of function,
/// `F: Function<From = [f64], To = f64>`, and each as many variables, `M`. Kinds of terms that differ in that are a tuple of lists, up to
/// six, in which a part may be a tuple again. The terms have the order of the lists.
///
/// It can't be implemented elsewhere.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a list of terms",
    label = "not `Terms`",
    note = "terms are a `Vec<(F, [usize; M])>` of function values with `From = [f64]` and `To = f64`, each with its variables, or a \
            tuple of such lists; an array and a reference to a slice will do too",
    note = "`blocks::<D, _, M>(…)` needs the number `M` in all"
)]
pub trait Terms: Lists {
    /// Adds the terms on numbers of any kind.
    #[doc(hidden)]
    fn value_on<T: Number>(&self, x: &[T], sum: T) -> T;

    /// Adds the values.
    #[doc(hidden)]
    fn value<T: Number>(&self, x: &[T], sum: T) -> T;

    /// Adds values and gradients.
    #[doc(hidden)]
    fn gradient<T: Number>(&self, x: &[T], to: &mut OfTerms<'_, T>);

    /// Adds values, gradients and Hessians.
    #[doc(hidden)]
    fn hessian<T: Number>(&self, x: &[T], to: &mut OfTerms<'_, T>);
}

/// What a term of a [`LeastSquares`](super::LeastSquares) problem returns: a number, `f64`, or several, `[f64; R]`.
///
/// It can't be implemented elsewhere.
pub trait Residual: Family + sealed::Sealed {
    /// How many numbers.
    const COUNT: usize;

    /// The numbers.
    #[doc(hidden)]
    fn numbers<D>(of: &Self::Of<D>) -> &[D];
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for f64 {}
    impl<const R: usize> Sealed for [f64; R] {}
}

impl Residual for f64 {
    const COUNT: usize = 1;

    #[inline]
    fn numbers<D>(of: &D) -> &[D] {
        core::slice::from_ref(of)
    }
}

impl<const R: usize> Residual for [f64; R] {
    const COUNT: usize = R;

    #[inline]
    fn numbers<D>(of: &[D; R]) -> &[D] {
        of
    }
}

/// The residuals of a [`LeastSquares`](super::LeastSquares) problem: lists of pairs `(F, [usize; M])`, a function value and the
/// indices of its variables.
///
/// The functions return a number or an array of them, `F: Function<From = [f64], To = [f64; R]>`. Lists and tuples of them are those of
/// [`Terms`].
///
/// It can't be implemented elsewhere.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a list of residual blocks",
    label = "not `ResidualBlocks`",
    note = "residual blocks are a `Vec<(F, [usize; M])>` of function values with `From = [f64]` and `To = [f64; R]` or `To = f64`, each \
            with its variables, or a tuple of such lists; an array and a reference to a slice will do too",
    note = "`blocks::<D, _, M>(…)` needs the number `M` in all"
)]
pub trait ResidualBlocks: Lists {
    /// Hands on the variables of each block, with the number of its residuals.
    #[doc(hidden)]
    fn each_block(&self, block: &mut impl FnMut(&[usize], usize));

    /// Hands on the residuals, on numbers of any kind.
    #[doc(hidden)]
    fn values_on<T: Number>(&self, x: &[T], residual: &mut impl FnMut(T));

    /// Writes or adds what is asked for of the values.
    #[doc(hidden)]
    fn values<T: Number>(&self, x: &[T], to: &mut OfResiduals<'_, T>);

    /// Writes or adds what is asked for of values and derivatives.
    #[doc(hidden)]
    fn derivatives<T: Number>(&self, x: &[T], to: &mut OfResiduals<'_, T>);
}

impl<F, const M: usize> Lists for [(F, [usize; M])] {
    fn each(&self, use_it: &mut impl FnMut(&[usize])) {
        for (_, variables) in self {
            use_it(variables);
        }
    }
}

impl<F: Function<From = [f64], To = f64>, const M: usize> Terms for [(F, [usize; M])] {
    #[inline]
    fn value_on<T: Number>(&self, x: &[T], mut sum: T) -> T {
        for (f, variables) in self {
            sum += f.call(&gathered(x, variables));
        }
        sum
    }

    fn value<T: Number>(&self, x: &[T], sum: T) -> T {
        fastest::<T, _>(self.len(), Values { terms: self, x, sum })
    }

    fn gradient<T: Number>(&self, x: &[T], to: &mut OfTerms<'_, T>) {
        fastest::<T, _>(self.len(), Gradients { terms: self, x, to });
    }

    fn hessian<T: Number>(&self, x: &[T], to: &mut OfTerms<'_, T>) {
        fastest::<T, _>(self.len(), Hessians { terms: self, x, to });
    }
}

impl<F: Function<From = [f64], To: Residual>, const M: usize> ResidualBlocks for [(F, [usize; M])] {
    fn each_block(&self, use_it: &mut impl FnMut(&[usize], usize)) {
        for (_, variables) in self {
            use_it(variables, F::To::COUNT);
        }
    }

    #[inline]
    fn values_on<T: Number>(&self, x: &[T], residual: &mut impl FnMut(T)) {
        for (f, variables) in self {
            for &r in F::To::numbers(&f.call(&gathered(x, variables))) {
                residual(r);
            }
        }
    }

    fn values<T: Number>(&self, x: &[T], to: &mut OfResiduals<'_, T>) {
        fastest::<T, _>(self.len(), Residuals { blocks: self, x, to });
    }

    fn derivatives<T: Number>(&self, x: &[T], to: &mut OfResiduals<'_, T>) {
        fastest::<T, _>(self.len(), Jacobians { blocks: self, x, to });
    }
}

/// Lists that are made of others: of their parts in turn, each `type = where it is`.
macro_rules! made_of_parts {
    ($([$($generics:tt)*] |$list:ident: $List:ty| $($Part:ty = $part:expr),*;)*) => {$(
        impl<$($generics)*> Lists for $List
        where
            $($Part: Lists,)*
        {
            fn each(&self, use_it: &mut impl FnMut(&[usize])) {
                let $list = self;
                $(<$Part as Lists>::each($part, use_it);)*
            }
        }

        impl<$($generics)*> Terms for $List
        where
            $($Part: Terms,)*
        {
            #[inline]
            fn value_on<T: Number>(&self, x: &[T], sum: T) -> T {
                let $list = self;
                $(let sum = <$Part as Terms>::value_on($part, x, sum);)*
                sum
            }

            fn value<T: Number>(&self, x: &[T], sum: T) -> T {
                let $list = self;
                $(let sum = <$Part as Terms>::value($part, x, sum);)*
                sum
            }

            fn gradient<T: Number>(&self, x: &[T], to: &mut OfTerms<'_, T>) {
                let $list = self;
                $(<$Part as Terms>::gradient($part, x, to);)*
            }

            fn hessian<T: Number>(&self, x: &[T], to: &mut OfTerms<'_, T>) {
                let $list = self;
                $(<$Part as Terms>::hessian($part, x, to);)*
            }
        }

        impl<$($generics)*> ResidualBlocks for $List
        where
            $($Part: ResidualBlocks,)*
        {
            fn each_block(&self, use_it: &mut impl FnMut(&[usize], usize)) {
                let $list = self;
                $(<$Part as ResidualBlocks>::each_block($part, use_it);)*
            }

            #[inline]
            fn values_on<T: Number>(&self, x: &[T], residual: &mut impl FnMut(T)) {
                let $list = self;
                $(<$Part as ResidualBlocks>::values_on($part, x, residual);)*
            }

            fn values<T: Number>(&self, x: &[T], to: &mut OfResiduals<'_, T>) {
                let $list = self;
                $(<$Part as ResidualBlocks>::values($part, x, to);)*
            }

            fn derivatives<T: Number>(&self, x: &[T], to: &mut OfResiduals<'_, T>) {
                let $list = self;
                $(<$Part as ResidualBlocks>::derivatives($part, x, to);)*
            }
        }
    )*};
}

made_of_parts! {
    [L: ?Sized] |list: &L| L = list;
    [F, const M: usize] |list: Vec<(F, [usize; M])>| [(F, [usize; M])] = list;
    [F, const M: usize, const K: usize] |list: [(F, [usize; M]); K]| [(F, [usize; M])] = list;
    [A] |list: (A,)| A = &list.0;
    [A, B] |list: (A, B)| A = &list.0, B = &list.1;
    [A, B, C] |list: (A, B, C)| A = &list.0, B = &list.1, C = &list.2;
    [A, B, C, D] |list: (A, B, C, D)| A = &list.0, B = &list.1, C = &list.2, D = &list.3;
    [A, B, C, D, E] |list: (A, B, C, D, E)|
        A = &list.0, B = &list.1, C = &list.2, D = &list.3, E = &list.4;
    [A, B, C, D, E, G] |list: (A, B, C, D, E, G)|
        A = &list.0, B = &list.1, C = &list.2, D = &list.3, E = &list.4, G = &list.5;
}
