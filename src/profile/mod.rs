//! The profile: what a version of the specification says, as data with evidence classes.

mod agreement;
mod attachment;
mod code_system;
mod declaration;
mod declaration_document;
mod difference;
mod disclosure;
mod display_form;
mod document_kind;
mod element;
mod extend;
mod header;
mod http;
mod identity;
mod keys;
mod lineage;
mod lookup;
mod order;
mod query;
mod read;
mod rows;
mod shipped;
mod validity;

pub use agreement::{AgreementRules, DocumentTypes, FrameAgreement, GeneralType, JsonAgreement};
pub use attachment::AttachmentRules;
pub use code_system::CodeSystem;
pub use declaration::{CategoryRow, DeclarationRoles, DeclarationRules, Declares};
pub use declaration_document::{
    DeclarationDocumentRow, RepresentativeMembers, RepresentativeRules, TargetKind, TargetRow,
};
pub use difference::{Differences, How, RowDifference};
pub use disclosure::{Basis, DisclosureConditions, DisclosureLogRules, DisclosureRow, Ruling, UseSituationRow};
pub use display_form::{DisplayForm, DisplayFormRow, PdfRules};
pub use document_kind::{DocumentKindRow, PlantedRules, ServiceTask};
pub use element::{Count, ElementRow, ElementTable, Elements, ValueKind};
pub use header::ReadyStates;
pub use http::{HttpHeader, HttpHeaders, RetryRules, UseLogRules};
pub use identity::{GenderCodes, IdentityCodeNeeded, IdentityRules, TemporaryIds};
pub use order::{ElementOrder, OrderRow};
pub use query::{Parameter, QueryNames};
pub use rows::{
    ArchivistRules, DocumentGroupRow, ElementRules, ErrorRow, Interaction, Limits, MissingReference, NoticeRules,
    Nullification, Opens, PartyRules, Profile, ProvenanceRoles, RoleRules, ServiceRequest, SignatureKind,
    SignatureMode, SignatureNeeded, SignatureRules, SignatureStrictness, TokenRules, Upward, ValidationRules,
};
pub use shipped::named;
pub use validity::{Validity, Window};
