//! The profile: what a version of the specification says, as data with evidence classes.

mod agreement;
mod attachment;
mod declaration;
mod declaration_document;
mod disclosure;
mod display_form;
mod element;
mod header;
mod http;
mod identity;
mod order;
mod query;
mod read;
mod rows;
mod shipped;
mod validity;

pub use agreement::{AgreementRules, DocumentTypes, FrameAgreement, GeneralType, JsonAgreement};
pub use attachment::AttachmentRules;
pub use declaration::{CategoryRow, DeclarationRoles, DeclarationRules, Declares};
pub use declaration_document::{
    DeclarationDocumentRow, RepresentativeMembers, RepresentativeRules, TargetKind, TargetRow,
};
pub use disclosure::{Basis, Conditions, DisclosureLogRules, DisclosureRow, Ruling, UseSituationRow};
pub use display_form::{DisplayForm, DisplayFormRow, PdfRules};
pub use element::{Count, ElementRow, ElementTable, Elements, ValueKind};
pub use header::ReadyStates;
pub use http::{HttpHeader, HttpHeaders, RetryRules, UseLogRules};
pub use identity::{GenderCodes, IdentityCodeNeeded, IdentityRules, TemporaryIds};
pub use order::{ElementOrder, OrderRow};
pub use query::{Parameter, QueryNames};
pub use rows::{
    ArchivistRules, CodeSystem, DocumentGroupRow, ElementRules, ErrorRow, Interaction, Limits, MissingReference,
    NoticeRules, Nullification, Opens, PartyRules, Profile, ProvenanceRoles, RoleRules, ServiceRequest,
    SignatureKindNeeded, SignatureMode, SignatureNeeded, SignatureRules, SignatureStrictness, TokenRules, Upward,
    ValidationRules,
};
pub use shipped::named;
pub use validity::{Validity, Window};
