//~ which type parameter is the number? Say it: `#[function(number = T)]` or `#[function(number = D)]`
//~ `E` isn't a type parameter of `other`

use tangents::{Real, function};

#[function]
fn several<T: Real, D>(x: &[T], data: &D) -> T {
    x[0]
}

#[function(number = E)]
fn other<T: Real, D>(x: &[T], data: &D) -> T {
    x[0]
}

fn main() {}
