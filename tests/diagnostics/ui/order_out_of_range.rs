//~ there are no numbers for `UpTo<5>`: the orders end at 4
//~ `partial` takes up to 4 indices

use num_traits::Float;
use tangents::partial;

fn product<T: Float>(x: &[T]) -> T {
    x[0] * x[1]
}

fn main() {
    let _ = partial(product, &[1.0, 2.0], [0, 0, 0, 1, 1]);
}
