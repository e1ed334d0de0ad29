"""Reads cases, writes what their derivatives must be.

    pip install mpmath
    python reference < cases > cases_with_answers

A case is a line `f64 4 | x y | tree` of format, order, point and a tree in prefix notation; a line of the output is the
case, ` | `, and the words that `../README.md` explains.
"""

import signal
import sys

from functions import FAMILIES, UNARY
from several import ARITY, SEVERAL
from verdict import verdict

SECONDS = 2


class Slow(Exception):
    pass


def stop(*_):
    raise Slow


def parse(words):
    word = next(words)
    if word in ("x", "y"):
        return "xy".index(word)
    if word[0] in "-0123456789":
        return float(word)
    head = word.partition(":")[0]
    if word in UNARY or head in FAMILIES or word == "stop_gradient":
        return (word, parse(words))
    if word in SEVERAL or word in ARITY:
        return (word, *(parse(words) for _ in range(ARITY.get(word, 2))))
    raise SystemExit(f"no function is called {word}")


def answer(case):
    head, point, tree = case.split("|")
    kind, order = head.split()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return verdict(kind, int(order), [float(x) for x in point.split()], parse(iter(tree.split())))
    except Slow:
        print("slow:", case, file=sys.stderr)
        return "? slow"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


signal.signal(signal.SIGPROF, stop)
for line in sys.stdin:
    case = line.strip()
    print(f"{case} | {answer(case)}", flush=True)
