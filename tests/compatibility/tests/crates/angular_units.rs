//! `angular-units` 0.2: angles.

use angular_units::{Angle, Deg, Rad};
use compatibility::{Second, assert_close, second, to_second};

/// sin of x degrees has the slope cos(x)·π/180.
#[test]
fn degrees() {
    let (sin, cos) = 40_f64.to_radians().sin_cos();
    let rate = 1_f64.to_radians();
    assert_close(to_second(Deg(second(40.0)).sin()), [sin, rate * cos, -rate * rate * sin], 1e-15);
    let Rad(angle): Rad<Second> = Deg(second(40.0)).into();
    assert_close(to_second(angle), [40.0 * rate, rate, 0.0], 1e-15);
}
