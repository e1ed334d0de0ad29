//! Does everyone compute the same as the derivative by hand, or as the project's data say?

#[test]
fn every_answer_is_that_of_the_reference() {
    let wrong: Vec<_> =
        peers::workloads::all().iter_mut().filter_map(|workload| workload.check().err()).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.concat());
}
