//! One derivative against central differences: the first difference, the tableau of extrapolated ones, the verdict.

use super::options::Settings;

/// A derivative is wrong only if it is off by more than SAFETY × the estimated error of the difference.
const SAFETY: f64 = 8.0;

/// A difference may confirm only if its estimated error is below LENIENCE × tolerance.
const LENIENCE: f64 = 4.0;

/// By how much a step is longer than the next. At a whole number, a wave that one step is a multiple of would be
/// missed by all longer steps too, and they would agree with each other.
pub(super) const RATIO: f64 = 1.7;

/// A difference may contradict only if its estimated error is below this fraction of it, or below the tolerance.
const CONVERGED: f64 = 1e-3;

/// A plain difference supports an extrapolated one if its distance to it is below NEARER × its distance to the derivative.
const NEARER: f64 = 0.5;

/// Every slope within a corner is undecided, and that much beyond, which the width may be off by.
const AROUND_A_CORNER: f64 = 1.1;

/// The differences to either side of a smooth function approach each other as the steps, by 1/1.7; beside a corner they
/// keep at least this fraction of their distance.
const STAYS: f64 = 0.8;

/// How many columns the tableau has: steps that one extrapolated difference is made from.
const COLUMNS: usize = 8;

/// How many rows the tableau has before it is believed that it contradicts.
const ROWS_TO_CONTRADICT: usize = 4;

/// What is known of a derivative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// Nothing yet.
    Open,
    /// It agrees, and differs by this fraction of the tolerance.
    Agrees(f64),
    Wrong,
    Undecided,
}

/// A difference with its estimated error.
#[derive(Clone, Copy, Debug)]
struct Estimate {
    value: f64,
    error: f64,
    /// The shortest step that it is made from.
    step: f64,
    /// Whether that step doesn't move the function at all.
    still: bool,
}

impl Estimate {
    const NONE: Self = Self { value: f64::NAN, error: f64::INFINITY, step: f64::NAN, still: false };
}

/// The values of a function a step above and a step below the point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides {
    above: f64,
    below: f64,
    step: f64,
}

impl Sides {
    pub(super) fn new(above: f64, below: f64, step: f64) -> Self {
        Self { above, below, step }
    }

    /// The larger of the values' sizes, of those that are finite.
    fn size(self) -> f64 {
        [self.above, self.below].iter().filter(|x| x.is_finite()).fold(0.0, |size: f64, x| size.max(x.abs()))
    }

    fn all_are(self, center: f64) -> bool {
        self.above == center && self.below == center
    }

    /// Half of what the differences to either side differ by.
    fn bend(self, center: f64) -> f64 {
        ((self.above - center) - (center - self.below)).abs() / (2.0 * self.step)
    }

    fn are_finite(self) -> bool {
        self.above.is_finite() && self.below.is_finite()
    }

    /// NaN where values aren't finite and only finite ones say something.
    fn difference(self, settings: &Settings) -> f64 {
        if settings.finite && !self.are_finite() {
            return f64::NAN;
        }
        // Equal infinities differ by nothing, as in JAX.
        let rise = if self.above == self.below { 0.0 } else { self.above - self.below };
        rise / (2.0 * self.step)
    }
}

/// One derivative on trial.
///
/// The difference of the first step confirms if it agrees, unless the function bends in that step by more than it rises: then
/// the step may be longer than a peak is wide, and the difference 0 as a derivative that was lost. Otherwise more differences are taken, of steps that shrink
/// from a length on which functions vary to one where rounding is all that is left, and extrapolated to step 0
/// (Ridders 1982: Richardson's extrapolation with a choice of the entry whose neighbours differ least; that is the
/// estimate of its error). An extrapolated difference contradicts if it is outside the tolerance and outside its own
/// error, in two rows that agree with each other, and if the differences of the first step and of the finest side with
/// it: differences of steps that are long beside the waves of a function may agree with each other and still be wrong.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judge {
    derivative: f64,
    verdict: Verdict,
    /// The function at the point.
    center: f64,
    /// The size of the function at the point and nearby. Values further away, beyond a pole perhaps, say nothing of
    /// the rounding here.
    size: f64,
    /// The longest step of the tableau, as the length on which the function is sampled.
    reach: f64,
    /// The difference of the first step, and that step.
    first: (f64, f64),
    /// Whether the function bends in that step by more than it rises.
    bends: bool,
    /// The difference of the shortest step, and that step.
    finest: (f64, f64),
    /// Half of what the differences to either side differ by in the shortest step.
    finest_bend: f64,
    row: [f64; COLUMNS],
    rows: usize,
    /// The best of the row before.
    latest: Estimate,
    /// Whether that contradicted.
    contradicted: bool,
    best: Estimate,
    corner: Corner,
    /// The value above the point, until that below it is there.
    held: f64,
}

impl Judge {
    /// The judge of the last of these derivatives, which are given in order from the value on.
    ///
    /// A derivative carries the rounding of what it is computed with, and so do differences of it: where the value is
    /// 1 on a length of ¼, a slope below 4 isn't good to ε of itself.
    pub(super) fn new(orders: &[f64], reach: f64) -> Self {
        let (&derivative, lower) = orders.split_last().unwrap_or((&f64::NAN, &[]));
        let value = lower.last().map_or(f64::NAN, |&value| value);
        let size = lower.iter().filter(|x| x.is_finite()).fold(0.0, |size: f64, x| x.abs().max(size / reach));
        Self {
            derivative,
            verdict: Verdict::Open,
            center: value,
            size,
            reach,
            first: (f64::NAN, 0.0),
            bends: false,
            finest: (f64::NAN, 0.0),
            finest_bend: f64::NAN,
            row: [0.0; COLUMNS],
            rows: 0,
            latest: Estimate::NONE,
            contradicted: false,
            best: Estimate::NONE,
            corner: Corner::default(),
            held: f64::NAN,
        }
    }

    /// The judge for where no difference can be taken.
    pub(super) fn without_differences(self) -> Self {
        Self { verdict: Verdict::Undecided, ..self }
    }

    pub(super) fn hold(&mut self, above: f64) {
        self.held = above;
    }

    pub(super) fn held(&self) -> f64 {
        self.held
    }

    pub(super) fn verdict(&self) -> Verdict {
        self.verdict
    }

    pub(super) fn is_open(&self) -> bool {
        self.verdict == Verdict::Open
    }

    /// Difference, error, step and tolerance of the verdict.
    pub(super) fn grounds(&self, settings: &Settings) -> [f64; 4] {
        let Estimate { value, error, step, .. } = self.best;
        [value, error, step, self.tolerance(value, settings)]
    }

    /// Tries the difference of the first step.
    pub(super) fn open(&mut self, sides: Sides, settings: &Settings) {
        self.size = sides.size().max(self.size);
        let value = sides.difference(settings);
        self.first = (value, sides.step);
        self.best =
            Estimate { value, error: f64::INFINITY, step: sides.step, still: sides.all_are(self.center) };
        let rounding = settings.epsilon * self.center.abs() / sides.step;
        self.bends = sides.bend(self.center) - rounding > value.abs().max(self.tolerance(value, settings));
        let nan = self.derivative.is_nan() && value.is_nan() && !settings.finite;
        if self.bends {
            // Beyond a peak, or a whole wave on: a difference of this step says nothing of the slope.
        } else if self.derivative == value || nan {
            self.verdict = Verdict::Agrees(0.0);
        } else if self.derivative.is_nan() && value.is_finite() {
            // No step makes a number of it.
            self.best.error = 0.0;
            self.verdict = Verdict::Wrong;
        } else {
            self.agrees_with(value, settings);
        }
    }

    /// Hears the value at the point.
    pub(super) fn center(&mut self, center: f64) {
        self.center = center;
    }

    /// Starts a tableau, with the difference of the shortest step that it may come to.
    pub(super) fn restart(&mut self, finest: Sides, settings: &Settings) {
        self.finest = (finest.difference(settings), finest.step);
        self.finest_bend = finest.bend(self.center);
        self.clear();
    }

    fn clear(&mut self) {
        (self.rows, self.contradicted, self.latest, self.corner) =
            (0, false, Estimate::NONE, Corner::default());
    }

    /// Adds a row to the tableau.
    pub(super) fn extrapolate(&mut self, sides: Sides, settings: &Settings) {
        let difference = sides.difference(settings);
        if !difference.is_finite() {
            // The step leaves the domain; a shorter one may not.
            self.clear();
            return;
        }
        let rounding = settings.sampled * sides.size().max(self.size) / sides.step;
        self.corner.see(sides, self.center, rounding);

        let plain = Estimate {
            value: difference,
            error: f64::INFINITY,
            step: sides.step,
            still: sides.all_are(self.center),
        };
        let current = self.next_row(plain, rounding);
        let tolerance = self.tolerance(current.value, settings);
        // In units of their tolerances: the differences of steps that are too long are small, and so are their errors.
        if current.error * self.tolerance(self.best.value, settings) <= self.best.error * tolerance {
            self.best = current;
        }
        let confirms = current.error <= LENIENCE * tolerance && self.is_confirmed(current, settings);
        if confirms && self.agrees_with(current.value, settings) {
            self.best = current;
            return;
        }
        let contradicts = self.rows >= ROWS_TO_CONTRADICT && self.is_outside(current, tolerance);
        let repeated =
            (current.value - self.latest.value).abs() <= SAFETY * (current.error + self.latest.error);
        let seconded = self.seconds(self.finest, current, settings)
            && (self.bends || self.seconds(self.first, current, settings));
        if contradicts && self.contradicted && repeated && seconded {
            self.best = current;
            self.call_wrong(settings);
        }
        (self.contradicted, self.latest) = (contradicts, current);
    }

    /// Decides with what there is: no more rows will come.
    pub(super) fn close(&mut self, settings: &Settings) {
        let tolerance = self.tolerance(self.best.value, settings);
        if !self.best.value.is_finite() || !self.agrees_with(self.best.value, settings) {
            if self.is_outside(self.best, tolerance) && self.seconds(self.finest, self.best, settings) {
                self.call_wrong(settings);
            } else {
                self.verdict = Verdict::Undecided;
            }
        }
    }

    /// The next row of the tableau: in column c the difference from the last c + 1 steps, free of errors up to
    /// the power h²ᶜ; and the best of it.
    fn next_row(&mut self, plain: Estimate, rounding: f64) -> Estimate {
        let mut best = plain;
        let (mut entry, mut power) = (plain.value, 1.0);
        for c in 0..COLUMNS {
            let above = core::mem::replace(&mut self.row[c], entry);
            if c == self.rows || c + 1 == COLUMNS {
                break;
            }
            power *= RATIO * RATIO;
            let next = entry + (entry - above) / (power - 1.0);
            let error = (next - entry).abs().max((next - above).abs()) + rounding;
            if error < best.error {
                best = Estimate { value: next, error, ..plain };
            }
            entry = next;
        }
        self.rows += 1;
        best
    }

    fn tolerance(&self, difference: f64, settings: &Settings) -> f64 {
        let floor = finite_or_zero(settings.floor * self.size / self.reach);
        settings.atol + settings.tiny + floor + finite_or_zero(settings.rtol * difference.abs())
    }

    fn agrees_with(&mut self, difference: f64, settings: &Settings) -> bool {
        let distance = (self.derivative - difference).abs();
        let tolerance = self.tolerance(difference, settings);
        let agrees = distance <= tolerance;
        if agrees {
            self.verdict = Verdict::Agrees(distance / tolerance);
        }
        agrees
    }

    /// Whether the derivative is outside the tolerance of a difference that has converged, and outside its error.
    fn is_outside(&self, difference: Estimate, tolerance: f64) -> bool {
        let distance = (self.derivative - difference.value).abs();
        let converged = difference.error <= tolerance.max(CONVERGED * difference.value.abs());
        converged && distance > tolerance.max(SAFETY * difference.error)
    }

    /// Whether a plain difference, of a certain step, is nearer to an extrapolated one than to the derivative, or equal
    /// to it up to rounding.
    fn seconds(&self, (plain, step): (f64, f64), difference: Estimate, settings: &Settings) -> bool {
        let distance = (plain - difference.value).abs();
        let rounding = settings.sampled * self.size / step;
        !plain.is_finite()
            || distance < NEARER * (plain - self.derivative).abs()
            || distance < SAFETY * rounding
    }

    /// Whether the difference of the finest step, noisy as it is, is near an extrapolated one: those of steps that are long
    /// beside a peak agree on 0.
    fn is_confirmed(&self, difference: Estimate, settings: &Settings) -> bool {
        let (finest, step) = self.finest;
        let rounding = settings.sampled * self.size / step;
        let noise = self.tolerance(difference.value, settings) + SAFETY * rounding;
        let distance = (finest - difference.value).abs();
        !finest.is_finite() || distance <= noise.max(NEARER * finest.abs())
    }

    /// Half the width of a corner that is one of many: steps longer than their distance see a smooth function, whose bend
    /// would be much smaller in the shortest step.
    fn corner_within_the_steps(&self, settings: &Settings) -> Option<f64> {
        let step = self.finest.1;
        let rounding = settings.sampled * self.size / step;
        let of_smooth = self.corner.width * step / self.corner.step;
        (self.finest_bend > SAFETY * rounding.max(of_smooth)).then_some(self.finest_bend)
    }

    fn call_wrong(&mut self, settings: &Settings) {
        let distance = (self.derivative - self.best.value).abs();
        let corner = self.corner.width().or_else(|| self.corner_within_the_steps(settings));
        let corner = corner.filter(|width| distance <= AROUND_A_CORNER * width);
        // A slope that would take the function out of its size within the finest step: if it is right, no step shows it.
        let steep = self.size > 0.0 && self.derivative.abs() * self.finest.1 > self.size;
        // Where something larger has swallowed the coordinate, no step shows anything.
        let unseen = self.derivative.is_finite() && (steep || self.best.still);
        self.verdict = if corner.is_some() || unseen {
            self.best.error = corner.unwrap_or(distance);
            Verdict::Undecided
        } else {
            Verdict::Wrong
        };
    }
}

/// `x`, or 0 where it isn't finite: no tolerance may be infinite.
pub(super) fn finite_or_zero(x: f64) -> f64 {
    if x.is_finite() { x } else { 0.0 }
}

/// Whether the function has a corner at the point: there the differences to either side stay apart however short the
/// step, and every slope between them is a derivative.
#[derive(Clone, Copy, Debug, Default)]
struct Corner {
    /// Half of what the differences to either side differ by.
    width: f64,
    /// The latest step, which has this width.
    step: f64,
    /// In how many steps, up to the latest, it hasn't shrunk.
    steps: usize,
}

impl Corner {
    fn see(&mut self, sides: Sides, center: f64, rounding: f64) {
        let width = sides.bend(center);
        // In a smooth function it shrinks as the step.
        let stays = width > STAYS * self.width && width > SAFETY * rounding;
        self.steps = if stays { self.steps + 1 } else { 0 };
        (self.width, self.step) = (width, sides.step);
    }

    fn width(&self) -> Option<f64> {
        (self.steps >= ROWS_TO_CONTRADICT).then_some(self.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::options::CheckOptions;

    /// The verdict on a derivative of `f` at 0, with the number of rows it took.
    fn judge(f: impl Fn(f64) -> f64, derivative: f64) -> (Verdict, usize) {
        let settings = CheckOptions::order(1).strict().settle::<f64, f64>().unwrap();
        let sides = |step| Sides::new(f(step), f(-step), step);
        let mut judge = Judge::new(&[f(0.0), derivative], 0.25);
        judge.open(sides(settings.step), &settings);
        judge.center(f(0.0));
        judge.restart(sides(0.25 * RATIO.powi(-33)), &settings);
        let (mut step, mut rows) = (0.25, 0);
        while judge.is_open() && rows < 34 {
            judge.extrapolate(sides(step), &settings);
            (step, rows) = (step / RATIO, rows + 1);
        }
        if judge.is_open() {
            judge.close(&settings);
        }
        (judge.verdict(), rows)
    }

    #[test]
    fn a_smooth_function_is_accepted_by_the_first_difference() {
        assert!(matches!(judge(f64::sin, 1.0), (Verdict::Agrees(_), 0)));
    }

    #[test]
    fn waves_shorter_than_the_first_steps_call_nothing_wrong() {
        for frequency in [1e1, 1e2, 1e3, 1e4, 1e5, 1e6] {
            for amplitude in [1.0, 1e-2, 1e-4] {
                let f = |x: f64| (1.0 + x).exp() + amplitude * (frequency * x + 1.0).sin();
                let slope = 1_f64.exp() + amplitude * frequency * 1_f64.cos();
                let (verdict, _) = judge(f, slope);
                assert!(matches!(verdict, Verdict::Agrees(_)), "{frequency} {amplitude}: {verdict:?}");
                let (verdict, _) = judge(f, slope * (1.0 + 1e-4));
                assert_eq!(verdict, Verdict::Wrong, "{frequency} {amplitude}");
            }
        }
    }

    #[test]
    fn a_corner_among_many_is_told_from_a_wrong_slope() {
        // Slopes 20 and 21 at 0.
        let ramps = |x: f64| (-20..=20).map(|i| (x - 0.05 * f64::from(i)).max(0.0)).sum::<f64>();
        assert_eq!(judge(ramps, 20.0).0, Verdict::Undecided);
        assert_eq!(judge(ramps, 21.0).0, Verdict::Undecided);
        assert_eq!(judge(ramps, 20.3).0, Verdict::Undecided);
        assert!(matches!(judge(ramps, 20.5).0, Verdict::Agrees(_)));
        assert_eq!(judge(ramps, 19.0).0, Verdict::Wrong);
        assert_eq!(judge(ramps, 22.0).0, Verdict::Wrong);
        // Beside a corner, nearer than the shortest step.
        assert_eq!(judge(|x| ramps(x + 1e-10), 21.0).0, Verdict::Undecided);
        // A table of the sine, linear between knots, at one of them.
        let knot = |i: f64| (1.05 + 0.05 * i).sin();
        let table = |x: f64| {
            let i = (x / 0.05).floor();
            knot(i) + (x / 0.05 - i) * (knot(i + 1.0) - knot(i))
        };
        assert_eq!(judge(table, (knot(1.0) - knot(0.0)) / 0.05).0, Verdict::Undecided);
        assert_eq!(judge(table, 0.4).0, Verdict::Wrong);
    }

    #[test]
    fn a_corner_is_told_from_a_wrong_slope() {
        assert_eq!(judge(f64::abs, 1.0).0, Verdict::Undecided);
        assert_eq!(judge(f64::abs, -1.0).0, Verdict::Undecided);
        assert_eq!(judge(f64::abs, 1.2).0, Verdict::Wrong);
        assert_eq!(judge(|x| x.max(0.0) + x.cos(), 1.0).0, Verdict::Undecided);
        // To one side it doesn't move.
        assert_eq!(judge(|x| x.max(0.0), 2.0).0, Verdict::Wrong);
    }

    #[test]
    fn a_function_that_does_not_move_decides_nothing() {
        assert_eq!(judge(|x| (1e20 + x) - 1e20, 1.0).0, Verdict::Undecided);
        assert!(matches!(judge(|_| 1.0, 0.0).0, Verdict::Agrees(_)));
    }

    #[test]
    fn noise_and_missing_values_are_undecided() {
        // A rounding to nine places is a noise of 10⁻⁹.
        let noisy = |x: f64| (1e9 * (1.0 + x).sin()).round() / 1e9;
        assert!(matches!(judge(noisy, 1_f64.cos()).0, Verdict::Agrees(_) | Verdict::Undecided));
        assert_eq!(judge(f64::sqrt, f64::INFINITY).0, Verdict::Undecided);
        assert_eq!(judge(f64::cbrt, f64::INFINITY).0, Verdict::Undecided);
        assert_eq!(judge(f64::sin, f64::INFINITY).0, Verdict::Wrong);
        assert_eq!(judge(|x| if x == 0.0 { 0.0 } else { (1.0 / x).sin() }, 0.3).0, Verdict::Undecided);
    }

    #[test]
    fn a_nan_is_wrong_where_the_difference_is_finite_and_undecided_where_it_is_nan() {
        assert_eq!(judge(f64::sin, f64::NAN).0, Verdict::Wrong);
        assert_eq!(judge(|_| f64::NAN, f64::NAN).0, Verdict::Undecided);
        assert_eq!(judge(|_| f64::NAN, 1.0).0, Verdict::Undecided);
    }

    // ---- The constants: each of these fails if one is ten times as large or as small ----

    fn settings(atol: f64) -> Settings {
        CheckOptions::order(1).tolerances(atol, 0.0).settle::<f64, f64>().unwrap()
    }

    /// The judge of the derivative 1 of a function that is 0 at the point, after the differences of these steps.
    fn judge_of_differences(derivative: f64, atol: f64, differences: &[f64], finest: f64) -> Judge {
        let settings = settings(atol);
        let sides = |difference: f64, step: f64| Sides::new(difference * step, -difference * step, step);
        let mut judge = Judge::new(&[0.0, derivative], 0.25);
        judge.open(sides(finest, 1e-4), &settings);
        judge.restart(sides(finest, 1e-9), &settings);
        let mut step = 0.25;
        for &difference in differences {
            judge.extrapolate(sides(difference, step), &settings);
            step /= RATIO;
        }
        judge
    }

    /// The best of the tableau's last row.
    fn latest(differences: &[f64]) -> Estimate {
        judge_of_differences(1e9, 1e-12, differences, 1e3).latest
    }

    #[test]
    fn a_difference_confirms_if_its_error_is_below_four_tolerances() {
        let differences = [1.0, 1.0 + 1e-3];
        let Estimate { value, error, .. } = latest(&differences);
        for (tolerances, confirmed) in [(1.0, true), (3.9, true), (4.1, false), (39.0, false)] {
            // The finest difference agrees, the first is the same one and must not confirm by itself.
            let settings = settings(error / tolerances);
            let mut judge = judge_of_differences(1e9, 1e-12, &differences[..1], value);
            judge.derivative = value;
            judge.verdict = Verdict::Open;
            let step = 0.25 / RATIO;
            judge.extrapolate(Sides::new(differences[1] * step, -differences[1] * step, step), &settings);
            assert_eq!(!judge.is_open(), confirmed, "{tolerances}");
        }
    }

    #[test]
    fn a_derivative_is_outside_beyond_eight_errors_of_a_difference_that_has_converged() {
        let judge = Judge::new(&[0.0, 1.0], 0.25);
        let outside = |value: f64, error: f64, tolerance: f64| {
            judge.is_outside(Estimate { value, error, step: 0.1, still: false }, tolerance)
        };
        // 8 errors, and the tolerance.
        assert!(outside(1.01, 1e-3, 1e-4) && outside(1.0085, 1e-3, 1e-4) && !outside(1.0075, 1e-3, 1e-4));
        assert!(!outside(1.005, 1e-5, 1e-2) && outside(1.015, 1e-5, 1e-2));
        // A thousandth of the difference, or the tolerance.
        assert!(outside(3.0, 2.9e-3, 0.0) && !outside(3.0, 3.1e-3, 0.0) && outside(3.0, 3.1e-3, 4e-3));
    }

    #[test]
    fn two_rows_after_the_third_contradict() {
        for f in [f64::sin, f64::exp, |x: f64| x.powi(3) + x] {
            assert_eq!(judge(f, 1.01), (Verdict::Wrong, ROWS_TO_CONTRADICT + 1));
        }
        assert_eq!(judge(f64::sin, 1.01).1, 5);
    }

    #[test]
    fn a_plain_difference_seconds_what_is_twice_as_near_as_the_derivative_or_within_rounding() {
        let settings = settings(0.0);
        let mut judge = Judge::new(&[1.0, 1.0], 0.25);
        judge.size = 100.0;
        let extrapolated = |value| Estimate { value, error: 0.0, step: 0.1, still: false };
        // The derivative is 1, the plain difference 2, of a step at which rounding is 2e-11.
        let seconds = |value| judge.seconds((2.0, 1e-3), extrapolated(value), &settings);
        assert!(seconds(2.45) && !seconds(2.55) && seconds(1.55) && !seconds(1.45) && !seconds(6.0));
        // At the derivative itself: 8 roundings.
        let rounding = 100.0 * settings.sampled / 1e-3;
        let seconds = |value| judge.seconds((1.0, 1e-3), extrapolated(value), &settings);
        assert!(seconds(1.0 + 7.5 * rounding) && !seconds(1.0 + 8.5 * rounding));
        assert!(judge.seconds((f64::NAN, 1e-3), extrapolated(7.0), &settings));
    }

    #[test]
    fn a_confirmation_is_within_half_the_finest_difference_or_eight_roundings_of_it() {
        let settings = settings(1e-10);
        let mut judge = Judge::new(&[1.0, 1.0], 0.25);
        (judge.size, judge.finest) = (100.0, (2.0, 1e-3));
        let confirmed = |judge: &Judge, value| {
            judge.is_confirmed(Estimate { value, error: 0.0, step: 0.1, still: false }, &settings)
        };
        // The finest difference is 2, and its half is more than rounding.
        for (value, is) in [(2.9, true), (3.1, false), (1.1, true), (0.9, false), (-2.0, false)] {
            assert_eq!(confirmed(&judge, value), is, "{value}");
        }
        judge.finest = (0.0, 1e-3);
        let slack = 1e-10 + settings.tiny + 100.0 * 8.0 * settings.sampled / 1e-3;
        assert!(confirmed(&judge, 0.99 * slack) && !confirmed(&judge, 1.01 * slack));
    }

    #[test]
    fn a_corner_keeps_four_fifths_of_its_width_for_four_steps() {
        let corner = |ratio: f64, steps: i32| {
            let mut corner = Corner::default();
            for k in 0..steps {
                // Both sides above the value at the point, by ratioᵏ·step.
                let step = 0.1 * 0.5_f64.powi(k);
                let rise = ratio.powi(k) * step;
                corner.see(Sides::new(rise, rise, step), 0.0, 1e-3);
            }
            corner.width()
        };
        assert!(corner(1.0, 4).is_some() && corner(1.0, 3).is_none());
        assert!(corner(0.85, 8).is_some() && corner(0.75, 8).is_none() && corner(0.1, 8).is_none());
        // Within eight roundings it is none.
        let within = |rounding: f64| {
            let mut corner = Corner::default();
            (0..5).for_each(|_| corner.see(Sides::new(0.1, 0.1, 0.1), 0.0, rounding));
            corner.width().is_some()
        };
        assert!(within(0.12) && !within(0.13) && !within(1.0));
    }

    #[test]
    fn slopes_of_a_corner_and_a_tenth_beyond_are_undecided() {
        for (slope, verdict) in [
            (0.99, Verdict::Undecided),
            (1.08, Verdict::Undecided),
            (-1.08, Verdict::Undecided),
            (1.12, Verdict::Wrong),
            (-2.0, Verdict::Wrong),
            (10.0, Verdict::Wrong),
        ] {
            assert_eq!(judge(f64::abs, slope).0, verdict, "{slope}");
            assert_eq!(judge(|x| 3.0 * x.abs(), 3.0 * slope).0, verdict, "{slope} of a wider one");
        }
    }

    #[test]
    fn a_tableau_of_eight_columns_is_exact_for_seven_even_powers() {
        // Of f = x + x¹⁵ the differences are 1 + h¹⁴: the eighth column has no error. Of x¹⁷ it has one.
        let last = |difference: fn(f64) -> f64, rows: i32| {
            let mut judge = Judge::new(&[0.0, 5.0], 0.25);
            for k in 0..rows {
                let step = 2.0 * RATIO.powi(-k);
                let plain = Estimate { value: difference(step), error: f64::INFINITY, step, still: false };
                let best = judge.next_row(plain, 0.0);
                assert!(judge.row.contains(&best.value), "row {k}: {best:?}");
            }
            judge.row[COLUMNS - 1]
        };
        let (exact, inexact) = (last(|h| 1.0 + h.powi(14), 9), last(|h| 1.0 + h.powi(16), 9));
        assert!((exact - 1.0).abs() < 1e-14, "{exact}");
        assert!((inexact - 1.0).abs() > 1e-12, "{inexact}");
        // Here a ninth column would be better than the eighth, from the ninth row on.
        last(|h| (1.0 + h * h).recip(), 12);
    }

    #[test]
    fn a_tableau_that_starts_anew_has_forgotten_the_one_before() {
        let settings = settings(1e-12);
        let fresh = |judge: &Judge| {
            assert!((judge.rows, judge.contradicted, judge.corner.steps) == (0, false, 0));
            assert!(judge.latest.value.is_nan());
            // The first row has nothing to be extrapolated with.
            let plain = Estimate { value: 1.0, error: f64::INFINITY, step: 0.1, still: false };
            assert_eq!(judge.clone().next_row(plain, 0.0).error, f64::INFINITY);
        };
        let mut judge = judge_of_differences(7.0, 1e-12, &[1.0; 4], 7.0);
        assert!((judge.rows, judge.contradicted) == (4, true));
        let mut at_a_pole = judge;
        judge.restart(Sides::new(0.1, -0.1, 0.1), &settings);
        fresh(&judge);
        at_a_pole.extrapolate(Sides::new(f64::INFINITY, 0.0, 0.01), &settings);
        fresh(&at_a_pole);
    }

    #[test]
    fn two_rows_that_differ_by_more_than_their_errors_contradict_nothing() {
        let verdict_after = |latest: f64| {
            let mut judge = judge_of_differences(7.0, 1e-12, &[1.0; 4], 1.0);
            assert!(judge.is_open() && judge.contradicted);
            judge.latest = Estimate { value: latest, error: 1e-6, ..judge.latest };
            let step = 0.25 * RATIO.powi(-4);
            judge.extrapolate(Sides::new(step, -step, step), &settings(1e-12));
            judge.verdict()
        };
        assert_eq!(verdict_after(1.0 + 7.5e-6), Verdict::Wrong);
        assert_eq!(verdict_after(1.0 + 8.5e-6), Verdict::Open);
    }

    #[test]
    fn the_best_difference_has_the_smallest_error_in_units_of_its_tolerance() {
        let settings = CheckOptions::order(1).tolerances(0.0, 1e-3).settle::<f64, f64>().unwrap();
        let best = |differences: &[f64]| {
            let mut judge = Judge::new(&[0.0, 7.0], 0.25);
            judge.open(Sides::new(7e-4, -7e-4, 1e-4), &settings);
            judge.verdict = Verdict::Open;
            judge.restart(Sides::new(7e-9, -7e-9, 1e-9), &settings);
            for (k, difference) in (0..).zip(differences) {
                let step = 0.25 * RATIO.powi(-k);
                judge.extrapolate(Sides::new(difference * step, -difference * step, step), &settings);
            }
            judge.best.value
        };
        // An error of 1e-7 is a tenth of the first two, and one of 1e-6 a millionth of the next.
        let converged = [1e-6, 1.1e-6, 1.0, 1.0 + 1e-6];
        assert!((best(&converged) - 1.0).abs() < 1e-5, "{}", best(&converged));
        // Later ones with larger errors, of the same size or tiny, aren't better.
        for later in [1.5, 1.0 + 1e-3, 1e-6] {
            let differences = [&converged[..], &[later]].concat();
            assert!((best(&differences) - 1.0).abs() < 1e-5, "{later}: {}", best(&differences));
        }
    }

    #[test]
    fn the_size_of_a_function_is_that_of_its_finite_values() {
        assert_eq!(Sides::new(-3.0, 2.0, 0.1).size(), 3.0);
        assert_eq!(Sides::new(-0.25, 0.5, 0.1).size(), 0.5);
        assert_eq!(Sides::new(f64::INFINITY, -0.5, 0.1).size(), 0.5);
        assert_eq!(Judge::new(&[-0.125, 7.0], 0.25).size, 0.125);
        // Of a second derivative, that of the slope, or what the value says of it over the length.
        assert_eq!(Judge::new(&[5.0, 0.5, 7.0], 0.25).size, 20.0);
        assert_eq!(Judge::new(&[f64::NAN, 0.5, 7.0], 0.25).size, 0.5);
    }

    #[test]
    fn a_function_that_is_scaled_is_judged_the_same() {
        for scale in [1e-280, 1e-100, 1e-9, 1e9, 1e100] {
            for (slope, wrong) in [(1.0, false), (1.0 + 1e-7, false), (1.0 + 1e-5, true), (0.0, true)] {
                let verdict = judge(|x| scale * (x.sin() + 0.5), scale * slope).0;
                assert_eq!(verdict == Verdict::Wrong, wrong, "{scale} {slope}: {verdict:?}");
                assert!(matches!(verdict, Verdict::Wrong | Verdict::Agrees(_)));
            }
        }
        // Where it underflows, what is left of it is rounding.
        let settings = settings(0.0);
        assert_eq!(Judge::new(&[0.0, 0.0], 0.25).tolerance(0.0, &settings), settings.tiny);
        assert!(settings.tiny > 0.0);
    }

    #[test]
    fn the_rounding_of_a_difference_is_that_of_values_over_the_step() {
        let settings = settings(1e-20);
        let mut judge = Judge::new(&[1e6, 7.0], 0.25);
        judge.restart(Sides::new(0.0, 0.0, 1e-9), &settings);
        for step in [0.5, 0.25] {
            judge.extrapolate(Sides::new(step, -step, step), &settings);
        }
        assert_eq!(judge.latest.error, settings.sampled * 1e6 / 0.25);
    }

    #[test]
    fn agreement_is_a_fraction_of_the_tolerance_and_what_agrees_at_last_is_accepted() {
        let settings = settings(1e-2);
        for (derivative, fraction) in [(1.0, 0.0), (1.005, 0.5), (0.9925, 0.75)] {
            let mut judge = Judge::new(&[0.0, derivative], 0.25);
            judge.open(Sides::new(0.1, -0.1, 0.1), &settings);
            let Verdict::Agrees(found) = judge.verdict() else { panic!("{judge:?}") };
            assert!((found - fraction).abs() < 1e-9, "{derivative}: {found}");
        }
        // Of an error that neither confirms nor contradicts.
        for (derivative, verdict) in [(1.005, true), (1.02, false)] {
            let mut judge = Judge::new(&[0.0, derivative], 0.25);
            judge.best = Estimate { value: 1.0, error: 1.0, step: 0.1, still: false };
            judge.close(&settings);
            assert_eq!(matches!(judge.verdict(), Verdict::Agrees(_)), verdict);
            assert!(!judge.is_open());
        }
    }

    #[test]
    fn a_slope_that_no_step_can_show_is_undecided() {
        // Within the finest step, 6e-9, it would leave the size of the function, 0.5.
        assert_eq!(judge(|x| 0.5 + x.sin() / 4.0, 1e12).0, Verdict::Undecided);
        assert_eq!(judge(|x| 0.5 + x.sin() / 4.0, 1e6).0, Verdict::Wrong);
        // Not where the function is 0, and its size unknown because the first step leaves the domain.
        assert_eq!(judge(|x| (1e5 * x).atanh(), 1.0).0, Verdict::Wrong);
    }

    #[test]
    fn a_nan_is_wrong_without_a_doubt() {
        let settings = settings(1e-6);
        let mut judge = Judge::new(&[0.0, f64::NAN], 0.25);
        judge.open(Sides::new(0.1, -0.1, 0.1), &settings);
        assert_eq!(judge.grounds(&settings)[..2], [1.0, 0.0]);
    }

    #[test]
    fn no_step_of_a_tableau_is_a_whole_multiple_of_another() {
        for k in 1..40 {
            let ratio = RATIO.powi(k);
            assert!((ratio - ratio.round()).abs() > 1e-3 * ratio.min(1.0), "{k}: {ratio}");
        }
        const { assert!(RATIO > 1.5 && RATIO < 2.0) };
    }

    #[test]
    fn a_first_difference_says_nothing_where_the_function_bends_more_than_it_rises() {
        let settings = settings(1e-6);
        let open = |above: f64, below: f64, derivative: f64| {
            let mut judge = Judge::new(&[0.0, derivative], 0.25);
            judge.open(Sides::new(above, below, 0.1), &settings);
            judge.is_open()
        };
        // Differences 1, 1 and 0: a bend of 0.9, of 1.1, of 1e-7 and of 1e-5.
        assert!(!open(0.19, -0.01, 1.0) && open(0.21, 0.01, 1.0));
        assert!(!open(1e-8, 1e-8, 0.0) && open(1e-6, 1e-6, 0.0));
        // What the value's own rounding makes is no bend.
        let mut judge = Judge::new(&[1e9, 0.0], 0.25);
        judge.open(Sides::new(1e9 + 2e-7, 1e9 + 2e-7, 0.1), &settings);
        assert!(!judge.is_open());
    }
}
