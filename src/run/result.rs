//! Verdicts: what every report, and the exit code, is drawn from.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::{ActionOutcome, Area, Evidence, Outcome, RequirementKind, Severity};
use crate::profile::{Differences, Validity, Window};
use crate::rule::{Finding, Strictness};
use crate::words::Said;
use crate::words::Translated;

/// The result of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunResult {
    /// What was run, against what.
    pub header: RunHeader,
    /// The fold of all scenarios and of the run's own findings.
    pub outcome: Outcome,
    /// How many scenarios came out how.
    pub counts: Counts,
    /// Why the run could not be carried out, where it could not, or why it proves too little.
    pub reason: Option<Reason>,
    /// Findings that belong to no scenario: configuration, unmatched messages.
    pub findings: Vec<Finding>,
    /// Every scenario, in the order of the plan.
    pub scenarios: Vec<ScenarioVerdict>,
    /// Hash of the last journal entry: it binds the evidence.
    pub evidence_root: String,
    /// When the run ended.
    pub ended: Timestamp,
}

/// What was run, against what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunHeader {
    /// Version of the harness.
    pub harness: String,
    /// Name and version of the profile.
    pub profile: String,
    /// In what it differs from a version that ships; nothing where it ships itself.
    pub differences: Option<Differences>,
    /// When the profile holds, and whether it did on the day of the run.
    pub validity: ProfileValidity,
    /// SHA-256 of the profile, the requirements and the findings tables.
    pub profile_digest: String,
    /// SHA-256 of the scenario files.
    pub suite_digest: String,
    /// SHA-256 of the configuration.
    pub configuration_digest: String,
    /// The system under test, as its driver names it.
    pub system: SystemFacts,
    /// How the system was driven: `http`.
    pub driver: String,
    /// Seed of persons, markers and identifiers.
    pub seed: u64,
    /// How rules without a published source or standard counted, and recommendations.
    pub strictness: Strictness,
    /// False when the connection to Kanta was plain HTTP: a limit of this run.
    pub tls: bool,
    /// What of the set was chosen, and what was set otherwise than the configuration says.
    pub selection: Selection,
    pub started: Timestamp,
}

/// What of the set was chosen, and by what a run is held otherwise than by its configuration alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// What kind of system is tested; empty where the configuration does not say.
    pub kind: String,
    /// What a system of this kind is said to be without; its scenarios are no part of the set.
    pub without: Vec<String>,
    /// Areas and ids of the scenarios that such a system must be able to run; every scenario where empty.
    pub mandatory: Vec<String>,
    /// How many scenarios the set has; 0 where the plans are the set.
    pub total: usize,
    /// How many of them were chosen.
    pub chosen: usize,
    /// Settings of the command line that changed what is judged, as written there.
    pub overridden: Vec<String>,
    /// How many rows the list of expected failures has.
    pub expected: usize,
    /// Whether known failures may pass.
    pub allow_known: bool,
    /// Whether a run of a part counts as not decided.
    pub require_complete: bool,
    /// SHA-256 of all this and of the list of expected failures.
    pub digest: String,
}

impl Selection {
    /// How many scenarios of the set were not chosen.
    pub fn left_out(&self) -> usize {
        self.total.saturating_sub(self.chosen)
    }

    /// Whether a system of this kind must be able to run the scenario.
    pub fn is_mandatory(&self, id: &str, area: Area) -> bool {
        self.mandatory.is_empty() || self.mandatory.iter().any(|name| name == id || name == area.name())
    }
}

impl RunResult {
    /// How the program ends for this result.
    pub fn exit_code(&self) -> u8 {
        match self.outcome {
            Outcome::KnownFailure if self.header.selection.allow_known || !self.has_binding_known() => 0,
            Outcome::Partial if self.header.selection.require_complete => 4,
            outcome => outcome.exit_code(),
        }
    }

    /// Whether a known failure breaks conduct, or a must that is published or a standard.
    pub fn has_binding_known(&self) -> bool {
        let known = self.scenarios.iter().filter(|verdict| verdict.outcome == Outcome::KnownFailure);
        let backed = |finding: &Finding| finding.evidence <= Evidence::Standard;
        known.flat_map(|verdict| &verdict.findings).any(|finding| {
            finding.severity == Severity::Fail && (finding.kind != RequirementKind::Form || backed(finding))
        })
    }
}

/// When the profile holds, and whether it did on the day of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileValidity {
    pub certification: Held,
    pub production: Held,
}

/// A window of validity on the day of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The first day, where it is known.
    pub from: Option<Date>,
    /// The last day, where it is known.
    pub until: Option<Date>,
    /// How well they are known.
    pub evidence: Evidence,
    /// Whether the day of the run is within it.
    pub holds: bool,
}

impl ProfileValidity {
    /// The windows of a profile on `day`.
    pub fn on(validity: Validity, day: Date) -> Self {
        let held = |window: Window| {
            let Window { from, until, evidence } = window;
            Held { from, until, evidence, holds: window.holds_on(day) }
        };
        Self { certification: held(validity.certification), production: held(validity.production) }
    }
}

impl Held {
    /// `2026-11-01–2027-10-31`; a day that is not known is left out.
    pub fn days(&self) -> String {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        format!("{}–{}", day(self.from), day(self.until))
    }
}

/// The system under test.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemFacts {
    pub name: String,
    pub version: String,
    pub vendor: String,
}

/// How many scenarios came out how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    pub total: usize,
    pub pass: usize,
    pub warning: usize,
    pub fail: usize,
    /// Failed as the list of expected failures says.
    pub known_failure: usize,
    /// A person must look.
    pub review: usize,
    /// The system does not offer what its kind must be able to do.
    pub incomplete: usize,
    /// Could not be judged.
    pub inconclusive: usize,
    /// The way to the system was not set up.
    pub configuration: usize,
    pub error: usize,
    /// The system lacks the capability.
    pub not_applicable: usize,
}

/// Verdict of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioVerdict {
    pub id: String,
    pub area: Area,
    pub title: Translated,
    /// What it proves and why.
    pub purpose: Translated,
    /// File and line where it stands: `scenarios/storage/matter.toml:1`.
    pub source: String,
    /// Requirements that it claims.
    pub requirements: Vec<String>,
    /// The fold of its findings and its reason.
    pub outcome: Outcome,
    /// Why it could not be judged or does not apply, where that is so.
    pub reason: Option<Reason>,
    /// What was found, the gravest first.
    pub findings: Vec<Finding>,
    /// Its steps, in order.
    pub steps: Vec<StepVerdict>,
    /// Numbers of the exchanges that belong to it.
    pub exchanges: Vec<u64>,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepVerdict {
    pub name: String,
    /// The action asked for.
    pub action: String,
    pub outcome: ActionOutcome,
    /// What the system showed its user; the name of the file, where its use log was read from one.
    pub message: String,
    /// Exchanges that arrived while it ran.
    pub exchanges: Vec<u64>,
}

/// Why there is no verdict in the usual sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Which; the text tables word it.
    pub code: ReasonCode,
    /// What belongs to it: the driver's own reason, an address, an error. Masked and bounded.
    pub detail: Said,
}

/// The reasons there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    /// The system says that it cannot do this, and why.
    CapabilityMissing,
    /// The same of what systems of this kind must be able to do.
    CapabilityRequired,
    /// The simulated Kanta cannot play a fault of the scenario as it is set up; the detail names it.
    FaultNotPlayable,
    /// The driver did not end an action in time.
    ActionTimedOut,
    /// The driver closed the connection or answered what the driver API does not know.
    DriverBroken,
    /// No driver answers at the configured address.
    DriverUnreachable,
    /// The driver's certificate or ours was not accepted.
    DriverNotTrusted,
    /// The driver speaks another version of the driver API.
    DriverVersion,
    /// The lanes of the run drive different systems; the detail tells the difference.
    LanesDiffer,
    /// The profile does not hold in certification on the day of the run; the detail names it.
    ProfileNotValid,
    /// Handshakes with the simulated Kanta were refused.
    HandshakeRefused,
    /// The use log that the configuration names cannot be read.
    LogUnreadable,
    /// The system was asked for something that needs Kanta, and nothing arrived.
    NothingArrived,
    /// Kanta refused a message for findings that are no failures, and what follows could not be judged. The
    /// detail names them.
    RefusedForRemark,
    /// An event of the scenario concerns a document that the archive does not hold; the detail names its step.
    DocumentAbsent,
    /// The run was stopped before this scenario.
    Stopped,
    /// The harness itself broke.
    HarnessBroken,
    /// The list of expected failures names a finding of the scenario that did not come.
    UnexpectedPass,
    /// The scenario failed as the list of expected failures says; the detail is the list's reason.
    ExpectedFailure,
}

impl Counts {
    /// Counts these outcomes.
    pub fn of(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        let mut counts = Self::default();
        for outcome in outcomes {
            counts.total += 1;
            *counts.of_outcome(outcome) += 1;
        }
        counts
    }

    fn of_outcome(&mut self, outcome: Outcome) -> &mut usize {
        match outcome {
            Outcome::Pass => &mut self.pass,
            // Partial is an outcome of runs alone.
            Outcome::Warning | Outcome::Partial => &mut self.warning,
            Outcome::KnownFailure => &mut self.known_failure,
            Outcome::Incomplete => &mut self.incomplete,
            Outcome::Fail => &mut self.fail,
            Outcome::Review => &mut self.review,
            Outcome::Inconclusive => &mut self.inconclusive,
            Outcome::Configuration => &mut self.configuration,
            Outcome::Error => &mut self.error,
            Outcome::NotApplicable => &mut self.not_applicable,
        }
    }
}
