//! Vectors of three numbers.

use tangents::Real;

pub(crate) type Vec3<T> = [T; 3];

pub(crate) fn dot<T: Real>(a: Vec3<T>, b: Vec3<T>) -> T {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(crate) fn cross<T: Real>(a: Vec3<T>, b: Vec3<T>) -> Vec3<T> {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

pub(crate) fn add<T: Real>(a: Vec3<T>, b: Vec3<T>) -> Vec3<T> {
    std::array::from_fn(|i| a[i] + b[i])
}

pub(crate) fn sub<T: Real>(a: Vec3<T>, b: Vec3<T>) -> Vec3<T> {
    std::array::from_fn(|i| a[i] - b[i])
}

pub(crate) fn scale<T: Real>(s: T, a: Vec3<T>) -> Vec3<T> {
    a.map(|a| s * a)
}

pub(crate) fn norm<T: Real>(a: Vec3<T>) -> T {
    dot(a, a).sqrt()
}

/// Three neighbours of a slice from `i` on.
pub(crate) fn at<T: Real>(x: &[T], i: usize) -> Vec3<T> {
    [x[i], x[i + 1], x[i + 2]]
}

/// `x` turned about the axis `r` by the angle |r|: Rodrigues' formula.
pub(crate) fn rotate<T: Real>(r: Vec3<T>, x: Vec3<T>) -> Vec3<T> {
    let angle = norm(r);
    let axis = scale(angle.recip(), r);
    let (sin, cos) = angle.sin_cos();
    let along = scale((T::one() - cos) * dot(axis, x), axis);
    add(add(scale(cos, x), scale(sin, cross(axis, x))), along)
}
