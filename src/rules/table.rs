//! The rules of the smooth functions of one variable, one row each.
//!
//! A row is tokens only: name, what it is, the slope in words, and the slope as a function of x and y = f(x), in the form
//! that keeps its digits. The table is handed to an emitter, a macro that makes of every row what it needs, from the row and
//! the arguments in brackets: the slope as a function, the method of a number, a line of documentation.
//!
//! A slope is NaN where the value is, and at a pole; where its expression wouldn't be, outside the domain of a logarithm and
//! at its end, it is asked for (`within`).
//!
//! A second derivative is the slope's own derivative. A last cell, in y and the slope s, gives it where evaluating the
//! slope on a dual number would call the same elementary functions once more.

macro_rules! for_each_unary_rule {
    ($emit:ident $args:tt) => {
        $emit! {
            $args
            // name   what it is                      slope in words   slope
            (sqrt,   "square root",                  "1 / (2√x)",      |_, y| unsigned_zero(y + y).recip())
            (cbrt,   "cube root",                    "1 / (3·∛x²)",    |_, y| (T::lit(3.0) * (y * y)).recip())
            (exp,    "exponential, `eˣ`",            "eˣ",             |_, y| y, |y| y)
            (exp2,   "power of two, `2ˣ`",           "2ˣ·ln 2",        |x, y| exp2_slope(x, y))
            (exp_m1, "`eˣ − 1`, accurate near 0",    "eˣ",             |x, y| exp_m1_slope(x, y), |_, s| s)
            (ln,     "natural logarithm",            "1/x",            |x, y| within(x > T::zero(), y, || x.recip()))
            (log2,   "logarithm to base 2",          "1 / (x·ln 2)",   |x, y| within(x > T::zero(), y, || (x * T::LN_2()).recip()))
            (log10,  "logarithm to base 10",         "1 / (x·ln 10)",  |x, y| within(x > T::zero(), y, || log10_slope(x)))
            (ln_1p,  "`ln(1 + x)`, accurate near 0", "1 / (1 + x)",    |x, y| within(x > -T::one(), y, || (T::one() + x).recip()))
            (sin,    "sine",                         "cos x",          |x| x.cos(), |y| -y)
            (cos,    "cosine",                       "−sin x",         |x| -x.sin(), |y| -y)
            (tan,    "tangent",                      "1 + tan²x",      |_, y| T::one() + y * y)
            (asin,   "arc sine",                     "1 / √(1 − x²)",  |x| one_minus_square(x).sqrt().recip())
            (acos,   "arc cosine",                   "−1 / √(1 − x²)", |x| -one_minus_square(x).sqrt().recip())
            (atan,   "arc tangent",                  "1 / (1 + x²)",   |x| atan_slope(x))
            (sinh,   "hyperbolic sine",              "cosh x",         |x| x.cosh(), |y| y)
            (cosh,   "hyperbolic cosine",            "sinh x",         |x| x.sinh(), |y| y)
            (tanh,   "hyperbolic tangent",           "1 / cosh²x",     |x, y| tanh_slope(x, y), |y, s| -(y + y) * s)
            (asinh,  "inverse hyperbolic sine",      "1 / √(x² + 1)",  |x| asinh_slope(x))
            (acosh,  "inverse hyperbolic cosine",    "1 / √(x² − 1)",  |x| ((x - T::one()).sqrt() * (x + T::one()).sqrt()).recip())
            (atanh,  "inverse hyperbolic tangent",   "1 / (1 − x²)",   |x, y| within(x.abs() < T::one(), y, || one_minus_square(x).recip()))
        }
    };
}

pub(crate) use for_each_unary_rule;
