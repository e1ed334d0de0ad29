//! What do solves, factors and roots of numbers that carry derivatives cost?
//!
//! ```sh
//! cargo run --release --manifest-path benches/linalg/Cargo.toml              # prints the tables
//! cargo run --release --manifest-path benches/linalg/Cargo.toml -- --publish # writes docs/linalg_benchmarks.md
//! ```

mod implicit;
mod turns;

use std::fmt::Write as _;
use std::hint::black_box;

use faer::Mat;
use faer::col::ColMut;
use faer::linalg::solvers::Solve;
use faer::mat::{MatMut, MatRef};
use nalgebra::{DMatrix, DVector, SMatrix};
use num_dual::DualSVec64;
use num_dual::linalg::LU;
use tangents::Dual;
use tangents::linalg::{self, LinalgError, rows, solve_by};

use self::turns::{Entry, minima, readable};

fn main() {
    let mut page = Page(String::new());
    page.line("## Solves\n");
    page.line("| n | lanes | plain | faer, plain | lanes / plain | lanes | faer's factors | through nalgebra | through faer | num-dual |");
    page.line("|---|---|---|---|---|---|---|---|---|---|");
    let mut goals = Vec::new();
    for n in [4, 10, 100, 500] {
        goals.push(solves::<1>(&mut page, n));
        goals.push(solves::<8>(&mut page, n));
        match n {
            4 => goals.push(solves::<4>(&mut page, n)),
            10 => goals.push(solves::<10>(&mut page, n)),
            // As many lanes as rows at n = 500 are a gigabyte: there chunks of 8 are taken.
            100 => goals.push(solves::<100>(&mut page, n)),
            _ => {}
        }
    }
    page.line("\n## Factors, and roots of equations\n");
    page.line("| what | tangents | nalgebra on its numbers | num-dual |");
    page.line("|---|---|---|---|");
    let factors = factors(&mut page);
    let roots = [implicit::roots::<1>(&mut page), implicit::roots::<4>(&mut page)];

    page.line("\n## Goals\n");
    page.line("| goal | found | |");
    page.line("|---|---|---|");
    for solve in goals.iter().filter(|solve| solve.n >= 50) {
        let Solves { n, lanes, of_plain, through_nalgebra } = *solve;
        match lanes {
            1 => page.goal(&format!("one lane, n = {n}: at most 2 × plain"), of_plain, of_plain <= 2.0),
            8 => page.goal(&format!("8 lanes, n = {n}: at most 3 × plain"), of_plain, of_plain <= 3.0),
            _ => {}
        }
        if n == 500 {
            let goal = format!("{lanes} lanes, n = {n}: duals through LU take 20 times as long");
            page.goal(&goal, through_nalgebra, through_nalgebra >= 20.0);
        }
    }
    page.goal("LU 10 × 10, 4 lanes: the best peer takes 2 times as long", factors, factors >= 2.0);
    for (lanes, root) in [1, 4].iter().zip(roots) {
        page.goal(
            &format!("root of 10 equations, {lanes} lanes: num-dual takes 2 times as long"),
            root,
            root >= 2.0,
        );
    }
    if std::env::args().any(|argument| argument == "--publish") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/linalg_benchmarks.md");
        std::fs::write(path, format!("{}{}", include_str!("../head.md"), page.0)).expect("docs is there");
    }
}

/// What is printed and published.
struct Page(String);

impl Page {
    fn line(&mut self, line: &str) {
        println!("{line}");
        writeln!(self.0, "{line}").expect("a string takes it");
    }

    fn goal(&mut self, goal: &str, found: f64, reached: bool) {
        self.line(&format!("| {goal} | {found:.2} | {} |", if reached { "reached" } else { "**missed**" }));
    }
}

/// Numbers in −1 … 1 that know no rule.
#[allow(clippy::cast_precision_loss)]
fn noise(k: usize) -> f64 {
    let x = (k as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (x >> 48) as f64 / 32_768.0 - 1.0
}

/// An entry with tangents in all lanes.
fn dual<const N: usize>(k: usize) -> Dual<f64, N> {
    Dual::new(noise(k), std::array::from_fn(|lane| noise(k * 3 + lane + 1)))
}

fn of_num_dual<const N: usize>(x: Dual<f64, N>) -> DualSVec64<N> {
    DualSVec64::new(x.re, num_dual::Derivative::some(x.eps.into()))
}

struct Solves {
    n: usize,
    lanes: usize,
    of_plain: f64,
    through_nalgebra: f64,
}

fn solves<const N: usize>(page: &mut Page, n: usize) -> Solves {
    let a: Vec<Dual<f64, N>> = (0..n * n).map(dual).collect();
    let b: Vec<Dual<f64, N>> = (0..n).map(|i| dual(i + n * n)).collect();
    let (plain_a, plain_b): (Vec<f64>, Vec<f64>) =
        (a.iter().map(|x| x.re).collect(), b.iter().map(|x| x.re).collect());
    let of_nalgebra = (DMatrix::from_row_slice(n, n, &a), DVector::from_column_slice(&b));
    let of_faer = (Mat::from_fn(n, n, |i, j| a[i * n + j]), Mat::from_fn(n, 1, |i, _| b[i]));
    let of_peer = (of_nalgebra.0.map(of_num_dual), of_nalgebra.1.map(of_num_dual));

    let ours = || rows::solve(black_box(&a), black_box(&b)).expect("a regular matrix");
    let by_faer = || {
        solve_by(black_box(&a), black_box(&b), |a| {
            let lu = MatRef::from_row_major_slice(a, n, n).partial_piv_lu();
            Ok::<_, LinalgError>(move |x: &mut [f64]| lu.solve_in_place(ColMut::from_slice_mut(x)))
        })
        .expect("a regular matrix")
    };
    let through_nalgebra =
        || black_box(&of_nalgebra.0).clone().lu().solve(&of_nalgebra.1).expect("a regular matrix");
    let through_faer = || black_box(&of_faer.0).partial_piv_lu().solve(&of_faer.1);
    let by_num_dual = || LU::new(black_box(&of_peer.0).clone()).expect("a regular matrix").solve(&of_peer.1);
    // All give the same, up to rounding.
    let expected = ours();
    let size = expected.iter().flat_map(|x| x.eps).fold(1.0, |size: f64, x| size.max(x.abs()));
    let check = |found: Vec<(f64, f64)>| {
        for (x, (re, eps)) in expected.iter().zip(found) {
            assert!(
                (x.re - re).abs() < 1e-8 * size && (x.eps[N - 1] - eps).abs() < 1e-8 * size,
                "{n}, {N}: {x:?}"
            );
        }
    };
    check(by_faer().iter().map(|x| (x.re, x.eps[N - 1])).collect());
    check(through_nalgebra().iter().map(|x| (x.re, x.eps[N - 1])).collect());
    let x = through_faer();
    check((0..n).map(|i| x[(i, 0)]).map(|x| (x.re, x.eps[N - 1])).collect());
    check(
        by_num_dual()
            .iter()
            .map(|x| (x.re, x.eps.unwrap_generic(nalgebra::Const::<N>, nalgebra::U1)[N - 1]))
            .collect(),
    );

    let times = minima(&mut [
        Entry::new(|| rows::solve(black_box(&plain_a), black_box(&plain_b))),
        Entry::new(|| {
            let mut x = plain_b.clone();
            let lu = MatRef::from_row_major_slice(black_box(&plain_a), n, n).partial_piv_lu();
            lu.solve_in_place(MatMut::from_column_major_slice_mut(&mut x, n, 1));
            x
        }),
        Entry::new(ours),
        Entry::new(by_faer),
        Entry::new(through_nalgebra),
        Entry::new(through_faer),
        Entry::new(by_num_dual),
    ]);
    let [plain, faer, ours, by_faer, nalgebra, through_faer, num_dual] = times[..] else {
        unreachable!("as many")
    };
    let beside = |time: f64| format!("{} ({:.1})", readable(time), time / ours);
    page.line(&format!(
        "| {n} | {N} | {} | {} | **{:.2}** | {} | {} | {} | {} | {} |",
        readable(plain),
        readable(faer),
        ours / plain,
        readable(ours),
        beside(by_faer),
        beside(nalgebra),
        beside(through_faer),
        beside(num_dual),
    ));
    Solves { n, lanes: N, of_plain: ours / plain, through_nalgebra: nalgebra / ours }
}

/// How many times as long the best peer takes.
fn factors(page: &mut Page) -> f64 {
    let a: [[Dual<f64, 4>; 10]; 10] = std::array::from_fn(|i| std::array::from_fn(|j| dual(10 * i + j)));
    let of_nalgebra = SMatrix::<_, 10, 10>::from_fn(|i, j| a[i][j]);
    let of_peer = of_nalgebra.map(of_num_dual);
    let times = minima(&mut [
        Entry::new(|| linalg::lu(black_box(&a))),
        Entry::new(|| black_box(of_nalgebra).lu()),
        Entry::new(|| LU::new(black_box(of_peer))),
    ]);
    let [ours, nalgebra, num_dual] = times[..] else { unreachable!("as many") };
    page.row("LU, 10 × 10, 4 lanes", ours, Some(nalgebra), num_dual);
    nalgebra.min(num_dual) / ours
}

impl Page {
    fn row(&mut self, what: &str, ours: f64, nalgebra: Option<f64>, num_dual: f64) {
        let beside = |time: f64| format!("{} ({:.1})", readable(time), time / ours);
        let nalgebra = nalgebra.map_or("—".into(), beside);
        self.line(&format!("| {what} | {} | {nalgebra} | {} |", readable(ours), beside(num_dual)));
    }
}
