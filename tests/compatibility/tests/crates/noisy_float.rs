//! `noisy_float` 0.2: numbers that are checked.

use compatibility::{First, assert_close, first, to_first};
use noisy_float::NoisyFloat;
use noisy_float::checkers::FiniteChecker;
use num_traits::Float;

type Checked = NoisyFloat<First, FiniteChecker>;

#[test]
fn functions_and_order() {
    let x = Checked::new(first(2.0));
    let y = (x * x).exp() / x;
    // exp(x²)/x has the derivative (2 − 1/x²) exp(x²).
    assert_close(to_first(y.raw()), [4_f64.exp() / 2.0, 1.75 * 4_f64.exp()], 1e-15);
    assert_eq!(to_first(x.max(Checked::new(First::from(1.0))).raw()), [2.0, 1.0]);
    assert!(Checked::try_new(First::from(f64::INFINITY)).is_none());
}
