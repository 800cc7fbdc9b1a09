//! What a page is made of.

use super::field::Form;
use super::link::Link;
use super::table::Table;

/// A page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its heading and title.
    pub title: String,
    /// What it holds, from the top.
    pub blocks: Vec<Block>,
}

/// A part of a page.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading of the second level.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Something that must be seen: its kind, its title, its lines.
    Notice(NoticeKind, String, Vec<String>),
    /// Names and values.
    Facts(Vec<Fact>),
    /// A table.
    Table(Table),
    /// A form.
    Form(Form),
    /// Links to other pages.
    Links(Vec<Link>),
    /// A list.
    List(Vec<String>),
    /// Text in its own line breaks.
    Preformatted(String),
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// It was done.
    Done,
    /// Good to know.
    Information,
    /// Something has to be looked after.
    Warning,
    /// It was not done.
    Refused,
}

impl NoticeKind {
    /// Its class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Refused => "refused",
        }
    }
}

/// A name and its value.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    /// The name.
    pub name: String,
    /// The value; several lines where it has several.
    pub value: String,
    /// Where the value leads to.
    pub link: Option<String>,
    /// What else is known of it, as its origin.
    pub note: String,
}

impl Fact {
    /// A fact without link and note.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), ..Self::default() }
    }
}

impl Page {
    /// A page with nothing on it.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), blocks: Vec::new() }
    }

    /// With `block` at the end.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// With a paragraph at the end.
    #[must_use]
    pub fn paragraph(self, text: impl Into<String>) -> Self {
        self.with(Block::Paragraph(text.into()))
    }

    /// With a heading at the end.
    #[must_use]
    pub fn heading(self, text: impl Into<String>) -> Self {
        self.with(Block::Heading(text.into()))
    }

    /// With a notice at the end.
    #[must_use]
    pub fn notice(self, kind: NoticeKind, title: impl Into<String>, lines: Vec<String>) -> Self {
        self.with(Block::Notice(kind, title.into(), lines))
    }
}
