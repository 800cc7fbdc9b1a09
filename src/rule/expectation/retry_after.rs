//! A message that Kanta puts off is not sent again before the time that Retry-After names.

use jiff::SignedDuration;

use super::{Case, ReadExchange};
use crate::domain::Operation;
use crate::evidence::Exchange;
use crate::rule::Findings;

/// No message of the step is sent again before the time that the answer to it asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryAfter {
    /// The step.
    pub step: String,
}

impl RetryAfter {
    /// What it can find.
    pub const CODE: &'static str = "retry-too-early";

    /// The next sending of a message, or of a notice, has to keep the distance (RFC 9110, 10.2.3).
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        for read in case.of_step(&self.step) {
            let Some(asked) = asked(read.exchange) else { continue };
            let Some(next) = next(case, read.exchange) else { continue };
            let waited = next.exchange.received.duration_since(read.exchange.answered);
            let tolerance = SignedDuration::from_millis(case.profile.retry.tolerance_milliseconds);
            if waited + tolerance < asked {
                let (expected, actual) = (asked.as_secs(), waited.as_secs_f64());
                out.add_for_step(Self::CODE, &self.step, format!("≥ {expected} s"), format!("{actual:.3} s"));
            }
        }
    }
}

/// How long the answer asks to wait.
pub(super) fn asked(exchange: &Exchange) -> Option<SignedDuration> {
    let seconds: i64 = exchange.answer.as_ref()?.header("retry-after")?.parse().ok()?;
    Some(SignedDuration::from_secs(seconds))
}

/// The next exchange with the same message. Every request with a notice has an identifier of its own.
pub(super) fn next<'a, 'c>(case: &'a Case<'c>, first: &Exchange) -> Option<&'a ReadExchange<'c>> {
    let is_next = |read: &&ReadExchange<'_>| {
        let same = read.exchange.message_id == first.message_id || first.operation == Operation::StoreNotice;
        read.exchange.number > first.number && read.exchange.operation == first.operation && same
    };
    case.exchanges.iter().find(is_next)
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use jiff::{SignedDuration, Timestamp};

    use super::RetryAfter;
    use crate::domain::Operation;
    use crate::evidence::{ActionRecord, Body, Caller, Exchange, Message, ServiceTag};
    use crate::profile::Profile;
    use crate::rule::expectation::{Case, DocumentName, ReadExchange, Reading};
    use crate::rule::{Catalogue, Finding, Findings, Strictness};
    use crate::source::SourceFile;

    /// An exchange so many milliseconds after the first, with an answer that asks to wait a second.
    pub fn exchange(number: u64, message: &str, milliseconds: i64) -> Exchange {
        let moment = Timestamp::UNIX_EPOCH + SignedDuration::from_millis(milliseconds);
        let message_of = |start: &str, headers| Message { start: start.to_owned(), headers, body: Body::Raw(vec![]) };
        Exchange {
            number,
            service: ServiceTag::of_id("archive"),
            lane: String::new(),
            received: moment,
            answered: moment,
            caller: Caller::default(),
            request: message_of("POST /archive", vec![]),
            answer: Some(message_of("429", vec![("retry-after".to_owned(), "1".to_owned())])),
            operation: Operation::Store,
            persons: vec![],
            message_id: Some(message.to_owned()),
            accepted: false,
            repeated: false,
            handed_out: vec![],
            refused_for: vec![],
            fault: None,
        }
    }

    /// What `judge` finds in the exchanges of step `a`.
    pub fn judged(exchanges: &[Exchange], judge: impl Fn(&Case<'_>, &mut Findings<'_>)) -> Vec<Finding> {
        judged_with(exchanges, vec![], BTreeMap::new(), judge)
    }

    /// The same beside these actions, with documents of these names.
    pub fn judged_with(
        exchanges: &[Exchange],
        actions: Vec<&ActionRecord>,
        names: BTreeMap<String, DocumentName>,
        judge: impl Fn(&Case<'_>, &mut Findings<'_>),
    ) -> Vec<Finding> {
        let read = |exchange| ReadExchange { exchange, step: Some("a"), reading: Reading::Other };
        judged_read(exchanges.iter().map(read).collect(), actions, names, judge)
    }

    /// The same with exchanges that were read.
    pub fn judged_read(
        exchanges: Vec<ReadExchange<'_>>,
        actions: Vec<&ActionRecord>,
        names: BTreeMap<String, DocumentName>,
        judge: impl Fn(&Case<'_>, &mut Findings<'_>),
    ) -> Vec<Finding> {
        let requirements = SourceFile::new("requirements", include_str!("../../../catalogue/requirements.toml"));
        let kinds = SourceFile::new("findings", include_str!("../../../catalogue/findings.toml"));
        let catalogue = Catalogue::read(&requirements, &kinds).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let controllers = BTreeMap::new();
        let profile = Profile::read(&Profile::built_in()).expect("built in");
        let case = Case { exchanges, actions, snapshot: None, names, controllers, profile: &profile };
        let mut out = Findings::new(&catalogue, Strictness::Warn);
        judge(&case, &mut out);
        out.into_list()
    }

    fn findings(exchanges: &[Exchange]) -> usize {
        judged(exchanges, |case, out| RetryAfter { step: "a".to_owned() }.judge(case, out)).len()
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
