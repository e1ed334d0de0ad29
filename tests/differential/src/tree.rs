//! Expressions as trees, in prefix notation: `mul sin x add 1.5 y`.

use std::fmt::{self, Display};

use crate::functions::{FUNCTIONS, Number, call};

/// An expression in at most two variables.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Variable(usize),
    /// As operand of an operator a plain number, otherwise a constant.
    Literal(f64),
    /// A function by its index in [`FUNCTIONS`], its order if it is of a family, and its arguments.
    Call(usize, i32, Vec<Tree>),
}

/// The index of a function.
pub fn named(name: &str) -> usize {
    FUNCTIONS.iter().position(|f| f.name == name).unwrap_or_else(|| panic!("no function is called {name}"))
}

impl Tree {
    /// The value on these variables.
    pub fn evaluate<T: Number>(&self, variables: &[T]) -> T {
        match self {
            Self::Variable(i) => variables[*i],
            Self::Literal(s) => T::lit(*s),
            Self::Call(f, order, arguments) => {
                let name = FUNCTIONS[*f].name;
                if matches!(name, "add" | "sub" | "mul" | "div" | "rem") {
                    match &arguments[..] {
                        [Self::Literal(s), x] => return T::literal_left(name, *s, x.evaluate(variables)),
                        [x, Self::Literal(s)] => return T::literal_right(name, x.evaluate(variables), *s),
                        _ => {}
                    }
                }
                let arguments: Vec<T> = arguments.iter().map(|a| a.evaluate(variables)).collect();
                call(*f, *order, &arguments)
            }
        }
    }

    /// Reads what [`Display`] writes.
    pub fn parse(text: &str) -> Self {
        let mut words = text.split_whitespace();
        let tree = Self::read(&mut words);
        assert_eq!(words.next(), None, "words behind the tree {text}");
        tree
    }

    fn read<'a>(words: &mut impl Iterator<Item = &'a str>) -> Self {
        let word = words.next().expect("as many arguments as the function has");
        match word {
            "x" => Self::Variable(0),
            "y" => Self::Variable(1),
            _ if word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                Self::Literal(word.parse().expect("a number"))
            }
            _ => {
                let (name, order) = word.split_once(':').unwrap_or((word, "0"));
                let f = named(name);
                let arguments = (0..FUNCTIONS[f].arity).map(|_| Self::read(words)).collect();
                Self::Call(f, order.parse().expect("an integer"), arguments)
            }
        }
    }

    /// The number of functions.
    pub fn size(&self) -> usize {
        match self {
            Self::Call(_, _, arguments) => 1 + arguments.iter().map(Self::size).sum::<usize>(),
            _ => 0,
        }
    }

    /// Whether the variable stands in it.
    pub fn depends_on(&self, variable: usize) -> bool {
        match self {
            Self::Variable(i) => *i == variable,
            Self::Literal(_) => false,
            Self::Call(_, _, arguments) => arguments.iter().any(|a| a.depends_on(variable)),
        }
    }
}

impl Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Variable(i) => f.write_str(["x", "y"][*i]),
            Self::Literal(s) => write!(f, "{s:?}"),
            Self::Call(function, order, arguments) => {
                let function = &FUNCTIONS[*function];
                f.write_str(function.name)?;
                if !function.orders.is_empty() {
                    write!(f, ":{order}")?;
                }
                arguments.iter().try_for_each(|a| write!(f, " {a}"))
            }
        }
    }
}
