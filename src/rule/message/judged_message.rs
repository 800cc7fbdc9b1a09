//! What one rule sees: the message, the document, and what several rules need to know of both.

use super::context::ArchiveContext;
use crate::domain::{Code, HETU_ROOT, Hetu, Operation};
use crate::profile::{DeclarationDocumentRow, DisplayForm, DisplayFormRow, ServiceRequest};
use crate::reading::{ArchiveReading, Outlined};
use crate::rule::Subject;
use crate::state::{Fingerprint, KnownVersion};
use crate::wire::cda::{ClinicalDocument, LocalHeader, NonXmlBody, Parent};
use crate::wire::hl7::{Contents, Frame, FrameDocument, InstanceId};
use crate::wire::json::{JsonError, JsonLimits, Located, parse};
use crate::wire::xml::OutlineNode;
use crate::wire::{LocatedValue, Location, Part};
use crate::words::{Said, said};

/// The room of rules about messages to the archive.
pub struct MessageSubject;

impl Subject for MessageSubject {
    type Of<'a> = JudgedMessage<'a>;
}

/// A message under judgement.
pub struct JudgedMessage<'a> {
    pub reading: &'a ArchiveReading,
    /// What it is judged by.
    pub context: &'a ArchiveContext<'a>,
    pub operation: Operation,
    /// The message, when it could be read.
    pub frame: Option<&'a Frame>,
    /// The document, when it could be read.
    pub document: Option<&'a ClinicalDocument>,
    /// The structured form, where there is one.
    pub json: Option<Result<Located, JsonError>>,
    /// The elements of message and document by the profile.
    pub outlined: Vec<Outlined<'a>>,
    /// Whether the same message had come before: it asks nothing new.
    pub is_repeated: bool,
    /// What the archive already has under the document's own identifier.
    pub namesake: Option<KnownVersion>,
    /// Reason codes of the systems in which service requests stand.
    pub service_requests: Vec<&'a LocatedValue<Code>>,
    /// The service request, when the message has exactly one and the profile knows it.
    pub service_request: Option<&'a ServiceRequest>,
}

impl<'a> JudgedMessage<'a> {
    /// What the rules need to know of a message, worked out once.
    pub fn new(reading: &'a ArchiveReading, context: &'a ArchiveContext<'a>) -> Self {
        let limits = context.profile.limits;
        let limits = JsonLimits { bytes: limits.body_bytes, depth: limits.depth };
        let json = reading.texts().get(&Part::Json).map(|text| parse(text.as_bytes(), Part::Json, limits));
        let mut subject = Self {
            reading,
            context,
            operation: reading.operation(context.profile),
            frame: reading.frame(),
            document: reading.document(),
            json,
            outlined: outlined(reading, context),
            is_repeated: false,
            namesake: None,
            service_requests: reading.service_requests(context.profile),
            service_request: reading.service_request(context.profile),
        };
        let earlier = reading.message_id().zip(reading.message_digest());
        subject.is_repeated = earlier.is_some_and(|(id, digest)| context.known.message(&id, digest).is_answered());
        subject.namesake = subject.agreed_id().and_then(|id| context.known.document(id));
        subject
    }

    /// Whether the message puts something into the archive or changes it.
    pub fn archives(&self) -> bool {
        matches!(self.operation, Operation::Store | Operation::Correct | Operation::Nullify)
    }

    /// The root element of the outline of `part`.
    pub fn root(&self, part: Part) -> Option<OutlineNode<'a>> {
        self.outlined.iter().find(|outlined| outlined.part == part)?.root()
    }

    /// What the frame says of the document.
    pub fn frame_document(&self) -> Option<&'a FrameDocument> {
        self.reading.frame_document()
    }

    /// The social-welfare header of the document.
    pub fn header(&self) -> Option<&'a LocalHeader> {
        self.document?.header.as_ref()
    }

    /// The body of the document.
    pub fn body(&self) -> Option<&'a NonXmlBody> {
        self.document?.body.as_ref()
    }

    /// The row of the display form that the header names.
    fn display_form_row(&self) -> Option<&'a DisplayFormRow> {
        let code = self.header()?.file_format.as_ref()?;
        self.context.profile.display_form(code)
    }

    /// The display form that the document has to have; XHTML where the header names none that is known.
    pub fn display_form(&self) -> DisplayForm {
        self.display_form_row().map_or(DisplayForm::Xhtml, |row| row.form)
    }

    /// Whether a structured form has to stand beside the display form.
    pub fn needs_structured_form(&self) -> bool {
        self.display_form_row().is_none_or(|row| row.structured)
    }

    /// The structured form, when it is JSON.
    pub fn json(&self) -> Option<&Located> {
        self.json.as_ref()?.as_ref().ok()
    }

    /// Where the control act stands, or what takes its place.
    pub fn control_act(&self) -> Option<Location> {
        let frame = self.frame?;
        Some(match &frame.contents {
            Contents::Nothing(spot) => spot.clone(),
            _ => frame.root.spot.child("controlActProcess"),
        })
    }

    /// Whether the group fits the service request, as far as that is known.
    pub fn group_fits(&self, group: &Code) -> bool {
        let of_system = group.system == self.context.profile.group_system(&group.code);
        of_system && self.service_request.is_none_or(|row| row.groups.contains(&group.code))
    }

    /// Code of the document group, unless it does not fit.
    pub fn group(&self) -> Option<&'a str> {
        let group = self.header()?.group.as_ref()?;
        self.group_fits(group).then_some(group.code.as_str())
    }

    /// What the documents of its group declare, where they are declarations of intent.
    pub fn declaration_row(&self) -> Option<&'a DeclarationDocumentRow> {
        self.context.profile.declaration_document(self.header()?.group.as_ref()?)
    }

    /// `id` of the document, unless the frame says another.
    pub fn agreed_id(&self) -> Option<&'a LocatedValue<String>> {
        agreed(self.document?.id.as_ref()?, self.frame_document().and_then(|frame| frame.id.as_ref()))
    }

    /// `setId` of the document, unless the frame says another.
    pub fn agreed_set_id(&self) -> Option<&'a LocatedValue<String>> {
        agreed(self.document?.set_id.as_ref()?, self.frame_document().and_then(|frame| frame.set_id.as_ref()))
    }

    /// `versionNumber` of the document, unless the frame says another.
    pub fn agreed_version(&self) -> Option<&'a LocatedValue<String>> {
        agreed(self.document?.version.as_ref()?, self.frame_document().and_then(|frame| frame.version.as_ref()))
    }

    /// The custodian of the document, unless the frame says another.
    pub fn agreed_custodian(&self) -> Option<&'a LocatedValue<String>> {
        agreed(self.document?.custodian.as_ref()?, self.frame_document().and_then(|frame| frame.custodian.as_ref()))
    }

    /// The link to the version that this one replaces.
    pub fn replaced(&self) -> Option<&'a Parent> {
        let replaces = |parent: &&Parent| parent.type_code.as_ref().is_some_and(|code| code.value == "RPLC");
        self.document?.parents.iter().find(replaces)
    }

    /// Whether that is this very document.
    pub fn is_same_document(&self, namesake: &KnownVersion) -> bool {
        self.reading.document_digest().is_some_and(|digest| Fingerprint::of(digest) == namesake.content)
    }

    /// Whether the message brings a version that the archive does not have yet, under an identifier of
    /// its own.
    pub fn brings_version(&self) -> bool {
        self.archives() && self.document.is_some() && !self.is_repeated && self.namesake.is_none()
    }
}

fn outlined<'a>(reading: &'a ArchiveReading, context: &'a ArchiveContext<'a>) -> Vec<Outlined<'a>> {
    let elements = &context.profile.element;
    let message = reading.message.as_ref().ok().filter(|_| reading.frame().is_some());
    let message = message.map(|message| Outlined::new(Part::Frame, &elements.message, &message.outline, &message.text));
    let document = reading.document();
    let document =
        document.map(|document| Outlined::new(Part::Document, &elements.document, &document.outline, &document.text));
    message.into_iter().chain(document).collect()
}

fn agreed<'a>(own: &'a LocatedValue<String>, frame: Option<&LocatedValue<String>>) -> Option<&'a LocatedValue<String>> {
    frame.is_none_or(|frame| frame.value == own.value).then_some(own)
}

/// The identity code in `id`, when it is one that may be used in tests.
pub fn test_code(id: &InstanceId) -> Option<Hetu> {
    let code: Hetu = id.extension.parse().ok()?;
    (id.root == HETU_ROOT && code.is_test()).then_some(code)
}

/// `value`, or that there is none.
pub fn or_nothing(value: Option<&LocatedValue<String>>) -> Said {
    Said::value_or(value.map(|value| value.as_str()), said::nothing())
}
