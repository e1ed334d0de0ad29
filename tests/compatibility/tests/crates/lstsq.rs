//! `lstsq` 0.8, feature `nalgebra`: linear least squares.

use compatibility::{First, assert_close, first, to_first};
use nalgebra::{OMatrix, OVector, U2, U4};

/// The line through (0, 1), (1, y), (2, 2), (3, 4) has the slope ((−1.5) + (−0.5)y + 0.5·2 + 1.5·4)/5.
#[test]
fn a_line_in_its_data() {
    let c = |x: f64| First::from(x);
    let a = OMatrix::<First, U4, U2>::from_row_slice(&[0.0, 1.0, 1.0, 1.0, 2.0, 1.0, 3.0, 1.0].map(c));
    let b = OVector::<First, U4>::from_row_slice(&[c(1.0), first(3.0), c(2.0), c(4.0)]);
    let fit = lstsq::lstsq(&a, &b, c(1e-14)).unwrap();
    assert_close(to_first(fit.solution[0]), [0.8, -0.1], 1e-14);
    // The mean of the ordinates less the slope times the mean of the abscissae.
    assert_close(to_first(fit.solution[1]), [2.5 - 0.8 * 1.5, 0.25 + 0.1 * 1.5], 1e-14);
}
