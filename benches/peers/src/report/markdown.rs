//! The report's text.

use super::Report;
use crate::measured::{DEFAULT_WITHIN_NATIVE, Measured, MeasuredEntry, Who};

const HEAD: &str = "\
# Benchmarks

How fast is `tangents` beside other crates, a derivative written by hand, and the plain function? This page is written by

```sh
cargo run --release --manifest-path benches/peers/Cargo.toml -- --publish
```

on a quiet machine. The numbers hold for that machine; ratios carry over better than times.
";

const METHOD: &str = "\
## How it is measured

Everyone computes the same from the same formula, written once for all number types (`benches/peers/src/workloads/`) and
called through each crate's own driver where it has one, else by the loop over chunks of lanes that its users write. Value
and derivatives are asked for together. Each answer is compared with the derivative by hand or with published data before
it is timed. Times are medians of 31 turns of 0.3 ms in which all take part by rotation, and then of the passes, between
which the builds alternate. A small function is called for one point at a time, through a barrier against the optimiser.

Of this crate, the method of a function value that a user calls first counts, without tuning, or the direct call where the
workload has seeds of its own; of a peer its best call, with the best of 8, 16 and 24 lanes where it runs in chunks. A function
value calls the same formula, whose literals become numbers of the type that it is called with. echidna has a column for its
numbers with lanes, one for its reverse mode, one for tapes that are recorded once and replayed, whatever branches another point
would take, and one for tapes with a pattern of what isn't zero. The last computes nothing else than that, and is no peer of the
goals. All are built with `codegen-units = 1`: num-dual's operations aren't marked for inlining across units and are several times
slower without it. The peers in C++ are compiled with `-O3` and the build's instructions by g++ and clang++, of which the faster
counts if the goal doesn't say which, and loop over their calls themselves. JAX isn't a peer of the goals: its times are of calls
from Python, dispatch included, outside the turns, and its gradients are in reverse mode, which for many variables beats whatever
runs forward.
";

pub fn markdown(report: &Report) -> String {
    let mut text = String::from(HEAD);
    if report.draft {
        text += "\n**Draft: measured while the machine was busy. To be regenerated before anything is read from it.**\n";
    }
    text += "\n";
    for line in &report.surroundings {
        text += "- ";
        text += line;
        text += "\n";
    }
    text += "\n![Times of the peers relative to this crate](benchmarks.svg)\n\n";
    text += "Right of 1, this crate is faster, by its function values; the direct calls have a dot of their own.\n\n";
    text += &goals(report);
    text += "\n## What bounds it\n\n";
    text += report.bounds.trim_end();
    text += "\n";
    for (build, measured) in &report.builds {
        text += &ratios(build, measured);
    }
    text += "\n";
    text += METHOD;
    text += &chunks(report);
    text
}

/// The build that the goals are set for.
const OF_GOALS: &str = "default flags";

/// A table of all goals, and of the workloads that profit from flags.
fn goals(report: &Report) -> String {
    let names: Vec<_> = report.builds.iter().map(|(name, _)| *name).collect();
    let mut table = format!(
        "## Goals\n\nThey are set for function values with {OF_GOALS}, beside the best call of a peer with the same flags: ✓ \
         reached, ✗ not. The other builds are beside them.\n\n| workload | goal | {} |\n|---|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len())
    );
    for (w, workload) in report.builds[0].1.iter().enumerate() {
        for goal in &workload.goals {
            table += &format!("| {} | {} |", workload.name, goal.describe());
            for (build, measured) in &report.builds {
                table += &match goal.judge(&measured[w]) {
                    Some((reached, _)) if *build != OF_GOALS => format!(" {reached:.2} |"),
                    Some((reached, true)) => format!(" {reached:.2} ✓ |"),
                    Some((reached, false)) => format!(" **{reached:.2} ✗** |"),
                    None => " — |".to_owned(),
                };
            }
            table += "\n";
        }
    }
    let find = |name| report.builds.iter().find(|(build, _)| *build == name).map(|(_, measured)| measured);
    if let (Some(default), Some(native)) = (find(OF_GOALS), find("native")) {
        table += &format!(
            "\nTimes with {OF_GOALS} over times with `-C target-cpu=native`; the goal of function values is ≤ \
             {DEFAULT_WITHIN_NATIVE}:\n\n| workload | function value | direct call | peers' best |\n|---|---|---|---|\n"
        );
        for (default, native) in default.iter().zip(native) {
            let ratio = |of: fn(&Measured) -> Option<&MeasuredEntry>| {
                Some(of(default)?.nanoseconds / of(native)?.nanoseconds)
            };
            let shown = |ratio: Option<f64>| ratio.map_or("—".to_owned(), |ratio| format!("{ratio:.2}"));
            let mark = match ratio(Measured::function_value) {
                Some(ratio) if ratio <= DEFAULT_WITHIN_NATIVE => format!("{ratio:.2} ✓"),
                Some(ratio) => format!("**{ratio:.2} ✗**"),
                None => "—".to_owned(),
            };
            table += &format!(
                "| {} | {mark} | {} | {} |\n",
                default.name,
                shown(ratio(Measured::direct_call)),
                shown(ratio(Measured::best_peer))
            );
        }
    }
    table
}

/// The table of a build.
fn ratios(build: &str, measured: &[Measured]) -> String {
    let peers: Vec<_> = Who::PEERS
        .into_iter()
        .filter(|&who| measured.iter().any(|workload| workload.best_of(who).is_some()))
        .collect();
    let mut table = format!(
        "\n## Ratios, {build}\n\nThe times of `tangents`, as a function value and by a direct call; then, of the function value \
         or else of the direct call, that time over the best peer's, the derivative's by hand and the plain function's; and each \
         peer's time over it. Bold: a peer is faster.\n\n| workload | function value | direct call | ÷ best peer | ÷ by hand | \
         ÷ plain |"
    );
    for who in &peers {
        table += &format!(" {} |", who.name());
    }
    table += &format!("\n|---|--:|--:|--:|--:|--:|{}\n", "--:|".repeat(peers.len()));
    for workload in measured {
        let Some(ours) = workload.counts().map(|entry| entry.nanoseconds) else { continue };
        let shown = |entry: Option<&MeasuredEntry>| {
            entry.map_or("—".to_owned(), |entry| duration(entry.nanoseconds))
        };
        let over = |time: Option<f64>| time.map_or("—".to_owned(), |time| number(ours / time));
        let best = workload.best_peer().map(|entry| entry.nanoseconds);
        let lost = best.is_some_and(|best| best < ours);
        table += &format!(
            "| {} | {} | {} | {} | {} | {} |",
            workload.name,
            shown(workload.function_value()),
            shown(workload.direct_call()),
            if lost { format!("**{}**", over(best)) } else { over(best) },
            over(workload.best_of(Who::Hand).map(|entry| entry.nanoseconds)),
            over(workload.plain().map(|entry| entry.nanoseconds)),
        );
        for &who in &peers {
            table += &match workload.best_of(who).map(|entry| entry.nanoseconds / ours) {
                Some(ratio) if ratio < 1.0 => format!(" **{}** |", number(ratio)),
                Some(ratio) => format!(" {} |", number(ratio)),
                None => " — |".to_owned(),
            };
        }
        table += "\n";
    }
    table
}

/// This crate's other calls, and what the number of lanes does.
fn chunks(report: &Report) -> String {
    let mut text = String::from(
        "\n## Other calls of this crate\n\nTimes over that of the call that counts above, per build; what tuning brings, or costs.\n\n",
    );
    let names: Vec<_> = report.builds.iter().map(|(name, _)| *name).collect();
    text +=
        &format!("| workload | call | {} |\n|---|---|{}\n", names.join(" | "), "--:|".repeat(names.len()));
    for (w, workload) in report.builds[0].1.iter().enumerate() {
        for (e, entry) in workload.entries.iter().enumerate() {
            let counts = workload.counts().is_some_and(|counts| std::ptr::eq(counts, entry));
            if !entry.who.is_ours() || counts {
                continue;
            }
            let of = if entry.who == Who::FunctionValue { "function value: " } else { "" };
            text += &format!("| {} | {of}{} |", workload.name, entry.note);
            for (_, measured) in &report.builds {
                let ours = measured[w].counts().map_or(f64::NAN, |counts| counts.nanoseconds);
                text += &format!(" {} |", number(measured[w].entries[e].nanoseconds / ours));
            }
            text += "\n";
        }
    }
    text
}

/// Three digits, roughly.
fn number(x: f64) -> String {
    if x >= 100.0 {
        format!("{x:.0}")
    } else if x >= 10.0 {
        format!("{x:.1}")
    } else {
        format!("{x:.2}")
    }
}

fn duration(nanoseconds: f64) -> String {
    if nanoseconds >= 1e6 {
        format!("{} ms", number(nanoseconds / 1e6))
    } else if nanoseconds >= 1e4 {
        format!("{} µs", number(nanoseconds / 1e3))
    } else {
        format!("{} ns", number(nanoseconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measured::{Goal, MeasuredEntry};

    fn measured(times: &[(Who, &str, f64)]) -> Measured {
        let entry = |&(who, note, nanoseconds): &(Who, &str, f64)| MeasuredEntry {
            who,
            note: note.to_owned(),
            nanoseconds,
        };
        Measured {
            name: "square".to_owned(),
            goals: vec![Goal::OverPeers(2.0), Goal::WithinHand(1.2), Goal::OverCeres(2.5)],
            entries: times.iter().map(entry).collect(),
        }
    }

    fn report(builds: Vec<(&'static str, Vec<Measured>)>) -> Report {
        Report {
            builds,
            draft: false,
            surroundings: vec!["date: today".to_owned()],
            bounds: "Memory.".to_owned(),
        }
    }

    #[test]
    fn losses_stand_beside_wins() {
        let workload = measured(&[
            (Who::Plain, "", 1.0),
            (Who::Hand, "", 9.0),
            (Who::Tangents, "", 10.0),
            (Who::NumDual, "", 8.0),
            (Who::Hyperjet, "", 25.0),
        ]);
        let report = report(vec![("default flags", vec![workload])]);
        let text = markdown(&report);
        assert!(text.contains("| square | ≥ 2× as fast as the best peer | **0.80 ✗** |"), "{text}");
        assert!(text.contains("| square | ≤ 1.2× by hand | 1.11 ✓ |"), "{text}");
        assert!(text.contains("| square | ≥ 2.5× as fast as Ceres Jet by clang | — |"), "{text}");
        assert!(
            text.contains("| square | — | 10.0 ns | **1.25** | 1.11 | 10.0 | **0.80** | 2.50 |"),
            "{text}"
        );
        assert!(text.contains("## What bounds it\n\nMemory.\n"), "{text}");
        assert!(!text.contains("Draft"), "{text}");
        let chart = super::super::chart(&report);
        assert!(chart.contains("<title>num-dual: 0.80</title>") && chart.ends_with("</svg>\n"), "{chart}");
    }

    #[test]
    fn the_function_value_counts_and_the_direct_call_is_beside_it() {
        let times = |ours: f64, direct: f64| {
            let mut workload = measured(&[
                (Who::Hand, "", 4.0),
                (Who::Tangents, "value_and_gradient", direct),
                (Who::FunctionValue, "value_and_gradient", ours),
                (Who::NumDual, "", 8.0),
                (Who::EchidnaReverse, "grad", 5.0),
                (Who::EchidnaSparse, "", 1.0),
                (Who::Ceres, "8 lanes, g++", 6.0),
                (Who::Ceres, "8 lanes, clang++", 7.5),
            ]);
            workload.goals.extend([Goal::OverForward(1.2), Goal::OverReverse(1.0)]);
            vec![workload]
        };
        let report = report(vec![("default flags", times(5.0, 10.0)), ("native", times(4.0, 5.0))]);
        let text = markdown(&report);
        assert!(text.contains("| square | ≥ 2× as fast as the best peer | **1.00 ✗** | 1.25 |"), "{text}");
        assert!(text.contains("| square | ≤ 1.2× by hand | **1.25 ✗** | 1.00 |"), "{text}");
        assert!(
            text.contains("| square | ≥ 2.5× as fast as Ceres Jet by clang | **1.50 ✗** | 1.88 |"),
            "{text}"
        );
        assert!(
            text.contains("| square | ≥ 1.2× as fast as the best forward peer | 1.20 ✓ | 1.50 |"),
            "{text}"
        );
        assert!(
            text.contains("| square | ≥ 1× as fast as echidna's reverse mode | 1.00 ✓ | 1.25 |"),
            "{text}"
        );
        assert!(text.contains("| square | **1.25 ✗** | 2.00 | 1.00 |"), "{text}");
        assert!(
            text.contains("| square | 5.00 ns | 10.0 ns | 1.00 | 1.25 | — | 1.60 | 1.00 | **0.20** | 1.20 |"),
            "{text}"
        );
        assert!(text.contains("| square | value_and_gradient | 2.00 | 1.25 |"), "{text}");
        assert!(super::super::chart(&report).contains("<title>tangents: 2.00</title>"));
    }
}
