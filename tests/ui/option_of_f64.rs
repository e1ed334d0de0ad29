//~ `Option<f64>` isn't something the differentiated function can return
//~ has to be made generic over `T: num_traits::Float`

use tangents::jacobian;

fn first(x: &[f64]) -> Option<f64> {
    x.first().copied()
}

fn main() {
    let _ = jacobian(first, &[1.0]);
}
