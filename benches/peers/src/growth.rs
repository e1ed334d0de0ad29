//! How costs grow: run times over the number of variables, compile time and code size over lanes and nesting depth.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::measured::Measured;
use crate::report::{Curve, Panel, lines};
use crate::runner::Workload;
use crate::workloads;

/// Turns of each entry; curves need fewer than a table of ratios.
const ROUNDS: usize = 9;

/// Writes `docs/cost_growth.md` and `docs/cost_growth.svg`.
///
/// # Errors
///
/// A description of an answer that is wrong, or of what couldn't be built or written.
pub fn growth(draft: bool) -> Result<(), String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let panels = [
        panel("Rosenbrock gradient", (0..=12).map(|k| 1 << k), workloads::gradient_over)?,
        panel("Broyden tridiagonal Jacobian", (0..=9).map(|k| 1 << k), workloads::jacobian_over)?,
        panel("Rosenbrock Hessian", (1..=7).map(|k| 1 << k), workloads::hessian_over)?,
    ];
    let mut text = String::from(HEAD);
    if draft {
        text += "\n**Draft: measured while the machine was busy. To be regenerated before anything is read from it.**\n";
    }
    text += "\n![Times over the number of variables](cost_growth.svg)\n";
    for panel in &panels {
        text += &table(panel);
    }
    text += &compile_costs(here)?;
    let docs = here.join("../../docs");
    let write = |name: &str, text: &str| {
        std::fs::write(docs.join(name), text).map_err(|error| format!("docs/{name}: {error}"))
    };
    write("cost_growth.svg", &lines(&panels))?;
    write("cost_growth.md", &text)
}

const HEAD: &str = "\
# How costs grow

Written by

```sh
cargo run --release --manifest-path benches/peers/Cargo.toml -- --growth
```

Times are medians of interleaved turns with default flags, each author's best call. Forward mode makes ⌈n/8⌉ passes of a
function that itself grows with n: gradients and dense Jacobians grow as n², Hessians as n³. The table and the chart have what
that comes to beside other crates.
";

/// The curves of a family of workloads.
fn panel(
    title: &'static str,
    sizes: impl Iterator<Item = usize>,
    workload: impl Fn(usize) -> Workload,
) -> Result<Panel, String> {
    let mut points: Vec<(usize, Measured)> = Vec::new();
    for n in sizes {
        println!("{title}, n = {n}");
        let mut workload = workload(n);
        workload.check()?;
        points.push((n, workload.measure(ROUNDS)));
    }
    let curves = Panel::authors().filter_map(|who| {
        let times: Vec<_> = points
            .iter()
            .filter_map(|(n, measured)| Some((*n, measured.best_of(who)?.nanoseconds)))
            .collect();
        (!times.is_empty()).then_some(Curve { who, times })
    });
    Ok(Panel { title, curves: curves.collect() })
}

/// The times of a panel, in nanoseconds.
fn table(panel: &Panel) -> String {
    let mut table = format!("\n## {}, ns\n\n| n |", panel.title);
    for curve in &panel.curves {
        table += &format!(" {} |", curve.who.name());
    }
    table += &format!("\n|--:|{}\n", "--:|".repeat(panel.curves.len()));
    for (row, (n, _)) in panel.curves[0].times.iter().enumerate() {
        table += &format!("| {n} |");
        for curve in &panel.curves {
            let time = curve.times[row].1;
            table += &if time < 100.0 { format!(" {time:.1} |") } else { format!(" {time:.0} |") };
        }
        table += "\n";
    }
    table
}

// ---- Compile time and code size ------------------------------------------------------------------------------------

/// What is compiled: a function with products, quotients and elementary functions, on numbers of a type.
const PROGRAM: &str = "\
use std::hint::black_box;
use tangents::{Dual, Real};

#[inline(never)]
fn function<T: Real>(x: &[T; 3]) -> T {
    let [a, b, c] = *x;
    let r = (a * a + b * b + c * c).sqrt();
    (a * b).sin() * (-r).exp() / (r + T::one()) + (c / r).atan2(b) * a.powf(b) + r.ln().tanh()
}

#[expect(unused, reason = \"the plain function needs none\")]
type D<T, const N: usize> = Dual<T, N>;

fn main() {
    let x: [TYPE; 3] = [1.0, 2.0, 3.0].map(Real::lit);
    black_box(function(black_box(&x)));
}
";

/// A table of how long the function takes to compile, and how large it is, for growing types.
fn compile_costs(here: &Path) -> Result<String, String> {
    let directory = std::env::temp_dir().join(format!("compile-costs-{}", std::process::id()));
    let costs = compile_costs_in(&directory, here);
    std::fs::remove_dir_all(&directory).map_err(|error| error.to_string())?;
    costs
}

fn compile_costs_in(directory: &Path, here: &Path) -> Result<String, String> {
    let root = here.join("../..").canonicalize().map_err(|error| error.to_string())?;
    std::fs::create_dir_all(directory.join("src")).map_err(|error| error.to_string())?;
    let manifest = format!(
        "[package]\nname = \"costs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         tangents = {{ path = \"{}\" }}\n\n[profile.release]\nstrip = true\n",
        root.display()
    );
    std::fs::write(directory.join("Cargo.toml"), manifest).map_err(|error| error.to_string())?;

    let mut rows = vec![("the plain function", "f64".to_owned())];
    for n in [1, 4, 8, 16, 32, 64] {
        rows.push(("lanes", format!("D<f64, {n}>")));
    }
    for lanes in [1, 3] {
        for depth in 2..=4 {
            let nested = (0..depth).fold("f64".to_owned(), |inner, _| format!("D<{inner}, {lanes}>"));
            rows.push(("depth", nested));
        }
    }
    // The first build is of the dependencies too.
    build(directory, "f64")?;
    let (_, plain_size) = build(directory, "f64")?;
    let mut table = String::from(
        "\n## Compile time and code size\n\nAn optimised build of one function of three variables, with all its operations, on \
         numbers of a growing type: what lanes and nesting cost. Size is that of the stripped program beyond that of the plain \
         function's. `D` is `Dual`.\n\n| type | compile time, s | code, KiB |\n|---|--:|--:|\n",
    );
    for (what, number) in rows {
        println!("compiling: {what}, {number}");
        let (seconds, size) = build(directory, &number)?;
        #[expect(clippy::cast_precision_loss, reason = "sizes of some megabytes")]
        let more = (size as f64 - plain_size as f64) / 1024.0;
        table += &format!("| `{number}` | {seconds:.2} | {more:.1} |\n");
    }
    Ok(table)
}

/// Seconds that the program takes to compile and link on numbers of a type, the best of three, and its bytes.
fn build(directory: &Path, number: &str) -> Result<(f64, u64), String> {
    let source = directory.join("src/main.rs");
    let mut best = f64::INFINITY;
    for attempt in 0..3 {
        // Never the same text, which would be built already.
        let text = format!("{}// {number}, {attempt}\n", PROGRAM.replace("TYPE", number));
        std::fs::write(&source, text).map_err(|error| error.to_string())?;
        let start = Instant::now();
        let output = Command::new("cargo")
            .args(["build", "--release", "--quiet", "--manifest-path"])
            .arg(directory.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(directory.join("target"))
            .env("RUSTFLAGS", "")
            .output()
            .map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    let program = directory.join("target/release/costs");
    Ok((best, std::fs::metadata(program).map_err(|error| error.to_string())?.len()))
}
