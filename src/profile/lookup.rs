//! What a profile says of a code, or of a kind of document.

use super::{DeclarationDocumentRow, DisplayFormRow, DocumentKindRow, Profile};
use crate::domain::{Code, Gender};

impl Profile {
    /// The row of a kind of document. Every kind of scenarios has one, which the reader of the profile checks.
    pub fn document_kind(&self, kind: &str) -> Option<&DocumentKindRow> {
        self.document_kind.iter().find(|row| row.kind == kind)
    }

    /// Code of the document group of a kind of document: the first that its use case stores.
    pub fn group_of_kind(&self, kind: &str) -> &str {
        let use_case = self.document_kind(kind).map_or("", |row| row.use_case.as_str());
        let request = self.service_request.iter().find(|row| row.use_case == use_case);
        request.and_then(|row| row.groups.first()).map_or("", String::as_str)
    }

    /// The content specification that a kind of document in this group has, where its row says so.
    pub fn specification_of_group(&self, group: &str) -> Option<&str> {
        let of_group = self.document_kind.iter().find(|row| self.group_of_kind(&row.kind) == group)?;
        of_group.content_specification.as_deref()
    }

    /// Code of the specific type of a kind of document, where the scenario names none.
    pub fn type_of_kind(&self, kind: &str) -> &str {
        self.document_kind(kind).and_then(|row| row.document_type.as_deref()).unwrap_or_default()
    }

    /// Code of a gender, in the code system `gender`.
    pub fn gender_code(&self, gender: Gender) -> &str {
        match gender {
            Gender::Male => &self.identity.gender.male,
            Gender::Female => &self.identity.gender.female,
        }
    }

    /// What the documents of a group declare, code system compared too.
    pub fn declaration_document(&self, group: &Code) -> Option<&DeclarationDocumentRow> {
        let is_group = self.group_system(&group.code) == group.system;
        self.declaration_document.iter().find(|row| is_group && row.group == group.code)
    }

    /// The display form that `code` of `fileFormat` names, code system compared too.
    pub fn display_form(&self, code: &Code) -> Option<&DisplayFormRow> {
        self.display_form.iter().find(|row| row.code == code.code && self.oid(&row.system) == code.system)
    }
}
