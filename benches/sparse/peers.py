"""The same Jacobians by asdex (on JAX) and CasADi, for the second table of docs/sparse_benchmarks.md.

    python3 -m venv venv && venv/bin/pip install asdex casadi jax
    venv/bin/python peers.py

Times are medians, of compiled calls from Python.
"""

import time

import asdex
import casadi
import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)


def median(call):
    times, start = [], time.perf_counter()
    while len(times) < 5 or time.perf_counter() - start < 0.2:
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return sorted(times)[len(times) // 2]


def readable(seconds):
    for unit, scale in (("µs", 1e-6), ("ms", 1e-3)):
        if seconds < 1000 * scale:
            return f"{seconds / scale:.3f} {unit}"
    return f"{seconds:.3f} s"


def tridiagonal(n):
    x = (np.arange(n) % 17) / 17 - 0.5

    def f(x, np):
        zero = np.zeros(1) if np is not casadi else casadi.MX(1, 1)
        join = np.concatenate if np is not casadi else (lambda parts: casadi.vertcat(*parts))
        left, right = join([zero, x[:-1]]), join([x[1:], zero])
        return (3 - 2 * x) * x + 1 - left - 2 * right

    return f"tridiagonal, n = {n}", f, x


def brusselator(side):
    at = np.arange(side) / (side - 1)
    bump = (at * (1 - at)) ** 1.5
    x = np.concatenate([np.repeat(22 * bump, side), np.tile(27 * bump, side)])
    points = np.arange(side * side)
    i, j = points % side, points // side
    place = lambda i, j: i % side + side * (j % side)
    neighbours = [place(i - 1, j), place(i + 1, j), place(i, j - 1), place(i, j + 1)]
    diffusion = 10.0 * (side - 1) ** 2

    def f(x, np):
        u, v = x[: side * side], x[side * side :]
        take = (lambda w, k: w[k]) if np is not casadi else (lambda w, k: w[k.tolist()])
        spread = lambda w: diffusion * (sum(take(w, k) for k in neighbours) - 4 * w)
        square = u * u * v
        rates = [square - 4.4 * u + spread(u) + 1, 3.4 * u - square + spread(v)]
        return np.concatenate(rates) if np is not casadi else casadi.vertcat(*rates)

    return f"Brusselator {side} × {side}, n = {2 * side * side}", f, x


def by_asdex(f, x):
    of = lambda x: f(x, jnp)
    detection = median(lambda: asdex.jacobian_sparsity(of, x))
    pattern = asdex.jacobian_sparsity(of, x)
    coloring = median(lambda: asdex.color_cols(pattern))
    colored = asdex.jacobian_coloring_from_sparsity(pattern, mode="fwd")
    jacobian = jax.jit(asdex.compressed_jacobian_from_coloring(of, colored))
    x = jnp.asarray(x)
    jax.block_until_ready(jacobian(x))
    evaluation = median(lambda: jax.block_until_ready(jacobian(x)))
    return detection, coloring, evaluation, colored.num_colors


def by_casadi(f, x):
    symbol = casadi.MX.sym("x", len(x))
    start = time.perf_counter()
    jacobian = casadi.Function("jacobian", [symbol], [casadi.jacobian(f(symbol, casadi), symbol)])
    made = time.perf_counter() - start
    # Into memory that is there, without the conversions of a call.
    buffer, call = jacobian.buffer()
    x, values = np.ascontiguousarray(x), np.zeros(jacobian.nnz_out(0))
    buffer.set_arg(0, memoryview(x))
    buffer.set_res(0, memoryview(values))
    call()
    return made, median(call)


print("| problem | asdex: pattern | colouring | colours | evaluation | CasADi: everything but evaluation | evaluation |")
print("|---|---|---|---|---|---|---|")
for name, f, x in [tridiagonal(1000), tridiagonal(100_000), tridiagonal(1_000_000), brusselator(32), brusselator(224)]:
    detection, coloring, evaluation, colors = by_asdex(f, x)
    made, evaluated = by_casadi(f, x)
    times = [detection, coloring, evaluation, made, evaluated]
    detection, coloring, evaluation, made, evaluated = map(readable, times)
    print(f"| {name} | {detection} | {coloring} | {colors} | {evaluation} | {made} | {evaluated} |", flush=True)
