//! The sizes above which numbers, points and results would exhaust the stack: they don't compile.

/// The bytes that a number may have: Hessians at `[f64; 65]` and gradients at `[f64; 4351]` are within them.
///
/// Unoptimised, Rosenbrock's function and the operations in it need 1.5 MiB for numbers of this size.
const NUMBER: usize = 34 << 10;

/// The bytes that what is moved as a whole may have: the result of a function or of a driver, and a lifted point that can't
/// be made in place.
const WHOLE: usize = 320 << 10;

/// Refuses numbers `D` and results `R` that would exhaust the stack.
#[inline(always)]
pub(crate) fn check_sizes<D, R>() {
    const {
        assert!(
            size_of::<D>() <= NUMBER,
            "the numbers that this many coordinates, or orders, ask for are too large for the stack: take a slice or a \
             `Vec` as the point, whose numbers have 8 lanes; or, where calls are nested, take `jvp` along one direction after \
             another in place of a Jacobian or a Hessian"
        );
    }
    const {
        assert!(
            size_of::<R>() <= WHOLE,
            "the result is an array too large for the stack: take a slice or a `Vec` as the point, and return a `Vec` from \
             the function"
        );
    }
}

/// Refuses lifted points that would exhaust the stack and can't be made on the heap, where there is one.
#[inline(always)]
pub(crate) fn check_point<L>() {
    const {
        assert!(
            size_of::<L>() <= WHOLE || cfg!(not(feature = "alloc")),
            "the numbers of this many coordinates are too large for the stack: take a slice or a vector of run-time length as \
             the point"
        );
    }
}
