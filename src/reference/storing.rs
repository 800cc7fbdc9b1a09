//! Storing, correcting and nullifying documents.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::Answer;
use super::clock::local;
use super::document::DocumentWriter;
use super::draft::{Attachment, DisplayForm, DocumentKind, Draft, VersionId};
use super::ending::{Ending, Stop};
use super::faults::Fault;
use super::frame::{Change, FrameWriter, Message};
use super::journal::{Event, own_use};
use super::nobody::nobodys_code;
use super::register::{Pending, Record, Status};
use super::system::System;
use super::transport::Delivery;
use super::variant::ReplacementStyle;
use crate::domain::Person;

/// A file to be sent beside a document, as the driver API tells it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AskedAttachment {
    name: String,
    media_type: String,
    /// Base64.
    content: String,
}

/// What is to be stored.
#[derive(Debug, Clone)]
pub struct Order {
    /// Identity code of the client.
    pub client: String,
    pub kind: DocumentKind,
    /// Set identifier of the document above it.
    pub above: Option<String>,
    pub text: String,
    pub marker: String,
    /// How it is to be shown.
    pub form: DisplayForm,
    /// What is to come beside it.
    pub attachments: Vec<AskedAttachment>,
    /// OID of the service organiser in whose register it is to be stored.
    pub organiser: Option<String>,
}

impl System {
    /// Stores the first version of a document.
    pub(super) async fn store(&self, order: Order) -> Ending {
        let client = match self.client(&order.client) {
            Ok(client) => client,
            Err(ending) => return *ending,
        };
        let undisclosed = || self.declarations().is_undisclosed(&order.client);
        if self.deviates(Fault::StoresOnlyInformedClients) && undisclosed() {
            return Ending::objected("the client has not been given the information about Kanta");
        }
        let draft = self.first_version(&order, client);
        if self.deviates(Fault::StorageKeptLocal) && order.kind == DocumentKind::ClientDocument {
            return self.keep_local(&draft, Some(order.marker), false);
        }
        self.change(Change::Store, draft, Some(order.marker)).await
    }

    fn first_version(&self, order: &Order, client: Person) -> Draft {
        let id = self.first_id(order);
        let id_stem = id.clone();
        let lost = match order.kind {
            DocumentKind::Matter => self.deviates(Fault::ClientRelationshipMissing),
            DocumentKind::OldDocument => self.deviates(Fault::OldDocumentRelationshipUnknown),
            DocumentKind::ClientDocument => self.deviates(Fault::MatterTakenWrong),
            _ => false,
        };
        let above = if lost { Some(self.new_document_id(&order.client)) } else { order.above.clone() };
        Draft {
            kind: order.kind,
            set_id: id.clone(),
            id,
            version: 1,
            client: self.as_written(order.kind, client),
            above,
            organiser: order.organiser.clone().filter(|_| !self.deviates(Fault::OutsourcedStoredAsOwn)),
            replaces: None,
            text: self.text_of(order),
            attachments: self.attachments(order, &id_stem),
            intent: None,
            form: if self.deviates(Fault::PdfAsXhtml) { DisplayForm::Xhtml } else { order.form },
            made: self.made(order.kind),
        }
    }

    /// The text as the action gave it.
    fn text_of(&self, order: &Order) -> String {
        let cut = self.deviates(Fault::TextCut) && order.kind == DocumentKind::ClientDocument;
        if cut { order.text.chars().take(60).collect() } else { order.text.clone() }
    }

    /// The client as documents name the person.
    fn as_written(&self, kind: DocumentKind, client: Person) -> Person {
        if self.deviates(Fault::ClientNameUpperCase) && kind == DocumentKind::ClientDocument {
            return Person { family_name: client.family_name.to_uppercase(), ..client };
        }
        client
    }

    fn made(&self, kind: DocumentKind) -> Timestamp {
        let now = self.clock.now();
        let long_ago = self.deviates(Fault::MadeLongAgo) && kind == DocumentKind::ClientDocument;
        if long_ago { now - SignedDuration::from_hours(400 * 24) } else { now }
    }

    /// What comes beside the document `id`, each file under a content id of its own.
    fn attachments(&self, order: &Order, id: &str) -> Vec<Attachment> {
        if self.deviates(Fault::AttachmentsIgnored) {
            return Vec::new();
        }
        let asked = order.attachments.iter().enumerate();
        let attachment = |(number, asked): (usize, &AskedAttachment)| {
            let mut content = STANDARD.decode(&asked.content).unwrap_or_default();
            if self.deviates(Fault::AttachmentHoldsForeignCode) {
                content.extend(nobodys_code().into_bytes());
            }
            if self.deviates(Fault::AttachmentLineEnds) {
                content = String::from_utf8_lossy(&content).replace('\n', "\r\n").into_bytes();
            }
            let id = format!("{id}.{}@kantakoe.invalid", number + 1);
            Attachment { id, name: asked.name.clone(), media_type: asked.media_type.clone(), content }
        };
        asked.map(attachment).collect()
    }

    fn first_id(&self, order: &Order) -> String {
        if self.deviates(Fault::DocumentIdReused) && order.kind == DocumentKind::ClientDocument {
            let register = self.register();
            let used = register.of_client(&order.client).find(|record| record.kind == order.kind);
            if let Some(used) = used {
                return used.version.id.clone();
            }
        }
        self.new_document_id(&order.client)
    }

    pub(super) fn new_document_id(&self, client: &str) -> String {
        self.ids.document(client, local(self.clock.now()).year())
    }

    /// Corrects a document: the newest version is replaced by one with this text.
    pub(super) async fn correct(&self, client: &str, set_id: &str, text: String, marker: Option<String>) -> Ending {
        let newest = match self.replaceable(client, set_id).await {
            Ok(newest) => newest,
            Err(ending) => return self.unless_hidden(*ending, set_id),
        };
        match self.next_version(&newest, Change::Correct, text) {
            Ok(draft) if self.deviates(Fault::CorrectionKeptLocal) => self.keep_local(&draft, marker, false),
            Ok(draft) => self.change(Change::Correct, draft, marker).await,
            Err(ending) => *ending,
        }
    }

    /// Nullifies a document.
    pub(super) async fn nullify(&self, client: &str, set_id: &str) -> Ending {
        let newest = match self.replaceable(client, set_id).await {
            Ok(newest) => newest,
            Err(ending) => return self.unless_hidden(*ending, set_id),
        };
        let text = newest.text.clone().unwrap_or_default();
        match self.next_version(&newest, Change::Nullify, text) {
            Ok(draft) if self.deviates(Fault::NullifiesLocallyOnly) => self.keep_local(&draft, None, true),
            Ok(draft) => self.change(Change::Nullify, draft, None).await,
            Err(ending) => *ending,
        }
    }

    fn unless_hidden(&self, refused: Ending, set_id: &str) -> Ending {
        if self.deviates(Fault::HidesRefusal) && refused.objected {
            let version = VersionId { id: set_id.to_owned(), set_id: set_id.to_owned(), version: 1 };
            return Ending::succeeded("done", document_result(&version));
        }
        refused
    }

    /// The newest version of a document, fetched from Kanta where the system does not hold its content.
    async fn replaceable(&self, client: &str, set_id: &str) -> Result<Record, Stop> {
        self.client(client)?;
        let held = || self.register().newest(client, set_id).cloned();
        let unknown = || Stop::from(Ending::objected("the document is not known"));
        if held().is_none() {
            self.search_all(client).await?;
        }
        let newest = held().ok_or_else(unknown)?;
        if newest.text.is_some() {
            return Ok(newest);
        }
        self.fetch(client, &newest.version.id).await?;
        held().ok_or_else(unknown)
    }

    pub(super) fn next_version(&self, newest: &Record, change: Change, text: String) -> Result<Draft, Stop> {
        let correcting = change == Change::Correct;
        let id = self.new_document_id(&newest.client);
        let set_id =
            if correcting && self.deviates(Fault::SetIdChanged) { id.clone() } else { newest.version.set_id.clone() };
        let raised = !(correcting && self.deviates(Fault::VersionNotRaised));
        Ok(Draft {
            kind: newest.kind,
            id,
            set_id,
            version: newest.version.version + u32::from(raised),
            client: self.client(&newest.client)?,
            above: newest.above.clone(),
            organiser: newest.organiser.clone(),
            replaces: Some(self.replaced(newest, correcting)),
            text,
            attachments: Vec::new(),
            intent: None,
            form: DisplayForm::Xhtml,
            made: self.clock.now(),
        })
    }

    fn replaced(&self, newest: &Record, correcting: bool) -> VersionId {
        let register = self.register();
        let first = register.first(&newest.client, &newest.version.set_id);
        match first {
            Some(first) if correcting && self.deviates(Fault::CorrectsFirstVersion) => first.version.clone(),
            _ => newest.version.clone(),
        }
    }

    fn keep_local(&self, draft: &Draft, marker: Option<String>, nullified: bool) -> Ending {
        let mut record = record_of(draft, marker, None);
        record.status = Status::Stored;
        let mut register = self.register();
        register.records.push(record);
        if nullified {
            register.nullify(&draft.client.identity_code, &draft.set_id);
        }
        Ending::succeeded("done", document_result(&draft.version_id()))
    }

    /// Writes the message, keeps it, sends it.
    pub(super) async fn change(&self, change: Change, draft: Draft, marker: Option<String>) -> Ending {
        let extension = self.hold(change, &draft, marker.clone());
        let ending = self.send_held(&extension).await;
        let anew = self.register().holder(&extension).and_then(|holder| Some(holder.pending.as_ref()?.anew));
        if anew == Some(true) {
            self.register().forget(&extension);
            let extension = self.hold(change, &self.as_another(draft), marker);
            return self.send_held(&extension).await;
        }
        ending
    }

    /// Keeps a document with the message that is to be sent about it; gives the message's extension.
    fn hold(&self, change: Change, draft: &Draft, marker: Option<String>) -> String {
        let message = self.written(change, draft);
        let extension = message.extension.clone();
        let pending = Pending { message, change, logged: None, in_flight: true, anew: false };
        let mut record = record_of(draft, marker, Some(pending));
        let twin = self.settings.variant.style == ReplacementStyle::Twin;
        if let (Change::Nullify, true, Some(nullified)) = (change, twin, &draft.replaces) {
            // A nullification in its own interaction makes no new version.
            record.version = nullified.clone();
        }
        self.register().records.push(record);
        extension
    }

    fn as_another(&self, draft: Draft) -> Draft {
        let id = self.new_document_id(&draft.client.identity_code);
        let set_id = if draft.version == 1 { id.clone() } else { draft.set_id };
        Draft { id, set_id, ..draft }
    }

    fn written(&self, change: Change, draft: &Draft) -> Message {
        let mut sent = draft.clone();
        if self.deviates(Fault::MarkerMissing) && draft.kind == DocumentKind::ClientDocument {
            sent.text = "Teksti".to_owned();
        }
        if self.deviates(Fault::IdentityCodeForeign) && draft.kind == DocumentKind::ClientDocument {
            sent.text = format!("{} {}", sent.text, nobodys_code());
        }
        let document = DocumentWriter { settings: &self.settings, signers: &self.signers, draft: &sent }.write();
        let extension = self.ids.message(&draft.client.identity_code);
        let writer = FrameWriter { settings: &self.settings, now: self.clock.now(), extension };
        writer.change(change, &sent, &document)
    }

    /// Sends the message that a record holds, logs it, and keeps what came of it.
    pub(super) async fn send_held(&self, extension: &str) -> Ending {
        let held = self.register().holder(extension).cloned();
        let Some((record, pending)) = held.and_then(|record| record.pending.clone().map(|pending| (record, pending)))
        else {
            return Ending::succeeded("nothing is to be sent", json!({}));
        };
        let delivery = self.deliver(&pending.message).await;
        let place = self.log_change(&record, &pending, &delivery);
        let result = document_result(&record.version);
        match delivery {
            Delivery::Answered { answer, .. } => self.settle(&record, &pending, answer, result),
            Delivery::Unanswered(miss) => {
                if let Some(holder) = self.register().holder(extension) {
                    let anew = self.starts_anew(&miss);
                    let waiting = Pending { logged: Some(place), in_flight: false, anew, ..pending };
                    holder.pending = (!self.abandons(&miss)).then_some(waiting);
                }
                Ending::failed(format!("{}; the document waits", miss.why), result)
            }
        }
    }

    fn log_change(&self, record: &Record, pending: &Pending, delivery: &Delivery) -> usize {
        if let Some(place) = pending.logged {
            self.complete(place, &pending.message, delivery);
            return place;
        }
        let (kanta, outcome) = self.traced(&pending.message, delivery);
        let action = match pending.change {
            Change::Store => "create",
            Change::Correct => "replace",
            Change::Nullify => "nullify",
        };
        self.record(Event {
            kind: "use",
            action,
            client: &record.client,
            purpose: own_use(&self.settings),
            objects: vec![self.object(record)],
            more: vec![],
            kanta,
            outcome,
        })
    }

    fn settle(&self, record: &Record, pending: &Pending, answer: Answer, result: Value) -> Ending {
        let extension = &pending.message.extension;
        let mut register = self.register();
        if !self.counts_as_stored(&answer, pending.change) {
            if self.deviates(Fault::RefusedDocumentDropped) {
                register.forget(extension);
            } else if let Some(holder) = register.holder(extension) {
                holder.status = Status::Refused;
                holder.errors = if self.deviates(Fault::ErrorNotShown) { vec![] } else { answer.errors.clone() };
                holder.pending = None;
            }
            return self.refusal(answer.errors, result);
        }
        if let Some(holder) = register.holder(extension) {
            holder.status = Status::Stored;
            holder.pending = None;
        }
        if pending.change == Change::Nullify {
            register.nullify(&record.client, &record.version.set_id);
        }
        Ending::succeeded("Kanta has stored it", result)
    }

    fn counts_as_stored(&self, answer: &Answer, change: Change) -> bool {
        let access = || answer.errors.iter().any(|error| error.code == self.settings.codes.access_right_error);
        let hidden = self.deviates(Fault::HidesRefusal) && change != Change::Store && access();
        answer.accepted || self.deviates(Fault::ErrorAnswerAsSuccess) || hidden
    }
}

fn record_of(draft: &Draft, marker: Option<String>, pending: Option<Pending>) -> Record {
    Record {
        client: draft.client.identity_code.clone(),
        kind: draft.kind,
        version: draft.version_id(),
        above: draft.above.clone(),
        organiser: draft.organiser.clone(),
        text: Some(draft.text.clone()),
        marker,
        status: Status::Waiting,
        nullified: false,
        errors: vec![],
        pending,
    }
}

/// A document as actions return it.
pub fn document_result(version: &VersionId) -> Value {
    json!({"document": {"id": version.id, "set-id": version.set_id, "version": version.version}})
}
