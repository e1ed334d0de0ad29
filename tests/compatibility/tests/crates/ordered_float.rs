//! `ordered-float` 5: order and sort by value, tangents go along.

use compatibility::{First, to_first};
use ordered_float::{NotNan, OrderedFloat};

#[test]
fn sort() {
    let numbers = [3.0, -1.0, 2.0].map(|x| OrderedFloat(First::new(x, [10.0 * x])));
    let mut sorted = numbers.to_vec();
    sorted.sort();
    assert_eq!(
        sorted.iter().map(|x| to_first(x.0)).collect::<Vec<_>>(),
        [[-1.0, -10.0], [2.0, 20.0], [3.0, 30.0]]
    );
    assert_eq!(to_first(numbers.iter().max().unwrap().0), [3.0, 30.0]);
}

#[test]
fn not_nan() {
    let x = NotNan::new(First::variable(2.0, 0)).unwrap();
    assert_eq!(to_first((x * x).into_inner()), [4.0, 4.0]);
    assert!(NotNan::new(First::from(f64::NAN)).is_err());
}
