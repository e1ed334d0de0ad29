//! The rules of the special functions, one row each.
//!
//! The rows are those of [`table`](super::table), in which the slope may use special functions too. A function of an order
//! and one variable has the order behind its name.
//!
//! The file names nothing of the crate, so that the tests can take their list of functions from it.

macro_rules! for_each_special_rule {
    ($emit:ident $args:tt) => {
        $emit! {
            $args
            // name                      what it is                                   slope in words                          slope
            (erf,                       "error function",                            "2/√π·e^(−x²)",                          |x| T::FRAC_2_SQRT_PI() * gaussian(x, 1.0))
            (erfc,                      "complementary error function `1 − erf x`",  "−2/√π·e^(−x²)",                         |x| -T::FRAC_2_SQRT_PI() * gaussian(x, 1.0))
            (erf_inv,                   "inverse error function",                    "√π/2·e^(y²)",                           |x, y| erf_inv_slope(x, y))
            (ndtr,                      "distribution function Φ of the normal law", "φ = e^(−x²/2)/√(2π)",                   |x| density(x))
            (log_ndtr,                  "`ln Φ(x)`",                                 "φ/Φ",                                   |x| log_ndtr_slope(x))
            (ndtri,                     "inverse Φ⁻¹ of the normal law",             "1/φ(y)",                                |x, y| ndtri_slope(x, y))
            (gamma,                     "gamma function",                            "Γ·ψ",                                   |x, y| unless_zero(x, || gamma_slope(x, y)))
            (ln_gamma,                  "logarithm of `\\|Γ\\|`",                    "ψ",                                     |x| unless_zero(x, || x.digamma()))
            (digamma,                   "digamma function ψ",                        "ψ′",                                    |x| unless_zero(x, || x.polygamma(1)))
            (bessel_j0,                 "Bessel function J₀",                        "−J₁",                                   |x| -x.bessel_j1())
            (bessel_j1,                 "Bessel function J₁",                        "(J₀ − J₂)/2",                           |x| half(x.bessel_j0() - x.bessel_jn(2)))
            (bessel_y0,                 "Bessel function Y₀",                        "−Y₁",                                   |x, y| bessel_y_slope(x, y, || -x.bessel_y1()))
            (bessel_y1,                 "Bessel function Y₁",                        "(Y₀ − Y₂)/2",                           |x, y| bessel_yn_slope(1, x, y))
            (bessel_i0,                 "modified Bessel function I₀",               "I₁",                                    |x| x.bessel_i1())
            (bessel_i1,                 "modified Bessel function I₁",               "(I₀ + I₂)/2",                           |x| half(x.bessel_i0()) + half(x.bessel_in(2)))
            (sinc,                      "`sin(x)/x`",                                "−j₁",                                   |x| -x.spherical_jn(1)) // (cos x − y)/x cancels
            (sinc_sqrt,                 "`sin(√x)/√x`, an entire function",          "−j₁(√x)/(2√x)",                         |x| -half(x.spherical_jn_sqrt(1)))
            (cos_sqrt,                  "`cos √x`, an entire function",              "−sin(√x)/(2√x)",                        |x| -half(x.sinc_sqrt()))
            (stumpff_c2,                "`(1 − cos √x)/x`, an entire function",      "−s·j₁(√x/2)/(4√x), s = sinc_sqrt(x/4)", |x| stumpff_c2_slope(x))
            (normalized_sinc,           "`sin(πx)/(πx)`",                            "(cos πx − y)/x",                        |x, y| normalized_sinc_slope(x, y))
            (sigmoid,                   "logistic function `1/(1 + e⁻ˣ)`",           "1/(2·cosh(x/2))²",                      |x| sigmoid_slope(x)) // y·(1 − y) cancels
            (logit,                     "inverse logistic function `ln(x/(1 − x))`", "1/(x·(1 − x))",                         |x| logit_slope(x))
            (softplus,                  "`ln(1 + eˣ)`",                              "1/(1 + e⁻ˣ)",                           |x| x.sigmoid())
            (log_sigmoid,               "`−ln(1 + e⁻ˣ)`",                            "1/(1 + eˣ)",                            |x| (-x).sigmoid())
            (log1mexp,                  "`ln(1 − e⁻ˣ)`",                             "e⁻ˣ/(1 − e⁻ˣ)",                         |x| log1mexp_slope(x))
            (lambert_w0,                "principal branch W₀ of Lambert's W",        "1/(e^y·(1 + y))",                       |x, y| lambert_slope(x, y, T::infinity()))
            (lambert_wm1,               "branch W₋₁ of Lambert's W",                 "1/(e^y·(1 + y))",                       |x, y| lambert_slope(x, y, T::neg_infinity()))
            (polygamma(n: u32),         "derivative ψ⁽ⁿ⁾ of the digamma function",   "ψ⁽ⁿ⁺¹⁾",                                |x| unless_zero(x, || x.polygamma(n.saturating_add(1))))
            (bessel_jn(n: i32),         "Bessel function Jₙ",                        "(Jₙ₋₁ − Jₙ₊₁)/2",                       |x| half(x.bessel_jn(n.saturating_sub(1)) - x.bessel_jn(n.saturating_add(1))))
            (bessel_yn(n: i32),         "Bessel function Yₙ",                        "(Yₙ₋₁ − Yₙ₊₁)/2",                       |x, y| bessel_yn_slope(n, x, y))
            (bessel_in(n: i32),         "modified Bessel function Iₙ",               "(Iₙ₋₁ + Iₙ₊₁)/2",                       |x| half(x.bessel_in(n.saturating_sub(1))) + half(x.bessel_in(n.saturating_add(1))))
            (spherical_jn(n: u32),      "spherical Bessel function jₙ",              "(n·jₙ₋₁ − (n + 1)·jₙ₊₁)/(2n + 1)",      |x| spherical_jn_slope(n, x))
            (spherical_jn_sqrt(n: u32), "`jₙ(√x)/(√x)ⁿ`",                            "−½ of the next one",                    |x| -half(x.spherical_jn_sqrt(n.saturating_add(1))))
        }
    };
}

pub(crate) use for_each_special_rule;
