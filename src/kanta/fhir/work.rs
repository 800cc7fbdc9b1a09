//! One request with notices under work.

use axum::http::StatusCode;
use serde_json::Value;

use super::answers::{issue, issues, json_answer, outcome};
use crate::domain::{Operation, Severity};
use crate::kanta::archive::{ArchiveError, KeptResource, NewResource};
use crate::kanta::asked::Asked;
use crate::kanta::core::Core;
use crate::kanta::recorder::{Account, Answer, Arrival, FOREIGN_CODE, Reply, each_once};
use crate::rule::Finding;
use crate::rule::archive::digest;
use crate::rule::notice::{self, NoticeContext, NoticeRequest, Reading, content_digest};
use crate::wire::fhir::{BundleEntry, ResourceKind, transaction_response};

/// A request under work.
pub(super) struct Work<'a> {
    pub(super) core: &'a Core,
    arrival: &'a Arrival,
    reading: Reading,
}

impl<'a> Work<'a> {
    pub(super) fn new(core: &'a Core, arrival: &'a Arrival) -> Self {
        let request = NoticeRequest {
            method: arrival.method().to_owned(),
            path: arrival.path().to_owned(),
            headers: arrival.headers().to_vec(),
            body: arrival.body().to_vec(),
        };
        Self { core, arrival, reading: notice::read(request, &core.profile.limits) }
    }

    /// Does the work, or plays the fault that is planned for it.
    pub(super) fn run(&self) -> Result<(Account, Reply), ArchiveError> {
        if self.arrival.is_withheld() {
            let text = format!("[{FOREIGN_CODE}] an identity code outside the 900 series stands in the request");
            let answer = outcome(StatusCode::UNPROCESSABLE_ENTITY, &[issue(self.core, "integrity", text, None)]);
            return Ok((self.account(vec![FOREIGN_CODE.to_owned()]), Reply::Answer(answer)));
        }
        let take = || self.core.faults.take(&notice::persons(&self.reading), Operation::StoreNotice);
        let planned = self.arrival.met().or_else(take);
        let (mut account, reply) = match planned {
            Some(fault) if !fault.comes_after_the_work() => self.play(fault),
            _ => self.answer()?,
        };
        account.fault = planned.map(|fault| fault.name().to_owned());
        let reply = match planned {
            Some(fault) => fault.spoil(reply),
            None => reply,
        };
        Ok((account, reply))
    }

    fn answer(&self) -> Result<(Account, Reply), ArchiveError> {
        let resources = self.resources();
        let findings = self.judge()?;
        if let Some(id) = self.request_id() {
            self.core.archive.note_request(id, &digest(self.arrival.body()))?;
        }
        let grounds = grounds(&findings);
        if !grounds.is_empty() {
            let answer = self.refusal(&grounds, &findings);
            return Ok((self.account(grounds), Reply::Answer(answer)));
        }
        let request = self.request_id().unwrap_or_default();
        match self.core.archive.keep_resources(&resources, request, self.arrival.received) {
            Ok(kept) => {
                // Whether everything in the request was in the archive already, with the same content.
                let repeated = !kept.is_empty() && kept.iter().all(|kept| !kept.is_new);
                let account = Account { accepted: true, repeated, ..self.account(Vec::new()) };
                Ok((account, Reply::Answer(self.stored(&resources, &kept))))
            }
            Err(ArchiveError::Taken(id)) => Ok(self.taken(&id)),
            Err(error) => Err(error),
        }
    }

    fn judge(&self) -> Result<Vec<Finding>, ArchiveError> {
        let known = Asked::new(self.core, "");
        let context = NoticeContext {
            profile: &self.core.profile,
            catalogue: &self.core.catalogue,
            strictness: self.core.strictness,
            trust: &self.core.trust,
            now: self.arrival.received,
            audience: &self.core.audience,
            known: &known,
            exchange: Some(self.arrival.number),
        };
        let findings = notice::judge(&self.reading, &context);
        known.end()?;
        Ok(findings)
    }

    fn resources(&self) -> Vec<NewResource> {
        let Some(bundle) = self.reading.bundle() else { return Vec::new() };
        let persons = notice::persons(&self.reading);
        let texts = bundle.json["entry"].as_array().map_or(&[][..], Vec::as_slice);
        let resource = |(entry, json): (&BundleEntry, &Value)| {
            let kind = match &entry.kind {
                ResourceKind::AuditEvent => "AuditEvent",
                ResourceKind::Provenance => "Provenance",
                ResourceKind::Other(kind) => kind,
            };
            let digest = content_digest(&json["resource"])?;
            let id = entry.id.as_ref()?.value.clone();
            Some(NewResource { kind: kind.to_owned(), id, digest, persons: persons.clone() })
        };
        bundle.entries.iter().zip(texts).filter_map(resource).collect()
    }

    fn stored(&self, resources: &[NewResource], kept: &[KeptResource]) -> Answer {
        let receiver = &self.core.profile.party.receiver;
        let location =
            |(new, kept): (&NewResource, &KeptResource)| format!("{}/{receiver}.2.{}", new.kind, kept.number);
        let locations: Vec<String> = resources.iter().zip(kept).map(location).collect();
        let stored = kept.first().map_or(self.arrival.received, |kept| kept.stored);
        json_answer(StatusCode::OK, &transaction_response(&locations, stored))
    }

    /// Kanta tells nothing about a bad token or a text that it cannot read.
    fn refusal(&self, grounds: &[String], findings: &[Finding]) -> Answer {
        let has = |codes: &[&str]| grounds.iter().any(|ground| codes.contains(&ground.as_str()));
        let integrity = |status| outcome(status, &issues(self.core, "integrity", findings));
        if has(&TOKEN) {
            Answer::empty(StatusCode::UNAUTHORIZED)
        } else if has(&["token-claim-missing", ACCESS]) {
            outcome(StatusCode::UNAUTHORIZED, &issues(self.core, "access-right", findings))
        } else if has(&["notice-media-type-wrong"]) {
            integrity(StatusCode::UNSUPPORTED_MEDIA_TYPE)
        } else if self.reading.body.is_err() {
            Answer::empty(StatusCode::BAD_REQUEST)
        } else if has(&["notice-id-reused", "request-id-reused"]) {
            integrity(StatusCode::CONFLICT)
        } else if has(&["notice-unreadable", "notice-not-transaction", "request-id-missing"]) {
            integrity(StatusCode::BAD_REQUEST)
        } else {
            integrity(StatusCode::UNPROCESSABLE_ENTITY)
        }
    }

    /// Another connection brought a notice with this identifier at the same moment.
    fn taken(&self, id: &str) -> (Account, Reply) {
        let text = format!("[notice-id-reused] {id} is stored already with other content");
        let answer = outcome(StatusCode::CONFLICT, &[issue(self.core, "integrity", text, None)]);
        (self.account(vec!["notice-id-reused".to_owned()]), Reply::Answer(answer))
    }

    /// An account of a refusal on these grounds.
    pub(super) fn account(&self, grounds: Vec<String>) -> Account {
        Account {
            operation: Operation::StoreNotice,
            persons: notice::persons(&self.reading),
            message_id: self.request_id().map(str::to_owned),
            refused_for: grounds,
            ..Account::default()
        }
    }

    fn request_id(&self) -> Option<&str> {
        notice::request_id(&self.reading)
    }
}

/// Findings about the token for which the service answers 401 and nothing else.
const TOKEN: [&str; 2] = ["token-missing", "token-refused"];
/// The finding for which the service answers that the caller has no right.
const ACCESS: &str = "token-organisation-differs";

/// Codes of the findings for which the request is refused, each once. No service takes a token that is
/// not valid, however surely the rule is known.
fn grounds(findings: &[Finding]) -> Vec<String> {
    let refused = |finding: &&Finding| match finding.severity {
        Severity::Fail => true,
        Severity::Warning => finding.code == ACCESS || TOKEN.contains(&finding.code.as_str()),
        Severity::Note => false,
    };
    each_once(findings.iter().filter(refused).map(|finding| finding.code.clone()))
}
