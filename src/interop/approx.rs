//! `approx`'s comparisons of numbers: of their values, as every comparison.
//!
//! They serve the code that is differentiated, which must take the branches that it takes on plain numbers, and in
//! `assert_relative_eq!` they say as little of the tangents as `==` does; compare those by themselves.
//!
//! ```
//! # #[cfg(feature = "approx")] {
//! use approx::{assert_relative_eq, relative_eq};
//! use tangents::Dual;
//!
//! let x = Dual::new(0.1 + 0.2, [1.0]);
//! assert!(x != 0.3);
//! assert_relative_eq!(x, Dual::constant(0.3));
//! assert_relative_eq!(x.eps[0], 1.0);
//! # }
//! ```

use num_traits::Float;

use crate::number::{Dual, HyperDual, Taylor};
use crate::real::Real;

/// The traits of one generation of `approx`.
macro_rules! approx_traits {
    ($approx:ident: $($Number:ident)*) => {$(
        /// The tolerance is a number of the same type, as `simba`'s `RealField` wants it; its value counts.
        impl<T: Real, const N: usize> $approx::AbsDiffEq for $Number<T, N> {
            type Epsilon = Self;

            #[inline]
            fn default_epsilon() -> Self {
                Float::epsilon()
            }

            #[inline]
            fn abs_diff_eq(&self, other: &Self, epsilon: Self) -> bool {
                abs_diff_eq(*self, *other, epsilon)
            }
        }

        /// As `approx` compares floats.
        impl<T: Real, const N: usize> $approx::RelativeEq for $Number<T, N> {
            #[inline]
            fn default_max_relative() -> Self {
                Float::epsilon()
            }

            #[inline]
            fn relative_eq(&self, other: &Self, epsilon: Self, max_relative: Self) -> bool {
                relative_eq(*self, *other, epsilon, max_relative)
            }
        }

        /// As `approx` compares floats: by their bits over `f32` and `f64`, and over another float by a distance of
        /// so many times the ε of the larger of both.
        impl<T: Real, const N: usize> $approx::UlpsEq for $Number<T, N> {
            #[inline]
            fn default_max_ulps() -> u32 {
                <f64 as $approx::UlpsEq>::default_max_ulps()
            }

            #[inline]
            fn ulps_eq(&self, other: &Self, epsilon: Self, max_ulps: u32) -> bool {
                ulps_eq(*self, *other, epsilon, max_ulps)
            }
        }
    )*};
}

#[cfg(feature = "approx")]
use ::approx as approx_0_5;

#[cfg(feature = "approx")]
approx_traits!(approx_0_5: Dual HyperDual Taylor);
#[cfg(feature = "approx_0_4")]
approx_traits!(approx_0_4: Dual HyperDual Taylor);

// One distance in ulps in both generations.
#[cfg(not(feature = "approx"))]
use approx_0_4::UlpsEq;
#[cfg(feature = "approx")]
use approx_0_5::UlpsEq;

#[inline]
fn abs_diff_eq<S: Real>(x: S, y: S, epsilon: S) -> bool {
    (x - y).abs() <= epsilon
}

#[inline]
fn relative_eq<S: Real>(x: S, y: S, epsilon: S, max_relative: S) -> bool {
    if x == y {
        return true;
    }
    if x.is_infinite() || y.is_infinite() {
        return false;
    }
    let distance = (x - y).abs();
    distance <= epsilon || distance <= largest(x, y) * max_relative
}

#[inline]
fn largest<S: Real>(x: S, y: S) -> S {
    let (x, y) = (x.abs(), y.abs());
    if y > x { y } else { x }
}

fn ulps_eq<S: Real>(x: S, y: S, epsilon: S, max_ulps: u32) -> bool {
    if abs_diff_eq(x, y, epsilon) {
        return true;
    }
    // A number that is as exact as `f64` is one, or is made of one: its ulps are counted as `approx` counts them.
    if let (Some(x), Some(y)) = (x.to_f64(), y.to_f64())
        && S::epsilon().to_f64() == Some(f64::EPSILON)
    {
        return x.ulps_eq(&y, f64::NAN, max_ulps);
    }
    if let (Some(x), Some(y)) = (x.to_f32(), y.to_f32())
        && S::epsilon().to_f32() == Some(f32::EPSILON)
    {
        return x.ulps_eq(&y, f32::NAN, max_ulps);
    }
    x.signum() == y.signum() && (x - y).abs() <= largest(x, y) * S::epsilon() * S::lit(max_ulps.into())
}
