//! The Jacobian of an arm at its zero position, by function values of both traits.

use ::nalgebra::{Isometry3, RealField, SVector, Vector3, Vector6};
use tangents::Number;
use tangents::interop::nalgebra::lie::se3;
use tangents::interop::nalgebra::{FieldFunction, FieldNumber, jacobian};

/// The tool of an arm of joints at `axes`: the product of their motions.
struct Arm<'a> {
    axes: &'a [Vector6<f64>],
}

impl Arm<'_> {
    /// The tangent of the tool's place.
    fn tool<T: Number>(&self, angles: &[T]) -> Vec<T> {
        let start: Isometry3<T> = se3::exp(&Vector6::from_element(T::zero()));
        let place = self.axes.iter().zip(angles).fold(start, |place, (axis, &angle)| {
            se3::box_plus(&place, &axis.map(|part| T::lit(part) * angle))
        });
        numbers(&se3::log(&place))
    }
}

fn numbers<T: Number>(v: &Vector6<T>) -> Vec<T> {
    v.iter().copied().collect()
}

impl tangents::Function for Arm<'_> {
    type From = [f64];
    type To = Vec<f64>;

    fn call<T: Number>(&self, angles: &[T]) -> Vec<T> {
        self.tool(angles)
    }
}

impl FieldFunction for Arm<'_> {
    type From = ::nalgebra::DVector<f64>;
    type To = ::nalgebra::DVector<f64>;

    fn call<T: FieldNumber>(&self, angles: &::nalgebra::DVector<T>) -> ::nalgebra::DVector<T> {
        let place = self.axes.iter().zip(angles).fold(Isometry3::identity(), |place, (axis, &angle)| {
            place * se3::exp(&axis.map(|part| ::nalgebra::convert::<f64, T>(part) * angle))
        });
        ::nalgebra::DVector::from_column_slice(se3::log(&place).as_slice())
    }
}

fn axes(n: usize) -> Vec<Vector6<f64>> {
    let axis = |i: usize| {
        let (height, turned) = ([0.25, 0.5, 1.0, 1.75][i % 4], i % 2 == 1);
        // ρ = point × direction, of a line at that height.
        let direction = if turned { Vector3::y() } else { Vector3::z() };
        let rho = Vector3::new(0.125, 0.0, height).cross(&direction);
        Vector6::new(rho.x, rho.y, rho.z, direction.x, direction.y, direction.z)
    };
    (0..n).map(axis).collect()
}

/// At the zero position the motions are small and add up: column i of the Jacobian is the axis of joint i.
#[test]
fn an_arm_has_its_jacobian_at_the_zero_position() {
    // On numbers with all lanes, and on those of which constants have none.
    for n in [7, 20] {
        let axes = axes(n);
        let arm = Arm { axes: &axes };
        let rows = tangents::Function::jacobian(&arm, &vec![0.0; n]);
        let matrix = FieldFunction::jacobian(&arm, &::nalgebra::DVector::<f64>::zeros(n));
        for (i, axis) in axes.iter().enumerate() {
            for k in 0..6 {
                assert_eq!(rows[k][i], axis[k]);
                assert_eq!(matrix[(k, i)], axis[k]);
            }
        }
        let x: Vec<f64> = (0..n).map(|i| [0.1, -0.2, 0.0, 0.05][i % 4]).collect();
        let rows = tangents::Function::jacobian(&arm, &x);
        let matrix = FieldFunction::jacobian(&arm, &::nalgebra::DVector::from_vec(x));
        let same = (0..n).all(|i| (0..6).all(|k| (rows[k][i] - matrix[(k, i)]).abs() < 1e-13));
        assert!(same);
    }
}

/// What `nalgebra`'s constructors make of it: nothing turns.
#[test]
fn with_the_constructors_of_nalgebra_it_has_none() {
    fn tool<T: RealField + Copy>(angles: &SVector<T, 7>) -> Vector3<T> {
        let joint = |place: Isometry3<T>, (i, &angle): (usize, &T)| {
            let axis = if i % 2 == 1 { Vector3::y() } else { Vector3::z() };
            place * Isometry3::new(Vector3::x(), axis * angle)
        };
        angles.iter().enumerate().fold(Isometry3::identity(), joint).translation.vector
    }
    assert_eq!(jacobian(tool, &SVector::<f64, 7>::zeros()), ::nalgebra::SMatrix::<f64, 3, 7>::zeros());
    assert!(jacobian(tool, &SVector::<f64, 7>::repeat(1e-7)).norm() > 7.0);
}
