//! Times of events, and states at them, against closed forms and against mpmath's.

use ode::numbers;
use serde_json::Value;
use tangents::ode::{OdeError, event, retime};
use tangents::{
    Dual, Function, HyperDual, Number, Taylor, derivative, gradient, hessian, lambda, third_derivatives,
};

/// A ball under gravity p₂, which falls from the height p₀, and at each bounce keeps p₁ of its speed.
struct Ball;

impl Function for Ball {
    type From = ([f64; 2], Vec<f64>, f64);
    type To = [f64; 2];

    fn call<T: Number>(&self, (y, p, _): &([T; 2], Vec<T>, T)) -> [T; 2] {
        [y[1], -p[2]]
    }
}

struct Floor;

impl Function for Floor {
    type From = ([f64; 2], Vec<f64>, f64);
    type To = f64;

    fn call<T: Number>(&self, (y, _, _): &([T; 2], Vec<T>, T)) -> T {
        y[0]
    }
}

/// What a perfect integrator of the ball finds: the state after a time.
fn flight<T: Number>([x, v]: [T; 2], g: T, duration: f64) -> [T; 2] {
    let t = T::lit(duration);
    [x + t * (v - t * g / T::lit(2.0)), v - t * g]
}

/// When the ball bounces for the third time, on plain times: (the time, and the speed then).
fn third_bounce<T: Number>(p: &[T]) -> [T; 2] {
    let plain = |x: T| x.to_f64().expect("a number");
    let (mut y, mut now) = ([p[0], T::zero()], 0.0);
    for bounce in 0.. {
        // The integrator stops where it finds the floor, at a time that is plain.
        let (height, speed, g) = (plain(y[0]), plain(y[1]), plain(p[2]));
        let duration = (speed + (speed * speed + 2.0 * g * height).sqrt()) / g;
        (y, now) = (flight(y, p[2], duration), now + duration);
        let (time, at) =
            event(Ball, Floor).at(&y, &p.to_vec(), T::lit(now)).expect("the ball hits the floor");
        if bounce == 2 {
            return [time, at[1]];
        }
        y = retime(&Ball, &[at[0], -p[1] * at[1]], &p.to_vec(), time, T::lit(now)).expect("one time");
    }
    unreachable!("it bounces for ever")
}

/// √(2h/g)·(1 + 2e + 2e²), and −e²·√(2gh).
fn closed_form<T: Number>(p: &[T]) -> [T; 2] {
    let two = T::lit(2.0);
    let (h, e, g) = (p[0], p[1], p[2]);
    [(two * h / g).sqrt() * (T::one() + two * e + two * e * e), -(e * e * (two * g * h).sqrt())]
}

fn assert_close(found: f64, expected: f64, tolerance: f64) {
    let error = (found - expected).abs() / expected.abs().max(1.0);
    assert!(error <= tolerance, "{found} for {expected}, off by {error:e}");
}

#[test]
fn bounces_of_a_ball_to_the_third_order() {
    let p = [1.5, 0.75, 9.81];
    for i in 0..2 {
        let (found, expected) = (gradient(|p| third_bounce(p)[i], &p), gradient(|p| closed_form(p)[i], &p));
        let (found2, expected2) = (hessian(|p| third_bounce(p)[i], &p), hessian(|p| closed_form(p)[i], &p));
        let found3 = third_derivatives(|p| third_bounce(p)[i], &p);
        let expected3 = third_derivatives(|p| closed_form(p)[i], &p);
        for j in 0..3 {
            assert_close(found[j], expected[j], 1e-14);
            for k in 0..3 {
                assert_close(found2[j][k], expected2[j][k], 1e-13);
                (0..3).for_each(|l| assert_close(found3[j][k][l], expected3[j][k][l], 1e-12));
            }
        }
    }
}

/// Steps of Taylor's method of order 24 on any number, from the time 0 to `end`.
fn integrated<F, T, const N: usize>(f: &F, start: [T; N], p: &[T], end: f64, steps: u32) -> [T; N]
where
    F: Function<From = ([f64; N], Vec<f64>, f64), To = [f64; N]>,
    T: Number,
{
    const ORDER: usize = 24;
    let h = end / f64::from(steps);
    (0..steps).fold(start, |y, step| {
        let mut y = y.map(Taylor::<T, ORDER>::constant);
        let p: Vec<_> = p.iter().map(|&p| Taylor::constant(p)).collect();
        let t = Taylor::variable(T::lit(h * f64::from(step)));
        for k in 0..ORDER {
            let slope = f.call(&(y, p.clone(), t));
            let order = T::lit(f64::from(u32::try_from(k + 1).expect("small")));
            (0..N).for_each(|i| y[i].coefficients[k] = slope[i].coefficient(k) / order);
        }
        y.map(|y| y.eval(T::lit(h)))
    })
}

/// That time and state of an event have the derivatives along a direction that mpmath found, on a number whose variable is the
/// direction's.
fn compare<F, G, T, const N: usize>(
    f: &F,
    g: &G,
    row: &Value,
    along: impl Fn(f64, f64) -> T,
    derivatives: impl Fn(&T) -> Vec<f64>,
) where
    F: Function<From = ([f64; N], Vec<f64>, f64), To = [f64; N]>,
    G: Function<From = ([f64; N], Vec<f64>, f64), To = f64>,
    T: Number,
{
    let x = [numbers(&row["state"]), numbers(&row["parameters"])].concat();
    let x: Vec<T> = x.iter().zip(numbers(&row["direction"])).map(|(&x, v)| along(x, v)).collect();
    let (start, p) = (std::array::from_fn(|i| x[i]), x[N..].to_vec());
    let expected: Vec<_> = row["event"].as_array().expect("a list").iter().map(numbers).collect();
    let t = expected[0][0];
    let y = integrated(f, start, &p, t, 32);
    let (time, state) = event(f, g).at(&y, &p, T::lit(t)).expect("the event is there");
    for (found, expected) in [time].iter().chain(&state).zip(&expected) {
        for (order, (found, expected)) in derivatives(found).into_iter().zip(expected).enumerate() {
            let error = (found - expected).abs() / expected.abs().max(1.0);
            assert!(
                error < 1e-12,
                "{}, order {order}: {found} for {expected}, off by {error:e}",
                row["problem"]
            );
        }
    }
}

#[test]
fn events_of_mpmath_to_the_third_order_on_every_number() {
    let pendulum = lambda!(|z: ([f64; 2], Vec<f64>, f64)| -> [f64; 2] {
        let (y, p, _) = z;
        [y[1], -p[0] * y[0].sin() - p[1] * y[1]]
    });
    let hangs = lambda!(|z: ([f64; 2], Vec<f64>, f64)| -> f64 { z.0[0] });
    let oscillator = lambda!(|z: ([f64; 2], Vec<f64>, f64)| -> [f64; 2] {
        let (y, p, _) = z;
        [y[1], p[0] * (T::one() - y[0] * y[0]) * y[1] - y[0]]
    });
    let line = lambda!(|z: ([f64; 2], Vec<f64>, f64)| -> f64 { z.0[0] - z.1[1] * z.0[1] });
    let forced = lambda!(|z: ([f64; 1], Vec<f64>, f64)| -> [f64; 1] {
        let ([y], p, t) = z;
        [(p[1] * *t).cos() * *y * *y - p[0] * *y]
    });
    let ramp = lambda!(|z: ([f64; 1], Vec<f64>, f64)| -> f64 { z.0[0] - z.1[2] * z.2 });

    let file: Value = serde_json::from_str(include_str!("../../data/ode/events.json")).expect("it is JSON");
    let row = |name: &str| {
        file.as_array().expect("a list").iter().find(|row| row["problem"] == name).expect("it's there")
    };
    macro_rules! on_every_number {
        ($along:expr, $derivatives:expr) => {
            compare(&pendulum, &hangs, row("pendulum"), $along, $derivatives);
            compare(&oscillator, &line, row("van_der_pol"), $along, $derivatives);
            compare(&forced, &ramp, row("forced"), $along, $derivatives);
        };
    }
    on_every_number!(|x, v| Dual::<f64, 1>::new(x, [v]), |y| vec![y.re, y.eps[0]]);
    on_every_number!(|x, v| HyperDual::<f64, 2>::from_fn(x, [v, v], |_, _| 0.0), |y| vec![
        y.re,
        y.gradient[1],
        y.second(0, 1)
    ]);
    on_every_number!(|x, v| Taylor::<f64, 3>::new(x, [v, 0.0, 0.0]), |y| (0..4)
        .map(|k| y.derivative(k))
        .collect());
    on_every_number!(|x, v| Dual::new(Taylor::<f64, 2>::new(x, [v, 0.0]), [Taylor::constant(v)]), |y| vec![
        y.re.re,
        y.re.derivative(1),
        y.re.derivative(2),
        y.eps[0].derivative(2)
    ]);
}

#[test]
fn values_stay_to_the_bit() {
    let p = vec![Dual::<f64, 1>::variable(1.5, 0), 0.75.into(), 9.81.into()];
    let y = [Dual::new(1e-12, [0.5]), Dual::new(-3.1, [0.25])];
    let (t, at) = event(Ball, Floor).at(&y, &p, 0.55.into()).unwrap();
    assert_eq!((t.re, at[0].re, at[1].re), (0.55, 1e-12, -3.1));
    // ṫ = −ẋ/v: the ball stays where it was found, and is that much longer in free fall.
    assert_close(t.eps[0], 0.5 / 3.1, 1e-15);
    assert_close(at[0].eps[0], 0.0, 1e-15);
    assert_close(at[1].eps[0], 0.25 - 9.81 * 0.5 / 3.1, 1e-15);
    // At plain numbers nothing is asked.
    assert_eq!(event(Ball, Floor).at(&[7.0, 1.0], &vec![1.0, 1.0, 1.0], 2.0), Ok((2.0, [7.0, 1.0])));
}

#[test]
fn what_cant_be_given_is_an_error() {
    type D = Dual<f64, 1>;
    let p = vec![D::variable(1.5, 0), 0.75.into(), 9.81.into()];
    let at = |y: [D; 2], t: f64| event(Ball, Floor).at(&y, &p, t.into());
    // It touches the floor at rest.
    let grazing = at([0.0.into(), D::new(0.0, [1.0])], 1.0);
    assert_eq!(grazing.unwrap_err(), OdeError::Grazing { slope: 0.0 });
    // It's somewhere else.
    let unsolved = at([D::new(0.5, [1.0]), (-2.0).into()], 1.0).unwrap_err();
    assert_eq!(unsolved, OdeError::Unsolved { step: 0.25, largest: 1e-6 });
    assert!(
        event(Ball, Floor)
            .absolute_tolerance(0.3)
            .at(&[D::new(0.5, [1.0]), (-2.0).into()], &p, 1.0.into())
            .is_ok()
    );
    assert_eq!(at([f64::NAN.into(), (-2.0).into()], 1.0).unwrap_err(), OdeError::NotFinite);
    let times = retime(&Ball, &[D::constant(0.0), 1.0.into()], &p, 1.0.into(), 1.5.into()).unwrap_err();
    assert_eq!(times, OdeError::Times { from: 1.0, to: 1.5 });

    // A slope that is rounding: the terms of dg/dt cancel.
    let f = lambda!(|z: ([f64; 3], f64, f64)| -> [f64; 3] { [T::lit(0.1), T::lit(0.2), T::lit(-0.3)] });
    let g = lambda!(|z: ([f64; 3], f64, f64)| -> f64 { z.0[0] + z.0[1] + z.0[2] - z.1 });
    let y = [D::constant(0.25), 0.25.into(), (-0.5).into()];
    let grazing = event(f, g).at(&y, &D::variable(0.0, 0), 1.0.into());
    assert!(matches!(grazing, Err(OdeError::Grazing { slope }) if slope != 0.0), "{grazing:?}");

    // An equation that returns too few derivatives.
    let f = lambda!(|z: (Vec<f64>, f64, f64)| -> Vec<f64> { vec![z.1] });
    let g = lambda!(|z: (Vec<f64>, f64, f64)| -> f64 { z.0[0] });
    let y = vec![D::constant(0.0), 1.0.into()];
    assert!(matches!(event(f, g).at(&y, &D::variable(1.0, 0), 1.0.into()), Err(OdeError::Shape(_))));
}

/// x = t² from a start at the time p, where it is 0: when it reaches 4, which is at √(4 + p²), from a state a second after the start.
fn time_of_four<T: Number>(p: T) -> T {
    let square = lambda!(|z: (f64, f64, f64)| -> f64 { z.2 + z.2 });
    let four = lambda!(|z: (f64, f64, f64)| -> f64 { z.0 - T::lit(4.0) });
    let now = p + T::one();
    event(square, four).at(&(now * now - p * p), &p, now).expect("it's there").0
}

#[test]
fn a_time_that_moves_is_taken_into_account() {
    // (p + 1)² − p² = 4 at p = 3/2.
    let slope: f64 = derivative(time_of_four, 1.5);
    assert_close(slope, 1.5 / 6.25_f64.sqrt(), 1e-15);
}

#[test]
fn patterns_see_what_an_event_depends_on() {
    // Time and state depend on the state before and on the parameters, though on plain numbers nothing moves.
    let f = lambda!(|p: [f64]| -> [f64; 3] {
        let y = [p[0], T::lit(-1.0)];
        let (time, at) = event(Ball, Floor).at(&y, &vec![p[1]; 3], T::lit(0.5)).expect("it's there");
        [time, at[1], p[2]]
    });
    let pattern = f.jacobian_pattern(&[0.0, 1.0, 2.0]).expect("it asks nothing");
    assert_eq!(pattern.to_string(), "××·\n××·\n··×\n");

    // Whether two times are one is a question.
    let f = lambda!(|p: [f64]| -> [f64; 2] {
        retime(&Ball, &[p[0], T::lit(-1.0)], &vec![p[1]; 3], T::lit(0.5) + p[2], T::lit(0.5))
            .expect("one time")
    });
    assert_eq!(f.jacobian_pattern(&[0.0, 1.0, 0.0]).unwrap_err().asked(), "==");
    assert_eq!(f.jacobian_pattern_at(&[0.0, 1.0, 0.0]).to_string(), "×××\n×××\n");
}

/// y′ = r·y from p grows to 3/2 at the time ln(3/(2p))/r: (r times that time, the state there, and that at the plain time).
fn growth<T: Number>(p: T, rate: f64) -> [T; 3] {
    let f = lambda!([rate: f64 = rate] |z: (f64, f64, f64)| -> f64 { z.0 * T::lit(rate) });
    let g = lambda!(|z: (f64, f64, f64)| -> f64 { z.0 - T::lit(1.5) });
    let start = p.to_f64().expect("a number");
    let now = (1.5_f64.ln() - start.ln()) / rate;
    let (time, at) = event(f, g).at(&(p * T::lit(1.5) / T::lit(start)), &p, T::lit(now)).expect("it's there");
    let later = retime(&f, &at, &p, time, T::lit(now)).expect("one time");
    [time * T::lit(rate), at, later]
}

/// Parameters in units that differ by 10⁴⁰⁰, of whose products some are near 1.
#[test]
fn the_units_of_parameters_do_not_matter() {
    let mut p = HyperDual::<f64, 2>::constant(0.5);
    p.gradient = [1e200, 1e-200];
    let [time, at, later] = growth(p, 1.0);
    for (i, lane) in p.gradient.iter().enumerate() {
        assert_close(time.gradient[i] / lane, -2.0, 1e-15);
        assert_close(at.gradient[i] / lane, 0.0, 1e-15);
        assert_close(later.gradient[i] / lane, 3.0, 1e-15);
    }
    assert_close(time.hessian()[1][0], 4.0, 1e-15);
    assert_close(at.hessian()[1][0], 0.0, 1e-15);
    assert_close(later.hessian()[1][0], 0.0, 1e-14);
    let [time, _, later] = growth(Dual::<f32, 2>::new(0.5, [1e20, 1e-20]), 1.0);
    for (i, lane) in [1e20_f32, 1e-20].iter().enumerate() {
        assert_close((time.eps[i] / lane).into(), -2.0, 1e-6);
        assert_close((later.eps[i] / lane).into(), 3.0, 1e-6);
    }
}

/// Seconds of any length.
#[test]
fn the_unit_of_time_does_not_matter() {
    type T6 = Taylor<f64, 6>;
    for rate in [1e-250, 1e-100, 1e-40, 1e-12, 1.0, 1e12, 1e40, 1e100, 1e250] {
        let p = T6::variable(0.5);
        let [time, at, later] = growth(p, rate);
        let (expected, back) = ((p / 1.5).ln(), p * 3.0);
        for k in 1..=6 {
            assert_close(time.coefficient(k), -expected.coefficient(k), 1e-13);
            assert_close(at.coefficient(k), 0.0, 1e-13);
            assert_close(later.coefficient(k), back.coefficient(k), 1e-12);
        }
    }
    for rate in [1e-30, 1e-15, 1.0, 1e15, 1e30] {
        let [time, at, later] = growth(Taylor::<f32, 4>::variable(0.5), rate);
        let (expected, back) = ((Taylor::<f64, 4>::variable(0.5) / 1.5).ln(), [3.0, 0.0, 0.0, 0.0]);
        for k in 1..=4 {
            assert_close(f64::from(time.coefficient(k)), -expected.coefficient(k), 1e-5);
            assert_close(f64::from(at.coefficient(k)), 0.0, 1e-5);
            assert_close(f64::from(later.coefficient(k)), back[k - 1], 1e-4);
        }
    }
}

#[test]
fn a_time_or_tolerance_that_is_no_number_is_an_error() {
    type D = Dual<f64, 1>;
    let p = vec![D::variable(1.5, 0), 0.75.into(), 9.81.into()];
    let y = [D::new(0.0, [1.0]), (-2.0).into()];
    for time in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(event(Ball, Floor).at(&y, &p, time.into()).unwrap_err(), OdeError::NotFinite);
    }
    let infinite = f64::INFINITY.into();
    assert_eq!(retime(&Ball, &y, &p, infinite, infinite).unwrap_err(), OdeError::NotFinite);
    let times = retime(&Ball, &y, &p, f64::NAN.into(), f64::NAN.into()).unwrap_err();
    assert!(matches!(times, OdeError::Times { .. }));
    let off = [D::new(0.5, [1.0]), (-2.0).into()];
    for event in [event(Ball, Floor).tolerance(f64::NAN), event(Ball, Floor).absolute_tolerance(f64::NAN)] {
        assert!(matches!(event.at(&off, &p, 1.0.into()), Err(OdeError::Unsolved { .. })));
    }
}
