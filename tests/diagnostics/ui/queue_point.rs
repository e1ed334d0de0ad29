//~ `VecDeque<f64>` isn't a number to differentiate at
//~ points and results are arrays, slices, `Vec`s, `Option`s, `BTreeMap`s and tuples of numbers too

use std::collections::VecDeque;

use tangents::gradient;

fn main() {
    let _ = gradient(|x| x[0] * x[1], &VecDeque::from([1.0_f64, 2.0]));
}
