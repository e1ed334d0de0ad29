//! On random patterns: what the definitions say, every entry recovered, and checks that agree with them.

use proptest::prelude::*;
use tangents::sparse::{Coloring, Order, Pattern, SparseError};

use super::{
    column_and_row_colorings_are_right, column_clash, edge_clash, every_order, neighbors, square, symmetric,
    symmetric_colorings_are_right, two_colored_cycle, two_colored_path,
};

fn any_order() -> impl Strategy<Value = Order> {
    prop::sample::select(every_order())
}

/// A matrix of up to 12 × 12 of some density, empty rows and columns among them.
fn any_pattern() -> impl Strategy<Value = Pattern> {
    (0..12_usize, 0..12_usize, 0..40_usize).prop_flat_map(|(rows, columns, entries)| {
        let entries = if rows * columns == 0 { 0 } else { entries };
        let entry = (0..rows.max(1), 0..columns.max(1));
        prop::collection::vec(entry, entries)
            .prop_map(move |entries| Pattern::from_entries((rows, columns), entries).unwrap())
    })
}

/// A symmetric matrix of up to 14 × 14, the diagonal full, empty or in part.
fn any_symmetric() -> impl Strategy<Value = Pattern> {
    (1..14_usize, 0..40_usize, 0..3_usize).prop_flat_map(|(n, entries, diagonal)| {
        let entries = prop::collection::vec((0..n, 0..n), entries);
        entries.prop_map(move |entries| match diagonal {
            0 => symmetric(n, entries.into_iter().filter(|(i, j)| i != j)),
            1 => symmetric(n, entries.into_iter().chain((0..n).map(|i| (i, i)))),
            _ => symmetric(n, entries),
        })
    })
}

fn cases(cases: u32) -> ProptestConfig {
    let factor = std::env::var("TANGENTS_CASES").map_or(1, |n| n.parse().expect("a number of cases"));
    ProptestConfig { cases: cases * factor, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn columns_and_rows_of_one_colour_share_nothing(pattern in any_pattern(), order in any_order()) {
        column_and_row_colorings_are_right(&pattern, order);
    }

    #[test]
    fn symmetric_matrices_are_recovered(pattern in any_symmetric(), order in any_order()) {
        let [star, acyclic] = symmetric_colorings_are_right(&pattern, order);
        prop_assert!(star <= pattern.rows() && acyclic <= pattern.rows());
    }

    /// The checks accept and refuse by the definitions.
    #[test]
    fn checks_say_what_the_definitions_say(
        pattern in any_symmetric(),
        colors in prop::collection::vec(0..4_usize, 14),
    ) {
        let coloring = Coloring::new(colors[..pattern.rows()].to_vec());
        let (colors, of) = (coloring.colors(), |v: usize| coloring.colors()[v]);
        match coloring.check_columns(&pattern) {
            Ok(()) => prop_assert!(!column_clash(&pattern, colors)),
            Err(SparseError::Collision { first: j, second: k }) => {
                prop_assert!(j != k && of(j) == of(k));
                prop_assert!((0..pattern.rows()).any(|i| pattern.contains(i, j) && pattern.contains(i, k)));
            }
            other => prop_assert!(false, "{other:?}"),
        }
        prop_assert_eq!(coloring.check_columns(&pattern), coloring.check_rows(&pattern));

        match coloring.check_star(&pattern) {
            Ok(()) => prop_assert!(!edge_clash(&pattern, colors) && !two_colored_path(&pattern, colors)),
            Err(SparseError::Collision { first: i, second: j }) => {
                prop_assert!(i != j && of(i) == of(j) && pattern.contains(i, j));
            }
            Err(SparseError::TwoColoredPath { vertices: [a, b, c, d] }) => {
                prop_assert!(!edge_clash(&pattern, colors));
                prop_assert!(pattern.contains(a, b) && pattern.contains(b, c) && pattern.contains(c, d));
                prop_assert!(a != c && b != d && of(a) == of(c) && of(b) == of(d));
            }
            other => prop_assert!(false, "{other:?}"),
        }

        match coloring.check_acyclic(&pattern) {
            Ok(()) => {
                prop_assert!(!edge_clash(&pattern, colors));
                prop_assert!(!two_colored_cycle(&pattern, colors, coloring.count()));
            }
            Err(SparseError::Collision { first: i, second: j }) => {
                prop_assert!(i != j && of(i) == of(j) && pattern.contains(i, j));
            }
            Err(SparseError::TwoColoredCycle { first, second }) => {
                prop_assert!(!edge_clash(&pattern, colors) && pattern.contains(first, second));
                // Without the edge the two are connected by their colours.
                let without = square(pattern.rows(), pattern.entries().filter(|&(i, j)| {
                    [i, j] != [first, second] && [j, i] != [first, second]
                        && [i, j].iter().all(|&v| [of(first), of(second)].contains(&of(v)))
                }));
                let next = neighbors(&without);
                let mut reached = vec![first];
                let mut k = 0;
                while k < reached.len() {
                    let more = next[reached[k]].iter().filter(|w| !reached.contains(w)).copied().collect::<Vec<_>>();
                    reached.extend(more);
                    k += 1;
                }
                prop_assert!(reached.contains(&second));
            }
            other => prop_assert!(false, "{other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(cases(25))]

    /// Beyond 64 colours the sets of bits are left; the greedy rule must be the same.
    #[test]
    fn many_colours_are_first_fit_too(
        lengths in prop::collection::vec(1..90_usize, 1..8),
        entries in prop::collection::vec((0..8_usize, 0..120_usize), 0..100),
    ) {
        let rows = lengths.len();
        let long = lengths.iter().enumerate().flat_map(|(i, &length)| (i * 13..i * 13 + length).map(move |j| (i, j)));
        let entries = entries.into_iter().map(|(i, j)| (i % rows, j)).chain(long);
        let pattern = Pattern::from_entries((rows, 180), entries).unwrap();
        let mut first_fit: Vec<usize> = Vec::new();
        for j in 0..180 {
            let taken = |c: usize| (0..j).any(|k| {
                first_fit[k] == c && (0..rows).any(|i| pattern.contains(i, j) && pattern.contains(i, k))
            });
            first_fit.push((0..=j).find(|&c| !taken(c)).unwrap());
        }
        let count = first_fit.iter().max().unwrap() + 1;
        let coloring = Coloring::of_columns(&pattern, Order::Natural);
        prop_assert!(!column_clash(&pattern, coloring.colors()));
        prop_assert!(coloring.count() <= count);
        if coloring.count() == count {
            prop_assert_eq!(coloring.colors(), &first_fit);
        }
    }
}
