//! Conforming variants: ways to say the same that Kanta must all understand.

use super::xml::Spelling;

/// Version of SOAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soap {
    /// SOAP 1.1.
    V11,
    /// SOAP 1.2.
    V12,
}

/// How corrections and nullifications are sent. No public source tells, so both are usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplacementStyle {
    /// In the store interaction.
    Store,
    /// In interactions of their own, after the international domain.
    Twin,
}

/// One way of doing everything right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    pub name: &'static str,
    /// Version of SOAP.
    pub soap: Soap,
    /// Whether a document goes beside the envelope and not in it (SOAP with attachments).
    pub attached: bool,
    /// How documents are replaced.
    pub style: ReplacementStyle,
    /// How XML is written.
    pub(super) spelling: Spelling,
    /// Whether the notices of one person go in one Bundle, or each in its own.
    pub batching: bool,
    /// Whether a Bundle is sent with its members in reverse order and with white space: its signature is over
    /// the canonical form all the same.
    pub reordered: bool,
}

const PLAIN: Variant = Variant {
    name: "plain",
    soap: Soap::V11,
    attached: false,
    style: ReplacementStyle::Store,
    spelling: Spelling { hl7: "", finland: "fi", line_end: None, base64_columns: None },
    batching: true,
    reordered: false,
};

const ALL: [Variant; 8] = [
    PLAIN,
    Variant { name: "soap12", soap: Soap::V12, ..PLAIN },
    Variant { name: "attached", attached: true, ..PLAIN },
    Variant { name: "twin", style: ReplacementStyle::Twin, ..PLAIN },
    Variant { name: "prefixed", spelling: Spelling { hl7: "hl7", finland: "hl7fi", ..PLAIN.spelling }, ..PLAIN },
    Variant {
        name: "crlf",
        spelling: Spelling { line_end: Some("\r\n"), base64_columns: Some(76), ..PLAIN.spelling },
        ..PLAIN
    },
    Variant { name: "single-notices", batching: false, ..PLAIN },
    Variant { name: "reordered", reordered: true, ..PLAIN },
];

impl Variant {
    /// All named variants, the plain one first.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.into_iter()
    }

    /// The variant of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|variant| variant.name == name)
    }
}

impl Default for Variant {
    fn default() -> Self {
        PLAIN
    }
}
