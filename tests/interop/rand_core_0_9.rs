//! `CounterRng` is a generator of `rand_core` 0.9.

use rand_core_0_9::{RngCore, SeedableRng};
use tangents::random::{CounterRng, Key, Threefry2x32, Threefry4x64};

#[test]
fn the_traits_give_the_stream_of_the_inherent_methods() {
    fn draw(rng: &mut impl RngCore) -> (u32, u64, [u8; 4099], u32) {
        let mut bytes = [0; 4099];
        let (word, number) = (rng.next_u32(), rng.next_u64());
        rng.fill_bytes(&mut bytes);
        (word, number, bytes, rng.next_u32())
    }
    let mut rng = Key::new(137).rng();
    let drawn = draw(&mut Key::new(137).rng());

    let (word, number) = (rng.next_u32(), rng.next_u64());
    let mut bytes = [0; 4099];
    rng.fill_bytes(&mut bytes);
    assert_eq!(drawn, (word, number, bytes, rng.next_u32()));
}

#[test]
fn seeds_are_keys() {
    let rng = CounterRng::<Threefry2x32>::from_seed([0, 0, 0, 0, 137, 0, 0, 0]);
    assert_eq!(rng, Key::new(137).rng());
    let rng = CounterRng::<Threefry4x64>::seed_from_u64(137);
    assert_eq!(rng, Key::<Threefry4x64>::from_seed(137).rng());
}
