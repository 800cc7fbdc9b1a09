//! From evidence to findings: a pure function of scenario, profile and evidence.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::evidence_log::{LogWindow, concerns, names_nobody_within};
use super::history::{History, archive_context, notice_context};
use super::misdirected;
use super::probe::{cause_of, is_probe};
use super::result::{Reason, ReasonCode};
use super::rules::Rules;
use super::strays::is_stray;
use crate::domain::{ActionOutcome, Operation, RefusalGround, Severity};
use crate::evidence::{ActionRecord, Body, Entry, Exchange, RequestKind, Snapshot, UseLogRecord};
use crate::reading::{self, NoticeRequest, concerns_declarations, read_declaration, read_notice};
use crate::rule::expectation::{DocumentName, ExchangeReading, ReadExchange, ScenarioEvidence};
use crate::rule::{Finding, FindingCode, action, declaration, message, notice, use_log};
use crate::scenario::{Action, Plan};
use crate::state::ArchiveState;
use crate::wire::use_log::ExportedLog;
use crate::wire::xml::ReadLimits;
use crate::wire::{Location, Part};
use crate::words::Said;

/// What is judged of a message that was sent again: the rest was judged the first time.
const OF_REPEATED: [FindingCode; 1] = [FindingCode::RequestIdReused];

/// Findings of a scenario, and which exchange belongs to which step.
pub struct Judged {
    pub findings: Vec<Finding>,
    /// Why the scenario could not be judged to its end, though nothing in it failed.
    pub reason: Option<Reason>,
    steps: Vec<(u64, Option<String>)>,
}

impl Judged {
    /// Numbers of all exchanges of the scenario.
    pub fn exchanges(&self) -> Vec<u64> {
        self.steps.iter().map(|(number, _)| *number).collect()
    }

    /// Numbers of the exchanges of a step.
    pub fn exchanges_of(&self, step: &str) -> Vec<u64> {
        self.steps.iter().filter(|(_, of)| of.as_deref() == Some(step)).map(|(number, _)| *number).collect()
    }
}

/// Judges one scenario by the entries that belong to it.
pub fn judge(plan: &Plan, entries: &[Arc<Entry>], rules: &Rules) -> Judged {
    let case = case(plan, entries, rules);
    let mut history = History::of_plan(plan, &rules.profile);
    let mut findings = Vec::new();
    let mut cut = None;
    let mut played = case.actions.iter().filter(|action| action.action == Action::ArchivistNullifies.name()).peekable();
    for read in &case.exchanges {
        while let Some(action) = played.next_if(|action| action.started <= read.exchange.received) {
            history.learn_nullification(action);
        }
        let allowed = allowed(plan, read.step);
        let mut of_message = judge_exchange(read, &history, rules);
        of_message.extend(misdirected::judge(read.exchange, &[plan], rules));
        let unexpected = of_message.into_iter().filter(|finding| !allowed.contains(&finding.code));
        let before = findings.len();
        findings.extend(unexpected.map(|finding| Finding { step: read.step.map(str::to_owned), ..finding }));
        if refused_for(&findings[before..], read.exchange) {
            cut = cut.or(read.step);
        }
        history.learn(read.exchange, &read.reading, &rules.profile);
    }
    let context =
        action::ActionContext { profile: &rules.profile, catalogue: &rules.catalogue, strictness: rules.strictness };
    findings.extend(action::judge(&case, context));
    findings.extend(case.logs.iter().flat_map(|log| judge_file(log, rules)));
    findings.extend(judge_expectations(plan, &case, cut, rules));
    let reason = cut.and_then(|_| without_failure(&findings));
    let steps = case.exchanges.iter().map(|read| (read.exchange.number, read.step.map(str::to_owned))).collect();
    Judged { findings: without_consequences(distinct(findings)), reason, steps }
}

/// What the archive knew after these entries, in their order, where it knew `before` already: the fold by which the
/// messages of a scenario are judged.
pub fn state_after(before: ArchiveState, entries: &[Arc<Entry>], rules: &Rules) -> ArchiveState {
    let mut history = History::since(before);
    for entry in entries {
        match &**entry {
            Entry::Exchange(exchange) => history.learn(exchange, &read(exchange, rules), &rules.profile),
            Entry::Action(action) if action.action == Action::ArchivistNullifies.name() => {
                history.learn_nullification(action);
            }
            Entry::Action(_) | Entry::UseLog(_) | Entry::Snapshot(_) => {}
        }
    }
    history.into_state()
}

/// Judges the messages of a lane that belong to none of its scenarios, whose plans these are: unreadable ones,
/// strangers, refused handshakes. A message that names nobody and arrived within one of the windows is owned by what went on then.
pub fn judge_unmatched(plans: &[&Plan], entries: &[Arc<Entry>], owned: &[LogWindow], rules: &Rules) -> Vec<Finding> {
    let persons: Vec<&str> =
        plans.iter().flat_map(|plan| plan.persons.values()).map(|person| person.identity_code.as_str()).collect();
    let mut findings = Vec::new();
    for entry in entries {
        let Entry::Exchange(exchange) = &**entry else { continue };
        let is_owned = concerns(exchange, &persons) || names_nobody_within(exchange, owned);
        let as_planned = exchange.service.requests() == RequestKind::Handshake && exchange.fault.is_some();
        let is_judged = exchange.service.requests().is_judged() && !as_planned && !is_probe(exchange);
        if is_judged && !is_owned {
            findings.extend(judge_stranger(exchange, plans, rules));
        }
    }
    distinct(findings)
}

fn judge_stranger(exchange: &Exchange, plans: &[&Plan], rules: &Rules) -> Vec<Finding> {
    let spot = Location::path(Part::Http, "");
    let mut out = rules.findings().about(Some(exchange.number), BTreeMap::new());
    match exchange.service.requests() {
        RequestKind::UseLogEntries => return recorded(exchange, &[], rules),
        RequestKind::Handshake => {
            out.add(FindingCode::HandshakeRefused, &spot, Said::value("TLS"), cause_of(&exchange.refused_for));
            return out.into_list();
        }
        _ if is_stray(exchange) => {
            let start = Said::value(exchange.request.start.as_str());
            out.add(FindingCode::ExchangeUnmatched, &spot, Said::value("—"), start);
            return remarks(out.into_list());
        }
        RequestKind::ArchiveMessage | RequestKind::FhirBundle | RequestKind::Unaddressed | RequestKind::Call => {}
    }
    let read = ReadExchange { exchange, step: None, reading: read(exchange, rules) };
    let mut findings = misdirected::judge(exchange, plans, rules);
    findings.extend(judge_exchange(&read, &History::default(), rules));
    if findings.is_empty() {
        out.add(FindingCode::ExchangeUnmatched, &spot, Said::value("—"), Said::value(exchange.request.start.as_str()));
        findings = out.into_list();
    }
    findings
}

/// What no step can have caused is told, and counts for nothing.
pub(super) fn remarks(findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().map(|finding| Finding { severity: Severity::Note, ..finding }).collect()
}

fn case<'a>(plan: &'a Plan, entries: &'a [Arc<Entry>], rules: &'a Rules) -> ScenarioEvidence<'a> {
    let actions: Vec<&ActionRecord> = entries.iter().filter_map(|entry| entry.action()).collect();
    let logs = entries.iter().filter_map(|entry| match &**entry {
        Entry::UseLog(log) => Some(&**log),
        _ => None,
    });
    let snapshot: Option<&Snapshot> = entries.iter().rev().find_map(|entry| match &**entry {
        Entry::Snapshot(snapshot) => Some(snapshot),
        _ => None,
    });
    let exchanges = entries.iter().filter_map(|entry| entry.exchange());
    let exchanges = exchanges.map(|exchange| ReadExchange {
        exchange,
        step: step_of(&actions, exchange),
        reading: read(exchange, rules),
    });
    let controllers = plan.controllers.named().map(|(name, oid)| (name.to_owned(), oid.to_owned())).into();
    ScenarioEvidence {
        exchanges: exchanges.collect(),
        names: names(plan, &actions),
        actions,
        logs: logs.collect(),
        snapshot,
        controllers,
        profile: &rules.profile,
    }
}

/// The step during which an exchange arrived: the last one that had begun.
fn step_of<'a>(actions: &[&'a ActionRecord], exchange: &Exchange) -> Option<&'a str> {
    actions.iter().rev().find(|action| action.started <= exchange.received).map(|action| action.step.as_str())
}

fn names(plan: &Plan, actions: &[&ActionRecord]) -> BTreeMap<String, DocumentName> {
    let planted =
        |name: &str| plan.planted.iter().find(|document| document.name == name).map(|document| document.set_id.clone());
    let told = |name: &str| {
        let action = actions.iter().find(|action| action.step == name)?;
        action.result.get("document")?.get("set-id")?.as_str().map(str::to_owned)
    };
    let named = |(name, marker): (&String, &String)| {
        (name.clone(), DocumentName { marker: marker.clone(), set_id: planted(name).or_else(|| told(name)) })
    };
    plan.markers.iter().map(named).collect()
}

fn read(exchange: &Exchange, rules: &Rules) -> ExchangeReading {
    let limits = &rules.profile.limits;
    if matches!(exchange.request.body, Body::Withheld { .. }) {
        return ExchangeReading::Other;
    }
    match exchange.service.requests() {
        RequestKind::ArchiveMessage => {
            let limits = ReadLimits { bytes: limits.body_bytes, depth: limits.depth };
            let (kind, bytes) = (exchange.request.header("content-type"), exchange.request.body.bytes());
            ExchangeReading::Archive(Box::new(reading::read_request(kind, bytes, &limits)))
        }
        RequestKind::FhirBundle if concerns_declarations(exchange.request.body.bytes()) => {
            ExchangeReading::Declaration(Box::new(read_declaration(
                NoticeRequest::of(&exchange.request),
                &rules.profile,
            )))
        }
        RequestKind::FhirBundle => {
            ExchangeReading::Notice(Box::new(read_notice(NoticeRequest::of(&exchange.request), &rules.profile)))
        }
        RequestKind::UseLogEntries | RequestKind::Handshake | RequestKind::Unaddressed | RequestKind::Call => {
            ExchangeReading::Other
        }
    }
}

/// Judges the file in which the run read the use log for a step.
fn judge_file(given: &UseLogRecord, rules: &Rules) -> Vec<Finding> {
    let Some(log) = ExportedLog::of_value(&given.exported) else { return Vec::new() };
    let found = use_log::judge_exported(&log, &rules.profile, &rules.catalogue, rules.strictness);
    found.into_iter().map(|finding| Finding { step: Some(given.step.clone()), ..finding }).collect()
}

fn judge_exchange(read: &ReadExchange<'_>, history: &History, rules: &Rules) -> Vec<Finding> {
    let exchange = read.exchange;
    let organisation = match &read.reading {
        ExchangeReading::Archive(reading) => reading.organisation(&exchange.caller),
        _ => "",
    };
    let known = history.seen_by(organisation, rules);
    let mut findings = match &read.reading {
        ExchangeReading::Archive(reading) => {
            message::judge(reading, &archive_context(exchange, rules, &known), Some(exchange.number))
        }
        ExchangeReading::Notice(reading) => notice::judge(reading, &notice_context(exchange, rules, &known)),
        ExchangeReading::Declaration(reading) => declaration::judge(reading, &notice_context(exchange, rules, &known)),
        ExchangeReading::Other => Vec::new(),
    };
    findings.extend(recorded(exchange, &findings, rules));
    if exchange.repeated {
        findings.retain(|finding| OF_REPEATED.contains(&finding.code));
    }
    findings
}

/// Findings for which the endpoint refused and which this scenario's evidence alone does not show: what
/// was withheld from the evidence, or an identifier that another scenario used.
fn recorded(exchange: &Exchange, found: &[Finding], rules: &Rules) -> Vec<Finding> {
    let mut out = rules.findings().about(Some(exchange.number), BTreeMap::new());
    let actual = match &exchange.request.body {
        Body::Withheld { reason, .. } => Said::of_library(reason),
        Body::Raw(_) => Said::value(exchange.message_id.as_deref().unwrap_or_default()),
    };
    for code in exchange.refused_for.iter().filter_map(RefusalGround::finding) {
        if !found.iter().any(|finding| finding.code == code) {
            out.add(code, &Location::path(part(exchange), ""), Said::value("—"), actual.clone());
        }
    }
    out.into_list()
}

/// The reason of a scenario that ends with a refused message and has no failure: what was left out proves
/// nothing, so that it must not pass.
fn without_failure(findings: &[Finding]) -> Option<Reason> {
    if findings.iter().any(|finding| finding.severity == Severity::Fail) {
        return None;
    }
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    let detail = codes.into_iter().collect::<Vec<_>>().join(", ");
    Some(Reason { code: ReasonCode::RefusedForRemark, detail: Said::value(detail) })
}

fn part(exchange: &Exchange) -> Part {
    match (exchange.service.requests(), exchange.operation) {
        (RequestKind::UseLogEntries, _) => Part::UseLog,
        (_, Operation::StoreNotice | Operation::StoreDeclaration) => Part::Bundle,
        _ => Part::Frame,
    }
}

fn refused_for(findings: &[Finding], exchange: &Exchange) -> bool {
    findings.iter().any(|finding| exchange.refused_for.contains(&finding.code.into()))
}

fn allowed<'a>(plan: &'a Plan, step: Option<&str>) -> &'a [FindingCode] {
    let step = plan.scenario.steps.iter().find(|row| Some(row.name.as_str()) == step);
    step.map_or(&[], |step| &step.refused_for)
}

/// Judges what is expected of the steps before the one whose message Kanta refused: what follows that
/// would only repeat its finding. A step that the driver left without an answer proves nothing.
fn judge_expectations(plan: &Plan, case: &ScenarioEvidence<'_>, cut: Option<&str>, rules: &Rules) -> Vec<Finding> {
    let mut out = rules.findings();
    let steps = plan.scenario.steps.iter().map(|step| step.name.as_str());
    let judged: Vec<&str> = steps.take_while(|step| Some(*step) != cut).collect();
    for expectation in &plan.scenario.expectations {
        let answered =
            case.action(expectation.step()).is_some_and(|action| action.outcome != ActionOutcome::Unanswered);
        if answered && judged.contains(&expectation.step()) {
            expectation.judge(case, &mut out);
            out.name_step(expectation.step());
        }
    }
    out.into_list()
}

/// That a result differs is told where nothing else of its step is: else it follows from that.
fn without_consequences(findings: Vec<Finding>) -> Vec<Finding> {
    let is_cause =
        |finding: &&Finding| finding.code != FindingCode::ResultDiffers && finding.severity != Severity::Note;
    let caused: BTreeSet<String> =
        findings.iter().filter(is_cause).filter_map(|finding| finding.step.clone()).collect();
    let follows = |finding: &Finding| finding.step.as_ref().is_some_and(|step| caused.contains(step));
    findings.into_iter().filter(|finding| finding.code != FindingCode::ResultDiffers || !follows(finding)).collect()
}

fn distinct(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        if !kept.contains(&finding) {
            kept.push(finding);
        }
    }
    kept
}
