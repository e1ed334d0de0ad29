//! The drivers for slices, on an allocator that only ever hands out.

extern crate alloc;

use alloc::vec::Vec;
use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::hint::black_box;
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering};

use tangents::{Workspace, gradient};

/// As many bytes as all checks together ask for, with room to spare.
const HEAP: usize = 1 << 20;

/// Memory that is handed out from the start and never taken back.
#[repr(align(64))]
struct Bump {
    bytes: UnsafeCell<[u8; HEAP]>,
    used: AtomicUsize,
}

// SAFETY: a byte is handed out once, by the one thread whose update of `used` succeeded.
unsafe impl Sync for Bump {}

// SAFETY: blocks don't overlap, since `used` only grows; they are aligned, since `bytes` begins at a multiple of 64
// and no greater alignment is granted.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let mut start = 0;
        let granted = self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
            start = used.checked_next_multiple_of(layout.align())?;
            start.checked_add(layout.size()).filter(|&end| end <= HEAP)
        });
        if granted.is_err() || layout.align() > align_of::<Self>() {
            return ptr::null_mut();
        }
        // SAFETY: start + size ≤ HEAP was checked above.
        unsafe { self.bytes.get().cast::<u8>().add(start) }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: Bump = Bump { bytes: UnsafeCell::new([0; HEAP]), used: AtomicUsize::new(0) };

/// The drivers on slices, at a length that takes several chunks of lanes, the last one not full.
pub fn is_right() -> [bool; 3] {
    let x: Vec<f64> = (0_u8..19).map(f64::from).collect();
    let x = black_box(x.as_slice());
    let mut workspace = Workspace::new();

    let mut g = [0.0; 19];
    let filled = workspace.gradient(|x| x.iter().map(|xi| xi * xi).sum(), x, &mut g);
    let right = |g: &[f64]| g.len() == 19 && g.iter().zip(x).all(|(gi, xi)| *gi == 2.0 * xi);

    let mut j = [0.0; 19];
    let last_entry_first = workspace.jacobian(|x, y| y[0] = x[18], x, &mut j);

    [
        filled.is_ok() && right(&g),
        right(&gradient(|x| x.iter().map(|xi| xi * xi).sum(), x)),
        last_entry_first.is_ok() && j[18] == 1.0 && j[..18].iter().all(|&e| e == 0.0),
    ]
}
