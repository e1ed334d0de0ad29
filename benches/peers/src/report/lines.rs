//! Curves of times over the number of variables, on logarithmic axes.

use super::chart::{colour, legend_width};
use crate::measured::Who;

/// The times of an author over the number of variables.
pub struct Curve {
    pub who: Who,
    pub times: Vec<(usize, f64)>,
}

/// Curves in one pair of axes.
pub struct Panel {
    pub title: &'static str,
    pub curves: Vec<Curve>,
}

impl Panel {
    /// Whose curves are drawn.
    pub fn authors() -> impl Iterator<Item = Who> {
        [Who::Plain, Who::Hand, Who::Tangents, Who::FunctionValue].into_iter().chain(Who::PEERS)
    }
}

const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 70.0;

#[expect(clippy::cast_precision_loss, reason = "numbers of variables")]
pub fn lines(panels: &[Panel]) -> String {
    let width = (LEFT + WIDTH + 20.0) * panels.len() as f64;
    let height = TOP + HEIGHT + 50.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    let mut x = 20.0;
    for who in Panel::authors()
        .filter(|&who| panels.iter().any(|panel| panel.curves.iter().any(|curve| curve.who == who)))
    {
        svg += &format!(
            "<circle cx=\"{x}\" cy=\"20\" r=\"4.5\" fill=\"{}\"/>\n<text x=\"{}\" y=\"24\">{}</text>\n",
            colour(who),
            x + 9.0,
            who.name()
        );
        x += legend_width(who);
    }
    for (i, panel) in panels.iter().enumerate() {
        let left = LEFT + (LEFT + WIDTH + 20.0) * i as f64;
        draw(&mut svg, left, panel);
    }
    svg + "</svg>\n"
}

#[expect(clippy::cast_precision_loss, reason = "numbers of variables")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "exponents")]
fn draw(svg: &mut String, left: f64, panel: &Panel) {
    let points = || panel.curves.iter().flat_map(|curve| curve.times.iter());
    let ends = |of: &dyn Fn(&(usize, f64)) -> f64| {
        let least = points().map(of).fold(f64::INFINITY, f64::min);
        (least, points().map(of).fold(f64::NEG_INFINITY, f64::max))
    };
    let (first, last) = ends(&|(n, _)| (*n as f64).log2());
    let (least, most) = ends(&|(_, time)| time.log10());
    let (least, most) = (least.floor(), most.ceil());
    let x = |n: usize| left + ((n as f64).log2() - first) / (last - first) * WIDTH;
    let y = |time: f64| TOP + HEIGHT - (time.log10() - least) / (most - least) * HEIGHT;
    *svg += &format!(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-weight=\"bold\">{}</text>\n",
        left + WIDTH / 2.0,
        TOP - 14.0,
        panel.title
    );
    for decade in least as i32..=most as i32 {
        let (time, label) = (
            10.0_f64.powi(decade),
            match decade {
                ..3 => format!("{} ns", 10.0_f64.powi(decade)),
                3..6 => format!("{} µs", 10.0_f64.powi(decade - 3)),
                _ => format!("{} ms", 10.0_f64.powi(decade - 6)),
            },
        );
        *svg += &format!(
            "<line x1=\"{left}\" y1=\"{y:.1}\" x2=\"{}\" y2=\"{y:.1}\" stroke=\"#dddddd\" stroke-width=\"0.7\"/>\n\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"10\">{label}</text>\n",
            left + WIDTH,
            left - 5.0,
            y(time) + 4.0,
            y = y(time),
        );
    }
    for exponent in (first as u32..=last as u32).step_by(2) {
        let n = 1_usize << exponent;
        *svg += &format!(
            "<line x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{}\" stroke=\"#eeeeee\" stroke-width=\"0.7\"/>\n\
             <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\" font-size=\"10\">{n}</text>\n",
            TOP + HEIGHT,
            TOP + HEIGHT + 14.0,
            x = x(n),
        );
    }
    for curve in &panel.curves {
        let path: Vec<_> =
            curve.times.iter().map(|&(n, time)| format!("{:.1},{:.1}", x(n), y(time))).collect();
        *svg += &format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.8\"/>\n",
            path.join(" "),
            colour(curve.who)
        );
    }
}
