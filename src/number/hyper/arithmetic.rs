//! The arithmetic of hyper-dual numbers, row by row.

use super::super::Dual;
use super::HyperDual;
use super::lanes::{self, Divisor, aside, inside, whole};
use super::packed::{Packed, rows};
use crate::number::inspect;
use crate::real::Real;
use crate::rules::branches::ratio;

/// `x + y`
#[inline]
pub(super) fn plus<T: Real, const N: usize>(x: &HyperDual<T, N>, y: &HyperDual<T, N>) -> HyperDual<T, N> {
    whole!([T, N](x: &HyperDual<T, N> = x, y: &HyperDual<T, N> = y) -> HyperDual<T, N> {
        HyperDual {
            re: x.re + y.re,
            gradient: inside::add(0, &x.gradient, &y.gradient),
            second: rows!(|d| inside::add(d, x.second.row(d), y.second.row(d))),
        }
    })
}

/// `x − y`
#[inline]
pub(super) fn minus<T: Real, const N: usize>(x: &HyperDual<T, N>, y: &HyperDual<T, N>) -> HyperDual<T, N> {
    whole!([T, N](x: &HyperDual<T, N> = x, y: &HyperDual<T, N> = y) -> HyperDual<T, N> {
        HyperDual {
            re: x.re - y.re,
            gradient: inside::sub(0, &x.gradient, &y.gradient),
            second: rows!(|d| inside::sub(d, x.second.row(d), y.second.row(d))),
        }
    })
}

/// `x·s`
#[inline]
pub(super) fn scaled<T: Real, const N: usize>(x: &HyperDual<T, N>, s: T) -> HyperDual<T, N> {
    whole!([T, N](x: &HyperDual<T, N> = x, s: T = s) -> HyperDual<T, N> {
        HyperDual {
            re: x.re * s,
            gradient: inside::scale(0, s, &x.gradient),
            second: rows!(|d| inside::scale(d, s, x.second.row(d))),
        }
    })
}

/// `x·y`
#[inline]
pub(super) fn times<T: Real, const N: usize>(x: &HyperDual<T, N>, y: &HyperDual<T, N>) -> HyperDual<T, N> {
    whole!([T, N](x: &HyperDual<T, N> = x, y: &HyperDual<T, N> = y) -> HyperDual<T, N> {
        let (a, b) = (&x.gradient, &y.gradient);
        HyperDual {
            re: x.re * y.re,
            gradient: inside::combine(0, y.re, x.re, a, b),
            second: rows!(|d| {
                let (h, k) = (x.second.row(d), y.second.row(d));
                inside::product_row(d, x.re, y.re, h, k, a, b, a, b)
            }),
        }
    })
}

/// `x/y`, from x = q·y: `Hx = q·Hy + y·Hq + g_q·g_yᵀ + g_y·g_qᵀ`
#[inline]
pub(super) fn over<T: Real, const N: usize>(x: &HyperDual<T, N>, y: &HyperDual<T, N>) -> HyperDual<T, N> {
    let q = x.re / y.re;
    if !lanes::divides_by_reciprocal(q, y.re) {
        return aside([*x, *y], |[x, y]| over_rounded(x, q, y))[0];
    }
    whole!([T, N](x: &HyperDual<T, N> = x, y: &HyperDual<T, N> = y, q: T = q) -> HyperDual<T, N> {
        let (r, b) = (y.re.recip(), &y.gradient);
        let g = &inside::quotient_by_reciprocal(0, q, y.re, r, &x.gradient, b);
        let second = rows!(|d| {
            let (h, k) = (x.second.row(d), y.second.row(d));
            inside::quotient_row(d, q, y.re, r, h, k, g, b, g, b)
        });
        HyperDual { re: q, gradient: *g, second }
    })
}

/// q, the quotient of a plain number by y, from q·y constant: `y·Hq = −(q·Hy + g_q·g_yᵀ + g_y·g_qᵀ)`
#[inline]
pub(super) fn under<T: Real, const N: usize>(y: &HyperDual<T, N>, q: T) -> HyperDual<T, N> {
    let (r, b) = (y.re.recip(), &y.gradient);
    let g = &lanes::quotient_of_plain_by_reciprocal(0, q, y.re, r, b);
    if !(lanes::divides_by_reciprocal(q, y.re) && all_finite(g)) {
        return aside(*y, |y| under_nonfinite(y, q));
    }
    whole!([T, N](y: &HyperDual<T, N> = y, q: T = q, r: T = r, g: &[T; N] = g) -> HyperDual<T, N> {
        let b = &y.gradient;
        let second = rows!(|d| inside::quotient_of_plain_row(d, q, y.re, r, y.second.row(d), g, b, g, b));
        HyperDual { re: q, gradient: *g, second }
    })
}

/// The function of x with value f, slope df and second derivative ddf.
#[inline]
pub(super) fn chain<T: Real, const N: usize>(x: &HyperDual<T, N>, f: T, df: T, ddf: T) -> HyperDual<T, N> {
    let gradient = lanes::scale(0, df, &x.gradient);
    if !(inspect::is_finite(df) && inspect::is_finite(ddf) && all_finite(&gradient)) {
        return aside(*x, |x| chain_nonfinite(x, f, df, ddf));
    }
    whole!([T, N](
        x: &HyperDual<T, N> = x, f: T = f, df: T = df, ddf: T = ddf, gradient: &[T; N] = &gradient
    ) -> HyperDual<T, N> {
        let a = &x.gradient;
        let second = rows!(|d| inside::chain_row(d, df, ddf, x.second.row(d), a, a));
        HyperDual { re: f, gradient: *gradient, second }
    })
}

/// The function of x and y with value f, slopes df and second derivatives ddf.
#[inline]
pub(super) fn chain2<T: Real, const N: usize>(
    x: &HyperDual<T, N>,
    y: &HyperDual<T, N>,
    f: T,
    df: [T; 2],
    ddf: [T; 3],
) -> HyperDual<T, N> {
    let gradient = lanes::combine(0, df[0], df[1], &x.gradient, &y.gradient);
    if !(df.into_iter().chain(ddf).all(inspect::is_finite) && all_finite(&gradient)) {
        return aside([*x, *y], |[x, y]| chain2_nonfinite(x, y, f, df, ddf))[0];
    }
    whole!([T, N](
        x: &HyperDual<T, N> = x, y: &HyperDual<T, N> = y, f: T = f, df: &[T; 2] = &df, ddf: &[T; 3] = &ddf,
        gradient: &[T; N] = &gradient
    ) -> HyperDual<T, N> {
        let ([p, q], [pp, pq, qq]) = (*df, *ddf);
        let (a, b) = (&x.gradient, &y.gradient);
        let second = rows!(|d| {
            let (h, k) = (x.second.row(d), y.second.row(d));
            inside::chain2_row(d, p, q, pp, pq, qq, h, k, a, b, a, b)
        });
        HyperDual { re: f, gradient: *gradient, second }
    })
}

/// The function of M numbers with value f and these slopes, whose own slopes are in their lanes.
pub(super) fn chain_n<T: Real, const N: usize, const M: usize>(
    x: &[HyperDual<T, N>; M],
    f: T,
    slopes: [Dual<T, M>; M],
) -> HyperDual<T, N> {
    let gradient = lanes::chain_n(x.each_ref().map(|x| &x.gradient), slopes.map(|slope| slope.re));
    let second = Packed::from_pairs(|i, j| {
        let mut sum = T::neg_zero();
        for p in 0..M {
            sum = sum + inspect::scaled(slopes[p].re, x[p].second.entry(i, j));
            for q in 0..M {
                // Of the two that are equal, one for both: so the Hessian is symmetric to the bit.
                let bent = slopes[p.min(q)].eps[p.max(q)];
                sum = sum + quadratic(bent, x[p].gradient[i], x[q].gradient[j]);
            }
        }
        sum
    });
    HyperDual { re: f, gradient, second }
}

// Each of what follows writes all of the number over an operand, so that there is one way out of what is above, in few
// instructions: else the compiler doesn't inline it. An entry whose own lanes are finite has the formula of the rows, since
// it is the same whatever other lanes there are (law 3).

/// The quotient q of x by a y whose reciprocal would lose digits.
#[cold]
fn over_rounded<T: Real, const N: usize>(x: &mut HyperDual<T, N>, q: T, y: &HyperDual<T, N>) {
    let b = &y.gradient;
    let g = lanes::quotient(x.gradient, q, *b, y.re);
    let divisor = Divisor::of(q, y.re);
    let second = Packed::from_pairs(|i, j| {
        let (h, k) = (x.second.entry(i, j), y.second.entry(i, j));
        match divisor {
            Divisor::Regular => lanes::over(h, [(g[i], b[j]), (g[j], b[i]), (q, k)], y.re),
            _ => divisor.over(h, k + crossed(g, *b, i, j)),
        }
    });
    *x = HyperDual { re: q, gradient: g, second };
}

/// q, the quotient of a plain number by y.
#[cold]
fn under_nonfinite<T: Real, const N: usize>(y: &mut HyperDual<T, N>, q: T) {
    let b = &y.gradient;
    let g = lanes::quotient_of_plain(q, *b, y.re);
    let (divisor, by_reciprocal) = (Divisor::of(q, y.re), lanes::divides_by_reciprocal(q, y.re));
    let second = Packed::from_pairs(|i, j| {
        if by_reciprocal && all_finite(&[g[i], g[j]]) {
            let sum = q * y.second.entry(i, j) + (g[i] * b[j] + b[i] * g[j]);
            return lanes::divided(-sum, y.re, y.re.recip());
        }
        let (k, crossed) = (y.second.entry(i, j), crossed(g, *b, i, j));
        let Divisor::Regular = divisor else { return divisor.over(T::zero(), k + crossed) };
        let sum = inspect::scaled(q, k) + crossed;
        let divided = || {
            inspect::scaled(q, k / y.re)
                + (inspect::product(g[i], b[j] / y.re) + inspect::product(g[j], b[i] / y.re))
        };
        let still = [k, b[i], b[j]].into_iter().all(inspect::is_zero);
        if still { T::zero() } else { lanes::over_plain(sum, y.re, divided) }
    });
    *y = HyperDual { re: q, gradient: g, second };
}

#[cold]
fn chain_nonfinite<T: Real, const N: usize>(x: &mut HyperDual<T, N>, f: T, df: T, ddf: T) {
    let a = &x.gradient;
    let g = lanes::chain(df, *a);
    let entry = |i: usize, j: usize| {
        let h = x.second.entry(i, j);
        if all_finite(&[df, ddf, g[i], g[j]]) {
            df * h + ddf * a[i] * a[j]
        } else {
            inspect::scaled(df, h) + quadratic(ddf, a[i], a[j])
        }
    };
    *x = HyperDual { re: f, gradient: g, second: Packed::from_pairs(entry) };
}

/// The function of x with value f, slope df and, where the second derivative under- or overflows, `bent`, that times x.
pub(super) fn chain_in_units<T: Real, const N: usize>(
    x: &HyperDual<T, N>,
    f: T,
    df: T,
    bent: T,
) -> HyperDual<T, N> {
    let a = &x.gradient;
    let second = Packed::from_pairs(|i, j| {
        let (u, v) = (ratio(a[i], x.re), a[j]);
        // The product stays between the sizes of `bent` and of what it is in the end.
        let (u, v) = if (bent.abs() > T::one()) == (u.abs() < v.abs()) { (u, v) } else { (v, u) };
        inspect::scaled(df, x.second.entry(i, j)) + quadratic(bent, u, v)
    });
    HyperDual { re: f, gradient: lanes::chain(df, *a), second }
}

#[cold]
fn chain2_nonfinite<T: Real, const N: usize>(
    x: &mut HyperDual<T, N>,
    y: &HyperDual<T, N>,
    f: T,
    [p, q]: [T; 2],
    [pp, pq, qq]: [T; 3],
) {
    let (a, b) = (&x.gradient, &y.gradient);
    let g = lanes::chain2(p, *a, q, *b);
    let second = Packed::from_pairs(|i, j| {
        if all_finite(&[p, q, pp, pq, qq, g[i], g[j]]) {
            let (h, k) = (x.second.entry(i, j), y.second.entry(i, j));
            return p * h + (q * k + ((pp * a[i] + pq * b[i]) * a[j] + (pq * a[i] + qq * b[i]) * b[j]));
        }
        let along_a = quadratic(pp, a[i], a[j]) + quadratic(pq, b[i], a[j]);
        let along_b = quadratic(pq, a[i], b[j]) + quadratic(qq, b[i], b[j]);
        let along_k = inspect::scaled(q, y.second.entry(i, j));
        inspect::scaled(p, x.second.entry(i, j)) + (along_k + (along_a + along_b))
    });
    *x = HyperDual { re: f, gradient: g, second };
}

/// What the gradients g of a quotient and b of its divisor give in the entry (i, j); a zero lane wins over an infinite one.
#[inline]
fn crossed<T: Real, const N: usize>(g: [T; N], b: [T; N], i: usize, j: usize) -> T {
    inspect::product(g[i], b[j]) + inspect::product(g[j], b[i])
}

/// Whether no lane is infinite or NaN: one that is would spoil the entries it shares with the zero lanes.
///
/// Without a way out at the first that is, so that it is done in vectors.
#[inline]
fn all_finite<T: Real, const N: usize>(lanes: &[T; N]) -> bool {
    lanes.iter().fold(true, |finite, &lane| finite & inspect::is_finite(lane))
}

/// `(c·u)·v`, where a zero lane wins over an infinite c, and over an infinite other lane.
#[inline]
fn quadratic<T: Real>(c: T, u: T, v: T) -> T {
    if inspect::is_zero(u) || inspect::is_zero(v) {
        T::zero()
    } else {
        inspect::scaled(inspect::scaled(c, u), v)
    }
}
