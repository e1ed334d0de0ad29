//! The runs of a thread, and what a number depends on in one of them: [`Dependence`].
//!
//! Numbers are `Copy`, so they can't own sets. The sets of a run stand in a store of the thread that runs it, and a number has
//! a handle. Runs within runs have stores of their own, and a number knows by its run which is its store.

use core::panic::Location;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU32, Ordering};

use super::pairs::Pairs;
use super::sets::{EMPTY, Sets};
use crate::sparse::Question;

std::thread_local! {
    /// The runs of this thread, the innermost last.
    static RUNS: RefCell<Vec<Run>> = const { RefCell::new(Vec::new()) };
}

/// The bit of a run's name that says that its patterns are to hold at every point.
const GLOBAL: u32 = 1;

/// The bit of a run's name that says that pairs of variables are recorded.
const PAIRS: u32 = 2;

/// One more than both bits.
const NAMES: u32 = 4;

/// What is known of a run.
struct Run {
    name: u32,
    sets: Sets,
    pairs: Pairs,
    questions: Vec<Question>,
}

/// Whether a pattern is to hold at every point or at one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Everywhere,
    Here,
}

/// A run that is going on. When this is dropped, also by a panic, the run ends and its memory is freed.
pub(super) struct Running {
    name: u32,
    /// The store is that of one thread.
    thread: PhantomData<*const ()>,
}

impl Running {
    pub(super) fn begin(holds: Holds, pairs: bool) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(NAMES);
        let global = if holds == Holds::Everywhere { GLOBAL } else { 0 };
        let name = NEXT.fetch_add(NAMES, Ordering::Relaxed) | global | if pairs { PAIRS } else { 0 };
        let run = Run { name, sets: Sets::new(), pairs: Pairs::new(), questions: Vec::new() };
        RUNS.with_borrow_mut(|runs| runs.push(run));
        Self { name, thread: PhantomData }
    }

    /// What the variable `i` depends on: itself.
    pub(super) fn variable(&self, i: usize) -> Dependence {
        Dependence { set: Sets::variable(i), run: self.name }
    }

    /// The questions that were asked, in the order in which they were first asked.
    pub(super) fn questions(&self) -> Vec<Question> {
        with_run(self.name, |run| run.questions.clone())
    }

    /// What a number of the result depends on.
    ///
    /// # Panics
    ///
    /// If it is of another run.
    pub(super) fn own(&self, result: Dependence) -> Dependence {
        if !result.is_none() && result.run != self.name {
            of_two_runs();
        }
        result
    }

    /// The rows of results that depend on these sets: where each starts, and the variables.
    pub(super) fn rows(&self, results: &[Dependence]) -> (Vec<usize>, Vec<usize>) {
        with_run(self.name, |run| {
            let most = |result: &Dependence| if result.set == EMPTY { 0 } else { run.sets.most(result.set) };
            let mut indptr = Vec::with_capacity(results.len() + 1);
            let mut indices = Vec::with_capacity(results.iter().map(most).sum());
            indptr.push(0);
            for result in results {
                run.sets.append_to(result.set, &mut indices);
                indptr.push(indices.len());
            }
            (indptr, indices)
        })
    }

    /// The rows of the pairs of `n` variables.
    pub(super) fn pairs(&self, n: usize) -> (Vec<usize>, Vec<usize>) {
        with_run(self.name, |run| std::mem::replace(&mut run.pairs, Pairs::new()).rows(&run.sets, n))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Out of the store before it is dropped, since that takes a while.
        let _ended = RUNS.with_borrow_mut(|runs| {
            let place = runs.iter().rposition(|run| run.name == self.name)?;
            Some(runs.remove(place))
        });
    }
}

/// What `use_it` makes of the run of this name.
///
/// # Panics
///
/// If it isn't going on in this thread.
#[inline]
fn with_run<R>(name: u32, use_it: impl FnOnce(&mut Run) -> R) -> R {
    #[cold]
    #[inline(never)]
    fn elsewhere() -> ! {
        panic!(
            "a number that finds a pattern was used on another thread than its function was called on, or after the call: \
             the pattern would miss what it depends on; let the function compute on the thread it's called on, and keep no \
             numbers"
        )
    }
    RUNS.with_borrow_mut(|runs| match runs.iter_mut().rev().find(|run| run.name == name) {
        Some(run) => use_it(run),
        None => elsewhere(),
    })
}

#[cold]
#[inline(never)]
fn of_two_runs() -> ! {
    panic!(
        "numbers of two calls that find patterns met: a function takes in or returns a number of another call than its own, \
         whose dependence would be missed; make that number a coordinate of the point, and keep no numbers"
    )
}

/// What a number depends on: a set of variables of a run.
///
/// The set is what its derivatives depend on. A value may depend on variables where no derivative does, as ⌊x⌋; then the set is empty,
/// and the run is there for what is [asked](Self::asks) of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dependence {
    set: u32,
    /// The run's name, 0 of a constant.
    run: u32,
}

impl Dependence {
    /// That of a constant.
    pub(super) const NONE: Self = Self { set: EMPTY, run: 0 };

    /// Whether no derivative depends on anything.
    #[inline]
    pub(super) fn is_none(self) -> bool {
        self.set == EMPTY
    }

    /// The dependence of a function that is constant except for jumps.
    #[inline]
    pub(super) fn stepped(self) -> Self {
        Self { set: EMPTY, run: if self.is_global() { self.run } else { 0 } }
    }

    /// Whether the pattern is to hold at every point; not of what depends on nothing.
    #[inline]
    pub(super) fn is_global(self) -> bool {
        self.run & GLOBAL != 0
    }

    #[inline]
    fn records_pairs(self) -> bool {
        self.run & PAIRS != 0
    }

    /// That of a linear function of both.
    #[inline]
    pub(super) fn and(self, other: Self) -> Self {
        if other == Self::NONE || self == other {
            self
        } else if self == Self::NONE {
            other
        } else {
            self.joined(other, |_, _, _| ())
        }
    }

    /// That of a function of one variable that isn't linear.
    #[inline]
    pub(super) fn bent(self) -> Self {
        if self.records_pairs() {
            with_run(self.run, |run| run.pairs.record(self.set, self.set));
        }
        self
    }

    /// That of a product.
    #[inline]
    pub(super) fn times(self, other: Self) -> Self {
        if other == Self::NONE {
            self
        } else if self == Self::NONE {
            other
        } else {
            self.joined(other, Pairs::record)
        }
    }

    /// That of a quotient.
    #[inline]
    pub(super) fn over(self, other: Self) -> Self {
        if other == Self::NONE {
            self
        } else if self == Self::NONE {
            other.bent()
        } else {
            self.joined(other, |pairs, a, b| {
                pairs.record(a, b);
                pairs.record(b, b);
            })
        }
    }

    /// Of two that aren't constants the union, with the pairs that `record` records.
    fn joined(self, other: Self, record: impl FnOnce(&mut Pairs, u32, u32)) -> Self {
        if self.run != other.run {
            of_two_runs();
        }
        with_run(self.run, |run| {
            if self.records_pairs() {
                record(&mut run.pairs, self.set, other.set);
            }
            Self { set: run.sets.union(self.set, other.set), run: self.run }
        })
    }

    /// Takes down that `asked` was asked by the caller of a value that depends on these variables, and whether two equal
    /// numbers were compared.
    #[inline]
    #[track_caller]
    pub(super) fn asks(self, asked: &'static str, tie: bool) {
        if self.is_global() {
            let question = Question { asked, tie, place: Location::caller() };
            with_run(self.run, |run| {
                if !run.questions.contains(&question) {
                    run.questions.push(question);
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dependence, Holds, Running};

    fn message(panic: &(dyn std::any::Any + Send)) -> &str {
        panic.downcast_ref::<String>().map_or_else(|| panic.downcast_ref::<&str>().unwrap(), String::as_str)
    }

    /// What is computed elsewhere must be known here.
    #[test]
    fn another_thread_is_refused() {
        let running = Running::begin(Holds::Everywhere, true);
        let (x, y) = (running.variable(0), running.variable(1));
        let uses: [fn(Dependence, Dependence); 5] = [
            |x, y| _ = x.and(y),
            |x, y| _ = x.times(y),
            |x, y| _ = x.over(y),
            |x, _| _ = x.bent(),
            |x, _| x.asks("is_nan", false),
        ];
        for use_them in uses {
            // Also on a thread that has a run of its own.
            for own in [false, true] {
                let thread = std::thread::spawn(move || {
                    let _own = own.then(|| Running::begin(Holds::Everywhere, true));
                    use_them(x, y);
                });
                let panic = thread.join().unwrap_err();
                assert!(message(&*panic).contains("another thread"), "{}", message(&*panic));
            }
        }
        assert_eq!(running.rows(&[x.and(y)]).1, [0, 1]);
    }

    #[test]
    fn a_run_that_is_over_is_refused() {
        let x = Running::begin(Holds::Here, true).variable(0);
        let panic = std::panic::catch_unwind(|| x.bent()).unwrap_err();
        assert!(message(&*panic).contains("after the call"), "{}", message(&*panic));
    }
}
