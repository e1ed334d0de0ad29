//! Sequential quadratic programming with `clarabel` solves problems of Hock and Schittkowski to all digits.

use solvers::quadratic::minimize;
use solvers::reference::{Optimum, assert_close};
use tangents::{Function, lambda};

/// Problem 113.
fn objective() -> impl Function<From = [f64], To = f64> {
    lambda!(|x: [f64]| -> f64 {
        let c = T::lit;
        x[0] * x[0] + x[1] * x[1] + x[0] * x[1] - c(14.0) * x[0] - c(16.0) * x[1]
            + (x[2] - c(10.0)).powi(2)
            + c(4.0) * (x[3] - c(5.0)).powi(2)
            + (x[4] - c(3.0)).powi(2)
            + c(2.0) * (x[5] - c(1.0)).powi(2)
            + c(5.0) * x[6] * x[6]
            + c(7.0) * (x[7] - c(11.0)).powi(2)
            + c(2.0) * (x[8] - c(10.0)).powi(2)
            + (x[9] - c(7.0)).powi(2)
            + c(45.0)
    })
}

/// Its constraints, which are to be positive.
fn constraints() -> impl Function<From = [f64], To = Vec<f64>> {
    lambda!(|x: [f64]| -> Vec<f64> {
        let c = T::lit;
        vec![
            c(105.0) - c(4.0) * x[0] - c(5.0) * x[1] + c(3.0) * x[6] - c(9.0) * x[7],
            c(8.0) * x[1] - c(10.0) * x[0] + c(17.0) * x[6] - c(2.0) * x[7],
            c(8.0) * x[0] - c(2.0) * x[1] - c(5.0) * x[8] + c(2.0) * x[9] + c(12.0),
            c(120.0)
                - c(3.0) * (x[0] - c(2.0)).powi(2)
                - c(4.0) * (x[1] - c(3.0)).powi(2)
                - c(2.0) * x[2] * x[2]
                + c(7.0) * x[3],
            c(40.0) - c(5.0) * x[0] * x[0] - c(8.0) * x[1] - (x[2] - c(6.0)).powi(2) + c(2.0) * x[3],
            c(30.0)
                - c(0.5) * (x[0] - c(8.0)).powi(2)
                - c(2.0) * (x[1] - c(4.0)).powi(2)
                - c(3.0) * x[4] * x[4]
                + x[5],
            c(2.0) * x[0] * x[1] - x[0] * x[0] - c(2.0) * (x[1] - c(2.0)).powi(2) - c(14.0) * x[4]
                + c(6.0) * x[5],
            c(3.0) * x[0] - c(6.0) * x[1] - c(12.0) * (x[8] - c(8.0)).powi(2) + c(7.0) * x[9],
        ]
    })
}

mod by_hand {
    pub fn gradient(x: &[f64]) -> [f64; 10] {
        [
            2.0 * x[0] + x[1] - 14.0,
            2.0 * x[1] + x[0] - 16.0,
            2.0 * (x[2] - 10.0),
            8.0 * (x[3] - 5.0),
            2.0 * (x[4] - 3.0),
            4.0 * (x[5] - 1.0),
            10.0 * x[6],
            14.0 * (x[7] - 11.0),
            4.0 * (x[8] - 10.0),
            2.0 * (x[9] - 7.0),
        ]
    }

    /// Pointers and rows of the constraints' Jacobian.
    pub const POINTERS: [usize; 11] = [0, 8, 16, 18, 20, 22, 24, 26, 28, 30, 32];
    pub const ROWS: [usize; 32] =
        [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 3, 4, 3, 4, 5, 6, 5, 6, 0, 1, 0, 1, 2, 7, 2, 7];

    pub fn jacobian(x: &[f64]) -> [f64; 32] {
        [
            -4.0,
            -10.0,
            8.0,
            -6.0 * (x[0] - 2.0),
            -10.0 * x[0],
            8.0 - x[0],
            2.0 * x[1] - 2.0 * x[0],
            3.0,
            -5.0,
            8.0,
            -2.0,
            -8.0 * (x[1] - 3.0),
            -8.0,
            -4.0 * (x[1] - 4.0),
            2.0 * x[0] - 4.0 * (x[1] - 2.0),
            -6.0,
            -4.0 * x[2],
            -2.0 * (x[2] - 6.0),
            7.0,
            2.0,
            -6.0 * x[4],
            -14.0,
            1.0,
            6.0,
            3.0,
            17.0,
            -9.0,
            -2.0,
            -5.0,
            -24.0 * (x[8] - 8.0),
            2.0,
            7.0,
        ]
    }

    /// The Hessian of f − Σ λᵢcᵢ: the diagonal, and the entry of the first two variables.
    pub fn hessian(m: &[f64]) -> ([f64; 10], f64) {
        let diagonal = [
            2.0 + 6.0 * m[3] + 10.0 * m[4] + m[5] + 2.0 * m[6],
            2.0 + 8.0 * m[3] + 4.0 * m[5] + 4.0 * m[6],
            2.0 + 4.0 * m[3] + 2.0 * m[4],
            8.0,
            2.0 + 6.0 * m[5],
            4.0,
            10.0,
            14.0,
            4.0 + 24.0 * m[7],
            2.0,
        ];
        (diagonal, 1.0 - 2.0 * m[6])
    }
}

#[test]
fn derivatives_are_those_by_hand() {
    use tangents::function::Lagrangian;
    use tangents::sparse::Layout;
    use tangents::sparse::{HessianPlan, JacobianPlan};

    let x = [2.5, 3.5, 5.25, 4.5, 1.25, 2.75, 7.5, 3.0, 6.5, 9.0];
    let (objective, constraints) = (objective(), constraints());
    assert_close(&objective.gradient(&x), &by_hand::gradient(&x), 1e-15);

    let plan = JacobianPlan::from_pattern(constraints.jacobian_pattern(&x).unwrap()).unwrap();
    let plan = plan.with_layout(Layout::Columns);
    assert_eq!((plan.indptr(), plan.indices()), (&by_hand::POINTERS[..], &by_hand::ROWS[..]));
    assert_close(plan.jacobian(&constraints, &x).unwrap().values(), &by_hand::jacobian(&x), 1e-15);

    let multipliers = [1.0, 2.0, 3.0, 0.5, 0.25, 0.75, 1.25, 1.5];
    let negated = multipliers.map(|multiplier| -multiplier);
    let lagrangian =
        Lagrangian { objective: &objective, constraints: &constraints, factor: 1.0, multipliers: &negated };
    let plan = HessianPlan::from_pattern(lagrangian.hessian_pattern(&x).unwrap()).unwrap();
    let hessian = plan.hessian(&lagrangian, &x).unwrap();
    let (diagonal, beside) = by_hand::hessian(&multipliers);
    assert_eq!(hessian.nnz(), 12);
    for (i, expected) in diagonal.into_iter().enumerate() {
        assert_close(&[*hessian.get(i, i).unwrap()], &[expected], 1e-15);
    }
    assert_close(&[*hessian.get(0, 1).unwrap()], &[beside], 1e-15);
}

#[test]
fn clarabel_finds_the_optimum() {
    let optimum = Optimum::read("hs113");
    let found = minimize(&objective(), &constraints(), 0, &optimum.start).unwrap();
    assert_close(&found.x, &optimum.x, 1e-10);
    assert_close(&found.multipliers, &optimum.multipliers, 1e-9);
    assert_close(&[objective().call(&found.x)], &[optimum.f], 1e-12);
}

/// Problem 43, whose solution and multipliers are whole numbers.
#[test]
fn clarabel_finds_a_solution_in_whole_numbers() {
    let optimum = Optimum::read("hs43");
    let objective = lambda!(|x: [f64]| -> f64 {
        let c = T::lit;
        x[0].powi(2) + x[1].powi(2) + c(2.0) * x[2].powi(2) + x[3].powi(2)
            - c(5.0) * (x[0] + x[1])
            - c(21.0) * x[2]
            + c(7.0) * x[3]
    });
    let constraints = lambda!(|x: [f64]| -> Vec<f64> {
        let (c, square) = (T::lit, x.iter().map(|&x| x * x).collect::<Vec<_>>());
        vec![
            c(8.0) - T::sum(&square) - x[0] + x[1] - x[2] + x[3],
            c(10.0) - square[0] - c(2.0) * square[1] - square[2] - c(2.0) * square[3] + x[0] + x[3],
            c(5.0) - c(2.0) * square[0] - square[1] - square[2] - c(2.0) * x[0] + x[1] + x[3],
        ]
    });
    let found = minimize(&objective, &constraints, 0, &optimum.start).unwrap();
    assert_close(&found.x, &[0.0, 1.0, 2.0, -1.0], 1e-10);
    assert_close(&found.multipliers, &[1.0, 0.0, 2.0], 1e-9);
}

/// An equation, and bounds as constraints: the point of the simplex with the largest entropy under a mean, the Boltzmann distribution.
#[test]
fn clarabel_finds_the_distribution_of_largest_entropy() {
    let entropy = lambda!(|p: [f64]| -> f64 { T::sum(p.iter().map(|&p| p * p.ln())) });
    let constraints = lambda!(|p: [f64]| -> Vec<f64> {
        let mean = T::sum(p.iter().zip(0_u8..).map(|(&p, energy)| p * T::lit(f64::from(energy))));
        let mut all = vec![T::sum(p) - T::one(), mean - T::lit(4.5)];
        all.extend(p);
        all
    });
    // At a mean of 4.5 of the energies 0 to 9 all are as likely.
    let start: Vec<f64> = (0..10).map(|i| 0.05 + 0.1 * f64::from(i) / 9.0).collect();
    let found = minimize(&entropy, &constraints, 2, &start).unwrap();
    assert_close(&found.x, &[0.1; 10], 1e-11);
}
