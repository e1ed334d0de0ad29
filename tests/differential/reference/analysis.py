"""The exact derivatives of a tree at a point, and how far rounding may carry those of floats from them.

Every node has the Taylor series of the exact function, and beside each coefficient a bound of the error that a careful
evaluation in floats makes, to first order: what the function itself rounds, and what comes from its arguments' errors.
"""

from math import factorial, prod

from catalogue import Function, Local
from elementary import Huge, Outside
from mpmath import mpf
from series import Series, layout
from several import MACROS, Unknown

# An argument's error is a small part of the distance to what is singular, so that first order suffices.
SMALL = mpf(2) ** -7
NEVER = 99
# So near to a singular point is only what is beside another one.
NEAR = mpf(10) ** -20
CHOICES = {"select", "max", "min", "clamp", "abs_sub"}


class Singular(Exception):
    """The point is a kink, a jump, a pole or an end of a domain, exactly."""


class Format:
    """A format of floats."""

    def __init__(self, digits, least, most):
        self.digits, self.least = digits, least
        self.unit, self.eta, self.max = mpf(2) ** -digits, mpf(2) ** least, mpf(2) ** most
        # Beyond it something may overflow on the way.
        self.large = self.max / 16

    def holds(self, x):
        """Whether x is one of the floats."""
        _, mantissa, exponent, bits = mpf(x)._mpf_
        return bits <= self.digits and (mantissa == 0 or exponent >= self.least) and abs(x) < self.max


FORMATS = {"f64": Format(53, -1074, 1024), "f32": Format(24, -149, 128)}


class Node:
    """A part of a tree: its series, the errors of the coefficients, the variables in it, its value at the exact point
    (None where there is none), and the order from which on something overflows."""

    __slots__ = ("s", "e", "names", "at", "overflow")

    def __init__(self, s, e, names, at, overflow=NEVER):
        self.s, self.e, self.names, self.at, self.overflow = s, e, names, at, overflow

    @property
    def value(self):
        return self.s.c[0]

    @property
    def exact(self):
        return self.e.c[0] == 0

    @property
    def fixed(self):
        return not self.names and self.exact


class Run:
    """An evaluation of a tree at `point`, or beside it at `x`."""

    def __init__(self, kind, n, point, x=None):
        self.format, self.layout = FORMATS[kind], layout(len(point), n)
        self.point = [mpf(a) for a in point]
        self.x, self.beside = (self.point, False) if x is None else (x, True)
        # What is singular at the point, as found beside it: kind, variables, gradients of what crosses it.
        self.events = []

    def constant(self, x):
        return Series.constant(self.layout, x)

    def node(self, tree):
        if isinstance(tree, float):
            return Node(self.constant(tree), self.constant(0), frozenset(), mpf(tree))
        if isinstance(tree, int):
            variable = Series.variable(self.layout, self.x[tree], tree)
            return Node(variable, self.constant(0), frozenset([tree]), self.point[tree])
        name, arguments = tree[0], tree[1:]
        if name in MACROS:
            return self.node(MACROS[name](*arguments))
        arguments = [self.node(a) for a in arguments]
        if name == "stop_gradient":
            (a,) = arguments
            overflow = a.overflow if a.overflow == 0 else NEVER
            return Node(self.constant(a.value), self.constant(a.e.c[0]), frozenset(), a.at, overflow)
        return self.apply(Function(name), arguments)

    def apply(self, function, arguments):
        values = [a.value for a in arguments]
        errors = [a.e.c[0] for a in arguments]
        active = function.active([not a.fixed for a in arguments])
        found = self.singular_points(function, arguments)
        for kind, distance, error, which in function.gaps(values, errors, [a.fixed for a in arguments]):
            if (kind, which) not in found and error > SMALL * distance:
                raise Unknown("near a " + kind)
        try:
            series = function.taylor(values, active, self.layout.n + 1)
        except Outside:
            if all(a.fixed for a in arguments):
                raise Unknown("a constant outside the domain") from None
            raise
        local = Local(function, series, values, active, self.format.unit)
        if any(errors[i] > SMALL * local.limits[i] for i in active):
            raise Unknown("ill-conditioned")
        if abs(series.c[0]) > self.format.max**16:
            raise Huge
        # Which side of a jump the value is on isn't the sides' to say.
        jumps = any(kind == "jump" for kind, _ in found)
        return self.composed(local, arguments, None if jumps else self.value_at_point(function, arguments))

    def value_at_point(self, function, arguments):
        if not self.beside:
            return None
        if any(a.at is None for a in arguments):
            if function.name in CHOICES:
                raise Unknown("a choice by what has no value")
            return None
        try:
            return function.taylor([a.at for a in arguments], [], 0).c[0]
        except (Outside, Unknown, Huge, ZeroDivisionError, ValueError):
            return None

    def singular_points(self, function, arguments):
        """Those that the exact point is on, by kind and arguments, which beside it are noted."""
        at = [a.at if self.beside else a.value for a in arguments]
        values, fixed, zeros = [a.value for a in arguments], [a.fixed for a in arguments], [mpf(0)] * len(at)
        if any(x is None for x in at):
            if any(distance < NEAR for _, distance, _, _ in function.gaps(values, zeros, fixed)):
                raise Unknown("singular beyond a singular point")
            return []
        found = []
        for kind, distance, _, which in function.gaps(at, zeros, fixed):
            involved = [arguments[i] for i in which]
            if distance != 0:
                continue
            names = frozenset().union(*(a.names for a in involved))
            if not names:
                if kind != "kink":
                    raise Unknown("a constant " + kind)
                continue
            if kind == "kink" and len(involved) == 2 and not any((involved[0].s - involved[1].s).c):
                continue  # One and the same number twice.
            if not self.beside:
                if all(a.exact for a in involved):
                    raise Singular(kind)
                continue
            if all(d == 0 for k, d, _, w in function.gaps(values, zeros, fixed) if (k, w) == (kind, which)):
                if kind == "jump":
                    raise Unknown("a jump all around")
                continue
            found.append((kind, which))
            gradients = [a.s.c[1 : 1 + self.layout.d] for a in involved]
            if kind == "kink" and len(involved) == 2:
                gradients = [[p - q for p, q in zip(*gradients)]]
            self.events.append((kind, names, gradients))
        return found

    def error_of_value(self, local, arguments, at):
        """What the function itself rounds, exact arguments given."""
        f, function = self.format, local.function
        value = local.series.c[0]
        where = value if at is None else at
        origin = (0,) * local.series.layout.d
        exact = all(a.exact for a in arguments)
        if function.category == "arithmetic":
            return mpf(0) if exact and f.holds(where) else f.unit * abs(value) + f.eta
        simple = where == 0 or (abs(where) == 1 and all(abs(v) in (0, 1) for v in local.values))
        if exact and (simple or (function.name.startswith("powi:") and f.holds(where))):
            return mpf(0)
        return local.own_error(origin) + 4 * f.eta

    def composed(self, local, arguments, at):
        """The function of the arguments, by Taylor's formula, and its error."""
        f, names = self.format, frozenset().union(*(a.names for a in arguments))
        out = self.constant(local.series.c[0])
        error = self.constant(self.error_of_value(local, arguments, at))
        overflow = min([a.overflow for a in arguments] + ([0] if abs(out.c[0]) > f.large else []))
        arguments = [arguments[i] for i in local.active]
        if not arguments:
            return Node(out, error, names, at, overflow)
        origin = (0,) * len(arguments)
        error.c[0] += sum(local.moved(origin, i) * a.e.c[0] for i, a in enumerate(arguments))
        moves = [a.s.shifted(0) for a in arguments]
        sizes = [m.map(abs) for m in moves]
        slips = [a.e.shifted(0) for a in arguments]
        # Products of the arguments' moves, of their sizes, and the errors of the products.
        powers = {origin: (self.constant(1), self.constant(1), self.constant(0))}
        for beta in layout(len(arguments), self.layout.n).exponents[1:]:
            i = max(j for j, b in enumerate(beta) if b)
            move, size, slip = powers[tuple(b - (j == i) for j, b in enumerate(beta))]
            move, size, slip = move * moves[i], size * sizes[i], slip * sizes[i] + size * slips[i]
            powers[beta] = move, size, slip
            c = local.coefficient(beta)
            slope_error = local.own_error(beta)
            slope_error += sum(local.moved(beta, j) * a.e.c[0] for j, a in enumerate(arguments) if not a.exact)
            if (c == 0 and slope_error == 0) or not (any(size.c) or any(slip.c)):
                continue
            out, error = out + move * c, error + size * (slope_error + f.eta) + slip * abs(c)
            if max(abs(c), local.natural_size(beta)) * prod(map(factorial, beta)) > f.large:
                overflow = min(overflow, sum(beta))
            for s, order in zip(size.c, self.layout.orders):
                if abs(c) * s * factorial(order) > f.large:
                    overflow = min(overflow, order)
        rounded = [x + f.eta if x or y else x for x, y in zip(error.c[1:], out.c[1:])]
        return Node(out, Series(self.layout, error.c[:1] + rounded), names, at, overflow)
