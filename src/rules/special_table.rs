//! The rules of the special functions, one row each.
//!
//! The rows are those of [`table`](super::table), in which the slope may use special functions too.

/// Functions of one variable.
macro_rules! for_each_special_rule {
    ($emit:ident) => {
        $emit! {
            // name              what it is                                       slope in words          tested on     slope
            (erf,             "error function",                                "2/√π·e^(−x²)",         -4.0..4.0,    |x, y| T::FRAC_2_SQRT_PI() * gaussian(x, 1.0))
            (erfc,            "complementary error function `1 − erf x`",      "−2/√π·e^(−x²)",        -4.0..20.0,   |x, y| -T::FRAC_2_SQRT_PI() * gaussian(x, 1.0))
            (erf_inv,         "inverse error function",                        "√π/2·e^(y²)",          -1.0..1.0,    |x, y| erf_inv_slope(x, y))
            (ndtr,            "distribution function Φ of the normal law",     "φ = e^(−x²/2)/√(2π)",  -5.0..5.0,    |x, y| density(x))
            (log_ndtr,        "`ln Φ(x)`",                                     "φ/Φ",                  -20.0..5.0,   |x, y| log_ndtr_slope(x))
            (ndtri,           "inverse Φ⁻¹ of the normal law",                 "1/φ(y)",               0.0..1.0,     |x, y| ndtri_slope(x, y))
            (gamma,           "gamma function",                                "Γ·ψ",                  -5.0..20.0,   |x, y| unless_zero(x, || gamma_slope(x, y)))
            (ln_gamma,        "logarithm of `\\|Γ\\|`",                        "ψ",                    -5.0..50.0,   |x, y| unless_zero(x, || x.digamma()))
            (digamma,         "digamma function ψ",                            "ψ′",                   -5.0..50.0,   |x, y| unless_zero(x, || x.polygamma(1)))
            (bessel_j0,       "Bessel function J₀",                            "−J₁",                  -20.0..20.0,  |x, y| -x.bessel_j1())
            (bessel_j1,       "Bessel function J₁",                            "(J₀ − J₂)/2",          -20.0..20.0,  |x, y| half(x.bessel_j0() - x.bessel_jn(2)))
            (bessel_y0,       "Bessel function Y₀",                            "−Y₁",                  0.0..20.0,    |x, y| bessel_y_slope(x, y, || -x.bessel_y1()))
            (bessel_y1,       "Bessel function Y₁",                            "(Y₀ − Y₂)/2",          0.0..20.0,    |x, y| bessel_yn_slope(1, x, y))
            (bessel_i0,       "modified Bessel function I₀",                   "I₁",                   -20.0..20.0,  |x, y| x.bessel_i1())
            (bessel_i1,       "modified Bessel function I₁",                   "(I₀ + I₂)/2",          -20.0..20.0,  |x, y| half(x.bessel_i0()) + half(x.bessel_in(2)))
            (sinc,            "`sin(x)/x`",                                    "−j₁",                  -20.0..20.0,  |x, y| -x.spherical_jn(1)) // (cos x − y)/x cancels
            (sinc_sqrt,       "`sin(√x)/√x`, an entire function",              "−j₁(√x)/(2√x)",        -20.0..200.0, |x, y| -half(x.spherical_jn_sqrt(1)))
            (cos_sqrt,        "`cos √x`, an entire function",                  "−sin(√x)/(2√x)",       -20.0..200.0, |x, y| -half(x.sinc_sqrt()))
            (stumpff_c2,      "`(1 − cos √x)/x`, an entire function",          "−s·j₁(√x/2)/(4√x), s = sinc_sqrt(x/4)", -20.0..200.0, |x, y| stumpff_c2_slope(x))
            (normalized_sinc, "`sin(πx)/(πx)`",                                "(cos πx − y)/x",       -6.0..6.0,    |x, y| normalized_sinc_slope(x, y))
            (sigmoid,         "logistic function `1/(1 + e⁻ˣ)`",               "1/(2·cosh(x/2))²",     -20.0..20.0,  |x, y| sigmoid_slope(x)) // y·(1 − y) cancels
            (logit,           "inverse logistic function `ln(x/(1 − x))`",     "1/(x·(1 − x))",        0.0..1.0,     |x, y| logit_slope(x))
            (softplus,        "`ln(1 + eˣ)`",                                  "1/(1 + e⁻ˣ)",          -20.0..20.0,  |x, y| x.sigmoid())
            (log_sigmoid,     "`−ln(1 + e⁻ˣ)`",                                "1/(1 + eˣ)",           -20.0..20.0,  |x, y| (-x).sigmoid())
            (log1mexp,        "`ln(1 − e⁻ˣ)`",                                 "e⁻ˣ/(1 − e⁻ˣ)",        0.0..20.0,    |x, y| log1mexp_slope(x))
            (lambert_w0,      "principal branch W₀ of Lambert's W",            "1/(e^y·(1 + y))",      -0.36..50.0,  |x, y| lambert_slope(x, y, T::infinity()))
            (lambert_wm1,     "branch W₋₁ of Lambert's W",                     "1/(e^y·(1 + y))",      -0.36..0.0,   |x, y| lambert_slope(x, y, T::neg_infinity()))
        }
    };
}

/// Functions of an integer and one variable.
macro_rules! for_each_special_family {
    ($emit:ident) => {
        $emit! {
            // name           order  what it is                               slope in words                   slope
            (polygamma,    u32,   "derivative ψ⁽ⁿ⁾ of the digamma function", "ψ⁽ⁿ⁺¹⁾",                        |n, x, y| unless_zero(x, || x.polygamma(n.saturating_add(1))))
            (bessel_jn,    i32,   "Bessel function Jₙ",                      "(Jₙ₋₁ − Jₙ₊₁)/2",               |n, x, y| half(x.bessel_jn(n.saturating_sub(1)) - x.bessel_jn(n.saturating_add(1))))
            (bessel_yn,    i32,   "Bessel function Yₙ",                      "(Yₙ₋₁ − Yₙ₊₁)/2",               |n, x, y| bessel_yn_slope(n, x, y))
            (bessel_in,    i32,   "modified Bessel function Iₙ",             "(Iₙ₋₁ + Iₙ₊₁)/2",               |n, x, y| half(x.bessel_in(n.saturating_sub(1))) + half(x.bessel_in(n.saturating_add(1))))
            (spherical_jn, u32,   "spherical Bessel function jₙ",            "(n·jₙ₋₁ − (n + 1)·jₙ₊₁)/(2n + 1)", |n, x, y| spherical_jn_slope(n, x))
            (spherical_jn_sqrt, u32, "`jₙ(√x)/(√x)ⁿ`",                       "−½ of the next one",            |n, x, y| -half(x.spherical_jn_sqrt(n.saturating_add(1))))
        }
    };
}

pub(crate) use {for_each_special_family, for_each_special_rule};
