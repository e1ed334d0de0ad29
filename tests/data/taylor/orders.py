"""Derivatives of high order from mpmath: writes orders.json.

    python orders.py > orders.json

A case is a function, a point that is a number of both precisions, the order and the derivative, as text of 20 digits since
it may be beyond the largest or below the smallest f64.
"""
import json

import mpmath as m
from mpmath import mp, mpf

mp.dps = 50
LARGE, SMALL = 2.0**33, 2.0**-33  # 8.6e9 and 1.2e-10

FUNCTIONS = {
    "exp": (m.exp, [0.0, 1.5, -3.0, -60.0]),
    "sin": (m.sin, [0.0, 0.75, 10.0]),
    "recip": (lambda x: 1 / x, [0.75, 3.0, 64.0, LARGE, SMALL]),
    "ln": (m.log, [0.75, 3.0, 64.0, LARGE, SMALL]),
    "powf": (lambda x: x ** mpf(2.5), [0.75, 3.0, 64.0, LARGE, SMALL]),
    "sqrt": (m.sqrt, [0.75, 3.0, 64.0, LARGE, SMALL]),
    "tiny exp": (lambda x: mpf(2) ** -66 * m.exp(x), [0.5, -3.0]),
    "huge exp": (lambda x: mpf(2) ** 100 * m.exp(x - 60), [0.5]),
    "steep exp": (lambda x: m.exp(100 * x), [0.0, -0.5]),
    "flat sin": (lambda x: m.sin(x / 64), [0.5]),
    "composed": (lambda x: m.exp(m.sin(x)) / (1 + x * x), [0.25, 2.0]),
    "bell": (lambda x: m.exp(-x * x), [0.5, 1.5]),
    "tanh": (m.tanh, [0.5]),
    "atan": (m.atan, [0.5, 3.0]),
    "erf": (m.erf, [0.5]),
    "bessel_j0": (lambda x: m.besselj(0, x), [0.5, 5.0]),
    "digamma": (m.digamma, [2.5, 40.0]),
    "polynomial": (lambda x: x**3 - 2 * x, [0.75]),
}
ORDERS = [2, 5, 11, 19, 26, 33, 34, 40, 64, 100, 128, 171, 175, 200]


CLOSED = {
    "exp": lambda x, n: m.exp(x),
    "sin": lambda x, n: [m.sin, m.cos, lambda x: -m.sin(x), lambda x: -m.cos(x)][n % 4](x),
    "recip": lambda x, n: (-1) ** n * m.factorial(n) / x ** (n + 1),
    "ln": lambda x, n: (-1) ** (n - 1) * m.factorial(n - 1) / x**n,
    "powf": lambda x, n: m.ff(mpf(2.5), n) * x ** (mpf(2.5) - n),
    "sqrt": lambda x, n: m.ff(mpf(0.5), n) * x ** (mpf(0.5) - n),
    "tiny exp": lambda x, n: mpf(2) ** -66 * m.exp(x),
    "huge exp": lambda x, n: mpf(2) ** 100 * m.exp(x - 60),
    "steep exp": lambda x, n: mpf(100) ** n * m.exp(100 * x),
    "flat sin": lambda x, n: [m.sin(x / 64), m.cos(x / 64), -m.sin(x / 64), -m.cos(x / 64)][n % 4] / mpf(64) ** n,
    "digamma": lambda x, n: m.psi(n, x),
    "polynomial": lambda x, n: 6 * x if n == 2 else mpf(0),
}


def derivatives(name, f, x):
    """The derivatives of the orders: closed forms, or Cauchy's integral over a circle, which the trapezoidal rule gives to
    RADIUS**COUNT."""
    x = mpf(x)
    if name in CLOSED:
        return [CLOSED[name](x, n) for n in ORDERS]
    COUNT, RADIUS = 512, mpf(1) / 4
    with mp.workdps(1000):
        unit = [m.expjpi(mpf(2 * j) / COUNT) for j in range(COUNT)]
        values = [f(x + RADIUS * u) for u in unit]
        return [
            m.re(m.fsum(v * unit[-n * j % COUNT] for j, v in enumerate(values))) / COUNT * m.factorial(n) / RADIUS**n
            for n in ORDERS
        ]


def main():
    cases = []
    for name, (f, points) in FUNCTIONS.items():
        for x in points:
            for n, derivative in zip(ORDERS, derivatives(name, f, x)):
                cases.append([name, x, n, mp.nstr(derivative, 20)])
    print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")


main()
