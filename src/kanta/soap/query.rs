//! Queries: searches for documents or metadata, and retrieval.

use super::answers::Results;
use super::disclosure::Disclosed;
use super::moment::{first_second, last_second};
use super::work::{Decision, Work};
use crate::domain::{Code, HETU_ROOT, Hetu, Operation, Severity};
use crate::kanta::HandedOut;
use crate::kanta::archive::{ArchiveError, Change, Filter, StoredDocument};
use crate::kanta::recorder::{Account, each_once};
use crate::rule::Finding;
use crate::wire::hl7::answer::{AcknowledgementCode, AnsweredClient, AnsweredDocument, Detail, QueryResponseCode};
use crate::wire::hl7::{InstanceId, Query, QueryParameter};

/// A query that cannot be carried out as it stands.
struct BadQuery {
    ground: &'static str,
    text: String,
}

impl Work<'_> {
    /// Finds what the query asks for, or refuses it.
    pub(super) fn query(&self, query: &Query, findings: &[Finding]) -> Result<Decision, ArchiveError> {
        let details = self.details(findings);
        let failed = findings.iter().filter(|finding| finding.severity == Severity::Fail);
        let grounds = each_once(failed.map(|finding| finding.code.clone()));
        match self.filter(query) {
            Err(bad) => Ok(self.bad_query(query, grounds, details, &bad)),
            Ok(_) if !grounds.is_empty() => {
                let results = Results::none(QueryResponseCode::ApplicationError);
                Ok(self.refused_query(query, grounds, details, results))
            }
            Ok(filter) if self.lacks_connection(&filter)? => Ok(self.unconnected(query, details)),
            Ok(filter) => self.found(query, details, self.permitted(&filter)?),
        }
    }

    /// The refusal says nothing about what the archive holds.
    fn unconnected(&self, query: &Query, mut details: Vec<Detail>) -> Decision {
        details.push(self.access_detail("no relevant connection with the client is known to the archive"));
        let results = Results::none(QueryResponseCode::ApplicationError);
        self.refused_query(query, vec!["access-right".to_owned()], details, results)
    }

    fn found(&self, query: &Query, details: Vec<Detail>, disclosed: Disclosed) -> Result<Decision, ArchiveError> {
        let Disclosed { found, disclosures } = disclosed;
        if !disclosures.is_empty() {
            self.core.expire_disclosures()?;
        }
        let handed_out: Vec<String> = found.documents.iter().map(|document| document.id.clone()).collect();
        let code = if found.total == 0 { QueryResponseCode::NothingFound } else { QueryResponseCode::Found };
        let with_content = self.operation != Operation::SearchMetadata;
        let noted = if with_content { self.note(&handed_out) } else { Vec::new() };
        let change = Change::GivenOut { handed_out: noted, disclosures };
        let documents = found.documents.into_iter().map(|document| self.answered_document(document, with_content));
        let results = Results { code, documents: documents.collect(), total: found.total };
        Ok(Decision {
            account: Account { accepted: true, handed_out, ..self.blank_account() },
            change,
            answer: self.answered(query, AcknowledgementCode::Accepted, details, results),
        })
    }

    fn bad_query(&self, query: &Query, mut grounds: Vec<String>, mut details: Vec<Detail>, bad: &BadQuery) -> Decision {
        if !grounds.iter().any(|ground| ground == bad.ground) {
            // The rule may have warned of it already; the refusal takes the warning's place.
            details.retain(|detail| !detail.text.starts_with(&format!("[{}]", bad.ground)));
            grounds.push(bad.ground.to_owned());
            details.push(self.error_detail(bad.ground, &bad.text, None));
        }
        self.refused_query(query, grounds, details, Results::none(QueryResponseCode::ParameterError))
    }

    fn refused_query(&self, query: &Query, grounds: Vec<String>, details: Vec<Detail>, results: Results) -> Decision {
        Decision {
            account: Account { refused_for: grounds, ..self.blank_account() },
            change: Change::Nothing,
            answer: self.answered(query, AcknowledgementCode::Error, details, results),
        }
    }

    /// The query as the archive understands it.
    fn filter(&self, query: &Query) -> Result<Filter, BadQuery> {
        let names = &self.core.profile.query;
        let text = |name: &str| self.parameter(name).filter(|text| !text.is_empty()).map(str::to_owned);
        let is_true = |name: &str| matches!(self.parameter(name), Some("true" | "1"));
        let person = query.parameters.iter().find(|parameter| parameter.name == names.client);
        let person = person.map(|parameter| parameter.detail.clone()).filter(|code| !code.is_empty());
        let id = text(&names.document);
        if person.is_none() && id.is_none() {
            let text =
                format!("the query names neither a client ({}) nor a document ({})", names.client, names.document);
            return Err(BadQuery { ground: "search-without-client", text });
        }
        Ok(Filter {
            set_id: text(&names.set),
            group: text(&names.group),
            document_type: text(&names.document_type),
            service_task: text(&names.service_task),
            controller: self.controller(text(&names.controller)),
            relationship: text(&names.relationship),
            matter: text(&names.matter),
            from: moment(query, &names.from, first_second)?,
            until: moment(query, &names.until, last_second)?,
            all_versions: id.is_some() || is_true(&names.all_versions),
            nullified: is_true(&names.nullified),
            without_groups: Vec::new(),
            quantity: self.quantity(query)?,
            person,
            id,
        })
    }

    fn quantity(&self, query: &Query) -> Result<usize, BadQuery> {
        let names = &self.core.profile.query;
        let Some(written) = &query.quantity else { return Ok(names.default_quantity) };
        let quantity: usize = written.parse().map_err(|_| bad_parameter("initialQuantity", written))?;
        Ok(quantity.min(names.largest_quantity))
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
            completion: Some(profile.ready.completion.clone()),
            storage: Some(profile.ready.storage.clone()),
            clients: document.persons.into_iter().map(answered_client).collect(),
            custodian: document.controller,
            package: with_content.then_some(document.content),
        }
    }
}

fn moment(query: &Query, name: &str, read: fn(&str) -> Option<i64>) -> Result<Option<i64>, BadQuery> {
    let parameter: Option<&QueryParameter> =
        query.parameters.iter().find(|parameter| parameter.name == name).map(|parameter| &parameter.value);
    let Some(text) = parameter.map(|parameter| parameter.main.as_str()) else { return Ok(None) };
    read(text).map(Some).ok_or_else(|| bad_parameter(name, text))
}

fn bad_parameter(name: &str, value: &str) -> BadQuery {
    BadQuery { ground: "query-parameter-wrong", text: format!("{name} cannot be {value}") }
}

fn answered_client(code: String) -> AnsweredClient {
    let hetu: Option<Hetu> = code.parse().ok();
    let gender = hetu.as_ref().map(|hetu| match hetu.gender() {
        crate::domain::Gender::Male => "1".to_owned(),
        crate::domain::Gender::Female => "2".to_owned(),
    });
    let birth_time = hetu.as_ref().map(|hetu| hetu.birth_date().strftime("%Y%m%d").to_string());
    AnsweredClient { id: InstanceId { root: HETU_ROOT.to_owned(), extension: code }, gender, birth_time }
}
