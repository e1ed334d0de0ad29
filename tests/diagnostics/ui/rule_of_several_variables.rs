//~ `Sum` isn't a rule of one variable
//~ of several variables it is `RuleN`

use tangents::rules::RuleN;
use tangents::{Number, derivative};

struct Sum;

impl RuleN<2> for Sum {
    fn value<T: Number>(&self, [x, y]: [T; 2]) -> T {
        x + y
    }

    fn slopes<T: Number>(&self, _: [T; 2]) -> [T; 2] {
        [T::one(); 2]
    }
}

fn main() {
    let _ = derivative(|x| x.apply(Sum), 1.0);
}
