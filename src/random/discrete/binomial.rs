//! The binomial distribution.

use super::counts::{Count, Draw, Drawn, Parameter, float_of};
use super::rounds::{CHUNK, Proposals, Rejection, Terms, count_terms};
use crate::random::error::Error;
use crate::random::generator::Generator;
use crate::random::key::Key;
use crate::random::sample::{Distribution, Elements};
use crate::random::variate::{UnitFloat, flush};

/// The binomial distribution: how many of n trials succeed, each with probability p.
///
/// With q the smaller one of p and 1 − p: where n·q ≤ 10, the geometric distances between successes are summed up to n;
/// otherwise it is Hörmann's transformed rejection (1993). All is computed in the precision of the parameters. n is a
/// float as in JAX, and what it has behind the point doesn't count.
///
/// Where n·q > 10 for one of the elements, *an element depends on the number of elements*, also in
/// [`Layout::Partitionable`](crate::random::Layout::Partitionable): JAX goes on until every element of the sample has
/// accepted a number, and takes the last one accepted. So drawing a piece goes through the whole sample first, and
/// parameters that vary from element to element must be given together, as a container.
///
/// A count has no pathwise derivative, so n and p can't be dual numbers. [`Parameter`] says what they can be.
///
/// JAX: `jax.random.binomial(key, n, p, shape)`, which gives floats; integers are the same numbers.
///
/// ```
/// use tangents::random::{Binomial, Distribution, Key};
///
/// let heads: [i32; 5] = Binomial::new(100.0_f32, 0.5_f32)?.sample(Key::new(137));
/// assert_eq!(heads, [49, 47, 46, 51, 50]);
/// # Ok::<(), tangents::random::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binomial<N, P = N> {
    n: N,
    p: P,
}

impl<N: Parameter, P: Parameter<Float = N::Float>> Binomial<N, P> {
    /// The binomial distribution of n trials with probability p of success, or with several of them that the elements
    /// take one after another.
    ///
    /// # Errors
    ///
    /// [`Error::Negative`] if an n is negative, infinite or NaN; [`Error::Probability`] if a p is outside [0, 1] or NaN:
    /// JAX gives NaN. [`Error::Empty`] if there is none of one of them; [`Error::Length`] if there are several of both,
    /// and not as many.
    ///
    /// ```
    /// use tangents::random::{Binomial, Error};
    ///
    /// assert_eq!(Binomial::new(10.0, 1.5), Err(Error::Probability));
    /// ```
    pub fn new(n: N, p: P) -> Result<Self, Error> {
        let (ns, ps) = (n.floats(), p.floats());
        if ns.is_empty() || ps.is_empty() {
            return Err(Error::Empty);
        }
        if ns.len() > 1 && ps.len() > 1 {
            Error::check_length("container of probabilities", ns.len(), ps.len())?;
        }
        for &n in ns {
            Error::check_nonnegative("number of trials", n)?;
        }
        for &p in ps {
            Error::check_probability(p)?;
        }
        Ok(Self { n, p })
    }
}

impl<C: Count, N: Parameter, P: Parameter<Float = N::Float>> Distribution<C> for Binomial<N, P> {
    fn elements<G: Generator>(&self, key: Key<G>, len: u64) -> impl Elements<C> {
        Drawn::new(Successes::new(self.n.floats(), self.p.floats(), key, len))
    }
}

/// The counts of a sample as floats.
pub(in crate::random) struct Successes<'a, F, G> {
    trials: EachTrials<'a, F>,
    key: Key<G>,
    len: u64,
    rejection: Option<Rejection<EachTrials<'a, F>, G>>,
}

impl<'a, F: UnitFloat, G: Generator> Successes<'a, F, G> {
    /// Neither slice is empty.
    pub(in crate::random) fn new(n: &'a [F], p: &'a [F], key: Key<G>, len: u64) -> Self {
        // XLA computes once what is the same for several elements, and in another way.
        let shared = n.len() == 1 && p.len() == 1 && len > 1;
        let trials = EachTrials { n, p, shared, first: Trials::new(n[0], p[0]), btrs: Btrs::idle(shared) };
        let trials = EachTrials { btrs: trials.first.btrs(shared), ..trials };
        let different = n.len().max(p.len()) as u64;
        let many = (0..len.min(different)).any(|i| !trials.of(i).few());
        Self { trials, key, len, rejection: many.then(|| Rejection::new(trials, key, len)) }
    }
}

impl<F: UnitFloat, G: Generator> Draw<F> for Successes<'_, F, G> {
    #[inline(always)]
    fn draw(&self, first: u64, counts: &mut [F]) {
        count_terms(&self.trials, self.key, self.len, first, counts);
        if let Some(rejection) = &self.rejection {
            let mut many = [F::zero(); CHUNK];
            let many = &mut many[..counts.len()];
            rejection.draw(first, many);
            for ((count, &many), i) in counts.iter_mut().zip(&*many).zip(first..) {
                *count = if self.trials.of(i).few() { *count } else { many };
            }
        }
        for (count, i) in counts.iter_mut().zip(first..) {
            let trials = self.trials.of(i);
            *count = if trials.mirrored { trials.n - *count } else { *count };
        }
    }
}

/// The trials of one element.
#[derive(Clone, Copy)]
struct Trials<F> {
    /// The number of trials, a whole one.
    n: F,
    /// The probability of the rarer outcome.
    q: F,
    /// Whether that is failure.
    mirrored: bool,
    /// The expected number of the rarer outcome.
    expected: F,
    /// ln(1 − q)
    ln_1p: F,
}

impl<F: UnitFloat> Trials<F> {
    #[inline]
    fn new(n: F, p: F) -> Self {
        // −0 is a probability as well, and would make every distance between successes −∞.
        let (n, p) = (flush(n), flush(p).abs());
        let mirrored = p >= F::lit(0.5);
        let q = if mirrored { F::one() - p } else { p };
        Self { n: n.floor(), q, mirrored, expected: n * q, ln_1p: (-q).xla_ln_1p() }
    }

    /// Whether there is no need of a rejection.
    #[inline]
    fn few(self) -> bool {
        self.expected <= F::lit(10.0)
    }

    /// The rejection in which the element takes part.
    #[inline]
    fn btrs(self, shared: bool) -> Btrs<F> {
        if self.few() { Btrs::idle(shared) } else { Btrs::new(self.n, self.q, shared) }
    }
}

/// The trials of each element of a sample.
#[derive(Clone, Copy)]
struct EachTrials<'a, F> {
    n: &'a [F],
    p: &'a [F],
    shared: bool,
    /// Those of the first element, and so of all if there is one number of each.
    first: Trials<F>,
    btrs: Btrs<F>,
}

impl<F: UnitFloat> EachTrials<'_, F> {
    #[inline]
    fn all_same(&self) -> bool {
        self.n.len() == 1 && self.p.len() == 1
    }

    #[inline]
    fn of(&self, i: u64) -> Trials<F> {
        if self.all_same() { self.first } else { Trials::new(float_of(self.n, i), float_of(self.p, i)) }
    }
}

/// The geometric distances between successes, summed up to the number of trials.
impl<F: UnitFloat> Terms<F> for EachTrials<'_, F> {
    #[inline]
    fn split<G: Generator>(key: Key<G>) -> [Key<G>; 2] {
        let [subkey, key] = key.split();
        [key, subkey]
    }

    #[inline]
    fn goes_on(&self, i: u64, sum: F) -> bool {
        let trials = self.of(i);
        sum <= if trials.few() { trials.n } else { F::zero() }
    }

    #[inline(always)]
    fn term(&self, i: u64, u: F) -> F {
        (u.xla_ln() / self.of(i).ln_1p).ceil()
    }
}

impl<F: UnitFloat> Proposals<F> for EachTrials<'_, F> {
    #[inline(always)]
    fn propose(&self, i: u64, u: F, v: F) -> (F, bool) {
        let btrs = if self.all_same() { self.btrs } else { self.of(i).btrs(self.shared) };
        btrs.propose(u, v)
    }
}

/// W. Hörmann: *The generation of binomial random variates*, Journal of Statistical Computation and Simulation 46
/// (1993), algorithm BTRS, in his names; products and sums fused as XLA does.
#[derive(Clone, Copy)]
struct Btrs<F> {
    n: F,
    a: F,
    b: F,
    c: F,
    v_r: F,
    alpha: F,
    /// The odds q/(1 − q).
    r: F,
    /// The most probable number m: n − m + 1, and the term of m.
    n_m_1: F,
    h: F,
    /// The tails of Stirling's series for m and for n − m, which are above 9.
    tail_m: F,
}

impl<F: UnitFloat> Btrs<F> {
    /// That for an element that doesn't need it.
    #[inline]
    fn idle(shared: bool) -> Self {
        Self::new(F::lit(10_000.0), F::lit(0.5), shared)
    }

    #[inline]
    fn new(n: F, q: F, shared: bool) -> Self {
        let one = F::one();
        let stddev = (n * q * (one - q)).sqrt();
        let b = stddev.mul_add(F::lit(2.53), F::lit(1.15));
        let r = q / (one - q);
        let m = ((n + one) * q).floor();
        let n_m_1 = (n - m) + one;
        let v_r = if shared {
            b.recip().mul_add(F::lit(-4.2), F::lit(0.92))
        } else {
            F::lit(0.92) - F::lit(4.2) / b
        };
        Self {
            n,
            a: q.mul_add(F::lit(0.01), b.mul_add(F::lit(0.0248), F::lit(-0.0873))),
            b,
            c: n.mul_add(q, F::lit(0.5)),
            v_r,
            alpha: (F::lit(5.1) / b + F::lit(2.83)) * stddev,
            r,
            n_m_1,
            h: (m + F::lit(0.5)) * ((m + one) / (r * n_m_1)).xla_ln(),
            tail_m: large_tail(shared),
        }
    }

    #[inline(always)]
    fn propose(self, u: F, v: F) -> (F, bool) {
        let Self { n, a, b, c, v_r, alpha, r, n_m_1, h, tail_m } = self;
        let (half, one) = (F::lit(0.5), F::one());
        let u = u - half;
        let us = half - u.abs();
        let k = ((a + a) / us + b).mul_add(u, c).floor();
        let accepted_at_once = us >= F::lit(0.07) && v <= v_r;
        let rejected = k < F::zero() || k > n;
        let accepted = || {
            let v = (v * alpha / (a / (us * us) + b)).xla_ln();
            let n_k_1 = (n - k) + one;
            let bound = (n + one).mul_add((n_m_1 / n_k_1).xla_ln(), h);
            let bound = (k + half).mul_add((r * n_k_1 / (k + one)).xla_ln(), bound);
            v <= bound + tail_m + tail_m - tail(k) - tail(n - k)
        };
        (k, accepted_at_once || !rejected && accepted())
    }
}

/// ln k! less Stirling's approximation of it: what is left of the series.
fn tail<F: UnitFloat>(k: F) -> F {
    const TAILS: [f64; 10] = [
        0.081_061_466_795_327_2,
        0.041_340_695_955_409_2,
        0.027_677_925_684_998_3,
        0.020_790_672_103_765_09,
        0.016_644_691_189_821_1,
        0.013_876_128_823_070_7,
        0.011_896_709_945_891_7,
        0.010_411_265_261_972,
        0.009_255_462_182_712_73,
        0.008_330_563_433_362_87,
    ];
    match k.to_usize() {
        Some(k) if k < TAILS.len() => F::lit(TAILS[k]),
        _ => large_tail(false),
    }
}

/// That for k above 9, for which JAX takes the k = 9 of its series: (1/12 − (1/360 − 1/1260/100)/100)/10.
fn large_tail<F: UnitFloat>(shared: bool) -> F {
    let [ten, hundred] = [10.0, 100.0].map(F::lit);
    let [c1, c2, c3] = [12.0, 360.0, 1260.0].map(|c| F::lit(1.0 / c));
    if shared {
        // By reciprocals, as XLA has it where it computes one tail for all elements.
        (c1 - hundred.recip().mul_add(-c3, c2) / hundred) * ten.recip()
    } else {
        (c1 - (c2 - c3 / hundred) / hundred) / ten
    }
}
