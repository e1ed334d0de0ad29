//! Runs this program under valgrind's callgrind and reads what it counted.

use std::path::Path;
use std::process::Command;

/// The function whose calls are counted. Written out: a pattern serves only one of callgrind's options.
const COUNTED: &str = "instructions::operations::Operation::counted";

/// What was counted, operation by operation, in the order of their execution; none without valgrind.
///
/// # Errors
///
/// A description of what valgrind or the program said, or of what they left out.
pub fn count() -> Result<Option<Vec<u64>>, String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(None);
    }
    let directory = std::env::temp_dir().join(format!("instructions-{}", std::process::id()));
    std::fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
    let counted = count_in(&directory);
    std::fs::remove_dir_all(&directory).map_err(|error| error.to_string())?;
    counted.map(Some)
}

fn count_in(directory: &Path) -> Result<Vec<u64>, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        // A file each time that `counted` returns, with what happened since it was called.
        .arg("--tool=callgrind")
        .args([format!("--zero-before={COUNTED}"), format!("--dump-after={COUNTED}")])
        .arg(format!("--callgrind-out-file={}", directory.join("out").display()))
        .arg(program)
        .arg("run")
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("valgrind failed:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let mut counts = Vec::new();
    // The files are out.1, out.2, … in the order of the calls; `out` is what came after the last.
    for i in 1.. {
        let Ok(text) = std::fs::read_to_string(directory.join(format!("out.{i}"))) else { break };
        counts.push(total(&text).ok_or(format!("no total in callgrind's file {i}"))?);
    }
    Ok(counts)
}

/// The total of a file of callgrind's.
fn total(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("totals: "))?;
    line.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_total_is_read() {
        assert_eq!(super::total("version: 1\nevents: Ir\n\n1 2\ntotals: 8300\n"), Some(8300));
        assert_eq!(super::total("version: 1\n"), None);
    }
}
