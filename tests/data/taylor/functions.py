"""Coefficients of the elementary and the special functions along curves, from mpmath: writes functions.json.

    python functions.py > functions.json

A case is a function, its arguments as polynomials in t (exact doubles, lowest order first) and the Taylor coefficients of
the result, computed to 30 digits by mpmath's differences and rounded once.
"""
import json
import sys

from mpmath import mp, mpf, mpc
import mpmath as m

mp.dps = 30
VARIABLE = [0.0, 1.0]
CURVE = [0.0, 0.75, -0.5, 0.25]
OTHER = [0.0, -0.5, 0.25]


def euclid(x, y):
    return x - y * m.floor(x / y) if y > 0 else x + y * m.floor(-x / y)


def sign(x):
    return mpf(-1) if x < 0 else mpf(1)


UNARY = {
    "recip": (lambda x: 1 / x, [0.5, -1.5, 3.0]),
    "sqrt": (m.sqrt, [0.3, 2.0, 50.0]),
    "cbrt": (lambda x: sign(x.real) * m.cbrt(abs(x)), [0.3, 2.0, -5.0]),
    "exp": (m.exp, [-3.0, 0.0, 1.5]),
    "exp2": (lambda x: mpf(2) ** x, [-3.0, 0.0, 1.5]),
    "exp_m1": (m.expm1, [-3.0, 0.0, 1e-3]),
    "ln": (m.log, [0.3, 1.0, 50.0]),
    "log2": (lambda x: m.log(x) / m.log(2), [0.3, 1.0, 50.0]),
    "log10": (lambda x: m.log(x) / m.log(10), [0.3, 1.0, 50.0]),
    "ln_1p": (m.log1p, [-0.5, 0.0, 3.0]),
    "sin": (m.sin, [-2.0, 0.0, 7.0]),
    "cos": (m.cos, [-2.0, 0.0, 7.0]),
    "tan": (m.tan, [-1.2, 0.0, 0.7]),
    "asin": (m.asin, [-0.7, 0.0, 0.3]),
    "acos": (m.acos, [-0.7, 0.0, 0.3]),
    "atan": (m.atan, [-4.0, 0.0, 0.8]),
    "sinh": (m.sinh, [-3.0, 0.0, 1.5]),
    "cosh": (m.cosh, [-3.0, 0.0, 1.5]),
    "tanh": (m.tanh, [-3.0, 0.0, 5.0]),
    "asinh": (m.asinh, [-4.0, 0.0, 0.8]),
    "acosh": (m.acosh, [1.5, 2.0, 30.0]),
    "atanh": (m.atanh, [-0.7, 0.0, 0.3]),
    "abs": (lambda x: sign(x.real) * x, [-2.0, 1.5]),
    "signum": (lambda x: sign(x), [-2.0, 1.5]),
    "floor": (m.floor, [-2.5, 1.5]),
    "ceil": (m.ceil, [-2.5, 1.5]),
    "round": (m.nint, [-2.25, 1.75]),
    "trunc": (lambda x: sign(x) * m.floor(abs(x)), [-2.5, 1.5]),
    "fract": (lambda x: x - sign(x) * m.floor(abs(x)), [-2.5, 1.5]),
    "to_degrees": (lambda x: x * 180 / m.pi, [-2.0, 1.5]),
    "to_radians": (lambda x: x * m.pi / 180, [-200.0, 15.0]),
    "neg": (lambda x: -x, [-2.0, 1.5]),
    "sin_cos.0": (m.sin, [-2.0, 7.0]),
    "sin_cos.1": (m.cos, [-2.0, 7.0]),
}

BINARY = {
    "max": (lambda x, y: max(x, y), [(1.5, 0.5), (-2.0, 1.0)]),
    "min": (lambda x, y: min(x, y), [(1.5, 0.5), (-2.0, 1.0)]),
    "powf": (lambda x, y: x ** y, [(0.5, 2.5), (3.0, -1.5), (2.0, 3.0)]),
    "log": (lambda x, b: m.log(x) / m.log(b), [(0.5, 3.0), (7.0, 2.0)]),
    "hypot": (lambda x, y: m.sqrt(x * x + y * y), [(3.0, 1.0), (-1.0, 2.0)]),
    "atan2": (lambda y, x: m.atan2(y, x), [(1.0, 3.0), (2.0, -1.0), (-2.0, 1.0)]),
    "copysign": (lambda x, y: sign(x) * sign(y) * x, [(2.0, -1.5), (-2.0, -1.5)]),
    "abs_sub": (lambda x, y: max(x - y, mpf(0)), [(2.0, 1.0), (1.0, 2.0)]),
    "div_euclid": (lambda x, y: (x - euclid(x, y)) / y, [(7.5, 2.0), (-7.5, 2.0)]),
    "rem_euclid": (euclid, [(7.5, 2.0), (-7.5, 2.0)]),
    "rem": (lambda x, y: sign(x) * (abs(x) - abs(y) * m.floor(abs(x) / abs(y))), [(7.5, 2.0), (-7.5, 2.0)]),
    "add": (lambda x, y: x + y, [(1.5, -2.0)]),
    "sub": (lambda x, y: x - y, [(1.5, -2.0)]),
    "mul": (lambda x, y: x * y, [(1.5, -2.0)]),
    "div": (lambda x, y: x / y, [(1.5, -2.0), (3.0, 0.5)]),
}

POWI = [(2, 1.5), (3, -0.75), (7, 1.25), (-2, 1.5), (-5, -0.75), (100, 1.0625), (3, 0.0), (13, 0.0)]


def sinc(x):
    return mpf(1) if x == 0 else m.sin(x) / x


def spherical(n, x):
    if x == 0:
        return mpf(1 if n == 0 else 0)
    return m.sqrt(m.pi / (2 * x)) * m.besselj(n + mpf(1) / 2, x)


def spherical_sqrt(n, x):
    return m.hyp0f1(n + mpf(3) / 2, -x / 4) / m.fac2(2 * n + 1)


SPECIAL = {
    "erf": (m.erf, [-1.5, 0.0, 0.5]),
    "erfc": (m.erfc, [-1.5, 0.5, 5.0]),
    "erf_inv": (m.erfinv, [-0.5, 0.0, 0.9]),
    "gamma": (m.gamma, [0.7, 4.5, -1.5]),
    "ln_gamma": (lambda x: m.log(abs(m.gamma(x))), [0.7, 4.5, 30.0]),
    "digamma": (m.digamma, [0.7, 4.5, 30.0]),
    "bessel_j0": (lambda x: m.besselj(0, x), [0.0, 2.0, 15.0]),
    "bessel_j1": (lambda x: m.besselj(1, x), [0.0, 2.0, 15.0]),
    "bessel_y0": (lambda x: m.bessely(0, x), [1.0, 2.0, 15.0]),
    "bessel_y1": (lambda x: m.bessely(1, x), [1.0, 2.0, 15.0]),
    "bessel_i0": (lambda x: m.besseli(0, x), [0.0, 2.0, 8.0]),
    "bessel_i1": (lambda x: m.besseli(1, x), [0.0, 2.0, 8.0]),
    "sinc": (sinc, [0.5, 2.0, -7.0]),
    "normalized_sinc": (lambda x: sinc(m.pi * x), [0.25, 1.75, -3.25]),
    "sigmoid": (lambda x: 1 / (1 + m.exp(-x)), [-3.0, 0.0, 5.0]),
    "logit": (lambda x: m.log(x / (1 - x)), [0.2, 0.5, 0.9]),
    "softplus": (lambda x: m.log1p(m.exp(x)), [-3.0, 0.0, 5.0]),
    "log_sigmoid": (lambda x: -m.log1p(m.exp(-x)), [-3.0, 0.0, 5.0]),
    "sinc_sqrt": (lambda x: spherical_sqrt(0, x), [-3.0, 0.0, 2.0, 30.0]),
    "cos_sqrt": (lambda x: m.hyp0f1(mpf(1) / 2, -x / 4), [-3.0, 0.0, 2.0, 30.0]),
    "stumpff_c2": (lambda x: spherical_sqrt(0, x / 4) ** 2 / 2, [-3.0, 0.0, 2.0, 30.0]),
    "log1mexp": (lambda x: m.log(-m.expm1(-x)), [0.5, 2.0]),
    "lambert_w0": (lambda x: m.lambertw(x).real, [-0.25, 0.0, 1.0, 20.0]),
    "lambert_wm1": (lambda x: m.lambertw(x, -1).real, [-0.3, -0.125]),
}

FAMILY = {
    "polygamma": (lambda n, x: m.polygamma(n, x), [(1, 0.7), (3, 4.5)]),
    "bessel_jn": (lambda n, x: m.besselj(n, x), [(2, 3.0), (5, 1.0), (-3, 2.0)]),
    "bessel_yn": (lambda n, x: m.bessely(n, x), [(2, 3.0), (-3, 2.0)]),
    "bessel_in": (lambda n, x: m.besseli(n, x), [(2, 3.0), (5, 1.0), (-3, 2.0)]),
    "spherical_jn_sqrt": (spherical_sqrt, [(1, 0.5), (2, -3.0), (5, 20.0)]),
    "spherical_jn": (spherical, [(1, 0.5), (2, 3.0), (5, 8.0)]),
}

SPECIAL_BINARY = {
    "logaddexp": (lambda a, b: m.log(m.exp(a) + m.exp(b)), [(1.5, 2.5), (0.25, 0.25), (-4.0, 0.75)]),
    "beta": (lambda a, b: m.gamma(a) * m.gamma(b) / m.gamma(a + b), [(1.5, 2.5), (4.0, 0.75)]),
    "ln_beta": (lambda a, b: m.loggamma(a) + m.loggamma(b) - m.loggamma(a + b), [(1.5, 2.5), (40.0, 3.0)]),
    "xlogy": (lambda x, y: x * m.log(y), [(1.5, 2.5), (-4.0, 0.75)]),
    "xlog1py": (lambda x, y: x * m.log1p(y), [(1.5, 2.5), (-4.0, -0.25)]),
}


def at(polynomial, x0):
    return [x0] + polynomial[1:]


def eval_at(polynomial, t):
    return m.polyval([mpf(c) for c in reversed(polynomial)], t)


def coefficients(f, order):
    # Central differences; mpmath raises the precision by what they lose.
    with mp.workdps(30):
        return [float(c) for c in m.taylor(f, 0, order)]


def case(name, f, arguments, order, n=None):
    of_t = lambda t: f(*[eval_at(a, t) for a in arguments])
    row = {"name": name, "arguments": arguments, "coefficients": coefficients(of_t, order)}
    if n is not None:
        row["n"] = n
    return row


def main():
    out = {"unary": [], "binary": [], "powi": [], "special": [], "family": [], "special_binary": []}
    for name, (f, points) in UNARY.items():
        for x in points:
            for curve in (VARIABLE, CURVE):
                out["unary"].append(case(name, f, [at(curve, x)], 10))
    for name, (f, points) in BINARY.items():
        for x, y in points:
            for a, b in ((CURVE, OTHER), (VARIABLE, [0.0]), ([0.0], VARIABLE)):
                out["binary"].append(case(name, f, [at(a, x), at(b, y)], 10))
    for n, x in POWI:
        for curve in (VARIABLE, CURVE):
            out["powi"].append(case("powi", lambda x: x ** n, [at(curve, x)], 10, n))
    for name, (f, points) in SPECIAL.items():
        for x in points:
            for curve in (VARIABLE, CURVE):
                out["special"].append(case(name, f, [at(curve, x)], 8))
    for name, (f, points) in FAMILY.items():
        for n, x in points:
            for curve in (VARIABLE, CURVE):
                out["family"].append(case(name, lambda x: f(n, x), [at(curve, x)], 8, n))
    for name, (f, points) in SPECIAL_BINARY.items():
        for x, y in points:
            for a, b in ((CURVE, OTHER), (VARIABLE, [0.0]), ([0.0], VARIABLE)):
                out["special_binary"].append(case(name, f, [at(a, x), at(b, y)], 8))
    lines = []
    for key, rows in out.items():
        body = ",\n".join(json.dumps(row) for row in rows)
        lines.append(f'"{key}": [\n{body}\n]')
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")


main()
