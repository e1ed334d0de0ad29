//! Patterns of classical problems are exactly the known ones; values show that the definitions are those of the files.

use serde_json::Value;
use tangents::sparse::{Pattern, patterns, patterns_at};
use tangents::{Function, lambda};

use crate::data::{count, json, list, number, string, vector};
use crate::problems::{Energy, Field};

/// The pattern of a file's problem.
fn known(problem: &Value, shape: (usize, usize)) -> Pattern {
    let (rows, columns) = (list(&problem["rows"]), list(&problem["cols"]));
    Pattern::from_entries(shape, rows.iter().map(count).zip(columns.iter().map(count))).unwrap()
}

fn assert_close(name: &str, found: &[f64], expected: &[f64]) {
    let largest = expected.iter().fold(1.0, |largest: f64, f| largest.max(f.abs()));
    let close = found.len() == expected.len()
        && found.iter().zip(expected).all(|(f, expected)| (f - expected).abs() <= 1e-12 * largest);
    assert!(close, "another {name}: {found:?} in place of {expected:?}");
}

#[test]
fn jacobians_of_classical_problems_have_their_patterns() {
    let file = json("sparse/jacobians.json");
    for problem in list(&file["problems"]) {
        let (name, x) = (string(&problem["name"]), vector(&problem["x"]));
        let f = Field(name);
        assert_close(name, &f.call(&x), &vector(&problem["f"]));
        let known = known(problem, (count(&problem["m"]), count(&problem["n"])));
        assert_eq!(f.jacobian_pattern(&x).unwrap(), known, "{name}");
        assert_eq!(f.jacobian_pattern_at(&x), known, "{name}");
        assert_eq!(patterns(&f, &x).unwrap().jacobian, known, "{name}");
    }
}

#[test]
fn hessians_of_classical_problems_have_their_patterns() {
    let file = json("sparse/hessians.json");
    for problem in list(&file["problems"]) {
        let (name, x) = (string(&problem["name"]), vector(&problem["x"]));
        let f = Energy(name);
        assert_close(name, &[f.call(&x)], &[number(&problem["f"])]);
        let n = count(&problem["n"]);
        let known = known(problem, (n, n));
        assert_eq!(f.hessian_pattern(&x).unwrap(), known, "{name}");
        assert_eq!(f.hessian_pattern_at(&x), known, "{name}");
        assert_eq!(patterns_at(&f, &x).hessian, known, "{name}");
    }
}

#[test]
fn hessians_of_products_have_no_diagonals() {
    let determinant = lambda!(|x: [f64]| -> f64 { x[0] * x[3] - x[1] * x[2] });
    let pattern = determinant.hessian_pattern(&[1.0; 4]).unwrap();
    assert_eq!(pattern.to_string(), "···×\n··×·\n·×··\n×···\n");
    let quotient = lambda!(|x: [f64]| -> f64 { x[0] / x[1] });
    assert_eq!(quotient.hessian_pattern(&[1.0; 2]).unwrap().to_string(), "·×\n××\n");
    let linear = lambda!(|x: [f64]| -> f64 {
        T::lit(2.0) * x[0] - x[1] / T::lit(3.0) + x[2].fract() + x[3] % T::lit(2.0)
    });
    assert_eq!(linear.hessian_pattern(&[1.5; 4]).unwrap().nnz(), 0);
    let entropy = lambda!(|x: [f64]| -> f64 { x[0].xlogy(x[1]) + x[2] * x[2].ln() });
    assert_eq!(entropy.hessian_pattern(&[0.5; 3]).unwrap().to_string(), "·×·\n××·\n··×\n");
}

/// What is constant depends on nothing.
#[test]
fn jacobians_of_steps_are_empty() {
    let steps = lambda!(|x: [f64]| -> Vec<f64> {
        vec![
            x[0].floor(),
            x[0].round(),
            x[0].ceil(),
            x[0].trunc(),
            x[0].signum(),
            x[0].powi(0),
            x[0].stop_gradient(),
        ]
    });
    let pattern = steps.jacobian_pattern(&[1.5]).unwrap();
    assert_eq!((pattern.rows(), pattern.columns(), pattern.nnz()), (7, 1, 0));
}

/// Here a function with a kink is one of its pieces, everywhere all of them.
#[test]
fn pieces_are_those_at_the_point() {
    macro_rules! pieces {
        ($(|$x:ident| $f:expr, $point:expr => $here:literal, $everywhere:literal;)*) => {$({
            let f = lambda!(|$x: [f64]| -> f64 { $f });
            assert_eq!(f.jacobian_pattern_at(&$point).to_string(), concat!($here, "\n"), "{}", stringify!($f));
            let everywhere = f.jacobian_pattern(&$point).unwrap();
            assert_eq!(everywhere.to_string(), concat!($everywhere, "\n"), "{}", stringify!($f));
        })*};
    }
    pieces! {
        |x| x[0].max(x[1]), [1.0, 2.0] => "·×", "××";
        |x| x[0].min(x[1]), [1.0, 2.0] => "×·", "××";
        |x| x[0].max(x[1]), [2.0, 2.0] => "××", "××";
        |x| x[0].max(x[1]), [1.0, f64::NAN] => "×·", "××";
        |x| x[0].clamp(x[1], x[2]), [1.0, 2.0, 3.0] => "·×·", "×××";
        |x| x[0].clamp(x[1], x[2]), [4.0, 2.0, 3.0] => "··×", "×××";
        |x| x[0].clamp(x[1], x[2]), [2.5, 2.0, 3.0] => "×··", "×××";
        |x| x[0].copysign(x[1]), [2.5, -2.0] => "×·", "××";
        |x| x[0].relu(), [-1.0, 0.0] => "··", "×·";
        |x| x[0].relu(), [1.0, 0.0] => "×·", "×·";
        |x| x[0].smoothstep(x[1], x[2]), [0.5, 0.0, 1.0] => "×××", "×××";
        |x| x[0].smoothstep(x[1], x[2]), [1.5, 0.0, 1.0] => "···", "×××";
        |x| x[0].huber(x[1]), [0.5, 1.0] => "×·", "××";
        |x| x[0].huber(x[1]), [1.5, 1.0] => "××", "××";
    }
}
