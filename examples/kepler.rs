//! An orbit of eccentricity 0.5 around a fixed sun, integrated by Taylor series of order 20, with the energy held to the
//! level of rounding over a hundred and twenty periods.
//!
//! Run it with `cargo run --release --example kepler`; with a path after `--` it also plots the drift of the energy there,
//! as SVG.
//!
//! # The method
//!
//! The solution of y′ = f(y) has a Taylor series at every time, and the equation itself tells its coefficients:
//!
//! ```text
//! (k + 1)·y_{k+1} = the coefficient of tᵏ in f(y)
//! ```
//!
//! That coefficient depends on those of y up to the k-th, which are known by then. So f is evaluated on [`Taylor`] numbers
//! once per order, each time on a series that is right one order farther: 20 evaluations make a step. f is an ordinary
//! generic function; nothing of it is differentiated by hand. The step is as long as the last two coefficients allow
//! (Jorba and Zou 2005, *A software package for the numerical integration of ODEs by means of high-order Taylor methods*,
//! section 3.2), and as the series is a polynomial in the time, the orbit is known between the steps too.

use std::f64::consts::TAU;
use std::fmt::Write as _;

use tangents::{Real, Taylor};

const ORDER: usize = 20;
const ECCENTRICITY: f64 = 0.5;
const PERIODS: u32 = 120;

/// Position and velocity.
type State<T> = [T; 4];

/// Newton's law with the sun at the origin, in units in which the major semiaxis is 1 and the period 2π.
fn acceleration<T: Real>([x, y, vx, vy]: State<T>) -> State<T> {
    let square = x * x + y * y;
    let cube = square * square.sqrt();
    [vx, vy, -x / cube, -y / cube]
}

/// Kinetic and potential energy, −1/2 for every orbit of semiaxis 1.
fn energy([x, y, vx, vy]: State<f64>) -> f64 {
    0.5 * (vx * vx + vy * vy) - 1.0 / x.hypot(y)
}

/// The solution through `state` as a series in the time, from the equation order by order.
fn series<const K: usize>(
    f: impl Fn(State<Taylor<f64, K>>) -> State<Taylor<f64, K>>,
    state: State<f64>,
) -> State<Taylor<f64, K>> {
    let mut solution = state.map(Taylor::constant);
    let mut order = 0.0;
    for k in 0..K {
        order += 1.0;
        let slope = f(solution);
        for (y, slope) in solution.iter_mut().zip(&slope) {
            y.coefficients[k] = slope.coefficient(k) / order;
        }
    }
    solution
}

/// The step at which the terms left out are roundings: the distance of the nearest singularity, as the last two
/// coefficients tell it, by e², and a margin.
fn step<const K: usize>(solution: &State<Taylor<f64, K>>) -> f64 {
    let norm = |k: usize| solution.iter().map(|y| y.coefficient(k).abs()).fold(0.0, f64::max);
    let radius = |k: usize, order: f64| (norm(0) / norm(k)).powf(order.recip());
    let order = f64::from(u32::try_from(K).expect("a small order"));
    let radius = radius(K - 1, order - 1.0).min(radius(K, order));
    radius * (-2.0 - 0.7 / (order - 1.0)).exp()
}

/// What happened to the energy: its relative error after each step, and the time of it in periods.
struct Orbit {
    state: State<f64>,
    drift: Vec<(f64, f64)>,
}

fn integrate(start: State<f64>, end: f64) -> Orbit {
    let before = energy(start);
    let mut orbit = Orbit { state: start, drift: vec![(0.0, 0.0)] };
    let mut time = 0.0;
    while time < end {
        let solution = series::<ORDER>(acceleration, orbit.state);
        let h = step(&solution).min(end - time);
        time += h;
        orbit.state = solution.map(|y| y.eval(h));
        orbit.drift.push((time / TAU, (energy(orbit.state) - before) / before));
    }
    orbit
}

fn main() -> std::io::Result<()> {
    // The perihelion.
    let start = [1.0 - ECCENTRICITY, 0.0, 0.0, ((1.0 + ECCENTRICITY) / (1.0 - ECCENTRICITY)).sqrt()];
    let orbit = integrate(start, f64::from(PERIODS) * TAU);

    println!("Kepler orbit, eccentricity {ECCENTRICITY}, {PERIODS} periods, Taylor series of order {ORDER}");
    let steps = orbit.drift.len() - 1;
    let per_period = f64::from(u32::try_from(steps).expect("few steps")) / f64::from(PERIODS);
    assert!((30.0..45.0).contains(&per_period), "{per_period} steps per period");
    println!("between 30 and 45 steps per period: yes");

    let drift = orbit.drift.iter().map(|(_, error)| error.abs()).fold(0.0, f64::max);
    // Some 4500 steps of a rounding or so, which go now up, now down.
    assert!(drift < 5e-14, "the energy drifts by {drift:e}");
    println!("relative drift of the energy below 5e-14: yes");

    // An error δ of the energy is one of 3/2·δ of the frequency, which adds up over the periods.
    let distance = (orbit.state[0] - start[0]).hypot(orbit.state[1] - start[1]);
    assert!(distance < 5e-11, "the planet is {distance:e} from where it started");
    println!("back at the perihelion within 5e-11: yes");

    if let Some(path) = std::env::args_os().nth(1) {
        std::fs::write(path, plot(&orbit.drift))?;
    }
    Ok(())
}

/// The relative error of the energy over the time, in units of the rounding 2⁻⁵³.
fn plot(drift: &[(f64, f64)]) -> String {
    const WIDTH: f64 = 720.0;
    const HEIGHT: f64 = 300.0;
    const LEFT: f64 = 70.0;
    const TOP: f64 = 40.0;
    let rounding = f64::EPSILON / 2.0;
    let largest = drift.iter().map(|(_, error)| error.abs() / rounding).fold(1.0, f64::max);
    // Lines at whole multiples of 1, 2, 5, 10, 20, …, five of them at most to either side.
    let spacing = (0..).flat_map(|k| [1.0, 2.0, 5.0].map(|m| m * 10.0_f64.powi(k)));
    let spacing = spacing.into_iter().find(|s| largest / s <= 5.0).expect("an unbounded range");
    let limit = (largest / spacing).ceil() * spacing;
    let x = |periods: f64| LEFT + periods / f64::from(PERIODS) * WIDTH;
    let y = |roundings: f64| TOP + (1.0 - roundings / limit) * HEIGHT / 2.0;

    let (right, bottom) = (LEFT + WIDTH, TOP + HEIGHT);
    let mut svg = String::new();
    let mut line = |text: std::fmt::Arguments| {
        // Writing to a string doesn't fail.
        let _ = svg.write_fmt(format_args!("{text}\n"));
    };
    line(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" font-family=\"sans-serif\" font-size=\"13\">",
        right + 20.0,
        bottom + 50.0
    ));
    line(format_args!("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>"));
    line(format_args!(
        "<text x=\"{LEFT}\" y=\"24\" font-size=\"15\">Kepler orbit, eccentricity {ECCENTRICITY}: relative error of the energy, \
         in roundings (2⁻⁵³)</text>"
    ));
    let mut level = -limit;
    while level <= limit {
        let at = y(level);
        line(format_args!("<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"#ddd\"/>"));
        line(format_args!(
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{level}</text>",
            LEFT - 8.0,
            at + 4.5
        ));
        level += spacing;
    }
    for periods in (0..=PERIODS).step_by(20).map(f64::from) {
        let at = x(periods);
        line(format_args!("<path d=\"M{at:.1} {bottom}v6\" stroke=\"black\"/>"));
        line(format_args!(
            "<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{periods}</text>",
            bottom + 22.0
        ));
    }
    line(format_args!(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">periods</text>",
        LEFT + WIDTH / 2.0,
        bottom + 42.0
    ));
    line(format_args!("<path d=\"M{LEFT} {TOP}V{bottom}H{right}\" fill=\"none\" stroke=\"black\"/>"));
    let points: Vec<String> = drift
        .iter()
        .step_by(6)
        .map(|&(t, error)| format!("{:.1},{:.1}", x(t), y(error / rounding)))
        .collect();
    line(format_args!("<polyline points=\"{}\" fill=\"none\" stroke=\"#06c\"/>", points.join(" ")));
    line(format_args!("</svg>"));
    svg
}
