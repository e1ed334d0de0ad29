//! No entry is missed: patterns of random programs over every function, against dense derivatives.

use proptest::collection::vec;
use proptest::prelude::*;
use tangents::sparse::{self, Pattern};
use tangents::{Function, Number, hessians, jacobian};

use super::functions::{multiplies, multiplies_zeros, of_many, of_one, of_three, of_two};

const VARIABLES: usize = 4;

/// A step of a program: which function, and the numbers before it that it takes, meant modulo their count.
#[derive(Clone, Copy, Debug)]
enum Step {
    Literal(f64),
    One(usize, usize),
    Two(usize, [usize; 2]),
    Three(usize, [usize; 3]),
    /// The numbers from the first to the second.
    Many(usize, [usize; 2]),
    /// The third if the first is less than the second, otherwise the fourth.
    IfLess([usize; 4]),
}

/// A straight line of steps; all of their results are the program's.
#[derive(Clone, Debug)]
struct Program(Vec<Step>);

impl Function for Program {
    type From = [f64];
    type To = Vec<f64>;

    fn call<T: Number>(&self, x: &[T]) -> Vec<T> {
        let (one, two, three, many) = (of_one(), of_two(), of_three(), of_many());
        let mut numbers = x.to_vec();
        for step in &self.0 {
            let at = |i: usize| numbers[i % numbers.len()];
            let number = match *step {
                Step::Literal(x) => T::lit(x),
                Step::One(f, x) => one[f % one.len()].1(at(x)),
                Step::Two(f, [x, y]) => two[f % two.len()].1(at(x), at(y)),
                Step::Three(f, [x, y, z]) => three[f % three.len()].1(at(x), at(y), at(z)),
                Step::Many(f, _) => {
                    let operands = step.operands(numbers.len());
                    many[f % many.len()].1(&numbers[operands[0]..=operands[operands.len() - 1]])
                }
                Step::IfLess([a, b, x, y]) => {
                    if at(a) < at(b) {
                        at(x)
                    } else {
                        at(y)
                    }
                }
            };
            numbers.push(number);
        }
        numbers.split_off(x.len())
    }
}

impl Step {
    /// The numbers that it takes, of so many; of a choice, all.
    fn operands(self, count: usize) -> Vec<usize> {
        let all = |operands: &[usize]| operands.iter().map(|i| i % count).collect();
        match self {
            Self::Literal(_) => all(&[]),
            Self::One(_, x) => all(&[x]),
            Self::Two(_, x) => all(&x),
            Self::Three(_, x) => all(&x),
            Self::Many(_, [from, to]) => {
                let (from, to) = (from % count, to % count);
                (from.min(to)..=from.max(to)).collect()
            }
            Self::IfLess(x) => all(&x),
        }
    }

    fn name(self) -> &'static str {
        fn of<F>(functions: &[(&'static str, F)], f: usize) -> &'static str {
            functions[f % functions.len()].0
        }
        match self {
            Self::Literal(_) => "literal",
            Self::One(f, _) => of(&of_one::<f64>(), f),
            Self::Two(f, _) => of(&of_two::<f64>(), f),
            Self::Three(f, _) => of(&of_three::<f64>(), f),
            Self::Many(f, _) => of(&of_many::<f64>(), f),
            Self::IfLess(_) => "if",
        }
    }
}

/// In which results entries that are NaN count.
///
/// A product with what isn't finite, a value or a derivative, has NaN in every entry, also where nothing depends on the
/// variable: no pattern has these. Elsewhere an entry that doesn't depend on a variable is exactly zero.
fn count_nans(
    program: &Program,
    point_is_finite: bool,
    first_is_finite: &[bool],
    is_finite: &[bool],
) -> Vec<bool> {
    let mut counts = vec![true; VARIABLES];
    for (i, step) in program.0.iter().enumerate() {
        let finite = |j: usize| if j < VARIABLES { point_is_finite } else { is_finite[j - VARIABLES] };
        let operands = step.operands(counts.len());
        let spoilt = (multiplies(step.name()) && !first_is_finite[i])
            || (multiplies_zeros(step.name()) && !operands.iter().all(|&j| finite(j)));
        counts.push(operands.iter().all(|&j| counts[j]) && !spoilt);
    }
    counts.split_off(VARIABLES)
}

/// That no pattern of the program misses an entry of the dense derivatives at `x`.
fn misses_nothing(program: &Program, x: &[f64; VARIABLES]) -> Result<(), TestCaseError> {
    let values = program.call(x);
    let here = sparse::patterns_at(program, x);
    let everywhere = sparse::patterns(program, x);
    let asks = program.0.iter().any(|step| matches!(step, Step::IfLess(_)));
    prop_assert!(asks || everywhere.is_ok(), "{everywhere:?}");

    let first = jacobian(|x| program.call(x), x);
    let second = hessians(|x| program.call(x), x);
    // Value and first derivatives; all of them.
    let first_is_finite: Vec<_> = (values.iter().zip(&first))
        .map(|(value, first)| value.is_finite() && first.iter().all(|entry| entry.is_finite()))
        .collect();
    let is_finite: Vec<_> = (first_is_finite.iter().zip(&second))
        .map(|(&first, second)| first && second.iter().flatten().all(|entry| entry.is_finite()))
        .collect();
    let point_is_finite = x.iter().all(|x| x.is_finite());
    let counts = count_nans(program, point_is_finite, &first_is_finite, &is_finite);
    let has_values = point_is_finite && values.iter().all(|y| !y.is_nan());
    for (i, step) in program.0.iter().enumerate() {
        let has = |which: &str, pattern: &Pattern, i: usize, j: usize, entry: f64, counts: bool| {
            prop_assert!(
                entry == 0.0 || (entry.is_nan() && !counts) || pattern.contains(i, j),
                "the {which} misses {entry} in row {i} and column {j}, of {}: {values:?} at {x:?}",
                step.name()
            );
            Ok(())
        };
        for (j, second) in second[i].iter().enumerate() {
            has("local Jacobian", &here.jacobian, i, j, first[i][j], counts[i])?;
            for (k, &entry) in second.iter().enumerate() {
                has("local Hessian", &here.hessian, j, k, entry, counts[i])?;
            }
            if let Ok(everywhere) = &everywhere {
                // Everywhere where there is a value.
                let counts = counts[i] && has_values;
                has("global Jacobian", &everywhere.jacobian, i, j, first[i][j], counts)?;
                for (k, &entry) in second.iter().enumerate() {
                    has("global Hessian", &everywhere.hessian, j, k, entry, counts)?;
                }
            }
        }
    }
    if let Ok(everywhere) = everywhere
        && has_values
    {
        for (local, global) in [(&here.jacobian, &everywhere.jacobian), (&here.hessian, &everywhere.hessian)]
        {
            let beyond = local.entries().find(|&(i, j)| !global.contains(i, j));
            prop_assert!(beyond.is_none(), "only the local pattern has {beyond:?} at {x:?}");
        }
    }
    here.hessian.check_symmetric().map_err(|error| TestCaseError::fail(error.to_string()))
}

fn any_step() -> impl Strategy<Value = Step> {
    let (f, x) = (0..1000_usize, 0..32_usize);
    prop_oneof![
        1 => prop::sample::select(&[0.0, 1.0, -1.0, 0.5, 2.0][..]).prop_map(Step::Literal),
        6 => (f.clone(), x.clone()).prop_map(|(f, x)| Step::One(f, x)),
        6 => (f.clone(), [x.clone(), x.clone()]).prop_map(|(f, x)| Step::Two(f, x)),
        2 => (f.clone(), [x.clone(), x.clone(), x.clone()]).prop_map(|(f, x)| Step::Three(f, x)),
        2 => (f, [x.clone(), x.clone()]).prop_map(|(f, x)| Step::Many(f, x)),
        1 => [x.clone(), x.clone(), x.clone(), x].prop_map(Step::IfLess),
    ]
}

/// Points that are often at kinks: coordinates that are equal or zero.
fn any_point() -> impl Strategy<Value = [f64; VARIABLES]> {
    let coordinate = prop_oneof![
        2 => prop::sample::select(&[0.0, -0.0, 1.0, -1.0, 0.5, 2.0][..]),
        3 => -3.0..3.0,
    ];
    [coordinate.clone(), coordinate.clone(), coordinate.clone(), coordinate]
}

/// `TANGENTS_CASES` times so many cases, for a longer search.
fn cases(cases: u32) -> ProptestConfig {
    let factor = std::env::var("TANGENTS_CASES").map_or(1, |n| n.parse().expect("a number of cases"));
    ProptestConfig { cases: cases * factor, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn patterns_of_programs_miss_nothing(steps in vec(any_step(), 1..9), x in any_point()) {
        misses_nothing(&Program(steps), &x)?;
    }
}

/// Where functions have their corners.
const EDGES: [f64; 14] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    -0.367_879_441_171_442_33, // −1/e
    -2.0,
    2.0,
    710.0,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    f64::MIN_POSITIVE,
];

#[test]
fn functions_of_one_number_miss_nothing_at_their_edges() {
    for f in 0..of_one::<f64>().len() {
        for x in EDGES {
            // Of x₀ + x₁
            let program = Program(vec![Step::Two(0, [0, 1]), Step::One(f, VARIABLES)]);
            misses_nothing(&program, &[x, 0.0, 1.0, 1.0]).unwrap();
        }
    }
}

#[test]
fn functions_of_several_numbers_miss_nothing_at_their_edges() {
    for x in EDGES {
        for y in EDGES {
            let two = (0..of_two::<f64>().len()).map(|f| Step::Two(f, [VARIABLES, 2]));
            let three = (0..of_three::<f64>().len()).map(|f| Step::Three(f, [VARIABLES, 2, 3]));
            let many = (0..of_many::<f64>().len()).map(|f| Step::Many(f, [2, VARIABLES]));
            for step in two.chain(three).chain(many) {
                // Of x₀ + x₁ and x₂, and where there is a third, x₃
                let program = Program(vec![Step::Two(0, [0, 1]), step]);
                misses_nothing(&program, &[x, 0.0, y, 1.0]).unwrap();
            }
        }
    }
}
