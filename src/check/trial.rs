//! The trial: every derivative that is asked for against the differences along its line.

use core::array;
use core::marker::PhantomData;

use num_traits::Float;

use super::judge::{Judge, RATIO, Sides, Verdict};
use super::line::{Along, Line};
use super::options::{CheckOptions, Settings};
use super::place::Place;
use super::report::{CheckError, CheckReport, Direction, Found, Mismatch, Source};
use crate::drive::containers::map_all;
use crate::drive::sweeps::depth::{HIGHEST, Orders, PerOrder};
use crate::drive::sweeps::nesting::{Running, is_left_in};
use crate::drive::{Name, Of, Point};
use crate::error::Error;
use crate::random::Key;
use crate::rules::Number;

/// The longest step of a tableau, as a fraction of the length on which the function is likely to vary.
const REACH: f64 = 0.25;

/// Below which fraction of the first length the second one gets a tableau of its own.
const SHORT: f64 = 1e-2;

/// The function that is differentiated, the function that differences are taken of, and where.
///
/// They are two so that the second may compute in a type `S` of higher precision than `T`, or be the values alone
/// that a derivative by hand is checked against. Each takes its lifted arguments by `&mut`, to be read by
/// [`Point::coordinate`](crate::Point::coordinate).
pub(super) struct Trial<P, T, S, F, G> {
    pub(super) place: P,
    pub(super) differentiated: F,
    pub(super) sampled: G,
    pub(super) convert: fn(T) -> S,
    /// How the derivatives were made, for the messages.
    pub(super) source: Source,
}

impl<P, T, S, F, G> Trial<P, T, S, F, G> {
    /// [`run`](Self::run) of functions that compute with the numbers and may take in others.
    #[track_caller]
    pub(super) fn run_on_duals<O, R, Q>(self, options: &CheckOptions<O>) -> Result<CheckReport, CheckError>
    where
        O: Orders,
        T: Number,
        S: Number,
        P: Place<T>,
        F: Fn(&mut P::Lifted<O::Number<T>>) -> R,
        G: Fn(&mut P::Lifted<O::Number<S>>) -> Q,
        R: Point<Scalar = O::Number<T>>,
        Q: Point<Scalar = O::Number<S>, Family = R::Family>,
    {
        let (place, convert) = (self.place, self.convert);
        let ([a, b, c, d], [e, f, g, h]) = (O::types::<T>(), O::types::<S>());
        let _running = Running::on([a, b, c, d, e, f, g, h], || {
            let constant = |x| O::lift(x, [T::zero(); HIGHEST]);
            let y = (self.differentiated)(&mut place.lift(|_, x| constant(x), constant));
            let constant = |x| O::lift(convert(x), [S::zero(); HIGHEST]);
            let sample = (self.sampled)(&mut place.lift(|_, x| constant(x), constant));
            is_left_in(&y, O::left_over) || is_left_in(&sample, O::left_over)
        });
        self.run(options)
    }

    /// Checks every order that is asked for.
    pub(super) fn run<O, R, Q>(self, options: &CheckOptions<O>) -> Result<CheckReport, CheckError>
    where
        O: Orders,
        T: Number,
        S: Number,
        P: Place<T>,
        F: Fn(&mut P::Lifted<O::Number<T>>) -> R,
        G: Fn(&mut P::Lifted<O::Number<S>>) -> Q,
        R: Point<Scalar = O::Number<T>>,
        Q: Point<Scalar = O::Number<S>, Family = R::Family>,
    {
        let order = options.order_in_range()?;
        let settings = options.settle::<T, S>()?;
        let report = CheckReport::new(order);
        let mut session = Session { trial: &self, settings, report, depth: PhantomData::<O> };
        if settings.per_coordinate {
            for order in 1..=order {
                let found = session.coordinates(order)?;
                session.settle(found)?;
            }
        } else {
            for direction in 0..settings.directions {
                session.direction(direction)?;
            }
        }
        session.report.of_something(self.place.dim(), &settings)
    }
}

/// A trial in its course.
struct Session<'a, P, T, S, F, G, O> {
    trial: &'a Trial<P, T, S, F, G>,
    settings: Settings,
    report: CheckReport,
    depth: PhantomData<O>,
}

impl<O, P, T, S, F, G, R, Q> Session<'_, P, T, S, F, G, O>
where
    O: Orders,
    T: Number,
    S: Number,
    P: Place<T>,
    F: Fn(&mut P::Lifted<O::Number<T>>) -> R,
    G: Fn(&mut P::Lifted<O::Number<S>>) -> Q,
    R: Point<Scalar = O::Number<T>>,
    Q: Point<Scalar = O::Number<S>, Family = R::Family>,
{
    /// All orders along random directions.
    fn direction(&mut self, direction: usize) -> Result<(), CheckError> {
        let lines = self.random_lines(direction);
        let y = self.differentiate(lines, self.report.order);
        for order in 1..=self.report.order {
            let mut found = Found::default();
            self.compare(order, lines, (Direction::Random(direction), Name::NONE), &y, &mut found)?;
            if found.wrong.is_some() {
                // Which coordinate is it?
                let report = self.report;
                found.wrong = self.coordinates(order)?.wrong.or(found.wrong);
                self.report = report;
            }
            self.settle(found)?;
        }
        Ok(())
    }

    /// One order along every coordinate.
    fn coordinates(&mut self, order: usize) -> Result<Found, CheckError> {
        let mut found = Found::default();
        let mut lines = self.random_lines(0);
        for i in 0..self.trial.place.dim() {
            lines[order - 1] = self.line(Along::Coordinate(i));
            let y = self.differentiate(lines, order);
            let (argument, coordinate, name) = self.trial.place.locate(i);
            let direction = if P::ARGUMENTS == 1 {
                Direction::Coordinate(coordinate)
            } else {
                Direction::CoordinateOf { argument, coordinate }
            };
            self.compare(order, lines, (direction, name), &y, &mut found)?;
        }
        Ok(found)
    }

    fn settle(&self, found: Found) -> Result<(), CheckError> {
        match found {
            Found { wrong: Some(mismatch), .. } => Err(CheckError::Mismatch(mismatch)),
            Found { undecided: Some(undecided), .. } if !self.settings.accept_inconclusive => {
                Err(CheckError::Inconclusive(undecided))
            }
            _ => Ok(()),
        }
    }

    fn random_lines(&self, direction: usize) -> PerOrder<Line> {
        let keys: [Key; HIGHEST] = self.settings.key_of(direction).split();
        keys.map(|key| self.line(Along::Random(key)))
    }

    fn line(&self, along: Along) -> Line {
        Line::new(along, self.settings.step, self.settings.epsilon, self.trial.place.dim())
    }

    /// The function at the point, with its derivatives along the first `order` lines.
    fn differentiate(&self, lines: PerOrder<Line>, order: usize) -> R {
        (self.trial.differentiated)(
            &mut self
                .trial
                .place
                .lift(|i, x| O::lift(x, tangents(lines, order, i, x)), |x| O::lift(x, [T::zero(); HIGHEST])),
        )
    }

    /// The function a step away along line `order`, with its derivatives along the lines before.
    fn sample(&self, lines: PerOrder<Line>, order: usize, step: f64) -> Q {
        let convert = self.trial.convert;
        let moved = |i, x| {
            let direction = convert(lines[order - 1].tangent(i, x));
            let before = tangents(lines, order - 1, i, x).map(convert);
            O::lift(convert(x) + S::lit(step) * direction, before)
        };
        (self.trial.sampled)(&mut self.trial.place.lift(moved, |x| O::lift(convert(x), [S::zero(); HIGHEST])))
    }

    /// Compares the derivative of this order that is in `y` with differences along its line.
    fn compare(
        &mut self,
        order: usize,
        lines: PerOrder<Line>,
        (direction, name): (Direction, Name),
        y: &R,
        found: &mut Found,
    ) -> Result<(), CheckError> {
        let settings = self.settings;
        let lengths = lines[order - 1].lengths(self.trial.place);
        let moves = lines[order - 1].moves(self.trial.place);
        let mut judges = map_all(y, |y| {
            let orders: [f64; HIGHEST + 1] = array::from_fn(|k| in_f64(O::partial(y, k.min(order))));
            let judge = Judge::new(&orders[..=order], REACH * lengths[0]);
            if moves { judge } else { judge.without_differences() }
        });
        self.at_step(&mut judges, order, lines, settings.step, |judge, sides| judge.open(sides, &settings))?;
        self.report.extrapolated += count_open(y, &mut judges)?;
        self.extrapolate(&mut judges, order, lines, lengths, y)?;

        let (mut component, report) = (0, &mut self.report);
        y.pair(&mut judges, &mut |y, judge| {
            report.comparisons += 1;
            match judge.verdict() {
                Verdict::Agrees(fraction) => report.worst = report.worst.max(fraction),
                verdict => {
                    report.inconclusive += usize::from(verdict == Verdict::Undecided);
                    let [difference, uncertainty, step, tolerance] = judge.grounds(&settings);
                    let add = if verdict == Verdict::Wrong { Found::add_wrong } else { Found::add_undecided };
                    let mismatch = Mismatch {
                        order,
                        direction,
                        name,
                        component,
                        derivative: in_f64(O::partial(y, order)),
                        difference,
                        uncertainty,
                        tolerance,
                        step,
                        others: 0,
                        source: self.trial.source,
                    };
                    add(found, mismatch);
                }
            }
            component += 1;
        })?;
        Ok(())
    }

    /// Takes differences of ever shorter steps, until every derivative is decided or rounding is all that is left.
    fn extrapolate(
        &self,
        judges: &mut Of<R, Judge>,
        order: usize,
        lines: PerOrder<Line>,
        lengths: [f64; 2],
        y: &R,
    ) -> Result<(), CheckError> {
        let settings = self.settings;
        // The shortest step is √ε of the longest.
        let shrunk = |rows: i32| Float::powi(RATIO, -2 * rows) > settings.sampled;
        let [long, short] = lengths;
        for (length, wanted) in [(long, true), (short, short < SHORT * long)] {
            if !wanted || count_open(y, judges)? == 0 {
                continue;
            }
            let longest = REACH * length;
            let steps = (0..).take_while(|&row| shrunk(row)).map(|row| longest * Float::powi(RATIO, -row));
            let finest = steps.clone().last().unwrap_or(longest);
            let center = self.sample(lines, order, 0.0);
            center.pair(judges, &mut |center, judge: &mut Judge| {
                judge.center(in_f64(O::partial(center, order - 1)));
            })?;
            self.at_step(judges, order, lines, finest, |judge, sides| judge.restart(sides, &settings))?;
            for step in steps {
                self.at_step(judges, order, lines, step, |judge, sides| judge.extrapolate(sides, &settings))?;
                if count_open(y, judges)? == 0 {
                    return Ok(());
                }
            }
        }
        y.pair(judges, &mut |_, judge| {
            if judge.is_open() {
                judge.close(&settings);
            }
        })?;
        Ok(())
    }

    /// Hands every open judge the values a step above and a step below.
    fn at_step(
        &self,
        judges: &mut Of<R, Judge>,
        order: usize,
        lines: PerOrder<Line>,
        step: f64,
        mut hear: impl FnMut(&mut Judge, Sides),
    ) -> Result<(), CheckError> {
        let (above, below) = (self.sample(lines, order, step), self.sample(lines, order, -step));
        let value = |number: &O::Number<S>| in_f64(O::partial(number, order - 1));
        above.pair(judges, &mut |above, judge: &mut Judge| judge.hold(value(above)))?;
        below.pair(judges, &mut |below, judge: &mut Judge| {
            if judge.is_open() {
                hear(judge, Sides::new(judge.held(), value(below), step));
            }
        })?;
        Ok(())
    }
}

/// The components of the first `order` lines in coordinate `i`.
pub(super) fn tangents<T: Number>(lines: PerOrder<Line>, order: usize, i: usize, x: T) -> PerOrder<T> {
    array::from_fn(|k| if k < order { lines[k].tangent(i, x) } else { T::zero() })
}

/// How many derivatives aren't decided yet.
fn count_open<R: Point>(y: &R, judges: &mut Of<R, Judge>) -> Result<usize, Error> {
    let mut open = 0;
    y.pair(judges, &mut |_, judge| open += usize::from(judge.is_open()))?;
    Ok(open)
}

pub(super) fn in_f64<T: Number>(x: T) -> f64 {
    x.to_f64().unwrap_or(f64::NAN)
}
