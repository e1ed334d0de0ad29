//! How many instructions do the hot operations take, and are they more than they were?
//!
//! Each command with `cargo run --release --manifest-path benches/instructions/Cargo.toml --` before it:
//!
//! - `check` counts and compares with `counts.txt`, and fails if an operation takes more than 2 % and 2 instructions more, or
//!   has no count to compare with;
//! - `record` counts and writes `counts.txt`;
//! - `run` runs the operations, for valgrind to count in.
//!
//! Counts don't depend on what else the machine does, but on the compiler, on the system's libm and on the vectors that
//! the CPU has. `counts.txt` says what they were recorded with; with anything else `check` prints the counts and passes.
//! It passes, and says so, where valgrind isn't installed (it is a package of that name).

mod callgrind;
mod operations;

use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use operations::REPETITIONS;

/// By how much of itself a count may grow.
const TOLERANCE: f64 = 0.02;

/// By how many instructions a count may grow, however small it is.
const SLACK: f64 = 2.0;

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let done = match command.as_str() {
        "run" => {
            operations::all().iter_mut().for_each(operations::Operation::run);
            Ok(true)
        }
        "check" => count().and_then(|counted| counted.map_or(Ok(true), |counted| check(&counted))),
        "record" => count().and_then(|counted| counted.map_or(Ok(false), |counted| record(&counted))),
        _ => Err("say `check`, `record` or `run`".to_owned()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Names and counts per repetition; none, with a word, without valgrind.
fn count() -> Result<Option<Vec<(String, f64)>>, String> {
    let Some(counts) = callgrind::count()? else {
        println!("SKIPPED: valgrind isn't installed, instructions aren't counted.");
        return Ok(None);
    };
    let operations = operations::all();
    if counts.len() != operations.len() {
        return Err(format!("callgrind counted {} of {} operations", counts.len(), operations.len()));
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of some millions")]
    let per_repetition = counts.into_iter().map(|count| count as f64 / REPETITIONS as f64);
    Ok(Some(operations.into_iter().map(|operation| operation.name).zip(per_repetition).collect()))
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("counts.txt")
}

/// Compares with what is recorded.
fn check(counted: &[(String, f64)]) -> Result<bool, String> {
    let text = std::fs::read_to_string(file()).map_err(|error| format!("counts.txt: {error}"))?;
    let (recorded_with, recorded) = parse(&text)?;
    let good = compare(counted, &recorded);
    let surroundings = surroundings()?;
    if recorded_with != surroundings {
        println!("NOT COMPARED: recorded with\n{recorded_with}here it is\n{surroundings}");
        return Ok(true);
    }
    if !good {
        println!("If that is meant to be, write the new counts with `record`.");
    }
    Ok(good)
}

/// Says how the counts have changed, and whether each is recorded and none is larger than it may be.
fn compare(counted: &[(String, f64)], recorded: &[(String, f64)]) -> bool {
    let mut good = true;
    let mut missing = 0;
    for (name, count) in counted {
        let before = recorded.iter().find(|(known, _)| known == name).map(|(_, count)| *count);
        let Some(before) = before else {
            println!("{name}: {count:.1}, NOT RECORDED");
            missing += 1;
            continue;
        };
        let change = (count / before - 1.0) * 100.0;
        let worse = count - before > TOLERANCE * before && count - before > SLACK;
        let verdict = if worse { "  MORE" } else { "" };
        println!("{name}: {count:.1}, recorded {before:.1}, {change:+.1} %{verdict}");
        good &= !worse;
    }
    for (name, _) in recorded.iter().filter(|(name, _)| counted.iter().all(|(known, _)| known != name)) {
        println!("{name}: recorded, but NOT COUNTED");
        good = false;
    }
    if missing > 0 {
        println!("{missing} of {} operations are new and have no count to compare with.", counted.len());
    }
    good && missing == 0
}

/// Writes what is counted.
fn record(counted: &[(String, f64)]) -> Result<bool, String> {
    let mut text = surroundings()?;
    for (name, count) in counted {
        writeln!(text, "{count:.1}\t{name}").map_err(|error| error.to_string())?;
    }
    std::fs::write(file(), &text).map_err(|error| format!("counts.txt: {error}"))?;
    print!("{text}");
    Ok(true)
}

/// What counts depend on, as lines that begin with `#`.
fn surroundings() -> Result<String, String> {
    let first_line = |command: &mut Command| {
        let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok::<_, String>(text.lines().next().unwrap_or_default().to_owned())
    };
    let compiler = first_line(Command::new("rustc").arg("--version"))?;
    let counter = first_line(Command::new("valgrind").arg("--version"))?;
    let library = first_line(Command::new("getconf").arg("GNU_LIBC_VERSION")).unwrap_or_default();
    Ok(format!("# {compiler}\n# {counter}\n# {library}\n# {}\n", vectors()))
}

/// The vectors that functions may be dispatched to.
fn vectors() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        return "x86-64 with AVX2 and FMA";
    }
    std::env::consts::ARCH
}

/// What `counts.txt` was recorded with, and its counts.
fn parse(text: &str) -> Result<(String, Vec<(String, f64)>), String> {
    let (mut with, mut counts) = (String::new(), Vec::new());
    for line in text.lines() {
        if line.starts_with('#') {
            with += line;
            with += "\n";
        } else {
            let (count, name) = line.split_once('\t').ok_or(format!("counts.txt: {line}"))?;
            counts.push((name.to_owned(), count.parse().map_err(|_| format!("counts.txt: {line}"))?));
        }
    }
    Ok((with, counts))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{compare, operations, parse};

    #[test]
    fn every_operation_runs_and_has_a_name_of_its_own() {
        let mut names = HashSet::new();
        for mut operation in operations::all() {
            operation.run();
            assert!(names.insert(operation.name.clone()), "{}", operation.name);
        }
        assert!(names.len() >= 20);
    }

    #[test]
    fn counts_are_good_if_each_is_recorded_and_none_has_grown() {
        let counts = |all: &[(&str, f64)]| -> Vec<(String, f64)> {
            all.iter().map(|&(name, count)| (name.to_owned(), count)).collect()
        };
        let recorded = counts(&[("few", 10.0), ("many", 1000.0)]);
        assert!(compare(&counts(&[("few", 12.0), ("many", 1020.0)]), &recorded));
        assert!(compare(&counts(&[("few", 1.0), ("many", 100.0)]), &recorded));
        assert!(!compare(&counts(&[("few", 10.0), ("many", 1021.0)]), &recorded));
        assert!(!compare(&counts(&[("few", 10.0), ("many", 1000.0), ("new", 1.0)]), &recorded));
        assert!(!compare(&counts(&[("few", 10.0)]), &recorded));
    }

    #[test]
    fn counts_are_read() {
        let (with, counts) = parse("# rustc 1\n# valgrind 3\n8.5\tx * y\n").unwrap();
        assert_eq!(with, "# rustc 1\n# valgrind 3\n");
        assert_eq!(counts, [("x * y".to_owned(), 8.5)]);
        assert!(parse("x * y").is_err());
    }
}
