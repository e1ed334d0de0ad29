//! Stiff equations, by the Rosenbrock method Rodas3 (Sandu and others, *Benchmarking stiff ODE solvers for atmospheric chemistry
//! problems II*, Atmospheric Environment 31, 1997).

use tangents::linalg::{inverse, matvec};
use tangents::{Function, Number};

/// The coefficients: of the stages in the next point, of the stages in the right side, and of the solution.
const POINTS: [[f64; 3]; 4] = [[0.0; 3], [0.0; 3], [2.0, 0.0, 0.0], [2.0, 0.0, 1.0]];
const SIDES: [[f64; 3]; 4] = [[0.0; 3], [4.0, 0.0, 0.0], [1.0, -1.0, 0.0], [1.0, -1.0, -8.0 / 3.0]];
const SOLUTION: [f64; 4] = [2.0, 0.0, 1.0, 1.0];

/// The sum of the stages with these factors.
fn combined<T: Number, const N: usize>(stages: &[[T; N]], factors: &[f64], scale: f64) -> [T; N] {
    std::array::from_fn(|i| {
        T::sum(stages.iter().zip(factors).map(|(stage, &c)| T::lit(c * scale) * stage[i]))
    })
}

/// The state of y′ = f(y, k, t), where f doesn't use t, after a step of the length h, and the error of a method of
/// second order. It is generic over the number, takes its Jacobian from the equation, and so can be differentiated itself.
///
/// # Panics
///
/// If h is so long that the matrix 2/h − J is singular.
pub fn rodas3<F, T, const N: usize, const K: usize>(f: &F, y: [T; N], k: [T; K], h: f64) -> ([T; N], [T; N])
where
    F: Function<From = ([f64; N], [f64; K], f64), To = [f64; N]>,
    T: Number,
{
    let slopes: [([T; N], [T; K], T); N] = f.jacobian(&(y, k, T::zero()));
    let entry = |i: usize, j: usize| T::lit(if i == j { 2.0 / h } else { 0.0 }) - slopes[i].0[j];
    let matrix: [[T; N]; N] = std::array::from_fn(|i| std::array::from_fn(|j| entry(i, j)));
    let inverse = inverse(&matrix).expect("h is small enough");
    let mut stages = [[T::zero(); N]; 4];
    for s in 0..4 {
        let point = combined(&stages[..s], &POINTS[s], 1.0);
        let side = combined(&stages[..s], &SIDES[s], 1.0 / h);
        let f = f.call(&(std::array::from_fn(|i| y[i] + point[i]), k, T::zero()));
        stages[s] = matvec(&inverse, &std::array::from_fn::<T, N, _>(|i| f[i] + side[i]));
    }
    let change = combined(&stages, &SOLUTION, 1.0);
    (std::array::from_fn(|i| y[i] + change[i]), stages[3])
}

/// The times until `end`, or until `stop` says so, with the states on the way from `y` at 0. Steps adapt: of a component the error of a
/// step is below 10⁻⁹ of it, or below 10⁻¹⁴.
///
/// # Panics
///
/// If a step is so long that the matrix is singular, which the first ones aren't.
pub fn integrate<F, T, const N: usize, const K: usize>(
    f: &F,
    y: [T; N],
    k: [T; K],
    end: f64,
    stop: impl Fn([T; N]) -> bool,
) -> Vec<(f64, [T; N])>
where
    F: Function<From = ([f64; N], [f64; K], f64), To = [f64; N]>,
    T: Number,
{
    let plain = |x: T| x.to_f64().expect("a number").abs();
    let (mut way, mut h) = (vec![(0.0, y)], 1e-6);
    while let [.., (t, y)] = way[..]
        && t < end
        && !stop(y)
    {
        h = f64::min(h, end - t);
        let (next, error) = rodas3(f, y, k, h);
        let error = (0..N).map(|i| plain(error[i]) / (1e-9 * plain(next[i]) + 1e-14)).fold(0.0, f64::max);
        if error <= 1.0 {
            way.push((if h < end - t { t + h } else { end }, next));
        }
        h *= (0.9 * error.powf(-1.0 / 3.0)).clamp(0.2, 5.0);
    }
    way
}
