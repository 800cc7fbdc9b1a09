//! The use log tells on what basis a search was made, as its message did.

use serde_json::Value;

use super::{ExchangeReading, ExpectationKind, Expected, Member, MemberReader, ReadExchange, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "ground-logged"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "ground-logged",
    sentence: "the use log that the step gave tells the basis of a search as its message does",
    members: &[OF.description],
    codes: &[FindingCode::LogBasisDiffers],
    read: read_members,
};

const OF: Member<String> = Member::step("of", "the step that searched");

/// The entry of a search in the use log gives the use situation that its message stated.
#[derive(Debug)]
struct GroundLogged {
    /// The step that searched.
    search: String,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(GroundLogged { search: members.get(&OF)? }))
}

impl Expected for GroundLogged {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// An entry with another purpose is a finding; one without, or a message without an entry, is no matter of
    /// this rule.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(entries) = evidence.log(step).and_then(|log| log.entries.as_array()) else { return };
        for read in evidence.of_step(&self.search) {
            let id = read.exchange.message_id.as_deref();
            let of_message = |entry: &&Value| id.is_some() && entry["kanta"]["messageId"].as_str() == id;
            let stated = stated(read);
            for entry in entries.iter().filter(of_message) {
                let Some(told) = entry["purpose"]["code"].as_str() else { continue };
                if !stated.is_empty() && !stated.contains(&told) {
                    out.add_for_step(
                        FindingCode::LogBasisDiffers,
                        step,
                        Said::value(stated.join(", ")),
                        Said::value(told),
                    );
                }
            }
        }
    }
}

/// The reason codes of the message behind its service request.
fn stated<'a>(read: &'a ReadExchange<'_>) -> Vec<&'a str> {
    let ExchangeReading::Archive(reading) = &read.reading else { return Vec::new() };
    let codes = reading.frame().map_or(&[][..], |frame| &frame.reason_codes);
    codes.iter().skip(1).map(|code| code.code.as_str()).collect()
}
