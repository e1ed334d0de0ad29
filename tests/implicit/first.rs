use tangents::implicit::{ImplicitError, fixed_point, least_squares, minimum, root};
use tangents::{Dual, Number, gradient, hessian, jacobian, lambda, nth_derivative};

/// The square root as the root of x² − p.
fn square_root<T: Number>(p: T) -> T {
    let residual = lambda!(|z: (f64, f64)| -> f64 { z.0 * z.0 - z.1 });
    root(residual).at(&p, |p| p.sqrt()).unwrap()
}

#[test]
fn a_scalar_root() {
    assert_eq!(square_root(4.0), 2.0);
    assert_eq!(nth_derivative::<1, _>(square_root, 4.0), 0.25);
    assert_eq!(nth_derivative::<2, _>(square_root, 4.0), -1.0 / 32.0);
    assert_eq!(nth_derivative::<3, _>(square_root, 4.0), 3.0 / 256.0);
}

#[test]
fn vectors() {
    // x + y = a, x·y = b
    let residual = lambda!(|z: ([f64; 2], Vec<f64>)| -> [f64; 2] {
        let (x, p) = z;
        [x[0] + x[1] - p[0], x[0] * x[1] - p[1]]
    });
    fn solve(p: &[f64]) -> [f64; 2] {
        let d = (p[0] * p[0] / 4.0 - p[1]).sqrt();
        [p[0] / 2.0 + d, p[0] / 2.0 - d]
    }
    let j = jacobian(|p| root(residual).at(p, solve).unwrap(), &[5.0, 6.0]);
    assert_eq!(j, [[3.0, -1.0], [-2.0, 1.0]]);
    let h = hessian(|p| root(residual).at(p, solve).unwrap()[0], &[5.0, 6.0]);
    assert_eq!(h, [[-12.0, 5.0], [5.0, -2.0]]);
    let e = root(residual).at(&[2.0, 1.0].map(Dual::<f64, 1>::constant)[..], solve).unwrap_err();
    assert_eq!(e, ImplicitError::Singular { unknown: 1 });
}

#[test]
fn minima() {
    let f = lambda!(|z: ([f64; 2], Vec<f64>)| -> f64 {
        let (x, p) = z;
        (x[0] - p[0]).powi(2) + (x[1] - p[1]).powi(2) + x[0] * x[1]
    });
    fn solve(p: &[f64]) -> [f64; 2] {
        [(4.0 * p[0] - 2.0 * p[1]) / 3.0, (4.0 * p[1] - 2.0 * p[0]) / 3.0]
    }
    let j = jacobian(|p| minimum(f).at(p, solve).unwrap(), &[1.0, 1.0]);
    assert_eq!(j, [[4.0 / 3.0, -2.0 / 3.0], [-2.0 / 3.0, 4.0 / 3.0]]);
    let g = gradient(
        |p| {
            fixed_point(lambda!(|z: (f64, Vec<f64>)| -> f64 { z.0 * z.1[0] + z.1[1] }))
                .at(p, |p| p[1] / (1.0 - p[0]))
                .unwrap()
        },
        &[0.5, 1.0],
    );
    assert_eq!(g, [4.0, 2.0]);
    let r = lambda!(|z: (f64, Vec<f64>)| -> [f64; 2] { [z.0 - z.1[0], z.0 - z.1[1]] });
    let g = gradient(|p| least_squares(r).at(p, |p| (p[0] + p[1]) / 2.0).unwrap(), &[0.5, 1.0]);
    assert_eq!(g, [0.5, 0.5]);
}
