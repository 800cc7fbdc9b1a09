//! `index.html`: one page, for people, that needs nothing from anywhere.

#[cfg(test)]
mod contrast;
mod course;
mod exchange;
mod filters;
mod finding;
mod head;
mod page;
mod scenario;

pub(crate) use finding::source_line;
pub use page::write;
