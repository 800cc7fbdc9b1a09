//! Runs one scenario: plants what Kanta holds, asks for each step, ends with a verdict.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::Event;
use super::EventSink;
use super::action_keys::ActionKeys;
use super::clock::now;
use super::doctor::reason_of;
use super::evidence_log::Owner;
use super::fold;
use super::judge::judge;
use super::lane::Lane;
use super::log_source::LogRequest;
use super::parameters::{KnownValues, parameters};
use super::planting::{declared, planted, waiting};
use super::result::{Reason, ReasonCode, ScenarioVerdict, StepVerdict};
use super::shown::shown;
use super::strays::{is_refused_handshake, touching};
use crate::domain::{ActionOutcome, RefusalGround};
use crate::driver::{ActionAnswer, Capabilities, DriverError};
use crate::evidence::{ActionRecord, Entry, Journal, UseLogRecord};
use crate::kanta::FaultPlan;
use crate::rule::{Finding, FindingCode};
use crate::scenario::{Action, Plan, Step};
use crate::wire::{Location, Part};
use crate::words::Said;

/// Longest text of the system in a verdict, in characters.
const LONGEST: usize = 300;

/// One scenario and what it works with.
pub(super) struct ScenarioRun {
    pub plan: Plan,
    pub capabilities: Arc<Capabilities>,
    pub lane: Lane,
    /// Where evidence is written.
    pub journal: Arc<Journal>,
    pub events: EventSink,
    /// The keys of the run's actions.
    pub keys: Arc<ActionKeys>,
    /// Whether a system of this kind must be able to run it.
    pub mandatory: bool,
    /// Whether no other scenario runs beside this one in its lane.
    pub alone: bool,
}

/// What the scenario has learnt so far.
#[derive(Default)]
struct ScenarioProgress {
    steps: Vec<StepVerdict>,
    set_ids: BTreeMap<String, String>,
    ids: BTreeMap<String, String>,
    declarations: BTreeMap<String, String>,
    logs: BTreeMap<String, Vec<Value>>,
    reason: Option<Reason>,
}

impl ScenarioRun {
    /// Runs it.
    pub async fn execute(self) -> ScenarioVerdict {
        let started = now();
        (self.events)(Event::ScenarioStarted { id: self.plan.scenario.id.clone() });
        if let Some(reason) = self.lacking() {
            let findings = self.unexplained();
            return fold::verdict(&self.plan.scenario, findings, Vec::new(), Vec::new(), Some(reason), 0);
        }
        self.reset().await;
        let mut progress = ScenarioProgress::default();
        match self.plant(&mut progress) {
            Ok(()) => self.steps(started, &mut progress).await,
            Err(error) => progress.reason = Some(broken(error.into())),
        }
        self.verdict(started, progress)
    }

    /// Why the scenario does not apply, where it does not.
    fn lacking(&self) -> Option<Reason> {
        self.unplayable().or_else(|| self.unable())
    }

    /// The fault that the simulated Kanta cannot play as it is set up.
    fn unplayable(&self) -> Option<Reason> {
        let mut faults = self.plan.scenario.steps.iter().filter_map(|step| Some(step.fault.as_ref()?.fault));
        let fault = faults.find(|fault| !self.lane.kanta.can_play(*fault))?;
        Some(Reason { code: ReasonCode::FaultNotPlayable, detail: fault.name().into() })
    }

    /// Why the system cannot do this scenario, where it says so. What it neither offers nor explains is
    /// named as such, never left out in silence.
    fn unable(&self) -> Option<Reason> {
        let lacked = self.lacked()?;
        let told = self.capabilities.unsupported.iter().find(|row| row.name == lacked);
        let reason = told.map_or("—", |row| row.reason.as_str());
        let detail = shown(&format!("{lacked}: {reason}"), LONGEST);
        let code = if self.mandatory { ReasonCode::CapabilityRequired } else { ReasonCode::CapabilityMissing };
        Some(Reason { code, detail: detail.into() })
    }

    /// The first action or feature that the scenario needs and the system does not offer.
    fn lacked(&self) -> Option<&'static str> {
        let offers = |step: &Step| self.capabilities.actions.iter().any(|name| name == step.action.name());
        let offered = |step: &Step| step.action.is_played() || offers(step);
        let is_given = |step: &Step| step.action == Action::UseLog && !self.lane.use_log.is_driver();
        let has = |feature: &&str| self.capabilities.features.iter().any(|name| name == feature);
        let lacked = |step: &Step| {
            let action = (!offered(step) && !is_given(step)).then(|| step.action.name());
            action.or_else(|| step.features().into_iter().find(|feature| !has(feature)))
        };
        self.plan.scenario.steps.iter().find_map(lacked)
    }

    /// That the system neither offers what the scenario needs nor says why.
    fn unexplained(&self) -> Vec<Finding> {
        let Some(lacked) = self.lacked().filter(|_| self.unplayable().is_none()) else { return Vec::new() };
        let told = self.capabilities.unsupported.iter().find(|row| row.name == lacked);
        if told.is_some_and(|row| !row.reason.trim().is_empty()) {
            return Vec::new();
        }
        let mut out = self.lane.rules.findings();
        let spot = Location::path(Part::Answer, "/unsupported");
        out.add(FindingCode::CapabilityUnexplained, &spot, Said::value(lacked), Said::value("—"));
        out.into_list()
    }

    /// Lets the system forget what other scenarios of the lane left, where none of them runs now. A system that cannot
    /// forget is asked with persons that it has not met.
    async fn reset(&self) {
        let can = self.capabilities.actions.iter().any(|name| name == "reset");
        if self.alone && can {
            let key = self.keys.key(&["reset", &self.plan.scenario.id]);
            // What comes of it shows in the steps.
            let _ = self.lane.driver.perform("reset", &serde_json::json!({}), &key).await;
        }
    }

    fn plant(&self, progress: &mut ScenarioProgress) -> Result<(), String> {
        for document in &self.plan.planted {
            self.lane.kanta.plant(&planted(document, &self.lane.rules.profile)).map_err(|error| error.to_string())?;
            progress.set_ids.insert(document.name.clone(), document.set_id.clone());
            progress.ids.insert(document.name.clone(), document.id.clone());
        }
        for form in &self.plan.forms {
            self.lane.kanta.plant_form(&waiting(form)).map_err(|error| error.to_string())?;
        }
        for declaration in &self.plan.declared {
            self.lane.kanta.declare(declared(declaration, now())).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    async fn steps(&self, started: jiff::Timestamp, progress: &mut ScenarioProgress) {
        let mut cut = false;
        for step in &self.plan.scenario.steps {
            if cut || progress.reason.is_some() {
                progress.steps.push(skipped(step));
            } else {
                cut = self.step(step, started, progress).await;
            }
        }
    }

    /// Asks for one step. True when the scenario ends with it: what follows would only repeat its fault.
    async fn step(&self, step: &Step, started: jiff::Timestamp, progress: &mut ScenarioProgress) -> bool {
        let scenario = &self.plan.scenario.id;
        let (name, action) = (step.name.clone(), step.action.name().to_owned());
        (self.events)(Event::StepStarted { scenario: scenario.clone(), step: name.clone(), action: action.clone() });
        if step.action.is_played() && !self.played(step, progress) {
            return true;
        }
        self.play_fault(step);
        let known = KnownValues {
            plan: &self.plan,
            profile: &self.lane.rules.profile,
            set_ids: &progress.set_ids,
            ids: &progress.ids,
            declarations: &progress.declarations,
            logs: &progress.logs,
            started,
            now: now(),
        };
        let asked = parameters(step, &known);
        let began = now();
        let key = self.keys.key(&["step", scenario, &name]);
        let (answer, log) = match self.answered(step, &asked, &key, started).await {
            Ok((answer, log)) => (Ok(answer), log),
            Err(error) => (Err(error), None),
        };
        self.lane.kanta.forget_faults(&self.codes());
        let record = ActionRecord { key, ..record(scenario, step, asked, began, &answer) };
        if let Err(error) = answer {
            progress.reason = Some(reason_of(&error));
        } else {
            learn(step, &record.result, progress);
        }
        progress.steps.push(step_verdict(&record));
        self.keep(Entry::Action(Box::new(record)), progress);
        if let Some(log) = log {
            progress.logs.insert(name.clone(), log.kept().to_vec());
            self.keep(
                Entry::UseLog(Box::new(UseLogRecord { scenario: scenario.clone(), step: name, ..log })),
                progress,
            );
        }
        self.refused_unexpectedly(step, began)
    }

    /// Plays what the harness does in place of the system; true where it is done.
    fn played(&self, step: &Step, progress: &mut ScenarioProgress) -> bool {
        let id = step.document.as_ref().and_then(|name| progress.ids.get(name)).map_or("", String::as_str);
        let reason = match self.lane.kanta.nullify_as_archivist(&self.plan.controllers.own, id) {
            Ok(true) => return true,
            Ok(false) => Reason { code: ReasonCode::DocumentAbsent, detail: step.name.as_str().into() },
            Err(error) => broken(Said::of_library(&error.to_string())),
        };
        progress.reason = Some(reason);
        progress.steps.push(skipped(step));
        false
    }

    fn keep(&self, entry: Entry, progress: &mut ScenarioProgress) {
        if let Err(error) = self.journal.append(entry) {
            progress.reason = Some(broken(error.said()));
        }
    }

    /// How the step ended, and the use log where it asked for it.
    async fn answered(
        &self,
        step: &Step,
        asked: &Value,
        key: &str,
        from: jiff::Timestamp,
    ) -> Result<(ActionAnswer, Option<UseLogRecord>), DriverError> {
        if step.action.is_played() {
            return Ok((ActionAnswer::done(), None));
        }
        let ask = self.performed(step, asked, key);
        if step.action != Action::UseLog {
            return Ok((ask.await?, None));
        }
        let entries = self.entries();
        let wanted = LogRequest { from, exchanges: entries.iter().filter_map(|entry| entry.exchange()).collect() };
        let (answer, log) = self.lane.use_log.given(&wanted, &self.lane.evidence, ask).await?;
        Ok((answer, Some(log)))
    }

    /// Asks the driver, and asks again under the same key where the step says so: what it says then counts.
    async fn performed(&self, step: &Step, asked: &Value, key: &str) -> StepAnswer {
        let answer = self.lane.driver.perform(step.action.name(), asked, key).await?;
        if step.twice { self.lane.driver.perform(step.action.name(), asked, key).await } else { Ok(answer) }
    }

    fn play_fault(&self, step: &Step) {
        let Some(request) = &step.fault else { return };
        for person in self.codes() {
            self.lane.kanta.play(FaultPlan {
                person,
                operation: request.operation,
                fault: request.fault,
                times: request.times,
            });
        }
    }

    /// Whether Kanta refused a message of this step for a finding that the scenario does not expect.
    fn refused_unexpectedly(&self, step: &Step, began: jiff::Timestamp) -> bool {
        let entries = self.entries();
        entries.iter().any(|entry| match &**entry {
            Entry::Exchange(exchange) if exchange.received >= began => {
                let mut found = exchange.refused_for.iter().filter_map(RefusalGround::finding);
                found.any(|code| !step.refused_for.contains(&code))
            }
            _ => false,
        })
    }

    fn entries(&self) -> Vec<Arc<Entry>> {
        let (scenario, alone) = (self.plan.scenario.id.as_str(), self.alone);
        self.lane.evidence.of(&Owner { scenario, persons: &self.persons(), alone })
    }

    fn codes(&self) -> Vec<String> {
        self.plan.persons.values().map(|person| person.identity_code.clone()).collect()
    }

    fn persons(&self) -> Vec<&str> {
        self.plan.persons.values().map(|person| person.identity_code.as_str()).collect()
    }

    fn verdict(&self, started: jiff::Timestamp, mut progress: ScenarioProgress) -> ScenarioVerdict {
        let scenario = &self.plan.scenario;
        let snapshot = self.lane.kanta.snapshot(&self.codes(), &scenario.id);
        let kept = snapshot.map_err(|error| Said::of_library(&error.to_string()));
        let kept = kept.and_then(|kept| self.journal.append(Entry::Snapshot(kept)).map_err(|error| error.said()));
        if let Err(error) = kept {
            progress.reason = Some(broken(error));
        }
        let entries = self.entries();
        let judged = judge(&self.plan, &entries, &self.lane.rules);
        for step in &mut progress.steps {
            step.exchanges = judged.exchanges_of(&step.name);
        }
        let milliseconds = u64::try_from(now().duration_since(started).as_millis()).unwrap_or(0);
        let exchanges = judged.exchanges();
        let reason = progress.reason.or(judged.reason).or_else(|| self.refused_connection(&entries));
        fold::verdict(scenario, judged.findings, progress.steps, exchanges, reason, milliseconds)
    }
}

impl ScenarioRun {
    /// The connection that was refused while an action ran that had to send something, and nothing came.
    fn refused_connection(&self, entries: &[Arc<Entry>]) -> Option<Reason> {
        let sends = |action: &ActionRecord| Action::named(&action.action).is_some_and(Action::makes_message);
        let (mut sending, mut came) = (Vec::new(), Vec::new());
        for entry in entries {
            match &**entry {
                Entry::Action(action) if sends(action) => sending.push((action.started, action.ended)),
                Entry::Exchange(exchange) => came.push(&**exchange),
                Entry::Action(_) | Entry::UseLog(_) | Entry::Snapshot(_) => {}
            }
        }
        let (all, _) = self.lane.evidence.exchanges_since(0);
        let refused = all.iter().filter_map(|entry| match &**entry {
            Entry::Exchange(exchange) if is_refused_handshake(exchange) => Some(&**exchange),
            _ => None,
        });
        touching(&sending, &came, refused)
    }
}

fn broken(detail: Said) -> Reason {
    Reason { code: ReasonCode::HarnessBroken, detail }
}

fn skipped(step: &Step) -> StepVerdict {
    StepVerdict {
        name: step.name.clone(),
        action: step.action.name().to_owned(),
        outcome: ActionOutcome::Skipped,
        message: String::new(),
        exchanges: Vec::new(),
    }
}

fn step_verdict(record: &ActionRecord) -> StepVerdict {
    StepVerdict {
        name: record.step.clone(),
        action: record.action.clone(),
        outcome: record.outcome,
        message: shown(&record.message, LONGEST),
        exchanges: Vec::new(),
    }
}

type StepAnswer = Result<crate::driver::ActionAnswer, DriverError>;

fn record(scenario: &str, step: &Step, asked: Value, began: jiff::Timestamp, answer: &StepAnswer) -> ActionRecord {
    let (outcome, result, message) = match answer {
        Ok(answer) => (answer.outcome, answer.result.clone(), answer.message.clone()),
        Err(error) => (ActionOutcome::Unanswered, Value::Null, error.to_string()),
    };
    ActionRecord {
        scenario: scenario.to_owned(),
        step: step.name.clone(),
        action: step.action.name().to_owned(),
        key: String::new(),
        parameters: asked,
        started: began,
        ended: now(),
        outcome,
        result,
        message,
    }
}

/// Remembers the identifiers of the declaration that the step recorded, or of the document that it made
/// or changed.
fn learn(step: &Step, result: &Value, progress: &mut ScenarioProgress) {
    if let Some(id) = result.pointer("/declarations/0/id").and_then(Value::as_str) {
        progress.declarations.insert(step.name.clone(), id.to_owned());
    }
    let Some(document) = result.get("document") else { return };
    let member = |name: &str| document.get(name).and_then(Value::as_str).map(str::to_owned);
    let names = [Some(&step.name), step.document.as_ref().filter(|_| step.action != Action::ViewDocument)];
    for name in names.into_iter().flatten() {
        if let (Some(id), Some(set_id)) = (member("id"), member("set-id")) {
            progress.ids.insert(name.clone(), id);
            progress.set_ids.insert(name.clone(), set_id);
        }
    }
}
