//! Lines on which a function has a given value, by marching squares.

use std::collections::BTreeMap;
use std::ops::Range;

/// Squares along each axis.
const CELLS: u32 = 96;

/// A side of a square, by its lower left corner, and whether it goes up.
type Side = (u32, u32, bool);

/// The lines on which `f` is one of `levels`, as polygons whose corners are interpolated between the corners of squares.
pub(crate) fn contours(
    x: &Range<f64>,
    y: &Range<f64>,
    levels: impl IntoIterator<Item = f64>,
    f: impl Fn(f64, f64) -> f64,
) -> Vec<Vec<(f64, f64)>> {
    let at = |range: &Range<f64>, i: f64| range.start + (range.end - range.start) * i / f64::from(CELLS);
    let value = |i: u32, j: u32| f(at(x, f64::from(i)), at(y, f64::from(j)));
    let values: BTreeMap<_, _> = (0..=CELLS)
        .flat_map(|i| (0..=CELLS).map(move |j| (i, j)))
        .map(|(i, j)| ((i, j), value(i, j)))
        .collect();
    let ends = |(i, j, up): Side| (values[&(i, j)], values[&(i + u32::from(!up), j + u32::from(up))]);

    let mut lines = Vec::new();
    for level in levels {
        let crosses = |side: &Side| {
            let (from, to) = ends(*side);
            (from < level) != (to < level)
        };
        // Which sides a line joins; a saddle's four in the order in which they stand, by two.
        let mut joined = BTreeMap::<Side, Vec<Side>>::new();
        for (i, j) in (0..CELLS).flat_map(|i| (0..CELLS).map(move |j| (i, j))) {
            let around = [(i, j, false), (i + 1, j, true), (i, j + 1, false), (i, j, true)];
            let crossed: Vec<Side> = around.into_iter().filter(crosses).collect();
            for pair in crossed.chunks_exact(2) {
                joined.entry(pair[0]).or_default().push(pair[1]);
                joined.entry(pair[1]).or_default().push(pair[0]);
            }
        }
        let place = |side: Side| {
            let ((from, to), (i, j, up)) = (ends(side), side);
            let part = (level - from) / (to - from);
            let (right, above) = if up { (0.0, part) } else { (part, 0.0) };
            (at(x, f64::from(i) + right), at(y, f64::from(j) + above))
        };
        // From the ends at the border first, so that what is left are closed lines.
        while let Some(start) = joined
            .iter()
            .find(|(_, next)| next.len() == 1)
            .or(joined.first_key_value())
            .map(|(&side, _)| side)
        {
            let (mut line, mut side) = (vec![place(start)], start);
            while let Some(next) = joined.remove(&side).and_then(|mut next| next.pop()) {
                joined.entry(next).and_modify(|back| back.retain(|&other| other != side));
                line.push(place(next));
                side = next;
            }
            lines.push(line);
        }
    }
    lines
}
