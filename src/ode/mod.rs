//! Derivatives of what integrators of ordinary differential equations find: variational equations, and times of events.
//!
//! An equation is a [`Function`](crate::Function) value of the state, the parameters and the time, `y′ = f(y, p, t)`: `From = (Y, P, f64)` and
//! `To = Y`, where `Y` and `P` name containers with `f64` for numbers, as `[f64; 3]`, `Vec<f64>` or `Model<f64>` with
//! `#[derive(Point)]`. The integrator is anybody's. `f` is y′ itself, without a [mass matrix](event#mass-matrices).
//!
//! | the integrator | what it takes | what its step control sees |
//! |---|---|---|
//! | generic over the number, as those of `differential-equations` | dual numbers, as they are | values only |
//! | for plain floats, as those of `ode_solvers` | [`Variational`]: the coefficients of the numbers as unknowns | values and tangents |
//! | with sensitivities of its own: `diffsol` | `interop::diffsol`: Jacobians, products, sparsity | values, and sensitivities if asked |
//!
//! An integrator that runs on dual numbers compares values, so it chooses the steps that suffice for the values. The derivatives are those
//! of the steps that it made. Where they change faster than the values, as in a stiff transient, those steps are too long for them, and
//! nobody notices; an implicit method moreover stops its iterations when the values have converged. (Of Robertson's reactions by Radau's
//! method, with values right to six digits, some derivatives are off by two percent.) With [`Variational`] the tangents are unknowns like
//! the values, and the tolerances hold for them too.
//!
//! An event, as a bounce or a switch, is where a function of the state becomes zero. Its time depends on the parameters, which a solver
//! that locates it on values doesn't tell: [`event`] does, to every order, and [`retime`] takes the state that follows it back to
//! a time that is a plain number, from which the integrator goes on.

#[cfg(feature = "alloc")]
mod variational;

mod error;
mod event;
mod flow;

pub use error::OdeError;
pub use event::{Event, event};
pub use flow::retime;
#[cfg(feature = "alloc")]
pub use variational::Variational;
