//! `geo` 0.33: what asks for `CoordFloat` works; what asks for `GeoFloat` wants a number of your own.

use compatibility::{Second, assert_close, second, to_second};
use geo::{Area, Coord, LineString, MapCoords, Polygon, coord};

fn quadrilateral(x: Second) -> Polygon<Second> {
    let c = |x, y| coord! { x: Second::from(x), y: Second::from(y) };
    let corner = Coord { x, y: x * x };
    Polygon::new(LineString::from(vec![c(0.0, 0.0), c(2.0, 0.0), corner, c(0.0, 1.0)]), vec![])
}

/// By the shoelace formula, 2A = 2x² + x.
#[test]
fn area_of_a_polygon() {
    assert_close(to_second(quadrilateral(second(3.0)).unsigned_area()), [10.5, 6.5, 2.0], 1e-15);
}

#[test]
fn mapped_coordinates() {
    let scaled = quadrilateral(Second::from(3.0)).map_coords(|c| Coord { x: c.x * second(2.0), y: c.y });
    assert_close(to_second(scaled.signed_area()), [21.0, 10.5, 0.0], 1e-15);
}
