//! The one command that measures: builds itself for each set of instructions, runs the builds in turns, and writes the
//! report.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::jax;
use crate::measured::{Measured, median};
use crate::report::{self, Report};
use crate::shared;

/// The compiler's flags of a build.
pub struct Build {
    pub name: &'static str,
    pub flags: &'static str,
}

pub const BUILDS: [Build; 3] = [
    Build { name: "default flags", flags: "" },
    Build { name: "x86-64-v3", flags: "-C target-cpu=x86-64-v3" },
    Build { name: "native", flags: "-C target-cpu=native" },
];

/// Measures every build `passes` times and writes `docs/benchmarks.md` and `docs/benchmarks.svg`.
///
/// # Errors
///
/// A description of what couldn't be built, run, read or written.
pub fn publish(passes: usize, draft: bool) -> Result<(), String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(here.join("target"), PathBuf::from);
    let builds: Vec<_> = BUILDS.iter().filter(|build| can_run(build)).collect();
    let mut programs = Vec::new();
    for build in &builds {
        let directory = target.join("peers").join(build.name.replace(' ', "-"));
        println!("building: {}", build.name);
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        cargo.args(["build", "--release", "--manifest-path"]).arg(here.join("Cargo.toml"));
        run(cargo.arg("--target-dir").arg(&directory).env("RUSTFLAGS", build.flags))?;
        programs.push(directory.join("release/peers"));
    }
    let mut passed: Vec<Vec<Vec<Measured>>> = builds.iter().map(|_| Vec::new()).collect();
    for pass in 1..=passes {
        for ((build, program), passed) in builds.iter().zip(&programs).zip(&mut passed) {
            println!("measuring, pass {pass} of {passes}: {}", build.name);
            let printed = run(Command::new(program).arg("--json"))?;
            passed.push(serde_json::from_str(&printed).map_err(|error| error.to_string())?);
        }
    }
    let mut merged: Vec<_> = passed.iter().map(|passes| merge(passes)).collect();
    let mut surroundings = surroundings(here)?;
    if let Some(version) = jax::add(&mut merged)? {
        surroundings.push(format!("JAX {version}: calls from Python, compiled, outside the turns"));
    }
    let report = Report {
        builds: builds.iter().map(|build| build.name).zip(merged).collect(),
        draft,
        surroundings,
        bounds: std::fs::read_to_string(here.join("what_bounds_it.md")).map_err(|error| error.to_string())?,
    };
    let docs = here.join("../../docs");
    let write = |name: &str, text: String| {
        std::fs::write(docs.join(name), text).map_err(|error| format!("docs/{name}: {error}"))
    };
    write("benchmarks.svg", report::chart(&report))?;
    write("benchmarks.md", report::markdown(&report))
}

/// Whether this machine runs what is built so.
fn can_run(build: &Build) -> bool {
    #[cfg(target_arch = "x86_64")]
    let v3 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
    #[cfg(not(target_arch = "x86_64"))]
    let v3 = false;
    v3 || !build.flags.contains("x86-64")
}

/// What the command prints.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// The medians of the passes.
fn merge(passes: &[Vec<Measured>]) -> Vec<Measured> {
    let mut merged = passes[0].clone();
    for (w, workload) in merged.iter_mut().enumerate() {
        for (e, entry) in workload.entries.iter_mut().enumerate() {
            entry.nanoseconds = median(passes.iter().map(|pass| pass[w].entries[e].nanoseconds).collect());
        }
    }
    merged
}

/// Lines that say where and with what it was measured.
fn surroundings(here: &Path) -> Result<Vec<String>, String> {
    let one_line = |command: &mut Command| run(command).map(|text| text.trim().to_owned());
    let tree = run(Command::new("cargo")
        .args(["tree", "--depth", "1", "--edges", "normal", "--prefix", "none", "--manifest-path"])
        .arg(here.join("Cargo.toml")))?;
    let peers = ["num-dual", "hyperjet", "hyperdual", "autodiff", "ad_trait", "echidna"];
    let versions: Vec<_> = tree
        .lines()
        .filter(|line| peers.iter().any(|peer| line.starts_with(&format!("{peer} v"))))
        .map(|line| line.replacen(" v", " ", 1))
        .collect();
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let of_cpu = |key: &str| {
        let line = cpu.lines().find(|line| line.starts_with(key));
        line.and_then(|line| line.split_once(": ")).map_or("unknown", |(_, value)| value)
    };
    let has = |flag: &str| of_cpu("flags").split(' ').any(|found| found == flag);
    let vectors = if has("avx512f") {
        "AVX-512"
    } else if has("avx2") {
        "AVX2"
    } else {
        "SSE2 or other"
    };
    let mut surroundings = vec![
        format!("date: {}", one_line(Command::new("date").args(["-u", "+%Y-%m-%d"]))?),
        format!(
            "CPU: {}, family {}, model {}, {vectors}",
            of_cpu("model name"),
            of_cpu("cpu family"),
            of_cpu("model\t")
        ),
        format!("compiler: {}", one_line(Command::new("rustc").arg("--version"))?),
        format!("peers: {}", versions.join(", ")),
    ];
    for (who, package) in [("Ceres", "libceres-dev"), ("Sacado", "libtrilinos-sacado-dev")] {
        let query = run(Command::new("dpkg-query").args(["-W", "-f=${Version}", package]));
        if let Ok(version) = query {
            surroundings.push(format!("{who} {version}, by {}", shared::compilers().join(" and ")));
        }
    }
    Ok(surroundings)
}
