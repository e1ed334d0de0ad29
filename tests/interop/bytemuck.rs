//! Numbers are plain old data, and their bytes those of their coefficients.

use ::bytemuck::{AnyBitPattern, Pod, Zeroable, bytes_of, cast_slice, pod_read_unaligned, try_cast_slice};
use tangents::{Dual, HyperDual, Taylor};

fn is_pod<T: Pod>() {}

#[test]
fn duals_of_plain_old_data_are_plain_old_data() {
    is_pod::<Dual<f32, 3>>();
    is_pod::<Dual<f64, 0>>();
    is_pod::<Taylor<Dual<f64, 2>, 4>>();
    is_pod::<Dual<Dual<f64, 2>, 5>>();
}

#[test]
fn the_bytes_are_those_of_the_coefficients_in_a_row() {
    let x = Dual::new(Dual::new(1.0, [2.0, f64::NAN]), [Dual::new(-0.0, [5.0, f64::INFINITY])]);
    let coefficients = [1.0, 2.0, f64::NAN, -0.0, 5.0, f64::INFINITY];
    assert_eq!(bytes_of(&x), bytes_of(&coefficients));
    let again: Dual<Dual<f64, 2>, 1> = pod_read_unaligned(bytes_of(&coefficients));
    assert!(again.identical(&x));
}

#[test]
fn a_slice_is_cast_only_if_its_length_fits() {
    let coefficients = [1.0_f32, 2.0, 3.0, 4.0, 5.0, 6.0];
    let numbers: &[Dual<f32, 2>] = cast_slice(&coefficients);
    assert_eq!((numbers[1].re, numbers[1].eps), (4.0, [5.0, 6.0]));
    assert!(try_cast_slice::<_, Dual<f32, 3>>(&coefficients).is_err());
}

#[test]
fn zeros_are_zero() {
    assert!(<Dual<Dual<f32, 2>, 3> as Zeroable>::zeroed().identical(&Dual::constant(Dual::constant(0.0))));
    assert!(<HyperDual<f64, 3> as Zeroable>::zeroed().identical(&HyperDual::constant(0.0)));
}

#[test]
fn hyper_duals_are_made_of_any_bytes() {
    fn from_bytes<T: AnyBitPattern + Zeroable>(bytes: &[u8]) -> T {
        pod_read_unaligned(bytes)
    }
    let ones = 1.0_f64.to_ne_bytes().repeat(size_of::<HyperDual<f64, 3>>() / 8);
    let x: HyperDual<f64, 3> = from_bytes(&ones);
    assert_eq!((x.re, x.gradient, x.hessian()), (1.0, [1.0; 3], [[1.0; 3]; 3]));
}
