//! A tree at a point, in a format of floats.

use std::fmt::{self, Display};

use crate::tree::Tree;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    F64,
    F32,
}

impl Format {
    /// The nearest number of the format.
    #[expect(clippy::cast_possible_truncation, reason = "rounding is what it is for")]
    pub fn round(self, x: f64) -> f64 {
        match self {
            Self::F64 => x,
            Self::F32 => f64::from(x as f32),
        }
    }
}

/// What is compared: all derivatives up to `order` of `tree` in the variables of which `point` gives the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub format: Format,
    pub order: usize,
    pub point: Vec<f64>,
    pub tree: Tree,
}

impl Case {
    /// Reads `f64 4 | 1.5 2.0 | tree`.
    pub fn parse(text: &str) -> Self {
        let [head, point, tree] = text.split('|').collect::<Vec<_>>()[..] else {
            panic!("not a case: {text}")
        };
        let (format, order) = head.trim().split_once(' ').expect("format and order");
        Self {
            format: if format == "f32" { Format::F32 } else { Format::F64 },
            order: order.parse().expect("an order"),
            point: point.split_whitespace().map(|x| x.parse().expect("a number")).collect(),
            tree: Tree::parse(tree),
        }
    }

    /// The value in the format's own floats.
    #[expect(clippy::cast_possible_truncation, reason = "the point is made of numbers of the format")]
    pub fn value_of(&self, tree: &Tree) -> f64 {
        match self.format {
            Format::F64 => tree.evaluate(&self.point),
            Format::F32 => tree.evaluate(&self.point.iter().map(|&x| x as f32).collect::<Vec<_>>()).into(),
        }
    }
}

impl Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let format = if self.format == Format::F64 { "f64" } else { "f32" };
        write!(f, "{format} {} |", self.order)?;
        self.point.iter().try_for_each(|x| write!(f, " {x:?}"))?;
        write!(f, " | {}", self.tree)
    }
}
