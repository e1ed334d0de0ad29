//! Samples and derivatives computed on any number of threads are those of one, bit for bit.

use std::fmt::Debug;

use ::rayon::ThreadPoolBuilder;
use tangents::interop::rayon::{self as parallel, ParallelDistribution};
use tangents::random::{
    Bits, Dirichlet, Distribution, Gamma, Generator, Gumbel, Key, Layout, Mode, Normal, Sample,
    StandardNormal, StandardUniform, Threefry4x64, TruncatedNormal, Uniform,
};
use tangents::{Dual, Real};

use crate::panics::{assert_panics, two_shapes};

/// None, one, and as many as make one piece of 2¹⁴ elements, almost two, and three with a rest.
const LENGTHS: [usize; 5] = [0, 1, 1 << 14, (1 << 15) - 1, (1 << 15) + 77];

/// Where an element takes long: two pieces, the second a short one.
const FEW: [usize; 2] = [1, (1 << 14) + 77];

/// Compares samples of `lengths`, which are numbers of `S`, in pools of 1, 2 and 3 threads.
fn check<S, D, G>(distribution: &D, key: Key<G>, lengths: &[usize])
where
    S: Sample + Default + Debug + PartialEq + Send + Sync,
    D: Distribution<S::Element> + Sync,
    G: Generator,
{
    for &n in lengths {
        let serial: Vec<S> = distribution.sample_vec(key, n);
        for threads in 1..=3 {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let mut filled = vec![S::default(); n];
            pool.install(|| distribution.par_fill(key, &mut filled));
            // Not in `assert_eq!`, which would print both.
            assert!(filled == serial, "{n} samples on {threads} threads differ");
        }
        assert!(distribution.par_sample_vec::<S>(key, n) == serial, "{n} samples in a vector differ");
    }
}

const LAYOUTS: [Layout; 2] = [Layout::Partitionable, Layout::Original];

#[test]
fn bits_of_every_width() {
    for layout in LAYOUTS {
        let key = Key::new(1).with_layout(layout);
        check::<u8, _, _>(&Bits, key, &FEW);
        check::<u16, _, _>(&Bits, key, &FEW);
        check::<u32, _, _>(&Bits, key, &LENGTHS);
        check::<u64, _, _>(&Bits, key, &FEW);
    }
}

#[test]
fn floats_of_one_word_of_two_and_of_many() {
    for layout in LAYOUTS {
        let key = Key::new(2).with_layout(layout);
        check::<f32, _, _>(&StandardUniform, key, &LENGTHS);
        check::<f64, _, _>(&Uniform::new(-1.0..3.0).unwrap(), key, &FEW);
        check::<f32, _, _>(&StandardNormal, key, &FEW);
        check::<f64, _, _>(&Normal::new(1.0, 2.0).unwrap(), key, &FEW);
        check::<f32, _, _>(&TruncatedNormal::new(-1.0, 2.0).unwrap(), key, &FEW);
        check::<f32, _, _>(&Gumbel::default().with_mode(Mode::High), key, &FEW);
    }
    check::<f64, _, _>(&Gamma::new(2.5).unwrap(), Key::new(2), &FEW);
}

#[test]
fn nested_arrays_also_ones_that_dont_divide_a_piece_or_are_empty_or_longer_than_one() {
    for layout in LAYOUTS {
        let key = Key::new(3).with_layout(layout);
        check::<[f32; 3], _, _>(&StandardUniform, key, &[0, 1, 5461, 5462, 5463]);
        check::<[[f32; 5]; 7], _, _>(&StandardNormal, key, &[0, 1, 469, 500]);
        check::<[u8; 0], _, _>(&Bits, key, &[0, 1, 20_000]);
    }
    check::<Long, _, _>(&StandardUniform, Key::new(3), &[0, 1, 3]);
}

/// More elements than are drawn at a time, on the heap.
#[derive(Clone, Debug, Default, PartialEq)]
struct Long(Vec<f32>);

impl Sample for Long {
    type Element = f32;
    const LEN: u64 = 20_000;

    fn from_elements(first: u64, elements: &impl tangents::random::Elements<f32>) -> Self {
        Self((first..first + Self::LEN).map(|i| elements.at(i)).collect())
    }
}

#[test]
fn vectors_whose_components_belong_together() {
    let dirichlet = Dirichlet::new([0.5, 2.0, 1.0]).unwrap();
    // Pieces end within a vector: 3 doesn't divide 2¹⁴.
    check::<f64, _, _>(&dirichlet, Key::new(4), &[3 * 6000]);
    check::<[f64; 3], _, _>(&dirichlet, Key::new(4), &[0, 6000]);
}

#[test]
fn dual_numbers() {
    let mean = Dual::<f64, 2>::new(1.0, [1.0, 0.0]);
    let deviation = Dual::new(2.0, [0.0, 1.0]);
    let normal = Normal::new(mean, deviation).unwrap();
    let (key, n) = (Key::new(5), 20_000);
    let serial: Vec<Dual<f64, 2>> = normal.sample_vec(key, n);
    let parallel: Vec<Dual<f64, 2>> = normal.par_sample_vec(key, n);
    // Equality of dual numbers looks at the values alone.
    assert!(serial.iter().zip(&parallel).all(|(x, y)| x.re == y.re && x.eps == y.eps));
}

#[test]
fn other_generators() {
    check::<u32, _, _>(&Bits, Key::<Threefry4x64>::from_seed(6), &LENGTHS);
    check::<f64, _, _>(&StandardNormal, Key::<Threefry4x64>::from_seed(6), &FEW);
    #[cfg(feature = "rand_chacha")]
    check::<u8, _, _>(&Bits, Key::<tangents::interop::rand_chacha::ChaCha8>::from_seed(6), &FEW);
}

/// Σ sin(xᵢ·xᵢ₊₁)·exp(−xᵢ), which rounds everywhere.
fn waves<T: Real>(x: &[T]) -> T {
    T::sum(x.windows(2).map(|x| (x[0] * x[1]).sin() * (-x[0]).exp()))
}

#[test]
fn derivatives_have_the_bits_of_one_thread_on_any_number_of_threads() {
    for threads in [1, 2, 5] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            for n in [0, 1, 7, 8, 9, 40, 41] {
                let x: Vec<f64> = (0..n).map(|i| 0.3 + 0.1 * f64::from(i)).collect();
                assert_eq!(parallel::gradient(waves, &x), tangents::gradient(waves, &x));
                assert_eq!(parallel::value_and_gradient(waves, &x), tangents::value_and_gradient(waves, &x));
                assert_eq!(parallel::hessian(waves, &x), tangents::hessian(waves, &x));
                let all = parallel::value_gradient_and_hessian(waves, &x);
                assert_eq!(all, tangents::value_gradient_and_hessian(waves, &x));
                let field = |x: &[Dual<f64, 8>]| vec![waves(x), Dual::sum(x)];
                assert_eq!(parallel::jacobian(field, &x), tangents::jacobian(field, &x));
            }
        });
    }
}

#[test]
fn a_ragged_result_is_a_panic_at_the_callers_line() {
    let ragged = |x: &[Dual<f64, 8>]| if x[0].is_constant() { vec![x[0]] } else { vec![x[0], x[1]] };
    assert_panics(&two_shapes(2, 1), || _ = parallel::jacobian(ragged, &[1.0; 9]));
}
