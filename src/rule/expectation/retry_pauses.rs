//! What Kanta cannot take now is sent again after pauses that are no shorter than a bound and do not shrink.

use jiff::SignedDuration;

use super::sending::{asked_wait, next_sending};
use super::{ExpectationKind, Expected, MemberReader, ReadExchange, ScenarioEvidence};
use crate::evidence::Exchange;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// Statuses by which a server says that it has no time now.
const BUSY: [u16; 2] = [503, 429];

/// What `see = "retry-pauses"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "retry-pauses",
    sentence: "after 503 and 429, the pauses between the tries of the step's one message are no shorter than the profile's bound (`[retry]`) and do not shrink",
    members: &[],
    codes: &[FindingCode::RetryWithoutBackoff],
    read: read_members,
};

/// The pauses between the tries of a message in the step are long enough, and none is shorter than the one before.
#[derive(Debug)]
struct RetryPauses;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(RetryPauses))
}

impl Expected for RetryPauses {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// A pause that is too short is a finding, and so is one that is shorter than the one before; one for which
    /// Kanta asked says nothing of how the system's own pauses grow.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let rules = &evidence.profile.retry;
        let shortest = SignedDuration::from_millis(rules.shortest_pause_milliseconds);
        let tolerance = SignedDuration::from_millis(rules.shrink_tolerance_milliseconds);
        let mut before = SignedDuration::ZERO;
        for read in evidence.of_step(step).filter(|read| is_put_off(read.exchange)) {
            let Some(pause) = pause(step, evidence, read.exchange) else { continue };
            let least = shortest.max(before - tolerance);
            if pause < least {
                out.add_for_step(
                    FindingCode::RetryWithoutBackoff,
                    step,
                    Said::value(format!("≥ {} s", told(least))),
                    Said::value(format!("{} s", told(pause))),
                );
            }
            if asked_wait(read.exchange).is_none() {
                before = pause;
            }
        }
    }
}

/// How long the system waited before it sent the message again in the step.
fn pause(step: &str, evidence: &ScenarioEvidence<'_>, first: &Exchange) -> Option<SignedDuration> {
    let next = next_sending(evidence, first).filter(|next: &&ReadExchange<'_>| next.step == Some(step))?;
    Some(next.exchange.received.duration_since(first.answered))
}

fn is_put_off(exchange: &Exchange) -> bool {
    let status = exchange.answer.as_ref().and_then(|answer| answer.start.code());
    status.is_some_and(|status| BUSY.contains(&status))
}

fn told(time: SignedDuration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::super::Expected;
    use super::super::samples::{exchange, judged};
    use super::RetryPauses;
    use crate::evidence::Exchange;

    /// What the tries of a message at these milliseconds give; each is put off without a word of when.
    fn findings(moments: &[i64], change: impl Fn(&mut Exchange)) -> Vec<(String, String)> {
        let mut tries: Vec<Exchange> = (1..).zip(moments).map(|(number, at)| exchange(number, "m", *at)).collect();
        for one in &mut tries {
            one.answer.as_mut().expect("answer").headers.clear();
            change(one);
        }
        let found = judged(&tries, |case, out| RetryPauses.judge("a", case, out));
        found.into_iter().map(|finding| (finding.expected.to_string(), finding.actual.to_string())).collect()
    }

    #[test]
    fn pauses_are_long_enough_and_do_not_shrink() {
        let told = |expected: &str, actual: &str| vec![(expected.to_owned(), actual.to_owned())];
        assert_eq!(findings(&[0], |_| {}), []);
        assert_eq!(findings(&[0, 50, 130, 250], |_| {}), []);
        assert_eq!(findings(&[0, 49, 120], |_| {}), told("≥ 0.050 s", "0.049 s"));
        assert_eq!(findings(&[0, 2000, 3600], |_| {}), []);
        assert_eq!(findings(&[0, 2000, 3400], |_| {}), told("≥ 1.500 s", "1.400 s"));
    }

    #[test]
    fn only_what_was_put_off_counts_and_a_wait_that_was_asked_for_sets_no_pace() {
        let refused = |one: &mut Exchange| one.answer.as_mut().expect("answer").start = "500".into();
        assert_eq!(findings(&[0, 1, 2], refused), []);
        let asks = |one: &mut Exchange| {
            if one.number == 1 {
                let headers = &mut one.answer.as_mut().expect("answer").headers;
                headers.push(("retry-after".to_owned(), "2".to_owned()));
            }
        };
        assert_eq!(findings(&[0, 2000, 2050, 2130], asks), []);
    }
}
