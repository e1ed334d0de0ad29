//! What the examples share: [`columns`] and [`symmetric`] hand a pattern to faer, [`lu`] and [`cholesky`] are its factorizations for
//! `tangents`' own solves, [`draw`] makes a picture of a pattern and its colours.
//!
//! The pictures are written as text: an SVG of squares needs a path for each colour and no crate.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

use faer::Side;
use faer::col::ColMut;
use faer::linalg::solvers::Solve;
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use tangents::sparse::{Coloring, JacobianPlan, Layout, Pattern, SparseMatrix};

/// Where the values of a plan stand, as faer has it: compressed columns.
///
/// # Panics
///
/// If the plan has another layout.
pub fn columns(plan: &JacobianPlan) -> SymbolicSparseColMatRef<'_, usize> {
    assert_eq!(
        plan.layout(),
        Layout::Columns,
        "faer takes columns: make the plan `with_layout(Layout::Columns)`"
    );
    let (rows, columns) = (plan.rows(), plan.columns());
    SymbolicSparseColMatRef::new_checked(rows, columns, plan.indptr(), None, plan.indices())
}

/// Where the entries of a symmetric matrix are, as faer has it: its rows are its columns.
///
/// # Panics
///
/// If the pattern isn't symmetric.
pub fn symmetric(pattern: &Pattern) -> SymbolicSparseColMatRef<'_, usize> {
    pattern.check_symmetric().expect("a symmetric pattern");
    let n = pattern.rows();
    SymbolicSparseColMatRef::new_checked(n, n, pattern.indptr(), None, pattern.indices())
}

/// faer's LU factorization of a matrix in columns, as [`solve_by`](tangents::linalg::solve_by) takes it.
///
/// # Errors
///
/// faer's own.
pub fn lu(a: &SparseMatrix<f64>) -> Result<impl FnMut(&mut [f64]) + use<>, Box<dyn Error>> {
    let symbolic = SymbolicSparseColMatRef::new_checked(a.rows(), a.columns(), a.indptr(), None, a.indices());
    let factors = SparseColMatRef::new(symbolic, a.values()).sp_lu()?;
    Ok(move |b: &mut [f64]| factors.solve_in_place(ColMut::from_slice_mut(b)))
}

/// The same with faer's Cholesky factorization, for a symmetric positive definite matrix.
///
/// # Errors
///
/// faer's own, if the matrix isn't positive definite.
pub fn cholesky(a: &SparseMatrix<f64>) -> Result<impl FnMut(&mut [f64]) + use<>, Box<dyn Error>> {
    let symbolic = SymbolicSparseColMatRef::new_checked(a.rows(), a.columns(), a.indptr(), None, a.indices());
    let factors = SparseColMatRef::new(symbolic, a.values()).sp_cholesky(Side::Lower)?;
    Ok(move |b: &mut [f64]| factors.solve_in_place(ColMut::from_slice_mut(b)))
}

/// The largest magnitude in a vector; NaN if one is in it.
pub fn max_norm(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |norm, x| if x.abs() <= norm { norm } else { x.abs() })
}

/// A count as a number.
#[allow(clippy::cast_precision_loss)] // counts here are far below 2⁵³
pub fn number(n: usize) -> f64 {
    n as f64
}

/// Draws a pattern, each entry in the colour of its column, to `name.svg` in the folder that the program is given, or beside the program.
///
/// # Errors
///
/// Those of writing the file.
///
/// # Panics
///
/// If there isn't a colour for each column.
pub fn draw(name: &str, title: &str, pattern: &Pattern, coloring: &Coloring) -> io::Result<()> {
    let folder = match env::args_os().nth(1) {
        Some(folder) => PathBuf::from(folder),
        None => env::current_exe()?.parent().expect("the folder of the program").to_owned(),
    };
    fs::create_dir_all(&folder)?;
    let path = folder.join(name).with_extension("svg");
    fs::write(&path, picture(title, pattern, coloring))?;
    println!("picture: {}", path.display());
    Ok(())
}

/// The picture as SVG: the matrix, and beside it, if no two columns of a colour share a row, what is evaluated in its place, a column
/// for each colour. It has a ground of its own, light or dark as the reader prefers, and colours that show on both.
fn picture(title: &str, pattern: &Pattern, coloring: &Coloring) -> String {
    const SIDE: f64 = 420.0;
    const MARGIN: f64 = 16.0;
    const HEAD: f64 = 52.0;
    let (rows, columns, count) = (pattern.rows(), pattern.columns(), coloring.count());
    let cell = SIDE / number(rows.max(columns));
    let beside = coloring.check_columns(pattern).is_ok();
    let left = cell * number(columns) + MARGIN;
    let right = if beside { left + cell * number(count) } else { left - MARGIN } + 2.0 * MARGIN;
    let bottom = cell * number(rows) + HEAD + MARGIN;

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {right:.0} {bottom:.0}\" font-family=\"sans-serif\">
<style>.ground{{fill:#fff}}.field{{fill:#eff1f3}}text{{fill:#222}}
@media(prefers-color-scheme:dark){{.ground{{fill:#16191d}}.field{{fill:#23282e}}text{{fill:#e4e7ea}}}}</style>
<rect class=\"ground\" width=\"100%\" height=\"100%\" rx=\"8\"/>
<text x=\"{MARGIN}\" y=\"24\" font-size=\"15\">{title}</text>
<text x=\"{MARGIN}\" y=\"42\" font-size=\"12\">{rows} × {columns}, {} entries, {count} colours</text>
",
        pattern.nnz()
    );
    let mut matrix = |left: f64, columns: usize, place: &dyn Fn(usize) -> usize| {
        let scale = format!("translate({:.2} {HEAD}) scale({cell:.4})", left + MARGIN);
        let _ = writeln!(
            svg,
            "<g transform=\"{scale}\"><rect class=\"field\" width=\"{columns}\" height=\"{rows}\"/>"
        );
        for color in 0..count {
            let of_color = pattern.entries().filter(|&(_, column)| coloring.colors()[column] == color);
            let _ = write!(svg, "<path fill=\"{}\" d=\"", PALETTE[color % PALETTE.len()]);
            // Squares that leave a gap to the next.
            for (row, column) in of_color {
                let _ = write!(svg, "M{} {row}h.9v.9h-.9z", place(column));
            }
            svg.push_str("\"/>\n");
        }
        svg.push_str("</g>\n");
    };
    matrix(0.0, columns, &|column| column);
    if beside {
        matrix(left, count, &|column| coloring.colors()[column]);
    }
    svg + "</svg>\n"
}

/// Colours that can be told apart on light and on dark ground.
const PALETTE: [&str; 20] = [
    "#3b82d6", "#f0883e", "#2fa36b", "#d6549a", "#dfb109", "#22a7b8", "#8a63d2", "#d9484a", "#8fb83a",
    "#a9714b", "#7a8ba3", "#f2a0b5", "#1f7a5a", "#7cc4f0", "#c3a4ee", "#c98a00", "#5457b8", "#8ed6b0",
    "#b03a6e", "#e8c48a",
];
