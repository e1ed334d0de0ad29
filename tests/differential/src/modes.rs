//! The numbers that compute the derivatives, each by the driver that runs on it, or by hand where none does.

use tangents::{
    Dual, HyperDual, Taylor, hessian, hvp, jet, partial, third_derivatives, value_and_gradient, vhv,
};

use crate::functions::Number;
use crate::tree::Tree;

/// A derivative: in x and in y so many times, or of an order along x + y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Which {
    Partial(usize, usize),
    Diagonal(usize),
}

impl Which {
    pub fn order(self) -> usize {
        match self {
            Self::Partial(i, j) => i + j,
            Self::Diagonal(n) => n,
        }
    }

    /// The derivative in these coordinates.
    fn of(coordinates: &[usize]) -> Self {
        let in_y = coordinates.iter().sum();
        Self::Partial(coordinates.len() - in_y, in_y)
    }
}

/// A derivative that was found.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub mode: &'static str,
    pub which: Which,
    pub value: f64,
}

/// What the modes find, up to an order.
struct Findings {
    variables: usize,
    order: usize,
    found: Vec<Found>,
}

impl Findings {
    fn note<F: Number>(&mut self, mode: &'static str, which: Which, value: F) {
        if which.order() <= self.order {
            self.found.push(Found { mode, which, value: value.to_f64().expect("a float") });
        }
    }

    fn note_at<F: Number>(&mut self, mode: &'static str, coordinates: &[usize], value: F) {
        if coordinates.iter().all(|&i| i < self.variables) {
            self.note(mode, Which::of(coordinates), value);
        }
    }

    /// The sorted lists of `k` coordinates.
    fn lists<const K: usize>(&self) -> impl Iterator<Item = [usize; K]> + use<K> {
        let in_y = if self.variables == 1 { 0..=0 } else { 0..=K };
        in_y.map(|in_y| std::array::from_fn(|i| usize::from(i + in_y >= K)))
    }
}

macro_rules! modes {
    ($name:ident, $F:ty) => {
        /// The derivatives of the tree by all modes, up to an order. A second variable is there in any case, and in all
        /// numbers, so that their types are few.
        pub fn $name(tree: &Tree, point: &[f64], order: usize) -> Vec<Found> {
            #[allow(clippy::cast_possible_truncation)]
            let x: [$F; 2] = std::array::from_fn(|i| point.get(i).map_or(0.0, |&x| x as $F));
            let mut findings = Findings { variables: point.len(), order, found: Vec::new() };
            let units: [[$F; 2]; 2] = [[1.0, 0.0], [0.0, 1.0]];
            let zero: [$F; 2] = [0.0; 2];

            let (value, gradient) = value_and_gradient(|x: &[_]| tree.evaluate(x), &x);
            findings.note_at("Dual", &[], value);
            for i in 0..2 {
                findings.note_at("Dual", &[i], gradient[i]);
            }
            let packed = hessian(|x: &[_]| tree.evaluate(x), &x);
            for i in 0..point.len() {
                let hv = hvp(|x: &[_]| tree.evaluate(x), &x, &units[i]);
                for j in 0..2 {
                    findings.note_at("Dual over Dual", &[i, j], hv[j]);
                    findings.note_at("HyperDual", &[i, j], packed[i][j]);
                }
                let (_, series) =
                    jet::<4, _, _, _>(|x: &[_]| tree.evaluate(x), &x, [&units[i], &zero, &zero, &zero]);
                for (k, derivative) in series.into_iter().enumerate() {
                    findings.note_at("Taylor", &vec![i; k + 1], derivative);
                }
            }
            if point.len() == 2 {
                let ones = [1.0; 2];
                findings.note("HyperDual", Which::Diagonal(2), vhv(|x: &[_]| tree.evaluate(x), &x, &ones));
                let (_, series) =
                    jet::<4, _, _, _>(|x: &[_]| tree.evaluate(x), &x, [&ones, &zero, &zero, &zero]);
                for (k, derivative) in series.into_iter().enumerate() {
                    findings.note("Taylor", Which::Diagonal(k + 1), derivative);
                }
            }
            if order >= 3 {
                let third = third_derivatives(|x: &[_]| tree.evaluate(x), &x);
                for m in findings.lists::<3>() {
                    findings.note_at("Dual³", &m, partial(|x: &[_]| tree.evaluate(x), &x, m));
                    for [i, j, k] in [m, [m[1], m[2], m[0]], [m[2], m[0], m[1]]] {
                        findings.note_at("HyperDual over Dual", &m, third[i][j][k]);
                    }
                }
                for k in 0..point.len() {
                    // Outer lane: coordinate k.
                    let lift = |i: usize| {
                        let moves = if i == k { 1.0 } else { 0.0 };
                        Dual::<HyperDual<$F, 2>, 1>::new(
                            HyperDual::variable(x[i], i),
                            [HyperDual::constant(moves)],
                        )
                    };
                    let y = tree.evaluate(&[lift(0), lift(1)]);
                    for [i, j] in [[0, 0], [0, 1], [1, 1]] {
                        findings.note_at("Dual over HyperDual", &[i, j, k], y.eps[0].second(i, j));
                    }
                }
            }
            for k in 0..point.len() {
                for l in 0..point.len() {
                    // The curve along coordinate k, its coefficients with a lane along coordinate l.
                    let lift = |i: usize| {
                        let [along, beside] = [k, l].map(|c| if i == c { 1.0 } else { 0.0 });
                        let zero = Dual::constant(0.0);
                        Taylor::<Dual<$F, 1>, 3>::new(
                            Dual::new(x[i], [beside]),
                            [Dual::constant(along), zero, zero],
                        )
                    };
                    let y = tree.evaluate(&[lift(0), lift(1)]);
                    for order in 1..=3 {
                        let derivative = y.derivative(order);
                        let mut coordinates = vec![k; order];
                        findings.note_at("Taylor over Dual", &coordinates, derivative.re);
                        coordinates.push(l);
                        findings.note_at("Taylor over Dual", &coordinates, derivative.eps[0]);
                    }
                }
            }
            if order >= 4 {
                for m in findings.lists::<4>() {
                    findings.note_at("Dual⁴", &m, partial(|x: &[_]| tree.evaluate(x), &x, m));
                }
                for k in 0..point.len() {
                    let lift = |i: usize| {
                        let moves = if i == k { 1.0 } else { 0.0 };
                        let inner = HyperDual::<$F, 1>::from_fn(x[i], [moves], |_, _| 0.0);
                        HyperDual::<HyperDual<$F, 1>, 2>::variable(inner, i)
                    };
                    let y = tree.evaluate(&[lift(0), lift(1)]);
                    for [i, j] in [[0, 0], [0, 1], [1, 1]] {
                        let second = y.second(i, j);
                        findings.note_at("HyperDual over HyperDual", &[i, j, k], second.gradient[0]);
                        findings.note_at("HyperDual over HyperDual", &[i, j, k, k], second.second(0, 0));
                    }
                }
            }
            findings.found
        }
    };
}

modes!(in_f64, f64);
modes!(in_f32, f32);
