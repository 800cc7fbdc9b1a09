//! Runs the planned scenarios, some at once, and folds their verdicts.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::task::{JoinError, JoinSet};

use super::Event;
use super::clock::now;
use super::doctor::{self, Diagnosis};
use super::evidence_log::{EvidenceLog, Window, windows};
use super::expected::ExpectedFailures;
use super::judge::{Rules, judge_unmatched};
use super::log_source::LogSource;
use super::result::{Counts, Reason, ReasonCode, RunHeader, RunResult, ScenarioVerdict};
use super::scenario_run::ScenarioRun;
use crate::domain::Outcome;
use crate::driver::{Capabilities, HttpDriver};
use crate::evidence::Journal;
use crate::kanta::{Fault, RunningKanta};
use crate::scenario::Plan;

/// A reporter's ear.
pub type EventSink = Arc<dyn Fn(Event) + Send + Sync>;

/// Everything that a run works with.
pub struct Run {
    /// What is run against what; the system's own name is filled in from its driver.
    pub header: RunHeader,
    /// The scenarios to run.
    pub plans: Vec<Plan>,
    /// How many run at once.
    pub parallel: usize,
    /// Deviations that are known.
    pub expected: ExpectedFailures,
    /// What every scenario works with.
    pub surroundings: Surroundings,
}

/// What every scenario works with. Clones share it.
#[derive(Clone)]
pub struct Surroundings {
    /// The simulated Kanta.
    pub kanta: Arc<RunningKanta>,
    /// The vendor's system.
    pub driver: HttpDriver,
    /// Where the use log comes from.
    pub use_log: LogSource,
    /// Where evidence is written.
    pub journal: Arc<Journal>,
    /// What has been written.
    pub evidence: EvidenceLog,
    /// What everything is judged by.
    pub rules: Arc<Rules>,
    /// Who is told.
    pub events: EventSink,
}

impl Run {
    /// Runs everything. Whatever goes wrong ends in the result.
    pub async fn execute(mut self) -> RunResult {
        let began = now();
        let diagnosis =
            doctor::examine(&self.surroundings.driver, &self.surroundings.kanta, &self.surroundings.evidence).await;
        let capabilities = match diagnosis {
            Diagnosis::Ready(capabilities) => capabilities,
            Diagnosis::Broken(reason) => return self.not_run(reason),
        };
        let examined = (began, now());
        self.header.system = doctor::facts(&capabilities);
        let header = Arc::new(self.header.clone());
        (self.surroundings.events)(Event::RunStarted { header, scenarios: self.plans.len() });
        let verdicts = self.scenarios(Arc::new(capabilities)).await;
        self.finish(verdicts, examined)
    }

    /// Runs the scenarios in the order of the plan, `parallel` of them at once. What shows in handshakes
    /// meets whoever calls, so that no other scenario may run beside it.
    async fn scenarios(&self, capabilities: Arc<Capabilities>) -> Vec<Arc<ScenarioVerdict>> {
        let mut tasks = JoinSet::new();
        let mut verdicts = BTreeMap::new();
        let mut after_alone = false;
        for (number, plan) in self.plans.iter().enumerate() {
            let is_alone = shows_in_handshakes(plan);
            while tasks.len() >= self.parallel || (is_alone || after_alone) && !tasks.is_empty() {
                self.take(tasks.join_next().await, &mut verdicts);
            }
            after_alone = is_alone;
            let scenario = self.scenario_run(plan.clone(), Arc::clone(&capabilities));
            tasks.spawn(async move { (number, scenario.execute().await) });
        }
        while !tasks.is_empty() {
            self.take(tasks.join_next().await, &mut verdicts);
        }
        let plans = self.plans.iter().enumerate();
        plans.map(|(number, plan)| verdicts.remove(&number).unwrap_or_else(|| Arc::new(broken(plan)))).collect()
    }

    /// Keeps the verdict of a task that has ended, and tells of it. One that broke has none.
    fn take(
        &self,
        ended: Option<Result<(usize, ScenarioVerdict), JoinError>>,
        verdicts: &mut BTreeMap<usize, Arc<ScenarioVerdict>>,
    ) {
        let Some(Ok((number, verdict))) = ended else { return };
        let today = now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let verdict = Arc::new(self.expected.apply(verdict, today));
        (self.surroundings.events)(Event::ScenarioFinished(Arc::clone(&verdict)));
        verdicts.insert(number, verdict);
    }

    fn scenario_run(&self, plan: Plan, capabilities: Arc<Capabilities>) -> ScenarioRun {
        ScenarioRun { plan, capabilities, around: self.surroundings.clone(), alone: self.parallel == 1 }
    }

    /// `examined` is when the doctor was at work: what it made the system send is its own.
    fn finish(self, verdicts: Vec<Arc<ScenarioVerdict>>, examined: Window) -> RunResult {
        let entries = self.surroundings.evidence.entries();
        let mut owned = if self.parallel == 1 { windows(&entries, None) } else { Vec::new() };
        owned.push(examined);
        let findings = judge_unmatched(&self.plans, &entries, &owned, &self.surroundings.rules);
        let scenarios: Vec<ScenarioVerdict> = verdicts.into_iter().map(Arc::unwrap_or_clone).collect();
        let own = findings.iter().map(super::fold::of_finding);
        let outcome = Outcome::fold(scenarios.iter().map(|verdict| verdict.outcome).chain(own));
        let result = RunResult {
            outcome,
            counts: Counts::of(scenarios.iter().map(|verdict| verdict.outcome)),
            reason: None,
            findings,
            scenarios,
            evidence_root: self.surroundings.journal.root(),
            ended: now(),
            header: self.header,
        };
        (self.surroundings.events)(Event::RunFinished(Arc::new(result.clone())));
        result
    }

    fn not_run(self, reason: Reason) -> RunResult {
        let findings = judge_unmatched(&[], &self.surroundings.evidence.entries(), &[], &self.surroundings.rules);
        let result = RunResult {
            outcome: super::fold::of_reason(reason.code),
            counts: Counts::default(),
            reason: Some(reason),
            findings,
            scenarios: Vec::new(),
            evidence_root: self.surroundings.journal.root(),
            ended: now(),
            header: self.header,
        };
        (self.surroundings.events)(Event::RunFinished(Arc::new(result.clone())));
        result
    }
}

/// The verdict of a scenario whose task broke.
/// Whether a fault of the scenario meets callers before they say whom they come about.
fn shows_in_handshakes(plan: &Plan) -> bool {
    let mut faults = plan.scenario.steps.iter().filter_map(|step| step.fault.as_ref()?.fault.parse::<Fault>().ok());
    faults.any(Fault::shows_in_handshakes)
}

fn broken(plan: &Plan) -> ScenarioVerdict {
    let reason = Reason { code: ReasonCode::HarnessBroken, detail: plan.scenario.id.clone() };
    super::fold::verdict(&plan.scenario, Vec::new(), Vec::new(), Vec::new(), Some(reason), 0)
}
