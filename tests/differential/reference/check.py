"""Holds the Taylor coefficients of the reference to mpmath's own differences of the values alone: `python reference/check.py`."""

from random import Random

from catalogue import Function
from elementary import Huge, Outside
from functions import FAMILIES, UNARY
from mpmath import mp, mpf
from several import ARITY, SEVERAL, Unknown

ORDER = 4
POINTS = 6


def names():
    yield from UNARY
    for family in FAMILIES:
        yield from (
            f"{family}:{m}"
            for m in (0, 1, 2, 5, -3)
            if m >= 0 or family not in ("polygamma", "spherical_jn", "spherical_jn_sqrt")
        )
    yield from SEVERAL


def worst(name, random):
    """The largest relative difference in a coefficient of the highest order in the first argument, among some points."""
    function, largest, count = Function(name), mpf(0), 0
    for _ in range(2000):
        arity = 1 if function.of_one else ARITY.get(name, 2)
        x = [mpf(random.uniform(-3, 3)) for _ in range(arity)]
        if any(distance < 0.05 for _, distance, _, _ in function.gaps(x, [0] * arity, [False] * arity)):
            continue
        try:
            found = function.taylor(x, [0], ORDER).c
            expected = mp.taylor(lambda t, x=x: function.taylor([t, *x[1:]], [], 0).c[0], x[0], ORDER, method="step")
        except (Outside, Unknown, Huge):
            continue
        scale = max(abs(c) for c in expected) or mpf(1)
        largest = max([largest] + [abs(a - b) / scale for a, b in zip(found, expected)])
        count += 1
        if count == POINTS:
            break
    return largest, count


def main():
    mp.dps = 50
    random, bad = Random(1), 0
    for name in names():
        largest, count = worst(name, random)
        if largest > mpf(10) ** -25 or count < POINTS:
            print(f"{name}: {mp.nstr(largest, 3)} at {count} points")
            bad += 1
    print(f"{bad} functions differ")
    raise SystemExit(bad > 0)


if __name__ == "__main__":
    main()
