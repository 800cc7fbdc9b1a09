//! PDF files as far as they can be seen without a PDF engine: the frame of the file, the objects that its
//! trailer leads to, names in dictionaries, texts. Nothing is drawn and no font is read.

mod claim;
mod facts;
mod file;
mod objects;
mod texts;
mod token;

pub(crate) use claim::PdfClaim;
pub(crate) use facts::{PdfFacts, read_pdf};
pub(crate) use file::looks_like_pdf;
pub(crate) use texts::texts;
