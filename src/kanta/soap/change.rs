//! Messages that store, correct or nullify.

use super::facts;
use super::work::{Decision, Work};
use crate::domain::{Operation, Severity};
use crate::evidence::Provenance;
use crate::kanta::archive::{ArchiveError, Change};
use crate::kanta::recorder::{Account, each_once};
use crate::rule::Finding;
use crate::wire::hl7::answer::{AcknowledgementCode, Detail};

/// Why a message is refused: for the evidence and for the answer.
struct Refusal {
    ground: String,
    detail: Detail,
}

impl Work<'_> {
    /// Refuses what a rule or the archive forbids, else does it. `taken` is why the archive did not take
    /// the document at the first attempt.
    pub(super) fn change(&self, findings: &[Finding], taken: Option<&ArchiveError>) -> Result<Decision, ArchiveError> {
        let change = self.asked_change();
        let mut refusals: Vec<Refusal> = Vec::new();
        refusals.extend(self.missing_right()?);
        refusals.extend(self.unknown_set(&change)?);
        refusals.extend(change.as_ref().err().map(|refusal| self.refusal(&refusal.0, &refusal.1)));
        refusals.extend(taken.map(|error| self.refusal(ground_of(error), &error.to_string())));
        let mut details = self.details(findings);
        let failed = findings.iter().filter(|finding| finding.severity == Severity::Fail);
        let mut grounds: Vec<String> = failed.map(|finding| finding.code.clone()).collect();
        for refusal in refusals {
            grounds.push(refusal.ground);
            details.push(refusal.detail);
        }
        let grounds = each_once(grounds);
        let accepted = grounds.is_empty();
        let code = if accepted { AcknowledgementCode::Accepted } else { AcknowledgementCode::Error };
        Ok(Decision {
            account: Account { accepted, refused_for: grounds, ..self.blank_account() },
            change: change.ok().filter(|_| accepted).unwrap_or(Change::Nothing),
            answer: self.acknowledged(code, details),
        })
    }

    /// What the message would do, or why it can do nothing.
    fn asked_change(&self) -> Result<Change, (String, String)> {
        let profile = &self.core.profile;
        let nullified = self.operation == Operation::Nullify;
        match (self.operation, self.reading.document()) {
            (Operation::Store | Operation::Correct | Operation::Nullify, Some(document)) => {
                let version = facts(document, profile, nullified, Provenance::Wire);
                let version = version.map_err(|missing| ("header-element-missing".to_owned(), missing.to_string()))?;
                Ok(Change::Version(Box::new(version)))
            }
            (Operation::Nullify, None) => {
                let set_id = self.frame_set_id().ok_or_else(|| {
                    ("header-element-missing".to_owned(), "the message names no set to nullify".to_owned())
                })?;
                Ok(Change::Nullification { set_id: set_id.to_owned() })
            }
            (Operation::Store | Operation::Correct, None) => {
                Err(("document-missing".to_owned(), "no document can be read from the message".to_owned()))
            }
            _ => Err(("interaction-unknown".to_owned(), "the archive does not know what this asks".to_owned())),
        }
    }

    /// Only the controller of a document may correct or nullify it.
    fn missing_right(&self) -> Result<Option<Refusal>, ArchiveError> {
        if !matches!(self.operation, Operation::Correct | Operation::Nullify) {
            return Ok(None);
        }
        let Some(set_id) = self.set_id() else { return Ok(None) };
        let newest = self.core.archive.newest(set_id)?;
        let foreign = newest.is_some_and(|newest| newest.controller != self.sender());
        Ok(foreign.then(|| Refusal {
            ground: "access-right".to_owned(),
            detail: self.access_detail("the document is another controller's"),
        }))
    }

    /// A nullification without a document of its own must name a set that is there.
    fn unknown_set(&self, change: &Result<Change, (String, String)>) -> Result<Option<Refusal>, ArchiveError> {
        let Ok(Change::Nullification { set_id }) = change else { return Ok(None) };
        let unknown = self.core.archive.newest(set_id)?.is_none();
        Ok(unknown.then(|| self.refusal("reference-not-found", &format!("no document {set_id} in the archive"))))
    }

    fn set_id(&self) -> Option<&str> {
        let document = self.reading.document().and_then(|document| document.set_id.as_ref());
        document.map(|set_id| set_id.value.as_str()).or_else(|| self.frame_set_id())
    }

    fn frame_set_id(&self) -> Option<&str> {
        Some(self.reading.frame_document()?.set_id.as_ref()?.value.as_str())
    }

    fn refusal(&self, ground: &str, text: &str) -> Refusal {
        Refusal { ground: ground.to_owned(), detail: self.error_detail(ground, text, None) }
    }
}

/// The finding that a document is in the way of another.
fn ground_of(error: &ArchiveError) -> &'static str {
    match error {
        ArchiveError::Forked { .. } => "correction-not-of-newest",
        _ => "document-id-reused",
    }
}
