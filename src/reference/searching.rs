//! Searching the archive and viewing what it holds.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::answer::{Answer, FoundDocument, Results};
use super::basis::{Basis, purpose};
use super::draft::DocumentKind;
use super::ending::{Ending, Stop};
use super::faults::Fault;
use super::frame::{FrameWriter, Message};
use super::journal::{Event, LogOutcome, object_of};
use super::query::{Asked, Criteria, continuation, query};
use super::register::{Record, Status};
use super::system::System;
use super::transport::Delivery;

impl System {
    /// Searches for a client's documents, with their contents or for metadata alone, and shows them.
    pub(super) async fn search(&self, client: &str, with_content: bool, criteria: &Criteria) -> Ending {
        if let Err(ending) = self.client(client) {
            return *ending;
        }
        if self.deviates(Fault::SearchNotSent) {
            return shown(&self.cached_rows(client, with_content), None);
        }
        let asked = if with_content { Asked::Documents } else { Asked::Metadata };
        match self.ask(asked, client, criteria).await {
            Ok(results) => self.show(client, &results, with_content, criteria),
            Err(ending) => self.unless_shown_empty(*ending, criteria.basis),
        }
    }

    /// Everything that Kanta has about a client, for the system's own use.
    pub(super) async fn search_all(&self, client: &str) -> Result<(), Stop> {
        self.ask(Asked::Documents, client, &Criteria::default()).await.map(|_| ())
    }

    /// Fetches one document of the archive.
    pub(super) async fn fetch(&self, client: &str, id: &str) -> Result<FoundDocument, Stop> {
        let criteria = Criteria { document: Some(id.to_owned()), ..Criteria::default() };
        let results = self.ask(Asked::Document, client, &criteria).await?;
        let found = results.documents.into_iter().find(|found| found.version.id == id);
        found.ok_or_else(|| Ending::refused("Kanta has no such document to show", vec![], json!({})).into())
    }

    /// Fetches a document and shows it.
    pub(super) async fn view(&self, client: &str, id: &str) -> Ending {
        if let Err(ending) = self.client(client)
            && !self.deviates(Fault::ShowsStrangers)
        {
            return *ending;
        }
        match self.fetch(client, id).await {
            Ok(found) => Ending::succeeded("one document", json!({"document": self.row(&found, true)})),
            Err(ending) => *ending,
        }
    }

    /// Asks, page by page, for everything that there is.
    pub(super) async fn ask(&self, asked: Asked, client: &str, criteria: &Criteria) -> Result<Results, Stop> {
        let widened = asked == Asked::Metadata && self.deviates(Fault::MetadataSearchFetchesContent);
        let sent = if widened { Asked::Documents } else { asked };
        let message = query(&self.writer(client), sent, client, criteria);
        let mut results = self.ask_once(&message, asked, client, criteria).await?;
        let second = results.next;
        let mut asked_for = 0;
        while let Some(start) = results.next.filter(|start| *start > asked_for) {
            if self.deviates(Fault::StopsAtFirstPage) {
                break;
            }
            asked_for = start;
            let from = second.filter(|_| self.deviates(Fault::RepeatsPage)).unwrap_or(start);
            let next = continuation(&self.writer(client), sent, &message.extension, from, criteria);
            let page = self.ask_once(&next, asked, client, criteria).await?;
            results.documents.extend(page.documents);
            results.next = page.next;
        }
        Ok(results)
    }

    fn writer(&self, client: &str) -> FrameWriter<'_> {
        FrameWriter { settings: &self.settings, now: self.clock.now(), extension: self.ids.message(client) }
    }

    async fn ask_once(
        &self,
        message: &Message,
        asked: Asked,
        client: &str,
        criteria: &Criteria,
    ) -> Result<Results, Stop> {
        let delivery = self.deliver(message).await;
        let (kanta, outcome) = self.traced(message, &delivery);
        let is_search = asked != Asked::Document;
        if !(self.deviates(Fault::LogEntryMissingForFailedSearch) && is_search && outcome != LogOutcome::Success) {
            self.log_query(client, (asked, criteria), kanta, outcome, objects(&delivery));
        }
        match delivery {
            Delivery::Answered { answer, .. } => self.results(client, answer),
            Delivery::Unanswered(_) if self.deviates(Fault::SearchFailureAsEmpty) => {
                Ok(Results { documents: vec![], next: None, summary: vec![] })
            }
            Delivery::Unanswered(miss) => Err(Ending::failed(miss.why, json!({})).into()),
        }
    }

    fn log_query(
        &self,
        client: &str,
        (asked, criteria): (Asked, &Criteria),
        kanta: Value,
        outcome: LogOutcome,
        objects: Vec<Value>,
    ) {
        let is_search = asked != Asked::Document;
        let asked_for = criteria;
        let criteria = logged_criteria(client, criteria);
        let search = if self.deviates(Fault::LogOfOwnKinds) { "lookup" } else { "search" };
        self.record(Event {
            kind: if is_search { search } else { "use" },
            action: if is_search { "search" } else { "read" },
            client,
            purpose: purpose(asked_for.basis, &self.settings),
            objects,
            more: if is_search { vec![("criteria", criteria)] } else { vec![] },
            kanta,
            outcome,
        });
    }

    fn results(&self, client: &str, answer: Answer) -> Result<Results, Stop> {
        match answer.results {
            Some(results) => {
                let mut register = self.register();
                results.documents.iter().for_each(|found| register.learn(client, found));
                Ok(results)
            }
            None if self.deviates(Fault::ErrorAnswerAsSuccess) => {
                Ok(Results { documents: vec![], next: None, summary: vec![] })
            }
            None => Err(self.refusal(answer.errors, json!({"documents": []})).into()),
        }
    }

    /// Of each document its newest version, and nothing that is nullified.
    fn show(&self, client: &str, results: &Results, with_content: bool, criteria: &Criteria) -> Ending {
        let newest = |found: &&FoundDocument| {
            let of_set = |other: &&FoundDocument| other.version.set_id == found.version.set_id;
            let latest = results.documents.iter().filter(of_set).map(|other| other.version.version).max();
            latest == Some(found.version.version) || self.deviates(Fault::ShowsOldVersion)
        };
        let valid = results.documents.iter().filter(newest).filter(|found| !found.nullified);
        let valid = valid.filter(|found| !self.hides(found, criteria));
        let mut rows: Vec<Value> = valid.map(|found| self.row(found, with_content)).collect();
        rows.iter_mut().for_each(|row| row["nullified"] = json!(false));
        if rows.is_empty() && self.deviates(Fault::NothingFoundAsError) {
            return Ending::failed("the search did not succeed", json!({"documents": []}));
        }
        self.falsify(client, &mut rows, with_content, criteria);
        self.falsify_disclosed(client, &mut rows, with_content, criteria.basis);
        shown(&rows, results.next)
    }

    /// The faults that leave a document out: one of the first phase or an old one, and one that does not fit a
    /// criterion which Kanta was not told.
    fn hides(&self, found: &FoundDocument, criteria: &Criteria) -> bool {
        let Some(content) = &found.content else { return false };
        let differs = |wanted: Option<&String>, own: &Option<String>| wanted.is_some() && wanted != own.as_ref();
        let (matter, document_type) = criteria.narrowing();
        match self.settings.fault {
            Some(Fault::HidesEarlierGroups) => {
                matches!(content.kind, DocumentKind::FirstPhaseDocument | DocumentKind::OldDocument)
            }
            Some(Fault::SearchWithoutCriterion) => {
                differs(matter, &content.above) || differs(document_type, &content.document_type)
            }
            _ => false,
        }
    }

    fn row(&self, found: &FoundDocument, with_content: bool) -> Value {
        let version = &found.version;
        let mut row = json!({"id": version.id, "set-id": version.set_id, "version": version.version});
        if with_content {
            let text = found.content.as_ref().map(|content| content.text.clone());
            row["text"] = json!(text.map(|text| self.displayed(text)));
            let content = found.content.as_ref().filter(|_| !self.deviates(Fault::AttachmentsNotShown));
            let attachments = content.map_or(&[][..], |content| &content.attachments);
            if !attachments.is_empty() {
                row["attachments"] = attachments.iter().map(shown_attachment).collect();
            }
        }
        row
    }

    fn displayed(&self, text: String) -> String {
        if self.deviates(Fault::TextAlteredOnView) {
            text.chars().take(text.chars().count() / 2).collect()
        } else {
            text
        }
    }

    /// The faults of a list of results.
    fn falsify(&self, client: &str, rows: &mut Vec<Value>, with_content: bool, criteria: &Criteria) {
        match self.settings.fault {
            Some(Fault::SearchDropsResults) => rows.truncate(1),
            Some(Fault::ShowsForeignResults) => {
                let id = self.new_document_id(client);
                rows.push(json!({"id": id, "set-id": id, "version": 1, "text": "Vieras", "nullified": false}));
            }
            Some(Fault::ShowsBesideCriterion) if criteria.narrowing() != (None, None) => {
                let mut known = self.cached_rows(client, with_content);
                known.retain(|known| !rows.iter().any(|row| row["set-id"] == known["set-id"]));
                rows.extend(known);
            }
            Some(Fault::ShowsNullifiedDocument) => {
                let nullified = |record: &Record, newest| record.nullified && record.version.version == newest;
                rows.extend(self.held_rows(client, with_content, nullified));
            }
            _ => {}
        }
    }

    /// The faults of what other controllers disclose, and of prohibitions in the own register.
    fn falsify_disclosed(&self, client: &str, rows: &mut Vec<Value>, with_content: bool, basis: Option<Basis>) {
        if basis.is_none() && self.deviates(Fault::ShowsOwnCopy) {
            let is_own = |record: &Record| record.marker.is_some() && record.organiser.is_none() && !record.nullified;
            let newest = |record: &Record, newest| is_own(record) && record.version.version == newest;
            let mut copies = self.held_rows(client, with_content, newest);
            copies.retain(|copy| !rows.iter().any(|row| row["set-id"] == copy["set-id"]));
            rows.extend(copies);
        }
        if basis.is_none() && self.deviates(Fault::HidesOwnProhibited) {
            rows.retain(|row| !self.declarations().forbids(client, row["set-id"].as_str().unwrap_or_default()));
        }
        if !basis.is_some_and(Basis::is_disclosure) {
            return;
        }
        let before = self.declarations().show(client, rows);
        let keeps = if with_content { Fault::ShowsEarlierDisclosures } else { Fault::MetadataOfEarlierDisclosures };
        if self.deviates(keeps) {
            let lost = before.into_iter().filter(|row| !rows.iter().any(|shown| shown["id"] == row["id"]));
            rows.extend(lost.collect::<Vec<_>>());
        }
    }

    fn unless_shown_empty(&self, ending: Ending, basis: Option<Basis>) -> Ending {
        let hides = self.deviates(Fault::RefusedDisclosureAsEmpty) && basis.is_some_and(Basis::is_disclosure);
        if hides { shown(&[], None) } else { ending }
    }

    fn cached_rows(&self, client: &str, with_content: bool) -> Vec<Value> {
        self.held_rows(client, with_content, |record, newest| !record.nullified && record.version.version == newest)
    }

    /// Stored versions that the system holds itself, as rows; `chosen` sees each with its newest version number.
    fn held_rows(&self, client: &str, with_content: bool, chosen: impl Fn(&Record, u32) -> bool) -> Vec<Value> {
        let register = self.register();
        let newest = |record: &Record| register.newest(client, &record.version.set_id).map(|one| one.version.version);
        let is_document = |record: &&Record| record.status == Status::Stored && !record.kind.is_declaration();
        let stored = register.of_client(client).filter(is_document);
        stored
            .filter(|record| chosen(record, newest(record).unwrap_or_default()))
            .map(|record| {
                let version = &record.version;
                let mut row = json!({"id": version.id, "set-id": version.set_id, "version": version.version});
                if with_content {
                    row["text"] = json!(record.text);
                }
                row["nullified"] = json!(false);
                row
            })
            .collect()
    }
}

fn shown_attachment((id, media_type, content): &(String, String, Vec<u8>)) -> Value {
    json!({"id": id, "media-type": media_type, "content": STANDARD.encode(content)})
}

fn shown(rows: &[Value], next: Option<usize>) -> Ending {
    let count = rows.len();
    let rest = if next.is_some() { "; the archive has more than it returned" } else { "" };
    Ending::succeeded(format!("{count} found{rest}"), json!({"documents": rows}))
}

fn objects(delivery: &Delivery) -> Vec<Value> {
    let Delivery::Answered { answer: Answer { results: Some(results), .. }, .. } = delivery else { return vec![] };
    let kind = |found: &FoundDocument| found.content.as_ref().map(|content| content.kind);
    results.documents.iter().map(|found| object_of(&found.version, kind(found))).collect()
}

fn logged_criteria(client: &str, criteria: &Criteria) -> Value {
    let told = [
        ("controller", &criteria.controller),
        ("from", &criteria.from),
        ("until", &criteria.until),
        ("documentGroup", &criteria.document_group),
        ("matter", &criteria.matter),
        ("documentType", &criteria.document_type),
    ];
    let mut members: Map<String, Value> = Map::new();
    members.insert("client".to_owned(), json!(client));
    members.extend(told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value.as_ref()?)))));
    Value::Object(members)
}
