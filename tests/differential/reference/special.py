"""Taylor coefficients f⁽ᵏ⁾(x)/k! for k ≤ n of the special functions, by definitions and closed forms."""

from math import comb, factorial

from elementary import ONE, Huge, cos, exp, inside, ln, precisely, quotient, scaled, sin, tanh, times, wave
from mpmath import mp, mpf
from series import Series, apply, integrated, layout, line, power, reverted


def gaussian(x, n):
    t = line(x, n)
    square = t * t * -1
    return apply(exp(square.c[0], n), square).c


def erf(x, n):
    return integrated(mp.erf(x), times(gaussian(x, n - 1), 2 / mp.sqrt(mp.pi))) if n else [mp.erf(x)]


def erfc(x, n):
    # Where it has left the floats by thousands of orders it isn't computed.
    value = mp.erfc(x) if x < 1000 else mpf(0)
    return [value] + times(erf(min(x, mpf(1000)), n), -1)[1:] if n else [value]


def erf_inv(x, n):
    inside(abs(x) < 1)
    y = mp.erfinv(x)
    return reverted(y, erf(y, n))


def lambert(branch):
    def coefficients(x, n):
        inside(x > -mp.exp(-1) and (branch == 0 or x < 0))
        y = mp.lambertw(x, branch).real
        t = line(y, n)
        return reverted(y, (t * apply(exp(y, n), t)).c)

    return coefficients


def polygamma(m, x, n):
    return [mp.psi(m + k, x) / factorial(k) for k in range(n + 1)]


def digamma(x, n):
    return polygamma(0, x, n)


def ln_gamma(x, n):
    return integrated(mp.re(mp.loggamma(x)), polygamma(0, x, n - 1)) if n else [mp.re(mp.loggamma(x))]


def gamma(x, n):
    if x > 10**5 or x < -(10**5):
        raise Huge
    series = Series(layout(1, n), ln_gamma(x, n)).shifted(0)
    return times(apply(exp(mpf(0), n), series).c, mp.gamma(x))


def hankel(n, x):
    """J and Y at large x, by their asymptotic series, which there ends below all digits."""
    with precisely(x, 10):
        p = q = mpf(0)
        a = mpf(1)
        for k in range(400):
            if k % 2 == 0:
                p += a * (-1) ** (k // 2)
            else:
                q += a * (-1) ** (k // 2)
            a = a * (4 * n * n - (2 * k + 1) ** 2) / ((k + 1) * 8 * x)
            if abs(a) < mpf(10) ** -mp.dps:
                break
        phase = x - (2 * n + 1) * mp.pi / 4
        s, c, amplitude = mp.sin(phase), mp.cos(phase), mp.sqrt(2 / (mp.pi * x))
        return amplitude * (p * c - q * s), amplitude * (p * s + q * c)


def bessel(kind, n, x):
    """J, Y or I of an integer order at any x."""
    sign = (-1) ** n if n < 0 and kind in "JY" else 1
    n = abs(n)
    if kind == "J" and x < 0:
        return sign * (-1) ** n * bessel("J", n, -x)
    if kind == "I" and x < 0:
        return (-1) ** n * bessel("I", n, -x)
    if kind in "JY" and x > 300 + 2 * n * n:
        return sign * hankel(n, x)["JY".index(kind)]
    if kind == "I" and x > 10**4:
        raise Huge
    return sign * {"J": mp.besselj, "Y": mp.bessely, "I": mp.besseli}[kind](n, x)


def bessel_family(kind):
    def coefficients(m, x, n):
        inside(kind != "Y" or x > 0)
        values = {i: bessel(kind, i, x) for i in range(m - n, m + n + 1)}
        sign = 1 if kind == "I" else -1
        return [
            sum(sign**i * comb(k, i) * values[m - k + 2 * i] for i in range(k + 1)) / (factorial(k) * mpf(2) ** k)
            for k in range(n + 1)
        ]

    return coefficients


bessel_jn, bessel_yn, bessel_in = bessel_family("J"), bessel_family("Y"), bessel_family("I")


def spherical_jn(m, x, n):
    """From the power series near 0, from sine and cosine by the recurrence elsewhere."""
    if abs(x) < 4:
        # xᵐ times a series in x².
        def terms():
            yield from [mpf(0)] * m
            for a in terms_of_spherical_jn(m):
                yield a
                yield mpf(0)

        return entire(terms(), x, n)
    with precisely(x, 20 + 4 * (m + n)):
        t = line(x, n)
        s, c = apply(sin(x, n), t), apply(cos(x, n), t)
        below, here = s / t, s / (t * t) - c / t
        for j in range(m):
            below, here = here, here / t * (2 * j + 3) - below
        return below.c


def normalized_sinc(x, n):
    if abs(x) < 1:
        return scaled(spherical_jn(0, mp.pi * x, n), mp.pi)
    s, c = mp.sinpi(x), mp.cospi(x)
    t = line(x, n)
    waves = Series(t.layout, scaled(wave([s, c, -s, -c], n), mp.pi))
    return (waves / (t * mp.pi)).c


def sigmoid(x, n):
    if abs(x) < 1:
        half = times(scaled(tanh(x / 2, n), mpf(0.5)), mpf(0.5))
        return [half[0] + 0.5] + half[1:]
    if x > 0:
        c = sigmoid(-x, n)
        return [1 - c[0]] + [-((-1) ** k) * c[k] for k in range(1, n + 1)]
    return quotient(exp(x, n), n, (0, 1), (1, 1))


def softplus(x, n):
    value = mp.log1p(mp.exp(max(x, mpf(-(10**6))))) if x < 0 else x + mp.log1p(mp.exp(max(-x, mpf(-(10**6)))))
    return integrated(value, sigmoid(x, n - 1)) if n else [value]


def logit(x, n):
    inside(0 < x < 1)
    below, above = ln(x, n), ln(1 - x, n)
    return [a - (-1) ** k * b for k, (a, b) in enumerate(zip(below, above))]


def log1mexp(x, n):
    inside(x > 0)
    if x > 10**6:
        return [mpf(0)] * (n + 1)
    value = mp.log(-mp.expm1(-x))
    if n == 0:
        return [value]
    # The slope is q/(1 − q) with q = e^(−x); 1 − q keeps its digits by itself.
    q = Series(layout(1, n - 1), scaled(exp(-x, n - 1), -1))
    return integrated(value, (q / (1 - q).shifted(-mp.expm1(-x))).c)


def entire(terms, x, n):
    """Taylor coefficients at x of Σ aᵢ·xⁱ, of which `terms` gives the aᵢ, near enough to 0."""
    c, i = [mpf(0)] * (n + 1), 0
    while True:
        a = next(terms)
        if a == 0:
            i += 1
            continue
        largest = mpf(0)
        for k in range(min(n, i) + 1):
            term = a * comb(i, k) * x ** (i - k)
            c[k] += term
            largest = max(largest, abs(term))
        if i > n and i * i > abs(x) and largest < mpf(10) ** (-mp.dps - 2) * max(abs(v) for v in c):
            return c
        i += 1


def of_root(terms, function):
    """Coefficients of an even entire function of √x, by its power series or as it stands."""

    def coefficients(m, x, n):
        if x < -(10**6):
            raise Huge
        if x <= 30:
            with mp.workdps(mp.dps + 10):
                return entire(terms(m), x, n)
        return function(m, Series(layout(1, n), power(x, mpf(0.5), n))).c

    return coefficients


def terms_of_spherical_jn(m):
    a = ONE
    for j in range(2 * m + 1, 1, -2):
        a /= j
    i = 0
    while True:
        yield a
        i += 1
        a = -a / (2 * i * (2 * (m + i) + 1))


def terms_of_stumpff(m):
    """Σ (−x)ᵏ/(2k + m)!"""
    k = 0
    while True:
        yield ONE * (-1) ** k / factorial(2 * k + m)
        k += 1


def spherical_over_power(m, root):
    j = apply(spherical_jn(m, root.c[0], root.layout.n), root)
    return j * apply(power(root.c[0], -m, root.layout.n), root)


def stumpff(m, root):
    c = apply(cos(root.c[0], root.layout.n), root)
    return c if m == 0 else (1 - c) / (root * root)


spherical_jn_sqrt = of_root(terms_of_spherical_jn, spherical_over_power)
stumpff_sqrt = of_root(terms_of_stumpff, stumpff)


def ndtr(x, n):
    """erfc(−x/√2)/2"""
    return times(scaled(erfc(-x / mp.sqrt(2), n), -1 / mp.sqrt(2)), mpf(0.5))


def log_ndtr(x, n):
    if x < -900:
        raise Huge
    # Beside the logarithm of a Gaussian its slopes nearly cancel.
    with mp.workdps(mp.dps + max(0, int(4 * n * mp.mag(x) * 0.31)) if x < -1 else mp.dps):
        value = mp.log1p(-mp.erfc(x / mp.sqrt(2)) / 2) if x > 0 else mp.ln(mp.erfc(-x / mp.sqrt(2)) / 2)
        y = Series(layout(1, n), ndtr(x, n))
        return apply(ln(y.c[0], n), y).shifted(value).c


def ndtri(p, n):
    inside(0 < p < 1)
    with mp.workdps(mp.dps + max(0, int(-mp.mag(p) * 0.31))):
        y = mp.sqrt(2) * mp.erfinv(2 * p - 1)
        return reverted(y, ndtr(y, n))
