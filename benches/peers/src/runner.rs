//! The interleaving runner: everything that is compared runs in turns of a third of a millisecond, and ratios are taken
//! of medians over the rounds. A machine that slows down for a second slows all alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

use nalgebra::{Dim, Matrix, RawStorage};
use tangents::ValueGradientHessian;

use crate::measured::{Goal, Measured, MeasuredEntry, Who, median};

/// How long one turn is.
const TURN: Duration = Duration::from_micros(300);

/// How many turns each entry has.
pub const ROUNDS: usize = 31;

/// A result, as numbers to compare.
pub trait Answer {
    fn append_to(&self, numbers: &mut Vec<f64>);
}

impl Answer for () {
    fn append_to(&self, _: &mut Vec<f64>) {}
}

impl Answer for f64 {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        numbers.push(*self);
    }
}

impl<T: Answer, const N: usize> Answer for [T; N] {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        for entry in self {
            entry.append_to(numbers);
        }
    }
}

impl<T: Answer> Answer for Vec<T> {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        for entry in self {
            entry.append_to(numbers);
        }
    }
}

impl<A: Answer, B: Answer> Answer for (A, B) {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        self.0.append_to(numbers);
        self.1.append_to(numbers);
    }
}

impl<A: Answer, B: Answer, C: Answer> Answer for (A, B, C) {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        self.0.append_to(numbers);
        self.1.append_to(numbers);
        self.2.append_to(numbers);
    }
}

impl<G: Answer, H: Answer> Answer for ValueGradientHessian<f64, G, H> {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        self.value.append_to(numbers);
        self.gradient.append_to(numbers);
        self.hessian.append_to(numbers);
    }
}

/// Row by row, as the arrays are.
impl<R: Dim, C: Dim, S: RawStorage<f64, R, C>> Answer for Matrix<f64, R, C, S> {
    fn append_to(&self, numbers: &mut Vec<f64>) {
        for row in self.row_iter() {
            numbers.extend(row.iter());
        }
    }
}

/// Something that is timed, and asked once what it computes.
pub trait Job {
    fn repeat(&mut self, times: usize);
    fn answer(&mut self) -> Vec<f64>;
}

/// A function of one of several inputs, which take turns.
struct ByValue<I, F> {
    inputs: Vec<I>,
    f: F,
}

impl<I, R: Answer, F: FnMut(&I) -> R> Job for ByValue<I, F> {
    #[inline(never)]
    fn repeat(&mut self, times: usize) {
        let last = self.inputs.len() - 1;
        for i in 0..times {
            // Their number is a power of two.
            let result = (self.f)(black_box(&self.inputs[i & last]));
            black_box(&result);
        }
    }

    fn answer(&mut self) -> Vec<f64> {
        let mut numbers = Vec::new();
        for input in &self.inputs {
            (self.f)(input).append_to(&mut numbers);
        }
        numbers
    }
}

/// A function that writes into a buffer of its caller.
struct IntoBuffer<I, F> {
    input: I,
    buffer: Vec<f64>,
    f: F,
}

impl<I, F: FnMut(&I, &mut [f64])> Job for IntoBuffer<I, F> {
    #[inline(never)]
    fn repeat(&mut self, times: usize) {
        for _ in 0..times {
            (self.f)(black_box(&self.input), black_box(&mut self.buffer));
        }
    }

    fn answer(&mut self) -> Vec<f64> {
        // Entries that it doesn't write fail the comparison.
        self.buffer.fill(f64::NAN);
        (self.f)(&self.input, &mut self.buffer);
        self.buffer.clone()
    }
}

struct Entry {
    who: Who,
    note: String,
    job: Box<dyn Job>,
}

/// One function at one or several points, differentiated by everyone.
pub struct Workload {
    pub name: String,
    /// What the answers are compared with, if not with the derivative by hand.
    reference: Option<Vec<f64>>,
    /// How far an answer may be off, relative to its largest number.
    tolerance: f64,
    goals: Vec<Goal>,
    entries: Vec<Entry>,
}

impl Workload {
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), reference: None, tolerance: 1e-12, goals: Vec::new(), entries: Vec::new() }
    }

    /// Compares with these numbers.
    #[must_use]
    pub fn reference(mut self, numbers: &impl Answer) -> Self {
        let mut reference = Vec::new();
        numbers.append_to(&mut reference);
        self.reference = Some(reference);
        self
    }

    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Adds a goal.
    #[must_use]
    pub fn goal(mut self, goal: Goal) -> Self {
        self.goals.push(goal);
        self
    }

    /// Adds an entry; `note` tells it from others of the same author.
    ///
    /// # Panics
    ///
    /// If the number of inputs isn't a power of two.
    #[must_use]
    pub fn entry<I: Clone + 'static, R: Answer + 'static>(
        mut self,
        who: Who,
        note: impl Into<String>,
        inputs: &[I],
        f: impl FnMut(&I) -> R + 'static,
    ) -> Self {
        assert!(inputs.len().is_power_of_two(), "{}: {} inputs", self.name, inputs.len());
        let job = Box::new(ByValue { inputs: inputs.to_vec(), f });
        self.entries.push(Entry { who, note: note.into(), job });
        self
    }

    /// Adds an entry that writes `length` numbers into a buffer.
    #[must_use]
    pub fn entry_into<I: Clone + 'static>(
        mut self,
        who: Who,
        note: impl Into<String>,
        input: &I,
        length: usize,
        f: impl FnMut(&I, &mut [f64]) + 'static,
    ) -> Self {
        let job = Box::new(IntoBuffer { input: input.clone(), buffer: vec![0.0; length], f });
        self.entries.push(Entry { who, note: note.into(), job });
        self
    }

    /// Adds an entry that is a job already.
    #[must_use]
    pub fn job(mut self, who: Who, note: impl Into<String>, job: Box<dyn Job>) -> Self {
        self.entries.push(Entry { who, note: note.into(), job });
        self
    }

    /// Runs every entry once.
    ///
    /// # Errors
    ///
    /// A description of every answer but the plain function's that differs from the reference's.
    pub fn check(&mut self) -> Result<(), String> {
        let expected = self.expected()?;
        let mut wrong = String::new();
        for Entry { who, note, job } in &mut self.entries {
            if *who == Who::Plain {
                job.repeat(1);
            } else if let Err(what) = differs(&job.answer(), &expected, self.tolerance) {
                wrong += &format!("{}, {} {note}: {what}\n", self.name, who.name());
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// Compares an answer that was computed elsewhere.
    ///
    /// # Errors
    ///
    /// A description of where it differs from the reference's.
    pub fn compare(&mut self, who: Who, note: &str, answer: &[f64]) -> Result<(), String> {
        let differs = differs(answer, &self.expected()?, self.tolerance);
        differs.map_err(|what| format!("{}, {} {note}: {what}\n", self.name, who.name()))
    }

    /// The reference's answer, or that of the derivative by hand.
    fn expected(&mut self) -> Result<Vec<f64>, String> {
        if let Some(reference) = &self.reference {
            return Ok(reference.clone());
        }
        let hand = self.entries.iter_mut().find(|entry| entry.who == Who::Hand);
        Ok(hand.ok_or(format!("{}: no reference\n", self.name))?.job.answer())
    }

    /// Times every entry in turns.
    pub fn measure(&mut self, rounds: usize) -> Measured {
        let batches: Vec<_> = self.entries.iter_mut().map(|entry| calibrate(entry.job.as_mut())).collect();
        let mut times = vec![Vec::with_capacity(rounds); self.entries.len()];
        for round in 0..rounds {
            // Nobody always runs after the same neighbour's cache misses.
            for k in 0..self.entries.len() {
                let i = (k + round) % self.entries.len();
                times[i].push(time(self.entries[i].job.as_mut(), batches[i]));
            }
        }
        let entries = self.entries.iter().zip(times).map(|(entry, times)| MeasuredEntry {
            who: entry.who,
            note: entry.note.clone(),
            nanoseconds: median(times),
        });
        Measured { name: self.name.clone(), goals: self.goals.clone(), entries: entries.collect() }
    }
}

/// Fails with the first number of an answer that isn't the expected one.
fn differs(found: &[f64], expected: &[f64], tolerance: f64) -> Result<(), String> {
    if found.len() != expected.len() {
        return Err(format!("{} numbers, not {}", found.len(), expected.len()));
    }
    let largest = expected.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        // Small entries have some digits of their own.
        let bound = tolerance * (largest.min(1e3 * expected.abs()) + 1e-2 * largest);
        // A NaN isn't within.
        let within = (found - expected).abs() <= bound;
        if !within {
            return Err(format!("number {i} is {found:e}, not {expected:e}; {bound:.1e} allowed"));
        }
    }
    Ok(())
}

/// The number of repetitions that fill a turn.
fn calibrate(job: &mut dyn Job) -> usize {
    let mut times = 1;
    loop {
        let start = Instant::now();
        job.repeat(times);
        let taken = start.elapsed();
        if taken > TURN / 4 {
            let scale = TURN.as_secs_f64() / taken.as_secs_f64();
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a count between 1 and some millions"
            )]
            return (times as f64 * scale).max(1.0) as usize;
        }
        times *= 2;
    }
}

/// Nanoseconds per repetition.
#[expect(clippy::cast_precision_loss, reason = "a count of some millions at most")]
fn time(job: &mut dyn Job, times: usize) -> f64 {
    let start = Instant::now();
    job.repeat(times);
    start.elapsed().as_secs_f64() * 1e9 / times as f64
}
