//! Colourings: are they what they claim to be, by the definitions; how many colours do they have; and is what they compress found again?

mod counts;
mod edges;
mod laws;

use crate::data::{count, list, text};
use serde_json::Value;
use tangents::sparse::{Coloring, Order, Pattern, Recovery};

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
    let random = Order::Random(tangents::random::Key::new(5));
    [&Order::ALL[..], &[Order::Search(20), random]].concat()
}

/// All orders, and what a search makes of the best of them.
fn best() -> Vec<Order> {
    [&Order::ALL[..], &[Order::Search(1000)]].concat()
}
