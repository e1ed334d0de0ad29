"""Every function of one variable: its Taylor coefficients, and where and how fast it changes. None of the crate's formulas."""

from elementary import (
    ONE,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cbrt,
    cos,
    cosh,
    exp,
    exp_m1,
    ln,
    ln_1p,
    power,
    scaled,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
    times,
)  # fmt: skip
from mpmath import inf, mp, mpf
from special import (
    bessel_in,
    bessel_jn,
    bessel_yn,
    digamma,
    erf,
    erf_inv,
    erfc,
    gamma,
    lambert,
    ln_gamma,
    log1mexp,
    log_ndtr,
    logit,
    ndtr,
    ndtri,
    normalized_sinc,
    polygamma,
    sigmoid,
    softplus,
    spherical_jn,
    spherical_jn_sqrt,
    stumpff_sqrt,
)  # fmt: skip

# ---- Piecewise functions -----------------------------------------------------------------------------------------


def linear(value, slope, n):
    return ([value, slope] + [mpf(0)] * n)[: n + 1]


def constant(value, n):
    return linear(value, mpf(0), n)


def round_away(x):
    return mp.sign(x) * mp.floor(abs(x) + mpf(0.5))


def trunc(x):
    return mp.sign(x) * mp.floor(abs(x))


# ---- Distances to singular points ----------------------------------------------------------------------------------


def to_zero(x):
    return abs(x)


def to_pole_of_gamma(x):
    return x if x > 0 else abs(x - mp.nint(x))


def to_integer(x):
    return abs(x - mp.nint(x))


def to_unit(x):
    return min(abs(x - 1), abs(x + 1))


def to_ends(x):
    return min(abs(x), abs(1 - x))


def unit_of_root(x):
    """What √x changes by a part of a unit."""
    return 1 + mp.sqrt(abs(x))


def branch_point(x):
    return abs(x + mp.exp(-1))


def to_next_integer(x):
    """To those other than 0."""
    return min(abs(x - 1), abs(x + 1)) if abs(x) < 1 else to_integer(x)


def everywhere(x):
    return inf


# name: (coefficients, distance to singular points, their kind, scale beyond that, special)
UNARY = {
    "neg": (lambda x, n: linear(-x, -ONE, n), everywhere, None, abs, False),
    "abs": (lambda x, n: linear(abs(x), mp.sign(x), n), to_zero, "kink", abs, False),
    "signum": (lambda x, n: constant(mp.sign(x), n), to_zero, "jump", abs, False),
    "floor": (lambda x, n: constant(mp.floor(x), n), to_integer, "jump", to_integer, False),
    "ceil": (lambda x, n: constant(mp.ceil(x), n), to_integer, "jump", to_integer, False),
    "trunc": (lambda x, n: constant(trunc(x), n), to_next_integer, "jump", to_next_integer, False),
    "round": (lambda x, n: constant(round_away(x), n), lambda x: to_integer(x + 0.5), "jump", to_zero, False),
    "fract": (lambda x, n: linear(x - trunc(x), ONE, n), to_next_integer, "jump", to_next_integer, False),
    "to_degrees": (lambda x, n: linear(x * 180 / mp.pi, 180 / mp.pi, n), everywhere, None, abs, False),
    "to_radians": (lambda x, n: linear(x * mp.pi / 180, mp.pi / 180, n), everywhere, None, abs, False),
    "constant": (lambda x, n: linear(x, ONE, n), everywhere, None, abs, False),
    "recip": (lambda x, n: power(x, -1, n), to_zero, "pole", abs, False),
    "sqrt": (sqrt, to_zero, "pole", abs, False),
    "cbrt": (cbrt, to_zero, "pole", abs, False),
    "exp": (exp, everywhere, None, lambda x: 1, False),
    "exp2": (lambda x, n: scaled(exp(x * mp.ln2, n), mp.ln2), everywhere, None, lambda x: 1, False),
    "exp_m1": (exp_m1, everywhere, None, lambda x: 1, False),
    "ln": (ln, to_zero, "pole", abs, False),
    "log2": (lambda x, n: times(ln(x, n), 1 / mp.ln2), to_zero, "pole", abs, False),
    "log10": (lambda x, n: times(ln(x, n), 1 / mp.ln10), to_zero, "pole", abs, False),
    "ln_1p": (ln_1p, lambda x: abs(1 + x), "pole", lambda x: abs(1 + x), False),
    "sin": (sin, everywhere, None, lambda x: 1, False),
    "cos": (cos, everywhere, None, lambda x: 1, False),
    "tan": (tan, everywhere, None, lambda x: min(ONE, abs(mp.cos(x))), False),
    "asin": (asin, to_unit, "pole", to_unit, False),
    "acos": (acos, to_unit, "pole", to_unit, False),
    "atan": (atan, everywhere, None, lambda x: mp.sqrt(1 + x * x), False),
    "sinh": (sinh, everywhere, None, lambda x: 1, False),
    "cosh": (cosh, everywhere, None, lambda x: 1, False),
    "tanh": (tanh, everywhere, None, lambda x: 1, False),
    "asinh": (asinh, everywhere, None, lambda x: mp.sqrt(1 + x * x), False),
    "acosh": (acosh, to_unit, "pole", to_unit, False),
    "atanh": (atanh, to_unit, "pole", to_unit, False),
    "erf": (erf, everywhere, None, lambda x: 1, True),
    "erfc": (erfc, everywhere, None, lambda x: 1 / (1 + abs(x)), True),
    "erf_inv": (erf_inv, to_unit, "pole", to_unit, True),
    "gamma": (gamma, to_pole_of_gamma, "pole", lambda x: min(ONE, to_pole_of_gamma(x)), True),
    "ln_gamma": (ln_gamma, to_pole_of_gamma, "pole", to_pole_of_gamma, True),
    "digamma": (digamma, to_pole_of_gamma, "pole", to_pole_of_gamma, True),
    "bessel_j0": (lambda x, n: bessel_jn(0, x, n), everywhere, None, lambda x: 1, True),
    "bessel_j1": (lambda x, n: bessel_jn(1, x, n), everywhere, None, lambda x: 1, True),
    "bessel_y0": (lambda x, n: bessel_yn(0, x, n), to_zero, "pole", lambda x: min(ONE, x), True),
    "bessel_y1": (lambda x, n: bessel_yn(1, x, n), to_zero, "pole", lambda x: min(ONE, x), True),
    "bessel_i0": (lambda x, n: bessel_in(0, x, n), everywhere, None, lambda x: 1, True),
    "bessel_i1": (lambda x, n: bessel_in(1, x, n), everywhere, None, lambda x: 1, True),
    "sinc": (lambda x, n: spherical_jn(0, x, n), everywhere, None, lambda x: 1, True),
    "normalized_sinc": (normalized_sinc, everywhere, None, lambda x: 0.3, True),
    "sigmoid": (sigmoid, everywhere, None, lambda x: 1, True),
    "logit": (logit, to_ends, "pole", to_ends, True),
    "softplus": (softplus, everywhere, None, lambda x: 1, True),
    "log1mexp": (log1mexp, to_zero, "pole", lambda x: min(ONE, x), True),
    "log_sigmoid": (lambda x, n: times(scaled(softplus(-x, n), -1), -1), everywhere, None, lambda x: 1, True),
    "relu": (lambda x, n: linear(max(x, ONE * 0), ONE if x > 0 else mpf(0), n), to_zero, "kink", abs, False),
    "sinc_sqrt": (lambda x, n: spherical_jn_sqrt(0, x, n), everywhere, None, unit_of_root, True),
    "cos_sqrt": (lambda x, n: stumpff_sqrt(0, x, n), everywhere, None, unit_of_root, True),
    "stumpff_c2": (lambda x, n: stumpff_sqrt(2, x, n), everywhere, None, unit_of_root, True),
    "ndtr": (ndtr, everywhere, None, lambda x: 1 / (1 + abs(x)), True),
    "log_ndtr": (log_ndtr, everywhere, None, lambda x: 1 / (1 + abs(x)), True),
    "ndtri": (ndtri, to_ends, "pole", to_ends, True),
    "lambert_w0": (lambert(0), branch_point, "pole", branch_point, True),
    "lambert_wm1": (
        lambert(-1),
        lambda x: min(abs(x), branch_point(x)),
        "pole",
        lambda x: min(abs(x), branch_point(x)),
        True,
    ),
}

# Functions of an integer and one variable, in the same form.
FAMILIES = {
    "powi": (lambda m, x, n: power(x, m, n), lambda m, x: abs(x) if m < 0 else inf, "pole", lambda m, x: abs(x), False),
    "polygamma": (polygamma, lambda m, x: to_pole_of_gamma(x), "pole", lambda m, x: to_pole_of_gamma(x), True),
    "bessel_jn": (bessel_jn, lambda m, x: inf, None, lambda m, x: 1, True),
    "bessel_yn": (bessel_yn, lambda m, x: abs(x), "pole", lambda m, x: min(ONE, x), True),
    "bessel_in": (bessel_in, lambda m, x: inf, None, lambda m, x: 1, True),
    "spherical_jn_sqrt": (spherical_jn_sqrt, lambda m, x: inf, None, lambda m, x: unit_of_root(x), True),
    "spherical_jn": (spherical_jn, lambda m, x: inf, None, lambda m, x: 1, True),
}
