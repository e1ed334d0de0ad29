"""Writes special.json: the special functions and their derivatives, from mpmath.

    python special.py > special.json

Each number has 40 correct digits, derivatives by mpmath's differences at several times as many, and is rounded once to
double precision. Points x are doubles, most of them floats.
"""

import json
from sys import stderr

from mpmath import (
    mp, mpf, mpc, diff, pi, exp, expm1, log, log1p, sqrt, erf, erfc, erfinv, gamma, digamma, polygamma, beta, besselj,
    bessely, besseli, sinc, sincpi, lambertw, fsum, fabs, cos, hyp0f1, fac2,
)


def spherical(n):
    def f(x):
        if x == 0:
            return mpf(1 if n == 0 else 0)
        return sqrt(pi / (2 * x)) * besselj(n + mpf(1) / 2, x) if x > 0 else (-1) ** n * f(-x)
    return f


def erf_inv(x):
    # By Newton's method: mpmath's own isn't made for the last digits near 1.
    y = erfinv(x)
    for _ in range(3):
        y -= (erf(y) - x) * exp(y * y) * sqrt(pi) / 2
    return y


def of_order(f):
    return lambda n: lambda x: mp.re(f(n, x))


def sigmoid(x):
    return 1 / (1 + exp(-x))


def complement(x):
    return erfc(x) if abs(x) > 1 else 1 - erf(x)


def softplus(x):
    return log1p(exp(x)) if x < 0 else x + log1p(exp(-x))


def log_sigmoid(x):
    return -softplus(-x)


def spherical_sqrt(n):
    """jₙ(√x)/(√x)ⁿ (DLMF 10.53.1)"""
    return lambda x: hyp0f1(n + mpf(3) / 2, -x / 4) / fac2(2 * n + 1)


def cos_sqrt(x):
    return hyp0f1(mpf(1) / 2, -x / 4)


def stumpff_c2(x):
    return spherical_sqrt(0)(x / 4) ** 2 / 2


def derived(f, x):
    """What has the derivatives of f near x, and isn't swamped by a constant there."""
    if f in (erf, complement):
        sign = 1 if f is erf else -1
        return lambda t: sign * (-erfc(t) if x > 1 else erfc(-t) if x < -1 else erf(t))
    if f is sigmoid and x > 0:
        return lambda t: -1 / (1 + exp(t))
    return f


# On both sides of 0, and near and far from zeros of the functions.
OF_SQUARES = [0, 1e-300, -1e-300, 1e-8, -1e-3, 0.0625, 0.5, -0.75, 1, -1.25, 1.5, 2, 2.5, 3.75, -4, 6.25, 9.5, 12, -20, 30,
              50, 100, -150, 400.5, 1e3, -1e3, 1e4, 1e6]

UNARY = {
    "erf": (erf, [0, 1e-300, 1e-8, 0.125, -0.5, 0.75, 1, -1.5, 2.25, 3, 4.5, -5.75, 9, 20, 26.5]),
    "erfc": (complement, [0, 1e-300, 1e-8, 0.125, -0.5, 0.75, 1, -1.5, 2.25, 3, 4.5, -5.75, 9, 13.375, 20, 26.0625]),
    "erf_inv": (erf_inv, [0, 1e-30, 1e-12, 1e-8, 0.125, -0.25, 0.46875, 0.5, -0.53125, 0.625, 0.75, -0.875, 0.9375,
                          0.984375, 1 - 2**-10, 2**-10 - 1, 1 - 2**-16, 1 - 2**-23, 1 - 2**-36, 1 - 2**-48,
                          2**-52 - 1, 1 - 2**-53]),
    "gamma": (gamma, [1e-100, 1e-8, 0.0625, 0.25, 0.5, 0.875, 1, 1.25, 1.4375, 1.5, 2, 2.5, 3, 3.75, 5.5, 10.25, 20.5,
                      33.75, 100.25, 150.5, 170.5, -0.25, -0.5, -0.75, -1.25, -1.5, -2.75, -5.5, -10.25, -1e-8,
                      -20.375]),
    "ln_gamma": (lambda x: log(fabs(gamma(x))),
                 [1e-300, 1e-8, 0.0625, 0.25, 0.5, 0.875, 1, 1.25, 1.4375, 1.5, 2, 2.5, 3, 3.75, 5.5, 9.75, 10.25, 20.5,
                  100.25, 1e3, 1e8, 1e15, 1e300, -0.25, -0.75, -1.25, -2.75, -5.5, -10.25, -1e-8, -100.375]),
    "digamma": (digamma, [1e-300, 1e-8, 0.0625, 0.25, 0.5, 0.875, 1, 1.25, 1.4375, 1.4609375, 1.46484375, 1.5, 2, 2.5,
                          3, 3.75, 5.5, 9.75, 10, 10.25, 20.5, 100.25, 1e3, 1e8, 1e15, 1e300, -0.25, -0.75, -1.25,
                          -2.75, -5.4375, -10.25, -1e-8, -100.375]),
    "bessel_j0": (lambda x: besselj(0, x), [0, 1e-8, 0.125, 0.5, -1, 2, 2.5, 3.75, 5, 7.5, 10, -20, 30.25, 100, 1000.5,
                                            1e6]),
    "bessel_j1": (lambda x: besselj(1, x), [0, 1e-300, 1e-8, 0.125, 0.5, -1, 2, 2.5, 3.75, 5, 7.5, 10, -20, 30.25, 100,
                                            1000.5, 1e6]),
    "bessel_y0": (lambda x: mp.re(bessely(0, x)), [1e-100, 1e-8, 0.125, 0.5, 1, 2, 2.5, 3.75, 5, 7.5, 10, 20, 30.25,
                                                   100, 1000.5, 1e6]),
    "bessel_y1": (lambda x: mp.re(bessely(1, x)), [1e-60, 1e-8, 0.125, 0.5, 1, 2, 2.5, 3.75, 5, 7.5, 10, 20, 30.25, 100,
                                                   1000.5, 1e6]),
    "bessel_i0": (lambda x: besseli(0, x), [0, 1e-8, 0.125, 0.5, -1, 2, 3.75, 7.5, 10, -20, 29.75, 30.25, 80, 100, 500,
                                            700, 712]),
    "bessel_i1": (lambda x: besseli(1, x), [0, 1e-300, 1e-8, 0.125, 0.5, -1, 2, 3.75, 7.5, 10, -20, 29.75, 30.25, 80,
                                            100, 500, 700, 712]),
    "sinc": (sinc, [0, 1e-300, 1e-100, 1e-8, 1e-3, 0.0625, 0.5, -1, 1.5, 2, 2.5, 3, 3.25, 4, 5.5, -10, 30.25, 100, 1e6]),
    "normalized_sinc": (sincpi, [0, 1e-300, 1e-100, 1e-8, 1e-3, 0.0625, 0.25, 0.5, -0.75, 0.9375, 1, 1.25, 1.5, 2, 2.5,
                                 3, 3.25, 4, 5.5, -10, 30.25, 100, 1000.125, 1e6 + 0.375]),
    "sigmoid": (sigmoid, [0, 1e-300, 1e-8, -1e-8, 0.125, 0.5, -1, 1.5, 2, 3.25, 5, -7.5, 10, 20, -30,
                                              40, 80, 200, 600, 700, -700]),
    "logit": (lambda x: log(x / (1 - x)), [1e-300, 1e-8, 1e-3, 0.0625, 0.25, 0.375, 0.46875, 0.5 - 2**-20, 0.5 - 2**-40,
                                           0.5, 0.5 + 2**-20, 0.5 + 2**-40, 0.53125, 0.625, 0.75, 0.875, 0.96875,
                                           1 - 2**-20, 1 - 2**-40, 1 - 2**-53]),
    "softplus": (softplus,
                 [0, 1e-300, 1e-8, 0.125, 0.5, -1, 1.5, 2, 3.25, 5, -7.5, 10, 20, -30, 40, 80, 200, 700, -700]),
    "log_sigmoid": (log_sigmoid,
                    [0, 1e-300, 1e-8, 0.125, -0.5, 1, -1.5, 2, 3.25, -5, 7.5, -10, -20, 30, -40, 80, -200, 700, -700]),
    "sinc_sqrt": (spherical_sqrt(0), OF_SQUARES),
    "cos_sqrt": (cos_sqrt, OF_SQUARES),
    "stumpff_c2": (stumpff_c2, OF_SQUARES),
    "log1mexp": (lambda x: log(-expm1(-x)) if x < 1 else log1p(-exp(-x)),
                 [1e-100, 1e-8, 1e-3, 0.0625, 0.5, 0.6875, 0.75, 1, 1.5, 2, 3.25, 5, 7.5, 10, 20, 40, 80, 200, 700]),
    "lambert_w0": (lambda x: mp.re(lambertw(x, 0)), [0, 1e-300, 1e-10, 1e-8, -1e-8, 1e-3, 0.0625, 0.5, 1, 1.5, 2, 2.75,
                                                     5, 10, 100, 1e5, 1e20, 1e100, 1e300, -0.0625, -0.125, -0.1875,
                                                     -0.21875, -0.25, -0.3125, -0.34375, -0.359375, -0.3671875]),
    "lambert_wm1": (lambda x: mp.re(lambertw(x, -1)), [-1e-300, -1e-100, -1e-20, -1e-8, -1e-3, -0.0625, -0.09375,
                                                       -0.109375, -0.125, -0.1875, -0.25, -0.3125, -0.34375, -0.359375,
                                                       -0.3671875]),
}

ANALYTIC_AT_0 = [
    UNARY[name][0]
    for name in ("erf", "erfc", "erf_inv", "bessel_j1", "bessel_i1", "sinc", "normalized_sinc", "sigmoid", "lambert_w0",
                 "sinc_sqrt", "cos_sqrt", "stumpff_c2")
]

FAMILIES = {
    "polygamma": (of_order(polygamma), [1, 2, 3, 5, 20],
                  [1e-8, 0.0625, 0.25, 0.5, 0.875, 1, 1.5, 2.25, 5.5, 12.25, 30.5, 100.25, 1e4, -0.25, -0.6875, -1.25,
                   -5.375, -20.75]),
    "bessel_jn": (of_order(besselj), [-3, 2, 3, 5, 10], [0, 0.125, 0.5, 1, -2, 3.75, 5.5, 9.5, 12, 20, 50, 100.5]),
    "bessel_yn": (of_order(bessely), [-3, 2, 3, 5, 10], [0.125, 0.5, 1, 2, 3.75, 5.5, 9.5, 12, 20, 50, 100.5]),
    "bessel_in": (of_order(besseli), [-3, 2, 3, 5, 10, 40], [0, 0.125, 0.5, 1, -2, 3.75, 5.5, 9.5, 20, 50, 120, 500]),
    "spherical_jn_sqrt": (spherical_sqrt, [1, 2, 3, 5, 10],
                          [0, 1e-8, 0.5, -1, 1.5, 3, -5, 7, 11.25, 16, 30, -60, 100, 400.5, 1e4]),
    "spherical_jn": (spherical, [0, 1, 2, 3, 5, 10], [0, 1e-8, 0.125, 0.5, 1, -2, 2.25, 3.75, 5.5, 9.5, 12, 20, 50]),
}

BINARY = {
    "logaddexp": (lambda a, b: log(exp(a) + exp(b)),
                  [(0, 0), (0.5, 0.25), (1, -1), (1.9e-4, 0), (3, 5.5), (-20, 20), (1000, 1001.5), (-700, -750),
                   (0.125, 2), (0, 80)]),
    "beta": (beta, [(1, 1), (0.5, 0.5), (2.5, 3.75), (5, 0.125), (0.125, 5), (1e-8, 3), (40.5, 0.0625), (12.25, 9.5),
                    (30, 20), (60.5, 80.25), (100, 1e-3), (1e3, 0.5), (400.5, 3), (120, 130)]),
    "ln_beta": (lambda a, b: log(fabs(beta(a, b))),
                [(1.25, 1), (0.5, 0.5), (2.5, 3.75), (5, 0.125), (0.125, 5), (1e-8, 3), (40.5, 0.0625), (12.25, 9.5),
                 (60.5, 80.25), (100, 1e-3), (1e3, 0.5), (400.5, 3), (120, 130), (1e10, 0.5), (1e10, 30), (1e8, 1e9)]),
    "xlogy": (lambda x, y: x * log(y), [(1, 1.5), (0.25, 0.125), (-3, 100), (1e-300, 1e-300), (0, 2.5), (2, 1e200)]),
    "xlog1py": (lambda x, y: x * log1p(y), [(1, 1.5), (0.25, -0.125), (-3, 100), (2, 1e-20), (0, 2.5), (2, 1e200)]),
}


def logsumexp(*x):
    m = max(mp.re(x) for x in x)
    return m + log(fsum(exp(x - m) for x in x))


def norm(*x):
    return sqrt(fsum(x * x for x in x))


def norm_squared(*x):
    return fsum(x * x for x in x)


SLICES = {
    "norm_squared": (norm_squared, [[0], [0, 0], [3, -4], [0.5, 0.25, -100], [1e10, 1e-10]]),
    "logsumexp": (logsumexp, [[0.5], [0, 0], [1, 2, 3], [0, -40], [-40, 0], [30, 0, -1], [1, 1.25, 0.75, 1, 0.5, 1.125],
                              [1000, 1001], [-1000, -1001.5, -990], [0.5, 0.25, -100], [0, 0.6875], [0, 0.7]]),
    "norm": (norm, [[3], [-3, 4], [2, 3, 6], [1, 1e5], [1e5, 1], [1, -1, 1, 1, -1, 1], [0, 2], [0.5, 0.25, -100],
                    [3e200, 4e200], [3e-200, 1e-200]]),
}


# Points where third derivatives of logsumexp are what is left of larger terms, and where they aren't.
THIRD = [[1.9e-4, 0], [0, 1.9e-4], [1e-8, 0], [-2.5e-3, 1e-3], [0.3, 0], [0.5, -0.4], [0.7, 0], [3, 0], [1.9e-4, 0, -50],
         [1.9e-4, 0, -2], [3e-5, -40, 0], [0.1, 0.05, 0, -0.1], [2, -1, 0.5]]


def third(x):
    """The third derivatives of logsumexp, in closed form: of the probabilities p, those of pᵢ·(δᵢⱼ − pⱼ)."""
    n = range(len(x))
    exps = [exp(mpf(x)) for x in x]
    p = [e / fsum(exps) for e in exps]
    slope = lambda i, k: p[i] * ((i == k) - p[k])
    at = lambda i, j, k: slope(i, k) * ((i == j) - p[j]) - p[i] * slope(j, k)
    return {"x": [float(x) for x in x], "third": [[[double(at(i, j, k)) for k in n] for j in n] for i in n]}


def double(x):
    """The nearest double, None beyond the largest."""
    if isinstance(x, mpc):
        assert x.imag == 0
        x = x.real
    return float(x) if fabs(x) < mpf(2) ** 1024 else None


def derivatives(f, x):
    x = mpf(x)
    if f is softplus:
        return [double(f(x))] + derivatives(sigmoid, x)[:4]
    if f is log_sigmoid:
        return [double(f(x))] + [(-1) ** k * d for k, d in enumerate(derivatives(sigmoid, -x)[:4])]
    g = derived(f, x)
    if x == 0:
        # All that isn't 0 is of the order of 1.
        d = [diff(g, x, n) for n in range(1, 5)]
        return [double(f(x))] + [double(d) if fabs(d) > 1e-25 else 0.0 for d in d]
    # Steps in proportion to x, beside which the next terms of the series at 0 must not vanish.
    if fabs(x) < 1e-9 and f in ANALYTIC_AT_0:
        mp.dps = 50 + int(-5 * mp.log10(fabs(x)))
    d = [f(x)] + [diff(lambda t: g(x * t), mpf(1), n) / x**n for n in range(1, 5)]
    # What the differences leave of a zero.
    d = [0 if n < 4 and fabs(d[n]) < 1e-30 * fabs(x * d[n + 1]) else d[n] for n in range(5)]
    mp.dps = 40
    return [double(d) for d in d]


def partials(f, point):
    point = [mpf(x) for x in point]
    n = len(point)
    # Of numbers beyond 1e150 the second derivatives underflow.
    scale = [x if x != 0 else mpf(1) for x in point]
    g = lambda *t: f(*[x + s * (t - 1) for x, s, t in zip(point, scale, t)])
    ones = [mpf(1)] * n

    def at(orders):
        value = diff(g, tuple(ones), tuple(orders))
        for s, k in zip(scale, orders):
            value /= s**k
        return double(value)

    unit = lambda i: [int(i == k) for k in range(n)]
    add = lambda a, b: [a + b for a, b in zip(a, b)]
    triangle = [[at(add(unit(i), unit(j))) for j in range(i + 1)] for i in range(n)]
    return {
        "x": [float(x) for x in point],
        "f": double(f(*point)),
        "grad": [at(unit(i)) for i in range(n)],
        "hess": [[triangle[max(i, j)][min(i, j)] for j in range(n)] for i in range(n)],
    }


def unary(name, f, points, **more):
    mp.dps = 40
    print(name, more, file=stderr)
    return {"fn": name, **more, "points": [{"x": float(x), "d": derivatives(f, x)} for x in points]}


def several(name, f, points):
    mp.dps = 90
    print(name, file=stderr)
    return {"fn": name, "points": [partials(f, point) for point in points]}


def lines(key, entries):
    return f'"{key}": [\n' + ",\n".join(json.dumps(e, ensure_ascii=False) for e in entries) + "\n]"


families = [unary(name, f(n), points, n=n) for name, (f, orders, points) in FAMILIES.items() for n in orders]
print("{")
print(",\n".join([
    lines("unary", [unary(name, f, points) for name, (f, points) in UNARY.items()]),
    lines("families", families),
    lines("binary", [several(name, f, points) for name, (f, points) in BINARY.items()]),
    lines("slices", [several(name, f, points) for name, (f, points) in SLICES.items()]),
    lines("third", [{"fn": "logsumexp", "points": [third(x) for x in THIRD]}]),
]))
print("}")
