//! `rand` draws from `CounterRng`.

use rand::distr::{Alphanumeric, SampleString};
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, RngExt, SeedableRng};
use tangents::interop::rand_chacha::ChaCha8;
use tangents::random::{CounterRng, Key, Threefry2x32, bits};

#[test]
fn whole_numbers_are_the_words_of_the_stream() {
    let mut rng = Key::new(137).rng();
    let numbers: [u64; 2] = bits(Key::new(137));
    assert_eq!(rng.random::<u64>(), numbers[0]);
    assert_eq!(u64::from(rng.random::<u32>()), numbers[1] & 0xffff_ffff);
    assert_eq!(u64::from(rng.random::<u32>()), numbers[1] >> 32);

    let mut filled = [0_u64; 300];
    Key::new(137).rng().fill(&mut filled);
    assert_eq!(filled, bits::<[u64; 300]>(Key::new(137)));
}

#[test]
fn numbers_of_a_range_stay_in_it_and_occur_evenly() {
    let mut rng = Key::new(1).rng();
    let mut counts = [0_u32; 6];
    for _ in 0..60_000 {
        counts[rng.random_range(0..6)] += 1;
    }
    // Six binomial counts: more than 5 standard deviations of 91 away once in 300 000 keys.
    assert!(counts.iter().all(|count| count.abs_diff(10_000) < 457), "{counts:?}");
    assert!((0..1000).all(|_| (-2.5..7.0).contains(&rng.random_range(-2.5..7.0))));
}

#[test]
fn a_shuffle_is_a_permutation_that_repeats_with_the_key() {
    let shuffled = |key: Key| {
        let mut items: Vec<u32> = (0..100).collect();
        items.shuffle(&mut key.rng());
        items
    };
    let (once, again, other) = (shuffled(Key::new(1)), shuffled(Key::new(1)), shuffled(Key::new(2)));
    assert_eq!(once, again);
    assert_ne!(once, other);
    let mut sorted = once;
    sorted.sort_unstable();
    assert!(sorted.into_iter().eq(0..100));
}

#[test]
fn items_and_strings_are_chosen() {
    let mut rng = Key::new(3).rng();
    assert!(["a", "b", "c"].choose(&mut rng).is_some());
    let word = Alphanumeric.sample_string(&mut rng, 30);
    assert!(word.len() == 30 && word.chars().all(char::is_alphanumeric));
}

#[test]
fn it_is_seeded_and_forked() {
    let rng = CounterRng::<Threefry2x32>::seed_from_u64(137);
    assert_eq!(rng, Key::new(137).rng());
    let mut rng = CounterRng::<ChaCha8>::seed_from_u64(137);
    assert_eq!(rng, Key::<ChaCha8>::from_seed(137).rng());
    let mut fork = CounterRng::<ChaCha8>::from_rng(&mut rng);
    assert_ne!(fork.next_u64(), rng.next_u64());
}

#[test]
fn a_reference_and_a_box_of_a_generator_are_generators() {
    fn draw(mut rng: impl Rng) -> u64 {
        rng.next_u64()
    }
    let mut rng = Key::new(4).rng();
    let first = draw(&mut rng);
    let boxed: Box<dyn Rng> = Box::new(Key::new(4).rng());
    assert_eq!(draw(boxed), first);
}
