//! Programs that an input spells out: straight lines of every operation, and folds over a point.

use crate::common::{BINARY, Number, UNARY, binary, same, unary};
use crate::cursor::Cursor;

/// An operation on earlier numbers, which are meant modulo their count.
#[derive(Clone, Copy, Debug)]
pub enum Operation {
    Literal(f64),
    Unary(usize, usize),
    Binary(usize, [usize; 2]),
    Powi(usize, i32),
    MulAdd([usize; 3]),
    /// The number itself if the bounds aren't in order: where `clamp` panics by contract.
    Clamp([usize; 3]),
    /// The third if the first is less than the second, otherwise the fourth.
    IfLess([usize; 4]),
}

impl Operation {
    pub fn read(cursor: &mut Cursor) -> Self {
        let kind = cursor.byte();
        match kind {
            0..=79 => Self::Unary(cursor.below(UNARY.len()), cursor.below(64)),
            80..=175 => Self::Binary(cursor.below(BINARY.len()), indices(cursor)),
            176..=191 => Self::Literal(cursor.float()),
            192..=207 => {
                let x = cursor.below(64);
                Self::Powi(
                    x,
                    if kind < 200 {
                        i32::from(cursor.byte()) - 128
                    } else {
                        i32::from_le_bytes(cursor.bytes())
                    },
                )
            }
            208..=223 => Self::MulAdd(indices(cursor)),
            224..=239 => Self::Clamp(indices(cursor)),
            240..=255 => Self::IfLess(indices(cursor)),
        }
    }

    /// The earlier numbers that it takes, among `count`; of a choice, those it may take.
    pub fn operands(self, count: usize) -> Vec<usize> {
        let all: &[usize] = match &self {
            Self::Literal(_) => &[],
            Self::Unary(_, x) | Self::Powi(x, _) => &[*x],
            Self::Binary(_, x) => x,
            Self::MulAdd(x) | Self::Clamp(x) => x,
            Self::IfLess(x) => x,
        };
        all.iter().map(|i| i % count).collect()
    }

    /// Its result on the numbers so far.
    pub fn apply<T: Number>(self, numbers: &[T]) -> T {
        let at = |i: usize| numbers[i % numbers.len()];
        match self {
            Self::Literal(x) => T::lit(x),
            Self::Unary(k, x) => unary_unless_sign_of_nan(k, at(x)),
            Self::Binary(k, [x, y]) => binary_unless_sign_of_nan(k, at(x), at(y)),
            Self::Powi(x, n) => at(x).powi(n),
            Self::MulAdd([x, y, z]) => at(x).mul_add(at(y), at(z)),
            Self::Clamp([x, low, high]) => {
                if at(low) <= at(high) {
                    at(x).clamp(at(low), at(high))
                } else {
                    at(x)
                }
            }
            Self::IfLess([a, b, x, y]) => {
                if at(a) < at(b) {
                    at(x)
                } else {
                    at(y)
                }
            }
        }
    }
}

/// Whether the function depends on the sign of a NaN, which Rust leaves open: with it any law ends.
fn sees_sign(name: &str) -> bool {
    matches!(name, "abs" | "signum" | "copysign")
}

/// `UNARY[k]` of x, or x itself where that would tell the sign of a NaN.
fn unary_unless_sign_of_nan<T: Number>(k: usize, x: T) -> T {
    if sees_sign(UNARY[k]) && x.is_nan() { x } else { unary(k, x) }
}

/// `BINARY[k]` of x and y, or x itself where that would tell the sign of a NaN.
fn binary_unless_sign_of_nan<T: Number>(k: usize, x: T, y: T) -> T {
    if sees_sign(BINARY[k]) && (x.is_nan() || y.is_nan()) { x } else { binary(k, x, y) }
}

fn indices<const N: usize>(cursor: &mut Cursor) -> [usize; N] {
    std::array::from_fn(|_| cursor.below(64))
}

/// The variables, and after them what each operation gives.
pub fn run<T: Number>(operations: &[Operation], variables: &[T]) -> Vec<T> {
    let mut numbers = variables.to_vec();
    for operation in operations {
        numbers.push(operation.apply(&numbers));
    }
    numbers
}

/// A function of a point of any length: a fold by some operations in turn.
#[derive(Clone, Debug)]
pub struct Fold {
    start: f64,
    /// How a coordinate is changed, and how it is joined to the result so far.
    steps: Vec<[usize; 2]>,
}

impl Fold {
    pub fn read(cursor: &mut Cursor) -> Self {
        let start = cursor.float();
        let steps = 1 + cursor.below(4);
        Self {
            start,
            steps: (0..steps)
                .map(|_| [cursor.below(UNARY.len() + 8), cursor.below(BINARY.len() + 8)])
                .collect(),
        }
    }

    pub fn run<T: Number>(&self, x: &[T]) -> T {
        let start = T::lit(self.start);
        // Beyond the lists is what leaves numbers as they are, and what adds them: results that aren't all NaN.
        x.iter().zip(self.steps.iter().cycle()).fold(start, |sum, (&x, &[one, two])| {
            let x = if one < UNARY.len() { unary_unless_sign_of_nan(one, x) } else { x };
            if two < BINARY.len() { binary_unless_sign_of_nan(two, sum, x) } else { sum + x * x }
        })
    }

    /// `m` results: folds of the point from another coordinate on.
    pub fn run_many<T: Number>(&self, x: &[T], m: usize) -> Vec<T> {
        (0..m).map(|i| self.run(&x[i.min(x.len())..])).collect()
    }
}

/// Whether lanes are the same bit for bit; those of a nested number but for signs of zero, since whether a lane is
/// exactly zero is asked of all its components, so that another inner lane may turn a −0 into 0.
pub fn same_lane<T: Number>(a: T, b: T) -> bool {
    let (x, y) = (a.components(), b.components());
    same(a, b) || x.len() > 1 && x.iter().zip(&y).all(|(&x, &y)| x == y || x.is_nan() && y.is_nan())
}
