//! Patterns, colourings, matrices and plans of `sparse`.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use serde_core::de::{self, EnumAccess, VariantAccess, Visitor};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::Name;
use crate::sparse::{Coloring, HessianPlan, JacobianPlan, Layout, Pattern, SparseMatrix};

written_by_name!(Layout, "a `Layout`, \"Rows\" or \"Columns\"": Rows Columns);

/// Its shape, its pointers and its indices.
///
/// ```
/// use tangents::sparse::Pattern;
///
/// let pattern = Pattern::from_entries((2, 3), [(0, 0), (0, 2), (1, 1)])?;
/// assert_eq!(serde_json::to_string(&pattern)?, "[[2,3],[0,2,3],[0,2,1]]");
/// assert_eq!(serde_json::from_str::<Pattern>("[[2,3],[0,2,3],[0,2,1]]")?, pattern);
/// let error = serde_json::from_str::<Pattern>("[[2,3],[0,2,3],[2,0,1]]").unwrap_err();
/// assert!(error.to_string().starts_with("the column indices of row 0 don't increase"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ((self.rows(), self.columns()), self.indptr(), self.indices()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (shape, indptr, indices) = Deserialize::deserialize(deserializer)?;
        Self::new(shape, indptr, indices).map_err(de::Error::custom)
    }
}

/// Its colours.
impl Serialize for Coloring {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.colors().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Coloring {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Deserialize::deserialize(deserializer).map(Self::new)
    }
}

/// Its pattern, its layout, and its values in that order.
impl<T: Serialize> Serialize for SparseMatrix<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.pattern(), self.layout(), self.values()).serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for SparseMatrix<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (pattern, layout, values): (Pattern, _, _) = Deserialize::deserialize(deserializer)?;
        Self::in_layout(pattern, layout, values).map_err(de::Error::custom)
    }
}

/// Its pattern, the colours, the dense rows, the layout, and the lanes of a pass.
impl Serialize for JacobianPlan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = (self.pattern(), self.coloring(), self.dense_rows(), self.layout(), self.lanes());
        parts.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for JacobianPlan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (pattern, coloring, dense, layout, lanes): (Pattern, _, Vec<usize>, _, _) =
            Deserialize::deserialize(deserializer)?;
        Self::from_parts(Arc::new(pattern), coloring, dense, layout, lanes).map_err(de::Error::custom)
    }
}

/// Its pattern, the colours, whether entries are found by substitution, and the lanes of a pass.
impl Serialize for HessianPlan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.pattern(), self.coloring(), self.substitutes(), self.lanes()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for HessianPlan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (pattern, coloring, substitutes, lanes): (Pattern, _, bool, _) =
            Deserialize::deserialize(deserializer)?;
        let make = if substitutes { Self::by_substitution } else { Self::new };
        make(pattern, coloring).and_then(|plan| plan.with_lanes(lanes)).map_err(de::Error::custom)
    }
}
