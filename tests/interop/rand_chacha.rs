//! The ciphers as generators give `rand_chacha`'s own words and the known answers of the cipher.

use ::rand_chacha::rand_core::{Rng, SeedableRng};
use ::rand_chacha::{ChaCha8Rng, ChaCha12Rng, ChaCha20Rng};
use tangents::interop::rand_chacha::{ChaCha8, ChaCha12, ChaCha20};
use tangents::interop::rand_core::KeyBytes;
use tangents::random::{Bits, CounterRng, Distribution, Generator, Key, bits, uniform};

const DATA: [u32; 8] = [0x0302_0100, 0x0706_0504, 0x0b0a_0908, 0, u32::MAX, 1, 2, 0x1f1e_1d1c];

/// The same as bytes.
fn seed() -> [u8; 32] {
    DATA.map(u32::to_le_bytes).as_flattened().try_into().unwrap()
}

/// Does a check with each cipher and with the generator of `rand_chacha` that it's made of.
macro_rules! with_each {
    ($check:ident) => {
        $check!(ChaCha8, ChaCha8Rng);
        $check!(ChaCha12, ChaCha12Rng);
        $check!(ChaCha20, ChaCha20Rng);
    };
}

/// RFC 8439, appendix A.1, vectors 1, 2 and 3: a key of zeros and blocks 0 and 1, a key that ends in 1 and block 1.
#[test]
fn chacha20_gives_the_known_answers_of_rfc_8439() {
    let words: [u32; 32] = bits(Key::from_generator(ChaCha20::from_data([0; 8])));
    let block0 = [
        0xade0_b876,
        0x903d_f1a0,
        0xe56a_5d40,
        0x28bd_8653,
        0xb819_d2bd,
        0x1aed_8da0,
        0xccef_36a8,
        0xc70d_778b,
        0x7c59_41da,
        0x8d48_5751,
        0x3fe0_2477,
        0x374a_d8b8,
        0xf4b8_436a,
        0x1ca1_1815,
        0x69b6_87c3,
        0x8665_eeb2,
    ];
    let block1 = [
        0xbee7_079f,
        0x7a38_5155,
        0x7c97_ba98,
        0x0d08_2d73,
        0xa029_0fcb,
        0x6965_e348,
        0x3e53_c612,
        0xed7a_ee32,
        0x7621_b729,
        0x434e_e69c,
        0xb033_71d5,
        0xd539_d874,
        0x281f_ed31,
        0x45fb_0a51,
        0x1f0a_e1ac,
        0x6f4d_794b,
    ];
    assert_eq!(words[..16], block0);
    assert_eq!(words[16..], block1);

    let key = Key::from_generator(ChaCha20::from_data([0, 0, 0, 0, 0, 0, 0, 0x0100_0000]));
    let words: [u32; 18] = bits(key);
    assert_eq!(words[16..], [0x2452_eb3a, 0x9249_f8ec]);
}

/// draft-strombergson-chacha-test-vectors-01, TC1: 256 bits of key, all zero, the first 64 bits of block 0.
#[test]
fn fewer_rounds_give_the_known_answers_too() {
    let first = |word: u64| word.to_le_bytes();
    let word: u64 = bits(Key::from_generator(ChaCha8::from_data([0; 8])));
    assert_eq!(first(word), [0x3e, 0x00, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6]);
    let word: u64 = bits(Key::from_generator(ChaCha12::from_data([0; 8])));
    assert_eq!(first(word), [0x9b, 0xf4, 0x9a, 0x6a, 0x07, 0x55, 0xf9, 0x53]);
}

#[test]
fn bits_are_the_words_of_rand_chacha_under_the_same_key() {
    macro_rules! check {
        ($generator:ident, $rng:ident) => {
            let key = Key::from_generator($generator::from_data(DATA));
            let mut rng = $rng::from_seed(seed());
            assert_eq!(bits::<[u32; 1000]>(key), [(); 1000].map(|()| rng.next_u32()));
            let mut rng = $rng::from_seed(seed());
            assert_eq!(bits::<[u64; 1000]>(key), [(); 1000].map(|()| rng.next_u64()));
            let (mut rng, mut bytes) = ($rng::from_seed(seed()), [0; 1000]);
            rng.fill_bytes(&mut bytes);
            assert_eq!(bits::<[u8; 1000]>(key), bytes);

            let (mut rng, mut filled) = ($rng::from_seed(seed()), [0; 1000]);
            Bits.fill(key, &mut filled);
            assert_eq!(filled, [(); 1000].map(|()| rng.next_u32()));
        };
    }
    with_each!(check);
}

#[test]
fn the_stream_of_a_key_is_rand_chachas_wherever_it_is_entered() {
    macro_rules! check {
        ($generator:ident, $rng:ident) => {
            let mut rng = Key::from_generator($generator::from_data(DATA)).rng();
            let mut other = $rng::from_seed(seed());
            for position in [0, 1, 63, 64, 255, (1 << 36) - 1, (1 << 65) - 3] {
                rng.seek(position);
                other.set_word_pos(position);
                assert_eq!(rng.next_u32(), other.next_u32());
                assert_eq!(rng.next_u32(), other.next_u32());
            }
        };
    }
    with_each!(check);
}

#[test]
fn derived_keys_are_the_first_words_of_the_blocks_of_stream_1() {
    macro_rules! check {
        ($generator:ident, $rng:ident) => {
            let key = Key::from_generator($generator::from_data(DATA));
            let mut rng = $rng::from_seed(seed());
            rng.set_stream(1);
            for child in key.split::<10>() {
                assert_eq!(child.generator().data(), [(); 8].map(|()| rng.next_u32()));
                // The other half of the block is nobody's.
                rng.set_word_pos(rng.get_word_pos() + 8);
            }
            rng.set_word_pos(16 * u128::from(u32::MAX));
            assert_eq!(key.fold_in(u32::MAX).generator().data(), [(); 8].map(|()| rng.next_u32()));
        };
    }
    with_each!(check);
}

#[test]
fn the_key_of_a_seed_is_a_key_derived_from_its_halves() {
    macro_rules! check {
        ($generator:ident, $rng:ident) => {
            let mut bytes = [0; 32];
            bytes[..8].copy_from_slice(&0x0123_4567_89ab_cdef_u64.to_le_bytes());
            let mut rng = $rng::from_seed(bytes);
            rng.set_stream(1);
            let generator = $generator::from_seed(0x0123_4567_89ab_cdef);
            assert_eq!(generator.data(), [(); 8].map(|()| rng.next_u32()));
        };
    }
    with_each!(check);
}

#[test]
fn ciphers_are_seeded_like_rand_chachas() {
    macro_rules! check {
        ($generator:ident, $rng:ident) => {
            assert_eq!($generator::from_bytes(seed()), $generator::from_data(DATA));
            let mut rng = CounterRng::<$generator>::from_seed(seed());
            let mut other = $rng::from_seed(seed());
            assert_eq!([(); 1000].map(|()| rng.next_u64()), [(); 1000].map(|()| other.next_u64()));
            // A number isn't made into a key as `rand_core` does it, but as everywhere in this crate.
            let rng = CounterRng::<$generator>::seed_from_u64(5);
            assert_eq!(rng, Key::<$generator>::from_seed(5).rng());
        };
    }
    with_each!(check);
}

#[test]
fn a_key_is_shown_as_its_words() {
    let key = Key::from_generator(ChaCha8::from_data([0, 1, 20, 300, 4, 5, 6, 7]));
    assert_eq!(key.to_string(), "[  0   1  20 300   4   5   6   7]");
}

#[test]
fn distributions_take_them() {
    let x: [f32; 4] = uniform(Key::<ChaCha20>::from_seed(0));
    let words: [u32; 4] = bits(Key::<ChaCha20>::from_seed(0));
    #[expect(clippy::cast_precision_loss, reason = "23 bits")]
    let expected = words.map(|word| (word >> 9) as f32 * 2.0_f32.powi(-23));
    assert_eq!(x, expected);
}
