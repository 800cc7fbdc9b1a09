//! The summary is told row for row as Kanta gave it.

use serde_json::Value;

use super::comparison::ResultComparison;
use crate::domain::Operation;
use crate::wire::hl7::answer::SUMMARY;

/// The members of a row that Kanta gives, as the driver API calls them.
const MEMBERS: [&str; 6] = ["relationship", "matter", "group", "type", "count", "latest"];

type SummaryLine = [String; 6];

/// Compares the rows of the result with those of the last answer.
pub(super) fn judge(told: &mut ResultComparison<'_, '_, '_>) {
    let last = told.exchanges().filter(|one| one.accepted && one.operation == Operation::Summarise).last();
    let Some(answer) = last.and_then(|exchange| exchange.answer.as_ref()) else { return };
    let mut given = given(answer.body.bytes());
    for (number, row) in told.list("summary").iter().enumerate() {
        let shown = shown(row);
        match given.iter().position(|one| is_told(one, &shown)) {
            Some(place) => drop(given.remove(place)),
            None => told.differs(&format!("summary[{number}]"), &nearest(&given, &shown), row),
        }
    }
    for left in given {
        told.differs("summary", &left.join(" "), &Value::from("—"));
    }
}

/// The rows in Kanta's answer.
fn given(answer: &[u8]) -> Vec<SummaryLine> {
    let Ok(text) = std::str::from_utf8(answer) else { return Vec::new() };
    let Ok(document) = roxmltree::Document::parse(text) else { return Vec::new() };
    let rows = document.descendants().filter(|node| node.has_tag_name((SUMMARY, "documents")));
    let row = |node: roxmltree::Node<'_, '_>| {
        let above = |name: &str| {
            let node = node.ancestors().find(|node| node.has_tag_name((SUMMARY, name)));
            node.and_then(|node| node.attribute("id")).unwrap_or_default().to_owned()
        };
        let own = |name: &str| node.attribute(name).unwrap_or_default().to_owned();
        [above("clientRelationship"), above("matter"), own("group"), own("type"), own("count"), own("latest")]
    };
    rows.map(row).collect()
}

/// What a row of the result tells; empty where it tells nothing.
fn shown(row: &Value) -> SummaryLine {
    MEMBERS.map(|name| match &row[name] {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    })
}

/// Whether a row of the result is this one: what it leaves out is the relationship alone.
fn is_told(given: &SummaryLine, shown: &SummaryLine) -> bool {
    given[1..] == shown[1..] && (shown[0].is_empty() || shown[0] == given[0])
}

/// The row of the same group, or the first one, for the reader.
fn nearest(given: &[SummaryLine], shown: &SummaryLine) -> String {
    let row = given.iter().find(|one| one[2] == shown[2]).or(given.first());
    row.map_or_else(|| "—".to_owned(), |row| row.join(" "))
}
