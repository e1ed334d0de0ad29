//! The guide's table of lines says how many there are.

use std::fs::read_to_string;

fn text(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Whether a line has code.
fn is_code(line: &&str) -> bool {
    !line.trim().is_empty() && !line.trim().starts_with("//")
}

/// The lines of code in the module `by_hand`.
fn by_hand(path: &str) -> usize {
    let text = text(path);
    let inside = text.lines().skip_while(|line| *line != "mod by_hand {").skip(1);
    inside.take_while(|line| *line != "}").filter(is_code).count()
}

fn of_recipe(files: &[&str]) -> usize {
    files.iter().map(|path| text(path).lines().filter(is_code).count()).sum()
}

#[test]
fn the_guide_counts_right() {
    let guide = text("../../src/guide/solvers.md");
    let rows = [
        ("`argmin`", "../ecosystem/tests/argmin/examples.rs", &[][..]),
        ("`levenberg-marquardt`", "tests/fits.rs", &["src/newest/fit.rs"]),
        ("`slsqp`, `nlopt`", "tests/gradients.rs", &["src/gradients.rs"]),
        ("`ripopt`, Ipopt", "tests/program.rs", &["src/program.rs"]),
        ("`clarabel`", "tests/quadratic.rs", &["src/quadratic.rs"]),
        ("`differential-equations`, `diffsol`", "tests/stiff.rs", &["src/stiff.rs"]),
    ];
    for (solver, hand, recipe) in rows {
        let row = guide.lines().find(|line| line.starts_with(&format!("| {solver} | "))).expect(solver);
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        assert!(by_hand(hand) > 0, "{hand}");
        assert_eq!(cells[4], by_hand(hand).to_string(), "{row}");
        assert_eq!(cells[5].split(' ').next(), Some(&*of_recipe(recipe).to_string()), "{row}");
    }
}
