"""JAX's derivatives of samples in their parameters, in float64: writes `pathwise.json` beside itself.

    pip install jax==0.10.2
    python pathwise.py
"""

import json
import math
import platform
from pathlib import Path

import jax
import jaxlib
import numpy as np
from jax import random
from jax import numpy as jnp

jax.config.update("jax_enable_x64", True)

SEEDS = [1, 99, 2**31 + 11, -5, 123456789]
META = {
    "jax": jax.__version__,
    "jaxlib": jaxlib.__version__,
    "numpy": np.__version__,
    "platform": f"cpu {platform.machine()}",
    "impl": "threefry2x32",
    "precision": "The derivative of gamma in a, random_gamma_grad, is good to 1e-14, relatively, for a up to 20 and to "
    "1e-13 at 1000 (against mpmath). All derivatives here are good to 2e-12: compare with rtol 1e-11.",
}
MATRIX = [[2.0, 0.3, -0.1], [0.3, 1.0, 0.2], [-0.1, 0.2, 0.5]]


def cases():
    """Yields (function, parameters, names of those differentiated in), and the shape if not (5,)."""
    yield "uniform", {"minval": -1.5, "maxval": 2.75}, ["minval", "maxval"]
    for lower, upper in [(-1.0, 2.0), (0.5, 3.0), (2.0, 5.0)]:
        yield "truncated_normal", {"lower": lower, "upper": upper}, ["lower", "upper"]
    yield "truncated_normal", {"lower": -math.inf, "upper": 0.3}, ["upper"]
    for a in [0.3, 1.5, 20.0]:
        yield "gamma", {"a": a}, ["a"]
        yield "loggamma", {"a": a}, ["a"]
    for a, b in [(0.5, 2.5), (3.0, 0.7), (12.0, 9.0)]:
        yield "beta", {"a": a, "b": b}, ["a", "b"]
    yield "dirichlet", {"alpha": [0.7, 2.0, 3.5]}, ["alpha"], ()
    yield "chisquare", {"df": 1.2}, ["df"]
    yield "chisquare", {"df": 9.0}, ["df"]
    yield "t", {"df": 1.2}, ["df"]
    yield "t", {"df": 5.0}, ["df"]
    yield "f", {"dfnum": 5.0, "dfden": 7.0}, ["dfnum", "dfden"]
    yield "pareto", {"b": 2.3}, ["b"]
    yield "weibull_min", {"scale": 1.7, "concentration": 0.6}, ["scale", "concentration"]
    yield "rayleigh", {"scale": 1.7}, ["scale"]
    yield "lognormal", {"sigma": 0.8}, ["sigma"]
    yield "triangular", {"left": -1.3, "mode": 0.25, "right": 2.1}, ["left", "mode", "right"]
    for p in [0.7, 1.5, 4.0]:
        yield "generalized_normal", {"p": p}, ["p"]
    for p in [1.0, 2.0, 3.5]:
        yield "ball", {"d": 3, "p": p}, ["p"], (2,)
    # Along a direction each: mean + t mean_direction, cov + t cov_direction, at t = 0.
    directions = {"mean_direction": [1.0, -0.5, 2.0], "cov_direction": [[1.0, 0.2, 0.0], [0.2, -0.5, 0.7], [0.0, 0.7, 0.3]]}
    yield "multivariate_normal", {"mean": [1.0, -2.0, 0.5], "cov": MATRIX, **directions}, ["mean", "cov"], (2,)


def derivative(fn, key, params, wrt, shape):
    """The sample and its derivative: an element each, in an array parameter a row of the Jacobian each."""
    params = {name: jnp.asarray(p) if isinstance(p, list) else p for name, p in params.items()}
    direction = params.get(f"{wrt}_direction", jnp.ones(()))
    params = {name: p for name, p in params.items() if not name.endswith("_direction")}

    def sample(parameter):
        return getattr(random, fn)(key, shape=shape, **{**params, wrt: parameter})

    if wrt == "alpha":
        return sample(params[wrt]), jax.jacfwd(sample)(params[wrt])
    _, tangent = jax.jvp(sample, [jnp.asarray(params[wrt])], [direction])
    return sample(params[wrt]), tangent.ravel()


def records():
    for partitionable in [True, False]:
        jax.config.update("jax_threefry_partitionable", partitionable)
        for i, (fn, params, names, *shape) in enumerate(cases()):
            seed = SEEDS[i % len(SEEDS)]
            for wrt in names:
                value, tangent = derivative(fn, random.PRNGKey(seed), params, wrt, shape[0] if shape else (5,))
                yield {
                    "fn": fn,
                    "seed": seed,
                    "partitionable": partitionable,
                    "x64": True,
                    "shape": value.shape,
                    "n": value.size,
                    "params": {name: str(p) if p == -math.inf else p for name, p in params.items()},
                    "wrt": wrt,
                    "value": [f"{word:016x}" for word in np.asarray(value).view(np.uint64).ravel().tolist()],
                    "derivative": tangent.tolist(),
                }


lines = ",\n".join(json.dumps(record, separators=(",", ":"), allow_nan=False) for record in records())
Path(__file__).with_name("pathwise.json").write_text(f'{{"meta":{json.dumps(META)},\n"cases":[\n{lines}\n]}}\n')
