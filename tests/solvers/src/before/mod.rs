//! The `levenberg-marquardt` before, whose `nalgebra` is a generation older; the recipe is the same.

use levenberg_marquardt_0_14 as levenberg_marquardt;
use nalgebra_0_33 as nalgebra;

#[allow(clippy::duplicate_mod)] // the same text with the names of another generation
#[path = "../newest/fit.rs"]
pub mod fit;
