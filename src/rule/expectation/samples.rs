//! Evidence for the tests of expectations.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{DocumentName, ExchangeReading, ReadExchange, ScenarioEvidence};
use crate::domain::{ActionOutcome, Operation};
use crate::evidence::{ActionRecord, Body, Caller, Exchange, RecordedMessage, ServiceTag};
use crate::profile::Profile;
use crate::rule::{Catalogue, Finding, Findings, Strictness};
use crate::source::SourceFile;

/// An exchange so many milliseconds after the first, with an answer that asks to wait a second.
pub fn exchange(number: u64, message: &str, milliseconds: i64) -> Exchange {
    let moment = Timestamp::UNIX_EPOCH + SignedDuration::from_millis(milliseconds);
    let message_of = |start: &str, headers| RecordedMessage { start: start.into(), headers, body: Body::Raw(vec![]) };
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
pub fn judged(exchanges: &[Exchange], judge: impl Fn(&ScenarioEvidence<'_>, &mut Findings<'_>)) -> Vec<Finding> {
    judged_with(exchanges, vec![], BTreeMap::new(), judge)
}

/// The same beside these actions, with documents of these names.
pub fn judged_with(
    exchanges: &[Exchange],
    actions: Vec<&ActionRecord>,
    names: BTreeMap<String, DocumentName>,
    judge: impl Fn(&ScenarioEvidence<'_>, &mut Findings<'_>),
) -> Vec<Finding> {
    let read = |exchange| ReadExchange { exchange, step: Some("a"), reading: ExchangeReading::Other };
    judged_read(exchanges.iter().map(read).collect(), actions, names, judge)
}

/// The same with exchanges that were read.
pub fn judged_read(
    exchanges: Vec<ReadExchange<'_>>,
    actions: Vec<&ActionRecord>,
    names: BTreeMap<String, DocumentName>,
    judge: impl Fn(&ScenarioEvidence<'_>, &mut Findings<'_>),
) -> Vec<Finding> {
    let requirements = SourceFile::new("requirements", include_str!("../../../catalogue/requirements.toml"));
    let kinds = SourceFile::new("findings", include_str!("../../../catalogue/findings.toml"));
    let catalogue = Catalogue::read(&requirements, &kinds).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let controllers = BTreeMap::new();
    let profile = Profile::read(&Profile::built_in()).expect("built in");
    let case =
        ScenarioEvidence { exchanges, actions, logs: vec![], snapshot: None, names, controllers, profile: &profile };
    let mut out = Findings::new(&catalogue, Strictness::Warn);
    judge(&case, &mut out);
    out.into_list()
}

/// An action without a step that gave `result`.
pub fn action(result: serde_json::Value) -> ActionRecord {
    ActionRecord {
        scenario: String::new(),
        step: String::new(),
        action: String::new(),
        key: String::new(),
        parameters: serde_json::Value::Null,
        started: jiff::Timestamp::UNIX_EPOCH,
        ended: jiff::Timestamp::UNIX_EPOCH,
        outcome: ActionOutcome::Succeeded,
        result,
        message: String::new(),
    }
}

/// The text of the form `f`.
pub const FORM_TEXT: &str = "Näytelomake KOE-X.";

/// A call of the service of forms that succeeded: what was sent, and what came back.
pub fn form_call(start: &str, sent: &str, given: &str) -> Exchange {
    let mut call = exchange(1, "m", 0);
    (call.service, call.accepted) = (ServiceTag::of_id("forms"), true);
    (call.request.start, call.request.body) = (start.into(), Body::Raw(sent.as_bytes().to_vec()));
    call.answer.as_mut().expect("answer").body = Body::Raw(given.as_bytes().to_vec());
    call
}

/// What the judge finds where the system shows `shown` in the end.
pub fn found_of_form(
    calls: &[Exchange],
    shown: serde_json::Value,
    judge: impl Fn(&ScenarioEvidence<'_>, &mut Findings<'_>),
) -> Vec<String> {
    let action = ActionRecord { step: "a".to_owned(), ..action(shown) };
    let names = BTreeMap::from([("f".to_owned(), DocumentName { marker: "KOE-X".to_owned(), set_id: None })]);
    judged_with(calls, vec![&action], names, judge).into_iter().map(|finding| finding.code.to_string()).collect()
}
