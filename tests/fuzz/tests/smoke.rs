//! Every family on a fixed number of inputs, times the environment's `TANGENTS_CASES` for a longer search.

use fuzz::Inputs;

fn smoke(family: fn(&[u8]), inputs: u32) {
    let factor: u32 = std::env::var("TANGENTS_CASES").map_or(1, |n| n.parse().expect("a number of cases"));
    let all = Inputs::new(137);
    for i in 0..inputs * factor {
        family(&all.input(i));
    }
}

#[test]
fn arithmetic() {
    smoke(fuzz::arithmetic, 20_000);
}

#[test]
fn parsing() {
    smoke(fuzz::parsing, 20_000);
}

#[test]
fn drivers() {
    smoke(fuzz::drivers, 20_000);
}

#[test]
fn sampling() {
    smoke(fuzz::sampling, 20_000);
}

#[test]
fn special() {
    smoke(fuzz::special, 20_000);
}

#[test]
fn orders() {
    smoke(fuzz::orders, 20_000);
}

#[test]
fn checking() {
    smoke(fuzz::checking, 20_000);
}
