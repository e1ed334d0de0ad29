"""Truncated Taylor series in several variables, with coefficients of many digits."""

from functools import lru_cache
from itertools import product

from mpmath import mpf


class Layout:
    """The monomials of `d` variables up to total order `n`, by order, and which pairs of them make which product."""

    def __init__(self, d, n):
        self.d, self.n = d, n
        exponents = (e for e in product(range(n + 1), repeat=d) if sum(e) <= n)
        self.exponents = sorted(exponents, key=lambda e: (sum(e), [-i for i in e]))
        self.index = {e: k for k, e in enumerate(self.exponents)}
        self.orders = [sum(e) for e in self.exponents]
        self.pairs = [[] for _ in self.exponents]
        for i, a in enumerate(self.exponents):
            for j, b in enumerate(self.exponents):
                k = self.index.get(tuple(p + q for p, q in zip(a, b)))
                if k is not None:
                    self.pairs[k].append((i, j))


@lru_cache(None)
def layout(d, n):
    return Layout(d, n)


ZERO = mpf(0)


class Series:
    """A series: its layout and its coefficients."""

    __slots__ = ("layout", "c")

    def __init__(self, layout, c):
        self.layout, self.c = layout, c

    @staticmethod
    def constant(layout, x):
        return Series(layout, [mpf(x)] + [ZERO] * (len(layout.exponents) - 1))

    @staticmethod
    def variable(layout, x, i=0):
        s = Series.constant(layout, x)
        if layout.n > 0:
            s.c[layout.index[tuple(int(i == j) for j in range(layout.d))]] = mpf(1)
        return s

    def shifted(self, x):
        """The series with another constant term."""
        return Series(self.layout, [mpf(x)] + self.c[1:])

    def map(self, f):
        return Series(self.layout, [f(a) for a in self.c])

    def of(self, x):
        return x if isinstance(x, Series) else Series.constant(self.layout, x)

    def __add__(self, other):
        return Series(self.layout, [a + b for a, b in zip(self.c, self.of(other).c)])

    def __sub__(self, other):
        return Series(self.layout, [a - b for a, b in zip(self.c, self.of(other).c)])

    def __rsub__(self, other):
        return self.of(other) - self

    def __neg__(self):
        return self.map(lambda a: -a)

    def __mul__(self, other):
        if not isinstance(other, Series):
            return self.map(lambda a: a * other)
        a, b = self.c, other.c
        c = []
        for pairs in self.layout.pairs:
            total = ZERO
            for i, j in pairs:
                p, q = a[i], b[j]
                if p and q:
                    total += p * q
            c.append(total)
        return Series(self.layout, c)

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, other):
        return self * apply(power(other.c[0], -1, self.layout.n), other)


def apply(coefficients, s):
    """The function whose Taylor coefficients at the value of `s` are these, of `s`."""
    ds = s.shifted(0)
    result = Series.constant(s.layout, coefficients[s.layout.n])
    for c in reversed(coefficients[: s.layout.n]):
        result = result * ds
        result.c[0] = result.c[0] + c
    return result


def power(x, p, n):
    """Taylor coefficients of xᵖ: p an integer, or x positive."""
    c = []
    for k in range(n + 1):
        falling = mpf(1)
        for j in range(k):
            falling = falling * (p - j) / (j + 1)
        c.append(falling * mpf(x) ** (p - k) if falling else ZERO)
    return c


def line(x, n):
    """The variable x + t of one variable, for functions that are defined by algebra."""
    return Series.variable(layout(1, n), x)


def integrated(value, slopes):
    """The series that has this value and these coefficients of the slope."""
    return [mpf(value)] + [s / (k + 1) for k, s in enumerate(slopes)]


def reverted(y, coefficients):
    """Taylor coefficients of the inverse of the function that has these coefficients at y."""
    n = len(coefficients) - 1
    inverse = Series.constant(layout(1, n), y)
    if n > 0:
        inverse.c[1] = 1 / coefficients[1]
    for k in range(2, n + 1):
        inverse.c[k] = -apply(coefficients, inverse).c[k] / coefficients[1]
    return inverse.c
