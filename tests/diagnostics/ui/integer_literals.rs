//~ `[{integer}; 2]` is neither a point to differentiate at nor something
//~ write `2.0` where an integer literal stands

use num_traits::Float;
use tangents::grad;

fn sum_of_squares<T: Float>(x: &[T]) -> T {
    x.iter().fold(T::zero(), |sum, &xi| sum + xi * xi)
}

fn main() {
    let _ = grad(sum_of_squares)(&[1, 2]);
}
