//! The forms of the other files, done right, in a crate that is strict with itself.
#![deny(warnings, missing_docs, missing_debug_implementations, missing_copy_implementations, unreachable_pub)]
#![deny(unsafe_code, unused_qualifications, unused_lifetimes, elided_lifetimes_in_paths, explicit_outlives_requirements)]

use tangents::{Function, Real, function};

/// A product.
#[function]
pub fn product<T: Real>(x: &[T; 2]) -> T {
    x[0] * x[1]
}

/// A line.
#[allow(non_snake_case)]
#[function(number = T, name = Line)]
pub fn line<T: Real, L: AsRef<str> + ?Sized, const N: usize>(
    x: T,
    scale: f64,
    offsets: &[f64; N],
    label: &L,
    A: Vec<f64>,
) -> [T; N]
where
    L: Sync,
{
    let _ = (label.as_ref(), A);
    offsets.map(|offset| x * T::lit(scale) + T::lit(offset))
}

#[function]
fn private<T: Real>(x: &[T], data: &f64) -> Option<T> {
    Some(x[0] * T::lit(*data))
}

fn main() {
    let _ = Product.gradient(&[1.0, 2.0]);
    let line = Line { scale: 2.0, offsets: &[1.0, 2.0], label: "label", A: vec![] };
    let _ = line.jacobian(&1.0);
    let _ = Private { data: &1.0 }.jacobian(&[1.0]);
}
