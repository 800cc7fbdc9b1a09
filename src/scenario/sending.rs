//! What the action of a step must send to Kanta, so that a system that sends nothing passes nothing.

use super::Action;
use super::model::{DisclosureEvent, DocumentForm, Recipient, Step};
use crate::domain::Operation;
use crate::rule::FindingCode;
use crate::rule::expectation::{EndsIn, Sent};

/// What its messages may ask of Kanta, how many a success takes, and the finding where none came.
type Messages = (&'static [Operation], &'static str, FindingCode);

/// What must be seen of `step` on the wire; `None` where its action sends nothing that is known beforehand.
pub(super) fn sending(step: &Step, ends: &EndsIn, may_be_unsent: bool) -> Option<Sent> {
    let (operations, due, finding) = messages(step)?;
    let marked = step.action.makes_document() && step.form != DocumentForm::PdfA;
    // After trouble what was not accepted was lost, and the scenario says how that is called.
    let unaccepted = if step.fault.is_some() { ends.finding } else { finding };
    Some(Sent { operations, due, marked, outcomes: ends.outcomes.clone(), may_be_unsent, finding, unaccepted })
}

fn messages(step: &Step) -> Option<Messages> {
    use Operation::{
        Correct, Nullify, Retrieve, SearchDocuments, SearchMetadata, SendForm, Store, StoreDeclaration, StoreNotice,
        Summarise,
    };
    Some(match step.action {
        Action::StoreClientRelationship
        | Action::StoreMatter
        | Action::StoreClientDocument
        | Action::StoreFirstPhaseDocument
        | Action::StoreOldDocument => (&[Store], "1", FindingCode::DocumentNotStored),
        Action::CorrectDocument => (&[Correct], "1", FindingCode::CorrectionNotSent),
        Action::NullifyDocument => (&[Nullify], "1", FindingCode::NullificationNotSent),
        Action::SearchDocuments => (&[SearchDocuments, SearchMetadata, Retrieve], "≥ 1", FindingCode::SearchNotSent),
        Action::SearchMetadata => (&[SearchMetadata], "≥ 1", FindingCode::MetadataSearchNotSent),
        Action::SearchSummary => (&[Summarise], "≥ 1", FindingCode::SummaryNotSent),
        Action::ViewDocument => (&[Retrieve, SearchDocuments], "≥ 1", FindingCode::SearchNotSent),
        Action::RecordInformation | Action::RecordPermit | Action::RecordProhibition
            if step.form == DocumentForm::Document =>
        {
            (&[Store], "1", FindingCode::DeclarationNotSent)
        }
        Action::RecordInformation | Action::RecordPermit | Action::RecordProhibition => {
            (&[StoreDeclaration], "≥ 1", FindingCode::DeclarationNotSent)
        }
        Action::WithdrawDeclaration => {
            (&[StoreDeclaration, Store, Correct, Nullify], "≥ 1", FindingCode::WithdrawalNotInForce)
        }
        Action::RecordDisclosures | Action::RecordTenantDisclosures if step.events.iter().any(is_due) => {
            (&[StoreNotice], "≥ 1", FindingCode::NoticeMissing)
        }
        Action::SendForm => (&[SendForm], "≥ 1", FindingCode::FormNotSent),
        Action::RecordDisclosures
        | Action::RecordTenantDisclosures
        | Action::KnowClient
        | Action::DocumentStatus
        | Action::SendPending
        | Action::UseLog
        | Action::VerifyLog
        | Action::EditLog
        | Action::LogRetention
        | Action::ClientLog
        | Action::LogTimes
        | Action::ReceiveForms
        | Action::ArchivistNullifies => return None,
    })
}

/// Whether a notice is due for a disclosure.
fn is_due(event: &DisclosureEvent) -> bool {
    !event.through_archive && event.recipient != Recipient::Producer
}
