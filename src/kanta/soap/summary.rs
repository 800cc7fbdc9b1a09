//! The summary of what the archive holds of a client, as far as who asks may know of it.

use std::collections::BTreeMap;

use super::answers::{Addressed, Results};
use super::archive_call::{ArchiveCall, Decision};
use crate::kanta::archive::{ArchiveError, Change, DocumentOutline};
use crate::kanta::exchange::ExchangeRecord;
use crate::kanta::open_queries::Scope;
use crate::profile::{Opens, Profile};
use crate::wire::hl7::answer::{
    AcknowledgementCode, Detail, QueryResponseCode, Summary, SummedDocuments, SummedMatter, SummedRelationship,
};

/// Controller and client relationship; the latter empty where none is named.
type Relationship<'a> = (&'a str, &'a str);
/// Matter, group and type; matter and type empty where there is none.
type SummaryKey<'a> = (&'a str, &'a str, &'a str);

impl ArchiveCall<'_> {
    /// Counts the documents with these numbers, all of which may be known of now.
    pub(super) fn summarised(
        &self,
        to: &Addressed,
        details: Vec<Detail>,
        scope: &Scope,
        numbers: &[i64],
    ) -> Result<Decision, ArchiveError> {
        let (numbers, disclosures) = self.valid(numbers, scope)?;
        if !disclosures.is_empty() {
            self.core.expire_disclosures()?;
        }
        let outlines = self.core.archive.outlines(&numbers)?;
        let summary = summary(&outlines, &self.core.profile);
        let rows = summary.relationships.iter().flat_map(|one| &one.matters).flat_map(|matter| &matter.documents);
        let handed_out = rows.map(|row| row.latest.clone()).collect();
        let found = usize::from(!outlines.is_empty());
        let code = if found == 0 { QueryResponseCode::NothingFound } else { QueryResponseCode::Found };
        let results = Results { summary: (found > 0).then_some(summary), total: found, ..Results::none(code) };
        Ok(Decision {
            record: ExchangeRecord { accepted: true, handed_out, ..self.blank_record() },
            change: Change::GivenOut { handed_out: Vec::new(), disclosures },
            answer: self.answered(to, AcknowledgementCode::Accepted, details, results),
        })
    }
}

/// The summary of documents that come oldest first.
fn summary(outlines: &[DocumentOutline], profile: &Profile) -> Summary {
    let matters = relationships_of_matters(outlines, profile);
    let mut counted: BTreeMap<Relationship<'_>, BTreeMap<SummaryKey<'_>, SummedDocuments>> = BTreeMap::new();
    for outline in outlines {
        let (relationship, matter) = above(outline, &matters, profile);
        let kind = (matter, outline.group.as_str(), outline.document_type.as_deref().unwrap_or_default());
        let row = counted.entry((&outline.controller, relationship)).or_default().entry(kind).or_default();
        row.group.clone_from(&outline.group);
        row.document_type.clone_from(&outline.document_type);
        row.count += 1;
        row.latest.clone_from(&outline.id);
        row.latest_time.clone_from(&outline.effective_text);
    }
    let relationships = counted.into_iter().map(|((controller, id), kinds)| SummedRelationship {
        id: named(id),
        controller: controller.to_owned(),
        matters: by_matter(kinds),
    });
    Summary { relationships: relationships.collect() }
}

fn by_matter(kinds: BTreeMap<SummaryKey<'_>, SummedDocuments>) -> Vec<SummedMatter> {
    let mut matters: BTreeMap<&str, SummedMatter> = BTreeMap::new();
    for ((matter, _, _), documents) in kinds {
        let summed = matters.entry(matter).or_insert_with(|| SummedMatter { id: named(matter), documents: Vec::new() });
        summed.documents.push(documents);
    }
    matters.into_values().collect()
}

fn named(id: &str) -> Option<String> {
    (!id.is_empty()).then(|| id.to_owned())
}

/// The client relationship of each matter, as far as the matters themselves may be known of.
fn relationships_of_matters<'a>(outlines: &'a [DocumentOutline], profile: &Profile) -> BTreeMap<&'a str, &'a str> {
    let opening = outlines.iter().filter(|outline| opens(outline, profile) == Some(Opens::Matter));
    opening.filter_map(|outline| Some((outline.opens.as_deref()?, outline.relationship.as_deref()?))).collect()
}

/// The client relationship and the matter that a document belongs to, itself where it opens one.
fn above<'a>(
    outline: &'a DocumentOutline,
    matters: &BTreeMap<&'a str, &'a str>,
    profile: &Profile,
) -> (&'a str, &'a str) {
    let opened = outline.opens.as_deref();
    let relationship = outline.relationship.as_deref();
    match opens(outline, profile) {
        Some(Opens::Relationship) => (opened.or(relationship).unwrap_or_default(), ""),
        Some(Opens::Matter) => (relationship.unwrap_or_default(), opened.unwrap_or_default()),
        None => {
            let matter = outline.matter.as_deref().unwrap_or_default();
            (relationship.or(matters.get(matter).copied()).unwrap_or_default(), matter)
        }
    }
}

fn opens(outline: &DocumentOutline, profile: &Profile) -> Option<Opens> {
    profile.document_group(&outline.group).and_then(|row| row.opens)
}

#[cfg(test)]
mod tests {
    use super::{DocumentOutline, Profile, Summary, summary};

    fn outline(group: &str, id: &str, relationship: Option<&str>, matter: Option<&str>) -> DocumentOutline {
        let opens = match group {
            "1" => relationship,
            "2" => matter,
            _ => None,
        };
        DocumentOutline {
            id: id.to_owned(),
            controller: "1.2".to_owned(),
            group: group.to_owned(),
            document_type: (group == "5").then(|| "19005".to_owned()),
            matter: matter.map(str::to_owned),
            relationship: relationship.map(str::to_owned),
            opens: opens.map(str::to_owned),
            effective_text: "20261120".to_owned(),
        }
    }

    fn rows(summary: &Summary) -> Vec<String> {
        let mut rows = Vec::new();
        for relationship in &summary.relationships {
            for matter in &relationship.matters {
                for row in &matter.documents {
                    let (above, of) = (relationship.id.as_deref(), matter.id.as_deref());
                    let (above, of) = (above.unwrap_or("-"), of.unwrap_or("-"));
                    rows.push(format!("{above} {of} {} {} {}", row.group, row.count, row.latest));
                }
            }
        }
        rows
    }

    #[test]
    fn documents_stand_below_what_they_belong_to() {
        let profile = Profile::read(&Profile::built_in()).expect("profile");
        let outlines = [
            outline("1", "d1", Some("r1"), None),
            outline("2", "d2", Some("r1"), Some("m1")),
            outline("5", "d3", None, Some("m1")),
            outline("5", "d4", None, Some("m1")),
            outline("5", "d5", None, Some("m9")),
            outline("4", "d6", Some("r1"), None),
        ];
        let expected = ["- m9 5 1 d5", "r1 - 1 1 d1", "r1 - 4 1 d6", "r1 m1 2 1 d2", "r1 m1 5 2 d4"];
        assert_eq!(rows(&summary(&outlines, &profile)), expected);
        assert!(rows(&summary(&[], &profile)).is_empty());
    }
}
