//! Of those beside the controller one is told to be the recipient, a contained party with an identifier or a name.

use super::parties::{has_others, recipients};
use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::NoticeRecipientUnclear;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "recipient-unclear",
    requirement: "DIS-31",
    sentence: "Of those beside the controller one is told to be the recipient, a contained party with an identifier \
               or a name.",
    codes: &[CODE],
    judge,
};

/// Who of the others is the recipient is told by what the profile assumes.
fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let rules = &case.context.profile.notice.role;
    for notice in case.notices().filter(|notice| has_others(notice, rules)) {
        if recipients(notice, rules).next().is_none() {
            let spot = in_bundle(format!("{}/agent", notice.resource()));
            findings.add(CODE, &spot, said::a_recipient(), said::none());
        }
        for agent in recipients(notice, rules).filter(|agent| agent.identifier.is_none() && agent.name.is_none()) {
            let actual = if agent.party.is_some() { said::neither() } else { said::no_contained_party() };
            let spot = in_bundle(format!("{}/who", agent.spot.path));
            findings.add(CODE, &spot, said::a_contained_party_with_an_identifier_or(), actual);
        }
    }
}
