//! The trait: what each function is, its slope and its edges.

use super::{blends, slices};
use crate::real::Real;

/// Special functions, the logistic family and what a loss function needs, for `f32`, `f64` and dual numbers of any
/// depth.
///
/// | | |
/// |---|---|
/// | error function | [`erf`](Self::erf), [`erfc`](Self::erfc), [`erf_inv`](Self::erf_inv) |
/// | normal law | [`ndtr`](Self::ndtr), [`log_ndtr`](Self::log_ndtr), [`ndtri`](Self::ndtri) |
/// | gamma family | [`gamma`](Self::gamma), [`ln_gamma`](Self::ln_gamma), [`digamma`](Self::digamma), [`polygamma`](Self::polygamma), [`beta`](Self::beta), [`ln_beta`](Self::ln_beta) |
/// | Bessel functions | [`bessel_j0`](Self::bessel_j0), `_j1`, `_jn`, [`bessel_y0`](Self::bessel_y0), `_y1`, `_yn`, [`bessel_i0`](Self::bessel_i0), `_i1`, `_in`, [`spherical_jn`](Self::spherical_jn) |
/// | sinc | [`sinc`](Self::sinc), [`normalized_sinc`](Self::normalized_sinc) |
/// | functions of θ² | [`sinc_sqrt`](Self::sinc_sqrt), [`cos_sqrt`](Self::cos_sqrt), [`stumpff_c2`](Self::stumpff_c2), [`spherical_jn_sqrt`](Self::spherical_jn_sqrt) |
/// | logistic family | [`sigmoid`](Self::sigmoid), [`logit`](Self::logit), [`softplus`](Self::softplus), [`log_sigmoid`](Self::log_sigmoid), [`log1mexp`](Self::log1mexp), [`logaddexp`](Self::logaddexp) |
/// | Lambert W | [`lambert_w0`](Self::lambert_w0), [`lambert_wm1`](Self::lambert_wm1) |
/// | entropies | [`xlogy`](Self::xlogy), [`xlog1py`](Self::xlog1py) |
/// | slices | [`logsumexp`](Self::logsumexp), [`softmax`](Self::softmax), [`norm`](Self::norm), [`norm_squared`](Self::norm_squared), [`safe_norm`](Self::safe_norm), [`hypot3`](Self::hypot3) |
/// | blends and choices | [`lerp`](Self::lerp), [`smoothstep`](Self::smoothstep), [`select`](Self::select), [`stop_gradient`](Self::stop_gradient) |
/// | losses and activations | [`relu`](Self::relu), [`huber`](Self::huber) |
///
/// # Values
///
/// Those of the `libm` crate for erf, erfc, Γ, ln Γ, J and Y, and of this crate's own algorithms, named in its sources,
/// for the others. An `f32` is computed in `f64` and rounded. Where no edge is mentioned, a NaN and a point outside
/// the domain give a NaN.
///
/// # Slopes
///
/// Of every order, in forms that don't cancel; [`rules::special_functions`](crate::rules::special_functions) lists them,
/// and [`rules`](crate::rules) the edges.
///
/// # Accuracy
///
/// Values and first derivatives are within 4 units in the last place of the true ones, second derivatives within 16 and
/// third ones within 64, times the condition number where that is above 1: |x·f⁽ᵏ⁺¹⁾/f⁽ᵏ⁾|, by which the k-th derivative
/// multiplies a relative change of x. It is large near zeros of the derivative, as those of Bessel functions are, and
/// where it changes fast. That holds for every result that is a normal number, over all exponents of x. The tests check
/// this, in `f64` and `f32`, against references of 40 digits; what falls short of it says so.
///
/// # Calling them
///
/// The standard library has unstable methods of the names `gamma`, `ln_gamma`, `erf` and `erfc` on `f32` and `f64`, and
/// the compiler warns of a method call that may mean them one day. On a plain float write `Special::gamma(x)`; in
/// generic code and on dual numbers `x.gamma()` is right.
///
/// ```
/// use tangents::{Special, derivative, gradient};
///
/// fn normal_cdf<T: Special>(x: T) -> T {
///     (-x * T::FRAC_1_SQRT_2()).erfc() * T::lit(0.5)
/// }
/// assert!((derivative(normal_cdf, 0.0_f64) - 0.3989422804014327).abs() < 1e-15);
///
/// // The gradient of the log-partition function is the softmax.
/// let x = [0.0, 1.0, -1000.0];
/// assert_eq!(gradient(|x| Special::logsumexp(x), &x)[2], f64::softmax(x)[2]);
/// ```
pub trait Special: Real {
    // Error function

    /// The error function `erf x = 2/√π·∫₀ˣ e^(−t²) dt`; slope `2/√π·e^(−x²)`.
    ///
    /// JAX: `jax.scipy.special.erf`. ±1 at ±∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(Special::erf(0.5), 0.5204998778130465);
    /// assert_eq!(derivative(|x| x.erf(), 0.0), std::f64::consts::FRAC_2_SQRT_PI);
    /// ```
    fn erf(self) -> Self;

    /// The complementary error function `1 − erf x`, correct where it is small; slope `−2/√π·e^(−x²)`.
    ///
    /// JAX: `jax.scipy.special.erfc`. 0 at ∞ and 2 at −∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(Special::erfc(10.0), 2.088487583762545e-45);
    /// assert!((derivative(|x| x.erfc(), 10.0_f64) / -4.197656231354417e-44 - 1.0).abs() < 1e-15);
    /// ```
    fn erfc(self) -> Self;

    /// The inverse of [`erf`](Self::erf) on [−1, 1]; slope `√π/2·e^(y²)`.
    ///
    /// JAX: `jax.scipy.special.erfinv`. ±∞ at ±1, with slope NaN.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(Special::erf_inv(0.5), 0.4769362762044699);
    /// assert_eq!(Special::erf_inv(1.0), f64::INFINITY);
    /// assert!((derivative(|x| x.erf_inv().erf(), 0.9_f64) - 1.0).abs() < 1e-15);
    /// ```
    fn erf_inv(self) -> Self;

    /// The distribution function of the standard normal law, `Φ(x) = erfc(−x/√2)/2`; slope its density,
    /// `φ(x) = e^(−x²/2)/√(2π)`.
    ///
    /// JAX: `jax.scipy.special.ndtr`. 0 at −∞ and 1 at ∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(0.0.ndtr(), 0.5);
    /// assert!((derivative(|x| x.ndtr(), 1.0_f64) - 0.24197072451914337).abs() < 1e-16);
    /// ```
    fn ndtr(self) -> Self;

    /// `ln Φ(x)` of the [normal law](Self::ndtr), where Φ may underflow; slope `φ(x)/Φ(x)`.
    ///
    /// JAX: `jax.scipy.special.log_ndtr`. Near `−x²/2 − ln(−x) − ln √(2π)` for large negative x, with a slope near −x.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!((-1e3).log_ndtr(), -500007.82669481216);
    /// assert_eq!(derivative(|x| x.log_ndtr(), -1e3), 1000.000999998);
    /// ```
    fn log_ndtr(self) -> Self;

    /// The inverse of [`ndtr`](Self::ndtr) on [0, 1], the quantiles of the normal law; slope `1/φ(y)`.
    ///
    /// JAX: `jax.scipy.special.ndtri`. −∞ at 0 and ∞ at 1, with slope NaN.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert!((0.975_f64.ndtri() - 1.959963984540054).abs() < 1e-15);
    /// assert_eq!(derivative(|p| p.ndtri(), 0.5), 2.5066282746310007); // √(2π)
    /// ```
    fn ndtri(self) -> Self;

    // Gamma family

    /// The gamma function `Γ(x) = ∫₀^∞ t^(x−1)·e^(−t) dt`, which is (x − 1)! at integers; slope `Γ(x)·ψ(x)`.
    ///
    /// ±∞ at ±0, with slope NaN; NaN at the negative integers and at −∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(Special::gamma(5.0), 24.0);
    /// // Γ′(1) = −γ
    /// assert!((derivative(|x| x.gamma(), 1.0_f64) + 0.5772156649015329).abs() < 1e-15);
    /// ```
    fn gamma(self) -> Self;

    /// `ln |Γ(x)|`, where Γ may overflow; slope [`ψ(x)`](Self::digamma).
    ///
    /// JAX: `jax.scipy.special.gammaln`. ∞ at 0 and at the negative integers, with slope NaN; ∞ at ±∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(Special::ln_gamma(1e3), 5905.220423209181);
    /// assert!((derivative(|x| x.ln_gamma(), 1e3_f64) - 6.907255195648812).abs() < 1e-15);
    /// ```
    fn ln_gamma(self) -> Self;

    /// The digamma function `ψ(x) = d/dx ln Γ(x) = Γ′(x)/Γ(x)`; slope `ψ′(x)`.
    ///
    /// JAX: `jax.scipy.special.digamma`. ∓∞ at ±0, with slope NaN; NaN at the negative integers and at −∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(1.0.digamma(), -0.5772156649015329);
    /// let square = std::f64::consts::PI.powi(2);
    /// assert!((derivative(|x| x.digamma(), 1.0_f64) - square / 6.0).abs() < 1e-15);
    /// ```
    fn digamma(self) -> Self;

    /// The n-th derivative of ψ, `ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹·n!·Σ 1/(x + k)ⁿ⁺¹` over k from 0; slope `ψ⁽ⁿ⁺¹⁾(x)`.
    ///
    /// JAX: `jax.scipy.special.polygamma`. Infinite at ±0, with slope NaN; NaN at the negative integers and at −∞. The work grows with n.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// let square = std::f64::consts::PI.powi(2);
    /// assert!((0.5_f64.polygamma(1) - square / 2.0).abs() < 1e-15);
    /// ```
    fn polygamma(self, n: u32) -> Self;

    /// The beta function `B(a, b) = Γ(a)·Γ(b)/Γ(a + b)`; slopes `B·(ψ(a) − ψ(a + b))` and `B·(ψ(b) − ψ(a + b))`.
    ///
    /// JAX: `jax.scipy.special.beta`. For arguments of either sign. 0 where a + b is 0 or a negative integer, with a slope
    /// that isn't; ±∞ at a or b = ±0, with slope NaN; NaN at their other poles, the negative integers. For a and b above
    /// 10 whose sum is above 170, where the gammas overflow, it is `e^(ln B)`, and its relative error is |ln B| roundings.
    /// A mixed derivative, such as `∂²B/∂a∂b`, is a difference of products of the others and loses as many digits as the
    /// smaller argument has zeros.
    ///
    /// ```
    /// use tangents::{Special, gradient};
    ///
    /// assert_eq!(3.0.beta(2.0), 1.0 / 12.0);
    /// // B(a, 1) = 1/a
    /// assert!((gradient(|x| x[0].beta(x[1]), &[4.0_f64, 1.0])[0] + 1.0 / 16.0).abs() < 1e-16);
    /// ```
    fn beta(self, b: Self) -> Self;

    /// `ln |B(a, b)|`, without the cancellation of three ln Γ; slopes `ψ(a) − ψ(a + b)` and `ψ(b) − ψ(a + b)`.
    ///
    /// JAX: `jax.scipy.special.betaln`. For arguments of either sign. ∞ at the poles of B, 0 and the negative integers, and
    /// −∞ at its zeros, both with slope NaN.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// assert!((1e10_f64.ln_beta(0.5) + 10.940560522033028).abs() < 1e-13);
    /// ```
    fn ln_beta(self, b: Self) -> Self;

    // Bessel functions

    /// The Bessel function of the first kind `J₀(x)`; slope `−J₁(x)`.
    ///
    /// 0 at ±∞. Near its zeros, which are near-zeros of the value only, the error is a rounding of the amplitude
    /// `√(2/πx)`, and so in all Bessel functions J and Y.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(0.0.bessel_j0(), 1.0);
    /// assert_eq!(derivative(|x| x.bessel_j0(), 2.0), -2.0.bessel_j1());
    /// ```
    fn bessel_j0(self) -> Self;

    /// The Bessel function of the first kind `J₁(x)`; slope `(J₀(x) − J₂(x))/2`.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(derivative(|x| x.bessel_j1(), 0.0), 0.5);
    /// ```
    fn bessel_j1(self) -> Self;

    /// The Bessel function of the first kind and integer order `Jₙ(x)`; slope `(Jₙ₋₁(x) − Jₙ₊₁(x))/2`.
    ///
    /// JAX: `jax.scipy.special.bessel_jn`. `J₋ₙ = (−1)ⁿ·Jₙ`. The work grows with n, and the error with it.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(0.0.bessel_jn(3), 0.0);
    /// assert!((1.0_f64.bessel_jn(2) - 0.1149034849319005).abs() < 1e-16);
    /// assert_eq!(derivative(|x| derivative(|x| x.bessel_jn(2), x), 0.0), 0.25);
    /// ```
    fn bessel_jn(self, n: i32) -> Self;

    /// The Bessel function of the second kind `Y₀(x)`, x ≥ 0; slope `−Y₁(x)`.
    ///
    /// −∞ at 0, with slope NaN; 0 at ∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert!((1.0_f64.bessel_y0() - 0.08825696421567697).abs() < 1e-16);
    /// assert_eq!(derivative(|x| x.bessel_y0(), 2.0), -2.0.bessel_y1());
    /// ```
    fn bessel_y0(self) -> Self;

    /// The Bessel function of the second kind `Y₁(x)`, x ≥ 0; slope `(Y₀(x) − Y₂(x))/2`.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// assert!((1.0_f64.bessel_y1() + 0.7812128213002887).abs() < 1e-15);
    /// ```
    fn bessel_y1(self) -> Self;

    /// The Bessel function of the second kind and integer order `Yₙ(x)`, x ≥ 0; slope `(Yₙ₋₁(x) − Yₙ₊₁(x))/2`.
    ///
    /// `Y₋ₙ = (−1)ⁿ·Yₙ`. The work grows with n, and the error with it.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// assert!((1.0_f64.bessel_yn(2) + 1.650682606816254).abs() < 1e-15);
    /// ```
    fn bessel_yn(self, n: i32) -> Self;

    /// The modified Bessel function `I₀(x) = J₀(ix)`; slope `I₁(x)`.
    ///
    /// JAX: `jax.scipy.special.i0`. ∞ at ±∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert!((1.0_f64.bessel_i0() - 1.2660658777520084).abs() < 1e-15);
    /// assert_eq!(derivative(|x| x.bessel_i0(), 1.0), 1.0.bessel_i1());
    /// ```
    fn bessel_i0(self) -> Self;

    /// The modified Bessel function `I₁(x) = −i·J₁(ix)`; slope `(I₀(x) + I₂(x))/2`.
    ///
    /// JAX: `jax.scipy.special.i1`.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(derivative(|x| x.bessel_i1(), 0.0), 0.5);
    /// ```
    fn bessel_i1(self) -> Self;

    /// The modified Bessel function of integer order `Iₙ(x) = i⁻ⁿ·Jₙ(ix)`; slope `(Iₙ₋₁(x) + Iₙ₊₁(x))/2`.
    ///
    /// `I₋ₙ = Iₙ`. The work grows with n and x.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// assert!((1.0_f64.bessel_in(2) - 0.1357476697670383).abs() < 1e-16);
    /// ```
    fn bessel_in(self, n: i32) -> Self;

    /// The spherical Bessel function of the first kind `jₙ(x) = √(π/2x)·J₍ₙ₊₁⸝₂₎(x)`; slope
    /// `(n·jₙ₋₁(x) − (n + 1)·jₙ₊₁(x))/(2n + 1)`.
    ///
    /// `j₀` is [`sinc`](Self::sinc), whose derivatives are sums of these. The work grows with n.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(derivative(|x| x.spherical_jn(1), 0.0), 1.0 / 3.0);
    /// assert_eq!(derivative(|x| x.sinc(), 0.1), -0.1.spherical_jn(1));
    /// ```
    fn spherical_jn(self, n: u32) -> Self;

    // Sinc

    /// `sin(x)/x`, 1 at 0, as mathematicians and nalgebra have it; slope `−j₁(x)`, right at every order also near 0.
    ///
    /// JAX and NumPy have [`normalized_sinc`](Self::normalized_sinc). Of the norm of a vector, which isn't smooth at 0, write
    /// [`sinc_sqrt`](Self::sinc_sqrt) of its square. 0 at ±∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(0.0.sinc(), 1.0);
    /// // The second derivative at 0 is −1/3.
    /// assert_eq!(derivative(|x| derivative(|x| x.sinc(), x), 0.0), -1.0 / 3.0);
    /// ```
    fn sinc(self) -> Self;

    /// `sin(πx)/(πx)`, 1 at 0 and exactly 0 at the other integers, as NumPy has it; slope `(cos πx − f)/x`, near 0
    /// `−π·j₁(πx)`.
    ///
    /// JAX: `jax.numpy.sinc`. 0 at ±∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(0.5.normalized_sinc(), std::f64::consts::FRAC_2_PI);
    /// assert_eq!(3.0.normalized_sinc(), 0.0);
    /// assert_eq!(derivative(|x| x.normalized_sinc(), 1.0), -1.0);
    /// ```
    fn normalized_sinc(self) -> Self;

    // Functions of θ²

    /// `sin(√x)/√x`, for negative x `sinh(√−x)/√−x`: the entire function `Σ (−x)ᵏ/(2k + 1)!`; slope `−j₁(√x)/(2√x)`.
    ///
    /// Of x = θ² it is `sin(θ)/θ`, and smooth where θ is the norm of a vector, which isn't smooth at 0. With
    /// [`cos_sqrt`](Self::cos_sqrt) and [`stumpff_c2`](Self::stumpff_c2) it makes rotations of rotation vectors, to every
    /// order also around the zero vector. 1 at 0, 0 at ∞ and ∞ at −∞.
    ///
    /// ```
    /// use tangents::{Special, hessian};
    ///
    /// /// The quaternion of the rotation by |w| about w.
    /// fn quaternion<T: Special>(w: &[T; 3]) -> [T; 4] {
    ///     let quarter = T::norm_squared(w) * T::lit(0.25); // (θ/2)²
    ///     let s = quarter.sinc_sqrt() * T::lit(0.5);
    ///     [quarter.cos_sqrt(), w[0] * s, w[1] * s, w[2] * s]
    /// }
    ///
    /// let h = hessian(|w: &[_]| quaternion(&[w[0], w[1], w[2]])[0], &[0.0; 3]);
    /// assert_eq!(h, [[-0.25, 0.0, 0.0], [0.0, -0.25, 0.0], [0.0, 0.0, -0.25]]);
    /// ```
    fn sinc_sqrt(self) -> Self;

    /// `cos √x`, for negative x `cosh √−x`: the entire function `Σ (−x)ᵏ/(2k)!`; slope `−sin(√x)/(2√x)`.
    ///
    /// Of x = θ² it is `cos θ`. ∞ at −∞, NaN at ∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(Special::cos_sqrt(0.25), 0.5_f64.cos());
    /// assert_eq!(derivative(|x| x.cos_sqrt(), 0.0), -0.5);
    /// ```
    fn cos_sqrt(self) -> Self;

    /// `(1 − cos √x)/x`, for negative x `(1 − cosh √−x)/x`: the entire function `Σ (−x)ᵏ/(2k + 2)!`, Stumpff's c₂; as
    /// `s²/2` with `s = sinc_sqrt(x/4)`, which doesn't cancel.
    ///
    /// Of x = θ² it is `(1 − cos θ)/θ²`, as in Rodrigues' formula. ½ at 0, 0 at ∞ and ∞ at −∞. (Stumpff's c₀ and c₁ are
    /// [`cos_sqrt`](Self::cos_sqrt) and [`sinc_sqrt`](Self::sinc_sqrt).)
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(0.0.stumpff_c2(), 0.5);
    /// assert_eq!(derivative(|x| x.stumpff_c2(), 0.0), -1.0 / 24.0);
    /// ```
    fn stumpff_c2(self) -> Self;

    /// `jₙ(√x)/(√x)ⁿ` of the spherical Bessel function jₙ, an entire function of x; slope −½ of the next one.
    ///
    /// The derivatives of [`sinc_sqrt`](Self::sinc_sqrt), which is the one of n = 0. `1/(1·3·5…(2n + 1))` at 0, 0 at ∞ and
    /// ∞ at −∞. The work grows with n, and for negative x with √−x.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(0.0.spherical_jn_sqrt(2), 1.0 / 15.0);
    /// assert_eq!(derivative(|x| x.sinc_sqrt(), 2.0), -0.5 * 2.0.spherical_jn_sqrt(1));
    /// ```
    fn spherical_jn_sqrt(self, n: u32) -> Self;

    // Logistic family

    /// The logistic function `1/(1 + e⁻ˣ)`; slope `s(x)·s(−x)`, as `1/(2·cosh(x/2))²`.
    ///
    /// JAX: `jax.nn.sigmoid`. 0 at −∞ and 1 at ∞, with slope 0.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(derivative(|x| x.sigmoid(), 0.0), 0.25);
    /// // s·(1 − s) would be 0.
    /// assert!((derivative(|x| x.sigmoid(), 40.0_f64) / (-40.0_f64).exp() - 1.0).abs() < 1e-15);
    /// ```
    fn sigmoid(self) -> Self;

    /// The inverse of [`sigmoid`](Self::sigmoid), `ln(x/(1 − x))` on [0, 1]; slope `1/(x·(1 − x))`.
    ///
    /// JAX: `jax.scipy.special.logit`. −∞ at 0 and ∞ at 1, with slope NaN.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(0.5.logit(), 0.0);
    /// assert_eq!(derivative(|x| x.logit(), 0.5), 4.0);
    /// ```
    fn logit(self) -> Self;

    /// `ln(1 + eˣ)`, without overflow; slope [`sigmoid`](Self::sigmoid).
    ///
    /// JAX: `jax.nn.softplus`. 0 at −∞ and ∞ at ∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(1e3.softplus(), 1e3);
    /// assert_eq!(derivative(|x| x.softplus(), 0.0), 0.5);
    /// ```
    fn softplus(self) -> Self;

    /// The logarithm of [`sigmoid`](Self::sigmoid), `−ln(1 + e⁻ˣ)`, without overflow; slope `1/(1 + eˣ)`.
    ///
    /// JAX: `jax.nn.log_sigmoid`. −∞ at −∞ and 0 at ∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!((-1e3).log_sigmoid(), -1e3);
    /// assert_eq!(derivative(|x| x.log_sigmoid(), 0.0), 0.5);
    /// ```
    fn log_sigmoid(self) -> Self;

    /// `ln(1 − e⁻ˣ)` for x ≥ 0: the logarithm of a complement, of which x is the negative logarithm; slope
    /// `1/(eˣ − 1)`.
    ///
    /// JAX: `jax.nn.log1mexp`. −∞ at 0, with slope NaN; 0 at ∞.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(50.0.log1mexp(), -(-50.0_f64).exp());
    /// assert!((derivative(|x| x.log1mexp(), 1e-3_f64) - 999.5000833333319).abs() < 1e-12);
    /// ```
    fn log1mexp(self) -> Self;

    // Lambert W

    /// The principal branch of Lambert's W on x ≥ −1/e: the w ≥ −1 with `w·eʷ = x`; slope `1/(eʷ·(1 + w))`.
    ///
    /// −1 at −1/e, with slope ∞; ∞ at ∞. Beside the branch point 1 + w is small, and the slope loses its digits.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert!((std::f64::consts::E.lambert_w0() - 1.0).abs() < 1e-15);
    /// assert_eq!(derivative(|x| x.lambert_w0(), 0.0), 1.0);
    /// ```
    fn lambert_w0(self) -> Self;

    /// The branch −1 of Lambert's W on −1/e ≤ x < 0: the w ≤ −1 with `w·eʷ = x`; slope `1/(eʷ·(1 + w))`.
    ///
    /// −1 at −1/e, with slope −∞; −∞ at 0, with slope NaN.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// let w = (-0.1_f64).lambert_wm1();
    /// assert!((w + 3.577152063957297).abs() < 1e-14);
    /// ```
    fn lambert_wm1(self) -> Self;

    // Two numbers

    /// `x·ln y`, and 0 for x = 0 also where ln y is infinite; slopes `ln y` and `x/y`.
    ///
    /// JAX: `jax.scipy.special.xlogy`. At (0, 0) the slopes are −∞ and 0; at y = 0 the slope in y is NaN otherwise.
    ///
    /// ```
    /// use tangents::{Special, gradient};
    ///
    /// fn entropy<T: Special>(p: &[T]) -> T {
    ///     -T::sum(p.iter().map(|p| p.xlogy(*p)))
    /// }
    /// assert_eq!(entropy(&[0.0, 1.0]), 0.0);
    /// assert_eq!(gradient(|x| x[0].xlogy(x[1]), &[3.0, 1.0]), [0.0, 3.0]);
    /// ```
    fn xlogy(self, y: Self) -> Self;

    /// `x·ln(1 + y)`, and 0 for x = 0 also where the logarithm is infinite; slopes `ln(1 + y)` and `x/(1 + y)`.
    ///
    /// JAX: `jax.scipy.special.xlog1py`. At (0, −1) the slopes are −∞ and 0; at y = −1 the slope in y is NaN
    /// otherwise.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// assert_eq!(0.0.xlog1py(-1.0), 0.0);
    /// assert_eq!(2.0.xlog1py(1e-20), 2e-20);
    /// ```
    fn xlog1py(self, y: Self) -> Self;

    /// `ln(eᵃ + eᵇ)` of `self` = a, without overflow; slopes `sigmoid(a − b)` and `sigmoid(b − a)`.
    ///
    /// JAX: `jax.numpy.logaddexp`. Equal infinities give that infinity, and count as equal numbers in the slopes, ½ and ½.
    ///
    /// ```
    /// use tangents::{Special, gradient};
    ///
    /// assert_eq!(1e3.logaddexp(1e3), 1e3 + std::f64::consts::LN_2);
    /// assert_eq!(gradient(|x| x[0].logaddexp(x[1]), &[1e3, 1e3]), [0.5, 0.5]);
    /// assert_eq!(f64::NEG_INFINITY.logaddexp(3.0), 3.0);
    /// ```
    fn logaddexp(self, b: Self) -> Self;

    // Slices

    /// `ln Σ e^(xᵢ)`, without overflow; slopes the [`softmax`](Self::softmax).
    ///
    /// JAX: `jax.nn.logsumexp`. −∞ of no numbers and of infinitely negative ones, as a constant. A single −∞ has the
    /// slope 0. With an infinite number the result is that number, with a NaN it is NaN.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// assert_eq!(f64::logsumexp(&[1000.0, 1000.0]), 1000.0 + std::f64::consts::LN_2);
    /// assert_eq!(f64::logsumexp(&[f64::NEG_INFINITY, 3.0]), 3.0);
    /// ```
    #[inline]
    fn logsumexp(x: &[Self]) -> Self {
        slices::logsumexp(x)
    }

    /// The probabilities `e^(xᵢ)/Σ e^(xⱼ)`; slopes `∂pᵢ/∂xⱼ = pᵢ·(δᵢⱼ − pⱼ)`.
    ///
    /// JAX: `jax.nn.softmax`. NaN if all numbers are −∞, or one is ∞ or NaN.
    ///
    /// ```
    /// use tangents::{Special, jacobian};
    ///
    /// assert_eq!(f64::softmax([1e3, 1e3]), [0.5, 0.5]);
    /// assert_eq!(jacobian(|x: &[_]| Special::softmax([x[0], x[1]]), &[0.0, 0.0]), [[0.25, -0.25], [-0.25, 0.25]]);
    /// ```
    #[inline]
    fn softmax<const N: usize>(mut x: [Self; N]) -> [Self; N] {
        slices::softmax(&mut x);
        x
    }

    /// [`softmax`](Self::softmax) of numbers in a slice, which are replaced.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// let mut x = vec![0.0; 4];
    /// f64::softmax_in_place(&mut x);
    /// assert_eq!(x, [0.25; 4]);
    /// ```
    #[inline]
    fn softmax_in_place(x: &mut [Self]) {
        slices::softmax(x);
    }

    /// The Euclidean norm `√Σxᵢ²`, without over- or underflow of the squares; slopes `xᵢ/h`, at the zero vector 0.
    ///
    /// JAX: `jax.numpy.linalg.norm`, which has NaN slopes at the zero vector. 0 is the centre of the subdifferential
    /// there, the unit ball; second derivatives don't exist, also in functions of the norm that are smooth: write those with
    /// [`norm_squared`](Self::norm_squared). ∞ with an infinity, also beside a NaN, as `hypot`.
    ///
    /// ```
    /// use tangents::{Special, gradient};
    ///
    /// let large = 2.0_f64.powi(1000); // its square overflows
    /// assert_eq!(f64::norm(&[3.0 * large, 4.0 * large]), 5.0 * large);
    /// assert_eq!(gradient(|x| Special::norm(x), &[0.0, 0.0]), [0.0, 0.0]);
    /// ```
    #[inline]
    fn norm(x: &[Self]) -> Self {
        Self::norm_of(x.len(), |i| x[i])
    }

    /// [`norm`](Self::norm) of the `len` numbers x(0), x(1), …, which need not be in a slice.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// let (a, b) = ([1.0, 2.0], [4.0, 6.0]);
    /// assert_eq!(f64::norm_of(2, |i| b[i] - a[i]), 5.0);
    /// ```
    fn norm_of(len: usize, x: impl Fn(usize) -> Self) -> Self;

    /// `Σxᵢ²`, the square of the norm, smooth also at the zero vector; slopes `2xᵢ`.
    ///
    /// ```
    /// use tangents::{Special, hessian};
    ///
    /// assert_eq!(f64::norm_squared(&[3.0, 4.0]), 25.0);
    /// assert_eq!(hessian(|x: &[_]| Special::norm_squared(x), &[0.0, 0.0]), [[2.0, 0.0], [0.0, 2.0]]);
    /// ```
    #[inline]
    fn norm_squared(x: &[Self]) -> Self {
        Self::sum(x.iter().map(|&x| x * x))
    }

    /// The larger of the norm and `min_norm`, a constant where the norm is smaller: a norm to divide by.
    ///
    /// JAX: `optax.safe_norm`. Where both are equal, as [`max`](crate::Dual::max) of a tie. NaN if the norm is NaN.
    ///
    /// ```
    /// use tangents::{Special, gradient};
    ///
    /// let unit = |x: &[_]| x[0] / Special::safe_norm(x, 0.125.into());
    /// assert_eq!(gradient(unit, &[0.0, 0.0]), [8.0, 0.0]);
    /// ```
    #[inline]
    fn safe_norm(x: &[Self], min_norm: Self) -> Self {
        let norm = Self::norm(x);
        if norm.is_nan() { norm } else { norm.max(min_norm) }
    }

    /// `√(x² + y² + z²)` without over- or underflow of the squares; the [`norm`](Self::norm) of three numbers.
    ///
    /// ```
    /// use tangents::Special;
    ///
    /// assert_eq!(2.0.hypot3(3.0, 6.0), 7.0);
    /// ```
    #[inline]
    fn hypot3(self, y: Self, z: Self) -> Self {
        let x = [self, y, z];
        Self::norm(&x)
    }

    // Blends and choices

    /// `(1 − t)·a + t·b` from `self` = a: exactly a at t = 0 and b at t = 1; slopes 1 − t, t and b − a.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(10.0.lerp(20.0, 0.25), 12.5);
    /// assert_eq!(derivative(|t| Special::lerp(10.0.into(), 20.0.into(), t), 0.25), 10.0);
    /// ```
    #[inline]
    fn lerp(self, b: Self, t: Self) -> Self {
        self * (Self::one() - t) + b * t
    }

    /// `t²·(3 − 2t)` of `t = (x − low)/(high − low)`, 0 below and 1 above: a step with a continuous slope,
    /// `6t·(1 − t)/(high − low)`.
    ///
    /// With `low > high` the step falls. NaN if both are x. On an edge the slope is 0, and there is no second derivative.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(0.5.smoothstep(0.0, 1.0), 0.5);
    /// assert_eq!(derivative(|x| x.smoothstep(0.0.into(), 1.0.into()), 0.5), 1.5);
    /// assert_eq!(derivative(|x| x.smoothstep(0.0.into(), 1.0.into()), 1.5), 0.0);
    /// ```
    #[inline]
    fn smoothstep(self, low: Self, high: Self) -> Self {
        blends::smoothstep(self, low, high)
    }

    /// The larger of x and 0; slope 1 above 0 and 0 below.
    ///
    /// JAX: `jax.nn.relu`. At 0 the slope is 0 by convention, where `x.max(0)` has the average ½, which is right where kinks
    /// cancel, as in `x.max(0) − (−x).max(0)`. There is no second derivative at 0.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!((-3.0).relu(), 0.0);
    /// assert_eq!(derivative(|x| x.relu(), 2.0), 1.0);
    /// assert_eq!(derivative(|x| x.relu(), 0.0), 0.0);
    /// ```
    #[inline]
    fn relu(self) -> Self {
        blends::relu(self)
    }

    /// Huber's loss: `½x²` for |x| ≤ δ, beyond `δ·(|x| − ½δ)`; slopes x within and ±δ beyond, in δ 0 and |x| − δ.
    ///
    /// JAX: `optax.huber_loss`, whose δ is 1 unless given. Where |x| = δ both pieces have the same slopes, and there is no
    /// second derivative.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(3.0.huber(1.0), 2.5);
    /// assert_eq!(derivative(|x| x.huber(1.0.into()), 0.5), 0.5);
    /// assert_eq!(derivative(|x| x.huber(1.0.into()), -3.0), -1.0);
    /// ```
    #[inline]
    fn huber(self, delta: Self) -> Self {
        blends::huber(self, delta)
    }

    /// `if_true` or `if_false`, value and tangents.
    ///
    /// JAX: `jax.numpy.where`, which multiplies the tangents of the branch that isn't taken by 0, so that its NaN or
    /// infinity becomes the result's NaN, and which therefore needs a second `where` within the branch. Here nothing of
    /// that branch enters. An `if` does the same and computes only one.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// fn root<T: Special>(x: T) -> T {
    ///     T::select(x > T::zero(), x.sqrt(), T::zero())
    /// }
    /// assert_eq!(derivative(root, 0.0), 0.0);
    /// assert_eq!(derivative(root, -1.0), 0.0);
    /// ```
    #[inline]
    fn select(condition: bool, if_true: Self, if_false: Self) -> Self {
        if condition { if_true } else { if_false }
    }

    /// The value as a constant: every tangent of every order is zero.
    ///
    /// JAX: `jax.lax.stop_gradient`.
    ///
    /// ```
    /// use tangents::{Special, derivative};
    ///
    /// assert_eq!(derivative(|x| x * x.stop_gradient(), 3.0), 3.0);
    /// ```
    fn stop_gradient(self) -> Self;
}
