//! JAX, where Python has it: timed in a process of its own, so beside the turns and not in them.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::measured::{Measured, MeasuredEntry, Who};
use crate::workloads;

/// What jax/times.py prints.
#[derive(Deserialize)]
struct Times {
    version: String,
    results: Vec<Time>,
}

#[derive(Deserialize)]
struct Time {
    name: String,
    note: String,
    nanoseconds: f64,
    answer: Vec<f64>,
}

/// Times JAX and adds what comes out to the workloads of each build; its version, or none if Python hasn't got it.
///
/// # Errors
///
/// A description of an answer that is wrong, or of what its script printed instead of times.
pub fn add(builds: &mut [Vec<Measured>]) -> Result<Option<String>, String> {
    let has_it = Command::new("python3").args(["-c", "import jax"]).output();
    if !has_it.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: JAX, which python3 hasn't got");
        return Ok(None);
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("python3")
        .arg(here.join("jax/times.py"))
        .arg(here.join("../../tests/data"))
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("jax/times.py:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let times: Times = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let mut all = workloads::all();
    for Time { name, note, nanoseconds, answer } in times.results {
        let workload = all.iter_mut().find(|workload| workload.name == name);
        workload.ok_or(format!("no workload {name}"))?.compare(Who::Jax, &note, &answer)?;
        for measured in builds.iter_mut().flatten().filter(|measured| measured.name == name) {
            measured.entries.push(MeasuredEntry { who: Who::Jax, note: note.clone(), nanoseconds });
        }
    }
    Ok(Some(times.version))
}
