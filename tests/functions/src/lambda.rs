//! `lambda!`: functions without a name as values.
//!
//! Expected values are derivatives by hand.

use tangents::{Function, lambda};

#[test]
fn each_kind_of_argument_and_result_is_differentiated() {
    assert_eq!(lambda!(|x: f64| -> f64 { x * x }).derivative(3.0), 6.0);
    assert_eq!(lambda!(|x: [f64]| -> f64 { x[0] * x[1] }).gradient(&[2.0, 3.0]), [3.0, 2.0]);
    assert_eq!(lambda!(|x: [f64]| -> f64 { x[0] * x[1] }).gradient(&vec![2.0_f32, 3.0]), [3.0, 2.0]);
    let f = lambda!(|x: [[f64; 2]]| -> (Vec<f64>, f64) { (vec![x[0][1] * x[0][1]], T::one()) });
    assert_eq!(f.jacobian(&[[2.0, 3.0]]), (vec![[[0.0, 6.0]]], [[0.0, 0.0]]));
    let f = lambda!(|x: (f64, [f64; 2])| -> f64 {
        let (a, b): &(T, [T; 2]) = x;
        *a * b[1]
    });
    assert_eq!(f.gradient(&(2.0, [3.0, 5.0])), (5.0, [0.0, 2.0]));
}

#[test]
fn data_are_called_as_they_are_declared() {
    // Each value is of the variables outside, not of the data before it.
    let (a, b) = (2.0, 3.0);
    let f = lambda!([a: f64 = b, b: f64 = a,] |x: f64| -> f64 { x * T::lit(a) + x * x * T::lit(b) });
    assert_eq!(f.nth_derivatives(0.0, 2), Ok(vec![0.0, 3.0, 4.0]));

    // The value is coerced to the type.
    let (data, name) = (vec![2.0], String::from("abc"));
    let f = lambda!([data: &[f64] = &data, name: &str = &name, g: &dyn Fn(&f64) -> f64 = &|x| x + a] |x: [f64]| -> f64 {
        x[0] * T::lit(g(&data[0])) * T::from(name.len()).unwrap()
    });
    assert_eq!(f.gradient(&[1.0]), [12.0]);
}

/// A function that returns a function.
fn power(n: i32) -> impl Function<From = f64, To = f64> + Copy + std::fmt::Debug {
    lambda!([n: i32 = n] |x: f64| -> f64 { x.powi(n) })
}

#[test]
fn a_function_may_return_one_and_one_may_have_another() {
    let f = power(3);
    assert_eq!(f.derivative(2.0), 12.0);
    let twice = lambda!(|x: f64| -> f64 {
        let inner = lambda!([n: i32 = 2] |x: f64| -> f64 { x.powi(n) });
        inner.call(&inner.call(&x))
    });
    assert_eq!(twice.derivative(2.0), 32.0);
}
