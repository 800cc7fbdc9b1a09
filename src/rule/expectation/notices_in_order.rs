//! Notices that waited reach Kanta in the order of the disclosures.

use serde_json::Value;

use super::{ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::evidence::ActionRecord;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "notices-in-order"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "notices-in-order",
    sentence: "notices reach Kanta in the order in which the system told their identifiers",
    members: &[],
    codes: &[FindingCode::NoticesOutOfOrder],
    read: read_members,
};

/// The notices whose identifiers the system told reached Kanta in the order in which it told them.
#[derive(Debug)]
struct NoticeOrder;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(NoticeOrder))
}

impl Expected for NoticeOrder {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// Another order of arrival is a finding; a notice that did not arrive is no matter of this rule.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(snapshot) = evidence.snapshot else { return };
        let told: Vec<&str> = evidence.actions.iter().flat_map(|action| identifiers(action)).collect();
        let arrived: Vec<&str> =
            snapshot.notices.iter().map(String::as_str).filter(|notice| told.contains(notice)).collect();
        let expected: Vec<&str> = told.into_iter().filter(|notice| arrived.contains(notice)).collect();
        if arrived != expected {
            out.add_for_step(
                FindingCode::NoticesOutOfOrder,
                step,
                Said::value(expected.join(", ")),
                Said::value(arrived.join(", ")),
            );
        }
    }
}

/// Identifiers of the notices that a recording of disclosures told.
fn identifiers(action: &ActionRecord) -> impl Iterator<Item = &str> {
    let notices = action.result.get("notices").filter(|_| action.action == "record-disclosures");
    let notices = notices.and_then(Value::as_array).into_iter().flatten();
    notices.filter_map(|notice| notice.get("notice-id")?.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::NoticeOrder;
    use crate::domain::ActionOutcome;
    use crate::evidence::{ActionRecord, Snapshot};
    use crate::profile::Profile;
    use crate::rule::expectation::{Expected, ScenarioEvidence};
    use crate::rule::{Catalogue, Findings, Strictness};
    use crate::source::SourceFile;

    fn recorded(notice: &str) -> ActionRecord {
        ActionRecord {
            scenario: String::new(),
            step: notice.to_owned(),
            action: "record-disclosures".to_owned(),
            key: String::new(),
            parameters: json!({}),
            started: jiff::Timestamp::UNIX_EPOCH,
            ended: jiff::Timestamp::UNIX_EPOCH,
            outcome: ActionOutcome::Failed,
            result: json!({"notices": [{"key": "a", "notice-id": notice, "permanent-id": null}]}),
            message: String::new(),
        }
    }

    /// How many findings this order of arrival gives, after disclosures 1, 2 and 3.
    fn findings(arrived: &[&str]) -> usize {
        let requirements = SourceFile::new("requirements", include_str!("../../../catalogue/requirements.toml"));
        let kinds = SourceFile::new("findings", include_str!("../../../catalogue/findings.toml"));
        let catalogue = Catalogue::read(&requirements, &kinds).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let actions = ["1", "2", "3"].map(recorded);
        let notices = arrived.iter().map(|&notice| notice.to_owned()).collect();
        let snapshot = Snapshot { notices, ..Snapshot::default() };
        let (exchanges, names) = (vec![], BTreeMap::new());
        let profile = Profile::read(&Profile::built_in()).expect("built in");
        let evidence = ScenarioEvidence {
            exchanges,
            actions: actions.iter().collect(),
            logs: vec![],
            snapshot: Some(&snapshot),
            names,
            controllers: BTreeMap::new(),
            profile: &profile,
        };
        let mut out = Findings::new(&catalogue, Strictness::Warn);
        NoticeOrder.judge("3", &evidence, &mut out);
        out.into_list().len()
    }

    #[test]
    fn another_order_is_a_finding_and_a_missing_or_strange_notice_is_not() {
        for right in [&["1", "2", "3"][..], &["1", "3"], &["1", "strange", "2"], &[]] {
            assert_eq!(findings(right), 0, "{right:?}");
        }
        for wrong in [&["3", "2", "1"][..], &["1", "3", "2"], &["2", "1"]] {
            assert_eq!(findings(wrong), 1, "{wrong:?}");
        }
    }
}
