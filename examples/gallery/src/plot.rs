//! Pictures: curves, points and contours in one or more fields, written as SVG.

use std::error::Error;
use std::ops::Range;
use std::path::PathBuf;
use std::{env, fs};

use plotters::chart::SeriesLabelPosition as Corner;
use plotters::coord::Shift;
use plotters::prelude::*;

use crate::contours::contours;

type Points = Vec<(f64, f64)>;

/// The size of a field.
const SIZE: (u32, u32) = (560, 420);

/// Colours of the layers that have names, in their order: those of Okabe and Ito, which the colour-blind can tell apart.
const PALETTE: [RGBColor; 5] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(0, 0, 0),
];

/// A field with axes, and what is drawn in it, layer upon layer.
#[derive(Debug)]
pub struct Plot {
    title: String,
    axes: [(&'static str, Range<f64>); 2],
    layers: Vec<Layer>,
    legend: Corner,
}

#[derive(Debug)]
enum Layer {
    Curve(&'static str, Points),
    Scatter(&'static str, Points),
    Contours(Vec<Points>),
}

impl Plot {
    /// An empty field with a name and a range for each axis.
    pub fn new(
        title: impl Into<String>,
        x: (&'static str, Range<f64>),
        y: (&'static str, Range<f64>),
    ) -> Self {
        Self { title: title.into(), axes: [x, y], layers: Vec::new(), legend: Corner::UpperRight }
    }

    /// Puts the legend into another corner than the upper right.
    pub fn legend(self, corner: Corner) -> Self {
        Self { legend: corner, ..self }
    }

    /// Adds a line through points.
    pub fn curve(self, name: &'static str, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        self.with(Layer::Curve(name, points.into_iter().collect()))
    }

    /// Adds points.
    pub fn scatter(self, name: &'static str, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        self.with(Layer::Scatter(name, points.into_iter().collect()))
    }

    /// Adds the lines on which `f` is one of `levels`.
    pub fn contours(self, levels: impl IntoIterator<Item = f64>, f: impl Fn(f64, f64) -> f64) -> Self {
        let [(_, x), (_, y)] = &self.axes;
        let lines = contours(x, y, levels, f);
        self.with(Layer::Contours(lines))
    }

    fn with(mut self, layer: Layer) -> Self {
        self.layers.push(layer);
        self
    }

    fn draw<B: DrawingBackend>(&self, area: &DrawingArea<B, Shift>) -> Result<(), Box<dyn Error>>
    where
        B::ErrorType: 'static,
    {
        let [(x, in_x), (y, in_y)] = self.axes.clone();
        let mut chart = ChartBuilder::on(area)
            .caption(&self.title, ("sans-serif", 16))
            .margin(12)
            .margin_right(20)
            .x_label_area_size(42)
            .y_label_area_size(58)
            .build_cartesian_2d(in_x, in_y)?;
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(BLACK.mix(0.1))
            .x_labels(8)
            .y_labels(8)
            .x_desc(x)
            .y_desc(y)
            .label_style(("sans-serif", 13))
            .draw()?;

        let mut colors = PALETTE.iter();
        let mut next = || colors.next().copied().expect("at most five layers with names");
        for layer in &self.layers {
            match layer {
                Layer::Curve(name, points) => {
                    let color = next();
                    chart
                        .draw_series(LineSeries::new(points.iter().copied(), color.stroke_width(2)))?
                        .label(*name)
                        .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
                }
                Layer::Scatter(name, points) => {
                    let color = next();
                    chart
                        .draw_series(points.iter().map(|&point| Circle::new(point, 3, color.filled())))?
                        .label(*name)
                        .legend(move |(x, y)| Circle::new((x + 9, y), 3, color.filled()));
                }
                Layer::Contours(lines) => {
                    for line in lines {
                        chart.draw_series(LineSeries::new(line.iter().copied(), BLACK.mix(0.35)))?;
                    }
                }
            }
        }
        let named = |layer: &Layer| !matches!(layer, Layer::Contours(_));
        if self.layers.iter().filter(|layer| named(layer)).count() > 1 {
            chart
                .configure_series_labels()
                .position(self.legend.clone())
                .background_style(WHITE.mix(0.85))
                .border_style(BLACK.mix(0.2))
                .label_font(("sans-serif", 13))
                .draw()?;
        }
        Ok(())
    }
}

/// Draws fields, side by side, to `name.svg` in the folder that the program is given, or beside the program.
///
/// # Errors
///
/// Those of drawing and of writing the file.
///
/// # Panics
///
/// If a field has more layers with names than there are colours.
pub fn save(name: &str, plots: &[Plot]) -> Result<(), Box<dyn Error>> {
    let folder = match env::args_os().nth(1) {
        Some(folder) => PathBuf::from(folder),
        None => env::current_exe()?.parent().expect("the folder of the program").to_owned(),
    };
    fs::create_dir_all(&folder)?;
    let path = folder.join(name).with_extension("svg");
    let root = SVGBackend::new(&path, (SIZE.0 * u32::try_from(plots.len())?, SIZE.1)).into_drawing_area();
    root.fill(&WHITE)?;
    for (area, plot) in root.split_evenly((1, plots.len())).iter().zip(plots) {
        plot.draw(area)?;
    }
    root.present()?;
    println!("picture: {}", path.display());
    Ok(())
}
