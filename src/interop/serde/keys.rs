//! The keys of the generators of `random`.

use core::fmt;

use serde_core::de::{EnumAccess, VariantAccess, Visitor};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::Name;
use crate::random::{Key, Layout, Threefry2x32, Threefry4x64};

written_by_name!(Layout, "a `Layout`, \"Partitionable\" or \"Original\"": Partitionable Original);

/// Its words and its layout.
///
/// ```
/// use tangents::random::Key;
///
/// let key = Key::new(137);
/// assert_eq!(serde_json::to_string(&key)?, r#"[[0,137],"Partitionable"]"#);
/// assert_eq!(serde_json::from_str::<Key>(r#"[[0, 137], "Partitionable"]"#)?, key);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Key<Threefry2x32> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.data(), self.layout()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Key<Threefry2x32> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (words, layout) = Deserialize::deserialize(deserializer)?;
        Ok(Self::from_data(words).with_layout(layout))
    }
}

macro_rules! keys {
    ($Generator:ty) => {
        /// The words of the key.
        impl Serialize for Key<$Generator> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.generator().data().serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for Key<$Generator> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Deserialize::deserialize(deserializer)
                    .map(|words| Self::from_generator(<$Generator>::from_data(words)))
            }
        }
    };
}

keys!(Threefry4x64);
#[cfg(feature = "rand_chacha")]
keys!(crate::interop::rand_chacha::ChaCha8);
#[cfg(feature = "rand_chacha")]
keys!(crate::interop::rand_chacha::ChaCha12);
#[cfg(feature = "rand_chacha")]
keys!(crate::interop::rand_chacha::ChaCha20);
