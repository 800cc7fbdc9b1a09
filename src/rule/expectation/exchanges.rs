//! So many messages of an operation arrive during a step, and Kanta answers them so.

use std::collections::BTreeSet;

use super::member::FINDING;
use super::{ExpectationKind, Expected, Member, MemberReader, ReadExchange, ScenarioEvidence};
use crate::domain::Operation;
use crate::rule::{FindingCode, Findings};

/// What `see = "exchanges"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "exchanges",
    sentence: "so many messages of an operation arrive in the step; one sent again counts once",
    members: &[
        OPERATION.description,
        ANSWERED.description,
        COUNT.description,
        AT_LEAST.description,
        AT_MOST.description,
        MARKED.description,
        FINDING.description,
    ],
    codes: &[FindingCode::MarkerMissing],
    read: read_members,
};

const OPERATION: Member<String> = Member::one_of("operation", Operation::NAMES, "what the messages ask of Kanta");
const ANSWERED: Member<String> = Member::one_of(
    "answered",
    &["accepted", "refused", "any"],
    "how Kanta answers them; accepted where nothing is said",
)
.optional();
const COUNT: Member<usize> = Member::number("count", 0, "so many and no more").optional();
const AT_LEAST: Member<usize> = Member::number("at-least", 0, "so many or more").optional();
const AT_MOST: Member<usize> = Member::number("at-most", 0, "so many or fewer").optional();
const MARKED: Member<bool> = Member::flag("marked", "whether each holds the marker of the step").optional();

/// So many messages of an operation arrive during a step. A message sent again counts once.
#[derive(Debug)]
struct Exchanges {
    /// The operation.
    operation: Operation,
    /// Whether Kanta does what they ask; `None` where either will do.
    accepted: Option<bool>,
    /// At least so many.
    at_least: usize,
    /// At most so many, where there is a bound.
    at_most: Option<usize>,
    /// Whether each must hold the marker of the step.
    marked: bool,
    /// The finding when the number differs.
    finding: FindingCode,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    let (at_least, at_most) = bounds(members)?;
    let accepted = match members.get(&ANSWERED).as_deref() {
        None | Some("accepted") => Some(true),
        Some("refused") => Some(false),
        Some(_) => None,
    };
    Some(Box::new(Exchanges {
        operation: Operation::named(&members.get(&OPERATION)?)?,
        accepted,
        at_least,
        at_most,
        marked: members.get(&MARKED).unwrap_or(false),
        finding: members.get(&FINDING)?,
    }))
}

/// The fewest and the most messages that are right.
fn bounds(members: &mut MemberReader<'_>) -> Option<(usize, Option<usize>)> {
    match (members.get(&COUNT), members.get(&AT_LEAST), members.get(&AT_MOST)) {
        (Some(count), None, None) => return Some((count, Some(count))),
        (Some(_), _, _) => members.mistake(&COUNT, "`count` goes with no other bound", "keep one of them"),
        (None, None | Some(0), None) => {
            members.mistake_of_all("any number will do: it could never fail", "add count, at-least or at-most");
        }
        (None, least, Some(most)) if least.is_some_and(|least| most < least) => {
            members.mistake_of_all("at-most is under at-least: it could never pass", "correct the bounds");
        }
        (None, least, most) => return Some((least.unwrap_or(0), most)),
    }
    None
}

impl Expected for Exchanges {
    fn codes(&self) -> Vec<FindingCode> {
        vec![self.finding]
    }

    /// Another number of messages than expected is a finding, and so is one without the marker.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let seen: Vec<_> = evidence.of_step(step).filter(|read| self.wanted(read)).collect();
        let ids: BTreeSet<_> = seen.iter().map(|read| message_key(read)).collect();
        if ids.len() < self.at_least || self.at_most.is_some_and(|most| ids.len() > most) {
            let actual = format!("{} {}", ids.len(), self.operation.name());
            out.add_for_step(self.finding, step, self.wording(), actual);
        } else if self.marked {
            judge_markers(step, evidence, &seen, out);
        }
    }
}

impl Exchanges {
    fn wanted(&self, read: &ReadExchange<'_>) -> bool {
        let is_answered_so = self.accepted.is_none_or(|accepted| accepted == read.exchange.accepted);
        is_answered_so && read.exchange.operation == self.operation
    }

    fn wording(&self) -> String {
        match self.at_most {
            Some(most) if most == self.at_least => format!("{most} {}", self.operation.name()),
            Some(most) => format!("{}–{most} {}", self.at_least, self.operation.name()),
            None => format!("≥ {} {}", self.at_least, self.operation.name()),
        }
    }
}

fn judge_markers(step: &str, evidence: &ScenarioEvidence<'_>, seen: &[&ReadExchange<'_>], out: &mut Findings<'_>) {
    let Some(name) = evidence.names.get(step) else { return };
    if !seen.iter().all(|read| read.holds(&name.marker)) {
        out.add_for_step(FindingCode::MarkerMissing, step, name.marker.as_str(), "—");
    }
}

fn message_key(read: &ReadExchange<'_>) -> String {
    read.exchange.message_id.clone().unwrap_or_else(|| format!("#{}", read.exchange.number))
}
