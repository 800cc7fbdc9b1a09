//! Kanta holds a declaration of intent, in force or no longer.

use super::Case;
use crate::domain::{DeclarationTarget, Declared, Sector};
use crate::evidence::Snapshot;
use crate::rule::{FindingCode, Findings};

/// Kanta holds a declaration, in force or no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationHeld {
    /// The step after which it is so.
    pub step: String,
    /// What is declared.
    pub wanted: WantedDeclaration,
    /// Whether it is in force.
    pub in_force: bool,
    /// The finding when it is otherwise.
    pub finding: FindingCode,
}

/// A declaration by the names of its scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WantedDeclaration {
    /// That the information about Kanta was given.
    Information,
    /// A permit in this direction.
    Permit(Sector, Sector),
    /// A prohibition of this document, by its name.
    OfDocument(String),
    /// A prohibition of this service task, by its code.
    OfServiceTask(String),
    /// A prohibition of this controller, by its name.
    OfController(String),
}

impl DeclarationHeld {
    /// A declaration that is not held so is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(snapshot) = case.snapshot else { return };
        let fits = |declared: &Declared| self.wanted.fits(declared, case, snapshot);
        let found: Vec<_> = snapshot.declarations.iter().filter(|one| fits(&one.declared)).collect();
        let in_force = found.iter().any(|one| one.in_force);
        if in_force != self.in_force {
            let held = snapshot.declarations.iter().filter(|one| one.in_force).map(|one| spelt(&one.declared));
            let held: Vec<String> = held.collect();
            let actual = if held.is_empty() { "—".to_owned() } else { held.join(", ") };
            let expected = self.wanted.spelt();
            let expected = if self.in_force { expected } else { format!("≠ {expected}") };
            out.add_for_step(self.finding, &self.step, expected, actual);
        }
    }
}

impl WantedDeclaration {
    fn fits(&self, declared: &Declared, case: &Case<'_>, snapshot: &Snapshot) -> bool {
        let Declared::Prohibition { targets } = declared else {
            return match (self, declared) {
                (Self::Information, Declared::Information) => true,
                (Self::Permit(from, to), Declared::Permit { from: of, to: at }) => (from, to) == (of, at),
                _ => false,
            };
        };
        targets.iter().any(|target| match (self, target) {
            (Self::OfDocument(name), DeclarationTarget::Document(id)) => is_version(id, name, case, snapshot),
            (Self::OfServiceTask(code), DeclarationTarget::ServiceTask(other)) => code == other,
            (Self::OfController(name), DeclarationTarget::Controller(oid)) => case.controllers.get(name) == Some(oid),
            _ => false,
        })
    }

    fn spelt(&self) -> String {
        match self {
            Self::Information => "information".to_owned(),
            Self::Permit(from, to) => permit(*from, *to),
            Self::OfDocument(name) | Self::OfController(name) => format!("prohibition:{name}"),
            Self::OfServiceTask(code) => format!("prohibition:{code}"),
        }
    }
}

/// Whether `id` is a version of the document `name`.
fn is_version(id: &str, name: &str, case: &Case<'_>, snapshot: &Snapshot) -> bool {
    let Some(set_id) = case.names.get(name).and_then(|name| name.set_id.as_deref()) else { return false };
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
