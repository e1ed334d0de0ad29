//! Jacobians.

use tangents::function::InstructionSet;
use tangents::sparse::{Coloring, JacobianPlan, Layout, Order, Pattern, SparseWorkspace};
use tangents::{Dual, Function, Number, lambda};

use super::{assert_near, bits, dense_bits, numbers, random_pattern, reference, sparse_bits};
use crate::data;
use crate::problems::Field;

/// A function of which row i is a function of the variables of row i of a pattern, without structure that rows share.
struct Tangle<'a>(&'a Pattern);

impl Function for Tangle<'_> {
    type From = [f64];
    type To = Vec<f64>;

    #[inline(always)]
    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        let row = |i: usize| {
            self.0.row(i).iter().fold(T::lit(0.5), |sum, &j| match (i + j) % 4 {
                0 => sum * x[j] + x[j].sin(),
                1 => sum / (x[j] * x[j] + T::one()) - x[j],
                2 => sum + (x[j] * sum).tanh(),
                _ => (sum - x[j]).exp().sqrt() * x[j],
            })
        };
        (0..self.0.rows()).map(row).collect()
    }
}

#[test]
fn every_entry_is_the_dense_one_in_every_set_width_and_layout() {
    for (rows, columns, per_row, seed) in [(9, 7, 2, 1), (40, 33, 3, 2), (25, 60, 9, 3), (30, 30, 22, 4)] {
        let pattern = random_pattern(rows, columns, per_row, seed);
        let (f, x) = (Tangle(&pattern), numbers(columns));
        let (value, dense) = f.value_and_jacobian(&x);
        let expected = dense_bits(&pattern, &dense);
        let natural = Coloring::of_columns(&pattern, Order::Natural);
        let plan = JacobianPlan::new(pattern.clone(), natural).unwrap();
        let mut workspace = SparseWorkspace::new();
        InstructionSet::in_each(|set| {
            for lanes in [4, 8, 16] {
                for layout in [Layout::Rows, Layout::Columns] {
                    let plan = plan.clone().with_lanes(lanes).unwrap().with_layout(layout);
                    let (found, jacobian) = plan.value_and_jacobian(&f, &x).unwrap();
                    assert_eq!(found, value);
                    assert_eq!((jacobian.layout(), plan.lanes()), (layout, lanes));
                    assert_eq!(sparse_bits(&jacobian), expected, "{set:?}, {lanes} lanes, {layout:?}");

                    // Twice at the point, and at another one between: nothing of a call is left for the next.
                    let (mut into, mut values) = (vec![f64::NAN; rows], vec![f64::NAN; pattern.nnz()]);
                    for x in [&x, &vec![0.25; columns], &x] {
                        plan.value_and_jacobian_into(&f, x, &mut into, &mut values, &mut workspace).unwrap();
                    }
                    assert_eq!((&into, &values[..]), (&value, jacobian.values()));
                }
            }
        });
    }
}

/// Long rows and short ones, of which the long ones are evaluated apart.
#[test]
fn dense_rows_are_the_dense_ones_in_every_set_and_layout() {
    let n = 70;
    let long = (0..n).filter(|j| j % 3 < 2).flat_map(|j| [(0, j), (5, j)]).chain((40..n).map(|j| (n, j)));
    let short = (0..n).flat_map(|i| [(i + 1, i), (i + 1, (i * 7 + 3) % n)]);
    let pattern = Pattern::from_entries((n + 1, n), long.chain(short)).unwrap();
    let (f, x) = (Tangle(&pattern), numbers(n));
    let (value, dense) = f.value_and_jacobian(&x);
    let coloring = Coloring::of_columns(&pattern.without_rows(&[0, 5, n]), Order::Natural);
    assert!(coloring.count() <= 5);
    let plan = JacobianPlan::with_dense_rows(pattern.clone(), &[n, 0, 5], coloring).unwrap();
    assert_eq!(plan.dense_rows(), [0, 5, n]);
    let mut workspace = SparseWorkspace::new();
    InstructionSet::in_each(|set| {
        for layout in [Layout::Rows, Layout::Columns] {
            let plan = plan.clone().with_layout(layout);
            let (found, jacobian) = plan.value_and_jacobian(&f, &x).unwrap();
            assert_eq!(found, value);
            assert_eq!(sparse_bits(&jacobian), dense_bits(&pattern, &dense), "{set:?}, {layout:?}");
            let mut values = vec![f64::NAN; pattern.nnz()];
            plan.jacobian_into(&f, &x, &mut values, &mut workspace).unwrap();
            assert_eq!(values, jacobian.values());
        }
    });
}

#[test]
fn classical_jacobians_are_those_of_the_references() {
    let file = data::json("sparse/jacobians.json");
    for problem in data::list(&file["problems"]) {
        let name = data::string(&problem["name"]);
        let (m, n) = (data::count(&problem["m"]), data::count(&problem["n"]));
        let (f, x) = (Field(name), data::vector(&problem["x"]));
        let (value, jacobian) = f.value_and_sparse_jacobian(&x);
        assert_near(name, &[value], &[data::vector(&problem["f"])], 1e-13);
        assert_near(name, &jacobian.to_dense(), &reference(problem, m, n), 1e-13);
        assert_eq!(jacobian.nnz(), data::count(&problem["nnz"]), "{name}");
        assert_eq!(sparse_bits(&jacobian), dense_bits(jacobian.pattern(), &f.jacobian(&x)), "{name}");
    }
}

#[test]
fn points_and_results_are_of_any_kind() {
    // Columns are the coordinates in order, rows the numbers of the result in order.
    let f = lambda!(|x: (Vec<f64>, [f64; 2])| -> (f64, Vec<[f64; 2]>) {
        let (a, b) = x;
        (a[0] * b[1], a.iter().map(|&a| [a * a, b[0]]).collect())
    });
    let x = (vec![2.0, 3.0], [5.0, 7.0]);
    let ((first, rest), jacobian) = f.value_and_sparse_jacobian(&x);
    assert_eq!((first, rest), (14.0, vec![[4.0, 5.0], [9.0, 5.0]]));
    assert_eq!(
        jacobian.to_dense(),
        [
            [7.0, 0.0, 0.0, 2.0],
            [4.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 1.0, 0.0],
            [0.0, 6.0, 0.0, 0.0],
            [0.0, 0.0, 1.0, 0.0]
        ]
    );
    let square = lambda!(|x: f64| -> f64 { x * x });
    assert_eq!(square.sparse_jacobian(&3.0).to_dense(), [[6.0]]);
    assert_eq!(square.sparse_jacobian(&3.0_f32).to_dense(), [[6.0_f32]]);
    // On numbers with derivatives of their own, an entry has its derivative.
    let nested = square.sparse_jacobian(&Dual::<f64, 1>::variable(3.0, 0));
    assert_eq!((nested.values()[0].re, nested.values()[0].eps), (6.0, [2.0]));
}

#[test]
fn matrices_without_entries_have_values() {
    let constant = lambda!(|x: [f64]| -> [f64; 2] { [T::lit(2.0), x[0].floor()] });
    let (value, jacobian) = constant.value_and_sparse_jacobian(&[1.5]);
    assert_eq!((value, jacobian.nnz()), ([2.0, 1.0], 0));
    let nothing = lambda!(|x: [f64]| -> Vec<f64> { x.to_vec() });
    let (value, jacobian) = nothing.value_and_sparse_jacobian(&[0.0; 0]);
    assert_eq!((value.len(), jacobian.rows(), jacobian.columns()), (0, 0, 0));
}

/// What shares a lane with an infinite derivative isn't touched by it.
#[test]
fn an_infinite_derivative_stays_in_its_row() {
    let roots = lambda!(|x: [f64]| -> Vec<f64> { x.iter().map(|x| x.sqrt()).collect() });
    let jacobian = roots.sparse_jacobian(&[0.0, 4.0, 0.0, 16.0]);
    assert_eq!(jacobian.values(), [f64::INFINITY, 0.25, f64::INFINITY, 0.125]);
}

#[test]
fn a_plan_is_shared_between_threads() {
    let pattern = random_pattern(50, 40, 4, 7);
    let (f, x) = (Tangle(&pattern), numbers(40));
    let plan = JacobianPlan::from_pattern(pattern.clone()).unwrap();
    let expected = plan.jacobian(&f, &x).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let (mut values, mut workspace) = (vec![0.0; plan.nnz()], SparseWorkspace::new());
                plan.jacobian_into(&f, &x, &mut values, &mut workspace).unwrap();
                assert_eq!(values, expected.values());
            });
        }
    });
}

/// One workspace for two plans of one width, whose seeds differ.
#[test]
fn plans_take_turns_in_a_workspace() {
    let squares = lambda!(|x: [f64]| -> Vec<f64> { x.iter().map(|&x| x * x).collect() });
    let pattern = Pattern::from_entries((3, 3), (0..3).map(|i| (i, i))).unwrap();
    let colors = [vec![0, 0, 0], vec![0, 1, 2]];
    let plans = colors.map(|colors| JacobianPlan::new(pattern.clone(), Coloring::new(colors)).unwrap());
    let mut workspace = SparseWorkspace::new();
    for plan in plans.iter().chain(&plans) {
        let mut values = [f64::NAN; 3];
        plan.jacobian_into(&squares, &[1.0, 2.0, 3.0], &mut values, &mut workspace).unwrap();
        assert_eq!(values.map(bits), [2.0, 4.0, 6.0].map(bits));
    }
}
