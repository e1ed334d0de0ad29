//! What do detection, colouring and evaluation of sparse Jacobians cost?
//!
//! ```sh
//! cargo run --release --manifest-path benches/sparse/Cargo.toml              # prints the tables
//! cargo run --release --manifest-path benches/sparse/Cargo.toml -- --publish # writes docs/sparse_benchmarks.md
//! ```

mod peers;
mod problems;

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use tangents::Function;
use tangents::sparse::{Coloring, JacobianPlan, Order, SparseWorkspace};

use self::problems::{Brusselator, BundleAdjustment, FivePoint, Problem, Tridiagonal, Value};

/// The most coordinates for which the dense Jacobian is timed, and for which echidna is.
const DENSE: usize = 2048;
const TAPED: usize = 10_000;

fn main() {
    let mut page = String::new();
    for n in [100, 1000, 10_000, 100_000, 1_000_000] {
        section(&mut page, &Tridiagonal { n });
    }
    for side in [10, 32, 100, 316, 1000] {
        section(&mut page, &FivePoint { side });
    }
    for side in [8, 32, 100, 224] {
        section(&mut page, &Brusselator::new(side));
    }
    for (cameras, points) in [(5, 30), (49, 776), (100, 7000)] {
        section(&mut page, &BundleAdjustment::new(cameras, points));
    }
    if std::env::args().any(|argument| argument == "--publish") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/sparse_benchmarks.md");
        std::fs::write(path, format!("{}\n{TABLE}{page}", include_str!("../head.md")))
            .expect("docs is there");
    }
}

const TABLE: &str = "\
| problem | colours | plain `f` | pattern | colouring | plan | evaluation | by hand | differences | dense | echidna: tape and pattern | echidna: evaluation |
|---|---|---|---|---|---|---|---|---|---|---|---|
";

/// A row of the table.
fn section<P: Problem>(page: &mut String, problem: &P) {
    let (f, x) = (Value(problem), problem.point());
    let n = x.len();
    let pattern = f.jacobian_pattern(&x).expect("no questions are asked");
    let orders = [Order::Natural, Order::SmallestLast];
    let coloring = Coloring::of_columns(&pattern, orders);
    let plan = JacobianPlan::from_pattern(pattern.clone()).expect("a fitting plan");
    let (mut values, mut workspace) = (vec![0.0; plan.nnz()], SparseWorkspace::new());
    let mut by_hand = values.clone();
    plan.jacobian_into(&f, &x, &mut values, &mut workspace).expect("fitting slices");
    problem.by_hand(&x, &mut by_hand);
    for (k, (ours, hand)) in values.iter().zip(&by_hand).enumerate() {
        assert!(
            (ours - hand).abs() <= 1e-9 * hand.abs().max(1.0),
            "{}, entry {k}: {ours} {hand}",
            problem.name()
        );
    }

    let plain = median(|| _ = black_box(f.call(black_box(&x[..]))));
    let detection = median(|| _ = black_box(f.jacobian_pattern(black_box(&x))));
    let coloured = median(|| _ = black_box(Coloring::of_columns(black_box(&pattern), orders)));
    let planned = median(|| _ = black_box(JacobianPlan::new(black_box(pattern.clone()), coloring.clone())));
    let evaluated =
        median(|| plan.jacobian_into(&f, black_box(&x), &mut values, &mut workspace).expect("as above"));
    let hand = median(|| problem.by_hand(black_box(&x), black_box(&mut by_hand)));
    let differences = median(|| peers::differences(problem, black_box(&x), &plan, &mut values));
    let dense = (n <= DENSE).then(|| median(|| _ = black_box(f.jacobian(black_box(&x)))));
    let echidna = (n <= TAPED).then(|| peers::echidna(problem, &x));

    let time = |time: Option<Duration>| time.map_or("—".into(), readable);
    let row = format!(
        "| {} | {} | {} | {} | {} | {} | **{}** | {} | {} | {} | {} | {} |",
        problem.name(),
        plan.coloring().count(),
        readable(plain),
        readable(detection),
        readable(coloured),
        readable(planned),
        readable(evaluated),
        readable(hand),
        readable(differences),
        time(dense),
        time(echidna.map(|[detection, _]| detection)),
        time(echidna.map(|[_, evaluation]| evaluation)),
    );
    println!("{row}");
    writeln!(page, "{row}").expect("a string takes it");
}

/// The median time of some calls: at least five, for a tenth of a second, if that allows more.
pub(crate) fn median(mut call: impl FnMut()) -> Duration {
    let mut times = Vec::new();
    let start = Instant::now();
    while times.len() < 5 || start.elapsed() < Duration::from_millis(100) {
        let start = Instant::now();
        call();
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times[times.len() / 2]
}

fn readable(time: Duration) -> String {
    let nanoseconds = time.as_secs_f64() * 1e9;
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.0} ns"),
        1e3..1e6 => format!("{:.3} µs", nanoseconds / 1e3),
        1e6..1e9 => format!("{:.3} ms", nanoseconds / 1e6),
        _ => format!("{:.3} s", nanoseconds / 1e9),
    }
}
