//! Kanta holds a declaration of intent, in force or no longer.

use super::member::FINDING;
use super::{ExpectationKind, Expected, Member, MemberReader, Prohibited, ScenarioEvidence};
use crate::domain::Operation;
use crate::domain::{DeclarationTarget, Declared, PermitKind, Sector};
use crate::evidence::Snapshot;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "declared"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "declared",
    sentence: "Kanta holds a declaration of intent, in force or not",
    members: &[WHAT.description, PERMIT.description, PROHIBITS.description, IN_FORCE.description, FINDING.description],
    codes: &[],
    read: read_members,
};

const WHAT: Member<String> = Member::one_of("kind", &["information", "permit", "prohibition"], "what is declared");
const PERMIT: Member<String> =
    Member::one_of("permit", &PermitKind::NAMES, "of a permit: whose data may go to whom").optional();
const PROHIBITS: Member<Prohibited> = Member::prohibited("prohibits", "of a prohibition: what it meets").optional();
const IN_FORCE: Member<bool> =
    Member::flag("in-force", "whether it is in force; true where nothing is said").optional();

/// Kanta holds a declaration, in force or no longer.
#[derive(Debug)]
struct DeclarationHeld {
    wanted: NamedDeclaration,
    /// Whether it is in force.
    in_force: bool,
    /// The finding when it is otherwise.
    finding: FindingCode,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    let what = members.get(&WHAT)?;
    let wanted = match (what.as_str(), members.get(&PERMIT), members.get(&PROHIBITS)) {
        ("information", None, None) => NamedDeclaration::Information,
        ("permit", Some(permit), None) => NamedDeclaration::Permit(PermitKind::named(&permit)?),
        ("prohibition", None, Some(target)) => NamedDeclaration::Prohibition(target),
        _ => {
            let title = format!("a declaration of kind `{what}` has other members");
            let hint = "information has none; permit has permit = \"…\"; prohibition has prohibits = { … }";
            members.mistake(&WHAT, title, hint);
            return None;
        }
    };
    let in_force = members.get(&IN_FORCE).unwrap_or(true);
    Some(Box::new(DeclarationHeld { wanted, in_force, finding: members.get(&FINDING)? }))
}

/// A declaration by the names of its scenario.
#[derive(Debug)]
enum NamedDeclaration {
    /// That the information about Kanta was given.
    Information,
    /// A permit.
    Permit(PermitKind),
    /// A prohibition.
    Prohibition(Prohibited),
}

impl Expected for DeclarationHeld {
    fn codes(&self) -> Vec<FindingCode> {
        vec![self.finding]
    }

    fn rests_on(&self) -> Option<Operation> {
        (!self.in_force).then_some(Operation::StoreDeclaration)
    }

    /// A declaration that is not held so is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(snapshot) = evidence.snapshot else { return };
        let fits = |declared: &Declared| self.wanted.fits(declared, evidence, snapshot);
        let found: Vec<_> = snapshot.declarations.iter().filter(|one| fits(&one.declared)).collect();
        let in_force = found.iter().any(|one| one.in_force);
        if in_force != self.in_force {
            let held = snapshot.declarations.iter().filter(|one| one.in_force).map(|one| spelt(&one.declared));
            let held: Vec<String> = held.collect();
            let actual = if held.is_empty() { "—".to_owned() } else { held.join(", ") };
            let expected = self.wanted.spelt();
            let expected = if self.in_force { expected } else { format!("≠ {expected}") };
            out.add_for_step(self.finding, step, Said::value(expected), Said::value(actual));
        }
    }
}

impl NamedDeclaration {
    fn fits(&self, declared: &Declared, evidence: &ScenarioEvidence<'_>, snapshot: &Snapshot) -> bool {
        let Declared::Prohibition { targets } = declared else {
            return match (self, declared) {
                (Self::Information, Declared::Information) => true,
                (Self::Permit(kind), Declared::Permit { from, to }) => kind.direction() == (*from, *to),
                _ => false,
            };
        };
        let Self::Prohibition(prohibited) = self else { return false };
        targets.iter().any(|target| match (prohibited, target) {
            (Prohibited::Document(name), DeclarationTarget::Document(id)) => is_version(id, name, evidence, snapshot),
            (Prohibited::ServiceTask(code), DeclarationTarget::ServiceTask(other)) => code == other,
            (Prohibited::Controller(one), DeclarationTarget::Controller(oid)) => {
                evidence.controllers.get(one.name()) == Some(oid)
            }
            _ => false,
        })
    }

    fn spelt(&self) -> String {
        match self {
            Self::Information => "information".to_owned(),
            Self::Permit(kind) => permit(kind.direction().0, kind.direction().1),
            Self::Prohibition(Prohibited::Document(name) | Prohibited::ServiceTask(name)) => {
                format!("prohibition:{name}")
            }
            Self::Prohibition(Prohibited::Controller(one)) => format!("prohibition:{}", one.name()),
        }
    }
}

/// Whether `id` is a version of the document `name`.
fn is_version(id: &str, name: &str, evidence: &ScenarioEvidence<'_>, snapshot: &Snapshot) -> bool {
    let Some(set_id) = evidence.names.get(name).and_then(|name| name.set_id.as_deref()) else { return false };
    let versions = snapshot.documents.iter().filter(|document| document.set_id == set_id);
    id == set_id || versions.into_iter().any(|document| document.id == id)
}

fn permit(from: Sector, to: Sector) -> String {
    format!("permit:{}→{}", from.name(), to.name())
}

fn spelt(declared: &Declared) -> String {
    match declared {
        Declared::Information => "information".to_owned(),
        Declared::Permit { from, to } => permit(*from, *to),
        Declared::Prohibition { targets } => {
            let names = targets.iter().map(|target| match target {
                DeclarationTarget::Document(name)
                | DeclarationTarget::ServiceTask(name)
                | DeclarationTarget::Controller(name) => name.as_str(),
            });
            format!("prohibition:{}", names.collect::<Vec<_>>().join("+"))
        }
    }
}
