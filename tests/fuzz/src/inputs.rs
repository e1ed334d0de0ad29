//! Inputs by number: the same for the same seed.

use tangents::random::{CounterRng, Key, Threefry2x32};

/// How many inputs are changes of one.
const KIN: u32 = 16;

/// The inputs of a seed: bytes of any kind, each followed by some that differ from it in a few places.
#[derive(Clone, Copy, Debug)]
pub struct Inputs {
    key: Key,
}

impl Inputs {
    /// The inputs of a seed.
    pub fn new(seed: i64) -> Self {
        Self { key: Key::new(seed) }
    }

    /// Input `i`.
    pub fn input(self, i: u32) -> Vec<u8> {
        let mut input = fresh(&mut self.key.fold_in(i - i % KIN).rng());
        if !i.is_multiple_of(KIN) {
            let mut rng = self.key.fold_in(i).rng();
            for _ in 0..=below(&mut rng, 4) {
                change(&mut input, &mut rng);
            }
        }
        input
    }
}

type Rng = CounterRng<Threefry2x32>;

fn below(rng: &mut Rng, n: usize) -> usize {
    let words = u64::from(rng.next_u32()) * n as u64;
    usize::try_from(words >> 32).expect("less than n")
}

fn byte(rng: &mut Rng) -> u8 {
    u8::try_from(below(rng, 256)).expect("a byte")
}

/// Bytes of any value, or of few, most of them small: choices of corners.
fn fresh(rng: &mut Rng) -> Vec<u8> {
    let longest = if below(rng, 4) == 0 { 512 } else { 96 };
    let mut input = vec![0; below(rng, longest)];
    rng.fill_bytes(&mut input);
    match below(rng, 4) {
        0 => input.iter_mut().for_each(|byte| *byte %= 112),
        1 => {
            let few: [u8; 4] = std::array::from_fn(|_| byte(rng));
            for byte in &mut input {
                *byte = few[usize::from(*byte) % few.len()];
            }
        }
        _ => {}
    }
    input
}

fn change(input: &mut Vec<u8>, rng: &mut Rng) {
    if input.is_empty() {
        input.push(byte(rng));
        return;
    }
    let at = below(rng, input.len());
    match below(rng, 6) {
        0 => input[at] = byte(rng),
        1 => input[at] ^= 1 << below(rng, 8),
        2 => input.insert(at, byte(rng)),
        3 => input.truncate(at),
        4 => {
            input.remove(at);
        }
        _ => {
            let copied = input[below(rng, input.len())..].to_vec();
            input.extend_from_slice(&copied[..copied.len().min(16)]);
        }
    }
}
