//~ `Box<f64>` doesn't name what a function takes
//~ `VecDeque<f64>` doesn't name a kind of container
//~ `Pair<T>` isn't `Copy`, so the function can't take it by value
//~ take it by reference: `&Pair<T>`
//~ the trait bound `File: Clone` is not satisfied

use std::collections::VecDeque;
use std::fs::File;

use tangents::{Point, Real, function};

#[function]
fn boxed<T: Real>(x: &Box<T>) -> T {
    **x
}

#[function]
fn queued<T: Real>(x: T) -> VecDeque<T> {
    VecDeque::from([x])
}

#[derive(Point)]
struct Pair<T>(T, T);

#[function]
fn product<T: Real>(x: Pair<T>) -> T {
    x.0 * x.1
}

#[function]
fn logged<T: Real>(x: T, log: File) -> T {
    x
}

fn main() {}
