//! The hot operations, each repeated on inputs that the compiler doesn't know.

use std::hint::black_box;

use num_traits::Float;
use tangents::function::InstructionSet;
use tangents::{
    Dual, Function, HyperDual, Number, Workspace, derivative, grad, gradient, hessian, hvp, jacfwd, jacobian,
    jvp, matvec_into,
};

/// How often each is repeated; the counts are per repetition.
pub const REPETITIONS: u64 = 100;

/// Something to count, by name.
pub struct Operation {
    pub name: String,
    /// The set that function values are run in, if they are.
    set: Option<InstructionSet>,
    run: Box<dyn FnMut()>,
}

impl Operation {
    fn new<I: 'static, R>(name: impl Into<String>, input: I, mut f: impl FnMut(&I) -> R + 'static) -> Self {
        let run = move || {
            for _ in 0..REPETITIONS {
                let result = f(black_box(&input));
                black_box(&result);
            }
        };
        Self { name: name.into(), set: None, run: Box::new(run) }
    }

    /// A method of a function value, compiled for `set`.
    fn in_set<I: 'static, R>(
        set: InstructionSet,
        name: &str,
        input: I,
        f: impl FnMut(&I) -> R + 'static,
    ) -> Self {
        Self { set: Some(set), ..Self::new(format!("{set:?}: {name}"), input, f) }
    }

    /// Runs it in its set.
    pub fn run(&mut self) {
        let forced = self.set.map(|set| set.force().expect("one of those that this CPU has"));
        self.counted();
        if forced.is_some() {
            InstructionSet::detect();
        }
    }

    /// What is counted is what happens in here.
    #[inline(never)]
    fn counted(&mut self) {
        (self.run)();
        // Not a tail call: callgrind must see the return.
        black_box(&self.name);
    }
}

pub fn all() -> Vec<Operation> {
    let mut all = Vec::new();
    on_lanes::<1>(&mut all);
    on_lanes::<4>(&mut all);
    on_lanes::<8>(&mut all);
    of_second_order(&mut all);
    drivers(&mut all);
    // Valgrind knows no AVX-512.
    for set in InstructionSet::available().filter(|&set| set <= InstructionSet::Avx2) {
        function_values(&mut all, set);
    }
    all
}

/// Arithmetic and elementary functions on numbers with N lanes.
fn on_lanes<const N: usize>(all: &mut Vec<Operation>) {
    let x = Dual::<f64, N>::new(1.25, std::array::from_fn(|i| 0.5 + coordinate(i)));
    let y = Dual::<f64, N>::new(0.75, std::array::from_fn(|i| 0.25 - coordinate(i)));
    let mut add = |name: &str, f: fn(Dual<f64, N>, Dual<f64, N>) -> Dual<f64, N>| {
        all.push(Operation::new(format!("Dual<f64, {N}>: {name}"), (x, y), move |&(x, y)| f(x, y)));
    };
    add("x * y", |x, y| x * y);
    add("x / y", |x, y| x / y);
    add("x.sqrt()", |x, _| x.sqrt());
    add("x.exp()", |x, _| x.exp());
    add("x.powf(y)", Dual::powf);
}

/// The same on numbers with a Hessian.
fn of_second_order(all: &mut Vec<Operation>) {
    let x = HyperDual::<f64, 4>::variable(1.25, 0);
    let y = HyperDual::<f64, 4>::variable(0.75, 1);
    let (x, y) = (x * y, x / y);
    all.push(Operation::new("HyperDual<f64, 4>: x * y", (x, y), |&(x, y)| x * y));
    all.push(Operation::new("HyperDual<f64, 4>: x / y", (x, y), |&(x, y)| x / y));
    all.push(Operation::new("HyperDual<f64, 4>: x.exp()", x, |&x| x.exp()));
}

fn drivers(all: &mut Vec<Operation>) {
    let ten: [f64; 10] = std::array::from_fn(coordinate);
    let hundred: Vec<f64> = (0..100).map(coordinate).collect();
    let twenty: Vec<f64> = (0..20).map(coordinate).collect();

    all.push(Operation::new("derivative of exp(sin x)·ln(x² + 1)/√x", 1.25, |&x| {
        derivative(|x| x.sin().exp() * (x * x + 1.0).ln() / x.sqrt(), x)
    }));
    all.push(Operation::new("gradient of Rosenbrock, [f64; 10]", ten, |x| gradient(rosenbrock, x)));
    let (mut g, mut workspace) = (vec![0.0; 100], Workspace::new());
    all.push(Operation::new("Workspace::gradient of Rosenbrock, 100", hundred, move |x| {
        workspace.gradient(rosenbrock, x, &mut g)
    }));
    all.push(Operation::new("jacobian of Lorenz, [f64; 3]", [1.0, 2.0, 25.0], |x| jacobian(lorenz, x)));
    let (mut j, mut workspace) = (vec![0.0; 400], Workspace::new());
    all.push(Operation::new("Workspace::jacobian of Broyden, 20", twenty, move |x| {
        workspace.jacobian(broyden, x, &mut j)
    }));
    all.push(Operation::new("jvp of Rosenbrock, [f64; 10]", ten, |x| jvp(rosenbrock, x, &[1.0; 10])));
    all.push(Operation::new("hvp of Rosenbrock, [f64; 10]", ten, |x| hvp(rosenbrock, x, &[1.0; 10])));
    all.push(Operation::new("hessian of Rosenbrock, [f64; 10]", ten, |x| hessian(rosenbrock, x)));
    let forty: Vec<f64> = (0..40).map(coordinate).collect();
    let (mut h, mut workspace) = (vec![0.0; 1600], Workspace::new());
    all.push(Operation::new("Workspace::hessian of Rosenbrock, 40", forty, move |x| {
        workspace.hessian(rosenbrock, x, &mut h)
    }));
    // What is nested so deep must also compile in seconds.
    let four: [f64; 4] = std::array::from_fn(coordinate);
    all.push(Operation::new("jacfwd(jacfwd(jacfwd(grad(Rosenbrock)))), [f64; 4]", four, |x| {
        jacfwd(jacfwd(jacfwd(grad(rosenbrock))))(x)
    }));
    let x: Vec<Dual<f64, 8>> =
        (0..64).map(|i| Dual::new(coordinate(i), std::array::from_fn(coordinate))).collect();
    let (a, mut y) = ((0..64 * 64).map(coordinate).collect::<Vec<_>>(), x.clone());
    all.push(Operation::new("matvec_into, 64 × 64 times Dual<f64, 8>", (a, x), move |(a, x)| {
        matvec_into(a, x, &mut y)
    }));
}

/// What a function value does in an instruction set.
fn function_values(all: &mut Vec<Operation>, set: InstructionSet) {
    let ten: [f64; 10] = std::array::from_fn(coordinate);
    let four: [f64; 4] = std::array::from_fn(coordinate);
    let hundred: Vec<f64> = (0..100).map(coordinate).collect();

    all.push(Operation::in_set(set, "Rosenbrock.gradient, [f64; 10]", ten, |x| Rosenbrock.gradient(x)));
    all.push(Operation::in_set(set, "Rosenbrock.hessian, [f64; 4]", four, |x| Rosenbrock.hessian(x)));
    all.push(Operation::in_set(set, "Rosenbrock.gradient, slice of 100", hundred, |x| {
        Rosenbrock.gradient(&x[..])
    }));
}

/// [`rosenbrock`] as a function value.
struct Rosenbrock;

impl Function for Rosenbrock {
    type From = [f64];
    type To = f64;

    #[inline]
    fn call<T: Number>(&self, x: &[T]) -> T {
        rosenbrock(x)
    }
}

fn coordinate(i: usize) -> f64 {
    0.5 + 0.37 * f64::from(u8::try_from(i % 7).unwrap_or_default())
}

/// Σ (100·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²)
#[inline]
fn rosenbrock<T: Float>(x: &[T]) -> T {
    let hundred = T::from(100.0).unwrap();
    let mut sum = T::zero();
    for x in x.windows(2) {
        let (a, b) = (x[1] - x[0] * x[0], T::one() - x[0]);
        sum = sum + hundred * a * a + b * b;
    }
    sum
}

fn lorenz<T: Float>(x: &[T]) -> [T; 3] {
    let [sigma, rho, beta] = [10.0, 28.0, 8.0 / 3.0].map(|c| T::from(c).unwrap());
    [sigma * (x[1] - x[0]), x[0] * (rho - x[2]) - x[1], x[0] * x[1] - beta * x[2]]
}

/// yᵢ = (3 − 2xᵢ)·xᵢ − xᵢ₋₁ − 2xᵢ₊₁ + 1, with x₋₁ = xₙ = 0.
fn broyden<T: Float>(x: &[T], y: &mut [T]) {
    let (two, three) = (T::from(2.0).unwrap(), T::from(3.0).unwrap());
    for i in 0..x.len() {
        let mut sum = (three - two * x[i]) * x[i] + T::one();
        if i > 0 {
            sum = sum - x[i - 1];
        }
        if i + 1 < x.len() {
            sum = sum - two * x[i + 1];
        }
        y[i] = sum;
    }
}
