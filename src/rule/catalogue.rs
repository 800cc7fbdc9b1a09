//! The requirements and the kinds of findings: what `catalogue/requirements.toml` and
//! `catalogue/findings.toml` say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FindingCode;
use crate::domain::{Blame, Evidence, Level, Severity};
use crate::source::{Diagnostic, Diagnostics, SourceFile, read_toml};
use crate::words::Translated;

/// How broken rules count that need not fail: those that no published source or standard backs, and those that
/// only recommend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strictness {
    /// A broken `observed` or `assumed` rule is a warning, and so is a broken recommendation.
    Warn,
    /// A broken `observed` or `assumed` rule is a failure, like any other that binds.
    Fail,
    /// A broken recommendation is a failure where it is `published` or `standard`.
    Recommended,
    /// Every broken rule is a failure, whether it binds or recommends.
    Every,
}

impl Strictness {
    /// The strictness that fails broken rules without a published source or standard (`assumed`), and broken
    /// recommendations (`recommended`).
    pub fn of(assumed: bool, recommended: bool) -> Self {
        match (assumed, recommended) {
            (false, false) => Self::Warn,
            (true, false) => Self::Fail,
            (false, true) => Self::Recommended,
            (true, true) => Self::Every,
        }
    }

    /// Whether a broken rule without a published source or standard counts like any other.
    pub fn fails_assumed(self) -> bool {
        matches!(self, Self::Fail | Self::Every)
    }

    /// Whether a broken recommendation counts like a rule that binds.
    pub fn fails_recommended(self) -> bool {
        matches!(self, Self::Recommended | Self::Every)
    }

    /// The strictness of an endpoint, which refuses what fails: never for a recommendation.
    #[must_use]
    pub fn without_recommended(self) -> Self {
        Self::of(self.fails_assumed(), false)
    }
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Stable identifier.
    pub id: String,
    /// Area: `storage`, `search`, `replacement`, `disclosure-notice`, `log`, `robustness`, `transport`.
    pub area: String,
    /// How binding it is.
    pub level: Level,
    /// How well it is known.
    pub evidence: Evidence,
    /// What it says: the words of its row, and those of `texts/<language>/requirements.toml`.
    #[serde(default)]
    pub text: Translated,
    /// Where it stands.
    pub source: RequirementSource,
}

/// Where a requirement stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementSource {
    /// The document.
    pub document: String,
    /// Its date or version; empty where it has none.
    pub date: String,
    /// Section or page; empty where the whole document is meant.
    pub section: String,
}

/// One kind of finding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingKind {
    /// Stable code.
    pub code: FindingCode,
    /// The requirement that it breaks.
    pub requirement: String,
    /// Who has to mend it.
    pub blame: Blame,
    /// True for what is worth knowing and never changes a verdict.
    #[serde(default)]
    pub note: bool,
    /// When a validation service would find it.
    #[serde(default)]
    pub stage: ValidationStage,
}

/// The stages of a validation, each after the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValidationStage {
    /// Whether the texts can be read at all.
    Syntax,
    /// Whether the structured form keeps to its schema.
    Schema,
    /// What the specification asks of one message.
    #[default]
    Rules,
    /// What it asks of a message after others.
    Sequence,
}

impl ValidationStage {
    /// Every stage, in order.
    pub const ALL: [Self; 4] = [Self::Syntax, Self::Schema, Self::Rules, Self::Sequence];
}

impl FindingKind {
    /// What a finding of this kind does to the verdict, its rule being so binding and so well known.
    pub fn severity(&self, level: Level, evidence: Evidence, strictness: Strictness) -> Severity {
        let backed = matches!(evidence, Evidence::Published | Evidence::Standard);
        let counts = backed || strictness.fails_assumed();
        match level {
            _ if self.note => Severity::Note,
            Level::Must if counts => Severity::Fail,
            Level::Should if counts && strictness.fails_recommended() => Severity::Fail,
            Level::Must | Level::Should => Severity::Warning,
            Level::May => Severity::Note,
        }
    }
}

/// All requirements and kinds of findings, checked against each other when they are read.
#[derive(Debug)]
pub struct Catalogue {
    requirements: BTreeMap<String, Requirement>,
    findings: BTreeMap<FindingCode, FindingKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequirementFile {
    requirement: Vec<toml::Spanned<Requirement>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FindingFile {
    finding: Vec<toml::Spanned<FindingKind>>,
}

/// Code of the finding that stands in where a rule names a code that the table lacks.
const UNLISTED: FindingCode = FindingCode::RuleUnlisted;

impl Catalogue {
    /// The catalogue of these two tables.
    ///
    /// # Errors
    /// Every mistake in them: unreadable, a code or id twice, a finding of an unknown requirement.
    pub fn read(requirements: &SourceFile, findings: &SourceFile) -> Result<Self, Diagnostics> {
        let requirement_rows = parse::<RequirementFile>(requirements)?.requirement;
        let finding_rows = parse::<FindingFile>(findings)?.finding;
        let mut mistakes = Diagnostics::default();
        let mut catalogue = Self { requirements: BTreeMap::new(), findings: BTreeMap::new() };
        for row in requirement_rows {
            let (span, id) = (row.span(), row.get_ref().id.clone());
            let row = row.into_inner();
            let row = Requirement { text: row.text.or(Translated::of_requirement(&id)), ..row };
            if catalogue.requirements.insert(id.clone(), row).is_some() {
                mistakes.push(Diagnostic::new(
                    requirements,
                    span,
                    format!("requirement {id} stands twice"),
                    "give one of them another id",
                ));
            }
        }
        for row in finding_rows {
            let (span, kind) = (row.span(), row.into_inner());
            if !catalogue.requirements.contains_key(&kind.requirement) {
                let title = format!("no requirement {}", kind.requirement);
                mistakes.push(Diagnostic::new(
                    findings,
                    span.clone(),
                    title,
                    "name one of catalogue/requirements.toml",
                ));
            }
            let code = kind.code;
            if catalogue.findings.insert(code, kind).is_some() {
                mistakes.push(Diagnostic::new(
                    findings,
                    span,
                    format!("finding {code} stands twice"),
                    "remove one of them",
                ));
            }
        }
        if !catalogue.findings.contains_key(&UNLISTED) {
            mistakes.push(Diagnostic::new(
                findings,
                0..0,
                format!("finding {UNLISTED} is missing"),
                "the harness needs it for its own faults",
            ));
        }
        mistakes.into_result(catalogue)
    }

    /// The kind of finding with this code. A code that the table lacks is the harness's own fault and
    /// gives the kind that says so.
    pub fn finding(&self, code: FindingCode) -> &FindingKind {
        self.findings.get(&code).unwrap_or_else(|| &self.findings[&UNLISTED])
    }

    /// The requirement with this id, if there is one.
    pub fn get_requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements.get(id)
    }

    /// The kind of finding with this code, if there is one.
    pub fn get_finding(&self, code: &str) -> Option<&FindingKind> {
        self.findings.get(&code.parse().ok()?)
    }

    /// Every requirement, by id.
    pub fn requirements(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements.values()
    }

    /// Every kind of finding, by code.
    pub fn findings(&self) -> impl Iterator<Item = &FindingKind> {
        self.findings.values()
    }

    pub(super) fn requirement(&self, id: &str) -> &Requirement {
        &self.requirements[id]
    }
}

fn parse<T: serde::de::DeserializeOwned>(file: &SourceFile) -> Result<T, Diagnostics> {
    read_toml(file, "mend the table as CONTRIBUTING.md shows it")
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, FindingCode, FindingKind, Strictness};
    use crate::domain::Severity;
    use crate::source::SourceFile;

    const REQUIREMENT: &str = "source = { document = \"d\", date = \"\", section = \"\" }\ntext = { fi = \"a\", sv = \"a\", en = \"a\" }\narea = \"log\"\n";

    fn severity(level: &str, class: &str, strictness: Strictness) -> Severity {
        let requirement =
            format!("[[requirement]]\nid = \"A\"\nlevel = \"{level}\"\nevidence = \"{class}\"\n{REQUIREMENT}");
        let finding = "[[finding]]\ncode = \"rule-unlisted\"\nrequirement = \"A\"\nblame = \"vendor-system\"\n";
        let tables = [SourceFile::new("r", requirement), SourceFile::new("f", finding)];
        let catalogue = Catalogue::read(&tables[0], &tables[1]).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let kind: &FindingKind = catalogue.finding(FindingCode::RuleUnlisted);
        let requirement = catalogue.requirement("A");
        kind.severity(requirement.level, requirement.evidence, strictness)
    }

    #[test]
    fn severity_follows_from_level_class_and_strictness() {
        use Severity::{Fail, Warning};
        use Strictness as S;
        let table = [
            ("must", "published", [Fail, Fail, Fail, Fail]),
            ("must", "assumed", [Warning, Fail, Warning, Fail]),
            ("should", "standard", [Warning, Warning, Fail, Fail]),
            ("should", "observed", [Warning, Warning, Warning, Fail]),
            ("may", "published", [Severity::Note; 4]),
        ];
        for (level, class, expected) in table {
            let found = [S::Warn, S::Fail, S::Recommended, S::Every].map(|one| severity(level, class, one));
            assert_eq!(found, expected, "{level} {class}");
        }
        for one in [S::Warn, S::Fail, S::Recommended, S::Every] {
            assert_eq!(S::of(one.fails_assumed(), one.fails_recommended()), one);
            assert!(!one.without_recommended().fails_recommended());
        }
    }
}
