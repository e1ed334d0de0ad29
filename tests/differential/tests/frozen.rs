//! The derivatives of the frozen cases are those of the exact functions.

use std::collections::BTreeMap;

use differential::answer::{Answer, Comparison};
use differential::case::Case;
use differential::functions::FUNCTIONS;
use differential::tree::Tree;

/// The frozen cases and their answers.
fn golden() -> impl Iterator<Item = (Case, Answer)> {
    include_str!("../golden/cases.txt").lines().map(|line| {
        let (case, answer) = line.rsplit_once(" | ").expect("a case and its answer");
        (Case::parse(case), Answer::parse(answer))
    })
}

#[test]
fn all_modes_give_the_derivatives_of_the_exact_functions() {
    let (mut compared, mut faults) = (BTreeMap::<_, usize>::new(), Vec::new());
    for (case, answer) in golden() {
        let comparison = Comparison::new(&case, &answer);
        for (found, _, _) in &comparison.compared {
            *compared.entry((found.mode, found.which.order())).or_default() += 1;
        }
        faults.extend(comparison.faults().map(|fault| format!("{case}: {fault:?}")));
    }
    assert!(
        faults.is_empty(),
        "{} faults, of which\n{}",
        faults.len(),
        faults[..faults.len().min(20)].join("\n")
    );
    for (mode, order) in [
        ("Dual", 1),
        ("Dual over Dual", 2),
        ("HyperDual", 2),
        ("Dual³", 3),
        ("Dual⁴", 4),
        ("HyperDual over Dual", 3),
        ("Dual over HyperDual", 3),
        ("HyperDual over HyperDual", 4),
        ("Taylor", 4),
        ("Taylor over Dual", 4),
    ] {
        assert!(compared[&(mode, order)] > 500, "too few derivatives of order {order} by {mode}");
    }
}

#[test]
fn every_function_stands_in_the_frozen_cases() {
    fn visit(tree: &Tree, seen: &mut [bool]) {
        if let Tree::Call(f, _, arguments) = tree {
            seen[*f] = true;
            for argument in arguments {
                visit(argument, seen);
            }
        }
    }
    let mut seen = [false; FUNCTIONS.len()];
    for (case, _) in golden() {
        visit(&case.tree, &mut seen);
    }
    let missing: Vec<_> = FUNCTIONS.iter().zip(seen).filter(|(_, seen)| !seen).map(|(f, _)| f.name).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_wrong_derivative_is_found() {
    let case = Case::parse("f64 2 | 1.5 | sin x");
    let count = |answer: &str| Comparison::new(&case, &Answer::parse(answer)).faults().count();
    let right = "0.9974949866040544:6.1e-16 0.0707372016677029:5.1e-16 -0.9974949866040544:2.1e-15";
    assert_eq!(count(right), 0);
    // Of Dual, Taylor, and Taylor over Dual.
    assert_eq!(count(&right.replace("0.07073720166", "0.07073720167")), 3);
    assert_ne!(count("0.9974949866040544:6.1e-16 ! !"), 0);
    assert_ne!(count("0.9974949866040544:6.1e-16 0.5..1.0:1e-16 ?"), 0);
    assert_eq!(count("0.9974949866040544:6.1e-16 0.0..1.0:1e-16 ?"), 0);
}

#[test]
fn a_case_is_read_as_it_is_written() {
    for (case, _) in golden() {
        assert_eq!(Case::parse(&case.to_string()), case);
    }
}
