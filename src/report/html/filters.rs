//! Filters of the templates.

use std::fmt::Display;

use askama::filters::{Html, Safe, escape};

use crate::report::words::fill;

/// The text with `{n}` replaced.
#[askama::filter_fn]
pub fn fill_n<N: Display>(text: &str, _: &dyn askama::Values, n: N) -> askama::Result<String> {
    Ok(fill(text, &[("n", &n.to_string())]))
}

/// The text with what stands between backticks set as code.
#[askama::filter_fn]
pub fn prose(text: &str, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
    let mut html = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        let part = escape(part, Html)?;
        html += &if index % 2 == 1 { format!("<code>{part}</code>") } else { part.to_string() };
    }
    Ok(Safe(html))
}
