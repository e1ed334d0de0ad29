//! Least squares, by Levenberg and Marquardt's method.

use std::array;

use tangents::Function;
use tangents::linalg::{LinalgError, solve};

/// The parameters that make the sum of squares of `residuals` small, after `steps` steps from `x`, and the sums on the way.
///
/// # Errors
///
/// That a matrix is singular: a parameter has no influence.
pub fn levenberg_marquardt<F, const N: usize>(
    residuals: &F,
    mut x: [f64; N],
    steps: usize,
) -> Result<([f64; N], Vec<f64>), LinalgError>
where
    F: Function<From = [f64], To = Vec<f64>>,
{
    let square = |x: &[f64; N]| residuals.call(x).iter().map(|r| r * r).sum::<f64>();
    let (mut damping, mut scales, mut last) = (1.0, [0.0; N], square(&x));
    let mut squares = vec![last];
    for _ in 0..steps {
        let (r, j) = residuals.value_and_jacobian(&x);
        let product = |k: usize, l: usize| j.iter().map(|row| row[k] * row[l]).sum::<f64>();
        let gradient = array::from_fn(|k| j.iter().zip(&r).map(|(row, r)| row[k] * r).sum());
        // The largest so far, as in MINPACK: a parameter that has lost its influence stays where it is.
        scales = array::from_fn(|k| f64::max(scales[k], product(k, k)));
        let damped = |k: usize, l: usize| product(k, l) + if k == l { damping * scales[k] } else { 0.0 };
        let matrix: [[f64; N]; N] = array::from_fn(|k| array::from_fn(|l| damped(k, l)));
        let step = solve(&matrix, &gradient)?;
        let next = array::from_fn(|k| x[k] - step[k]);
        let found = square(&next);
        // Equal but for roundings will do, so that the last steps are taken too.
        if found <= last * (1.0 + 1e-12) {
            (x, last, damping) = (next, found, f64::max(damping / 3.0, 1e-10));
        } else {
            damping *= 3.0;
        }
        squares.push(last);
    }
    Ok((x, squares))
}
