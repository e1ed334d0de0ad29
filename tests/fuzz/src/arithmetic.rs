//! Every operation of `Float` and of the operators, in programs.

use std::array::from_fn;
use std::fmt::Debug;

use tangents::Dual;

use crate::common::{BINARY, Number, all_zero, same};
use crate::cursor::Cursor;
use crate::program::{Operation, run, same_lane};

/// The laws of a program's numbers: value, lanes, zero lanes, and the order that a nested number agrees with.
pub fn arithmetic(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    match cursor.below(4) {
        0 => laws::<f64, 3>(&mut cursor),
        1 => laws::<f32, 2>(&mut cursor),
        2 => laws::<Dual<f64, 2>, 2>(&mut cursor),
        _ => laws::<Dual<Dual<f32, 1>, 1>, 1>(&mut cursor),
    }
}

fn laws<T: Number + Debug, const N: usize>(cursor: &mut Cursor) {
    let zero_lane = cursor.flag();
    let variables: [Dual<T, N>; 3] = from_fn(|_| {
        let mut x: Dual<T, N> = cursor.number();
        if zero_lane {
            x.eps[0] = T::zero();
        }
        x
    });
    let mut operations = Vec::new();
    while !cursor.is_at_end() && operations.len() < 24 {
        operations.push(Operation::read(cursor));
    }

    let whole = run(&operations, &variables);
    let values = run(&operations, &variables.map(|x| x.re));
    for (i, (x, value)) in whole.iter().zip(&values).enumerate() {
        assert!(
            same(x.re, *value),
            "number {i} is {x:?}, on values {value:?}: {operations:?} of {variables:?}"
        );
    }
    for k in 0..N {
        let alone = run(&operations, &variables.map(|x| Dual::new(x.re, [x.eps[k]])));
        for (i, (x, alone)) in whole.iter().zip(&alone).enumerate() {
            assert!(
                same_lane(x.eps[k], alone.eps[0]),
                "lane {k} of number {i} is {x:?}, alone {alone:?}: {operations:?} of {variables:?}"
            );
        }
    }
    for (count, &operation) in (variables.len()..).zip(&operations) {
        if ieee(operation) {
            continue;
        }
        let operands = operation.operands(count);
        for k in 0..N {
            if operands.iter().all(|&i| all_zero(whole[i].eps[k])) {
                assert!(
                    all_zero(whole[count].eps[k]),
                    "lane {k} of {operation:?} is {:?}: {:?}",
                    whole[count],
                    operands.iter().map(|&i| whole[i]).collect::<Vec<_>>()
                );
            }
        }
    }
}

/// Whether its lanes are products or quotients by IEEE arithmetic, infinity times zero included.
pub fn ieee(operation: Operation) -> bool {
    match operation {
        Operation::Binary(k, _) => matches!(BINARY[k], "mul" | "div"),
        Operation::MulAdd(_) => true,
        _ => false,
    }
}
