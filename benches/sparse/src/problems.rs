//! The functions whose derivatives are timed, and their Jacobians by hand.

use num_traits::Float;
use tangents::{Function, Number};

/// A function of a slice that returns a `Vec`, and its Jacobian by hand.
pub trait Problem {
    fn name(&self) -> String;

    fn point(&self) -> Vec<f64>;

    fn eval<T: Float>(&self, x: &[T]) -> Vec<T>;

    /// The entries of the Jacobian, row after row, each row's by increasing column.
    fn by_hand(&self, x: &[f64], values: &mut [f64]);
}

/// A problem as a function value.
pub struct Value<'a, P>(pub &'a P);

impl<P: Problem> Function for Value<'_, P> {
    type From = [f64];
    type To = Vec<f64>;

    #[inline(always)]
    #[allow(clippy::inline_always)] // into drivers for each instruction set
    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        self.0.eval(x)
    }
}

fn lit<T: Float>(x: f64) -> T {
    T::from(x).expect("a float holds it")
}

/// Broyden's tridiagonal function.
pub struct Tridiagonal {
    pub n: usize,
}

impl Problem for Tridiagonal {
    fn name(&self) -> String {
        format!("tridiagonal, n = {}", self.n)
    }

    #[allow(clippy::cast_precision_loss)] // small numbers
    fn point(&self) -> Vec<f64> {
        (0..self.n).map(|i| (i % 17) as f64 / 17.0 - 0.5).collect()
    }

    #[inline(always)]
    #[allow(clippy::inline_always)]
    fn eval<T: Float>(&self, x: &[T]) -> Vec<T> {
        let n = x.len();
        let mut y = Vec::with_capacity(n);
        for i in 0..n {
            let mut r = (lit::<T>(3.0) - lit::<T>(2.0) * x[i]) * x[i] + T::one();
            if i > 0 {
                r = r - x[i - 1];
            }
            if i + 1 < n {
                r = r - lit::<T>(2.0) * x[i + 1];
            }
            y.push(r);
        }
        y
    }

    fn by_hand(&self, x: &[f64], values: &mut [f64]) {
        let mut values = values.iter_mut();
        let mut push = |value| *values.next().expect("a place") = value;
        for (i, x) in x.iter().enumerate() {
            if i > 0 {
                push(-1.0);
            }
            push(3.0 - 4.0 * x);
            if i + 1 < self.n {
                push(-2.0);
            }
        }
    }
}

/// −Δu = λ·eᵘ on a square with zeros around it, by the five-point stencil.
pub struct FivePoint {
    pub side: usize,
}

impl Problem for FivePoint {
    fn name(&self) -> String {
        format!("five-point, n = {}", self.side * self.side)
    }

    #[allow(clippy::cast_precision_loss)] // small numbers
    fn point(&self) -> Vec<f64> {
        (0..self.side * self.side).map(|i| (i % 23) as f64 / 23.0).collect()
    }

    #[inline(always)]
    #[allow(clippy::inline_always)]
    fn eval<T: Float>(&self, x: &[T]) -> Vec<T> {
        let k = self.side;
        let mut y = Vec::with_capacity(x.len());
        for i in 0..k {
            for j in 0..k {
                let p = k * i + j;
                let mut r = lit::<T>(4.0) * x[p] - lit::<T>(0.01) * x[p].exp();
                if i > 0 {
                    r = r - x[p - k];
                }
                if j > 0 {
                    r = r - x[p - 1];
                }
                if j + 1 < k {
                    r = r - x[p + 1];
                }
                if i + 1 < k {
                    r = r - x[p + k];
                }
                y.push(r);
            }
        }
        y
    }

    fn by_hand(&self, x: &[f64], values: &mut [f64]) {
        let k = self.side;
        let mut values = values.iter_mut();
        let mut push = |value| *values.next().expect("a place") = value;
        for i in 0..k {
            for j in 0..k {
                if i > 0 {
                    push(-1.0);
                }
                if j > 0 {
                    push(-1.0);
                }
                push(4.0 - 0.01 * x[k * i + j].exp());
                if j + 1 < k {
                    push(-1.0);
                }
                if i + 1 < k {
                    push(-1.0);
                }
            }
        }
    }
}

/// Reaction and diffusion of `SciML`'s benchmark on a periodic grid, before its source is switched on: u at each point, then v.
pub struct Brusselator {
    neighbours: Vec<[usize; 4]>,
    side: usize,
    diffusion: f64,
}

impl Brusselator {
    #[allow(clippy::cast_precision_loss)] // small numbers
    pub fn new(side: usize) -> Self {
        let place = |i: usize, j: usize| i % side + side * (j % side);
        let neighbours = (0..side * side)
            .map(|p| {
                let (i, j) = (p % side + side, p / side + side);
                [place(i - 1, j), place(i + 1, j), place(i, j - 1), place(i, j + 1)]
            })
            .collect();
        Self { neighbours, side, diffusion: 10.0 * ((side - 1) * (side - 1)) as f64 }
    }
}

impl Problem for Brusselator {
    fn name(&self) -> String {
        format!("Brusselator {0} × {0}, n = {1}", self.side, 2 * self.neighbours.len())
    }

    #[allow(clippy::cast_precision_loss)] // small numbers
    fn point(&self) -> Vec<f64> {
        let points = self.neighbours.len();
        let at = |i: usize| i as f64 / (self.side - 1) as f64;
        let bump = |s: f64| (s * (1.0 - s)).powf(1.5);
        let u = (0..points).map(|p| 22.0 * bump(at(p / self.side)));
        let v = (0..points).map(|p| 27.0 * bump(at(p % self.side)));
        u.chain(v).collect()
    }

    #[inline(always)]
    #[allow(clippy::inline_always)]
    fn eval<T: Float>(&self, x: &[T]) -> Vec<T> {
        let points = self.neighbours.len();
        let (u, v) = x.split_at(points);
        let diffusion = lit::<T>(self.diffusion);
        let spread = |u: &[T], p: usize| {
            let [a, b, c, d] = self.neighbours[p];
            (u[a] + u[b] + u[c] + u[d] - lit::<T>(4.0) * u[p]) * diffusion
        };
        let mut y = Vec::with_capacity(x.len());
        for p in 0..points {
            let square = u[p] * u[p] * v[p];
            y.push(square - lit::<T>(4.4) * u[p] + spread(u, p) + T::one());
        }
        for p in 0..points {
            y.push(lit::<T>(3.4) * u[p] - u[p] * u[p] * v[p] + spread(v, p));
        }
        y
    }

    fn by_hand(&self, x: &[f64], values: &mut [f64]) {
        let points = self.neighbours.len();
        let (u, v) = x.split_at(points);
        let mut values = values.iter_mut();
        let mut row = |mut entries: [(usize, f64); 6]| {
            entries.sort_unstable_by_key(|&(column, _)| column);
            for (_, value) in entries {
                *values.next().expect("a place") = value;
            }
        };
        for (p, &[a, b, c, d]) in self.neighbours.iter().enumerate() {
            let k = self.diffusion;
            let on = 2.0 * u[p] * v[p] - 4.4 - 4.0 * k;
            row([(a, k), (b, k), (c, k), (d, k), (p, on), (points + p, u[p] * u[p])]);
        }
        for (p, neighbours) in self.neighbours.iter().enumerate() {
            let [a, b, c, d] = neighbours.map(|q| points + q);
            let k = self.diffusion;
            let on = -u[p] * u[p] - 4.0 * k;
            row([(a, k), (b, k), (c, k), (d, k), (p, 3.4 - 2.0 * u[p] * v[p]), (points + p, on)]);
        }
    }
}

/// Reprojections of points by cameras of nine parameters, as in `BAL`: each point is seen by a few cameras.
pub struct BundleAdjustment {
    cameras: usize,
    points: usize,
    /// Camera and point of each observation.
    observations: Vec<[usize; 2]>,
}

impl BundleAdjustment {
    pub fn new(cameras: usize, points: usize) -> Self {
        let seen_by = |p: usize| (0..4.min(cameras)).map(move |k| [(7 * p + 3 * k) % cameras, p]);
        Self { cameras, points, observations: (0..points).flat_map(seen_by).collect() }
    }
}

impl Problem for BundleAdjustment {
    fn name(&self) -> String {
        format!("bundle adjustment, n = {}", 9 * self.cameras + 3 * self.points)
    }

    #[allow(clippy::cast_precision_loss)] // small numbers
    fn point(&self) -> Vec<f64> {
        let camera = |k: usize| {
            let t = k as f64 / 10.0;
            [0.1 + t / 50.0, -0.2, 0.05, 0.1 * t.sin(), 0.2 * t.cos(), -5.0, 500.0, -0.1, 0.01]
        };
        let point = |p: usize| {
            let t = p as f64;
            [t.sin(), (1.3 * t).cos(), 0.5 * (0.7 * t).sin()]
        };
        (0..self.cameras).flat_map(camera).chain((0..self.points).flat_map(point)).collect()
    }

    #[inline(always)]
    #[allow(clippy::inline_always)]
    fn eval<T: Float>(&self, x: &[T]) -> Vec<T> {
        let (cameras, points) = x.split_at(9 * self.cameras);
        let mut y = Vec::with_capacity(2 * self.observations.len());
        for &[camera, point] in &self.observations {
            let (c, p) = (&cameras[9 * camera..][..9], &points[3 * point..][..3]);
            // Rodrigues' formula.
            let angle = (c[0] * c[0] + c[1] * c[1] + c[2] * c[2]).sqrt();
            let axis = [c[0] / angle, c[1] / angle, c[2] / angle];
            let (sin, cos) = angle.sin_cos();
            let cross = [
                axis[1] * p[2] - axis[2] * p[1],
                axis[2] * p[0] - axis[0] * p[2],
                axis[0] * p[1] - axis[1] * p[0],
            ];
            let along = (axis[0] * p[0] + axis[1] * p[1] + axis[2] * p[2]) * (T::one() - cos);
            let turned = |i: usize| p[i] * cos + cross[i] * sin + axis[i] * along + c[3 + i];
            let (u, v, w) = (turned(0), turned(1), turned(2));
            let (u, v) = (-(u / w), -(v / w));
            let square = u * u + v * v;
            let scale = c[6] * (T::one() + square * (c[7] + c[8] * square));
            y.push(u * scale);
            y.push(v * scale);
        }
        y
    }

    /// By dual numbers of twelve lanes for each observation, block by block: what one would write who doesn't care for patterns.
    fn by_hand(&self, x: &[f64], values: &mut [f64]) {
        use tangents::jacobian;

        for (&[camera, point], values) in self.observations.iter().zip(values.chunks_exact_mut(24)) {
            let mut at = [0.0; 12];
            at[..9].copy_from_slice(&x[9 * camera..][..9]);
            at[9..].copy_from_slice(&x[9 * self.cameras + 3 * point..][..3]);
            let one = Self { cameras: 1, points: 1, observations: vec![[0, 0]] };
            let block = jacobian(|x: &[tangents::Dual<f64, 12>]| one.eval(x), &at);
            values[..12].copy_from_slice(&block[0]);
            values[12..].copy_from_slice(&block[1]);
        }
    }
}
