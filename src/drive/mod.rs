//! The drivers: what seeds a point, runs the function on duals and reads the derivatives.

pub(crate) mod depth;
pub(crate) mod lifted;
pub(crate) mod nesting;
mod output;
mod point;

mod block;
mod sweep;

mod derivative;
mod directional;
mod gradient;
mod hessian;
mod jacobian;
mod mixed;
mod taylor;
mod trace;

mod argnums;
mod transform;
mod transform_several;

#[cfg(feature = "alloc")]
mod any_order;
#[cfg(feature = "alloc")]
mod into;
#[cfg(feature = "alloc")]
mod into_second;
#[cfg(feature = "alloc")]
mod workspace;

#[cfg(feature = "alloc")]
pub use any_order::{Analytic, nth_derivatives, taylor_coefficients};
pub use argnums::{ARG0, ARG1, ARG2, ARG3, Arg, Argnums};
pub use depth::{Orders, UpTo};
pub use derivative::{derivative, value_and_derivative};
pub use directional::{hvp, jvp, value_and_hvp, value_and_jvp, value_jvp_vhv, vhv};
pub use gradient::{gradient, value_and_gradient};
pub use hessian::{hessian, hessians, value_and_hessian, value_gradient_hessian, value_jacobian_hessians};
#[cfg(feature = "alloc")]
pub use into::*;
#[cfg(feature = "alloc")]
pub use into_second::*;
#[cfg(feature = "nalgebra")]
pub(crate) use jacobian::try_value_and_jacobian;
pub use jacobian::{jacobian, value_and_jacobian};
pub use mixed::{partial, third_derivatives};
pub use output::Output;
#[cfg(feature = "rayon")]
pub(crate) use point::CHUNK;
pub use point::{Lanes, Point, SecondOrder};
pub use taylor::{jet, nth_derivative, taylor};
pub use trace::{divergence, laplacian, value_and_laplacian};
pub use transform::{grad, grad_aux, jacfwd, jacfwd_aux, value_and_grad, value_and_grad_aux};
pub use transform_several::*;
#[cfg(feature = "alloc")]
pub use workspace::Workspace;
