//! Random trees at points that matter to their functions: kinks, poles, ends of domains, and all exponents.

use crate::case::{Case, Format};
use crate::functions::{FUNCTIONS, Places, Range};
use crate::tree::{Tree, named};

/// A stream of random numbers, `SplitMix64`.
pub struct Stream(u64);

impl Stream {
    /// The stream of number `index` of this seed.
    pub fn new(seed: u64, index: u64) -> Self {
        let mut stream = Self(seed);
        let start = stream.next().wrapping_add(index.wrapping_mul(0xD1B5_4A32_D192_ED03));
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in [0, 1).
    #[expect(clippy::cast_precision_loss, reason = "53 bits")]
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// An integer below `n`.
    #[expect(clippy::cast_possible_truncation, reason = "below n")]
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    fn sign(&mut self) -> f64 {
        if self.chance(0.5) { 1.0 } else { -1.0 }
    }
}

/// The decimal exponents of the format, subnormal numbers aside.
fn decades(format: Format) -> (f64, f64) {
    match format {
        Format::F64 => (-307.0, 308.0),
        Format::F32 => (-37.5, 38.0),
    }
}

impl Places {
    /// A place where the function is asked.
    fn draw(&self, format: Format, stream: &mut Stream) -> f64 {
        let special = !self.points.is_empty();
        let x = match stream.below(10) {
            0..=2 if special => stream.one_of(self.points),
            3 | 4 if special => {
                // Beside a point, by steps of the format or by a power of ten.
                let point = stream.one_of(self.points);
                if point != 0.0 && stream.chance(0.4) {
                    let unit = if format == Format::F64 { f64::EPSILON } else { f64::from(f32::EPSILON) };
                    point * (1.0 + stream.sign() * unit * stream.between(0.5, 20.0))
                } else {
                    point + stream.sign() * 10f64.powf(stream.between(-16.0, -1.0))
                }
            }
            _ => self.range.draw(format, stream),
        };
        let x = format.round(x);
        if x.is_finite() { x } else { 1.0 }
    }
}

impl Range {
    fn draw(self, format: Format, stream: &mut Stream) -> f64 {
        let (least, most) = decades(format);
        let magnitude = |stream: &mut Stream, most: f64| match stream.below(4) {
            0 => 10f64.powf(stream.between(least, most)),
            1 => 10f64.powf(stream.between(-6.0, most.min(6.0))),
            2 => stream.between(0.0, 4.0),
            _ => stream.between(0.0, 16.0).floor() / 4.0,
        };
        match self {
            Self::All => stream.sign() * magnitude(stream, most),
            Self::Positive => magnitude(stream, most),
            Self::Moderate => {
                if stream.chance(0.5) {
                    stream.sign() * magnitude(stream, 4.0)
                } else {
                    stream.between(-12.0, 12.0)
                }
            }
            Self::Exponent => {
                let end = if format == Format::F64 { 720.0 } else { 90.0 };
                match stream.below(3) {
                    0 => stream.between(-end, end),
                    1 => stream.sign() * magnitude(stream, 1.0),
                    _ => stream.between(-6.0, 6.0),
                }
            }
            Self::Between(low, high) => match stream.below(3) {
                0 if low <= 0.0 && high >= 0.0 => {
                    let x = magnitude(stream, most);
                    (if low < 0.0 && stream.chance(0.5) { -x } else { x }).clamp(low, high)
                }
                1 if high > 1e6 => low + magnitude(stream, most),
                _ => stream.between(low, high.min(low + 60.0)),
            },
        }
    }
}

struct Growth<'a> {
    format: Format,
    stream: &'a mut Stream,
    /// The variables' values, as far as they have one.
    point: Vec<f64>,
    variables: usize,
}

const ANYWHERE: Places = Places { points: &[0.0, 1.0, -1.0], range: Range::All };

impl Growth<'_> {
    /// A tree of about `size` functions whose value is meant for these places.
    fn tree(&mut self, size: usize, places: &Places) -> Tree {
        if size == 0 {
            return self.leaf(places);
        }
        let f = self.stream.below(FUNCTIONS.len());
        let function = &FUNCTIONS[f];
        let order = if function.orders.is_empty() { 0 } else { self.stream.one_of(function.orders) };
        let mut rest = size - 1;
        let arguments = (0..function.arity)
            .map(|i| {
                let part = if i + 1 == function.arity { rest } else { self.stream.below(rest + 1) };
                rest -= part;
                let places = &function.places[i.min(function.places.len() - 1)];
                let argument = self.tree(part, places);
                if part > 0 { self.retarget(argument, places) } else { argument }
            })
            .collect();
        Tree::Call(f, order, arguments)
    }

    fn leaf(&mut self, places: &Places) -> Tree {
        if self.point.len() < self.variables && self.stream.chance(0.6) {
            self.point.push(places.draw(self.format, self.stream));
            return Tree::Variable(self.point.len() - 1);
        }
        if !self.point.is_empty() && self.stream.chance(0.5) {
            return Tree::Variable(self.stream.below(self.point.len()));
        }
        Tree::Literal(places.draw(self.format, self.stream))
    }

    /// The tree moved or stretched, sometimes, so that its value is at these places.
    fn retarget(&mut self, tree: Tree, places: &Places) -> Tree {
        if self.stream.chance(0.4) {
            return tree;
        }
        let case = self.case(0, Tree::Literal(0.0));
        let value = case.value_of(&tree);
        let target = places.draw(self.format, self.stream);
        let (name, literal) = match self.stream.below(4) {
            0 => ("add", target - value),
            1 => ("sub", value - target),
            _ => ("mul", target / value),
        };
        let literal = self.format.round(literal);
        if !literal.is_finite() || literal == 0.0 {
            return tree;
        }
        let literal = Tree::Literal(literal);
        let swap = name != "sub" && self.stream.chance(0.5);
        Tree::Call(named(name), 0, if swap { vec![literal, tree] } else { vec![tree, literal] })
    }

    fn case(&self, order: usize, tree: Tree) -> Case {
        let mut point = self.point.clone();
        point.resize(self.variables, 1.0);
        Case { format: self.format, order, point, tree }
    }
}

/// A random case, the same for the same stream.
pub fn random_case(stream: &mut Stream) -> Case {
    loop {
        let format = if stream.chance(0.6) { Format::F64 } else { Format::F32 };
        let variables = 1 + stream.below(2);
        let size = 1 + stream.below(4) + if stream.chance(0.2) { stream.below(6) } else { 0 };
        let order = if variables == 1 { 4 } else { stream.one_of(&[2, 3, 3, 4]) };
        let mut growth = Growth { format, stream, point: Vec::new(), variables };
        let tree = growth.tree(size, &ANYWHERE);
        let case = growth.case(order, tree);
        let depends = (0..variables).all(|i| case.tree.depends_on(i));
        // Where there is no value there isn't much to compare.
        if depends && (!case.value_of(&case.tree).is_nan() || stream.chance(0.1)) {
            return case;
        }
    }
}
