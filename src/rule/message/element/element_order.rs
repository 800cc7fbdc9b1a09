//! Elements stand in the order of HL7's schemas, and where no public schema tells it, as in real messages.

use crate::domain::Evidence;
use crate::profile::ElementOrder;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::xml::OutlineNode;
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "element-order",
    requirement: "STO-45",
    sentence: "Elements stand in the order of HL7's schemas, and where no public schema tells it, as in real messages.",
    codes: &[FindingCode::ElementOrderWrong, FindingCode::ElementOrderUnusual],
    judge,
};

const OF_SCHEMA: FindingCode = FindingCode::ElementOrderWrong;
const AS_SEEN: FindingCode = FindingCode::ElementOrderUnusual;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for outlined in &subject.outlined {
        for (parent, step) in outlined.placed() {
            for order in outlined.table.orders_of(step) {
                let code = if order.evidence == Evidence::Standard { OF_SCHEMA } else { AS_SEEN };
                if let Some((child, earlier)) = misplaced(parent, order).filter(|_| !findings.is_full(code)) {
                    let (expected, actual) = (said::before(earlier.name()), said::after(earlier.name()));
                    findings.add_as(code, order.evidence, &child.spot(outlined.part), expected, actual);
                }
            }
        }
    }
}

/// The first child that stands after one that it should stand before, and that one. What follows would repeat it.
fn misplaced<'a>(parent: OutlineNode<'a>, order: &ElementOrder) -> Option<(OutlineNode<'a>, OutlineNode<'a>)> {
    let mut furthest: Option<(usize, OutlineNode<'a>)> = None;
    for child in parent.children() {
        let Some(place) = order.place_of(child) else { continue };
        match furthest {
            Some((later, earlier)) if later > place => return Some((child, earlier)),
            _ => furthest = Some((place, child)),
        }
    }
    None
}
