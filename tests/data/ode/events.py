"""Writes events.json: times of events of differential equations, and their derivatives along a direction, from mpmath.

    python events.py > events.json

Each equation is solved with 80 digits from x + s·v for some s around 0, x being the initial state and the parameters: by steps of
Gragg's midpoint rule, extrapolated to the order 48. (Twice as many steps change nothing in the first 40 digits, which is asserted.) Newton's
method finds the time of the event on that solution, and differences of nine points in s, with an error of some 10⁻³⁰, give the
derivatives of order 1 to 3 of the time and of the state then.
"""

import json

from mpmath import cos, mp, mpf, sin

mp.dps = 80

STAGES = 24


def pendulum(y, p, t):
    return [y[1], -p[0] * sin(y[0]) - p[1] * y[1]]


def van_der_pol(y, p, t):
    return [y[1], p[0] * (1 - y[0] ** 2) * y[1] - y[0]]


def forced(y, p, t):
    return [-p[0] * y[0] + cos(p[1] * t) * y[0] ** 2]


# Name, equation, event, initial state, parameters, direction, about when.
PROBLEMS = [
    ("pendulum", pendulum, lambda y, p, t: y[0], [1.2, 0.0], [9.81, 0.25], [1.0, 0.5, 2.0, -1.0], 0.56),
    ("van_der_pol", van_der_pol, lambda y, p, t: y[0] - p[1] * y[1], [2.0, 0.0], [2.0, 0.125], [0.5, 1.0, -1.0, 0.25], 3.0),
    ("forced", forced, lambda y, p, t: y[0] - p[2] * t, [0.5], [0.75, 3.0, 0.25], [1.0, 0.5, 1.0, -0.125], 1.0),
]


def step(f, y, p, t, h):
    """The state after a step of the length h: midpoint rules of 2, 4, … substeps, extrapolated in the square of the substep."""
    table = []
    for j in range(1, STAGES + 1):
        n = 2 * j
        k = h / n
        before, now = y, [a + k * b for a, b in zip(y, f(y, p, t))]
        for m in range(1, n):
            slope = f(now, p, t + m * k)
            before, now = now, [a + 2 * k * b for a, b in zip(before, slope)]
        table.append(now)
    for k in range(1, STAGES):
        for j in range(STAGES - 1, k - 1, -1):
            ratio = (mpf(j + 1) / (j + 1 - k)) ** 2
            table[j] = [b + (b - a) / (ratio - 1) for a, b in zip(table[j - 1], table[j])]
    return table[-1]


def event(f, g, x, n, about, steps):
    """Time and state of the event."""
    y, p = x[:n], x[n:]
    h = mpf(about) / steps
    for m in range(steps):
        y = step(f, y, p, m * h, h)
    s = mpf(0)
    for _ in range(20):
        t = about + s
        z = step(f, y, p, mpf(about), s) if s else y
        # dg/dt by the equation and a difference, which Newton's method forgives.
        d = mpf(10) ** -25
        slope = (g([a + d * b for a, b in zip(z, f(z, p, t))], p, t + d) - g(z, p, t)) / d
        change = g(z, p, t) / slope
        s -= change
        if abs(change) < mpf(10) ** -48:
            return [about + s, *step(f, y, p, mpf(about), s)]
    raise ValueError("no convergence")


rows = []
for name, f, g, y, p, v, about in PROBLEMS:
    h = mpf(10) ** -5
    x = [mpf(a) for a in y + p]
    about = mpf(about)
    at = {k: event(f, g, [a + k * h * mpf(b) for a, b in zip(x, v)], len(y), about, 16) for k in range(-4, 5)}
    finer = event(f, g, x, len(y), about, 32)
    assert all(abs(a - b) < mpf(10) ** -40 for a, b in zip(at[0], finer)), name
    # Fornberg's weights of central differences of nine points.
    weights = {
        1: {1: mpf(4) / 5, 2: -mpf(1) / 5, 3: mpf(4) / 105, 4: -mpf(1) / 280},
        2: {0: -mpf(205) / 72, 1: mpf(8) / 5, 2: -mpf(1) / 5, 3: mpf(8) / 315, 4: -mpf(1) / 560},
        3: {1: -mpf(61) / 30, 2: mpf(169) / 120, 3: -mpf(3) / 10, 4: mpf(7) / 240},
    }
    derivatives = []
    for i in range(1 + len(y)):
        row = [at[0][i]]
        for order, of in weights.items():
            sign = -1 if order % 2 else 1
            total = sum(w * (at[k][i] + sign * at[-k][i] if k else at[0][i]) for k, w in of.items())
            row.append(total / h**order)
        derivatives.append([float(d) for d in row])
    rows.append({"problem": name, "state": y, "parameters": p, "direction": v, "event": derivatives})
print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
