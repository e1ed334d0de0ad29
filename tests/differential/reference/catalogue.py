"""Every function by its name, in one form: its Taylor series, its singular points, its scales and its roundings."""

from functions import FAMILIES, UNARY
from mpmath import inf, mp
from series import Series, layout
from several import SEVERAL, gaps, scales

# Roundings of a value and of derivatives of each order, in units of half an ulp. Beyond the third order nothing is promised.
ROUNDINGS = {
    "arithmetic": [1, 4, 8, 16, 32],
    "euclidean": [1, 4, 8, 16, 32],
    "elementary": [4, 4, 16, 64, 256],
    "special": [4, 4, 16, 64, 256],
}
CORRECTLY_ROUNDED = {
    "sqrt",
    "recip",
    "neg",
    "abs",
    "fract",
    "constant",
    "floor",
    "ceil",
    "trunc",
    "round",
    "signum",
    "relu",
}
# The standard library's values lose digits where logarithms of 1 + … do.
BY_LOGARITHMS = {"acosh", "asinh", "atanh"}
DIFFERENCES = ("logsumexp", "logaddexp", "softmax")


class Function:
    """A function of one variable, or of several."""

    def __init__(self, name):
        self.name = name
        head, _, order = name.partition(":")
        self.of_one = name in UNARY or head in FAMILIES
        if not self.of_one:
            self.function, self.category = SEVERAL[name]
            return
        if name in UNARY:
            self.coefficients, self.gap, self.kind, self.scale, special = UNARY[name]
        else:
            m = int(order)
            coefficients, gap, self.kind, scale, special = FAMILIES[head]
            self.coefficients = lambda x, n: coefficients(m, x, n)
            self.gap, self.scale = lambda x: gap(m, x), lambda x: scale(m, x)
        self.category = "special" if special else "arithmetic" if name in CORRECTLY_ROUNDED else "elementary"

    def taylor(self, values, active, n):
        """The series to order n in the arguments of the numbers `active`."""
        if self.of_one:
            return Series(layout(1, n), self.coefficients(values[0], n))
        local = layout(max(1, len(active)), n)
        return self.function(
            *(
                Series.variable(local, x, active.index(i)) if i in active else Series.constant(local, x)
                for i, x in enumerate(values)
            )
        )

    def active(self, moving):
        """Which arguments' errors and derivatives count: those that move, and all that a rounding goes through."""
        if self.of_one or (self.category == "special" and len(moving) == 2):
            return list(range(len(moving)))
        return [i for i, moves in enumerate(moving) if moves]

    def gaps(self, values, errors, fixed):
        """Distances to singular points: (kind, distance, its error, the arguments)."""
        if self.of_one:
            return [(self.kind, self.gap(values[0]), errors[0], (0,))] if self.kind else []
        return gaps(self.name, values, errors, fixed)

    def scales(self, values):
        """By how much each argument changes until the function isn't nearly linear, singular points aside."""
        return [self.scale(values[0])] if self.of_one else scales(self.name, values)


class Local:
    """A function at a point: its coefficients, and how far floats are off them."""

    def __init__(self, function, series, values, active, unit):
        self.function, self.series, self.values, self.active, self.unit = function, series, values, active, unit
        self.limits = function.scales(values)

    def coefficient(self, beta):
        return self.series.c[self.series.layout.index[beta]]

    def moved(self, beta, i):
        """The change of this coefficient with the i-th active argument."""
        raised = tuple(b + (j == i) for j, b in enumerate(beta))
        return (beta[i] + 1) * abs(self.coefficient(raised))

    def natural_size(self, beta):
        """How large the terms are of which a coefficient is made, that may be zero."""
        if len(self.values) < 2 or self.function.category == "arithmetic":
            return 0
        if self.function.name.startswith(DIFFERENCES):
            return mp.exp(max(min(self.values) - max(self.values), -2000))
        size = abs(self.series.c[0])
        for b, k in zip(beta, self.active):
            scale = self.limits[k] if self.limits[k] < inf else abs(self.values[k])
            size /= scale**b if scale else 1
        return size

    def own_error(self, beta):
        """Of a coefficient, with arguments that are exact."""
        name, category, order = self.function.name, self.function.category, sum(beta)
        error = abs(self.coefficient(beta))
        if category == "euclidean" and order == 0:
            error += max(abs(x) for x in self.values)
        if category in ("elementary", "special"):
            for i, k in enumerate(self.active):
                move, scale = abs(self.values[k]), self.limits[k]
                if category == "elementary" and not (order == 0 and name in BY_LOGARITHMS):
                    move = min(move, scale)
                if order > 3 and scale < inf:
                    move = max(move, scale)
                error += self.moved(beta, i) * move
        if order > 3:
            error += self.natural_size(beta)
        if name.startswith(DIFFERENCES):
            # The exponents are differences of arguments.
            error *= 1 + max(self.values) - min(self.values)
        # What the reference's own digits leave of zeros.
        return ROUNDINGS[category][order] * self.unit * error + self.natural_size(beta) / 10**40
