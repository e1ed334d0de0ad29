//! The tables in Markdown, and the page that they are part of.

use std::fmt::Write as _;

use crate::references::References;
use crate::row::{Place, Row};

const BEGIN: &str = "<!-- From here on written by tests/compatibility/tests/shortcuts. -->\n";
const END: &str = "<!-- To here. -->\n";

/// Rows under a heading.
pub struct Section {
    pub heading: &'static str,
    pub rows: Vec<Row>,
}

/// The page before the tables, the tables, and the page after them.
pub fn split(page: &str) -> (&str, &str, &str) {
    let begin = page.find(BEGIN).expect("the mark before the tables") + BEGIN.len();
    let end = page.find(END).expect("the mark after the tables");
    (&page[..begin], &page[begin..end], &page[end..])
}

/// The tables of all sections.
pub fn tables(sections: &[Section], references: &References) -> String {
    sections.iter().fold(String::new(), |mut page, section| {
        write!(page, "\n### {}\n\n", section.heading).unwrap();
        let judged: Vec<_> = section.rows.iter().map(|row| (row, judge(row, references))).collect();
        let (right, lossy): (Vec<_>, Vec<_>) =
            judged.iter().partition(|(_, cells)| cells.iter().all(|cell| cell == RIGHT));
        write_lossy(&mut page, &lossy);
        write_right(&mut page, right.iter().map(|(row, _)| *row));
        page
    })
}

/// A row, and its cells at the points.
type Judged<'a> = (&'a Row, [String; Place::DISTANCES.len()]);

/// The verdicts at the points of a row.
fn judge(row: &Row, references: &References) -> [String; Place::DISTANCES.len()] {
    row.place.points().map(|p| {
        let reference = references[&(row.reference.to_owned(), p.to_bits())];
        let found = row.derivatives(p);
        let verdict = |order: usize| verdict(found[order], reference[order], row.tolerance);
        let (first, second) = (verdict(0), verdict(1));
        if first == second { first } else { format!("{first}; {second}") }
    })
}

/// The functions that lose something, as a table.
fn write_lossy(page: &mut String, rows: &[&Judged]) {
    if rows.is_empty() {
        return;
    }
    *page += "| crate | function | point |";
    for (_, distance) in Place::DISTANCES {
        write!(page, " {distance} |").unwrap();
    }
    *page += " instead |\n|---|---|---|---|---|---|---|---|\n";
    for (row, cells) in rows {
        let [name, function, place, instead] = [row.name, row.function, row.place.name, row.instead];
        writeln!(page, "| `{name}` | {function} | {place} | {} | {instead} |", cells.join(" | ")).unwrap();
    }
    *page += "\n";
}

/// The functions that lose nothing, as a sentence.
fn write_right<'a>(page: &mut String, rows: impl Iterator<Item = &'a Row>) {
    let mut name = "";
    for row in rows {
        if name.is_empty() {
            *page += "Right at all four points:";
        }
        *page += if row.name == name { ";" } else { "\n" };
        if row.name != name {
            name = row.name;
            write!(page, "- `{name}`:").unwrap();
        }
        write!(page, " {} ({})", row.function, row.place.name).unwrap();
    }
    *page += if name.is_empty() { "" } else { "\n" };
}

const RIGHT: &str = "right";

/// What a derivative is, beside what it should be.
fn verdict(found: Option<f64>, reference: f64, tolerance: f64) -> String {
    let Some(found) = found else { return "`None`".to_owned() };
    let error = (found - reference).abs() / reference.abs().max(1.0);
    if found.is_nan() {
        "NaN".to_owned()
    } else if reference.is_nan() {
        format!("**{found}**, none exists")
    } else if found.is_infinite() {
        "∞".to_owned()
    } else if error <= tolerance {
        RIGHT.to_owned()
    } else if found == 0.0 {
        "**zero**".to_owned()
    } else {
        format!("**off by {}**", percent(error))
    }
}

/// An error as a percentage, to a power of ten: its digits are those of rounding.
fn percent(error: f64) -> String {
    let exponent = (error * 100.0).log10().round();
    if exponent >= 2.0 {
        return "100 % or more".to_owned();
    }
    if exponent >= -3.0 {
        return format!("{} %", 10_f64.powf(exponent));
    }
    let superscript = |c: char| match c.to_digit(10) {
        Some(digit) => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][digit as usize],
        None => '⁻',
    };
    format!("10{} %", exponent.to_string().chars().map(superscript).collect::<String>())
}
