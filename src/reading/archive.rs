//! A message and its document, read once for the endpoint and for the rules.

use std::collections::{BTreeMap, BTreeSet};

use super::digest::digest;
use super::foreign_code::foreign_code;
use crate::domain::{Code, Hetu, Operation, person_key};
use crate::evidence::Caller;
use crate::profile::{Profile, ServiceRequest};
use crate::wire::cda::{ClinicalDocument, read_document, read_document_as};
use crate::wire::hl7::{
    self, Contents, Continuation, Frame, FrameDocument, InstanceId, Package, Query, ReadMessage, read_message,
};
use crate::wire::mime::MimePart;
use crate::wire::xml::{ReadError, ReadLimits, decode};
use crate::wire::{LocatedValue, Part};

const UTF_8: &str = "utf-8";

/// A message to the archive and the document that belongs to it.
#[derive(Debug, Clone)]
pub struct ArchiveReading {
    pub message: Result<ReadMessage, ReadError>,
    /// The document; `None` where the message carries none or its package could not be undone.
    pub document: Option<Result<ClinicalDocument, ReadError>>,
    source: DocumentSource,
    /// Texts of what could not be read, in which the places of reading errors count.
    unread: Vec<(Part, String)>,
    /// The first identity code outside the 900 series, however it is written, where it was looked for.
    hidden_code: Option<Hetu>,
    /// Digests are asked for many times and taken once.
    message_digest: Option<String>,
    document_digest: Option<String>,
}

/// Where the document came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DocumentSource {
    /// From the package in the frame.
    Package,
    /// From a file beside the frame, whose package does not count then.
    Beside,
    /// It came without a frame.
    Alone,
}

/// Reads a message and the document inside it.
pub fn read(bytes: &[u8], limits: &ReadLimits) -> ArchiveReading {
    read_request(None, bytes, limits)
}

/// [`read`], of an HTTP request whose `Content-Type` is `content_type`.
pub fn read_request(content_type: Option<&str>, bytes: &[u8], limits: &ReadLimits) -> ArchiveReading {
    assembled(hl7::read_request(content_type, bytes, limits), bytes, None, limits)
}

/// Reads a message and the document that a vendor's middleware is still to pack into it. Where
/// `document` is `None` it is the one inside the frame. A bare `ClinicalDocument` as `frame` is read as
/// a document without a frame. What comes so was not searched for identity codes on its way, so that it is here.
pub fn read_pair(frame: &[u8], document: Option<&[u8]>, limits: &ReadLimits) -> ArchiveReading {
    let beside = document.map(|bytes| Beside { bytes, charset: None });
    let mut reading = assembled(read_message(frame, limits), frame, beside, limits);
    let is_searched = |bytes: &&[u8]| bytes.len() <= limits.bytes;
    reading.hidden_code = [Some(frame), document].into_iter().flatten().filter(is_searched).find_map(foreign_code);
    reading
}

/// [`read_pair`] of texts that were characters already when they came: what they declare of their encoding says nothing.
pub fn read_texts(frame: &str, document: &str, limits: &ReadLimits) -> ArchiveReading {
    let kind = format!("text/xml; charset={UTF_8}");
    let message = hl7::read_request(Some(&kind), frame.as_bytes(), limits);
    let document = Beside { bytes: document.as_bytes(), charset: Some(UTF_8) };
    assembled(message, frame.as_bytes(), Some(document), limits)
}

/// A document that was not taken from a package.
#[derive(Clone, Copy)]
struct Beside<'a> {
    bytes: &'a [u8],
    charset: Option<&'a str>,
}

fn assembled(
    message: Result<ReadMessage, ReadError>,
    frame: &[u8],
    beside: Option<Beside<'_>>,
    limits: &ReadLimits,
) -> ArchiveReading {
    if message.as_ref().is_ok_and(|message| message.soap.is_none() && message.frame.root.value == "ClinicalDocument") {
        let document = Some(read_document(frame, limits));
        return ArchiveReading::new(message, document, DocumentSource::Alone, Vec::new());
    }
    let source = if beside.is_some() { DocumentSource::Beside } else { DocumentSource::Package };
    let packed = || {
        let package = package(&message.as_ref().ok()?.frame)?;
        Some(Beside { bytes: &package.document, charset: package.charset.as_deref() })
    };
    let given = beside.or_else(packed);
    let document = given.map(|given| read_document_as(given.bytes, given.charset, limits));
    let text = |part, bytes| Some((part, decode(bytes, part, limits).ok()?.into_owned()));
    let unread_message = message.is_err().then(|| text(Part::Frame, frame)).flatten();
    let unread_document =
        given.filter(|_| matches!(document, Some(Err(_)))).and_then(|given| text(Part::Document, given.bytes));
    let unread = unread_message.into_iter().chain(unread_document).collect();
    ArchiveReading::new(message, document, source, unread)
}

fn package(frame: &Frame) -> Option<&Package> {
    let Contents::Document(document) = &frame.contents else { return None };
    document.package.as_ref()?.as_ref().ok()
}

/// [`digest`] of a text and of what came with it; where nothing did, of the text alone.
fn digest_with(text: &[u8], parts: &[MimePart]) -> String {
    if parts.is_empty() {
        return digest(text);
    }
    let of_part = |part: &MimePart| {
        let head = format!("{}\n{}\n", part.id.as_deref().unwrap_or(""), part.media_type.as_deref().unwrap_or(""));
        format!("{head}{}\n", part.body.as_ref().map(|body| digest(body)).unwrap_or_default())
    };
    let listed: String = parts.iter().map(of_part).collect();
    digest(format!("{}\n{listed}", digest(text)).as_bytes())
}

impl ArchiveReading {
    fn new(
        message: Result<ReadMessage, ReadError>,
        document: Option<Result<ClinicalDocument, ReadError>>,
        source: DocumentSource,
        unread: Vec<(Part, String)>,
    ) -> Self {
        let message_digest = message.as_ref().ok().and_then(|message| {
            let start = message.frame.root.spot.offset.unwrap_or_default();
            Some(digest_with(message.text.get(start..)?.as_bytes(), &message.parts))
        });
        let attachments = message.as_ref().ok().and_then(|message| package(&message.frame));
        let attachments = attachments.filter(|_| source == DocumentSource::Package);
        let attachments = attachments.map_or(&[][..], |package| &package.attachments);
        let document_digest = document.as_ref().and_then(|document| document.as_ref().ok());
        let document_digest = document_digest.map(|document| digest_with(document.text.as_bytes(), attachments));
        Self { message, document, source, unread, hidden_code: None, message_digest, document_digest }
    }

    /// What is asked. A message that cannot be read, or of an interaction that the profile does not
    /// know, asks `Unknown`.
    pub fn operation(&self, profile: &Profile) -> Operation {
        if self.source == DocumentSource::Alone {
            return if self.replaces() { Operation::Correct } else { Operation::Store };
        }
        let row = self.frame().and_then(|frame| profile.interaction(&frame.root));
        match row.map_or(Operation::Unknown, |row| row.operation) {
            Operation::Store if self.nullifies(profile) => Operation::Nullify,
            Operation::Store if self.replaces() => Operation::Correct,
            operation @ (Operation::SearchDocuments | Operation::SearchMetadata) => self.search(operation, profile),
            operation => operation,
        }
    }

    /// The persons that the message is about, each once by [`person_key`]: clients of the frame, of the document
    /// and of the query.
    pub fn persons(&self, profile: &Profile) -> Vec<String> {
        let frame = self.frame_document().into_iter().flat_map(|document| &document.clients).map(|client| &client.id);
        let document = self.document().into_iter().flat_map(|document| &document.clients).map(|client| &client.id);
        let written = frame.chain(document).flatten().map(|id| (id.root.as_str(), id.extension.as_str()));
        let parameters = self.query().into_iter().flat_map(|query| &query.parameters);
        let asked = parameters.filter(|parameter| parameter.name == profile.query.client);
        let all = written.chain(asked.map(|parameter| (parameter.main.as_str(), parameter.detail.as_str())));
        let mut seen = BTreeSet::new();
        let named = all.filter(|person| !person.1.is_empty() && seen.insert(*person));
        named.map(|(root, extension)| person_key(root, extension)).collect()
    }

    /// OID of the organisation that asks: the sender, or where the message names none, whom the certificate of
    /// `caller` names.
    pub fn organisation<'a>(&'a self, caller: &'a Caller) -> &'a str {
        let sender = self.frame().and_then(|frame| frame.sender.as_ref());
        sender.map(|sender| sender.value.as_str()).or(caller.serial_number.as_deref()).unwrap_or_default()
    }

    /// Identifier of the message.
    pub fn message_id(&self) -> Option<InstanceId> {
        self.frame()?.message_id.as_ref().map(|id| id.value.clone())
    }

    /// [`digest`] of the message from its message element on. Sent again, a message has the same one; the
    /// header of its envelope may differ.
    pub fn message_digest(&self) -> Option<&str> {
        self.message_digest.as_deref()
    }

    /// [`digest`] of the text of the document and, where it has any, of its attachments.
    pub fn document_digest(&self) -> Option<&str> {
        self.document_digest.as_deref()
    }

    /// The message, when it could be read and is more than a bare document.
    pub fn frame(&self) -> Option<&Frame> {
        let message = self.message.as_ref().ok()?;
        (self.source != DocumentSource::Alone).then_some(&message.frame)
    }

    /// The metadata of the document in the frame.
    pub fn frame_document(&self) -> Option<&FrameDocument> {
        match &self.frame()?.contents {
            Contents::Document(document) => Some(document),
            _ => None,
        }
    }

    /// The query, where the message is one.
    pub fn query(&self) -> Option<&Query> {
        match &self.frame()?.contents {
            Contents::Query(query) => Some(query),
            _ => None,
        }
    }

    /// What the message continues, where it continues a query.
    pub fn continuation(&self) -> Option<&Continuation> {
        match &self.frame()?.contents {
            Contents::Continuation(continuation) => Some(continuation),
            _ => None,
        }
    }

    /// Whether the message asks for what the archive holds. What it gets is never given again from memory.
    pub fn asks(&self) -> bool {
        self.query().is_some() || self.continuation().is_some()
    }

    /// Reason codes of the systems in which service requests stand.
    pub fn service_requests(&self, profile: &Profile) -> Vec<&LocatedValue<Code>> {
        let is_request = |code: &&LocatedValue<Code>| {
            profile.service_request.iter().any(|row| profile.oid(&row.system) == code.system)
        };
        self.frame().map(|frame| frame.reason_codes.iter().filter(is_request).collect()).unwrap_or_default()
    }

    /// The service request, when the message has exactly one and the profile knows it.
    pub fn service_request<'p>(&self, profile: &'p Profile) -> Option<&'p ServiceRequest> {
        match self.service_requests(profile).as_slice() {
            [only] => profile.service_request(only),
            _ => None,
        }
    }

    /// The document, when it could be read.
    pub fn document(&self) -> Option<&ClinicalDocument> {
        self.document.as_ref()?.as_ref().ok()
    }

    /// An identity code outside the 900 series anywhere in what was read, however it is written. It is looked for in
    /// files only: what comes over the wire with such a code is never read.
    pub fn hidden_code(&self) -> Option<&Hetu> {
        self.hidden_code.as_ref()
    }

    /// What came with the document, as parts of its package or of the request.
    pub fn attachments(&self) -> &[MimePart] {
        let package = self.frame().filter(|_| self.is_packed()).and_then(package);
        package.map_or(&[], |package| &package.attachments)
    }

    /// Whether what was read as a message is a document without a frame.
    pub fn is_document_alone(&self) -> bool {
        self.source == DocumentSource::Alone
    }

    /// Whether the frame's package is the document to judge.
    pub fn is_packed(&self) -> bool {
        self.source == DocumentSource::Package
    }

    /// The texts in which places of findings count.
    pub fn texts(&self) -> BTreeMap<Part, &str> {
        let body = self.document().and_then(|document| document.body.as_ref());
        let frame = self.message.as_ref().ok().filter(|_| self.source != DocumentSource::Alone);
        let display_form = body.and_then(|body| body.display_form.as_ref()?.value.as_deref().ok());
        let json = body.and_then(|body| body.json.as_ref()?.value.as_deref().ok());
        let texts = [
            (Part::Frame, frame.map(|message| message.text.as_str())),
            (Part::Document, self.document().map(|document| document.text.as_str())),
            (Part::DisplayForm, display_form),
            (Part::Json, json),
        ];
        let unread = self.unread.iter().map(|(part, text)| (*part, text.as_str()));
        texts.into_iter().filter_map(|(part, text)| Some((part, text?))).chain(unread).collect()
    }

    /// What kind of search it is: its service request may say.
    fn search(&self, operation: Operation, profile: &Profile) -> Operation {
        match self.service_request(profile).and_then(|row| row.operation) {
            Some(stated) if self.query().is_some() => stated,
            _ if operation == Operation::SearchDocuments && self.names_document(profile) => Operation::Retrieve,
            _ => operation,
        }
    }

    fn nullifies(&self, profile: &Profile) -> bool {
        let status = self.frame_document().and_then(|document| document.status.as_ref());
        status.is_some_and(|status| status.value == profile.nullification.status)
    }

    fn replaces(&self) -> bool {
        let linked = self.document().is_some_and(|document| !document.parents.is_empty());
        let own = self.document().and_then(|document| document.version.as_ref());
        let version = own.or_else(|| self.frame_document()?.version.as_ref());
        linked || version.and_then(|version| version.parse::<u32>().ok()).is_some_and(|version| version > 1)
    }

    fn names_document(&self, profile: &Profile) -> bool {
        let named = |query: &Query| query.parameters.iter().any(|parameter| parameter.name == profile.query.document);
        self.query().is_some_and(named)
    }
}
