//! A message that Kanta has answered is not sent again unchanged.

use super::{Expected, ReadExchange, ScenarioEvidence};
use crate::domain::Fault;
use crate::evidence::RequestKind;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// No message of the step had its answer when it came. It is expected of every step.
#[derive(Debug, Clone, Copy)]
pub struct NotSentAgain;

impl Expected for NotSentAgain {
    fn codes(&self) -> Vec<FindingCode> {
        vec![FindingCode::AnsweredMessageSentAgain]
    }

    /// A message that came again after it was answered whole is a finding. A notice is a new request each time, and another
    /// rule's.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let again = evidence.of_step(step).filter(|read| is_message(read));
        let needless = again.filter(|read| evidence.exchanges.iter().any(|earlier| answers(earlier, read))).count();
        if needless > 0 {
            let (expected, actual) = (Said::value("0"), Said::value(needless.to_string()));
            out.add_for_step(FindingCode::AnsweredMessageSentAgain, step, expected, actual);
        }
    }
}

fn is_message(read: &ReadExchange<'_>) -> bool {
    read.exchange.service.requests() == RequestKind::ArchiveMessage
}

/// Whether the message of `again` had its whole answer in `earlier`, before it came again.
fn answers(earlier: &ReadExchange<'_>, again: &ReadExchange<'_>) -> bool {
    let (earlier, again) = (earlier.exchange, again.exchange);
    let is_same =
        earlier.number < again.number && earlier.message_id.is_some() && earlier.message_id == again.message_id;
    let is_whole = earlier.fault.is_none_or(Fault::refuses_for_good);
    is_same && is_whole && earlier.answer.is_some() && earlier.answered <= again.received
}

#[cfg(test)]
mod tests {
    use super::super::Expected;
    use super::super::samples::{exchange, judged};
    use super::NotSentAgain;
    use crate::domain::Fault;
    use crate::evidence::Exchange;

    #[test]
    fn what_was_answered_whole_is_not_sent_again() {
        let found = |exchanges: &[Exchange]| judged(exchanges, |case, out| NotSentAgain.judge("a", case, out)).len();
        let first = exchange(1, "m", 0);
        let again = exchange(2, "m", 10);
        let faulty = |fault: Fault| Exchange { fault: Some(fault), ..first.clone() };
        assert_eq!(found(&[first.clone(), again.clone()]), 1);
        assert_eq!(found(&[faulty(Fault::ErrorAnswer), again.clone()]), 1);
        for answered_by_half in
            [faulty(Fault::TruncatedAnswer), faulty(Fault::Busy), Exchange { answer: None, ..first.clone() }]
        {
            assert_eq!(found(&[answered_by_half, again.clone()]), 0);
        }
        assert_eq!(found(&[first, exchange(2, "n", 10)]), 0);
    }
}
