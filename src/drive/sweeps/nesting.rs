//! Calls within calls, and the variables that an inner one could take for its own.
//!
//! A call reads derivatives off the numbers that it runs its function on. Where a call around it runs on numbers of the same
//! type, which an inner point of plain numbers brings about, a variable of the outer call that the inner function takes in
//! has its tangents in the very lanes that the inner call reads: perturbation confusion (Siskind and Pearlmutter 2005).
//! Types can't tell the two apart, but a run can: of a function on constants, what is left of tangents came from outside.
//!
//! Debug builds with `std` make that run, as they check integers for overflow. Otherwise nothing is left of it.

use crate::drive::containers::{Point, each};

#[cfg(all(debug_assertions, feature = "std"))]
pub(crate) use checked::Running;
#[cfg(not(all(debug_assertions, feature = "std")))]
pub(crate) use unchecked::Running;

/// Whether `is_left` of one of the numbers of `y`.
#[inline]
pub(crate) fn is_left_in<R: Point>(y: &R, is_left: impl Fn(&R::Scalar) -> bool) -> bool {
    let mut found = false;
    each(y, |y| found |= is_left(y));
    found
}

#[cfg(all(debug_assertions, feature = "std"))]
mod checked {
    use core::any::TypeId;
    use core::cell::RefCell;
    use core::marker::PhantomData;

    /// How many types are kept of the calls of a thread, in an array, since drivers at arrays allocate nothing. Calls that
    /// run on further types have calls in them go unchecked.
    const KEPT: usize = 64;

    std::thread_local! {
        static CALLS: RefCell<Calls> = const { RefCell::new(Calls { types: [None; KEPT], count: 0, probing: false }) };
    }

    /// The calls that run on this thread.
    struct Calls {
        /// The types of their numbers, each once, those of the innermost call last.
        types: [Option<TypeId>; KEPT],
        count: usize,
        /// Whether a function is run on constants; calls in it aren't checked, they are when it is run on variables.
        probing: bool,
    }

    impl Calls {
        fn run_on(&self, own: TypeId) -> bool {
            self.types[..self.count].contains(&Some(own))
        }

        fn begin(&mut self, own: TypeId) {
            if !self.run_on(own) && self.count < KEPT {
                self.types[self.count] = Some(own);
                self.count += 1;
            }
        }
    }

    /// What `use_it` makes of the calls of this thread, if it isn't ending.
    fn with_calls<R>(use_it: impl FnOnce(&mut Calls) -> R) -> Option<R> {
        CALLS.try_with(|calls| use_it(&mut calls.borrow_mut())).ok()
    }

    /// A call that is running; it ends when this is dropped, be it by a panic.
    pub(crate) struct Running {
        /// How many types the calls around it run on.
        around: usize,
        /// The types are those of one thread.
        thread: PhantomData<*const ()>,
    }

    impl Running {
        /// Begins a call that runs on numbers of these types.
        ///
        /// # Panics
        ///
        /// If a call around it runs on one of them and `left_over`, which runs the function on constants, finds a
        /// derivative.
        #[track_caller]
        pub(crate) fn on<const L: usize>(types: [TypeId; L], left_over: impl FnOnce() -> bool) -> Self {
            let shared = |calls: &mut Calls| !calls.probing && types.iter().any(|&own| calls.run_on(own));
            if with_calls(shared) == Some(true) {
                let probe = Probe::begin();
                let confused = left_over();
                drop(probe);
                assert!(
                    !confused,
                    "perturbation confusion: the function takes in a variable of a call around this one, on numbers of the \
                     same type, so that its derivatives would be taken for those of this call; lift the point of this call \
                     by `Dual::constant`, or a container by `map_numbers(Dual::constant)`, to make its numbers nested ones"
                );
            }
            Self::begin(types)
        }

        /// Begins a part, on another thread, of a call that has been checked.
        #[cfg(feature = "rayon")]
        pub(crate) fn unchecked<const L: usize>(types: [TypeId; L]) -> Self {
            Self::begin(types)
        }

        fn begin<const L: usize>(types: [TypeId; L]) -> Self {
            let begin = |calls: &mut Calls| {
                let around = calls.count;
                for own in types {
                    calls.begin(own);
                }
                around
            };
            Self { around: with_calls(begin).unwrap_or(0), thread: PhantomData }
        }
    }

    impl Drop for Running {
        fn drop(&mut self) {
            with_calls(|calls| calls.count = self.around);
        }
    }

    /// A run on constants.
    struct Probe;

    impl Probe {
        fn begin() -> Self {
            with_calls(|calls| calls.probing = true);
            Self
        }
    }

    impl Drop for Probe {
        fn drop(&mut self) {
            with_calls(|calls| calls.probing = false);
        }
    }
}

#[cfg(not(all(debug_assertions, feature = "std")))]
mod unchecked {
    use core::any::TypeId;

    /// A call that is running, of which nothing is kept.
    pub(crate) struct Running;

    impl Running {
        #[inline(always)]
        pub(crate) fn on<const L: usize>(_: [TypeId; L], _: impl FnOnce() -> bool) -> Self {
            Self
        }

        #[cfg(feature = "rayon")]
        #[inline(always)]
        pub(crate) fn unchecked<const L: usize>(_: [TypeId; L]) -> Self {
            Self
        }
    }
}
