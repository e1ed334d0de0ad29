"""Golden samples of `jax.random`: writes `more.json` and `more_keys.json` beside itself.

    pip install jax==0.10.2
    python more.py
"""

import json
import math
import platform
from pathlib import Path

import jax
import jaxlib
import numpy as np
from jax import lax, random
from jax import numpy as jnp

SEEDS = [1, 99, 2**31 + 11, -5, 123456789]
SHORT = [(), (4,), (2, 3)]
LONG = [*SHORT, (300,)]
COUNTS = [(4,), (2, 3), (40,)]
INF = math.inf
META = {
    "jax": jax.__version__,
    "jaxlib": jaxlib.__version__,
    "numpy": np.__version__,
    "platform": f"cpu {platform.machine()}",
    "impl": "threefry2x32",
}


def samplers(x64):
    """Yields (function, `exact`, parameters, shapes), and what `samples` takes besides."""
    poly = "libm" if x64 else "bit-poly"

    for width in [8, 16, 32] + [64] * x64:
        yield "bits", "bit", {}, LONG, {"dtype": f"uint{width}"}

    yield "uniform", "bit", {}, LONG
    for low, high in [(-3, -2), (-1e4, 1e6), (0, 1e-30), (-1e-3, 2e-3), (1, 1.0000005), (-1e30, 3e30), (0.1, 0.7)]:
        yield "uniform", "bit", {"minval": float(low), "maxval": float(high)}, LONG
    yield "normal", poly, {}, LONG

    for dtype in ["int32", "uint32", "int64", "uint64"] if x64 else ["int8", "uint8", "int16", "uint16", "int32", "uint32"]:
        low, high = int(np.iinfo(dtype).min), int(np.iinfo(dtype).max)
        spans = [(3, 4), (5, 7), (1, 4), (0, 64), (-3, 98), (low, high), (low + 1, high), (low, low + high // 3 + 2)]
        # One past the maximum, for the full range, if any type of the mode holds it.
        for minval, maxval in spans + [(low, high + 1), (7, high + 1)] * (high < (2**63 if x64 else 2**31)):
            yield "randint", "bit", {"minval": minval, "maxval": maxval}, [(2, 3), (300,)], {"dtype": dtype}

    for p in [0.0, 0.03, 0.77, 1.0]:
        for mode in ["low", "high"]:
            yield "bernoulli", "bit", {"p": p, "mode": mode}, LONG
    yield "rademacher", "bit", {}, LONG

    for n in [1, 2, 5, 33, 1700]:
        yield "permutation", "bit", {"x": n}, [None]
    for shape in [(4, 7), (3, 4, 5), (40, 50)]:
        for axis in range(len(shape)):
            for independent in [False, True]:
                x = f"arange({math.prod(shape)}).reshape({','.join(map(str, shape))})"
                yield "permutation", "bit", {"x": x, "axis": axis, "independent": independent}, [None]

    # The order of the additions: by rows of 16, see README.md.
    for n in [5, 16, 17, 33, 50, 256, 257, 300, 1000]:
        for reverse in [False, True]:
            yield "cumsum", "bit", {"x": "uniform", "reverse": reverse}, [(n,)]

    for a in [7, 64]:
        yield "choice", "bit", {"a": a, "replace": True, "p": None}, LONG
        yield "choice", "bit", {"a": a, "replace": False, "p": None}, SHORT
    for p in [[1.0], [0.25, 0.75], weights(17, 5), weights(33, 5), weights(50, 5)]:
        yield "choice", "bit", {"a": len(p), "replace": True, "p": p}, LONG
        if len(p) > 6:
            yield "choice", poly, {"a": len(p), "replace": False, "p": p}, SHORT
    # In float32, each has an index which is another if the weights are added from first to last.
    for n, salt, seed in [(33, 735, 99), (50, 82, 2**31 + 11), (50, 684, -5)]:
        yield "choice", "bit", {"a": n, "replace": True, "p": weights(n, salt)}, [(300,)], {"seeds": [seed]}

    for mode in ["low", "high"]:
        for logits in [[0.0, 0.0], [0.3, -INF, -2.0, 1.5, -INF, 0.0, 4.0]]:
            yield "categorical", poly, {"logits": logits, "replace": True, "mode": mode}, LONG
        yield "categorical", poly, {"logits": logits, "replace": False, "mode": mode}, [(3,), (7,)]
        logits = [[0.1, 2.0, -INF, -0.7], [0.0, -1.0, 0.4, 0.3], [3.0, 3.5, -2.0, 0.0]]
        for axis, batch in [(-1, 3), (0, 4)]:
            params = {"logits": logits, "axis": axis, "mode": mode}
            yield "categorical", poly, {**params, "replace": True}, [(batch,), (5, batch)]
            yield "categorical", poly, {**params, "replace": False}, [(2, batch)]

    yield "exponential", poly, {}, LONG
    for mode in ["low", "high"] + ["highest"] * (not x64):
        yield "gumbel", poly, {"mode": mode}, LONG
    yield "laplace", poly, {}, LONG
    yield "logistic", poly, {}, LONG
    yield "cauchy", "libm", {}, LONG
    for lower, upper in [(-1.0, 1.0), (0.5, 3.0), (2.0, 5.0), (-INF, 0.3), (1.5, INF), (-8.0, -2.0)]:
        yield "truncated_normal", poly, {"lower": lower, "upper": upper}, LONG

    def ulp(fn, shapes=SHORT, **params):
        return fn, "ulp", params, shapes

    for a in [0.01, 0.3, 0.999, 1.0, 7.7, 1000.0]:
        yield ulp("gamma", a=a)
        yield ulp("loggamma", a=a)
    for a, b in [(0.3, 0.7), (0.05, 0.02), (0.5, 20.0), (1.0, 1.0), (7.7, 3.1)]:
        yield ulp("beta", a=a, b=b)
    yield ulp("dirichlet", alpha=[0.4, 1.6])
    yield ulp("dirichlet", alpha=[0.02, 0.5, 1.0, 3.0, 12.0])
    for df in [0.5, 2.0, 31.0]:
        yield ulp("chisquare", df=df)
        yield ulp("t", df=df)
    for dfnum, dfden in [(1.0, 4.0), (0.8, 30.0), (12.0, 2.5)]:
        yield ulp("f", dfnum=dfnum, dfden=dfden)

    for lam in [0.0, 0.5, 9.99]:
        yield ulp("poisson", lam=lam)
    for lam in [10.0, 1000.0]:
        yield ulp("poisson", COUNTS, lam=lam)
    # While one element is rejected, those accepted before may be replaced, see README.md.
    yield ulp("poisson", [(5,), (3, 5)], lam=[0.5, 9.99, 10.0, 33.0, 1000.0])
    for n, p in [(5, 0.1), (1000, 0.02), (100, 0.3), (100, 0.9), (1, 0.5), (40, 0.0), (40, 1.0)]:
        yield ulp("binomial", COUNTS if p in (0.02, 0.3) else SHORT, n=float(n), p=p)
    yield ulp("binomial", [(5,), (3, 5)], n=[5.0, 1000.0, 100.0, 100.0, 40.0], p=[0.1, 0.02, 0.3, 0.9, 1.0])
    yield ulp("multinomial", [(), (4,)], n=12.0, p=[0.2, 0.5, 0.3])
    yield ulp("multinomial", [(), (4,)], n=200.0, p=[0.1, 0.0, 0.25, 0.05, 0.6])
    for p in [0.01, 0.5, 0.99, 1.0]:
        yield ulp("geometric", p=p)

    for b in [0.4, 7.0]:
        yield ulp("pareto", b=b)
    for scale, concentration in [(1.0, 0.6), (0.3, 1.0), (5.0, 4.0)]:
        yield ulp("weibull_min", scale=scale, concentration=concentration)
    yield ulp("rayleigh", scale=0.3)
    yield ulp("lognormal", sigma=0.25)
    yield ulp("lognormal", sigma=3.0)
    yield ulp("maxwell")
    yield ulp("double_sided_maxwell", loc=-1.5, scale=0.6)
    for left, mode, right in [(0.0, 0.0, 1.0), (-2.0, 3.0, 3.0), (1.0, 1.25, 9.0)]:
        yield ulp("triangular", left=left, mode=mode, right=right)
    for mean in [0.2, 1.0]:
        yield ulp("wald", mean=mean)
    for p in [0.7, 2.0, 5.0]:
        yield ulp("generalized_normal", p=p)
    for d in [1, 2, 3]:
        for p in [1.0, 2.0, 4.0]:
            yield ulp("ball", [(), (4,)], d=d, p=p)
    for n, m in [(1, 1), (2, 2), (5, 5), (3, 5), (5, 3)]:
        yield "orthogonal", "close", {"n": n, "m": m}, [()]
    yield ulp("multivariate_normal", [(), (4,)], mean=[0.5, -1.0], cov=[[1.0, -0.6], [-0.6, 2.0]])
    cov = [[4.0, 1.0, 0.5, -0.2], [1.0, 3.0, -0.7, 0.1], [0.5, -0.7, 2.0, 0.3], [-0.2, 0.1, 0.3, 1.0]]
    yield ulp("multivariate_normal", [(), (4,)], mean=[0.0, 1.0, -2.0, 10.0], cov=cov)

    if x64:
        return
    # In the partitionable layout, the first number of these seeds is 0 and the largest below 1.
    edges = [(), ()], {"seeds": [780233, 20192286]}
    for fn in ["normal", "exponential", "laplace", "logistic", "cauchy"]:
        yield fn, "libm" if fn == "cauchy" else poly, {}, *edges
    yield "uniform", "bit", {}, *edges
    yield "uniform", "bit", {"minval": -3.0, "maxval": -2.0}, *edges
    yield "gumbel", poly, {"mode": "low"}, *edges
    for lower, upper in [(-1.0, 1.0), (-INF, 0.3), (1.5, INF)]:
        yield "truncated_normal", poly, {"lower": lower, "upper": upper}, *edges
    for fn, params in [
        ("rayleigh", {"scale": 1.0}),
        ("weibull_min", {"scale": 1.0, "concentration": 0.6}),
        ("pareto", {"b": 0.4}),
        ("triangular", {"left": 0.0, "mode": 0.25, "right": 1.0}),
        ("geometric", {"p": 0.001}),
    ]:
        yield fn, "ulp", params, *edges
    # The first number of its second subkey is 0.
    yield "poisson", "ulp", {"lam": 3.3}, [()], {"seeds": [2667181]}


def weights(n, salt):
    return [(salt * i * i + 13 * i) % 991 / 1000 for i in range(1, n + 1)]


def draw(fn, key, params, shape, dtype):
    """`jax.random`'s function as one would call it; `cumsum` sums a `uniform`."""
    if fn == "cumsum":
        return lax.cumsum(random.uniform(key, shape), reverse=params["reverse"])
    if fn == "permutation":
        x = params["x"] if isinstance(params["x"], int) else eval("jnp." + params["x"])
        return random.permutation(key, **{**params, "x": x})
    if fn == "randint":
        params = {name: narrow(bound) for name, bound in params.items()}
    if fn == "multinomial":
        shape = (*shape, len(params["p"]))
    params = {name: jnp.asarray(p, float) if isinstance(p, list) else p for name, p in params.items()}
    return getattr(random, fn)(key, shape=shape, **params, **({"dtype": dtype} if dtype else {}))


def narrow(bound):
    """A bound above the default integer type is passed as an unsigned one."""
    signed = np.iinfo(jnp.arange(0).dtype)
    return bound if bound <= signed.max else np.dtype(f"uint{signed.bits}").type(bound)


def samples():
    for x64 in [False, True]:
        jax.config.update("jax_enable_x64", x64)
        for partitionable in [True, False]:
            jax.config.update("jax_threefry_partitionable", partitionable)
            for i, (fn, exact, params, shapes, *rest) in enumerate(samplers(x64)):
                rest = rest[0] if rest else {}
                seeds = rest.get("seeds", SEEDS)
                for j, shape in enumerate(shapes):
                    seed = seeds[(i + j) % len(seeds)]
                    key = random.PRNGKey(seed)
                    sample = np.asarray(draw(fn, key, params, shape, rest.get("dtype")))
                    yield {
                        "fn": fn,
                        "seed": seed,
                        "key": hexadecimal(key),
                        "partitionable": partitionable,
                        "x64": x64,
                        "shape": sample.shape,
                        "dtype": str(sample.dtype),
                        "exact": exact,
                        **recorded(fn, params, x64),
                        **elements(sample),
                    }


def recorded(fn, params, x64):
    if fn in ("bernoulli", "geometric"):
        params = {**params, "p_dtype": "float64" if x64 else "float32"}
    if fn == "orthogonal":
        params = {**params, "rtol_f32": 2e-6, "rtol_f64": 1e-14}
    return {"params": finite(params)} if params else {}


def finite(value):
    """JSON has no infinities: "inf" and "-inf"."""
    if isinstance(value, dict):
        return {name: finite(v) for name, v in value.items()}
    if isinstance(value, list):
        return [finite(v) for v in value]
    return str(value) if value in (INF, -INF) else value


def elements(sample):
    if sample.size <= 64:
        return {"n": sample.size, "hex": hexadecimal(sample)}
    ends = {"first_hex": hexadecimal(sample.ravel()[:4]), "last_hex": hexadecimal(sample.ravel()[-4:])}
    return {"n": sample.size, "fnv1a64": f"{fnv1a64(sample.tobytes()):016x}", **ends}


def hexadecimal(array):
    array = np.asarray(array).ravel()
    if array.dtype == bool:
        return [str(int(b)) for b in array]
    width = array.dtype.itemsize
    return [f"{word:0{2 * width}x}" for word in array.view(f"u{width}").tolist()]


def fnv1a64(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = (h ^ byte) * 0x100000001B3 % 2**64
    return h


def keys():
    for x64 in [False, True]:
        jax.config.update("jax_enable_x64", x64)
        for seed in [2**63 - 1, -(2**63), 2**32 - 1, 2**40 + 3]:
            key = random.PRNGKey(seed)
            case = {"seed": seed, "x64": x64, "key": hexadecimal(key), "split": {}, "fold_in": {}}
            for layout in ["partitionable", "legacy"]:
                jax.config.update("jax_threefry_partitionable", layout == "partitionable")
                case["split"][layout] = {str(n): [hexadecimal(k) for k in random.split(key, n)] for n in [4, 7]}
                folds = {str(data): hexadecimal(random.fold_in(key, data)) for data in [0, 1, 2**32 - 1]}
                case["fold_in"][layout] = folds
            yield case


def write(name, cases):
    lines = ",\n".join(json.dumps(case, separators=(",", ":"), allow_nan=False) for case in cases)
    text = f'{{"meta":{json.dumps(META)},\n"cases":[\n{lines}\n]}}\n'
    Path(__file__).with_name(name).write_text(text)


write("more.json", sorted(samples(), key=lambda case: case["fn"]))
write("more_keys.json", keys())
