//! Hessians.

use tangents::function::InstructionSet;
use tangents::sparse::{Coloring, HessianPlan, Order, Pattern, SparseWorkspace};
use tangents::{Function, Number, lambda};

use super::{assert_near, bits, numbers, random_pattern, reference, sparse_bits};
use crate::data;
use crate::problems::Energy;

/// A sum of terms in the two variables of each entry of a symmetric pattern, without structure that they share.
struct Pairs<'a>(&'a Pattern);

impl Function for Pairs<'_> {
    type From = [f64];
    type To = f64;

    #[inline(always)]
    fn call<T: Number>(&self, x: &[T]) -> T {
        T::sum(self.0.entries().filter(|(i, j)| i <= j).map(|(i, j)| {
            let (x, y) = (x[i], x[j]);
            match (i + 2 * j) % 4 {
                0 => (x * y).sin() + x * x,
                1 => x.exp() * y / (y * y + T::one()),
                2 => (x - y).powi(4),
                _ => (x * x + y * y + T::lit(0.5)).sqrt() * x,
            }
        }))
    }
}

/// The gradient of [`Pairs`], by the dual numbers that it is differentiated on.
struct Gradient<'a>(&'a Pattern);

impl Function for Gradient<'_> {
    type From = [f64];
    type To = Vec<f64>;

    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        Pairs(self.0).gradient(x)
    }
}

fn symmetric(n: usize, per_row: usize, seed: u64) -> Pattern {
    let lower = random_pattern(n, n, per_row, seed);
    let entries = lower.entries().flat_map(|(i, j)| [(i, j), (j, i)]).chain((0..n).map(|i| (i, i)));
    Pattern::from_entries((n, n), entries.collect::<Vec<_>>()).unwrap()
}

#[test]
fn entries_are_the_dense_ones_to_rounding_and_the_same_bits_in_every_set_and_width() {
    for (n, per_row, seed) in [(5, 1, 1), (23, 1, 2), (40, 3, 3)] {
        let pattern = symmetric(n, per_row, seed);
        let (f, x) = (Pairs(&pattern), numbers(n));
        let (value, gradient) = f.value_and_gradient(&x);
        let dense = f.hessian(&x);
        let star = Coloring::star(&pattern, Order::ALL).unwrap();
        let acyclic = Coloring::acyclic(&pattern, Order::ALL).unwrap();
        assert!(acyclic.count() <= star.count());
        let plans = [
            (HessianPlan::new(pattern.clone(), star).unwrap(), 4.0 * f64::EPSILON),
            (HessianPlan::by_substitution(pattern.clone(), acyclic).unwrap(), 32.0 * f64::EPSILON),
        ];
        for (plan, tolerance) in plans {
            let expected = plan.hessian(&f, &x).unwrap();
            assert_near("H", &expected.to_dense(), &dense, tolerance);
            assert_eq!(expected.clone().transpose().to_dense(), expected.to_dense());
            let places = (expected.rows(), expected.columns(), expected.indptr(), expected.indices());
            assert_eq!((plan.rows(), plan.columns(), plan.indptr(), plan.indices()), places);
            let mut workspace = SparseWorkspace::new();
            InstructionSet::in_each(|set| {
                for lanes in [4, 8] {
                    let plan = plan.clone().with_lanes(lanes).unwrap();
                    let at = plan.value_gradient_and_hessian(&f, &x).unwrap();
                    assert_eq!((at.value, &at.gradient), (value, &gradient));
                    assert_eq!(sparse_bits(&at.hessian), sparse_bits(&expected), "{set:?}, {lanes} lanes");
                    let (mut g, mut values) = (vec![f64::NAN; n], vec![f64::NAN; plan.nnz()]);
                    for x in [&vec![0.5; n], &x] {
                        let found =
                            plan.value_gradient_and_hessian_into(&f, x, &mut g, &mut values, &mut workspace);
                        assert_eq!(found.unwrap(), f.call(x));
                    }
                    assert_eq!((&g, &values[..]), (&gradient, at.hessian.values()));
                }
            });
            let (g, of_gradient) = plan.gradient_and_hessian_of_gradient(&Gradient(&pattern), &x).unwrap();
            assert_eq!(g, gradient);
            assert_near("H of the gradient", &of_gradient.to_dense(), &dense, tolerance);
            let mut values = vec![f64::NAN; plan.nnz()];
            plan.hessian_of_gradient_into(&Gradient(&pattern), &x, &mut values, &mut workspace).unwrap();
            assert_eq!(values, of_gradient.values());
        }
    }
}

#[test]
fn classical_hessians_are_those_of_the_references() {
    let file = data::json("sparse/hessians.json");
    for problem in data::list(&file["problems"]) {
        let (name, n) = (data::string(&problem["name"]), data::count(&problem["n"]));
        let (f, x) = (Energy(name), data::vector(&problem["x"]));
        let at = f.value_gradient_and_sparse_hessian(&x);
        let expected = reference(problem, n, n);
        assert!((at.value / data::number(&problem["f"]) - 1.0).abs() < 1e-13, "{name}");
        assert_near(name, &[at.gradient], &[data::vector(&problem["grad"])], 1e-13);
        assert_near(name, &at.hessian.to_dense(), &expected, 1e-13);
        let (v, hv) = (data::vector(&problem["v"]), data::vector(&problem["hvp"]));
        assert_near(name, &[at.hessian.matvec(&v)], &[hv], 1e-13);

        let acyclic = Coloring::acyclic(at.hessian.pattern(), Order::ALL).unwrap();
        let substituted = HessianPlan::by_substitution(at.hessian.pattern().clone(), acyclic).unwrap();
        assert_near(name, &substituted.hessian(&f, &x).unwrap().to_dense(), &expected, 1e-13);
    }
}

/// On the path 0 – 1 – 2 – 3 of two colours the middle entry is what is left of a sum with one of the outer ones.
#[test]
fn substitution_loses_the_digits_by_which_an_entry_is_smaller() {
    let large = 1e8 / 7.0;
    let path = lambda!([large: f64 = large] |x: [f64]| -> f64 {
        T::lit(large) * (x[0] * x[1] + x[2] * x[3]) + x[1] * x[2] / T::lit(3.0)
    });
    let x = [1.0; 4];
    let pattern = path.hessian_pattern(&x).unwrap();
    let plan = HessianPlan::by_substitution(pattern.clone(), Coloring::new(vec![0, 1, 0, 1])).unwrap();
    let found = plan.hessian(&path, &x).unwrap();
    let outer = [found.get(0, 1), found.get(2, 3)].map(|h| bits(*h.unwrap()));
    assert_eq!(outer, [large; 2].map(bits));
    let error = |h: &f64| (h - 1.0 / 3.0).abs();
    let substituted = error(found.get(1, 2).unwrap());
    assert!((1e-12..=large * f64::EPSILON).contains(&substituted), "{substituted}");
    // Where it is read, it has all digits.
    let read = path.sparse_hessian(&x);
    assert_eq!(read.pattern(), &pattern);
    assert!(error(read.get(1, 2).unwrap()) <= f64::EPSILON);
}

#[test]
fn hessians_at_structures_and_without_coordinates() {
    let f = lambda!(|x: (f64, Vec<f64>)| -> f64 { T::sum(x.1.iter().map(|&y| x.0 * y * y)) });
    let at = f.value_gradient_and_sparse_hessian(&(2.0, vec![3.0, 5.0]));
    assert_eq!((at.value, at.gradient), (68.0, (34.0, vec![12.0, 20.0])));
    assert_eq!(at.hessian.to_dense(), [[0.0, 6.0, 10.0], [6.0, 4.0, 0.0], [10.0, 0.0, 4.0]]);
    let one = lambda!(|x: [f64]| -> f64 { T::one() + T::sum(x.iter().copied()) });
    let at = one.value_gradient_and_sparse_hessian(&[0.0; 0]);
    assert_eq!((at.value, at.gradient.len(), at.hessian.nnz()), (1.0, 0, 0));
    // Linear: a gradient and no entry.
    let at = one.value_gradient_and_sparse_hessian(&[2.0; 20]);
    assert_eq!((at.value, at.gradient, at.hessian.nnz()), (41.0, [1.0; 20], 0));
}
