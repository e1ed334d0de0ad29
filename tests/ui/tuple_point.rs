//~ `({float}, {float})` isn't a point to differentiate at
//~ points are `[T; N]`, `[T]` and `Vec<T>` of floats

use tangents::gradient;

fn main() {
    let _ = gradient(|x| x.0 * x.1, &(1.0, 2.0));
}
