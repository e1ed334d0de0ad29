//! An arm of seven joints reaches for a target: Gauss and Newton's method on the place of its hand, from the zero position.
//!
//! Run it with `cargo run --release --features nalgebra --example arm`.
//!
//! The hand is at exp(ξ₁q₁)·exp(ξ₂q₂)·…·exp(ξ₇q₇)·M, where ξᵢ is the screw of joint i in the zero position, and M the place of the
//! hand there. At that position `nalgebra`'s own constructors of rotations would give a Jacobian of zeros.

use nalgebra::{Isometry3, Matrix6, SMatrix, SVector, Vector3, Vector6};
use tangents::interop::nalgebra::lie::se3;
use tangents::interop::nalgebra::{FieldNumber, value_and_jacobian};

type Angles<T> = SVector<T, 7>;

/// Height and axis of each joint, in metres, about those of a Kuka iiwa.
const JOINTS: [(f64, Vector3<f64>); 7] = [
    (0.15, Vector3::new(0.0, 0.0, 1.0)),
    (0.36, Vector3::new(0.0, 1.0, 0.0)),
    (0.57, Vector3::new(0.0, 0.0, 1.0)),
    (0.78, Vector3::new(0.0, -1.0, 0.0)),
    (0.97, Vector3::new(0.0, 0.0, 1.0)),
    (1.18, Vector3::new(0.0, 1.0, 0.0)),
    (1.26, Vector3::new(0.0, 0.0, 1.0)),
];

const HAND: Vector3<f64> = Vector3::new(0.0, 0.0, 1.3);

/// The motion of a joint by one radian.
fn screw((height, axis): (f64, Vector3<f64>)) -> Vector6<f64> {
    let along = Vector3::new(0.0, 0.0, height).cross(&axis);
    Vector6::new(along.x, along.y, along.z, axis.x, axis.y, axis.z)
}

/// The place of the hand.
fn hand<T: FieldNumber>(angles: &Angles<T>) -> Isometry3<T> {
    let moved = JOINTS.into_iter().zip(angles).fold(Isometry3::identity(), |place, (joint, &angle)| {
        se3::box_plus(&place, &screw(joint).map(|part| nalgebra::convert::<f64, T>(part) * angle))
    });
    moved * Isometry3::translation(HAND.x, HAND.y, HAND.z).cast()
}

fn main() {
    // At the zero position, column i of the Jacobian of log(hand·M⁻¹) is the screw of joint i.
    let zero = Angles::<f64>::zeros();
    let back = hand::<f64>(&zero).inverse();
    let (_, jacobian) = value_and_jacobian(|q| se3::log(&(hand(q) * back.cast())), &zero);
    assert_eq!(jacobian, SMatrix::<f64, 6, 7>::from_columns(&JOINTS.map(screw)));
    println!("the Jacobian at the zero position has the screws of the joints: yes");

    // As many steps as it takes; the smallest of all steps that solve the linear equations, damped where the arm is stretched.
    let target = Isometry3::from_parts(
        Vector3::new(0.5, 0.25, 0.6).into(),
        nalgebra::UnitQuaternion::from_euler_angles(0.2, 2.0, 0.5),
    );
    let mut angles = zero;
    for step in 1.. {
        let (miss, jacobian) = value_and_jacobian(|q| se3::box_minus(&hand(q), &target.cast()), &angles);
        if miss.norm() < 1e-14 {
            println!("on the target after fewer than 20 steps: {}", if step < 20 { "yes" } else { "no" });
            break;
        }
        assert!(step < 100, "the hand is {miss} from the target");
        let damped = jacobian * jacobian.transpose() + Matrix6::identity() * (0.01 * miss.norm_squared());
        angles -= jacobian.transpose() * damped.cholesky().expect("a positive matrix").solve(&miss);
    }
    let error = hand(&angles).to_matrix() - target.to_matrix();
    assert!(error.norm() < 1e-14, "off by {error}");
}
