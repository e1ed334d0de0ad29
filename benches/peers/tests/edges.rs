//! What peers give where a derivative is easily wrong: what docs/comparison.md says of them.
//!
//! A peer that mends one of these fails here; then the page changes.

use ad_trait::AD as _;
use ad_trait::forward_ad::adfn::adfn;
use ad_trait::nalgebra::ComplexField;
use hyperjet::jets::Jet1;
use hyperjet::traits::FirstOrder as _;
use num_dual::DualNum as _;
use num_traits::Float;

/// A function, its point, the true derivative, and which of tangents, autodiff, hyperdual and echidna give it.
macro_rules! row {
    ($true:expr, $right:expr, |$x:ident| $f:expr, $at:expr) => {{
        fn f<T: Float>($x: T) -> T {
            $f
        }
        let of_hyperdual = |x| f::<hyperdual::Dual<f64>>(hyperdual::Hyperdual::from_slice(&[x, 1.0])).dual();
        let found = [
            tangents::derivative(f, $at),
            autodiff::diff(f, $at),
            of_hyperdual($at),
            f(echidna::Dual::new($at, 1.0)).eps,
        ];
        let expected: f64 = $true;
        let right = found.map(|found| (found - expected).abs() <= 1e-12 * expected.abs());
        assert_eq!(right, $right, "{}: {expected}, {found:?}", stringify!($f));
    }};
}

#[test]
fn numbers_with_the_traits_of_num_traits() {
    // Plain points, at which a rule is wrong.
    row!(1.0 / 12.0, [true, true, false, true], |x| x.cbrt(), -8.0);
    row!(2.0_f64.sqrt(), [true, false, true, true], |x| x.hypot(x), 1e200);
    row!(12.0, [true, true, false, true], |x| x.powf(x - x + T::from(3.0).unwrap()), -2.0);
    // An overflow on the way to a derivative that is zero.
    row!(0.0, [true, false, false, false], |x| (T::one() + (-x).exp()).recip(), -800.0);
    // Lanes that are zero.
    row!(0.0, [true, true, false, true], |x| (x - x).sqrt(), 1.0);
    row!(0.0, [true, false, false, true], |x| x.powi(0), 0.0);
    // A tie, in which |x| has the slopes −1 and 1.
    row!(0.0, [true, false, false, false], |x| x.max(-x), 0.0);
}

#[test]
fn numbers_with_traits_of_their_own() {
    let of_num_dual = |f: fn(num_dual::Dual64) -> num_dual::Dual64, x| num_dual::first_derivative(f, x).1;
    assert!(of_num_dual(|x| x.tanh(), 400.0).is_nan()); // true 0
    assert!(of_num_dual(|x| ((-x).exp() + 1.0).recip(), -800.0).is_nan()); // true 0
    assert!(of_num_dual(|x| (x - x).sqrt(), 1.0).is_nan()); // true 0
    assert!(of_num_dual(|x| x.atan2(x * 0.0), 2.0).is_nan()); // true 0

    let of_ad_trait = |f: fn(adfn<1>) -> adfn<1>, x| f(adfn::new(x, [1.0])).tangent()[0];
    assert!(of_ad_trait(ComplexField::cbrt, -8.0).is_nan()); // true 1/12
    assert!(of_ad_trait(|x| ComplexField::hypot(x, x), 1e200).abs() < 1e-9); // true √2
    assert!(
        of_ad_trait(|x| ComplexField::recip(ComplexField::exp(-x) + adfn::constant(1.0)), -800.0).is_nan()
    ); // true 0
    assert!(of_ad_trait(|x| ComplexField::powi(x, 0), 0.0).is_nan()); // true 0

    let of_hyperjet = |f: fn(Jet1<1>) -> Jet1<1>, x| f(Jet1::<1>::variable(x, 0)).grad(0);
    assert!(of_hyperjet(|x| x.powi(0), 0.0).is_nan()); // true 0
    assert!(of_hyperjet(|x| (x - x).sqrt(), 1.0).is_nan()); // true 0
}
