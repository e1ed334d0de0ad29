//! Which instruction set a piece of work is fastest in: learnt from its first calls.
//!
//! Wider vectors aren't always faster. A function of the user is compiled for a set where the compiler inlines it into a driver
//! of that set; in what it leaves out of line, a helper that is called in several places or an iterator of the standard library,
//! each operation is a call, and that may take several times as long as 128-bit vectors that are inlined into the helper. Nobody
//! can see from here what was inlined. But all sets give the same bits, so the first calls may take turns: each is timed, and the
//! later ones take the set that was fastest. Nothing is evaluated more often for it.

use crate::dispatch::InstructionSet;
use crate::number::on::Work;
use crate::rules::Number;

/// Does the work, which has `size` coordinates, in the set that has been fastest for such work of this size.
#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[inline]
#[track_caller]
pub(crate) fn fastest<T: Number, W: Work<T>>(size: usize, work: W) -> W::Output {
    let sets = InstructionSet::worth_a_try();
    let &[plain, .., widest] = sets else { return T::on_set(InstructionSet::of_work(), work) };
    if !crate::number::inspect::is_primitive::<T>() {
        return T::on_set(plain, work);
    }
    // The name of a type is one text for each, whose place tells them apart; if it doesn't, two works share a choice.
    let name = core::any::type_name::<W>().as_ptr() as usize;
    let Some(record) = table::LEARNT.record(name, size) else { return T::on_set(widest, work) };
    match record.choice() {
        Some(choice) => T::on_set(sets[choice.min(sets.len() - 1)], work),
        None => record.try_next(sets.len(), |i| T::on_set(sets[i], work)),
    }
}

/// Elsewhere there is one way.
#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
#[inline]
#[track_caller]
pub(crate) fn fastest<T: Number, W: Work<T>>(_: usize, work: W) -> W::Output {
    T::on_set(InstructionSet::of_work(), work)
}

#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod table {
    use core::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering::Relaxed};
    use std::time::Instant;

    /// What is known of a piece of work at one size. Records are never taken back.
    pub(super) struct Record {
        /// Which work it is, 0 of none.
        key: AtomicUsize,
        /// The set that was found, counted from 1.
        choice: AtomicU8,
        /// How often the work has been done, and for how many nanoseconds in all.
        calls: AtomicUsize,
        total: AtomicU64,
        /// The shortest time in each set, in nanoseconds.
        times: [AtomicU64; SETS],
    }

    /// As many sets as there are at most.
    const SETS: usize = 3;

    /// How often each set has its turn, at least and at most. In the first turns code and data are fetched, and the CPU wakes its
    /// wider units, which takes it some 20 µs.
    const TURNS: [usize; 2] = [3, 64];

    /// How often in a row, beyond the least.
    const ROW: usize = 16;

    /// The nanoseconds after which there have been turns enough.
    const ENOUGH: u64 = 300_000;

    /// How many records there may be: what comes later takes the widest vectors.
    const RECORDS: usize = 1 << 9;

    /// How many places a record may be away from its own.
    const PROBES: usize = 8;

    /// Records by work and size.
    pub(super) struct Table([Record; RECORDS]);

    /// What this program has learnt.
    pub(super) static LEARNT: Table = Table::new();

    impl Table {
        #[allow(clippy::large_stack_arrays)] // it is made where it stands
        pub(super) const fn new() -> Self {
            Self(
                [const {
                    Record {
                        key: AtomicUsize::new(0),
                        choice: AtomicU8::new(0),
                        calls: AtomicUsize::new(0),
                        total: AtomicU64::new(0),
                        times: [const { AtomicU64::new(u64::MAX) }; SETS],
                    }
                }; RECORDS],
            )
        }

        /// The record of the work of this name and size; none if the places for it are taken.
        #[inline]
        pub(super) fn record(&self, name: usize, size: usize) -> Option<&Record> {
            // Spread by the golden ratio; never 0.
            let key =
                name.wrapping_add(size.wrapping_mul(0x9E37_79B9)).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
            let first = key >> (usize::BITS - RECORDS.trailing_zeros());
            let record = &self.0[first];
            if record.key.load(Relaxed) == key { Some(record) } else { self.beyond(first, key) }
        }

        #[cold]
        fn beyond(&self, first: usize, key: usize) -> Option<&Record> {
            (first..first + PROBES).map(|i| &self.0[i % RECORDS]).find(|record| {
                record.key.load(Relaxed) == key
                    || match record.key.compare_exchange(0, key, Relaxed, Relaxed) {
                        Ok(_) => true,
                        Err(found) => found == key,
                    }
            })
        }
    }

    impl Record {
        /// Which set was fastest, once all have had their turns.
        #[inline]
        pub(super) fn choice(&self) -> Option<usize> {
            usize::from(self.choice.load(Relaxed)).checked_sub(1)
        }

        /// Does the work in the set whose turn it is.
        #[cold]
        #[track_caller]
        pub(super) fn try_next<R>(&self, sets: usize, work: impl FnOnce(usize) -> R) -> R {
            let calls = self.calls.fetch_add(1, Relaxed);
            let [least, most] = TURNS.map(|turns| turns * sets);
            // One by one, and short work then several times in a row: units that are woken for each call don't show their speed.
            let turn = calls.checked_sub(least).map_or(calls, |beyond| beyond / ROW) % sets;
            let start = Instant::now();
            let result = work(turn);
            let time = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.times[turn].fetch_min(time, Relaxed);
            let total = self.total.fetch_add(time, Relaxed).saturating_add(time);
            if calls + 1 >= most || calls + 1 >= least && total >= ENOUGH {
                self.choose(sets);
            }
            result
        }

        /// The widest set, or one that takes at most 9/10 of its time: reading the clock takes some 20 ns, in which short work
        /// can't be told apart.
        fn choose(&self, sets: usize) {
            let time = |i: usize| self.times[i].load(Relaxed);
            let widest = sets - 1;
            let best = (0..widest).filter(|&i| time(i) < time(widest) / 10 * 9).min_by_key(|&i| time(i));
            self.choice.store(u8::try_from(best.unwrap_or(widest) + 1).unwrap_or(1), Relaxed);
        }
    }
}

#[cfg(all(test, feature = "std", target_arch = "x86_64"))]
mod tests {
    use core::time::Duration;
    use std::thread::sleep;

    use super::table::Table;

    #[test]
    fn later_calls_take_the_set_that_was_fastest() {
        let table = Table::new();
        for fastest in 0..3 {
            let record = table.record(0x5555, fastest).unwrap();
            let mut calls = [0; 3];
            while record.choice().is_none() {
                record.try_next(3, |i| {
                    calls[i] += 1;
                    sleep(Duration::from_millis(if i == fastest { 1 } else { 9 }));
                });
            }
            assert_eq!((calls, record.choice()), ([3; 3], Some(fastest)));
            assert!(core::ptr::eq(record, table.record(0x5555, fastest).unwrap()));
            assert!(!core::ptr::eq(record, table.record(0x5556, fastest).unwrap()));
        }
    }

    #[test]
    fn of_two_that_are_as_fast_the_wider_is_taken() {
        let table = Table::new();
        let record = table.record(0x5555, 9).unwrap();
        for _ in 0..6 {
            record.try_next(2, |_| sleep(Duration::from_millis(5)));
        }
        assert_eq!(record.choice(), Some(1));
    }

    #[test]
    fn what_finds_no_place_has_no_record() {
        let table = Table::new();
        let found = (0..1000).filter(|&size| table.record(0x5555, size).is_some()).count();
        assert!((400..=512).contains(&found), "{found}");
    }
}
