//! `poly_it` 0.2: polynomials with numbers as coefficients.

use compatibility::{Second, assert_close, second, to_second};
use poly_it::Polynomial;

#[test]
fn value_in_the_point_and_in_a_coefficient() {
    let c = Second::from;
    // 1 + 2x + 3x² at 2
    let p: Polynomial<Second> = Polynomial::new(vec![c(1.0), c(2.0), c(3.0)]);
    assert_eq!(to_second(p.eval(second(2.0))), [17.0, 14.0, 6.0]);
    assert_eq!(to_second(p.deriv().eval(second(2.0))), [14.0, 6.0, 0.0]);
    // (1 + 2a + a²·4) at a = 3, from (1 + ax)² at x = 2: 1 + 4a + 4a²
    let square =
        Polynomial::<Second>::new(vec![c(1.0), second(3.0)]) * Polynomial::new(vec![c(1.0), second(3.0)]);
    assert_eq!(to_second(square.eval(c(2.0))), [49.0, 28.0, 8.0]);
}

/// The parabola through (−1, 1), (0, y), (1, 1) has the coefficients y, 0, 1 − y.
#[test]
fn interpolation() {
    let c = Second::from;
    let samples = [(c(-1.0), c(1.0)), (c(0.0), second(3.0)), (c(1.0), c(1.0))];
    let p: Polynomial<Second> = Polynomial::lagrange(samples.into_iter()).unwrap();
    assert_close(
        p.coeffs().iter().flat_map(|&a| to_second(a)).collect::<Vec<_>>(),
        [3.0, 1.0, 0.0, 0.0, 0.0, 0.0, -2.0, -1.0, 0.0],
        1e-15,
    );
}
