//! Messages that store, correct or nullify.

use super::archive_call::{ArchiveCall, Decision};
use super::row::row_of;
use crate::domain::{FindingCode, Operation, RefusalGround, ServiceGround, Severity};
use crate::evidence::Provenance;
use crate::kanta::archive::{ArchiveError, Change, DeclarationChange, StoredAttachment, StoredDocument};
use crate::kanta::declarations::Declaration;
use crate::kanta::exchange::{ExchangeRecord, each_once};
use crate::kanta::knowledge::LiveKnowledge;
use crate::reading::{DocumentDeclaration, document_declaration};
use crate::rule::Finding;
use crate::rule::facts::document_version;
use crate::state::ArchiveKnowledge;
use crate::wire::hl7::answer::{AcknowledgementCode, Detail};
use crate::wire::mime::MimePart;

/// The finding about a document that does not say what it declares.
const UNCLEAR: FindingCode = FindingCode::DeclarationUnclear;

/// Why a message is refused: for the evidence and for the answer.
struct ChangeRefusal {
    ground: RefusalGround,
    detail: Detail,
}

impl ArchiveCall<'_> {
    /// Refuses what a rule or the archive forbids, else does it. `taken` is why the archive did not take
    /// the document at the first attempt.
    pub(super) fn change(&self, findings: &[Finding], taken: Option<&ArchiveError>) -> Decision {
        let change = self.asked_change().and_then(|change| self.with_declaration(change));
        let missing = self.missing_right();
        // Where the right is missing, a conflict would tell of what the organisation may not know.
        let conflict = match (&change, &missing) {
            (Ok(change), None) => self.declaration_conflict(change),
            _ => None,
        };
        let mut refusals: Vec<ChangeRefusal> = Vec::new();
        refusals.extend(missing);
        refusals.extend(change.as_ref().err().map(|refusal| self.refusal(refusal.0, &refusal.1)));
        refusals.extend(conflict);
        refusals.extend(taken.map(|error| self.refusal(ground_of(error), &error.to_string())));
        let mut details = self.details(findings);
        let failed = findings.iter().filter(|finding| finding.severity == Severity::Fail);
        let mut grounds: Vec<RefusalGround> = failed.map(|finding| finding.code.into()).collect();
        for refusal in refusals {
            grounds.push(refusal.ground);
            details.push(refusal.detail);
        }
        let grounds = each_once(grounds);
        let accepted = grounds.is_empty();
        let code = if accepted { AcknowledgementCode::Accepted } else { AcknowledgementCode::Error };
        Decision {
            record: ExchangeRecord { accepted, refused_for: grounds, ..self.blank_record() },
            change: change.ok().filter(|_| accepted).unwrap_or(Change::Nothing),
            answer: self.acknowledged(code, details),
        }
    }

    /// What the message would do, or why it can do nothing.
    fn asked_change(&self) -> Result<Change, (FindingCode, String)> {
        let profile = &self.core.profile;
        let nullified = self.operation == Operation::Nullify;
        match (self.operation, self.reading.document()) {
            (Operation::Store | Operation::Correct | Operation::Nullify, Some(document)) => {
                let digest = self.reading.document_digest().unwrap_or_default();
                let version = document_version(document, profile, digest, nullified);
                let version = version.map_err(|missing| (FindingCode::HeaderElementMissing, missing.to_string()))?;
                let row = row_of(document, version, digest.to_owned(), Provenance::Wire);
                Ok(Change::Version(Box::new(self.with_attachments(row))))
            }
            (Operation::Nullify, None) => {
                let set_id = self.frame_set_id().ok_or_else(|| {
                    (FindingCode::HeaderElementMissing, "the message names no set to nullify".to_owned())
                })?;
                Ok(Change::Nullification { set_id: set_id.to_owned() })
            }
            (Operation::Store | Operation::Correct, None) => {
                Err((FindingCode::DocumentMissing, "no document can be read from the message".to_owned()))
            }
            _ => Err((FindingCode::InteractionUnknown, "the archive does not know what this asks".to_owned())),
        }
    }

    /// The version with what came beside it. A part that cannot be undone has a finding of its own.
    fn with_attachments(&self, version: StoredDocument) -> StoredDocument {
        let attachment = |part: &MimePart| StoredAttachment {
            id: part.id.clone().unwrap_or_default(),
            media_type: part.media_type.clone().unwrap_or_default(),
            content: part.body.clone().unwrap_or_default(),
        };
        let attachments = self.reading.attachments().iter().map(attachment).collect();
        StoredDocument { attachments, ..version }
    }

    /// The change with the declaration of intent that its document brings or withdraws. What nobody can
    /// understand cannot be kept, however the rule counts that tells of it.
    fn with_declaration(&self, change: Change) -> Result<Change, (FindingCode, String)> {
        let brought = document_declaration(self.reading, &self.core.profile);
        let brought = brought.map_err(|unclear| (UNCLEAR, unclear.to_string()))?;
        let Some(DocumentDeclaration { id, person, declared }) = brought else { return Ok(change) };
        let at = self.arrival.received;
        let declaration = match declared {
            Some(declared) => DeclarationChange::Declare(Declaration { id, person, declared, stored: at }),
            None => DeclarationChange::Withdraw { id, person },
        };
        Ok(Change::Declaring { change: Box::new(change), declaration, at })
    }

    /// A declaration stays the one of the person who made it.
    fn declaration_conflict(&self, change: &Change) -> Option<ChangeRefusal> {
        let Change::Declaring { declaration: DeclarationChange::Declare(own), .. } = change else { return None };
        let known = self.core.archive.state().declaration(&own.id);
        let is_others = known.is_some_and(|known| known.person != own.person);
        let text = format!("{} is another person's declaration", own.id);
        is_others.then(|| self.refusal(ServiceGround::DeclarationConflict, &text))
    }

    /// Only the controller of a document may store, correct or nullify it, or who has access to its register.
    /// What the organisation may not see is answered as what is not there.
    fn missing_right(&self) -> Option<ChangeRefusal> {
        let known = LiveKnowledge::new(self.core, self.sender());
        self.wrong_register().or_else(|| self.not_its_set(&known))
    }

    /// A document comes into the organisation's own register, or into one to which it has access and says so.
    fn wrong_register(&self) -> Option<ChangeRefusal> {
        let custodian = self.reading.document().and_then(|document| document.custodian.as_ref());
        let custodian = custodian.filter(|custodian| custodian.value != self.sender())?;
        let refusal = || self.no_right("the document is for another controller's register");
        (!self.disclosure_check(None, self.basis()).uses_access_to(&custodian.value)).then(refusal)
    }

    fn not_its_set(&self, known: &LiveKnowledge<'_>) -> Option<ChangeRefusal> {
        let set_id = self.set_id()?;
        let newest = self.core.archive.state().newest(set_id);
        let is_own = newest.as_ref().is_some_and(|newest| known.may_write_to(&newest.controller));
        match (self.operation, newest) {
            (_, Some(_)) if is_own => None,
            (Operation::Store, Some(_)) => {
                Some(self.refusal(FindingCode::DocumentIdReused, &format!("{set_id} is in the archive already")))
            }
            (Operation::Correct | Operation::Nullify, Some(newest)) if known.document(&newest.id).is_some() => {
                Some(self.no_right("the document is another controller's"))
            }
            (Operation::Correct | Operation::Nullify, None) if self.replaces_own(known) => None,
            (Operation::Correct | Operation::Nullify, _) => {
                let brings = self.reading.document().is_some();
                let ground = if brings { FindingCode::CorrectionNotOfNewest } else { FindingCode::ReferenceNotFound };
                Some(self.refusal(ground, &format!("no document {set_id} in the archive")))
            }
            _ => None,
        }
    }

    /// Whether the message names, as what it replaces, a version of a register that the organisation may write
    /// to. That the set differs is another rule's matter.
    fn replaces_own(&self, known: &LiveKnowledge<'_>) -> bool {
        let parents = self.reading.document().map_or(&[][..], |document| &document.parents);
        let replaced = parents.iter().filter_map(|parent| known.document(parent.id.as_ref()?));
        replaced.into_iter().any(|version| known.may_write_to(&version.controller))
    }

    fn no_right(&self, text: &str) -> ChangeRefusal {
        ChangeRefusal { ground: ServiceGround::AccessRight.into(), detail: self.access_detail(text) }
    }

    fn set_id(&self) -> Option<&str> {
        let document = self.reading.document().and_then(|document| document.set_id.as_ref());
        document.map(|set_id| set_id.value.as_str()).or_else(|| self.frame_set_id())
    }

    fn frame_set_id(&self) -> Option<&str> {
        Some(self.reading.frame_document()?.set_id.as_ref()?.value.as_str())
    }

    fn refusal(&self, ground: impl Into<RefusalGround>, text: &str) -> ChangeRefusal {
        let ground = ground.into();
        ChangeRefusal { detail: self.error_detail(&ground, text, None), ground }
    }
}

/// The finding that a document is in the way of another.
fn ground_of(error: &ArchiveError) -> FindingCode {
    match error {
        ArchiveError::Forked { .. } => FindingCode::CorrectionNotOfNewest,
        _ => FindingCode::DocumentIdReused,
    }
}
