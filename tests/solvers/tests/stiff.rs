//! Stiff equations: Robertson's reactions with `differential-equations`, and the products that `diffsol` asks for.

use std::cell::Cell;

use differential_equations::linalg::Matrix;
use differential_equations::prelude::*;
use solvers::reference::assert_close;
use solvers::stiff::Equation;
use tangents::{Function, lambda};

/// Robertson's reactions at rates k: three substances.
fn reactions() -> impl Function<From = ([f64; 3], [f64; 3]), To = [f64; 3]> + Copy {
    lambda!(|z: ([f64; 3], [f64; 3])| -> [f64; 3] {
        let (y, k) = z;
        let (slow, back, fast) = (k[0] * y[0], k[1] * y[1] * y[2], k[2] * y[1] * y[1]);
        [back - slow, slow - back - fast, fast]
    })
}

/// The same at the usual rates, as an equation in the time.
fn at_usual_rates() -> impl Function<From = ([f64; 3], f64), To = [f64; 3]> + Copy {
    lambda!(|z: ([f64; 3], f64)| -> [f64; 3] {
        let (slow, back, fast) =
            (T::lit(0.04) * z.0[0], T::lit(1e4) * z.0[1] * z.0[2], T::lit(3e7) * z.0[1] * z.0[1]);
        [back - slow, slow - back - fast, fast]
    })
}

mod by_hand {
    /// ∂f/∂y, for implicit methods.
    pub fn jacobian(y: [f64; 3], k: [f64; 3]) -> [[f64; 3]; 3] {
        [
            [-k[0], k[1] * y[2], k[1] * y[1]],
            [k[0], -k[1] * y[2] - 2.0 * k[2] * y[1], -k[1] * y[1]],
            [0.0, 2.0 * k[2] * y[1], 0.0],
        ]
    }

    /// ∂f/∂y·v, which `diffsol` takes for the same.
    pub fn product(y: [f64; 3], k: [f64; 3], v: [f64; 3]) -> [f64; 3] {
        let (slow, fast) = (k[0] * v[0], 2.0 * k[2] * y[1] * v[1]);
        let back = k[1] * (v[1] * y[2] + y[1] * v[2]);
        [back - slow, slow - back - fast, fast]
    }

    /// ∂f/∂k·v, for sensitivities.
    pub fn by_rates(y: [f64; 3], v: [f64; 3]) -> [f64; 3] {
        let (slow, back, fast) = (v[0] * y[0], v[1] * y[1] * y[2], v[2] * y[1] * y[1]);
        [back - slow, slow - back - fast, fast]
    }
}

#[test]
fn derivatives_are_those_by_hand() {
    let (f, y, k, zero) = (reactions(), [0.75, 2e-5, 0.25], [0.04, 1e4, 3e7], [0.0; 3]);
    for (row, expected) in f.jacobian(&(y, k)).iter().zip(by_hand::jacobian(y, k)) {
        assert_close(&row.0, &expected, 1e-15);
    }
    for v in [[1.0, 0.0, 0.0], [0.5, -2.0, 3.0]] {
        assert_close(&f.jvp(&(y, k), &(v, zero)), &by_hand::product(y, k, v), 1e-15);
        assert_close(&f.jvp(&(y, k), &(zero, v)), &by_hand::by_rates(y, v), 1e-15);
    }
    let mut jacobian = Matrix::zeros(3, 3);
    Equation(at_usual_rates()).jacobian(0.0, &y, &mut jacobian);
    for (i, row) in by_hand::jacobian(y, k).iter().enumerate() {
        assert_close(&[jacobian[(i, 0)], jacobian[(i, 1)], jacobian[(i, 2)]], row, 1e-15);
    }
}

/// An equation that counts what its integrator asks for.
struct Counted<E>(E, Cell<u32>);

impl<E: ODE<f64, [f64; 3]>> ODE<f64, [f64; 3]> for Counted<E> {
    fn diff(&self, t: f64, y: &[f64; 3], slope: &mut [f64; 3]) {
        self.0.diff(t, y, slope);
    }

    fn jacobian(&self, t: f64, y: &[f64; 3], jacobian: &mut Matrix<f64>) {
        self.1.set(self.1.get() + 1);
        self.0.jacobian(t, y, jacobian);
    }
}

/// The states are those that the other tests compare with, of `tests/data/ode/ode_sens.json`.
#[test]
fn radau_asks_for_the_jacobian_and_solves() {
    let states = [
        (0.4, [0.985_172_113_860_989_9, 3.386_395_378_974_904e-5, 0.014_794_022_185_220_388]),
        (4.0, [0.905_518_678_584_253_9, 2.240_475_687_560_201e-5, 0.094_458_916_658_870_49]),
        (40.0, [0.715_827_068_719_405, 9.185_534_764_557_764e-6, 0.284_163_745_745_830_37]),
    ];
    for (t, expected) in states {
        let equation = Counted(Equation(at_usual_rates()), Cell::new(0));
        let method = ImplicitRungeKutta::radau5().rtol(1e-10).atol(1e-13);
        let solution =
            IVP::ode(&equation, 0.0, t, [1.0, 0.0, 0.0]).method(method).solve().expect("a solution");
        let (_, y) = solution.last().expect("an end");
        let scaled = |y: &[f64; 3]| [y[0], 1e5 * y[1], y[2]];
        assert_close(&scaled(y), &scaled(&expected), 1e-6);
        assert!(equation.1.get() > 0);
    }
}
