//! Runs the planned scenarios, in each lane one after the other, the lanes side by side, and folds their
//! verdicts.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::task::{Id, JoinError, JoinSet};

use super::action_keys::ActionKeys;
use super::canary;
use super::clock::now;
use super::doctor::{self, Diagnosis};
use super::event::{Event, EventSink};
use super::evidence_log::{LogWindow, windows};
use super::expected::ExpectedFailures;
use super::judge::{judge_unmatched, remarks};
use super::lane::Lane;
use super::lanes::Shares;
use super::result::{Counts, Reason, ReasonCode, RunHeader, RunResult, ScenarioVerdict};
use super::scenario_run::ScenarioRun;
use crate::domain::Outcome;
use crate::driver::Capabilities;
use crate::evidence::Journal;
use crate::rule::{Finding, FindingCode};
use crate::scenario::Plan;
use crate::words::said;

/// Everything that a run works with.
pub struct Run {
    /// What is run against what; the system's own name is filled in from its driver.
    pub header: RunHeader,
    /// The scenarios to run.
    pub plans: Vec<Plan>,
    /// The lanes, the main one first: each scenario runs in one of them.
    pub lanes: Vec<Lane>,
    /// How many run at once in each lane.
    pub parallel: usize,
    /// Deviations that are known.
    pub expected: ExpectedFailures,
    /// Where evidence is written.
    pub journal: Arc<Journal>,
    pub events: EventSink,
}

/// What the doctor found out: what the systems can do, and when it was at work in each lane. What it made a
/// system send then is its own.
struct Examined {
    capabilities: Arc<Capabilities>,
    windows: Vec<LogWindow>,
}

/// The verdicts so far, by the place of their plans.
type Verdicts = BTreeMap<usize, Arc<ScenarioVerdict>>;

impl Run {
    /// Runs everything. Whatever goes wrong ends in the result.
    pub async fn execute(mut self) -> RunResult {
        if let Some(reason) = self.lanes.iter().find_map(|lane| canary::trouble(&lane.rules)) {
            return self.not_run(reason);
        }
        let keys = Arc::new(ActionKeys::new(self.header.seed, self.header.started));
        let examined = match self.examine(&keys).await {
            Ok(examined) => examined,
            Err(reason) => return self.not_run(reason),
        };
        self.header.system = doctor::facts(&examined.capabilities);
        let header = Arc::new(self.header.clone());
        (self.events)(Event::RunStarted { header, scenarios: self.plans.len() });
        let shares = Shares::of(&self.plans, self.lanes.len());
        let verdicts = self.scenarios(&shares, &examined.capabilities, &keys).await;
        self.finish(verdicts, &shares, &examined.windows)
    }

    /// Examines lane after lane, so that a refused handshake is the examined system's.
    async fn examine(&self, keys: &ActionKeys) -> Result<Examined, Reason> {
        let (mut first, mut windows) = (None, Vec::new());
        for lane in &self.lanes {
            let began = now();
            let found = match doctor::examine(lane, keys).await {
                Diagnosis::Ready(capabilities) => capabilities,
                Diagnosis::Broken(reason) => return Err(self.in_lane(reason, lane)),
            };
            windows.push((began, now()));
            let first = first.get_or_insert_with(|| found.clone());
            if let Some(reason) = doctor::difference(first, &found) {
                return Err(self.in_lane(reason, lane));
            }
        }
        let capabilities = first.ok_or(Reason { code: ReasonCode::HarnessBroken, detail: "no lane".into() })?;
        Ok(Examined { capabilities: Arc::new(capabilities), windows })
    }

    /// The reason with the name of the lane, where there are several.
    fn in_lane(&self, reason: Reason, lane: &Lane) -> Reason {
        let name = if lane.name.is_empty() { "main" } else { lane.name.as_str() };
        match self.lanes.len() {
            1 => reason,
            _ => Reason { detail: said::lane(name, reason.detail), ..reason },
        }
    }

    /// Runs the shares of the lanes side by side, and then what no other scenario may run beside.
    async fn scenarios(
        &self,
        shares: &Shares,
        capabilities: &Arc<Capabilities>,
        keys: &Arc<ActionKeys>,
    ) -> Vec<Arc<ScenarioVerdict>> {
        let mut verdicts = Verdicts::new();
        let mut queues: Vec<VecDeque<usize>> = shares.beside.iter().cloned().map(VecDeque::from).collect();
        let mut tasks = Tasks::default();
        for (lane, queue) in queues.iter_mut().enumerate() {
            for place in (0..self.parallel).map_while(|_| queue.pop_front()) {
                tasks.start(lane, place, self.scenario_run(lane, place, capabilities, keys));
            }
        }
        while let Some((lane, ended)) = tasks.next().await {
            self.keep(ended, &mut verdicts);
            if let Some(place) = queues[lane].pop_front() {
                tasks.start(lane, place, self.scenario_run(lane, place, capabilities, keys));
            }
        }
        for place in &shares.alone {
            tasks.start(0, *place, self.scenario_run(0, *place, capabilities, keys));
            if let Some((_, ended)) = tasks.next().await {
                self.keep(ended, &mut verdicts);
            }
        }
        let plans = self.plans.iter().enumerate();
        plans.map(|(place, plan)| verdicts.remove(&place).unwrap_or_else(|| Arc::new(broken(plan)))).collect()
    }

    /// Keeps the verdict of a scenario that has ended, and tells of it. One whose task broke has none.
    fn keep(&self, ended: Option<(usize, ScenarioVerdict)>, verdicts: &mut Verdicts) {
        let Some((place, verdict)) = ended else { return };
        let today = now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let verdict = Arc::new(self.expected.apply(verdict, today));
        (self.events)(Event::ScenarioFinished(Arc::clone(&verdict)));
        verdicts.insert(place, verdict);
    }

    fn scenario_run(
        &self,
        lane: usize,
        place: usize,
        capabilities: &Arc<Capabilities>,
        keys: &Arc<ActionKeys>,
    ) -> ScenarioRun {
        ScenarioRun {
            plan: self.plans[place].clone(),
            capabilities: Arc::clone(capabilities),
            lane: self.lanes[lane].clone(),
            journal: Arc::clone(&self.journal),
            events: Arc::clone(&self.events),
            keys: Arc::clone(keys),
            mandatory: self.is_mandatory(place),
            alone: self.parallel == 1,
        }
    }

    fn is_mandatory(&self, place: usize) -> bool {
        let scenario = &self.plans[place].scenario;
        self.header.selection.is_mandatory(&scenario.id, scenario.area)
    }

    /// What a run of a part is at best.
    fn of_selection(&self) -> Option<Outcome> {
        (self.header.selection.left_out() > 0).then_some(Outcome::Partial)
    }

    fn finish(self, verdicts: Vec<Arc<ScenarioVerdict>>, shares: &Shares, examined: &[LogWindow]) -> RunResult {
        let scenarios: Vec<ScenarioVerdict> = verdicts.into_iter().map(Arc::unwrap_or_clone).collect();
        let lanes = self.lanes.iter().zip(examined).enumerate();
        let findings: Vec<Finding> = lanes
            .flat_map(|(number, (lane, examined))| {
                let own = |place: &usize| shares.lane_of(*place) == number;
                let plans: Vec<&Plan> = (0..self.plans.len()).filter(own).map(|place| &self.plans[place]).collect();
                self.unmatched(lane, &plans, *examined)
            })
            .collect();
        let own = findings.iter().map(super::fold::of_finding);
        let reason = self.not_valid();
        let of_reason = reason.iter().map(|reason| super::fold::of_reason(reason.code));
        let outcome = super::fold::of_all(scenarios.iter().map(|verdict| verdict.outcome).chain(own).chain(of_reason));
        // A part of which nothing applies proves nothing, and is no part that passed.
        let outcome = if outcome == Outcome::NotApplicable {
            outcome
        } else {
            Outcome::fold([outcome].into_iter().chain(self.of_selection()))
        };
        self.end(outcome, reason, findings, scenarios)
    }

    /// What a run by a version of the specification that is not certified by proves nothing for.
    fn not_valid(&self) -> Option<Reason> {
        let held = self.header.validity.certification;
        let detail = format!("{}: {}", self.header.profile, held.days());
        (!held.holds).then_some(Reason { code: ReasonCode::ProfileNotValid, detail: detail.into() })
    }

    /// Findings of the messages that came in by the lane and belong to none of its scenarios.
    fn unmatched(&self, lane: &Lane, plans: &[&Plan], examined: LogWindow) -> Vec<Finding> {
        let entries = lane.evidence.entries();
        let of_lane = |id: &str| self.parallel == 1 && plans.iter().any(|plan| plan.scenario.id == id);
        let mut owned = windows(&entries, of_lane);
        owned.push(examined);
        let found = judge_unmatched(plans, &entries, &owned, &lane.rules);
        // The scenarios say whom a connection that was refused touches; by itself it is nobody's.
        let (strays, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|finding| finding.code == FindingCode::HandshakeRefused);
        others.into_iter().chain(remarks(strays)).collect()
    }

    fn not_run(self, reason: Reason) -> RunResult {
        let unmatched = |lane: &Lane| judge_unmatched(&[], &lane.evidence.entries(), &[], &lane.rules);
        let findings = self.lanes.iter().flat_map(unmatched).collect();
        self.end(super::fold::of_reason(reason.code), Some(reason), findings, Vec::new())
    }

    fn end(
        self,
        outcome: Outcome,
        reason: Option<Reason>,
        findings: Vec<Finding>,
        scenarios: Vec<ScenarioVerdict>,
    ) -> RunResult {
        let result = RunResult {
            outcome,
            counts: Counts::of(scenarios.iter().map(|verdict| verdict.outcome)),
            reason,
            findings,
            scenarios,
            evidence_root: self.journal.root(),
            ended: now(),
            header: self.header,
        };
        (self.events)(Event::RunFinished(Arc::new(result.clone())));
        result
    }
}

/// Scenarios that run now, each with its lane.
#[derive(Default)]
struct Tasks {
    running: JoinSet<(usize, ScenarioVerdict)>,
    lanes: BTreeMap<Id, usize>,
}

impl Tasks {
    fn start(&mut self, lane: usize, place: usize, scenario: ScenarioRun) {
        let task = self.running.spawn(async move { (place, scenario.execute().await) });
        self.lanes.insert(task.id(), lane);
    }

    /// The lane in which a scenario has ended, and its verdict, where it did not break.
    async fn next(&mut self) -> Option<(usize, Option<(usize, ScenarioVerdict)>)> {
        let ended = self.running.join_next_with_id().await?;
        let id = ended.as_ref().map_or_else(JoinError::id, |(id, _)| *id);
        let lane = self.lanes.remove(&id)?;
        Some((lane, ended.ok().map(|(_, ended)| ended)))
    }
}

/// The verdict of a scenario whose task broke.
fn broken(plan: &Plan) -> ScenarioVerdict {
    let reason = Reason { code: ReasonCode::HarnessBroken, detail: plan.scenario.id.as_str().into() };
    super::fold::verdict(&plan.scenario, Vec::new(), Vec::new(), Vec::new(), Some(reason), 0)
}
