"""First and second derivatives in t, at t = 0, of functions of p and t.

Reads lines `function<TAB>p` and writes lines `function<TAB>p<TAB>first<TAB>second`. A function is an expression in Python;
nan means that there is no derivative. Derivatives are difference quotients of 60 digits with steps of 10⁻²⁰, whose error is
10⁻²⁰ of the fourth derivative.

    SHORTCUTS=write cargo test --manifest-path tests/compatibility/Cargo.toml --test shortcuts
"""

import sys

from mpmath import mp, mpc, mpf, nan  # noqa: F401
from mpmath import acos, acosh, asin, asinh, atan, cbrt, cos, exp, hyp0f1, hyp2f1, sin, sqrt  # noqa: F401

mp.dps = 60
STEP = mpf(10) ** -20


def both(z):
    """As in complex.rs."""
    return mpc(z).real + 2 * mpc(z).imag


def cos_sqrt(s):
    """cos √s, smooth at 0."""
    return hyp0f1(mpf(1) / 2, -mpf(s) / 4)


def sinc_sqrt(s):
    """sin √s / √s, smooth at 0."""
    return hyp0f1(mpf(3) / 2, -mpf(s) / 4)


def versine_sqrt(s):
    """(1 - cos √s)/s, smooth at 0."""
    return sinc_sqrt(s / 4) ** 2 / 2


def atan_sqrt(s):
    """atan √s / √s, smooth at 0."""
    return hyp2f1(mpf(1) / 2, 1, mpf(3) / 2, -mpf(s))


def seen(x):
    """As in row.rs."""
    return x + x * x


def derivatives(function, p):
    f = eval(f"lambda p, t: {function}")
    before, at, after = f(p, -STEP), f(p, mpf(0)), f(p, STEP)
    return (after - before) / (2 * STEP), (after - 2 * at + before) / STEP**2


for line in sys.stdin:
    function, p = line.rstrip("\n").split("\t")
    first, second = derivatives(function, mpf(float(p)))
    # Below the error of the difference quotients is nothing.
    clean = [repr(float(d)) if abs(d) > 1e-18 or d != d else "0.0" for d in (first, second)]
    print(function, p, *clean, sep="\t")
