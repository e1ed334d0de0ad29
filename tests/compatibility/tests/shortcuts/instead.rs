use tangents::Special;

/// The unit quaternion [w, x, y, z] of the rotation by the vector r.
pub fn from_rotation_vector<T: Special>(r: [T; 3]) -> [T; 4] {
    let square = T::norm_squared(&r) * T::lit(0.25); // of half the angle
    let s = square.sinc_sqrt() * T::lit(0.5);
    [square.cos_sqrt(), r[0] * s, r[1] * s, r[2] * s]
}

/// The rotation vector of a unit quaternion with w ≥ 0 (of another one, take −q, which is the same rotation).
///
/// The square h of half the angle solves cos √h = w. Its value is known, and each step of Newton's method doubles the
/// order to which it is right.
pub fn to_rotation_vector<T: Special>([w, x, y, z]: [T; 4]) -> [T; 3] {
    let half = T::norm(&[x, y, z]).atan2(w).stop_gradient();
    let step = |h: T| h + T::lit(2.0) * (h.cos_sqrt() - w) / h.sinc_sqrt();
    let s = T::lit(2.0) / step(step(half * half)).sinc_sqrt();
    [x * s, y * s, z * s]
}

/// The shortest rotation that takes the unit vector a to b, as a unit quaternion; b = −a has none.
pub fn rotation_between<T: Special>(a: [T; 3], b: [T; 3]) -> [T; 4] {
    let w = T::one() + a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let cross = |i: usize, j: usize| a[i] * b[j] - a[j] * b[i];
    let q = [w, cross(1, 2), cross(2, 0), cross(0, 1)];
    q.map(|part| part / (w + w).sqrt())
}

/// The way from the unit quaternion p to q at t: p·(p⁻¹·q)ᵗ.
pub fn slerp<T: Special>(p: [T; 4], q: [T; 4], t: T) -> [T; 4] {
    let difference = product([p[0], -p[1], -p[2], -p[3]], q);
    product(p, from_rotation_vector(to_rotation_vector(difference).map(|r| r * t)))
}

/// The product of quaternions.
pub fn product<T: Special>(p: [T; 4], q: [T; 4]) -> [T; 4] {
    [
        p[0] * q[0] - p[1] * q[1] - p[2] * q[2] - p[3] * q[3],
        p[0] * q[1] + p[1] * q[0] + p[2] * q[3] - p[3] * q[2],
        p[0] * q[2] + p[2] * q[0] + p[3] * q[1] - p[1] * q[3],
        p[0] * q[3] + p[3] * q[0] + p[1] * q[2] - p[2] * q[1],
    ]
}
