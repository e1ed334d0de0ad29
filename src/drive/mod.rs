//! The drivers: what seeds a point, runs the function on duals and reads the derivatives.

pub(crate) mod calls;
pub(crate) mod containers;
pub(crate) mod sweeps;
#[cfg(feature = "alloc")]
mod workspace;

pub use calls::derivative::{derivative, value_and_derivative};
pub use calls::directional::{
    ValueGradientHvp, ValueJvpVhv, hvp, jvp, value_and_hvp, value_and_jvp, value_and_vhv,
    value_gradient_and_hvp, value_jvp_and_vhv, vhv,
};
pub use calls::gradient::{gradient, value_and_gradient};
pub use calls::hessian::{
    ValueGradientHessian, ValueJacobianHessians, hessian, hessians, value_and_hessian, value_and_hessians,
    value_gradient_and_hessian, value_jacobian_and_hessians,
};
pub use calls::jacobian::{jacobian, value_and_jacobian};
pub use calls::mixed::{partial, third_derivatives, value_and_partial, value_and_third_derivatives};
pub use calls::taylor::{jet, nth_derivative, taylor};
pub use calls::trace::{divergence, laplacian, value_and_divergence, value_and_laplacian};
#[cfg(feature = "derive")]
pub use containers::derived;
#[cfg(feature = "rayon")]
pub(crate) use containers::numbers::CHUNK;
pub use containers::{
    Argument, Chunks, DualAlong, DualAt, Exactly, Family, FirstOrder, Gradient, Hessian, Hessians,
    HyperDualAlong, HyperDualAt, Jacobian, Lanes, Name, Of, Point, SecondOrder, Single, ThirdDerivatives,
    Values, View,
};
pub use sweeps::depth::{Orders, UpTo};
#[cfg(feature = "alloc")]
pub use workspace::Workspace;
