"""Times JAX on some of the workloads, compiled, with its dispatch: what a call from Python takes.

Prints JSON for src/jax.rs: name of the workload, the call, nanoseconds, and the answer to compare.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

ROUNDS, TURN = 31, 3e-3


def nanoseconds(f, *args):
    """The median over rounds, each of as many calls as fill a turn."""
    jax.block_until_ready(f(*args))
    start = time.perf_counter()
    jax.block_until_ready(f(*args))
    calls = max(1, int(TURN / (time.perf_counter() - start)))

    def one_round():
        start = time.perf_counter()
        for _ in range(calls):
            jax.block_until_ready(f(*args))
        return (time.perf_counter() - start) / calls * 1e9

    return statistics.median(one_round() for _ in range(ROUNDS))


def rosenbrock(x):
    a, b = x[1:] - x[:-1] ** 2, 1 - x[:-1]
    return jnp.sum(100 * a * a + b * b)


def lorenz(s):
    x, y, z = s
    return jnp.stack([10 * (y - x), x * (28 - z) - y, x * y - 8 / 3 * z])


def reprojection(x, observed):
    r, t, focal, k, point = x[:3], x[3:6], x[6], x[7:9], x[9:]
    angle = jnp.sqrt(r @ r)
    axis = r / angle
    sin, cos = jnp.sin(angle), jnp.cos(angle)
    p = point * cos + jnp.cross(axis, point) * sin + axis * (axis @ point) * (1 - cos) + t
    image = -p[:2] / p[2]
    square = image @ image
    return image * focal * (1 + square * (k[0] + k[1] * square)) - observed


def with_jacobian(f):
    """Value and Jacobian in one forward pass."""

    def both(x, *rest):
        value = lambda x: (f(x, *rest),) * 2
        jacobian, y = jax.jacfwd(value, has_aux=True)(x)
        return y, jacobian

    return both


def point(n):
    return jnp.array([0.5 + 0.37 * (i % 7) for i in range(n)])


def observations(path):
    """Sixteen observations of cameras and points."""
    words = Path(path).read_text().split()
    cameras, _, count = map(int, words[:3])
    numbers = np.array(words[3:], dtype=float)
    seen, parameters = numbers[: 4 * count].reshape(-1, 4)[:16], numbers[4 * count :]

    def case(camera, point):
        return np.concatenate([parameters[9 * camera :][:9], parameters[9 * cameras + 3 * point :][:3]])

    return jnp.array([case(int(c), int(p)) for c, p, _, _ in seen]), jnp.array(seen[:, 2:])


def flat(parts):
    return [float(x) for part in parts for x in np.ravel(part)]


def main(data):
    results = []

    def report(name, call, f, args, batch=None):
        f = jax.jit(f)
        answer = f(*args)
        # Of a batch: case by case, and the time of one.
        cases = [answer] if batch is None else [[part[i] for part in answer] for i in range(batch)]
        results.append(
            {
                "name": name,
                "note": call,
                "nanoseconds": nanoseconds(f, *args) / (batch or 1),
                "answer": [x for case in cases for x in flat(case)],
            }
        )

    for n in [4, 10, 100, 1000]:
        name = f"Rosenbrock gradient, n = {n}"
        report(name, "value_and_grad, reverse mode", jax.value_and_grad(rosenbrock), [point(n)])
    for n in [4, 10, 16, 100]:
        both = lambda x: (*jax.value_and_grad(rosenbrock)(x), jax.hessian(rosenbrock)(x))
        report(f"Rosenbrock Hessian, n = {n}", "hessian", both, [point(n)])
    t = np.arange(64.0)
    states = np.stack([np.sin(0.7 * t) * 15, np.cos(0.9 * t) * 20, 25 + 10 * np.sin(1.3 * t)], axis=1)
    report("Lorenz-63, Jacobian 3 × 3", "vmap of jacfwd", jax.vmap(with_jacobian(lorenz)), [jnp.array(states)], 64)
    both = jax.vmap(with_jacobian(reprojection))
    bal = observations(Path(data) / "gradbench/bal_dubrovnik_3_7.txt")
    report("BAL reprojection, Jacobian 2 × 12", "vmap of jacfwd", both, bal, 16)
    print(json.dumps({"version": jax.__version__, "results": results}))


main(sys.argv[1])
