"""Writes rotations.json: rotations and rigid motions and their derivatives along lines, from mpmath.

    python rotations.py > rotations.json

A case is a function, a point x, a direction v, and d, the value and the first three derivatives of t ↦ f(x + t·v) at 0.
`exact` says whether all numbers of x and v are f32s. `condition` is how much faster than its point the result moves.

The formulas are others than those of the crate: series of matrices for exponentials and Jacobians, the arctangent for
logarithms, sines for slerp, axis and angle for the rotation between vectors. Computed to 200 digits, derivatives by central
differences of step 10⁻³⁵, of which 50 digits are right; each number is rounded once to double precision.
"""

import json
from struct import pack, unpack

from mpmath import atan2, eye, matrix, mp, mpf, pi, sin, sqrt, zeros

mp.dps = 200
STEP = mpf(10) ** -35


# ---- Formulas ------------------------------------------------------------------------------------------------------

def norm(v):
    return sqrt(sum(a * a for a in v))


def hat(v):
    x, y, z = v
    return matrix([[0, -z, y], [z, 0, -x], [-y, x, 0]])


def series(a, shift):
    """Σ aⁿ/(n + shift)!"""
    total, term, n = zeros(a.rows), eye(a.rows) / mp.factorial(shift), 0
    while mp.norm(term, 'inf') > mpf(10) ** -220:
        total += term
        n += 1
        term = term * a / (n + shift)
    return total


def adjoint(xi):
    """[K P; 0 K] of ξ = (ρ, φ)"""
    ad = zeros(6)
    ad[0:3, 0:3] = ad[3:6, 3:6] = hat(xi[3:])
    ad[0:3, 3:6] = hat(xi[:3])
    return ad


def flat(m):
    return [m[i, j] for i in range(m.rows) for j in range(m.cols)]


def rotation(phi):
    return series(hat(phi), 0)


def quaternion(phi):
    """By the square root of e^K, as of [w, u]: the series of quaternions as 4 × 4 matrices."""
    x, y, z = [a / 2 for a in phi]
    m = series(matrix([[0, -x, -y, -z], [x, 0, -z, y], [y, z, 0, -x], [z, -y, x, 0]]), 0)
    return [m[i, 0] for i in range(4)]


def product(p, q):
    a, b, c, d = p
    w, x, y, z = q
    return [a * w - b * x - c * y - d * z, a * x + b * w + c * z - d * y,
            a * y - b * z + c * w + d * x, a * z + b * y - c * x + d * w]


def log(q):
    q = [-a for a in q] if q[0] < 0 else q
    s = norm(q[1:])
    return [2 * a * (atan2(s, q[0]) / s if s else 1) for a in q[1:]]


def motion(xi):
    m = zeros(4)
    m[0:3, 0:3] = hat(xi[3:])
    m[0:3, 3] = matrix(xi[:3])
    return series(m, 0)


def of_quaternion_and_vector(xi):
    return quaternion(xi[3:]) + [motion(xi)[i, 3] for i in range(3)]


def log_of_motions(x):
    m = motion(x[:6]) * motion(x[6:])
    phi = log(product(quaternion(x[3:6]), quaternion(x[9:])))
    j = series(hat(phi), 1)
    return flat(mp.lu_solve(j, m[0:3, 3])) + phi


def slerp(x):
    p, q, t = quaternion(x[:3]), quaternion(x[3:6]), x[6]
    if sum(a * b for a, b in zip(p, q)) < 0:
        q = [-a for a in q]
    angle = 2 * atan2(norm([a - b for a, b in zip(p, q)]), norm([a + b for a, b in zip(p, q)]))
    if not angle:
        return p
    return [(sin((1 - t) * angle) * a + sin(t * angle) * b) / sin(angle) for a, b in zip(p, q)]


def between(x):
    a, b = x[:3], x[3:]
    c = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    angle = atan2(norm(c), sum(s * t for s, t in zip(a, b)))
    return quaternion([s * angle / norm(c) if angle else mpf(0) for s in c])


FUNCTIONS = {
    "quaternion::exp": quaternion,
    "so3::exp": lambda x: flat(rotation(x)),
    "log of product": lambda x: log(product(quaternion(x[:3]), quaternion(x[3:]))),
    "so3::left_jacobian": lambda x: flat(series(hat(x), 1)),
    "so3::left_jacobian_inverse": lambda x: flat(series(hat(x), 1) ** -1),
    "se3::exp": of_quaternion_and_vector,
    "se3::log of product": log_of_motions,
    "se3::left_jacobian": lambda x: flat(series(adjoint(x), 1)),
    "se3::left_jacobian_inverse": lambda x: flat(series(adjoint(x), 1) ** -1),
    "slerp": slerp,
    "rotation_between": between,
}


# ---- Points --------------------------------------------------------------------------------------------------------

def single(x):
    return unpack('f', pack('f', x))[0]


AXES = [[0.0, 0.0, 1.0], [0.48, -0.6, 0.64], [-2 / 3, 1 / 3, 2 / 3]]
ROLLING = [[0.5, -0.25, 1.0], [-0.75, 0.5, 0.125], [0.25, 1.0, -0.5], [1.0, 0.375, 0.625]]
SMALL = [0.0, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.125]
MIDDLE = [0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
TO_PI = [float(pi) - d for d in [0.03, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12]]
BEYOND = [float(pi), 3.5, 4.5, 5.5, 6.0]

cases = []


def case(name, x, v, condition=1, exact=True):
    if exact:
        x = [single(a) for a in x]
    assert v == [single(a) for a in v]
    f, x0, v0 = FUNCTIONS[name], [mpf(a) for a in x], [mpf(a) for a in v]
    before2, before, at, after, after2 = [f([a + k * STEP * b for a, b in zip(x0, v0)]) for k in range(-2, 3)]
    d = [at,
         [(p - m) / (2 * STEP) for m, p in zip(before, after)],
         [(p - 2 * o + m) / STEP ** 2 for m, o, p in zip(before, at, after)],
         [(p2 - 2 * p + 2 * m - m2) / (2 * STEP ** 3) for m2, m, p, p2 in zip(before2, before, after, after2)]]
    rounded = [[float(a) if abs(a) > mpf(10) ** -45 else 0.0 for a in row] for row in d]
    cases.append({"fn": name, "x": x, "v": v, "condition": condition, "exact": exact, "d": rounded})


def times(s, v):
    return [s * a for a in v]


def rolled(n, length):
    return (ROLLING[n % 4] + ROLLING[(n + 1) % 4] + ROLLING[(n + 2) % 4] + ROLLING[(n + 3) % 4])[:length]


for n, angle in enumerate(SMALL + MIDDLE + TO_PI + BEYOND):
    axis, rho = AXES[n % 3], [1.0, -2.0, 0.5]
    exact, sharp = angle not in TO_PI, angle > 3
    phi = times(angle, axis)
    for name in ["quaternion::exp", "so3::exp", "so3::left_jacobian"]:
        case(name, phi, rolled(n, 3), exact=exact)
    for name in ["se3::exp", "se3::left_jacobian"]:
        case(name, rho + phi, rolled(n, 6), exact=exact)
    # Towards 2π the inverse grows.
    condition = 1 if angle < 4 else 1 / (2 * float(pi) - angle) + 1
    case("so3::left_jacobian_inverse", phi, rolled(n, 3), condition, exact)
    case("se3::left_jacobian_inverse", rho + phi, rolled(n, 6), condition, exact)
    if angle < float(pi):
        case("log of product", phi + [0.0] * 3, rolled(n, 6), exact=exact)
        case("se3::log of product", rho + phi + [0.0] * 6, rolled(n, 12), exact=exact)
        case("slerp", [0.0] * 3 + phi + [0.375], rolled(n, 6) + [0.5], exact=exact)
        case("slerp", [0.3, -0.4, 0.2] + [0.3, -0.4, 0.2 + angle / 2] + [0.75], rolled(n + 1, 6) + [0.25], exact=exact)

# Products near the identity, by turns and half-turns back; the quaternion of the last ones has w < 0.
for n, tiny in enumerate([0.0, 1e-12, 1e-8, 1e-6, 1e-4]):
    for turn in [1.0, 2.5, 3.0]:
        back = [-turn * 0.48, turn * 0.6 + tiny, -turn * 0.64]
        case("log of product", [turn * 0.48, -turn * 0.6, turn * 0.64] + back, rolled(n, 6))
    case("log of product", [0.0, 0.0, 4.0, 0.0, tiny, 2.25], rolled(n, 6))

# A quarter and a half are more than a half turn: w < 0.
case("log of product", [2.0, 0.0, 0.0, 2.5, 0.25, 0.0], rolled(0, 6))
case("slerp", [1.0, 0.0, 0.0, 6.0, 0.5, 0.0, 0.25], rolled(1, 6) + [1.0])  # 5 rad apart
for n, tiny in enumerate([1e-12, 1e-8, 1e-4, 0.01]):
    # Quaternions that are nearly opposite: a whole turn apart.
    case("slerp", [0.0, 0.0, 0.0, 0.0, 0.0, 2 * float(pi) - tiny, 0.25], rolled(n, 6) + [1.0], exact=False)

# Between vectors: nearly parallel, across, nearly opposite.
for n, tiny in enumerate([0.0, 1e-12, 1e-8, 1e-4, 0.01, 0.5]):
    case("rotation_between", [0.0, 0.0, 1.0, tiny, 0.0, 1.0], rolled(n, 6))
    case("rotation_between", [1.0, 2.0, -2.0, 2.0 + tiny, 4.0 - tiny, -4.0 + tiny], rolled(n + 1, 6), exact=tiny > 0.005 or not tiny)
case("rotation_between", [1.0, 0.0, 0.0, 0.0, 3.0, 0.0], rolled(2, 6))
case("rotation_between", [1.0, 2.0, 2.0, -2.0, 0.5, -1.0], rolled(3, 6))
for n, tiny in enumerate([0.25, 0.01, 1e-3, 1e-4, 1e-6]):
    case("rotation_between", [0.0, 0.0, 1.0, tiny, 0.0, -1.0], rolled(n, 6), 1 / tiny)
    case("rotation_between", [1.0, 2.0, -2.0, -1.0 + tiny, -2.0, 2.0], rolled(n + 1, 6), 3 / tiny, exact=tiny > 0.005)

print("[" + ",\n".join(json.dumps(c) for c in cases) + "]")
