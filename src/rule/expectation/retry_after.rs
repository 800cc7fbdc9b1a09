//! A message that Kanta puts off is not sent again before the time that Retry-After names.

use jiff::SignedDuration;

use super::sending::{asked_wait, next_sending};
use super::{ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "retry-after"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "retry-after",
    sentence: "no message of the step is sent again before the time that Retry-After of its answer names",
    members: &[],
    codes: &[FindingCode::RetryTooEarly],
    read: read_members,
};

/// No message of the step is sent again before the time that the answer to it asked for.
#[derive(Debug)]
struct RetryAfter;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(RetryAfter))
}

impl Expected for RetryAfter {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// The next sending of a message, or of a notice, has to keep the distance (RFC 9110, 10.2.3).
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        for read in evidence.of_step(step) {
            let Some(asked) = asked_wait(read.exchange) else { continue };
            let Some(next) = next_sending(evidence, read.exchange) else { continue };
            let waited = next.exchange.received.duration_since(read.exchange.answered);
            let tolerance = SignedDuration::from_millis(evidence.profile.retry.tolerance_milliseconds);
            if waited + tolerance < asked {
                let (expected, actual) = (asked.as_secs(), waited.as_secs_f64());
                out.add_for_step(
                    FindingCode::RetryTooEarly,
                    step,
                    Said::value(format!("≥ {expected} s")),
                    Said::value(format!("{actual:.3} s")),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Expected;
    use super::super::samples::{exchange, judged};
    use super::RetryAfter;
    use crate::evidence::Exchange;

    fn findings(exchanges: &[Exchange]) -> usize {
        judged(exchanges, |case, out| RetryAfter.judge("a", case, out)).len()
    }

    #[test]
    fn only_the_same_message_too_early_is_a_finding() {
        let first = exchange(1, "m", 0);
        assert_eq!(findings(std::slice::from_ref(&first)), 0);
        assert_eq!(findings(&[first.clone(), exchange(2, "m", 1000)]), 0);
        assert_eq!(findings(&[first.clone(), exchange(2, "other", 10)]), 0);
        assert_eq!(findings(&[first.clone(), exchange(2, "m", 900)]), 1);
        assert_eq!(findings(&[first, exchange(2, "other", 10), exchange(3, "m", 20)]), 1);
    }
}
