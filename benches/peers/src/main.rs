//! The commands, each with `cargo run --release --manifest-path benches/peers/Cargo.toml --` before it:
//!
//! - `[WORD …]` measures the workloads whose names contain all words, or the one whose name they are, in this build, and
//!   prints times and ratios;
//! - `--json [WORD …]` prints them for `--publish` to read;
//! - `--publish [--passes N] [--draft]` builds this program for each set of instructions, measures all in turns, and
//!   writes `docs/benchmarks.md` with its chart;
//! - `--growth [--draft]` writes `docs/cost_growth.md` with its chart.

use std::process::ExitCode;

use peers::growth::growth;
use peers::measured::Measured;
use peers::publish::publish;
use peers::runner::ROUNDS;

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| {
        let found = words.iter().position(|word| word == name);
        found.map(|i| words.remove(i)).is_some()
    };
    let (json, publishing, growing) = (flag("--json"), flag("--publish"), flag("--growth"));
    let (draft, counted) = (flag("--draft"), flag("--passes"));
    peers::shared::load();
    let done = if publishing {
        let passes = if counted { words.first().and_then(|word| word.parse().ok()) } else { Some(3) };
        passes.ok_or("--passes needs a number".to_owned()).and_then(|passes| publish(passes, draft))
    } else if growing {
        growth(draft)
    } else {
        measure(&words, json)
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(words: &[String], json: bool) -> Result<(), String> {
    let mut all = Vec::new();
    let mut workloads = peers::workloads::all();
    // "n = 10" is part of "n = 100".
    if let Some(i) = workloads.iter().position(|workload| workload.name == words.join(" ")) {
        workloads = vec![workloads.swap_remove(i)];
    }
    for mut workload in workloads {
        let name = workload.name.to_lowercase();
        if words.iter().all(|word| name.contains(&word.to_lowercase())) {
            workload.check()?;
            let measured = workload.measure(ROUNDS);
            if !json {
                print(&measured);
            }
            all.push(measured);
        }
    }
    if json {
        println!("{}", serde_json::to_string(&all).map_err(|error| error.to_string())?);
    }
    Ok(())
}

/// The times of a workload, their ratios to that of this crate which counts, and the goals.
fn print(measured: &Measured) {
    println!("{}", measured.name);
    let ours = measured.counts().map_or(f64::NAN, |entry| entry.nanoseconds);
    for entry in &measured.entries {
        let (time, ratio) = (entry.nanoseconds, entry.nanoseconds / ours);
        let mark = if entry.who.is_ours() { "*" } else { " " };
        println!("  {mark} {:<24} {time:>12.1} ns  {ratio:>7.2}  {}", entry.who.name(), entry.note);
    }
    for goal in &measured.goals {
        if let Some((reached, enough)) = goal.judge(measured) {
            let verdict = if enough { "reached" } else { "NOT reached" };
            println!("    goal {}: {reached:.2}, {verdict}", goal.describe());
        }
    }
}
