//! The worst type errors are explained, and arrays that are too large for the stack are refused: the compiler's message
//! contains what `#[diagnostic::on_unimplemented]` says, or an assertion.
//!
//! Each file in `ui` is a program. Lines `//~ text` at its head are texts that the errors of compiling it must
//! contain; a program without any must compile. Only the texts are compared: the rest of a message is the compiler's
//! and changes with its releases. Those in `ui/derive` use the crate's macros.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// The texts that the errors of a program must contain.
fn expected(program: &str) -> Vec<&str> {
    program.lines().filter_map(|line| line.strip_prefix("//~ ")).collect()
}

/// The programs in a folder by name, which begins with `prefix`.
fn programs_in(folder: &Path, prefix: &str) -> BTreeMap<String, String> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sources = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let name = |path: &Path| format!("{prefix}{}", path.file_stem().unwrap().to_str().unwrap());
    sources.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// A crate with each program as a binary, beside the crate under test.
fn throw_away_crate(root: &Path, programs: &BTreeMap<String, String>) {
    let tested = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let bins = root.join("src/bin");
    // Without programs of an earlier run; the compiled dependencies in `target` stay.
    let _ = fs::remove_dir_all(&bins);
    fs::create_dir_all(&bins).unwrap();
    for (name, text) in programs {
        fs::write(bins.join(format!("{name}.rs")), text).unwrap();
    }
    // JSON's strings are TOML's.
    let path = Value::from(tested.to_str().unwrap());
    // Without what the programs don't name, nor anything that helps the next build or a debugger: less to compile.
    let manifest = format!(
        r#"[package]
name = "diagnostics"
version = "0.0.0"
edition = "2024"

[dependencies]
num-traits = "0.2"
tangents = {{ path = {path}, default-features = false, features = ["derive", "std"] }}

[profile.dev]
debug = false
incremental = false

[workspace]
"#
    );
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    // The same versions as here, which are known to be at hand offline.
    if let Ok(lock) = fs::read(tested.join("Cargo.lock")) {
        fs::write(root.join("Cargo.lock"), lock).unwrap();
    }
}

/// The rendered errors of each program, from one run of cargo; it builds, since arrays too large for the stack are refused
/// where code is made.
fn build(root: &Path) -> BTreeMap<String, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["build", "--bins", "--offline", "--keep-going", "--message-format=json", "--target-dir"])
        .arg(root.join("target"))
        .current_dir(root)
        .output()
        .unwrap();
    let mut errors = BTreeMap::<String, String>::new();
    let mut built = false;
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let message: Value = serde_json::from_str(line).unwrap();
        built |= message["target"]["name"] == "tangents" && message["reason"] == "compiler-artifact";
        if message["message"]["level"] == "error" {
            let program = errors.entry(message["target"]["name"].as_str().unwrap().into()).or_default();
            program.push_str(message["message"]["rendered"].as_str().unwrap());
        }
    }
    assert!(built, "the crate itself wasn't compiled:\n{}", String::from_utf8_lossy(&output.stderr));
    errors
}

#[test]
fn the_worst_type_errors_are_explained() {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let mut programs = programs_in(&ui, "");
    programs.extend(programs_in(&ui.join("derive"), "derive_"));
    assert!(programs.values().any(|program| expected(program).is_empty()), "no control");

    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diagnostics");
    throw_away_crate(&root, &programs);
    let errors = build(&root);

    let mut unexplained = String::new();
    for (name, program) in &programs {
        let found = errors.get(name).map_or("", String::as_str);
        let texts = expected(program);
        if texts.is_empty() && !found.is_empty() {
            writeln!(unexplained, "{name}: must compile\n{found}").unwrap();
        }
        if !texts.is_empty() && found.is_empty() {
            writeln!(unexplained, "{name}: must not compile").unwrap();
        }
        for text in texts {
            if !found.is_empty() && !found.contains(text) {
                writeln!(unexplained, "{name}: not said: {text}\n{found}").unwrap();
            }
        }
    }
    assert!(unexplained.is_empty(), "\n{unexplained}");
}
