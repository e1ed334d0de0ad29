//! The drivers on slices that write into buffers of the caller and allocate nothing after the first call.

mod first_order;
mod second_order;

use alloc::vec::Vec;
use core::fmt;

use super::containers::numbers::CHUNK;
use crate::number::{Dual, HyperDual};
use crate::real::Real;

/// The drivers on slices, with the memory that they compute in: it grows to what the largest call needs and stays.
///
/// Each method is the call of its name, with the results written into slices of the caller. A slice of another length than
/// it must have is an error, and nothing is written then; no method panics because of a length.
///
/// `T` is the type of the coordinates, `C` the number of lanes (the chunk) that the function runs on: 8 unless
/// chosen. Polynomial functions are fastest with 8 to 16, functions full of transcendentals with 16 to 24, Hessians with 8, or
/// with 4 where the target has vectors of 128 bits alone. One workspace serves every call.
///
/// ```
/// use tangents::Workspace;
///
/// let mut workspace = Workspace::new();
/// let mut g = [0.0; 3];
/// for x in [[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]] {
///     workspace.gradient(|x| x.iter().map(|xi| xi * xi).sum(), &x, &mut g)?;
///     assert_eq!(g[0], 2.0 * x[0]);
/// }
/// let wide = Workspace::<f64, 16>::with_lanes();
/// # let _ = wide;
/// # Ok::<(), tangents::Error>(())
/// ```
pub struct Workspace<T, const C: usize = CHUNK> {
    lanes: Vec<Dual<T, C>>,
    lanes_out: Vec<Dual<T, C>>,
    along: Vec<Dual<T, 1>>,
    along_out: Vec<Dual<T, 1>>,
    nested: Vec<Dual<Dual<T, C>, C>>,
    nested_out: Vec<Dual<Dual<T, C>, C>>,
    nested_along: Vec<Dual<Dual<T, 1>, C>>,
    bent: Vec<HyperDual<T, 1>>,
}

impl<T> Workspace<T> {
    /// An empty workspace for chunks of 8 lanes.
    pub const fn new() -> Self {
        Self::with_lanes()
    }
}

impl<T, const C: usize> Workspace<T, C> {
    /// An empty workspace for chunks of `C` lanes: `Workspace::<f64, 16>::with_lanes()`.
    ///
    /// A chunk of no lanes doesn't compile.
    pub const fn with_lanes() -> Self {
        const { assert!(C > 0, "a chunk has at least one lane") };
        Self {
            lanes: Vec::new(),
            lanes_out: Vec::new(),
            along: Vec::new(),
            along_out: Vec::new(),
            nested: Vec::new(),
            nested_out: Vec::new(),
            nested_along: Vec::new(),
            bent: Vec::new(),
        }
    }
}

/// By hand, since a hyper-dual number is `Clone` where T is `Copy`.
impl<T: Copy, const C: usize> Clone for Workspace<T, C> {
    fn clone(&self) -> Self {
        Self {
            lanes: self.lanes.clone(),
            lanes_out: self.lanes_out.clone(),
            along: self.along.clone(),
            along_out: self.along_out.clone(),
            nested: self.nested.clone(),
            nested_out: self.nested_out.clone(),
            nested_along: self.nested_along.clone(),
            bent: self.bent.clone(),
        }
    }
}

/// The number of lanes; what the memory holds is of no use to anyone.
impl<T, const C: usize> fmt::Debug for Workspace<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workspace").field("lanes", &C).finish_non_exhaustive()
    }
}

impl<T> Default for Workspace<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// The buffer filled with the coordinates of `x`, lifted.
fn refill<'b, T: Real, D>(buffer: &'b mut Vec<D>, x: &[T], lift: impl Fn(T) -> D) -> &'b mut [D] {
    buffer.clear();
    buffer.extend(x.iter().copied().map(lift));
    buffer
}

/// The buffer filled with `m` zeros.
fn zeros<D: Real>(buffer: &mut Vec<D>, m: usize) -> &mut [D] {
    buffer.clear();
    buffer.resize(m, D::zero());
    buffer
}

/// The coordinate `i` of a slice.
fn slot<D>(lifted: &mut [D], i: usize) -> &mut D {
    &mut lifted[i]
}
