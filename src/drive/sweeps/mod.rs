//! The loops of the drivers, and what they share: lifted points, nested numbers, calls within calls.

pub(crate) mod blocks;
pub(crate) mod chunks;
pub(crate) mod depth;
pub(crate) mod lifted;
pub(crate) mod nesting;
