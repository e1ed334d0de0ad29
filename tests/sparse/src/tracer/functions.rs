//! Every function that a number has, in lists: the rows of the tables, the functions of `Float`, `Special` and `Real` that aren't
//! rows, and rules of one's own.

use tangents::rules::{Opaque, RuleN, VectorRule};
use tangents::{Number, Rule};

use crate::special_table::for_each_special_rule;
use crate::table::for_each_unary_rule;

/// A function with its name.
pub(crate) type Named<F> = (&'static str, F);

macro_rules! emit_list {
    ([] $(($name:ident $(($n:ident: $Order:ty))?, $($rest:tt)*))*) => {
        vec![$((stringify!($name), (|x: T| x.$name($(<$Order>::from(2_u8))?)) as fn(T) -> T)),*]
    };
}

/// The functions of one number.
pub(crate) fn of_one<T: Number>() -> Vec<Named<fn(T) -> T>> {
    let mut functions: Vec<Named<fn(T) -> T>> = for_each_unary_rule!(emit_list []);
    let special: Vec<Named<fn(T) -> T>> = for_each_special_rule!(emit_list []);
    functions.extend(special);
    let others: [Named<fn(T) -> T>; 25] = [
        ("neg", |x| -x),
        ("recip", T::recip),
        ("abs", T::abs),
        ("signum", T::signum),
        ("floor", T::floor),
        ("ceil", T::ceil),
        ("round", T::round),
        ("trunc", T::trunc),
        ("fract", T::fract),
        ("to_degrees", T::to_degrees),
        ("to_radians", T::to_radians),
        ("sin_cos.0", |x| x.sin_cos().0),
        ("sin_cos.1", |x| x.sin_cos().1),
        ("powi(0)", |x| x.powi(0)),
        ("powi(1)", |x| x.powi(1)),
        ("powi(2)", |x| x.powi(2)),
        ("powi(3)", |x| x.powi(3)),
        ("powi(-1)", |x| x.powi(-1)),
        ("powi(MIN)", |x| x.powi(i32::MIN)),
        ("relu", T::relu),
        ("stop_gradient", T::stop_gradient),
        ("times zero", |x| x * T::zero()),
        ("cast", |x| <T as num_traits::NumCast>::from(x).unwrap()),
        ("apply", |x| x.apply(Gudermann)),
        ("apply opaque", |x| x.apply(Opaque::new(|x| x * x, |x| 2.0 * x))),
    ];
    functions.extend(others);
    functions
}

/// The functions of two numbers.
#[allow(deprecated)] // abs_sub
pub(crate) fn of_two<T: Number>() -> [Named<fn(T, T) -> T>; 24] {
    [
        ("add", |x, y| x + y),
        ("sub", |x, y| x - y),
        ("mul", |x, y| x * y),
        ("div", |x, y| x / y),
        ("rem", |x, y| x % y),
        ("max", T::max),
        ("min", T::min),
        ("powf", T::powf),
        ("powf(1.5)", |x, _| x.powf(T::lit(1.5))),
        ("powf(0)", |x, _| x.powf(T::zero())),
        ("log", T::log),
        ("hypot", T::hypot),
        ("atan2", T::atan2),
        ("copysign", T::copysign),
        ("abs_sub", T::abs_sub),
        ("beta", T::beta),
        ("ln_beta", T::ln_beta),
        ("logaddexp", T::logaddexp),
        ("xlogy", T::xlogy),
        ("xlog1py", T::xlog1py),
        ("huber", T::huber),
        ("apply_n", |x, y| T::apply_n([x, y], Norm)),
        ("select true", |x, y| T::select(true, x, y)),
        ("select false", |x, y| T::select(false, x, y)),
    ]
}

/// The functions of three numbers.
pub(crate) fn of_three<T: Number>() -> [Named<fn(T, T, T) -> T>; 6] {
    [
        ("mul_add", T::mul_add),
        ("clamp", |x, a, b| {
            // It panics of a NaN as a bound, and of bounds in another order.
            let least = T::lit(-1e9);
            x.clamp(a.min(b).max(least), a.max(b).max(least))
        }),
        ("smoothstep", T::smoothstep),
        ("lerp", T::lerp),
        ("hypot3", T::hypot3),
        ("softmax", |x, y, z| T::softmax([x, y, z])[0]),
    ]
}

/// The functions of many numbers.
pub(crate) fn of_many<T: Number>() -> [Named<fn(&[T]) -> T>; 9] {
    [
        ("sum", |x| T::sum(x)),
        ("product", |x| T::product(x)),
        ("logsumexp", T::logsumexp),
        ("softmax_in_place", |x| {
            let mut x = x.to_vec();
            T::softmax_in_place(&mut x);
            x[x.len() - 1]
        }),
        ("norm", T::norm),
        ("norm_squared", T::norm_squared),
        ("norm_of", |x| T::norm_of(x.len() - 1, |i| x[i + 1] - x[i])),
        ("safe_norm", |x| T::safe_norm(x, T::lit(0.5))),
        ("apply_vector", |x| Number::apply_vector(x, Direction)[0]),
    ]
}

/// Whether products or quotients are in a function as it's written: if it or an argument isn't finite, it has NaN in every entry,
/// also in those of variables that it doesn't depend on.
pub(crate) fn multiplies(name: &str) -> bool {
    [
        "mul",
        "div",
        "mul_add",
        "huber",
        "smoothstep",
        "lerp",
        "softmax",
        "product",
        "logsumexp",
        "softmax_in_place",
        "norm_squared",
        "times zero",
        "apply_vector",
    ]
    .contains(&name)
}

/// Whether a function has derivatives that are exactly zero and are multiplied: with an infinite derivative of an argument, that
/// makes NaN of an entry which is zero.
pub(crate) fn multiplies_zeros(name: &str) -> bool {
    multiplies(name)
        || ["norm", "norm_of", "hypot3", "safe_norm", "powi(0)", "powi(1)", "xlogy", "xlog1py"]
            .contains(&name)
}

/// The Gudermannian.
struct Gudermann;

impl Rule for Gudermann {
    fn value<T: Number>(&self, x: T) -> T {
        T::lit(2.0) * (x * T::lit(0.5)).tanh().atan()
    }

    fn slope<T: Number>(&self, x: T) -> T {
        x.cosh().recip()
    }
}

/// √(1 + x² + y²), whose value no tracer could compute: it goes through `f64`.
struct Norm;

impl RuleN<2> for Norm {
    fn value<T: Number>(&self, x: [T; 2]) -> T {
        let [x, y] = x.map(|x| x.to_f64().unwrap());
        T::lit((1.0 + x * x + y * y).sqrt())
    }

    fn slopes<T: Number>(&self, x: [T; 2]) -> [T; 2] {
        let norm = T::apply_n(x, self);
        x.map(|x| x / norm)
    }
}

/// x/√(1 + |x|²)
struct Direction;

impl VectorRule for Direction {
    fn value<T: Number>(&self, x: &[T]) -> Vec<T> {
        let norm = (T::one() + T::norm_squared(x)).sqrt();
        x.iter().map(|&x| x / norm).collect()
    }

    fn jvp<T: Number>(&self, x: &[T], v: &[T]) -> Vec<T> {
        let norm = (T::one() + T::norm_squared(x)).sqrt();
        let along = T::sum(x.iter().zip(v).map(|(&x, &v)| x * v)) / (norm * norm);
        x.iter().zip(v).map(|(&x, &v)| (v - x * along) / norm).collect()
    }
}
