//! One request with what several rules look at.

use crate::domain::Declared;
use crate::profile::DeclarationRules;
use crate::reading::{DeclarationReading, Statement};
use crate::rule::Subject;
use crate::rule::notice::NoticeContext;
use crate::wire::fhir::{Consent, ConsentProvenance};

/// Rules about a request with declarations of intent.
pub(in crate::rule) enum DeclarationSubject {}

impl Subject for DeclarationSubject {
    type Of<'a> = DeclarationCase<'a>;
}

/// One request before the rules.
pub(in crate::rule) struct DeclarationCase<'a> {
    pub reading: &'a DeclarationReading,
    pub context: &'a NoticeContext<'a>,
}

impl<'a> DeclarationCase<'a> {
    /// What the profile says of declarations.
    pub fn rules(&self) -> &'a DeclarationRules {
        &self.context.profile.declaration
    }

    /// The Consents.
    pub fn consents(&self) -> impl Iterator<Item = &'a Consent> + use<'a> {
        self.reading.bundle.consents.iter().map(|(_, consent)| consent)
    }

    /// The Provenances.
    pub fn provenances(&self) -> &'a [ConsentProvenance] {
        &self.reading.bundle.provenances
    }

    /// Whether the request holds a permit between sectors. Only of such a request it is known that it comes as
    /// Consents, and who must stand in it.
    pub fn crosses_sectors(&self) -> bool {
        let crosses = |one: &Statement| matches!(one.declared, Declared::Permit { from, to } if from != to);
        self.reading.statements.iter().any(crosses)
    }

    /// How often the Provenance has an agent in this role, code system compared too.
    pub fn count(&self, provenance: &ConsentProvenance, role: &str) -> usize {
        let system = &self.rules().role.system;
        provenance.roles.iter().filter(|one| one.code == role && one.system == *system).count()
    }
}
