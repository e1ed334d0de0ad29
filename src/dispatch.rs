//! Run-time choice of the instruction set: work compiled once more for each of the CPU's wider ones.
//!
//! Without it, a program built for any x86-64 runs on the 128-bit vectors of 2003, and a fused multiply-add is a
//! call of the library. What a job computes doesn't depend on the choice: wider vectors do the same operations on
//! more elements, and `mul_add` is rounded once in every version. Nothing else is fused, since the compiler
//! contracts no product and sum by itself.
//!
//! Work on integers and plain floats is a [`Job`]. Work that runs a function of the user on numbers with derivatives is
//! [`Work`](crate::number::on::Work), which has the set in the type of its floats.

use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// What work may be compiled for.
///
/// In a program that is compiled for AVX2 or AVX-512 anyway, the baseline has that too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InstructionSet {
    /// What the program is compiled for.
    Baseline,
    /// AVX2 and fused multiply-add.
    Avx2,
    /// AVX-512 with the subsets F, BW, DQ and VL, and fused multiply-add.
    Avx512,
}

/// The choice: 0 before the CPU was asked, else a set's place in [`SETS`] from 1 on, with [`FORCED`] beside it.
static CHOICE: AtomicU8 = AtomicU8::new(0);

/// Beside a set that was asked for and not found.
const FORCED: u8 = 0x80;

const SETS: [InstructionSet; 3] = [InstructionSet::Baseline, InstructionSet::Avx2, InstructionSet::Avx512];

impl InstructionSet {
    /// Whether this CPU has it; without the standard library only the baseline is known.
    #[must_use]
    pub fn is_available(self) -> bool {
        match self {
            Self::Baseline => true,
            Self::Avx2 => detect::avx2(),
            Self::Avx512 => detect::avx512(),
        }
    }

    /// The sets that this CPU has, from the baseline on.
    pub fn available() -> impl Iterator<Item = Self> {
        SETS.into_iter().filter(|set| set.is_available())
    }

    /// From now on, in all threads, compiles work for this set; `None`, and nothing changes, if this CPU lacks it.
    ///
    /// It is for tests and measurements: the set doesn't show in the results. [`detect`](Self::detect) takes it back.
    pub fn force(self) -> Option<Self> {
        self.is_available().then(|| {
            CHOICE.store(self.code() | FORCED, Relaxed);
            self
        })
    }

    /// From now on, in all threads, takes the best set that this CPU has, as if [`force`](Self::force) hadn't been called.
    pub fn detect() {
        CHOICE.store(0, Relaxed);
    }

    /// Calls `f` with each set of this CPU, while work is compiled for it; then takes the best one again.
    ///
    /// # Panics
    ///
    /// If `f` does. A call of it within `f` never ends, or panics.
    #[cfg(feature = "std")]
    pub fn in_each(mut f: impl FnMut(Self)) {
        static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());

        struct Detect;
        impl Drop for Detect {
            fn drop(&mut self) {
                InstructionSet::detect();
            }
        }

        let _lock = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let _detect = Detect;
        for set in Self::available() {
            set.force();
            f(set);
        }
    }

    const fn code(self) -> u8 {
        self as u8 + 1
    }

    /// The set that work is compiled for, and whether it is forced.
    ///
    /// One load: nothing else in memory depends on what it reads.
    #[cfg_attr(not(any(feature = "std", feature = "random")), allow(dead_code))] // nothing asks there
    #[inline]
    fn choice() -> (Self, bool) {
        if !detect::KNOWS_MORE {
            return (Self::Baseline, false);
        }
        let code = CHOICE.load(Relaxed);
        let code = if code == 0 { Self::found() } else { code };
        let set = match code & !FORCED {
            1 => Self::Baseline,
            2 => Self::Avx2,
            _ => Self::Avx512,
        };
        (set, code & FORCED != 0)
    }

    #[cfg_attr(not(any(feature = "std", feature = "random")), allow(dead_code))] // nothing asks there
    #[cold]
    fn found() -> u8 {
        let best = if detect::avx512() {
            Self::Avx512
        } else if detect::avx2() {
            Self::Avx2
        } else {
            Self::Baseline
        };
        // Not over one that another thread has forced meanwhile.
        match CHOICE.compare_exchange(0, best.code(), Relaxed, Relaxed) {
            Ok(_) => best.code(),
            Err(code) => code,
        }
    }

    /// The set for work on integers and plain floats: the widest.
    #[cfg(feature = "random")]
    #[inline]
    fn of_jobs() -> Self {
        Self::choice().0
    }

    /// Whether the program is compiled for vectors of more than 128 bits.
    pub(crate) const fn is_wide_when_compiled() -> bool {
        !matches!(COMPILED, Self::Baseline)
    }

    /// The set for [`Work`](crate::number::on::Work): the widest, unless the program has been compiled for its vectors.
    ///
    /// AVX-512 also for few lanes: on a Xeon (2026-11-29) it took 0.96 of the time of AVX2 for Rosenbrock's gradient in 4
    /// variables, 0.72 in 10 and 0.78 in 16, 0.7 for a bundle adjustment of 12 lanes, 0.78 for three bodies of 18; only its
    /// Hessian in 4 variables took 1.4 times as long, where that in 10 took 0.5.
    #[inline]
    pub(crate) fn of_work() -> Available {
        match Self::choice() {
            (set, false) if set <= COMPILED => Available(Self::Baseline),
            (set, _) => Available(set),
        }
    }

    /// The sets of which one may be the fastest for some [`Work`](crate::number::on::Work), from the narrowest: the one that is
    /// forced, or the baseline and those that this CPU has and the program isn't compiled for.
    #[cfg(feature = "std")]
    #[inline]
    pub(crate) fn worth_a_try() -> &'static [Available] {
        use InstructionSet::{Avx2, Avx512, Baseline};

        /// All sets, and how many of them a CPU has whose best one is at that place.
        static ALL: [Available; 3] = [Available(Baseline), Available(Avx2), Available(Avx512)];
        static WIDEST: [Available; 2] = [Available(Baseline), Available(Avx512)];

        match Self::choice() {
            (forced, true) => core::slice::from_ref(&ALL[forced as usize]),
            (best, false) if best <= COMPILED => &ALL[..1],
            (Avx512, false) if COMPILED == Avx2 => &WIDEST,
            (best, false) => &ALL[..=best as usize],
        }
    }
}

/// A set that this CPU has: code that is compiled for it may be run without asking again.
#[derive(Clone, Copy, Debug)]
pub struct Available(InstructionSet);

impl Available {
    /// The set.
    #[inline]
    pub(crate) fn set(self) -> InstructionSet {
        self.0
    }
}

/// The set that the program is compiled for.
const COMPILED: InstructionSet = if cfg!(all(
    target_feature = "avx512f",
    target_feature = "avx512bw",
    target_feature = "avx512dq",
    target_feature = "avx512vl",
    target_feature = "fma"
)) {
    InstructionSet::Avx512
} else if cfg!(all(target_feature = "avx2", target_feature = "fma")) {
    InstructionSet::Avx2
} else {
    InstructionSet::Baseline
};

#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod detect {
    pub(super) const KNOWS_MORE: bool = true;

    pub(super) fn avx2() -> bool {
        is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
    }

    pub(super) fn avx512() -> bool {
        is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && avx2()
    }
}

/// Elsewhere the baseline has the widest vectors already, or nothing can be asked of the CPU.
#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
mod detect {
    #[cfg_attr(not(any(feature = "std", feature = "random")), allow(dead_code))] // nothing asks there
    pub(super) const KNOWS_MORE: bool = false;

    pub(super) fn avx2() -> bool {
        false
    }

    pub(super) fn avx512() -> bool {
        false
    }
}

/// Work that is to be compiled for each instruction set.
///
/// A trait and not a closure, because `run` must be inlined into each version, `#[inline(always)]`, and with it all
/// that it calls in its inner loops: a function that isn't inlined is compiled for the baseline alone.
#[cfg(feature = "random")]
pub(crate) trait Job {
    /// What the work gives.
    type Output;

    /// Does the work.
    fn run(self) -> Self::Output;
}

/// Does the work with the widest vectors that this CPU has.
#[cfg(feature = "random")]
#[inline]
pub(crate) fn widest<J: Job>(job: J) -> J::Output {
    // SAFETY: the CPU has what it was asked for.
    unsafe { in_set(InstructionSet::of_jobs(), job) }
}

/// Does the work compiled for a set.
///
/// # Safety
///
/// The CPU has the set.
#[cfg(feature = "random")]
#[inline]
unsafe fn in_set<J: Job>(set: InstructionSet, job: J) -> J::Output {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2,fma")]
        fn avx2<J: Job>(job: J) -> J::Output {
            job.run()
        }

        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,fma")]
        fn avx512<J: Job>(job: J) -> J::Output {
            job.run()
        }

        match set {
            InstructionSet::Baseline => job.run(),
            // SAFETY: the CPU has the set, as the caller promises.
            InstructionSet::Avx2 => unsafe { avx2(job) },
            // SAFETY: as above.
            InstructionSet::Avx512 => unsafe { avx512(job) },
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        let _ = set;
        job.run()
    }
}

/// Does the work of `job()` in every version that this CPU has, the baseline's first.
#[cfg(all(test, feature = "alloc", feature = "random"))]
pub(crate) fn in_every_version<J: Job>(mut job: impl FnMut() -> J) -> impl Iterator<Item = J::Output> {
    // SAFETY: the CPU has the set.
    InstructionSet::available().map(move |set| unsafe { in_set(set, job()) })
}
