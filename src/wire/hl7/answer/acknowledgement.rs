//! Acknowledgements.

use jiff::Timestamp;

use super::element::{displayed, instance_id};
use crate::domain::{Code, Hl7Time};
use crate::wire::hl7::InstanceId;
use crate::wire::xml::{Escaped, HL7};

const INTERACTIONS: &str = "2.16.840.1.113883.1.6";

/// What the receiver did with a message (HL7 table AcknowledgementType).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AcknowledgementCode {
    /// AA: accepted.
    Accepted,
    /// AE: an error was found in it.
    Error,
    /// AR: rejected for reasons that lie not in the message.
    Rejected,
    /// XX, which the table lacks: for tests of whoever reads it.
    Unknown,
}

/// How grave a detail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailSeverity {
    /// E: an error.
    Error,
    /// W: a warning.
    Warning,
    /// I: for information.
    Information,
}

/// One `acknowledgementDetail`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// How grave it is.
    pub severity: DetailSeverity,
    /// A code and its display name, where one is known.
    pub code: Option<(Code, String)>,
    /// The text for people.
    pub text: String,
    /// XPath of the place, where one is known.
    pub location: Option<String>,
}

/// An acknowledgement of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The answer's interaction, which also names its element.
    pub interaction: String,
    /// The answer's own identifier.
    pub message_id: InstanceId,
    /// When it was made.
    pub created: Timestamp,
    /// `processingCode`: D in tests.
    pub processing_code: String,
    /// OID of the party that it goes to.
    pub receiver: String,
    /// OID of the party that it comes from.
    pub sender: String,
    pub code: AcknowledgementCode,
    /// Identifier of the message answered.
    pub target: InstanceId,
    /// Errors, warnings and information.
    pub details: Vec<Detail>,
}

impl Acknowledgement {
    /// The message element, without XML declaration.
    pub fn write(&self) -> String {
        self.written_with("")
    }

    pub(super) fn written_with(&self, control_act: &str) -> String {
        let name = Escaped(&self.interaction);
        format!(
            "<{name} xmlns=\"{HL7}\" ITSVersion=\"XML_1.0\">{id}<creationTime value=\"{created}\"/>\
             <interactionId root=\"{INTERACTIONS}\" extension=\"{name}\"/><processingCode code=\"{processing}\"/>\
             <processingModeCode code=\"T\"/><acceptAckCode code=\"NE\"/>{receiver}{sender}\
             <acknowledgement><typeCode code=\"{code}\"/><targetMessage>{target}</targetMessage>{details}\
             </acknowledgement>{control_act}</{name}>",
            id = instance_id("id", &self.message_id),
            created = Hl7Time::write(self.created),
            processing = Escaped(&self.processing_code),
            receiver = party("receiver", "RCV", &self.receiver),
            sender = party("sender", "SND", &self.sender),
            code = self.code.written(),
            target = instance_id("id", &self.target),
            details = self.details.iter().map(Detail::written).collect::<String>(),
        )
    }
}

impl Detail {
    fn written(&self) -> String {
        let severity = match self.severity {
            DetailSeverity::Error => "E",
            DetailSeverity::Warning => "W",
            DetailSeverity::Information => "I",
        };
        let code = self.code.as_ref().map(|(code, display)| displayed("code", code, display)).unwrap_or_default();
        let location = self.location.as_deref().map(Escaped);
        let location = location.map(|path| format!("<location>{path}</location>")).unwrap_or_default();
        let text = Escaped(&self.text);
        format!(
            "<acknowledgementDetail typeCode=\"{severity}\">{code}<text>{text}</text>{location}</acknowledgementDetail>"
        )
    }
}

impl AcknowledgementCode {
    fn written(self) -> &'static str {
        match self {
            Self::Accepted => "AA",
            Self::Error => "AE",
            Self::Rejected => "AR",
            Self::Unknown => "XX",
        }
    }
}

fn party(name: &str, type_code: &str, oid: &str) -> String {
    format!(
        "<{name} typeCode=\"{type_code}\"><device classCode=\"DEV\" determinerCode=\"INSTANCE\"><id root=\"{}\"/>\
         </device></{name}>",
        Escaped(oid)
    )
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Acknowledgement, AcknowledgementCode, Code, Detail, DetailSeverity, InstanceId, Timestamp};
    use crate::wire::hl7::read_message;
    use crate::wire::xml::ReadLimits;

    pub fn id(root: &str, extension: &str) -> InstanceId {
        InstanceId { root: root.into(), extension: extension.into() }
    }

    pub fn acknowledgement(details: Vec<Detail>) -> Acknowledgement {
        Acknowledgement {
            interaction: "MCCI_IN000002UV01".into(),
            message_id: id("1.2.246.556.99999.1", "5"),
            created: Timestamp::from_second(1_795_000_000).expect("time"),
            processing_code: "D".into(),
            receiver: "1.2.246.10.99999991.10.0".into(),
            sender: "1.2.246.556.99999.1".into(),
            code: AcknowledgementCode::Error,
            target: id("1.2.246.10.99999991.10.0", "1000001"),
            details,
        }
    }

    #[test]
    fn details_are_escaped_and_carry_code_and_place() {
        let detail = Detail {
            severity: DetailSeverity::Error,
            code: Some((Code::new("4Y00007", "1.2.246.537.5.40112.2006"), "Virhe sanoman eheydessä.".into())),
            text: "[json-invalid] <b> & \"c\"\u{1}".into(),
            location: Some("/a[@b='c']".into()),
        };
        let written = acknowledgement(vec![detail]).write();
        let document = roxmltree::Document::parse(&written).expect("well-formed");
        let text = |name: &str| {
            document.descendants().find(|node| node.tag_name().name() == name).and_then(|node| node.text())
        };
        assert_eq!(text("text"), Some("[json-invalid] <b> & \"c\"\u{FFFD}"));
        assert_eq!(text("location"), Some("/a[@b='c']"));
        let code = document.descendants().find(|node| node.attribute("code") == Some("4Y00007")).expect("code");
        assert_eq!(code.attribute("displayName"), Some("Virhe sanoman eheydessä."));
    }

    #[test]
    fn an_acknowledgement_has_the_elements_of_its_shape_in_order() {
        let written = acknowledgement(Vec::new()).write();
        let document = roxmltree::Document::parse(&written).expect("well-formed");
        let names: Vec<_> = document.root_element().children().map(|node| node.tag_name().name()).collect();
        let expected = [
            "id",
            "creationTime",
            "interactionId",
            "processingCode",
            "processingModeCode",
            "acceptAckCode",
            "receiver",
            "sender",
            "acknowledgement",
        ];
        assert_eq!(names, expected);
        let frame = read_message(written.as_bytes(), &ReadLimits::default()).expect("message").frame;
        assert_eq!(frame.message_id.map(|id| id.value), Some(id("1.2.246.556.99999.1", "5")));
        assert_eq!(frame.interaction.map(|id| id.value.extension).as_deref(), Some(frame.root.as_str()));
    }
}
