//! The formulas, on arrays of numbers: vectors, quaternions [w, x, y, z], and matrices by rows.
//!
//! All are functions of y = (θ/2)², and made of
//!
//! - c = cos √y,
//! - s = sin(√y)/√y,
//! - j = j₁(√y)/√y and k = j₂(√y)/y, of spherical Bessel functions,
//!
//! which are entire functions with c′ = −s/2, s′ = −j/2 and j′ = −k/2. So nothing has a kink at θ = 0, and no formula needs a
//! branch for small angles. With 3j = s + y·k (DLMF 10.51.1) the series of rotations are, free of cancellation,
//!
//! | | | of y | derivative in x = θ² |
//! |---|---|---|---|
//! | `sin θ/θ` | A | c·s | −(c·j + s²)/8 |
//! | `(1 − cos θ)/θ²` | B | s²/2 | −s·j/8 |
//! | `(θ − sin θ)/θ³` | C | (s² − s·j + y·j²)/4 | (s·k − 3j²)/32 |
//! | `θ/2·cot(θ/2)` | E | c/s | (c·j − s²)/(8s²) |
//! | `(1 − E)/θ²` | D | j/(4s) | (j² − s·k)/(32s²) |

use core::array::from_fn;

use crate::number::inspect;
use crate::rules::{Number, Rule};

pub(super) type Vector<T> = [T; 3];
pub(super) type Quaternion<T> = [T; 4];
pub(super) type Matrix<T> = [[T; 3]; 3];

pub(super) fn dot<T: Number>(a: Vector<T>, b: Vector<T>) -> T {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(super) fn cross<T: Number>(a: Vector<T>, b: Vector<T>) -> Vector<T> {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

pub(super) fn add<T: Number>(a: Vector<T>, b: Vector<T>) -> Vector<T> {
    from_fn(|i| a[i] + b[i])
}

pub(super) fn sub<T: Number>(a: Vector<T>, b: Vector<T>) -> Vector<T> {
    from_fn(|i| a[i] - b[i])
}

pub(super) fn scale<T: Number>(a: Vector<T>, s: T) -> Vector<T> {
    a.map(|a| a * s)
}

/// The matrix K of the cross product: K·a = φ × a.
pub(super) fn hat<T: Number>([x, y, z]: Vector<T>) -> Matrix<T> {
    let o = T::zero();
    [[o, -z, y], [z, o, -x], [-y, x, o]]
}

pub(super) fn vee<T: Number>(k: &Matrix<T>) -> Vector<T> {
    [k[2][1] - k[1][2], k[0][2] - k[2][0], k[1][0] - k[0][1]].map(|twice| twice * T::lit(0.5))
}

pub(super) fn product<T: Number>(a: &Matrix<T>, b: &Matrix<T>) -> Matrix<T> {
    from_fn(|i| from_fn(|j| a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j]))
}

pub(super) fn transpose<T: Number>(a: &Matrix<T>) -> Matrix<T> {
    from_fn(|i| from_fn(|j| a[j][i]))
}

/// i·I + K + Σ p·a·bᵀ, K being the matrix of the cross product with k.
fn combination<T: Number>(i: T, k: Vector<T>, outer: &[(T, Vector<T>, Vector<T>)]) -> Matrix<T> {
    let hat = hat(k);
    from_fn(|r| {
        from_fn(|c| {
            let first = if r == c { i } else { hat[r][c] };
            outer.iter().fold(first, |sum, &(p, a, b)| sum + p * a[r] * b[c])
        })
    })
}

/// y, s and j of the rotation vector φ.
struct Half<T> {
    y: T,
    s: T,
    j: T,
}

impl<T: Number> Half<T> {
    fn of(phi: Vector<T>) -> Self {
        let y = T::norm_squared(&phi) * T::lit(0.25);
        Self { y, s: y.sinc_sqrt(), j: y.spherical_jn_sqrt(1) }
    }

    fn c(&self) -> T {
        self.y.cos_sqrt()
    }

    fn k(&self) -> T {
        self.y.spherical_jn_sqrt(2)
    }

    /// A, B, C
    fn abc(&self) -> [T; 3] {
        let Self { y, s, j } = *self;
        [self.c() * s, T::lit(0.5) * s * s, T::lit(0.25) * (s * (s - j) + y * j * j)]
    }

    /// E, D
    fn ed(&self) -> [T; 2] {
        [self.c() / self.s, T::lit(0.25) * self.j / self.s]
    }
}

// ---- Quaternions ---------------------------------------------------------------------------------------------------

/// [cos(θ/2), sin(θ/2)/θ·φ]
pub(super) fn exp<T: Number>(phi: Vector<T>) -> Quaternion<T> {
    let y = T::norm_squared(&phi) * T::lit(0.25);
    let s = y.sinc_sqrt() * T::lit(0.5);
    [y.cos_sqrt(), phi[0] * s, phi[1] * s, phi[2] * s]
}

/// The angle of which w is the cosine, for plain numbers.
fn arccosine<T: Number>(w: T) -> T {
    // Rounding brings w above 1.
    if w > T::one() { T::zero() } else { w.acos() }
}

/// y = (arccos w)², a smooth function around w = 1 too, where arccos isn't.
struct SquaredArccosine;

impl Rule for SquaredArccosine {
    fn value<T: Number>(&self, w: T) -> T {
        let angle = arccosine(w);
        angle * angle
    }

    fn slope<T: Number>(&self, w: T) -> T {
        -T::lit(2.0) / w.apply(self).sinc_sqrt()
    }
}

/// arccos w/√(1 − w²), which is 1/s at y = (arccos w)²: the half-angle over its sine, from its cosine.
struct AngleOverSine;

impl Rule for AngleOverSine {
    /// The quotient is π/2 at w = 0; 1/s rounds twice.
    fn value<T: Number>(&self, w: T) -> T {
        let angle = arccosine(w);
        if angle == T::zero() { T::one() } else { angle / angle.sin() }
    }

    /// −j/s³
    fn slope<T: Number>(&self, w: T) -> T {
        let y = w.apply(SquaredArccosine);
        let s = y.sinc_sqrt();
        -y.spherical_jn_sqrt(1) / (s * s * s)
    }
}

/// θ·n of the rotation by θ ≤ π about n.
pub(super) fn log<T: Number>(q: Quaternion<T>) -> Vector<T> {
    let [w, v @ ..] = if q[0] < T::zero() { q.map(|part| -part) } else { q };
    let log = scale(v, w.apply(AngleOverSine) * T::lit(2.0));
    if w == T::zero() {
        // At π, where it jumps to its negative if w passes zero.
        let jump = inspect::unknown_along(w);
        return log.map(|part| part + jump);
    }
    log
}

pub(super) fn conjugate<T: Number>([w, x, y, z]: Quaternion<T>) -> Quaternion<T> {
    [w, -x, -y, -z]
}

pub(super) fn compose<T: Number>(p: Quaternion<T>, q: Quaternion<T>) -> Quaternion<T> {
    [
        p[0] * q[0] - p[1] * q[1] - p[2] * q[2] - p[3] * q[3],
        p[0] * q[1] + p[1] * q[0] + p[2] * q[3] - p[3] * q[2],
        p[0] * q[2] + p[2] * q[0] + p[3] * q[1] - p[1] * q[3],
        p[0] * q[3] + p[3] * q[0] + p[1] * q[2] - p[2] * q[1],
    ]
}

/// q·v·q⁻¹ = v + 2w·(u × v) + 2u × (u × v), with u the vector part of q.
pub(super) fn rotate<T: Number>([w, u @ ..]: Quaternion<T>, v: Vector<T>) -> Vector<T> {
    let t = scale(cross(u, v), T::lit(2.0));
    add(v, add(scale(t, w), cross(u, t)))
}

/// p·exp(t·log(p⁻¹·q))
pub(super) fn slerp<T: Number>(p: Quaternion<T>, q: Quaternion<T>, t: T) -> Quaternion<T> {
    compose(p, exp(scale(log(compose(conjugate(p), q)), t)))
}

/// The shortest rotation that takes the direction of a to that of b.
///
/// By the bisector s = a + b of the unit vectors: [s·s/2, a × s] divided by |s|. 1 + a·b, which usually stands for s·s/2, has no
/// digit left near θ = π.
pub(super) fn rotation_between<T: Number>(a: Vector<T>, b: Vector<T>) -> Option<Quaternion<T>> {
    let unit = |v: Vector<T>| {
        let norm = T::norm(&v);
        (norm > T::zero() && norm.is_finite()).then(|| v.map(|part| part / norm))
    };
    let (a, b) = (unit(a)?, unit(b)?);
    let sum = add(a, b);
    // What rounding leaves of vectors that are opposite.
    if T::norm(&sum) <= T::lit(8.0) * T::epsilon() {
        return None;
    }
    // Not a × b, which near θ = π isn't perpendicular to a.
    let [x, y, z] = cross(a, sum);
    let q = [T::norm_squared(&sum) * T::lit(0.5), x, y, z];
    let norm = T::norm(&q);
    Some(q.map(|part| part / norm))
}

// ---- Matrices ------------------------------------------------------------------------------------------------------

pub(super) fn matrix<T: Number>([w, x, y, z]: Quaternion<T>) -> Matrix<T> {
    let (one, two) = (T::one(), T::lit(2.0));
    [
        [one - two * (y * y + z * z), two * (x * y - w * z), two * (x * z + w * y)],
        [two * (x * y + w * z), one - two * (x * x + z * z), two * (y * z - w * x)],
        [two * (x * z - w * y), two * (y * z + w * x), one - two * (x * x + y * y)],
    ]
}

/// The quaternion of a rotation matrix, by the largest of its parts (Shepperd 1978, *Quaternion from rotation matrix*).
pub(super) fn quaternion<T: Number>(m: &Matrix<T>) -> Quaternion<T> {
    let diagonal = [m[0][0] + m[1][1] + m[2][2], m[0][0], m[1][1], m[2][2]];
    let largest = (1..4).fold(0, |l, i| if diagonal[i] > diagonal[l] { i } else { l });
    let quarter = T::lit(0.25);
    if largest == 0 {
        let w = (T::one() + diagonal[0]).sqrt() * T::lit(0.5);
        let s = quarter / w;
        return [w, (m[2][1] - m[1][2]) * s, (m[0][2] - m[2][0]) * s, (m[1][0] - m[0][1]) * s];
    }
    let (i, j, k) = [(0, 1, 2), (1, 2, 0), (2, 0, 1)][largest - 1];
    let part = (T::one() + m[i][i] - m[j][j] - m[k][k]).sqrt() * T::lit(0.5);
    let s = quarter / part;
    let mut q = [(m[k][j] - m[j][k]) * s; 4];
    (q[i + 1], q[j + 1], q[k + 1]) = (part, (m[i][j] + m[j][i]) * s, (m[i][k] + m[k][i]) * s);
    q
}

// ---- Jacobians -----------------------------------------------------------------------------------------------------

/// J = A·I + B·K + C·φ·φᵀ, with exp(φ + δ) = exp(J·δ)·exp(φ) for small δ.
pub(super) fn left_jacobian<T: Number>(phi: Vector<T>) -> Matrix<T> {
    let [a, b, c] = Half::of(phi).abc();
    combination(a, scale(phi, b), &[(c, phi, phi)])
}

/// J⁻¹ = E·I − K/2 + D·φ·φᵀ
pub(super) fn left_jacobian_inverse<T: Number>(phi: Vector<T>) -> Matrix<T> {
    let [e, d] = Half::of(phi).ed();
    combination(e, scale(phi, -T::lit(0.5)), &[(d, phi, phi)])
}

/// J·ρ and J⁻¹·t, without the matrix.
pub(super) fn left_jacobian_times<T: Number>(phi: Vector<T>, rho: Vector<T>) -> Vector<T> {
    let [a, b, c] = Half::of(phi).abc();
    add(scale(rho, a), add(scale(cross(phi, rho), b), scale(phi, c * dot(phi, rho))))
}

pub(super) fn left_jacobian_inverse_times<T: Number>(phi: Vector<T>, t: Vector<T>) -> Vector<T> {
    let [e, d] = Half::of(phi).ed();
    add(scale(t, e), add(scale(cross(phi, t), -T::lit(0.5)), scale(phi, d * dot(phi, t))))
}

/// The block Q of the left Jacobian of SE(3), which is the derivative of J along ρ.
///
/// The Jacobian is the series Σ adⁿ/(n + 1)! of a matrix [K P; 0 K], and a function of such a matrix has in that place its
/// derivative at K along P (Higham 2008, *Functions of Matrices*, theorem 3.6).
pub(super) fn derivative_of_left_jacobian<T: Number>(phi: Vector<T>, rho: Vector<T>) -> Matrix<T> {
    let half = Half::of(phi);
    let ([_, b, c], s, j, k) = (half.abc(), half.s, half.j, half.k());
    let dx = T::lit(2.0) * dot(phi, rho);
    let da = -T::lit(0.125) * (half.c() * j + s * s) * dx;
    let db = -T::lit(0.125) * s * j * dx;
    let dc = T::lit(1.0 / 32.0) * (s * k - T::lit(3.0) * j * j) * dx;
    combination(da, add(scale(rho, b), scale(phi, db)), &[(c, phi, rho), (c, rho, phi), (dc, phi, phi)])
}

/// The same of the inverse, the derivative of J⁻¹ along ρ.
pub(super) fn derivative_of_left_jacobian_inverse<T: Number>(phi: Vector<T>, rho: Vector<T>) -> Matrix<T> {
    let half = Half::of(phi);
    let ([_, d], s, j, k) = (half.ed(), half.s, half.j, half.k());
    let dx = T::lit(2.0) * dot(phi, rho);
    let square = (s * s).recip();
    let de = T::lit(0.125) * (half.c() * j - s * s) * square * dx;
    let dd = T::lit(1.0 / 32.0) * (j * j - s * k) * square * dx;
    combination(de, scale(rho, -T::lit(0.5)), &[(d, phi, rho), (d, rho, phi), (dd, phi, phi)])
}
