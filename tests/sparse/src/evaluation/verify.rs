//! Patterns compared with functions.

use tangents::random::Key;
use tangents::sparse::{Coloring, HessianPlan, JacobianPlan, Order, Pattern, SparseError};
use tangents::{Function, lambda};

use crate::data;
use crate::problems::{Energy, Field};

/// The pattern without its entry k, or without that and its mirror image.
fn without(pattern: &Pattern, k: usize, symmetric: bool) -> (Pattern, (usize, usize)) {
    let (i, j) = pattern.entries().nth(k).unwrap();
    let rest = pattern.entries().filter(|&e| e != (i, j) && !(symmetric && e == (j, i)));
    (Pattern::from_entries((pattern.rows(), pattern.columns()), rest.collect::<Vec<_>>()).unwrap(), (i, j))
}

#[test]
fn each_missing_entry_of_a_jacobian_is_named() {
    let file = data::json("sparse/jacobians.json");
    for name in ["broyden_banded_n20", "brusselator2d_N5", "arrow_n10"] {
        let problem = data::entry(&file["problems"], "name", name);
        let (f, x) = (Field(name), data::vector(&problem["x"]));
        let whole = f.jacobian_pattern(&x).unwrap();
        let plan = JacobianPlan::from_pattern(whole.clone()).unwrap();
        for seed in 0..5 {
            assert_eq!(plan.verify(&f, &x, Key::new(seed)), Ok(()), "{name}");
        }
        let dense = f.jacobian(&x);
        for k in (0..whole.nnz()).step_by(7) {
            let (pattern, (row, column)) = without(&whole, k, false);
            if dense[row][column] == 0.0 {
                continue;
            }
            let plan = JacobianPlan::from_pattern(pattern).unwrap();
            let missing = plan.verify(&f, &x, Key::new(137));
            assert_eq!(missing, Err(SparseError::Missing { row, column }), "{name}");
        }
    }
}

#[test]
fn each_missing_entry_of_a_hessian_is_named() {
    let file = data::json("sparse/hessians.json");
    for name in ["chained_wood_n12", "grid_5x5", "bipartite_3x4"] {
        let problem = data::entry(&file["problems"], "name", name);
        let (f, x) = (Energy(name), data::vector(&problem["x"]));
        let whole = f.hessian_pattern(&x).unwrap();
        assert_eq!(HessianPlan::from_pattern(whole.clone()).unwrap().verify(&f, &x, Key::new(0)), Ok(()));
        for k in (0..whole.nnz()).step_by(5) {
            let (pattern, (i, j)) = without(&whole, k, true);
            let (row, column) = (i.min(j), i.max(j));
            let acyclic = Coloring::acyclic(&pattern, Order::Natural).unwrap();
            let plans = [
                HessianPlan::from_pattern(pattern.clone()).unwrap(),
                HessianPlan::by_substitution(pattern, acyclic).unwrap(),
            ];
            for plan in plans {
                let missing = plan.verify(&f, &x, Key::new(137));
                assert_eq!(missing, Err(SparseError::Missing { row, column }), "{name}");
            }
        }
    }
}

/// What the page says can't be seen, and what is no error.
#[test]
fn what_cant_be_seen() {
    let verify = |f: &dyn Fn(&JacobianPlan) -> Result<(), SparseError>, entries: &[(usize, usize)]| {
        f(&JacobianPlan::from_pattern(Pattern::from_entries((1, 3), entries.to_vec()).unwrap()).unwrap())
    };
    let (key, row) = (Key::new(1), 0);
    let branch = lambda!(|x: [f64]| -> [f64; 1] { [if x[0] > T::zero() { x[0] * x[1] } else { x[2] }] });
    let at = |x: [f64; 3]| move |plan: &JacobianPlan| plan.verify(&branch, &x, key);
    assert_eq!(verify(&at([1.0, 2.0, 3.0]), &[(0, 0), (0, 1)]), Ok(()));
    assert_eq!(
        verify(&at([-1.0, 2.0, 3.0]), &[(0, 0), (0, 1)]),
        Err(SparseError::Missing { row, column: 2 })
    );
    // A derivative that happens to be zero, and one below the roundings of the others.
    assert_eq!(verify(&at([1.0, 0.0, 3.0]), &[(0, 1)]), Ok(()));
    let small = lambda!(|x: [f64]| -> [f64; 1] { [x[0] + T::lit(1e-18) * x[1]] });
    assert_eq!(verify(&|plan| plan.verify(&small, &[1.0; 3], key), &[(0, 0)]), Ok(()));
    // A value that isn't finite has NaN in every lane; a derivative that is NaN beside a finite value isn't zero.
    let pole = lambda!(|x: [f64]| -> [f64; 1] { [x[0] / x[1]] });
    assert_eq!(verify(&|plan| plan.verify(&pole, &[1.0, 0.0, 1.0], key), &[(0, 0), (0, 1)]), Ok(()));
    let root = lambda!(|x: [f64]| -> [f64; 1] { [x[0] + x[2].sqrt()] });
    let missing = verify(&|plan| plan.verify(&root, &[1.0, 0.0, 0.0], key), &[(0, 0)]);
    assert_eq!(missing, Err(SparseError::Missing { row, column: 2 }));
    // Too many entries are none too few.
    assert_eq!(verify(&at([1.0, 2.0, 3.0]), &[(0, 0), (0, 1), (0, 2)]), Ok(()));
}

/// A row whose large terms cancel differs by more than roundings, and isn't taken for one that lacks an entry.
#[test]
fn cancellation_is_no_missing_entry() {
    let f = lambda!(|x: [f64]| -> [f64; 1] {
        [(x[0] * T::lit(1e12) + x[1]) - x[0] * T::lit(1e12 / 3.0) * T::lit(3.0)]
    });
    let plan = JacobianPlan::from_pattern(Pattern::from_entries((1, 2), [(0, 0), (0, 1)]).unwrap()).unwrap();
    for seed in 0..50 {
        assert_eq!(plan.verify(&f, &[0.7, 0.3], Key::new(seed)), Ok(()));
    }
}
