//! What an action says it did went over the wire.

use super::exchanges::counted;
use super::{Expected, ReadExchange, ScenarioEvidence};
use crate::domain::{ActionOutcome, Operation};
use crate::evidence::ActionRecord;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// An action that ended as it should was seen on the wire: one that succeeded by a message that Kanta accepted, one that was
/// refused or failed by a message at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What its messages may ask of Kanta.
    pub operations: &'static [Operation],
    /// How many messages a success takes, for the reader: `1` or `≥ 1`.
    pub due: &'static str,
    /// Whether one of them must hold the marker of the step.
    pub marked: bool,
    /// The outcomes that are right: another one is the finding of another rule.
    pub outcomes: Vec<ActionOutcome>,
    /// Whether it may fail or be refused before anything is sent.
    pub may_be_unsent: bool,
    /// The finding where nothing was sent.
    pub finding: FindingCode,
    /// The finding where it succeeded and no message was accepted.
    pub unaccepted: FindingCode,
}

impl Expected for Sent {
    fn codes(&self) -> Vec<FindingCode> {
        let marker = self.marked.then_some(FindingCode::MarkerMissing);
        [self.finding, self.unaccepted].into_iter().chain(marker).collect()
    }

    fn proves(&self) -> Vec<Operation> {
        self.operations.to_vec()
    }

    /// A success without a message that Kanta accepted is a finding, and so is an attempt without a message.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.action(step).filter(|action| self.outcomes.contains(&action.outcome)) else {
            return;
        };
        let sent: Vec<_> = evidence.of_step(step).filter(|read| self.is_of_it(read)).collect();
        let accepted = sent.iter().filter(|read| read.exchange.accepted).count();
        if !self.is_seen(action, sent.len(), accepted) {
            let is_told = action.has_succeeded() && !sent.is_empty();
            let finding = if is_told { self.unaccepted } else { self.finding };
            out.add_for_step(finding, step, self.told(self.due), self.told("0"));
        } else if action.has_succeeded() && self.marked {
            judge_marker(step, evidence, &sent, out);
        }
    }
}

impl Sent {
    fn is_of_it(&self, read: &ReadExchange<'_>) -> bool {
        self.operations.contains(&read.exchange.operation)
    }

    fn is_seen(&self, action: &ActionRecord, sent: usize, accepted: usize) -> bool {
        if action.has_succeeded() { accepted > 0 } else { self.may_be_unsent || sent > 0 }
    }

    /// So many messages, called by the first of the operations.
    fn told(&self, number: &'static str) -> Said {
        match self.operations {
            [Operation::StoreNotice | Operation::SendForm] => Said::value(number.trim_start_matches("≥ ")),
            [first, ..] => counted(*first, number),
            [] => Said::value(number),
        }
    }
}

fn judge_marker(step: &str, evidence: &ScenarioEvidence<'_>, sent: &[&ReadExchange<'_>], out: &mut Findings<'_>) {
    let Some(name) = evidence.names.get(step) else { return };
    if !sent.iter().any(|read| read.holds(&name.marker)) {
        out.add_for_step(FindingCode::MarkerMissing, step, Said::value(name.marker.as_str()), Said::value("—"));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Expected;
    use super::super::samples::{action, exchange, judged_with};
    use super::Sent;
    use crate::domain::{ActionOutcome, Operation};
    use crate::evidence::{ActionRecord, Exchange};
    use crate::rule::FindingCode;

    fn sent(may_be_unsent: bool) -> Sent {
        Sent {
            operations: &[Operation::Store],
            due: "1",
            marked: false,
            outcomes: vec![ActionOutcome::Succeeded, ActionOutcome::Refused],
            may_be_unsent,
            finding: FindingCode::DocumentNotStored,
            unaccepted: FindingCode::DocumentNotDelivered,
        }
    }

    fn found(rule: &Sent, outcome: ActionOutcome, exchanges: &[Exchange]) -> Vec<String> {
        let ended = ActionRecord { step: "a".to_owned(), outcome, ..action(json!({})) };
        let names = std::collections::BTreeMap::new();
        let found = judged_with(exchanges, vec![&ended], names, |case, out| rule.judge("a", case, out));
        found.into_iter().map(|finding| finding.code.to_string()).collect()
    }

    #[test]
    fn a_success_takes_an_accepted_message_and_a_refusal_takes_one() {
        let refused = exchange(1, "m", 0);
        let accepted = Exchange { accepted: true, ..refused.clone() };
        let other = Exchange { operation: Operation::Correct, ..accepted.clone() };
        assert!(found(&sent(false), ActionOutcome::Succeeded, std::slice::from_ref(&accepted)).is_empty());
        assert_eq!(
            found(&sent(false), ActionOutcome::Succeeded, std::slice::from_ref(&refused)),
            ["document-not-delivered"]
        );
        for unfit in [&[][..], std::slice::from_ref(&other)] {
            assert_eq!(found(&sent(false), ActionOutcome::Succeeded, unfit), ["document-not-stored"]);
        }
        assert!(found(&sent(false), ActionOutcome::Refused, &[refused]).is_empty());
        assert_eq!(found(&sent(false), ActionOutcome::Refused, &[other]), ["document-not-stored"]);
        assert!(found(&sent(true), ActionOutcome::Refused, &[]).is_empty());
        assert_eq!(found(&sent(true), ActionOutcome::Succeeded, &[]), ["document-not-stored"]);
        assert!(found(&sent(false), ActionOutcome::Failed, &[]).is_empty(), "the outcome is another rule's");
    }
}
