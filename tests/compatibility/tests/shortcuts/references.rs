//! Derivatives by mpmath, in `references.tsv`: of each row at each point the first and the second one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::table::Section;

/// By the function on paper and the bits of the point.
pub type References = BTreeMap<(String, u64), [f64; 2]>;

fn beside(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shortcuts").join(name)
}

/// What the rows need, each once.
fn wanted(sections: &[Section]) -> Vec<(String, f64)> {
    let of_row =
        |row: &crate::row::Row| row.place.points().map(|p| ((row.reference.to_owned(), p.to_bits()), p));
    let wanted: BTreeMap<_, _> = sections.iter().flat_map(|section| &section.rows).flat_map(of_row).collect();
    wanted.into_iter().map(|((function, _), p)| (function, p)).collect()
}

/// The references that the rows need.
///
/// # Panics
///
/// If the file hasn't these and no others.
pub fn read(sections: &[Section]) -> References {
    let mut references = References::new();
    for line in fs::read_to_string(beside("references.tsv")).unwrap().lines() {
        let [function, p, first, second] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let number = |text: &str| text.parse::<f64>().unwrap();
        references.insert((function.to_owned(), number(p).to_bits()), [number(first), number(second)]);
    }
    let wanted = wanted(sections).into_iter().map(|(function, p)| (function, p.to_bits()));
    assert!(wanted.eq(references.keys().cloned()), "the references are of other rows: SHORTCUTS=write");
    references
}

/// Writes the references that the rows need: `references.py` computes them.
pub fn write(sections: &[Section]) {
    let wanted = wanted(sections).into_iter().fold(String::new(), |mut lines, (function, p)| {
        writeln!(lines, "{function}\t{p:?}").unwrap();
        lines
    });
    let mut python = Command::new("python3")
        .arg(beside("references.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 with mpmath");
    python.stdin.take().unwrap().write_all(wanted.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "references.py failed");
    fs::write(beside("references.tsv"), output.stdout).unwrap();
}
