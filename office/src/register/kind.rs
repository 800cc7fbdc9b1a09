//! Kinds of records.

use super::field::FieldSpec;
use crate::access::Access;

/// A kind of records of a customer.
#[derive(Debug, Clone, Copy)]
pub struct RecordKind {
    /// Its name in texts and in the access log.
    pub code: &'static str,
    /// Its table in the store.
    pub table: &'static str,
    /// Its part of the address of its pages.
    pub path: &'static str,
    /// Its fields, in their order.
    pub fields: &'static [FieldSpec],
    /// Whether a record is about a person, whose log it enters.
    pub is_about_a_person: bool,
    /// Fields that are searched whatever their case.
    pub searched: &'static [&'static str],
    /// Whether a record stays for ever once it is there, as a document that is kept permanently or a decision.
    pub is_permanent: bool,
    /// Who may see it.
    pub readers: Access,
    /// Who may change it.
    pub writers: Access,
}

impl RecordKind {
    /// The field with this name.
    pub fn field(&self, name: &str) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.name == name)
    }
}
