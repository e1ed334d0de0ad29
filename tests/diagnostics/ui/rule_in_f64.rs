//~ expected `f64`, found type parameter `T`
// Code that isn't generic can't be called by mistake where a derivative would be lost.

use tangents::{Number, Rule};

fn table(x: f64) -> f64 {
    x * x
}

struct Table;

impl Rule for Table {
    fn value<T: Number>(&self, x: T) -> T {
        T::lit(table(x))
    }

    fn slope<T: Number>(&self, x: T) -> T {
        x + x
    }
}

fn main() {}
