//! Answers in the shape of HL7 v3.

use super::archive_call::ArchiveCall;
use crate::domain::{RefusalGround, Severity};
use crate::kanta::open_queries::OpenQuery;
use crate::rule::Finding;
use crate::wire::Part;
use crate::wire::hl7::answer::{
    Acknowledgement, AcknowledgementCode, AnsweredDocument, Detail, DetailSeverity, QueryAnswer, QueryResponseCode,
    Summary,
};
use crate::wire::hl7::{InstanceId, Query};

/// What a query gets beside its acknowledgement.
pub(super) struct Results {
    pub(super) code: QueryResponseCode,
    pub(super) documents: Vec<AnsweredDocument>,
    pub(super) summary: Option<Summary>,
    /// How many were found in all.
    pub(super) total: usize,
    /// How many are behind this page.
    pub(super) remaining: usize,
}

/// The query that an answer is for.
pub(super) struct Addressed {
    /// Interaction of the answer; `None` for that of the message.
    interaction: Option<String>,
    id: Option<InstanceId>,
    echoed: String,
}

impl Addressed {
    /// The query in the message.
    pub(super) fn query(query: &Query) -> Self {
        let id = query.id.as_ref().map(|id| id.value.clone());
        Self { interaction: None, id, echoed: query.written.clone() }
    }

    /// The query that the message continues.
    pub(super) fn continuation(open: &OpenQuery) -> Self {
        Self { interaction: Some(open.answer.clone()), id: Some(open.key.id.clone()), echoed: String::new() }
    }
}

impl Results {
    /// No results, for this reason.
    pub(super) fn none(code: QueryResponseCode) -> Self {
        Self { code, documents: Vec::new(), summary: None, total: 0, remaining: 0 }
    }
}

impl ArchiveCall<'_> {
    /// The answer to this message. A query gets no results with it.
    pub(super) fn acknowledged(&self, code: AcknowledgementCode, details: Vec<Detail>) -> String {
        self.acknowledged_as(self.reading.message_id().unwrap_or(no_id()), code, details)
    }

    /// The same, as if `target` had been the message.
    pub(super) fn acknowledged_as(
        &self,
        target: InstanceId,
        code: AcknowledgementCode,
        details: Vec<Detail>,
    ) -> String {
        let acknowledgement = self.acknowledgement(target, code, details);
        let response = match code {
            AcknowledgementCode::Accepted => QueryResponseCode::NothingFound,
            _ => QueryResponseCode::ApplicationError,
        };
        match self.reading.query() {
            None => acknowledgement.write(),
            Some(query) => query_answer(acknowledgement, &Addressed::query(query), Results::none(response)).write(),
        }
    }

    /// The answer to this query.
    pub(super) fn answered(
        &self,
        to: &Addressed,
        code: AcknowledgementCode,
        details: Vec<Detail>,
        results: Results,
    ) -> String {
        let target = self.reading.message_id().unwrap_or(no_id());
        let mut acknowledgement = self.acknowledgement(target, code, details);
        if let Some(interaction) = &to.interaction {
            acknowledgement.interaction.clone_from(interaction);
        }
        query_answer(acknowledgement, to, results).write()
    }

    /// Interaction that answers the message. What asks nothing known is answered as a message that stores.
    pub(super) fn answer_interaction(&self) -> String {
        let profile = &self.core.profile;
        let row = self.reading.frame().and_then(|frame| profile.interaction(&frame.root));
        row.or(profile.interaction.first()).map(|row| row.answer.clone()).unwrap_or_default()
    }

    fn acknowledgement(&self, target: InstanceId, code: AcknowledgementCode, details: Vec<Detail>) -> Acknowledgement {
        let profile = &self.core.profile;
        Acknowledgement {
            interaction: self.answer_interaction(),
            message_id: self.core.answer_id(self.arrival.number),
            created: self.core.clock.now(),
            processing_code: profile.party.processing_code.clone(),
            receiver: self.sender().to_owned(),
            sender: profile.party.receiver.clone(),
            code,
            target,
            details,
        }
    }

    /// An error in the message, by the code of a finding or another ground.
    pub(super) fn error_detail(&self, ground: &RefusalGround, text: &str, location: Option<String>) -> Detail {
        let code = self.core.error_code("integrity");
        Detail { severity: DetailSeverity::Error, code, text: format!("[{ground}] {text}"), location }
    }

    /// A missing right.
    pub(super) fn access_detail(&self, text: &str) -> Detail {
        let code = self.core.error_code("access-right");
        Detail { severity: DetailSeverity::Error, code, text: format!("[access-right] {text}"), location: None }
    }

    /// What the answer says of the findings: errors and warnings, no notes.
    pub(super) fn details(&self, findings: &[Finding]) -> Vec<Detail> {
        findings.iter().filter_map(|finding| self.detail(finding)).collect()
    }

    fn detail(&self, finding: &Finding) -> Option<Detail> {
        let text = format!("expected: {}; found: {}", finding.expected, finding.actual);
        let location = finding.place.as_ref().filter(|place| matches!(place.part, Part::Frame | Part::Document));
        let location = location.map(|place| place.path.clone()).filter(|path| !path.is_empty());
        let detail = self.error_detail(&finding.code.into(), &text, location);
        match finding.severity {
            Severity::Fail => Some(detail),
            Severity::Warning => Some(Detail { severity: DetailSeverity::Warning, code: None, ..detail }),
            Severity::Note => None,
        }
    }
}

fn query_answer(acknowledgement: Acknowledgement, to: &Addressed, results: Results) -> QueryAnswer {
    let current = results.documents.len() + usize::from(results.summary.is_some());
    QueryAnswer {
        acknowledgement,
        documents: results.documents,
        summary: results.summary,
        query_id: to.id.clone(),
        response_code: results.code,
        total: results.total,
        current,
        remaining: results.remaining,
        echoed: to.echoed.clone(),
    }
}

/// What stands for the identifier of a message that has none.
fn no_id() -> InstanceId {
    InstanceId { root: String::new(), extension: String::new() }
}
