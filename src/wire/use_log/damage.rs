//! What is wrong with the file of a log.

use serde::{Deserialize, Serialize};

use crate::words::{Said, said};

/// What is wrong with the file of a log at one place, apart from what its entries tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogDamage {
    /// It is in UTF-16.
    Utf16,
    /// A byte of a row that fits no character of UTF-8.
    Byte(u8),
    /// A row with another number of fields than the first row has.
    Fields {
        /// Fields of the first row.
        expected: usize,
        /// Fields of this row.
        found: usize,
    },
    /// A row of more than this number of bytes, as behind a quote that is never closed.
    LongRow(u64),
    /// An array without its end.
    OpenArray,
}

impl LogDamage {
    /// What is expected, and what came.
    pub fn said(self) -> (Said, Said) {
        match self {
            Self::Utf16 => (Said::value("UTF-8"), Said::value("UTF-16")),
            Self::Byte(byte) => (Said::value("UTF-8"), said::byte_which_fits_no_character(format!("{byte:02X}"))),
            Self::Fields { expected, found } => (said::fields_as_the_first_row_has(expected), found.into()),
            Self::LongRow(most) => (said::a_row_of_at_most_bytes(most), said::a_quote_that_is_not_closed()),
            Self::OpenArray => (said::an_array_that_is_closed_after_this_entry(), said::the_end_of_the_file()),
        }
    }
}
