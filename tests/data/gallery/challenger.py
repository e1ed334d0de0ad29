"""The logistic regression of examples/gallery/src/bin/challenger.rs in mpmath at 50 digits: python3 challenger.py

Newton's method with derivatives by hand; it prints intercept, slope, their standard errors and the risk at 31 °F.
"""

from mpmath import exp, mp, mpf, nstr, sqrt

mp.dps = 50

# Dalal, Fowlkes and Hoadley 1989, table 1.
LAUNCHES = [
    (66, 0), (70, 1), (69, 0), (68, 0), (67, 0), (72, 0), (73, 0), (70, 0), (57, 1), (63, 1), (70, 1), (78, 0),
    (67, 0), (53, 1), (67, 0), (75, 0), (70, 0), (81, 0), (76, 0), (79, 0), (75, 1), (76, 0), (58, 1),
]


def risk(a, b, t):
    return 1 / (1 + exp(-(a + b * t)))


a, b = mpf(0), mpf(0)
for _ in range(30):
    p = [risk(a, b, t) for t, _ in LAUNCHES]
    ga = sum(q - y for q, (_, y) in zip(p, LAUNCHES))
    gb = sum((q - y) * t for q, (t, y) in zip(p, LAUNCHES))
    h = [sum(q * (1 - q) * t**k for q, (t, _) in zip(p, LAUNCHES)) for k in range(3)]
    det = h[0] * h[2] - h[1] ** 2
    a, b = a - (h[2] * ga - h[1] * gb) / det, b - (h[0] * gb - h[1] * ga) / det
for number in a, b, sqrt(h[2] / det), sqrt(h[0] / det), risk(a, b, 31):
    print(nstr(number, 20))
