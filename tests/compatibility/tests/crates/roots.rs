//! `roots` 0.0.8: a crate whose trait nobody implements for these numbers, and the newtype that does.
//!
//! The code between the two rules stands in `docs/compatibility.md` too.

use compatibility::{assert_close, second, to_second};
use roots::{
    Roots, SimpleConvergency, find_root_newton_raphson, find_root_regula_falsi, find_roots_quadratic,
};

// ---------------------------------------------------------------------------------------------------------------------
use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Neg, Sub};

use roots::FloatType;
use tangents::Real;

/// A number of any kind, `f64` included, as `roots` wants one.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Number<T>(T);

macro_rules! operators {
    ($($Op:ident $op:ident),*) => {$(
        impl<T: Real> $Op for Number<T> {
            type Output = Self;
            fn $op(self, other: Self) -> Self {
                Self(self.0.$op(other.0))
            }
        }
    )*};
}

operators!(Add add, Sub sub, Mul mul, Div div);

impl<T: Real> Neg for Number<T> {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl<T: Real> From<i16> for Number<T> {
    fn from(x: i16) -> Self {
        Self(T::lit(x.into()))
    }
}

/// Functions of one number that it has under the same name.
macro_rules! functions {
    ($($name:ident)*) => {$(
        fn $name(self) -> Self {
            Self(self.0.$name())
        }
    )*};
}

impl<T: Real + Debug> FloatType for Number<T> {
    functions!(sqrt cbrt atan acos sin cos abs);

    fn powf(self, n: Self) -> Self {
        Self(self.0.powf(n.0))
    }

    fn zero() -> Self {
        Self(T::zero())
    }

    fn one() -> Self {
        Self(T::one())
    }

    fn one_third() -> Self {
        Self(T::one() / T::lit(3.0))
    }

    fn pi() -> Self {
        Self(T::PI())
    }

    fn two_third_pi() -> Self {
        Self(T::TAU() / T::lit(3.0))
    }
}
// ---------------------------------------------------------------------------------------------------------------------

/// x² + px − 2 has at p = 1 the roots −2 and 1, and by implicit differentiation x′ = −x/(2x + p),
/// x″ = −2x′(1 + x′)/(2x + p).
fn expected(x: f64) -> [f64; 3] {
    let slope = -x / (2.0 * x + 1.0);
    [x, slope, -2.0 * slope * (1.0 + slope) / (2.0 * x + 1.0)]
}

#[test]
fn roots_of_a_quadratic() {
    let Roots::Two([low, high]) =
        find_roots_quadratic(Number(second(1.0) * 0.0 + 1.0), Number(second(1.0)), (-2).into())
    else {
        panic!("it has two roots");
    };
    assert_close(to_second(low.0), expected(-2.0), 1e-15);
    assert_close(to_second(high.0), expected(1.0), 1e-15);
}

/// Derivatives of higher order converge one step after another, so the tolerance is for the step after the last.
#[test]
fn newtons_method() {
    let p = Number(second(1.0));
    let mut tolerance = SimpleConvergency { eps: Number(second(1.0) * 0.0 + 1e-14), max_iter: 50 };
    let root = find_root_newton_raphson(
        Number::from(2),
        |x| x * x + p * x - 2.into(),
        |x| Number::from(2) * x + p,
        &mut tolerance,
    );
    assert_close(to_second(root.unwrap().0), expected(1.0), 1e-12);
}

/// It computes the next point from the values at the ends, unlike bisection, so derivatives follow.
#[test]
fn regula_falsi() {
    let p = Number(second(1.0));
    let mut tolerance = SimpleConvergency { eps: Number(second(1.0) * 0.0 + 1e-14), max_iter: 200 };
    let root = find_root_regula_falsi(
        Number::from(0),
        Number::from(3),
        |x| x * x + p * x - 2.into(),
        &mut tolerance,
    );
    assert_close(to_second(root.unwrap().0), expected(1.0), 1e-12);
}

#[test]
fn the_recipe_of_the_documentation_is_this_one() {
    let between = |text: &str| text.split(&format!("// {}\n", "-".repeat(117))).nth(1).map(str::to_owned);
    let recipe = between(include_str!("roots.rs")).expect("two rules");
    let page = include_str!("../../../../docs/compatibility.md");
    assert!(page.contains(&recipe), "docs/compatibility.md should contain\n{recipe}");
}
