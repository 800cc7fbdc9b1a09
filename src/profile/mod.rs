//! The profile: what a version of the specification says, as data with evidence classes.

mod declaration;
mod disclosure;
mod header;
mod read;
mod rows;

pub use declaration::{CategoryRow, DeclarationRoles, DeclarationRules, Declares};
pub use disclosure::{Basis, Conditions, DisclosureLogRules, DisclosureRow, Ruling, UseSituationRow};
pub use header::{HeaderElement, ReadyStates, RequiredElement};
pub use rows::{
    ArchivistRules, CodeSystem, DocumentGroupRow, ElementRules, ErrorRow, Interaction, Limits, NoticeRules,
    Nullification, PartyRules, Profile, ProvenanceRoles, QueryNames, RoleRules, ServiceRequest, SignatureMode,
    SignatureRules, TokenRules, Upward, ValidationRules,
};
