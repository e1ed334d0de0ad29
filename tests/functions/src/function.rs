//! Function values: the same bits as the direct calls, at every kind of point, in every instruction set.

use std::rc::Rc;
use std::sync::Arc;

use num_traits::ToPrimitive;
use tangents::function::{At, GradientOf, InstructionSet, Prepared};
use tangents::{
    Dual, Error, Function, Number, Point, Real, derivative, divergence, gradient, hessian, hessians, hvp,
    jacobian, jet, jvp, laplacian, partial, third_derivatives, value_and_derivative, value_and_divergence,
    value_and_gradient, value_and_hessian, value_and_hessians, value_and_hvp, value_and_jacobian,
    value_and_jvp, value_and_laplacian, value_and_partial, value_and_third_derivatives, value_and_vhv,
    value_gradient_and_hessian, value_gradient_and_hvp, value_jacobian_and_hessians, value_jvp_and_vhv, vhv,
};

use crate::panics::{assert_panics, two_shapes};

/// A function in which every variable meets every other, with data.
struct Wave<'a> {
    shifts: &'a [f64],
}

impl Function for Wave<'_> {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        let shift = |i: usize| T::lit(self.shifts[i % self.shifts.len()]);
        let sum = T::sum(x.iter().enumerate().map(|(i, &x)| (x + shift(i)).sin() * x));
        sum * sum
            + x.iter().fold(T::one(), |product, &x| product * (x * x + T::one()).sqrt() / (product + x.exp()))
    }
}

const WAVE: Wave<'static> = Wave { shifts: &[0.5, -0.25, 1.5] };

/// As many results as coordinates.
struct Field;

impl Function for Field {
    type From = [f64];
    type To = Vec<f64>;

    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        (0..x.len()).map(|i| x[i].exp() * x[(i + 1) % x.len()] - x[0] / (x[i] * x[i] + T::one())).collect()
    }
}

struct Polar;

impl Function for Polar {
    type From = [f64];
    type To = [f64; 2];

    fn call<T: Number>(&self, x: &[T]) -> [T; 2] {
        [x[0] * x[1].cos(), x[0] * x[1].sin()]
    }
}

struct Bump;

impl Function for Bump {
    type From = f64;
    type To = f64;

    fn call<T: Number>(&self, x: &T) -> T {
        (-(*x * *x)).exp()
    }
}

/// Every number of a container, bit by bit, but for the sign of a zero: the one thing in which the lanes of a constant show,
/// which are left out.
fn bits<X: Point>(x: &X) -> Vec<u64> {
    x.ravel().iter().map(|x| (x.to_f64().unwrap() + 0.0).to_bits()).collect()
}

/// That two containers have the same bits, the second being what a direct call gives.
macro_rules! same {
    ($value:expr, $direct:expr) => {
        let differs = bits(&$value).into_iter().zip(bits(&$direct)).position(|(a, b)| a != b);
        assert_eq!(differs, None, "{}", stringify!($value));
        assert_eq!(bits(&$value).len(), bits(&$direct).len());
    };
}

/// First and second derivatives, whose numbers and instruction set are chosen.
fn derivatives<X>(x: &X)
where
    X: At<[f64]>,
    tangents::point::Gradient<X>: Point,
    tangents::point::Hessian<X>: Point,
{
    let f = &WAVE;
    same!(f.gradient(x), gradient(|x| f.call(x), x));
    let ((value, g), direct) = (f.value_and_gradient(x), value_and_gradient(|x| f.call(x), x));
    same!(value, direct.0);
    same!(g, direct.1);
    same!(f.hessian(x), hessian(|x| f.call(x), x));
    let ((value, h), direct) = (f.value_and_hessian(x), value_and_hessian(|x| f.call(x), x));
    same!(value, direct.0);
    same!(h, direct.1);
    let (at, direct) = (f.value_gradient_and_hessian(x), value_gradient_and_hessian(|x| f.call(x), x));
    same!(at.value, direct.value);
    same!(at.gradient, direct.gradient);
    same!(at.hessian, direct.hessian);
}

/// All that has one way.
fn the_others<X>(x: &X, v: &X)
where
    X: At<[f64]>,
    tangents::point::Gradient<X>: Point,
    tangents::point::ThirdDerivatives<X>: Point,
{
    let f = &WAVE;
    same!(f.jvp(x, v), jvp(|x| f.call(x), x, v));
    let ((value, tangent), direct) = (f.value_and_jvp(x, v), value_and_jvp(|x| f.call(x), x, v));
    same!(value, direct.0);
    same!(tangent, direct.1);
    same!(f.hvp(x, v), hvp(|x| f.call(x), x, v));
    let ((value, product), direct) = (f.value_and_hvp(x, v), value_and_hvp(|x| f.call(x), x, v));
    same!(value, direct.0);
    same!(product, direct.1);
    let (at, direct) = (f.value_gradient_and_hvp(x, v), value_gradient_and_hvp(|x| f.call(x), x, v));
    same!(at.value, direct.value);
    same!(at.gradient, direct.gradient);
    same!(at.hvp, direct.hvp);
    same!(f.vhv(x, v), vhv(|x| f.call(x), x, v));
    let ((value, second), direct) = (f.value_and_vhv(x, v), value_and_vhv(|x| f.call(x), x, v));
    same!(value, direct.0);
    same!(second, direct.1);
    let (at, direct) = (f.value_jvp_and_vhv(x, v), value_jvp_and_vhv(|x| f.call(x), x, v));
    same!(at.value, direct.value);
    same!(at.jvp, direct.jvp);
    same!(at.vhv, direct.vhv);
    same!(f.laplacian(x), laplacian(|x| f.call(x), x));
    let ((value, sum), direct) = (f.value_and_laplacian(x), value_and_laplacian(|x| f.call(x), x));
    same!(value, direct.0);
    same!(sum, direct.1);
    same!(f.partial(x, [0, 1]), partial(|x| f.call(x), x, [0, 1]));
    let ((value, mixed), direct) =
        (f.value_and_partial(x, [1, 1, 0]), value_and_partial(|x| f.call(x), x, [1, 1, 0]));
    same!(value, direct.0);
    same!(mixed, direct.1);
    same!(f.third_derivatives(x), third_derivatives(|x| f.call(x), x));
    let ((value, third), direct) =
        (f.value_and_third_derivatives(x), value_and_third_derivatives(|x| f.call(x), x));
    same!(value, direct.0);
    same!(third, direct.1);
    let (value, derivatives) = f.jet(x, &[v, v, x]).unwrap();
    let direct = jet(|x| f.call(x), x, [v, v, x, v]);
    same!(value, direct.0);
    same!(derivatives, direct.1[..3].to_vec());
}

/// Coordinates, and a direction.
fn coordinates(n: usize) -> (Vec<f64>, Vec<f64>) {
    let waves = |frequency: f64| (0..).take(n).map(move |i| (frequency * f64::from(i)).sin()).collect();
    (waves(1.7), waves(0.6))
}

fn array<const N: usize>(x: &[f64]) -> [f64; N] {
    x.try_into().unwrap()
}

#[test]
fn a_pointer_to_a_function_is_one() {
    fn descent<F: Function<From = [f64], To = f64>>(f: F) -> Vec<f64> {
        f.gradient(&vec![1.0, 2.0])
    }
    let direct = descent(WAVE);
    assert_eq!(descent(&WAVE), direct);
    assert_eq!(descent(Box::new(WAVE)), direct);
    assert_eq!(descent(Rc::new(WAVE)), direct);
    assert_eq!(descent(Arc::new(WAVE)), direct);
    let mut gradient = vec![0.0; 2];
    Prepared::new(Arc::new(WAVE), &[1.0, 2.0]).gradient(&[1.0, 2.0], &mut gradient).unwrap();
    assert_eq!(gradient, direct);
}

#[test]
fn a_scalar_valued_function_has_the_bits_of_the_direct_calls() {
    let single = |x: &[f64]| x.iter().map(|&x| f32::lit(x)).collect::<Vec<_>>();
    let (x, v) = coordinates(12);
    InstructionSet::in_each(|_| {
        for n in [2, 7, 8, 9, 17] {
            let (x, _) = coordinates(n);
            derivatives(&x);
            derivatives(&single(&x));
        }
        derivatives(&array::<3>(&x[..3]));
        derivatives(&array::<12>(&x));
        derivatives(&array::<12>(&x).map(f32::lit));
    });
    the_others(&x[..9].to_vec(), &v[..9].to_vec());
    the_others(&single(&x[..2]), &single(&v[..2]));
    the_others(&array::<3>(&x[..3]), &array::<3>(&v[..3]));
}

/// The lengths at which a driver chooses, and beyond.
#[test]
fn gradients_and_jacobians_have_the_bits_of_the_direct_calls_at_every_length() {
    InstructionSet::in_each(|_| {
        for n in (0..10).chain([15, 16, 17, 18, 31, 32, 33, 34, 63, 64, 65, 100]) {
            let (x, _) = coordinates(n);
            same!(WAVE.gradient(&x), gradient(|x| WAVE.call(x), &x));
            same!(WAVE.gradient(&*x), gradient(|x| WAVE.call(x), &*x));
            if n > 0 {
                same!(Field.jacobian(&x), jacobian(|x| Field.call(x), &x));
            }
        }
        let (x, _) = coordinates(70);
        same!(WAVE.gradient(&array::<70>(&x)), gradient(|x| WAVE.call(x), &array::<70>(&x)));
    });
}

#[test]
fn a_function_of_several_results_has_the_bits_of_the_direct_calls() {
    InstructionSet::in_each(|_| {
        for n in [1, 5, 9] {
            let (x, v) = coordinates(n);
            let f = &Field;
            let ((value, j), direct) = (f.value_and_jacobian(&x), value_and_jacobian(|x| f.call(x), &x));
            same!(value, direct.0);
            same!(j, direct.1);
            same!(f.hessians(&x), hessians(|x| f.call(x), &x));
            let ((value, h), direct) = (f.value_and_hessians(&x), value_and_hessians(|x| f.call(x), &x));
            same!(value, direct.0);
            same!(h, direct.1);
            let (at, direct) =
                (f.value_jacobian_and_hessians(&x), value_jacobian_and_hessians(|x| f.call(x), &x));
            same!(at.value, direct.value);
            same!(at.jacobian, direct.jacobian);
            same!(at.hessians, direct.hessians);
            same!(f.jvp(&x, &v), jvp(|x| f.call(x), &x, &v));
            same!(f.divergence(&x), divergence(|x| f.call(x), &x));
            let ((value, sum), direct) =
                (f.value_and_divergence(&x), value_and_divergence(|x| f.call(x), &x));
            same!(value, direct.0);
            same!(sum, direct.1);
            let (value, derivatives) = f.jet(&x, &[&v]).unwrap();
            let direct = jet(|x| f.call(x), &x, [&v, &v]);
            same!(value, direct.0);
            same!(derivatives[0], direct.1[0]);
        }
        assert_eq!(Polar.jacobian(&[2.0, 0.0]), [[1.0, 0.0], [0.0, 2.0]]);
        assert_eq!(Polar.jacobian(&[2.0_f32, 0.0]), [[1.0, 0.0], [0.0, 2.0]]);
        assert_eq!(Polar.jacobian(&vec![2.0, 0.0]), [vec![1.0, 0.0], vec![0.0, 2.0]]);
        assert_eq!(Polar.jvp(&[2.0, 0.0], &[1.0, 1.0]), [1.0, 2.0]);
    });
}

#[test]
fn a_function_of_one_variable_has_its_derivatives() {
    let x = 0.7;
    same!(Bump.derivative(x), derivative(|x| Bump.call(&x), x));
    let ((value, slope), direct) = (Bump.value_and_derivative(x), value_and_derivative(|x| Bump.call(&x), x));
    same!(value, direct.0);
    same!(slope, direct.1);
    same!(Bump.gradient(&x), derivative(|x| Bump.call(&x), x));
    same!(Bump.hessian(&0.5_f32), hessian(|x| Bump.call(x), &0.5_f32));
    assert_eq!(Bump.nth_derivatives(0.0, 4), Ok(vec![1.0, 0.0, -2.0, 0.0, 12.0]));
    assert_eq!(Bump.taylor_coefficients(0.0, 4), Ok(vec![1.0, 0.0, -1.0, 0.0, 0.5]));
    assert_eq!(Bump.nth_derivatives(0.0, 129), Err(Error::Order { largest: 128, found: 129 }));
    assert_eq!(Bump.jet(&0.0, &[&1.0; 129]), Err(Error::Order { largest: 128, found: 129 }));
    assert_eq!(Bump.jet(&0.0, &[]), Ok((1.0, vec![])));
    // Of dual numbers.
    assert_eq!(derivative(|x| Bump.derivative(x), 0.0), -2.0);
}

/// A scalar-valued function of a slice, prepared: each method beside the direct call.
fn prepared_at(x: &[f64], v: &[f64]) {
    let n = x.len();
    let mut f = WAVE.prepare(x);
    let (mut g, mut h, mut hv) = (vec![1.0; n], vec![1.0; n * n], vec![1.0; n]);
    for _ in 0..2 {
        let at = value_gradient_and_hessian(|x| WAVE.call(x), x);
        let (first, rows) = (&at.gradient, at.hessian.concat());
        f.gradient(x, &mut g).unwrap();
        same!(g, gradient(|x| WAVE.call(x), x));
        same!(f.value_and_gradient(x, &mut g).unwrap(), at.value);
        f.hessian(x, &mut h).unwrap();
        same!(h, rows);
        same!(f.value_and_hessian(x, &mut h).unwrap(), at.value);
        g.fill(1.0);
        h.fill(1.0);
        same!(f.value_gradient_and_hessian(x, &mut g, &mut h).unwrap(), at.value);
        same!(g, *first);
        same!(h, rows);
        let with_hvp = value_gradient_and_hvp(|x| WAVE.call(x), x, v);
        f.hvp(x, v, &mut hv).unwrap();
        same!(hv, with_hvp.hvp);
        same!(f.value_and_hvp(x, v, &mut hv).unwrap(), at.value);
        same!(f.value_gradient_and_hvp(x, v, &mut g, &mut hv).unwrap(), at.value);
        same!(g, with_hvp.gradient);
        let along = value_jvp_and_vhv(|x| WAVE.call(x), x, v);
        same!(f.vhv(x, v).unwrap(), along.vhv);
        same!(f.value_and_vhv(x, v).unwrap().1, along.vhv);
        same!(f.value_jvp_and_vhv(x, v).unwrap().jvp, along.jvp);
        same!(f.laplacian(x), laplacian(|x| WAVE.call(x), x));
        same!(f.value_and_laplacian(x).0, at.value);
    }
    let mut f = Field.prepare(x);
    let (mut value, mut j, mut tangent) = (vec![1.0; n], vec![1.0; n * n], vec![1.0; n]);
    let direct = value_and_jacobian(|x| Field.call(x), x);
    f.jacobian(x, &mut j).unwrap();
    same!(j, direct.1.concat());
    j.fill(1.0);
    f.value_and_jacobian(x, &mut value, &mut j).unwrap();
    same!(value, direct.0);
    same!(j, direct.1.concat());
    f.jvp(x, v, &mut tangent).unwrap();
    same!(tangent, jvp(|x| Field.call(x), x, v));
    f.value_and_jvp(x, v, &mut value, &mut tangent).unwrap();
    same!(value, direct.0);
    let direct = value_jacobian_and_hessians(|x| Field.call(x), x);
    let rows: Vec<f64> = direct.hessians.iter().flat_map(|h| h.concat()).collect();
    let mut h = vec![1.0; n * n * n];
    f.hessians(x, &mut h).unwrap();
    same!(h, rows);
    h.fill(1.0);
    f.value_and_hessians(x, &mut value, &mut h).unwrap();
    same!(value, direct.value);
    same!(h, rows);
    f.value_jacobian_and_hessians(x, &mut value, &mut j, &mut h).unwrap();
    same!(j, direct.jacobian.concat());
}

#[test]
fn a_prepared_function_has_the_bits_of_the_direct_calls() {
    InstructionSet::in_each(|_| {
        for n in [1, 8, 9, 17, 33] {
            let (x, v) = coordinates(n);
            prepared_at(&x, &v);
        }
    });
    // At another length than it was prepared for, owned, on another thread, in the other precision, on dual numbers.
    let mut f = Prepared::new(WAVE, &[1.0; 40]);
    std::thread::spawn(move || {
        let (x, _) = coordinates(3);
        let mut g = [0.0; 3];
        f.gradient(&x, &mut g).unwrap();
        same!(g, gradient(|x| WAVE.call(x), &array::<3>(&x)));
        assert_eq!(f.function().shifts, WAVE.shifts);
    })
    .join()
    .unwrap();
    let mut g = [0.0_f32; 20];
    let x = [0.5_f32; 20];
    WAVE.prepare(&x).gradient(&x, &mut g).unwrap();
    same!(g, gradient(|x| WAVE.call(x), &x[..]));
    let slope = |x: Dual<f64, 1>| {
        let mut g = [x; 1];
        WAVE.prepare(&[x]).gradient(&[x], &mut g).unwrap();
        g[0]
    };
    same!(derivative(slope, 0.7), hessian(|x| WAVE.call(x), &[0.7])[0][0]);
}

#[test]
fn a_prepared_function_refuses_slices_of_other_lengths() {
    let length = |what, expected, found| Error::Length { what, expected, found };
    let mut f = WAVE.prepare(&[1.0, 2.0]);
    let (x, two, three) = ([1.0, 2.0], &mut [5.0; 2], &mut [5.0; 3]);
    assert_eq!(f.gradient(&x, three), Err(length("gradient", 2, 3)));
    assert_eq!(f.hessian(&x, three), Err(length("Hessian", 4, 3)));
    assert_eq!(f.value_gradient_and_hessian(&x, three, &mut [0.0; 4]), Err(length("gradient", 2, 3)));
    assert_eq!(f.hvp(&x, &[1.0; 3], two), Err(length("tangent", 2, 3)));
    assert_eq!(f.hvp(&x, &[1.0; 2], three), Err(length("Hessian-vector product", 2, 3)));
    assert_eq!(f.vhv(&x, &[1.0; 3]), Err(length("tangent", 2, 3)));
    assert_eq!((*two, *three), ([5.0; 2], [5.0; 3]));
    let mut f = Field.prepare(&[1.0, 2.0]);
    assert_eq!(f.jacobian(&x, three), Err(length("Jacobian", 2, 3)));
    assert_eq!(f.jacobian(&x, &mut [0.0; 2]), Err(Error::Shape { expected: 1, found: 2 }));
    assert_eq!(f.jacobian(&x, &mut [0.0; 6]), Err(Error::Shape { expected: 3, found: 2 }));
    assert_eq!(f.value_and_jacobian(&x, &mut [0.0; 3], two), Err(length("Jacobian", 6, 2)));
    assert_eq!(f.hessians(&x, three), Err(length("Hessians", 0, 3)));
    assert_eq!(f.hessians(&x, &mut [0.0; 12]), Err(Error::Shape { expected: 3, found: 2 }));
    assert_eq!(f.value_and_hessians(&x, two, &mut [0.0; 4]), Err(length("Hessians", 8, 4)));
    assert_eq!(f.jvp(&x, &[1.0; 2], three), Err(Error::Shape { expected: 3, found: 2 }));
    assert_eq!(f.jvp(&x, &[1.0; 1], two), Err(length("tangent", 2, 1)));
    assert_eq!(
        f.value_and_jvp(&x, &[1.0; 2], &mut [0.0; 3], &mut [0.0; 2]),
        Err(length("tangent of the result", 3, 2))
    );
}

/// Containers of every kind as argument and result.
struct Mixed;

impl Function for Mixed {
    type From = (Vec<[f64; 2]>, Option<f64>);
    type To = (f64, [Option<f64>; 2]);

    fn call<T: Number>(&self, (rows, scale): &(Vec<[T; 2]>, Option<T>)) -> (T, [Option<T>; 2]) {
        let scale = scale.unwrap_or(T::one());
        (scale * rows[0][0] * rows[1][1], [Some(scale * scale), None])
    }
}

#[test]
fn containers_of_every_kind_are_arguments_and_results() {
    let x = (vec![[2.0, 3.0], [5.0, 7.0]], Some(11.0));
    let (value, (first, [second, missing])) = Mixed.value_and_jacobian(&x);
    assert_eq!(value, (154.0, [Some(121.0), None]));
    assert_eq!(first, (vec![[77.0, 0.0], [0.0, 22.0]], Some(14.0)));
    assert_eq!(second, Some((vec![[0.0, 0.0], [0.0, 0.0]], Some(22.0))));
    assert_eq!(missing, None);
    assert_eq!(Mixed.jvp(&x, &x), (462.0, [Some(242.0), None]));
}

#[test]
fn a_reference_to_a_function_is_one() {
    fn value_of(f: impl Function<From = [f64], To = f64>) -> [f64; 2] {
        f.gradient(&[0.5, 0.25])
    }
    assert_eq!(value_of(WAVE), value_of(&WAVE));
    let borrowed = &&WAVE;
    assert_eq!(value_of(borrowed), value_of(&WAVE));
}

/// Results of another length in every pass.
struct Ragged(std::cell::Cell<usize>);

impl Function for Ragged {
    type From = [f64];
    type To = Vec<f64>;

    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        self.0.set(self.0.get() + 1);
        vec![x[0]; self.0.get()]
    }
}

#[test]
fn shapes_that_do_not_fit_panic_at_the_callers_line() {
    let x = vec![0.5; 100];
    InstructionSet::in_each(|_| {
        let ragged = Ragged(0.into());
        assert_panics(&two_shapes(1, 2), || _ = ragged.jacobian(&x));
        let ragged = Ragged(0.into());
        assert_panics(&two_shapes(1, 2), || _ = ragged.hessians(&x));
        assert_panics(
            "the direction must have the shape of the point: it has 3 numbers or parts where there must be 2",
            || {
                _ = WAVE.jvp(&vec![1.0, 2.0], &vec![1.0; 3]);
            },
        );
    });
}

/// Σ i·xᵢ², written with the assigning operators, and a message that prints a number.
struct Assigning;

impl Function for Assigning {
    type From = [f64];
    type To = f64;

    fn call<T: Number>(&self, x: &[T]) -> T {
        let (mut sum, mut weight) = (T::zero(), T::zero());
        for &x in x {
            weight += T::one();
            let mut term = x;
            term *= x;
            term *= weight;
            sum += term;
            assert!(!sum.is_nan(), "{sum:?}");
        }
        sum -= T::lit(2.0);
        sum /= T::lit(2.0);
        sum
    }
}

#[test]
fn numbers_have_the_assigning_operators_and_print() {
    InstructionSet::in_each(|_| {
        assert_eq!(Assigning.call(&[1.0, 2.0, 3.0]), 17.0);
        assert_eq!(Assigning.gradient(&[1.0, 2.0, 3.0]), [1.0, 4.0, 9.0]);
        assert_eq!(Assigning.gradient(&vec![1.0; 40])[39], 40.0);
    });
}

#[test]
fn the_gradient_is_a_function_too() {
    let (x, gradient) = ([0.5, -1.0, 2.0], GradientOf(Assigning));
    assert_eq!(gradient.call(&x), Assigning.gradient(&x));
    assert_eq!(gradient.jacobian(&x), Assigning.hessian(&x));
    assert_eq!(gradient.jvp(&x, &x), Assigning.hvp(&x, &x));
}

/// Bits of a gradient and a Jacobian at an array of each length, beside those of the direct calls.
macro_rules! lengths_that_fill_no_vectors {
    ($($N:literal)*) => {$(
        let x: [f64; $N] = std::array::from_fn(|i| 0.3 + f64::from(u8::try_from(i).unwrap()) / 8.0);
        let (value, g) = value_and_gradient(|x| WAVE.call(x), &x);
        let j = jacobian(|x: &[Dual<f64, $N>]| [WAVE.call(x), x[$N - 1] * x[0]], &x);
        InstructionSet::in_each(|_| {
            assert_eq!(WAVE.value_and_gradient(&x), (value, g), "{} coordinates", $N);
            assert_eq!(Pair.jacobian(&x), j, "{} coordinates", $N);
        });
    )*};
}

/// The wave, and the product of the first coordinate and the last.
struct Pair;

impl Function for Pair {
    type From = [f64];
    type To = [f64; 2];

    fn call<T: Number>(&self, x: &[T]) -> [T; 2] {
        [WAVE.call(x), x[x.len() - 1] * x[0]]
    }
}

#[test]
fn lanes_that_fill_up_vectors_do_not_show() {
    lengths_that_fill_no_vectors!(3 6 7 15);
}
