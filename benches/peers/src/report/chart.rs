//! The report's chart: a row for each workload, a dot for each peer, on a logarithmic axis of ratios.

use super::Report;
use crate::measured::{Measured, Who};

/// The ends of the axis; dots beyond are drawn at the end.
const LEAST: f64 = 1.0 / 32.0;
const MOST: f64 = 32.0;

const NAMES: f64 = 400.0;
const PANEL: f64 = 430.0;
const GAP: f64 = 50.0;
const ROW: f64 = 19.0;
const TOP: f64 = 86.0;

/// Colours that differ for the colour-blind too (Okabe and Ito).
pub(super) fn colour(who: Who) -> &'static str {
    match who {
        Who::Plain => "#bbbbbb",
        Who::Hand => "#000000",
        Who::Tangents => "#d55e00",
        Who::FunctionValue => "#882255",
        Who::NumDual => "#0072b2",
        Who::Hyperjet => "#009e73",
        Who::Hyperdual => "#cc79a7",
        Who::Autodiff => "#e69f00",
        Who::AdTrait => "#661100",
        Who::Echidna => "#332288",
        Who::EchidnaReverse => "#117733",
        Who::EchidnaTape => "#44aa99",
        Who::EchidnaSparse => "#88ccee",
        Who::Ceres => "#56b4e9",
        Who::Sacado => "#999900",
        Who::Jax => "#7f3f00",
    }
}

/// The distance from the panel's left edge.
fn place(ratio: f64) -> f64 {
    (ratio.clamp(LEAST, MOST) / LEAST).ln() / (MOST / LEAST).ln() * PANEL
}

#[expect(clippy::cast_precision_loss, reason = "a handful of rows and panels")]
pub fn chart(report: &Report) -> String {
    let rows = report.builds[0].1.len();
    let (height, bottom) = (TOP + ROW * rows as f64 + 40.0, TOP + ROW * rows as f64);
    let width = NAMES + (PANEL + GAP) * report.builds.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
         <text x=\"10\" y=\"20\" font-size=\"15\">Time of each peer over that of tangents (function values): right of 1, \
         tangents is faster</text>\n"
    );
    legend(&mut svg, report);
    for (row, workload) in report.builds[0].1.iter().enumerate() {
        let y = TOP + ROW * (row as f64 + 0.5);
        if row % 2 == 0 {
            svg += &format!(
                "<rect x=\"0\" y=\"{:.1}\" width=\"{width}\" height=\"{ROW}\" fill=\"#f4f4f4\"/>\n",
                y - ROW / 2.0
            );
        }
        svg += &format!(
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\n",
            NAMES - 12.0,
            y + 4.0,
            escape(&workload.name)
        );
    }
    for (panel, (name, measured)) in report.builds.iter().enumerate() {
        let left = NAMES + (PANEL + GAP) * panel as f64;
        svg += &format!(
            "<text x=\"{}\" y=\"62\" text-anchor=\"middle\" font-weight=\"bold\">{name}</text>\n",
            left + PANEL / 2.0
        );
        for exponent in -5_i32..=5 {
            let ratio = 2.0_f64.powi(exponent);
            let x = left + place(ratio);
            let (stroke, thick) = if exponent == 0 { (colour(Who::Tangents), 1.6) } else { ("#dddddd", 0.7) };
            let label = if exponent < 0 { format!("1/{}", 1 << -exponent) } else { format!("{ratio}") };
            svg += &format!(
                "<line x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{bottom}\" stroke=\"{stroke}\" stroke-width=\"{thick}\"/>\n\
                 <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\" font-size=\"10\">{label}</text>\n\
                 <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\" font-size=\"10\">{label}</text>\n",
                TOP - 6.0,
                bottom + 14.0,
            );
        }
        for (row, workload) in measured.iter().enumerate() {
            dots(&mut svg, left, TOP + ROW * (row as f64 + 0.5), workload);
        }
    }
    svg + "</svg>\n"
}

fn present(report: &Report, who: Who) -> bool {
    report.builds.iter().any(|(_, measured)| measured.iter().any(|workload| workload.best_of(who).is_some()))
}

fn shown() -> impl Iterator<Item = Who> {
    [Who::Plain, Who::Hand, Who::Tangents].into_iter().chain(Who::PEERS)
}

/// The room that an author's name takes in a legend.
#[expect(clippy::cast_precision_loss, reason = "a few letters")]
pub(super) fn legend_width(who: Who) -> f64 {
    45.0 + 6.5 * who.name().len() as f64
}

fn legend(svg: &mut String, report: &Report) {
    let mut x = 20.0;
    for who in shown().filter(|&who| present(report, who)) {
        *svg += &format!(
            "<circle cx=\"{x}\" cy=\"40\" r=\"4.5\" fill=\"{}\"/>\n<text x=\"{}\" y=\"44\">{}</text>\n",
            colour(who),
            x + 9.0,
            who.name()
        );
        x += legend_width(who);
    }
}

fn dots(svg: &mut String, left: f64, y: f64, workload: &Measured) {
    let Some(ours) = workload.counts() else { return };
    for who in shown() {
        let found = if who == Who::Plain { workload.plain() } else { workload.best_of(who) };
        let Some(entry) = found else { continue };
        if std::ptr::eq(entry, ours) {
            continue;
        }
        let ratio = entry.nanoseconds / ours.nanoseconds;
        let radius = if who <= Who::Hand { 3.2 } else { 4.5 };
        *svg += &format!(
            "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{}\" fill-opacity=\"0.85\"><title>{}: \
             {ratio:.2}</title></circle>\n",
            left + place(ratio),
            colour(who),
            who.name()
        );
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
