//! Black boxes as rules: derivatives by differences, and code that gives its value and its Jacobian at once.

#[cfg(feature = "alloc")]
use alloc::{rc::Rc, vec::Vec};
use core::array::from_fn;
#[cfg(feature = "alloc")]
use core::cell::{Cell, RefCell};

use super::rule::Opaque;
#[cfg(feature = "alloc")]
use super::rule::{Number, VectorRule};

/// The step of the differences, in units of the length over which the function changes: ε^⅕ makes their error and that of the
/// rounding alike.
const STEP: f64 = 7.4e-4;

/// How far a coordinate of the size `x` may go per unit of [`STEP`].
fn length(x: f64, scale: f64) -> f64 {
    let size = if x < 0.0 { -x } else { x };
    if size > scale { size } else { scale }
}

/// The weights of the values at `±h` and `±2h` in the difference of fourth order, `f′·12h` (Fornberg, *Generation of finite
/// difference formulas on arbitrarily spaced grids*, Mathematics of Computation 51, 1988).
const STENCIL: [(f64, f64); 4] = [(1.0, 8.0), (-1.0, -8.0), (2.0, -1.0), (-2.0, 1.0)];

/// The derivative of a function at t = 0 by differences with the step `h`.
fn difference(f: impl Fn(f64) -> f64, h: f64) -> f64 {
    STENCIL.iter().map(|&(t, weight)| weight * f(t * h)).sum::<f64>() / (12.0 * h)
}

impl<F: Fn(f64) -> f64 + Clone> Opaque<F, ()> {
    /// A function of one variable without a slope, as a [`Rule`](super::Rule): differences give it.
    ///
    /// `f′(x) = (8·(f(x+h) − f(x−h)) − f(x+2h) + f(x−2h))/12h`, with h = 7.4·10⁻⁴·max(|x|, scale). So `scale` is the length over which
    /// the function changes near x = 0; elsewhere that is taken to be |x|.
    ///
    /// The error is some 10⁻¹²·|f|/L and h⁴/30·|f⁽⁵⁾|, where L is that length: of a function that is computed to rounding, and
    /// changes over L no faster than a polynomial, the first 11 digits are right. What isn't computed so well, as by a solver, loses as many
    /// digits there as its own values lack. It must be defined at x ± 2h. At a kink the result is the mean of the two slopes.
    /// [`check_rule`](crate::check_rule) compares with differences too, and so finds no fault of these.
    ///
    /// Cost: five evaluations where x moves; one where it doesn't.
    ///
    /// ```
    /// use tangents::rules::Opaque;
    /// use tangents::{Number, derivative};
    ///
    /// let sine = Opaque::by_differences(f64::sin, 1.0);
    /// let slope: f64 = derivative(|x| (x * 2.0).apply(&sine), 0.3);
    /// assert!((slope - 2.0 * 0.6_f64.cos()).abs() < 1e-11);
    /// ```
    pub fn by_differences(value: F, scale: f64) -> Opaque<F, impl Fn(f64) -> f64 + Clone> {
        let f = value.clone();
        Opaque::new(value, move |x| difference(|t| f(x + t), STEP * length(x, scale)))
    }
}

impl<F> Opaque<F, ()> {
    /// A function of `N` variables without slopes, as a [`RuleN`](super::RuleN): differences in each variable give them.
    ///
    /// Step and error are as in [`by_differences`](Self::by_differences), in each variable.
    ///
    /// Cost: 1 + 4·N evaluations.
    ///
    /// ```
    /// use tangents::rules::Opaque;
    /// use tangents::{Number, gradient};
    ///
    /// let norm = Opaque::of_several_by_differences(|[x, y]: [f64; 2]| x.hypot(y), 1.0);
    /// let g: [f64; 2] = gradient(|x| Number::apply_n([x[0], x[1]], &norm), &[3.0, 4.0]);
    /// assert!((g[0] - 0.6).abs() < 1e-11 && (g[1] - 0.8).abs() < 1e-11);
    /// ```
    pub fn of_several_by_differences<const N: usize>(
        value: F,
        scale: f64,
    ) -> Opaque<F, impl Fn([f64; N]) -> [f64; N] + Clone>
    where
        F: Fn([f64; N]) -> f64 + Clone,
    {
        let f = value.clone();
        let slopes = move |x: [f64; N]| {
            from_fn(|k| {
                let along = |t| f(from_fn(|i| if i == k { x[i] + t } else { x[i] }));
                difference(along, STEP * length(x[k], scale))
            })
        };
        Opaque::of_several(value, slopes)
    }

    /// A function from vectors to vectors without a Jacobian, as a [`VectorRule`](super::VectorRule): differences along the
    /// direction give the product.
    ///
    /// Formula and error are those of [`by_differences`](Self::by_differences), along the line x + t·v. Of a step no coordinate goes farther
    /// than it would by itself: h = 7.4·10⁻⁴·min max(|xᵢ|, scale)/|vᵢ|.
    ///
    /// Cost: one evaluation, and four for each lane that moves.
    ///
    /// # Panics
    ///
    /// If the function returns vectors of different lengths.
    ///
    /// ```
    /// use tangents::rules::Opaque;
    /// use tangents::{Number, jacobian};
    ///
    /// let polar = |x: &[f64]| vec![x[0] * x[1].cos(), x[0] * x[1].sin()];
    /// let polar = Opaque::of_vectors_by_differences(polar, 1.0);
    /// let j: Vec<[f64; 2]> = jacobian(|x| Number::apply_vector(x, &polar), &[2.0, 0.0]);
    /// for (row, expected) in j.iter().zip([[1.0, 0.0], [0.0, 2.0]]) {
    ///     assert!((row[0] - expected[0]).abs() < 1e-11 && (row[1] - expected[1]).abs() < 1e-11);
    /// }
    /// ```
    #[cfg(feature = "alloc")]
    pub fn of_vectors_by_differences(
        value: F,
        scale: f64,
    ) -> Opaque<F, impl Fn(&[f64], &[f64]) -> Vec<f64> + Clone>
    where
        F: Fn(&[f64]) -> Vec<f64> + Clone,
    {
        let f = value.clone();
        let jvp = move |x: &[f64], v: &[f64]| {
            let steps = x.iter().zip(v).map(|(&x, &v)| length(x, scale) / length(v, 0.0));
            let h = STEP * steps.fold(f64::INFINITY, |least, step| if step < least { step } else { least });
            let along = |t: f64| -> Vec<f64> {
                let x: Vec<_> =
                    x.iter().zip(v).map(|(&x, &v)| if v == 0.0 { x } else { x + t * h * v }).collect();
                f(&x)
            };
            let [(first, weight), rest @ ..] = STENCIL;
            let mut sum: Vec<_> = along(first).into_iter().map(|y| weight * y).collect();
            for (t, weight) in rest {
                let y = along(t);
                assert_eq!(y.len(), sum.len(), "the lengths of what the function returned at two points");
                sum.iter_mut().zip(y).for_each(|(sum, y)| *sum += weight * y);
            }
            sum.into_iter().map(|sum| sum / (12.0 * h)).collect()
        };
        Opaque::of_vectors(value, jvp)
    }

    /// A function from vectors to vectors that gives its value and its Jacobian, row by row, at once, as a
    /// [`VectorRule`](super::VectorRule).
    ///
    /// It is called once for a point, however many lanes a number has and however many passes a driver makes there: the last
    /// result is kept. So the rule belongs to one thread.
    ///
    /// # Panics
    ///
    /// If the Jacobian hasn't a row for each number of the value, or a row hasn't an entry for each variable.
    ///
    /// ```
    /// use core::cell::Cell;
    /// use tangents::rules::Opaque;
    /// use tangents::{Number, jacobian};
    ///
    /// let calls = Cell::new(0);
    /// let simulate = |x: &[f64]| {
    ///     calls.set(calls.get() + 1);
    ///     (vec![x[0] * x[1], x[0]], vec![vec![x[1], x[0]], vec![1.0, 0.0]])
    /// };
    /// let rule = Opaque::of_vectors_with_jacobian(simulate);
    /// let j = jacobian(|x| Number::apply_vector(x, &rule), &[2.0, 3.0]);
    /// assert_eq!((j, calls.get()), (vec![[3.0, 2.0], [1.0, 0.0]], 1));
    /// ```
    #[cfg(feature = "alloc")]
    pub fn of_vectors_with_jacobian(
        value_and_jacobian: F,
    ) -> Opaque<impl Fn(&[f64]) -> Vec<f64> + Clone, impl Fn(&[f64], &[f64]) -> Vec<f64> + Clone>
    where
        F: Fn(&[f64]) -> (Vec<f64>, Vec<Vec<f64>>),
    {
        let last = Rc::new(RefCell::new(Last::default()));
        let f = Rc::new(value_and_jacobian);
        let (last_too, f_too) = (last.clone(), f.clone());
        let jvp = move |x: &[f64], v: &[f64]| {
            last_too.borrow_mut().at(x, &*f_too).jacobian.iter().map(|row| row_times(row, v)).collect()
        };
        Opaque::of_vectors(move |x: &[f64]| last.borrow_mut().at(x, &*f).value.clone(), jvp)
    }
}

/// A product of a row and a vector.
#[cfg(feature = "alloc")]
fn row_times(row: &[f64], v: &[f64]) -> f64 {
    assert_eq!(row.len(), v.len(), "the entries in a row of the Jacobian, and the variables");
    row.iter().zip(v).map(|(j, v)| j * v).sum()
}

/// What a function gave at the last point.
#[cfg(feature = "alloc")]
#[derive(Default)]
struct Last {
    point: Option<Vec<f64>>,
    value: Vec<f64>,
    jacobian: Vec<Vec<f64>>,
}

#[cfg(feature = "alloc")]
impl Last {
    /// That at x, which is the last point or will be.
    fn at(&mut self, x: &[f64], f: impl Fn(&[f64]) -> (Vec<f64>, Vec<Vec<f64>>)) -> &Self {
        let is_last = |point: &Vec<f64>| point.iter().map(|p| p.to_bits()).eq(x.iter().map(|x| x.to_bits()));
        if !self.point.as_ref().is_some_and(is_last) {
            let (value, jacobian) = f(x);
            assert_eq!(jacobian.len(), value.len(), "the rows of the Jacobian, and the numbers of the value");
            *self = Self { point: Some(x.to_vec()), value, jacobian };
        }
        self
    }
}

/// What `f` makes of the values of plain numbers, as a rule of theirs: one that isn't the CPU's may know more than its value, as
/// what it depends on. No question is asked of it.
#[cfg(feature = "alloc")]
pub(crate) fn of_values<P: Number>(numbers: &[P], f: impl FnOnce(&[f64]) -> Vec<f64>) -> Vec<P> {
    struct Once<F>(Cell<Option<F>>);

    impl<F: FnOnce(&[f64]) -> Vec<f64>> VectorRule for Once<F> {
        fn value<T: Number>(&self, x: &[T]) -> Vec<T> {
            let values: Vec<_> = x.iter().map(|x| x.to_f64().unwrap_or(f64::NAN)).collect();
            let Some(f) = self.0.take() else { unreachable!("a rule is run once on plain numbers") };
            f(&values).into_iter().map(T::lit).collect()
        }

        fn jvp<T: Number>(&self, _: &[T], _: &[T]) -> Vec<T> {
            unreachable!("a plain number has no derivatives")
        }
    }

    P::apply_vector(numbers, Once(Cell::new(Some(f))))
}
