//! The names of coordinates.

use core::fmt::{self, Write};

/// The longest name, in bytes; of a longer one the end is kept, which tells more. An error that has a name in it is small
/// enough to be returned.
const LONGEST: usize = 26;

/// The name of a coordinate, for messages: the way to it, as `layers[0].weights[1][2]`.
///
/// It is text in place, of up to 26 bytes; a longer one loses its beginning. Of a coordinate that is the point itself it is
/// empty.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name {
    bytes: [u8; LONGEST],
    /// How many of them there are, and [`CUT`] if there were more.
    length: u8,
}

/// What the length of a name that lost its beginning has beside it.
const CUT: u8 = 0x80;

impl Name {
    /// The name that `write` writes, without the dot that it may begin with.
    pub(crate) fn of(write: impl FnOnce(&mut dyn Write) -> fmt::Result) -> Self {
        let mut name = Self { bytes: [0; LONGEST], length: 0 };
        let written = write(&mut name);
        debug_assert!(written.is_ok(), "a `Name` takes every text");
        name
    }

    /// No name: of what isn't a coordinate.
    #[cfg(feature = "random")] // for the checks
    pub(crate) const NONE: Self = Self { bytes: [0; LONGEST], length: 0 };

    /// Whether it tells more than that the coordinate is the one with this index.
    #[cfg(feature = "random")] // for the checks
    pub(crate) fn tells_more_than(&self, index: usize) -> bool {
        let text = self.text();
        let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        !text.is_empty() && inner.parse() != Ok(index)
    }

    /// The text; its first character is lost where that was cut.
    fn text(&self) -> &str {
        let bytes = &self.bytes[..usize::from(self.length & !CUT)];
        let start = bytes.iter().position(|byte| !matches!(byte, 0x80..0xc0)).unwrap_or(0);
        core::str::from_utf8(&bytes[start..]).unwrap_or_default()
    }
}

impl Write for Name {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let text = if self.length == 0 { text.strip_prefix('.').unwrap_or(text) } else { text };
        for &byte in text.as_bytes() {
            if usize::from(self.length & !CUT) == LONGEST {
                self.bytes.copy_within(1.., 0);
                self.length = (self.length - 1) | CUT;
            }
            self.bytes[usize::from(self.length & !CUT)] = byte;
            self.length += 1;
        }
        Ok(())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.length & CUT != 0 { "…" } else { "" }, self.text())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text(), f)
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_name_begins_without_a_dot_and_keeps_its_end() {
        assert_eq!(Name::of(|path| path.write_str(".weights[1]")).to_string(), "weights[1]");
        let long = Name::of(|path| (0..20).try_for_each(|i| write!(path, ".größe[{i}]"))).to_string();
        assert!(long.starts_with('…') && long.ends_with(".größe[18].größe[19]"), "{long}");
        assert!(Name::of(|_| Ok(())).to_string().is_empty());
    }

    #[cfg(feature = "random")]
    #[test]
    fn a_name_that_is_the_index_tells_no_more() {
        let tells_more = |text: &str, index| Name::of(|path| path.write_str(text)).tells_more_than(index);
        for text in ["", "[3]", ".3"] {
            assert!(!tells_more(text, 3), "{text}");
        }
        for text in [".1", "[4]", "[0][3]", ".0[3]", ".bias", "[\"3\"]"] {
            assert!(tells_more(text, 3), "{text}");
        }
    }
}
