//! Numbers of colours beside those of tables, of `ColPack` and of theory.

use serde_json::Value;
use tangents::sparse::{Coloring, Order, Pattern};

use super::{band, best, brusselator, matrix, problem};
use crate::data::{self, count, json, list, string};

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
