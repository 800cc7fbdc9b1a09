//! Results in pages: one page of what a query found, and the continuation that asks for the next.

use super::answers::{Addressed, Results};
use super::archive_call::{ArchiveCall, Decision};
use super::disclosure::DisclosedPage;
use super::query_refusal::{QueryRefusal, grounds_of};
use crate::domain::{Code, HETU_ROOT, Hetu, RefusalGround, ServiceGround, person_id};
use crate::kanta::HandedOut;
use crate::kanta::archive::{ArchiveError, Change, StoredAttachment, StoredDocument};
use crate::kanta::exchange::ExchangeRecord;
use crate::kanta::open_queries::{OpenQuery, QueryKey, Scope};
use crate::profile::Profile;
use crate::reading::{WantedResults, read_continuation};
use crate::rule::Finding;
use crate::wire::hl7::answer::{AcknowledgementCode, AnsweredClient, AnsweredDocument, Detail, QueryResponseCode};
use crate::wire::hl7::{Continuation, InstanceId, Query};
use crate::wire::mime;

/// One page of what a query found.
pub(super) struct ResultPage<'a> {
    pub(super) scope: &'a Scope,
    /// Everything that the query found and that might be given then.
    pub(super) numbers: &'a [i64],
    /// Number of the first result, from 1 to as many as there are, or 1.
    pub(super) position: usize,
    /// At most so many, as the caller says.
    pub(super) asked: usize,
    /// At most so many, as the archive says.
    pub(super) most: usize,
}

impl ResultPage<'_> {
    fn end(&self) -> usize {
        self.numbers.len().min(self.position - 1 + self.asked.min(self.most))
    }

    /// Whether results remain behind it.
    pub(super) fn goes_on(&self) -> bool {
        self.end() < self.numbers.len()
    }
}

impl ArchiveCall<'_> {
    /// Gives one page. What is disclosed with it is logged with it.
    pub(super) fn page(
        &self,
        to: &Addressed,
        details: Vec<Detail>,
        page: &ResultPage<'_>,
    ) -> Result<Decision, ArchiveError> {
        let DisclosedPage { documents, disclosures } =
            self.disclosed(&page.numbers[page.position - 1..page.end()], page.scope)?;
        if !disclosures.is_empty() {
            self.core.expire_disclosures()?;
        }
        let handed_out: Vec<String> = documents.iter().map(|document| document.id.clone()).collect();
        let found = !page.numbers.is_empty();
        let code = if found { QueryResponseCode::Found } else { QueryResponseCode::NothingFound };
        let with_content = page.scope.with_content();
        let noted = if with_content { self.note(&handed_out) } else { Vec::new() };
        let documents = documents.into_iter().map(|document| self.answered_document(document, with_content));
        let results = Results {
            code,
            documents: documents.collect(),
            summary: None,
            total: page.numbers.len(),
            remaining: page.numbers.len() - page.end(),
        };
        Ok(Decision {
            record: ExchangeRecord { accepted: true, handed_out, ..self.blank_record() },
            change: Change::GivenOut { handed_out: noted, disclosures },
            answer: self.answered(to, AcknowledgementCode::Accepted, details, results),
        })
    }

    /// Keeps the query open for its next pages. False where that cannot be.
    pub(super) fn keep_open(&self, query: &Query, page: &ResultPage<'_>) -> bool {
        let Some(id) = &query.id else { return false };
        let open = OpenQuery {
            key: self.key(&id.value),
            opened: self.arrival.received,
            scope: page.scope.clone(),
            answer: self.answer_interaction(),
            persons: self.persons.clone(),
            numbers: page.numbers.to_vec(),
            most: page.most,
        };
        self.core.open_queries.open(open, &self.core.profile.query)
    }

    /// A query is open to the organisation that asked, under the certificate that it showed.
    pub(super) fn key(&self, id: &InstanceId) -> QueryKey {
        let certificate = self.arrival.caller.serial_number.as_deref().unwrap_or_default();
        QueryKey { caller: format!("{} {certificate}", self.sender()), id: id.clone() }
    }

    /// Gives the page that a continuation asks for, or ends its query.
    pub(super) fn continuation(
        &self,
        continuation: &Continuation,
        findings: &[Finding],
    ) -> Result<Decision, ArchiveError> {
        let (details, grounds) = (self.details(findings), grounds_of(findings));
        let asked = match read_continuation(continuation, &self.core.profile) {
            Err(mistakes) => {
                let mistakes: Vec<QueryRefusal> = mistakes.into_iter().map(Into::into).collect();
                return Ok(self.unanswerable(grounds, details, &mistakes));
            }
            Ok(_) if !grounds.is_empty() => return Ok(self.unanswerable(grounds, details, &[])),
            Ok(asked) => asked,
        };
        let Some(open) = self.continued.as_deref() else {
            return Ok(self.unanswerable(grounds, details, &[unknown(continuation, &asked.query)]));
        };
        match asked.results {
            Some(wanted) => self.next_page(continuation, details, open, wanted),
            None => {
                self.core.open_queries.end(&open.key);
                let record = ExchangeRecord { accepted: true, ..self.blank_record() };
                let answer = self.acknowledged(AcknowledgementCode::Accepted, details);
                Ok(Decision { record, change: Change::Nothing, answer })
            }
        }
    }

    fn next_page(
        &self,
        continuation: &Continuation,
        details: Vec<Detail>,
        open: &OpenQuery,
        wanted: WantedResults,
    ) -> Result<Decision, ArchiveError> {
        let to = Addressed::continuation(open);
        if self.lacks_connection(&open.scope) {
            return Ok(self.unconnected(&to, details));
        }
        if wanted.position > open.numbers.len() {
            let mistake = QueryRefusal {
                ground: ServiceGround::QueryPositionWrong.into(),
                spot: continuation.start.as_ref().map_or(&continuation.spot, |start| &start.spot).clone(),
                expected: format!("a number from 1 to {}", open.numbers.len()),
                actual: wanted.position.to_string(),
            };
            return Ok(self.mistaken(&to, Vec::new(), details, &[mistake]));
        }
        let WantedResults { position, quantity } = wanted;
        let page =
            ResultPage { scope: &open.scope, numbers: &open.numbers, position, asked: quantity, most: open.most };
        self.page(&to, details, &page)
    }

    /// The refusal of a continuation whose query nobody can tell.
    fn unanswerable(&self, grounds: Vec<RefusalGround>, details: Vec<Detail>, mistakes: &[QueryRefusal]) -> Decision {
        let (grounds, details) = self.with_mistakes(grounds, details, mistakes);
        Decision {
            record: ExchangeRecord { refused_for: grounds, ..self.blank_record() },
            change: Change::Nothing,
            answer: self.acknowledged(AcknowledgementCode::Error, details),
        }
    }

    fn note(&self, documents: &[String]) -> Vec<HandedOut> {
        let (exchange, at) = (self.arrival.number, self.arrival.received);
        let asked_by = || self.sender().to_owned();
        let note = |document: &String| HandedOut { exchange, document: document.clone(), asked_by: asked_by(), at };
        documents.iter().map(note).collect()
    }

    fn answered_document(&self, document: StoredDocument, with_content: bool) -> AnsweredDocument {
        let profile = &self.core.profile;
        let status = if document.nullified { &profile.nullification.status } else { &profile.ready.status };
        AnsweredDocument {
            id: document.id,
            register: Some(Code::new(document.register, profile.oid("register"))),
            status: status.clone(),
            effective_time: Some(document.effective_text).filter(|text| !text.is_empty()),
            set_id: document.set_id,
            version: document.version.to_string(),
            completion: Some(Code::new(profile.ready.completion.as_str(), profile.oid("completion"))),
            storage: Some(Code::new(profile.ready.storage.as_str(), profile.oid("storage"))),
            clients: document.persons.iter().map(|person| answered_client(person, profile)).collect(),
            custodian: document.controller,
            package: with_content.then(|| packed(&document.content, &document.attachments)),
        }
    }
}

/// A MIME package with the document and its attachments.
fn packed(document: &[u8], attachments: &[StoredAttachment]) -> Vec<u8> {
    let parts: Vec<(&str, &str, &[u8])> =
        attachments.iter().map(|one| (one.id.as_str(), one.media_type.as_str(), one.content.as_slice())).collect();
    mime::pack_with(document, &parts)
}

fn answered_client(person: &str, profile: &Profile) -> AnsweredClient {
    let (root, extension) = person_id(person);
    let hetu: Option<Hetu> = extension.parse().ok().filter(|_| root == HETU_ROOT);
    let gender = hetu.as_ref().map(|hetu| Code::new(profile.gender_code(hetu.gender()), profile.oid("gender")));
    let birth_time = hetu.as_ref().map(|hetu| hetu.birth_date().strftime("%Y%m%d").to_string());
    let id = InstanceId { root: root.to_owned(), extension: extension.to_owned() };
    AnsweredClient { id, gender, birth_time }
}

fn unknown(continuation: &Continuation, id: &InstanceId) -> QueryRefusal {
    let spot = continuation.query.as_ref().map_or(&continuation.spot, |query| &query.spot).clone();
    let expected = "a query of this caller that is still open; ask anew where it was open too long".to_owned();
    QueryRefusal {
        ground: ServiceGround::QueryUnknown.into(),
        spot,
        expected,
        actual: format!("{} {}", id.root, id.extension),
    }
}
