//! One derivative against central differences: the first difference, the tableau of extrapolated ones, the verdict.

use super::options::Settings;

/// How many times the estimated error of a difference a true mismatch exceeds at least.
const SAFETY: f64 = 8.0;

/// How many times the tolerance the estimated error of a difference is at most that acquits.
const LENIENCE: f64 = 4.0;

/// By how much a step is longer than the next. At a whole number, a wave that one step is a multiple of would be
/// missed by all longer steps too, and they would agree with each other.
pub(super) const RATIO: f64 = 1.7;

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

    fn difference(self) -> f64 {
        // Equal infinities differ by nothing, as in JAX.
        let rise = if self.above == self.below { 0.0 } else { self.above - self.below };
        rise / (2.0 * self.step)
    }
}

/// One derivative on trial.
///
/// The difference of the first step acquits if it agrees. Otherwise more differences are taken, of steps that shrink
/// from a length on which functions vary to one where rounding is all that is left, and extrapolated to step 0
/// (Ridders 1982: Richardson's extrapolation with a choice of the entry whose neighbours differ least; that is the
/// estimate of its error). An extrapolated difference convicts if it is outside the tolerance and outside its own
/// error, in two rows that agree with each other, and if the differences of the first step and of the finest side with
/// it: differences of steps that are long beside the waves of a function may agree with each other and still be wrong.
#[derive(Clone, Copy, Debug)]
pub struct Judge {
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
    /// The difference of the shortest step, and that step.
    finest: (f64, f64),
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
            finest: (f64::NAN, 0.0),
            row: [0.0; COLUMNS],
            rows: 0,
            latest: Estimate::NONE,
            contradicted: false,
            best: Estimate::NONE,
            corner: Corner::default(),
            held: f64::NAN,
        }
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
        let value = sides.difference();
        self.first = (value, sides.step);
        self.best =
            Estimate { value, error: f64::INFINITY, step: sides.step, still: sides.all_are(self.center) };
        if self.derivative == value || (self.derivative.is_nan() && value.is_nan()) {
            self.verdict = Verdict::Agrees(0.0);
        } else if self.derivative.is_nan() && value.is_finite() {
            // No step makes a number of it.
            self.best.error = 0.0;
            self.verdict = Verdict::Wrong;
        } else {
            self.acquit(value, settings);
        }
    }

    /// Hears the value at the point.
    pub(super) fn center(&mut self, center: f64) {
        self.center = center;
    }

    /// Starts a tableau, with the difference of the shortest step that it may come to.
    pub(super) fn restart(&mut self, finest: Sides) {
        self.finest = (finest.difference(), finest.step);
        self.clear();
    }

    fn clear(&mut self) {
        (self.rows, self.contradicted, self.latest, self.corner) =
            (0, false, Estimate::NONE, Corner::default());
    }

    /// Adds a row to the tableau.
    pub(super) fn extrapolate(&mut self, sides: Sides, settings: &Settings) {
        let difference = sides.difference();
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
        if current.error <= LENIENCE * tolerance && self.acquit(current.value, settings) {
            self.best = current;
            return;
        }
        let contradicts = self.rows >= ROWS_TO_CONTRADICT && self.is_outside(current, tolerance);
        let repeated =
            (current.value - self.latest.value).abs() <= SAFETY * (current.error + self.latest.error);
        let seconded = [self.first, self.finest].iter().all(|&plain| self.seconds(plain, current, settings));
        if contradicts && self.contradicted && repeated && seconded {
            self.best = current;
            self.convict();
        }
        (self.contradicted, self.latest) = (contradicts, current);
    }

    /// Decides with what there is: no more rows will come.
    pub(super) fn close(&mut self, settings: &Settings) {
        let tolerance = self.tolerance(self.best.value, settings);
        if !self.best.value.is_finite() || !self.acquit(self.best.value, settings) {
            if self.is_outside(self.best, tolerance) && self.seconds(self.finest, self.best, settings) {
                self.convict();
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
        let floor = settings.floor * self.size / self.reach;
        let relative = settings.rtol * difference.abs();
        settings.atol + settings.tiny + floor + if relative.is_finite() { relative } else { 0.0 }
    }

    fn acquit(&mut self, difference: f64, settings: &Settings) -> bool {
        let distance = (self.derivative - difference).abs();
        let tolerance = self.tolerance(difference, settings);
        let agrees = distance <= tolerance;
        if agrees {
            self.verdict = Verdict::Agrees(if distance == 0.0 { 0.0 } else { distance / tolerance });
        }
        agrees
    }

    /// Whether the derivative is outside the tolerance of a difference that has converged, and outside its error.
    fn is_outside(&self, difference: Estimate, tolerance: f64) -> bool {
        let distance = (self.derivative - difference.value).abs();
        let converged = difference.error <= tolerance.max(1e-3 * difference.value.abs());
        converged && distance > tolerance.max(SAFETY * difference.error)
    }

    /// Whether a plain difference, of a certain step, is nearer to an extrapolated one than to the derivative, or equal
    /// to it but for rounding.
    fn seconds(&self, (plain, step): (f64, f64), difference: Estimate, settings: &Settings) -> bool {
        let distance = (plain - difference.value).abs();
        let rounding = settings.sampled * self.size / step;
        !plain.is_finite() || distance < 0.5 * (plain - self.derivative).abs() || distance < SAFETY * rounding
    }

    fn convict(&mut self) {
        let distance = (self.derivative - self.best.value).abs();
        let corner = self.corner.width().filter(|width| distance <= 1.1 * width);
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

/// Whether the function has a corner at the point: there the differences to either side stay apart however short the
/// step, and every slope between them is a derivative.
#[derive(Clone, Copy, Debug, Default)]
struct Corner {
    /// Half of what the differences to either side differ by.
    width: f64,
    /// In how many steps, up to the latest, it hasn't shrunk.
    steps: usize,
}

impl Corner {
    fn see(&mut self, sides: Sides, center: f64, rounding: f64) {
        let width = ((sides.above - center) - (center - sides.below)).abs() / (2.0 * sides.step);
        // In a smooth function it shrinks as the step.
        let stays = width > 0.8 * self.width && width > SAFETY * rounding;
        self.steps = if stays { self.steps + 1 } else { 0 };
        self.width = width;
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
        let settings = CheckOptions::order(1).strict().settle::<f64, f64>();
        let sides = |step| Sides::new(f(step), f(-step), step);
        let mut judge = Judge::new(&[f(0.0), derivative], 0.25);
        judge.open(sides(settings.step), &settings);
        judge.center(f(0.0));
        judge.restart(sides(0.25 * RATIO.powi(-33)));
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
    fn a_smooth_function_is_acquitted_by_the_first_difference() {
        assert!(matches!(judge(f64::sin, 1.0), (Verdict::Agrees(_), 0)));
    }

    #[test]
    fn waves_shorter_than_the_first_steps_convict_nobody() {
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
    fn a_corner_is_told_from_a_wrong_slope() {
        assert_eq!(judge(f64::abs, 1.0).0, Verdict::Undecided);
        assert_eq!(judge(f64::abs, -1.0).0, Verdict::Undecided);
        assert_eq!(judge(f64::abs, 1.2).0, Verdict::Wrong);
        assert_eq!(judge(|x| x.max(0.0) + x.cos(), 1.0).0, Verdict::Undecided);
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
    fn a_nan_is_wrong_where_the_difference_is_finite_and_right_where_it_is_nan() {
        assert_eq!(judge(f64::sin, f64::NAN).0, Verdict::Wrong);
        assert_eq!(judge(|_| f64::NAN, f64::NAN).0, Verdict::Agrees(0.0));
        assert_eq!(judge(|_| f64::NAN, 1.0).0, Verdict::Undecided);
    }
}
