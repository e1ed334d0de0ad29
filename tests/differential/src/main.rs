//! The long run: `differential run TREES [SEED [WORKERS]]`, and `differential golden` for what CI compares.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use differential::answer::{Answer, Comparison, FACTOR, Fault};
use differential::case::{Case, Format};
use differential::functions::FUNCTIONS;
use differential::generate::{Stream, random_case};
use differential::reference::Reference;
use differential::tree::Tree;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |i: usize, default: u64| arguments.get(i).map_or(default, |text| text.parse().expect("a number"));
    match arguments.first().map(String::as_str) {
        Some("run") => run(number(1, 1000), number(2, 1), number(3, 1)),
        Some("golden") => golden(number(1, 2000).try_into().expect("a count"), number(2, 1)),
        Some("check") => check(),
        Some("case") => explain(&Case::parse(&arguments[1])),
        _ => {
            eprintln!(
                "differential run TREES [SEED [WORKERS]] | golden [CASES [SEED]] | case 'f64 2 | 1.5 | sin x'"
            );
            ExitCode::FAILURE
        }
    }
}

/// What a run has counted and found.
#[derive(Default)]
struct Tally {
    trees: u64,
    /// Trees of which the reference says nothing, by reason.
    unknown: BTreeMap<String, u64>,
    /// Derivatives compared, those above the bound but within the factor on it, and faults; by format, mode and order.
    compared: BTreeMap<(&'static str, &'static str, usize), [u64; 3]>,
    /// The minimal faulty cases, by the functions in them.
    faults: BTreeMap<String, (u64, Case, Fault)>,
}

/// The worst fault of a case.
fn worst(comparison: &Comparison) -> Option<Fault> {
    comparison.faults().max_by(|a, b| {
        // The lowest order first: what is wrong there comes back in the others.
        b.found.which.order().cmp(&a.found.which.order()).then(a.misses.total_cmp(&b.misses))
    })
}

fn run(trees: u64, seed: u64, workers: u64) -> ExitCode {
    let (tally, next) = (Mutex::new(Tally::default()), AtomicU64::new(0));
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let mut reference = Reference::start();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= trees {
                        break;
                    }
                    let case = random_case(&mut Stream::new(seed, index));
                    examine(case, &mut reference, &tally);
                    if (index + 1).is_multiple_of(1000) {
                        let tally = tally.lock().expect("no worker panics");
                        eprintln!("{} trees, {} kinds of faults", tally.trees, tally.faults.len());
                    }
                }
            });
        }
    });
    report(&tally.into_inner().expect("no worker panics"))
}

/// Compares a case, and makes it smaller if it has a fault.
fn examine(case: Case, reference: &mut Reference, tally: &Mutex<Tally>) {
    let answer = reference.answer(&case);
    let comparison = Comparison::new(&case, &answer);
    let format = if case.format == Format::F64 { "f64" } else { "f32" };
    {
        let mut tally = tally.lock().expect("no worker panics");
        tally.trees += 1;
        if let Some(reason) = &answer.reason {
            *tally.unknown.entry(reason.clone()).or_default() += 1;
        }
        for (found, _, misses) in &comparison.compared {
            let counts = tally.compared.entry((format, found.mode, found.which.order())).or_default();
            counts[0] += 1;
            counts[1] += u64::from(*misses > 1.0 / FACTOR && *misses <= 1.0);
            counts[2] += u64::from(*misses > 1.0);
        }
    }
    if let Some(fault) = worst(&comparison) {
        let (small, fault) = minimised(case, fault, reference);
        let mut names = functions_of(&small.tree);
        names.sort_unstable();
        names.dedup();
        let key = format!("{format} {}", names.join(" "));
        let mut tally = tally.lock().expect("no worker panics");
        println!(
            "{small} | {} {:?} found {:e}, must be {:?}, misses {:.1e}",
            fault.found.mode, fault.found.which, fault.found.value, fault.word, fault.misses
        );
        tally.faults.entry(key).and_modify(|entry| entry.0 += 1).or_insert((1, small, fault));
    }
}

fn functions_of(tree: &Tree) -> Vec<String> {
    match tree {
        Tree::Call(f, _, arguments) => {
            let own = FUNCTIONS[*f].name.to_owned();
            std::iter::once(own).chain(arguments.iter().flat_map(functions_of)).collect()
        }
        _ => Vec::new(),
    }
}

/// A smaller case that is still faulty.
fn minimised(mut case: Case, mut fault: Fault, reference: &mut Reference) -> (Case, Fault) {
    'smaller: loop {
        for candidate in smaller(&case) {
            let answer = reference.answer(&candidate);
            if let Some(found) = worst(&Comparison::new(&candidate, &answer)) {
                (case, fault) = (candidate, found);
                continue 'smaller;
            }
        }
        return (case, fault);
    }
}

/// Cases with a part of the tree left out.
fn smaller(case: &Case) -> Vec<Case> {
    let with = |tree: Tree| Case { tree, ..case.clone() };
    let mut cases: Vec<Case> = Vec::new();
    // A part alone.
    let mut parts = Vec::new();
    collect_parts(&case.tree, &mut parts);
    parts.sort_by_key(|part| part.size());
    cases.extend(
        parts
            .iter()
            .filter(|t| t.size() < case.tree.size() && t.size() > 0)
            .map(|part| with((*part).clone())),
    );
    // A part replaced by its value, as a literal.
    for part in parts.iter().rev().filter(|t| t.size() > 0) {
        let value = case.value_of(part);
        if value.is_finite() && **part != case.tree {
            cases.push(with(replaced(&case.tree, part, &Tree::Literal(value))));
        }
    }
    // A part replaced by a variable that has its value.
    if case.point.len() == 1 {
        for part in parts.iter().rev().filter(|t| t.size() > 0) {
            let value = case.value_of(part);
            let tree = replaced(&case.tree, part, &Tree::Variable(0));
            if value.is_finite() && **part != case.tree {
                cases.push(Case { point: vec![value], tree, ..case.clone() });
            }
        }
    } else {
        for i in 0..2 {
            // A variable replaced by its value.
            let literal = Tree::Literal(case.point[i]);
            let tree = replaced(&case.tree, &Tree::Variable(i), &literal);
            let tree = if i == 0 { replaced(&tree, &Tree::Variable(1), &Tree::Variable(0)) } else { tree };
            cases.push(Case { point: vec![case.point[1 - i]], order: 4, tree, ..case.clone() });
        }
    }
    cases.retain(|c| (0..c.point.len()).any(|i| c.tree.depends_on(i)));
    cases
}

fn collect_parts<'a>(tree: &'a Tree, parts: &mut Vec<&'a Tree>) {
    parts.push(tree);
    if let Tree::Call(_, _, arguments) = tree {
        for argument in arguments {
            collect_parts(argument, parts);
        }
    }
}

fn replaced(tree: &Tree, part: &Tree, by: &Tree) -> Tree {
    if tree == part {
        return by.clone();
    }
    match tree {
        Tree::Call(f, order, arguments) => {
            Tree::Call(*f, *order, arguments.iter().map(|a| replaced(a, part, by)).collect())
        }
        leaf => leaf.clone(),
    }
}

fn report(tally: &Tally) -> ExitCode {
    println!("\n{} trees; the reference has nothing to say of:", tally.trees);
    for (reason, count) in &tally.unknown {
        println!("{count:8} {reason}");
    }
    let mut all = [0; 3];
    println!("\nDerivatives compared; above the bound, but within {FACTOR} times it; and off:");
    for ((format, mode, order), counts) in &tally.compared {
        println!("{format} {mode:24} order {order} {:10} {:8} {:8}", counts[0], counts[1], counts[2]);
        for (sum, count) in all.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    println!("{} in all, {} above, {} off, {} kinds:", all[0], all[1], all[2], tally.faults.len());
    for (key, (count, case, fault)) in &tally.faults {
        println!(
            "{count:5} × {key}\n        {case} | {} {:?} found {:e}, must be {:?}, misses {:.1e}",
            fault.found.mode, fault.found.which, fault.found.value, fault.word, fault.misses
        );
    }
    if tally.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints a case with everything that is found and must be.
fn explain(case: &Case) -> ExitCode {
    let text = Reference::start().ask(case);
    println!("{text}");
    for (found, word, misses) in Comparison::new(case, &Answer::parse(&text)).compared {
        println!("{:26} {:?} {:e} {word:?} {misses:.1e}", found.mode, found.which, found.value);
    }
    ExitCode::SUCCESS
}

/// Prints cases with answers for CI, so that every function stands in as many.
fn golden(cases: usize, seed: u64) -> ExitCode {
    let mut reference = Reference::start();
    let share = cases.div_ceil(FUNCTIONS.len()) * 2;
    let (mut printed, mut counts) = (0, BTreeMap::<String, usize>::new());
    for index in 0.. {
        let case = random_case(&mut Stream::new(seed, index));
        let names = functions_of(&case.tree);
        if names.iter().all(|name| counts.get(name).is_some_and(|&count| count >= share)) {
            continue;
        }
        let text = reference.ask(&case);
        let answer = Answer::parse(&text);
        if answer.reason.is_some() || Comparison::new(&case, &answer).compared.is_empty() || text.len() > 800
        {
            continue;
        }
        println!("{case} | {text}");
        printed += 1;
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
        if printed == cases {
            break;
        }
    }
    ExitCode::SUCCESS
}

/// Compares cases with answers, as `golden` prints them, and prints those that have a fault.
fn check() -> ExitCode {
    let mut faulty = false;
    for line in std::io::stdin().lines() {
        let line = line.expect("text");
        let (case, answer) = line.rsplit_once(" | ").expect("a case and its answer");
        let comparison = Comparison::new(&Case::parse(case), &Answer::parse(answer));
        if let Some(fault) = worst(&comparison) {
            faulty = true;
            println!("{line}");
            eprintln!("{case}: {fault:?}");
        }
    }
    if faulty { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
