//! The newest `levenberg-marquardt`.

use levenberg_marquardt;
use nalgebra;

pub mod fit;
