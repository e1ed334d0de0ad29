//! Random bits, keys and seeds: of every generator and layout and at every width, bits are as often 0 as 1, bytes
//! equally frequent, neighbours uncorrelated; so are the samples of keys that are derived from one another; and a bit of
//! the seed changes half the bits of a sample.

use std::fmt::Debug;

use statistics::{assert_plausible, average, chi_square, correlation, real};
use statrs::function::gamma::gamma_ur;
use tangents::interop::rand_chacha::{ChaCha8, ChaCha20};
use tangents::random::{Bits, Distribution, Generator, Key, Layout, Threefry2x32, Threefry4x64, Word};

const N: usize = 1 << 17;

/// Words of any width.
trait Wide: Word + Debug {
    fn widened(self) -> u64;
}

macro_rules! wide {
    ($($word:ty)*) => {$(
        impl Wide for $word {
            fn widened(self) -> u64 {
                self.into()
            }
        }
    )*};
}

wide! { u8 u16 u32 u64 }

/// The words of a sample, and their width.
struct Stream {
    what: String,
    words: Vec<u64>,
    width: u32,
}

impl Stream {
    fn new<W: Wide>(what: &str, words: &[W]) -> Self {
        let width = 8 * u32::try_from(size_of::<W>()).unwrap();
        Self {
            what: format!("{what}, {width} bits"),
            words: words.iter().map(|w| w.widened()).collect(),
            width,
        }
    }

    fn assert_plausible(&self, p: f64, what: &str) {
        assert_plausible(p, &format!("{}: {what}", self.what));
    }

    /// Numbers with mean 0 and variance 1, which is (4ʷ − 1)/12 for the integers below 2ʷ.
    fn standardized(&self) -> Vec<f64> {
        let values = 2.0_f64.powi(self.width.cast_signed());
        let sigma = ((values * values - 1.0) / 12.0).sqrt();
        #[expect(clippy::cast_precision_loss, reason = "the low bits have no weight")]
        self.words.iter().map(|&word| (word as f64 - (values - 1.0) / 2.0) / sigma).collect()
    }

    fn check(&self) {
        self.check_frequencies();
        self.check_correlations();
    }

    fn check_frequencies(&self) {
        let bits = self.words.len() * self.width as usize;
        let ones: usize = self.words.iter().map(|word| word.count_ones() as usize).sum();
        let half = real(bits) / 2.0;
        self.assert_plausible(chi_square(&[ones, bits - ones], &[half, half]), "ones and zeros");

        for position in 0..self.width / 8 {
            let mut counts = [0; 256];
            for word in &self.words {
                counts[(word >> (8 * position) & 0xff) as usize] += 1;
            }
            let expected = [real(self.words.len()) / 256.0; 256];
            self.assert_plausible(chi_square(&counts, &expected), &format!("values of byte {position}"));
        }
    }

    fn check_correlations(&self) {
        let x = self.standardized();
        for lag in [1, 2] {
            let pairs = x.iter().copied().zip(x.iter().skip(lag).copied());
            let (now, later): (Vec<_>, Vec<_>) = pairs.unzip();
            self.assert_plausible(correlation(now, later), &format!("correlation at lag {lag}"));

            // The same of every bit, to which the correlation of numbers is blind but for the leading ones.
            let changes: Vec<u64> = self.words.iter().zip(&self.words[lag..]).map(|(a, b)| a ^ b).collect();
            let changes =
                Self { what: format!("{}, changes at lag {lag}", self.what), words: changes, ..*self };
            changes.check_frequencies();
        }
    }

    /// Checks two samples that should know nothing of each other.
    fn check_against(&self, other: &Self) {
        let p = correlation(self.standardized(), other.standardized());
        self.assert_plausible(p, &format!("correlation with {}", other.what));
        let changes: Vec<u64> = self.words.iter().zip(&other.words).map(|(a, b)| a ^ b).collect();
        Self { what: format!("{} ⊕ {}", self.what, other.what), words: changes, ..*self }.check_frequencies();
    }
}

/// The generators and layouts, each by its name and the key of a seed.
macro_rules! for_each_generator {
    ($check:ident) => {
        $check("Threefry2x32", Key::<Threefry2x32>::from_seed);
        $check("Threefry2x32 in the original layout", |seed| {
            Key::from_seed(seed).with_layout(Layout::Original)
        });
        $check("Threefry4x64", Key::<Threefry4x64>::from_seed);
        $check("ChaCha8", Key::<ChaCha8>::from_seed);
        $check("ChaCha20", Key::<ChaCha20>::from_seed);
    };
}

#[test]
fn bits_of_a_sample() {
    fn check_width<W: Wide, G: Generator>(what: &str, key: Key<G>) {
        Stream::new(what, &Bits.sample_vec::<W>(key, N)).check();
    }
    fn check<G: Generator>(what: &str, key: impl Fn(u64) -> Key<G>) {
        check_width::<u8, G>(what, key(1));
        check_width::<u16, G>(what, key(2));
        check_width::<u32, G>(what, key(3));
        check_width::<u64, G>(what, key(4));
    }
    for_each_generator!(check);
}

#[test]
fn first_elements_of_the_keys_of_a_split() {
    fn check<G: Generator>(what: &str, key: impl Fn(u64) -> Key<G>) {
        let keys = key(5).split_vec(N);
        let first = |key: &Key<G>| Bits.sample::<[u32; 3]>(*key);
        for element in 0..3 {
            let words: Vec<u32> = keys.iter().map(|key| first(key)[element]).collect();
            Stream::new(&format!("{what}, element {element} of split keys"), &words).check();
        }
    }
    for_each_generator!(check);
}

#[test]
fn first_elements_of_folded_keys_and_of_seeds_in_a_row() {
    fn check<G: Generator>(what: &str, key: impl Fn(u64) -> Key<G>) {
        let n = u32::try_from(N).unwrap();
        let folded: Vec<u64> = (0..n).map(|step| Bits.sample(key(6).fold_in(step))).collect();
        Stream::new(&format!("{what}, folded keys"), &folded).check();
        let seeded: Vec<u64> = (0..n.into()).map(|seed| Bits.sample(key(seed))).collect();
        Stream::new(&format!("{what}, seeds in a row"), &seeded).check();
    }
    for_each_generator!(check);
}

#[test]
fn samples_of_related_keys() {
    fn check<G: Generator>(what: &str, key: impl Fn(u64) -> Key<G>) {
        let parent = key(7);
        let [first, second] = parent.split();
        let [grandchild, _] = first.split();
        let stream = |name: &str, key: Key<G>| {
            Stream::new(&format!("{what}, {name}"), &Bits.sample_vec::<u32>(key, N))
        };
        let family = [
            stream("parent", parent),
            stream("first child", first),
            stream("second child", second),
            stream("grandchild", grandchild),
            stream("the next seed", key(8)),
        ];
        for (i, one) in family.iter().enumerate() {
            for other in &family[..i] {
                one.check_against(other);
            }
        }
    }
    for_each_generator!(check);
}

/// How much every bit of a word is changed by every bit of a seed: the strict avalanche criterion (Webster and
/// Tavares 1985).
#[test]
fn a_bit_of_the_seed_changes_each_bit_of_a_sample_with_probability_one_half() {
    const SEEDS: usize = 2000;

    fn check<G: Generator>(what: &str, key: impl Fn(u64) -> Key<G>) {
        // Independent of the generators that are tested.
        let seeds = (1..=SEEDS as u64).map(|i| i.wrapping_mul(0x9e37_79b9_7f4a_7c15)).map(|x| x ^ x >> 29);
        let mut flips = vec![[0_usize; 64]; 64];
        for seed in seeds {
            let word = |seed| Bits.sample::<[u64; 2]>(key(seed))[1];
            let before = word(seed);
            for (seed_bit, flips) in flips.iter_mut().enumerate() {
                let changed = before ^ word(seed ^ 1 << seed_bit);
                for (bit, count) in flips.iter_mut().enumerate() {
                    *count += usize::from(changed >> bit & 1 == 1);
                }
            }
        }

        let n = real(SEEDS);
        // Standardised counts: each has a binomial distribution.
        let z = flips.as_flattened().iter().map(|&count| (2.0 * real(count) - n) / n.sqrt());
        let squares: f64 = z.clone().map(|z| z * z).sum();
        assert_plausible(gamma_ur(4096.0 / 2.0, squares / 2.0), &format!("{what}: avalanche"));
        assert_plausible(average(z, 0.0, 1.0), &format!("{what}: changes in all"));
    }
    for_each_generator!(check);
}
