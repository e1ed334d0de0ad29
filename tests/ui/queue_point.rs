//~ `VecDeque<f64>` is neither a point to differentiate at
//~ points and results are numbers, arrays, slices, `Vec`s, `Option`s and tuples of them

use std::collections::VecDeque;

use tangents::gradient;

fn main() {
    let _ = gradient(|x| x[0] * x[1], &VecDeque::from([1.0, 2.0]));
}
