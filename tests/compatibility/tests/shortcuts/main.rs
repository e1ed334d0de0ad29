//! Where other crates take a shortcut: each row calls one of their functions where it leaves its formula, because a
//! value is zero, one or small, and beside that place, and compares its first and second derivative with mpmath's. The
//! tables in `docs/compatibility.md` are what comes out.
//!
//! ```sh
//! cargo test --manifest-path tests/compatibility/Cargo.toml --test shortcuts
//! SHORTCUTS=write cargo test --manifest-path tests/compatibility/Cargo.toml --test shortcuts
//! ```
//!
//! The first command says whether the tables are still true. The second one writes them anew, and the references too,
//! for which it calls `references.py`.

mod arrays;
mod complex;
mod decompositions;
mod in_place;
mod instead;
mod quaternions;
mod references;
mod rotations;
mod row;
mod table;

use std::path::Path;
use std::{env, fs};

use table::Section;

fn sections() -> Vec<Section> {
    vec![
        Section { heading: "Rotations of nalgebra", rows: rotations::rows() },
        Section { heading: "Rotations of others", rows: quaternions::rows() },
        Section { heading: "Complex numbers", rows: complex::rows() },
        Section { heading: "Determinants and decompositions", rows: decompositions::rows() },
        Section { heading: "Products, sparse matrices, polynomials, geodesics", rows: arrays::rows() },
        Section { heading: "In place of these", rows: in_place::rows() },
    ]
}

#[test]
fn the_tables_of_the_documentation_are_what_comes_out() {
    let sections = sections();
    let write = env::var("SHORTCUTS").is_ok_and(|value| value == "write");
    if write {
        references::write(&sections);
    }
    let instead = format!("\n```rust\n{}```\n\n", include_str!("instead.rs"));
    let tables = table::tables(&sections, &references::read(&sections)) + &instead;

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/compatibility.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, old, after) = table::split(&page);
    if write {
        fs::write(&path, [before, &tables, after].concat()).unwrap();
        return;
    }
    for (old, new) in old.lines().zip(tables.lines()) {
        assert_eq!(
            old, new,
            "docs/compatibility.md is no longer true: SHORTCUTS=write, and read what has changed"
        );
    }
    assert_eq!(old, tables);
}
