//! Declarations of intent, whatever message brought them.

use jiff::Timestamp;

use crate::domain::{DeclarationTarget, Declared, Sector};

/// A declaration of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Its identifier, by which it is replaced and withdrawn.
    pub id: String,
    /// Identity code of the person.
    pub person: String,
    /// What is declared.
    pub declared: Declared,
    /// When it was stored.
    pub stored: Timestamp,
}

/// What is in force for one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::kanta) struct Standing {
    /// What is declared and neither replaced nor withdrawn.
    pub declared: Vec<Declared>,
    /// Sets of the documents that prohibitions name by the identifier of a version.
    pub prohibited_sets: Vec<String>,
}

/// A document before the question whether a prohibition meets it.
#[derive(Debug, Clone, Copy)]
pub(in crate::kanta) struct SubjectDocument<'a> {
    /// Identifier of the first version.
    pub set_id: &'a str,
    /// Controller's OID.
    pub controller: &'a str,
    /// Code of the service task.
    pub service_task: Option<&'a str>,
}

impl Standing {
    /// Whether the information about Kanta was given.
    pub fn informed(&self) -> bool {
        self.declared.contains(&Declared::Information)
    }

    /// Whether data of one sector may go to the other.
    pub fn permits(&self, from: Sector, to: Sector) -> bool {
        self.declared.contains(&Declared::Permit { from, to })
    }

    /// Whether a prohibition meets the document.
    pub fn prohibits(&self, document: SubjectDocument<'_>) -> bool {
        let targets = self.declared.iter().filter_map(|declared| match declared {
            Declared::Prohibition { targets } => Some(targets),
            Declared::Information | Declared::Permit { .. } => None,
        });
        let meets = |target: &DeclarationTarget| match target {
            DeclarationTarget::Document(id) => id == document.set_id,
            DeclarationTarget::ServiceTask(code) => document.service_task == Some(code),
            DeclarationTarget::Controller(oid) => oid == document.controller,
        };
        targets.flatten().any(meets) || self.prohibited_sets.iter().any(|set_id| set_id == document.set_id)
    }
}

#[cfg(test)]
mod tests {
    use super::{DeclarationTarget, Declared, Standing, SubjectDocument};
    use crate::domain::Sector::{HealthCare, SocialWelfare};

    const DOCUMENT: SubjectDocument<'_> =
        SubjectDocument { set_id: "1.2.3", controller: "1.2", service_task: Some("24") };

    fn forbidding(target: DeclarationTarget) -> Standing {
        Standing { declared: vec![Declared::Prohibition { targets: vec![target] }], prohibited_sets: Vec::new() }
    }

    #[test]
    fn a_prohibition_meets_its_target_and_nothing_else() {
        let text = str::to_owned;
        let meets = [
            forbidding(DeclarationTarget::Document(text("1.2.3"))),
            forbidding(DeclarationTarget::ServiceTask(text("24"))),
            forbidding(DeclarationTarget::Controller(text("1.2"))),
            Standing { declared: Vec::new(), prohibited_sets: vec![text("1.2.3")] },
        ];
        assert!(meets.iter().all(|standing| standing.prohibits(DOCUMENT)));
        let misses = [
            forbidding(DeclarationTarget::Document(text("1.2.4"))),
            forbidding(DeclarationTarget::ServiceTask(text("15"))),
            forbidding(DeclarationTarget::Controller(text("1.2.3"))),
            Standing::default(),
        ];
        assert!(!misses.iter().any(|standing| standing.prohibits(DOCUMENT)));
        let taskless = SubjectDocument { service_task: None, ..DOCUMENT };
        assert!(!forbidding(DeclarationTarget::ServiceTask(String::new())).prohibits(taskless));
    }

    #[test]
    fn each_direction_has_a_permit_of_its_own() {
        let declared = vec![Declared::Permit { from: HealthCare, to: HealthCare }];
        let standing = Standing { declared, prohibited_sets: Vec::new() };
        assert!(standing.permits(HealthCare, HealthCare) && !standing.permits(SocialWelfare, SocialWelfare));
        assert!(!standing.permits(HealthCare, SocialWelfare) && !standing.informed());
    }
}
