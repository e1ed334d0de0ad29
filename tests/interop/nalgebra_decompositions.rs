//! `nalgebra`'s decompositions on dual numbers: against closed forms, and where they lose derivatives.
//!
//! References: eigenvalues and eigenvectors by perturbation theory, singular values and the eigenvalues of the matrix
//! that isn't symmetric by differences, `exp` by the block matrix (A, Ȧ; 0, A); all by mpmath with 60 digits.

use ::nalgebra::{
    Matrix2, Matrix3, Matrix4, Matrix4x3, Quaternion, RealField, Rotation2, Rotation3, SMatrix,
    UnitQuaternion, Vector2, Vector3, Vector4, convert,
};
use tangents::interop::nalgebra::{join, lane, split, values};
use tangents::{Dual, derivative, gradient, jvp};
use twofloat::TwoFloat;

type D = Dual<f64, 1>;
type DD = Dual<D, 1>;

/// The variable at x.
fn first(x: f64) -> D {
    D::variable(x, 0)
}

/// The variable at x, for two derivatives.
fn second(x: f64) -> DD {
    DD::new(first(x), [D::constant(1.0)])
}

fn symmetric<T: RealField + Copy>(x: T) -> Matrix3<T> {
    let (o, i) = (T::zero(), T::one());
    Matrix3::new(x, i, o, i, convert(3.0), i, o, i, x * x)
}

fn general<T: RealField + Copy>(x: T) -> Matrix3<T> {
    let (o, i) = (T::zero(), T::one());
    Matrix3::new(x, i, o, convert(2.0), convert(3.0), x, o, i, x * x)
}

fn tall<T: RealField + Copy>(t: T) -> Matrix4x3<T> {
    let (o, i) = (T::zero(), T::one());
    let [two, three, four] = [2.0, 3.0, 4.0].map(convert);
    Matrix4x3::new(i + t, two, o, t * t, three, t.sin(), i, t, four - t, two, o, t)
}

#[track_caller]
fn assert_close(found: f64, expected: f64, tolerance: f64) {
    let error = (found - expected).abs();
    assert!(error <= tolerance * expected.abs().max(1.0), "{found} for {expected}, off by {error:e}");
}

#[track_caller]
fn assert_all_close<const R: usize, const C: usize>(
    found: &SMatrix<f64, R, C>,
    expected: &SMatrix<f64, R, C>,
    tolerance: f64,
) {
    for (&found, &expected) in found.iter().zip(expected) {
        assert_close(found, expected, tolerance);
    }
}

/// Value, first and second derivative.
fn derivatives(y: DD) -> [f64; 3] {
    [y.re.re, y.re.eps[0], y.eps[0].eps[0]]
}

/// Value, first and second derivative, in ascending order of the value.
fn sorted<const N: usize>(numbers: impl IntoIterator<Item = DD>) -> [[f64; 3]; N] {
    let mut numbers: Vec<_> = numbers.into_iter().map(derivatives).collect();
    numbers.sort_by(|a, b| a[0].total_cmp(&b[0]));
    numbers.try_into().expect("N numbers")
}

#[track_caller]
fn assert_derivatives<const N: usize>(found: [[f64; 3]; N], expected: [[f64; 3]; N], tolerance: f64) {
    for (found, expected) in found.as_flattened().iter().zip(expected.as_flattened()) {
        assert_close(*found, *expected, tolerance);
    }
}

/// For what is computed directly.
const DIRECT: f64 = 1e-14;
/// For what is iterated: each step is rounded, and the rounding of tangents is divided by what lies between the
/// eigenvalues. (A smaller tolerance of convergence brings them no nearer.)
const ITERATED: f64 = 1e-13;

const EIGENVALUES: [[f64; 3]; 3] = [
    [1.267_949_192_431_122_7, 0.800_641_262_882_228, -0.312_855_400_452_451_4],
    [3.0, 1.666_666_666_666_666_7, -2.666_666_666_666_666_7],
    [4.732_050_807_568_877, 2.532_692_070_451_105_3, 4.979_522_067_119_118],
];

#[test]
fn a_determinant_has_its_derivatives() {
    let det = symmetric(second(2.0)).determinant();
    assert_eq!(derivatives(det), [18.0, 31.0, 34.0]);
    let det = symmetric(second(2.0)).lu().determinant();
    assert_derivatives([derivatives(det)], [[18.0, 31.0, 34.0]], DIRECT);
    // Over a float that has none of `nalgebra`'s traits: at 2 + δ det′ is 31 + 34δ, to more digits than `f64` has.
    let det = symmetric(Dual::new(TwoFloat::new_add(2.0, 1e-20), [TwoFloat::from(1.0)])).determinant();
    assert_close(f64::from(det.eps[0] - TwoFloat::from(31.0)) / 34e-20, 1.0, 1e-10);
    // ∂det/∂A = det·A⁻ᵀ
    let a = general(2.0);
    let expected = a.try_inverse().unwrap().transpose() * a.determinant();
    assert_all_close(&gradient(Matrix3::determinant, &a), &expected, 1e-14);
}

#[test]
fn eigenvalues_have_their_derivatives() {
    let m = symmetric(second(2.0));
    assert_derivatives(sorted(m.symmetric_eigenvalues().iter().copied()), EIGENVALUES, ITERATED);
    assert_derivatives(sorted(m.symmetric_eigen().eigenvalues.iter().copied()), EIGENVALUES, ITERATED);
    // Singular values, of a matrix that is positive definite.
    assert_derivatives(sorted(m.singular_values().iter().copied()), EIGENVALUES, ITERATED);
}

#[test]
fn eigenvectors_have_their_derivatives() {
    let expected = [
        [
            [0.788_675_134_594_812_9, -0.577_350_269_189_625_8, 0.211_324_865_405_187_1],
            [-0.039_939_504_819_692_49, -0.127_991_532_071_853_8, -0.200_623_107_342_651_58],
        ],
        [
            [0.577_350_269_189_625_8, 0.577_350_269_189_625_8, -0.577_350_269_189_625_8],
            [0.192_450_089_729_875_25, 0.577_350_269_189_625_8, 0.769_800_358_919_501],
        ],
        [
            [0.211_324_865_405_187_1, 0.577_350_269_189_625_8, 0.788_675_134_594_812_9],
            [-0.376_727_161_846_974_2, -0.705_341_801_261_479_5, 0.617_289_774_009_318_2],
        ],
    ];
    let eigen = symmetric(first(2.0)).symmetric_eigen();
    assert_eq!(values(&eigen.eigenvectors), symmetric(2.0).symmetric_eigen().eigenvectors);
    let mut order = [0, 1, 2];
    order.sort_by(|&a, &b| eigen.eigenvalues[a].re.total_cmp(&eigen.eigenvalues[b].re));
    for (k, [value, tangent]) in order.into_iter().zip(expected) {
        let v = eigen.eigenvectors.column(k).into_owned();
        let v = if v[0].re < 0.0 { -v } else { v };
        assert_all_close(&values(&v), &Vector3::from(value), 1e-14);
        assert_all_close(&lane(&v, 0), &Vector3::from(tangent), 1e-13);
    }
}

#[test]
fn eigenvalues_of_a_general_matrix_have_their_derivatives() {
    let expected = [
        [0.763_932_022_500_210_3, 0.705_572_809_000_084_1, -0.181_405_451_659_809_9],
        [3.0, 1.8, -1.68],
        [5.236_067_977_499_79, 2.494_427_190_999_916, 3.861_405_451_659_81],
    ];
    let m = general(second(2.0));
    assert_derivatives(sorted(m.eigenvalues().expect("real ones").iter().copied()), expected, ITERATED);
    assert_derivatives(sorted(m.complex_eigenvalues().iter().map(|z| z.re)), expected, ITERATED);
    let (q, t) = m.schur().unpack();
    let again = q * t * q.transpose();
    for (found, expected) in again.iter().zip(m.iter()) {
        assert_derivatives([derivatives(*found)], [derivatives(*expected)], ITERATED);
    }
}

#[test]
fn singular_values_have_their_derivatives() {
    let expected = [
        [2.010_852_843_120_377, -0.200_414_711_201_589_9, -0.601_617_476_755_828],
        [3.133_986_803_565_118_7, -1.265_434_017_770_815_8, 0.114_218_647_276_128_64],
        [4.407_600_980_744_55, 0.916_506_170_669_867_4, 1.000_688_114_642_003_2],
    ];
    let m = tall(second(0.5));
    assert_derivatives(sorted(m.singular_values().iter().copied()), expected, ITERATED);
    let svd = m.svd(true, true);
    assert_derivatives(sorted(svd.singular_values.iter().copied()), expected, ITERATED);
    for (found, expected) in svd.recompose().expect("U and V").iter().zip(m.iter()) {
        assert_derivatives([derivatives(*found)], [derivatives(*expected)], ITERATED);
    }
    // σ̇ = uᵀ·Ȧ·v
    let m = tall(first(0.5));
    let svd = m.svd(true, true);
    let (u, v) = (values(&svd.u.unwrap()), values(&svd.v_t.unwrap()));
    let expected = (u.transpose() * lane(&m, 0) * v.transpose()).diagonal();
    assert_all_close(&lane(&svd.singular_values, 0), &expected, 1e-14);
}

#[test]
fn inverses_and_solutions_have_their_derivatives() {
    let (a, [da]) = split(&general(first(2.0)));
    let m = join(&a, [&da]);
    let inverse = a.try_inverse().unwrap();
    let expected = -inverse * da * inverse;
    assert_all_close(&lane(&m.try_inverse().unwrap(), 0), &expected, 1e-14);
    assert_all_close(&jvp(|m| m.try_inverse().unwrap(), &a, &da), &expected, 1e-14);
    let b = Vector3::new(1.0, -2.0, 0.5);
    for x in [m.lu().solve(&b.cast()), m.full_piv_lu().solve(&b.cast()), m.qr().solve(&b.cast())] {
        assert_all_close(&lane(&x.unwrap(), 0), &(expected * b), 1e-14);
    }
    // Second derivative of M⁻¹ in the direction Ȧ, constant: 2·A⁻¹·Ȧ·A⁻¹·Ȧ·A⁻¹.
    let twice = Matrix3::from_fn(|r, c| DD::new(D::new(a[(r, c)], [da[(r, c)]]), [D::constant(da[(r, c)])]));
    let found = twice.try_inverse().unwrap().map(|x| x.eps[0].eps[0]);
    assert_all_close(&found, &(inverse * da * inverse * da * inverse * 2.0), 1e-14);
}

#[test]
fn qr_and_cholesky_have_their_derivatives() {
    let m = tall(second(0.5));
    let (q, r) = m.qr().unpack();
    for (found, expected) in (q * r).iter().zip(m.iter()) {
        assert_derivatives([derivatives(*found)], [derivatives(*expected)], DIRECT);
    }
    for (found, expected) in (q.transpose() * q).iter().zip(Matrix3::<f64>::identity().iter()) {
        assert_derivatives([derivatives(*found)], [[*expected, 0.0, 0.0]], DIRECT);
    }

    // L = (√a, 0; b/√a, √(c − b²/a)) with a = x, b = 1, c = x.
    let l = |x: D| Matrix2::new(x, D::constant(1.0), D::constant(1.0), x).cholesky().expect("positive").l();
    let (value, [tangent]) = split(&l(first(4.0)));
    assert_all_close(&value, &Matrix2::new(2.0, 0.0, 0.5, 3.75_f64.sqrt()), 1e-15);
    let expected = Matrix2::new(0.25, 0.0, -1.0 / 16.0, (1.0 + 1.0 / 16.0) / (2.0 * 3.75_f64.sqrt()));
    assert_all_close(&tangent, &expected, 1e-15);
}

#[test]
fn exponentials_have_their_derivatives() {
    let (value, [tangent]) = split(&symmetric(first(2.0)).exp());
    let expected = Matrix3::new(
        13.975_484_385_012_2,
        18.928_491_160_494_045,
        12.818_438_622_318_578,
        18.928_491_160_494_045,
        45.722_414_167_824_82,
        44.565_368_405_131_2,
        12.818_438_622_318_578,
        44.565_368_405_131_2,
        77.469_343_950_637_45,
    );
    // The value is `nalgebra`'s, and what it is off is the conditioning of its scaling and squaring.
    assert_eq!(value, symmetric(2.0).exp());
    assert_all_close(&value, &expected, 5e-15 * 2.0_f64.powi(5));
    let expected = Matrix3::new(
        11.932_196_650_746_768,
        11.979_730_383_324_382,
        24.419_090_639_618_696,
        11.979_730_383_324_382,
        29.402_526_513_195_8,
        99.273_227_529_517_51,
        24.419_090_639_618_696,
        99.273_227_529_517_51,
        282.518_137_023_619_4,
    );
    assert_all_close(&tangent, &expected, 5e-15 * 2.0_f64.powi(5));
    // Of a rotation's generator: exp(θJ) = cos θ·I + sin θ·J.
    let rotation = derivative(|x| Matrix2::new(D::constant(0.0), -x, x, D::constant(0.0)).exp()[(1, 0)], 0.5);
    assert_close(rotation, 0.5_f64.cos(), 1e-15);
}

/// Eigenvalues and singular values at a diagonal matrix: the tangents off the diagonal are there too, and don't count
/// in the first derivatives.
macro_rules! at_diagonal {
    ($m:ident from $values:expr, $tangents:expr) => {
        let eigen = $m.symmetric_eigen();
        let svd = $m.svd(true, true);
        let all = [eigen.eigenvectors, svd.u.unwrap(), svd.v_t.unwrap()];
        assert!(all.iter().flatten().all(|x: &D| x.re.is_finite() && x.eps[0].is_finite()), "{all:?}");
        // The values are those of the plain matrix, bit for bit.
        assert_eq!(values(&eigen.eigenvalues), values(&$m).symmetric_eigen().eigenvalues);
        assert_eq!(values(&svd.singular_values), values(&$m).singular_values());
        for numbers in [eigen.eigenvalues, svd.singular_values] {
            for x in &numbers {
                let at = $values.iter().position(|&d: &f64| (d - x.re).abs() < 1e-14 * d);
                let k = at.expect("the value of the diagonal");
                assert_close(x.eps[0], $tangents[(k, k)], 1e-14);
            }
        }
    };
}

#[test]
fn a_diagonal_matrix_has_no_nan() {
    let tangents = Matrix4::new(
        1.0_f64, 0.25, -0.5, 0.75, 0.25, 0.5, 0.125, -1.0, -0.5, 0.125, -2.0, 1.5, 0.75, -1.0, 1.5, 0.0625,
    );
    let diagonals = [[4.0, 1.0, 2.0, 3.0], [1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0], [0.5, 8.0, 2.0, 32.0]];
    for diagonal in diagonals.map(Vector4::from) {
        for tangents in [tangents, Matrix4::zeros(), Matrix4::from_diagonal(&tangents.diagonal())] {
            let m: Matrix4<D> = join(&Matrix4::from_diagonal(&diagonal), [&tangents]);
            at_diagonal!(m from diagonal, tangents);
            let (m2, m3) = (m.fixed_view::<2, 2>(0, 0).into_owned(), m.fixed_view::<3, 3>(0, 0).into_owned());
            at_diagonal!(m2 from diagonal, tangents);
            at_diagonal!(m3 from diagonal, tangents);
        }
    }
    // The second derivatives of singular values too, where nothing is off the diagonal.
    let (x, o) = (second(2.0), DD::constant(D::constant(0.0)));
    let singular = Matrix2::new(x * x, o, o, x).svd(true, true).singular_values;
    assert_derivatives(sorted(singular.iter().copied()), [[2.0, 1.0, 0.0], [4.0, 4.0, 2.0]], DIRECT);
}

/// What the documentation says is lost.
#[test]
fn where_a_value_is_zero_already_its_tangent_is_left_behind() {
    // Perturbation theory: v̇₀ = v₁·ȧ₀₁/(λ₀ − λ₁), which would be (0, 1/2).
    let m = join(&Matrix2::new(3.0, 0.0, 0.0, 1.0), [&Matrix2::new(0.0, 1.0, 1.0, 0.0)]);
    assert!(m.symmetric_eigen().eigenvectors.iter().all(Dual::is_constant));
    // With the left eigenvector (1, −1, 1/3) the derivative of the first eigenvalue would be −1.
    let triangular = Matrix3::new(1.0, 1.0, 0.0, 0.0, 2.0, 1.0, 0.0, 0.0, 4.0);
    let m = join(&triangular, [&Matrix3::new(0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)]);
    assert!(m.eigenvalues().unwrap().iter().all(Dual::is_constant));
    // A rotation by the angle zero: its derivative would be the generator's.
    let about_z = |angle: D| Vector3::new(D::constant(0.0), D::constant(0.0), angle);
    assert!(Rotation3::new(about_z(first(0.0))).matrix().iter().all(Dual::is_constant));
    assert!(UnitQuaternion::from_scaled_axis(about_z(first(0.0))).coords.iter().all(Dual::is_constant));
}

#[test]
fn rotations_have_their_derivatives() {
    for angle in [0.0_f64, 0.7] {
        let plane = Rotation2::new(first(angle)) * Vector2::new(1.0, 0.0).cast();
        assert_eq!(lane(&plane, 0), Vector2::new(-angle.sin(), angle.cos()));
        let zero = D::constant(0.0);
        let euler = Rotation3::from_euler_angles(zero, zero, first(angle)) * Vector3::x();
        assert_all_close(&lane(&euler, 0), &Vector3::new(-angle.sin(), angle.cos(), 0.0), 1e-15);
        let about = UnitQuaternion::from_axis_angle(&Vector3::z_axis(), first(angle)) * Vector3::x();
        assert_all_close(&lane(&about, 0), &Vector3::new(-angle.sin(), angle.cos(), 0.0), 1e-15);
    }
    // The angle of a quaternion, 2·acos(w): its derivative by the axis's half-angle.
    let half = 0.35_f64;
    let q = Quaternion::new(first(half).cos(), D::constant(0.0), D::constant(0.0), first(half).sin());
    assert_close(UnitQuaternion::from_quaternion(q).angle().eps[0], 2.0, 1e-14);
}
