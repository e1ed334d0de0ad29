//! What does a derivative cost in compile time and in code?
//!
//! Each program is a library with one function, compiled by `rustc` alone against crates that are built already, to an
//! object file. So the times are those of the program and of what it instantiates, without the linker, and the code is the
//! program's own. Time is the processor's, which other programs don't take from it. Both are given as multiples of the plain
//! function's. Writes `docs/compile_times.md`, all but its last section.

mod elf;

use std::fmt::Write;
use std::fs::{create_dir_all, read, read_dir, read_to_string, remove_dir_all, write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Of so many turns the one that took least counts.
const TURNS: usize = 5;

/// The functions, each after what it is called.
const FUNCTIONS: [(&str, &str); 2] = [
    (
        "a polynomial, Rosenbrock's",
        "\
fn f<T: Float>(x: &[T]) -> T {
    let hundred = T::from(100.0).unwrap();
    x.windows(2).fold(T::zero(), |sum, x| {
        let (a, b) = (x[1] - x[0] * x[0], T::one() - x[0]);
        sum + hundred * a * a + b * b
    })
}
",
    ),
    (
        "one of ten elementary functions",
        "\
fn f<T: Float>(x: &[T]) -> T {
    let mut sum = T::zero();
    for x in x.windows(2) {
        let r = (x[0] * x[0] + x[1] * x[1]).sqrt();
        let waves = (x[0] * x[1]).sin() * (-r).exp() / (r + T::one());
        let angles = x[1].atan2(x[0]) * x[0].powf(x[1]) + r.ln().tanh();
        sum = sum + waves + angles + x[0].cos().powi(3) / x[1].cosh();
    }
    sum
}
",
    ),
];

/// What is done with the function, each after what it is called: the plain function first.
const DERIVATIVES: [(&str, &str); 8] = [
    ("the function", "pub fn run(x: &[f64; 4]) -> f64 { f(x) }"),
    ("`gradient(f, &x)`", "pub fn run(x: &[f64; 4]) -> [f64; 4] { gradient(f, x) }"),
    ("`hessian(f, &x)`", "pub fn run(x: &[f64; 4]) -> [[f64; 4]; 4] { hessian(f, x) }"),
    (
        "`third_derivatives(f, &x)`",
        "pub fn run(x: &[f64; 4]) -> [[[f64; 4]; 4]; 4] { third_derivatives(f, x) }",
    ),
    ("`grad(f)(&x)`", "pub fn run(x: &[f64; 4]) -> [f64; 4] { grad(f)(x) }"),
    ("`jacfwd(grad(f))(&x)`", "pub fn run(x: &[f64; 4]) -> Vec<[f64; 4]> { jacfwd(grad(f))(x) }"),
    (
        "`jacfwd(jacfwd(grad(f)))(&x)`",
        "pub fn run(x: &[f64; 4]) -> Vec<Vec<[f64; 4]>> { jacfwd(jacfwd(grad(f)))(x) }",
    ),
    (
        "`jacfwd(jacfwd(jacfwd(grad(f))))(&x)`",
        "pub fn run(x: &[f64; 4]) -> Vec<Vec<Vec<[f64; 4]>>> { jacfwd(jacfwd(jacfwd(grad(f))))(x) }",
    ),
];

const LANES: [usize; 5] = [1, 4, 8, 16, 32];

/// The profiles: name, cargo's option, rustc's.
const PROFILES: [(&str, &[&str], &[&str]); 2] =
    [("release", &["--release"], &["-Copt-level=3"]), ("debug", &[], &["-Cdebuginfo=2"])];

/// Seconds of a processor to compile, and bytes of code.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    code: u64,
}

fn main() -> Result<(), String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = std::env::temp_dir().join(format!("compile-times-{}", std::process::id()));
    let table = Compiler::new(&directory, here).and_then(|compiler| document(&compiler));
    remove_dir_all(&directory).map_err(|error| error.to_string())?;
    let docs = here.join("../../docs/compile_times.md");
    // What `.ci/footprint` has written stays.
    let before = read_to_string(&docs).unwrap_or_default();
    let footprint = before.find(FOOTPRINT).map_or("", |start| &before[start..]);
    write(&docs, table? + footprint).map_err(|error| format!("{}: {error}", docs.display()))
}

/// Where the section begins that `.ci/footprint` writes, the last one.
const FOOTPRINT: &str = "\n## The crate's own tests\n";

/// The directory in which `tangents` has been built in every profile.
struct Compiler {
    directory: PathBuf,
}

impl Compiler {
    fn new(directory: &Path, here: &Path) -> Result<Self, String> {
        let root = here.join("../..").canonicalize().map_err(|error| error.to_string())?;
        create_dir_all(directory.join("src")).map_err(|error| error.to_string())?;
        let manifest = format!(
            "[package]\nname = \"costs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             num-traits = \"0.2.19\"\ntangents = {{ path = {:?} }}\n",
            root.display().to_string()
        );
        write(directory.join("Cargo.toml"), manifest).map_err(|error| error.to_string())?;
        write(directory.join("src/lib.rs"), "").map_err(|error| error.to_string())?;
        for (_, options, _) in PROFILES {
            let mut cargo = Command::new("cargo");
            cargo.args(["build", "--quiet"]).args(options).current_dir(directory);
            // Default flags, and the crates where this looks for them.
            cargo.env_remove("RUSTFLAGS").env("CARGO_TARGET_DIR", directory.join("target"));
            succeed(&mut cargo)?;
        }
        Ok(Self { directory: directory.to_owned() })
    }

    /// What a program costs in a profile, in one turn.
    fn compile(
        &self,
        program: &str,
        (profile, _, options): (&str, &[&str], &[&str]),
    ) -> Result<Cost, String> {
        let deps = self.directory.join("target").join(profile).join("deps");
        let (source, object) = (self.directory.join("costs.rs"), self.directory.join("costs.o"));
        write(&source, program).map_err(|error| error.to_string())?;
        let mut rustc = Command::new("bash");
        rustc.args(["-c", "\"$@\" && times", "bash", "rustc"]);
        rustc.args(["--edition=2024", "--crate-type=lib", "--crate-name=costs"]).args(options);
        rustc.arg("-L").arg(format!("dependency={}", deps.display()));
        for name in ["tangents", "num_traits"] {
            rustc.arg("--extern").arg(format!("{name}={}", library(&deps, name)?.display()));
        }
        // One object: a debug build makes several otherwise.
        rustc.arg("-Ccodegen-units=1").arg(format!("--emit=obj={}", object.display())).arg(&source);
        let output = succeed(&mut rustc)?;
        let seconds = processor_time(&output).ok_or_else(|| format!("no times in {output}"))?;
        let object = read(&object).map_err(|error| error.to_string())?;
        let code =
            elf::code_size(&object).ok_or("the object isn't 64-bit ELF, whose sections this can read")?;
        Ok(Cost { seconds, code })
    }

    /// What several programs cost in a profile, in turns, so that what slows the machine hits all of them.
    fn compile_all(
        &self,
        programs: &[String],
        profile: (&str, &[&str], &[&str]),
    ) -> Result<Vec<Cost>, String> {
        let mut best = vec![Cost { seconds: f64::INFINITY, code: 0 }; programs.len()];
        for turn in 1..=TURNS {
            println!("{}: {} programs, turn {turn}", profile.0, programs.len());
            for (best, program) in best.iter_mut().zip(programs) {
                let cost = self.compile(program, profile)?;
                *best = Cost { seconds: best.seconds.min(cost.seconds), code: cost.code };
            }
        }
        Ok(best)
    }
}

/// The library of a crate among the dependencies.
fn library(deps: &Path, name: &str) -> Result<PathBuf, String> {
    let prefix = format!("lib{name}-");
    read_dir(deps)
        .map_err(|error| error.to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| {
            let file = path.file_name().and_then(|file| file.to_str()).unwrap_or_default();
            file.starts_with(&prefix) && path.extension().is_some_and(|extension| extension == "rlib")
        })
        .ok_or_else(|| format!("no library {name} in {}", deps.display()))
}

/// What the command prints.
fn succeed(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// The seconds of the shell's children, of the user and of the system, by what its `times` prints: two lines as
/// `0m0.093s 0m0.038s`, the first of the shell itself.
fn processor_time(times: &str) -> Option<f64> {
    let children = times.lines().nth(1)?;
    children
        .split_whitespace()
        .map(|time| {
            let (minutes, seconds) = time.strip_suffix('s')?.split_once('m')?;
            Some(60.0 * minutes.parse::<f64>().ok()? + seconds.parse::<f64>().ok()?)
        })
        .sum()
}

fn program(function: &str, run: &str) -> String {
    format!("#![allow(unused)]\nuse num_traits::Float;\nuse tangents::*;\n\n{function}\n{run}\n")
}

/// The text of the document.
fn document(compiler: &Compiler) -> Result<String, String> {
    let mut text = String::from(HEAD);
    text += "\n## Drivers and transforms\n\nA function of four variables, `x` an array.\n";
    table(&mut text, compiler, &DERIVATIVES.map(|(name, run)| (name.to_owned(), run.to_owned())))?;

    text += "\n## Numbers of N lanes\n\nThe function of a slice of numbers, none of a driver's work.\n";
    let of_lanes = |number: &str, n| {
        let number = format!("{number}<f64, {n}>");
        (format!("`{number}`"), format!("pub fn run(x: &[{number}]) -> {number} {{ f(x) }}"))
    };
    let mut rows = vec![("`f64`".to_owned(), "pub fn run(x: &[f64]) -> f64 { f(x) }".to_owned())];
    for number in ["Dual", "HyperDual"] {
        rows.extend(LANES.map(|n| of_lanes(number, n)));
    }
    table(&mut text, compiler, &rows)?;
    Ok(text)
}

const HEAD: &str = "\
# What derivatives cost in compile time and in code

Written by

```sh
cargo run --release --manifest-path benches/compile/Cargo.toml
```

How many times as long a program takes to compile, and how many times as much machine code it is, as one with the function on
`f64` alone; the least processor time of five turns of `rustc`, without the linker and without the crate itself, which is built
once. The first row says what that is in milliseconds and bytes. Most of the plain program's time is the compiler's start.

The functions are a polynomial (Rosenbrock's) and one of ten elementary functions: √, sin, exp, atan2, powf, ln, tanh, cos, powi,
cosh.
";

/// Appends a table: a row for each program, of which the first is what the others are compared with.
fn table(text: &mut String, compiler: &Compiler, rows: &[(String, String)]) -> Result<(), String> {
    for (what, function) in FUNCTIONS {
        let programs: Vec<String> = rows.iter().map(|(_, run)| program(function, run)).collect();
        let release = compiler.compile_all(&programs, PROFILES[0])?;
        let debug = compiler.compile_all(&programs, PROFILES[1])?;
        write!(text, "\n| {what} | release: time | code | debug: time | code |\n|---|--:|--:|--:|--:|\n")
            .map_err(|error| error.to_string())?;
        for (i, (name, _)) in rows.iter().enumerate() {
            let cells = [&release, &debug].map(|costs| cells(costs[i], (i > 0).then_some(costs[0])));
            writeln!(text, "| {name} | {} | {} |", cells[0], cells[1]).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

/// Time and code as a row has them: multiples of the plain program's, or the plain program's own.
#[expect(clippy::cast_precision_loss, reason = "sizes of some megabytes")]
fn cells(cost: Cost, plain: Option<Cost>) -> String {
    match plain {
        None => format!("{:.0} ms | {} B", cost.seconds * 1e3, cost.code),
        Some(plain) => {
            let (time, code) = (cost.seconds / plain.seconds, cost.code as f64 / plain.code as f64);
            let digits = |x: f64| usize::from(x < 10.0);
            format!("{time:.*} | {code:.*}", digits(time), digits(code))
        }
    }
}
