//! Who signed the Bundle is the organisation that sends it: the one that signed the token.

use super::case::Case;
use super::notes::Notes;
use crate::wire::trust::subject_serial_number;

const CODE: &str = "notice-signer-differs";
const WHO: &str = "/signature/who/identifier/value";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let Some(organisation) = case.sender() else { return };
    let certificate =
        case.signature.as_ref().and_then(|read| read.as_ref().ok()).and_then(|read| read.certificate.as_ref());
    if let Some(leaf) = certificate {
        let signer = subject_serial_number(leaf).unwrap_or_else(|| "no serialNumber".to_owned());
        if signer != organisation {
            notes.bundle(CODE, "/signature/data", format!("a certificate of {organisation}"), signer);
        }
    }
    let expected = format!("urn:oid:{organisation}");
    if let Some(who) = case.at(WHO).and_then(|who| who.as_str()).filter(|who| *who != expected) {
        notes.bundle(CODE, WHO, expected, who);
    }
}
