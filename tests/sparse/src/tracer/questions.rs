//! Questions whose answers depend on values.

use num_traits::NumCast;
use tangents::sparse::Pattern;
use tangents::{Dual, Function, Number, gradient, lambda};

/// That a function which asks this of a number that depends on x₀ is refused, naming it; and that a constant may be asked.
macro_rules! asks {
    ($($asked:literal |$x:ident, $T:ident| $question:expr;)*) => {$({
        struct Asks {
            of_a_constant: bool,
        }

        impl Function for Asks {
            type From = [f64];
            type To = f64;

            fn call<$T: Number>(&self, x: &[$T]) -> $T {
                let $x = if self.of_a_constant { $T::lit(1.5) } else { x[0] * x[1] };
                // The answer is of any type; the result doesn't depend on it.
                let _ = $question;
                x[1]
            }
        }

        let x = [1.5, 1.0];
        let (variable, constant) = (Asks { of_a_constant: false }, Asks { of_a_constant: true });
        assert_eq!(variable.jacobian_pattern(&x).unwrap_err().asked(), $asked);
        assert_eq!(variable.hessian_pattern(&x).unwrap_err().asked(), $asked);
        assert_eq!(variable.jacobian_pattern_at(&x).to_string(), "·×\n", "{}", $asked);
        assert_eq!(constant.jacobian_pattern(&x).unwrap().to_string(), "·×\n", "{}", $asked);
    })*};
}

#[test]
fn questions_of_what_depends_on_variables_are_named() {
    asks! {
        "==" |x, T| x == T::zero();
        "==" |x, T| T::zero() != x;
        "<" |x, T| x < T::zero();
        "<=" |x, T| T::zero() <= x;
        ">" |x, T| x > T::zero();
        ">=" |x, T| x >= T::zero();
        "partial_cmp" |x, T| x.partial_cmp(&T::zero());
        "is_zero" |x, T| x.is_zero();
        "is_one" |x, T| x.is_one();
        "is_nan" |x, T| x.is_nan();
        "is_infinite" |x, T| x.is_infinite();
        "is_finite" |x, T| x.is_finite();
        "is_normal" |x, T| x.is_normal();
        "is_subnormal" |x, T| x.is_subnormal();
        "is_sign_positive" |x, T| x.is_sign_positive();
        "is_sign_negative" |x, T| x.is_sign_negative();
        "classify" |x, T| x.classify();
        "integer_decode" |x, T| x.integer_decode();
        "to_i8" |x, T| x.to_i8();
        "to_i16" |x, T| x.to_i16();
        "to_i32" |x, T| x.to_i32();
        "to_i64" |x, T| x.to_i64();
        "to_i128" |x, T| x.to_i128();
        "to_isize" |x, T| x.to_isize();
        "to_u8" |x, T| x.to_u8();
        "to_u16" |x, T| x.to_u16();
        "to_u32" |x, T| x.to_u32();
        "to_u64" |x, T| x.to_u64();
        "to_u128" |x, T| x.to_u128();
        "to_usize" |x, T| x.to_usize();
        "to_f32" |x, T| x.to_f32();
        "to_f64" |x, T| x.to_f64();
        "to_f64" |x, T| <f64 as NumCast>::from(x);
        "to_i64" |x, T| <i64 as NumCast>::from(x);
        "to_f32" |x, T| <Dual<f32, 1> as NumCast>::from(x);
        "fmt" |x, T| format!("{x:?}");
    }
}

#[test]
fn what_has_no_derivative_depends_on_variables_nevertheless() {
    asks! {
        "to_usize" |x, T| x.floor().to_usize();
        "to_usize" |x, T| x.ceil().sqrt().to_usize();
        "to_usize" |x, T| (x.round() + T::one()).to_usize();
        "to_usize" |x, T| (T::lit(3.0) * x.trunc()).to_usize();
        "to_usize" |x, T| (T::lit(3.0) / x.trunc()).to_usize();
        ">" |x, T| T::zero() > x.signum();
        "fmt" |x, T| format!("{:?}", x.floor());
        "==" |x, T| x.stop_gradient() == T::zero();
        "<" |x, T| x.floor().max(T::one()).hypot(T::one()) < T::one();
        "is_zero" |x, T| T::norm(&[x.floor(), T::one()]).is_zero();
    }
}

#[test]
fn the_first_question_is_named() {
    let f = lambda!(|x: [f64]| -> f64 {
        if x[0].is_nan() || x[1] > x[0] {
            return T::nan();
        }
        x[0]
    });
    let error = f.jacobian_pattern(&[1.0, 2.0]).unwrap_err();
    assert_eq!(error.asked(), "is_nan");
    assert!(error.to_string().contains("`is_nan`"), "{error}");
}

#[test]
fn loops_over_values_end() {
    /// Newton's method for a root, until it stands still.
    struct Root;

    impl Function for Root {
        type From = f64;
        type To = f64;

        fn call<T: Number>(&self, &a: &T) -> T {
            let mut x = a;
            loop {
                let next = T::lit(0.5) * (x + a / x);
                if (next - x).abs() <= T::lit(1e-15) * x {
                    return next;
                }
                x = next;
            }
        }
    }

    assert_eq!(Root.jacobian_pattern(&2.0).unwrap_err().asked(), "<=");
    assert_eq!(Root.jacobian_pattern_at(&2.0).to_string(), "×\n");
}

#[test]
fn the_functions_of_numbers_ask_nothing() {
    // Of their own pieces, of which each has many; the programs have them all.
    let f = lambda!(|x: [f64]| -> f64 {
        let sum = T::logsumexp(x) + T::norm(x) + T::safe_norm(x, T::lit(0.5)) + T::softmax([x[0], x[1]])[0];
        sum + x[0].huber(x[1])
            + x[0].smoothstep(x[1], x[2])
            + x[0].relu()
            + x[1].clamp(x[0], x[2])
            + x[0].hypot(x[1])
    });
    assert!(f.hessian_pattern(&[1.0, 2.0, 3.0]).is_ok());
}

#[test]
fn a_numeral_is_a_constant() {
    let f = lambda!(|x: [f64]| -> f64 {
        let Ok(two) = T::from_str_radix("2", 10) else { return T::nan() };
        if two > T::one() { x[0] } else { x[1] }
    });
    assert_eq!(f.jacobian_pattern(&[1.0, 2.0]).unwrap().to_string(), "×·\n");
}

#[test]
fn a_zero_factor_hides_nothing() {
    let f = lambda!(|x: [f64]| -> f64 { T::zero() * x[0] + x[1] * x[2] });
    let x = [0.0; 4];
    assert_eq!(f.jacobian_pattern(&x).unwrap().to_string(), "×××·\n");
    assert_eq!(f.jacobian_pattern_at(&x).to_string(), "×××·\n");
    assert_eq!(f.hessian_pattern(&x).unwrap().to_string(), "····\n··×·\n·×··\n····\n");
}

/// Numbers over tracers multiply the zeros of their lanes, and so their patterns have more entries than they need; none is missed.
#[test]
fn functions_that_differentiate_have_patterns() {
    /// The gradient of Σ xᵢ²·xᵢ₊₁ + w(xᵢ), w being a sine or nothing.
    struct Force {
        waves: bool,
    }

    impl Function for Force {
        type From = [f64];
        type To = Vec<f64>;

        fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
            let energy = |x: &[Dual<T, 8>]| {
                let waves = x.iter().filter(|_| self.waves).map(|x| x.sin());
                x.windows(2).map(|w| w[0] * w[0] * w[1]).sum::<Dual<T, 8>>() + waves.sum::<Dual<T, 8>>()
            };
            gradient(energy, &x.to_vec())
        }
    }

    let x = [0.0, 1.0, 2.0, 0.0];
    let misses_nothing = |pattern: &Pattern| {
        (0..4).all(|i: usize| (0..4).all(|j| i.abs_diff(j) > 1 || pattern.contains(i, j)))
    };
    assert!(misses_nothing(&Force { waves: false }.jacobian_pattern(&x).unwrap()));
    assert!(misses_nothing(&Force { waves: true }.jacobian_pattern_at(&x)));
    assert_eq!(Force { waves: true }.jacobian_pattern(&x).unwrap_err().asked(), "is_finite");
}

/// Where code that was written for plain numbers puts one of two equal numbers in the place of the other, a gradient is wrong there, and
/// a tie says so.
#[test]
fn all_questions_of_a_run_with_their_lines() {
    const LINE: u32 = line!() + 2; // that of the first question
    let f = lambda!(|x: [f64]| -> f64 {
        let larger = if x[0] == x[1] { x[0] } else { x[0].max(x[1]) };
        let mut sum = T::zero();
        for &x in x {
            if x > T::zero() {
                sum += x * T::lit(x.to_f64().unwrap());
            }
        }
        if T::one() < T::lit(2.0) { larger + sum } else { sum }
    });
    let asked = |x: &[f64]| -> Vec<(&str, u32, bool)> {
        f.questions(x).iter().map(|q| (q.asked(), q.place().line() - LINE, q.is_tie())).collect()
    };
    assert!(f.questions(&[1.0; 3])[0].place().file().ends_with("questions.rs"));
    // Once each, in the order in which they're first asked; constants may be asked.
    assert_eq!(asked(&[1.0, 2.0, 3.0]), [("==", 0, false), (">", 3, false), ("to_f64", 4, false)]);
    assert_eq!(
        asked(&[2.0, 2.0, 0.0]),
        [("==", 0, true), (">", 3, false), ("to_f64", 4, false), (">", 3, true)]
    );
    assert_eq!(asked(&[-2.0, -1.0]), [("==", 0, false), (">", 3, false)]);
    assert_eq!(f.jacobian_pattern(&[1.0; 3]).unwrap_err(), f.questions(&[1.0; 3])[0]);
    assert_eq!(lambda!(|x: [f64]| -> f64 { x[0].abs().max(x[1]) }).questions(&[0.0, 0.0]), []);
}
