#!/usr/bin/env python3
"""Writes general.json and the files beside it: algorithms of linear algebra at matrices A(t) = A0 + A1·t + A2·t² + A3·t³, with the coefficients of
1, t, t² and t³ of what each gives at t = 0.

The entries of the matrices are doubles, taken exactly. An algorithm is run with 220 digits at seven points beside t = 0, at a
distance of 1e-30; differences give the coefficients to more than 50 digits, which are then rounded to doubles.

    pip install mpmath==1.3.0
    python3 references.py
"""

import json
import os
import random
import struct
import sys

from mpmath import mp, mpf

mp.dps = 220
STEP = mpf(10) ** -30
ORDERS = 4

# Weights of f(-3h) ... f(3h) for the derivatives 0 to 3, divided by k!.
WEIGHTS = [
    [0, 0, 0, 1, 0, 0, 0],
    [mpf(x) / 60 for x in (-1, 9, -45, 0, 45, -9, 1)],
    [mpf(x) / 180 / 2 for x in (2, -27, 270, -490, 270, -27, 2)],
    [mpf(x) / 8 / 6 for x in (1, -8, 13, 0, -13, 8, -1)],
]


def at(series, t):
    """The matrix at t."""
    rows, columns = len(series[0]), len(series[0][0])
    return mp.matrix(rows, columns) + sum(
        (mp.matrix([[mpf(x) for x in row] for row in part]) * t**k for k, part in enumerate(series)),
        mp.matrix(rows, columns),
    )


def flat(x):
    """Numbers in a list, a matrix row by row."""
    if isinstance(x, mp.matrix):
        return [x[i, j] for i in range(x.rows) for j in range(x.cols)]
    return list(x) if isinstance(x, (list, tuple)) else [x]


def rounded(x):
    """The nearest double; zero where 50 digits are zeros."""
    return 0.0 if abs(x) < mpf(10) ** -50 else float(x)


def coefficients(f):
    """The coefficients of 1, t, t², t³ of each number that f(t) returns."""
    points = [flat(f(k * STEP)) for k in range(-3, 4)]
    found = []
    for order in range(ORDERS):
        weights = WEIGHTS[order]
        found.append(
            [rounded(sum(w * p[i] for w, p in zip(weights, points)) / STEP**order) for i in range(len(points[0]))]
        )
    return found


# ---- Matrices ------------------------------------------------------------------------------------------------------


def dyadic(rng, rows, columns, scale=64):
    """Entries between -2 and 2 that f32 has."""
    return [[rng.randint(-2 * scale, 2 * scale) / scale for _ in range(columns)] for _ in range(rows)]


def series(rng, first, symmetric=False):
    """A curve through `first`."""
    rows, columns = len(first), len(first[0])
    parts = [first] + [dyadic(rng, rows, columns) for _ in range(ORDERS - 1)]
    if symmetric:
        parts = [first] + [[[m[min(i, j)][max(i, j)] for j in range(columns)] for i in range(rows)] for m in parts[1:]]
    return parts


def hilbert(n):
    return [[1.0 / (i + j + 1) for j in range(n)] for i in range(n)]


def product(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def transposed(a):
    return [list(row) for row in zip(*a)]


def condition(a):
    """The condition number of the values, in the 2-norm."""
    s = mp.svd_r(mp.matrix(a), compute_uv=False)
    return float(s[0] / s[len(s) - 1])


# ---- Algorithms ----------------------------------------------------------------------------------------------------


def determinant(a):
    """By the expansion along the first row, since singular matrices are asked for."""
    if a.rows == 0:
        return mpf(1)
    total = mpf(0)
    for j in range(a.cols):
        minor = mp.matrix(a.rows - 1, a.cols - 1)
        for r in range(1, a.rows):
            for k, c in enumerate(c for c in range(a.cols) if c != j):
                minor[r - 1, k] = a[r, c]
        total += (-1) ** j * a[0, j] * determinant(minor)
    return total


def general(rng):
    cases = []

    def case(name, first, exact_in_f32=True):
        n = len(first)
        a, b = series(rng, first), series(rng, dyadic(rng, n, 1))
        cases.append(
            {
                "name": name,
                "n": n,
                "f32": exact_in_f32,
                "condition": condition(first),
                "a": [sum(part, []) for part in a],
                "b": [sum(part, []) for part in b],
                "solve": coefficients(lambda t: mp.lu_solve(at(a, t), at(b, t))),
                "inverse": coefficients(lambda t: at(a, t) ** -1),
                "determinant": coefficients(lambda t: mp.det(at(a, t))),
                "ln_determinant": coefficients(lambda t: mp.log(abs(mp.det(at(a, t))))),
                "sign": float(mp.sign(mp.det(at(a, 0)))),
            }
        )

    case("one by one", [[-1.5]])
    case("two by two", [[1.0, 2.0], [3.0, -1.0]])
    case("zeros on the diagonal", [[0.0, 2.0, 3.0], [4.0, 0.0, 4.0], [1.0, 4.0, 0.0]])
    case("a permutation", [[0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0]])
    case("triangular", [[2.0, 0.0, 0.0], [1.0, -0.5, 0.0], [3.0, 1.0, 1.0]])
    case("random, 5", dyadic(rng, 5, 5))
    case("random, 7", dyadic(rng, 7, 7))
    for n in (4, 6, 8):
        case(f"Hilbert, {n}", hilbert(n), exact_in_f32=False)
    case("nearly singular", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0 + 2.0**-30]], exact_in_f32=False)
    case("of many sizes", [[1e-8, 2.0, 1e3], [1.0, 1e8, 3.0], [0.5, 0.0, 1e-4]], exact_in_f32=False)
    # Hilbert's rounded to f32, and one that f32 can nearly not tell from a singular one.
    for n in (4, 6):
        rounded_to_f32 = [[struct.unpack("f", struct.pack("f", x))[0] for x in row] for row in hilbert(n)]
        case(f"Hilbert in f32, {n}", rounded_to_f32)
    case("nearly singular in f32", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0 + 2.0**-12]])
    case("nearly singular, 1e-13", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0 + 2.0**-43]], exact_in_f32=False)
    return cases


def singular(rng):
    cases = []

    def case(name, first):
        n = len(first)
        a = series(rng, first)
        cases.append(
            {
                "name": name,
                "n": n,
                "a": [sum(part, []) for part in a],
                "determinant": coefficients(lambda t: determinant(at(a, t))),
            }
        )

    case("zero, one by one", [[0.0]])
    case("rank 1 of 2", [[1.0, 2.0], [2.0, 4.0]])
    case("rank 2 of 3", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    case("a column of zeros", [[1.0, 0.0, 3.0, 1.0], [4.0, 0.0, 6.0, 0.5], [7.0, 0.0, 1.0, 2.0], [1.0, 0.0, 0.0, 1.0]])
    u, v = dyadic(rng, 5, 3, 4), dyadic(rng, 3, 5, 4)
    case("rank 3 of 5", product(u, v))
    u, v = dyadic(rng, 4, 1, 4), dyadic(rng, 1, 4, 4)
    case("rank 1 of 4", product(u, v))
    case("zero, three by three", [[0.0] * 3 for _ in range(3)])
    case("zero, four by four", [[0.0] * 4 for _ in range(4)])
    return cases


def permutation(a):
    """The rows in the order of partial pivoting of the values."""
    a, rows = [list(map(mpf, row)) for row in a], list(range(len(a)))
    for k in range(len(a)):
        p = max(range(k, len(a)), key=lambda i: abs(a[i][k]))
        a[k], a[p], rows[k], rows[p] = a[p], a[k], rows[p], rows[k]
        for i in range(k + 1, len(a)):
            factor = a[i][k] / a[k][k]
            a[i] = [x - factor * y for x, y in zip(a[i], a[k])]
    return rows


def doolittle(a):
    """L and U with a = L·U."""
    n = a.rows
    lower, upper = mp.eye(n), a.copy()
    for k in range(n):
        for i in range(k + 1, n):
            lower[i, k] = upper[i, k] / upper[k, k]
            for j in range(n):
                upper[i, j] -= lower[i, k] * upper[k, j]
    return lower, upper


def lu(rng):
    cases = []
    for name, first in (
        ("two by two", [[1.0, 2.0], [4.0, 4.0]]),
        ("zeros on the diagonal", [[0.0, 2.0, 3.0], [4.0, 0.0, 4.0], [1.0, 4.0, 0.0]]),
        ("random, 5", dyadic(rng, 5, 5)),
    ):
        a = series(rng, first)
        rows = permutation(first)

        def factors(t):
            m = at(a, t)
            return doolittle(mp.matrix([[m[i, j] for j in range(m.cols)] for i in rows]))

        cases.append(
            {
                "name": name,
                "n": len(first),
                "condition": condition(first),
                "a": [sum(part, []) for part in a],
                "rows": rows,
                "lower": coefficients(lambda t: factors(t)[0]),
                "upper": coefficients(lambda t: factors(t)[1]),
            }
        )
    return cases


def symmetric_part(m):
    return (m + m.T) / 2


def positive(rng):
    cases = []

    def case(name, first, symmetric=True):
        n = len(first)
        a, b = series(rng, first, symmetric), series(rng, dyadic(rng, n, 1))

        def factor(t):
            return mp.cholesky(symmetric_part(at(a, t)))

        def without_roots(t):
            lower, upper = doolittle(symmetric_part(at(a, t)))
            return flat(lower) + [upper[i, i] for i in range(n)]

        cases.append(
            {
                "name": name,
                "n": n,
                "condition": condition(first),
                "a": [sum(part, []) for part in a],
                "b": [sum(part, []) for part in b],
                "cholesky": coefficients(factor),
                "ldl": coefficients(without_roots),
                "solve": coefficients(lambda t: mp.lu_solve(symmetric_part(at(a, t)), at(b, t))),
            }
        )

    def gram(n):
        m = dyadic(rng, n, n, 4)
        a = product(m, transposed(m))
        return [[x + (i == j) for j, x in enumerate(row)] for i, row in enumerate(a)]

    case("one by one", [[2.25]])
    case("diagonal", [[4.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 9.0]])
    case("random, 5", gram(5))
    case("tangents that aren't symmetric", gram(4), symmetric=False)
    case("Hilbert, 4", hilbert(4))
    case("Hilbert, 6", hilbert(6))
    case("Hilbert, 8", hilbert(8))
    return cases


def gram_schmidt(a):
    """Q and R with a positive diagonal, by 220 digits."""
    q, r = mp.matrix(a.rows, a.cols), mp.matrix(a.cols, a.cols)
    for j in range(a.cols):
        v = a[:, j]
        for k in range(j):
            r[k, j] = sum(q[i, k] * v[i] for i in range(a.rows))
            v = v - r[k, j] * q[:, k]
        r[j, j] = mp.sqrt(sum(x**2 for x in v))
        for i in range(a.rows):
            q[i, j] = v[i] / r[j, j]
    return q, r


def tall(rng):
    cases = []

    def case(name, first):
        m, n = len(first), len(first[0])
        a, b = series(rng, first), series(rng, dyadic(rng, m, 1))

        def inverse(t):
            x = at(a, t)
            return (x.T * x) ** -1 * x.T

        cases.append(
            {
                "name": name,
                "m": m,
                "n": n,
                "condition": condition(first),
                "a": [sum(part, []) for part in a],
                "b": [sum(part, []) for part in b],
                "q": coefficients(lambda t: gram_schmidt(at(a, t))[0]),
                "r": coefficients(lambda t: gram_schmidt(at(a, t))[1]),
                "least_squares": coefficients(lambda t: inverse(t) * at(b, t)),
                "pseudo_inverse": coefficients(inverse),
            }
        )

    case("a column", [[3.0], [4.0], [0.0]])
    case("the first columns of the identity", [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    case("square", dyadic(rng, 3, 3))
    case("random, 6 by 4", dyadic(rng, 6, 4))
    case("Hilbert, 7 by 4", [row[:4] for row in hilbert(7)])
    case("powers, 9 by 5", [[(i / 8.0) ** j for j in range(5)] for i in range(9)])
    return cases


def eigen(m):
    """Eigenvalues of a symmetric matrix, ascending, and eigenvectors with a positive component of the largest size."""
    values, vectors = mp.eigsy(symmetric_part(m))
    for j in range(m.cols):
        column = [vectors[i, j] for i in range(m.rows)]
        size = max(map(abs, column))
        # The first, if some are equal up to the step.
        largest = next(x for x in column if abs(x) > size * (1 - mpf(10) ** -20))
        for i in range(m.rows):
            vectors[i, j] *= mp.sign(largest)
    return list(values), vectors


def symmetric(rng):
    cases = []

    def case(name, first, symmetric=True, exact_in_f32=True):
        a = series(rng, first, symmetric)
        values = eigen(mp.matrix(first))[0]
        gap = min([y - x for x, y in zip(values, values[1:])] or [max(map(abs, values))])
        cases.append(
            {
                "name": name,
                "n": len(first),
                "f32": exact_in_f32,
                "condition": float(max(map(abs, values)) / gap),
                "a": [sum(part, []) for part in a],
                "values": coefficients(lambda t: eigen(at(a, t))[0]),
                "vectors": coefficients(lambda t: eigen(at(a, t))[1]),
            }
        )

    case("one by one", [[-2.0]])
    case("diagonal", [[3.0, 0.0, 0.0, 0.0], [0.0, -1.0, 0.0, 0.0], [0.0, 0.0, 0.5, 0.0], [0.0, 0.0, 0.0, 2.0]])
    case("one that is zero", [[0.0, 0.0], [0.0, 1.0]])
    m = dyadic(rng, 5, 5)
    case("random, 5", [[m[min(i, j)][max(i, j)] for j in range(5)] for i in range(5)])
    m = dyadic(rng, 4, 4)
    case("tangents that aren't symmetric", [[m[min(i, j)][max(i, j)] for j in range(4)] for i in range(4)], False)
    case("Hilbert, 4", hilbert(4), exact_in_f32=False)
    case("near to each other", [[1.0, 0.0, 0.0], [0.0, 1.0 + 2.0**-12, 0.0], [0.0, 0.0, 2.0]])
    case("near to each other, coupled", [[1.0, 2.0**-12, 0.5], [2.0**-12, 1.0, 0.5], [0.5, 0.5, -1.0]])
    for gap in (1e-6, 1e-10):
        case(f"a gap of {gap:.0e}", [[1.0, 0.0, 0.0], [0.0, 1.0 + gap, 0.0], [0.0, 0.0, 2.0]], exact_in_f32=False)
        case(
            f"a gap of {gap:.0e}, coupled",
            [[1.0, gap, 0.5, 0.0], [gap, 1.0, 0.5, 0.0], [0.5, 0.5, -1.0, 0.25], [0.0, 0.0, 0.25, 3.0]],
            exact_in_f32=False,
        )
    case("Hilbert, 6", hilbert(6), exact_in_f32=False)
    return cases


def equal(rng):
    """Equal eigenvalues along a line: those of c + t·B(t) are c + t·μ(t), with the eigenvalues μ of B."""
    cases = []

    def case(name, c, first, turned=None):
        n = len(first)
        parts = [first] + [dyadic(rng, n, n) for _ in range(2)]
        parts = [[[m[min(i, j)][max(i, j)] for j in range(n)] for i in range(n)] for m in parts]
        scalar = [[c * (i == j) for j in range(n)] for i in range(n)]
        split = coefficients(lambda t: eigen(at(parts, t))[0])
        cases.append(
            {
                "name": name,
                "n": n,
                "a": [sum(part, []) for part in [scalar] + parts],
                "values": [[c] * n] + split[:3],
            }
        )

    case("zero", 0.0, [[3.0, 4.0], [4.0, -3.0]])
    case("a multiple of the identity", 2.0, [[1.0, 0.5, 0.0], [0.5, 2.0, 0.25], [0.0, 0.25, -1.0]])
    case("a diagonal that moves", 1.0, [[2.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 3.0]])
    return cases


def singular_values(m):
    """The decomposition of a matrix that isn't wider than high, with values that descend, from the one of (0, A; Aᵀ, 0)."""
    side = m.rows + m.cols
    both = mp.matrix(side, side)
    for i in range(m.rows):
        for j in range(m.cols):
            both[i, m.rows + j] = both[m.rows + j, i] = m[i, j]
    values, vectors = eigen(both)
    order = range(side - 1, m.rows - 1, -1)
    root = mp.sqrt(2)
    u = [root * vectors[i, j] for i in range(m.rows) for j in order]
    v = [root * vectors[i, j] for i in range(m.rows, side) for j in order]
    return [values[j] for j in order], u, v


def svd(rng):
    cases = []

    def case(name, first):
        a = series(rng, first)
        values = singular_values(mp.matrix(first))[0]
        gap = min([x - y for x, y in zip(values, values[1:])] + [values[-1]])
        cases.append(
            {
                "name": name,
                "m": len(first),
                "n": len(first[0]),
                "condition": float(values[0] / gap),
                "a": [sum(part, []) for part in a],
                "values": coefficients(lambda t: singular_values(at(a, t))[0]),
                "u": coefficients(lambda t: singular_values(at(a, t))[1]),
                "v": coefficients(lambda t: singular_values(at(a, t))[2]),
            }
        )

    case("a column", [[3.0], [0.0], [-4.0]])
    case("diagonal", [[3.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    case("negative", [[-2.0, 0.0], [0.0, 1.0]])
    case("random, 4 by 3", dyadic(rng, 4, 3))
    case("Hilbert, 4 by 3", [row[:3] for row in hilbert(4)])
    return cases


def denman_beavers(a):
    """The principal square root, by 220 digits."""
    x, y = a, mp.eye(a.rows)
    for _ in range(60):
        x, y = (x + y**-1) / 2, (y + x**-1) / 2
    return x


def logarithm(a):
    """The principal logarithm: roots until the series is short."""
    roots = 0
    while mp.mnorm(a - mp.eye(a.rows), 1) > mpf(10) ** -6:
        a, roots = denman_beavers(a), roots + 1
    x = a - mp.eye(a.rows)
    total, power = x * 0, mp.eye(a.rows)
    for k in range(1, 45):
        power = power * x
        total += power * (mpf(-1) ** (k + 1) / k)
    return total * 2**roots


def functions(rng):
    cases = []

    def case(name, first, principal=True):
        a = series(rng, first)
        found = {
            "name": name,
            "n": len(first),
            "condition": float(max(1, mp.mnorm(mp.matrix(first), 1))),
            "a": [sum(part, []) for part in a],
            "exp": coefficients(lambda t: mp.expm(at(a, t), method="taylor")),
        }
        if principal:
            found["spread"] = condition(first)
            found["sqrt"] = coefficients(lambda t: denman_beavers(at(a, t)))
            found["ln"] = coefficients(lambda t: logarithm(at(a, t)))
        cases.append(found)

    case("zero", [[0.0, 0.0], [0.0, 0.0]], principal=False)
    case("nilpotent", [[0.0, 1.0, 2.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]], principal=False)
    case("a rotation", [[0.0, -1.0], [1.0, 0.0]])
    case("the identity", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    case("a block of Jordan's", [[2.0, 1.0], [0.0, 2.0]])
    m = dyadic(rng, 4, 4)
    case("random, 4", [[x + 6.0 * (i == j) for j, x in enumerate(row)] for i, row in enumerate(m)])
    case("of a large norm", [[x * 8.0 for x in row] for row in dyadic(rng, 3, 3)], principal=False)
    case("of two sizes", [[100.0, 1.0], [0.5, 0.0625]])
    return cases


def general_eigen(m):
    """Eigenvalues by their real, then their imaginary parts: real parts first, then imaginary ones."""
    values = mp.eig(m, left=False, right=False)
    values = [mp.mpmathify(x) for x in values]
    values = sorted(values, key=lambda x: (round(float(mp.re(x)), 12), float(mp.im(x))))
    return [mp.re(x) for x in values] + [mp.im(x) for x in values]


def general_vectors(m):
    """The vectors in columns, in the order of general_eigen: of length 1, the first of the largest components positive. Real parts
    first, row by row, then imaginary ones."""
    values, vectors = mp.eig(m, left=False, right=True)
    values = [mp.mpmathify(x) for x in values]
    order = sorted(range(m.rows), key=lambda k: (round(float(mp.re(values[k])), 12), float(mp.im(values[k]))))
    columns = []
    for k in order:
        v = [mp.mpmathify(vectors[i, k]) for i in range(m.rows)]
        size = max(map(abs, v))
        largest = next(x for x in v if abs(x) > size * (1 - mpf(10) ** -20))
        scale = mp.conj(largest) / abs(largest) / mp.sqrt(sum(abs(x) ** 2 for x in v))
        columns.append([x * scale for x in v])
    return [part(column[i]) for part in (mp.re, mp.im) for i in range(m.rows) for column in columns]


def eigenvalues(rng):
    cases = []

    def case(name, first, in_f32=True):
        a = series(rng, first)
        values, left, right = mp.eig(mp.matrix(first), left=True, right=True)
        worst = 1.0
        for k in range(len(first)):
            u, v = [left[k, i] for i in range(len(first))], [right[i, k] for i in range(len(first))]
            size = mp.sqrt(sum(abs(x) ** 2 for x in u)) * mp.sqrt(sum(abs(x) ** 2 for x in v))
            worst = max(worst, float(size / abs(sum(x * y for x, y in zip(u, v)))))
        gap = min([abs(x - y) for i, x in enumerate(values) for y in values[:i]] or [mpf(1)])
        cases.append(
            {
                "name": name,
                "n": len(first),
                "f32": in_f32,
                "condition": worst * float(mp.mnorm(mp.matrix(first), 1) / gap),
                "a": [sum(part, []) for part in a],
                "values": coefficients(lambda t: general_eigen(at(a, t))),
                "vectors": coefficients(lambda t: general_vectors(at(a, t))),
            }
        )

    case("triangular", [[1.0, 2.0, 3.0], [0.0, 4.0, 5.0], [0.0, 0.0, -2.0]])
    case("a rotation", [[0.25, -1.0], [1.0, 0.25]])
    case("random, 5", dyadic(rng, 5, 5))
    case("a companion", [[0.0, 0.0, 0.0, -2.0], [1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 0.0, 0.5], [0.0, 0.0, 1.0, 1.0]])
    # After the others, whose random tangents stay so.
    case("diagonal", [[3.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, 0.5]])
    case("random, 7", dyadic(rng, 7, 7))
    case("near to each other", [[1.0, 2.0, 0.0], [0.0, 1.0 + 2.0**-8, 1.0], [0.0, 0.0, -1.0]], in_f32=False)
    return cases


def deficient(rng):
    """Matrices U(t)·V(t) of a rank that stays: their pseudo-inverse is V⁺·U⁺."""
    cases = []

    def case(name, m, n, rank, first=None, in_f32=True):
        u, v = first or (dyadic(rng, m, rank, 4), dyadic(rng, rank, n, 4))
        u, v = [u, dyadic(rng, m, rank, 4)], [v, dyadic(rng, rank, n, 4)]
        plus = lambda x, y: [[p + q for p, q in zip(r, s)] for r, s in zip(x, y)]
        # Products of small multiples of powers of 2, which doubles have exactly.
        a = [product(u[0], v[0]), plus(product(u[0], v[1]), product(u[1], v[0])), product(u[1], v[1])]
        b = series(rng, dyadic(rng, m, 1))

        def inverse(t):
            x, y = at(u, t), at(v, t)
            return y.T * (y * y.T) ** -1 * (x.T * x) ** -1 * x.T

        s = mp.svd_r(mp.matrix(a[0]), compute_uv=False)
        cases.append(
            {
                "name": name,
                "m": m,
                "n": n,
                "rank": rank,
                "f32": in_f32,
                "condition": float(s[0] / s[rank - 1]),
                "a": [sum(part, []) for part in a],
                "b": [sum(part, []) for part in b],
                "least_squares": coefficients(lambda t: inverse(t) * at(b, t)),
                "pseudo_inverse": coefficients(inverse),
            }
        )

    case("rank 1 of 2", 2, 2, 1, ([[1.0], [2.0]], [[1.0, 2.0]]))
    case("rank 2 of 3", 3, 3, 2)
    case("rank 2, 5 by 3", 5, 3, 2)
    case("rank 2, 3 by 5", 3, 5, 2)
    case("rank 3, 6 by 5", 6, 5, 3)
    case("a column and a row of zeros", 3, 3, 2, ([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]], [[0.0, 1.0, 0.0], [0.0, 0.0, 2.0]]))
    case("full, 5 by 3", 5, 3, 3)
    case("full, 3 by 5", 3, 5, 3)
    case("nearly of rank 1", 4, 3, 2, ([[1.0, 0.0], [1.0, 2.0**-20], [1.0, 0.0], [1.0, 2.0**-21]], [[1.0, 1.0, 1.0], [0.0, 1.0, -1.0]]), in_f32=False)
    return cases


GROUPS = {
    "functions": functions,
    "eigenvalues": eigenvalues,
    "general": general,
    "singular": singular,
    "lu": lu,
    "positive": positive,
    "tall": tall,
    "symmetric": symmetric,
    "equal": equal,
    "svd": svd,
    "deficient": deficient,
}


def main():
    """Writes the groups that are named, or all."""
    folder = os.path.dirname(os.path.abspath(__file__))
    for name in sys.argv[1:] or GROUPS:
        with open(os.path.join(folder, f"{name}.json"), "w", encoding="utf-8") as file:
            json.dump(GROUPS[name](random.Random(name)), file, indent=None, separators=(",", ":"))
            file.write("\n")


main()
