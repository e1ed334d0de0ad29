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
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    {
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("fma")
        {
            // SAFETY: the CPU has the features that `avx512` is compiled for.
            return unsafe { avx512(job) };
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            // SAFETY: the CPU has the features that `avx2` is compiled for.
            return unsafe { avx2(job) };
        }
    }
    job.run()
}

#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,fma")]
fn avx512<J: Job>(job: J) -> J::Output {
    job.run()
}

#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[target_feature(enable = "avx2,fma")]
fn avx2<J: Job>(job: J) -> J::Output {
    job.run()
}
