//! The one contract of all rules: what a rule is, and how rules run.

use super::{FindingCode, Findings};

/// What the rules of one room look at. The marker type stands for the room, `Of` for what a rule is given.
pub trait Subject: 'static {
    /// What a rule of this room is given, borrowed for the time of judging.
    type Of<'a>;
}

/// A rule: one sentence, the findings that it may give, and one function that looks at one subject.
pub struct Rule<S: Subject> {
    /// Stable name: the name of its file, in kebab case.
    pub id: &'static str,
    /// The requirement that it proves, as the table of requirements calls it. A rule whose findings break several
    /// requirements names that of its first code.
    pub requirement: &'static str,
    /// What it proves, in one sentence.
    pub sentence: &'static str,
    /// The codes of the findings that it may give; no other rule gives them.
    pub codes: &'static [FindingCode],
    /// Looks at one subject. It never sees what another rule found.
    pub judge: for<'s, 'a, 'f, 'c> fn(&'s S::Of<'a>, &'f mut Findings<'c>),
}

/// Rules that run one after the other, and what has to hold for them to say anything.
pub struct Stage<S: Subject> {
    /// In their order, which is the order of their findings.
    pub rules: &'static [Rule<S>],
    /// Whether these rules have anything to look at, after what the stages before have found.
    pub applies: for<'s, 'a, 'f, 'c> fn(&'s S::Of<'a>, &'f Findings<'c>) -> bool,
}

/// Runs the rules of those stages over one subject that apply to it.
pub fn run_stages<S: Subject>(stages: &[Stage<S>], subject: &S::Of<'_>, findings: &mut Findings<'_>) {
    for stage in stages {
        if (stage.applies)(subject, findings) {
            stage.rules.iter().for_each(|rule| (rule.judge)(subject, findings));
        }
    }
}

/// What is told of a rule, whatever it looks at: for lists of rules and for tests over all of them.
#[derive(Debug, Clone, Copy)]
pub struct RuleEntry {
    /// [`Rule::id`].
    pub id: &'static str,
    /// [`Rule::requirement`].
    pub requirement: &'static str,
    /// [`Rule::sentence`].
    pub sentence: &'static str,
    /// [`Rule::codes`].
    pub codes: &'static [FindingCode],
}

/// The rules of the stages, in their order.
pub fn entries<S: Subject>(stages: &'static [Stage<S>]) -> impl Iterator<Item = RuleEntry> {
    stages.iter().flat_map(|stage| stage.rules).map(|rule| RuleEntry {
        id: rule.id,
        requirement: rule.requirement,
        sentence: rule.sentence,
        codes: rule.codes,
    })
}
