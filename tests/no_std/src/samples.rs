//! Random numbers.

use core::hint::black_box;

use tangents::random::{Key, uniform};

/// A sample; with an allocator one of run-time length too.
pub fn are_right() -> impl Iterator<Item = bool> {
    let key = black_box(Key::new(137));
    let checks = [uniform::<f32>(key) == 0.380_193_23].into_iter();
    #[cfg(feature = "alloc")]
    let checks = checks.chain([tangents::random::uniform_vec::<f32>(key, 3) == uniform::<[f32; 3]>(key)]);
    checks
}
