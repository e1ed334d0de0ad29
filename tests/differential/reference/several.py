"""Functions of several variables: their Taylor series, and the points where they are singular."""

from elementary import Huge, Outside, inside
from functions import UNARY, to_pole_of_gamma, trunc
from mpmath import inf, mp, mpf, workdps
from series import Series, apply, power


class Unknown(Exception):
    """The reference doesn't say what the derivatives are."""


def of(name, s):
    """A function of one variable, of a series."""
    return apply(UNARY[name][0](s.c[0], s.layout.n), s)


def digits(extra):
    if extra > 700:
        raise Unknown("digits")
    return workdps(mp.dps + max(0, int(extra)))


def powf(x, y):
    base, exponent = x.c[0], y.c[0]
    if not any(y.c[1:]):
        p = int(exponent) if exponent == int(exponent) else exponent
        if abs(exponent * (mp.mag(base) if base else 0)) > 10**6:
            raise Huge
        inside(base > 0 or isinstance(p, int))
        if base == 0 and p < 0:
            raise Outside
        return apply(power(base, p, x.layout.n), x)
    if base < 0:
        raise Unknown("a negative base with a moving exponent")
    return of("exp", y * of("ln", x))


def atan2(y, x):
    angle = of("atan", y / x) if abs(x.c[0]) >= abs(y.c[0]) else -of("atan", x / y)
    return angle.shifted(mp.atan2(y.c[0], x.c[0]))


def norm(*x):
    return of("sqrt", sum((a * a for a in x[1:]), x[0] * x[0]))


def safe_norm(x, y, least):
    h = norm(x, y)
    return h if h.c[0] > least.c[0] else least


def rem(x, y):
    return x - y * trunc(x.c[0] / y.c[0])


def euclidean_quotient(x, y):
    q = x.c[0] / y.c[0]
    return mp.floor(q) if y.c[0] > 0 else mp.ceil(q)


def copysign(x, s):
    return x if (x.c[0] < 0) == (s.c[0] < 0) else -x


def clamp(x, low, high):
    inside(low.c[0] <= high.c[0])
    return low if x.c[0] < low.c[0] else high if x.c[0] > high.c[0] else x


def smoothstep(x, low, high):
    t = (x - low) / (high - low)
    if t.c[0] <= 0:
        return Series.constant(x.layout, 0)
    if t.c[0] >= 1:
        return Series.constant(x.layout, 1)
    return t * t * (3 - t * 2)


def logsumexp(*x):
    largest = max(a.c[0] for a in x)
    with digits(min(690, 0.45 * float(min(2000, largest - min(a.c[0] for a in x))))):
        return of("ln", sum((of("exp", a - largest) for a in x[1:]), of("exp", x[0] - largest))) + largest


def softmax(i):
    def f(*x):
        spread = max(a.c[0] for a in x) - min(a.c[0] for a in x)
        with digits(min(690, 0.45 * float(min(2000, spread)))):
            return of("exp", x[i] - logsumexp(*x))

    return f


def ln_beta(a, b):
    with digits(0.302 * (abs(mp.mag(a.c[0])) + abs(mp.mag(b.c[0])) + 60)):
        return of("ln_gamma", a) + of("ln_gamma", b) - of("ln_gamma", a + b)


def beta(a, b):
    log = ln_beta(a, b)
    if log.c[0] > 10**6:
        raise Huge
    value = mp.exp(log.c[0])
    for x in (a.c[0], b.c[0], (a + b).c[0]):
        if x < 0 and int(mp.floor(x)) % 2:
            value = -value
    return of("exp", log.shifted(0)) * value


def huber(x, delta):
    inside(delta.c[0] >= 0)
    if abs(x.c[0]) <= delta.c[0]:
        return x * x * mpf(0.5)
    return delta * ((x if x.c[0] > 0 else -x) - delta * mpf(0.5))


def xlogy(x, y):
    return x * of("ln", y)


def choose(a, b, x, y):
    return x if a.c[0] < b.c[0] else y


# name: (function, category): "arithmetic" rounds correctly, "elementary" to a few roundings, "special" to a few roundings
# of the arguments too.
SEVERAL = {
    "add": (lambda x, y: x + y, "arithmetic"),
    "sub": (lambda x, y: x - y, "arithmetic"),
    "mul": (lambda x, y: x * y, "arithmetic"),
    "div": (lambda x, y: x / y, "arithmetic"),
    "rem": (rem, "arithmetic"),
    "mul_add": (lambda x, y, z: x * y + z, "arithmetic"),
    "max": (lambda x, y: x if x.c[0] > y.c[0] else y, "arithmetic"),
    "min": (lambda x, y: x if x.c[0] < y.c[0] else y, "arithmetic"),
    "abs_sub": (lambda x, y: x - y if x.c[0] > y.c[0] else Series.constant(x.layout, 0), "arithmetic"),
    "clamp": (clamp, "arithmetic"),
    "copysign": (copysign, "arithmetic"),
    "div_euclid": (lambda x, y: Series.constant(x.layout, euclidean_quotient(x, y)), "elementary"),
    "rem_euclid": (lambda x, y: x - y * euclidean_quotient(x, y), "euclidean"),
    "select": (choose, "arithmetic"),
    "powf": (powf, "elementary"),
    "log": (lambda x, b: of("ln", x) / of("ln", b), "elementary"),
    "hypot": (norm, "elementary"),
    "atan2": (atan2, "elementary"),
    "hypot3": (norm, "elementary"),
    "norm2": (norm, "elementary"),
    "norm3": (norm, "elementary"),
    "safe_norm2": (safe_norm, "elementary"),
    "smoothstep": (smoothstep, "elementary"),
    "beta": (beta, "special"),
    "ln_beta": (ln_beta, "special"),
    "xlogy": (xlogy, "elementary"),
    "xlog1py": (lambda x, y: x * of("ln_1p", y), "elementary"),
    "logsumexp2": (logsumexp, "special"),
    "logsumexp3": (logsumexp, "special"),
    "logaddexp": (logsumexp, "special"),
    "norm_squared2": (lambda x, y: x * x + y * y, "elementary"),
    "huber": (huber, "elementary"),
    "softmax2:0": (softmax(0), "special"),
    "softmax2:1": (softmax(1), "special"),
    "softmax3:0": (softmax(0), "special"),
    "softmax3:2": (softmax(2), "special"),
}
ARITY = {"mul_add": 3, "clamp": 3, "hypot3": 3, "norm3": 3, "safe_norm2": 3, "smoothstep": 3, "logsumexp3": 3,
         "softmax3:0": 3, "softmax3:2": 3, "select": 4, "lerp": 3, "sum3": 3, "product3": 3}  # fmt: skip
# What is made of others, each with its own roundings.
MACROS = {
    "lerp": lambda a, b, t: ("add", ("mul", a, ("sub", ("constant", 1.0), t)), ("mul", b, t)),
    "sum3": lambda a, b, c: ("add", ("add", a, b), c),
    "product3": lambda a, b, c: ("mul", ("mul", a, b), c),
}


# What a norm is off before it is compared, in either format.
ROUGH = mpf(2) ** -22


def gaps(name, v, e, fixed):
    """How far the arguments `v` with errors `e` are from singular points: (kind, distance, its error, the arguments).

    `fixed` says which of them are exact constants.
    """

    def between(kind, i, j):
        return (kind, abs(v[i] - v[j]), e[i] + e[j], (i, j))

    def alone(kind, i, distance):
        return (kind, distance, e[i], (i,))

    if name in ("max", "min", "abs_sub"):
        return [between("kink", 0, 1)]
    if name == "clamp" and v[1] == v[2]:
        raise Unknown("bounds that coincide")
    if name in ("clamp", "smoothstep"):
        more = [between("pole", 1, 2)] if name == "smoothstep" else []
        return [between("kink", 0, 1), between("kink", 0, 2)] + more
    if name == "huber":
        return [("kink", abs(abs(v[0]) - v[1]), e[0] + e[1], (0, 1))]
    if name == "select":
        return [between("jump", 0, 1)]
    if name == "copysign":
        return [alone("kink", 0, abs(v[0])), alone("jump", 1, abs(v[1]))]
    if name == "div":
        return [alone("pole", 1, abs(v[1]))]
    if name in ("rem", "rem_euclid", "div_euclid"):
        if v[1] == 0:
            return [alone("pole", 1, mpf(0))]
        q = v[0] / v[1]
        k = mp.nint(q)
        if abs(k) > 2**53:
            raise Unknown("a quotient that isn't an integer of the floats")
        if name == "rem" and k == 0:
            k = mp.sign(q) if q else mpf(1)
        return [
            alone("pole", 1, abs(v[1])),
            ("jump", abs(v[0] - k * v[1]), e[0] + abs(k) * e[1], (0, 1)),
        ]
    if name == "powf":
        x, y = v
        polynomial = fixed[1] and y == mp.floor(y) and y >= 0
        return [] if polynomial else [alone("pole", 0, abs(x))]
    if name == "log":
        return [alone("pole", 0, abs(v[0])), alone("pole", 1, min(abs(v[1]), abs(v[1] - 1)))]
    if name in ("hypot", "norm2", "hypot3", "norm3", "atan2"):
        h = mp.sqrt(sum(x * x for x in v))
        whole = ("pole" if name == "atan2" else "kink", h, max(e), tuple(range(len(v))))
        cut = [alone("jump", 0, abs(v[0]))] if name == "atan2" and v[1] < 0 else []
        return [whole] + cut
    if name == "safe_norm2":
        h = mp.hypot(v[0], v[1])
        edge = ("kink", abs(h - v[2]), sum(e) + h * ROUGH, (0, 1, 2))
        return [edge] + ([("kink", h, e[0] + e[1], (0, 1))] if h > v[2] or h == v[2] == 0 else [])
    if name in ("xlogy", "xlog1py"):
        distance = abs(v[1] + (name == "xlog1py"))
        if v[0] == 0 and distance == 0:
            raise Unknown("zero times the logarithm of zero")
        return [alone("pole", 1, distance)]
    if name in ("beta", "ln_beta"):
        return [
            alone("pole", 0, to_pole_of_gamma(v[0])),
            alone("pole", 1, to_pole_of_gamma(v[1])),
            ("pole", to_pole_of_gamma(v[0] + v[1]), e[0] + e[1], (0, 1)),
        ]
    return []


def scales(name, v):
    """The scale on which the function changes in each argument, where that isn't the distance to a singular point."""
    if name.startswith(("logsumexp", "logaddexp", "softmax")):
        return [mpf(1)] * len(v)
    if name == "powf" and v[0] > 0:
        return [v[0] / (1 + abs(v[1])), 1 / (abs(mp.ln(v[0])) + mpf(10) ** -30)]
    if name in ("hypot", "norm2", "hypot3", "norm3", "atan2"):
        return [mp.sqrt(sum(x * x for x in v))] * len(v)
    return [inf] * len(v)
