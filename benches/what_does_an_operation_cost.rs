//! What does one operation on dual numbers cost, beside the same operation on plain numbers?
//!
//! A time is that of 64 independent operations, from slice to slice: throughput, not latency. Both operands carry
//! lanes, none of which the compiler knows. By hand is the value and one tangent by the rule of the textbook.

use std::array::from_fn;
use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion};
use tangents::{Dual, Real};

/// Pairs of operands, in a range where every operation is smooth.
type Pairs<T> = [(T, T); 64];

fn operand<T: Real>(i: usize) -> T {
    T::lit(0.5) + T::lit(0.03) * T::from(i).unwrap()
}

fn plain_pairs<T: Real>() -> Pairs<T> {
    from_fn(|i| (operand(i), operand(63 - i)))
}

fn dual_pairs<T: Real, const N: usize>() -> Pairs<Dual<T, N>> {
    plain_pairs().map(|(x, y)| {
        let lanes = |first| from_fn(|k| operand(first + k));
        (Dual::new(x, lanes(1)), Dual::new(y, lanes(3)))
    })
}

/// That every lane is `dx·ẋ + dy·ẏ`, for the slopes written by hand.
fn check<T: Real, const N: usize>(
    op: impl Fn(Dual<T, N>, Dual<T, N>) -> Dual<T, N>,
    slopes: impl Fn(T, T) -> (T, T),
) {
    let tolerance = T::epsilon() * T::lit(16.0);
    for (x, y) in dual_pairs::<T, N>() {
        let (dx, dy) = slopes(x.re, y.re);
        for ((found, x_lane), y_lane) in op(x, y).eps.into_iter().zip(x.eps).zip(y.eps) {
            let (by_x, by_y) = (dx * x_lane, dy * y_lane);
            let error = (found - by_x - by_y).abs();
            assert!(error <= tolerance * (by_x.abs() + by_y.abs()));
        }
    }
}

fn time<T: Copy, R: Copy>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    pairs: &Pairs<T>,
    op: impl Fn(T, T) -> R,
) {
    let mut results = pairs.map(|(x, y)| op(x, y));
    group.bench_function(name, |b| {
        b.iter(|| {
            for (result, &(x, y)) in results.iter_mut().zip(black_box(pairs)) {
                *result = op(x, y);
            }
            black_box(&mut results);
        });
    });
}

/// Times an operation and its slopes, both given as expressions, for each of its types.
macro_rules! operation {
    ($criterion:ident, $name:literal, |$x:ident, $y:ident| $op:expr, $slopes:expr) => {
        operation!($criterion, $name, f64, |$x, $y| $op, $slopes);
        operation!($criterion, $name, f32, |$x, $y| $op, $slopes);
    };
    ($criterion:ident, $name:literal, $T:ident, |$x:ident, $y:ident| $op:expr, $slopes:expr) => {{
        check::<$T, 1>(|$x, $y| $op, |$x, $y| $slopes);
        check::<$T, 4>(|$x, $y| $op, |$x, $y| $slopes);
        check::<$T, 8>(|$x, $y| $op, |$x, $y| $slopes);

        let mut group = $criterion.benchmark_group(concat!("64 × ", $name, ", ", stringify!($T)));
        time(&mut group, "plain", &plain_pairs::<$T>(), |$x, $y| $op);
        time(&mut group, "by hand, one tangent", &dual_pairs::<$T, 1>(), |x, y| {
            let ($x, $y) = (x.re, y.re);
            let (dx, dy) = $slopes;
            ($op, dx * x.eps[0] + dy * y.eps[0])
        });
        time(&mut group, "1 lane", &dual_pairs::<$T, 1>(), |$x, $y| $op);
        time(&mut group, "4 lanes", &dual_pairs::<$T, 4>(), |$x, $y| $op);
        time(&mut group, "8 lanes", &dual_pairs::<$T, 8>(), |$x, $y| $op);
        group.finish();
    }};
}

fn main() {
    let criterion = &mut Criterion::default().configure_from_args();
    operation!(criterion, "mul", |x, y| x * y, (y, x));
    operation!(criterion, "div", |x, y| x / y, (y.recip(), -x / (y * y)));
    operation!(criterion, "sqrt", |x, _y| x.sqrt(), (0.5 / x.sqrt(), 0.0));
    operation!(criterion, "sin", |x, _y| x.sin(), (x.cos(), 0.0));
    operation!(criterion, "exp", |x, _y| x.exp(), (x.exp(), 0.0));
    operation!(criterion, "powf", |x, y| x.powf(y), {
        let p = x.powf(y);
        (p * y / x, p * x.ln())
    });
    criterion.final_summary();
}
