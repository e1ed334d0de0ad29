"""What a derivative must be, at every point: a number, nothing finite, or one of several."""

from math import factorial, prod

from analysis import FORMATS, Run, Singular
from elementary import Huge, Outside
from mpmath import mp, mpf
from series import layout
from several import Unknown

# Beside a singular point, in relative terms, and the digits for it.
STEPS = (mpf(10) ** -30, mpf(10) ** -45)
DIRECTIONS = {1: [[1], [-1]], 2: [[1, 0.6], [-1, 0.7], [0.55, -1], [-0.8, -0.9], [-0.6, 1.1], [0.9, -0.4]]}
DIGITS = 60
DIGITS_BESIDE = 300


def text(x):
    """The nearest f64 in a form that reads back, infinite beyond them."""
    return repr(float(x)) if abs(x) < mpf(2) ** 1024 else "-inf" if x < 0 else "inf"


def number(value, bound, any_infinity):
    # One step of the f64 that the value is rounded to belongs to the bound.
    bound = bound * mpf("1.06") + abs(value) * mpf(2) ** -53 + mpf(2) ** -1074
    if abs(value) > mpf(2) ** 1025 and bound < abs(value) / 8:
        return "!"  # Beyond the floats.
    # A bound far above the number says nothing, whatever the scale.
    if not bound < mpf(2) ** 1000 or (bound > 1 and bound > abs(value) * 10**6):
        return "?"
    return f"{text(value)}:{float(bound):.1e}{'~' if any_infinity else ''}"


def literals(tree):
    if isinstance(tree, tuple):
        return [x for part in tree[1:] for x in literals(part)]
    return [tree] if isinstance(tree, float) else []


class Verdict:
    """Of a case: one word per derivative, or one for all."""

    def __init__(self, kind, n, point, tree):
        self.kind, self.n, self.point, self.tree = kind, n, point, tree
        self.d = len(point)
        self.layout = layout(self.d, n)
        self.factors = [prod(factorial(i) for i in e) for e in self.layout.exponents]

    def words(self):
        try:
            with mp.workdps(DIGITS):
                root = Run(self.kind, self.n, self.point).node(self.tree)
            return self.regular(root)
        except Singular:
            decades = max([0] + [abs(mp.log10(abs(x))) for x in self.point + literals(self.tree) if x])
            with mp.workdps(DIGITS_BESIDE + int(2 * decades)):
                return self.singular()

    def regular(self, root):
        return [
            number(c * f, e * f + 32 * FORMATS[self.kind].eta, root.overflow <= order)
            for c, e, f, order in zip(root.s.c, root.e.c, self.factors, self.layout.orders)
        ]

    def beside(self, step, direction):
        # So that no literal makes much of the step, nor is little beside it.
        sizes = [abs(mpf(x)) for x in self.point + literals(self.tree) if x]
        shrink = min([mpf(1)] + [1 / x for x in sizes])
        step, tiny = step * shrink, min([mpf(1)] + sizes)
        x = [mpf(x) * (1 + step * mpf(v)) if x else step * mpf(v) * tiny for x, v in zip(self.point, direction)]
        run = Run(self.kind, self.n, self.point, x)
        return run.node(self.tree), run.events

    def singular(self):
        cells, events, outside = [], [], False
        for direction in DIRECTIONS[self.d]:
            try:
                (far, far_events), (near, near_events) = (self.beside(h, direction) for h in STEPS)
            except Outside:
                outside = True
                continue
            cells.append((far, near))
            events += zip(far_events, near_events)
        if not cells:
            raise Outside
        kinks, pole = [], False
        for (kind, names, far), (_, _, near) in events:
            moving = {i for a, b in zip(far, near) for i in range(self.d) if abs(b[i]) > abs(a[i]) * mpf(10) ** -8}
            if kind == "kink":
                kinks.append(moving or set(names))
            if kind == "jump" and outside:
                raise Unknown("a jump at the end of a domain")
            if kind == "pole":
                pole = True
                if names - moving:
                    raise Unknown("a tangent that vanishes at a pole")
        words, exists = [], {}
        # The variables that it isn't constant in.
        names = {
            i
            for i in cells[0][1].names
            for cell in cells
            if any(e[i] and c for e, c in zip(self.layout.exponents, cell[1].s.c))
        }
        for k, e in enumerate(self.layout.exponents):
            f = self.factors[k]
            if k == 0:
                exists[e] = True
                words.append("?")
                continue
            if any(e[i] and i not in names for i in range(self.d)):
                exists[e] = True
                words.append(number(mpf(0), mpf(0), True))
                continue
            if self.apart_from_kinks(e, kinks, [near for _, near in cells]):
                words.append("?")
                exists[e] = False
                continue
            found = [self.limit(far, near, k) for far, near in cells]
            endless = None in found
            found = [v for v in found if v]
            if not found:
                exists[e] = False
                words.append("!")
                continue
            bound = max(b for _, b in found)
            low, high = min(v for v, _ in found), max(v for v, _ in found)
            size = max(abs(low), abs(high))
            below = all(exists[tuple(b - (j == i) for j, b in enumerate(e))] for i in range(self.d) if e[i])
            # The sides agree as far as each is near to its limit.
            apart = max(abs(far.s.c[k] - near.s.c[k]) for far, near in cells)
            exists[e] = not endless and (below or pole) and high - low <= bound / 8 + min(10 * apart, SAME * size)
            if exists[e]:
                # To one side only where the domain ends.
                words.append(number(found[0][0] * f, bound * f, True))
            elif all(sum(e[i] for i in s) <= 1 for s in kinks):
                slack = float(bound * f)
                words.append(f"{text(low * f)}..{text(high * f)}:{slack:.1e}" if slack < 1e300 else "?")
            else:
                words.append("!")
        return words

    def apart_from_kinks(self, e, kinks, cells):
        """Whether a variable is differentiated in that only has terms of its own, as x in x + |y|."""
        crossing = set().union(*kinks) if kinks else set()
        return any(
            e[i]
            and i not in crossing
            and any(e[j] for j in crossing)
            and not any(
                c and b[i] and any(b[j] for j in crossing) for s in cells for b, c in zip(self.layout.exponents, s.s.c)
            )
            for i in range(self.d)
        )

    def limit(self, far, near, k):
        """The k-th coefficient at the point itself, from two beside it, and its bound: None if it grows without end."""
        a, b, bound = far.s.c[k], near.s.c[k], near.e.c[k]
        if abs(b) <= abs(a) * mpf(10) ** -6:
            return mpf(0), bound
        nothing = mpf(10) ** -20 * max(abs(c) for c in near.s.c[1:])
        if abs(a - b) <= SAME * abs(b) + min(bound, max(SANE * abs(b), nothing)):
            return b, bound
        if abs(b) < abs(a):
            raise Unknown("a slow limit")
        return None


# By how much two limits may differ, relatively: what they are computed with, and what floats could tell.
SAME, SANE = mpf(10) ** -12, mpf(10) ** -3


def verdict(kind, n, point, tree):
    try:
        return " ".join(Verdict(kind, n, point, tree).words())
    except Outside:
        return "outside"
    except Huge:
        return "? huge"
    except Unknown as reason:
        return f"? {reason}"
    except (ZeroDivisionError, ValueError, OverflowError, NotImplementedError) as error:
        return f"? {type(error).__name__} {error}".replace("\n", " ")
    except Exception as error:  # mpmath.libmp.NoConvergence
        if type(error).__name__ == "NoConvergence":
            return "? no convergence"
        raise
