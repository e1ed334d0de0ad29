//! `#[derive(Point)]`: structures as points and as results.
//!
//! Expected values are derivatives by hand; where a structure is compared with an array, the array's are proved elsewhere.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::fmt::Debug;

use tangents::check::{CheckError, CheckOptions};
use tangents::point::{DualAt, HyperDualAt};
use tangents::{
    Dual, HyperDual, Number, Point, Real, check_grads, derivative, gradient, hessian, hvp, jacobian, jvp,
    laplacian, value_and_gradient, value_gradient_and_hessian,
};

#[derive(Clone, Debug, PartialEq, Point)]
struct Layer<T> {
    weights: [[T; 3]; 2],
    biases: Vec<T>,
}

/// A field of each kind.
#[derive(Clone, Debug, PartialEq, Point)]
struct Model<T> {
    w: [[T; 3]; 2],
    b: Vec<T>,
    layers: Vec<Layer<T>>,
    bias: Option<T>,
    absent: Option<T>,
    pair: (T, [T; 2]),
    table: BTreeMap<String, T>,
    #[point(fixed)]
    scale: T,
    #[point(fixed)]
    earlier: Vec<Layer<T>>,
    #[point(fixed)]
    name: String,
}

fn model() -> Model<f64> {
    Model {
        w: [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
        b: vec![7.0, 8.0],
        layers: vec![Layer { weights: [[9.0, 10.0, 11.0], [12.0, 13.0, 14.0]], biases: vec![15.0] }],
        bias: Some(16.0),
        absent: None,
        pair: (17.0, [18.0, 19.0]),
        table: BTreeMap::from([("a".into(), 20.0), ("b".into(), 21.0)]),
        scale: 0.5,
        earlier: vec![Layer { weights: [[-1.0; 3]; 2], biases: vec![-1.0; 2] }],
        name: "model".into(),
    }
}

/// The coordinates of a model one by one, in the order of its fields.
fn coordinates<T: Clone>(m: &Model<T>) -> Vec<T> {
    let mut all = [m.w.as_flattened(), &m.b].concat();
    for Layer { weights, biases } in &m.layers {
        all.extend([weights.as_flattened(), biases].concat());
    }
    all.extend(m.bias.iter().chain(&m.absent).cloned());
    all.extend([m.pair.0.clone(), m.pair.1[0].clone(), m.pair.1[1].clone()]);
    all.extend(m.table.values().cloned());
    all
}

/// ½·Σ i·cᵢ², i from 1: the derivative in cᵢ is i·cᵢ.
fn weighted<T: Real>(c: &[T], scale: T) -> T {
    c.iter().zip(1_u8..).fold(T::zero(), |sum, (&c, i)| sum + T::from(i).unwrap() * c * c) * scale
}

#[test]
fn each_kind_of_field_has_its_coordinates() {
    let m = model();
    assert_eq!(m.dim(), 21);
    assert_eq!(m.ravel(), (1..=21).map(f64::from).collect::<Vec<_>>());
    assert_eq!(m.ravel(), coordinates(&m));

    let (value, g) = value_and_gradient(|m| weighted(&coordinates(m), m.scale), &m);
    assert_eq!(value, 0.5 * (1..=21).map(|i| f64::from(i * i * i)).sum::<f64>());
    assert_eq!(coordinates(&g), (1..=21).map(|i| f64::from(i * i)).collect::<Vec<_>>());
    assert_eq!((g.absent, g.name), (None, "model".into()));
}

#[test]
fn a_fixed_field_has_its_value_and_no_derivative() {
    let m = model();
    let f = |m: &Model<Dual<f64, 8>>| m.pair.0 * m.scale * m.earlier[0].biases[1];
    let (value, g) = value_and_gradient(f, &m);
    assert_eq!((value, g.pair.0), (-8.5, -0.5));
    assert_eq!((g.scale, &g.earlier), (0.0, &vec![Layer { weights: [[0.0; 3]; 2], biases: vec![0.0; 2] }]));
    // An update leaves it alone.
    let next = m.zip_coordinates(&g, |p, g| p - g);
    assert_eq!((next.scale, &next.earlier, next.pair.0), (0.5, &m.earlier, 17.5));
    assert_eq!(m.map_coordinates(|x| 2.0 * x).scale, 0.5);
    assert_eq!(m.unravel(&[0.0; 21]).earlier, m.earlier);
}

#[test]
fn a_structure_of_other_numbers() {
    let m = model();
    // In a function of a vector that is differentiated: coordinates are variables, fixed numbers constants.
    let f = |m: &Model<Dual<f64, 8>>| m.pair.0 * m.scale * m.earlier[0].biases[1];
    let g = value_and_gradient(|v| f(&m.unravel(v)), &m.ravel()).1;
    assert_eq!(g, value_and_gradient(f, &m).1.ravel());
    // All are constants, of a number over another too.
    let slope = |x: Dual<f64, 1>| {
        let constants = m.map_numbers(|m| Dual::<Dual<f64, 1>, 1>::constant(x * m));
        constants.pair.0.re + constants.scale.re * constants.pair.0.eps[0]
    };
    assert_eq!(derivative(slope, 1.0), 17.0);
    assert_eq!(m.map_numbers(Dual::<f64, 2>::from).map_numbers(|m| m.re), m);
    let text = m.map_numbers(|m| m.to_string());
    assert_eq!((text.scale.as_str(), text.name.as_str()), ("0.5", "model"));
}

#[test]
fn second_derivatives_are_structures_of_structures() {
    let m = model();
    let at = value_gradient_and_hessian(|m| weighted(&coordinates(m), m.scale) * m.bias.unwrap(), &m);
    // ∂²/∂cᵢ∂cⱼ of s·½Σ k·cₖ² with s = c₁₆ = 16: 16·i on the diagonal, i·cᵢ in the row of s, 3·16·16 on both.
    for (row, i) in coordinates(&at.hessian).iter().zip(1_u32..) {
        for (&entry, j) in coordinates(row).iter().zip(1_u32..) {
            let expected = match (i == 16, j == 16) {
                (true, true) => 3 * 16 * 16,
                (true, false) => j * j,
                (false, true) => i * i,
                (false, false) => u32::from(i == j) * 16 * i,
            };
            assert_eq!(entry, f64::from(expected), "{i} {j}");
        }
    }
    assert_eq!(at.gradient.scale, 0.0);

    let along = m.map_coordinates(|_| 1.0);
    assert_eq!(jvp(|m| m.pair.0 * m.scale, &m, &along), 0.5);
    assert_eq!(hvp(|m| m.pair.0 * m.b[0] * m.scale, &m, &along).b[0], 0.5);
    assert_eq!(laplacian(|m| weighted(&coordinates(m), m.scale), &m), f64::from((1..=21).sum::<i32>()));
}

#[derive(Clone, Copy, Debug, PartialEq, Point)]
struct Forces<T> {
    x: T,
    y: [T; 2],
    #[point(fixed)]
    time: T,
}

#[test]
fn a_structure_is_a_result() {
    let m = Layer { weights: [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], biases: vec![7.0] };
    let j = jacobian(
        |m| Forces {
            x: m.weights[0][1] * m.biases[0],
            y: [m.weights[1][2], m.biases[0] * 2.0],
            time: m.biases[0],
        },
        &m,
    );
    let unit =
        |i: usize, c: f64| m.unravel(&std::array::from_fn::<_, 7, _>(|k| if k == i { c } else { 0.0 }));
    let x = unit(1, 7.0).zip_coordinates(&unit(6, 2.0), |a, b| a + b);
    assert_eq!((&j.x, &j.y), (&x, &[unit(5, 1.0), unit(6, 2.0)]));
}

/// A structure in its own fields, differentiated and fixed.
#[derive(Clone, Debug, PartialEq, Point)]
struct Tree<T> {
    value: T,
    children: Vec<Tree<T>>,
    #[point(fixed)]
    fixed: Vec<Tree<T>>,
}

impl<T: Real> Tree<T> {
    fn product(&self) -> T {
        self.children.iter().chain(&self.fixed).fold(self.value, |product, child| product * child.product())
    }
}

#[test]
fn a_structure_may_be_in_its_own_fields() {
    let leaf = |value| Tree { value, children: vec![], fixed: vec![] };
    let branch = Tree { value: 3.0, children: vec![leaf(5.0), leaf(7.0)], fixed: vec![leaf(0.5)] };
    let tree = Tree { value: 2.0, children: vec![leaf(11.0), branch.clone()], fixed: vec![branch] };
    let product = tree.product();
    let g = gradient(Tree::product, &tree);
    assert_eq!(g.dim(), 5);
    assert_eq!(g.ravel(), tree.ravel().iter().map(|x| product / x).collect::<Vec<_>>());
    assert_eq!(g.fixed[0].children[1].value, 0.0);
    assert_eq!(tree.name(4).to_string(), "…ldren[1].children[1].value");
    let h = hessian(Tree::product, &tree);
    assert_eq!(h.value.children[1].children[0].value, product / 10.0);
}

const SIX: usize = 6;

mod lengths {
    pub(super) const TWO: usize = 2;
}

#[derive(Point)]
struct Twelve<T> {
    a: [[T; 2]; 3],
    b: T,
    c: (T, [T; 2 * 2]),
    #[point(fixed)]
    d: [T; 100],
}

#[derive(Point)]
struct Constants<T> {
    a: [T; SIX],
    b: [T; lengths::TWO + 1],
}

#[derive(Point)]
struct Seventeen<T>([T; 16], T);

#[derive(Point)]
struct Unknown<T, const N: usize>([T; N]);

#[derive(Point)]
struct Maybe<T>(Option<T>);

#[derive(Point)]
struct Nested<T>(Twelve<T>, T);

#[derive(Point)]
#[point(lanes = 13)]
struct Chosen<T>(Twelve<T>, T);

#[derive(Point)]
#[point(lanes = 1)]
struct One<T>([T; 2]);

/// The numbers that a function runs on at a point.
fn runs_on<X: Point<Scalar = f64>>(first: TypeId, second: TypeId)
where
    DualAt<X>: 'static,
    HyperDualAt<X>: 'static,
{
    assert_eq!(TypeId::of::<DualAt<X>>(), first);
    assert_eq!(TypeId::of::<HyperDualAt<X>>(), second);
}

fn in_one_run<X: Point<Scalar = f64>, const N: usize>() {
    runs_on::<X>(TypeId::of::<Dual<f64, N>>(), TypeId::of::<HyperDual<f64, N>>());
}

fn in_chunks<X: Point<Scalar = f64>, const C: usize>() {
    runs_on::<X>(TypeId::of::<Dual<f64, C>>(), TypeId::of::<Dual<Dual<f64, C>, C>>());
}

#[test]
fn up_to_16_coordinates_that_the_type_counts_have_a_lane_each() {
    in_one_run::<Twelve<f64>, 12>();
    in_one_run::<Constants<f64>, 9>();
    in_one_run::<Forces<f64>, 3>();
    in_one_run::<Chosen<f64>, 13>();
    in_chunks::<Seventeen<f64>, 8>();
    in_chunks::<Unknown<f64, 3>, 8>();
    in_chunks::<Maybe<f64>, 8>();
    in_chunks::<Nested<f64>, 8>();
    in_chunks::<One<f64>, 1>();
}

#[test]
fn any_number_of_lanes_gives_the_same_derivatives() {
    fn f<T: Real>(x: &[T]) -> T {
        (x[0] * x[1]).sin() * x[2].exp() + (x[4] / x[3]).ln() * x[1]
    }
    let x = [0.3, 1.5, -0.4, 2.0, 0.7];
    let (value, g) = value_and_gradient(f, &x);
    let h = hessian(f, &x);
    macro_rules! with_lanes {
        ($($lanes:literal)*) => {$({
            #[derive(Debug, PartialEq, Point)]
            #[point(lanes = $lanes)]
            struct Five<T>([T; 3], Vec<T>);

            let five = Five([x[0], x[1], x[2]], x[3..].to_vec());
            let all = |five: &Five<_>| five.0.iter().chain(&five.1).copied().collect::<Vec<_>>();
            assert_eq!(value_and_gradient(|five| f(&all(five)), &five), (value, five.unravel(&g)), "{} lanes", $lanes);
            let all = |five: &Five<_>| five.0.iter().chain(&five.1).copied().collect::<Vec<_>>();
            let rows = hessian(|five| f(&all(five)), &five);
            assert_eq!(rows.0.iter().chain(&rows.1).map(Point::ravel).collect::<Vec<_>>(), h, "{} lanes", $lanes);
        })*};
    }
    with_lanes!(1 2 3 4 5 6 8 16);
}

#[test]
fn a_check_names_the_field() {
    let m = model();
    assert_eq!(m.name(12).to_string(), "layers[0].weights[1][1]");
    assert_eq!(m.name(14).to_string(), "layers[0].biases[0]");
    assert_eq!(m.name(18).to_string(), "pair.1[1]");
    assert_eq!(m.name(20).to_string(), "table[\"b\"]");

    // Of one coordinate the slope is forgotten.
    let wrong = |m: &Model<Dual<Dual<f64, 1>, 1>>| m.w[0][0] + m.layers[0].weights[1][2].re;
    let error = check_grads(wrong, &m, CheckOptions::order(1).strict()).unwrap_err();
    assert!(
        matches!(error, CheckError::Mismatch(_)) && error.to_string().contains("layers[0].weights[1][2]"),
        "{error}"
    );

    check_grads(|m| weighted(&coordinates(m), m.scale).ln(), &m, CheckOptions::order(2).strict()).unwrap();
}

#[test]
#[should_panic(expected = "the other container must have the shape of the first")]
fn structures_of_different_shapes_are_refused() {
    let (m, mut other) = (model(), model());
    other.layers[0].biases.push(0.0);
    let _ = m.zip_coordinates(&other, |a, _| a);
}

/// Containers of other crates.
#[cfg(all(feature = "nalgebra", feature = "ndarray", feature = "num-complex"))]
mod foreign {
    use nalgebra::{DMatrix, Vector2};
    use ndarray::Array1;
    use num_complex::Complex;
    use tangents::{Point, gradient};

    #[derive(Debug, PartialEq, Point)]
    struct Foreign<T> {
        column: Vector2<T>,
        matrix: DMatrix<T>,
        array: Array1<T>,
        complex: Vec<Complex<T>>,
        #[point(fixed)]
        axis: Vector2<T>,
    }

    #[test]
    fn fields_may_be_of_other_crates() {
        let x = Foreign {
            column: Vector2::new(2.0, 3.0),
            matrix: DMatrix::from_element(1, 2, 5.0),
            array: Array1::from_elem(1, 7.0),
            complex: vec![Complex::new(11.0, 13.0)],
            axis: Vector2::new(17.0, 19.0),
        };
        let g = gradient(|x| x.column.dot(&x.axis) * x.matrix[(0, 1)] + x.array[0] * x.complex[0].im, &x);
        let expected = Foreign {
            column: Vector2::new(85.0, 95.0),
            matrix: DMatrix::from_row_slice(1, 2, &[0.0, 91.0]),
            array: Array1::from_elem(1, 13.0),
            complex: vec![Complex::new(0.0, 7.0)],
            axis: Vector2::zeros(),
        };
        assert_eq!(g, expected);
        assert_eq!(x.name(6).to_string(), "complex[0].im");
    }
}

/// Other parameters, their bounds and what the fields are called don't matter.
mod generics {
    use super::*;

    #[derive(Debug, PartialEq, Point)]
    #[point(number = T)]
    struct Everything<'a, K: Clone + Ord + Debug, T, const N: usize, L = u8>
    where
        L: Debug,
    {
        array: [T; N],
        table: BTreeMap<K, T>,
        #[point(fixed)]
        data: &'a [f64],
        #[point(fixed)]
        label: Option<L>,
    }

    #[test]
    fn parameters_are_kept() {
        let data = vec![2.0, 3.0];
        let x = Everything {
            array: [1.0, 2.0],
            table: BTreeMap::from([(7_u16, 4.0)]),
            data: &data,
            label: Some("l"),
        };
        let g = gradient(|x| (x.array[0] * x.data[0] + x.array[1] * x.data[1]) * x.table[&7], &x);
        let expected = Everything {
            array: [8.0, 12.0],
            table: BTreeMap::from([(7, 8.0)]),
            data: &data,
            label: Some("l"),
        };
        assert_eq!(g, expected);
    }

    /// A function that differentiates at such a structure over any number.
    fn slope<T: Number>(x: T) -> T {
        gradient(|p| p.x * p.y[0], &Forces { x, y: [x * x; 2], time: x }).x
    }

    #[test]
    fn the_number_may_have_derivatives() {
        assert_eq!(slope(3.0), 9.0);
        assert_eq!(derivative(slope, 3.0), 6.0);
        assert_eq!(slope(3.0_f32), 9.0);
    }

    #[derive(Point)]
    struct D<T> {
        d: D_<T>,
        i: T,
    }

    #[derive(Point)]
    struct D_<T> {
        coordinate: T,
        fixed: T,
        of: T,
        f: T,
        path: [T; 1],
        dim: (T,),
        found: T,
        beyond: Vec<T>,
        r#type: T,
        #[point(fixed)]
        this: T,
    }

    #[test]
    fn names_dont_collide() {
        let d = D_ {
            coordinate: 1.0,
            fixed: 2.0,
            of: 3.0,
            f: 4.0,
            path: [5.0],
            dim: (6.0,),
            found: 7.0,
            beyond: vec![8.0],
            r#type: 9.0,
            this: 10.0,
        };
        let d = D { d, i: 11.0 };
        assert_eq!(gradient(|d| d.d.r#type * d.d.fixed * d.i, &d).ravel()[8], 22.0);
        assert_eq!(d.name(8).to_string(), "d.type");
    }

    macro_rules! structure {
        ($name:ident, $number:ident, $($field:ident: $ty:ty),*) => {
            #[derive(Point)]
            struct $name<$number> {
                own: $number,
                $($field: $ty),*
            }
        };
    }
    structure!(ByMacro, U, a: [U; 2], b: U);

    #[test]
    fn a_macro_may_write_the_structure() {
        in_one_run::<ByMacro<f64>, 4>();
        let g = gradient(|x| x.own * x.a[1] * x.b, &ByMacro { own: 2.0, a: [3.0, 5.0], b: 7.0 });
        assert_eq!(g.ravel(), [35.0, 0.0, 14.0, 10.0]);
    }
}

/// A module in which the names of the prelude, and of everything else, are other things.
#[allow(dead_code, non_camel_case_types)]
mod shadowed {
    struct Ok;
    struct Err;
    struct Result;
    struct Option;
    struct Clone;
    struct FnMut;
    struct Number;
    struct Error;
    struct usize;
    mod core {}
    mod std {}
    mod tangents {}

    const I: u8 = 0;

    #[derive(::tangents::Point)]
    pub(super) struct Plain<T> {
        pub(super) x: T,
        #[point(fixed)]
        pub(super) name: &'static str,
    }
}

#[test]
fn nothing_is_taken_from_the_scope() {
    assert_eq!(gradient(|p| p.x * p.x, &shadowed::Plain { x: 3.0, name: "x" }).x, 6.0);
}

/// The crate under another name.
mod reexport {
    pub(super) mod inner {
        pub(crate) use tangents as autodiff;
    }

    #[derive(inner::autodiff::Point)]
    #[point(crate = "inner::autodiff", lanes = 3)]
    pub(super) struct Pair<T>(pub(super) T, pub(super) [T; 2]);
}

#[test]
fn the_crate_may_have_another_name() {
    in_one_run::<reexport::Pair<f64>, 3>();
    assert_eq!(gradient(|p| p.0 * p.1[1], &reexport::Pair(2.0, [3.0, 5.0])).ravel(), [5.0, 0.0, 2.0]);
}

/// Without coordinates there is a value still.
#[derive(Point)]
struct Settings<T> {
    #[point(fixed)]
    rate: T,
}

#[test]
fn all_fields_may_be_fixed() {
    let settings = Settings { rate: 0.5 };
    assert_eq!(settings.dim(), 0);
    let (value, g) = value_and_gradient(|s| s.rate * s.rate, &settings);
    assert_eq!((value, g.rate), (0.25, 0.0));
}
