//! Eigenvalues and eigenvectors of general matrices, from eigenvalues of the values that somebody has found.
//!
//! Each is a root of the equations `(A − λ)·v = 0`, `v₀ᴴ·v = 1` in v and λ, of which v₀ is the eigenvector of the values: Newton's
//! method makes the values exact to rounding, and each order of the derivatives is a system with the same matrix. A complex
//! number is its two parts.

use alloc::{vec, vec::Vec};

use super::error::LinalgError;
use super::lu;
use super::scale::{largest, power_of_2};
use super::solve::{check_finite, count};
use super::splitting::size;
use super::triangular;
use crate::number::over::{Itself, Over, Work};
use crate::rules::Number;

/// An eigenvalue by parts, and the components of its vector by parts, if vectors are asked for.
pub(crate) struct Found<T> {
    pub(crate) value: [T; 2],
    pub(crate) vector: Vec<[T; 2]>,
}

/// The power of 2 by which a matrix is multiplied where its entries are far from 1: so the equations that are solved for, some of which have
/// the size 1, keep their digits, and squares neither overflow nor vanish.
pub(crate) fn power_near_1<P: Number>(values: &[P]) -> P {
    let size = largest(values.iter().copied());
    let is_near = size == P::zero() || (size > P::lit(1e-9) && size < P::lit(1e9));
    if is_near { P::one() } else { power_of_2(size) }
}

/// The eigenvalues near those that `near` has, in its order, and perhaps their vectors. A complex one stands beside its conjugate.
pub(crate) fn eigen_near<T: Number>(
    a: &[T],
    n: usize,
    near: &[[f64; 2]],
    vectors: bool,
) -> Result<Vec<Found<T>>, LinalgError> {
    check_finite(a, n)?;
    T::on_plain(Near { a, n, values: near, vectors })
}

struct Near<'a, T> {
    a: &'a [T],
    n: usize,
    values: &'a [[f64; 2]],
    vectors: bool,
}

/// How many square roots of an ulp of the largest entry eigenvalues must be apart to have derivatives: two that are equal in a
/// matrix that isn't diagonalizable are found so far apart.
const APART: f64 = 8.0;

/// The largest condition number, times the root of an ulp, of an eigenvalue that has derivatives.
///
/// One of k equal ones of a matrix that isn't diagonalizable is found off by the k-th root of an ulp, and has the condition of that root
/// to the power 1 − k: for k = 3 it is 3·10¹⁰.
const CONDITION: f64 = 1.0;

/// How many ulps of the largest entry beside an eigenvalue its vector is looked for: the first at which nothing is singular.
const SHIFTS: [f64; 4] = [16.0, 41.0, 101.0, 257.0];

/// Steps of Newton's method, which doubles the digits of an eigenvalue that is right to half of them.
const STEPS: usize = 3;

impl<T: Number> Work<T> for Near<'_, T> {
    type Output = Result<Vec<Found<T>>, LinalgError>;

    fn run<P: Number, D>(self) -> Self::Output
    where
        T: Over<P, D>,
    {
        let Self { a, n, values: near, vectors } = self;
        let values: Vec<P> = a.iter().map(Over::value).collect();
        // Eigenvectors of equal eigenvalues aren't even continuous, so they are refused whether anything moves or not.
        let rests = !vectors && a.iter().all(|&a| size(a.with_plain(P::zero())) == P::zero());
        let apart = (P::lit(APART) * P::epsilon().sqrt() * largest(values.iter().copied()))
            .to_f64()
            .unwrap_or(f64::INFINITY);
        let mut found: Vec<Found<T>> = Vec::with_capacity(n);
        for (i, &[re, im]) in near.iter().enumerate() {
            let is_near = |other: &[f64; 2]| (re - other[0]).hypot(im - other[1]) <= apart;
            let equal = near.iter().enumerate().position(|(j, other)| j != i && is_near(other));
            match equal {
                Some(j) if !rests => {
                    return Err(LinalgError::EqualEigenvalues { first: i.min(j), second: i.max(j) });
                }
                Some(_) => {
                    let value = [re, im].map(|part| T::of_value(P::lit(part)));
                    found.push(Found { value, vector: Vec::new() });
                    continue;
                }
                None => {}
            }
            if im > 0.0 {
                // The conjugate has just been found.
                let conjugate = near[..i].iter().rposition(|other| other[0] == re && other[1] == -im);
                if let Some(j) = conjugate {
                    let conjugate = |&[re, im]: &[T; 2]| [re, -im];
                    let Found { value, vector } = &found[j];
                    found.push(Found {
                        value: conjugate(value),
                        vector: vector.iter().map(conjugate).collect(),
                    });
                    continue;
                }
            }
            let pair = Pair::<P>::new(&values, n, [re, im]).ok_or(LinalgError::NotConverged)?;
            if !rests && pair.condition() * P::epsilon().sqrt() > P::lit(CONDITION) {
                let distance = |other: &[f64; 2]| (re - other[0]).hypot(im - other[1]);
                let others = (0..n).filter(|&j| j != i);
                let nearest =
                    others.min_by(|&j, &k| distance(&near[j]).total_cmp(&distance(&near[k]))).unwrap_or(i);
                return Err(LinalgError::EqualEigenvalues { first: i.min(nearest), second: i.max(nearest) });
            }
            found.push(pair.on_numbers(a, vectors));
        }
        Ok(found)
    }
}

/// An eigenpair of the values. Its equations have the unknowns v, and λ, both by parts: of a real one the imaginary part is left out.
struct Pair<P> {
    n: usize,
    /// 1 for a real eigenvalue, 2 for a complex one.
    parts: usize,
    /// The real parts of v, the imaginary ones, λ by parts.
    unknowns: Vec<P>,
    /// What v is multiplied by to give 1.
    norm: Vec<P>,
    factors: Vec<P>,
    swaps: Vec<usize>,
}

impl<P: Number> Pair<P> {
    /// The pair near an eigenvalue; nothing if there is none.
    fn new(values: &[P], n: usize, [re, im]: [f64; 2]) -> Option<Self> {
        let parts = if im == 0.0 { 1 } else { 2 };
        let size = largest(values.iter().copied());
        let scale = if size == P::zero() { P::one() } else { size };
        let side = parts * n;
        let (mut shifted, mut swaps) = (vec![P::zero(); side * side], vec![0; side]);
        // Beside the eigenvalue, so that what is solved for isn't singular; where its last pivot happens to be rounded to zero, a
        // little further.
        SHIFTS.iter().find(|&&shift| {
            let lambda = [P::lit(re) + scale * P::epsilon() * P::lit(shift), P::lit(im)];
            shifted.fill(P::zero());
            fill_shifted(&mut shifted, values, n, parts, lambda, side);
            lu::factorize(&mut shifted, &mut swaps).is_ok()
        })?;
        // Not along an axis, which may be without a part of the eigenvector.
        let mut v: Vec<P> = (0..side).map(|i| P::one() + count::<P>(i * 7 % 11) / P::lit(16.0)).collect();
        for _ in 0..3 {
            triangular::solve::<P, Itself, P>(&shifted, &swaps, &mut v, 1);
            let norm = P::norm(&v);
            for v in &mut v {
                *v /= norm;
            }
        }
        let norm = v.clone();
        v.push(P::lit(re));
        if parts == 2 {
            v.push(P::lit(im));
        }
        let mut pair = Self { n, parts, unknowns: v, norm, factors: Vec::new(), swaps: Vec::new() };
        for _ in 0..STEPS {
            pair.factorize(values)?;
            let mut rest = pair.rest::<Itself, P>(values, &pair.unknowns);
            triangular::solve::<P, Itself, P>(&pair.factors, &pair.swaps, &mut rest, 1);
            for (x, step) in pair.unknowns.iter_mut().zip(rest) {
                *x += step;
            }
        }
        pair.factorize(values)?;
        pair.unknowns.iter().all(|x| x.is_finite()).then_some(pair)
    }

    /// The derivative of the equations in the unknowns.
    fn factorize(&mut self, values: &[P]) -> Option<()> {
        let (n, parts) = (self.n, self.parts);
        let (vector, side) = (parts * n, parts * n + parts);
        let lambda = [self.unknowns[vector], if parts == 2 { self.unknowns[vector + 1] } else { P::zero() }];
        self.factors = vec![P::zero(); side * side];
        self.swaps = vec![0; side];
        let j = &mut self.factors;
        fill_shifted(j, values, n, parts, lambda, side);
        for i in 0..n {
            j[i * side + vector] = -self.unknowns[i];
            j[vector * side + i] = self.norm[i];
            if parts == 2 {
                let (re, im) = (self.unknowns[i], self.unknowns[n + i]);
                (j[i * side + vector + 1], j[(n + i) * side + vector]) = (im, -im);
                j[(n + i) * side + vector + 1] = -re;
                let (re, im) = (self.norm[i], self.norm[n + i]);
                j[vector * side + n + i] = im;
                (j[(vector + 1) * side + i], j[(vector + 1) * side + n + i]) = (-im, re);
            }
        }
        lu::factorize(&mut self.factors, &mut self.swaps).ok()
    }

    /// The size of the left eigenvector over its product with v: by how much more than A's entries the eigenvalue moves.
    fn condition(&self) -> P {
        let (vector, side) = (self.parts * self.n, self.parts * self.n + self.parts);
        // The row of λ in the inverse, column by column; for the unknowns' order the last rows are λ's.
        let mut inverse = vec![P::zero(); side * side];
        for i in 0..side {
            inverse[i * (side + 1)] = P::one();
        }
        triangular::solve::<P, Itself, P>(&self.factors, &self.swaps, &mut inverse, side);
        P::norm(&inverse[vector * side..][..vector])
    }

    /// What is missing in the equations: −(A − λ)·v, and 1 − v₀ᴴ·v by parts.
    fn rest<D, T: Over<P, D>>(&self, a: &[T], unknowns: &[T]) -> Vec<T> {
        let (n, parts) = (self.n, self.parts);
        let (v, lambda) = unknowns.split_at(parts * n);
        let mut rest = vec![T::zero(); parts * n];
        for i in 0..n {
            rest[i] = lambda[0] * v[i];
            if parts == 2 {
                rest[i] -= lambda[1] * v[n + i];
                rest[n + i] = lambda[0] * v[n + i] + lambda[1] * v[i];
            }
        }
        for (rest, v) in rest.chunks_exact_mut(n).zip(v.chunks_exact(n)) {
            triangular::subtract_product(rest, a, v, 1);
        }
        let dot = |x: &[T], y: &[P]| T::sum(x.iter().zip(y).map(|(x, &y)| x.times_plain(y)));
        rest.push(T::one() - dot(v, &self.norm));
        if parts == 2 {
            rest.push(dot(&v[..n], &self.norm[n..]) - dot(&v[n..], &self.norm[..n]));
        }
        rest
    }

    /// The pair of A.
    fn on_numbers<D, T: Over<P, D>>(&self, a: &[T], vectors: bool) -> Found<T> {
        let mut unknowns: Vec<T> = self.unknowns.iter().map(|&x| T::of_value(x)).collect();
        for order in 1..=T::ORDER {
            let mut rest = self.rest::<D, T>(a, &unknowns);
            for x in &mut rest {
                *x = x.of_order(order);
            }
            triangular::solve(&self.factors, &self.swaps, &mut rest, 1);
            for ((x, rest), &value) in unknowns.iter_mut().zip(rest).zip(&self.unknowns) {
                *x = (*x + rest).with_plain(value);
            }
        }
        let part = |x: &[T], k: usize| x.get(k).copied().unwrap_or(T::zero());
        let (v, lambda) = unknowns.split_at(self.parts * self.n);
        Found {
            value: [part(lambda, 0), part(lambda, 1)],
            vector: if vectors { self.normalized::<D, T>(v) } else { Vec::new() },
        }
    }

    /// The eigenvector with the length 1, whose largest component is real and positive: the first one, if some are equally large.
    fn normalized<D, T: Over<P, D>>(&self, v: &[T]) -> Vec<[T; 2]> {
        let n = self.n;
        let component = |i: usize| [v[i], v.get(n + i).copied().unwrap_or(T::zero())];
        let square = |[re, im]: [T; 2]| re * re + im * im;
        let squares: Vec<T> = (0..n).map(|i| square(component(i))).collect();
        let largest = squares.iter().fold(P::zero(), |l, x| l.max(x.value()));
        let nearly = largest * (P::one() - P::epsilon().sqrt());
        let k = squares.iter().position(|x| x.value() >= nearly).unwrap_or(0);
        // v·v̄ₖ/(|v|·|vₖ|)
        let scale = (T::sum(squares.iter().copied()) * squares[k]).sqrt().recip();
        let [re, im] = component(k).map(|part| part * scale);
        let turned = |i| match component(i) {
            [x, y] if i == k => [x * re + y * im, T::zero()],
            [x, y] => [x * re + y * im, y * re - x * im],
        };
        (0..n).map(turned).collect()
    }
}

/// The matrix A − λ, acting on v by parts, into rows of the length `side`.
fn fill_shifted<P: Number>(m: &mut [P], a: &[P], n: usize, parts: usize, lambda: [P; 2], side: usize) {
    for part in 0..parts {
        let (own, other) = (part * n, (1 - part) * n * (parts - 1));
        for i in 0..n {
            let row = &mut m[(own + i) * side..][..side];
            row[own..own + n].copy_from_slice(&a[i * n..][..n]);
            row[own + i] -= lambda[0];
            if parts == 2 {
                row[other + i] = if part == 0 { lambda[1] } else { -lambda[1] };
            }
        }
    }
}
