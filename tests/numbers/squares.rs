//! `powi(2)`, which has a way of its own, beside `powi` with an exponent that the compiler doesn't know, on a number that hasn't.

use std::hint::black_box;

use tangents::{Dual, HyperDual};

const POINTS: [f64; 14] = [
    0.0,
    -0.0,
    1.0,
    -1.5,
    3.7,
    1e-160,
    -1e-170,
    5e-324,
    1e154,
    -1e155,
    f64::MAX,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];
const TANGENTS: [f64; 7] = [0.0, -0.0, 1.0, -2.5, 1e300, f64::INFINITY, f64::NAN];

fn bits(x: f64) -> u64 {
    if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
}

/// x² by the rule for any power, 2·x¹ at every order, as numbers over numbers have it.
#[test]
fn a_square_is_the_power_two_to_every_bit() {
    for x in POINTS {
        for a in TANGENTS {
            for b in TANGENTS {
                let square = Dual::new(x, [a, b]).powi(2);
                let over =
                    Dual::new(Dual::<f64, 1>::constant(x), [a, b].map(Dual::constant)).powi(black_box(2));
                assert_eq!(bits(square.re), bits(x.powi(2)));
                for k in 0..2 {
                    assert_eq!(bits(square.eps[k]), bits(over.eps[k].re), "{x}, {a}, {b}");
                }

                let hyper = HyperDual::<f64, 1>::variable(x, 0).powi(2);
                let nested = Dual::new(Dual::new(x, [1.0]), [Dual::constant(1.0)]).powi(2);
                assert_eq!(bits(hyper.re), bits(nested.re.re));
                assert_eq!(bits(hyper.gradient[0]), bits(nested.eps[0].re), "{x}");
                assert_eq!(bits(hyper.second(0, 0)), bits(nested.eps[0].eps[0]), "{x}");
            }
        }
    }
}
