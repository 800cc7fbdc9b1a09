//! The header carries every element that the profile requires of its document group.

use crate::profile::{HeaderElement, RequiredElement};
use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};
use crate::wire::Placed;
use crate::wire::cda::{ClinicalDocument, LocalHeader};

pub const HEADER_ELEMENTS: Rule = Rule {
    sentence: "The header carries every element that the profile requires of its document group.",
    codes: &["header-element-missing"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(document) = subject.document else { return };
    let group = subject.group();
    for row in subject.context.profile.required_element.iter().filter(|row| concerns(row, group)) {
        let (step, holds) = match (local(row.element), &document.header) {
            (Some(_), None) => continue,
            (Some((step, holds)), Some(header)) => (step, holds(header)),
            (None, _) => standard(row.element, document),
        };
        if !holds {
            let parent = document.header.as_ref().filter(|_| local(row.element).is_some());
            let spot = under(parent.map_or(&document.spot, |header| &header.spot), step);
            findings.add("header-element-missing", &spot, step, NOTHING);
        }
    }
}

fn concerns(row: &RequiredElement, group: Option<&str>) -> bool {
    row.groups.is_empty() || group.is_some_and(|group| row.groups.iter().any(|listed| listed == group))
}

/// An element of CDA R2 itself: its path, and whether the document has it.
fn standard(element: HeaderElement, document: &ClinicalDocument) -> (&'static str, bool) {
    let number = |version: &Placed<String>| version.parse::<u32>().is_ok_and(|version| version > 0);
    let matter = "componentOf/encompassingEncounter/id";
    match element {
        HeaderElement::Id => ("id", document.id.is_some()),
        HeaderElement::Code => ("code", document.document_type.is_some()),
        HeaderElement::EffectiveTime => ("effectiveTime", document.effective_time.is_some()),
        HeaderElement::ConfidentialityCode => ("confidentialityCode", document.confidentiality.is_some()),
        HeaderElement::LanguageCode => ("languageCode", document.language.is_some()),
        HeaderElement::SetId => ("setId", document.set_id.is_some()),
        HeaderElement::VersionNumber => ("versionNumber", document.version.as_ref().is_some_and(number)),
        HeaderElement::RecordTarget => ("recordTarget", document.clients.iter().any(|client| client.id.is_some())),
        HeaderElement::Author => ("author/assignedAuthor/id", document.author.is_some()),
        HeaderElement::Custodian => ("custodian", document.custodian.is_some()),
        HeaderElement::EncompassingEncounter => (matter, document.matter.is_some()),
        HeaderElement::NonXmlBody => ("component/nonXMLBody", document.body.is_some()),
        _ => ("localSocialHeader", document.header.is_some()),
    }
}

type Holds = fn(&LocalHeader) -> bool;

/// An element of `localSocialHeader`: its name, and whether a header has it.
fn local(element: HeaderElement) -> Option<(&'static str, Holds)> {
    let row: (&'static str, Holds) = match element {
        HeaderElement::SpecificDocumentType => ("specificDocumentType", |header| header.specific_type.is_some()),
        HeaderElement::CreationTime => ("creationTime", |header| header.creation_time.is_some()),
        HeaderElement::FileFormat => ("fileFormat", |header| header.file_format.is_some()),
        HeaderElement::StructuredFileFormat => ("structuredFileFormat", |header| header.structured_format.is_some()),
        HeaderElement::SoftwareSupport => ("softwareSupport", |header| header.software.is_some()),
        HeaderElement::FunctionCode => ("functionCode", |header| header.service_task.is_some()),
        HeaderElement::RecordStatus => ("recordStatus", |header| header.record_status.is_some()),
        HeaderElement::RegistryType => ("registryType", |header| header.register.is_some()),
        HeaderElement::OutsourcingServiceCustomer => {
            ("outsourcingServiceCustomer", |header| header.organiser.is_some())
        }
        HeaderElement::TotalRetentionPeriodClass => ("totalRetentionPeriodClass", |header| header.retention.is_some()),
        HeaderElement::ContentSpecificationId => {
            ("contentSpecificationId", |header| header.content_specification.is_some())
        }
        HeaderElement::EncompassingClientRelationship => {
            ("encompassingClientRelationship", |header| header.relationship.is_some())
        }
        _ => return None,
    };
    Some(row)
}
