//! Tables.

use super::link::Link;

/// A table with a caption, a row of headings, and links to further rows.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Headings of its columns.
    pub columns: Vec<String>,
    /// Its rows; the first cell of each is its heading.
    pub rows: Vec<Vec<Cell>>,
    /// What is said where there is no row.
    pub empty: String,
    /// Links to earlier and later rows.
    pub pages: Vec<Link>,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// Where it leads to.
    pub link: Option<String>,
    /// Class of the style sheet, for what must be seen.
    pub class: &'static str,
}

impl Cell {
    /// A cell with a link.
    pub fn linked(text: impl Into<String>, address: impl Into<String>) -> Self {
        Self { text: text.into(), link: Some(address.into()), class: "" }
    }

    /// A cell that must be seen.
    pub fn marked(text: impl Into<String>, class: &'static str) -> Self {
        Self { text: text.into(), link: None, class }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: text.into(), link: None, class: "" }
    }
}
