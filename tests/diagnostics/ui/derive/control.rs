//! The forms of the other files, done right, in a crate that is strict with itself.
#![deny(warnings, missing_docs, missing_debug_implementations, unsafe_code, unused_qualifications)]

use std::marker::PhantomData;

use tangents::{Point, gradient};

/// An end.
#[derive(Clone, Debug, Point)]
pub struct End<T> {
    /// How high it is.
    pub height: T,
}

/// A spring.
#[derive(Clone, Debug, Point)]
#[point(number = T, lanes = 4)]
pub struct Spring<L, T> {
    /// Force by length.
    pub stiffness: T,
    /// Its ends.
    pub ends: [End<T>; 2],
    /// What it's called.
    #[point(fixed)]
    pub name: String,
    #[point(fixed)]
    label: PhantomData<L>,
}

fn main() {
    let ends = [End { height: 1.0 }, End { height: 2.0 }];
    let spring = Spring::<u8, _> { stiffness: 1.0, ends, name: "left".into(), label: PhantomData };
    let _ = gradient(|s| s.stiffness * (s.ends[1].height - s.ends[0].height), &spring);
}
