//! References, boxes and counted pointers of functions are functions.

#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
use alloc::sync::Arc;
#[cfg(feature = "alloc")]
use alloc::{boxed::Box, rc::Rc};

#[cfg(feature = "std")]
use super::At;
use super::Function;
use crate::drive::{Family, View};
#[cfg(feature = "std")]
use crate::drive::{Gradient, ValueGradientHessian};
use crate::rules::Number;
#[cfg(feature = "std")]
use crate::sparse::{Pattern, Question, SparseMatrix};

/// The methods that sums of terms and least-squares problems override.
#[cfg(feature = "std")]
macro_rules! forward_what_functions_may_override {
    () => {
        fn jacobian_pattern<X: At<Self::From> + ?Sized>(&self, x: &X) -> Result<Pattern, Question> {
            (**self).jacobian_pattern(x)
        }

        fn hessian_pattern<X: At<Self::From> + ?Sized>(&self, x: &X) -> Result<Pattern, Question> {
            (**self).hessian_pattern(x)
        }

        #[track_caller]
        fn value_and_sparse_jacobian<X: At<Self::From> + ?Sized>(
            &self,
            x: &X,
        ) -> (<Self::To as Family>::Of<X::Scalar>, SparseMatrix<X::Scalar>) {
            (**self).value_and_sparse_jacobian(x)
        }

        #[track_caller]
        fn by_terms<X: At<Self::From> + ?Sized>(
            &self,
            x: &X,
        ) -> Option<ValueGradientHessian<X::Scalar, Gradient<X>, SparseMatrix<X::Scalar>>> {
            (**self).by_terms(x)
        }
    };
}

#[cfg(not(feature = "std"))]
macro_rules! forward_what_functions_may_override {
    () => {};
}

macro_rules! function_behind {
    ($($Pointer:ty),*) => {$(
        impl<F: Function + ?Sized> Function for $Pointer {
            type From = F::From;
            type To = F::To;

            #[inline(always)]
            fn call<T: Number>(&self, x: &<F::From as View>::Of<T>) -> <F::To as Family>::Of<T> {
                (**self).call(x)
            }

            forward_what_functions_may_override!();
        }
    )*};
}

function_behind!(&F);
#[cfg(feature = "alloc")]
function_behind!(Box<F>, Rc<F>);
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
function_behind!(Arc<F>);
