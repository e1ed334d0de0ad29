//! Times of calls that take turns: what disturbs one disturbs all, and the shortest of each is what it takes undisturbed.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long all calls of a row are repeated, and how long a turn lasts at least.
const LASTS: Duration = Duration::from_millis(1500);
const TURN: Duration = Duration::from_micros(50);

/// What is called.
pub(crate) struct Entry<'a>(Box<dyn FnMut() + 'a>);

impl<'a> Entry<'a> {
    pub(crate) fn new<T>(mut call: impl FnMut() -> T + 'a) -> Self {
        Self(Box::new(move || _ = black_box(call())))
    }

    /// The seconds of one of so many calls.
    fn time(&mut self, calls: u32) -> f64 {
        let start = Instant::now();
        (0..calls).for_each(|_| (self.0)());
        start.elapsed().as_secs_f64() / f64::from(calls)
    }
}

/// The shortest time of each, in seconds.
pub(crate) fn minima(entries: &mut [Entry<'_>]) -> Vec<f64> {
    let mut calls = Vec::new();
    for entry in &mut *entries {
        let mut n = 1;
        while entry.time(n) * f64::from(n) < TURN.as_secs_f64() {
            n *= 2;
        }
        calls.push(n);
    }
    let mut shortest = vec![f64::INFINITY; entries.len()];
    let start = Instant::now();
    let mut turns = 0;
    while turns < 3 || start.elapsed() < LASTS {
        for ((entry, &n), shortest) in entries.iter_mut().zip(&calls).zip(&mut shortest) {
            *shortest = shortest.min(entry.time(n));
        }
        turns += 1;
    }
    shortest
}

pub(crate) fn readable(seconds: f64) -> String {
    let nanoseconds = seconds * 1e9;
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.0} ns"),
        1e3..1e6 => format!("{:.2} µs", nanoseconds / 1e3),
        1e6..1e9 => format!("{:.2} ms", nanoseconds / 1e6),
        _ => format!("{:.2} s", nanoseconds / 1e9),
    }
}
