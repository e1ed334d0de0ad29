//! A longer search: `search FAMILY|all SECONDS [SEED]`, or one input again: `search FAMILY HEX_DIGITS replay`.

use std::panic::catch_unwind;
use std::process::{ExitCode, exit};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use fuzz::{FAMILIES, Family, Inputs, without_report};

/// How long an input may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The input that runs, since when.
static RUNNING: Mutex<Option<(Instant, Vec<u8>)>> = Mutex::new(None);

/// Ends the search, with a failure, at an input that doesn't come to an end.
fn watch() {
    loop {
        thread::sleep(Duration::from_secs(1));
        let running = RUNNING.lock().expect("nobody panics with it");
        if let Some((since, input)) = running.as_ref()
            && since.elapsed() > PATIENCE
        {
            println!("an input takes longer than {PATIENCE:?}: {}", to_hex(input));
            exit(1);
        }
    }
}

fn main() -> ExitCode {
    thread::spawn(watch);
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [name, amount] => (name, (amount, "0")),
        [name, amount, seed] => (name, (amount, seed)),
        _ => return usage(),
    };
    let families: Vec<Family> =
        FAMILIES.into_iter().filter(|(family, _)| [family, "all"].contains(&name)).collect();
    match (families[..].is_empty(), rest) {
        (true, _) => usage(),
        (false, (hex, "replay")) => {
            let Some(input) = from_hex(hex) else { return usage() };
            for (_, run) in families {
                run(&input);
            }
            ExitCode::SUCCESS
        }
        (false, (seconds, seed)) => {
            let (Ok(seconds), Ok(seed)) = (seconds.parse(), seed.parse()) else { return usage() };
            let failures = families.iter().filter(|family| !search(family, seconds, seed)).count();
            if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("search FAMILY|all SECONDS [SEED]\nsearch FAMILY HEX_DIGITS replay");
    eprintln!("Families: {}", FAMILIES.map(|(name, _)| name).join(", "));
    ExitCode::FAILURE
}

/// Runs a family until it fails or its time is over; says how many inputs that were, and which took longest.
fn search(&(name, run): &Family, seconds: u64, seed: i64) -> bool {
    let inputs = Inputs::new(seed);
    let (start, time) = (Instant::now(), Duration::from_secs(seconds));
    let mut slowest = (Duration::ZERO, 0);
    for i in 0..=u32::MAX {
        let input = inputs.input(i);
        let begun = Instant::now();
        if fails(run, &input) {
            let smallest = without_report(|| smaller(run, input.clone())).unwrap_or(input);
            println!("{name}: input {i} of seed {seed} fails; smaller: {}", to_hex(&smallest));
            return false;
        }
        slowest = slowest.max((begun.elapsed(), i));
        if start.elapsed() >= time {
            println!(
                "{name}: {} inputs of seed {seed}, none fails; the slowest, {}, took {:?}",
                u64::from(i) + 1,
                to_hex(&inputs.input(slowest.1)),
                slowest.0
            );
            return true;
        }
    }
    println!("{name}: all inputs of seed {seed}, none fails");
    true
}

fn fails(run: fn(&[u8]), input: &[u8]) -> bool {
    let now_running = |running| *RUNNING.lock().expect("nobody panics with it") = running;
    now_running(Some((Instant::now(), input.to_vec())));
    let failed = catch_unwind(|| run(input)).is_err();
    now_running(None);
    failed
}

/// An input that fails as well, with bytes left out and set to zero as long as that works.
fn smaller(run: fn(&[u8]), mut input: Vec<u8>) -> Vec<u8> {
    loop {
        let mut changed = false;
        for width in [64, 16, 4, 1] {
            let mut at = 0;
            while at < input.len() {
                let mut shorter = input.clone();
                shorter.drain(at..input.len().min(at + width));
                if fails(run, &shorter) {
                    input = shorter;
                    changed = true;
                } else {
                    at += width;
                }
            }
        }
        for at in 0..input.len() {
            let byte = std::mem::take(&mut input[at]);
            if byte != 0 && fails(run, &input) {
                changed = true;
            } else {
                input[at] = byte;
            }
        }
        if !changed {
            return input;
        }
    }
}

fn to_hex(input: &[u8]) -> String {
    input.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}
