//! Queries: searches for documents or metadata, and retrieval.

use super::answers::Addressed;
use super::archive_call::{ArchiveCall, Decision};
use super::pages::ResultPage;
use super::query_refusal::{QueryRefusal, grounds_of};
use crate::domain::{FindingCode, Operation, ServiceGround};
use crate::kanta::archive::{ArchiveError, Filter};
use crate::kanta::open_queries::Scope;
use crate::profile::{Basis, Parameter};
use crate::reading::{AskedQuery, read_query};
use crate::rule::Finding;
use crate::wire::hl7::Query;
use crate::wire::hl7::answer::{Detail, DetailSeverity, QueryResponseCode};

impl ArchiveCall<'_> {
    /// Finds what the query asks for, or refuses it. An answer carries `most` results at most.
    pub(super) fn query(&self, query: &Query, findings: &[Finding], most: usize) -> Result<Decision, ArchiveError> {
        let details = self.details(findings);
        let grounds = grounds_of(findings);
        let (asked, mistakes) = self.asked(query);
        let to = Addressed::query(query);
        if !mistakes.is_empty() {
            return Ok(self.mistaken(&to, grounds, details, &mistakes));
        }
        if !grounds.is_empty() {
            return Ok(self.refused_query(&to, grounds, details, QueryResponseCode::ApplicationError));
        }
        let scope = self.scope(&asked);
        if self.lacks_connection(&scope) {
            return Ok(self.unconnected(&to, details));
        }
        let filter = self.filter(&asked, &scope);
        let numbers = self.permitted(&filter, &scope)?;
        if self.operation == Operation::Summarise {
            return self.summarised(&to, details, &scope, &numbers);
        }
        if asked.position > numbers.len().max(1) {
            let mistake = self.behind_the_last(query, &asked, numbers.len());
            return Ok(self.mistaken(&to, grounds, details, &[mistake]));
        }
        let page =
            ResultPage { scope: &scope, numbers: &numbers, position: asked.position, asked: asked.quantity, most };
        self.first_page(query, details, &page)
    }

    /// What the query asks, and why it cannot be carried out where it cannot.
    fn asked(&self, query: &Query) -> (AskedQuery, Vec<QueryRefusal>) {
        let profile = &self.core.profile;
        let reasons = self.reading.frame().map_or(&[][..], |frame| &frame.reason_codes);
        let (asked, mistakes) = read_query(query, reasons, self.reading.service_request(profile), profile);
        let mut mistakes: Vec<QueryRefusal> = mistakes.into_iter().map(Into::into).collect();
        let (client, document) = (asked.text(Parameter::Client), asked.text(Parameter::Document));
        if mistakes.is_empty() && client.is_none() && document.is_none() {
            let names = &profile.query;
            mistakes.push(QueryRefusal {
                ground: FindingCode::SearchWithoutClient.into(),
                spot: crate::wire::Location::path(query.spot.part, format!("{}/parameterList", query.spot.path)),
                expected: format!("a client ({}) or a document ({})", names.client, names.document),
                actual: "neither".to_owned(),
            });
        }
        (asked, mistakes)
    }

    /// Whose documents are asked for, and on what basis: those of the controller that the query names; else,
    /// where it asks for one document or for a disclosure, those of every controller; else the organisation's own.
    fn scope(&self, asked: &AskedQuery) -> Scope {
        let basis = self.basis();
        let text = |parameter| asked.text(parameter).map(str::to_owned);
        let of_all = self.operation == Operation::Retrieve || matches!(basis, Basis::Permit | Basis::Statutory);
        let own = || (!of_all).then(|| self.sender().to_owned());
        Scope {
            operation: self.operation,
            basis,
            client: text(Parameter::Client),
            controller: text(Parameter::Controller).or_else(own),
            nullified: asked.nullified,
        }
    }

    /// The query as the archive understands it.
    fn filter(&self, asked: &AskedQuery, scope: &Scope) -> Filter {
        let text = |parameter| asked.text(parameter).map(str::to_owned);
        let request = self.reading.service_request(&self.core.profile);
        Filter {
            person: scope.client.clone(),
            id: text(Parameter::Document),
            set_id: text(Parameter::Set),
            group: text(Parameter::Group),
            of_groups: request.map(|row| row.finds.clone()).unwrap_or_default(),
            document_type: text(Parameter::DocumentType),
            service_task: text(Parameter::ServiceTask),
            register: text(Parameter::Register),
            controller: scope.controller.clone(),
            relationship: text(Parameter::Relationship),
            matter: text(Parameter::Matter),
            from: asked.from,
            until: asked.until,
            all_versions: asked.text(Parameter::Document).is_some() || asked.all_versions,
            nullified: asked.nullified,
            without_groups: self.hidden_groups(asked.text(Parameter::Group), scope),
            ..Filter::default()
        }
    }

    /// Groups that the query passes over: declarations of intent, unless it asks for them in its own register.
    fn hidden_groups(&self, group: Option<&str>, scope: &Scope) -> Vec<String> {
        let hidden = &self.core.profile.archivist.hidden_groups;
        let asks = group.is_some_and(|group| hidden.iter().any(|one| one == group));
        if asks && scope.controller.as_deref() == Some(self.sender()) { Vec::new() } else { hidden.clone() }
    }

    fn behind_the_last(&self, query: &Query, asked: &AskedQuery, found: usize) -> QueryRefusal {
        let name = &self.core.profile.query.position;
        let placed = query.parameters.iter().find(|parameter| parameter.name == *name);
        QueryRefusal {
            ground: ServiceGround::QueryPositionWrong.into(),
            spot: placed.map_or(&query.spot, |placed| &placed.spot).clone(),
            expected: format!("a number from 1 to {}", found.max(1)),
            actual: asked.position.to_string(),
        }
    }

    fn first_page(
        &self,
        query: &Query,
        mut details: Vec<Detail>,
        page: &ResultPage<'_>,
    ) -> Result<Decision, ArchiveError> {
        if page.goes_on() && !self.keep_open(query, page) {
            let text = "[query-not-open] the query cannot be continued: it needs a queryId of usual length".to_owned();
            details.push(Detail { severity: DetailSeverity::Information, code: None, text, location: None });
        }
        self.page(&Addressed::query(query), details, page)
    }
}
