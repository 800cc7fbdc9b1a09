//! The use log tells on what basis a search was made, as its message did.

use serde_json::Value;

use super::{Case, ReadExchange, Reading};
use crate::rule::{FindingCode, Findings};

/// The entry of a search in the use log gives the use situation that its message stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroundLogged {
    /// The step that gave the log.
    pub step: String,
    /// The step that searched.
    pub search: String,
}

impl GroundLogged {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::LogBasisDiffers;

    /// An entry with another purpose is a finding; one without, or a message without an entry, is no matter of
    /// this rule.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(entries) = case.action(&self.step).and_then(|action| action.result.get("entries")?.as_array()) else {
            return;
        };
        for read in case.of_step(&self.search) {
            let id = read.exchange.message_id.as_deref();
            let of_message = |entry: &&Value| id.is_some() && entry["kanta"]["messageId"].as_str() == id;
            let stated = stated(read);
            for entry in entries.iter().filter(of_message) {
                let Some(told) = entry["purpose"]["code"].as_str() else { continue };
                if !stated.is_empty() && !stated.contains(&told) {
                    out.add_for_step(Self::CODE, &self.step, stated.join(", "), told);
                }
            }
        }
    }
}

/// The reason codes of the message behind its service request.
fn stated<'a>(read: &'a ReadExchange<'_>) -> Vec<&'a str> {
    let Reading::Archive(reading) = &read.reading else { return Vec::new() };
    let codes = reading.frame().map_or(&[][..], |frame| &frame.reason_codes);
    codes.iter().skip(1).map(|code| code.code.as_str()).collect()
}
