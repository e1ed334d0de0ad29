//~ `#[function]` stands before a generic `fn`
//~ --> src/bin/derive_function_elsewhere.rs:8:1
//~ a function that is a value has a body

use tangents::function;

#[function]
struct Square;

trait Squares {
    #[function]
    fn square<T>(x: T) -> T;
}

fn main() {}
