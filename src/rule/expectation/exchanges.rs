//! So many messages of an operation arrive during a step, and Kanta answers them so.

use std::collections::BTreeSet;

use super::member::FINDING;
use super::{ExpectationKind, Expected, Member, MemberReader, ReadExchange, ScenarioEvidence};
use crate::domain::Operation;
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

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

    fn proves(&self) -> Vec<Operation> {
        if self.at_least > 0 { vec![self.operation] } else { Vec::new() }
    }

    fn rests_on(&self) -> Option<Operation> {
        (self.at_least == 0).then_some(self.operation)
    }

    /// Another number of messages than expected is a finding, and so is one without the marker.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let seen: Vec<_> = evidence.of_step(step).filter(|read| self.wanted(read)).collect();
        let ids: BTreeSet<_> = seen.iter().map(|read| message_key(read)).collect();
        if ids.len() < self.at_least || self.at_most.is_some_and(|most| ids.len() > most) {
            let expected = counted(self.operation, self.bounds());
            out.add_for_step(self.finding, step, expected, counted(self.operation, ids.len()));
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

    /// How many are right: `2`, `1–2` or `≥ 1`.
    fn bounds(&self) -> String {
        match self.at_most {
            Some(most) if most == self.at_least => most.to_string(),
            Some(most) => format!("{}–{most}", self.at_least),
            None => format!("≥ {}", self.at_least),
        }
    }
}

/// So many messages of an operation.
pub(super) fn counted(operation: Operation, number: impl Into<Said>) -> Said {
    match operation {
        Operation::Store => said::store(number),
        Operation::Correct => said::correct(number),
        Operation::Nullify => said::nullify(number),
        Operation::SearchDocuments => said::search_documents(number),
        Operation::SearchMetadata => said::search_metadata(number),
        Operation::Retrieve => said::retrieve(number),
        Operation::Summarise => said::summarise(number),
        Operation::ContinueQuery => said::continue_query(number),
        Operation::StoreNotice => said::store_notice(number),
        Operation::StoreDeclaration => said::store_declaration(number),
        Operation::SendForm => said::send_form(number),
        Operation::Unknown => number.into(),
    }
}

fn judge_markers(step: &str, evidence: &ScenarioEvidence<'_>, seen: &[&ReadExchange<'_>], out: &mut Findings<'_>) {
    let Some(name) = evidence.names.get(step) else { return };
    if !seen.iter().all(|read| read.holds(&name.marker)) {
        out.add_for_step(FindingCode::MarkerMissing, step, Said::value(name.marker.as_str()), Said::value("—"));
    }
}

fn message_key(read: &ReadExchange<'_>) -> String {
    read.exchange.message_id.clone().unwrap_or_else(|| format!("#{}", read.exchange.number))
}

#[cfg(test)]
mod tests {
    use super::counted;
    use crate::domain::Operation;
    use crate::words::Language;

    #[test]
    fn messages_of_each_operation_are_counted_in_the_language_of_the_reader() {
        for operation in Operation::KNOWN {
            let told = counted(*operation, "1–2");
            assert_eq!(told.to_string(), format!("1–2 {}", operation.name()));
            assert_ne!(told.in_language(Language::Fi), told.to_string());
        }
    }
}
