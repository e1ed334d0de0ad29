//! How fast are random fills, beside the generators of `rand` and beside `jax.random`?
//!
//! All candidates take turns, round after round, in one process and on one core, so that what the machine does besides
//! falls on all of them; the medians are printed, as a table in Markdown. `jax.random` takes part, in a process of its
//! own, if a Python that has it is named:
//!
//! ```sh
//! cargo bench --manifest-path benches/Cargo.toml --bench how_fast_are_random_fills -- --jax python3
//! ```
//!
//! Without `--bench`, as a test, every fill is run once and its mean is checked.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use rand::rngs::{SmallRng, StdRng};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::{ChaCha8Rng, ChaCha20Rng};
use rand_distr::{Distribution as _, StandardNormal as RandNormal};
use tangents::random::{Bits, Distribution, Key, StandardNormal, StandardUniform};

const ROUNDS: usize = 15;

/// What a buffer is filled with.
#[derive(Clone, Copy)]
enum Kind {
    U32,
    F32,
    F64,
    NormalF32,
}

const KINDS: [(Kind, &str, &str); 4] = [
    (Kind::U32, "u32", "`u32`"),
    (Kind::F32, "f32", "`f32` uniform"),
    (Kind::F64, "f64", "`f64` uniform"),
    (Kind::NormalF32, "normal f32", "`f32` normal"),
];

/// A buffer of each type, as long as the fill.
struct Buffers {
    u32: Vec<u32>,
    f32: Vec<f32>,
    f64: Vec<f64>,
}

impl Buffers {
    fn new(n: usize) -> Self {
        Self { u32: vec![0; n], f32: vec![0.0; n], f64: vec![0.0; n] }
    }

    /// The mean of what a fill has left, and the mean that it should have, in units of its standard deviation.
    fn standardized_mean(&self, kind: Kind) -> f64 {
        let n = count(self.u32.len());
        let mean = |numbers: &mut dyn Iterator<Item = f64>| numbers.sum::<f64>() / n;
        let uniform = |mean: f64| (mean - 0.5) * (12.0 * n).sqrt();
        match kind {
            Kind::U32 => uniform(mean(&mut self.u32.iter().map(|&x| f64::from(x) / 2_f64.powi(32)))),
            Kind::F32 => uniform(mean(&mut self.f32.iter().map(|&x| x.into()))),
            Kind::F64 => uniform(mean(&mut self.f64.iter().copied())),
            Kind::NormalF32 => mean(&mut self.f32.iter().map(|&x| x.into())) * n.sqrt(),
        }
    }
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).expect("a length below 2³²"))
}

fn tangents(kind: Kind, seed: u64, out: &mut Buffers) {
    let key: Key = Key::from_seed(seed);
    match kind {
        Kind::U32 => Bits.fill(key, &mut out.u32),
        Kind::F32 => StandardUniform.fill(key, &mut out.f32),
        Kind::F64 => StandardUniform.fill(key, &mut out.f64),
        Kind::NormalF32 => StandardNormal.fill(key, &mut out.f32),
    }
}

fn rand<R: Rng + SeedableRng>(kind: Kind, seed: u64, out: &mut Buffers) {
    let mut rng = R::seed_from_u64(seed);
    match kind {
        Kind::U32 => rng.fill(&mut out.u32),
        Kind::F32 => out.f32.iter_mut().for_each(|x| *x = rng.random()),
        Kind::F64 => out.f64.iter_mut().for_each(|x| *x = rng.random()),
        Kind::NormalF32 => out.f32.iter_mut().for_each(|x| *x = RandNormal.sample(&mut rng)),
    }
}

type Fill = fn(Kind, u64, &mut Buffers);

const CANDIDATES: [(&str, Fill); 5] = [
    ("tangents", tangents),
    ("ChaCha8", rand::<ChaCha8Rng>),
    ("ChaCha20", rand::<ChaCha20Rng>),
    ("rand, `StdRng`", rand::<StdRng>),
    ("rand, `SmallRng`", rand::<SmallRng>),
];

/// `jax.random` in a process of its own, on one core.
struct Jax {
    process: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
    version: String,
}

impl Jax {
    fn start(python: &str) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/jax_fills.py");
        let mut process = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the Python that --jax names");
        let (ask, answers) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let mut jax = Self { process, ask, answers: BufReader::new(answers), version: String::new() };
        jax.version = jax.answer();
        jax
    }

    fn seconds(&mut self, kind: &str, n: usize) -> f64 {
        writeln!(self.ask, "{kind} {n}").expect("a running Python with JAX");
        self.answer().parse().expect("a number of seconds")
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("a running Python with JAX");
        line.trim().to_owned()
    }
}

impl Drop for Jax {
    fn drop(&mut self) {
        // It ends by itself when nothing more can be asked; if it has ended already, so much the better.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn check() {
    for (kind, name, _) in KINDS {
        for (candidate, fill) in CANDIDATES {
            let mut out = Buffers::new(10_000);
            fill(kind, 1, &mut out);
            let mean = out.standardized_mean(kind);
            assert!(mean.abs() < 5.0, "{candidate}, {name}: the mean is {mean} standard deviations off");
        }
    }
}

fn measure(mut jax: Option<Jax>) {
    let jax_name = jax.as_ref().map(|jax| format!("jax {}", jax.version));
    let names = CANDIDATES.iter().map(|&(name, _)| name).chain(jax_name.as_deref());
    println!("| numbers per second and core, 10⁹ | n | {} |", names.collect::<Vec<_>>().join(" | "));
    println!("|---|---|{}", "---|".repeat(CANDIDATES.len() + usize::from(jax.is_some())));
    for (kind, asked, name) in KINDS {
        for n in [1_000, 1_000_000, 10_000_000] {
            let mut out = Buffers::new(n);
            let repetitions = (1_000_000 / n).max(1);
            let mut seconds = vec![Vec::new(); CANDIDATES.len() + usize::from(jax.is_some())];
            for round in 0..ROUNDS {
                for ((_, fill), seconds) in CANDIDATES.iter().zip(&mut seconds) {
                    let start = Instant::now();
                    for repetition in 0..repetitions {
                        fill(kind, (round * repetitions + repetition) as u64, black_box(&mut out));
                    }
                    seconds.push(start.elapsed().as_secs_f64() / count(repetitions));
                }
                if let Some(jax) = &mut jax {
                    seconds[CANDIDATES.len()].push(jax.seconds(asked, n));
                }
            }
            let rates =
                seconds.into_iter().map(|seconds| format!("{:.3}", count(n) / median(seconds) * 1e-9));
            println!("| {name} | {n} | {} |", rates.collect::<Vec<_>>().join(" | "));
        }
    }
}

fn main() {
    check();
    let arguments: Vec<_> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == "--bench") {
        let python = arguments.iter().position(|argument| argument == "--jax").map(|i| &arguments[i + 1]);
        measure(python.map(|python| Jax::start(python)));
    }
}
