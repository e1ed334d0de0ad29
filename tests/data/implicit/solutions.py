"""Writes solutions.json: solutions of equations and their derivatives along a direction of the parameters, from mpmath.

    python solutions.py > solutions.json

Each problem is solved with 60 digits at p + t·v for some t around 0, by Newton's method, and differences of these solutions of
high order, which mpmath takes with digits to spare, give the derivatives in t of order 1 to 3. The condition is that of the Jacobian in
the unknowns, in the maximum norm. What the tests solve
isn't used: a minimum's equation is its gradient, written out here by hand.
"""

import json

from mpmath import mp, mpf, matrix, lu_solve, diff, exp, sin, cos, cosh, sinh, fsum, log

mp.dps = 60


def newton(f, x, p):
    """The root of f(x, p) that is near x, and the Jacobian there; by differences, which converges all the same."""
    x = [mpf(c) for c in x]
    # The differences work with more digits than are asked for, and need them.
    h = mpf(2) ** (-mp.prec // 2)
    for _ in range(100):
        y = f(x, p)
        columns = []
        for j in range(len(x)):
            up, down = list(x), list(x)
            up[j] += h
            down[j] -= h
            columns.append([(a - b) / (2 * h) for a, b in zip(f(up, p), f(down, p))])
        jacobian = matrix(len(x), len(x))
        for i in range(len(x)):
            for j in range(len(x)):
                jacobian[i, j] = columns[j][i]
        step = lu_solve(jacobian, matrix(y))
        x = [a - b for a, b in zip(x, step)]
        if max(abs(s) for s in step) < mpf(2) ** (20 - mp.prec) * max(abs(a) for a in x):
            return x, jacobian
    raise ValueError("no convergence")


def kepler(x, p):
    """x − e·sin x − m"""
    return [x[0] - p[1] * sin(x[0]) - p[0]]


def chain(x, p):
    """Three coupled equations."""
    return [
        x[0] + exp(x[1]) / 4 - p[0],
        x[1] + sin(x[0] * x[2]) / 2 - p[1],
        x[2] + x[0] * x[0] / 8 - x[1] * p[0],
    ]


def cosine(x, p):
    """The fixed point x = cos(p·x)."""
    return [x[0] - cos(p[0] * x[0])]


def valley(x, p):
    """The gradient of (p₀ − x₀)² + p₁·(x₁ − x₀²)² + cosh(x₀·x₁)."""
    s = sinh(x[0] * x[1])
    return [
        -2 * (p[0] - x[0]) - 4 * p[1] * x[0] * (x[1] - x[0] ** 2) + x[1] * s,
        2 * p[1] * (x[1] - x[0] ** 2) + x[0] * s,
    ]


TIMES = [mpf(t) / 2 for t in range(5)]


def decay(x, p):
    """The gradient of ½·Σ (x₀·e^(−x₁·t) − pₖ)², t = k/2, with residuals that aren't small."""
    residuals = [x[0] * exp(-x[1] * t) - y for t, y in zip(TIMES, p)]
    return [
        fsum(r * exp(-x[1] * t) for t, r in zip(TIMES, residuals)),
        fsum(-r * x[0] * t * exp(-x[1] * t) for t, r in zip(TIMES, residuals)),
    ]


def hilbert(x, p):
    """A·x + x²/10⁴ = 1 + p₀·i with the matrix of Hilbert, Aᵢⱼ = 1/(i + j + 1 + p₁)."""
    n = len(x)
    return [
        fsum(x[j] / (i + j + 1 + p[1]) for j in range(n)) + x[i] ** 2 / 10000 - 1 - p[0] * i for i in range(n)
    ]


PROBLEMS = [
    ("kepler", kepler, [1.0], [0.7, 0.3], [1.0, 0.5]),
    ("kepler", kepler, [0.5], [0.01, 0.995], [1.0, -0.25]),
    ("chain", chain, [0.5, 0.5, 0.3], [1.25, 0.75], [1.0, -0.5]),
    ("cosine", cosine, [0.7], [1.0], [1.0]),
    ("cosine", cosine, [0.3], [2.5], [1.0]),
    ("valley", valley, [0.6, 0.4], [1.0, 100.0], [1.0, 20.0]),
    ("valley", valley, [0.6, 0.4], [0.75, 1.5], [0.5, -1.0]),
    ("decay", decay, [1.2, 1.0], [1.0, 0.75, 0.5, 0.25, 0.5], [1.0, 0.0, -1.0, 0.5, 0.25]),
    ("decay", decay, [2.0, 1.0], [2.0, 1.25, 0.75, 0.5, 0.25], [0.5, 1.0, 0.0, 1.0, -1.0]),
    ("hilbert", hilbert, [1.0, 0.5, 0.5, 0.5], [0.25, 0.5], [1.0, 0.5]),
]

rows = []
for name, f, guess, p, v in PROBLEMS:
    start, jacobian = newton(f, guess, [mpf(a) for a in p])
    condition = mp.mnorm(jacobian, mp.inf) * mp.mnorm(jacobian**-1, mp.inf)

    def x(t, i):
        return newton(f, start, [mpf(a) + t * mpf(b) for a, b in zip(p, v)])[0][i]

    derivatives = [[float(start[i])] + [float(diff(lambda t: x(t, i), 0, k)) for k in (1, 2, 3)] for i in range(len(start))]
    rows.append({"problem": name, "parameters": p, "direction": v, "condition": round(float(condition)), "unknowns": derivatives})
print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
