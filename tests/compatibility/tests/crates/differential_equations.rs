//! `differential-equations` 0.7, feature `simba`: explicit and implicit integrators; `examples/ode_sensitivity.rs` has
//! a system.

use compatibility::{Second, assert_close, second, to_second};
use differential_equations::prelude::*;

/// y′ = −ky from 1 has y(t) = exp(−kt), whose derivatives by k are −ty and t²y.
struct Decay(Second);

impl ODE<Second, [Second; 1]> for Decay {
    fn diff(&self, _: Second, y: &[Second; 1], dy: &mut [Second; 1]) {
        dy[0] = -self.0 * y[0];
    }
}

fn expected() -> [f64; 3] {
    let y = (-1.4_f64).exp();
    [y, -2.0 * y, 4.0 * y]
}

#[test]
fn explicit() {
    let tolerance = Second::from(1e-12);
    let method = ExplicitRungeKutta::dop853().rtol(tolerance).atol(tolerance);
    let start = [Second::from(1.0)];
    let solution = IVP::ode(&Decay(second(0.7)), Second::from(0.0), Second::from(2.0), start)
        .method(method)
        .solve()
        .unwrap();
    assert_close(to_second(solution.last().unwrap().1[0]), expected(), 1e-10);
}

#[test]
fn implicit() {
    let tolerance = Second::from(1e-10);
    let method = ImplicitRungeKutta::radau5().rtol(tolerance).atol(tolerance);
    let start = [Second::from(1.0)];
    let solution = IVP::ode(&Decay(second(0.7)), Second::from(0.0), Second::from(2.0), start)
        .method(method)
        .solve()
        .unwrap();
    assert_close(to_second(solution.last().unwrap().1[0]), expected(), 1e-7);
}
