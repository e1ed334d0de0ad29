//! Text: `2.5 + [1, 0]ε`, and for hyper-dual numbers `2.5 + [1, 0]ε + [[0, 0], [0, 0]]ε²/2`, printed and parsed.

use core::fmt::{self, Alignment, Formatter, Write};
use core::str::FromStr;

use super::{Dual, HyperDual, Taylor};
use crate::number::inspect;
use crate::real::Real;

/// What prints one component: the writer and the component.
type Component<'a, T> = dyn Fn(&mut dyn Write, &T) -> fmt::Result + 'a;

/// `value + [lane 0, lane 1, …]ε`
fn write_dual<T>(out: &mut dyn Write, re: &T, eps: &[T], component: &Component<T>) -> fmt::Result {
    write_first_order(out, re, eps, component)?;
    out.write_str("ε")
}

/// `value + [component, component, …]`
fn write_first_order<T>(out: &mut dyn Write, re: &T, list: &[T], component: &Component<T>) -> fmt::Result {
    component(out, re)?;
    out.write_str(" + ")?;
    write_list(out, list.iter(), |out, x| component(out, x))
}

/// `[x, y, …]`
fn write_list<X>(
    out: &mut dyn Write,
    items: impl Iterator<Item = X>,
    write: impl Fn(&mut dyn Write, X) -> fmt::Result,
) -> fmt::Result {
    out.write_str("[")?;
    for (k, item) in items.enumerate() {
        if k > 0 {
            out.write_str(", ")?;
        }
        write(out, item)?;
    }
    out.write_str("]")
}

/// Formats as `value + [lane 0, lane 1, …]ε`, a series as `value + [coefficient 1, …]tᵏ`, and a hyper-dual number with ` + [[H₀₀, …], …]ε²/2` after it. Precision and
/// sign apply to every component, width, fill and alignment to the whole, which stands at the right of its field as
/// numbers do.
macro_rules! format_as {
    ($Trait:ident, $plain:literal, $precise:literal, $signed:literal, $signed_precise:literal) => {
        impl<T: fmt::$Trait, const N: usize> fmt::$Trait for Dual<T, N> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                format_as!(@component component of f: $plain, $precise, $signed, $signed_precise);
                pad(f, |out| write_dual(out, &self.re, &self.eps, &component))
            }
        }

        impl<T: fmt::$Trait, const K: usize> fmt::$Trait for Taylor<T, K> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                format_as!(@component component of f: $plain, $precise, $signed, $signed_precise);
                pad(f, |out| {
                    write_first_order(out, &self.re, &self.coefficients, &component)?;
                    out.write_str("tᵏ")
                })
            }
        }

        impl<T: fmt::$Trait + Copy, const N: usize> fmt::$Trait for HyperDual<T, N> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                format_as!(@component component of f: $plain, $precise, $signed, $signed_precise);
                pad(f, |out| {
                    write_dual(out, &self.re, &self.gradient, &component)?;
                    out.write_str(" + ")?;
                    write_list(out, (0..N).map(|i| self.row(i)), |out, row| {
                        write_list(out, row.iter(), |out, entry| component(out, entry))
                    })?;
                    out.write_str("ε²/2")
                })
            }
        }
    };
    (
        @component $component:ident of $f:ident:
        $plain:literal, $precise:literal, $signed:literal, $signed_precise:literal
    ) => {
        let (precision, signed) = ($f.precision(), $f.sign_plus());
        let $component = |out: &mut dyn Write, x: &T| match (precision, signed) {
            (None, false) => write!(out, $plain, x),
            (Some(digits), false) => write!(out, $precise, digits, x),
            (None, true) => write!(out, $signed, x),
            (Some(digits), true) => write!(out, $signed_precise, digits, x),
        };
    };
}

format_as!(Display, "{}", "{:.*}", "{:+}", "{:+.*}");
format_as!(LowerExp, "{:e}", "{:.*e}", "{:+e}", "{:+.*e}");
format_as!(UpperExp, "{:E}", "{:.*E}", "{:+E}", "{:+.*E}");

/// Writes what `write` writes into the field that `f` asks for. It writes twice if there is a width, once to
/// count: without an allocator there is nowhere to keep the text.
fn pad(f: &mut Formatter<'_>, write: impl Fn(&mut dyn Write) -> fmt::Result) -> fmt::Result {
    let Some(width) = f.width() else {
        return write(f);
    };
    let mut written = Count(0);
    write(&mut written)?;
    let missing = width.saturating_sub(written.0);
    let before = match f.align() {
        Some(Alignment::Left) => 0,
        Some(Alignment::Center) => missing / 2,
        Some(Alignment::Right) | None => missing,
    };
    let fill = f.fill();
    (0..before).try_for_each(|_| f.write_char(fill))?;
    write(f)?;
    (before..missing).try_for_each(|_| f.write_char(fill))
}

/// A writer that counts characters.
struct Count(usize);

impl Write for Count {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.chars().count();
        Ok(())
    }
}

/// Why a text isn't a dual or hyper-dual number, or a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseDualError<E> {
    /// The value or a tangent isn't a number; the error is that of `T`.
    Component(E),
    /// The brackets don't hold one tangent for each lane, or one coefficient for each order.
    Lanes {
        /// The lanes of the type.
        expected: usize,
        /// The tangents in the text.
        found: usize,
    },
    /// The brackets of the tangents aren't opened, or not after ` + `.
    Brackets,
    /// The Hessian isn't symmetric.
    Asymmetric,
}

impl<E: fmt::Display> fmt::Display for ParseDualError<E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Component(error) => write!(f, "a component isn't a number: {error}"),
            Self::Lanes { expected, found } => {
                write!(f, "{found} tangents for a dual number of {expected} lanes")
            }
            Self::Brackets => f.write_str("tangents not in the form `value + [lane 0, lane 1, …]ε`"),
            Self::Asymmetric => f.write_str("a Hessian that isn't symmetric"),
        }
    }
}

impl<E: core::error::Error + 'static> core::error::Error for ParseDualError<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Component(error) => Some(error),
            _ => None,
        }
    }
}

/// Parses what `Display` prints, `2.5 + [1, 0]ε`, and a plain numeral as a constant.
///
/// ```
/// use tangents::Dual;
///
/// let x: Dual<f64, 2> = "2.5 + [1, 0]ε".parse()?;
/// assert!(x.identical(&Dual::variable(2.5, 0)));
/// assert!("2.5".parse::<Dual<f64, 2>>()?.is_constant());
/// # Ok::<(), tangents::ParseDualError<std::num::ParseFloatError>>(())
/// ```
impl<T: Real + FromStr, const N: usize> FromStr for Dual<T, N> {
    type Err = ParseDualError<T::Err>;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_first_order(text, "]ε").map(|(re, eps)| Self::new(re, eps))
    }
}

/// Parses what `Display` prints, `2.5 + [1, 0]tᵏ`, and a plain numeral as a constant.
///
/// ```
/// use tangents::Taylor;
///
/// let x: Taylor<f64, 3> = "2.5 + [1, 0, -0.5]tᵏ".parse()?;
/// assert_eq!(x.coefficients, [1.0, 0.0, -0.5]);
/// assert!("2.5".parse::<Taylor<f64, 2>>()?.is_constant());
/// # Ok::<(), tangents::ParseDualError<std::num::ParseFloatError>>(())
/// ```
impl<T: Real + FromStr, const K: usize> FromStr for Taylor<T, K> {
    type Err = ParseDualError<T::Err>;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_first_order(text, "]tᵏ").map(|(re, coefficients)| Self::new(re, coefficients))
    }
}

/// The value and the components of `value + [component, component, …` up to the end `end`; of a plain numeral zeros.
fn parse_first_order<T: Real + FromStr, const N: usize>(
    text: &str,
    end: &str,
) -> Result<(T, [T; N]), ParseDualError<T::Err>> {
    let number = |text: &str| text.trim().parse().map_err(ParseDualError::Component);
    let text = text.trim();
    let Some(body) = text.strip_suffix(end) else {
        return number(text).map(|re| (re, [T::zero(); N]));
    };
    let open = opening_bracket(body).ok_or(ParseDualError::Brackets)?;
    let value = body[..open].trim_end().strip_suffix('+');
    let components = &body[open + 1..];

    let found = split_lanes(components).count();
    if found != N {
        return Err(ParseDualError::Lanes { expected: N, found });
    }
    let re = number(value.ok_or(ParseDualError::Brackets)?)?;
    let mut parsed = [T::zero(); N];
    for (slot, component) in parsed.iter_mut().zip(split_lanes(components)) {
        *slot = number(component)?;
    }
    Ok((re, parsed))
}

/// Parses what `Display` prints, `2.5 + [1, 0]ε + [[4, 6], [6, 0]]ε²/2`, and a plain numeral as a constant.
///
/// ```
/// use tangents::HyperDual;
///
/// let x: HyperDual<f64, 2> = "18 + [12, 9]ε + [[4, 6], [6, 0]]ε²/2".parse()?;
/// assert_eq!(x.hessian(), [[4.0, 6.0], [6.0, 0.0]]);
/// assert_eq!(x.to_string(), "18 + [12, 9]ε + [[4, 6], [6, 0]]ε²/2");
/// # Ok::<(), tangents::ParseDualError<std::num::ParseFloatError>>(())
/// ```
impl<T: Real + FromStr, const N: usize> FromStr for HyperDual<T, N> {
    type Err = ParseDualError<T::Err>;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let Some(body) = text.strip_suffix("]ε²/2") else {
            return text.parse().map(Self::constant).map_err(|error| {
                if text.contains('[') { ParseDualError::Brackets } else { ParseDualError::Component(error) }
            });
        };
        let open = opening_bracket(body).ok_or(ParseDualError::Brackets)?;
        let first = body[..open].trim_end().strip_suffix('+').ok_or(ParseDualError::Brackets)?;
        let first: Dual<T, N> = first.parse()?;
        let rows = &body[open + 1..];

        let lanes =
            |found| if found == N { Ok(()) } else { Err(ParseDualError::Lanes { expected: N, found }) };
        lanes(split_lanes(rows).count())?;
        let mut second = [[T::zero(); N]; N];
        for (slots, row) in second.iter_mut().zip(split_lanes(rows)) {
            let row = row.trim().strip_prefix('[').and_then(|row| row.strip_suffix(']'));
            let row = row.ok_or(ParseDualError::Brackets)?;
            lanes(split_lanes(row).count())?;
            for (slot, entry) in slots.iter_mut().zip(split_lanes(row)) {
                *slot = entry.trim().parse().map_err(ParseDualError::Component)?;
            }
        }
        let symmetric = (0..N).all(|i| (0..i).all(|j| inspect::identical(second[i][j], second[j][i])));
        if !symmetric {
            return Err(ParseDualError::Asymmetric);
        }
        Ok(Self::from_fn(first.re, first.eps, |i, j| second[i][j]))
    }
}

/// Where the bracket opens that closes at the end of `body`.
fn opening_bracket(body: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, byte) in body.bytes().enumerate().rev() {
        match byte {
            b']' => depth += 1,
            b'[' if depth == 0 => return Some(i),
            b'[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The texts between the commas that no inner bracket encloses; none of a blank text.
fn split_lanes(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    text.split(move |c| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
    .filter(move |_| !text.trim().is_empty())
}
