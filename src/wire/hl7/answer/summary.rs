//! The summary of what the archive holds of a client (kooste). No public source tells its shape: this one is
//! the harness's own, in a namespace of its own.

use super::element::optional_attribute;
use crate::wire::xml::Escaped;

/// Namespace of the summary.
pub const SUMMARY: &str = "https://kantakoe.invalid/ns/summary";

/// A summary: client relationships with their matters, and what each holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    pub relationships: Vec<SummedRelationship>,
}

/// A client relationship of a summary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SummedRelationship {
    /// Its identifier; `None` for documents that name none.
    pub id: Option<String>,
    /// OID of the controller.
    pub controller: String,
    pub matters: Vec<SummedMatter>,
}

/// A matter of a summary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SummedMatter {
    /// Its identifier; `None` for documents that belong to the relationship itself.
    pub id: Option<String>,
    /// Its documents by group and type.
    pub documents: Vec<SummedDocuments>,
}

/// Documents of one group and type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SummedDocuments {
    /// Code of the document group.
    pub group: String,
    /// Code of the document type, the specific one where there is one.
    pub document_type: Option<String>,
    /// How many documents, each in its newest version.
    pub count: usize,
    /// OID of the newest version of the latest document.
    pub latest: String,
    pub latest_time: String,
}

impl Summary {
    pub(super) fn written(&self) -> String {
        let relationships: String = self.relationships.iter().map(SummedRelationship::written).collect();
        format!("<subject><summary xmlns=\"{SUMMARY}\">{relationships}</summary></subject>")
    }
}

impl SummedRelationship {
    fn written(&self) -> String {
        let matters: String = self.matters.iter().map(SummedMatter::written).collect();
        let (id, controller) = (optional_attribute("id", self.id.as_deref()), Escaped(&self.controller));
        format!("<clientRelationship{id} controller=\"{controller}\">{matters}</clientRelationship>")
    }
}

impl SummedMatter {
    /// What belongs to the relationship itself stands in it directly.
    fn written(&self) -> String {
        let documents: String = self.documents.iter().map(SummedDocuments::written).collect();
        match &self.id {
            Some(id) => format!("<matter id=\"{}\">{documents}</matter>", Escaped(id)),
            None => documents,
        }
    }
}

impl SummedDocuments {
    fn written(&self) -> String {
        format!(
            "<documents group=\"{group}\"{kind} count=\"{count}\" latest=\"{latest}\" latestTime=\"{time}\"/>",
            group = Escaped(&self.group),
            kind = optional_attribute("type", self.document_type.as_deref()),
            count = self.count,
            latest = Escaped(&self.latest),
            time = Escaped(&self.latest_time),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{SUMMARY, Summary, SummedDocuments, SummedMatter, SummedRelationship};

    #[test]
    fn what_has_no_matter_stands_in_its_relationship() {
        let documents = |latest: &str, document_type: Option<&str>| SummedDocuments {
            group: "5".to_owned(),
            document_type: document_type.map(str::to_owned),
            count: 2,
            latest: latest.to_owned(),
            latest_time: "20261120".to_owned(),
        };
        let matter =
            |id: Option<&str>, documents| SummedMatter { id: id.map(str::to_owned), documents: vec![documents] };
        let summary = Summary {
            relationships: vec![SummedRelationship {
                id: None,
                controller: "1.2 & 3".to_owned(),
                matters: vec![matter(None, documents("1.4", None)), matter(Some("1.5"), documents("1.6", Some("19")))],
            }],
        };
        let written = summary.written();
        let document = roxmltree::Document::parse(&written).expect("well-formed");
        let paths = document.descendants().filter(|node| node.has_tag_name((SUMMARY, "documents"))).map(|node| {
            let parent = node.parent().expect("parent").tag_name().name().to_owned();
            (parent, node.attribute("latest").unwrap_or_default().to_owned(), node.attribute("type").is_some())
        });
        let expected = [("clientRelationship", "1.4", false), ("matter", "1.6", true)];
        assert_eq!(
            paths.collect::<Vec<_>>(),
            expected.map(|(parent, id, typed)| (parent.to_owned(), id.to_owned(), typed))
        );
    }
}
