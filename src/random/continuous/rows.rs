//! Distributions of vectors: Dirichlet, ball, multivariate normal, orthogonal matrices.
//!
//! The elements of a sample are the components of its vectors in a row, so the containers are the same as for
//! numbers: of vectors of three, `[f32; 3]` is one, `[[f32; 3]; 7]` seven, and a `Vec<[f32; 3]>` or a slice any number.

use core::cell::RefCell;

use num_traits::{Float, One};

use super::composed::plain_normal;
use super::gamma::{Gammas, LogGammaSlope, LogOverReciprocalSlope};
use super::implicit::vanishing_exp;
use super::of_gamma::{generalized_normals, softmax};
use super::standard::Exponential;
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::Variate;

/// The components of random vectors in a row.
///
/// Components belong together, so a vector is computed whole, and kept until another one is asked for.
struct Rows<B, F> {
    /// Overwrites the vector `row`.
    fill: F,
    /// The vector that was computed last, and its number.
    last: RefCell<(Option<u64>, B)>,
}

impl<B, F> Rows<B, F> {
    /// `buffer` is as long as a vector; what is in it doesn't matter.
    fn new(buffer: B, fill: F) -> Self {
        Self { fill, last: RefCell::new((None, buffer)) }
    }
}

impl<T: Copy, B: AsMut<[T]>, F: Fn(u64, &mut [T])> Elements<T> for Rows<B, F> {
    fn at(&self, i: u64) -> T {
        let mut last = self.last.borrow_mut();
        let (number, vector) = &mut *last;
        let vector = vector.as_mut();
        let dim = vector.len() as u64;
        let row = i / dim;
        if *number != Some(row) {
            // Not the number of a vector while it is overwritten.
            *number = None;
            (self.fill)(row, vector);
            *number = Some(row);
        }
        #[expect(clippy::cast_possible_truncation, reason = "less than the length of the vector")]
        let component = (i % dim) as usize;
        vector[component]
    }
}

/// The Dirichlet distribution on the vectors of positive components with sum 1, with concentrations α.
///
/// gₖ/Σg with gₖ a gamma sample of shape αₖ, computed in logarithms. `A` is `[T; K]`, `Vec<T>` or another container of
/// numbers, and these may be dual: the derivatives are those of the gamma samples.
///
/// A sample is a row of vectors; one that ends within a vector has the first components of its last.
///
/// JAX: `jax.random.dirichlet(key, alpha)`.
///
/// ```
/// use tangents::random::{Dirichlet, Distribution, Key};
///
/// let x: [[f64; 3]; 5] = Dirichlet::new([0.7, 2.0, 3.5])?.sample(Key::new(0));
/// assert!(x.iter().all(|x| (x.iter().sum::<f64>() - 1.0).abs() < 1e-15));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dirichlet<A> {
    alpha: A,
}

impl<A> Dirichlet<A> {
    /// The Dirichlet distribution with concentrations α.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] if there are none, [`Error::NonPositive`] if one isn't positive and finite.
    pub fn new<T: Variate>(alpha: A) -> Result<Self, Error>
    where
        A: AsRef<[T]>,
    {
        if alpha.as_ref().is_empty() {
            return Err(Error::Empty);
        }
        for &a in alpha.as_ref() {
            Error::check_positive("concentration", a)?;
        }
        Ok(Self { alpha })
    }
}

impl<T: Variate, A: AsRef<[T]> + AsMut<[T]> + Clone> Distribution<T> for Dirichlet<A> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let alpha = self.alpha.as_ref();
        Rows::new(self.alpha.clone(), move |row, x: &mut [T]| {
            let first = row * alpha.len() as u64;
            for ((x, &a), i) in x.iter_mut().zip(alpha).zip(first..) {
                *x = T::implicit([a], Gammas::new(a, key, len).log(i), &LogGammaSlope);
            }
            softmax(x, |k| Gammas::new(alpha[k], key, len).scaled_log(first + k as u64));
        })
    }
}

/// The uniform distribution in the unit ball of the p-norm, Σ|xₖ|ᵖ ≤ 1, in a given number of dimensions.
///
/// With gₖ [generalised normal](crate::random::GeneralizedNormal) and e exponential, gₖ/(Σ|g|ᵖ + e)^(1/p). `B` is a container of as
/// many numbers as there are dimensions, of which only the length counts, and p may be a dual number.
///
/// A sample is a row of vectors; one that ends within a vector has the first components of its last.
///
/// JAX: `jax.random.ball(key, d, p)`.
///
/// ```
/// use tangents::random::{Ball, Distribution, Key};
///
/// let x: [[f64; 3]; 5] = Ball::<[f64; 3], _>::new([0.0; 3], 2.0)?.sample(Key::new(0));
/// assert!(x.iter().all(|x| x.iter().map(|x| x * x).sum::<f64>() < 1.0));
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ball<B, T> {
    dimensions: B,
    p: T,
}

impl<B, T: Variate> Ball<B, T> {
    /// The uniform distribution in the unit ball of the p-norm, in as many dimensions as `dimensions` has numbers.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] if there are none, [`Error::NonPositive`] if p isn't positive and finite.
    pub fn new(dimensions: B, p: T) -> Result<Self, Error>
    where
        B: AsRef<[T]>,
    {
        if dimensions.as_ref().is_empty() {
            return Err(Error::Empty);
        }
        Error::check_positive("exponent p", p).map(|p| Self { dimensions, p })
    }
}

impl<T: Variate, B: AsRef<[T]> + AsMut<[T]> + Clone> Distribution<T> for Ball<B, T> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let p = self.p;
        let dim = self.dimensions.as_ref().len() as u64;
        let vectors = len.div_ceil(dim);
        let [normal_key, exponential_key] = key.split();
        let normal = generalized_normals(p, normal_key, vectors * dim);
        // What those are the roots of.
        let [gamma_key, _] = normal_key.split();
        let exponent = (T::Plain::one() / p.plain()).min(T::Plain::max_value());
        let gammas = Gammas::new(exponent, gamma_key, vectors * dim);
        let exponential = Distribution::<T>::elements(&Exponential, exponential_key, vectors);
        Rows::new(self.dimensions.clone(), move |row, x: &mut [T]| {
            for (x, i) in x.iter_mut().zip(row * dim..) {
                *x = normal.at(i);
            }
            let powers = x.iter().fold(T::zero(), |sum, x| sum + x.abs().powf(p));
            let exponential = exponential.at(row);
            let norm = (powers + exponential).powf(T::one() / p);
            if norm.is_finite() {
                for x in x {
                    *x = *x / norm;
                }
            } else {
                // For a small p roots overflow. With gⱼ = exp(μⱼ)/p it is
                // x = (1 + r)^(−1/p),   r = Σ exp(μⱼ − μₖ) + p·e·exp(−μₖ), the sum over j ≠ k.
                let mu = |i| T::implicit([p], (gammas.sample(i) / exponent).ln(), &LogOverReciprocalSlope);
                let components = row * dim..(row + 1) * dim;
                for (x, k) in x.iter_mut().zip(components.clone()) {
                    let others = components.clone().filter(|&j| j != k);
                    let others = others.fold(T::zero(), |sum, j| sum + (mu(j) - mu(k)).exp());
                    let own = exponential * (-mu(k)).exp();
                    let r = others + p * own;
                    let log = if r < T::lit(0.01) {
                        // Not ln(1 + r)/p: its derivative would cancel.
                        (others / p + own) * ln_1p_over(r)
                    } else {
                        r.ln_1p() / p
                    };
                    let size = vanishing_exp(-log);
                    *x = if x.plain().is_sign_negative() { -size } else { size };
                }
            }
        })
    }
}

/// ln(1 + x)/x for |x| up to 0.01, by its power series.
fn ln_1p_over<T: Variate>(x: T) -> T {
    (1..12_u32).rev().fold(T::zero(), |sum, k| T::lit(1.0 / f64::from(k)) - x * sum)
}

/// The multivariate normal distribution: mean + L·z, with L the Cholesky factor of the covariance and z standard
/// normal.
///
/// `M` is a container of n numbers, `[T; N]` or `Vec<T>`, and `C` one of n such rows, `[[T; N]; N]` or `Vec<Vec<T>>`.
/// The numbers may be dual: the derivatives go through the factorisation. Of the covariance, the lower triangle is
/// read.
///
/// A sample is a row of vectors; one that ends within a vector has the first components of its last.
///
/// JAX: `jax.random.multivariate_normal(key, mean, cov)` with its default, `method="cholesky"`.
///
/// ```
/// use tangents::random::{Distribution, Key, MultivariateNormal, normal};
///
/// let key = Key::new(0);
/// let covariance = [[4.0, 2.0], [2.0, 5.0]]; // L = [[2, 0], [1, 2]]
/// let x: [f64; 2] = MultivariateNormal::new([1.0, -1.0], covariance)?.sample(key);
/// let z: [f64; 2] = normal(key);
/// assert_eq!(x, [1.0 + 2.0 * z[0], -1.0 + (z[0] + 2.0 * z[1])]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MultivariateNormal<M, C> {
    mean: M,
    /// The Cholesky factor in the lower triangle.
    factor: C,
}

impl<M, C> MultivariateNormal<M, C> {
    /// The normal distribution with this mean and this covariance.
    ///
    /// Cost: n³/6 multiplications for the factorisation.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] if the mean has no components; [`Error::Length`] if the covariance isn't a square of the
    /// mean's length; [`Error::NonFinite`] if a number of the mean is infinite or NaN;
    /// [`Error::NotPositiveDefinite`] if the covariance isn't positive definite, numbers that aren't finite included.
    pub fn new<T: Variate>(mean: M, covariance: C) -> Result<Self, Error>
    where
        M: AsRef<[T]> + AsMut<[T]>,
        C: AsMut<[M]>,
    {
        let n = mean.as_ref().len();
        if n == 0 {
            return Err(Error::Empty);
        }
        for &component in mean.as_ref() {
            Error::check_finite("mean", component)?;
        }
        let mut factor = covariance;
        let rows = factor.as_mut();
        Error::check_length("covariance", n, rows.len())?;
        for row in &*rows {
            Error::check_length("row of the covariance", n, row.as_ref().len())?;
        }
        cholesky(rows)?;
        Ok(Self { mean, factor })
    }
}

/// Overwrites the lower triangle of a matrix with its Cholesky factor, row by row.
fn cholesky<T: Variate, R: AsRef<[T]> + AsMut<[T]>>(rows: &mut [R]) -> Result<(), Error> {
    for i in 0..rows.len() {
        let (done, rest) = rows.split_at_mut(i);
        let row = rest[0].as_mut();
        for (j, above) in done.iter().enumerate() {
            let above = above.as_ref();
            row[j] = (row[j] - dot(&row[..j], &above[..j])) / above[j];
        }
        let pivot = row[i] - dot(&row[..i], &row[..i]);
        if !(pivot > T::zero() && pivot.is_finite()) {
            return Err(Error::NotPositiveDefinite);
        }
        row[i] = pivot.sqrt();
    }
    Ok(())
}

fn dot<T: Variate>(a: &[T], b: &[T]) -> T {
    a.iter().zip(b).fold(T::zero(), |sum, (&a, &b)| sum + a * b)
}

impl<T, M, C> Distribution<T> for MultivariateNormal<M, C>
where
    T: Variate,
    M: AsRef<[T]> + AsMut<[T]> + Clone,
    C: AsRef<[M]>,
{
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let (mean, factor) = (self.mean.as_ref(), self.factor.as_ref());
        let n = mean.len();
        let normal = plain_normal::<T::Plain, G>(key, len.next_multiple_of(n as u64));
        Rows::new(self.mean.clone(), move |row, x: &mut [T]| {
            for (x, i) in x.iter_mut().zip(row * n as u64..) {
                *x = T::lift(normal.at(i));
            }
            // From the last component on, since a component needs the numbers of those before it.
            for i in (0..n).rev() {
                x[i] = mean[i] + dot(&factor[i].as_ref()[..=i], &x[..=i]);
            }
        })
    }
}

/// The uniform (Haar) distribution of orthogonal n × n matrices, and of matrices with orthonormal rows or columns.
///
/// The orthogonal factor Q of a matrix of standard normal numbers, with the signs for which R has a positive
/// diagonal (Mezzadri 2007). A sample is a row of matrices, each row by row: `[[f64; 3]; 3]` is one,
/// `[[[f64; 3]; 3]; 5]` five. It has no parameters to differentiate in. Needs the feature `alloc`.
///
/// JAX: `jax.random.orthogonal(key, n, m=…)`.
///
/// ```
/// use tangents::random::{Distribution, Key, Orthogonal};
///
/// let [u, v]: [[f64; 2]; 2] = Orthogonal::new(2)?.sample(Key::new(0));
/// assert!((u[0] * v[0] + u[1] * v[1]).abs() < 1e-15);
/// assert!((u[0] * u[0] + u[1] * u[1] - 1.0).abs() < 1e-15);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[cfg(feature = "alloc")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Orthogonal {
    rows: usize,
    columns: usize,
}

#[cfg(feature = "alloc")]
impl Orthogonal {
    /// The distribution of n × n matrices.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] if n is 0.
    pub const fn new(n: usize) -> Result<Self, Error> {
        Self::rectangular(n, n)
    }

    /// The distribution of matrices of this shape: with orthonormal columns if they have more rows, with orthonormal
    /// rows if they have more columns.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] if there are no rows or no columns.
    pub const fn rectangular(rows: usize, columns: usize) -> Result<Self, Error> {
        if rows == 0 || columns == 0 { Err(Error::Empty) } else { Ok(Self { rows, columns }) }
    }
}

#[cfg(feature = "alloc")]
impl<T: Variate> Distribution<T> for Orthogonal {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<T> {
        let Self { rows, columns } = *self;
        let (long, short) = (rows.max(columns), rows.min(columns));
        let size = (rows * columns) as u64;
        let normal = plain_normal::<T::Plain, G>(key, len.next_multiple_of(size));
        // What is orthonormalised are vectors of the longer length, one after another: columns, or rows of the
        // transpose.
        let place = move |vector: usize, component: usize| {
            if rows >= columns { component * columns + vector } else { vector * columns + component }
        };
        Rows::new(alloc::vec![T::zero(); rows * columns], move |matrix, x: &mut [T]| {
            let first = matrix * size;
            for vector in 0..short {
                for component in 0..long {
                    let i = first + (component * short + vector) as u64;
                    x[place(vector, component)] = T::lift(normal.at(i));
                }
            }
            orthonormalize(x, short, long, place);
        })
    }
}

/// Gram and Schmidt's orthonormalisation: R's diagonal comes out positive.
///
/// Each vector is projected twice, which leaves it orthogonal to rounding error whatever the matrix (Giraud, Langou and
/// others 2005).
#[cfg(feature = "alloc")]
fn orthonormalize<T: Variate>(
    x: &mut [T],
    vectors: usize,
    long: usize,
    place: impl Fn(usize, usize) -> usize,
) {
    for v in 0..vectors {
        for earlier in (0..v).chain(0..v) {
            let projection = (0..long).fold(T::zero(), |sum, k| sum + x[place(earlier, k)] * x[place(v, k)]);
            for k in 0..long {
                x[place(v, k)] = x[place(v, k)] - projection * x[place(earlier, k)];
            }
        }
        let norm = (0..long).fold(T::zero(), |sum, k| sum + x[place(v, k)] * x[place(v, k)]).sqrt();
        for k in 0..long {
            x[place(v, k)] = x[place(v, k)] / norm;
        }
    }
}
