"""Times jax.random's fills: for each line "kind n" of the input, the seconds that one fill takes. One core."""

import os
import sys
import time

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["JAX_ENABLE_X64"] = "1"
import jax  # noqa: E402

FILLS = {
    "u32": lambda key, n: jax.random.bits(key, (n,), "uint32"),
    "f32": lambda key, n: jax.random.uniform(key, (n,), "float32"),
    "f64": lambda key, n: jax.random.uniform(key, (n,), "float64"),
    "normal f32": lambda key, n: jax.random.normal(key, (n,), "float32"),
}

compiled = {kind: jax.jit(fill, static_argnums=1) for kind, fill in FILLS.items()}
print(jax.__version__, flush=True)
for number, line in enumerate(sys.stdin):
    kind, n = line.rsplit(" ", 1)
    key = jax.random.PRNGKey(number)
    fill = compiled[kind]
    repetitions = max(1, 10**6 // int(n))
    fill(key, int(n)).block_until_ready()
    start = time.perf_counter()
    for _ in range(repetitions):
        fill(key, int(n)).block_until_ready()
    print((time.perf_counter() - start) / repetitions, flush=True)
