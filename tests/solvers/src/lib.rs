//! Other people's solvers, each given the derivatives of function values. The modules are the recipes, to be copied; the tests solve
//! published problems with them, and compare the derivatives with some that are written by hand. The guide's chapter on solvers
//! counts the lines.
//!
//! | recipe | crate | what it asks for |
//! |---|---|---|
//! | [`newest::fit`], [`before::fit`] | `levenberg-marquardt` | residuals, Jacobian |
//! | [`gradients`] | `slsqp`; the closures are those of `nlopt` | value and gradient of the objective, and of each constraint |
//! | [`program`] | `ripopt`, whose callbacks are Ipopt's | gradient, Jacobian and the Lagrangian's Hessian as triplets |
//! | [`quadratic`] | `clarabel` | the same in compressed columns |
//! | [`stiff`] | `differential-equations` | Jacobian of the right-hand side |

pub mod before;
pub mod gradients;
pub mod newest;
#[path = "../../common/nist.rs"]
mod nist;
pub mod program;
pub mod quadratic;
pub mod reference;
pub mod stiff;
