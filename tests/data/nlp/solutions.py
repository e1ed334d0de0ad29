"""Writes solutions.json: solutions of nonlinear programs, from mpmath.

    python solutions.py > solutions.json

min f(x) subject to cᵢ(x) ≥ 0 or = 0, and x ≥ lower. With the constraints that are active at the solution as equations the conditions
of Karush, Kuhn and Tucker are a system of equations, which Newton's method solves with 200 digits from the solution that the
literature gives to 7, or from the problem's start. That the other constraints hold, and that multipliers have the right sign, is
asserted. Derivatives are differences, which with so many digits are right to more than 50.
"""

import json

from mpmath import mp, mpf, matrix, lu_solve, exp, sin, fsum, nstr

mp.dps = 200
H_FIRST, H_SECOND = mpf(10) ** -60, mpf(10) ** -25


def gradient(f, x):
    """The gradient of f by central differences."""
    g = []
    for i in range(len(x)):
        up, down = list(x), list(x)
        up[i] += H_FIRST
        down[i] -= H_FIRST
        g.append((f(up) - f(down)) / (2 * H_FIRST))
    return g


def solve(f, active, z, n):
    """The root of the gradient of f − Σ λᵢcᵢ, and of the active constraints, near z = (x, λ)."""

    def conditions(z):
        x, multipliers = z[:n], z[n:]
        lagrangian = lambda x: f(x) - fsum(m * c(x) for m, c in zip(multipliers, active))
        return gradient(lagrangian, x) + [c(x) for c in active]

    for _ in range(100):
        columns = []
        for j in range(len(z)):
            up, down = list(z), list(z)
            up[j] += H_SECOND
            down[j] -= H_SECOND
            columns.append([(a - b) / (2 * H_SECOND) for a, b in zip(conditions(up), conditions(down))])
        jacobian = matrix(len(z), len(z))
        for i in range(len(z)):
            for j in range(len(z)):
                jacobian[i, j] = columns[j][i]
        step = lu_solve(jacobian, matrix(conditions(z)))
        z = [a - b for a, b in zip(z, step)]
        if max(abs(s) for s in step) < mpf(10) ** -60:
            return z
    raise ValueError("no convergence")


def multipliers(f, active, x):
    """Multipliers of least squares: where Newton's method starts."""
    g, jacobian = gradient(f, x), [gradient(c, x) for c in active]
    normal = matrix(len(active), len(active))
    for i, a in enumerate(jacobian):
        for j, b in enumerate(jacobian):
            normal[i, j] = fsum(p * q for p, q in zip(a, b))
    return list(lu_solve(normal, matrix([fsum(p * q for p, q in zip(a, g)) for a in jacobian])))


def program(name, f, constraints, equal, active, near, start, lower=None, published=None):
    """The solution as a dictionary. `active` lists constraints; `lower` is a bound of every x, active where `near` is on it."""
    n = len(near)
    near = [mpf(x) for x in near]
    on_bound = [] if lower is None else [i for i, x in enumerate(near) if x == lower]
    equations = [constraints[i] for i in active] + [lambda x, i=i: x[i] - lower for i in on_bound]
    z = solve(f, equations, near + multipliers(f, equations, near), n)
    x, found = z[:n], z[n:]
    signs = [m for m, i in zip(found, active) if i not in equal] + found[len(active):]
    assert all(m > 0 for m in signs), (name, signs)
    assert all(c(x) > 0 for i, c in enumerate(constraints) if i not in active), name
    assert lower is None or all(x[i] > lower for i in range(n) if i not in on_bound), name
    assert published is None or abs(f(x) - mpf(published)) < mpf(10) ** -8 * abs(mpf(published)), (name, f(x))
    of_constraints = [mpf(0)] * len(constraints)
    for m, i in zip(found, active):
        of_constraints[i] = m
    number = lambda v: float(nstr(v, 25)) + 0.0
    return {
        "name": name,
        "start": [float(v) for v in start],
        "x": [number(v) for v in x],
        "f": number(f(x)),
        "multipliers": [number(v) for v in of_constraints],
    }


def hs43():
    f = lambda x: x[0]**2 + x[1]**2 + 2*x[2]**2 + x[3]**2 - 5*x[0] - 5*x[1] - 21*x[2] + 7*x[3]
    c = [
        lambda x: 8 - x[0]**2 - x[1]**2 - x[2]**2 - x[3]**2 - x[0] + x[1] - x[2] + x[3],
        lambda x: 10 - x[0]**2 - 2*x[1]**2 - x[2]**2 - 2*x[3]**2 + x[0] + x[3],
        lambda x: 5 - 2*x[0]**2 - x[1]**2 - x[2]**2 - 2*x[0] + x[1] + x[3],
    ]
    return program("hs43", f, c, [], [0, 2], [0, 1, 2, -1], [0, 0, 0, 0], published=-44)


def hs71():
    f = lambda x: x[0]*x[3]*(x[0] + x[1] + x[2]) + x[2]
    c = [lambda x: x[0]*x[1]*x[2]*x[3] - 25, lambda x: fsum(v**2 for v in x) - 40]
    near = ["1", "4.742994", "3.8211503", "1.3794082"]
    return program("hs71", f, c, [1], [0, 1], near, [1, 5, 5, 1], lower=1, published="17.0140173")


def hs100():
    f = lambda x: (
        (x[0] - 10)**2 + 5*(x[1] - 12)**2 + x[2]**4 + 3*(x[3] - 11)**2 + 10*x[4]**6 + 7*x[5]**2 + x[6]**4
        - 4*x[5]*x[6] - 10*x[5] - 8*x[6]
    )
    c = [
        lambda x: 127 - 2*x[0]**2 - 3*x[1]**4 - x[2] - 4*x[3]**2 - 5*x[4],
        lambda x: 282 - 7*x[0] - 3*x[1] - 10*x[2]**2 - x[3] + x[4],
        lambda x: 196 - 23*x[0] - x[1]**2 - 6*x[5]**2 + 8*x[6],
        lambda x: -4*x[0]**2 - x[1]**2 + 3*x[0]*x[1] - 2*x[2]**2 - 5*x[5] + 11*x[6],
    ]
    near = ["2.330499", "1.951372", "-0.4775414", "4.365726", "-0.6244870", "1.038131", "1.594227"]
    return program("hs100", f, c, [], [0, 3], near, [1, 2, 0, 4, 0, 1, 1], published="680.6300573")


def hs113():
    f = lambda x: (
        x[0]**2 + x[1]**2 + x[0]*x[1] - 14*x[0] - 16*x[1] + (x[2] - 10)**2 + 4*(x[3] - 5)**2 + (x[4] - 3)**2
        + 2*(x[5] - 1)**2 + 5*x[6]**2 + 7*(x[7] - 11)**2 + 2*(x[8] - 10)**2 + (x[9] - 7)**2 + 45
    )
    c = [
        lambda x: 105 - 4*x[0] - 5*x[1] + 3*x[6] - 9*x[7],
        lambda x: -10*x[0] + 8*x[1] + 17*x[6] - 2*x[7],
        lambda x: 8*x[0] - 2*x[1] - 5*x[8] + 2*x[9] + 12,
        lambda x: -3*(x[0] - 2)**2 - 4*(x[1] - 3)**2 - 2*x[2]**2 + 7*x[3] + 120,
        lambda x: -5*x[0]**2 - 8*x[1] - (x[2] - 6)**2 + 2*x[3] + 40,
        lambda x: -(x[0] - 8)**2 / 2 - 2*(x[1] - 4)**2 - 3*x[4]**2 + x[5] + 30,
        lambda x: -x[0]**2 - 2*(x[1] - 2)**2 + 2*x[0]*x[1] - 14*x[4] + 6*x[5],
        lambda x: 3*x[0] - 6*x[1] - 12*(x[8] - 8)**2 + 7*x[9],
    ]
    near = [
        "2.171996", "2.363683", "8.773926", "5.095984", "0.9906548", "1.430574", "1.321644", "9.828726", "8.280092",
        "8.375927",
    ]
    start = [2, 3, 5, 5, 1, 2, 7, 3, 6, 10]
    return program("hs113", f, c, [], [0, 1, 2, 3, 4, 6], near, start, published="24.3062091")


def luksan_vlcek(n):
    """Problem 5.1 of Lukšan and Vlček: the chained function of Rosenbrock under trigonometric and exponential equations."""
    f = lambda x: fsum(100*(x[i]**2 - x[i + 1])**2 + (x[i] - 1)**2 for i in range(n - 1))
    equation = lambda x, k: (
        3*x[k + 1]**3 + 2*x[k + 2] - 5 + sin(x[k + 1] - x[k + 2])*sin(x[k + 1] + x[k + 2]) + 4*x[k + 1]
        - x[k]*exp(x[k] - x[k + 1]) - 3
    )
    c = [lambda x, k=k: equation(x, k) for k in range(n - 2)]
    start = [-1.2 if i % 2 == 0 else 1.0 for i in range(n)]
    near = [mpf("-1.2") if i % 2 == 0 else mpf(1) for i in range(n)]
    return program(f"luksan_vlcek_{n}", f, c, range(n - 2), range(n - 2), near, start)


print(json.dumps([hs43(), hs71(), hs100(), hs113(), luksan_vlcek(20)], indent=1))
