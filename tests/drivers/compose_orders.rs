//! Numbers of higher order over one another, and their drivers inside functions that are differentiated: every derivative
//! beside its closed form.

use num_traits::Float;
use tangents::{
    Dual, HyperDual, Number, Real, Taylor, ValueJvpVhv, derivative, divergence, grad, gradient, hessian,
    hessians, jacfwd, jet, laplacian, nth_derivative, partial, taylor, third_derivatives, value_jvp_and_vhv,
    vhv,
};

/// Where the functions are differentiated.
const AT: [f64; 2] = [0.6, 1.3];

/// exp(xy) + sin(2x)/√y: derivatives of every order in both variables, none of them zero.
fn mixture<T: Float>(x: &[T]) -> T {
    let (x, y) = (x[0], x[1]);
    (x * y).exp() + (x + x).sin() / y.sqrt()
}

/// ∂ᵐf/∂xᵢ∂xⱼ… of [`mixture`] at [`AT`].
fn closed_form(wrt: &[usize]) -> f64 {
    let [x, y] = AT;
    let in_y = wrt.iter().sum::<usize>();
    let in_x = wrt.len() - in_y;
    let power = |x: f64, n: usize| (0..n).fold(1.0, |product, _| product * x);
    let falling = |from: f64, n: usize| (0..n).fold((1.0, from), |(p, f), _| (p * f, f - 1.0)).0;
    // ∂ₓᵐ exp(xy) = yᵐ·exp(xy), and by Leibniz' rule ∂ᵧⁿ of that is Σ C(n, k)·(yᵐ)⁽ᵏ⁾·xⁿ⁻ᵏ·exp(xy).
    let mut choose = 1.0;
    let mut factor = 0.0;
    for k in 0..=in_y.min(in_x) {
        let small = |n: usize| f64::from(u8::try_from(n).expect("an order"));
        factor += choose * falling(small(in_x), k) * power(y, in_x - k) * power(x, in_y - k);
        choose *= small(in_y - k) / small(k + 1);
    }
    let (sin, cos) = (x + x).sin_cos();
    let wave = power(2.0, in_x) * [sin, cos, -sin, -cos][in_x % 4];
    factor * (x * y).exp() + wave * falling(-0.5, in_y) / y.sqrt() / power(y, in_y)
}

/// Fails unless `found` is the derivative with respect to these variables, up to what rounding explains.
#[track_caller]
fn assert_is(found: f64, wrt: &[usize]) {
    let expected = closed_form(wrt);
    assert!((found - expected).abs() <= 1e-14 * expected.abs(), "∂{wrt:?} is {found:e}, not {expected:e}");
}

/// Every pair of variables.
const PAIRS: [[usize; 2]; 4] = [[0, 0], [0, 1], [1, 0], [1, 1]];

/// Some of them by mpmath's `diff` at 60 digits.
const BY_MPMATH: &[(&[usize], f64)] = &[
    (&[], 2.998_924_620_153_350_6),
    (&[0], 3.471_531_493_991_369_7),
    (&[1], 0.994_478_607_508_478_5),
    (&[0, 1], 3.638_552_344_569_987),
    (&[1, 1], 1.148_104_729_183_708_5),
    (&[0, 0, 1], 9.141_459_774_672_267),
    (&[0, 1, 1, 1], 2.426_088_239_917_738_6),
    (&[0, 0, 1, 1], 11.045_246_871_262_47),
    (&[0, 0, 0, 0, 0], 18.269_534_600_235_57),
    (&[0, 0, 0, 1, 1], 30.884_615_802_942_66),
    (&[1, 1, 1, 1, 1], -6.332_077_568_783_938),
];

#[test]
fn the_closed_form_is_right() {
    for (wrt, expected) in BY_MPMATH {
        assert_is(*expected, wrt);
    }
}

// ---- Numbers over numbers ----

#[test]
fn a_hyper_dual_over_duals_has_third_derivatives() {
    type Number = HyperDual<Dual<f64, 2>, 2>;
    let y = mixture(&[0, 1].map(|i| Number::variable(Dual::variable(AT[i], i), i)));
    for [i, j] in PAIRS {
        assert_is(y.gradient[i].eps[j], &[i, j]);
        for k in [0, 1] {
            assert_is(y.second(i, j).eps[k], &[i, j, k]);
        }
    }
}

#[test]
fn a_dual_over_hyper_duals_has_third_derivatives() {
    type Number = Dual<HyperDual<f64, 2>, 1>;
    for along in [0, 1] {
        let lift = |i: usize| {
            let x = HyperDual::variable(AT[i], i);
            if i == along { Number::variable(x, 0) } else { Number::constant(x) }
        };
        let y = mixture(&[lift(0), lift(1)]);
        for [i, j] in PAIRS {
            assert_is(y.re.second(i, j), &[i, j]);
            assert_is(y.eps[0].gradient[i], &[along, i]);
            assert_is(y.eps[0].second(i, j), &[along, i, j]);
        }
    }
}

#[test]
fn a_series_of_hyper_duals_has_fifth_derivatives() {
    type Number = Taylor<HyperDual<f64, 2>, 3>;
    for along in [0, 1] {
        let lift = |i: usize| {
            let x = HyperDual::variable(AT[i], i);
            if i == along { Number::variable(x) } else { Number::constant(x) }
        };
        let y = mixture(&[lift(0), lift(1)]);
        for order in 0..=3 {
            let along = &[along; 3][..order];
            let derivative = y.derivative(order);
            assert_is(derivative.re, along);
            for [i, j] in PAIRS {
                assert_is(derivative.gradient[i], &[along, &[i]].concat());
                assert_is(derivative.second(i, j), &[along, &[i, j]].concat());
            }
        }
    }
}

#[test]
fn a_hyper_dual_over_series_has_fifth_derivatives() {
    type Number = HyperDual<Taylor<f64, 3>, 2>;
    for along in [0, 1] {
        let lift = |i: usize| {
            Number::variable(if i == along { Taylor::variable(AT[i]) } else { Taylor::constant(AT[i]) }, i)
        };
        let y = mixture(&[lift(0), lift(1)]);
        for order in 0..=3 {
            let along = &[along; 3][..order];
            assert_is(y.re.derivative(order), along);
            for [i, j] in PAIRS {
                assert_is(y.gradient[i].derivative(order), &[along, &[i]].concat());
                assert_is(y.second(i, j).derivative(order), &[along, &[i, j]].concat());
            }
        }
    }
}

#[test]
fn a_hyper_dual_over_hyper_duals_has_fourth_derivatives() {
    type Number = HyperDual<HyperDual<f64, 2>, 2>;
    let y = mixture(&[0, 1].map(|i| Number::variable(HyperDual::variable(AT[i], i), i)));
    for [i, j] in PAIRS {
        for [k, l] in PAIRS {
            assert_is(y.second(i, j).second(k, l), &[i, j, k, l]);
        }
    }
}

// ---- Transforms of transforms ----

#[test]
fn transforms_to_the_fourth_level_give_every_derivative() {
    let third = jacfwd(jacfwd(grad(mixture)))(&AT);
    let fourth = jacfwd(jacfwd(jacfwd(grad(mixture))))(&AT);
    for [i, j] in PAIRS {
        for [k, l] in PAIRS {
            assert_is(third[i][j][k], &[i, j, k]);
            assert_is(fourth[i][j][k][l], &[i, j, k, l]);
        }
    }
}

#[test]
fn a_transform_of_a_driver_gives_the_third_derivatives() {
    fn curved<T: Number>(x: &[T]) -> [[T; 2]; 2] {
        hessian(mixture, &[x[0], x[1]])
    }
    let third = jacfwd(curved)(&AT);
    let fourth = hessians(curved, &AT);
    for [i, j] in PAIRS {
        for [k, l] in PAIRS {
            assert_is(third[i][j][k], &[i, j, k]);
            assert_is(fourth[i][j][k][l], &[i, j, k, l]);
        }
    }
}

// ---- Drivers inside functions ----

#[test]
fn the_hessian_of_an_nth_derivative() {
    fn third_in_x<T: Real>(x: &[T]) -> T {
        let y = Taylor::constant(x[1]);
        nth_derivative::<3, _>(|x| mixture(&[x, y]), x[0])
    }
    assert_is(third_in_x(&AT), &[0, 0, 0]);
    let h = hessian(third_in_x, &AT);
    for [i, j] in PAIRS {
        assert_is(h[i][j], &[0, 0, 0, i, j]);
    }
}

fn laplacian_of_mixture<T: Number>(x: &[T]) -> T {
    laplacian(mixture, &[x[0], x[1]])
}

/// The sum of two derivatives, as `assert_is` checks one.
#[track_caller]
fn assert_is_sum(found: f64, terms: &[&[usize]]) {
    let terms: Vec<f64> = terms.iter().map(|wrt| closed_form(wrt)).collect();
    let (sum, size) = terms.iter().fold((0.0, 0.0), |(sum, size), t| (sum + t, size + t.abs()));
    assert!((found - sum).abs() <= 1e-14 * size, "{found:e}, not {sum:e}");
}

#[test]
fn the_gradient_of_a_laplacian_and_the_laplacian_of_it() {
    assert_is_sum(laplacian_of_mixture(&AT), &[&[0, 0], &[1, 1]]);
    let g = gradient(laplacian_of_mixture, &AT);
    for i in [0, 1] {
        assert_is_sum(g[i], &[&[0, 0, i], &[1, 1, i]]);
    }
    let mixed = [0, 0, 1, 1];
    assert_is_sum(laplacian(laplacian_of_mixture, &AT), &[&[0; 4], &mixed, &mixed, &[1; 4]]);
}

#[test]
fn the_divergence_of_a_gradient_is_the_laplacian() {
    assert_is_sum(divergence(|x| gradient(mixture, &[x[0], x[1]]), &AT), &[&[0, 0], &[1, 1]]);
}

#[test]
fn derivatives_of_a_curvature_along_a_direction() {
    // vᵀ·H·v at v = (1, 1), by the sum of all four entries.
    fn curvature<T: Number>(x: &[T]) -> T {
        vhv(mixture, &[x[0], x[1]], &[T::one(); 2])
    }
    let ValueJvpVhv { value, jvp: slope, vhv: bend } = value_jvp_and_vhv(curvature, &AT, &[0.0, 1.0]);
    let all = |more: &[usize]| PAIRS.map(|pair| [&pair, more].concat());
    for (found, more) in [(value, &[][..]), (slope, &[1]), (bend, &[1, 1])] {
        assert_is_sum(found, &all(more).each_ref().map(Vec::as_slice));
    }
}

#[test]
fn the_series_of_a_mixed_derivative() {
    let series = taylor::<3, _>(|x| partial(mixture, &[x, Taylor::constant(AT[1])], [0, 1]), AT[0]);
    for order in 0..=3 {
        assert_is(series.derivative(order), &[&[0; 3][..order], &[0, 1]].concat());
    }
}

#[test]
fn the_gradient_of_a_jet_and_the_jet_of_a_gradient() {
    fn along_x<T: Number>(x: &[T]) -> [T; 2] {
        let direction = [T::one(), T::zero()];
        let (_, derivatives) = jet(mixture, &[x[0], x[1]], [&direction, &[T::zero(); 2]]);
        derivatives
    }
    let of_the_jet = jacfwd(along_x)(&AT);
    let (_, of_the_gradient) = jet(|x| gradient(mixture, &[x[0], x[1]]), &AT, [&[1.0, 0.0], &[0.0; 2]]);
    for order in [1, 2] {
        for i in [0, 1] {
            let wrt = [&[0; 2][..order], &[i]].concat();
            assert_is(of_the_jet[order - 1][i], &wrt);
            assert_is(of_the_gradient[order - 1][i], &wrt);
        }
    }
}

#[test]
fn third_derivatives_of_a_derivative() {
    fn slope<T: Real>(x: &[T]) -> T {
        let x1 = Dual::constant(x[1]);
        derivative(|x0| mixture(&[x0, x1]), x[0])
    }
    let t = third_derivatives(slope, &AT);
    for [i, j] in PAIRS {
        for k in [0, 1] {
            assert_is(t[i][j][k], &[0, i, j, k]);
        }
    }
}
