//! The shape of `texts/<language>/report.toml`: one field a text, so that a template that names a text
//! which is not there does not compile, and a table that lacks one is not read.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::{ActionOutcome, Area, Blame, Evidence, Level, Outcome, RequirementKind, Severity};
use crate::evidence::Provenance;
use crate::rule::Strictness;
use crate::run::ReasonCode;
use crate::wire::Part;
use crate::words::Language;

/// A struct of texts, one for each variant of an enum.
macro_rules! table {
    ($(#[$doc:meta])* $name:ident of $kind:ident { $($field:ident: $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            $($field: String,)+
        }

        impl $name {
            /// The words for this value.
            pub fn of(&self, value: $kind) -> &str {
                match value {
                    $($kind::$variant => &self.$field,)+
                }
            }
        }
    };
}

/// A struct of texts that stand on their own.
macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            $(pub(super) $field: $kind,)+
        }
    };
}

/// Every text of the reports and of the terminal in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    /// The language that they are in.
    #[serde(skip)]
    pub language: Language,
    /// Outcomes of scenarios and runs.
    pub outcome: OutcomeWords,
    /// What the outcome of a run means, in a sentence.
    pub meaning: OutcomeWords,
    /// Reasons why there is no verdict in the usual sense.
    pub reason: ReasonWords,
    /// Who has to mend a finding.
    pub blame: BlameWords,
    /// How well a rule is known.
    pub evidence: EvidenceWords,
    /// The same in a sentence.
    pub evidence_meaning: EvidenceWords,
    /// What a requirement is about.
    pub kind: KindWords,
    /// The same in a sentence.
    pub kind_meaning: KindWords,
    /// What a finding does to the verdict.
    pub severity: SeverityWords,
    /// How binding a requirement is.
    pub level: LevelWords,
    /// Parts of an exchange.
    pub part: PartWords,
    pub operation: WordsByKey,
    /// Services of Kanta, by their ids.
    pub service: WordsByKey,
    /// Who put a document into the archive.
    pub provenance: ProvenanceWords,
    /// How rules without a published source count.
    pub strictness: StrictnessWords,
    area: WordsByKey,
    step: WordsByKey,
    /// Words beside a value.
    pub label: Labels,
    pub heading: Headings,
    pub note: Notes,
    pub count: Counted,
    /// Words of the terminal.
    pub terminal: TerminalWords,
}

impl Words {
    /// Name of an area.
    pub fn area(&self, area: Area) -> &str {
        self.area.of(area.name())
    }

    /// How a step ended.
    pub fn step_outcome(&self, outcome: ActionOutcome) -> &str {
        self.step.of(outcome.name())
    }
}

/// Words for values that have ids and may grow in number: nothing but the texts lists them.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct WordsByKey(BTreeMap<String, String>);

impl WordsByKey {
    /// The words for this id; an unknown one stands for itself.
    pub fn of<'a>(&'a self, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, String::as_str)
    }

    /// The ids that have words, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

table!(
    /// Words for outcomes.
    OutcomeWords of Outcome {
        not_applicable: NotApplicable, pass: Pass, warning: Warning, partial: Partial, known_failure: KnownFailure,
        review: Review, incomplete: Incomplete,
        inconclusive: Inconclusive, fail: Fail, configuration: Configuration, error: Error,
    }
);
table!(
    /// Words for reasons.
    ReasonWords of ReasonCode {
        capability_missing: CapabilityMissing, capability_required: CapabilityRequired, fault_not_playable: FaultNotPlayable, action_timed_out: ActionTimedOut, driver_broken: DriverBroken,
        driver_unreachable: DriverUnreachable, driver_not_trusted: DriverNotTrusted, driver_version: DriverVersion,
        lanes_differ: LanesDiffer, profile_not_valid: ProfileNotValid, handshake_refused: HandshakeRefused, nothing_arrived: NothingArrived, log_unreadable: LogUnreadable, stopped: Stopped,
        refused_for_remark: RefusedForRemark, document_absent: DocumentAbsent, harness_broken: HarnessBroken, unexpected_pass: UnexpectedPass, expected_failure: ExpectedFailure,
    }
);
table!(
    /// Words for who has to mend a finding.
    BlameWords of Blame {
        vendor_system: VendorSystem, simulated_kanta: SimulatedKanta, scenario: Scenario,
        configuration: Configuration, harness: Harness,
    }
);
table!(
    /// Words for classes of evidence.
    EvidenceWords of Evidence { published: Published, standard: Standard, observed: Observed, assumed: Assumed }
);
table!(
    /// Words for what a requirement is about.
    KindWords of RequirementKind { conduct: Conduct, form: Form, unverified: Unverified }
);
table!(
    /// Words for severities.
    SeverityWords of Severity { note: Note, warning: Warning, fail: Fail }
);
table!(
    /// Words for levels.
    LevelWords of Level { must: Must, should: Should, may: May }
);
table!(
    /// Words for parts of an exchange.
    PartWords of Part {
        http: Http, frame: Frame, document: Document, display_form: DisplayForm, json: Json, bundle: Bundle,
        token: Token, use_log: UseLog, answer: Answer, archive: Archive,
    }
);
table!(
    /// Words for provenance.
    ProvenanceWords of Provenance { wire: Wire, planted: Planted }
);
table!(
    /// Words for strictness.
    StrictnessWords of Strictness { warn: Warn, fail: Fail, recommended: Recommended, every: Every }
);
section!(
    /// Words beside a value.
    Labels {
        system: String, version: String, vendor: String, harness: String, profile: String, driver: String, valid_certification: String,
        valid_production: String, days_unknown: String,
        seed: String, strictness: String, connection: String, tls_on: String, tls_off: String,
        started: String, ended: String, profile_digest: String, suite_digest: String,
        configuration_digest: String, selection_digest: String, system_kind: String, evidence_root: String, outcome: String, scenario: String, area: String,
        findings: String, duration: String, requirement: String, kind: String, grounds: String, level: String, evidence: String,
        source: String, scenarios: String, place: String, position: String, expected: String, actual: String,
        cause: String, mend: String, avoid: String, blame: String, exchange: String, step: String,
        file: String, reason: String, request: String, answer: String, parameters: String, result: String,
        document: String, group: String, nullified: String, yes: String, no: String, provenance: String,
        kanta: String, message_id: String, text: String, declarations_bundle: String,
        json_message: String,
    }
);
section!(
    /// Headings.
    Headings {
        report: String, counts: String, not_shown: String, mend_first: String, run: String, limits: String, contents: String,
        scenarios: String, course: String, exchanges: String, other_findings: String, run_findings: String,
        coverage: String, archive: String, disclaimer: String, requirements: String,
    }
);
section!(
    /// Sentences and notes.
    Notes {
        disclaimer: String, part_of: Plural, known: Plural, known_allowed: String, without: String, overridden: String,
        kind_unsaid: String, expected_listed: Plural, tls_off: String, profile_differs: String, strictness_warn: String, strictness_fail: String, recommended_fail: String,
        unbacked: Plural, all_backed: String, nothing_to_mend: String, skip_to_content: String,
        to_top: String, line_breaks: String, cut: String, folded: String, withheld: String, no_answer: String,
        accepted: String, refused: String, repeated: String, fault_played: String, hidden: String,
        system_said: String, log_read: String, played_by_harness: String, not_covered: String, marked_here: String, no_exchanges: String,
        empty_body: String, more_findings: Plural,
    }
);
section!(
    /// Counted things.
    Counted { scenarios: Plural, findings: Plural, bytes: Plural }
);
section!(
    /// Words of the terminal.
    TerminalWords {
        started: String, waiting: String, passed_of: String, report_at: String, explain: String,
        finding_more: Plural,
    }
);

/// A text with a number in it, which stands as `{n}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plural {
    one: String,
    other: String,
}

impl Plural {
    /// The text for `n`. All three languages have two forms.
    pub fn of(&self, n: usize) -> String {
        let text = if n == 1 { &self.one } else { &self.other };
        fill(text, &[("n", &n.to_string())])
    }
}

/// `text` with each `{name}` replaced by its value. Values are never looked through again.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn fills_each_place_once() {
        assert_eq!(fill("{a} of {b}, {a}", &[("a", "{b}"), ("b", "2")]), "{b} of 2, {b}");
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
    }
}
