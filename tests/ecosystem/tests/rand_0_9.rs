//! The version before draws from `CounterRng` too.

use rand_0_9::seq::SliceRandom;
use rand_0_9::{Rng, RngCore, SeedableRng};
use tangents::random::{CounterRng, Key, Threefry2x32, bits};

#[test]
fn numbers_are_those_of_the_stream() {
    let mut rng = CounterRng::<Threefry2x32>::seed_from_u64(137);
    assert_eq!(rng.random::<u64>(), bits::<u64>(Key::new(137)));
    assert!((0..1000).all(|_| (10..20).contains(&rng.random_range(10..20))));
    let dynamic: &mut dyn RngCore = &mut Key::new(137).rng();
    assert_eq!(dynamic.next_u64(), bits::<u64>(Key::new(137)));
}

#[test]
fn a_shuffle_is_a_permutation() {
    let mut items: Vec<u32> = (0..100).collect();
    items.shuffle(&mut Key::new(1).rng());
    assert!(!items.is_sorted());
    items.sort_unstable();
    assert!(items.into_iter().eq(0..100));
}
