//! The special functions of `f32` and `f64`.

use super::{Special, bessel, beta, erf, gamma, lambert, logistic, normal};

/// √Σx², with squares that neither over- nor underflow; infinite with an infinity, even beside a NaN, as `hypot`.
fn norm(len: usize, x: impl Fn(usize) -> f64) -> f64 {
    use num_traits::Float;

    let (mut largest, mut infinite) = (0.0, false);
    for i in 0..len {
        let size = Float::abs(x(i));
        infinite |= size.is_infinite();
        if size > largest {
            largest = size;
        }
    }
    if infinite {
        return f64::INFINITY;
    }
    // A power of two, which rounds nothing; 1 where it isn't needed.
    let unit = if largest > 1e150 {
        Float::powi(2.0, 600)
    } else if largest < 1e-130 {
        Float::powi(2.0, -600)
    } else {
        1.0
    };
    let squares = (0..len).map(|i| {
        let x = x(i) / unit;
        x * x
    });
    Float::sqrt(squares.fold(0.0, |sum, square| sum + square)) * unit
}

macro_rules! plain {
    ($float:ty: $narrow:expr;
        of one: { $($name:ident($($n:ident: $N:ty)?) = $function:expr;)* }
        of two: { $($name2:ident = $function2:expr;)* }
    ) => {
        impl Special for $float {
            $(
                #[inline]
                fn $name(self $(, $n: $N)?) -> Self {
                    let function: fn($($N,)? f64) -> f64 = $function;
                    $narrow(function($($n,)? self.into()))
                }
            )*
            $(
                #[inline]
                fn $name2(self, y: Self) -> Self {
                    let function: fn(f64, f64) -> f64 = $function2;
                    $narrow(function(self.into(), y.into()))
                }
            )*

            #[inline]
            fn norm_of(len: usize, x: impl Fn(usize) -> Self) -> Self {
                $narrow(norm(len, |i| x(i).into()))
            }

            #[inline]
            fn stop_gradient(self) -> Self {
                self
            }
        }
    };
}

macro_rules! for_each_float {
    ($($functions:tt)*) => {
        plain! { f64: core::convert::identity; $($functions)* }
        // Computed in `f64` and rounded.
        plain! { f32: narrow; $($functions)* }
    };
}

#[expect(clippy::cast_possible_truncation, reason = "the rounding is what is wanted")]
fn narrow(x: f64) -> f32 {
    x as f32
}

for_each_float! {
    of one: {
        erf() = libm::erf;
        erfc() = libm::erfc;
        erf_inv() = erf::erf_inv;
        ndtr() = normal::ndtr;
        log_ndtr() = normal::log_ndtr;
        ndtri() = normal::ndtri;
        gamma() = libm::tgamma;
        ln_gamma() = libm::lgamma;
        digamma() = gamma::digamma;
        polygamma(n: u32) = gamma::polygamma;
        bessel_j0() = libm::j0;
        bessel_j1() = libm::j1;
        bessel_jn(n: i32) = libm::jn;
        bessel_y0() = libm::y0;
        bessel_y1() = libm::y1;
        bessel_yn(n: i32) = libm::yn;
        bessel_i0() = |x| bessel::bessel_in(0, x);
        bessel_i1() = |x| bessel::bessel_in(1, x);
        bessel_in(n: i32) = bessel::bessel_in;
        spherical_jn(n: u32) = bessel::spherical_jn;
        sinc() = logistic::sinc;
        sinc_sqrt() = |x| bessel::spherical_jn_sqrt(0, x);
        cos_sqrt() = logistic::cos_sqrt;
        stumpff_c2() = bessel::stumpff_c2;
        spherical_jn_sqrt(n: u32) = bessel::spherical_jn_sqrt;
        normalized_sinc() = logistic::normalized_sinc;
        sigmoid() = logistic::sigmoid;
        logit() = logistic::logit;
        softplus() = logistic::softplus;
        log_sigmoid() = |x| -logistic::softplus(-x);
        log1mexp() = logistic::log1mexp;
        lambert_w0() = lambert::lambert_w0;
        lambert_wm1() = lambert::lambert_wm1;
    }
    of two: {
        beta = beta::beta;
        ln_beta = beta::ln_beta;
        logaddexp = logistic::logaddexp;
        xlogy = logistic::xlogy;
        xlog1py = logistic::xlog1py;
    }
}
