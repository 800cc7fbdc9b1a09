//! HL7 v3 messages: the transmission wrapper, and the control acts that store documents.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::codes::Coded;
use super::document::{OTHER_CONTROLLER, absent, birth_time, folded, gender};
use super::draft::{DocumentKind, Draft};
use super::faults::Fault;
use super::settings::ReferenceSettings;
use super::soap::envelope;
use super::variant::ReplacementStyle;
use super::xml::{Element, hl7};
use crate::domain::{HETU_ROOT, Hl7Time};

/// Content id of the document in a request with attachments.
const DOCUMENT_PART: &str = "document@kantakoe.invalid";

/// A message as it goes out. Sent again, it is the same to the byte.
#[derive(Debug, Clone)]
pub struct Message {
    /// Extension of its identifier; the root is the organisation.
    pub extension: String,
    /// Interaction that its element names.
    pub interaction: String,
    /// Whether it is a query.
    pub asks: bool,
    pub envelope: String,
    /// Parts of the request beside the envelope (SOAP with attachments): content id, media type, bytes.
    pub parts: Vec<(String, String, Vec<u8>)>,
}

/// What a message does with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Stores its first version.
    Store,
    /// Stores a corrected version.
    Correct,
    /// Nullifies it.
    Nullify,
}

/// What the transmission wrapper tells.
struct Wrapper<'a> {
    /// The interaction that interactionId names.
    interaction: &'a str,
    /// Root of the message's identifier, where it has one.
    root: Option<&'a str>,
    /// The party to which it goes.
    receiver: &'a str,
    /// When it is to be acknowledged.
    acknowledged: &'static str,
}

/// Writes messages.
pub struct FrameWriter<'a> {
    /// Settings of the system.
    pub settings: &'a ReferenceSettings,
    pub now: Timestamp,
    /// Extension of the message identifier.
    pub extension: String,
}

impl FrameWriter<'_> {
    /// A message that stores, corrects or nullifies a document, `document` being its XML.
    pub fn change(&self, change: Change, draft: &Draft, document: &str) -> Message {
        let twin = self.settings.variant.style == ReplacementStyle::Twin;
        let interactions = &self.settings.codes.interaction;
        let interaction = match change {
            Change::Correct if twin => &interactions.correct,
            Change::Nullify if twin => &interactions.nullify,
            _ => &interactions.store,
        };
        let attached = self.settings.variant.attached;
        let brings = change != Change::Nullify || !twin;
        let package = brings.then(|| if attached { reference() } else { self.package(draft, document) });
        let parts = if brings && attached { self.parts(draft, document) } else { vec![] };
        let subject = hl7("subject").holding([self.clinical_document(change, draft, package)]);
        let of_document = |fault| self.settings.deviates(fault) && draft.kind == DocumentKind::ClientDocument;
        let stated = !of_document(Fault::ServiceRequestMissing);
        let as_later = draft.kind == DocumentKind::FirstPhaseDocument
            && self.settings.deviates(Fault::FirstPhaseUnderLaterRequest);
        let kind = if as_later { DocumentKind::ClientDocument } else { draft.kind };
        let request = stated.then(|| kind.service_request(self.settings.code()).on(hl7("reasonCode")));
        let head = [
            hl7("code").with("code", "RCMR_TE000102UV01").with("codeSystem", "2.16.840.1.113883.1.18"),
            hl7("priorityCode").with("code", "R"),
        ];
        let code = self.settings.code();
        let used = if draft.organiser.is_some() { &code.use_by_access } else { &code.own_use };
        let performer = (!of_document(Fault::FrameWithoutPerformer)).then(|| self.performer());
        let tail = [used.on(hl7("reasonCode"))].into_iter().chain(performer).chain([subject]);
        let act = hl7("controlActProcess").with("classCode", "CACT").with("moodCode", "EVN");
        let act = act.holding(head.into_iter().chain(request).chain(tail));
        let root = if of_document(Fault::MessageIdOfDocuments) { &draft.set_id } else { self.organisation() };
        let wrapper = Wrapper {
            interaction: if of_document(Fault::InteractionDiffers) { "RCMR_IN200003FI01" } else { interaction },
            root: (!of_document(Fault::MessageIdMissing)).then_some(root),
            receiver: if of_document(Fault::ReceiverOther) { OTHER_CONTROLLER } else { &self.settings.codes.receiver },
            acknowledged: if of_document(Fault::AcceptAckCodeUnknown) { "XX" } else { "ER" },
        };
        Message { parts, ..self.message(interaction, &wrapper, act) }
    }

    /// A message that asks.
    pub fn query(&self, interaction: &str, request: &Coded, situation: &Coded, query: Element) -> Message {
        let act = hl7("controlActProcess").with("classCode", "CACT").with("moodCode", "RQO").holding([
            hl7("reasonCode").with("code", &request.code).with("codeSystem", &request.system.oid),
            situation.on(hl7("reasonCode")),
            self.performer(),
            query,
        ]);
        let root = Some(self.organisation());
        let wrapper = Wrapper { interaction, root, receiver: &self.settings.codes.receiver, acknowledged: "ER" };
        Message { asks: true, ..self.message(interaction, &wrapper, act) }
    }

    fn organisation(&self) -> &str {
        &self.settings.organisation.oid
    }

    fn message(&self, interaction: &str, wrapper: &Wrapper<'_>, act: Element) -> Message {
        let id = wrapper.root.map(|root| hl7("id").with("root", root).with("extension", &self.extension));
        let rest = [
            hl7("creationTime").with("value", Hl7Time::write(self.now)),
            hl7("versionCode").with("code", "V3-2006"),
            hl7("interactionId").with("root", "2.16.840.1.113883.1.6").with("extension", wrapper.interaction),
            hl7("processingCode").with("code", &self.settings.codes.processing_code),
            hl7("processingModeCode").with("code", "T"),
            hl7("acceptAckCode").with("code", wrapper.acknowledged),
            party("receiver", "RCV", wrapper.receiver),
            party("sender", "SND", self.organisation()),
            act,
        ];
        let frame = hl7(interaction).with("ITSVersion", "XML_1.0").holding(id.into_iter().chain(rest));
        let envelope = envelope(frame, &self.settings.variant);
        Message {
            extension: self.extension.clone(),
            interaction: interaction.to_owned(),
            asks: false,
            envelope,
            parts: vec![],
        }
    }

    fn performer(&self) -> Element {
        let organisation = &self.settings.organisation;
        let unit = hl7("representedOrganization")
            .holding([hl7("id").with("root", &organisation.unit_oid), hl7("name").text(&organisation.unit_name)]);
        let person = hl7("assignedPerson").holding([
            self.professional_id(),
            hl7("assignedPerson").holding([self.professional_name()]),
            unit,
        ]);
        hl7("authorOrPerformer").with("typeCode", "AUT").holding([person])
    }

    fn professional_id(&self) -> Element {
        hl7("id").with("root", HETU_ROOT).with("extension", &self.settings.professional.identity_code)
    }

    fn professional_name(&self) -> Element {
        let professional = &self.settings.professional;
        hl7("name")
            .holding([hl7("family").text(&professional.family_name), hl7("given").text(&professional.given_name)])
    }

    fn clinical_document(&self, change: Change, draft: &Draft, package: Option<Element>) -> Element {
        let named = if change == Change::Nullify && package.is_none() { draft.replaces.as_ref() } else { None };
        let version = named.cloned().unwrap_or_else(|| draft.version_id());
        let other =
            self.settings.deviates(Fault::FrameNamesOtherDocument) && draft.kind == DocumentKind::ClientDocument;
        let id = if other { format!("{}.1", version.id) } else { version.id };
        let status = if change == Change::Nullify { "NULLIFIED" } else { "COMPLETED" };
        let translated =
            self.settings.deviates(Fault::FrameInOtherLanguage) && draft.kind == DocumentKind::ClientDocument;
        let language = if translated { "sv" } else { "fi" };
        let document = hl7("clinicalDocument").with("classCode", "DOCCLIN").with("moodCode", "EVN").holding([
            hl7("realmCode").with("code", "FI"),
            hl7("typeId").with("root", "2.16.840.1.113883.1.3").with("extension", "POCD_HD000040"),
            hl7("id").with("root", id),
            self.settings.code().client_register.on(hl7("code")),
        ]);
        document.holding(package).holding([
            hl7("statusCode").with("code", status),
            hl7("effectiveTime").with("value", Hl7Time::write(draft.made)),
            self.settings.code().confidential.on(hl7("confidentialityCode")),
            hl7("languageCode").with("code", language),
            hl7("setId").with("root", version.set_id),
            hl7("versionNumber").with("value", version.version.to_string()),
            self.settings.code().legally_authenticated.on(hl7("completionCode")),
            self.settings.code().active.on(hl7("storageCode")),
            self.record_target(draft),
            self.author(),
            self.custodian(draft),
            encounter(),
        ])
    }

    fn record_target(&self, draft: &Draft) -> Element {
        let client = &draft.client;
        let mut name = hl7("name")
            .holding([hl7("family").text(&client.family_name), hl7("given").text(client.given_names.join(" "))]);
        if let Some(call_name) = client.given_names.first() {
            name = name.holding([hl7("given").with("qualifier", "CL").text(call_name)]);
        }
        let person = hl7("patientPerson").with("classCode", "PSN").with("determinerCode", "INSTANCE").holding([
            name,
            gender(client.gender, self.settings).on(hl7("administrativeGenderCode")),
            hl7("birthTime").with("value", birth_time(draft, self.settings)),
        ]);
        let patient = hl7("patient").with("classCode", "PAT").holding([
            hl7("id").with("root", HETU_ROOT).with("extension", &client.identity_code),
            hl7("statusCode").with("code", "normal"),
            person,
        ]);
        hl7("recordTarget").with("typeCode", "RCT").holding([patient])
    }

    fn author(&self) -> Element {
        let person = hl7("assignedPerson")
            .with("classCode", "PSN")
            .with("determinerCode", "INSTANCE")
            .holding([self.professional_name()]);
        let author = hl7("assignedAuthor").with("classCode", "ASSIGNED").holding([self.professional_id(), person]);
        hl7("author").with("typeCode", "AUT").holding([absent("time"), author])
    }

    fn custodian(&self, draft: &Draft) -> Element {
        let organisation = &self.settings.organisation;
        let controller = draft.organiser.as_ref().unwrap_or(&organisation.oid);
        let other = self.settings.deviates(Fault::CustodianOther) && draft.kind == DocumentKind::ClientDocument;
        let oid = if other { OTHER_CONTROLLER } else { controller };
        let represented = hl7("representedOrganization")
            .with("classCode", "ORG")
            .with("determinerCode", "INSTANCE")
            .holding([hl7("id").with("root", oid), hl7("name").text(&organisation.name)]);
        let assigned = hl7("assignedCustodian").with("classCode", "ASSIGNED").holding([represented]);
        hl7("custodian").with("typeCode", "CST").holding([assigned])
    }

    /// What comes beside the document, as this system sends it.
    fn attachments(&self, draft: &Draft) -> Vec<(String, String, Vec<u8>)> {
        let unfit = self.settings.deviates(Fault::AttachmentKindUnfit);
        let left_out = usize::from(self.settings.deviates(Fault::AttachmentLeftOut));
        let sent = draft.attachments.iter().skip(left_out).map(|one| {
            let media_type = if unfit { "application/x-unknown" } else { one.media_type.as_str() };
            (one.id.clone(), media_type.to_owned(), one.content.clone())
        });
        sent.collect()
    }

    /// The parts of a request with attachments: the document, and what comes beside it.
    fn parts(&self, draft: &Draft, document: &str) -> Vec<(String, String, Vec<u8>)> {
        let own = (DOCUMENT_PART.to_owned(), "text/xml; charset=UTF-8".to_owned(), document.as_bytes().to_vec());
        [own].into_iter().chain(self.attachments(draft)).collect()
    }

    /// `text`: Base64 of a MIME package whose root part is the document (CDA R2, section 3).
    fn package(&self, draft: &Draft, document: &str) -> Element {
        let kind = draft.kind;
        let attachments: String = self.attachments(draft).iter().map(part).collect();
        let package = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b1\"; type=\"text/xml\"; \
             start=\"<doc>\"\r\n\r\n--b1\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-ID: <doc>\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\n{document}\n\r\n{attachments}--b1--\r\n"
        );
        let bare = kind == DocumentKind::ClientDocument && self.settings.deviates(Fault::PackageBare);
        let content = if bare { document } else { package.as_str() };
        let text = hl7("text").with("mediaType", "multipart/related").with("representation", "B64");
        text.text(folded(&STANDARD.encode(content), self.settings.variant.spelling.base64_columns))
    }
}

/// A part of a package, with the delimiter before it.
fn part((id, media_type, content): &(String, String, Vec<u8>)) -> String {
    let content = folded(&STANDARD.encode(content), Some(76));
    format!(
        "--b1\r\nContent-Type: {media_type}\r\nContent-ID: <{id}>\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         {content}\r\n"
    )
}

/// `text` that refers to a part of the request.
fn reference() -> Element {
    let reference = hl7("reference").with("value", format!("cid:{DOCUMENT_PART}"));
    hl7("text").with("mediaType", "multipart/related").with("representation", "B64").holding([reference])
}

fn party(name: &str, kind: &str, oid: &str) -> Element {
    let device = hl7("device").with("classCode", "DEV").with("determinerCode", "INSTANCE");
    hl7(name).with("typeCode", kind).holding([device.holding([hl7("id").with("root", oid)])])
}

fn encounter() -> Element {
    let place = hl7("location").with("classCode", "PLC").with("determinerCode", "INSTANCE");
    let facility = hl7("healthCareFacility").with("classCode", "SDLOC").holding([place]);
    let event = hl7("encounterEvent").with("classCode", "ENC").with("moodCode", "EVN");
    hl7("componentOf").holding([event.holding([
        absent("id"),
        absent("effectiveTime"),
        hl7("location").holding([facility]),
    ])])
}
