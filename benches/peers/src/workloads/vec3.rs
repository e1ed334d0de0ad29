//! Vectors of three numbers.

use crate::number::Number;

pub(super) type Vec3<T> = [T; 3];

/// Three neighbours of a slice from `i` on.
#[inline(always)]
pub(super) fn at<T: Copy>(x: &[T], i: usize) -> Vec3<T> {
    [x[i], x[i + 1], x[i + 2]]
}

#[inline(always)]
pub(super) fn cross<T: Number>(a: Vec3<T>, b: Vec3<T>) -> Vec3<T> {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

#[inline(always)]
pub(super) fn dot<T: Number>(a: Vec3<T>, b: Vec3<T>) -> T {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[inline(always)]
pub(super) fn add<T: Number>(a: Vec3<T>, b: Vec3<T>) -> Vec3<T> {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

#[inline(always)]
pub(super) fn sub<T: Number>(a: Vec3<T>, b: Vec3<T>) -> Vec3<T> {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

#[inline(always)]
pub(super) fn scale<T: Number>(s: T, a: Vec3<T>) -> Vec3<T> {
    [s * a[0], s * a[1], s * a[2]]
}

/// `x` turned about the axis `r` by the angle |r|: Rodrigues' formula.
#[inline(always)]
pub(super) fn rotate<T: Number>(r: Vec3<T>, x: Vec3<T>) -> Vec3<T> {
    let angle = dot(r, r).sqrt();
    let (sin, cos) = angle.sin_cos();
    let axis = r.map(|r| r / angle);
    let (turned, along) = (cross(axis, x), dot(axis, x) * (-cos + 1.0));
    std::array::from_fn(|i| x[i] * cos + turned[i] * sin + axis[i] * along)
}

/// Row times matrix.
#[inline(always)]
pub(super) fn times(row: Vec3<f64>, m: &[Vec3<f64>; 3]) -> Vec3<f64> {
    std::array::from_fn(|j| row[0] * m[0][j] + row[1] * m[1][j] + row[2] * m[2][j])
}

/// A turned vector with its derivatives by hand.
pub(super) struct Turned {
    pub(super) value: Vec3<f64>,
    /// The rotation's matrix, which is the derivative by `x`.
    pub(super) by_x: [Vec3<f64>; 3],
    /// The derivative by the rotation's axis and angle.
    pub(super) by_r: [Vec3<f64>; 3],
}

impl Turned {
    /// d(Rx) = (L·dr) × Rx with L = sin θ/θ·I + (1 − sin θ/θ)·kkᵀ + (1 − cos θ)/θ·[k]×, the left Jacobian of SO(3)
    /// (Solà, "A micro Lie theory", 2018, eq. 145).
    #[inline(always)]
    pub(super) fn new(r: Vec3<f64>, x: Vec3<f64>) -> Self {
        let angle = dot(r, r).sqrt();
        let (sin, cos) = angle.sin_cos();
        let over = angle.recip();
        let k = r.map(|r| r * over);
        let matrix = |diagonal: f64, outer: f64, skew: f64| {
            let [x, y, z] = k;
            let (a, b, c) = (outer * x * y, outer * x * z, outer * y * z);
            [
                [diagonal + outer * x * x, a - skew * z, b + skew * y],
                [a + skew * z, diagonal + outer * y * y, c - skew * x],
                [b - skew * y, c + skew * x, diagonal + outer * z * z],
            ]
        };
        let by_x = matrix(cos, 1.0 - cos, sin);
        let value = by_x.map(|row| dot(row, x));
        let left = matrix(sin * over, 1.0 - sin * over, (1.0 - cos) * over);
        let columns: [_; 3] = std::array::from_fn(|j| cross([left[0][j], left[1][j], left[2][j]], value));
        Self { value, by_x, by_r: std::array::from_fn(|i| std::array::from_fn(|j| columns[j][i])) }
    }
}
