"""Derivatives of the elementary functions at every binary exponent of f64 and f32, to the third, with mpmath.

    python3 elementary.py > elementary.txt           the set that is kept: some exponents
    python3 elementary.py 1 > all.txt           every exponent, three mantissas, in hours
    python3 elementary.py 3 powf log > all.txt  every third exponent, the functions of these names

A line "f64 name" or "f32 name" begins a function, and `name:c` a family with the constant c, which is rounded to the
format. A line of data has the bits of x, three derivatives and their condition numbers |x·f⁽ᵏ⁺¹⁾/f⁽ᵏ⁾|.
"""

import struct
import sys

from mpmath import mp, mpf, inf

mp.prec = 2600  # 1 + x² with x = 2^−1074, and digits beside it
ORDERS = 4


# ---- Series in t, of which number k is the coefficient of tᵏ ----


def variable(x):
    return [x, mpf(1)] + [mpf(0)] * (ORDERS - 2)


def constant(c):
    return [mpf(c)] + [mpf(0)] * (ORDERS - 1)


def add(u, v):
    return [a + b for a, b in zip(u, v)]


def times(c, u):
    return [c * a for a in u]


def mul(u, v):
    return [sum(u[j] * v[k - j] for j in range(k + 1)) for k in range(ORDERS)]


def power(u, a):
    v = [u[0] ** a]
    for k in range(1, ORDERS):
        v.append(sum((a * j - (k - j)) * u[j] * v[k - j] for j in range(1, k + 1)) / (k * u[0]))
    return v


def exp(u):
    v = [mp.exp(u[0])]
    for k in range(1, ORDERS):
        v.append(sum(j * u[j] * v[k - j] for j in range(1, k + 1)) / k)
    return v


def log(u):
    v = [mp.log(u[0])]
    for k in range(1, ORDERS):
        v.append((u[k] - sum(j * v[j] * u[k - j] for j in range(1, k)) / k) / u[0])
    return v


def cos_sin(u):
    c, s = [mp.cos(u[0])], [mp.sin(u[0])]
    for k in range(1, ORDERS):
        c.append(-sum(j * u[j] * s[k - j] for j in range(1, k + 1)) / k)
        s.append(sum(j * u[j] * c[k - j] for j in range(1, k + 1)) / k)
    return c, s


def squared(x):
    return mul(x, x)


def plus(c, u):
    return add(constant(c), u)


def hyperbolic(x, sign):
    return times(mpf(1) / 2, add(exp(x), times(sign, exp(times(-1, x)))))


half, third = mpf(1) / 2, mpf(1) / 3
ln2, ln10 = mp.log(2), mp.log(10)

# name: where it is defined, its slope as a series of the series x
UNARY = {
    "sqrt": (lambda x: x > 0, lambda x: times(half, power(x, -half))),
    "cbrt": (lambda x: True, lambda x: times(third, power(squared(x), -third))),
    "exp": (lambda x: True, exp),
    "exp2": (lambda x: True, lambda x: times(ln2, exp(times(ln2, x)))),
    "exp_m1": (lambda x: True, exp),
    "ln": (lambda x: x > 0, lambda x: power(x, -1)),
    "log2": (lambda x: x > 0, lambda x: times(1 / ln2, power(x, -1))),
    "log10": (lambda x: x > 0, lambda x: times(1 / ln10, power(x, -1))),
    "ln_1p": (lambda x: x > -1, lambda x: power(plus(1, x), -1)),
    "sin": (lambda x: True, lambda x: cos_sin(x)[0]),
    "cos": (lambda x: True, lambda x: times(-1, cos_sin(x)[1])),
    "tan": (lambda x: True, lambda x: power(cos_sin(x)[0], -2)),
    "asin": (lambda x: abs(x) < 1, lambda x: power(plus(1, times(-1, squared(x))), -half)),
    "acos": (lambda x: abs(x) < 1, lambda x: times(-1, power(plus(1, times(-1, squared(x))), -half))),
    "atan": (lambda x: True, lambda x: power(plus(1, squared(x)), -1)),
    "sinh": (lambda x: True, lambda x: hyperbolic(x, 1)),
    "cosh": (lambda x: True, lambda x: hyperbolic(x, -1)),
    "tanh": (lambda x: True, lambda x: power(hyperbolic(x, 1), -2)),
    "asinh": (lambda x: True, lambda x: power(plus(1, squared(x)), -half)),
    "acosh": (lambda x: x > 1, lambda x: power(plus(-1, squared(x)), -half)),
    "atanh": (lambda x: abs(x) < 1, lambda x: power(plus(1, times(-1, squared(x))), -1)),
    "recip": (lambda x: True, lambda x: times(-1, power(x, -2))),
}


def integer(y):
    return y == int(y)


# name: where, the slope in x with the constant c, the constants of f64, those of f32
FAMILIES = {
    "powi": (
        lambda x, n: True,
        lambda x, n: times(n, power(x, n - 1)),
        "-2147483648 -100 -3 -2 -1 0 1 2 3 17 65 100 1000001 2147483647",
        "-2147483648 -100 -3 -2 -1 0 1 2 3 17 65 100 1000001 2147483647",
    ),
    "powf": (
        lambda x, y: x > 0 or integer(y),
        lambda x, y: times(y, power(x, y - 1)),
        "-2 -1 -0.3 -1e-5 1e-300 1e-5 0.3 0.5 0.75 0.9999999 1 1.5 2 2.000336 2.9999999 3 33.3 1000.5 1e10 1e16 -1e16 1e300",
        "-2 -1 -0.3 -1e-5 1e-30 1e-5 0.3 0.5 0.75 0.99999 1 1.5 2 2.000336 2.99999 3 33.3 100.5 1e5 1e9 -1e9 1e30",
    ),
    "power_of": (
        lambda y, c: True,
        lambda y, c: times(mp.log(c), exp(times(mp.log(c), y))),
        "2 0.5 10 1e-300 1e300 1.0000001 1e-310",
        "2 0.5 10 1e-30 1e30 1.00001 1e-40",
    ),
    "log": (
        lambda x, c: x > 0,
        lambda x, c: times(1 / mp.log(c), power(x, -1)),
        "2 0.5 10 1e-300 1e300 1.0000001",
        "2 0.5 10 1e-30 1e30 1.00001",
    ),
    "log_of": (
        lambda x, c: x > 0 and x != 1,
        lambda x, c: times(-mp.log(c), mul(power(log(x), -2), power(x, -1))),
        "2 0.5 1e-300 1e300 1.0000001",
        "2 0.5 1e-30 1e30 1.00001",
    ),
    "hypot": (
        lambda x, c: True,
        lambda x, c: mul(x, power(plus(c * c, squared(x)), -half)),
        "1 1e-100 1e300",
        "1 1e-10 1e30",
    ),
    "atan2_of": (
        lambda x, c: True,
        lambda x, c: times(-c, power(plus(c * c, squared(x)), -1)),
        "1 1e-300 1e300",
        "1 1e-30 1e30",
    ),
    "atan2": (
        lambda x, c: True,
        lambda x, c: times(c, power(plus(c * c, squared(x)), -1)),
        "1 1e-300 1e300",
        "1 1e-30 1e30",
    ),
    "under": (
        lambda x, c: True,
        lambda x, c: times(-c, power(x, -2)),
        "3 1e-300 1e300",
        "3 1e-30 1e30",
    ),
}

FORMATS = {"f64": ("<d", "<Q", 52, -1074, 1023), "f32": ("<f", "<I", 23, -149, 127)}


def rounded(format, x):
    """The number of the format that is nearest to x, exactly."""
    code = FORMATS[format][0]
    return mpf(struct.unpack(code, struct.pack(code, x))[0])


def bits(format, x):
    code, integers, *_ = FORMATS[format]
    return "%x" % struct.unpack(integers, struct.pack(code, float(x)))[0]


def points(format, step):
    """Arguments of every exponent, or of some, of both signs, and those beside 1."""
    _, _, digits, least, most = FORMATS[format]
    mantissas = [1.0, 1.371742, 1.893]
    exponents = range(least, most + 1)
    sparse = step or (89 if format == "f64" else 13)
    exponents = sorted({*exponents[::sparse], *range(-6, 8, 2), most - 1, most, least + digits - 1, least + digits})
    for i, e in enumerate(exponents):
        for m in mantissas if step == 1 else [mantissas[i % 3]]:
            x = rounded(format, float(mp.ldexp(mpf(m), e)))
            yield from (x, -x)
    for k in range(1, digits + 1, 1 if step else 11):
        for x in (1 - mpf(2) ** -k, 1 + mpf(2) ** -k):
            yield from (x, -x)


def number(x):
    if x == 0:
        return "0"
    if abs(x) > mpf(2) ** 1024:
        return "inf" if x > 0 else "-inf"
    return "%.17g" % float(x)


GROWS = {"exp", "exp2", "exp_m1", "sinh", "cosh", "tanh"}


def line(format, name, x, slope):
    if name in GROWS and abs(x) > 4000:
        sign = lambda k: -1 if x < 0 and (name == "cosh" and k % 2 == 1 or name == "sinh" and k % 2 == 0) else 1
        zero = name == "tanh" or x < 0 and name.startswith("exp")
        return " ".join([bits(format, x)] + [("0" if zero else number(sign(k) * inf)) for k in (1, 2, 3)] + ["1"] * 3)
    powers = name.startswith("pow")
    try:
        with mp.workprec(500 if powers else mp.prec):  # nothing cancels in these
            s = slope(variable(x))
    except (OverflowError, ZeroDivisionError, ValueError, NotImplementedError):
        return None
    derivatives = [s[0], s[1], 2 * s[2], 6 * s[3]]
    if any(isinstance(d, mp.mpc) for d in derivatives):
        return None
    conditions = []
    for d, above in zip(derivatives, derivatives[1:]):
        c = abs(x * above / d) if d else mpf(0)
        conditions.append("%.2g" % float(min(c, mpf(10) ** 30)))
    return " ".join([bits(format, x)] + [number(d) for d in derivatives[:3]] + conditions)


def main():
    step = int(sys.argv[1]) if len(sys.argv) > 1 else None
    only = sys.argv[2:]
    for format in FORMATS:
        cases = [(name, where, slope) for name, (where, slope) in UNARY.items()]
        for family, (where, slope, double, single) in FAMILIES.items():
            for c in (double if format == "f64" else single).split():
                value = rounded(format, float(c)) if family != "powi" else mpf(c)
                at = lambda f, value=value: lambda x: f(x, value)
                cases.append((f"{family}:{c}", at(where), at(slope)))
        for name, where, slope in cases:
            if only and name.split(":")[0] not in only:
                continue
            print(format, name)
            seen = set()
            for x in points(format, step):
                if where(x) and abs(x) > 0 and x not in seen:
                    seen.add(x)
                    if text := line(format, name, x, slope):
                        print(text)


main()
