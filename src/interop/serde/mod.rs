//! The numbers and the keys of the generators, written and read by the formats of `serde`.
//!
//! | | in formats for people (JSON, TOML, …) | in others (postcard, CBOR, …) |
//! |---|---|---|
//! | [`Dual`] | a structure of `re` and `eps` | its N + 1 coefficients in a row |
//! | [`HyperDual`] | a structure of `re`, `gradient` and `hessian` | its (N + 1)(N + 2)/2 coefficients in a row |
//! | [`Taylor`] | a structure of `re` and `coefficients` | its K + 1 coefficients in a row |
//! | [`Key`] of the default generator | its two words and its [`Layout`](crate::random::Layout), `[[0, 137], "Partitionable"]` | the same |
//! | [`Key`] of another one | its words | the same |
//! | [`Pattern`] | its shape, pointers and indices, `[[2,3],[0,2,3],[0,2,1]]` | the same |
//! | [`SparseMatrix`] | its pattern, [`Layout`](crate::sparse::Layout) and values | the same |
//! | [`Coloring`] | its colours | the same |
//! | [`JacobianPlan`], [`HessianPlan`] | pattern, colouring, and what else was chosen | the same |
//!
//! What is read of `sparse` is checked as if it was made anew: a pattern whose indices don't fit, or a colouring that isn't one, is an
//! error.
//!
//! The entries of a Hessian are those of its upper triangle, row by row. Nested numbers are structures of structures.
//!
//! ```
//! use tangents::{Dual, HyperDual};
//!
//! let x: Dual<f64, 2> = serde_json::from_str(r#"{"re": 2.0, "eps": [1.0, 0.0]}"#)?;
//! assert!(x.identical(&Dual::variable(2.0, 0)));
//! assert_eq!(serde_json::to_string(&x)?, r#"{"re":2.0,"eps":[1.0,0.0]}"#);
//!
//! let y = HyperDual::<f64, 2>::variable(3.0, 1).powi(2);
//! assert_eq!(serde_json::to_string(&y)?, r#"{"re":9.0,"gradient":[0.0,6.0],"hessian":[0.0,0.0,2.0]}"#);
//!
//! // Another number of lanes is an error.
//! let error = serde_json::from_str::<Dual<f64, 3>>(r#"{"re": 2.0, "eps": [1.0, 0.0]}"#).unwrap_err();
//! assert!(error.to_string().starts_with("invalid length 2, expected 3 coefficients in `eps`"));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! What is read is what was written, to the bit, if the format keeps the numbers of `T`. JSON doesn't: it has neither
//! infinities nor NaN, `serde_json` writes `null` for them and refuses to read that, and its feature `float_roundtrip`
//! is what makes it read the last bit. And formats that write no lengths, as postcard, can't tell one number of lanes
//! from another.
//!
//! [`Key`]: crate::random::Key
//! [`Pattern`]: crate::sparse::Pattern
//! [`SparseMatrix`]: crate::sparse::SparseMatrix
//! [`Coloring`]: crate::sparse::Coloring
//! [`JacobianPlan`]: crate::sparse::JacobianPlan
//! [`HessianPlan`]: crate::sparse::HessianPlan

/// Writes and reads an enumeration without data by the names of its variants; the second argument is what a reader expects.
#[cfg(any(feature = "random", feature = "std"))]
macro_rules! written_by_name {
    ($Enum:ident, $expected:literal: $($Variant:ident)*) => {
        impl Serialize for $Enum {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let (index, name) = match self {
                    $(Self::$Variant => (Self::$Variant as u32, stringify!($Variant)),)*
                };
                serializer.serialize_unit_variant(stringify!($Enum), index, name)
            }
        }

        impl<'de> Deserialize<'de> for $Enum {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                const NAMES: &[&str] = &[$(stringify!($Variant)),*];

                struct Variant;

                impl<'de> Visitor<'de> for Variant {
                    type Value = $Enum;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<$Enum, A::Error> {
                        let (index, variant) = data.variant_seed(Name(NAMES))?;
                        variant.unit_variant()?;
                        Ok([$($Enum::$Variant),*][index])
                    }
                }

                deserializer.deserialize_enum(stringify!($Enum), NAMES, Variant)
            }
        }
    };
}

#[cfg(feature = "random")]
mod keys;
#[cfg(feature = "std")]
mod sparse;

use core::fmt;
use core::marker::PhantomData;

use serde_core::de::{self, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{SerializeStruct, SerializeTuple};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::number::{Dual, HyperDual, Taylor};
use crate::real::Real;

/// A number as a record of groups of coefficients, of which the first is the value alone.
trait Record<T>: Sized {
    const NAME: &'static str;

    /// The names of the groups.
    const GROUPS: &'static [&'static str];

    /// What the coefficients are gathered in.
    type Parts;

    /// The number of coefficients in a group.
    fn len(group: usize) -> usize;

    /// A coefficient.
    fn coefficient(&self, group: usize, i: usize) -> T;

    /// Every coefficient 0.
    fn parts() -> Self::Parts;

    /// Where a coefficient is gathered.
    fn slot(parts: &mut Self::Parts, group: usize, i: usize) -> &mut T;

    /// The number with these coefficients.
    fn build(parts: Self::Parts) -> Self;

    /// The number of all coefficients.
    fn total() -> usize {
        (0..Self::GROUPS.len()).map(Self::len).sum()
    }
}

/// A number that is a value and an array.
macro_rules! value_and_array {
    ($Number:ident, $array:ident) => {
        impl<T: Real, const N: usize> Record<T> for $Number<T, N> {
            const NAME: &'static str = stringify!($Number);
            const GROUPS: &'static [&'static str] = &["re", stringify!($array)];
            type Parts = Self;

            fn len(group: usize) -> usize {
                [1, N][group]
            }

            fn coefficient(&self, group: usize, i: usize) -> T {
                if group == 0 { self.re } else { self.$array[i] }
            }

            fn parts() -> Self {
                Self::constant(T::zero())
            }

            fn slot(parts: &mut Self, group: usize, i: usize) -> &mut T {
                if group == 0 { &mut parts.re } else { &mut parts.$array[i] }
            }

            fn build(parts: Self) -> Self {
                parts
            }
        }
    };
}

value_and_array!(Dual, eps);
value_and_array!(Taylor, coefficients);

/// The place of entry `i` of the upper triangle of a matrix of `n` rows.
fn in_triangle(n: usize, mut i: usize) -> (usize, usize) {
    let mut row = 0;
    while i >= n - row {
        i -= n - row;
        row += 1;
    }
    (row, row + i)
}

impl<T: Real, const N: usize> Record<T> for HyperDual<T, N> {
    const NAME: &'static str = "HyperDual";
    const GROUPS: &'static [&'static str] = &["re", "gradient", "hessian"];
    type Parts = (T, [T; N], [[T; N]; N]);

    fn len(group: usize) -> usize {
        [1, N, N * (N + 1) / 2][group]
    }

    fn coefficient(&self, group: usize, i: usize) -> T {
        match group {
            0 => self.re,
            1 => self.gradient[i],
            _ => {
                let (row, column) = in_triangle(N, i);
                self.second(row, column)
            }
        }
    }

    fn parts() -> Self::Parts {
        (T::zero(), [T::zero(); N], [[T::zero(); N]; N])
    }

    fn slot(parts: &mut Self::Parts, group: usize, i: usize) -> &mut T {
        match group {
            0 => &mut parts.0,
            1 => &mut parts.1[i],
            _ => {
                let (row, column) = in_triangle(N, i);
                &mut parts.2[row][column]
            }
        }
    }

    fn build((re, gradient, hessian): Self::Parts) -> Self {
        Self::from_fn(re, gradient, |i, j| hessian[i][j])
    }
}

// ---- Written ----

/// A group of coefficients as a sequence.
struct Sequence<'a, T, R> {
    number: &'a R,
    group: usize,
    element: PhantomData<T>,
}

impl<T: Serialize, R: Record<T>> Serialize for Sequence<'_, T, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_tuple(R::len(self.group))?;
        for i in 0..R::len(self.group) {
            sequence.serialize_element(&self.number.coefficient(self.group, i))?;
        }
        sequence.end()
    }
}

fn serialize<T: Serialize, R: Record<T>, S: Serializer>(
    number: &R,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        let mut record = serializer.serialize_struct(R::NAME, R::GROUPS.len())?;
        record.serialize_field(R::GROUPS[0], &number.coefficient(0, 0))?;
        for (group, name) in R::GROUPS.iter().enumerate().skip(1) {
            record.serialize_field(name, &Sequence { number, group, element: PhantomData })?;
        }
        return record.end();
    }
    let mut row = serializer.serialize_tuple(R::total())?;
    for group in 0..R::GROUPS.len() {
        for i in 0..R::len(group) {
            row.serialize_element(&number.coefficient(group, i))?;
        }
    }
    row.end()
}

// ---- Read ----

/// Reads the coefficients of one group, `Some`, or of all in a row, `None`, into their places.
struct Coefficients<'a, T, R: Record<T>> {
    parts: &'a mut R::Parts,
    group: Option<usize>,
    element: PhantomData<T>,
}

impl<T, R: Record<T>> Coefficients<'_, T, R> {
    fn len(&self) -> usize {
        self.group.map_or_else(R::total, R::len)
    }

    fn slot(&mut self, i: usize) -> &mut T {
        let (mut group, mut i) = (self.group.unwrap_or(0), i);
        while i >= R::len(group) {
            i -= R::len(group);
            group += 1;
        }
        R::slot(self.parts, group, i)
    }
}

impl<'de, T: Deserialize<'de>, R: Record<T>> DeserializeSeed<'de> for Coefficients<'_, T, R> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_tuple(self.len(), self)
    }
}

impl<'de, T: Deserialize<'de>, R: Record<T>> Visitor<'de> for Coefficients<'_, T, R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.group.map_or(R::NAME, |group| R::GROUPS[group]);
        let n = self.len();
        write!(f, "{n} coefficient{} in `{name}`", if n == 1 { "" } else { "s" })
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut sequence: A) -> Result<(), A::Error> {
        let n = self.len();
        for i in 0..n {
            *self.slot(i) = sequence.next_element()?.ok_or_else(|| de::Error::invalid_length(i, &self))?;
        }
        let mut found = n;
        while sequence.next_element::<IgnoredAny>()?.is_some() {
            found += 1;
        }
        if found == n { Ok(()) } else { Err(de::Error::invalid_length(found, &self)) }
    }
}

/// Reads the name of a group as its index.
struct Name(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {:?}", self.0)
    }

    fn visit_u64<E: de::Error>(self, index: u64) -> Result<usize, E> {
        usize::try_from(index)
            .ok()
            .filter(|&index| index < self.0.len())
            .ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(index), &self))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<usize, E> {
        self.0.iter().position(|&known| known == name).ok_or_else(|| E::unknown_field(name, self.0))
    }

    fn visit_bytes<E: de::Error>(self, name: &[u8]) -> Result<usize, E> {
        match core::str::from_utf8(name) {
            Ok(name) => self.visit_str(name),
            Err(_) => Err(E::invalid_value(de::Unexpected::Bytes(name), &self)),
        }
    }
}

/// Reads a number as a structure, whose fields stand in any order, or in theirs without names.
struct Structure<T, R>(PhantomData<(T, R)>);

impl<'de, T: Deserialize<'de>, R: Record<T>> Visitor<'de> for Structure<T, R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a `{}`, a structure of {:?}", R::NAME, R::GROUPS)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<R, A::Error> {
        let mut parts = R::parts();
        // A bit per group.
        let mut found = 0_u32;
        while let Some(group) = map.next_key_seed(Name(R::GROUPS))? {
            if found & 1 << group != 0 {
                return Err(de::Error::duplicate_field(R::GROUPS[group]));
            }
            found |= 1 << group;
            if group == 0 {
                *R::slot(&mut parts, 0, 0) = map.next_value()?;
            } else {
                let (parts, group) = (&mut parts, Some(group));
                map.next_value_seed(Coefficients::<T, R> { parts, group, element: PhantomData })?;
            }
        }
        match (0..R::GROUPS.len()).find(|group| found & 1 << group == 0) {
            Some(missing) => Err(de::Error::missing_field(R::GROUPS[missing])),
            None => Ok(R::build(parts)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<R, A::Error> {
        let mut parts = R::parts();
        *R::slot(&mut parts, 0, 0) =
            sequence.next_element()?.ok_or_else(|| de::Error::invalid_length(0, &self))?;
        for group in 1..R::GROUPS.len() {
            let seed = Coefficients::<T, R> { parts: &mut parts, group: Some(group), element: PhantomData };
            sequence.next_element_seed(seed)?.ok_or_else(|| de::Error::invalid_length(group, &self))?;
        }
        Ok(R::build(parts))
    }
}

fn deserialize<'de, T, R, D>(deserializer: D) -> Result<R, D::Error>
where
    T: Deserialize<'de>,
    R: Record<T>,
    D: Deserializer<'de>,
{
    if deserializer.is_human_readable() {
        return deserializer.deserialize_struct(R::NAME, R::GROUPS, Structure(PhantomData));
    }
    let mut parts = R::parts();
    let row = Coefficients::<T, R> { parts: &mut parts, group: None, element: PhantomData };
    row.deserialize(deserializer)?;
    Ok(R::build(parts))
}

macro_rules! numbers {
    ($Number:ident) => {
        /// See [`interop::serde`](crate::interop::serde) for the form.
        impl<T: Real + Serialize, const N: usize> Serialize for $Number<T, N> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize::<T, _, _>(self, serializer)
            }
        }

        /// See [`interop::serde`](crate::interop::serde) for the form.
        impl<'de, T: Real + Deserialize<'de>, const N: usize> Deserialize<'de> for $Number<T, N> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize::<T, _, _>(deserializer)
            }
        }
    };
}

numbers!(Dual);
numbers!(HyperDual);
numbers!(Taylor);
