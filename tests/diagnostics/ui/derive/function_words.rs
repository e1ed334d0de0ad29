//~ a function that is differentiated returns its numbers at once, not a future
//~ everyone may call a function value, so the function must be safe
//~ a generic function can't be one of another language
//~ --> src/bin/derive_function_words.rs:10:1
//~ --> src/bin/derive_function_words.rs:15:1

use tangents::{Real, function};

#[function]
async fn waiting<T: Real>(x: T) -> T {
    x
}

#[function]
unsafe fn daring<T: Real>(x: T) -> T {
    x
}

#[function]
extern "C" fn foreign<T: Real>(x: T) -> T {
    x
}

fn main() {}
