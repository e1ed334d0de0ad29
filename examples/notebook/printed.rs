//! Numbers as the notebook prints them.

/// A vector as NumPy prints it: shortest digits, columns aligned.
pub(crate) fn numpy(x: &[f32]) -> String {
    let decimals = |text: &str| text.find('.').map_or(0, |dot| text.len() - dot - 1);
    let text: Vec<String> = x.iter().map(f32::to_string).collect();
    let places = text.iter().map(|t| decimals(t)).max().unwrap_or(0);
    let padded: Vec<String> = text
        .iter()
        .map(|t| match decimals(t) {
            0 => format!("{t}.{:places$}", ""),
            d => format!("{t}{:width$}", "", width = places - d),
        })
        .collect();
    let width = padded.iter().map(String::len).max().unwrap_or(0);
    let columns: Vec<String> = padded.iter().map(|t| format!("{t:>width$}")).collect();
    format!("[{}]", columns.join(" "))
}

/// A truth value as Python prints it.
pub(crate) fn python(truth: bool) -> &'static str {
    if truth { "True" } else { "False" }
}
