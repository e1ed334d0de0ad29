//! The generators behind keys, and `CounterRng`, the one with a state.

use std::collections::HashSet;
use std::fmt::Debug;

use proptest::prelude::*;
use serde_json::Value;
use tangents::random::{
    Bits, CounterRng, Distribution, Elements, Generator, Key, Layout, Threefry2x32, Threefry4x64, Word, bits,
    threefry2x32, threefry4x64,
};

use crate::golden::{Pattern, cases};

#[cfg(feature = "rand_chacha")]
use tangents::interop::rand_chacha::{ChaCha8, ChaCha12, ChaCha20};

/// Does a check with a key of each generator, and with one of each layout of the default.
macro_rules! with_each_generator {
    ($check:expr) => {
        $check(Key::new(137));
        $check(Key::new(137).with_layout(Layout::Original));
        with_each_wide_generator!($check);
    };
}

macro_rules! with_each_wide_generator {
    ($check:expr) => {
        $check(Key::<Threefry4x64>::from_seed(137));
        #[cfg(feature = "rand_chacha")]
        $check(Key::<ChaCha8>::from_seed(137));
        #[cfg(feature = "rand_chacha")]
        $check(Key::<ChaCha12>::from_seed(137));
        #[cfg(feature = "rand_chacha")]
        $check(Key::<ChaCha20>::from_seed(137));
    };
}

// The block function.

#[test]
fn threefry4x64_gives_the_known_answers_of_random123() {
    fn words(hex: &Value) -> [u64; 4] {
        let words: Vec<_> = hex.as_array().unwrap().iter().map(u64::from_hex).collect();
        words.try_into().unwrap()
    }
    let cases = cases("jax/random123_kat.json");
    let cases: Vec<_> = cases.iter().filter(|case| case["n"] == 4 && case["w"] == 64).collect();
    assert_eq!(cases.len(), 3);
    for case in cases {
        assert_eq!(case["rounds"], 20);
        assert_eq!(threefry4x64(words(&case["key"]), words(&case["ctr"])), words(&case["out"]));
    }
}

// Keys.

#[test]
fn a_wide_threefry_takes_bits_and_keys_from_the_counters_of_its_documentation() {
    let data = [1, 2, 3, 4];
    let key = Key::from_generator(Threefry4x64::from_data(data));
    let blocks: [[u64; 4]; 50] = bits(key);
    for (block, i) in blocks.into_iter().zip(0..) {
        assert_eq!(block, threefry4x64(data, [i, 0, 0, 0]));
    }
    for (child, i) in key.split::<5>().into_iter().zip(0..) {
        assert_eq!(child.generator().data(), threefry4x64(data, [0, 0, 1, i]));
    }
    assert_eq!(key.fold_in(u32::MAX).generator().data(), threefry4x64(data, [0, 0, 1, u64::from(u32::MAX)]));
    for seed in [0, 137, u64::MAX] {
        let key = Key::<Threefry4x64>::from_seed(seed);
        assert_eq!(key.generator().data(), threefry4x64([seed, 0, 0, 0], [0, 0, 1, 0]));
    }
}

#[test]
fn keys_of_a_split_differ_from_each_other_and_from_their_parent() {
    fn check<G: Generator>(key: Key<G>) {
        let [left, right] = key.split();
        let keys: Vec<_> = [left.split::<500>(), right.split::<500>()].concat();
        let distinct: HashSet<_> = keys.iter().copied().chain([key, left, right]).collect();
        assert_eq!(distinct.len(), 1003);
    }
    with_each_generator!(check);
}

#[test]
fn a_wide_split_is_fold_in_of_the_index_and_independent_of_the_number() {
    fn check<G: Generator>(key: Key<G>) {
        let keys = key.split::<33>();
        for (&child, i) in keys.iter().zip(0..) {
            assert_eq!(child, key.fold_in(i));
        }
        assert_eq!(key.split::<7>(), keys[..7]);
    }
    with_each_wide_generator!(check);
}

#[test]
fn seeds_that_differ_anywhere_give_different_keys() {
    fn check<G: Generator>(_: Key<G>) {
        let seeds = (0..64).map(|bit| 1 << bit).chain([0, u64::MAX]);
        let keys: HashSet<_> = seeds.map(Key::<G>::from_seed).collect();
        assert_eq!(keys.len(), 66);
    }
    with_each_generator!(check);
}

#[test]
fn a_derived_key_is_no_part_of_the_bits() {
    let key = Key::<Threefry4x64>::from_seed(7);
    let blocks: HashSet<[u64; 4]> = bits::<[[u64; 4]; 1000]>(key).into_iter().collect();
    for child in key.split::<1000>() {
        assert!(!blocks.contains(&child.generator().data()));
    }
}

#[test]
fn a_wide_key_is_shown_as_its_words_all_as_wide_as_the_widest() {
    let key = Key::from_generator(Threefry4x64::from_data([0, 137, 5, 99]));
    assert_eq!(key.to_string(), "[  0 137   5  99]");
    let key = Key::from_generator(Threefry4x64::from_data([0; 4]));
    assert_eq!(key.to_string(), "[0 0 0 0]");
    let key = Key::from_generator(Threefry4x64::from_data([u64::MAX, 1, 0, 0]));
    assert_eq!(key.to_string().len(), 2 + 4 * 20 + 3);
}

// Bits.

#[test]
fn elements_of_any_width_are_pieces_of_the_same_row_of_words() {
    fn check<G: Generator>(key: Key<G>) {
        const BYTES: usize = 1024;
        let bytes = bits::<[u64; BYTES / 8]>(key).map(u64::to_le_bytes);
        let bytes = bytes.as_flattened();
        assert_eq!(bits::<[u8; BYTES]>(key), bytes);
        assert_eq!(bits::<[u16; BYTES / 2]>(key).map(u16::to_le_bytes).as_flattened(), bytes);
        assert_eq!(bits::<[u32; BYTES / 4]>(key).map(u32::to_le_bytes).as_flattened(), bytes);
    }
    with_each_wide_generator!(check);
}

#[test]
fn a_piece_filled_at_once_has_the_elements_drawn_one_by_one_at_any_offset_and_length() {
    fn check<G: Generator>(key: Key<G>) {
        check_width::<u8>(key);
        check_width::<u16>(key);
        check_width::<u32>(key);
        check_width::<u64>(key);
    }
    fn check_width<W: Word + Debug + PartialEq>(key: Key<impl Generator>) {
        const LEN: usize = 700;
        let elements = Bits.elements(key, LEN as u64);
        let whole: Vec<W> = (0..LEN as u64).map(|i| elements.at(i)).collect();
        // Backwards too: what is kept of the last element must not matter.
        assert!((0..LEN as u64).rev().map(|i| elements.at(i)).eq(whole.iter().rev().copied()));

        let mut piece = [W::default(); LEN];
        for first in (0..10).chain([31, 32, 33, 64, 129, LEN - 1, LEN]) {
            for len in (0..10).chain(62..67).chain([250, 571]) {
                let len = len.min(LEN - first);
                let piece = &mut piece[..len];
                Bits.fill_piece(key, LEN as u64, first as u64, piece);
                assert_eq!(piece, &whole[first..first + len], "{len} from {first}");
            }
        }
    }
    with_each_generator!(check);
}

#[test]
fn elements_far_out_are_those_of_their_counters() {
    let data = [9, 8, 7, 6];
    let key = Key::from_generator(Threefry4x64::from_data(data));
    let word = |i: u64| threefry4x64(data, [i / 4, 0, 0, 0])[usize::try_from(i % 4).unwrap()];
    for i in [1 << 32, (1 << 62) + 3, u64::MAX] {
        let element: u64 = Bits.elements(key, u64::MAX).at(i);
        assert_eq!(element, word(i));
        let byte: u8 = Bits.elements(key, u64::MAX).at(i);
        assert_eq!(byte, word(i / 8).to_le_bytes()[usize::try_from(i % 8).unwrap()]);
    }
}

// The generator with a state.

/// The words of a stream, each by itself.
struct Model<G> {
    key: Key<G>,
    /// The number of the next word.
    position: u128,
}

/// The number of words after which a stream begins anew.
const END: u128 = 1 << 65;

impl<G: Generator> Model<G> {
    fn word(&mut self) -> u32 {
        let number = u64::try_from(self.position / 2).unwrap();
        let number: u64 = Bits.elements(self.key, u64::MAX).at(number);
        let halves = [number, number >> 32].map(|half| u32::try_from(half & 0xffff_ffff).unwrap());
        let word = halves[usize::try_from(self.position % 2).unwrap()];
        self.position = (self.position + 1) % END;
        word
    }

    fn step(&mut self, rng: &mut CounterRng<G>, step: &Step) {
        match *step {
            Step::U32 => assert_eq!(rng.next_u32(), self.word()),
            Step::U64 => {
                let (low, high) = (self.word(), self.word());
                assert_eq!(rng.next_u64(), u64::from(high) << 32 | u64::from(low));
            }
            Step::Bytes(n) => {
                let mut bytes = vec![0; n];
                rng.fill_bytes(&mut bytes);
                let words: Vec<_> = (0..n.div_ceil(4)).map(|_| self.word().to_le_bytes()).collect();
                assert_eq!(bytes, words.as_flattened()[..n]);
            }
            Step::Seek(position) => {
                rng.seek(position);
                self.position = position % END;
            }
            Step::Jump(words) => {
                rng.jump(words);
                let end = END.cast_signed();
                let position = (self.position.cast_signed() + words % end).rem_euclid(end);
                self.position = position.cast_unsigned();
            }
        }
        assert_eq!(rng.position(), self.position);
    }
}

#[derive(Clone, Debug)]
enum Step {
    U32,
    U64,
    Bytes(usize),
    Seek(u128),
    Jump(i128),
}

/// A position, mostly near where something changes: the beginning and the end of the stream, where a number's index
/// outgrows 32 bits, the borders of buffers.
fn position() -> impl Strategy<Value = u128> {
    let edge = prop_oneof![Just(0), Just(1 << 33), Just(1 << 64), Just(END), Just(256), Just(256 << 40)];
    prop_oneof![
        4 => (edge, -1400_i128..600).prop_map(|(edge, words)| (END + edge).checked_add_signed(words).unwrap()),
        1 => any::<u128>(),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::U32),
        4 => Just(Step::U64),
        4 => (0..40_usize).prop_map(Step::Bytes),
        2 => (0..5000_usize).prop_map(Step::Bytes),
        1 => position().prop_map(Step::Seek),
        1 => (-600..600_i128).prop_map(Step::Jump),
        1 => any::<i128>().prop_map(Step::Jump),
    ]
}

fn check_steps<G: Generator>(key: Key<G>, start: u128, steps: &[Step]) {
    let mut rng = key.rng();
    let mut model = Model { key, position: 0 };
    model.step(&mut rng, &Step::Seek(start));
    for step in steps {
        let (before, position) = (rng.clone(), model.position);
        model.step(&mut rng, step);
        // A clone goes its own way, and the same.
        let mut again = before.clone();
        Model { key, position }.step(&mut again, step);
        assert_eq!(again, rng);
        assert_eq!(before.position(), position);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_steps_give_the_words_of_the_stream(start in position(), steps in prop::collection::vec(step(), 1..20)) {
        check_steps(Key::new(3), start, &steps);
        check_steps(Key::<Threefry4x64>::from_seed(3), start, &steps);
        #[cfg(feature = "rand_chacha")]
        check_steps(Key::<ChaCha8>::from_seed(3), start, &steps);
    }
}

#[test]
fn the_stream_is_that_of_the_samples_of_64_bits() {
    fn check<G: Generator>(key: Key<G>) {
        let mut rng = key.rng();
        for number in bits::<[u64; 500]>(key) {
            assert_eq!(rng.next_u64(), number);
        }
    }
    check(Key::new(137));
    with_each_wide_generator!(check);
}

#[test]
fn the_stream_of_a_key_doesnt_depend_on_its_layout() {
    let key = Key::new(5);
    let mut rng = key.with_layout(Layout::Original).rng();
    assert_eq!([(); 300].map(|()| rng.next_u64()), bits::<[u64; 300]>(key));
}

#[test]
fn the_stream_crosses_2_to_the_32_numbers_and_returns_to_its_beginning_after_2_to_the_64() {
    let key = Key::new(42);
    let number = |high, low| {
        let [a, b] = threefry2x32(key.data(), [high, low]);
        u64::from(a) << 32 | u64::from(b)
    };
    let mut rng = key.rng();
    rng.seek((1 << 33) - 2);
    assert_eq!([rng.next_u64(), rng.next_u64()], [number(0, u32::MAX), number(1, 0)]);
    rng.seek(END - 2);
    assert_eq!([rng.next_u64(), rng.next_u64()], [number(u32::MAX, u32::MAX), number(0, 0)]);
    // One word before the end and one after it.
    rng.seek(END - 1);
    assert_eq!(rng.next_u64(), (number(0, 0) & 0xffff_ffff) << 32 | number(u32::MAX, u32::MAX) >> 32);
    assert_eq!(rng.position(), 1);
}

#[test]
fn a_long_fill_passes_the_end_of_the_stream() {
    fn check<G: Generator>(key: Key<G>) {
        let mut rng = key.rng();
        rng.seek(END - 2 * 1000);
        let mut bytes = vec![0; 8 * 3000];
        rng.fill_bytes(&mut bytes);
        assert_eq!(rng.position(), 2 * 2000);
        let beginning = bits::<[u64; 2000]>(key).map(u64::to_le_bytes);
        assert_eq!(bytes[8 * 1000..], *beginning.as_flattened());
        let last: u64 = Bits.elements(key, u64::MAX).at(u64::MAX);
        assert_eq!(bytes[8 * 999..8 * 1000], last.to_le_bytes());
    }
    check(Key::new(1));
    with_each_wide_generator!(check);
}

#[test]
fn generators_are_equal_if_the_rest_of_their_streams_is() {
    let mut rng: CounterRng<Threefry2x32> = Key::new(1).rng();
    let mut other = rng.clone();
    assert_eq!(rng, other);
    rng.next_u64();
    assert_ne!(rng, other);
    other.seek(2);
    assert_eq!(rng, other);
    // At the border of two buffers, with the one used up and the other not begun.
    rng.fill_bytes(&mut [0; 8 * 127]);
    other.seek(256);
    assert_eq!(rng, other);
    assert_eq!(rng.next_u32(), other.next_u32());
    assert_ne!(rng, Key::new(2).rng());
    assert_ne!(Key::new(1).rng(), Key::new(2).rng());
}
