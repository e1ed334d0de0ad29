//! The classical problems of `tests/data/sparse`, whose derivatives are known there.

#![allow(unreachable_pub)]

use tangents::{Function, Number, Real};

/// The coordinate `i + by` of a line of numbers that ends in zeros.
fn beside<T: Real>(x: &[T], i: usize, by: isize) -> T {
    i.checked_add_signed(by).and_then(|i| x.get(i)).copied().unwrap_or(T::zero())
}

/// The coordinate `i + by` of a circle of numbers.
fn around<T: Real>(x: &[T], i: usize, by: isize) -> T {
    x[(i + x.len()).wrapping_add_signed(by) % x.len()]
}

/// 1 over a count.
fn step<T: Real>(n: usize) -> T {
    T::one() / T::from(n).unwrap()
}

/// The sum of the differences to the four neighbours in a periodic square of so many numbers a side.
fn diffusion<T: Real>(u: &[T], i: usize, side: usize) -> T {
    let (row, column) = (i / side, i % side);
    let at = |row: usize, column: usize| u[row % side * side + column % side];
    at(row + 1, column) + at(row + side - 1, column) + at(row, column + 1) + at(row, column + side - 1)
        - T::lit(4.0) * u[i]
}

/// The rates of POLLU's 25 reactions: the constant, and the species that react, counted from 1.
const REACTIONS: [(f64, &[usize]); 25] = [
    (0.35, &[1]),
    (26.6, &[2, 4]),
    (1.23e4, &[5, 2]),
    (8.6e-4, &[7]),
    (8.2e-4, &[7]),
    (1.5e4, &[7, 6]),
    (1.3e-4, &[9]),
    (2.4e4, &[9, 6]),
    (1.65e4, &[11, 2]),
    (9e3, &[11, 1]),
    (0.022, &[13]),
    (1.2e4, &[10, 2]),
    (1.88, &[14]),
    (1.63e4, &[1, 6]),
    (4.8e6, &[3]),
    (3.5e-4, &[4]),
    (0.0175, &[4]),
    (1e8, &[16]),
    (4.44e11, &[16]),
    (1.24e3, &[17, 6]),
    (2.1, &[19]),
    (5.78, &[19]),
    (0.0474, &[1, 4]),
    (1.78e3, &[19, 1]),
    (3.12, &[20]),
];

/// What the reactions, counted from 1, make of POLLU's species: those that use one up are negative, and one that makes two is
/// there twice.
const SPECIES: [&[isize]; 20] = [
    &[-1, -10, -14, -23, -24, 2, 3, 9, 11, 12, 22, 25],
    &[-2, -3, -9, -12, 1, 21],
    &[-15, 1, 17, 19, 22],
    &[-2, -16, -17, -23, 15],
    &[-3, 4, 4, 6, 7, 13, 20],
    &[-6, -8, -14, -20, 3, 18, 18],
    &[-4, -5, -6, 13],
    &[4, 5, 6, 7],
    &[-7, -8],
    &[-12, 7, 9],
    &[-9, -10, 8, 11],
    &[9],
    &[-11, 10],
    &[-13, 12],
    &[14],
    &[-18, -19, 16],
    &[-20],
    &[20],
    &[-21, -22, -24, 23, 25],
    &[-25, 24],
];

fn pollution<T: Real>(y: &[T]) -> Vec<T> {
    let rates = REACTIONS.map(|(k, species)| species.iter().fold(T::lit(k), |rate, &i| rate * y[i - 1]));
    let change = |reaction: isize| {
        let rate = rates[reaction.unsigned_abs() - 1];
        if reaction < 0 { -rate } else { rate }
    };
    SPECIES.iter().map(|reactions| T::sum(reactions.iter().map(|&r| change(r)))).collect()
}

/// The result for each index.
fn each<T>(x: &[T], row: impl Fn(&[T], usize) -> T) -> Vec<T> {
    (0..x.len()).map(|i| row(x, i)).collect()
}

/// The problem of this name in `jacobians.json`.
pub struct Field<'a>(pub &'a str);

impl Function for Field<'_> {
    type From = [f64];
    type To = Vec<f64>;

    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        let (u, y) = (x, x); // as the problems are written
        match self.0 {
            "broyden_tridiagonal_n25" => each(x, |x, i| {
                (T::lit(3.0) - T::lit(2.0) * x[i]) * x[i] - beside(x, i, -1) - T::lit(2.0) * beside(x, i, 1)
                    + T::one()
            }),
            "broyden_banded_n20" => each(x, |x, i| {
                let others = (i.saturating_sub(5)..x.len().min(i + 2)).filter(|&j| j != i);
                x[i] * (T::lit(2.0) + T::lit(5.0) * x[i].powi(2)) + T::one()
                    - T::sum(others.map(|j| x[j] * (T::one() + x[j])))
            }),
            "discrete_bv_n15" => each(x, |x, i| {
                let h = step::<T>(x.len() + 1);
                let t = h * T::from(i + 1).unwrap();
                T::lit(2.0) * x[i] - beside(x, i, -1) - beside(x, i, 1)
                    + h * h * (x[i] + t + T::one()).powi(3) / T::lit(2.0)
            }),
            "burgers_dirichlet_n20" => each(u, |u, i| {
                let (h, left, right) = (step::<T>(u.len() + 1), beside(u, i, -1), beside(u, i, 1));
                T::lit(0.05) * (left - T::lit(2.0) * u[i] + right) / (h * h)
                    - u[i] * (right - left) / (T::lit(2.0) * h)
            }),
            "burgers_periodic_n12" => each(u, |u, i| {
                let (h, left, right) = (step::<T>(u.len()), around(u, i, -1), around(u, i, 1));
                T::lit(0.05) * (left - T::lit(2.0) * u[i] + right) / (h * h)
                    - u[i] * (right - left) / (T::lit(2.0) * h)
            }),
            "bratu2d_5x5" => each(u, |u, i| {
                let (row, column) = (i / 5, i % 5);
                let neighbours = [
                    (row > 0).then(|| u[i - 5]),
                    (row < 4).then(|| u[i + 5]),
                    (column > 0).then(|| u[i - 1]),
                    (column < 4).then(|| u[i + 1]),
                ];
                let h = step::<T>(6);
                T::lit(4.0) * u[i]
                    - T::sum(neighbours.into_iter().flatten())
                    - h * h * T::lit(6.8) * u[i].exp()
            }),
            "brusselator2d_N5" => each(x, |x, i| {
                let (u, v) = x.split_at(25);
                let (alpha, a, k) = (T::lit(160.0), T::lit(3.4), i % 25);
                let reaction = u[k] * u[k] * v[k];
                if i < 25 {
                    T::one() + reaction - (a + T::one()) * u[k] + alpha * diffusion(u, k, 5)
                } else {
                    a * u[k] - reaction + alpha * diffusion(v, k, 5)
                }
            }),
            "brusselator1d_N10_interleaved" => each(x, |x, i| {
                let alpha = T::lit(121.0 / 50.0);
                let at = |i: usize, by: isize, edge: f64| {
                    i.checked_add_signed(by).and_then(|i| x.get(i)).copied().unwrap_or(T::lit(edge))
                };
                let (u, v) = (x[i - i % 2], x[i - i % 2 + 1]);
                let edge = if i % 2 == 0 { 1.0 } else { 3.0 };
                let diffusion = alpha * (at(i, -2, edge) - T::lit(2.0) * x[i] + at(i, 2, edge));
                if i % 2 == 0 {
                    T::one() + u * u * v - T::lit(4.0) * u + diffusion
                } else {
                    T::lit(3.0) * u - u * u * v + diffusion
                }
            }),
            "lorenz96_n12" => {
                each(x, |x, i| (around(x, i, 1) - around(x, i, -2)) * around(x, i, -1) - x[i] + T::lit(8.0))
            }
            "arrow_n10" => each(x, |x, i| {
                if i == 0 {
                    x[0].sin() + T::sum(x[1..].iter().map(|&x| x * x))
                } else {
                    x[0] * (T::lit(0.1) * x[i]).exp() - x[i]
                }
            }),
            "robertson_rhs" => each(y, |y, i| {
                let (slow, back, fast) =
                    (T::lit(0.04) * y[0], T::lit(1e4) * y[1] * y[2], T::lit(3e7) * y[1] * y[1]);
                [back - slow, slow - back - fast, fast][i]
            }),
            "hires_rhs" => each(y, |y, i| {
                let sum = |terms: &[(f64, usize)]| T::sum(terms.iter().map(|&(c, j)| T::lit(c) * y[j - 1]));
                let last = T::lit(280.0) * y[5] * y[7] - T::lit(1.81) * y[6];
                match i {
                    0 => sum(&[(-1.71, 1), (0.43, 2), (8.32, 3)]) + T::lit(0.0007),
                    1 => sum(&[(1.71, 1), (-8.75, 2)]),
                    2 => sum(&[(-10.03, 3), (0.43, 4), (0.035, 5)]),
                    3 => sum(&[(8.32, 2), (1.71, 3), (-1.12, 4)]),
                    4 => sum(&[(-1.745, 5), (0.43, 6), (0.43, 7)]),
                    5 => sum(&[(0.69, 4), (1.71, 5), (-0.43, 6), (0.69, 7)]) - T::lit(280.0) * y[5] * y[7],
                    6 => last,
                    _ => -last,
                }
            }),
            "pollution_rhs" => pollution(y),
            name => panic!("no problem is called {name}"),
        }
    }
}

/// A sum over pairs of coordinates, and the sum of the fourth powers.
fn coupled<T: Real>(x: &[T], pairs: impl Iterator<Item = (usize, usize)>, term: impl Fn(T, T) -> T) -> T {
    T::sum(pairs.map(|(i, j)| term(x[i], x[j]))) + T::sum(x.iter().map(|x| x.powi(4)))
}

/// The problem of this name in `hessians.json`.
pub struct Energy<'a>(pub &'a str);

impl Function for Energy<'_> {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        let (n, c) = (x.len(), T::lit);
        let valley = |a: T, b: T, factor: f64| c(factor) * (b - a.powi(2)).powi(2) + (T::one() - a).powi(2);
        match self.0 {
            "chained_rosenbrock_n10" => T::sum(x.windows(2).map(|w| valley(w[0], w[1], 100.0))),
            "chained_wood_n12" => T::sum(x.windows(4).step_by(2).map(|w| {
                valley(w[0], w[1], 100.0)
                    + valley(w[2], w[3], 90.0)
                    + c(10.0) * (w[1] + w[3] - c(2.0)).powi(2)
                    + c(0.1) * (w[1] - w[3]).powi(2)
            })),
            "chained_powell_singular_n12" => T::sum(x.windows(4).step_by(2).map(|w| {
                (w[0] + c(10.0) * w[1]).powi(2)
                    + c(5.0) * (w[2] - w[3]).powi(2)
                    + (w[1] - c(2.0) * w[2]).powi(4)
                    + c(10.0) * (w[0] - w[3]).powi(4)
            })),
            "arwhead_n10" => {
                let last = x[n - 1];
                T::sum(x[..n - 1].iter().map(|&x| c(3.0) - c(4.0) * x + (x.powi(2) + last.powi(2)).powi(2)))
            }
            "grid_5x5" => {
                let right = (0..n).filter(|i| i % 5 < 4).map(|i| (i, i + 1));
                let pairs = right.chain((0..n - 5).map(|i| (i, i + 5)));
                let coupling =
                    |(i, j): (usize, usize)| (x[i] - x[j]).powi(2) * (T::one() + c(0.2) * x[i] * x[j]);
                T::sum(pairs.map(coupling))
                    + T::sum(x.iter().map(|&x| (c(0.5) * x).exp() + c(0.1) * x.powi(4)))
            }
            "cycle_n5" | "cycle_n9" => coupled(x, (0..n).map(|i| (i, (i + 1) % n)), |x, y| (x * y).sin()),
            "band_b2_n14" => {
                let pairs = (0..n).flat_map(|i| (i + 1..n.min(i + 3)).map(move |j| (i, j)));
                coupled(x, pairs, |x, y| (x - y).powi(4))
            }
            "binary_tree_n15" => coupled(x, (1..n).map(|i| ((i - 1) / 2, i)), |x, y| x * y * y.cos()),
            "bipartite_3x4" => {
                let pairs = (0..3).flat_map(|i| (3..7).map(move |j| (i, j)));
                coupled(x, pairs, |x, y| x * y * (c(0.1) * x * y).exp())
            }
            name => panic!("no problem is called {name}"),
        }
    }
}
