//! The derivatives stay within their goals.

use accuracy::{max_and_99, rows};

#[test]
fn derivatives_are_within_4_16_and_64_ulps_wherever_the_problem_is_well_conditioned() {
    let rows = rows();
    assert_eq!(rows.len(), 37);
    for row in &rows {
        for (order, goal) in [(1, 4.0), (2, 16.0), (3, 64.0)] {
            // The two terms of its derivative have opposite signs below 1: a cancellation of the problem itself.
            let goal = if row.name == "x.powf(x)" { 64.0 } else { goal };
            let (max, _) = max_and_99(&row.ours[order], false).expect("points");
            assert!(max <= goal, "{}, order {order}: {max} ulps", row.name);
        }
    }
}

#[test]
fn the_scale_of_errors_is_that_of_ulps() {
    // A wrong sixth digit is some 10⁹ ulps: JAX's slope of tanh, (1 + t)(1 − t), has no digit left at large x.
    let tanh = rows().into_iter().find(|row| row.name == "tanh").expect("the hyperbolic tangent");
    let (theirs, _) = max_and_99(&tanh.jax[1], true).expect("points");
    assert!(theirs > 1e15);
}
