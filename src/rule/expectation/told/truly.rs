//! What an action tells is what Kanta said: identifiers, versions, states, counts, texts and errors.

use super::super::{Expected, ScenarioEvidence};
use super::comparison::ResultComparison;
use super::{declarations, documents, errors, forms, made, notices, summary};
use crate::domain::ActionOutcome;
use crate::rule::{FindingCode, Findings};

/// The result and the errors of an action are those that came over the wire. It is expected of every step.
#[derive(Debug, Clone, Copy)]
pub struct ToldTruly;

impl Expected for ToldTruly {
    fn codes(&self) -> Vec<FindingCode> {
        vec![FindingCode::ResultDiffers, FindingCode::DocumentTextDiffers]
    }

    /// Each value that is not what came is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.action(step).filter(|action| action.outcome != ActionOutcome::Unanswered) else {
            return;
        };
        let mut told = ResultComparison { step, evidence, action, out };
        errors::judge(&mut told);
        if !action.has_succeeded() {
            return;
        }
        match action.action.as_str() {
            "search-documents" | "search-metadata" | "view-document" => documents::judge(&mut told),
            "search-summary" => summary::judge(&mut told),
            "record-disclosures" | "record-tenant-disclosures" => notices::judge(&mut told),
            "record-information" | "record-permit" | "record-prohibition" => declarations::judge(&mut told),
            "receive-forms" => forms::judge(&mut told),
            name if name.starts_with("store-") => made::judge(&mut told),
            "correct-document" | "nullify-document" => made::judge(&mut told),
            _ => {}
        }
    }
}
