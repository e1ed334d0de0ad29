//! In every set of this CPU a float, its lanes and numbers over it have the bits of the plain float.

mod programs;

use core::any::TypeId;

use num_traits::NumCast;

use super::super::lanes;
use super::*;
use crate::drive::{FirstOrder, SecondOrder};
use crate::real::Real;
use crate::{Dual, HyperDual};

/// Numbers without a pattern (`SplitMix64`).
struct Words(u64);

impl Words {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }
}

/// What the tests need of `f32` and `f64`.
trait Bits: Number {
    fn any(words: &mut Words) -> Self;
    fn tame(words: &mut Words) -> Self;
    /// The bits; of a NaN always the same ones, since which it has the compiler chooses.
    fn bits(self) -> u64;
    fn all_bits(self) -> u64;
}

macro_rules! bits {
    ($F:ident of $W:ident) => {
        impl Bits for $F {
            fn any(words: &mut Words) -> Self {
                let special = [
                    0.0,
                    -0.0,
                    1.0,
                    -1.0,
                    $F::INFINITY,
                    $F::NEG_INFINITY,
                    $F::NAN,
                    $F::MAX,
                    $F::MIN_POSITIVE,
                ];
                match words.below(6) {
                    0 => special[words.below(special.len())],
                    1 => $F::from_bits(1 + words.next() as $W % 1000), // subnormal
                    2 | 3 => Self::tame(words),
                    _ => $F::from_bits(words.next() as $W),
                }
            }

            fn tame(words: &mut Words) -> Self {
                (words.next() % 4001) as $F / 1000.0 - 2.0
            }

            fn bits(self) -> u64 {
                if self.is_nan() { u64::MAX } else { self.to_bits().into() }
            }

            fn all_bits(self) -> u64 {
                self.to_bits().into()
            }
        }
    };
}

#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // of random bits, and of small numbers
mod of_floats {
    use super::{Bits, Words};
    bits!(f64 of u64);
    bits!(f32 of u32);
}

/// Does the work in each set, and finds the same; the set is indeed in the type.
fn same_in_each_set<T: Bits, W: Work<T, Output = Vec<u64>>>(work: impl Fn() -> W) {
    struct Checked<W>(W, InstructionSet);

    impl<T: Bits, W: Work<T>> Work<T> for Checked<W> {
        type Output = W::Output;
        fn run<V: FloatOf<T>>(self) -> W::Output {
            let expected = match self.1 {
                InstructionSet::Baseline => TypeId::of::<T>(),
                InstructionSet::Avx2 => TypeId::of::<On<T, Avx2>>(),
                InstructionSet::Avx512 => TypeId::of::<On<T, Avx512>>(),
            };
            assert_eq!(TypeId::of::<V>(), expected);
            self.0.run::<V>()
        }
    }

    let plain = work().run::<T>();
    InstructionSet::in_each(|set| {
        let found = T::on_set(InstructionSet::of_work(), Checked(work(), set));
        assert_eq!(found.len(), plain.len());
        for (i, (found, plain)) in found.iter().zip(&plain).enumerate() {
            assert_eq!(found, plain, "{set:?}, result {i}: {found:x} {plain:x}");
        }
    });
}

fn array<T, const N: usize>(mut f: impl FnMut() -> T) -> [T; N] {
    core::array::from_fn(|_| f())
}

fn push<T: Bits, V: FloatOf<T>>(bits: &mut Vec<u64>, x: impl IntoIterator<Item = V>) {
    bits.extend(x.into_iter().map(|x| x.plain().bits()));
}

/// `f::<N>(arguments)` for each number of lanes.
macro_rules! for_each_n {
    ($f:ident[$($generics:tt)*]$arguments:tt; $($n:literal)*) => {
        for_each_n!(@each $f [$($generics)*] $arguments; $($n)*)
    };
    // Every way to put vectors of 16, 8, 4 and 2 lanes and single ones together.
    ($f:ident[$($generics:tt)*]$arguments:tt) => {
        for_each_n!(@each $f [$($generics)*] $arguments; 1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17 22 24 27 31 32 33)
    };
    (@each $f:ident $generics:tt $arguments:tt; $($n:literal)*) => {
        $(for_each_n!(@one $f $generics $arguments $n);)*
    };
    (@one $f:ident [$($generics:tt)*] ($($arguments:tt)*) $n:literal) => {
        $f::<$($generics)*, $n>($($arguments)*)
    };
}

/// The operations on lanes.
struct Lanes {
    seed: u64,
}

fn lanes_of<T: Bits, V: FloatOf<T>, const N: usize>(words: &mut Words, bits: &mut Vec<u64>) {
    for round in 0..12 {
        let tame = round % 3 == 0;
        let mut any = || V::of(if tame { T::tame(words) } else { T::any(words) });
        let [p, q, y, r, s]: [V; 5] = array(&mut any);
        let [a, b, h, k, u]: [[V; N]; 5] = array(|| array(&mut any));
        let d = words.below(N / 2 + 1);
        push(bits, lanes::add(d, &a, &b));
        push(bits, lanes::sub(d, &a, &b));
        push(bits, lanes::scale(d, p, &a));
        push(bits, lanes::combine(d, p, q, &a, &b));
        push(bits, lanes::quotient_by_reciprocal(0, q, y, r, &a, &b));
        push(bits, lanes::quotient_of_plain_by_reciprocal(0, q, y, r, &b));
        push(bits, lanes::product_row(d, p, q, &h, &k, &a, &b, &u, &b));
        push(bits, lanes::chain_row(d, p, q, &h, &a, &a));
        push(bits, lanes::chain2_row(d, p, q, y, r, s, &h, &k, &a, &b, &a, &u));
        push(bits, lanes::quotient_row(d, q, y, r, &h, &k, &a, &b, &a, &b));
        push(bits, lanes::quotient_of_plain_row(d, q, y, r, &h, &a, &b, &a, &b));
        push(bits, lanes::quotient(a, q, b, y));
        push(bits, lanes::quotient_of_plain(q, b, y));
        push(bits, lanes::chain(p, a));
        push(bits, lanes::chain2(p, a, q, b));
        push(bits, lanes::chain_n([&a, &b, &h], [p, q, y]));
        push(bits, lanes::chain_either(p, a, q, b));
        push(bits, lanes::plus_either(a, q, b));
        let mut unit = [V::zero(); N];
        lanes::seed(&mut unit, words.below(N));
        push(bits, unit);
    }
}

impl<T: Bits> Work<T> for Lanes {
    type Output = Vec<u64>;
    fn run<V: FloatOf<T>>(self) -> Vec<u64> {
        let (mut words, mut bits) = (Words(self.seed), Vec::new());
        for_each_n!(lanes_of[T, V](&mut words, &mut bits));
        bits
    }
}

#[test]
fn lanes_have_the_bits_of_the_plain_float() {
    same_in_each_set::<f64, _>(|| Lanes { seed: 1 });
    same_in_each_set::<f32, _>(|| Lanes { seed: 2 });
}

/// What a driver does: seeds, a function, and lanes that are read whole and in part.
struct Derivatives;

impl<T: Bits> Work<T> for Derivatives {
    type Output = Vec<u64>;
    fn run<V: FloatOf<T>>(self) -> Vec<u64> {
        let mut bits = Vec::new();
        for_each_n!(first_order[T, V](&mut bits));
        for_each_n!(second_order[T, V](&mut bits); 1 2 3 4 5 7 8 12 16 17);
        bits
    }
}

fn first_order<T: Bits, V: FloatOf<T>, const N: usize>(bits: &mut Vec<u64>) {
    let mut words = Words(N as u64);
    let at: [T; N] = array(|| T::tame(&mut words));
    let mut x = at.map(|x| Dual::<V, N>::constant(V::of(x)));
    for (lane, x) in x.iter_mut().enumerate() {
        FirstOrder::<V>::seed(x, lane);
    }
    let y = x.iter().fold(Dual::<V, N>::lit(1.0), |y, &x| y * x.sin() - x / y);
    let (mut whole, mut part) = ([T::zero(); N], vec![T::zero(); N / 2]);
    FirstOrder::<V>::write_lanes(&y, 0, V::in_place(&mut whole));
    FirstOrder::<V>::write_lanes(&y, N - N / 2, V::in_place(&mut part));
    assert!((0..N).all(|k| whole[k].bits() == FirstOrder::<V>::lane(&y, k).plain().bits()));
    assert!(part.iter().zip(&whole[N - N / 2..]).all(|(a, b)| a.bits() == b.bits()));
    bits.push(FirstOrder::<V>::primal(&y).plain().bits());
    bits.extend(whole.map(Bits::bits));
}

fn second_order<T: Bits, V: FloatOf<T>, const N: usize>(bits: &mut Vec<u64>) {
    let mut words = Words(N as u64);
    let at: [T; N] = array(|| T::tame(&mut words));
    for apart in [false, true] {
        let mut x = at.map(|x| HyperDual::<V, N>::constant(V::of(x)));
        let mut nested = at.map(|x| <Dual<Dual<V, N>, N> as SecondOrder<V>>::constant(V::of(x)));
        let lanes = if apart { N / 2 } else { N };
        for i in 0..lanes {
            let (row, column) = if apart { (Some(i), None) } else { (Some(i), Some(i)) };
            SecondOrder::<V>::seed(&mut x[i], row, column, apart);
            SecondOrder::<V>::seed(&mut nested[i], row, column, apart);
            if apart {
                SecondOrder::<V>::seed(&mut x[lanes + i], None, Some(i), apart);
                SecondOrder::<V>::seed(&mut nested[lanes + i], None, Some(i), apart);
            }
        }
        let y = x.iter().fold(HyperDual::<V, N>::lit(1.0), |y, &x| y * x.exp() + x * x);
        let z = nested.iter().fold(Dual::<Dual<V, N>, N>::lit(1.0), |y, &x| y * x.exp() + x * x);
        bits.push(SecondOrder::<V>::primal(&y).plain().bits());
        bits.push(SecondOrder::<V>::primal(&z).plain().bits());
        for i in 0..lanes {
            bits.push(SecondOrder::<V>::first(&y, i).plain().bits());
            bits.push(SecondOrder::<V>::first(&z, i).plain().bits());
            for j in 0..lanes {
                bits.push(SecondOrder::<V>::second(&y, i, j, apart).plain().bits());
                bits.push(SecondOrder::<V>::second(&z, i, j, apart).plain().bits());
            }
        }
    }
}

#[test]
fn seeds_and_results_are_those_of_the_plain_float() {
    same_in_each_set::<f64, _>(|| Derivatives);
    same_in_each_set::<f32, _>(|| Derivatives);
}

/// What goes through a float on a set and does nothing to it.
struct Untouched;

impl<T: Bits> Work<T> for Untouched {
    type Output = Vec<u64>;
    fn run<V: FloatOf<T>>(self) -> Vec<u64> {
        let mut words = Words(5);
        let mut bits = Vec::new();
        for _ in 0..4000 {
            let x = T::any(&mut words);
            let (v, all) = (V::of(x), [V::of(x), V::of(x), V::of(x)]);
            let cast = <V as NumCast>::from(v).unwrap();
            bits.extend([x.all_bits(), v.plain().all_bits(), cast.plain().all_bits()]);
            bits.extend(V::plain_slice(&all).iter().chain(V::plain_array(&all)).map(|x| x.all_bits()));
        }
        bits
    }
}

#[test]
fn the_payload_of_a_nan_passes() {
    same_in_each_set::<f64, _>(|| Untouched);
    same_in_each_set::<f32, _>(|| Untouched);
}

#[test]
fn a_float_on_a_set_is_primitive_and_marked() {
    use crate::number::inspect::is_primitive;

    assert!(is_primitive::<On<f64, Avx2>>() && is_primitive::<On<f32, Avx512>>());
    assert!(!is_primitive::<Dual<On<f64, Avx2>, 1>>() && !is_primitive::<On<Dual<f64, 1>, Avx2>>());
    assert!(may_be_on_a_set::<On<f64, Avx2>>() && may_be_on_a_set::<On<f32, Avx512>>());
    assert!(!may_be_on_a_set::<f64>() && !may_be_on_a_set::<f32>() && !may_be_on_a_set::<Dual<f64, 2>>());
    // A number over it is on its set, and on no other.
    assert!(is_on::<On<f64, Avx2>, Avx2>() && !is_on::<On<f64, Avx2>, Avx512>());
    assert!(is_on::<Dual<Dual<On<f32, Avx2>, 8>, 8>, Avx2>() && !is_on::<Dual<On<f64, Avx2>, 8>, Avx512>());
    assert!(is_on::<HyperDual<On<f64, Avx512>, 4>, Avx512>() && !is_on::<Dual<f64, 8>, Avx512>());
}

#[test]
fn a_set_that_the_cpu_lacks_cannot_be_forced() {
    InstructionSet::in_each(|set| {
        for other in [InstructionSet::Baseline, InstructionSet::Avx2, InstructionSet::Avx512] {
            assert_eq!(other.force().is_some(), other.is_available());
        }
        assert_eq!(set.force(), Some(set));
    });
}
