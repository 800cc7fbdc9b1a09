//! The documents of a step are shown as the action asked: as PDF/A.

use super::{Case, Reading};
use crate::rule::{FindingCode, Findings};
use crate::wire::cda::Body;
use crate::words::{Said, said};

/// Every document that the step sends is a PDF file and no XHTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfSent {
    /// The step that makes it.
    pub step: String,
}

impl PdfSent {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::DisplayFormNotAsAsked;

    /// Another form is a finding, once. Where nothing was sent that is another rule's matter.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let bodies = case.of_step(&self.step).filter_map(|read| match &read.reading {
            Reading::Archive(reading) => reading.document()?.body.as_ref(),
            _ => None,
        });
        if let Some(other) = bodies.filter(|body| body.pdf.is_none()).last() {
            out.add_for_step(Self::CODE, &self.step, "application/pdf", media_type(other));
        }
    }
}

fn media_type(body: &Body) -> Said {
    Said::value_or(body.media_type.as_ref().map(|media_type| &media_type.value), said::nothing())
}
