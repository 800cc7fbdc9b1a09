//! Fields of records.

/// A field of a kind of records; its name is its column and the end of the key of its text.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// Name.
    pub name: &'static str,
    /// What it takes.
    pub form: FieldForm,
    /// Whether a record needs it.
    pub required: bool,
    /// Whether only the office changes it.
    pub office_only: bool,
    /// Whether lists show it.
    pub listed: bool,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldForm {
    /// One line of at most so many characters.
    Line(usize),
    /// Lines of at most so many characters in all.
    Lines(usize),
    /// A mail address.
    Email,
    /// A telephone number.
    Telephone,
    /// A date.
    Date,
    /// An object identifier.
    Oid,
    /// Object identifiers, one a line.
    Oids,
    /// A Finnish business identifier.
    BusinessId,
    /// Number of a certificate card; lists show its last digits only.
    Card,
    /// One of a list; the list's name is that of its texts.
    One(&'static str, &'static [&'static str]),
    /// Any of a list.
    Several(&'static str, &'static [&'static str]),
    /// Yes or nothing.
    Check,
    /// Another record of the same customer, of the kind with this code.
    Reference(&'static str),
    /// A record of whatever customer, of the kind with this code.
    AnyReference(&'static str),
}

impl FieldSpec {
    pub(super) const fn new(name: &'static str, form: FieldForm) -> Self {
        Self { name, form, required: false, office_only: false, listed: false }
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn office_only(mut self) -> Self {
        self.office_only = true;
        self
    }

    pub(super) const fn listed(mut self) -> Self {
        self.listed = true;
        self
    }
}
