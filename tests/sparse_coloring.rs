//! Colourings: are they what they claim to be, by the definitions; how many colours do they have; and is what they compress found again?

#![cfg(feature = "std")]

#[path = "common/data.rs"]
mod data;

use data::{count, json, list, string, text, vector};
use proptest::prelude::*;
use serde_json::Value;
use tangents::Error;
use tangents::sparse::{Coloring, Order, Pattern, Recovery, SparseError};

// ---- Patterns ----

fn square(n: usize, entries: impl IntoIterator<Item = (usize, usize)>) -> Pattern {
    Pattern::from_entries((n, n), entries).unwrap()
}

fn symmetric(n: usize, entries: impl IntoIterator<Item = (usize, usize)>) -> Pattern {
    square(n, entries.into_iter().flat_map(|(i, j)| [(i, j), (j, i)]))
}

/// The diagonals from −width to width.
fn band(n: usize, width: usize) -> Pattern {
    square(n, (0..n).flat_map(|i| (i.saturating_sub(width)..n.min(i + width + 1)).map(move |j| (i, j))))
}

/// Diagonal, first row and first column.
fn arrow(n: usize) -> Pattern {
    symmetric(n, (0..n).flat_map(|i| [(i, i), (0, i)]))
}

fn dense(rows: usize, columns: usize) -> Pattern {
    Pattern::from_entries((rows, columns), (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j)))).unwrap()
}

fn matrix(name: &str) -> Pattern {
    let text = text(&format!("sparse/matrices/{name}.mtx"));
    let mut lines = text.lines().filter(|line| !line.starts_with('%')).map(|line| {
        let numbers: Vec<usize> = line.split_whitespace().map(|number| number.parse().unwrap()).collect();
        numbers
    });
    let size = lines.next().unwrap();
    let pattern = Pattern::from_entries((size[0], size[1]), lines.map(|e| (e[0] - 1, e[1] - 1))).unwrap();
    assert_eq!(pattern.nnz(), size[2]);
    pattern
}

/// The pattern of a problem in `jacobians.json` or `hessians.json`.
fn problem(problem: &Value) -> Pattern {
    let n = count(&problem["n"]);
    let rows = problem.get("m").map_or(n, count);
    let entries = list(&problem["rows"]).iter().zip(list(&problem["cols"]));
    Pattern::from_entries((rows, n), entries.map(|(i, j)| (count(i), count(j)))).unwrap()
}

/// The Jacobian of the Brusselator on n × n points, periodic: each of two species depends on its five points and on the other there.
fn brusselator(n: usize) -> Pattern {
    let at = move |i: usize, j: usize, s: usize| i % n + n * (j % n) + n * n * s;
    let points = (0..2).flat_map(move |s| (0..n).flat_map(move |j| (0..n).map(move |i| (i, j, s))));
    square(
        2 * n * n,
        points.flat_map(move |(i, j, s)| {
            let around = [(i, j), (i + 1, j), (i + n - 1, j), (i, j + 1), (i, j + n - 1)];
            let own = around.map(|(k, l)| (at(i, j, s), at(k, l, s)));
            own.into_iter().chain([(at(i, j, s), at(i, j, 1 - s))])
        }),
    )
}

// ---- The definitions ----

fn has_gap(coloring: &Coloring) -> bool {
    let groups = coloring.groups();
    groups.len() != coloring.count() || groups.iter().any(Vec::is_empty)
}

/// Two columns of one colour that share a row.
fn column_clash(pattern: &Pattern, colors: &[usize]) -> bool {
    let n = pattern.columns();
    let clash = |i: usize, j: usize, k: usize| {
        j != k && colors[j] == colors[k] && pattern.contains(i, j) && pattern.contains(i, k)
    };
    (0..pattern.rows()).any(|i| (0..n).any(|j| (0..n).any(|k| clash(i, j, k))))
}

/// The edges that leave each vertex.
fn neighbors(pattern: &Pattern) -> Vec<Vec<usize>> {
    let of = |i| pattern.row(i).iter().copied().filter(|&j| j != i).collect();
    (0..pattern.rows()).map(of).collect()
}

/// Two vertices of one colour with an entry.
fn edge_clash(pattern: &Pattern, colors: &[usize]) -> bool {
    pattern.entries().any(|(i, j)| i != j && colors[i] == colors[j])
}

/// A path of four vertices of two colours.
fn two_colored_path(pattern: &Pattern, colors: &[usize]) -> bool {
    let next = neighbors(pattern);
    let mut paths = (0..colors.len()).flat_map(|a| {
        let next = &next;
        let paths = next[a].iter().flat_map(move |&b| next[b].iter().map(move |&c| (b, c)));
        paths.flat_map(move |(b, c)| next[c].iter().map(move |&d| [a, b, c, d]))
    });
    paths.any(|[a, b, c, d]| {
        let differ = a != c && a != d && b != d;
        differ && colors[a] == colors[c] && colors[b] == colors[d]
    })
}

/// A cycle of two colours: a graph without vertices of degree 0 and 1 that remains as these are taken away.
fn two_colored_cycle(pattern: &Pattern, colors: &[usize], count: usize) -> bool {
    let next = neighbors(pattern);
    (0..count).any(|p| {
        (0..p).any(|q| {
            let mut left: Vec<_> = (0..colors.len()).filter(|&v| [p, q].contains(&colors[v])).collect();
            loop {
                let before = left.len();
                let all = left.clone();
                left.retain(|&v| next[v].iter().filter(|&w| all.contains(w)).count() > 1);
                if left.len() == before {
                    break before > 0;
                }
            }
        })
    })
}

// ---- Compressing ----

/// Numbers whose sums are exact, no two alike, the same for an entry and its mirror image.
fn integer(i: usize, j: usize) -> f64 {
    let (i, j) = (i.min(j), i.max(j));
    f64::from(u32::try_from(1 + i + 1000 * j).unwrap())
}

/// The columns of B = H·S, one after another.
fn compressed(pattern: &Pattern, coloring: &Coloring, entry: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let n = pattern.rows();
    let mut b = vec![0.0; n * coloring.count()];
    for (i, j) in pattern.entries() {
        b[coloring.colors()[j] * n + i] += entry(i, j);
    }
    b
}

fn is_recovered(recovery: &Recovery, pattern: &Pattern, coloring: &Coloring) {
    let mut b = compressed(pattern, coloring, integer);
    let mut values = vec![f64::NAN; pattern.nnz()];
    recovery.recover(&mut b, &mut values);
    let expected: Vec<_> = pattern.entries().map(|(i, j)| integer(i, j)).collect();
    assert_eq!(values, expected);
}

/// All that is claimed of the colourings of a symmetric pattern in this order.
fn symmetric_colorings_are_right(pattern: &Pattern, order: Order) -> [usize; 2] {
    let star = Coloring::star(pattern, order).unwrap();
    assert!(!has_gap(&star));
    assert!(!edge_clash(pattern, star.colors()) && !two_colored_path(pattern, star.colors()));
    is_recovered(&Recovery::direct(pattern, &star).unwrap(), pattern, &star);
    // A star colouring is an acyclic one.
    is_recovered(&Recovery::by_substitution(pattern, &star).unwrap(), pattern, &star);

    let acyclic = Coloring::acyclic(pattern, order).unwrap();
    assert!(!has_gap(&acyclic));
    assert!(!edge_clash(pattern, acyclic.colors()));
    assert!(!two_colored_cycle(pattern, acyclic.colors(), acyclic.count()));
    is_recovered(&Recovery::by_substitution(pattern, &acyclic).unwrap(), pattern, &acyclic);
    [star.count(), acyclic.count()]
}

fn column_and_row_colorings_are_right(pattern: &Pattern, order: Order) -> [usize; 2] {
    let columns = Coloring::of_columns(pattern, order);
    assert!(!has_gap(&columns) && !column_clash(pattern, columns.colors()));
    let rows = Coloring::of_rows(pattern, order);
    assert!(!has_gap(&rows) && !column_clash(&pattern.transpose(), rows.colors()));
    assert_eq!(rows, Coloring::of_columns(&pattern.transpose(), order));
    [columns.count(), rows.count()]
}

fn every_order() -> Vec<Order> {
    #[cfg(feature = "random")]
    let random = Order::Random(tangents::random::Key::new(5));
    #[cfg(not(feature = "random"))]
    let random = Order::Natural;
    [&Order::ALL[..], &[Order::Search(20), random]].concat()
}

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

// ---- Numbers of colours ----

fn bounds(of: &Value) -> [usize; 2] {
    let of = list(of);
    [count(&of[0]), count(&of[1])]
}

/// The orders of the tables.
const ORDERS: [(&str, Order); 3] = [
    ("natural", Order::Natural),
    ("largest_first", Order::LargestFirst),
    ("smallest_last", Order::SmallestLast),
];

fn best() -> Vec<Order> {
    [&Order::ALL[..], &[Order::Search(1000)]].concat()
}

/// No more colours than `greedy` has in the same order, and with the best of several at most one more than the exact minimum.
fn compare(name: &str, greedy: &Value, bounds: [usize; 2], color: impl Fn(&[Order]) -> usize) {
    for (key, order) in ORDERS {
        if let Some(most) = greedy.get(key) {
            let found = color(&[order]);
            assert!(found <= count(most), "{name}, {key}: {found} colours, {most} in the table");
        }
    }
    let found = color(&best());
    let [least, most] = bounds;
    assert!(found >= least, "{name}: {found} colours, which can't be");
    assert!(found <= most + 1, "{name}: {found} colours, {most} is enough");
}

fn compare_columns(name: &str, table: &Value, pattern: &Pattern) {
    compare(name, &table["greedy"], bounds(&table["chromatic_bounds"]), |orders| {
        Coloring::of_columns(pattern, orders).count()
    });
}

fn compare_rows(name: &str, table: &Value, pattern: &Pattern) {
    compare(name, &table["greedy"], bounds(&table["chromatic_bounds"]), |orders| {
        Coloring::of_rows(pattern, orders).count()
    });
}

fn compare_symmetric(name: &str, table: &Value, pattern: &Pattern) {
    compare(&format!("{name}, star"), &table["greedy_star"], bounds(&table["star_bounds"]), |orders| {
        Coloring::star(pattern, orders).unwrap().count()
    });
    compare(&format!("{name}, acyclic"), &Value::Null, bounds(&table["acyclic_bounds"]), |orders| {
        Coloring::acyclic(pattern, orders).unwrap().count()
    });
}

#[test]
fn matrices_need_no_more_colours_than_in_the_tables() {
    let tables = json("sparse/matrix_colors.json");
    for table in list(&tables["matrices"]) {
        let name = string(&table["name"]);
        let pattern = matrix(name);
        compare_columns(name, &table["column_coloring"], &pattern);
        compare_rows(name, &table["row_coloring"], &pattern);
        if let Some(table) = table.get("symmetric") {
            compare_symmetric(name, table, &pattern);
        }
    }
    // What ColPack's README prints.
    let published = tables["literature"].as_object().unwrap();
    let published = &published["bcsstk01 (ColPack README example output)"];
    let pattern = matrix("bcsstk01");
    assert!(Coloring::of_columns(&pattern, Order::Natural).count() <= count(&published["distance_two"]));
    assert!(Coloring::star(&pattern, Order::Natural).unwrap().count() <= count(&published["star"]));
    assert!(Coloring::acyclic(&pattern, Order::Natural).unwrap().count() <= count(&published["acyclic"]));
}

#[test]
fn jacobians_need_no_more_colours_than_in_the_tables() {
    for table in list(&json("sparse/jacobians.json")["problems"]) {
        let (name, pattern) = (string(&table["name"]), problem(table));
        compare_columns(name, &table["coloring"]["column_coloring"], &pattern);
        compare_rows(name, &table["coloring"]["row_coloring"], &pattern);
    }
}

#[test]
fn hessians_need_no_more_colours_than_in_the_tables() {
    for table in list(&json("sparse/hessians.json")["problems"]) {
        let (name, pattern) = (string(&table["name"]), problem(table));
        compare_columns(name, &table["coloring"]["column"], &pattern);
        compare_symmetric(name, &table["coloring"]["symmetric"], &pattern);
    }
}

#[test]
fn the_brusselator_needs_no_more_colours_than_in_the_table() {
    for table in list(&json("sparse/brusselator_colors.json")) {
        let n = count(&table["N"]);
        if n > 32 && cfg!(debug_assertions) {
            continue;
        }
        let pattern = brusselator(n);
        let natural = Coloring::of_columns(&pattern, Order::Natural).count();
        assert!(natural <= count(&table["natural"]), "{n}: {natural}");
        if !table["chromatic_bounds"].is_null() {
            let [least, most] = bounds(&table["chromatic_bounds"]);
            let order = if n > 16 { Order::Natural } else { Order::Search(3000) };
            let best = Coloring::of_columns(&pattern, order).count();
            assert!(least <= best && best <= most + 1, "{n}: {best}");
        }
    }
    // First fit alone has 12.
    assert_eq!(Coloring::of_columns(&brusselator(32), Order::Natural).count(), 10);
}

#[test]
fn no_order_needs_more_colours_than_in_colpack() {
    let table = json("sparse/colpack.json");
    let compare = |name: &str, pattern: &Pattern| {
        let published = data::entry(&table, "name", name);
        let compare = |kind: &str, color: &dyn Fn(Order) -> usize| {
            for (order, most) in Order::ALL.iter().zip(list(&published[kind])) {
                let found = color(*order);
                assert!(
                    found <= count(most),
                    "{name}, {kind}, {order:?}: {found} colours, {most} by ColPack"
                );
            }
        };
        compare("column", &|order| Coloring::of_columns(pattern, order).count());
        compare("row", &|order| Coloring::of_rows(pattern, order).count());
        if published.get("star").is_some() {
            compare("star", &|order| Coloring::star(pattern, order).unwrap().count());
            compare("acyclic", &|order| Coloring::acyclic(pattern, order).unwrap().count());
        }
    };
    for table in list(&json("sparse/matrix_colors.json")["matrices"]) {
        let name = string(&table["name"]);
        compare(name, &matrix(name));
    }
    for file in ["sparse/jacobians.json", "sparse/hessians.json"] {
        for table in list(&json(file)["problems"]) {
            compare(string(&table["name"]), &problem(table));
        }
    }
    for n in [5, 8, 16, 32] {
        compare(&format!("brusselator {n}"), &brusselator(n));
    }
}

/// With b diagonals on each side: 2b + 1 colours of columns, 2b + 1 of a star and b + 1 of an acyclic colouring (Gebremedhin, Pothen,
/// Tarafdar, Walther 2009).
#[test]
fn band_matrices_have_the_fewest_colours() {
    for b in 0..4 {
        let pattern = band(40, b);
        assert_eq!(Coloring::of_columns(&pattern, Order::Natural).count(), 2 * b + 1);
        assert_eq!(Coloring::of_rows(&pattern, Order::Natural).count(), 2 * b + 1);
        assert_eq!(Coloring::star(&pattern, Order::Natural).unwrap().count(), 2 * b + 1);
        assert_eq!(Coloring::acyclic(&pattern, Order::Natural).unwrap().count(), b + 1);
    }
    let pattern = band(if cfg!(debug_assertions) { 20_000 } else { 1_000_000 }, 1);
    assert_eq!(Coloring::of_columns(&pattern, Order::ALL).count(), 3);
}

// ---- Values of Hessians ----

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

// ---- Edges ----

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

// ---- One's own colours ----

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

// ---- Orders ----

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

#[cfg(feature = "random")]
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
