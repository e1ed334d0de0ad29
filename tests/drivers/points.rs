//! Points and results that are containers of containers: derivatives there against closed forms, and against the same
//! function of the coordinates in a row, bit for bit.

use std::cell::Cell;
use std::collections::BTreeMap;

use num_traits::Float;
use tangents::point::{Chunks, Exactly};
use tangents::{
    Dual, Number, Point, Real, ValueGradientHessian, ValueGradientHvp, divergence, grad, gradient, hessian,
    hessians, hvp, jacfwd, jacobian, jvp, laplacian, partial, third_derivatives, value_and_gradient,
    value_and_jacobian, value_and_jvp, value_gradient_and_hessian, value_gradient_and_hvp, vhv,
};

use crate::panics::{assert_panics, shape, two_shapes, wrong_direction};

// A function of any number of coordinates, with closed forms

/// The weight of the coordinate `i`.
fn weight(i: usize) -> f64 {
    1.0 / f64::from(u32::try_from(i).unwrap() + 2)
}

/// exp Σ wᵢxᵢ + sin Σ xᵢ²: of none of its derivatives is one zero.
fn wave<T: Real>(x: &[T]) -> T {
    let linear = x.iter().enumerate().fold(T::zero(), |sum, (i, &x)| sum + x * T::lit(weight(i)));
    let square = x.iter().fold(T::zero(), |sum, &x| sum + x * x);
    linear.exp() + square.sin()
}

/// Gradient and Hessian of [`wave`].
fn wave_derivatives(x: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let n = x.len();
    let exp = (0..n).map(|i| weight(i) * x[i]).sum::<f64>().exp();
    let (sin, cos) = x.iter().map(|x| x * x).sum::<f64>().sin_cos();
    let gradient = (0..n).map(|i| weight(i) * exp + 2.0 * x[i] * cos).collect();
    let entry = |i: usize, j: usize| {
        let diagonal = if i == j { 2.0 * cos } else { 0.0 };
        weight(i) * weight(j) * exp - 4.0 * x[i] * x[j] * sin + diagonal
    };
    (gradient, (0..n * n).map(|k| entry(k / n, k % n)).collect())
}

#[track_caller]
fn assert_close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() <= 1e-13, "entry {i}: {found:e}, not {expected:e}");
    }
}

/// `==` takes −0 for 0.
fn bits(x: &[f64]) -> Vec<u64> {
    x.iter().map(|x| x.to_bits()).collect()
}

/// Coordinates without a pattern that chunks of lanes could share.
fn numbers(n: usize, from: f64) -> Vec<f64> {
    (0..n).map(|i| (from + 0.37 / weight(i)).sin()).collect()
}

/// Every driver at the point `$x`, whose lifted coordinates in order are `$coordinates`, against the closed forms and
/// against the point that is a `Vec` of its coordinates.
macro_rules! check_point {
    ($x:expr, |$p:pat_param| $coordinates:expr) => {{
        let x = $x;
        let flat = x.ravel();
        let n = flat.len();
        assert_eq!(x.dim(), n);
        let direction = numbers(n, 0.7);
        let v = x.unravel(&direction);
        assert_eq!(x.unravel(&flat), x);
        assert_eq!(v.ravel(), direction);
        let (closed_g, closed_h) = wave_derivatives(&flat);

        // Gradients
        let (value, g) = value_and_gradient(|$p| wave(&$coordinates), &x);
        assert_eq!(value.to_bits(), wave(&flat).to_bits());
        assert_eq!(bits(&g.ravel()), bits(&gradient(wave, &flat)));
        assert_close(&g.ravel(), &closed_g);
        assert_eq!(gradient(|$p| wave(&$coordinates), &x), g);

        // Hessians: a gradient of gradients, whose coordinates in order are the rows
        let at = value_gradient_and_hessian(|$p| wave(&$coordinates), &x);
        let flat_at = value_gradient_and_hessian(wave, &flat);
        assert_eq!(at.value.to_bits(), flat_at.value.to_bits());
        assert_eq!(bits(&at.gradient.ravel()), bits(&flat_at.gradient));
        assert_close(&at.hessian.ravel(), &closed_h);
        if HAS_EIGHT_LANES {
            assert_eq!(bits(&at.hessian.ravel()), bits(&flat_at.hessian.concat()));
        }
        assert_eq!(hessian(|$p| wave(&$coordinates), &x), at.hessian);
        let third = third_derivatives(|$p| wave(&$coordinates), &x);
        assert_close(&third.ravel(), &third_derivatives(wave, &flat).concat().concat());

        // Directions
        let slope = jvp(|$p| wave(&$coordinates), &x, &v);
        assert_eq!(slope.to_bits(), jvp(wave, &flat, &direction).to_bits());
        let along = value_gradient_and_hvp(|$p| wave(&$coordinates), &x, &v);
        let flat_along = value_gradient_and_hvp(wave, &flat, &direction);
        assert_eq!(along.value.to_bits(), flat_along.value.to_bits());
        assert_eq!(along.gradient, g);
        assert_eq!(bits(&along.hvp.ravel()), bits(&flat_along.hvp));
        let product = |i: usize| (0..n).map(|j| closed_h[i * n + j] * direction[j]).sum();
        assert_close(&along.hvp.ravel(), &(0..n).map(product).collect::<Vec<_>>());
        assert_eq!(hvp(|$p| wave(&$coordinates), &x, &v), along.hvp);
        let bend = vhv(|$p| wave(&$coordinates), &x, &v);
        assert_eq!(bend.to_bits(), vhv(wave, &flat, &direction).to_bits());
        let trace = laplacian(|$p| wave(&$coordinates), &x);
        assert_eq!(trace.to_bits(), laplacian(wave, &flat).to_bits());
        if n > 0 {
            let mixed = partial(|$p| wave(&$coordinates), &x, [n - 1, 0]);
            assert_eq!(mixed.to_bits(), partial(wave, &flat, [n - 1, 0]).to_bits());
        }

        // Jacobians of a result that is a `Vec`
        let field = value_and_jacobian(|$p| $coordinates.iter().map(|&x| x * x).collect::<Vec<_>>(), &x);
        assert_eq!(field.0, flat.iter().map(|x| x * x).collect::<Vec<_>>());
        for (i, row) in field.1.iter().enumerate() {
            let expected = (0..n).map(|j| if i == j { 2.0 * flat[i] } else { 0.0 }).collect::<Vec<_>>();
            assert_eq!(row.ravel(), expected);
        }

        // Arithmetic; arrays and options have a `map` and a `zip` of their own
        assert_eq!(
            Point::map_coordinates(&x, |x| 3.0 * x).ravel(),
            flat.iter().map(|x| 3.0 * x).collect::<Vec<_>>()
        );
        let step = Point::zip_coordinates(&x, &g, |x, g| x - 0.1 * g).ravel();
        assert_eq!(step, flat.iter().zip(g.ravel()).map(|(x, g)| x - 0.1 * g).collect::<Vec<_>>());
        assert_eq!(
            x.fold_coordinates(1.0, |so_far, x| 0.5 * so_far + x),
            flat.iter().fold(1.0, |s, x| 0.5 * s + x)
        );

        // Each coordinate has a name of its own.
        let names: std::collections::BTreeSet<_> = (0..n).map(|i| x.name(i).to_string()).collect();
        assert_eq!(names.len(), n);

        #[cfg(feature = "random")]
        if n > 0 {
            use tangents::check::CheckOptions;
            for options in [CheckOptions::order(2), CheckOptions::order(2).strict()] {
                tangents::check_grads(|$p| wave(&$coordinates), &x, options).unwrap();
            }
            tangents::check_gradient(
                |$p| wave(&$coordinates),
                |_| x.unravel(&closed_g),
                &x,
                CheckOptions::first_order().strict(),
            )
            .unwrap();
        }
    }};
}

/// Such containers have second derivatives on `Dual<Dual<_, 8>, 8>`, as a `Vec` has, and the same bits.
const HAS_EIGHT_LANES: bool = true;

#[test]
fn nested_arrays_are_points() {
    check_point!([[0.3, -0.7], [1.1, 0.4]], |w| w.as_flattened());
    check_point!([[0.3, -0.7, 0.1], [1.1, 0.4, 0.9], [0.2, 0.5, -0.4]], |w| w.as_flattened());
    check_point!([[[0.3, -0.7], [1.1, 0.4]], [[0.2, 0.5], [-0.4, 0.6]]], |w| w.as_flattened().as_flattened());
    // More parts than eight, whose coordinates are one slice.
    let rows: [[f64; 2]; 9] = numbers(18, 0.2).as_chunks().0.try_into().unwrap();
    check_point!(rows, |w| w.as_flattened());
    check_point!([rows], |w| w.as_flattened().as_flattened());
    check_point!(rows.map(|[a, b]| [[a], [b]]), |w| w.as_flattened().as_flattened());
}

#[test]
fn vectors_of_arrays_and_arrays_of_vectors_are_points() {
    check_point!(vec![[0.3, -0.7, 0.2], [1.1, 0.4, 0.5]], |w| w.as_flattened());
    check_point!(vec![vec![0.3, -0.7], vec![], vec![1.1, 0.4, 0.5]], |w| w.concat());
    check_point!([vec![0.3], vec![-0.7, 1.1]], |w| w.concat());
    // Chunks of lanes end within rows, and rows within chunks.
    let rows: Vec<Vec<f64>> = [5, 1, 7, 6].map(|n| numbers(n, f64::from(u32::try_from(n).unwrap()))).into();
    check_point!(rows, |w| w.concat());
    check_point!(numbers(18, 0.4).as_chunks::<3>().0.to_vec(), |w| w.as_flattened());
}

#[test]
fn tuples_are_points() {
    check_point!((0.3,), |p| [p.0]);
    check_point!((0.3, -0.7), |p| [p.0, p.1]);
    check_point!(([0.3, -0.7], 1.1), |(w, b)| [w[0], w[1], *b]);
    check_point!((0.3, (vec![-0.7, 0.2], [[0.5], [0.6]])), |(a, (b, c))| {
        [&[*a][..], b, c.as_flattened()].concat()
    });
    check_point!((0.3, -0.7, 0.2, 0.5, 0.6, [0.1, 0.9, 1.1, 0.8]), |p| {
        [&[p.0, p.1, p.2, p.3, p.4][..], &p.5].concat()
    });
    // Of four and five, some of them tuples in vectors.
    check_point!((0.3, -0.7, vec![(0.2, 0.5), (0.6, 0.1)], 0.9), |p| {
        let pairs: Vec<_> = p.2.iter().flat_map(|&(a, b)| [a, b]).collect();
        [&[p.0, p.1][..], &pairs, &[p.3]].concat()
    });
    check_point!(([0.3; 2], -0.7, [0.2; 3], 0.5, [0.6; 4]), |p| {
        [&p.0[..], &[p.1], &p.2, &[p.3], &p.4].concat()
    });
}

#[test]
fn options_are_points_with_what_is_there() {
    check_point!((Some(0.3), None::<f64>, Some([0.5, -0.7])), |(a, b, c)| {
        assert!(b.is_none());
        [&[a.unwrap()][..], &c.unwrap()].concat()
    });
    check_point!(vec![Some(0.3), None, Some(0.5)], |p| p.iter().flatten().copied().collect::<Vec<_>>());
    check_point!([Some(vec![0.3, 0.6]), None, Some(vec![0.5])], |p| p
        .iter()
        .flatten()
        .flatten()
        .copied()
        .collect::<Vec<_>>());
}

#[test]
fn maps_are_points_in_the_order_of_their_keys() {
    let map = BTreeMap::from([("second", 0.3), ("first", -0.7), ("third", 0.5)]);
    check_point!(map, |p| [p["first"], p["second"], p["third"]]);
    let map = BTreeMap::from([(3, vec![0.3, 0.1]), (1, vec![]), (2, vec![-0.7, 0.2, 0.4])]);
    check_point!(map, |p| [&p[&2][..], &p[&3]].concat());
    let many: BTreeMap<_, _> = numbers(19, 0.1).into_iter().enumerate().collect();
    check_point!(many, |p| p.values().copied().collect::<Vec<_>>());
}

#[test]
fn containers_of_all_kinds_nest() {
    let layers = BTreeMap::from([("in", vec![[0.3, -0.7], [0.2, 0.5]]), ("out", vec![[0.6, 0.1]])]);
    check_point!((layers, Some(0.4), [(0.9, vec![1.1, 0.8]), (-0.2, vec![])]), |(layers, scale, ends)| {
        let mut all = [layers["in"].as_flattened(), layers["out"].as_flattened()].concat();
        all.extend(scale);
        for (end, more) in ends {
            all.push(*end);
            all.extend(more);
        }
        all
    });
}

/// Rows have as many lanes as coordinates where each row has one at most; these tests don't compare second derivatives with
/// those of a `Vec` bit for bit, which are of other numbers.
mod as_many_lanes_as_coordinates {
    use super::*;

    const HAS_EIGHT_LANES: bool = false;

    #[test]
    fn options_in_an_array() {
        check_point!([Some(0.3), None, Some(0.5)], |p| p.iter().flatten().copied().collect::<Vec<_>>());
        check_point!(Some(0.3), |p| [p.unwrap()]);
        check_point!(Some([0.3, 0.6]), |p| p.unwrap());
    }

    #[test]
    fn structures() {
        check_point!(Pair { left: 0.3, right: 0.6 }, |p| [p.left, p.right]);
    }

    impl Pair<Pair<f64>> {
        fn ravel(&self) -> Vec<f64> {
            [self.left.ravel(), self.right.ravel()].concat()
        }
    }

    impl Pair<Pair<Pair<f64>>> {
        fn ravel(&self) -> Vec<f64> {
            [self.left.ravel(), self.right.ravel()].concat()
        }
    }
}

#[test]
fn functions_of_containers_run_as_often_as_of_a_slice() {
    let passes = Cell::new(0);
    let counted = |passes_expected: usize| assert_eq!(passes.replace(0), passes_expected);
    let x = ([[0.5; 3]; 5], 1.0);
    macro_rules! f {
        () => {
            |(w, b)| {
                passes.set(passes.get() + 1);
                w[4][2] * w[0][0] * *b
            }
        };
    }
    let _ = gradient(f!(), &x);
    counted(2);
    let _ = jacobian(f!(), &x);
    counted(2);
    let _ = hvp(f!(), &x, &x);
    counted(2);
    let _ = hessian(f!(), &x);
    counted(3);
    let _ = jvp(f!(), &x, &x);
    counted(1);
}

#[test]
fn single_precision_is_as_good() {
    let x = ([[0.5_f32, 1.5]; 2], vec![2.0_f32]);
    let g = gradient(|(w, b)| w[0][1] * w[1][0] * b[0], &x);
    assert_eq!(g, ([[0.0, 1.0], [3.0, 0.0]], vec![0.75]));
}

// Results

#[test]
fn results_are_containers_of_every_kind() {
    let x = [[2.0, 3.0], [5.0, 7.0]];
    let [a, b, c, d] = [0, 1, 2, 3].map(|i| {
        let mut row = [[0.0; 2]; 2];
        row[i / 2][i % 2] = 1.0;
        row
    });
    assert_eq!(jacobian(|x| (x[0][0], [x[0][1], x[1][0]]), &x), (a, [b, c]));
    assert_eq!(jacobian(|x| (Some(x[0][0]), [Some(x[1][1]), None]), &x), (Some(a), [Some(d), None]));
    assert_eq!(jacobian(|x| Some(x[0][1]), &x), Some(b));
    let (value, rows) =
        value_and_jacobian(|x| BTreeMap::from([("sum", x[0][0] + x[1][1]), ("b", x[0][1])]), &x);
    assert_eq!(value, BTreeMap::from([("b", 3.0), ("sum", 9.0)]));
    assert_eq!(rows, BTreeMap::from([("b", b), ("sum", [[1.0, 0.0], [0.0, 1.0]])]));
    assert_eq!(
        jacobian(|x| vec![vec![x[0][0]], vec![], vec![x[1][0]; 2]], &x),
        [vec![a], vec![], vec![c; 2]]
    );
    assert_eq!(jacobian(|x| Pair { left: x[0][0], right: x[1][1] }, &x), Pair { left: a, right: d });
    assert_eq!(jacobian(|x| vec![Pair { left: x[0][0], right: x[1][1] }], &x), [Pair { left: a, right: d }]);
    assert_eq!(jacfwd(|x: &[[Dual<f64, 8>; 2]]| (x[1][1], x[0][1]))(&x), (d, b));

    let ones = [[1.0; 2]; 2];
    assert_eq!(
        value_and_jvp(|x| (x[0][0] * x[0][1], [x[1]]), &x, &ones),
        ((6.0, [[5.0, 7.0]]), (5.0, [[1.0; 2]]))
    );
    let (h, [none]) = hessians(|x| (x[0][0] * x[1][1], [x[0][1]]), &x);
    assert_eq!(h, [[d, [[0.0; 2]; 2]], [[[0.0; 2]; 2], a]]);
    assert_eq!(none, [[[[0.0; 2]; 2]; 2]; 2]);
    assert_eq!(divergence(|x| [x[1], [x[1][0] * x[0][0], x[1][1] * x[0][0]]], &x), 4.0);
}

#[test]
fn the_jacobian_of_a_gradient_is_the_hessian() {
    let x = ([[0.3, -0.7], [0.2, 0.5]], vec![0.6]);
    let potential = |(w, b): &([[Dual<Dual<f64, 8>, 8>; 2]; 2], Vec<Dual<Dual<f64, 8>, 8>>)| {
        wave(&[w.as_flattened(), b].concat())
    };
    assert_close(&jacfwd(grad(potential))(&x).ravel(), &hessian(potential, &x).ravel());
}

// Structures by hand

/// Two coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair<T> {
    left: T,
    right: T,
}

impl<T: Number> Point for Pair<T> {
    type Scalar = T;
    type Lanes = Exactly<2>;
    type Family = Pair<f64>;

    fn dim(&self) -> usize {
        2
    }
    fn lift<D>(&self, coordinate: &mut impl FnMut(&T) -> D, _: &mut impl FnMut(&T) -> D) -> Pair<D> {
        Pair { left: coordinate(&self.left), right: coordinate(&self.right) }
    }
    fn coordinate<D>(of: &mut Pair<D>, i: usize) -> Result<&mut D, usize> {
        match i {
            0 => Ok(&mut of.left),
            1 => Ok(&mut of.right),
            beyond => Err(beyond - 2),
        }
    }
    fn argument<D>(of: &Pair<D>) -> &Pair<D> {
        of
    }
}

family!(Pair);

#[test]
fn vectors_maps_and_tuples_of_structures_are_points() {
    fn coordinates<T: Clone>(pairs: &[Pair<T>]) -> Vec<T> {
        pairs.iter().flat_map(|p| [p.left.clone(), p.right.clone()]).collect()
    }

    let pairs: Vec<Pair<f64>> =
        numbers(18, 0.3).as_chunks().0.iter().map(|&[left, right]| Pair { left, right }).collect();
    let flat: Vec<f64> = pairs.iter().flat_map(|p| [p.left, p.right]).collect();
    assert_eq!(pairs.ravel(), flat);
    let g = gradient(|p| wave(&coordinates(p)), &pairs);
    assert_eq!(bits(&coordinates(&g)), bits(&gradient(wave, &flat)));
    let direction: Vec<Pair<f64>> = pairs.map_coordinates(|x| 1.0 - x);
    let ValueGradientHvp { value, gradient: beside, hvp } =
        value_gradient_and_hvp(|p| wave(&coordinates(p)), &pairs, &direction);
    assert_eq!((value, &beside), (wave(&flat), &g));
    assert_eq!(bits(&coordinates(&hvp)), bits(&tangents::hvp(wave, &flat, &direction.ravel())));
    let h = hessian(|p| wave(&coordinates(p)), &pairs);
    let rows: Vec<f64> = coordinates(&h).iter().flat_map(|row| coordinates(row)).collect();
    assert_eq!(bits(&rows), bits(&hessian(wave, &flat).concat()));
    assert_eq!(pairs.name(3).to_string(), "[1][1]");

    let x = (BTreeMap::from([("p", pairs[0])]), Some(pairs[1]), [pairs[2]; 2]);
    let g = gradient(|(map, some, rows)| map["p"].left * some.unwrap().right * rows[1].left, &x);
    let zero = Pair { left: 0.0, right: 0.0 };
    assert_eq!(g.0["p"], Pair { left: pairs[1].right * pairs[2].left, right: 0.0 });
    assert_eq!(g.1, Some(Pair { left: 0.0, right: pairs[0].left * pairs[2].left }));
    assert_eq!(g.2, [zero, Pair { left: pairs[0].left * pairs[1].right, right: 0.0 }]);
}

/// Two weights, and a scale that isn't differentiated.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scaled<T> {
    scale: T,
    weights: [T; 2],
}

impl<T: Number> Point for Scaled<T> {
    type Scalar = T;
    type Lanes = Exactly<2>;
    type Family = Scaled<f64>;

    fn dim(&self) -> usize {
        2
    }
    fn lift<D>(&self, coordinate: &mut impl FnMut(&T) -> D, fixed: &mut impl FnMut(&T) -> D) -> Scaled<D> {
        Scaled { scale: fixed(&self.scale), weights: self.weights.each_ref().map(coordinate) }
    }
    fn coordinate<D>(of: &mut Scaled<D>, i: usize) -> Result<&mut D, usize> {
        of.weights.get_mut(i).ok_or(i.wrapping_sub(2))
    }
    fn argument<D>(of: &Scaled<D>) -> &Scaled<D> {
        of
    }
}

family!(Scaled);

/// s²·w₀²·w₁, of which a derivative in s would be seen.
fn scaled<T: Float>(p: &Scaled<T>) -> T {
    p.scale * p.scale * p.weights[0] * p.weights[0] * p.weights[1]
}

const SCALED: Scaled<f64> = Scaled { scale: 2.0, weights: [3.0, 5.0] };

#[test]
fn fixed_numbers_are_lifted_and_not_differentiated() {
    let gradient_expected = Scaled { scale: 0.0, weights: [120.0, 36.0] };
    let zero = Scaled { scale: 0.0, weights: [0.0; 2] };
    let hessian_expected = Scaled {
        scale: zero,
        weights: [Scaled { scale: 0.0, weights: [40.0, 24.0] }, Scaled { scale: 0.0, weights: [24.0, 0.0] }],
    };
    assert_eq!(value_and_gradient(scaled, &SCALED), (180.0, gradient_expected));
    let at = value_gradient_and_hessian(scaled, &SCALED);
    let expected =
        ValueGradientHessian { value: 180.0, gradient: gradient_expected, hessian: hessian_expected };
    assert_eq!(at, expected);
    assert!(
        gradient(
            |p| {
                assert!(p.scale.is_constant());
                scaled(p)
            },
            &SCALED
        )
        .scale
        .is_sign_positive()
    );

    // What a direction has there counts for nothing.
    let v = Scaled { scale: 1e9, weights: [1.0, -2.0] };
    assert_eq!(jvp(scaled, &SCALED, &v), 120.0 - 72.0);
    assert_eq!(hvp(scaled, &SCALED, &v), Scaled { scale: 0.0, weights: [40.0 - 48.0, 24.0] });
    assert_eq!(vhv(scaled, &SCALED, &v), 40.0 - 4.0 * 24.0);
    assert_eq!(laplacian(scaled, &SCALED), 40.0);
    assert_eq!(partial(scaled, &SCALED, [0, 1]), 24.0);
    // As a result, a fixed number has its value and no derivatives.
    let (value, rows) = value_and_jacobian(|p| Scaled { scale: p.scale, weights: p.weights }, &SCALED);
    assert_eq!(value, SCALED);
    assert_eq!(rows.weights, [[1.0, 0.0], [0.0, 1.0]].map(|weights| Scaled { scale: 0.0, weights }));
    assert_eq!(rows.scale, zero);

    // In other containers too.
    let x = (vec![SCALED; 2], 1.5);
    let g = gradient(|(parts, b)| scaled(&parts[0]) * *b + scaled(&parts[1]), &x);
    let first = Scaled { scale: 0.0, weights: [180.0, 54.0] };
    assert_eq!(g, (vec![first, gradient_expected], 180.0));
}

#[test]
fn arithmetic_leaves_fixed_numbers_alone() {
    let other = Scaled { scale: 70.0, weights: [1.0, 2.0] };
    assert_eq!(SCALED.map_coordinates(|x| -x), Scaled { scale: 2.0, weights: [-3.0, -5.0] });
    assert_eq!(
        SCALED.zip_coordinates(&other, |x, y| x - 0.5 * y),
        Scaled { scale: 2.0, weights: [2.5, 4.0] }
    );
    assert_eq!(SCALED.dot_coordinates(&SCALED), 34.0);
    assert_eq!(SCALED.fold_coordinates(0.0, |sum, x| sum + x), 8.0);
    assert_eq!(SCALED.ravel(), [3.0, 5.0]);
    assert_eq!(SCALED.unravel(&[7.0, 8.0]), Scaled { scale: 2.0, weights: [7.0, 8.0] });
    assert_eq!([SCALED, other].zip_coordinates(&[other, SCALED], |_, y| y).map(|p| p.scale), [2.0, 70.0]);
}

#[cfg(feature = "random")]
#[test]
fn checks_take_fixed_numbers_for_constants() {
    use tangents::check::CheckOptions;
    use tangents::{check_gradient, check_grads};

    check_grads(scaled, &SCALED, CheckOptions::order(2).strict()).unwrap();
    // What stands for a derivative there isn't looked at.
    let by_hand = |p: &Scaled<f64>| Scaled { scale: f64::NAN, weights: [p.scale.powi(2) * 30.0, 36.0] };
    check_gradient(scaled, by_hand, &SCALED, CheckOptions::first_order().strict()).unwrap();
}

// Names

#[test]
fn coordinates_have_names() {
    let names = |x: &dyn Fn(usize) -> String, n: usize| (0..n).map(x).collect::<Vec<_>>();
    let x = [[0.0; 2]; 2];
    assert_eq!(names(&|i| x.name(i).to_string(), 4), ["[0][0]", "[0][1]", "[1][0]", "[1][1]"]);
    let x = (vec![vec![], vec![0.0; 2]], 0.0, Some([0.0]));
    assert_eq!(names(&|i| x.name(i).to_string(), 4), ["0[1][0]", "0[1][1]", "1", "2[0]"]);
    let x = BTreeMap::from([("w", vec![0.0]), ("b", vec![0.0, 0.0])]);
    assert_eq!(names(&|i| x.name(i).to_string(), 3), [r#"["b"][0]"#, r#"["b"][1]"#, r#"["w"][0]"#]);
    let x = [None, Some((0.0, None::<f64>, Some(0.0)))];
    assert_eq!(names(&|i| x.name(i).to_string(), 2), ["[1].0", "[1].2"]);
    assert_eq!(1.0.name(0).to_string(), "");
}

/// Checks name the coordinate whose derivative is wrong.
#[cfg(feature = "random")]
mod checks {
    use tangents::check::{CheckError, CheckOptions, Direction, Mismatch};
    use tangents::{check_gradient, check_grads};

    use super::*;

    /// Twice the coordinate, by a wrong rule.
    fn wrong(x: Dual<Dual<f64, 1>, 1>) -> Dual<Dual<f64, 1>, 1> {
        x.chain(x.re * 2.0, Dual::constant(2.5))
    }

    #[track_caller]
    fn assert_named<R: std::fmt::Debug>(verdict: &Result<R, CheckError>, coordinate: usize, name: &str) {
        let Err(error @ CheckError::Mismatch(Mismatch { direction, name: found, .. })) = verdict else {
            panic!("{verdict:?}")
        };
        assert_eq!(*direction, Direction::Coordinate(coordinate));
        assert_eq!(found.to_string(), name);
        assert!(error.to_string().contains(&format!("coordinate {coordinate} ({name})")), "{error}");
    }

    #[test]
    fn a_wrong_coordinate_is_named_in_the_message() {
        let options = CheckOptions::order(1).strict();
        let x = ([[0.3, 0.7, 0.5], [0.2, 0.4, 0.6]], vec![0.9]);
        assert_named(&check_grads(|(w, b)| wrong(w[1][2]) * w[0][0] + b[0], &x, options), 5, "0[1][2]");
        assert_named(&check_grads(|(w, b)| w[1][2] * w[0][0] + wrong(b[0]), &x, options), 6, "1[0]");
        let w = [[0.3, 0.7, 0.5], [0.2, 0.4, 0.6]];
        assert_named(&check_grads(|w| wrong(w[1][2]) * w[0][0], &w, options), 5, "[1][2]");
        let map = BTreeMap::from([("w", [[0.3, 0.7], [0.2, 0.4]]), ("b", [[0.5, 0.1], [0.6, 0.8]])]);
        let f =
            |map: &BTreeMap<&str, [[Dual<Dual<f64, 1>, 1>; 2]; 2]>| wrong(map["w"][1][0]) + map["b"][0][0];
        assert_named(&check_grads(f, &map, options), 6, r#"["w"][1][0]"#);
    }

    #[test]
    fn a_wrong_gradient_by_hand_is_named_too() {
        let options = CheckOptions::first_order().strict();
        let x = ([0.3, 0.7], Some(0.5));
        let f = |(w, b): &([f64; 2], Option<f64>)| w[0] * w[1] + b.unwrap();
        let right = |(w, _): &([f64; 2], Option<f64>)| ([w[1], w[0]], Some(1.0));
        check_gradient(f, right, &x, options).unwrap();
        let wrong = |(w, _): &([f64; 2], Option<f64>)| ([w[1], -w[0]], Some(1.0));
        assert_named(&check_gradient(f, wrong, &x, options), 1, "0[1]");
        let missing = |(w, _): &([f64; 2], Option<f64>)| ([w[1], w[0]], None);
        let message = format!("the gradient by hand must have the shape of the point: {}", shape(0, 1));
        assert_panics(&message, || _ = check_gradient(f, missing, &x, options));
    }

    #[test]
    fn results_that_change_their_shape_are_an_error_of_a_check() {
        let calls = Cell::new(0);
        let f = |x: &[[Dual<Dual<f64, 1>, 1>; 1]]| {
            calls.set(calls.get() + 1);
            (x[0][0], (calls.get() == 1).then_some(x[0][0]))
        };
        let verdict = check_grads(f, &[[1.0]], CheckOptions::order(1));
        assert_eq!(verdict, Err(CheckError::Shape(tangents::Error::Shape { expected: 1, found: 0 })));
    }
}

// Shapes that don't fit

#[test]
fn directions_of_another_shape_are_panics_that_name_both_numbers() {
    let x = vec![vec![1.0, 2.0], vec![3.0]];
    let never = |_: &[Vec<Dual<f64, 1>>]| -> Dual<f64, 1> { panic!("evaluated") };
    assert_panics(&wrong_direction(2, 1), || _ = jvp(never, &x, &vec![vec![1.0, 2.0]]));
    assert_panics(&wrong_direction(1, 2), || _ = jvp(never, &x, &vec![vec![1.0, 2.0], vec![3.0, 4.0]]));
    // As many coordinates, in other rows.
    assert_panics(&wrong_direction(2, 1), || _ = jvp(never, &x, &vec![vec![1.0], vec![2.0, 3.0]]));

    let x = (Some(1.0), [vec![2.0]]);
    let v = (None, [vec![2.0]]);
    assert_panics(&wrong_direction(1, 0), || _ = hvp(|(a, b)| a.unwrap() * b[0][0], &x, &v));
    assert_panics(&wrong_direction(0, 1), || _ = vhv(|(_, b)| b[0][0], &v, &x));

    let x = BTreeMap::from([("a", 1.0), ("b", 2.0)]);
    let never = |_: &BTreeMap<&str, Dual<f64, 1>>| -> Dual<f64, 1> { panic!("evaluated") };
    let other_key = BTreeMap::from([("a", 1.0), ("c", 2.0)]);
    assert_panics(&wrong_direction(2, 1), || _ = jvp(never, &x, &other_key));
    let fewer_keys = BTreeMap::from([("a", 1.0)]);
    assert_panics(&wrong_direction(2, 1), || _ = jvp(never, &x, &fewer_keys));
    let more_keys = BTreeMap::from([("a", 1.0), ("b", 2.0), ("c", 3.0)]);
    assert_panics(&wrong_direction(2, 3), || _ = jvp(never, &x, &more_keys));
}

#[test]
fn results_of_two_shapes_are_panics_that_name_both_numbers() {
    type D = Dual<f64, 8>;

    let x = [[0.5; 3]; 3];
    let passes = Cell::new(0);
    let pass = || passes.replace(passes.get() + 1);
    let rows = |x: &[[D; 3]]| (x[0], vec![x[1]; 3 - pass()]);
    assert_panics(&two_shapes(3, 2), || _ = jacobian(rows, &x));
    passes.set(0);
    let some = |x: &[[D; 3]]| (pass() == 0).then_some(x[0]);
    assert_panics(&two_shapes(1, 0), || _ = value_and_jacobian(some, &x));
    passes.set(0);
    let keys = |x: &[[D; 3]]| BTreeMap::from([(pass(), x[0])]);
    assert_panics(&two_shapes(1, 0), || _ = jacobian(keys, &x));
    passes.set(0);
    let inner = |x: &[[D; 3]]| vec![vec![x[0][0]; pass() + 1], vec![x[0][0]]];
    assert_panics(&two_shapes(1, 2), || _ = jacobian(inner, &x));
}

#[test]
fn containers_of_another_shape_are_panics_of_zip_and_unravel() {
    let zip = |expected, found| {
        format!("the other container must have the shape of the first: {}", shape(expected, found))
    };
    let x = vec![vec![1.0, 2.0], vec![3.0]];
    assert_panics(&zip(2, 3), || _ = x.zip_coordinates(&vec![vec![1.0; 3], vec![3.0]], |x, _| x));
    assert_panics(&zip(2, 1), || _ = x.zip_coordinates(&vec![vec![1.0; 2]], |x, _| x));
    assert_panics(&zip(1, 0), || _ = Point::zip_coordinates(&Some(1.0), &None, |x: f64, _| x));
    assert_panics("2 numbers for a container of 3 coordinates", || _ = x.unravel(&[1.0, 2.0]));
    assert_panics("4 numbers for a container of 3 coordinates", || _ = x.unravel(&[1.0; 4]));
}

/// A structure whose number of coordinates is known at run time, with the comparison of shapes that `Point` provides.
#[derive(Clone, Debug, PartialEq)]
struct Polynomial<T>(Vec<T>);

impl<T: Number> Point for Polynomial<T> {
    type Scalar = T;
    type Lanes = Chunks<8>;
    type Family = Polynomial<f64>;

    fn dim(&self) -> usize {
        self.0.len()
    }
    fn lift<D>(&self, coordinate: &mut impl FnMut(&T) -> D, _: &mut impl FnMut(&T) -> D) -> Polynomial<D> {
        Polynomial(self.0.iter().map(coordinate).collect())
    }
    fn coordinate<D>(of: &mut Polynomial<D>, i: usize) -> Result<&mut D, usize> {
        let n = of.0.len();
        of.0.get_mut(i).ok_or(i.wrapping_sub(n))
    }
    fn argument<D>(of: &Polynomial<D>) -> &Polynomial<D> {
        of
    }
}

family!(Polynomial);

#[test]
fn the_provided_comparison_of_shapes_names_both_numbers() {
    let [one, three, five] = [1, 3, 5].map(|n| Polynomial(vec![2.0; n]));
    for (x, v) in [(&three, &one), (&three, &five), (&one, &five), (&five, &one)] {
        assert_panics(&wrong_direction(x.dim(), v.dim()), || _ = jvp(|p| p.0[0], x, v));
    }
    let lengths = [2, 7];
    let passes = Cell::new(0);
    let f = |x: &[Dual<f64, 8>]| Polynomial(vec![x[0]; lengths[passes.replace(passes.get() + 1)]]);
    assert_panics(&two_shapes(2, 7), || _ = jacobian(f, &vec![0.5; 9]));
    assert_eq!(jvp(|p| p.0[0] * p.0[2], &three, &three), 8.0);
}

// Nothing

#[test]
fn containers_without_coordinates_have_the_value_and_empty_derivatives() {
    macro_rules! check_empty {
        ($($x:expr),*) => {$({
            let x = $x;
            let passes = Cell::new(0);
            let pass = || passes.set(passes.get() + 1);
            assert_eq!(x.dim(), 0);
            assert!(x.ravel().is_empty());
            assert_eq!(value_and_gradient(|_| { pass(); Dual::lit(4.5) }, &x), (4.5, x.clone()));
            let at = value_gradient_and_hessian(|_| { pass(); Real::lit(4.5) }, &x);
            assert_eq!((at.value, &at.gradient), (4.5, &x));
            assert!(at.hessian.ravel().is_empty());
            assert_eq!(value_and_jacobian(|_| { pass(); (Dual::lit(4.5),) }, &x), ((4.5,), (x.clone(),)));
            assert_eq!(value_and_jvp(|_| { pass(); Dual::lit(4.5) }, &x, &x), (4.5, 0.0));
            assert_eq!(hvp(|_| { pass(); Dual::lit(4.5) }, &x, &x), x);
            assert_eq!(passes.get(), 5);
            assert_eq!(Point::map_coordinates(&x, |x: f64| x + 1.0), x);
            assert_eq!(Point::zip_coordinates(&x, &x, |x: f64, y| x + y), x);
            assert_eq!(x.unravel::<f64>(&[]), x);
            assert_eq!(x.fold_coordinates(2.0, |_, x: f64| x), 2.0);
        })*};
    }
    check_empty!(
        [[0.0; 0]; 3],
        [[0.0; 3]; 0],
        [[0.0; 0]; 9],
        Vec::<[f64; 2]>::new(),
        vec![[0.0; 0]; 3],
        [Vec::<f64>::new(), Vec::new()],
        (Vec::<f64>::new(), [0.0; 0], None::<f64>),
        [None::<f64>, None],
        BTreeMap::<u8, f64>::new(),
        BTreeMap::from([("empty", Vec::<f64>::new())])
    );
    // Results without numbers.
    let x = ([1.0, 2.0], 3.0);
    assert_eq!(value_and_jacobian(|_| Vec::<(Dual<f64, 8>,)>::new(), &x), (vec![], vec![]));
    assert_eq!(jacobian(|_| None::<Dual<f64, 8>>, &x), None);
}
