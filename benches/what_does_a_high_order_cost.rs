//! What does a derivative of high order cost: by power series, by nesting dual numbers, by recurrences written out by hand
//! for the one function, and by the other crates that have power series, `multicalc` and `peroxide`?
//!
//! After criterion's own lines come ratios to `tangents`, the variants being measured in turn in one run.

use std::hint::black_box;
use std::time::Instant;

use criterion::Criterion;
use multicalc::scalar::Numeric;
use peroxide::fuga::{ExpLogOps, PowOps, TrigOps};
use tangents::{Dual, Real, nth_derivative};

type MulticalcJet<const N: usize> = multicalc::scalar::Jet<f64, N>;
type PeroxideJet<const N: usize> = peroxide::fuga::Jet<N>;

/// A number of some dual levels with a lane each.
trait Tower: Real {
    /// The variable of every level at `x`.
    fn seed(x: f64) -> Self;

    /// The derivative of the highest order.
    fn highest(self) -> f64;
}

impl Tower for f64 {
    fn seed(x: f64) -> Self {
        x
    }

    fn highest(self) -> f64 {
        self
    }
}

impl<T: Tower> Tower for Dual<T, 1> {
    fn seed(x: f64) -> Self {
        Self::new(T::seed(x), [T::one()])
    }

    fn highest(self) -> f64 {
        self.eps[0].highest()
    }
}

type Five<T> = Dual<Dual<Dual<Dual<Dual<T, 1>, 1>, 1>, 1>, 1>;

/// e^(sin x)·ln(x² + 1)/√x + tanh x
mod transcendental {
    use super::{ExpLogOps, Numeric, PeroxideJet, PowOps, Real, TrigOps};

    pub(super) fn of_tangents<T: Real>(x: T) -> T {
        x.sin().exp() * (x * x + T::one()).ln() / x.sqrt() + x.tanh()
    }

    pub(super) fn of_multicalc<T: Numeric>(x: T) -> T {
        x.sin().exp() * (x * x + T::ONE).ln() / x.sqrt() + x.tanh()
    }

    pub(super) fn of_peroxide<const N: usize>(x: PeroxideJet<N>) -> PeroxideJet<N> {
        x.sin().exp() * (x * x + 1.0).ln() / x.sqrt() + x.tanh()
    }

    /// The coefficients by the recurrences of this function alone, in which the variable's are known to be 1 and 0.
    pub(super) fn by_hand<const K: usize>(x: f64) -> f64 {
        // Index k is the coefficient of tᵏ; order K has index K − 1 of the arrays without value.
        let mut s = [[0.0; K]; 9];
        let [sin, cos, exp, square, ln, root, product, quotient, tanh] = &mut s;
        let (sin0, cos0) = x.sin_cos();
        let (exp0, square0, root0, tanh0) = (sin0.exp(), x * x + 1.0, x.sqrt(), x.tanh());
        let (ln0, half) = (square0.ln(), 0.5 / root0);
        let (product0, slope0) = (exp0 * ln0, 1.0 - tanh0 * tanh0);
        let quotient0 = product0 / root0;
        let mut slope = [0.0; K];
        let mut n = 0.0;
        for k in 0..K {
            n += 1.0;
            // s′ = c, c′ = −s
            let (previous_sin, previous_cos) = if k == 0 { (sin0, cos0) } else { (sin[k - 1], cos[k - 1]) };
            sin[k] = previous_cos / n;
            cos[k] = -previous_sin / n;
            square[k] = [2.0 * x, 1.0].get(k).copied().unwrap_or(0.0);
            // e′ = s′·e
            let mut sum = n * sin[k] * exp0;
            let mut m = 0.0;
            for j in 0..k {
                m += 1.0;
                sum += m * sin[j] * exp[k - j - 1];
            }
            exp[k] = sum / n;
            // (1 + x²)·l′ = 2x, of which only two coefficients aren't zero
            let mut sum = square[k];
            if k > 0 {
                sum -= (n - 1.0) / n * ln[k - 1] * square[0];
            }
            if k > 1 {
                sum -= (n - 2.0) / n * ln[k - 2];
            }
            ln[k] = sum / square0;
            // r² = x
            let mut sum = if k == 0 { 1.0 } else { 0.0 };
            for j in 0..k {
                sum -= root[j] * root[k - j - 1];
            }
            root[k] = sum * half;
            let mut sum = exp0 * ln[k] + exp[k] * ln0;
            for j in 0..k {
                sum += exp[j] * ln[k - j - 1];
            }
            product[k] = sum;
            let mut sum = product[k] - quotient0 * root[k];
            for j in 0..k {
                sum -= root[j] * quotient[k - j - 1];
            }
            quotient[k] = sum / root0;
            // h′ = 1 − h²
            tanh[k] = (if k == 0 { slope0 } else { slope[k - 1] }) / n;
            let mut sum = 2.0 * tanh0 * tanh[k];
            for j in 0..k {
                sum += tanh[j] * tanh[k - j - 1];
            }
            slope[k] = -sum;
        }
        (quotient[K - 1] + tanh[K - 1]) * (1..=K).fold((1.0, 0.0), |(f, n), _| (f * (n + 1.0), n + 1.0)).0
    }
}

/// x·(x³ + 2x + 1)/(x² + 1)
mod rational {
    use super::{Numeric, PeroxideJet, Real};

    pub(super) fn of_tangents<T: Real>(x: T) -> T {
        let square = x * x;
        x * (square * x + x * T::lit(2.0) + T::one()) / (square + T::one())
    }

    pub(super) fn of_multicalc<T: Numeric>(x: T) -> T {
        let square = x * x;
        x * (square * x + x * T::TWO + T::ONE) / (square + T::ONE)
    }

    pub(super) fn of_peroxide<const N: usize>(x: PeroxideJet<N>) -> PeroxideJet<N> {
        let square = x * x;
        x * (square * x + x * 2.0 + 1.0) / (square + 1.0)
    }

    /// The coefficients by the recurrence of this function alone: the divisor has three.
    pub(super) fn by_hand<const K: usize>(x: f64) -> f64 {
        let square = x * x;
        let divisor0 = square + 1.0;
        // x⁴ + 2x² + x
        let numerator = [4.0 * square * x + 4.0 * x + 1.0, 6.0 * square + 2.0, 4.0 * x, 1.0];
        let (mut before, mut last) = (0.0, x * (square * x + 2.0 * x + 1.0) / divisor0);
        let mut factorial = 1.0;
        let mut n = 0.0;
        for k in 0..K {
            n += 1.0;
            factorial *= n;
            let numerator = numerator.get(k).copied().unwrap_or(0.0);
            (before, last) = (last, (numerator - 2.0 * x * last - before) / divisor0);
        }
        last * factorial
    }
}

type Variant = (&'static str, Box<dyn Fn(f64) -> f64>);

macro_rules! variants {
    ($function:ident, $K:literal, $N:literal $(, nested: $Nested:ty)?) => {{
        use $function::{by_hand, of_multicalc, of_peroxide, of_tangents};
        let variants: Vec<Variant> = vec![
            ("tangents", Box::new(|x| nth_derivative::<$K, _>(of_tangents, x))),
            ("by hand", Box::new(by_hand::<$K>)),
            $(("nested Duals", Box::new(|x| of_tangents(<$Nested>::seed(x)).highest())),)?
            ("multicalc", Box::new(|x| of_multicalc(MulticalcJet::<$N>::variable(x)).derivative($K))),
            ("peroxide", Box::new(|x| of_peroxide(PeroxideJet::<$K>::var(x)).derivative($K))),
            ("plain function", Box::new(of_tangents::<f64>)),
        ];
        variants
    }};
}

/// Times each variant by criterion, and prints ratios of the shortest times in turns.
fn measure(criterion: &mut Criterion, name: &str, variants: &[Variant]) {
    const X: f64 = 1.3;
    let want = variants[0].1(X);
    for (variant, f) in variants.iter().filter(|(variant, _)| *variant != "plain function") {
        let got = f(X);
        assert!((got - want).abs() <= 1e-11 * want.abs(), "{name} by {variant}: {got}, not {want}");
    }
    let mut group = criterion.benchmark_group(name);
    for (variant, f) in variants {
        group.bench_function(*variant, |b| b.iter(|| f(black_box(X))));
    }
    group.finish();

    let mut shortest = vec![f64::INFINITY; variants.len()];
    for _ in 0..30 {
        for ((_, f), shortest) in variants.iter().zip(&mut shortest) {
            let (start, mut runs) = (Instant::now(), 0.0);
            while start.elapsed().as_micros() < 500 {
                for _ in 0..10 {
                    black_box(f(black_box(X)));
                    runs += 1.0;
                }
            }
            *shortest = shortest.min(start.elapsed().as_secs_f64() / runs);
        }
    }
    for ((variant, _), time) in variants.iter().zip(&shortest) {
        println!("{name}: {variant} takes {:.2} times as long as tangents", time / shortest[0]);
    }
}

fn main() {
    let criterion = &mut Criterion::default().configure_from_args();
    measure(criterion, "5th derivative, transcendental", &variants!(transcendental, 5, 6, nested: Five<f64>));
    measure(
        criterion,
        "10th derivative, transcendental",
        &variants!(transcendental, 10, 11, nested: Five<Five<f64>>),
    );
    measure(criterion, "20th derivative, transcendental", &variants!(transcendental, 20, 21));
    measure(criterion, "10th derivative, rational", &variants!(rational, 10, 11, nested: Five<Five<f64>>));
    criterion.final_summary();
}
