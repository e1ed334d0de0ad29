"""Samples of `jax.random` at extreme parameters: writes `extremes.json` beside itself.

    pip install jax==0.10.2
    python extremes.py
"""

import json
import platform
from pathlib import Path

import jax
import jaxlib
import numpy as np
from jax import numpy as jnp
from jax import random

SEED = 42
META = {
    "jax": jax.__version__,
    "jaxlib": jaxlib.__version__,
    "numpy": np.__version__,
    "platform": f"cpu {platform.machine()}",
    "impl": "threefry2x32",
}


def samplers(x64):
    tiny, largest = (1e-300, 1e300) if x64 else (1e-37, 1e37)
    small, large = (1e-150, 1e150) if x64 else (1e-18, 1e18)
    scales = [tiny, small, large, largest]
    for mean in [*scales, 1e-3, 30.0, 1e3, 1e4, 1e8]:
        yield "wald", {"mean": mean}
    for shape in [*scales, 0.004, 0.05, 1e6]:
        yield "gamma", {"a": shape}
        yield "loggamma", {"a": shape}
        yield "chisquare", {"df": shape}
        yield "t", {"df": shape}
        yield "f", {"dfnum": shape, "dfden": shape}
        yield "f", {"dfnum": shape, "dfden": 3.0}
        yield "beta", {"a": shape, "b": shape}
        yield "beta", {"a": shape, "b": 1.0}
        yield "dirichlet", {"alpha": [shape, 2 * shape, 0.01]}
        yield "generalized_normal", {"p": shape}
        yield "ball", {"d": 3, "p": shape}
        yield "pareto", {"b": shape}
        yield "lognormal", {"sigma": shape}
        yield "rayleigh", {"scale": shape}
        yield "weibull_min", {"scale": shape, "concentration": 2.0}
        yield "weibull_min", {"scale": small, "concentration": shape}
    yield "chisquare", {"df": float(np.finfo("float64" if x64 else "float32").max)}
    yield "generalized_normal", {"p": 50.0}
    yield "generalized_normal", {"p": 1e4}
    yield "ball", {"d": 3, "p": 1e4}
    for width in scales:
        yield "triangular", {"left": -width, "mode": 0.5 * width, "right": 2 * width}
        yield "uniform", {"minval": -width, "maxval": 2 * width}
    for lower, upper in [(0.0, 1.0), (5.0, 6.0), (8.0, np.inf), (9.0, 10.0), (-np.inf, -9.0), (small, 2 * small), (-large, 1.0)]:
        yield "truncated_normal", {"lower": lower, "upper": upper}


def cases():
    for x64 in [False, True]:
        jax.config.update("jax_enable_x64", x64)
        key = random.PRNGKey(SEED)
        for fn, params in samplers(x64):
            arrays = {name: jnp.asarray(p) if isinstance(p, list) else p for name, p in params.items()}
            shape = (4,) if fn in ("ball", "dirichlet") else (12,)
            sample = np.asarray(getattr(random, fn)(key, shape=shape, **arrays))
            bits = sample.ravel().view("u8" if x64 else "u4")
            yield {
                "fn": fn,
                "seed": SEED,
                "partitionable": True,
                "x64": x64,
                "shape": sample.shape,
                "dtype": str(sample.dtype),
                "exact": "ulp",
                "params": {name: str(p) if abs(np.max(p)) == np.inf else p for name, p in params.items()},
                "n": sample.size,
                "hex": [f"{word:0{16 if x64 else 8}x}" for word in bits.tolist()],
            }


lines = ",\n".join(json.dumps(case, separators=(",", ":"), allow_nan=False) for case in cases())
Path(__file__).with_name("extremes.json").write_text(f'{{"meta":{json.dumps(META)},\n"cases":[\n{lines}\n]}}\n')
