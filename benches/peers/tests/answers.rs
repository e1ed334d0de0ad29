//! Does everyone compute the same as the derivative by hand, or as the project's data say?

use peers::workloads::{all, gradient_over, hessian_over, jacobian_over};

#[test]
fn every_answer_is_that_of_the_reference() {
    let wrong: Vec<_> = all().iter_mut().filter_map(|workload| workload.check().err()).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.concat());
}

/// Where a function of one variable is a constant, or a pass has more lanes than there are variables.
#[test]
fn the_curves_begin_with_right_answers() {
    let workloads = [gradient_over(1), gradient_over(2), jacobian_over(1), jacobian_over(2), hessian_over(2)];
    let wrong: Vec<_> = workloads.into_iter().filter_map(|mut workload| workload.check().err()).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.concat());
}
