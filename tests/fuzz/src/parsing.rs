//! Text: `FromStr` of any text, and what `Display` and its kin print, parsed again.

use std::fmt::{Debug, Display, LowerExp, UpperExp};
use std::str::FromStr;

use num_traits::Num;
use tangents::Dual;

use crate::common::{Number, same};
use crate::cursor::Cursor;

/// What texts of dual numbers are made of, and what comes near.
const PIECES: &[&str] = &[
    "[", "]", "]ε", "ε", "+", " + ", " + [", ", ", ",", " ", "-", "1", "0", "2.5", ".", "e", "e5", "E-400",
    "inf", "NaN", "infinity", "nan", "-0", "1e999", "0x1", "\u{2003}", "\n", "é", "١", "[[", "]]", "[]ε", "",
];

/// Texts that are parsed: the bytes themselves, pieces of the notation, and the print of a number.
pub fn parsing(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    match cursor.below(3) {
        0 => every_type(&String::from_utf8_lossy(cursor.rest()), 10),
        1 => {
            let radix = 2 + u32::from(cursor.byte()) % 35;
            let mut text = String::new();
            while !cursor.is_at_end() {
                text.push_str(PIECES[cursor.below(PIECES.len())]);
            }
            every_type(&text, radix);
        }
        _ => match cursor.below(4) {
            0 => printed(cursor.number::<Dual<f64, 2>>(), &mut cursor),
            1 => printed(cursor.number::<Dual<f32, 0>>(), &mut cursor),
            2 => printed(cursor.number::<Dual<Dual<f32, 1>, 2>>(), &mut cursor),
            _ => printed(cursor.number::<Dual<Dual<f64, 0>, 3>>(), &mut cursor),
        },
    }
}

fn every_type(text: &str, radix: u32) {
    parsed::<Dual<f64, 0>>(text, radix);
    parsed::<Dual<f64, 2>>(text, radix);
    parsed::<Dual<f32, 1>>(text, radix);
    parsed::<Dual<Dual<f32, 1>, 2>>(text, radix);
    parsed::<Dual<Dual<f64, 0>, 1>>(text, radix);
}

/// Parses, and if it is a number, prints and parses again.
fn parsed<D>(text: &str, radix: u32)
where
    D: Number + FromStr<Err: Display + Debug> + Display + Num<FromStrRadixErr: Display>,
{
    match text.parse::<D>() {
        Ok(x) => round_trip(&x.to_string(), x),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let Err(error) = D::from_str_radix(text, radix) {
        assert!(!error.to_string().is_empty());
    }
}

fn round_trip<D: Number + FromStr<Err: Debug>>(text: &str, x: D) {
    let again: D = text.parse().unwrap_or_else(|error| panic!("{text:?} isn't parsed: {error:?}"));
    assert!(same(again, x), "{text:?} is parsed as {again:?}, printed of {x:?}");
}

/// Prints in every form, and parses what has all digits.
fn printed<D>(x: D, cursor: &mut Cursor)
where
    D: Number + FromStr<Err: Debug> + Display + LowerExp + UpperExp,
{
    let (width, digits) = (cursor.below(200), cursor.below(40));
    for text in [
        format!("{x}"),
        format!("{x:+}"),
        format!("{x:e}"),
        format!("{x:+E}"),
        format!("{x:width$}"),
        format!("{x:<width$}"),
        format!("{x:^+width$e}"),
    ] {
        round_trip(&text, x);
    }
    for text in [
        format!("{x:.digits$}"),
        format!("{x:*>width$.digits$}"),
        format!("{x:0width$.digits$e}"),
        format!("{x:#?}"),
    ] {
        assert!(!text.is_empty());
    }
    assert!(format!("{x:#^width$}").chars().count() >= width);
}
