//! Sums of small terms: value, gradient, Hessian and Gauss–Newton matrix against closed forms, references and dense derivatives.

use std::array::from_fn;

use crate::data::{array, count, entry, json, list, number, text, vector};
use tangents::function::InstructionSet;
use tangents::sparse::{LeastSquares, Pattern, Projection, SparseError, TermSum, Terms, blocks};
use tangents::{Dual, Error, Function, Number, Real, lambda};

use crate::counting::allocations;

/// Numbers between −1.5 and 1.5 without a pattern.
fn numbers(n: usize) -> Vec<f64> {
    (0..n).map(|i| 1.5 * (1.7 * f64::from(u32::try_from(i * i + 3 * i + 1).unwrap())).sin()).collect()
}

/// That no number of a list is further from the expected one than so many times the largest of these.
#[track_caller]
fn assert_near<'a>(found: impl IntoIterator<Item = &'a f64>, expected: &[f64], tolerance: f64) {
    let found: Vec<_> = found.into_iter().copied().collect();
    assert_eq!(found.len(), expected.len());
    let scale = expected.iter().fold(0.0_f64, |scale, x| scale.max(x.abs()));
    for (i, (f, e)) in found.iter().zip(expected).enumerate() {
        assert!((f - e).abs() <= tolerance * scale, "{f} in place of {e} at {i}");
    }
}

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|x| x.to_bits()).collect()
}

/// `100·(x₁ − x₀²)² + (1 − x₀)²`
fn valley() -> impl Function<From = [f64], To = f64> + Copy {
    lambda!(|x: [f64]| -> f64 { T::lit(100.0) * (x[1] - x[0] * x[0]).powi(2) + (T::one() - x[0]).powi(2) })
}

fn rosenbrock(n: usize) -> TermSum<impl Terms> {
    TermSum::new(n, (1..n).map(|i| (valley(), [i - 1, i])).collect::<Vec<_>>()).unwrap()
}

#[test]
fn the_hessian_of_rosenbrocks_function_in_a_thousand_variables_is_that_of_the_closed_form() {
    let n = 1000;
    let x = numbers(n);
    let at = rosenbrock(n).value_gradient_and_hessian(&x).unwrap();
    assert_eq!((at.hessian.rows(), at.hessian.columns(), at.hessian.pattern().nnz()), (n, n, 3 * n - 2));

    let (mut gradient, mut diagonal) = (vec![0.0; n], vec![0.0; n]);
    for i in 1..n {
        let (a, b) = (x[i - 1], x[i]);
        gradient[i - 1] += -400.0 * a * (b - a * a) - 2.0 * (1.0 - a);
        gradient[i] += 200.0 * (b - a * a);
        diagonal[i - 1] += 1200.0 * a * a - 400.0 * b + 2.0;
        diagonal[i] += 200.0;
        for (row, column) in [(i - 1, i), (i, i - 1)] {
            assert_eq!(at.hessian.get(row, column), Some(&(-400.0 * a)));
        }
    }
    assert_near(&at.gradient, &gradient, 1e-15);
    assert_near((0..n).map(|i| at.hessian.get(i, i).unwrap()), &diagonal, 1e-15);
}

/// Compares a sum with the reference of a problem: the pattern has all entries, and what it has beside them is zero.
#[track_caller]
fn assert_reference<L: Terms>(problem: &str, sum: impl Fn(usize) -> Result<TermSum<L>, SparseError>) {
    let file = json("sparse/hessians.json");
    let reference = entry(&file["problems"], "name", problem);
    let (n, x) = (count(&reference["n"]), vector(&reference["x"]));
    let at = sum(n).unwrap().value_gradient_and_hessian(&x).unwrap();
    assert_near([&at.value], &[number(&reference["f"])], 1e-14);
    assert_near(&at.gradient, &vector(&reference["grad"]), 1e-14);

    let mut expected = vec![0.0; n * n];
    let entries = list(&reference["rows"]).iter().zip(list(&reference["cols"])).zip(list(&reference["vals"]));
    for ((row, column), value) in entries {
        let (row, column) = (count(row), count(column));
        assert!(at.hessian.pattern().contains(row, column), "{problem}: no entry ({row}, {column})");
        expected[row * n + column] = number(value);
    }
    assert_near(at.hessian.to_dense().iter().flatten(), &expected, 1e-14);
    at.hessian.pattern().check_symmetric().unwrap();
}

/// A list of terms that are the same function of these variables.
fn each<F: Copy, const M: usize>(
    f: F,
    variables: impl IntoIterator<Item = [usize; M]>,
) -> Vec<(F, [usize; M])> {
    variables.into_iter().map(|variables| (f, variables)).collect()
}

fn quartics(n: usize) -> Vec<(impl Function<From = [f64], To = f64>, [usize; 1])> {
    each(lambda!(|x: [f64]| -> f64 { x[0].powi(4) }), (0..n).map(|i| [i]))
}

#[test]
fn chained_problems_are_those_of_the_references() {
    assert_reference("chained_rosenbrock_n10", |n| {
        TermSum::new(n, each(valley(), (1..n).map(|i| [i - 1, i])))
    });
    let overlapping = |n: usize| (0..n - 3).step_by(2).map(|i| from_fn(|k| i + k));
    let wood = lambda!(|x: [f64]| -> f64 {
        let c = T::lit;
        c(100.0) * (x[1] - x[0] * x[0]).powi(2)
            + (T::one() - x[0]).powi(2)
            + c(90.0) * (x[3] - x[2] * x[2]).powi(2)
            + (T::one() - x[2]).powi(2)
            + c(10.0) * (x[1] + x[3] - c(2.0)).powi(2)
            + c(0.1) * (x[1] - x[3]).powi(2)
    });
    assert_reference("chained_wood_n12", |n| {
        TermSum::<Vec<(_, [usize; 4])>>::new(n, each(wood, overlapping(n)))
    });
    let powell = lambda!(|x: [f64]| -> f64 {
        let c = T::lit;
        (x[0] + c(10.0) * x[1]).powi(2)
            + c(5.0) * (x[2] - x[3]).powi(2)
            + (x[1] - c(2.0) * x[2]).powi(4)
            + c(10.0) * (x[0] - x[3]).powi(4)
    });
    assert_reference("chained_powell_singular_n12", |n| {
        TermSum::<Vec<(_, [usize; 4])>>::new(n, each(powell, overlapping(n)))
    });
}

#[test]
fn sums_over_the_edges_of_graphs_are_those_of_the_references() {
    let arrow =
        lambda!(|x: [f64]| -> f64 { T::lit(3.0) - T::lit(4.0) * x[0] + (x[0] * x[0] + x[1] * x[1]).powi(2) });
    assert_reference("arwhead_n10", |n| TermSum::new(n, each(arrow, (1..n).map(|i| [i - 1, n - 1]))));

    let coupling =
        lambda!(|x: [f64]| -> f64 { (x[0] - x[1]).powi(2) * (T::one() + T::lit(0.2) * x[0] * x[1]) });
    let own = lambda!(|x: [f64]| -> f64 { (T::lit(0.5) * x[0]).exp() + T::lit(0.1) * x[0].powi(4) });
    assert_reference("grid_5x5", |n| {
        let right = (0..n).filter(|i| i % 5 < 4).map(|i| [i, i + 1]);
        let down = (0..n - 5).map(|i| [i, i + 5]);
        TermSum::new(n, (each(coupling, right.chain(down)), each(own, (0..n).map(|i| [i]))))
    });

    let sine = lambda!(|x: [f64]| -> f64 { (x[0] * x[1]).sin() });
    for problem in ["cycle_n5", "cycle_n9"] {
        let edges = |n: usize| (0..n).map(move |i| [i, (i + 1) % n]);
        assert_reference(problem, |n| TermSum::new(n, (each(sine, edges(n)), quartics(n))));
    }

    let difference = lambda!(|x: [f64]| -> f64 { (x[0] - x[1]).powi(4) });
    assert_reference("band_b2_n14", |n| {
        let edges = (1..n).flat_map(|i| [[i - 1, i], [i.saturating_sub(2), i]]).filter(|e| e[0] < e[1]);
        // The second edge of the first pair is the first.
        let edges: Vec<_> = edges.enumerate().filter(|&(k, _)| k != 1).map(|(_, edge)| edge).collect();
        TermSum::new(n, (each(difference, edges), quartics(n)))
    });

    let child = lambda!(|x: [f64]| -> f64 { x[0] * x[1] * x[1].cos() });
    assert_reference("binary_tree_n15", |n| {
        TermSum::new(n, (each(child, (1..n).map(|i| [(i - 1) / 2, i])), quartics(n)))
    });

    let product = lambda!(|x: [f64]| -> f64 { x[0] * x[1] * (T::lit(0.1) * x[0] * x[1]).exp() });
    assert_reference("bipartite_3x4", |n| {
        let edges = (0..3).flat_map(|i| (3..7).map(move |j| [i, j]));
        TermSum::new(n, (each(product, edges), quartics(n)))
    });
}

/// `½·k·(|a − b| − rest)²` of two points in the plane.
#[derive(Clone, Copy)]
struct Spring {
    stiffness: f64,
    rest: f64,
}

impl Function for Spring {
    type From = [f64];
    type To = f64;

    #[inline(always)]
    fn call<T: Number>(&self, x: &[T]) -> T {
        let length = (x[0] - x[2]).hypot(x[1] - x[3]);
        T::lit(0.5 * self.stiffness) * (length - T::lit(self.rest)).powi(2)
    }
}

/// A square net of `side` × `side` points at distance 1, its springs, and weights of its points.
fn net(
    side: usize,
    rest: f64,
) -> (Vec<(Spring, [usize; 4])>, Vec<(impl Function<From = [f64], To = f64> + Copy, [usize; 1])>) {
    let point = |row, column| row * side + column;
    let mut springs = Vec::new();
    for row in 0..side {
        for column in 0..side {
            let neighbours = [(row + 1, column), (row, column + 1), (row + 1, column + 1)];
            for (k, (r, c)) in neighbours.into_iter().enumerate().filter(|&(_, (r, c))| r < side && c < side)
            {
                let spring = Spring { stiffness: [2.0, 3.0, 0.5][k], rest: rest * [1.0, 1.0, 1.4][k] };
                springs.push((spring, blocks::<2, _, 4>([point(row, column), point(r, c)])));
            }
        }
    }
    let weight = lambda!(|y: [f64]| -> f64 { T::lit(0.25) * y[0] });
    (springs, each(weight, (0..side * side).map(|i| [2 * i + 1])))
}

/// The points of the net, each moved a little.
fn positions(side: usize) -> Vec<f64> {
    let place = |i: usize| f64::from(u32::try_from([i / 2 % side, i / 2 / side][i % 2]).unwrap());
    numbers(2 * side * side).iter().enumerate().map(|(i, x)| place(i) + 0.1 * x).collect()
}

#[test]
fn sums_are_added_in_the_order_of_the_terms_to_the_bit_in_every_instruction_set() {
    let (springs, weights) = net(5, 0.9);
    let x = positions(5);
    let (mut value, mut gradient, mut hessian) = (-0.0, vec![0.0; 50], vec![vec![0.0; 50]; 50]);
    let mut add = |v: f64, g: &[f64], h: &[&[f64]], variables: &[usize]| {
        value += v;
        for (k, &i) in variables.iter().enumerate() {
            gradient[i] += g[k];
            for (l, &j) in variables.iter().enumerate() {
                hessian[i][j] += h[k][l];
            }
        }
    };
    for (spring, variables) in &springs {
        let at = spring.value_gradient_and_hessian(&variables.map(|i| x[i]));
        add(at.value, &at.gradient, &at.hessian.each_ref().map(|row| &row[..]), variables);
    }
    for (weight, variables) in &weights {
        let at = weight.value_gradient_and_hessian(&variables.map(|i| x[i]));
        add(at.value, &at.gradient, &at.hessian.each_ref().map(|row| &row[..]), variables);
    }

    let sum = TermSum::new(50, (&springs, &weights[..])).unwrap();
    let projected = |x: &[f64]| {
        let at = sum.value_gradient_and_projected_hessian(x, Projection::Absolute).unwrap();
        bits(at.hessian.values())
    };
    let expected = projected(&x);
    assert_eq!(sum.call(&x).to_bits(), value.to_bits());
    InstructionSet::in_each(|set| {
        let at = sum.value_gradient_and_hessian(&x).unwrap();
        assert_eq!(at.value.to_bits(), value.to_bits(), "{set:?}");
        assert_eq!(bits(&at.gradient), bits(&gradient), "{set:?}");
        assert_eq!(bits(&at.hessian.to_dense().concat()), bits(&hessian.concat()), "{set:?}");
        assert_eq!(sum.value(&x).unwrap().to_bits(), value.to_bits(), "{set:?}");
        assert_eq!(projected(&x), expected, "{set:?}");
        let (v, g) = sum.value_and_gradient(&x).unwrap();
        assert_eq!((v.to_bits(), bits(&g)), (value.to_bits(), bits(&gradient)), "{set:?}");
    });
    // The lanes of dual numbers are independent, so the dense gradient is the same; only zeros may differ in sign.
    assert_eq!(Function::gradient(&sum, &x), gradient);
}

#[test]
fn the_energy_of_a_net_of_springs_has_the_derivatives_of_the_dense_drivers_and_of_differences() {
    let sum = TermSum::new(32, net(4, 0.9)).unwrap();
    let x = positions(4);
    let at = sum.value_gradient_and_hessian(&x).unwrap();
    let dense = Function::hessian(&sum, &x);
    assert_near(at.hessian.to_dense().iter().flatten(), &dense.concat(), 1e-14);

    let (v, h) = (numbers(32), 1e-5);
    let moved = |h: f64| -> Vec<f64> { x.iter().zip(&v).map(|(x, v)| x + h * v).collect() };
    let (ahead, behind) = (moved(h), moved(-h));
    let difference = (sum.value(&ahead).unwrap() - sum.value(&behind).unwrap()) / (2.0 * h);
    let slope: f64 = at.gradient.iter().zip(&v).map(|(g, v)| g * v).sum();
    assert_near([&slope], &[difference], 1e-9);
    let (ahead, behind) = (sum.gradient(&ahead).unwrap(), sum.gradient(&behind).unwrap());
    let differences: Vec<_> = ahead.iter().zip(&behind).map(|(a, b)| (a - b) / (2.0 * h)).collect();
    assert_near(&at.hessian.matvec(&v), &differences, 1e-8);
    sum.check_grads(&x, tangents::check::CheckOptions::order(2)).unwrap();
}

#[test]
fn the_pattern_has_all_pairs_that_interact_in_a_run_of_the_function() {
    let (sum, x) = (TermSum::new(32, net(4, 0.9)).unwrap(), positions(4));
    for traced in [sum.hessian_pattern(&x).unwrap(), sum.hessian_pattern_at(&x)] {
        assert!(traced.nnz() > 0 && traced.entries().all(|(i, j)| sum.pattern().contains(i, j)));
    }
    let problem = LeastSquares::new(9, each(valley(), (1..9).map(|i| [i - 1, i]))).unwrap();
    assert_eq!(problem.jacobian_pattern(), &Function::jacobian_pattern(&problem, &numbers(9)).unwrap());
}

#[test]
fn blocks_of_coordinates_follow_each_other() {
    assert_eq!(blocks::<3, _, 6>([2, 0]), [6, 7, 8, 0, 1, 2]);
    assert_eq!(blocks::<1, _, 2>([5, 3]), [5, 3]);
    assert_eq!(blocks::<2, 0, 0>([]), [0_usize; 0]);
    // What doesn't fit is no variable of any sum.
    assert_eq!(blocks::<2, _, 2>([usize::MAX / 2 + 1]), [usize::MAX; 2]);
}

#[test]
fn a_variable_may_be_in_a_term_more_than_once() {
    // x·y² + z at x = y = z is x³ + x.
    let f = lambda!(|x: [f64]| -> f64 { x[0] * x[1] * x[1] + x[2] });
    let sum = TermSum::new(3, vec![(f, [1, 1, 1]), (f, [1, 2, 1])]).unwrap();
    let at = sum.value_gradient_and_hessian(&[7.0, 2.0, 3.0]).unwrap();
    assert_eq!(at.value, 10.0 + 20.0);
    // The second term is x₁·x₂² + x₁.
    assert_eq!(at.gradient, [0.0, 13.0 + 10.0, 12.0]);
    assert_eq!(at.hessian.to_dense(), [[0.0, 0.0, 0.0], [0.0, 12.0, 6.0], [0.0, 6.0, 4.0]]);
    assert_eq!(sum.pattern(), &Pattern::from_entries((3, 3), [(1, 1), (1, 2), (2, 1), (2, 2)]).unwrap());

    let g = lambda!(|x: [f64]| -> [f64; 2] { [x[0] * x[1] + x[2], x[1]] });
    let problem = LeastSquares::new(3, vec![(g, [2, 2, 0])]).unwrap();
    let x = [1.0, 7.0, 3.0];
    assert_eq!(problem.jacobian(&x).unwrap().to_dense(), [[1.0, 0.0, 6.0], [0.0, 0.0, 1.0]]);
    let at = problem.value_gradient_and_gauss_newton(&x).unwrap();
    assert_eq!((at.value, at.gradient), (54.5, vec![10.0, 0.0, 63.0]));
    assert_eq!(at.gauss_newton.to_dense(), [[1.0, 0.0, 6.0], [0.0, 0.0, 0.0], [6.0, 0.0, 37.0]]);
}

#[test]
fn sums_of_nothing_are_zero() {
    let none: Vec<(Spring, [usize; 4])> = Vec::new();
    let sum = TermSum::new(2, &none).unwrap();
    let at = sum.value_gradient_and_hessian(&[1.0, 2.0]).unwrap();
    assert_eq!((at.value, at.gradient, at.hessian.pattern().nnz()), (0.0, vec![0.0; 2], 0));
    assert_eq!(at.hessian.to_dense(), [[0.0; 2]; 2]);
    let nowhere = TermSum::new(0, (&none, &none)).unwrap();
    assert_eq!(nowhere.value_and_gradient::<f64>(&[]).unwrap(), (0.0, vec![]));

    // A term of no variables is a constant.
    let constant = TermSum::new(1, [(lambda!(|_x: [f64]| -> f64 { T::lit(5.0) }), [0; 0])]).unwrap();
    let at = constant.value_gradient_and_hessian(&[1.0]).unwrap();
    assert_eq!((at.value, at.gradient, at.hessian.pattern().nnz()), (5.0, vec![0.0], 0));

    let unknown: Vec<(Spring, [usize; 4])> = Vec::new();
    let problem = LeastSquares::new(2, unknown).unwrap();
    assert_eq!(problem.residuals(&[1.0, 2.0]).unwrap(), [0.0; 0]);
    let at = problem.value_gradient_and_gauss_newton(&[1.0, 2.0]).unwrap();
    assert_eq!((at.value, at.gradient, at.gauss_newton.pattern().nnz()), (0.0, vec![0.0; 2], 0));
}

#[test]
fn one_term_of_all_variables_has_its_dense_derivatives() {
    let f = lambda!(|x: [f64]| -> f64 { (x[0] * x[1]).sin() * x[2].exp() });
    let x = [0.5, -1.5, 0.25];
    let dense = f.value_gradient_and_hessian(&x);
    let at = TermSum::new(3, [(f, [0, 1, 2])]).unwrap().value_gradient_and_hessian(&x).unwrap();
    assert_eq!((at.value, &at.gradient[..]), (dense.value, &dense.gradient[..]));
    assert_eq!(at.hessian.to_dense(), dense.hessian);
}

#[test]
fn a_term_may_have_more_variables_than_fit_on_the_stack() {
    let a = symmetric::<30>(0);
    let sum = TermSum::new(40, [(Quadratic(a), from_fn::<_, 30, _>(|i| 39 - i))]).unwrap();
    let at = sum.value_gradient_and_hessian(&[0.0; 40]).unwrap();
    assert_eq!((at.value, at.gradient), (0.0, vec![0.0; 40]));
    for (i, j, &entry) in at.hessian.triplets() {
        assert_eq!(entry, a[39 - i][39 - j]);
    }
    assert_eq!(at.hessian.pattern().nnz(), 900);
}

#[test]
fn wrong_indices_and_lengths_are_errors() {
    let terms = |last| vec![(valley(), [0, 1]), (valley(), [1, 2]), (valley(), [last, 0])];
    let wrong = SparseError::Variable { term: 4, variable: 3, variables: 3 };
    assert_eq!(
        TermSum::new(3, ((terms(1), vec![(valley(), [0, 3])]), terms(7))).unwrap_err(),
        SparseError::Variable { term: 3, variable: 3, variables: 3 }
    );
    assert_eq!(
        TermSum::new(3, (vec![(Spring { stiffness: 1.0, rest: 1.0 }, [0, 1, 2, 0])], [(valley(), [2, 1])]))
            .map(|s| s.variables()),
        Ok(3)
    );
    assert_eq!(
        LeastSquares::new(3, (terms(1), vec![(valley(), [0, 1]), (valley(), [3, 9])])).unwrap_err(),
        wrong
    );
    assert_eq!(wrong.to_string(), "the term 4 has the variable 3, but there are 3, counted from 0");

    let length = |what, expected, found| SparseError::Shape(Error::Length { what, expected, found });
    let sum = TermSum::new(3, terms(2)).unwrap();
    let point = length("point", 3, 2);
    assert_eq!(sum.value(&[0.0; 2]).unwrap_err(), point);
    assert_eq!(sum.gradient(&[0.0; 2]).unwrap_err(), point);
    assert_eq!(sum.hessian(&[0.0; 2]).unwrap_err(), point);
    let projection = Projection::Absolute;
    assert_eq!(sum.value_gradient_and_projected_hessian(&[0.0; 2], projection).unwrap_err(), point);
    let x = [0.5; 3];
    assert_eq!(sum.value_and_gradient_into(&x, &mut [0.0; 4]).unwrap_err(), length("gradient", 3, 4));
    let into = |g: &mut [f64], h: &mut [f64]| sum.value_gradient_and_hessian_into(&x, g, h).unwrap_err();
    assert_eq!(into(&mut [0.0; 2], &mut [0.0; 9]), length("gradient", 3, 2));
    assert_eq!(into(&mut [0.0; 3], &mut [0.0; 8]), length("values", 9, 8));

    let problem = LeastSquares::new(3, terms(2)).unwrap();
    assert_eq!(problem.value(&[0.0; 4]).unwrap_err(), length("point", 3, 4));
    assert_eq!(problem.residuals_into(&x, &mut [0.0; 2]).unwrap_err(), length("residuals", 3, 2));
    let into = |r: &mut [f64], j: &mut [f64]| problem.residuals_and_jacobian_into(&x, r, j).unwrap_err();
    assert_eq!(into(&mut [0.0; 3], &mut [0.0; 7]), length("values", 6, 7));
    let into =
        |g: &mut [f64], h: &mut [f64]| problem.value_gradient_and_gauss_newton_into(&x, g, h).unwrap_err();
    assert_eq!(into(&mut [0.0; 3], &mut [0.0; 6]), length("values", 9, 6));
}

#[test]
fn other_terms_take_the_place_of_those_with_the_same_variables_only() {
    let x = positions(4);
    let sum = TermSum::new(32, net(4, 0.9)).unwrap();
    let (other, anew) = (sum.with_terms(net(4, 2.5)).unwrap(), TermSum::new(32, net(4, 2.5)).unwrap());
    assert_eq!(other.value_gradient_and_hessian(&x), anew.value_gradient_and_hessian(&x));
    assert_ne!(other.value(&x), sum.value(&x));
    let (springs, weights) = net(4, 0.9);
    assert!(sum.with_terms((&springs[..7], (&springs[7..], &weights))).is_ok());
    let at = |term| SparseError::OtherTerm { term };
    assert_eq!(sum.with_terms(&springs).unwrap_err(), at(springs.len()));
    assert_eq!(
        sum.with_terms((&springs, &weights, &weights)).unwrap_err(),
        at(springs.len() + weights.len())
    );
    let mut swapped = springs.clone();
    swapped[3].1.swap(0, 2);
    assert_eq!(sum.with_terms((swapped, &weights)).unwrap_err(), at(3));

    let pairs = |i: usize| vec![(valley(), [0, 1]), (valley(), [i, 1])];
    let problem = LeastSquares::new(3, pairs(2)).unwrap();
    let twice = lambda!(|x: [f64]| -> f64 { x[0] + T::lit(2.0) * x[1] });
    let other = problem.with_blocks(vec![(twice, [0, 1]), (twice, [2, 1])]).unwrap();
    assert_eq!(other.residuals(&[1.0, 2.0, 3.0]).unwrap(), [5.0, 7.0]);
    assert_eq!(problem.with_blocks(pairs(1)).unwrap_err(), at(1));
    let two = lambda!(|x: [f64]| -> [f64; 2] { [x[0], x[1]] });
    assert_eq!(problem.with_blocks((pairs(2)[..1].to_vec(), vec![(two, [2, 1])])).unwrap_err(), at(1));
}

#[test]
fn a_sum_computes_in_single_precision_and_on_numbers_with_derivatives() {
    let n = 20;
    let (sum, x) = (rosenbrock(n), numbers(n));
    #[allow(clippy::cast_possible_truncation)]
    let single: Vec<f32> = x.iter().map(|&x| x as f32).collect();
    let (at, of_single) =
        (sum.value_gradient_and_hessian(&x).unwrap(), sum.value_gradient_and_hessian(&single).unwrap());
    assert_near([&f64::from(of_single.value)], &[at.value], 1e-6);
    let doubled = |numbers: &[f32]| numbers.iter().map(|&x| f64::from(x)).collect::<Vec<_>>();
    assert_near(&doubled(&of_single.gradient), &at.gradient, 1e-6);
    assert_near(&doubled(of_single.hessian.values()), at.hessian.values(), 1e-6);

    // The derivative of the gradient along v is H·v.
    let v = numbers(2 * n)[n..].to_vec();
    let along: Vec<_> = x.iter().zip(&v).map(|(&x, &v)| Dual::new(x, [v])).collect();
    let gradient = sum.gradient(&along).unwrap();
    assert_eq!(gradient.iter().map(|g| g.re).collect::<Vec<_>>(), at.gradient);
    assert_near(gradient.iter().map(|g| &g.eps[0]), &at.hessian.matvec(&v), 1e-15);
    assert_near(&Function::hvp(&sum, &x, &v), &at.hessian.matvec(&v), 1e-15);
}

#[test]
fn evaluation_asks_for_no_memory_and_new_results_for_their_own() {
    let (sum, x) = (TermSum::new(50, net(5, 1.2)).unwrap(), positions(5));
    let (mut g, mut h) = (vec![0.0; 50], vec![0.0; sum.pattern().nnz()]);
    assert_eq!(allocations(|| sum.value(&x).unwrap()), 0);
    assert_eq!(allocations(|| sum.value_and_gradient_into(&x, &mut g).unwrap()), 0);
    assert_eq!(allocations(|| sum.value_gradient_and_hessian_into(&x, &mut g, &mut h).unwrap()), 0);
    let projected =
        || sum.value_gradient_and_projected_hessian_into(&x, Projection::Clamp(0.0), &mut g, &mut h).unwrap();
    assert_eq!(allocations(projected), 0);
    assert_eq!(allocations(|| sum.value_gradient_and_hessian(&x).unwrap()), 2);

    let problem = LeastSquares::new(9, each(valley(), (1..9).map(|i| [i - 1, i]))).unwrap();
    let (x, mut g, mut r) = (numbers(9), vec![0.0; 9], vec![0.0; 8]);
    let mut j = vec![0.0; problem.jacobian_pattern().nnz()];
    let mut h = vec![0.0; problem.gauss_newton_pattern().nnz()];
    assert_eq!(allocations(|| problem.residuals_into(&x, &mut r).unwrap()), 0);
    assert_eq!(allocations(|| problem.residuals_and_jacobian_into(&x, &mut r, &mut j).unwrap()), 0);
    assert_eq!(allocations(|| problem.value_gradient_and_gauss_newton_into(&x, &mut g, &mut h).unwrap()), 0);
}

#[test]
fn sums_can_be_shared_between_threads() {
    let (sum, x) = (rosenbrock(50), numbers(50));
    let here = sum.hessian(&x).unwrap();
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..2).map(|_| scope.spawn(|| sum.hessian(&x).unwrap())).collect();
        for other in others {
            assert_eq!(other.join().unwrap(), here);
        }
    });
}

/// `JᵀJ`, dense.
fn normal(j: &[Vec<f64>], n: usize) -> Vec<f64> {
    let entry = |i: usize| j.iter().map(|row| row[i / n] * row[i % n]).sum();
    (0..n * n).map(entry).collect()
}

#[test]
fn least_squares_have_the_matrices_of_the_dense_jacobian() {
    let pair = lambda!(|x: [f64]| -> [f64; 3] { [x[0] * x[1], x[0] - x[1].sin(), x[1].exp()] });
    let single = lambda!(|x: [f64]| -> f64 { x[0].powi(2) - T::lit(0.5) });
    let n = 7;
    let blocks = (each(pair, (0..n).map(|i| [(3 * i + 2) % n, i])), each(single, (0..n).map(|i| [i])));
    let (problem, x) = (LeastSquares::new(n, blocks).unwrap(), numbers(n));

    let (r, j) = problem.residuals_and_jacobian(&x).unwrap();
    let dense = Function::jacobian(&problem, &x);
    assert_eq!((r.len(), j.rows()), (4 * n, 4 * n));
    assert_eq!((&r, j.to_dense()), (&problem.call(&x), dense.clone()));
    assert_eq!(problem.residuals(&x).unwrap(), r);
    assert_eq!(problem.jacobian(&x).unwrap(), j);

    let at = problem.value_gradient_and_gauss_newton(&x).unwrap();
    assert_eq!(at.value, 0.5 * f64::sum(r.iter().map(|r| r * r)));
    let gradient: Vec<f64> = (0..n).map(|i| dense.iter().zip(&r).map(|(row, r)| row[i] * r).sum()).collect();
    assert_near(&at.gradient, &gradient, 1e-15);
    assert_near(at.gauss_newton.to_dense().iter().flatten(), &normal(&dense, n), 1e-15);
    at.gauss_newton.pattern().check_symmetric().unwrap();
    for (i, k, value) in at.gauss_newton.triplets() {
        assert_eq!(at.gauss_newton.get(k, i), Some(value));
    }
    assert_eq!(problem.value(&x).unwrap(), at.value);
    assert_eq!(problem.value_and_gradient(&x).unwrap(), (at.value, at.gradient));
}

/// The error of an observed point's image, of a camera (angle-axis, translation, focal length, distortion) and a point.
#[derive(Clone, Copy)]
struct Observation([f64; 2]);

impl Function for Observation {
    type From = [f64];
    type To = [f64; 2];

    #[inline(always)]
    fn call<T: Number>(&self, x: &[T]) -> [T; 2] {
        let [w, p]: [[T; 3]; 2] = [from_fn(|i| x[i]), from_fn(|i| x[9 + i])];
        let cross = |a: [T; 3], b: [T; 3]| {
            from_fn(|i| a[(i + 1) % 3] * b[(i + 2) % 3] - a[(i + 2) % 3] * b[(i + 1) % 3])
        };
        let angle = T::norm(&w);
        let axis = w.map(|w| w / angle);
        let (sin, cos) = angle.sin_cos();
        let turned: [T; 3] = cross(axis, p);
        let along = (axis[0] * p[0] + axis[1] * p[1] + axis[2] * p[2]) * (T::one() - cos);
        let [a, b, depth]: [T; 3] = from_fn(|i| p[i] * cos + turned[i] * sin + axis[i] * along + x[3 + i]);
        let image = [-a / depth, -b / depth];
        let square = image[0] * image[0] + image[1] * image[1];
        let scale = x[6] * (T::one() + x[7] * square + x[8] * square * square);
        from_fn(|i| scale * image[i] - T::lit(self.0[i]))
    }
}

#[test]
fn a_bundle_adjustment_is_that_of_the_references() {
    let file = text("gradbench/bal_dubrovnik_3_7.txt");
    let mut words = file.split_whitespace();
    let [cameras, points, observations] = from_fn(|_| words.next().unwrap().parse::<usize>().unwrap());
    let blocks: Vec<(_, [usize; 12])> = (0..observations)
        .map(|_| {
            let [camera, point] = from_fn(|_| words.next().unwrap().parse::<usize>().unwrap());
            let observed = from_fn(|_| words.next().unwrap().parse().unwrap());
            let variable = |i| if i < 9 { 9 * camera + i } else { 9 * cameras + 3 * point + i - 9 };
            (Observation(observed), from_fn(variable))
        })
        .collect();
    let x: Vec<f64> = words.map(|word| word.parse().unwrap()).collect();
    let n = 9 * cameras + 3 * points;
    let problem = LeastSquares::new(n, &blocks).unwrap();

    let reference = json("gradbench/bal.json");
    let at = problem.value_gradient_and_gauss_newton(&x).unwrap();
    assert_near([&at.value], &[number(&reference["cost_half_sumsq"])], 1e-12);
    let (r, j) = problem.residuals_and_jacobian(&x).unwrap();
    assert_near(&r, &vector(&reference["residuals"]), 1e-12);
    let (mut dense, mut gradient) = (vec![vec![0.0; n]; r.len()], vec![0.0; n]);
    for (block, (_, variables)) in blocks.iter().enumerate() {
        let expected: [f64; 24] = array(&reference["jac_blocks"][block]);
        for row in 0..2 {
            let expected = &expected[12 * row..][..12];
            assert_near(variables.iter().map(|&i| j.get(2 * block + row, i).unwrap()), expected, 1e-13);
            for (&i, expected) in variables.iter().zip(expected) {
                dense[2 * block + row][i] = *expected;
                gradient[i] += expected * number(&reference["residuals"][2 * block + row]);
            }
        }
    }
    assert_eq!(j.pattern().nnz(), 24 * observations);
    assert_near(&at.gradient, &gradient, 1e-12);
    assert_near(at.gauss_newton.to_dense().iter().flatten(), &normal(&dense, n), 1e-12);
}

/// `½·xᵀ·A·x` with the symmetric matrix A.
#[derive(Clone, Copy)]
struct Quadratic<const M: usize>([[f64; M]; M]);

impl<const M: usize> Function for Quadratic<M> {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        let row = |row: &[f64; M]| T::sum(row.iter().zip(x).map(|(&a, &x)| T::lit(a) * x));
        T::lit(0.5) * T::sum(self.0.iter().zip(x).map(|(a, &x)| x * row(a)))
    }
}

/// The projection of A, as the Hessian of a sum of one term.
fn projected<const M: usize>(a: [[f64; M]; M], projection: Projection) -> Vec<Vec<f64>> {
    let sum = TermSum::new(M, [(Quadratic(a), from_fn::<_, M, _>(|i| i))]).unwrap();
    let at = sum.value_gradient_and_projected_hessian(&[0.0; M], projection).unwrap();
    at.hessian.to_dense()
}

/// A symmetric matrix without a pattern, of rank at most M − `lacking`.
fn symmetric<const M: usize>(lacking: usize) -> [[f64; M]; M] {
    let b = numbers(M * M);
    let entry = |i: usize, j: usize| -> f64 {
        (lacking..M).map(|k| b[i * M + k] * b[j * M + k] * if k % 2 == 0 { 1.0 } else { -0.75 }).sum()
    };
    from_fn(|i| from_fn(|j| entry(i.min(j), i.max(j))))
}

/// Whether all eigenvalues of a symmetric matrix are above `least`: by elimination, whose pivots are positive then.
fn is_above(least: f64, a: &[Vec<f64>]) -> bool {
    let mut a = a.to_vec();
    (0..a.len()).for_each(|i| a[i][i] -= least);
    for k in 0..a.len() {
        let (before, below) = a.split_at_mut(k + 1);
        let pivot = &before[k];
        if pivot[k] <= 0.0 {
            return false;
        }
        for row in below {
            let factor = row[k] / pivot[k];
            row.iter_mut().zip(pivot).skip(k).for_each(|(x, p)| *x -= factor * p);
        }
    }
    true
}

fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let entry = |row: &Vec<f64>, j: usize| row.iter().zip(b).map(|(a, b)| a * b[j]).sum();
    a.iter().map(|row| (0..row.len()).map(|j| entry(row, j)).collect()).collect()
}

fn minus(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let row = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).map(|(a, b)| a - b).collect();
    a.iter().zip(b).map(row).collect()
}

/// By Moreau's theorem a matrix A is the difference of two positive semidefinite ones, P and N, with P·N = 0, in one way only: that
/// P is the projection.
fn assert_projects<const M: usize>(a: [[f64; M]; M]) {
    // Eigenvalues and eigenvectors are known up to some roundings of the norm.
    let norm = a.iter().map(|row| row.iter().map(|x| x.abs()).sum()).fold(0.0, f64::max);
    let tolerance = 1e-15 * norm * f64::from(u32::try_from(4 * M).unwrap());
    let dense = a.map(|row| row.to_vec());
    let p = projected(a, Projection::Clamp(0.0));
    let n = minus(&p, &dense);
    // Zero itself has no eigenvalue above zero.
    let least = -tolerance - f64::MIN_POSITIVE;
    assert!(is_above(least, &p) && is_above(least, &n), "{M}");
    assert!(product(&p, &n).iter().flatten().all(|x| x.abs() <= tolerance * norm), "{M}");

    // |A| = P + N.
    let absolute = projected(a, Projection::Absolute);
    let difference = minus(&minus(&absolute, &p), &n);
    assert!(difference.iter().flatten().all(|x| x.abs() <= tolerance), "{M}");

    // max(λ, ε) = ε + max(λ − ε, 0).
    let clamped = projected(a, Projection::Clamp(0.25));
    let shifted = projected::<M>(
        from_fn(|i| from_fn(|j| a[i][j] - if i == j { 0.25 } else { 0.0 })),
        Projection::Clamp(0.0),
    );
    let mut difference = minus(&clamped, &shifted);
    (0..M).for_each(|i| difference[i][i] -= 0.25);
    assert!(difference.iter().flatten().all(|x| x.abs() <= tolerance), "{M}");

    for projection in [p, absolute, clamped] {
        assert!((0..M * M).all(|i| projection[i / M][i % M] == projection[i % M][i / M]), "{M}");
    }
}

#[test]
fn hessians_of_terms_are_projected_to_the_nearest_semidefinite_matrix() {
    assert_projects([[-2.0]]);
    assert_eq!(projected([[-2.0]], Projection::Clamp(0.0)), [[0.0]]);
    assert_eq!(projected([[-2.0]], Projection::Clamp(1e-9)), [[1e-9]]);
    assert_eq!(projected([[-2.0]], Projection::Absolute), [[2.0]]);
    assert_projects([[0.0, 1.0], [1.0, 0.0]]);
    assert_projects([[1e-9, 1.0], [1.0, -3.0]]);
    assert_projects([[0.0; 3]; 3]);
    assert_projects(symmetric::<2>(0));
    assert_projects(symmetric::<4>(0));
    assert_projects(symmetric::<4>(2));
    assert_projects(symmetric::<12>(0));
    assert_projects(symmetric::<12>(5));
}

#[test]
fn projections_are_those_of_another_crates_eigenvalues() {
    use nalgebra::{DMatrix, SymmetricEigen};

    fn assert_same<const M: usize>(a: [[f64; M]; M]) {
        let eigen = SymmetricEigen::new(DMatrix::from_fn(M, M, |i, j| a[i][j]));
        let with = |f: fn(f64) -> f64| {
            let v = &eigen.eigenvectors;
            (v * DMatrix::from_diagonal(&eigen.eigenvalues.map(f)) * v.transpose()).as_slice().to_vec()
        };
        let found = |projection| projected(a, projection).concat();
        assert_near(&found(Projection::Clamp(0.0)), &with(|x| x.max(0.0)), 1e-13);
        assert_near(&found(Projection::Clamp(0.5)), &with(|x| x.max(0.5)), 1e-13);
        assert_near(&found(Projection::Absolute), &with(f64::abs), 1e-13);
    }
    assert_same(symmetric::<3>(0));
    assert_same(symmetric::<6>(1));
    assert_same(symmetric::<9>(4));
    assert_same(symmetric::<12>(0));
}

#[test]
fn a_projection_leaves_what_is_definite_and_makes_nan_of_what_isnt_finite() {
    let definite = [[2.0, 1.0, 0.1], [1.0, 2.0, 0.3], [0.1, 0.3, 0.5]];
    assert_eq!(projected(definite, Projection::Clamp(1e-9)), definite);
    assert_eq!(projected(definite, Projection::Absolute), definite);
    for infinite in [f64::NAN, f64::INFINITY] {
        let p = projected([[1.0, 0.0], [0.0, infinite]], Projection::Clamp(0.0));
        assert!(p.iter().flatten().all(|x| x.is_nan()));
    }
    // Nothing can be said of an unknown bound.
    let unknown = projected([[1.0, 0.0], [0.0, 1.0]], Projection::Clamp(f64::NAN));
    assert!(unknown.iter().flatten().all(|x| x.is_nan()));
    // Neither small nor large numbers get lost.
    for scale in [1e-300, 1e300] {
        let p = projected([[0.0, scale], [scale, 0.0]], Projection::Clamp(0.0));
        assert_near(&p.concat(), &[0.5 * scale; 4], 1e-15);
    }
}

#[test]
fn a_sum_of_projected_hessians_is_semidefinite_where_the_hessian_isnt() {
    // Compressed springs.
    let (side, n) = (4, 32);
    let (sum, x) = (TermSum::new(n, net(side, 3.0)).unwrap(), positions(side));
    let at = sum.value_gradient_and_hessian(&x).unwrap();
    assert!(!is_above(-1e-2, &at.hessian.to_dense()));
    for projection in [Projection::Clamp(0.0), Projection::Clamp(1e-6), Projection::Absolute] {
        let projected = sum.value_gradient_and_projected_hessian(&x, projection).unwrap();
        assert_eq!((projected.value, &projected.gradient), (at.value, &at.gradient));
        let least = if projection == Projection::Clamp(1e-6) { 1e-7 } else { -1e-12 };
        assert!(is_above(least, &projected.hessian.to_dense()), "{projection:?}");
    }

    // Single precision.
    #[allow(clippy::cast_possible_truncation)]
    let x: Vec<f32> = x.iter().map(|&x| x as f32).collect();
    let at = sum.value_gradient_and_projected_hessian(&x, Projection::Absolute).unwrap();
    let dense: Vec<Vec<_>> =
        at.hessian.to_dense().iter().map(|row| row.iter().map(|&x| f64::from(x)).collect()).collect();
    assert!(is_above(-1e-4, &dense));
}

/// A residual that branches.
#[derive(Clone, Copy)]
struct Either;

impl Function for Either {
    type From = [f64];
    type To = [f64; 1];

    fn call<T: Number>(&self, x: &[T]) -> [T; 1] {
        [if x[0] > T::zero() { x[0] } else { x[1] }]
    }
}

#[test]
fn as_functions_sums_and_problems_have_their_own_sparse_derivatives() {
    let n = 200;
    let terms: Vec<_> = (1..n).map(|i| (valley(), [i - 1, i])).collect();
    let sum = TermSum::new(n, terms).unwrap();
    let x = numbers(n);
    let own = sum.value_gradient_and_hessian(&x).unwrap();
    let as_function = Function::value_gradient_and_sparse_hessian(&sum, &x);
    assert_eq!((as_function.value, &as_function.gradient), (own.value, &own.gradient));
    assert_eq!(as_function.hessian, own.hessian);
    assert_eq!(sum.sparse_hessian(&x), own.hessian);
    assert_eq!(&Function::hessian_pattern(&sum, &x).unwrap(), sum.pattern());

    // Behind a pointer too: a term that branches has no pattern that a run could find for all points.
    let branch = lambda!(|x: [f64]| -> f64 { if x[0] > T::zero() { x[0] * x[1] } else { x[1].powi(3) } });
    let branches = Box::new(TermSum::new(2, vec![(branch, [0, 1])]).unwrap());
    assert_eq!(Function::hessian_pattern(&branches, &[1.0, 2.0]).as_ref(), Ok(branches.pattern()));
    let by_terms = Function::sparse_hessian(&&branches, &[1.0, 2.0]);
    assert_eq!((by_terms.nnz(), by_terms.get(0, 1), by_terms.get(1, 1)), (4, Some(&1.0), Some(&0.0)));

    let problem = std::rc::Rc::new(LeastSquares::new(2, vec![(Either, [0, 1])]).unwrap());
    assert_eq!(Function::jacobian_pattern(&problem, &[1.0, 2.0]).unwrap().nnz(), 2);
    assert_eq!(problem.sparse_jacobian(&[1.0, 2.0]).values(), [1.0, 0.0]);
}
