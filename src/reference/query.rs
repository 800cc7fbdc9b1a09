//! Queries by parameters.

use jiff::Timestamp;
use jiff::civil::Date;

use super::basis::{Basis, situation};
use super::codes::{Coded, Codes};
use super::faults::Fault;
use super::frame::{FrameWriter, Message};
use super::settings::ReferenceSettings;
use super::xml::{Element, hl7};
use crate::domain::{HETU_ROOT, Hl7Time};

/// How many results are asked for at a time.
const QUANTITY: &str = "100";

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Documents with content.
    Documents,
    /// Metadata only.
    Metadata,
    /// One document with content.
    Document,
    /// The summary.
    Summary,
}

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Criteria {
    /// Controller (OID).
    pub controller: Option<String>,
    /// Earliest day, `YYYY-MM-DD`, or time, RFC 3339.
    pub from: Option<String>,
    /// Latest day or time.
    pub until: Option<String>,
    /// Document group, a code.
    pub document_group: Option<String>,
    /// Matter (OID).
    pub matter: Option<String>,
    /// Specific document type, a code.
    pub document_type: Option<String>,
    /// On what basis another controller's register is searched.
    pub basis: Option<Basis>,
    /// Document (OID of a version).
    #[serde(skip)]
    pub document: Option<String>,
}

impl Criteria {
    /// The one matter and the one document type that are asked for.
    pub fn narrowing(&self) -> (Option<&String>, Option<&String>) {
        (self.matter.as_ref(), self.document_type.as_ref())
    }
}

impl Asked {
    fn interaction(self, codes: &Codes) -> &str {
        match self {
            Self::Metadata | Self::Summary => &codes.interaction.search_metadata,
            Self::Documents | Self::Document => &codes.interaction.search_documents,
        }
    }

    /// Service request.
    fn request(self, codes: &Codes) -> &Coded {
        match self {
            Self::Documents => &codes.code.ask_documents,
            Self::Metadata => &codes.code.ask_metadata,
            Self::Document => &codes.code.ask_document,
            Self::Summary => &codes.code.ask_summary,
        }
    }
}

/// The message that asks for what `criteria` tell of a client.
pub fn query(writer: &FrameWriter<'_>, asked: Asked, client: &str, criteria: &Criteria) -> Message {
    let settings = writer.settings;
    let id = hl7("queryId").with("root", &settings.organisation.oid).with("extension", &writer.extension);
    let list = hl7("parameterList").holding(parameters(asked, client, criteria, settings));
    let query = hl7("queryByParameter").holding([
        id,
        hl7("statusCode").with("code", "new"),
        hl7("initialQuantity").with("value", QUANTITY),
        list,
    ]);
    let situation = situation(criteria.basis, settings);
    let codes = &settings.codes;
    writer.query(asked.interaction(codes), asked.request(codes), situation, query)
}

/// The message that asks for more of what the query with this identifier found, `start` being the first result.
pub fn continuation(writer: &FrameWriter<'_>, asked: Asked, query: &str, start: usize, criteria: &Criteria) -> Message {
    let settings = writer.settings;
    let started = !settings.deviates(Fault::ContinuationWithoutStart);
    let start = started.then(|| hl7("startResultNumber").with("value", start.to_string()));
    let continuation = hl7("queryContinuation")
        .holding([hl7("queryId").with("root", &settings.organisation.oid).with("extension", query)])
        .holding([hl7("statusCode").with("code", "waitContinuedQueryResponse")])
        .holding(start)
        .holding([hl7("continuationQuantity").with("value", QUANTITY)]);
    let situation = situation(criteria.basis, settings);
    let codes = &settings.codes;
    writer.query(&codes.interaction.continue_query, asked.request(codes), situation, continuation)
}

fn parameters(asked: Asked, client: &str, criteria: &Criteria, settings: &ReferenceSettings) -> Vec<Element> {
    let value = || hl7("value");
    let other = || value().with("root", HETU_ROOT).with("extension", client);
    let client = other();
    let root = |oid: &String| value().with("root", oid);
    let group =
        |code: &String| value().with("code", code).with("codeSystem", &settings.code().group_document.system.oid);
    let kind = |code: &String| value().with("code", code).with("codeSystem", &settings.code().specific_type.system.oid);
    let time = |text: &String| value().with("value", hl7_time(text));
    let is_search = criteria.document.is_none();
    let nameless = is_search && settings.deviates(Fault::SearchWithoutClient);
    let all_versions = is_search && asked != Asked::Summary && settings.deviates(Fault::ShowsOldVersion);
    let mistyped = is_search && settings.deviates(Fault::QueryParameterMistyped);
    let flag = if mistyped { "kyllä" } else { "true" };
    let (matter, document_type) =
        if settings.deviates(Fault::SearchWithoutCriterion) { (None, None) } else { criteria.narrowing() };
    let doubled = is_search && settings.deviates(Fault::QueryParameterUnknown);
    [
        ("patientId", (!nameless).then_some(client)),
        ("custodianId", criteria.controller.as_ref().map(root)),
        ("clinicalDocumentId", criteria.document.as_ref().map(root)),
        ("clinicalDocumentGroup", criteria.document_group.as_ref().map(group)),
        ("clinicalDocumentCode", document_type.map(kind)),
        ("encounterId", matter.map(root)),
        ("effectiveTimeLow", criteria.from.as_ref().map(time)),
        ("effectiveTimeHigh", criteria.until.as_ref().map(time)),
        ("allVersions", (all_versions || mistyped).then(|| value().with("value", flag))),
        ("personId", doubled.then(other)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(hl7(name).holding([value?])))
    .collect()
}

/// A day or an instant as HL7 writes it; any other text as it is, for Kanta to judge.
fn hl7_time(text: &str) -> String {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Hl7Time::write(instant);
    }
    text.parse::<Date>().map_or_else(|_| text.to_owned(), |day| day.strftime("%Y%m%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::hl7_time;

    #[test]
    fn days_and_instants_become_hl7_times() {
        assert_eq!(hl7_time("2026-11-20"), "20261120");
        assert_eq!(hl7_time("2026-11-20T08:00:00Z"), "20261120100000+0200");
        assert_eq!(hl7_time("sometime"), "sometime");
    }
}
