//! The workloads' functions as function values: no second formula, only what the crate's trait asks for around the one there is.

use tangents::Function;

use super::VectorFunction;
use super::dynamics::System;
use super::scalar_fields::ScalarField;
use crate::number::Lifted;

/// A scalar-valued function of a slice.
#[derive(Clone)]
pub(super) struct Field<F>(pub(super) F);

impl<F: ScalarField> Function for Field<F> {
    type From = [f64];
    type To = f64;

    #[inline(always)]
    fn call<T: tangents::Number>(&self, x: &[T]) -> T {
        self.0.eval(Lifted::slice(x)).get()
    }
}

/// A function of N numbers that gives M.
#[derive(Clone)]
pub(super) struct Small<F, const N: usize, const M: usize>(pub(super) F);

impl<F: VectorFunction<N, M>, const N: usize, const M: usize> Function for Small<F, N, M> {
    type From = [f64];
    type To = [f64; M];

    #[inline(always)]
    fn call<T: tangents::Number>(&self, x: &[T]) -> [T; M] {
        Lifted::into_inner(self.0.eval(Lifted::slice(x)))
    }
}

/// A function of as many numbers as it gives. It writes into a slice, which a function value isn't given: that returns a vector.
#[derive(Clone)]
pub(super) struct Square<F>(pub(super) F);

impl<F: System> Function for Square<F> {
    type From = [f64];
    type To = Vec<f64>;

    #[inline(always)]
    fn call<T: tangents::Number>(&self, x: &[T]) -> Vec<T> {
        let mut y = vec![T::zero(); x.len()];
        self.0.eval(Lifted::slice(x), Lifted::slice_mut(&mut y));
        y
    }
}
