//! How many results an answer to a query tells of.

use crate::wire::Part;
use crate::wire::soap;
use crate::wire::xml::{HL7, ReadLimits, parse};

/// The quantities of a `queryAck`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantities {
    pub total: usize,
    /// Results in this answer.
    pub current: usize,
    /// Results behind this answer.
    pub remaining: usize,
}

/// The quantities in an answer; `None` where it is no answer that carries them.
pub fn read_quantities(answer: &[u8], limits: &ReadLimits) -> Option<Quantities> {
    let text = std::str::from_utf8(answer).ok()?;
    let document = parse(text, Part::Answer, limits).ok()?;
    let root = document.root_element();
    let message = soap::envelope_version(root).ok()?.map_or(Some(root), |version| soap::message(root, version).ok())?;
    let act = message.children().find(|node| node.has_tag_name((HL7, "controlActProcess")))?;
    let acknowledged = act.children().find(|node| node.has_tag_name((HL7, "queryAck")))?;
    let number = |name: &str| {
        let node = acknowledged.children().find(|node| node.has_tag_name((HL7, name)))?;
        node.attribute("value")?.parse().ok()
    };
    Some(Quantities {
        total: number("resultTotalQuantity")?,
        current: number("resultCurrentQuantity")?,
        remaining: number("resultRemainingQuantity")?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Quantities, read_quantities};
    use crate::wire::soap::{SoapVersion, wrap};
    use crate::wire::xml::ReadLimits;

    #[test]
    fn quantities_are_read_with_and_without_an_envelope() {
        let answer = "<a xmlns='urn:hl7-org:v3'><controlActProcess><queryAck><resultTotalQuantity value='5'/>\
                      <resultCurrentQuantity value='2'/><resultRemainingQuantity value='3'/></queryAck>\
                      </controlActProcess></a>";
        let expected = Some(Quantities { total: 5, current: 2, remaining: 3 });
        let limits = ReadLimits::default();
        assert_eq!(read_quantities(answer.as_bytes(), &limits), expected);
        assert_eq!(read_quantities(wrap(SoapVersion::Soap12, answer).as_bytes(), &limits), expected);
        assert_eq!(read_quantities(b"<a xmlns='urn:hl7-org:v3'/>", &limits), None);
        assert_eq!(read_quantities(b"\xff", &limits), None);
    }
}
