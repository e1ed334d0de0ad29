//! Writes docs/accuracy.md.

use std::fmt::Write;

use accuracy::{Precision, Row, max_and_99, rows};

const HEAD: &str = "\
# How accurate are the derivatives?

Errors of the first three derivatives of elementary and special functions against true ones, from mpmath, at 100 points a function
that are spread over its whole domain: over the decades from 10⁻³⁰⁰ to 10³⁰⁰ where the results have room in an `f64`, and
towards the ends of the domain down to a distance of 10⁻¹⁵. In ulps, units in the last place of the true derivative; a
correctly rounded result is off by at most 0.5. Each cell is the largest error and, in parentheses, the one that 99 % of
the points don't exceed. A dash: the crate lacks the function.

Points beside a zero of the derivative are left out, as are all that magnify a relative change of x ten times as much as
the order before; every crate loses digits there, and the last section shows them too. Third parties: JAX 0.10.2 in f64
on a CPU, three nested `jvp`; num-dual 0.15, `Dual64`, `Dual2_64`, `Dual3_64`.

This page is made by

```sh
cargo run --release --manifest-path tests/accuracy/Cargo.toml
```

and a test beside that program holds the first column to 4 ulps, the second to 16 and the third to 64; but 8 for Γ′ = Γ·ψ,
which has the error of libm's Γ, and 64 for `x.powf(x)` and the second derivative of `2.log(x)`, differences that cancel
beside x = 1/e and x = e⁻².

";

fn cell(errors: &[(f64, bool)], all: bool) -> String {
    let number = |error: f64| match error {
        e if e.is_infinite() => "NaN or ∞".to_owned(),
        e if e < 99.95 => format!("{e:.1}"),
        e => format!("{e:.0e}"),
    };
    max_and_99(errors, all).map_or_else(
        || "–".to_owned(),
        |(max, most)| {
            if max.is_infinite() && most.is_infinite() {
                number(max)
            } else {
                format!("{} ({})", number(max), number(most))
            }
        },
    )
}

/// What `f32` gives, beside JAX.
fn single_table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| function | from … to | f′ | JAX | f″ | JAX | f‴ | JAX |\n|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows.iter().filter(|row| !row.ours[1].is_empty()) {
        let (least, most) = row.domain;
        write!(text, "| `{}` | {} … {} |", row.name, argument(least), argument(most)).expect("a string");
        for k in 1..4 {
            for crate_ in [&row.ours, &row.jax] {
                write!(text, " {} |", cell(&crate_[k], false)).expect("a string");
            }
        }
        text.push('\n');
    }
    text
}

/// An argument to two digits.
fn argument(x: f64) -> String {
    if (1e-2..1e3).contains(&x.abs()) { format!("{x:.2}") } else { format!("{x:.0e}") }
}

fn table(rows: &[Row], all: bool) -> String {
    let mut text = String::from(
        "| function | from … to | f′ | JAX | num-dual | f″ | JAX | num-dual | f‴ | JAX | num-dual |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let (least, most) = row.domain;
        write!(text, "| `{}` | {} … {} |", row.name, argument(least), argument(most)).expect("a string");
        for k in 1..4 {
            for crate_ in [&row.ours, &row.jax, &row.num_dual] {
                write!(text, " {} |", cell(&crate_[k], all)).expect("a string");
            }
        }
        text.push('\n');
    }
    text
}

/// Where a row isn't the best at its largest error, by more than the half ulp that rounding is worth.
fn losses(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        for k in 1..4 {
            let Some((ours, _)) = max_and_99(&row.ours[k], false) else { continue };
            for (name, other) in [("JAX", &row.jax), ("num-dual", &row.num_dual)] {
                if let Some((theirs, _)) = max_and_99(&other[k], false)
                    && ours > theirs + 0.5
                {
                    writeln!(
                        text,
                        "- `{}`, order {k}: {ours:.1} against {theirs:.1} ulps of {name}",
                        row.name
                    )
                    .expect("a string");
                }
            }
        }
    }
    text
}

fn main() -> std::io::Result<()> {
    let rows = rows(Precision::Double);
    let page = format!(
        "{HEAD}## At well-conditioned points\n\n{}\n## Where another is better\n\nBy more than half an ulp:\n\n{}\n\
         ## In single precision\n\nIn ulps of `f32`, at 40 points a function, well conditioned ones.\n\n{}\n\
         ## At all points\n\nThe derivatives of `x.powf(x)` cancel near x = 1/e.\n\n{}",
        table(&rows, false),
        losses(&rows),
        single_table(&accuracy::rows(Precision::Single)),
        table(&rows, true),
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/accuracy.md");
    std::fs::write(path, page)
}
