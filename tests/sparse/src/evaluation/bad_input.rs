//! What doesn't fit is an error of its kind, and nothing is written then.

use tangents::sparse::{
    Coloring, HessianPlan, JacobianPlan, Layout, Pattern, SparseError, SparseMatrix, SparseWorkspace,
};
use tangents::{Error, lambda};

fn diagonal(n: usize) -> Pattern {
    Pattern::from_entries((n, n), (0..n).map(|i| (i, i))).unwrap()
}

fn length(what: &'static str, expected: usize, found: usize) -> SparseError {
    SparseError::Shape(Error::Length { what, expected, found })
}

#[test]
fn colours_that_dont_fit() {
    let pattern = Pattern::from_entries((2, 3), [(0, 0), (0, 2), (1, 1)]).unwrap();
    let plan = |colors| JacobianPlan::new(pattern.clone(), Coloring::new(colors));
    assert_eq!(plan(vec![0, 0, 0]).unwrap_err(), SparseError::Collision { first: 0, second: 2 });
    assert_eq!(plan(vec![0, 1]).unwrap_err(), length("colours", 3, 2));
    assert_eq!(plan(vec![0, 0, 1]).unwrap().coloring().count(), 2);
    let dense =
        |rows: &[usize]| JacobianPlan::with_dense_rows(pattern.clone(), rows, Coloring::new(vec![0, 0, 0]));
    assert_eq!(dense(&[2]).unwrap_err(), SparseError::NoSuchRow { row: 2 });
    assert_eq!(dense(&[0, 0]).unwrap().dense_rows(), [0]);
    assert_eq!(plan(vec![0, 0, 1]).unwrap().with_lanes(5).unwrap_err(), length("pass", 4, 5));

    let lower = Pattern::from_entries((2, 2), [(1, 0)]).unwrap();
    assert_eq!(HessianPlan::from_pattern(lower).unwrap_err(), SparseError::Asymmetric { row: 1, column: 0 });
    let shape = SparseError::Shape(Error::Shape { expected: 2, found: 3 });
    assert_eq!(HessianPlan::from_pattern(pattern.clone()).unwrap_err(), shape);
    let path = Pattern::from_entries((4, 4), [(0, 1), (1, 0), (1, 2), (2, 1), (2, 3), (3, 2)]).unwrap();
    let two = Coloring::new(vec![0, 1, 0, 1]);
    assert!(matches!(
        HessianPlan::new(path.clone(), two.clone()).unwrap_err(),
        SparseError::TwoColoredPath { .. }
    ));
    assert!(HessianPlan::by_substitution(path, two).is_ok());
}

#[test]
fn slices_and_points_of_another_length() {
    let squares = lambda!(|x: [f64]| -> Vec<f64> { x.iter().map(|&x| x * x).collect() });
    let plan = JacobianPlan::from_pattern(diagonal(3)).unwrap();
    let mut workspace = SparseWorkspace::new();
    let (mut value, mut values) = ([9.0; 3], [9.0; 3]);
    let x = [1.0; 3];
    assert_eq!(plan.jacobian(&squares, &[1.0; 2]).unwrap_err(), length("point", 3, 2));
    let mut into = |x: &[f64], value: &mut [f64], values: &mut [f64]| {
        plan.value_and_jacobian_into(&squares, x, value, values, &mut workspace)
    };
    assert_eq!(into(&x[1..], &mut value, &mut values), Err(length("point", 3, 2)));
    assert_eq!(into(&x, &mut value[1..], &mut values), Err(length("value", 3, 2)));
    assert_eq!(into(&x, &mut value, &mut values[1..]), Err(length("values", 3, 2)));
    assert_eq!((value, values), ([9.0; 3], [9.0; 3]));
    assert_eq!(into(&x, &mut value, &mut values), Ok(()));
    assert_eq!((value, values), ([1.0; 3], [2.0; 3]));

    let sum = lambda!(|x: [f64]| -> f64 { T::sum(x.iter().map(|&x| x * x)) });
    let plan = HessianPlan::from_pattern(diagonal(3)).unwrap();
    assert_eq!(plan.hessian(&sum, &[1.0; 4]).unwrap_err(), length("point", 3, 4));
    let mut gradient = [9.0; 3];
    let mut workspace = SparseWorkspace::new();
    let mut into = |x: &[f64], gradient: &mut [f64], values: &mut [f64]| {
        plan.value_gradient_and_hessian_into(&sum, x, gradient, values, &mut workspace)
    };
    let mut values = [9.0; 3];
    assert_eq!(into(&[1.0; 2], &mut gradient[..2], &mut values), Err(length("point", 3, 2)));
    assert_eq!(into(&x, &mut gradient[1..], &mut values), Err(length("gradient", 3, 2)));
    assert_eq!(into(&x, &mut gradient, &mut values[1..]), Err(length("values", 3, 2)));
    assert_eq!((gradient, values), ([9.0; 3], [9.0; 3]));
    assert_eq!(into(&x, &mut gradient, &mut values), Ok(3.0));
    let mut short = [9.0; 2];
    let squares = plan.hessian_of_gradient_into(&squares, &x, &mut short, &mut SparseWorkspace::new());
    assert_eq!((squares, short), (Err(length("values", 3, 2)), [9.0; 2]));
}

#[test]
fn functions_with_another_number_of_results() {
    let more = lambda!(|x: [f64]| -> Vec<f64> { [x, &[T::one()]].concat() });
    let plan = JacobianPlan::from_pattern(diagonal(3)).unwrap();
    let expected = Err(SparseError::Shape(Error::Shape { expected: 3, found: 4 }));
    assert_eq!(plan.jacobian(&more, &[1.0; 3]).map(drop), expected);
    let (mut value, mut values) = ([9.0; 3], [9.0; 3]);
    let mut workspace = SparseWorkspace::new();
    let done = plan.value_and_jacobian_into(&more, &[1.0; 3], &mut value, &mut values, &mut workspace);
    assert_eq!((done, value, values), (expected, [9.0; 3], [9.0; 3]));
    let plan = HessianPlan::from_pattern(diagonal(3)).unwrap();
    assert_eq!(plan.hessian_of_gradient(&more, &[1.0; 3]).map(drop), expected);
}

#[test]
fn matrices_of_another_length() {
    assert_eq!(SparseMatrix::new(diagonal(3), vec![1.0; 2]).unwrap_err(), length("values", 3, 2));
    let a = SparseMatrix::new(diagonal(3), vec![1.0, 2.0, 3.0]).unwrap();
    for layout in [Layout::Rows, Layout::Columns] {
        let a = a.clone().into_layout(layout);
        assert_eq!((a.get(3, 0), a.get(0, 3), a.get(1, 1)), (None, None, Some(&2.0)));
    }
    let product = std::panic::catch_unwind(|| a.matvec(&[1.0; 2]));
    assert!(product.is_err());
}
