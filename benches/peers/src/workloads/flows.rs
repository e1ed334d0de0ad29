//! Sensitivities through solvers of differential equations, and the Jacobian of a discretised one.

use hyperjet::jets::Jet1;
use num_dual::DualSVec64;
use tangents::Dual;

use super::{VectorFunction, small_jacobian};
use crate::data::{array, json, matrix, problem};
use crate::measured::{Goal, Who};
use crate::number::{AdTrait, Lanes, Number};
use crate::runner::Workload;

pub(super) fn workloads() -> Vec<Workload> {
    let file = json("ode/discrete_integrators.json");
    let lotka_volterra = problem(&file, "lv_rk4_h0.1_N100");
    let answer: ([f64; 2], [[f64; 5]; 2]) = (array(&lotka_volterra["f"]), matrix(&lotka_volterra["J"]));
    vec![
        small_jacobian::<5, 6, 2, _>(
            "Lotka–Volterra by 100 steps of Runge–Kutta 4, Jacobian 2 × 5",
            &[(LotkaVolterra, array(&lotka_volterra["x"]))],
        )
        .reference(&answer),
        small_jacobian::<25, 26, 20, _>(
            "POLLU by 5 implicit steps, Jacobian 20 × 25",
            &[(Pollution, [1.0; 25])],
        )
        .goal(Goal::OverPeers(1.5)),
        Brusselator::new().workload().goal(Goal::OverPeers(1.5)),
    ]
}

// ---- Lotka and Volterra --------------------------------------------------------------------------------------------

/// A step of the classical method of Runge and Kutta.
#[inline(always)]
fn runge_kutta_4<T: Number, const D: usize>(f: impl Fn(&[T; D]) -> [T; D], y: &[T; D], h: f64) -> [T; D] {
    let along = |k: &[T; D], h: f64| -> [T; D] { std::array::from_fn(|i| y[i] + k[i] * h) };
    let k_1 = f(y);
    let k_2 = f(&along(&k_1, h / 2.0));
    let k_3 = f(&along(&k_2, h / 2.0));
    let k_4 = f(&along(&k_3, h));
    std::array::from_fn(|i| y[i] + (k_1[i] + (k_2[i] + k_3[i]) * 2.0 + k_4[i]) * (h / 6.0))
}

/// Prey and predators after 100 steps of 0.1, from their initial numbers and three rates.
#[derive(Clone)]
struct LotkaVolterra;

impl VectorFunction<5, 2> for LotkaVolterra {
    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T]) -> [T; 2] {
        let p = [x[2], x[3], x[4]];
        let mut y = [x[0], x[1]];
        for _ in 0..100 {
            let rate = |y: &[T; 2]| {
                let eaten = y[0] * y[1];
                [p[0] * y[0] - p[1] * eaten, eaten - p[2] * y[1]]
            };
            y = runge_kutta_4(rate, &y, 0.1);
        }
        y
    }

    /// The variational equations by the same method, which is the method's own derivative.
    #[inline(always)]
    fn by_hand(&self, x: &[f64; 5]) -> ([f64; 2], [[f64; 5]; 2]) {
        let p = [x[2], x[3], x[4]];
        // The state, then the derivatives of prey and of predators.
        let mut state = [x[0], x[1], 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0];
        let rate = |s: &[f64; 12]| {
            let [x, y] = [s[0], s[1]];
            let eaten = x * y;
            let mut rate = [0.0; 12];
            (rate[0], rate[1]) = (p[0] * x - p[1] * eaten, eaten - p[2] * y);
            for k in 0..5 {
                let (dx, dy) = (s[2 + k], s[7 + k]);
                rate[2 + k] = (p[0] - p[1] * y) * dx - p[1] * x * dy;
                rate[7 + k] = y * dx + (x - p[2]) * dy;
            }
            rate[4] += x;
            rate[5] -= eaten;
            rate[11] -= y;
            rate
        };
        for _ in 0..100 {
            state = runge_kutta_4(rate, &state, 0.1);
        }
        let part = |from: usize| std::array::from_fn(|k| state[from + k]);
        ([state[0], state[1]], [part(2), part(7)])
    }
}

// ---- Pollution -----------------------------------------------------------------------------------------------------

/// An air pollution model of 20 species and 25 reactions (Verwer, "Gauss–Seidel iteration for stiff ODEs from chemical
/// kinetics", 1994): the concentrations after 5 minutes, from factors on the 25 rates, by 5 linearly implicit steps.
#[derive(Clone)]
struct Pollution;

#[rustfmt::skip]
const RATES: [f64; 25] = [
    0.35, 26.6, 1.23e4, 8.6e-4, 8.2e-4, 1.5e4, 1.3e-4, 2.4e4, 1.65e4, 9e3, 0.022, 1.2e4, 1.88, 1.63e4, 4.8e6, 3.5e-4,
    0.0175, 1e8, 4.44e11, 1.24e3, 2.1, 5.78, 0.0474, 1.78e3, 3.12,
];

/// Instead of a second reactant.
const NONE: usize = 20;

/// The reactants, by their numbers from 0.
#[rustfmt::skip]
const REACTANTS: [(usize, usize); 25] = [
    (0, NONE), (1, 3), (4, 1), (6, NONE), (6, NONE), (6, 5), (8, NONE), (8, 5), (10, 1), (10, 0), (12, NONE), (9, 1),
    (13, NONE), (0, 5), (2, NONE), (3, NONE), (3, NONE), (15, NONE), (15, NONE), (16, 5), (18, NONE), (18, NONE), (0, 3),
    (18, 0), (19, NONE),
];

/// What a reaction adds to which species.
#[rustfmt::skip]
const EFFECTS: [&[(usize, f64)]; 25] = [
    &[(0, -1.0), (1, 1.0), (2, 1.0)],
    &[(0, 1.0), (1, -1.0), (3, -1.0)],
    &[(0, 1.0), (1, -1.0), (4, -1.0), (5, 1.0)],
    &[(4, 2.0), (6, -1.0), (7, 1.0)],
    &[(6, -1.0), (7, 1.0)],
    &[(4, 1.0), (5, -1.0), (6, -1.0), (7, 1.0)],
    &[(4, 1.0), (7, 1.0), (8, -1.0), (9, 1.0)],
    &[(5, -1.0), (8, -1.0), (10, 1.0)],
    &[(0, 1.0), (1, -1.0), (9, 1.0), (10, -1.0), (11, 1.0)],
    &[(0, -1.0), (10, -1.0), (12, 1.0)],
    &[(0, 1.0), (10, 1.0), (12, -1.0)],
    &[(0, 1.0), (1, -1.0), (9, -1.0), (13, 1.0)],
    &[(4, 1.0), (6, 1.0), (13, -1.0)],
    &[(0, -1.0), (5, -1.0), (14, 1.0)],
    &[(2, -1.0), (3, 1.0)],
    &[(3, -1.0), (15, 1.0)],
    &[(2, 1.0), (3, -1.0)],
    &[(5, 2.0), (15, -1.0)],
    &[(2, 1.0), (15, -1.0)],
    &[(4, 1.0), (5, -1.0), (16, -1.0), (17, 1.0)],
    &[(1, 1.0), (18, -1.0)],
    &[(0, 1.0), (2, 1.0), (18, -1.0)],
    &[(0, -1.0), (3, -1.0), (18, 1.0)],
    &[(0, -1.0), (18, -1.0), (19, 1.0)],
    &[(0, 1.0), (18, 1.0), (19, -1.0)],
];

/// Initial concentrations; the last is the one that stands for no second reactant.
#[rustfmt::skip]
const INITIAL: [f64; 21] = [
    0.0, 0.2, 0.0, 0.04, 0.0, 0.0, 0.1, 0.3, 0.01, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.007, 0.0, 0.0, 0.0, 1.0,
];

/// Minutes.
const STEP: f64 = 1.0;

type Square<T> = [[T; 20]; 20];

/// Factors by elimination without pivots, which 1 − h·J of such a system doesn't need.
#[inline(always)]
fn factor<T: Number>(a: &mut Square<T>) {
    for k in 0..20 {
        let (top, below) = a.split_at_mut(k + 1);
        for row in below {
            let factor = row[k] / top[k][k];
            row[k] = factor;
            for (x, pivot) in row[k + 1..].iter_mut().zip(&top[k][k + 1..]) {
                *x = *x - factor * *pivot;
            }
        }
    }
}

#[inline(always)]
fn substitute<T: Number>(lu: &Square<T>, x: &mut [T; 20]) {
    for i in 0..20 {
        for j in 0..i {
            x[i] = x[i] - lu[i][j] * x[j];
        }
    }
    for i in (0..20).rev() {
        for j in i + 1..20 {
            x[i] = x[i] - lu[i][j] * x[j];
        }
        x[i] = x[i] / lu[i][i];
    }
}

/// h·f and 1 − h·J.
#[inline(always)]
fn step_system<T: Number>(k: &[T; 25], y: &[T; 21]) -> ([T; 20], Square<T>) {
    let mut rate = [T::lit(0.0); 20];
    let mut matrix = [[T::lit(0.0); 20]; 20];
    for (i, row) in matrix.iter_mut().enumerate() {
        row[i] = T::lit(1.0);
    }
    for ((&(a, b), effects), &k) in REACTANTS.iter().zip(EFFECTS).zip(k) {
        let speed = if b == NONE { k * y[a] } else { k * y[a] * y[b] };
        for &(i, effect) in effects {
            rate[i] = rate[i] + speed * (effect * STEP);
            if b == NONE {
                matrix[i][a] = matrix[i][a] - k * (effect * STEP);
            } else {
                matrix[i][a] = matrix[i][a] - k * y[b] * (effect * STEP);
                matrix[i][b] = matrix[i][b] - k * y[a] * (effect * STEP);
            }
        }
    }
    (rate, matrix)
}

impl VectorFunction<25, 20> for Pollution {
    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T]) -> [T; 20] {
        let k: [T; 25] = std::array::from_fn(|j| x[j] * RATES[j]);
        let mut y = INITIAL.map(T::lit);
        for _ in 0..5 {
            let (mut d, mut matrix) = step_system(&k, &y);
            factor(&mut matrix);
            substitute(&matrix, &mut d);
            for (y, d) in y.iter_mut().zip(d) {
                *y = *y + d;
            }
        }
        std::array::from_fn(|i| y[i])
    }

    /// From M·d = h·f follows M·ḋ = h·ḟ − Ṁ·d, with the factors of M.
    #[inline(always)]
    fn by_hand(&self, x: &[f64; 25]) -> ([f64; 20], [[f64; 25]; 20]) {
        let k: [f64; 25] = std::array::from_fn(|j| x[j] * RATES[j]);
        let mut y = INITIAL;
        let mut by_factors = [[0.0; 21]; 25];
        for _ in 0..5 {
            let (mut d, mut matrix) = step_system(&k, &y);
            factor(&mut matrix);
            substitute(&matrix, &mut d);
            let change = |i: usize| if i == NONE { 0.0 } else { d[i] };
            for (lane, s) in by_factors.iter_mut().enumerate() {
                let mut rest = [0.0; 20];
                for (j, (&(a, b), effects)) in REACTANTS.iter().zip(EFFECTS).enumerate() {
                    // The derivatives of the speed and of the speed's change along d.
                    let mut slope = k[j] * (s[a] * (y[b] + change(b)) + (y[a] + change(a)) * s[b]);
                    if j == lane {
                        slope += RATES[j] * (y[a] * y[b] + change(a) * y[b] + y[a] * change(b));
                    }
                    for &(i, effect) in effects {
                        rest[i] += effect * STEP * slope;
                    }
                }
                substitute(&matrix, &mut rest);
                for (s, change) in s.iter_mut().zip(rest) {
                    *s += change;
                }
            }
            for (y, d) in y.iter_mut().zip(d) {
                *y += d;
            }
        }
        let jacobian = std::array::from_fn(|i| std::array::from_fn(|lane| by_factors[lane][i]));
        (std::array::from_fn(|i| y[i]), jacobian)
    }
}

// ---- Brusselator -----------------------------------------------------------------------------------------------------

/// The side of the grid.
const SIDE: usize = 32;
/// Points of the grid; the unknowns are u at each, then v.
const POINTS: usize = SIDE * SIDE;

/// The reaction and diffusion of `SciML`'s benchmark on a periodic grid, before its source is switched on, and its Jacobian in
/// compressed columns: those of one colour share no row.
#[derive(Clone)]
struct Brusselator {
    /// The neighbours left, right, below and above.
    neighbours: Vec<[usize; 4]>,
    /// The colour of each unknown's column.
    colours: Vec<usize>,
    x: Vec<f64>,
}

/// Lanes for all colours in one pass.
const LANES: usize = 16;
/// 10 over the square of the distance of two points, 1/31.
const DIFFUSION: f64 = 10.0 * 31.0 * 31.0;

impl Brusselator {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn new() -> Self {
        let place = |i: usize, j: usize| i % SIDE + SIDE * (j % SIDE);
        let neighbours: Vec<_> = (0..POINTS)
            .map(|p| {
                let (i, j) = (p % SIDE + SIDE, p / SIDE + SIDE);
                [place(i - 1, j), place(i + 1, j), place(i, j - 1), place(i, j + 1)]
            })
            .collect();
        let at = |i: usize| i as f64 / (SIDE - 1) as f64;
        let bump = |s: f64| (s * (1.0 - s)).powf(1.5);
        let u = (0..POINTS).map(|p| 22.0 * bump(at(p / SIDE)));
        let v = (0..POINTS).map(|p| 27.0 * bump(at(p % SIDE)));
        let mut brusselator = Self { neighbours, colours: Vec::new(), x: u.chain(v).collect() };
        brusselator.colours = brusselator.coloured();
        brusselator
    }

    /// The columns in which a row has entries.
    fn columns(&self, row: usize) -> [usize; 6] {
        let (point, other) = if row < POINTS { (row, row + POINTS) } else { (row - POINTS, row - POINTS) };
        let [a, b, c, d] = self.neighbours[point].map(|p| if row < POINTS { p } else { p + POINTS });
        [row, other, a, b, c, d]
    }

    /// The first colour that no column has with which one shares a row, column by column.
    fn coloured(&self) -> Vec<usize> {
        let mut rows = vec![Vec::new(); 2 * POINTS];
        for row in 0..2 * POINTS {
            for column in self.columns(row) {
                rows[column].push(row);
            }
        }
        let mut colours = vec![usize::MAX; 2 * POINTS];
        for column in 0..2 * POINTS {
            let taken: Vec<_> =
                rows[column].iter().flat_map(|&row| self.columns(row)).map(|other| colours[other]).collect();
            colours[column] = (0..2 * POINTS).find(|colour| !taken.contains(colour)).expect("a colour");
        }
        colours
    }

    #[inline(always)]
    fn eval<T: Number>(&self, x: &[T], rate: &mut [T]) {
        let (u, v) = x.split_at(POINTS);
        for p in 0..POINTS {
            let [a, b, c, d] = self.neighbours[p];
            let square = u[p] * u[p] * v[p];
            let spread = |u: &[T]| (u[a] + u[b] + u[c] + u[d] - u[p] * 4.0) * DIFFUSION;
            rate[p] = square - u[p] * 4.4 + spread(u) + 1.0;
            rate[POINTS + p] = u[p] * 3.4 - square + spread(v);
        }
    }

    /// The value, then the entries of each row by colour.
    fn by_hand(&self, x: &[f64], out: &mut [f64]) {
        let (rate, compressed) = out.split_at_mut(2 * POINTS);
        self.eval(x, rate);
        compressed.fill(0.0);
        for p in 0..POINTS {
            let (u, v) = (x[p], x[POINTS + p]);
            for (row, other, diagonal, mixed) in [
                (p, POINTS + p, 2.0 * u * v - 4.4 - 4.0 * DIFFUSION, u * u),
                (POINTS + p, p, -u * u - 4.0 * DIFFUSION, 3.4 - 2.0 * u * v),
            ] {
                let entries = &mut compressed[LANES * row..][..LANES];
                entries[self.colours[row]] = diagonal;
                entries[self.colours[other]] = mixed;
                for q in self.neighbours[p] {
                    entries[self.colours[row - p + q]] = DIFFUSION;
                }
            }
        }
    }

    fn workload(self) -> Workload {
        fn on<D: Lanes<LANES>>(workload: Workload, who: Who, case: &Brusselator, length: usize) -> Workload {
            let (mut lifted, mut rate) = (Vec::<D>::new(), vec![D::lit(0.0); 2 * POINTS]);
            workload.entry_into(who, "16 lanes", case, length, move |case, out| {
                lifted.clear();
                let seeds = case.x.iter().zip(&case.colours);
                lifted.extend(seeds.map(|(&x, &colour)| D::variable(x, colour)));
                case.eval(&lifted, &mut rate);
                let (values, compressed) = out.split_at_mut(2 * POINTS);
                for ((value, lanes), rate) in
                    values.iter_mut().zip(compressed.chunks_exact_mut(LANES)).zip(&rate)
                {
                    *value = rate.value();
                    lanes.copy_from_slice(&rate.lanes());
                }
            })
        }
        let colours = 1 + self.colours.iter().max().expect("a column");
        assert!(colours <= LANES, "{colours} colours");
        let length = 2 * POINTS * (1 + LANES);
        let case = &self;
        let mut workload =
            Workload::new(format!("Brusselator {SIDE} × {SIDE}, Jacobian in {colours} colours"))
                .entry_into(Who::Plain, "", case, 2 * POINTS, |case, rate| case.eval(&case.x, rate))
                .entry_into(Who::Hand, "", case, length, |case, out| case.by_hand(&case.x, out));
        workload = on::<Dual<f64, LANES>>(workload, Who::Tangents, case, length);
        workload = on::<DualSVec64<LANES>>(workload, Who::NumDual, case, length);
        workload = on::<Jet1<LANES>>(workload, Who::Hyperjet, case, length);
        workload = on::<hyperdual::Hyperdual<f64, 17>>(workload, Who::Hyperdual, case, length);
        on::<AdTrait<LANES>>(workload, Who::AdTrait, case, length)
    }
}
