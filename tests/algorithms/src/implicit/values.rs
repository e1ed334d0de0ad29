//! Derivatives of the orders 1 to 3 against references with 60 digits, by factors of the crate's own and brought along.

use tangents::implicit::{Equations, Implicit, fixed_point, least_squares, minimum, root};
use tangents::point::Family;
use tangents::{Dual, HyperDual, Number, Taylor, lambda};

use super::linear::{gmres, lu};
use crate::data::{json, list, number, string, vector};

/// How linear systems are solved.
#[derive(Clone, Copy, Debug)]
enum Form {
    Dense,
    Sparse,
    MatrixFree,
}

const FORMS: [Form; 3] = [Form::Dense, Form::Sparse, Form::MatrixFree];

struct Problem {
    name: String,
    parameters: Vec<f64>,
    direction: Vec<f64>,
    /// The condition of the Jacobian in the unknowns.
    condition: f64,
    /// Of each unknown the value and the derivatives.
    unknowns: Vec<[f64; 4]>,
}

fn problems() -> Vec<Problem> {
    let read = |row: &serde_json::Value| Problem {
        name: string(&row["problem"]).into(),
        parameters: vector(&row["parameters"]),
        direction: vector(&row["direction"]),
        condition: number(&row["condition"]),
        unknowns: list(&row["unknowns"]).iter().map(|row| vector(row).try_into().unwrap()).collect(),
    };
    let problems: Vec<_> = list(&json("implicit/solutions.json")).iter().map(read).collect();
    assert_eq!(problems.len(), 10);
    problems
}

/// The solution at parameters of any number, given its value; a vector in each case.
fn solution<T: Number>(problem: &Problem, form: Form, p: &[T]) -> Vec<T> {
    fn at<E: Equations<Unknowns = Vec<f64>, Parameters = Vec<f64>> + Sync, T: Number>(
        equations: Implicit<E>,
        (form, x): (Form, &[[f64; 4]]),
        p: &[T],
    ) -> <Vec<f64> as Family>::Of<T> {
        let solve = |_: &[f64]| x.iter().map(|x| x[0]).collect::<Vec<_>>();
        match form {
            Form::Dense => equations.at(p, solve).unwrap(),
            Form::Sparse => equations.sparse(lu).at(p, solve).unwrap(),
            Form::MatrixFree => equations.matrix_free(gmres(1e-15)).at(p, solve).unwrap(),
        }
    }

    let x = (form, &problem.unknowns[..]);
    match &problem.name[..] {
        "kepler" => {
            let f = lambda!(|z: (Vec<f64>, Vec<f64>)| -> Vec<f64> {
                let (x, p) = z;
                vec![x[0] - p[1] * x[0].sin() - p[0]]
            });
            at(root(f), x, p)
        }
        "chain" => {
            let f = lambda!(|z: (Vec<f64>, Vec<f64>)| -> Vec<f64> {
                let (x, p) = z;
                vec![
                    x[0] + x[1].exp() * T::lit(0.25) - p[0],
                    x[1] + (x[0] * x[2]).sin() * T::lit(0.5) - p[1],
                    x[2] + x[0] * x[0] * T::lit(0.125) - x[1] * p[0],
                ]
            });
            at(root(f), x, p)
        }
        "cosine" => at(
            fixed_point(lambda!(|z: (Vec<f64>, Vec<f64>)| -> Vec<f64> { vec![(z.0[0] * z.1[0]).cos()] })),
            x,
            p,
        ),
        "valley" => {
            let f = lambda!(|z: (Vec<f64>, Vec<f64>)| -> f64 {
                let (x, p) = z;
                (p[0] - x[0]).powi(2) + p[1] * (x[1] - x[0] * x[0]).powi(2) + (x[0] * x[1]).cosh()
            });
            at(minimum(f), x, p)
        }
        "decay" => {
            let r = lambda!(|z: (Vec<f64>, Vec<f64>)| -> Vec<f64> {
                let (x, p) = z;
                let times = [0.0, 0.5, 1.0, 1.5, 2.0].map(T::lit);
                p.iter().zip(times).map(|(&p, t)| x[0] * (-x[1] * t).exp() - p).collect()
            });
            at(least_squares(r), x, p)
        }
        "hilbert" => {
            let f = lambda!(|z: (Vec<f64>, Vec<f64>)| -> Vec<f64> {
                let (x, p) = z;
                let row = |i: u8| {
                    let entry = |j: u8| (T::lit((i + j + 1).into()) + p[1]).recip();
                    let sum = T::sum((0..4).map(|j| entry(j) * x[usize::from(j)]));
                    sum + x[usize::from(i)].powi(2) * T::lit(1e-4) - T::one() - p[0] * T::lit(i.into())
                };
                (0..4).map(row).collect()
            });
            at(root(f), x, p)
        }
        other => panic!("{other} isn't here"),
    }
}

fn check(problem: &Problem, order: usize, found: impl Fn(usize) -> f64, rounding: f64) {
    let size = problem.unknowns.iter().map(|x| x[order].abs()).fold(0.0, f64::max);
    for (i, x) in problem.unknowns.iter().enumerate() {
        let error = (found(i) - x[order]).abs() / size;
        assert!(
            error <= 32.0 * problem.condition * rounding,
            "{} at {:?}: derivative {order} of unknown {i} is {}, not {}: {error:e}",
            problem.name,
            problem.parameters,
            found(i),
            x[order]
        );
    }
}

fn lifted<T>(problem: &Problem, lift: impl Fn(f64, f64) -> T) -> Vec<T> {
    problem.parameters.iter().zip(&problem.direction).map(|(&p, &v)| lift(p, v)).collect()
}

fn in_each_form() -> impl Iterator<Item = (Problem, Form)> {
    FORMS.into_iter().flat_map(|form| problems().into_iter().map(move |problem| (problem, form)))
}

#[test]
fn series_have_the_derivatives_of_order_1_to_3() {
    for (problem, form) in in_each_form() {
        let x = solution(&problem, form, &lifted(&problem, |p, v| Taylor::<f64, 3>::new(p, [v, 0.0, 0.0])));
        for order in 1..=3 {
            check(&problem, order, |i| x[i].derivative(order), f64::EPSILON);
        }
        for (x, expected) in x.iter().zip(&problem.unknowns) {
            assert_eq!(x.re.to_bits(), expected[0].to_bits(), "the value is the solver's");
        }
    }
}

#[test]
fn nested_numbers_have_them() {
    for (problem, form) in in_each_form() {
        let lift = |p: f64, v: f64| {
            let zero = Dual::constant(0.0);
            let inner = Dual::new(Dual::new(p, [v]), [Dual::new(v, [0.0])]);
            Dual::<_, 1>::new(inner, [Dual::new(Dual::new(v, [0.0]), [zero])])
        };
        let x = solution(&problem, form, &lifted(&problem, lift));
        check(&problem, 1, |i| x[i].eps[0].re.re, f64::EPSILON);
        check(&problem, 2, |i| x[i].eps[0].eps[0].re, f64::EPSILON);
        check(&problem, 3, |i| x[i].eps[0].eps[0].eps[0], f64::EPSILON);
    }
}

#[test]
fn packed_numbers_have_them() {
    for (problem, form) in in_each_form() {
        let lift = |p: f64, v: f64| {
            HyperDual::<_, 1>::from_fn(Dual::new(p, [v]), [Dual::constant(v)], |_, _| Dual::constant(0.0))
        };
        let x = solution(&problem, form, &lifted(&problem, lift));
        check(&problem, 1, |i| x[i].gradient[0].re, f64::EPSILON);
        check(&problem, 2, |i| x[i].second(0, 0).re, f64::EPSILON);
        check(&problem, 3, |i| x[i].second(0, 0).eps[0], f64::EPSILON);
    }
}

#[test]
fn so_have_they_in_single_precision() {
    for (problem, form) in in_each_form().filter(|(problem, _)| problem.name != "hilbert") {
        let x = solution(
            &problem,
            form,
            &lifted(&problem, |p, v| Taylor::<f32, 2>::new(p as f32, [v as f32, 0.0])),
        );
        for order in 1..=2 {
            check(&problem, order, |i| x[i].derivative(order).into(), f32::EPSILON.into());
        }
    }
}
