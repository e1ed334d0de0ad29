//! `nalgebra-glm` 0.21, feature `nalgebra`: projections and noise-free shader functions.

use compatibility::{Second, assert_close, second, to_second};
use nalgebra_glm as glm;

/// The upper left entry of a perspective is 1/(a·tan(φ/2)); its derivative by φ is −1/(2a sin²(φ/2)).
#[test]
fn perspective() {
    let (near, far) = (Second::from(0.1), Second::from(10.0));
    let found = glm::perspective(Second::from(2.0), second(1.0), near, far)[(0, 0)];
    let (sin, cos) = 0.5_f64.sin_cos();
    let expected = [cos / (2.0 * sin), -1.0 / (4.0 * sin * sin), cos / (4.0 * sin * sin * sin)];
    assert_close(to_second(found), expected, 1e-14);
}

#[test]
fn mix_and_length() {
    let (x, y) = (glm::vec2(second(3.0), Second::from(4.0)), glm::vec2(Second::from(0.0), Second::from(0.0)));
    assert_close(to_second(glm::length(&x)), [5.0, 0.6, 16.0 / 125.0], 1e-15);
    // ½x
    let middle = glm::mix(&x, &y, Second::from(0.5));
    assert_close(to_second(middle[0]), [1.5, 0.5, 0.0], 1e-15);
}
