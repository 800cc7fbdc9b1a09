//! Words for results: how well a rule is known, how binding it is, who is to blame, what came out.

use serde::{Deserialize, Serialize};

/// How well a fact is known. Never promote one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Said in a public specification or in Kela's own service description.
    Published,
    /// Said by HL7 v3, CDA R2, FHIR R4, W3C or an RFC.
    Standard,
    /// Seen in real messages of vendors.
    Observed,
    /// Our reading, until someone with the document corrects it.
    Assumed,
}

/// What a requirement is about. Only a rule of form counts by its class of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RequirementKind {
    /// What any honest system does, whatever form messages have: law and the service description ask for it.
    Conduct,
    /// How messages and logs are written: elements, codes, sequences.
    #[default]
    Form,
    /// That what came can be judged at all: what cannot is never a pass.
    Unverified,
}

impl RequirementKind {
    /// Its name in data and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Conduct => "conduct",
            Self::Form => "form",
            Self::Unverified => "unverified",
        }
    }
}

/// How binding a requirement is (RFC 2119).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Binding.
    Must,
    /// A deviation needs a reason.
    Should,
    /// Free.
    May,
}

/// Who has to mend a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blame {
    /// The vendor's system.
    VendorSystem,
    /// The simulated Kanta.
    SimulatedKanta,
    /// The scenario.
    Scenario,
    /// Addresses, certificates, the driver's set-up.
    Configuration,
    /// The harness itself.
    Harness,
}

/// What a finding does to the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; changes nothing.
    Note,
    /// The verdict becomes a warning at least.
    Warning,
    /// The verdict is a failure.
    Fail,
}

/// Outcome of a scenario or a run. The order of the variants is the precedence of the fold: the
/// greatest one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The system lacks the capability, with its written reason.
    NotApplicable,
    /// Every expectation held.
    Pass,
    /// Only warnings.
    Warning,
    /// Of a run alone: what was chosen passed, and it was a part of the set.
    Partial,
    /// Requirements were broken, each of which the list of expected failures names.
    KnownFailure,
    /// A person must look.
    Review,
    /// Something that this kind of system must be able to do was not offered.
    Incomplete,
    /// It could not be judged.
    Inconclusive,
    /// A binding requirement was broken.
    Fail,
    /// The way to the system was not set up.
    Configuration,
    /// The harness itself broke.
    Error,
}

impl Outcome {
    /// Its name in data and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotApplicable => "not-applicable",
            Self::Pass => "pass",
            Self::Warning => "warning",
            Self::Partial => "partial",
            Self::KnownFailure => "known-failure",
            Self::Review => "review",
            Self::Incomplete => "incomplete",
            Self::Inconclusive => "inconclusive",
            Self::Fail => "fail",
            Self::Configuration => "configuration",
            Self::Error => "error",
        }
    }

    /// The exit code of a run with this outcome: 0 passed, 1 failed, 3 configuration, 4 not decided,
    /// 5 the harness broke. (2 is for wrong usage.)
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Pass | Self::Warning | Self::Partial => 0,
            Self::Fail | Self::KnownFailure => 1,
            Self::Configuration => 3,
            Self::Incomplete | Self::Inconclusive | Self::Review | Self::NotApplicable => 4,
            Self::Error => 5,
        }
    }

    /// The one fold: the outcome of several. Of none it is `Inconclusive`: an empty run proves nothing.
    pub fn fold(outcomes: impl IntoIterator<Item = Self>) -> Self {
        outcomes.into_iter().max().unwrap_or(Self::Inconclusive)
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    #[test]
    fn precedence_is_as_written_down() {
        use Outcome::{
            Configuration, Error, Fail, Incomplete, Inconclusive, KnownFailure, NotApplicable, Partial, Pass, Review,
            Warning,
        };
        let from_strongest = [
            Error,
            Configuration,
            Fail,
            Inconclusive,
            Incomplete,
            Review,
            KnownFailure,
            Partial,
            Warning,
            Pass,
            NotApplicable,
        ];
        for (at, strong) in from_strongest.iter().enumerate() {
            for weak in &from_strongest[at..] {
                assert_eq!(Outcome::fold([*weak, *strong]), *strong);
                assert_eq!(Outcome::fold([*strong, *weak]), *strong);
            }
        }
        assert_eq!(Outcome::fold([]), Inconclusive);
        let exit_codes = from_strongest.map(Outcome::exit_code);
        assert_eq!(exit_codes, [5, 3, 1, 4, 4, 4, 1, 0, 0, 0, 4]);
    }
}
