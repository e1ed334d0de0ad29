//~ is neither a point to differentiate at nor something that the differentiated function can return
//~ points and results are numbers, arrays, slices, `Vec`s, `Option`s and tuples of them

use tangents::jacobian;

fn main() {
    let _ = jacobian(|x| Some(x[0]).ok_or("none"), &[1.0]);
}
