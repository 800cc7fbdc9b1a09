//! The notice on the register, for everybody.

use super::answer::Answer;
use super::route::Outcome;
use super::visit::Visit;
use crate::page::Page;

const PARTS: [&str; 7] = ["controller", "contact", "purpose", "data", "retention", "disclosure", "rights"];

/// The notice in short.
pub(super) async fn show(visit: Visit) -> Outcome {
    let mut page = Page::new(visit.t("page.notice"));
    for part in PARTS {
        let title = visit.t(&format!("privacy.{part}-title"));
        page = page.heading(title).paragraph(visit.t(&format!("privacy.{part}")));
    }
    Ok(Answer::page(page))
}
