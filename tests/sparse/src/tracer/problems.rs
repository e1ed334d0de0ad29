//! Patterns of classical problems are exactly the known ones.
//!
//! The definitions are checked by the values that the files have, where these state a formula. Of the graphs they state the
//! pattern only.

use serde_json::Value;
use tangents::sparse::{Pattern, patterns, patterns_at};
use tangents::{Function, Real, lambda};

use crate::data::{count, entry, json, list, number, vector};

/// The pattern of a file's problem.
fn known(problem: &Value, shape: (usize, usize)) -> Pattern {
    let (rows, columns) = (list(&problem["rows"]), list(&problem["cols"]));
    Pattern::from_entries(shape, rows.iter().map(count).zip(columns.iter().map(count))).unwrap()
}

fn close(name: &str, found: &[f64], expected: &[f64]) {
    let largest = expected.iter().fold(1.0, |largest: f64, f| largest.max(f.abs()));
    let close = found.len() == expected.len()
        && found.iter().zip(expected).all(|(f, expected)| (f - expected).abs() <= 1e-12 * largest);
    assert!(close, "another {name}: {found:?} in place of {expected:?}");
}

fn same_jacobian<F: Function<From = [f64], To = Vec<f64>>>(file: &Value, name: &str, f: &F) {
    let problem = entry(&file["problems"], "name", name);
    let x = vector(&problem["x"]);
    close(name, &f.call(&x), &vector(&problem["f"]));
    let known = known(problem, (count(&problem["m"]), count(&problem["n"])));
    assert_eq!(f.jacobian_pattern(&x).unwrap(), known, "{name}");
    assert_eq!(f.jacobian_pattern_at(&x), known, "{name}");
    assert_eq!(patterns(f, &x).unwrap().jacobian, known, "{name}");
}

fn same_hessian<F: Function<From = [f64], To = f64>>(file: &Value, name: &str, f: &F, states_formula: bool) {
    let problem = entry(&file["problems"], "name", name);
    let x = vector(&problem["x"]);
    if states_formula {
        close(name, &[f.call(&x)], &[number(&problem["f"])]);
    }
    let n = count(&problem["n"]);
    let known = known(problem, (n, n));
    assert_eq!(f.hessian_pattern(&x).unwrap(), known, "{name}");
    assert_eq!(f.hessian_pattern_at(&x), known, "{name}");
    assert_eq!(patterns_at(f, &x).hessian, known, "{name}");
}

/// The coordinate `i + by` of a line of numbers that ends in zeros.
fn beside<T: Real>(x: &[T], i: usize, by: isize) -> T {
    i.checked_add_signed(by).and_then(|i| x.get(i)).copied().unwrap_or(T::zero())
}

/// The coordinate `i + by` of a circle of numbers.
fn around<T: Real>(x: &[T], i: usize, by: isize) -> T {
    x[(i + x.len()).wrapping_add_signed(by) % x.len()]
}

/// 1 over a count.
fn step<T: Real>(n: usize) -> T {
    T::one() / T::from(n).unwrap()
}

/// The sum of the differences to the four neighbours in a periodic square of so many numbers a side.
fn diffusion<T: Real>(u: &[T], i: usize, side: usize) -> T {
    let (row, column) = (i / side, i % side);
    let at = |row: usize, column: usize| u[row % side * side + column % side];
    at(row + 1, column) + at(row + side - 1, column) + at(row, column + 1) + at(row, column + side - 1)
        - T::lit(4.0) * u[i]
}

/// The rates of POLLU's 25 reactions: the constant, and the species that react, counted from 1.
const REACTIONS: [(f64, &[usize]); 25] = [
    (0.35, &[1]),
    (26.6, &[2, 4]),
    (1.23e4, &[5, 2]),
    (8.6e-4, &[7]),
    (8.2e-4, &[7]),
    (1.5e4, &[7, 6]),
    (1.3e-4, &[9]),
    (2.4e4, &[9, 6]),
    (1.65e4, &[11, 2]),
    (9e3, &[11, 1]),
    (0.022, &[13]),
    (1.2e4, &[10, 2]),
    (1.88, &[14]),
    (1.63e4, &[1, 6]),
    (4.8e6, &[3]),
    (3.5e-4, &[4]),
    (0.0175, &[4]),
    (1e8, &[16]),
    (4.44e11, &[16]),
    (1.24e3, &[17, 6]),
    (2.1, &[19]),
    (5.78, &[19]),
    (0.0474, &[1, 4]),
    (1.78e3, &[19, 1]),
    (3.12, &[20]),
];

/// What the reactions, counted from 1, make of POLLU's species: those that use one up are negative, and one that makes two is
/// there twice.
const SPECIES: [&[isize]; 20] = [
    &[-1, -10, -14, -23, -24, 2, 3, 9, 11, 12, 22, 25],
    &[-2, -3, -9, -12, 1, 21],
    &[-15, 1, 17, 19, 22],
    &[-2, -16, -17, -23, 15],
    &[-3, 4, 4, 6, 7, 13, 20],
    &[-6, -8, -14, -20, 3, 18, 18],
    &[-4, -5, -6, 13],
    &[4, 5, 6, 7],
    &[-7, -8],
    &[-12, 7, 9],
    &[-9, -10, 8, 11],
    &[9],
    &[-11, 10],
    &[-13, 12],
    &[14],
    &[-18, -19, 16],
    &[-20],
    &[20],
    &[-21, -22, -24, 23, 25],
    &[-25, 24],
];

fn pollution<T: Real>(y: &[T]) -> Vec<T> {
    let rates = REACTIONS.map(|(k, species)| species.iter().fold(T::lit(k), |rate, &i| rate * y[i - 1]));
    let change = |reaction: isize| {
        let rate = rates[reaction.unsigned_abs() - 1];
        if reaction < 0 { -rate } else { rate }
    };
    SPECIES.iter().map(|reactions| T::sum(reactions.iter().map(|&r| change(r)))).collect()
}

#[test]
fn jacobians_of_classical_problems_have_their_patterns() {
    let file = json("sparse/jacobians.json");
    macro_rules! same {
        ($($name:literal |$x:ident, $i:ident| $f:expr;)*) => {$({
            let f = lambda!(|$x: [f64]| -> Vec<f64> { (0..$x.len()).map(|$i| $f).collect() });
            same_jacobian(&file, $name, &f);
        })*};
    }
    same! {
        "broyden_tridiagonal_n25" |x, i| {
            (T::lit(3.0) - T::lit(2.0) * x[i]) * x[i] - beside(x, i, -1) - T::lit(2.0) * beside(x, i, 1) + T::one()
        };
        "broyden_banded_n20" |x, i| {
            let others = (i.saturating_sub(5)..x.len().min(i + 2)).filter(|&j| j != i);
            x[i] * (T::lit(2.0) + T::lit(5.0) * x[i].powi(2)) + T::one() - T::sum(others.map(|j| x[j] * (T::one() + x[j])))
        };
        "discrete_bv_n15" |x, i| {
            let h = step::<T>(x.len() + 1);
            let t = h * T::from(i + 1).unwrap();
            T::lit(2.0) * x[i] - beside(x, i, -1) - beside(x, i, 1) + h * h * (x[i] + t + T::one()).powi(3) / T::lit(2.0)
        };
        "burgers_dirichlet_n20" |u, i| {
            let (h, left, right) = (step::<T>(u.len() + 1), beside(u, i, -1), beside(u, i, 1));
            T::lit(0.05) * (left - T::lit(2.0) * u[i] + right) / (h * h) - u[i] * (right - left) / (T::lit(2.0) * h)
        };
        "burgers_periodic_n12" |u, i| {
            let (h, left, right) = (step::<T>(u.len()), around(u, i, -1), around(u, i, 1));
            T::lit(0.05) * (left - T::lit(2.0) * u[i] + right) / (h * h) - u[i] * (right - left) / (T::lit(2.0) * h)
        };
        "bratu2d_5x5" |u, i| {
            let (row, column) = (i / 5, i % 5);
            let neighbours = [
                (row > 0).then(|| u[i - 5]),
                (row < 4).then(|| u[i + 5]),
                (column > 0).then(|| u[i - 1]),
                (column < 4).then(|| u[i + 1]),
            ];
            let h = step::<T>(6);
            T::lit(4.0) * u[i] - T::sum(neighbours.into_iter().flatten()) - h * h * T::lit(6.8) * u[i].exp()
        };
        "brusselator2d_N5" |x, i| {
            let (u, v) = x.split_at(25);
            let (alpha, a, k) = (T::lit(160.0), T::lit(3.4), i % 25);
            let reaction = u[k] * u[k] * v[k];
            if i < 25 {
                T::one() + reaction - (a + T::one()) * u[k] + alpha * diffusion(u, k, 5)
            } else {
                a * u[k] - reaction + alpha * diffusion(v, k, 5)
            }
        };
        "brusselator1d_N10_interleaved" |x, i| {
            let alpha = T::lit(121.0 / 50.0);
            let at = |i: usize, by: isize, edge: f64| {
                i.checked_add_signed(by).and_then(|i| x.get(i)).copied().unwrap_or(T::lit(edge))
            };
            let (u, v) = (x[i - i % 2], x[i - i % 2 + 1]);
            let edge = if i % 2 == 0 { 1.0 } else { 3.0 };
            let diffusion = alpha * (at(i, -2, edge) - T::lit(2.0) * x[i] + at(i, 2, edge));
            if i % 2 == 0 {
                T::one() + u * u * v - T::lit(4.0) * u + diffusion
            } else {
                T::lit(3.0) * u - u * u * v + diffusion
            }
        };
        "lorenz96_n12" |x, i| (around(x, i, 1) - around(x, i, -2)) * around(x, i, -1) - x[i] + T::lit(8.0);
        "arrow_n10" |x, i| {
            if i == 0 {
                x[0].sin() + T::sum(x[1..].iter().map(|&x| x * x))
            } else {
                x[0] * (T::lit(0.1) * x[i]).exp() - x[i]
            }
        };
        "robertson_rhs" |y, i| {
            let (slow, back, fast) =
                (T::lit(0.04) * y[0], T::lit(1e4) * y[1] * y[2], T::lit(3e7) * y[1] * y[1]);
            [back - slow, slow - back - fast, fast][i]
        };
        "hires_rhs" |y, i| {
            let sum = |terms: &[(f64, usize)]| T::sum(terms.iter().map(|&(c, j)| T::lit(c) * y[j - 1]));
            let last = T::lit(280.0) * y[5] * y[7] - T::lit(1.81) * y[6];
            match i {
                0 => sum(&[(-1.71, 1), (0.43, 2), (8.32, 3)]) + T::lit(0.0007),
                1 => sum(&[(1.71, 1), (-8.75, 2)]),
                2 => sum(&[(-10.03, 3), (0.43, 4), (0.035, 5)]),
                3 => sum(&[(8.32, 2), (1.71, 3), (-1.12, 4)]),
                4 => sum(&[(-1.745, 5), (0.43, 6), (0.43, 7)]),
                5 => sum(&[(0.69, 4), (1.71, 5), (-0.43, 6), (0.69, 7)]) - T::lit(280.0) * y[5] * y[7],
                6 => last,
                _ => -last,
            }
        };
        "pollution_rhs" |y, i| pollution(y)[i];
    }
}

/// The energy of a graph of which the edges are these.
fn energy<T: Real>(x: &[T], edges: impl Iterator<Item = (usize, usize)>) -> T {
    T::sum(x.iter().map(|x| x.powi(4))) + T::sum(edges.map(|(i, j)| (x[i] - x[j]).powi(4)))
}

#[test]
fn hessians_of_classical_problems_have_their_patterns() {
    let file = json("sparse/hessians.json");
    let rosenbrock = lambda!(|x: [f64]| -> f64 {
        T::sum(
            x.windows(2).map(|w| T::lit(100.0) * (w[1] - w[0].powi(2)).powi(2) + (T::one() - w[0]).powi(2)),
        )
    });
    same_hessian(&file, "chained_rosenbrock_n10", &rosenbrock, true);
    let wood = lambda!(|x: [f64]| -> f64 {
        let valley = |a: T, b: T, c: f64| T::lit(c) * (b - a.powi(2)).powi(2) + (T::one() - a).powi(2);
        T::sum(x.windows(4).step_by(2).map(|w| {
            valley(w[0], w[1], 100.0)
                + valley(w[2], w[3], 90.0)
                + T::lit(10.0) * (w[1] + w[3] - T::lit(2.0)).powi(2)
                + T::lit(0.1) * (w[1] - w[3]).powi(2)
        }))
    });
    same_hessian(&file, "chained_wood_n12", &wood, true);
    let powell = lambda!(|x: [f64]| -> f64 {
        T::sum(x.windows(4).step_by(2).map(|w| {
            (w[0] + T::lit(10.0) * w[1]).powi(2)
                + T::lit(5.0) * (w[2] - w[3]).powi(2)
                + (w[1] - T::lit(2.0) * w[2]).powi(4)
                + T::lit(10.0) * (w[0] - w[3]).powi(4)
        }))
    });
    same_hessian(&file, "chained_powell_singular_n12", &powell, true);
    let arwhead = lambda!(|x: [f64]| -> f64 {
        let (last, rest) = x.split_last().unwrap();
        T::sum(rest.iter().map(|x| T::lit(3.0) - T::lit(4.0) * *x + (x.powi(2) + last.powi(2)).powi(2)))
    });
    same_hessian(&file, "arwhead_n10", &arwhead, true);

    let grid = lambda!(|x: [f64]| -> f64 {
        let right = (0..25).filter(|i| i % 5 < 4).map(|i| (i, i + 1));
        energy(x, right.chain((0..20).map(|i| (i, i + 5))))
    });
    same_hessian(&file, "grid_5x5", &grid, false);
    let cycle = lambda!(|x: [f64]| -> f64 { energy(x, (0..x.len()).map(|i| (i, (i + 1) % x.len()))) });
    same_hessian(&file, "cycle_n5", &cycle, false);
    same_hessian(&file, "cycle_n9", &cycle, false);
    let band = lambda!(|x: [f64]| -> f64 {
        energy(x, (1..x.len()).flat_map(|i| (i.saturating_sub(2)..i).map(move |j| (i, j))))
    });
    same_hessian(&file, "band_b2_n14", &band, false);
    let tree = lambda!(|x: [f64]| -> f64 { energy(x, (1..x.len()).map(|i| (i, (i - 1) / 2))) });
    same_hessian(&file, "binary_tree_n15", &tree, false);
    let bipartite =
        lambda!(|x: [f64]| -> f64 { energy(x, (0..3).flat_map(|i| (3..7).map(move |j| (i, j)))) });
    same_hessian(&file, "bipartite_3x4", &bipartite, false);
}

/// What is linear in each variable has no diagonal, and what is linear has nothing.
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
