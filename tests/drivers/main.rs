//! The drivers and transforms.

#![cfg(feature = "alloc")]

/// What a structure written by hand says of its family.
macro_rules! family {
    ($Structure:ident) => {
        impl tangents::point::Family for $Structure<f64> {
            type Of<D> = $Structure<D>;
            type View = Self;

            fn map<A: Number, D>(
                of: &$Structure<A>,
                coordinate: &mut impl FnMut(&A) -> D,
                fixed: &mut impl FnMut(&A) -> D,
            ) -> $Structure<D> {
                of.lift(coordinate, fixed)
            }
            fn pair<A: Number, D>(
                of: &$Structure<A>,
                with: &mut $Structure<D>,
                f: &mut impl FnMut(&A, &mut D),
            ) -> Result<(), tangents::Error> {
                of.pair(with, f)
            }
        }
    };
}

mod calls;
mod compose;
mod compose_orders;
mod inference;
mod nesting;
#[path = "../common/panics.rs"]
mod panics;
mod points;
mod second_order;
