"""Reference derivatives of samples at a fixed quantile: writes `implicit.json` beside itself.

    pip install mpmath==1.3.0
    python implicit.py

Nothing of the crate's formulas is used: with F(y; a) the distribution function as mpmath has it (`gammainc`, `erfc`),
differentiated in the parameter a by central differences at 100 digits,

    y'  = -F_a / F_y
    y'' = -(F_aa + 2 F_ay y' + F_yy y'^2) / F_y

The partial derivatives in y are those of the density. Some points are checked against differences of the quantile
itself, found as a root of F.
"""

import json
import math
import random
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 100
QUANTILES = ["1e-30", "1e-12", "1e-9", "1e-6", "1e-3", "0.02", "0.1", "0.3", "0.5", "0.7", "0.9", "0.98"]
QUANTILES = [mpf(q) for q in QUANTILES] + [1 - mpf(q) for q in ["1e-3", "1e-6", "1e-9", "1e-12", "1e-30"]]
SHAPES = [1e-4, 1e-3, 1e-2, 0.1, 0.3, 0.5, 0.9, 1.0, 1.5, 2.5, 5.0, 10.0, 15.0, 19.5, 20.0, 25.0, 50.0, 100.0, 300.0]
SHAPES += [1e3, 1e4, 1e5, 1e6, 1e7, 1e8]
MEANS = [1e-16, 1e-8, 1e-3, 1e-2, 0.1, 0.5, 1.0, 2.0, 10.0, 100.0, 1e4, 1e6]


def differences(f, x, h):
    """First and second derivative of f at x, to the fourth order of h."""
    a, b, c, d, e = (f(x + k * h) for k in (-2, -1, 0, 1, 2))
    return (a - 8 * b + 8 * d - e) / (12 * h), (-a + 16 * b - 30 * c + 16 * d - e) / (12 * h * h)


def along_quantile(f_a, f_aa, f_y, f_yy, f_ay):
    first = -f_a / f_y
    return first, -(f_aa + 2 * f_ay * first + f_yy * first**2) / f_y


def gamma_cdf(a, y):
    x = mp.exp(y)
    if a < 1e5:
        return mp.gammainc(a, 0, x, regularized=True)
    # What gammainc is, which has no way of letting the series be long.
    return mp.exp(a * y - x - mp.loggamma(a + 1)) * mp.hyp1f1(1, a + 1, x, maxterms=10**8)


def gamma_point(a, y):
    """Derivatives of y = ln x in the shape a, for x ~ Gamma(a)."""
    x = mp.exp(y)
    f_y = mp.exp(a * y - x - mp.loggamma(a))
    # The scales on which F changes: the width in a, for small a that of exp(a*y).
    h = mpf("1e-16") * min(a, mp.sqrt(a), 1 / abs(y) if y else 1)
    f_a, f_aa = differences(lambda a: gamma_cdf(a, y), a, h)
    return along_quantile(f_a, f_aa, f_y, f_y * (a - x), f_y * (y - mp.digamma(a)))


def gamma_quantile(a, q):
    """About the logarithm of a quantile of Gamma(a)."""
    if a > 200:  # Wilson and Hilferty
        z = mp.sqrt(2) * mp.erfinv(2 * q - 1)
        return mp.log(a) + 3 * mp.log(1 - 1 / (9 * a) + z / (3 * mp.sqrt(a)))
    low, high = (mp.log(q) + mp.loggamma(a + 1)) / a, mp.log(a + 200)
    return bisect(lambda y: gamma_cdf(a, y), low, high, q)


def wald_cdf(m, x):
    def phi(z):
        return mp.erfc(-z / mp.sqrt(2)) / 2

    root = mp.sqrt(x)
    return phi((x / m - 1) / root) + mp.exp(2 / m) * phi(-(x / m + 1) / root)


def wald_density(m, x):
    return mp.exp(-((x - m) ** 2) / (2 * m * m * x)) / mp.sqrt(2 * mp.pi * x**3)


def wald_point(m, x):
    """Derivatives of x in the mean m, for x inverse Gaussian with shape 1."""
    h = mpf("1e-16") * m * min(1, m)
    f_m, f_mm = differences(lambda m: wald_cdf(m, x), m, h)
    f_xm, _ = differences(lambda m: wald_density(m, x), m, h)
    h = mpf("1e-16") * x * min(1, x)
    f_xx, _ = differences(lambda x: wald_density(m, x), x, h)
    return along_quantile(f_m, f_mm, wald_density(m, x), f_xx, f_xm)


def bisect(f, low, high, target, steps=70):
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < target else (low, middle)
    return low


def check(cdf, a, y, point):
    """The point agrees with differences of the quantile."""
    target, h = cdf(a, y), mpf("1e-12") * a

    def quantile(at):
        guess = y + (at - a) * point[0]
        return mp.findroot(lambda y: cdf(at, y) - target, (guess, guess + h * h), solver="secant", tol=1e-150)

    for exact, estimate in zip(point, differences(quantile, a, h)):
        assert abs(estimate / exact - 1) < 1e-20, (a, y, exact, estimate)


def partials(cdf, a, y, h_a, h_y):
    """The derivatives of y in a from a distribution function alone."""
    f_a, f_aa = differences(lambda a: cdf(a, y), a, h_a)
    f_y, f_yy = differences(lambda y: cdf(a, y), y, h_y)
    f_ay, _ = differences(lambda a: differences(lambda y: cdf(a, y), y, h_y)[0], a, h_a)
    return along_quantile(f_a, f_aa, f_y, f_yy, f_ay)


def extreme_walds():
    """Means at which the distribution is almost a point, or Lévy's; samples as they are rounded."""
    points = [(1e-300, 1e-300), (1e-100, 1e-100)]
    points += [(m, m * (1 + k * 2.0**-52)) for m in [1e-30, 1e-12] for k in (0, 4, -6)]
    points += [(1e-9, 1e-9 * (1 + z)) for z in (-4e-5, 3e-5, 1e-4)]
    points += [(m, x) for m in [1e9, 1e30, 1e100] for x in (0.05, 0.4, 1.7, 60.0, 1e5)]
    mp.dps = 1500
    for m, x in points:
        small, large = mpf(min(m, 1)), mpf(max(m, 1))
        first, second = partials(wald_cdf, mpf(m), mpf(x), small**2 * large * mpf("1e-30"), small * x * mpf("1e-30"))
        yield {"mean": m, "x": x, "first": float(first), "second": float(second)}
    mp.dps = 100


def truncated_normals():
    def mass(a, b):
        if a + b < 0:
            return mass(-b, -a)
        return (mp.erfc(a / mp.sqrt(2)) - mp.erfc(b / mp.sqrt(2))) / 2

    mp.dps = 200
    ends = [(0.0, 1.0), (-1.5, 2.0), (-3.0, mp.inf), (2.0, 2.5), (5.0, 6.0), (8.0, mp.inf), (9.0, 10.0), (20.0, mp.inf)]
    ends += [(40.0, 41.0), (-1e-9, 1e-9), (1.0, 1.0 + 2.0**-30), (-8.0, 8.0)]
    ends += [(-b, -a) for a, b in ends if a >= 5]
    for lower, upper in ends:
        # Where samples are: within one of the bound that is nearer to 0.
        low = max(lower, upper - 1 if upper <= -2 else -6.0)
        high = min(upper, lower + 1 if lower >= 2 else 6.0)
        inside = [low + f * (high - low) for f in (0.02, 0.3, 0.8)]
        beside = [math.nextafter(low, high), math.nextafter(high, low)]
        for x in inside + (beside if lower != 0 and upper - lower < mp.inf else []):
            point = {"lower": str(lower), "upper": str(upper), "x": x}
            for name, value in [("lower", lower), ("upper", upper)]:
                if abs(value) == mp.inf:
                    continue

                def cdf(bound, x):
                    a, b = (bound, mpf(upper)) if name == "lower" else (mpf(lower), bound)
                    return mass(a, x) / mass(a, b)

                h = mpf("1e-40") * min(1, upper - lower)
                first, second = partials(cdf, mpf(value), mpf(x), h, h)
                point |= {f"{name}_first": float(first), f"{name}_second": float(second)}
            yield point
    mp.dps = 100


def generalized_normals():
    mp.dps = 200
    for p in [0.3, 1.0, 2.0, 7.5, 50.0, 1e4, 1e10, 1e60]:
        for x in [0.01, 0.4, 0.9, 1.0, 1.5] if p < 10 else [1e-3, 0.3, 0.9, 1 - 2.0**-20]:
            first, second = partials(
                lambda p, x: mp.gammainc(1 / p, 0, x**p, regularized=True), mpf(p), mpf(x), p * mpf("1e-30"), x * mpf("1e-30") / max(p, 1)
            )
            yield {"p": p, "x": x, "first": float(first), "second": float(second)}
    mp.dps = 100


def large_gammas():
    """Derivatives of x itself, whose second one is far smaller than what it is a difference of."""
    for a in [30.0, 1e3, 1e5, 1e8]:
        for z in [-2.0, -0.7, 0.1, 1.6]:
            x = a + z * math.sqrt(a)
            first, second = gamma_point(mpf(a), mp.log(mpf(x)))
            yield {"a": a, "x": x, "first": float(x * first), "second": float(x * (first**2 + second))}


def main():
    draw = random.Random(1)
    gamma, wald = [], []
    shapes = [(a, q) for a in SHAPES for q in QUANTILES]
    shapes += [(10 ** draw.uniform(-2, 3), mpf(draw.random())) for _ in range(120)]
    for n, (a, q) in enumerate(shapes):
        y = float(gamma_quantile(mpf(a), q))
        point = gamma_point(mpf(a), mpf(y))
        if n % 40 == 7 and a < 1e4:
            check(gamma_cdf, mpf(a), mpf(y), point)
        gamma.append({"a": a, "ln_x": y, "first": float(point[0]), "second": float(point[1])})
    means = [(m, q) for m in MEANS for q in QUANTILES]
    means += [(10 ** draw.uniform(-2, 5), mpf(draw.random())) for _ in range(60)]
    for n, (m, q) in enumerate(means):
        x = float(mp.exp(bisect(lambda y: wald_cdf(mpf(m), mp.exp(y)), mpf(-50), mpf(100), q)))
        mp.dps = 200 if m <= 1e-3 else 100  # F is exp(2/m) times a tail there
        point = wald_point(mpf(m), mpf(x))
        if n % 20 == 7:
            check(wald_cdf, mpf(m), mpf(x), point)
        wald.append({"mean": m, "x": x, "first": float(point[0]), "second": float(point[1])})

    mp.dps = 100

    def lines(points):
        return ",\n".join(json.dumps(point) for point in points)

    text = f'{{"meta": {{"mpmath": "1.3.0", "digits": {mp.dps}}},\n'
    groups = {
        "gamma": gamma,
        "wald": wald,
        "wald at extreme means": extreme_walds(),
        "truncated normal": truncated_normals(),
        "generalised normal": generalized_normals(),
        "large gamma": large_gammas(),
    }
    text += ",\n".join(f'"{name}": [\n{lines(points)}\n]' for name, points in groups.items()) + "}\n"
    Path(__file__).with_suffix(".json").write_text(text)


main()
