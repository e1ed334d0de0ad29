//! `slsqp` solves problems of Hock and Schittkowski with the gradients of function values.

use slsqp::{Func, StopTols, minimize};
use solvers::gradients::{Constraint, callback};
use solvers::reference::{Optimum, assert_close};
use tangents::{Function, lambda};

/// Problem 100.
fn objective() -> impl Function<From = [f64], To = f64> {
    lambda!(|x: [f64]| -> f64 {
        let c = T::lit;
        (x[0] - c(10.0)).powi(2)
            + c(5.0) * (x[1] - c(12.0)).powi(2)
            + x[2].powi(4)
            + c(3.0) * (x[3] - c(11.0)).powi(2)
            + c(10.0) * x[4].powi(6)
            + c(7.0) * x[5].powi(2)
            + x[6].powi(4)
            - c(4.0) * x[5] * x[6]
            - c(10.0) * x[5]
            - c(8.0) * x[6]
    })
}

/// Its constraints, which are to be positive.
fn constraints() -> impl Function<From = [f64], To = Vec<f64>> + Copy {
    lambda!(|x: [f64]| -> Vec<f64> {
        let c = T::lit;
        vec![
            c(127.0)
                - c(2.0) * x[0].powi(2)
                - c(3.0) * x[1].powi(4)
                - x[2]
                - c(4.0) * x[3].powi(2)
                - c(5.0) * x[4],
            c(282.0) - c(7.0) * x[0] - c(3.0) * x[1] - c(10.0) * x[2].powi(2) - x[3] + x[4],
            c(196.0) - c(23.0) * x[0] - x[1].powi(2) - c(6.0) * x[5].powi(2) + c(8.0) * x[6],
            c(3.0) * x[0] * x[1]
                - c(4.0) * x[0].powi(2)
                - x[1].powi(2)
                - c(2.0) * x[2].powi(2)
                - c(5.0) * x[5]
                + c(11.0) * x[6],
        ]
    })
}

mod by_hand {
    pub fn gradient(x: &[f64]) -> [f64; 7] {
        [
            2.0 * (x[0] - 10.0),
            10.0 * (x[1] - 12.0),
            4.0 * x[2].powi(3),
            6.0 * (x[3] - 11.0),
            60.0 * x[4].powi(5),
            14.0 * x[5] - 4.0 * x[6] - 10.0,
            4.0 * x[6].powi(3) - 4.0 * x[5] - 8.0,
        ]
    }

    pub fn jacobian(x: &[f64]) -> [[f64; 7]; 4] {
        [
            [-4.0 * x[0], -12.0 * x[1].powi(3), -1.0, -8.0 * x[3], -5.0, 0.0, 0.0],
            [-7.0, -3.0, -20.0 * x[2], -1.0, 1.0, 0.0, 0.0],
            [-23.0, -2.0 * x[1], 0.0, 0.0, 0.0, -12.0 * x[5], 8.0],
            [3.0 * x[1] - 8.0 * x[0], 3.0 * x[0] - 2.0 * x[1], -4.0 * x[2], 0.0, 0.0, -5.0, 11.0],
        ]
    }
}

#[test]
fn gradients_are_those_by_hand() {
    let optimum = Optimum::read("hs100");
    for x in [&optimum.start, &optimum.x] {
        let mut found = [0.0; 7];
        let value = callback(objective())(x, Some(&mut found), &mut ());
        assert_eq!(value, callback(objective())(x, None, &mut ()));
        assert_close(&found, &by_hand::gradient(x), 1e-14);
        for (index, expected) in by_hand::jacobian(x).iter().enumerate() {
            callback(Constraint { function: constraints(), index, tolerance: 1e-8 })(
                x,
                Some(&mut found),
                &mut (),
            );
            assert_close(&found.map(|slope| -slope), expected, 1e-14);
        }
    }
}

#[test]
fn slsqp_finds_the_optimum() {
    let optimum = Optimum::read("hs100");
    let each =
        [0, 1, 2, 3].map(|index| callback(Constraint { function: constraints(), index, tolerance: 1e-8 }));
    let each: Vec<&dyn Func<()>> = each.iter().map(|constraint| constraint as &dyn Func<()>).collect();
    let bounds = [(-20.0, 20.0); 7];
    let stop = StopTols { ftol_rel: 1e-10, ..StopTols::default() };
    let found = minimize(callback(objective()), &optimum.start, &bounds, &each, (), 500, Some(stop));
    let (_, x, f) = found.expect("a solution");
    // The published value has 10 digits. A multiplier times the tolerance is what it may be off, and x by the root of that.
    assert_close(&[f], &[optimum.f], 1e-10);
    assert_close(&x, &optimum.x, 1e-6);
}
