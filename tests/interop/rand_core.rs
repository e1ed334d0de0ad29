//! `CounterRng` is a generator of `rand_core` 0.10.

use ::rand_core::block::{self, BlockRng};
use ::rand_core::{Rng, SeedableRng, TryRng};
use tangents::random::{
    Bits, CounterRng, Distribution, Elements, Generator, Key, Threefry2x32, Threefry4x64,
};

/// The same calls by the traits alone and by the inherent methods, at odd positions and even ones.
fn check_stream<G: Generator>(key: Key<G>) {
    fn draw(rng: &mut impl Rng) -> (u32, u64, [u8; 4099], u64, u32) {
        let mut bytes = [0; 4099];
        let (word, number) = (rng.next_u32(), rng.next_u64());
        rng.fill_bytes(&mut bytes);
        (word, number, bytes, rng.next_u64(), rng.next_u32())
    }
    let mut rng = key.rng();
    let drawn = draw(&mut key.rng());

    let (word, number) = (rng.next_u32(), rng.next_u64());
    let mut bytes = [0; 4099];
    rng.fill_bytes(&mut bytes);
    assert_eq!(drawn, (word, number, bytes, rng.next_u64(), rng.next_u32()));
}

#[test]
fn the_traits_give_the_stream_of_the_inherent_methods() {
    check_stream(Key::new(137));
    check_stream(Key::<Threefry4x64>::from_seed(137));
    #[cfg(feature = "rand_chacha")]
    check_stream(Key::<tangents::interop::rand_chacha::ChaCha8>::from_seed(137));
}

#[test]
fn it_never_fails() {
    let mut rng = Key::new(1).rng();
    let Ok(word) = TryRng::try_next_u32(&mut rng);
    assert_eq!(word, Key::new(1).rng().next_u32());
}

#[test]
fn a_seed_is_the_words_of_the_key_low_byte_first() {
    let rng = CounterRng::<Threefry2x32>::from_seed([0x78, 0x56, 0x34, 0x12, 0xef, 0xcd, 0xab, 0x90]);
    assert_eq!(rng, Key::from_data([0x1234_5678, 0x90ab_cdef]).rng());

    let mut seed = [0; 32];
    seed.as_chunks_mut().0.copy_from_slice(&[1_u64, 2, 3, 1 << 63].map(u64::to_le_bytes));
    let key = Key::from_generator(Threefry4x64::from_data([1, 2, 3, 1 << 63]));
    assert_eq!(CounterRng::<Threefry4x64>::from_seed(seed), key.rng());
}

#[test]
fn a_number_as_seed_gives_the_key_of_that_number() {
    for seed in [0, 137, u64::MAX] {
        let rng = CounterRng::<Threefry2x32>::seed_from_u64(seed);
        assert_eq!(rng, Key::<Threefry2x32>::from_seed(seed).rng());
        let rng = CounterRng::<Threefry4x64>::seed_from_u64(seed);
        assert_eq!(rng, Key::<Threefry4x64>::from_seed(seed).rng());
    }
}

#[test]
fn a_generator_seeded_from_another_takes_its_next_bytes() {
    let mut master = Key::new(7).rng();
    let mut seed = [0; 8];
    master.clone().fill_bytes(&mut seed);
    let fork = master.fork();
    assert_eq!(fork, CounterRng::<Threefry2x32>::from_seed(seed));
    assert_eq!(master.position(), 2);
}

#[test]
fn bytes_in_pieces_of_whole_words_are_the_bytes_in_one() {
    let key = Key::new(9);
    let mut whole = [0; 10_000];
    key.rng().fill_bytes(&mut whole);
    for size in [4, 8, 12, 20, 1020, 1024, 1028, 4096, 5000] {
        let (mut rng, mut pieces) = (key.rng(), [0; 10_000]);
        for piece in pieces.chunks_mut(size) {
            Rng::fill_bytes(&mut rng, piece);
        }
        assert_eq!(pieces, whole, "in pieces of {size}");
    }
}

/// The numbers of a key's samples in blocks, for `rand_core`'s own generator of words in blocks.
struct InBlocks {
    key: Key,
    next: u64,
}

impl block::Generator for InBlocks {
    type Output = [u32; 16];

    fn generate(&mut self, output: &mut [u32; 16]) {
        for pair in output.chunks_mut(2) {
            let number: u64 = Bits.elements(self.key, u64::MAX).at(self.next);
            self.next += 1;
            let halves = [number & 0xffff_ffff, number >> 32];
            pair.copy_from_slice(&halves.map(|half| u32::try_from(half).unwrap()));
        }
    }
}

#[test]
fn bytes_in_pieces_of_any_size_are_those_of_rand_cores_block_generator() {
    let key = Key::new(10);
    let (mut rng, mut other) = (key.rng(), BlockRng::new(InBlocks { key, next: 0 }));
    let [mut bytes, mut expected] = [[0; 3000]; 2];
    for size in (0..140).chain([1023, 1024, 1025, 2047, 3000]).chain((0..40).rev()) {
        Rng::fill_bytes(&mut rng, &mut bytes[..size]);
        other.fill_bytes(&mut expected[..size]);
        assert_eq!(bytes, expected, "{size} bytes");
        if size % 3 == 0 {
            assert_eq!(Rng::next_u64(&mut rng), other.next_u64_from_u32());
        }
        if size % 5 == 0 {
            assert_eq!(Rng::next_u32(&mut rng), other.next_word());
        }
    }
}
