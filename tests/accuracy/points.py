"""Writes points.json: true values and derivatives of elementary functions over their whole domains, and JAX's.

    pip install mpmath numpy jax==0.10.2
    python points.py

Each function is a line: {"fn", "double": points, "single": points}, at f64 and at f32, where a list of points is
[[x, [f, f', f'', f'''], [κ₁, κ₂, κ₃], [JAX's f', f'', f''']], …]. x and JAX's derivatives, from nested `jvp` in the
precision of the list on a CPU, are the bits of an f64 in hexadecimal (null where it lacks the function); a true number is
[bits of the nearest f64, the rest as a decimal], or null where the precision has too few digits left for it. True numbers come
from mpmath, by differences whose steps are far below the digits that are kept. κₖ = |x·f⁽ᵏ⁺¹⁾/f⁽ᵏ⁾| is the condition of
the k-th derivative, by which a relative change of x comes out of it magnified.
"""

import json
import os
import random
import struct

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import jax.numpy as jnp
import jax.scipy.special as jsp
import mpmath
import numpy as np
from mpmath import mp, mpf

mp.dps = 60
POINTS = 100
SINGLE_POINTS = 40


def bits(x):
    return struct.pack(">d", x).hex()


def log_uniform(low, high):
    """Magnitudes spread over the decades."""
    return lambda: 10 ** random.uniform(low, high)


def signed(magnitude):
    return lambda: random.choice([-1, 1]) * magnitude()


def near(end, side, low=-15, high=-1):
    """Points at all distances from an end of the domain."""
    return lambda: end + side * 10 ** random.uniform(low, high)


def mix(*draws):
    return lambda: random.choice(draws)()


def uniform(a, b):
    return lambda: random.uniform(a, b)


REAL = mix(signed(log_uniform(-300, 300)), signed(log_uniform(-3, 3)), uniform(-4, 4))
MODERATE = mix(signed(log_uniform(-300, 2)), uniform(-20, 20), uniform(-2, 2))
UNIT = mix(signed(log_uniform(-300, 0)), uniform(-1, 1), near(1, -1), near(-1, 1))
POSITIVE = mix(log_uniform(-300, 300), log_uniform(-3, 3), near(1, 1), near(1, -1))
ANGLES = mix(signed(log_uniform(-300, 0)), signed(log_uniform(0, 8)), uniform(-10, 10), uniform(-2, 2))

cbrt = lambda x: mp.sign(x) * mp.cbrt(abs(x))
FUNCTIONS = {
    "sin": (mp.sin, jnp.sin, ANGLES),
    "cos": (mp.cos, jnp.cos, ANGLES),
    "tan": (mp.tan, jnp.tan, ANGLES),
    "asin": (mp.asin, jnp.arcsin, UNIT),
    "acos": (mp.acos, jnp.arccos, UNIT),
    "atan": (mp.atan, jnp.arctan, REAL),
    "sinh": (mp.sinh, jnp.sinh, mix(MODERATE, uniform(-700, 700))),
    "cosh": (mp.cosh, jnp.cosh, mix(MODERATE, uniform(-700, 700))),
    "tanh": (mp.tanh, jnp.tanh, mix(MODERATE, uniform(-300, 300))),
    "asinh": (mp.asinh, jnp.arcsinh, REAL),
    "acosh": (mp.acosh, jnp.arccosh, mix(near(1, 1), uniform(1, 4), log_uniform(0, 300))),
    "atanh": (mp.atanh, jnp.arctanh, UNIT),
    "exp": (mp.exp, jnp.exp, mix(MODERATE, uniform(-700, 700))),
    "exp2": (lambda x: mpf(2) ** x, jnp.exp2, mix(MODERATE, uniform(-1000, 1000))),
    "exp_m1": (mp.expm1, jnp.expm1, mix(MODERATE, uniform(-700, 700))),
    "ln": (mp.log, jnp.log, POSITIVE),
    "log2": (lambda x: mp.log(x) / mp.log(2), jnp.log2, POSITIVE),
    "log10": (mp.log10, jnp.log10, POSITIVE),
    "ln_1p": (mp.log1p, jnp.log1p, mix(near(-1, 1), log_uniform(-300, 300), uniform(-1, 1))),
    "sqrt": (mp.sqrt, jnp.sqrt, mix(log_uniform(-100, 100), uniform(0, 4))),
    "cbrt": (cbrt, jnp.cbrt, mix(signed(log_uniform(-90, 90)), uniform(-4, 4))),
    "recip": (lambda x: 1 / x, lambda x: 1 / x, signed(log_uniform(-70, 70))),
    "powi(3)": (lambda x: x**3, lambda x: x**3, signed(log_uniform(-90, 90))),
    "powi(-2)": (lambda x: x**-2, lambda x: x**-2, signed(log_uniform(-50, 50))),
    "powi(7)": (lambda x: x**7, lambda x: x**7, signed(log_uniform(-40, 40))),
    "powf(2.5)": (lambda x: x ** mpf(2.5), lambda x: x**2.5, log_uniform(-90, 90)),
    "powf(-0.3)": (lambda x: x ** mpf(-0.3), lambda x: x**-0.3, log_uniform(-80, 80)),
    "powf(1)": (lambda x: x, lambda x: x**1.0, log_uniform(-90, 90)),
    "2.5.powf(x)": (lambda x: mpf(2.5) ** x, lambda x: 2.5**x, mix(MODERATE, uniform(-700, 700))),
    "x.powf(x)": (lambda x: x**x, lambda x: x**x, mix(log_uniform(-80, 2), uniform(0, 5))),
    "atan2(x, 0.75)": (lambda x: mp.atan2(x, mpf(0.75)), lambda x: jnp.arctan2(x, 0.75), REAL),
    "atan2(0.75, x)": (lambda x: mp.atan2(mpf(0.75), x), lambda x: jnp.arctan2(0.75, x), REAL),
    "hypot(x, 0.75)": (lambda x: mp.hypot(x, mpf(0.75)), lambda x: jnp.hypot(x, 0.75), REAL),
    "x.log(3)": (lambda x: mp.log(x) / mp.log(3), lambda x: jnp.log(x) / jnp.log(3.0), POSITIVE),
    "2.log(x)": (lambda x: mp.log(2) / mp.log(x), lambda x: jnp.log(2.0) / jnp.log(x), POSITIVE),
    "x / (x + 0.75)": (lambda x: x / (x + mpf(0.75)), lambda x: x / (x + 0.75), signed(log_uniform(-70, 1))),
    "erf": (mp.erf, jsp.erf, mix(signed(log_uniform(-300, 0)), uniform(-6, 6))),
    "erfc": (mp.erfc, jsp.erfc, mix(signed(log_uniform(-300, 0)), uniform(-6, 25))),
    "erf_inv": (mp.erfinv, jsp.erfinv, mix(signed(log_uniform(-300, 0)), uniform(-1, 1), near(1, -1), near(-1, 1))),
    "gamma": (mp.gamma, jsp.gamma, mix(uniform(-5, 20), uniform(20, 150), log_uniform(-90, 0))),
    "ln_gamma": (lambda x: mp.log(abs(mp.gamma(x))), jsp.gammaln, mix(uniform(0, 20), log_uniform(-100, 2))),
    "digamma": (mp.digamma, jsp.digamma, mix(uniform(-5, 20), log_uniform(-80, 2))),
    "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), jax.nn.sigmoid, mix(MODERATE, uniform(-600, 600))),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), jax.nn.softplus, mix(MODERATE, uniform(-600, 600))),
    "logit": (lambda x: mp.log(x / (1 - x)), jsp.logit, mix(log_uniform(-90, 0), uniform(0, 1), near(1, -1))),
    "normalized_sinc": (lambda x: mp.sincpi(x), jnp.sinc, mix(signed(log_uniform(-300, 0)), uniform(-10, 10))),
    "lambert_w0": (mp.lambertw, None, mix(log_uniform(-300, 200), uniform(-0.36, 5))),
    "bessel_j0": (lambda x: mp.besselj(0, x), None, mix(log_uniform(-100, 0), uniform(-50, 50))),
    "bessel_y1": (lambda x: mp.bessely(1, x), None, mix(log_uniform(-60, 0), uniform(0, 50))),
    "0.75 / x": (lambda x: mpf(0.75) / x, lambda x: 0.75 / x, signed(log_uniform(-70, 70))),
}

# At a thousand digits these take seconds.
SLOW = {"erf", "erfc", "erf_inv", "gamma", "ln_gamma", "digamma", "lambert_w0", "bessel_j0", "bessel_y1"}
EXACT = {"powi(3)", "powf(1)"}  # some of their derivatives are zero


def derivatives(f, x, slow):
    """f and its first three derivatives, by central differences of tiny steps in as many digits as they need."""
    exponent = int(mpmath.log10(abs(x))) if x else 0
    with mp.workdps((400 if slow else 1200) + 6 * abs(exponent)):
        scale = min(abs(x), abs(abs(x) - 1), mpf(1)) or min(abs(x), mpf(1)) or mpf(1)
        h = scale * mpf(10) ** (-20 if slow else -60)
        f0, f1, f2, f_1, f_2 = (f(x + k * h) for k in (0, 1, 2, -1, -2))
        return [
            +f0,
            (8 * (f1 - f_1) - (f2 - f_2)) / (12 * h),
            (16 * (f1 + f_1) - (f2 + f_2) - 30 * f0) / (12 * h**2),
            ((f2 - f_2) - 2 * (f1 - f_1)) / (2 * h**3),
            ((f2 + f_2) - 4 * (f1 + f_1) + 6 * f0) / h**4,
        ]


def condition(x, d, higher):
    return float(f"{float(min(abs(x * higher / d), mpf(10) ** 99)):.3e}") if d else 0.0


def true(y, least, most):
    nearest = float(y)
    if not abs(nearest) < most or 0 < abs(nearest) < least:
        return None
    rest = y - mpf(nearest)
    return [bits(nearest), float(f"{float(rest):.3e}")]


def jvp3(f):
    d = lambda g: lambda x: jax.jvp(g, (x,), (jnp.ones_like(x),))[1]
    return [jax.jit(jax.vmap(g)) for g in (d(f), d(d(f)), d(d(d(f))))]


def points(name, count, single):
    f, jax_f, draw = FUNCTIONS[name]
    least, most = (1e-30, 1e36) if single else (1e-290, 1e305)
    random.seed(f"{name} {single}")
    rows = []
    while len(rows) < count:
        x = float(draw())
        if single:
            x = float(np.float32(x))
            if not least < abs(x) < most:
                continue
        try:
            ds = [mpf(d) for d in derivatives(f, mpf(x), name in SLOW)]  # a TypeError where it's complex
        except (ValueError, ZeroDivisionError, mpmath.libmp.ComplexResult, TypeError, OverflowError):
            continue
        # Differences of a constant are noise, forty digits below what there is.
        noise = [abs(ds[0]) * mpf(10) ** -40 / abs(mpf(x)) ** k for k in range(5)]
        ds = [d if abs(d) > small else mpf(0) for d, small in zip(ds, noise)] if name in EXACT else ds
        values = [true(y, least, most) for y in ds[:4]]
        conditions = [condition(mpf(x), ds[k], ds[k + 1]) for k in (1, 2, 3)]
        if values[0] is not None and values[1] is not None:
            rows.append((x, values, conditions))
    xs = jnp.array([x for x, *_ in rows], dtype=jnp.float32 if single else jnp.float64)
    if jax_f is None:
        return [[bits(x), ys, ks, None] for x, ys, ks in rows]
    theirs = [[float(d) for d in ds] for ds in zip(*(g(xs) for g in jvp3(jax_f)))]
    return [[bits(x), ys, ks, [bits(d) for d in ds]] for (x, ys, ks), ds in zip(rows, theirs)]


with open("points.json", "w") as out:
    out.write('{"functions": [\n')
    for number, name in enumerate(FUNCTIONS):
        line = {"fn": name, "double": points(name, POINTS, False), "single": []}
        # Its exponent isn't a number of f32.
        if name != "powf(-0.3)":
            line["single"] = points(name, SINGLE_POINTS, True)
        end = ",\n" if number + 1 < len(FUNCTIONS) else "\n"
        out.write(json.dumps(line, separators=(",", ":")) + end)
        print(name, flush=True)
    out.write("]}\n")
