//! The requirements and the kinds of findings: what `catalogue/requirements.toml` and
//! `catalogue/findings.toml` say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FindingCode, Strictness};
use crate::domain::{Area, Blame, Evidence, Level, RequirementKind, Severity};
use crate::source::{Diagnostic, Diagnostics, SourceFile, read_toml};
use crate::words::Translated;

/// One requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    pub id: String,
    pub area: Area,
    /// How binding it is.
    pub level: Level,
    /// How well it is known.
    pub evidence: Evidence,
    /// Whether it is about conduct, about form, or about what can be judged at all.
    #[serde(default)]
    pub kind: RequirementKind,
    /// Ids of the [`Ground`]s on which a requirement of conduct rests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<String>,
    /// What it says: the words of its row, and those of `texts/<language>/requirements.toml`.
    #[serde(default)]
    pub text: Translated,
    pub source: RequirementSource,
}

/// A sentence on which requirements of conduct rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Stable identifier.
    pub id: String,
    /// The sentence, in the language of its document.
    pub sentence: String,
    /// Where it stands.
    pub source: RequirementSource,
}

/// Where a requirement stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementSource {
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
    pub code: FindingCode,
    /// The requirement that it breaks.
    pub requirement: String,
    /// Who has to mend it.
    pub blame: Blame,
    /// Its kind, where that is another than its requirement's.
    #[serde(default)]
    pub kind: Option<RequirementKind>,
    /// Ids of the [`Ground`]s on which it rests where it alone is conduct.
    #[serde(default)]
    pub grounds: Vec<String>,
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
    /// What it is about, being a breach of `requirement`.
    pub fn kind(&self, requirement: &Requirement) -> RequirementKind {
        self.kind.unwrap_or(requirement.kind)
    }

    /// The grounds on which it rests, being a breach of `requirement`.
    pub fn grounds<'a>(&'a self, requirement: &'a Requirement) -> &'a [String] {
        if self.kind.is_some() { &self.grounds } else { &requirement.grounds }
    }

    /// What a finding of this kind does to the verdict, as a breach of `requirement` whose form is so well known.
    pub fn severity(&self, requirement: &Requirement, evidence: Evidence, strictness: Strictness) -> Severity {
        let backed = matches!(evidence, Evidence::Published | Evidence::Standard);
        let counts = backed || strictness.fails_assumed() || self.kind(requirement) != RequirementKind::Form;
        match requirement.level {
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
    grounds: BTreeMap<String, Ground>,
    requirements: BTreeMap<String, Requirement>,
    findings: BTreeMap<FindingCode, FindingKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequirementFile {
    #[serde(default)]
    ground: Vec<Ground>,
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
    /// Every mistake in them: unreadable, a code or id twice, a finding of an unknown requirement, conduct that names
    /// no ground or does not bind.
    pub fn read(requirements: &SourceFile, findings: &SourceFile) -> Result<Self, Diagnostics> {
        let requirement_file = parse::<RequirementFile>(requirements)?;
        let finding_rows = parse::<FindingFile>(findings)?.finding;
        let grounds = requirement_file.ground.into_iter().map(|ground| (ground.id.clone(), ground)).collect();
        let mut mistakes = Diagnostics::default();
        let mut catalogue = Self { grounds, requirements: BTreeMap::new(), findings: BTreeMap::new() };
        for row in requirement_file.requirement {
            catalogue.take_requirement(row, requirements, &mut mistakes);
        }
        for row in finding_rows {
            catalogue.take_finding(row, findings, &mut mistakes);
        }
        if !catalogue.findings.contains_key(&UNLISTED) {
            let title = format!("finding {UNLISTED} is missing");
            mistakes.push(Diagnostic::new(findings, 0..0, title, "the harness needs it for its own faults"));
        }
        mistakes.into_result(catalogue)
    }

    fn take_requirement(&mut self, row: toml::Spanned<Requirement>, file: &SourceFile, mistakes: &mut Diagnostics) {
        let (span, row) = (row.span(), row.into_inner());
        let id = row.id.clone();
        let row = Requirement { text: row.text.or(Translated::of_requirement(&id)), ..row };
        if let Some((title, hint)) = self.unfounded(&id, row.kind, row.level, &row.grounds) {
            mistakes.push(Diagnostic::new(file, span.clone(), title, hint));
        }
        if self.requirements.insert(id.clone(), row).is_some() {
            let title = format!("requirement {id} stands twice");
            mistakes.push(Diagnostic::new(file, span, title, "give one of them another id"));
        }
    }

    fn take_finding(&mut self, row: toml::Spanned<FindingKind>, file: &SourceFile, mistakes: &mut Diagnostics) {
        let (span, row) = (row.span(), row.into_inner());
        let code = row.code;
        match self.requirements.get(&row.requirement) {
            None => {
                let title = format!("no requirement {}", row.requirement);
                mistakes.push(Diagnostic::new(file, span.clone(), title, "name one of catalogue/requirements.toml"));
            }
            Some(broken) => {
                let kind = row.kind.unwrap_or_default();
                if let Some((title, hint)) = self.unfounded(code.as_str(), kind, broken.level, &row.grounds) {
                    mistakes.push(Diagnostic::new(file, span.clone(), title, hint));
                }
            }
        }
        if self.findings.insert(code, row).is_some() {
            let title = format!("finding {code} stands twice");
            mistakes.push(Diagnostic::new(file, span, title, "remove one of them"));
        }
    }

    /// What is wrong with the grounds of a row, and how to mend it.
    fn unfounded(
        &self,
        name: &str,
        kind: RequirementKind,
        level: Level,
        grounds: &[String],
    ) -> Option<(String, &'static str)> {
        let is_conduct = kind == RequirementKind::Conduct;
        if let Some(unknown) = grounds.iter().find(|ground| !self.grounds.contains_key(*ground)) {
            return Some((format!("no ground {unknown}"), "name one of the [[ground]] rows"));
        }
        if is_conduct && level != Level::Must {
            return Some((
                format!("{name} is conduct and does not bind"),
                "conduct is a must; else it is of the kind form",
            ));
        }
        (is_conduct == grounds.is_empty()).then(|| match is_conduct {
            true => (format!("{name} is conduct and names no ground"), "name the sentences on which it rests"),
            false => (format!("{name} is no conduct and names grounds"), "grounds are for conduct alone"),
        })
    }

    /// The ground with this id, if there is one.
    pub fn ground(&self, id: &str) -> Option<&Ground> {
        self.grounds.get(id)
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

    /// A ground, and a requirement of this kind, level and class.
    fn requirements(kind: &str, level: &str, class: &str) -> String {
        let ground =
            "[[ground]]\nid = \"law\"\nsentence = \"s\"\nsource = { document = \"d\", date = \"\", section = \"\" }\n";
        let grounds = if kind == "conduct" { "grounds = [\"law\"]\n" } else { "" };
        format!(
            "{ground}[[requirement]]\nid = \"A\"\nkind = \"{kind}\"\n{grounds}level = \"{level}\"\nevidence = \"{class}\"\n{REQUIREMENT}"
        )
    }

    fn severity(kind: &str, level: &str, class: &str, strictness: Strictness) -> Severity {
        let requirement = requirements(kind, level, class);
        let finding = "[[finding]]\ncode = \"rule-unlisted\"\nrequirement = \"A\"\nblame = \"vendor-system\"\n";
        let tables = [SourceFile::new("r", requirement), SourceFile::new("f", finding)];
        let catalogue = Catalogue::read(&tables[0], &tables[1]).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let kind: &FindingKind = catalogue.finding(FindingCode::RuleUnlisted);
        let requirement = catalogue.requirement("A");
        kind.severity(requirement, requirement.evidence, strictness)
    }

    #[test]
    fn severity_follows_from_level_class_and_strictness() {
        use Severity::{Fail, Warning};
        use Strictness as S;
        let table = [
            ("form", "must", "published", [Fail, Fail, Fail, Fail]),
            ("form", "must", "assumed", [Warning, Fail, Warning, Fail]),
            ("form", "should", "standard", [Warning, Warning, Fail, Fail]),
            ("form", "should", "observed", [Warning, Warning, Warning, Fail]),
            ("form", "may", "published", [Severity::Note; 4]),
            ("conduct", "must", "assumed", [Fail; 4]),
            ("conduct", "must", "observed", [Fail; 4]),
            ("unverified", "must", "assumed", [Fail; 4]),
        ];
        for (kind, level, class, expected) in table {
            let found = [S::Warn, S::Fail, S::Recommended, S::Every].map(|one| severity(kind, level, class, one));
            assert_eq!(found, expected, "{kind} {level} {class}");
        }
    }

    #[test]
    fn conduct_binds_and_names_its_grounds() {
        const FINDING: &str = "[[finding]]\ncode = \"rule-unlisted\"\nrequirement = \"A\"\nblame = \"harness\"\n";
        let told = |requirements: String, row: &str| {
            let files = [requirements, format!("{FINDING}{row}")].map(|text| SourceFile::new("t", text));
            Catalogue::read(&files[0], &files[1]).expect_err("a mistake").to_string()
        };
        let table = [
            (requirements("conduct", "should", "published"), "", "A is conduct and does not bind"),
            (
                requirements("conduct", "must", "published").replace("grounds", "# "),
                "",
                "A is conduct and names no ground",
            ),
            (requirements("conduct", "must", "published").replace("[\"law\"]", "[\"none\"]"), "", "no ground none"),
            (
                requirements("form", "must", "published"),
                "kind = \"conduct\"\n",
                "rule-unlisted is conduct and names no ground",
            ),
            (requirements("form", "must", "published"), "grounds = [\"law\"]\n", "is no conduct and names grounds"),
        ];
        for (requirements, row, title) in table {
            let told = told(requirements, row);
            assert!(told.contains(title), "{title}\n{told}");
        }
    }
}
