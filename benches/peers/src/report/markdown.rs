//! The report's text.

use super::Report;
use crate::measured::{Measured, Who};

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

Of this crate, the call that a user makes first counts, without tuning; of a peer that runs in chunks, the best of 8, 16 and
24 lanes. All are built with `codegen-units = 1`: num-dual's operations aren't marked for inlining across units and are
several times slower without it. The peers in C++ are compiled with `-O3` and the build's instructions by g++ and clang++, of
which the faster counts, and loop over their calls themselves. JAX isn't a peer of the goals: its times are of calls from
Python, dispatch included, outside the turns, and its gradients are in reverse mode, which for many variables beats
whatever runs forward.
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
    text += "Right of 1, this crate is faster.\n\n";
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

/// A table of all goals, and of the workloads that profit from flags.
fn goals(report: &Report) -> String {
    let names: Vec<_> = report.builds.iter().map(|(name, _)| *name).collect();
    let mut table = format!(
        "## Goals\n\n✓ reached, ✗ not.\n\n| workload | goal | {} |\n|---|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len())
    );
    for (w, workload) in report.builds[0].1.iter().enumerate() {
        for goal in &workload.goals {
            table += &format!("| {} | {} |", workload.name, goal.describe());
            for (_, measured) in &report.builds {
                table += &match goal.judge(&measured[w]) {
                    Some((reached, true)) => format!(" {reached:.2} ✓ |"),
                    Some((reached, false)) => format!(" **{reached:.2} ✗** |"),
                    None => " — |".to_owned(),
                };
            }
            table += "\n";
        }
    }
    let find = |name| report.builds.iter().find(|(build, _)| *build == name).map(|(_, measured)| measured);
    if let (Some(default), Some(native)) = (find("default flags"), find("native")) {
        table += "\nTimes with default flags over times with `-C target-cpu=native`; the goal is ≤ 1.15:\n\n";
        table += "| workload | default / native | peers' best |\n|---|---|---|\n";
        for (default, native) in default.iter().zip(native) {
            let time = |measured: &Measured| measured.ours().map_or(f64::NAN, |entry| entry.nanoseconds);
            let best = |measured: &Measured| measured.best_peer().map_or(f64::NAN, |entry| entry.nanoseconds);
            let (ours, peers) = (time(default) / time(native), best(default) / best(native));
            let mark = if ours <= 1.15 { format!("{ours:.2} ✓") } else { format!("**{ours:.2} ✗**") };
            table += &format!("| {} | {mark} | {peers:.2} |\n", default.name);
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
        "\n## Ratios, {build}\n\nThe time of `tangents`; that time over the best peer's, the derivative's by hand and the plain \
         function's; and each peer's time over that of `tangents`. Bold: a peer is faster.\n\n| workload | tangents | ÷ best \
         peer | ÷ by hand | ÷ plain |"
    );
    for who in &peers {
        table += &format!(" {} |", who.name());
    }
    table += &format!("\n|---|--:|--:|--:|--:|{}\n", "--:|".repeat(peers.len()));
    for workload in measured {
        let Some(ours) = workload.ours().map(|entry| entry.nanoseconds) else { continue };
        let over = |time: Option<f64>| time.map_or("—".to_owned(), |time| number(ours / time));
        let best = workload.best_peer().map(|entry| entry.nanoseconds);
        let lost = best.is_some_and(|best| best < ours);
        table += &format!(
            "| {} | {} | {} | {} | {} |",
            workload.name,
            duration(ours),
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
            let first = workload.ours().is_some_and(|ours| ours.note == entry.note);
            if entry.who != Who::Tangents || first {
                continue;
            }
            text += &format!("| {} | {} |", workload.name, entry.note);
            for (_, measured) in &report.builds {
                let ours = measured[w].ours().map_or(f64::NAN, |ours| ours.nanoseconds);
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

    fn measured(times: &[(Who, f64)]) -> Measured {
        let entry =
            |&(who, nanoseconds): &(Who, f64)| MeasuredEntry { who, note: String::new(), nanoseconds };
        Measured {
            name: "square".to_owned(),
            goals: vec![Goal::OverPeers(2.0), Goal::WithinHand(1.2), Goal::OverCeres(2.5)],
            entries: times.iter().map(entry).collect(),
        }
    }

    #[test]
    fn losses_stand_beside_wins() {
        let times = [(Who::Plain, 1.0), (Who::Hand, 9.0), (Who::Tangents, 10.0)];
        let peers = [(Who::NumDual, 8.0), (Who::Hyperjet, 25.0)];
        let workload = measured(&[&times[..], &peers[..]].concat());
        let report = Report {
            builds: vec![("default flags", vec![workload])],
            draft: false,
            surroundings: vec!["date: today".to_owned()],
            bounds: "Memory.".to_owned(),
        };
        let text = markdown(&report);
        assert!(text.contains("| square | ≥ 2× as fast as the best peer | **0.80 ✗** |"), "{text}");
        assert!(text.contains("| square | ≤ 1.2× by hand | 1.11 ✓ |"), "{text}");
        assert!(text.contains("| square | ≥ 2.5× as fast as Ceres Jet | — |"), "{text}");
        assert!(text.contains("| square | 10.0 ns | **1.25** | 1.11 | 10.0 | **0.80** | 2.50 |"), "{text}");
        assert!(text.contains("## What bounds it\n\nMemory.\n"), "{text}");
        assert!(!text.contains("Draft"), "{text}");
        let chart = super::super::chart(&report);
        assert!(chart.contains("<title>num-dual: 0.80</title>") && chart.ends_with("</svg>\n"), "{chart}");
    }
}
