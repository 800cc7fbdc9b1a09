//! The documents of a step are shown as the action asked: as PDF/A.

use super::{ExchangeReading, ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::wire::cda::NonXmlBody;
use crate::words::{Said, said};

/// What `see = "pdf-a"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "pdf-a",
    sentence: "the documents that the step sends are PDF files",
    members: &[],
    codes: &[FindingCode::DisplayFormNotAsAsked],
    read: read_members,
};

/// Every document that the step sends is a PDF file and no XHTML.
#[derive(Debug)]
struct PdfSent;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(PdfSent))
}

impl Expected for PdfSent {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// Another form is a finding, once. Where nothing was sent that is another rule's matter.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let bodies = evidence.of_step(step).filter_map(|read| match &read.reading {
            ExchangeReading::Archive(reading) => reading.document()?.body.as_ref(),
            _ => None,
        });
        if let Some(other) = bodies.filter(|body| body.pdf.is_none()).last() {
            out.add_for_step(
                FindingCode::DisplayFormNotAsAsked,
                step,
                Said::value("application/pdf"),
                media_type(other),
            );
        }
    }
}

fn media_type(body: &NonXmlBody) -> Said {
    Said::value_or(body.media_type.as_ref().map(|media_type| &media_type.value), said::nothing())
}
