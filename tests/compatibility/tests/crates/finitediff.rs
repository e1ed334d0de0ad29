//! `finitediff` 0.2: finite differences of a function of numbers, and so their derivative in a parameter.

use compatibility::{First, assert_close, first, to_first};
use finitediff::vec::central_diff;

/// ∂/∂x sin(ax) = a cos(ax), differentiated by a: cos(ax) − ax sin(ax).
#[test]
fn a_parameter_of_a_difference() {
    let (a, x) = (first(2.0), 0.5);
    let f = |x: &Vec<First>| Ok((a * x[0]).sin());
    let slope = central_diff(&f)(&vec![First::from(x)]).unwrap()[0];
    // The step is a constant, ∛ε: the tangent has the error of the difference quotient, as the value has.
    assert_close(to_first(slope), [2.0 * 1_f64.cos(), 1_f64.cos() - 1_f64.sin()], 1e-9);
}
