//! Hessians of problems, matrices at the edge, one's own colours, and orders.

use tangents::Error;
use tangents::sparse::{Coloring, Order, Pattern, Recovery, SparseError};

use super::{
    arrow, band, best, column_and_row_colorings_are_right, compressed, dense, every_order, matrix, problem,
    square, symmetric, symmetric_colorings_are_right,
};
use crate::data::{json, list, string, vector};

#[test]
fn hessians_of_problems_are_recovered() {
    for table in list(&json("sparse/hessians.json")["problems"]) {
        let (name, pattern) = (string(&table["name"]), problem(table));
        let expected = vector(&table["vals"]);
        let entry = |i: usize, j: usize| {
            let place = pattern.range(i).start + pattern.row(i).binary_search(&j).unwrap();
            expected[place]
        };
        let mut values = vec![f64::NAN; pattern.nnz()];

        // What is read has been summed with zeros only.
        let star = Coloring::star(&pattern, Order::ALL).unwrap();
        let mut b = compressed(&pattern, &star, entry);
        let before = b.clone();
        let recovery = Recovery::direct(&pattern, &star).unwrap();
        assert!(!recovery.substitutes());
        recovery.recover(&mut b, &mut values);
        assert_eq!(values, expected, "{name}");
        assert_eq!(b, before);

        let acyclic = Coloring::acyclic(&pattern, Order::ALL).unwrap();
        let mut b = compressed(&pattern, &acyclic, entry);
        let recovery = Recovery::by_substitution(&pattern, &acyclic).unwrap();
        assert!(recovery.substitutes());
        recovery.recover(&mut b, &mut values);
        let largest = expected.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        for (found, expected) in values.iter().zip(&expected) {
            // Each of n sums and differences is rounded once.
            let rounding = 25.0 * f64::EPSILON * largest;
            assert!((found - expected).abs() <= rounding, "{name}: {found}, {expected}");
        }
    }
}

#[test]
fn an_empty_matrix_has_no_colours() {
    for shape in [(0, 0), (3, 0)] {
        let pattern = Pattern::from_entries(shape, []).unwrap();
        for order in every_order() {
            assert_eq!(Coloring::of_columns(&pattern, order).count(), 0);
        }
        assert!(Coloring::of_columns(&pattern, Order::ALL).groups().is_empty());
    }
    let nothing = square(0, []);
    assert_eq!(Coloring::star(&nothing, Order::ALL).unwrap().count(), 0);
    assert_eq!(Coloring::acyclic(&nothing, Order::ALL).unwrap().count(), 0);
}

#[test]
fn columns_without_entries_share_one_colour() {
    let pattern = Pattern::from_entries((0, 4), []).unwrap();
    assert_eq!(Coloring::of_columns(&pattern, Order::ALL).groups(), [[0, 1, 2, 3]]);
    assert_eq!(column_and_row_colorings_are_right(&square(3, []), Order::SmallestLast), [1, 1]);
    assert_eq!(symmetric_colorings_are_right(&square(3, []), Order::IncidenceDegree), [1, 1]);
}

#[test]
fn a_diagonal_has_one_colour_and_a_full_matrix_as_many_as_columns() {
    for order in every_order() {
        let diagonal = band(9, 0);
        assert_eq!(column_and_row_colorings_are_right(&diagonal, order), [1, 1]);
        assert_eq!(symmetric_colorings_are_right(&diagonal, order), [1, 1]);
        assert_eq!(column_and_row_colorings_are_right(&dense(7, 9), order), [9, 7]);
        assert_eq!(symmetric_colorings_are_right(&dense(9, 9), order), [9, 9]);
    }
    // Beyond a word of 64 colours.
    assert_eq!(column_and_row_colorings_are_right(&dense(2, 130), Order::Natural), [130, 2]);
}

/// A row that is full forces a colour for each column; a column that is full has one of its own.
#[test]
fn arrows() {
    let pattern = arrow(50);
    for order in every_order() {
        assert_eq!(column_and_row_colorings_are_right(&pattern, order), [50, 50]);
        assert_eq!(symmetric_colorings_are_right(&pattern, order), [2, 2]);
    }
    assert_eq!(pattern.dense_rows(), [0]);
    let rest = pattern.without_rows(&pattern.dense_rows());
    assert_eq!((rest.rows(), rest.columns(), rest.nnz()), (50, 50, 98));
    let columns = Coloring::of_columns(&rest, Order::Natural);
    assert_eq!(columns.count(), 2);
    assert_eq!(columns.groups()[0], [0]);
}

#[test]
fn a_full_column_has_a_colour_of_its_own() {
    let pattern = square(30, (0..30).flat_map(|i| [(i, i), (i, 7)]));
    for order in every_order() {
        let coloring = Coloring::of_columns(&pattern, order);
        assert_eq!(coloring.count(), 2);
        assert!(coloring.groups().contains(&vec![7]));
    }
    assert!(pattern.dense_rows().is_empty());
}

/// A long row is coloured in steps proportional to its length, not to the square, in time for a test.
#[test]
fn a_long_row_takes_no_square_of_its_length() {
    let n = 60_000;
    let pattern = Pattern::from_entries((n, n), (0..n).flat_map(|j| [(j, j), (0, j)])).unwrap();
    assert_eq!(Coloring::of_columns(&pattern, Order::Natural).count(), n);
    let pattern = arrow(30_000);
    assert_eq!(Coloring::star(&pattern, Order::Natural).unwrap().count(), 2);
    assert_eq!(Coloring::acyclic(&pattern, Order::Natural).unwrap().count(), 2);
}

/// x·y over two vectors: there is no diagonal.
#[test]
fn without_a_diagonal() {
    let bilinear = symmetric(9, (0..4).flat_map(|i| (4..9).map(move |j| (i, j))));
    for order in every_order() {
        let [star, acyclic] = symmetric_colorings_are_right(&bilinear, order);
        // Of two sides one has a colour for each vertex.
        assert_eq!((star, acyclic), (5, 5));
    }
    let one_missing = square(6, band(6, 1).entries().filter(|&entry| entry != (2, 2)));
    assert_eq!(symmetric_colorings_are_right(&one_missing, Order::Natural), [3, 2]);
}

#[test]
fn dense_rows_are_those_that_cost_passes() {
    // No long row, all rows long, no rows.
    assert!(band(100, 2).dense_rows().is_empty());
    assert!(dense(20, 20).dense_rows().is_empty());
    assert!(square(0, []).dense_rows().is_empty());
    assert!(square(5, []).dense_rows().is_empty());
    // Two long rows below a band.
    let long = [(90, 0..100), (37, 10..95)];
    let entries = band(100, 1)
        .entries()
        .chain(long.into_iter().flat_map(|(i, columns)| columns.map(move |j| (i, j))))
        .collect::<Vec<_>>();
    let pattern = square(100, entries);
    assert_eq!(pattern.dense_rows(), [37, 90]);
    let coloring = Coloring::of_columns(&pattern.without_rows(&[90, 37]), Order::Natural);
    assert_eq!(coloring.count(), 3);
    // To colour a pattern with rows left out is to colour the rows that are left.
    let kept = pattern.entries().filter(|(i, _)| ![37, 90].contains(i));
    assert_eq!(pattern.without_rows(&[37, 90]), square(100, kept.collect::<Vec<_>>()));
}

#[test]
fn own_colours_are_numbered_from_zero_on() {
    let coloring = Coloring::new(vec![7, 1, 7, usize::MAX]);
    assert_eq!(coloring.colors(), [1, 0, 1, 2]);
    assert_eq!(coloring.groups(), [vec![1], vec![0, 2], vec![3]]);
    assert_eq!(Coloring::new(Vec::new()).count(), 0);
}

#[test]
fn own_colours_are_refused_with_the_vertices_that_clash() {
    let path = band(4, 1);
    let all_one = Coloring::new(vec![0; 4]);
    assert_eq!(all_one.check_columns(&path), Err(SparseError::Collision { first: 0, second: 1 }));
    assert_eq!(all_one.check_star(&path), Err(SparseError::Collision { first: 0, second: 1 }));
    let two = Coloring::new(vec![0, 1, 0, 1]);
    assert_eq!(two.check_columns(&path), Err(SparseError::Collision { first: 0, second: 2 }));
    let error = two.check_star(&path).unwrap_err();
    assert_eq!(error, SparseError::TwoColoredPath { vertices: [0, 1, 2, 3] });
    assert_eq!(
        error.to_string(),
        "the path 0, 1, 2, 3 has two colours, so that the entry of 1 and 2 can't be read"
    );
    assert_eq!(two.check_acyclic(&path), Ok(()));
    let ring = symmetric(4, (0..4).map(|i| (i, (i + 1) % 4)));
    let error = two.check_acyclic(&ring).unwrap_err();
    assert_eq!(error, SparseError::TwoColoredCycle { first: 2, second: 3 });
    assert_eq!(
        error.to_string(),
        "a cycle through 2 and 3 has two colours, so that its entries can't be found by substitution"
    );
    let short = SparseError::Shape(Error::Length { what: "colours", expected: 4, found: 3 });
    let three = Coloring::new(vec![0, 1, 2]);
    assert_eq!(three.check_columns(&path), Err(short));
    assert_eq!(three.check_rows(&path), Err(short));
    assert_eq!(three.check_star(&path), Err(short));
    assert_eq!(three.check_acyclic(&path), Err(short));
}

#[test]
fn an_asymmetric_pattern_is_refused() {
    let wide = Pattern::from_entries((2, 3), []).unwrap();
    let shape = SparseError::Shape(Error::Shape { expected: 2, found: 3 });
    assert_eq!(Coloring::star(&wide, Order::Natural), Err(shape));
    assert_eq!(Coloring::acyclic(&wide, Order::Natural), Err(shape));
    assert_eq!(Coloring::new(vec![0, 1, 2]).check_star(&wide), Err(shape));
    for (row, column) in [(0, 2), (2, 0), (1, 2), (2, 1)] {
        let lower = square(3, [(0, 0), (1, 1), (1, 0), (0, 1), (row, column)]);
        let error = SparseError::Asymmetric { row, column };
        assert_eq!(Coloring::star(&lower, Order::Natural), Err(error));
        assert_eq!(Coloring::acyclic(&lower, Order::Natural), Err(error));
        let distinct = Coloring::new(vec![0, 1, 2]);
        assert_eq!(distinct.check_star(&lower), Err(error));
        assert_eq!(distinct.check_acyclic(&lower), Err(error));
    }
}

#[test]
fn several_orders_give_the_first_of_the_fewest_colours() {
    let pattern = matrix("west0067");
    let counts = Order::ALL.map(|order| Coloring::of_columns(&pattern, order).count());
    let fewest = *counts.iter().min().unwrap();
    assert!(counts.iter().any(|&count| count > fewest), "{counts:?}");
    let first = Order::ALL[counts.iter().position(|&count| count == fewest).unwrap()];
    assert_eq!(Coloring::of_columns(&pattern, Order::ALL), Coloring::of_columns(&pattern, first));
    // No order is the natural one, and it's the same on each run.
    let none: [Order; 0] = [];
    assert_eq!(Coloring::of_columns(&pattern, none), Coloring::of_columns(&pattern, Order::Natural));
    assert_eq!(Coloring::of_columns(&pattern, best()), Coloring::of_columns(&pattern, best()));
}

#[test]
fn a_random_order_is_that_of_its_key() {
    use tangents::random::{Key, permutation};

    // No colour can be saved in a full matrix, so the order shows in the colours.
    let key = Key::new(11);
    let coloring = Coloring::of_columns(&dense(1, 20), Order::Random(key));
    let mut order: Vec<_> = (0..20).collect();
    order.sort_by_key(|&j| coloring.colors()[j]);
    assert_eq!(order, permutation(key, 20));
}
