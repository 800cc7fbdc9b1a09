//! The summary: it counts what may be told and nothing else.

use std::collections::BTreeMap;

use super::{Pair, controller_of, id_of, person_of, scope};

/// Rows of a summary: how many documents, and the latest of them.
type Rows = Vec<(usize, String)>;

impl Pair {
    /// Asks for the summary of a person and holds it against the model.
    pub(super) async fn summarise(&mut self, person: usize, controller: Option<usize>, situation: usize) {
        let query = self
            .query(Some(person), controller, situation)
            .with("RCMR_IN000031UV01", "RCMR_IN000029UV01")
            .with("\"search-documents\"", "\"search-summary\"");
        let text = self.post(query.finish(&self.identities)).await;
        let refuses = self.model.refuses(Some(person), controller, situation);
        let counted = if refuses { Vec::new() } else { self.counted(person, controller, situation) };
        assert_eq!(text.contains("<typeCode code=\"AA\"/>"), !refuses, "{text}");
        assert_eq!(rows(&text), self.summed(&counted), "{person} {controller:?} {situation}: {text}");
        self.compare_silence(&text, &counted, &"the summary");
        self.compare_log(&counted, situation);
    }

    /// The newest versions that a summary may count, in order of their numbers.
    fn counted(&self, person: usize, controller: Option<usize>, situation: usize) -> Vec<String> {
        let (newest, scope) = (&self.model.versions, scope(controller, situation));
        let wanted = |document, version| {
            person_of(document) == person
                && scope.is_none_or(|scope| controller_of(document) == scope)
                && newest[&document] == version
        };
        self.model.found(wanted, situation)
    }

    /// Their rows: all belong to one matter and are of one type, so that each controller has one row.
    fn summed(&self, counted: &[String]) -> Rows {
        let mut rows: BTreeMap<usize, (usize, String)> = BTreeMap::new();
        for (document, newest) in &self.model.versions {
            let id = id_of(*document, *newest);
            if counted.contains(&id) {
                let row = rows.entry(controller_of(*document)).or_default();
                *row = (row.0 + 1, id);
            }
        }
        let mut rows: Rows = rows.into_values().collect();
        rows.sort();
        rows
    }
}

fn rows(text: &str) -> Rows {
    let document = roxmltree::Document::parse(text).expect("well-formed");
    let rows = document.descendants().filter(|node| node.tag_name().name() == "documents");
    let own = |node: roxmltree::Node<'_, '_>, name| node.attribute(name).expect("attribute").to_owned();
    let mut rows: Rows = rows.map(|node| (own(node, "count").parse().expect("number"), own(node, "latest"))).collect();
    rows.sort();
    rows
}
