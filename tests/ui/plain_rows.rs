//~ `{float}` isn't something the differentiated function can return
//~ it must return the numbers it computes with

use tangents::jacobian;

fn main() {
    let _ = jacobian(|x| [x[0].re * 2.0], &[1.0]);
}
