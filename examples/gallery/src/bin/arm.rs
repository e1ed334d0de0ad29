//! An arm of seven joints, about a Kuka iiwa's, reaches for a target: Gauss and Newton's method on the place of its hand.
//!
//! The hand is at exp(ξ₁q₁)·exp(ξ₂q₂)·…·exp(ξ₇q₇)·M, where ξᵢ is the screw of joint i in the zero position, and M the place of the
//! hand there. At that position `nalgebra`'s own constructors of rotations would give a Jacobian of zeros; those of `lie` don't.

use std::error::Error;

use nalgebra::{Isometry3, Matrix6, Point3, SMatrix, SVector, UnitQuaternion, Vector3, Vector6, convert};
use tangents::interop::nalgebra::lie::se3;
use tangents::interop::nalgebra::{FieldNumber, value_and_jacobian};
use tangents_examples_gallery::{Plot, grid, save};

type Angles<T> = SVector<T, 7>;

/// The heights in metres, and the axes: in the zero position the arm stands upright.
const HEIGHTS: [f64; 7] = [0.15, 0.36, 0.57, 0.78, 0.97, 1.18, 1.26];
const AXES: [[f64; 3]; 7] =
    [[0., 0., 1.], [0., 1., 0.], [0., 0., 1.], [0., -1., 0.], [0., 0., 1.], [0., 1., 0.], [0., 0., 1.]];
const HAND: f64 = 1.3;

/// The motion of a joint by one radian: translation and rotation.
fn screw(joint: usize) -> Vector6<f64> {
    let axis = Vector3::from(AXES[joint]);
    let along = Vector3::new(0.0, 0.0, HEIGHTS[joint]).cross(&axis);
    Vector6::from_iterator(along.iter().chain(&axis).copied())
}

/// How joint i has moved the arm beyond it, for each joint.
fn motions<T: FieldNumber>(angles: &Angles<T>) -> [Isometry3<T>; 7] {
    let mut place = Isometry3::identity();
    std::array::from_fn(|i| {
        place = se3::box_plus(&place, &(screw(i).map(convert::<f64, T>) * angles[i]));
        place
    })
}

fn hand<T: FieldNumber>(angles: &Angles<T>) -> Isometry3<T> {
    motions(angles)[6] * Isometry3::translation(0.0, 0.0, HAND).cast()
}

fn main() -> Result<(), Box<dyn Error>> {
    // At the zero position, column i of the Jacobian of log(hand·M⁻¹) is the screw of joint i.
    let mut angles = Angles::<f64>::zeros();
    let back = hand(&angles).inverse();
    let (_, jacobian) = value_and_jacobian(|q| se3::log(&(hand(q) * back.cast())), &angles);
    assert_eq!(jacobian, SMatrix::<f64, 6, 7>::from_fn(|i, j| screw(j)[i]));

    // The smallest of all steps that solve the linear equations, damped where the arm is stretched.
    let turned = UnitQuaternion::from_euler_angles(0.2, 2.0, 0.5);
    let target = Isometry3::from_parts(Vector3::new(0.5, 0.25, 0.6).into(), turned);
    let mut way = vec![angles];
    let misses: Vec<f64> = std::iter::from_fn(|| {
        let (miss, jacobian) = value_and_jacobian(|q| se3::box_minus(&hand(q), &target.cast()), &angles);
        let damped = jacobian * jacobian.transpose() + Matrix6::identity() * (0.01 * miss.norm_squared());
        angles -= jacobian.transpose() * damped.cholesky()?.solve(&miss);
        way.push(angles);
        (way.len() < 100 && miss.norm() >= 1e-14).then(|| miss.norm())
    })
    .collect();
    println!("on the target after {} steps: {:.3?}", misses.len(), angles.as_slice());
    let error = hand(&angles).to_matrix() - target.to_matrix();
    assert!(misses.len() < 20 && error.norm() < 1e-14, "off by {error}");

    let side = |q: &Angles<f64>| -> Vec<(f64, f64)> {
        let links = HEIGHTS.into_iter().chain([HAND]).map(|z| Point3::new(0.0, 0.0, z));
        let places = motions(q).into_iter().zip(links.skip(1)).map(|(motion, end)| motion * end);
        [(0.0, 0.0), (0.0, HEIGHTS[0])].into_iter().chain(places.map(|place| (place.x, place.z))).collect()
    };
    let steps = grid(0.0..10.0, 10).zip(&misses).map(|(step, miss)| (step, miss.log10()));
    let arm = Plot::new("The arm from the side", ("x, m", -0.4..1.0), ("height, m", 0.0..1.4))
        .curve("at the start", side(&way[0]))
        .curve("after 2 steps", side(&way[2]))
        .curve("after 4 steps", side(&way[4]))
        .curve("at the target", side(&angles))
        .scatter("target", [(target.translation.x, target.translation.z)]);
    let miss = Plot::new("Distance from the target", ("step", 0.0..10.0), ("log₁₀ |error|", -10.0..1.0));
    save("arm", &[arm, miss.curve("", steps)])
}
