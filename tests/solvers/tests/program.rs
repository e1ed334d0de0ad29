//! `ripopt` solves programs with triplets of sparse plans, which are in the order that Ipopt's callbacks want.

use ripopt::{NlpProblem, SolveStatus, SolverOptions, solve};
use solvers::program::Program;
use solvers::reference::{Optimum, assert_close};
use tangents::function::Lagrangian;
use tangents::{Function, lambda};

/// Problem 71 of Hock and Schittkowski, the example in Ipopt's manual.
fn hs71(
    start: &[f64],
) -> Program<impl Function<From = [f64], To = f64>, impl Function<From = [f64], To = Vec<f64>>> {
    let objective = lambda!(|x: [f64]| -> f64 { x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2] });
    let constraints =
        lambda!(|x: [f64]| -> Vec<f64> { vec![T::product(x), T::sum(x.iter().map(|&x| x * x))] });
    let (bounds, of_constraints) = (vec![(1.0, 5.0); 4], vec![(25.0, f64::INFINITY), (40.0, 40.0)]);
    Program::new(objective, constraints, bounds, of_constraints, start.to_vec()).expect("patterns")
}

mod by_hand {
    pub fn gradient(x: &[f64]) -> [f64; 4] {
        [x[3] * (2.0 * x[0] + x[1] + x[2]), x[0] * x[3], x[0] * x[3] + 1.0, x[0] * (x[0] + x[1] + x[2])]
    }

    pub const JACOBIAN: ([usize; 8], [usize; 8]) = ([0, 0, 0, 0, 1, 1, 1, 1], [0, 1, 2, 3, 0, 1, 2, 3]);

    pub fn jacobian(x: &[f64]) -> [f64; 8] {
        [
            x[1] * x[2] * x[3],
            x[0] * x[2] * x[3],
            x[0] * x[1] * x[3],
            x[0] * x[1] * x[2],
            2.0 * x[0],
            2.0 * x[1],
            2.0 * x[2],
            2.0 * x[3],
        ]
    }

    pub const HESSIAN: ([usize; 10], [usize; 10]) =
        ([0, 1, 1, 2, 2, 2, 3, 3, 3, 3], [0, 0, 1, 0, 1, 2, 0, 1, 2, 3]);

    pub fn hessian(x: &[f64], factor: f64, multipliers: &[f64]) -> [f64; 10] {
        let (product, squares) = (multipliers[0], multipliers[1]);
        [
            factor * 2.0 * x[3] + squares * 2.0,
            factor * x[3] + product * x[2] * x[3],
            squares * 2.0,
            factor * x[3] + product * x[1] * x[3],
            product * x[0] * x[3],
            squares * 2.0,
            factor * (2.0 * x[0] + x[1] + x[2]) + product * x[1] * x[2],
            factor * x[0] + product * x[0] * x[2],
            factor * x[0] + product * x[0] * x[1],
            squares * 2.0,
        ]
    }
}

#[test]
fn callbacks_are_those_by_hand() {
    let x = [1.5, 4.0, 3.25, 1.75];
    let program = hs71(&x);
    let (mut gradient, mut jacobian, mut hessian) = ([0.0; 4], [0.0; 8], [0.0; 10]);
    assert!(program.gradient(&x, true, &mut gradient));
    assert_close(&gradient, &by_hand::gradient(&x), 1e-15);

    let (rows, columns) = program.jacobian_structure();
    assert_eq!((&rows[..], &columns[..]), (&by_hand::JACOBIAN.0[..], &by_hand::JACOBIAN.1[..]));
    assert!(program.jacobian_values(&x, true, &mut jacobian));
    assert_close(&jacobian, &by_hand::jacobian(&x), 1e-15);

    let (rows, columns) = program.hessian_structure();
    assert_eq!((&rows[..], &columns[..]), (&by_hand::HESSIAN.0[..], &by_hand::HESSIAN.1[..]));
    for (factor, multipliers) in [(1.0, [0.5, -0.25]), (0.0, [1.0, 0.0]), (3.0, [0.0, 0.0])] {
        assert!(program.hessian_values(&x, true, factor, &multipliers, &mut hessian));
        assert_close(&hessian, &by_hand::hessian(&x, factor, &multipliers), 1e-15);
    }
}

/// The solution to the digits that the solver's tolerance allows.
#[track_caller]
fn assert_solves(problem: &impl NlpProblem, optimum: &Optimum, tolerance: f64) {
    // Ipopt and its kin move bounds outward by 1e-8, unless they're told not to.
    let options =
        SolverOptions { tol: 1e-10, bound_relax_factor: 0.0, print_level: 0, ..SolverOptions::default() };
    let found = solve(problem, &options);
    assert_eq!(found.status, SolveStatus::Optimal);
    assert_close(&[found.objective], &[optimum.f], tolerance);
    assert_close(&found.x, &optimum.x, tolerance);
    // Ipopt's Lagrangian adds the constraints, the reference subtracts them.
    let multipliers: Vec<_> = found.constraint_multipliers.iter().map(|multiplier| -multiplier).collect();
    assert_close(&multipliers, &optimum.multipliers, tolerance);
}

#[test]
fn ripopt_solves_the_example_of_ipopts_manual() {
    let optimum = Optimum::read("hs71");
    assert_solves(&hs71(&optimum.start), &optimum, 1e-9);
}

/// Problem 5.1 of Lukšan and Vlček, in as many variables as the start has.
fn luksan_vlcek(
    start: Vec<f64>,
) -> Program<impl Function<From = [f64], To = f64>, impl Function<From = [f64], To = Vec<f64>>> {
    let n = start.len();
    let objective = lambda!(|x: [f64]| -> f64 {
        T::sum(
            x.windows(2).map(|w| T::lit(100.0) * (w[0].powi(2) - w[1]).powi(2) + (w[0] - T::one()).powi(2)),
        )
    });
    let constraints = lambda!(|x: [f64]| -> Vec<f64> {
        let c = T::lit;
        let equation = |w: &[T]| {
            c(3.0) * w[1].powi(3) + c(2.0) * w[2] - c(5.0)
                + (w[1] - w[2]).sin() * (w[1] + w[2]).sin()
                + c(4.0) * w[1]
                - w[0] * (w[0] - w[1]).exp()
                - c(3.0)
        };
        x.windows(3).map(equation).collect()
    });
    let free = (f64::NEG_INFINITY, f64::INFINITY);
    Program::new(objective, constraints, vec![free; n], vec![(0.0, 0.0); n - 2], start).expect("patterns")
}

#[test]
fn ripopt_solves_a_sparse_program() {
    let optimum = Optimum::read("luksan_vlcek_20");
    assert_solves(&luksan_vlcek(optimum.start.clone()), &optimum, 1e-9);
}

/// Of a thousand variables: the triplets are those of the dense derivatives, and few colours give them.
#[test]
fn triplets_of_a_large_program() {
    let n = 1000;
    let x: Vec<f64> = (0..n).map(|i| 0.5 + 0.001 * f64::from(i)).collect();
    let program = luksan_vlcek(x.clone());
    assert_eq!((program.jacobian().nnz(), program.jacobian().coloring().count()), (3 * (x.len() - 2), 3));
    // Three of a row interact in pairs of neighbours only.
    let (rows, columns) = program.hessian_structure();
    assert_eq!((rows.len(), program.hessian().coloring().count()), (2 * x.len() - 1, 3));
    assert!(rows.iter().zip(&columns).all(|(row, column)| row - column <= 1));

    // Newton's system is right if its product with a vector is: against the gradient of the Lagrangian, along the vector.
    let multipliers: Vec<f64> = (0..n - 2).map(|i| (f64::from(i)).cos()).collect();
    let mut values = vec![0.0; rows.len()];
    assert!(program.hessian_values(&x, true, 0.5, &multipliers, &mut values));
    let v: Vec<f64> = (0..n).map(|i| (0.1 * f64::from(i)).sin()).collect();
    let mut product = vec![0.0; v.len()];
    for ((&i, &j), value) in rows.iter().zip(&columns).zip(values) {
        product[i] += value * v[j];
        if i != j {
            product[j] += value * v[i];
        }
    }
    let lagrangian = Lagrangian {
        objective: program.objective_function(),
        constraints: program.constraint_function(),
        factor: 0.5,
        multipliers: &multipliers,
    };
    assert_close(&product, &lagrangian.hvp(&x, &v), 1e-12);
}

#[test]
fn a_value_that_is_not_finite_is_no_success() {
    let root = lambda!(|x: [f64]| -> f64 { x[0].sqrt() });
    let inverse = lambda!(|x: [f64]| -> Vec<f64> { vec![x[0].recip()] });
    let program =
        Program::new(root, inverse, vec![(-1.0, 1.0)], vec![(0.0, 1.0)], vec![0.5]).expect("patterns");
    let (mut value, mut one) = (0.0, [0.0]);
    assert!(program.objective(&[0.25], true, &mut value));
    assert!(!program.objective(&[-1.0], true, &mut value));
    assert!(!program.gradient(&[0.0], true, &mut one));
    assert!(!program.constraints(&[0.0], true, &mut one));
    assert!(!program.jacobian_values(&[0.0], true, &mut one));
    assert!(!program.hessian_values(&[0.0], true, 1.0, &[1.0], &mut one));
}

#[test]
fn a_function_that_branches_has_no_pattern() {
    let branches = lambda!(|x: [f64]| -> f64 { if x[0] > T::zero() { x[0] } else { x[0] * x[0] } });
    let nothing = lambda!(|x: [f64]| -> Vec<f64> { vec![x[0]] });
    assert!(Program::new(branches, nothing, vec![(-1.0, 1.0)], vec![(0.0, 1.0)], vec![0.5]).is_err());
}
