//! Answers to queries.

use super::element::{coded, instance_id, valued};
use super::{Acknowledgement, Summary};
use crate::domain::Code;
use crate::wire::b64;
use crate::wire::hl7::InstanceId;
use crate::wire::xml::Escaped;

/// What became of a query (HL7 table QueryResponse).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryResponseCode {
    /// OK: data found.
    Found,
    /// NF: nothing found.
    NothingFound,
    /// AE: the query could not be carried out.
    ApplicationError,
    /// QE: a parameter is wrong.
    ParameterError,
}

/// An answer to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryAnswer {
    /// The transmission wrapper and the acknowledgement.
    pub acknowledgement: Acknowledgement,
    /// What was found, as far as this answer carries it.
    pub documents: Vec<AnsweredDocument>,
    /// The summary, in place of documents.
    pub summary: Option<Summary>,
    /// `queryId` of the query, where it had one.
    pub query_id: Option<InstanceId>,
    /// What became of it.
    pub response_code: QueryResponseCode,
    pub total: usize,
    /// Documents in this answer.
    pub current: usize,
    /// Documents not in this answer.
    pub remaining: usize,
    /// `queryByParameter` as [`crate::wire::hl7::Query::written`] has it; empty where the query had none.
    pub echoed: String,
}

/// One document of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredDocument {
    /// OID of the version.
    pub id: String,
    pub register: Option<Code>,
    pub status: String,
    /// HL7 time.
    pub effective_time: Option<String>,
    /// OID of the first version.
    pub set_id: String,
    /// Number of the version.
    pub version: String,
    /// Completion code, LA for legally authenticated.
    pub completion: Option<Code>,
    /// Storage code, AC for active.
    pub storage: Option<Code>,
    pub clients: Vec<AnsweredClient>,
    /// OID of the controller.
    pub custodian: String,
    /// The MIME package with the CDA document and its attachments, in answers with content.
    pub package: Option<Vec<u8>>,
}

/// A client of an answered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredClient {
    /// Identity code or temporary identifier.
    pub id: InstanceId,
    pub gender: Option<Code>,
    pub birth_time: Option<String>,
}

impl QueryAnswer {
    /// The message element, without XML declaration.
    pub fn write(&self) -> String {
        let documents: String = self.documents.iter().map(AnsweredDocument::written).collect();
        let subjects = documents + &self.summary.as_ref().map(Summary::written).unwrap_or_default();
        let query_id = self.query_id.as_ref().map(|id| instance_id("queryId", id)).unwrap_or_default();
        let act = format!(
            "<controlActProcess classCode=\"CACT\" moodCode=\"EVN\">{subjects}<queryAck>{query_id}\
             <statusCode code=\"{status}\"/><queryResponseCode code=\"{code}\"/>\
             <resultTotalQuantity value=\"{total}\"/><resultCurrentQuantity value=\"{current}\"/>\
             <resultRemainingQuantity value=\"{remaining}\"/></queryAck>{echoed}</controlActProcess>",
            status = self.response_code.status(),
            code = self.response_code.written(),
            total = self.total,
            current = self.current,
            remaining = self.remaining,
            echoed = self.echoed,
        );
        self.acknowledgement.written_with(&act)
    }
}

impl AnsweredDocument {
    fn written(&self) -> String {
        format!(
            "<subject><clinicalDocument classCode=\"DOCCLIN\" moodCode=\"EVN\"><id root=\"{id}\"/>{register}{text}\
             <statusCode code=\"{status}\"/>{effective_time}<setId root=\"{set_id}\"/><versionNumber value=\"{version}\"/>\
             {completion}{storage}{clients}<custodian typeCode=\"CST\"><assignedCustodian classCode=\"ASSIGNED\">\
             <representedOrganization classCode=\"ORG\" determinerCode=\"INSTANCE\"><id root=\"{custodian}\"/>\
             </representedOrganization></assignedCustodian></custodian></clinicalDocument></subject>",
            id = Escaped(&self.id),
            register = written_code("code", self.register.as_ref()),
            text = self.package.as_deref().map(packed).unwrap_or_default(),
            status = Escaped(&self.status),
            effective_time =
                self.effective_time.as_deref().map(|time| valued("effectiveTime", time)).unwrap_or_default(),
            set_id = Escaped(&self.set_id),
            version = Escaped(&self.version),
            completion = written_code("completionCode", self.completion.as_ref()),
            storage = written_code("storageCode", self.storage.as_ref()),
            clients = self.clients.iter().map(AnsweredClient::written).collect::<String>(),
            custodian = Escaped(&self.custodian),
        )
    }
}

impl AnsweredClient {
    fn written(&self) -> String {
        format!(
            "<recordTarget typeCode=\"RCT\"><patient classCode=\"PAT\">{id}<statusCode code=\"normal\"/>\
             <patientPerson classCode=\"PSN\" determinerCode=\"INSTANCE\">{gender}{birth_time}</patientPerson>\
             </patient></recordTarget>",
            id = instance_id("id", &self.id),
            gender = written_code("administrativeGenderCode", self.gender.as_ref()),
            birth_time = self.birth_time.as_deref().map(|time| valued("birthTime", time)).unwrap_or_default(),
        )
    }
}

impl QueryResponseCode {
    fn written(self) -> &'static str {
        match self {
            Self::Found => "OK",
            Self::NothingFound => "NF",
            Self::ApplicationError => "AE",
            Self::ParameterError => "QE",
        }
    }

    fn status(self) -> &'static str {
        match self {
            Self::Found | Self::NothingFound => "deliveredResponse",
            Self::ApplicationError | Self::ParameterError => "aborted",
        }
    }
}

fn written_code(name: &str, code: Option<&Code>) -> String {
    code.map(|code| coded(name, &code.code, &code.system)).unwrap_or_default()
}

/// The `text` element with this MIME package in Base64.
fn packed(package: &[u8]) -> String {
    let package = b64::encode(package);
    format!("<text mediaType=\"multipart/related\" representation=\"B64\">{package}</text>")
}

#[cfg(test)]
mod tests {
    use super::super::acknowledgement::tests::{acknowledgement, id};
    use super::{AnsweredClient, AnsweredDocument, Code, QueryAnswer, QueryResponseCode};
    use crate::wire::hl7::{Contents, PackageForm, read_message};
    use crate::wire::mime;
    use crate::wire::xml::ReadLimits;

    fn answer(echoed: &str) -> QueryAnswer {
        let document = AnsweredDocument {
            id: "1.2.3".into(),
            register: Some(Code::new("1", "1.2.246.537.6.1264.201701")),
            status: "COMPLETED".into(),
            effective_time: Some("20261120100000+0200".into()),
            set_id: "1.2.2".into(),
            version: "2".into(),
            completion: Some(Code::new("LA", "1.2.1")),
            storage: Some(Code::new("AC", "1.2.2")),
            clients: vec![AnsweredClient {
                id: id("1.2.246.21", "010181-900C"),
                gender: Some(Code::new("2", "1.2.3")),
                birth_time: Some("19810101".into()),
            }],
            custodian: "1.2.246.10.99999991.10.0".into(),
            package: Some(mime::pack(b"<ClinicalDocument/>")),
        };
        QueryAnswer {
            acknowledgement: acknowledgement(Vec::new()),
            documents: vec![document],
            summary: None,
            query_id: Some(id("1.2", "q")),
            response_code: QueryResponseCode::Found,
            total: 3,
            current: 1,
            remaining: 2,
            echoed: echoed.into(),
        }
    }

    #[test]
    fn an_answered_document_reads_back_as_it_was() {
        let frame = read_message(answer("").write().as_bytes(), &ReadLimits::default()).expect("message").frame;
        let Contents::Document(document) = frame.contents else { panic!("no document") };
        let text = |placed: &Option<crate::wire::LocatedValue<String>>| {
            placed.as_ref().map(|placed| placed.value.clone()).unwrap_or_default()
        };
        assert_eq!([text(&document.id), text(&document.set_id), text(&document.version)], ["1.2.3", "1.2.2", "2"]);
        assert_eq!(
            [text(&document.status), text(&document.completion), text(&document.storage)],
            ["COMPLETED", "LA", "AC"]
        );
        assert_eq!(text(&document.custodian), "1.2.246.10.99999991.10.0");
        assert_eq!([text(&document.clients[0].gender), text(&document.clients[0].birth_time)], ["2", "19810101"]);
        let package = document.package.expect("package").value.expect("readable");
        assert_eq!((package.form, package.document.as_slice()), (PackageForm::Mime, b"<ClinicalDocument/>".as_slice()));
    }

    #[test]
    fn the_query_is_acknowledged_and_echoed_behind_the_documents() {
        let written = answer("<q:queryByParameter xmlns:q=\"urn:hl7-org:v3\"/>").write();
        let document = roxmltree::Document::parse(&written).expect("well-formed");
        let act = document.root_element().last_element_child().expect("control act");
        let names: Vec<_> = act.children().map(|node| node.tag_name().name()).collect();
        assert_eq!(names, ["subject", "queryAck", "queryByParameter"]);
        let acknowledged = act.children().nth(1).expect("queryAck");
        let values: Vec<_> =
            acknowledged.children().filter_map(|node| node.attribute("code").or(node.attribute("value"))).collect();
        assert_eq!(values, ["deliveredResponse", "OK", "3", "1", "2"]);
    }
}
