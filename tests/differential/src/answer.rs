//! What the reference says, and whether what was found agrees.

use crate::case::{Case, Format};
use crate::modes::{Found, Which, in_f32, in_f64};

/// How many times the reference's bound a number may be off.
pub const FACTOR: f64 = 4.0;

/// What a derivative must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Word {
    /// A number up to this bound; if the flag is set, nothing finite will do too.
    Number(f64, f64, bool),
    /// Nothing finite, or within these ends up to a bound: what a convention may choose.
    Within(f64, f64, f64),
    /// Nothing finite.
    NotFinite,
    /// The point is outside the domain: nothing finite, or zero where the lane is.
    Outside,
    /// Not known.
    Unknown,
}

impl Word {
    fn parse(word: &str) -> Self {
        let number = |text: &str| text.parse::<f64>().unwrap_or_else(|_| panic!("not a number: {text}"));
        match word {
            "!" => Self::NotFinite,
            "?" => Self::Unknown,
            _ => {
                let (value, bound) = word.split_once(':').unwrap_or_else(|| panic!("not an answer: {word}"));
                if let Some((low, high)) = value.split_once("..") {
                    return Self::Within(number(low), number(high), number(bound));
                }
                let any = bound.ends_with('~');
                Self::Number(number(value), number(bound.trim_end_matches('~')), any)
            }
        }
    }

    /// By how many times what it may be off the number is off; infinite where nothing will do.
    fn misses(self, value: f64) -> f64 {
        let wrong_unless = |right: bool| if right { 0.0 } else { f64::INFINITY };
        match self {
            Self::Number(expected, bound, any) => {
                if value.is_finite() {
                    (value - expected).abs() / (FACTOR * bound)
                } else {
                    // An infinite expectation is a number beyond the floats.
                    wrong_unless(any || expected.is_infinite())
                }
            }
            Self::Within(low, high, bound) => {
                let slack = FACTOR * bound;
                wrong_unless(!value.is_finite() || (low - slack..=high + slack).contains(&value))
            }
            Self::NotFinite => wrong_unless(!value.is_finite()),
            Self::Outside => wrong_unless(!value.is_finite() || value == 0.0),
            Self::Unknown => 0.0,
        }
    }
}

/// The reference's words for all derivatives of a case.
#[derive(Clone, Debug)]
pub struct Answer {
    words: Vec<Word>,
    /// Why nothing is known.
    pub reason: Option<String>,
}

impl Answer {
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if let Some(reason) = text.strip_prefix("? ").filter(|rest| rest.starts_with(char::is_alphabetic)) {
            return Self { words: Vec::new(), reason: Some(reason.to_owned()) };
        }
        if text == "outside" {
            return Self { words: vec![Word::Outside], reason: Some("outside".to_owned()) };
        }
        Self { words: text.split_whitespace().map(Word::parse).collect(), reason: None }
    }

    /// The word for a derivative in one or two variables.
    fn word(&self, variables: usize, a: usize, b: usize) -> Word {
        match self.words[..] {
            [] => Word::Unknown,
            [Word::Outside] => Word::Outside,
            _ if variables == 1 => self.words[a],
            _ => self.words[(a + b) * (a + b + 1) / 2 + b],
        }
    }

    /// The word for what a mode found.
    fn of(&self, variables: usize, which: Which) -> Word {
        match which {
            Which::Partial(a, b) => self.word(variables, a, b),
            Which::Diagonal(n) => {
                let (mut value, mut bound, mut any, mut choose) = (0.0, 0.0, false, 1.0);
                for k in 0..=n {
                    let Word::Number(v, b, a) = self.word(variables, n - k, k) else { return Word::Unknown };
                    value += choose * v;
                    bound += choose * (b + f64::EPSILON * v.abs());
                    any |= a;
                    #[expect(clippy::cast_precision_loss, reason = "small integers")]
                    {
                        choose = choose * (n - k) as f64 / (k + 1) as f64;
                    }
                }
                Word::Number(value, bound, any)
            }
        }
    }
}

/// A derivative that isn't what it must be.
#[derive(Clone, Debug)]
pub struct Fault {
    pub found: Found,
    pub word: Word,
    /// How many times the bound, and the factor on it, it is off.
    pub misses: f64,
}

/// What was compared in a case: every derivative found, beside how much it misses.
pub struct Comparison {
    pub compared: Vec<(Found, Word, f64)>,
}

impl Comparison {
    pub fn new(case: &Case, answer: &Answer) -> Self {
        let modes = if case.format == Format::F64 { in_f64 } else { in_f32 };
        let found = modes(&case.tree, &case.point, case.order);
        // Where the value itself has overflown on the way, the derivatives are those of what is left of it.
        let value = found[0].value;
        let word = answer.word(case.point.len(), 0, 0);
        let astray = match word {
            Word::Number(_, _, any) => !value.is_finite() || (any && word.misses(value) >= 1.0),
            Word::NotFinite => true,
            _ => false,
        };
        // Outside a domain the value tells: a function that doesn't look at it has a value, and another variable may have
        // its derivative.
        let defined = word == Word::Outside && !(value.is_nan() && case.point.len() == 1);
        if astray || defined {
            return Self { compared: Vec::new() };
        }
        let compared = found.into_iter().map(|found| {
            let word = answer.of(case.point.len(), found.which);
            (found, word, word.misses(found.value))
        });
        Self { compared: compared.filter(|(_, word, _)| *word != Word::Unknown).collect() }
    }

    pub fn faults(&self) -> impl Iterator<Item = Fault> {
        let faults = self.compared.iter().filter(|(_, _, misses)| *misses > 1.0);
        faults.map(|&(found, word, misses)| Fault { found, word, misses })
    }
}
