//! The drivers: what seeds a point, runs the function on duals and reads the derivatives.

mod output;
mod point;
mod sweep;

mod derivative;
mod directional;
mod gradient;
mod hessian;
mod jacobian;

mod argnums;
mod transform;
mod transform_several;

#[cfg(feature = "alloc")]
mod into;
#[cfg(feature = "alloc")]
mod workspace;

pub use argnums::{ARG0, ARG1, ARG2, ARG3, Arg, Argnums};
pub use derivative::{derivative, value_and_derivative};
pub use directional::{hvp, jvp, value_and_hvp, value_and_jvp};
pub use gradient::{gradient, value_and_gradient};
pub use hessian::{hessian, value_and_hessian, value_gradient_hessian};
#[cfg(feature = "alloc")]
pub use into::*;
pub use jacobian::{jacobian, value_and_jacobian};
pub use output::Output;
pub use point::{Lanes, Point};
pub use transform::{grad, grad_aux, jacfwd, jacfwd_aux, value_and_grad, value_and_grad_aux};
pub use transform_several::*;
#[cfg(feature = "alloc")]
pub use workspace::Workspace;
