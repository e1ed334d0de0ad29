//! One row of the table: a function, where its shortcut is, and what is right there.

use compatibility::{First, Second, first, second};
use tangents::Dual;

/// Where a row is evaluated: at a point, and beside it to one side.
#[derive(Clone, Copy)]
pub struct Place {
    pub at: f64,
    pub name: &'static str,
    side: f64,
}

/// At 0 and to its right.
pub const ZERO: Place = Place { at: 0.0, name: "0", side: 1.0 };

/// At 1 and to its left.
pub const ONE: Place = Place { at: 1.0, name: "1", side: -1.0 };

/// At π and to its left.
pub const PI: Place = Place { at: std::f64::consts::PI, name: "π", side: -1.0 };

/// At π/2 and to its left.
pub const HALF_PI: Place = Place { at: std::f64::consts::FRAC_PI_2, name: "π/2", side: -1.0 };

impl Place {
    /// The distances from the point, as the head of the table has them.
    pub const DISTANCES: [(f64, &'static str); 4] =
        [(0.0, "at it"), (1e-12, "10⁻¹²"), (1e-7, "10⁻⁷"), (1e-4, "10⁻⁴")];

    /// The point, and those beside it.
    pub fn points(self) -> [f64; 4] {
        Self::DISTANCES.map(|(distance, _)| self.at + self.side * distance)
    }
}

/// A function of a constant `p`, which runs through the points, and of `t`, which is 0 and in which it is
/// differentiated.
///
/// So `p + t` moves through the point, and `(p, t)` moves across the line on which the points are.
#[derive(Clone)]
pub struct Row {
    pub name: &'static str,
    pub function: &'static str,
    pub place: Place,
    /// What the function is on paper, in Python: see `references.py`.
    pub reference: &'static str,
    pub instead: &'static str,
    /// How large an error counts as right, in parts of the derivative, or of 1 if that is larger.
    pub tolerance: f64,
    pub first: fn(First, First) -> Option<First>,
    pub second: fn(Second, Second) -> Option<Second>,
}

impl Row {
    /// The first and the second derivative, if the function has a result.
    pub fn derivatives(&self, p: f64) -> [Option<f64>; 2] {
        let first = (self.first)(First::from(p), first(0.0)).map(|y| y.eps[0]);
        let second = (self.second)(Second::from(p), second(0.0)).map(|y| y.eps[0].eps[0]);
        [first, second]
    }
}

/// Rows of a crate, the same function for both numbers: `N` is the number in it.
macro_rules! rows {
    ($name:literal: $(
        $function:literal at $place:ident, $reference:literal, instead $instead:literal,
        |$p:ident, $t:ident| $body:expr;
    )*) => {
        vec![$($crate::row::Row {
            name: $name,
            function: $function,
            place: $crate::row::$place,
            reference: $reference,
            instead: $instead,
            tolerance: 1e-8,
            first: |$p, $t| {
                #[allow(dead_code)]
                type N = ::compatibility::First;
                $body.into()
            },
            second: |$p, $t| {
                #[allow(dead_code)]
                type N = ::compatibility::Second;
                $body.into()
            },
        }),*]
    };
}
pub(crate) use rows;

/// A number that shows both derivatives of `x` where `x` has lost one, also where the second one is 0.
pub fn seen<N: tangents::Real>(x: N) -> N {
    x + x * x
}

/// The number over `f32`, and back.
pub trait Single: Sized {
    type Of: tangents::Real;

    fn single(self) -> Self::Of;
    fn double(single: Self::Of) -> Self;
}

impl Single for f64 {
    type Of = f32;

    #[allow(clippy::cast_possible_truncation)]
    fn single(self) -> f32 {
        self as f32
    }

    fn double(single: f32) -> f64 {
        single.into()
    }
}

impl<T: Single + tangents::Real> Single for Dual<T, 1> {
    type Of = Dual<T::Of, 1>;

    fn single(self) -> Self::Of {
        Dual::new(self.re.single(), self.eps.map(Single::single))
    }

    fn double(single: Self::Of) -> Self {
        Dual::new(T::double(single.re), single.eps.map(T::double))
    }
}
