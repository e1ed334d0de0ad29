//! QR factors, least squares and pseudo-inverses, of matrices of full rank.
//!
//! The values are factorized by Householder's reflections (Golub and Van Loan, *Matrix Computations*, section 5.2). On numbers
//! these would lose derivatives: a column that is zero below its diagonal isn't reflected, even if its tangents aren't zero. So each order
//! of the derivatives is solved for with the factors of the values.

use alloc::{vec, vec::Vec};

use super::arrays::{array, flat};
use super::error::LinalgError;
use super::scale::{largest, power_of_2};
use super::solve::{check_finite, count};
use super::triangular;
use crate::number::over::{Over, Work};
use crate::rules::Number;

/// The factors of [`qr`]: `A = q·r`.
#[derive(Clone, Debug, PartialEq)]
pub struct Qr<Q, R> {
    /// Orthonormal columns, as many as A has.
    pub q: Q,
    /// Zeros below the diagonal, which is positive.
    pub r: R,
}

/// The QR factorization of an M×N matrix with M ≥ N and independent columns.
///
/// The diagonal of R is positive, which makes the factors unique and smooth.
///
/// Cost: one factorization of the values, and for each order that the number carries some 4·M·N² products of numbers.
///
/// # Errors
///
/// [`LinalgError::Deficient`] with the first column that depends on those before it, up to rounding: the factors have no derivatives
/// there. [`LinalgError::NotFinite`]; [`LinalgError::Length`] if M < N.
///
/// ```
/// use tangents::linalg::{LinalgError, qr};
///
/// let f = qr(&[[3.0, 5.0], [4.0, 0.0]])?;
/// assert!((f.r[0][0] - 5.0_f64).abs() < 1e-14 && (f.r[0][1] - 3.0).abs() < 1e-14 && (f.r[1][1] - 4.0).abs() < 1e-14);
/// assert!((f.q[0][1] - 0.8).abs() < 1e-15);
///
/// assert_eq!(qr(&[[1.0, 2.0], [2.0, 4.0]]).unwrap_err(), LinalgError::Deficient { column: 1 });
/// # Ok::<(), LinalgError>(())
/// ```
pub fn qr<T: Number, const M: usize, const N: usize>(
    a: &[[T; N]; M],
) -> Result<Qr<[[T; N]; M], [[T; N]; N]>, LinalgError> {
    let Qr { q, r } = qr_of(a.as_flattened(), M, N)?;
    Ok(Qr { q: array(&q), r: array(&r) })
}

/// The x that makes `|A·x − b|` least, for an A with independent columns.
///
/// Derivatives are those of the equations `r = b − A·x`, `Aᵀ·r = 0`, solved with the factors of the values.
///
/// Cost: one factorization of the values, 2·M·N² products of plain numbers; for each order that the number carries 2·M·N products of
/// numbers, and twice as many of a number with a plain one.
///
/// # Errors
///
/// [`LinalgError::Deficient`] with the first column that depends on those before it, up to rounding: then x isn't unique.
/// [`LinalgError::NotFinite`]; [`LinalgError::Length`] if M < N.
///
/// ```
/// use tangents::linalg::least_squares;
///
/// // A line through (0, 1), (1, 3), (2, 5).
/// let x: [f64; 2] = least_squares(&[[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]], &[1.0, 3.0, 5.0])?;
/// assert!((x[0] - 1.0).abs() < 1e-14 && (x[1] - 2.0).abs() < 1e-14);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
#[doc(alias = "lstsq")]
pub fn least_squares<T: Number, const M: usize, const N: usize>(
    a: &[[T; N]; M],
    b: &[T; M],
) -> Result<[T; N], LinalgError> {
    Ok(flat(&least_squares_of(a.as_flattened(), M, N, |i| b[i], 1)?))
}

/// The pseudo-inverse of a matrix of full rank, the matrix X for which `X·b` is the least squares solution; of a matrix that is
/// wider than high, the solution of least length.
///
/// Cost: as M [`least_squares`], with one factorization.
///
/// # Errors
///
/// [`LinalgError::Deficient`] with the first column (or row, if there are fewer of these) that depends on those before it, up to
/// rounding: where the rank isn't kept, the pseudo-inverse jumps. [`LinalgError::NotFinite`].
///
/// ```
/// use tangents::linalg::pseudo_inverse;
///
/// let x: [[f64; 2]; 1] = pseudo_inverse(&[[3.0], [4.0]])?;
/// assert!((x[0][0] - 0.12).abs() < 1e-15 && (x[0][1] - 0.16).abs() < 1e-15);
/// # Ok::<(), tangents::linalg::LinalgError>(())
/// ```
#[doc(alias = "pinv")]
pub fn pseudo_inverse<T: Number, const M: usize, const N: usize>(
    a: &[[T; N]; M],
) -> Result<[[T; M]; N], LinalgError> {
    Ok(array(&pseudo_inverse_of(a.as_flattened(), M, N)?))
}

/// [`qr`] on slices, of an m×n matrix.
pub(crate) fn qr_of<T: Number>(a: &[T], m: usize, n: usize) -> Result<Qr<Vec<T>, Vec<T>>, LinalgError> {
    struct Factors<'a, T> {
        a: &'a [T],
        m: usize,
        n: usize,
    }

    impl<T: Number> Work<T> for Factors<'_, T> {
        type Output = Result<Qr<Vec<T>, Vec<T>>, LinalgError>;

        fn run<P: Number, D>(self) -> Self::Output
        where
            T: Over<P, D>,
        {
            let Self { a, m, n } = self;
            let plain = factorize_values(a, m, n)?;
            let lift = |x: &[P]| x.iter().map(|&x| T::of_value(x)).collect::<Vec<T>>();
            let (mut q, mut r) = (lift(&plain.q), lift(&plain.r));
            for order in 1..=T::ORDER {
                // Q₀·R₁ + Q₁·R₀ = E, Q₀ᵀ·Q₁ + Q₁ᵀ·Q₀ = F, with R₁ = U·R₀.
                let mut e = a.to_vec();
                triangular::subtract_product(&mut e, &q, &r, n);
                let mut f: Vec<T> = super::solve::identity_of(n);
                let transposed: Vec<T> = (0..n * m).map(|k| q[k % m * n + k / m]).collect();
                triangular::subtract_product(&mut f, &transposed, &q, n);
                for x in e.iter_mut().chain(&mut f) {
                    *x = x.of_order(order);
                }
                plain.divide_by_r(&mut e);
                let projected = plain.project(&e, n);
                let mut u = vec![T::zero(); n * n];
                for i in 0..n {
                    u[i * (n + 1)] = projected[i * (n + 1)] - f[i * (n + 1)] * T::lit(0.5);
                    for j in i + 1..n {
                        u[i * n + j] = projected[i * n + j] - f[j * n + i] + projected[j * n + i];
                    }
                }
                // Q₁ = E·R₀⁻¹ − Q₀·U
                for (q, q0, e) in zip3(q.chunks_exact_mut(n), plain.q.chunks_exact(n), e.chunks_exact(n)) {
                    for j in 0..n {
                        let sum = (0..=j).fold(e[j], |sum, k| sum - u[k * n + j].times_plain(q0[k]));
                        q[j] = (q[j] + sum).with_plain(q0[j]);
                    }
                }
                for i in 0..n {
                    for j in i..n {
                        let sum = (i..=j)
                            .fold(T::zero(), |sum, k| sum + u[i * n + k].times_plain(plain.r[k * n + j]));
                        r[i * n + j] = (r[i * n + j] + sum).with_plain(plain.r[i * n + j]);
                    }
                }
            }
            Ok(Qr { q, r })
        }
    }

    T::on_plain(Factors { a, m, n })
}

fn zip3<A, B, C>(
    a: impl Iterator<Item = A>,
    b: impl Iterator<Item = B>,
    c: impl Iterator<Item = C>,
) -> impl Iterator<Item = (A, B, C)> {
    a.zip(b).zip(c).map(|((a, b), c)| (a, b, c))
}

/// [`least_squares`] on slices, of an m×n matrix, for `columns` right sides that `right` gives, row by row.
pub(crate) fn least_squares_of<T: Number>(
    a: &[T],
    m: usize,
    n: usize,
    right: impl Fn(usize) -> T,
    columns: usize,
) -> Result<Vec<T>, LinalgError> {
    struct LeastSquares<'a, T, B> {
        a: &'a [T],
        m: usize,
        n: usize,
        right: B,
        columns: usize,
    }

    impl<T: Number, B: Fn(usize) -> T> Work<T> for LeastSquares<'_, T, B> {
        type Output = Result<Vec<T>, LinalgError>;

        fn run<P: Number, D>(self) -> Self::Output
        where
            T: Over<P, D>,
        {
            let Self { a, m, n, right, columns } = self;
            // Products of entries with what is left of the right side keep their digits only if neither is tiny or huge. Powers of 2 change
            // no other bit.
            let column = |j: usize| (0..m).map(move |i| a[i * n + j].value());
            let scales: Vec<P> = (0..n).map(|j| power_of_2(largest(column(j)))).collect();
            let a: Vec<T> = a.iter().enumerate().map(|(k, a)| a.times_plain(scales[k % n])).collect();
            let mut b: Vec<T> = (0..m * columns).map(right).collect();
            let of_b = power_of_2(largest(b.iter().map(Over::value)));
            for b in &mut b {
                *b = b.times_plain(of_b);
            }
            let plain = factorize_values(&a, m, n)?;
            let values: Vec<P> = b.iter().map(Over::value).collect();
            let (x0, r0) = plain.solve(values, None, columns);
            let mut x: Vec<T> = x0.iter().map(|&x| T::of_value(x)).collect();
            let mut r: Vec<T> = r0.iter().map(|&r| T::of_value(r)).collect();
            let transposed: Vec<T> = (0..n * m).map(|k| a[k % m * n + k / m]).collect();
            for order in 1..=T::ORDER {
                let mut f: Vec<T> = b.iter().zip(&r).map(|(&b, &r)| b - r).collect();
                triangular::subtract_product(&mut f, &a, &x, columns);
                let mut g = vec![T::zero(); n * columns];
                triangular::subtract_product(&mut g, &transposed, &r, columns);
                for x in f.iter_mut().chain(&mut g) {
                    *x = x.of_order(order);
                }
                let (dx, dr) = plain.solve(f, Some(g), columns);
                for ((x, dx), &x0) in x.iter_mut().zip(dx).zip(&x0) {
                    *x = (*x + dx).with_plain(x0);
                }
                for ((r, dr), &r0) in r.iter_mut().zip(dr).zip(&r0) {
                    *r = (*r + dr).with_plain(r0);
                }
            }
            for (x, &scale) in x.chunks_exact_mut(columns.max(1)).zip(&scales) {
                for x in x {
                    *x = x.by_plain(of_b).times_plain(scale);
                }
            }
            Ok(x)
        }
    }

    T::on_plain(LeastSquares { a, m, n, right, columns })
}

/// [`pseudo_inverse`] on slices, of an m×n matrix.
pub(crate) fn pseudo_inverse_of<T: Number>(a: &[T], m: usize, n: usize) -> Result<Vec<T>, LinalgError> {
    if m >= n {
        return least_squares_of(a, m, n, super::solve::identity(m), m);
    }
    let transposed: Vec<T> = (0..n * m).map(|k| a[k % m * n + k / m]).collect();
    let x = least_squares_of(&transposed, n, m, super::solve::identity(n), n)?;
    Ok((0..n * m).map(|k| x[k % m * n + k / m]).collect())
}

/// The factors of the values.
struct Plain<P> {
    q: Vec<P>,
    r: Vec<P>,
    n: usize,
}

impl<P: Number> Plain<P> {
    /// `e := e·R⁻¹`, for rows of length n.
    fn divide_by_r<D, T: Over<P, D>>(&self, e: &mut [T]) {
        let n = self.n;
        for e in e.chunks_exact_mut(n) {
            for j in 0..n {
                let sum = (0..j).fold(e[j], |sum, k| sum - e[k].times_plain(self.r[k * n + j]));
                e[j] = sum.by_plain(self.r[j * (n + 1)]);
            }
        }
    }

    /// `Qᵀ·x`
    fn project<D, T: Over<P, D>>(&self, x: &[T], columns: usize) -> Vec<T> {
        let mut projected = vec![T::zero(); self.n * columns];
        for (q, x) in self.q.chunks_exact(self.n).zip(x.chunks_exact(columns.max(1))) {
            for (projected, &q) in projected.chunks_exact_mut(columns.max(1)).zip(q) {
                for (projected, x) in projected.iter_mut().zip(x) {
                    *projected += x.times_plain(q);
                }
            }
        }
        projected
    }

    /// The x and r with `r + A·x = f` and `Aᵀ·r = g`, where a g that is missing is zero.
    fn solve<D, T: Over<P, D>>(&self, f: Vec<T>, g: Option<Vec<T>>, columns: usize) -> (Vec<T>, Vec<T>) {
        let (n, mut r) = (self.n, f);
        // x = R⁻¹·(Qᵀ·f − R⁻ᵀ·g), r = f − Q·(Qᵀ·f − R⁻ᵀ·g)
        let mut x = self.project(&r, columns);
        if let Some(mut g) = g {
            let lower: Vec<P> = (0..n * n).map(|k| self.r[k % n * n + k / n]).collect();
            triangular::solve_lower(&lower, &mut g, n, columns, |i, x: T| x.by_plain(lower[i * (n + 1)]));
            for (x, g) in x.iter_mut().zip(g) {
                *x -= g;
            }
        }
        for (q, r) in self.q.chunks_exact(n).zip(r.chunks_exact_mut(columns.max(1))) {
            for (&q, x) in q.iter().zip(x.chunks_exact(columns.max(1))) {
                for (r, x) in r.iter_mut().zip(x) {
                    *r -= x.times_plain(q);
                }
            }
        }
        triangular::solve_upper(&self.r, &mut x, n, columns);
        (x, r)
    }
}

/// How much of a column must be left beside those before it, in ulps of the column and for each row.
const DEFICIENT: f64 = 4.0;

/// The factors of the values of an m×n matrix, with a positive diagonal of R.
fn factorize_values<P: Number, D, T: Over<P, D>>(
    a: &[T],
    m: usize,
    n: usize,
) -> Result<Plain<P>, LinalgError> {
    if m < n {
        LinalgError::check_length("column of a matrix that isn't wider than high", n, m)?;
    }
    check_finite(a, n)?;
    let mut a: Vec<P> = a.iter().map(Over::value).collect();
    let column =
        |a: &[P], first: usize, k: usize| P::norm(&(first..m).map(|i| a[i * n + k]).collect::<Vec<_>>());
    let sizes: Vec<P> = (0..n).map(|k| column(&a, 0, k)).collect();
    let mut signs = vec![P::one(); n];
    // The vectors of the reflections, 1 − v·vᵀ, of which the first k entries are zero.
    let mut reflections = vec![P::zero(); m * n];
    for k in 0..n {
        let size = column(&a, k, k);
        let rounding = P::lit(DEFICIENT) * P::epsilon() * count::<P>(m) * sizes[k];
        if size.is_nan() || size <= rounding {
            return Err(LinalgError::Deficient { column: k });
        }
        // v = (x + sign·|x|·e)/√(|x|·(|x| + |x₀|)), which reflects x to −sign·|x|·e.
        let first = a[k * (n + 1)];
        let sign = if first < P::zero() { -P::one() } else { P::one() };
        signs[k] = -sign;
        let (scale, rest) = (size.recip(), (P::one() + first.abs() / size).sqrt());
        for i in k..m {
            let x = a[i * n + k] * scale;
            reflections[i * n + k] = (if i == k { x + sign } else { x }) / rest;
        }
        reflect(&mut a, &reflections, n, k, k);
    }
    let mut q = vec![P::zero(); m * n];
    for k in (0..n).rev() {
        q[k * (n + 1)] = P::one();
        reflect(&mut q, &reflections, n, k, k);
    }
    let r = (0..n * n).map(|k| if k % n < k / n { P::zero() } else { a[k] * signs[k / n] }).collect();
    for q in q.chunks_exact_mut(n) {
        for (q, &sign) in q.iter_mut().zip(&signs) {
            *q *= sign;
        }
    }
    Ok(Plain { q, r, n })
}

/// `x := (1 − v·vᵀ)·x` in the columns from `left` on, with v the column k of `reflections`.
fn reflect<P: Number>(x: &mut [P], reflections: &[P], n: usize, k: usize, left: usize) {
    let mut products = vec![P::zero(); n - left];
    let v = |i: usize| reflections[i * n + k];
    for (i, x) in x.chunks_exact(n).enumerate().skip(k) {
        for (product, &x) in products.iter_mut().zip(&x[left..]) {
            *product += v(i) * x;
        }
    }
    for (i, x) in x.chunks_exact_mut(n).enumerate().skip(k) {
        for (x, &product) in x[left..].iter_mut().zip(&products) {
            *x -= v(i) * product;
        }
    }
}
