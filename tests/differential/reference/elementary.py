"""Taylor coefficients f⁽ᵏ⁾(x)/k! for k ≤ n of the elementary functions, by definitions and closed forms."""

from math import factorial

from mpmath import inf, mp, mpf
from series import Series, apply, integrated, layout, line, power

ONE = mpf(1)


class Outside(Exception):
    """The point is outside the domain."""


class Huge(Exception):
    """A value so far beyond the floats that it isn't computed."""


def inside(condition):
    if not condition:
        raise Outside


def exp(x, n):
    if x > 10**6:
        raise Huge
    # Beyond e^(−10⁶) nothing differs from zero.
    e = mp.exp(max(x, mpf(-(10**6))))
    return [e / factorial(k) for k in range(n + 1)]


def ln(x, n):
    inside(x > 0)
    return [mp.ln(x)] + [-((-1) ** k) / (k * x**k) for k in range(1, n + 1)]


def scaled(f, a):
    """Coefficients of f(a·x) from those of f."""
    return [c * a**k for k, c in enumerate(f)]


def times(f, a):
    return [c * a for c in f]


def wave(values, n):
    """Coefficients of a function whose derivatives repeat."""
    return [values[k % len(values)] / factorial(k) for k in range(n + 1)]


def precisely(x, extra=0):
    """Digits that leave those of a function of period 1 at x."""
    return mp.workdps(mp.dps + max(0, int(mp.mag(x) * 0.302) if x else 0) + extra)


def sin(x, n):
    s, c = mp.sin(x), mp.cos(x)
    return wave([s, c, -s, -c], n)


def cos(x, n):
    s, c = mp.sin(x), mp.cos(x)
    return wave([c, -s, -c, s], n)


def tan(x, n):
    t = line(x, n)
    return (apply(sin(x, n), t) / apply(cos(x, n), t)).c


def quotient(q, n, top, bottom):
    """(top₀ + top₁·q)/(bottom₀ + bottom₁·q) of a series q."""
    q = Series(layout(1, n), q)
    return ((q * top[1] + top[0]) / (q * bottom[1] + bottom[0])).c


def tanh(x, n):
    if abs(x) < 1:
        t = line(x, n)
        return (apply(sinh(x, n), t) / apply(cosh(x, n), t)).c
    sign = 1 if x >= 0 else -1
    # 1 − 2q/(1 + q) with q = e^(−2|x|), whose derivatives don't cancel.
    q = scaled(exp(-2 * abs(x), n), -2)
    y = times(quotient(q, n, (0, -2), (1, 1)), sign)
    y[0] = mp.tanh(x)
    return [c * sign**k for k, c in enumerate(y)]


def by_slope(value, base, p):
    """Coefficients of a function whose slope is the product of powers p of the series in `base`."""

    def coefficients(x, n):
        y = value(x)
        if n == 0:
            return [y]
        t = line(x, n - 1)
        product = Series.constant(t.layout, 1)
        for s in base(t):
            product = product * apply(power(s.c[0], p, n - 1), s)
        return integrated(y, product.c)

    return coefficients


MINUS_HALF = mpf(-0.5)


def domain(low, high, f):
    def coefficients(x, n):
        inside(low <= x <= high)
        return f(x, n)

    return coefficients


def unit_interval(t):
    """Factors of 1 − t², near 0 as it stands: there the slopes of the factors cancel."""
    return [1 - t * t] if abs(t.c[0]) < 0.5 else [1 - t, 1 + t]


asin = domain(-1, 1, by_slope(mp.asin, unit_interval, MINUS_HALF))
acosh = domain(1, inf, by_slope(mp.acosh, lambda t: [t - 1, t + 1], MINUS_HALF))
atanh = domain(-1, 1, by_slope(mp.atanh, unit_interval, -1))
asinh = by_slope(mp.asinh, lambda t: [t * t + 1], MINUS_HALF)
atan = by_slope(mp.atan, lambda t: [t * t + 1], -1)


def acos(x, n):
    return [mp.acos(x)] + times(asin(x, n), -1)[1:]


def sqrt(x, n):
    inside(x > 0)
    return power(x, mpf(0.5), n)


def cbrt(x, n):
    with mp.workdps(mp.dps + 5):
        third = mpf(1) / 3
        y = power(abs(x), third, n)
        return y if x > 0 else [-c * (-1) ** k for k, c in enumerate(y)]


def exp_m1(x, n):
    return [mp.expm1(max(x, mpf(-(10**6))))] + exp(x, n)[1:]


def ln_1p(x, n):
    inside(x > -1)
    return [mp.log1p(x)] + ln(1 + x, n)[1:]


def hyperbolic(x):
    if abs(x) > 10**6:
        raise Huge
    return mp.sinh(x), mp.cosh(x)


def sinh(x, n):
    return wave(hyperbolic(x), n)


def cosh(x, n):
    return wave(hyperbolic(x)[::-1], n)
