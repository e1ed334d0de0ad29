//! What the programs of the gallery share: [`Plot`] draws, [`levenberg_marquardt`] fits, [`integrate`] goes by steps of [`rodas3`].

mod contours;
mod fit;
mod plot;
mod rodas;

pub use plotters::chart::SeriesLabelPosition as Corner;

pub use self::fit::levenberg_marquardt;
pub use self::plot::{Plot, save};
pub use self::rodas::{integrate, rodas3};

/// `count` + 1 points that divide `range` evenly.
pub fn grid(range: std::ops::Range<f64>, count: u32) -> impl Iterator<Item = f64> {
    let step = (range.end - range.start) / f64::from(count);
    (0..=count).map(move |i| range.start + f64::from(i) * step)
}
