"""The extended Kalman filter of examples/gallery/src/bin/kalman.rs in mpmath at 50 digits: python3 kalman.py

Derivatives are by hand. It makes the measurements of kalman.csv, rounded to three decimals, if that isn't there, and prints the last
state and the diagonal of its covariance.
"""

import csv
import pathlib
import random

from mpmath import atan2, cos, diag, matrix, mp, mpf, nstr, sin, sqrt

mp.dps = 50
PATH = pathlib.Path(__file__).with_name("kalman.csv")
STEP, RADAR = mpf(1), (mpf(0), mpf(-100))
PROCESS = diag([mpf("0.01"), mpf("0.01"), mpf("0.01"), mpf("0.0001")])
NOISE = diag([mpf(25), mpf("0.0004")])

# The state is x, y, speed and course; the course turns by 0.03 rad in each step.
TURN = mpf("0.03")


def move(s):
    x, y, v, c = s
    return matrix([x + STEP * v * cos(c), y + STEP * v * sin(c), v, c + TURN])


def move_jacobian(s):
    _, _, v, c = s
    j = mp.eye(4)
    j[0, 2], j[0, 3] = STEP * cos(c), -STEP * v * sin(c)
    j[1, 2], j[1, 3] = STEP * sin(c), STEP * v * cos(c)
    return j


def measure(s):
    dx, dy = s[0] - RADAR[0], s[1] - RADAR[1]
    return matrix([sqrt(dx * dx + dy * dy), atan2(dy, dx)])


def measure_jacobian(s):
    dx, dy = s[0] - RADAR[0], s[1] - RADAR[1]
    r = sqrt(dx * dx + dy * dy)
    return matrix([[dx / r, dy / r, 0, 0], [-dy / r**2, dx / r**2, 0, 0]])


if not PATH.exists():
    random.seed(1960)
    truth = matrix([0, 100, 10, 0])
    with PATH.open("w") as file:
        file.write("range,bearing,x,y\n")
        for _ in range(60):
            truth = move(truth)
            r, b = measure(truth)
            seen = float(r) + random.gauss(0, 5), float(b) + random.gauss(0, 0.02)
            file.write(f"{seen[0]:.3f},{seen[1]:.5f},{float(truth[0]):.3f},{float(truth[1]):.3f}\n")

state, covariance = matrix([20, 80, 8, mpf("0.2")]), diag([400, 400, 4, mpf("0.04")])
for row in list(csv.reader(PATH.open()))[1:]:
    f = move_jacobian(state)
    state, covariance = move(state), f * covariance * f.T + PROCESS
    h = measure_jacobian(state)
    gain = covariance * h.T * (h * covariance * h.T + NOISE) ** -1
    missed = matrix([mpf(row[0]), mpf(row[1])]) - measure(state)
    state, covariance = state + gain * missed, (mp.eye(4) - gain * h) * covariance
print([nstr(x, 18) for x in state])
print([nstr(covariance[i, i], 18) for i in range(4)])
