//! `ahrs` 0.8, feature `simba_0_9`: Madgwick's filter of inertial measurements.

use ahrs::{Ahrs, Madgwick};
use compatibility::{First, assert_close, first, to_first};
use nalgebra_0_34::Vector3;

/// A step of 0.01 from the identity with the rate x about the first axis and no correction: u/√(1 + u²) with u = 0.005x.
#[test]
fn a_step_without_correction() {
    let c = First::from;
    let mut filter = Madgwick::new(c(0.01), c(0.0));
    let (rate, down) = (Vector3::new(first(2.0), c(0.0), c(0.0)), Vector3::new(c(0.0), c(0.0), c(1.0)));
    let i = filter.update_imu(&rate, &down).unwrap().i;
    let (u, du): (f64, f64) = (0.01, 0.005);
    assert_close(to_first(i), [u / (1.0 + u * u).sqrt(), du / (1.0 + u * u).powf(1.5)], 1e-15);
}
