//! Run-time choice of the vector width: work compiled once more for each of the CPU's wider instruction sets.
//!
//! Without it, a program built for any x86-64 runs on the 128-bit vectors of 2003, and a fused multiply-add is a
//! call of the library. What a job computes doesn't depend on the choice: wider vectors do the same operations on
//! more elements, and `mul_add` is rounded once in every version. Nothing else is fused, since the compiler
//! contracts no product and sum by itself.

/// Work that is to be compiled for each instruction set.
///
/// A trait and not a closure, because `run` must be inlined into each version, `#[inline(always)]`, and with it all
/// that it calls in its inner loops: a function that isn't inlined is compiled for the baseline alone.
pub(crate) trait Job {
    /// What the work gives.
    type Output;

    /// Does the work.
    fn run(self) -> Self::Output;
}

/// Does the work with the widest vectors that this CPU has.
#[inline]
pub(crate) fn widest<J: Job>(job: J) -> J::Output {
    wide::avx512(job).or_else(wide::avx2).unwrap_or_else(Job::run)
}

/// The versions for wider vectors than the baseline's; each gives the job back if this CPU lacks it.
#[cfg(all(feature = "std", target_arch = "x86_64"))]
mod wide {
    use super::Job;

    macro_rules! versions {
        ($($name:ident, $compiled:ident: [$($feature:tt)*];)*) => {$(
            #[inline]
            pub(super) fn $name<J: Job>(job: J) -> Result<J::Output, J> {
                if $(is_x86_feature_detected!($feature))&&* {
                    // SAFETY: the CPU has the features that the version is compiled for.
                    Ok(unsafe { $compiled(job) })
                } else {
                    Err(job)
                }
            }

            $(#[target_feature(enable = $feature)])*
            fn $compiled<J: Job>(job: J) -> J::Output {
                job.run()
            }
        )*};
    }

    versions! {
        avx512, compiled_for_avx512: ["avx512f" "avx512bw" "avx512dq" "avx512vl" "fma"];
        avx2, compiled_for_avx2: ["avx2" "fma"];
    }
}

/// Elsewhere the baseline has the widest vectors already, or nothing can be asked of the CPU.
#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
mod wide {
    pub(super) fn avx512<J: super::Job>(job: J) -> Result<J::Output, J> {
        Err(job)
    }

    pub(super) fn avx2<J: super::Job>(job: J) -> Result<J::Output, J> {
        Err(job)
    }
}

/// Does the work of `job()` in every version that this CPU has, the baseline's first.
#[cfg(all(test, feature = "alloc"))]
pub(crate) fn in_every_version<J: Job>(mut job: impl FnMut() -> J) -> impl Iterator<Item = J::Output> {
    let (wide, wider) = (wide::avx2(job()).ok(), wide::avx512(job()).ok());
    core::iter::once(job().run()).chain(wide).chain(wider)
}
