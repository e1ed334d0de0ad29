//! `pid` 4: a controller, in one of its gains.

use compatibility::{First, first, to_first};
use pid::Pid;

/// With the gain x, errors 2 and 3 and an integral gain of 0.5: 3x + 0.5·(2 + 3), limited to ±10.
#[test]
fn output_in_the_gain() {
    let c = First::from;
    let outputs = |gain: First| {
        let mut pid = Pid::new(c(10.0), c(10.0));
        pid.p(gain, c(100.0)).i(c(0.5), c(100.0));
        [8.0, 7.0].map(|measurement| to_first(pid.next_control_output(c(measurement)).output))
    };
    assert_eq!(outputs(first(2.0)), [[5.0, 2.0], [8.5, 3.0]]);
    // Where the limit holds, the output is constant.
    assert_eq!(outputs(first(4.0)), [[9.0, 2.0], [10.0, 0.0]]);
}
