//! Points and results as types: what a driver's signature is made of.
//!
//! `Gradient<X>` is the gradient at a point `X`, `Jacobian<R, X>` the Jacobian there of a function that returns `R`, and so
//! on: containers of the kinds of `X` and `R`. A function that is handed to a driver takes an [`Argument<X, D>`](Argument)
//! of numbers `D`, which are a [`DualAt<X>`](DualAt) for first derivatives and a [`HyperDualAt<X>`](HyperDualAt) for second
//! ones. [`Point`] says which containers there are.

pub use crate::drive::{
    Argument, Chunks, DualAlong, DualAt, Exactly, Family, FirstOrder, Gradient, Hessian, Hessians,
    HyperDualAlong, HyperDualAt, Jacobian, Lanes, Name, Of, Orders, Point, SecondOrder, Single,
    ThirdDerivatives, UpTo, Values, View,
};
pub use crate::rules::Number;
