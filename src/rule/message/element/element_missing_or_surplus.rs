//! Every element stands as often in its parent as the profile says.

use crate::profile::ElementRow;
use crate::reading::Outlined;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::Part;
use crate::wire::xml::{MOST_ELEMENTS, OutlineNode};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "element-missing-or-surplus",
    requirement: "STO-07",
    sentence: "Every element stands as often in its parent as the profile says.",
    codes: &[FindingCode::HeaderElementMissing, FindingCode::FrameElementMissing, FindingCode::ElementSurplus],
    judge,
};

const SURPLUS: FindingCode = FindingCode::ElementSurplus;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for outlined in &subject.outlined {
        if outlined.is_cut {
            let root = outlined.root().map(|root| root.spot(outlined.part));
            let expected = || said::at_most_xml_elements(MOST_ELEMENTS);
            root.iter().for_each(|root| findings.add(SURPLUS, root, expected(), said::more()));
            continue;
        }
        let mut counting = Counting::new(subject, outlined);
        for (parent, step) in outlined.placed() {
            if !outlined.table.below(step).is_empty() && !parent.is_null() {
                counting.count(parent);
                counting.judge(parent, step, findings);
            }
        }
    }
}

/// Counts the children of one element after the other.
struct Counting<'s, 'a> {
    outlined: &'s Outlined<'a>,
    group: Option<&'a str>,
    /// Code of the finding that an element is missing.
    missing: FindingCode,
    /// Whether frame and document are compared.
    is_compared: bool,
    /// How many children are of each step.
    counts: Vec<usize>,
    /// Children that lack what some row asks of them.
    lacking: Vec<(usize, OutlineNode<'a>)>,
}

impl<'s, 'a> Counting<'s, 'a> {
    fn new(subject: &JudgedMessage<'a>, outlined: &'s Outlined<'a>) -> Self {
        let is_frame = outlined.part == Part::Frame;
        Self {
            outlined,
            group: subject.group(),
            missing: if is_frame { FindingCode::FrameElementMissing } else { FindingCode::HeaderElementMissing },
            is_compared: is_frame && subject.document.is_some(),
            counts: vec![0; outlined.table.steps()],
            lacking: Vec::new(),
        }
    }

    fn count(&mut self, parent: OutlineNode<'a>) {
        self.lacking.clear();
        for child in parent.children() {
            let Some(step) = self.outlined.step(child) else { continue };
            self.counts[step] += 1;
            if self.outlined.table.rows_of(step).any(|row| !row.is_held_by(child)) {
                self.lacking.push((step, child));
            }
        }
    }

    fn judge(&mut self, parent: OutlineNode<'a>, step: usize, findings: &mut Findings<'_>) {
        for step in self.outlined.table.below(step).iter().copied() {
            let count = std::mem::take(&mut self.counts[step]);
            let rows = || self.outlined.table.rows_of(step).filter(|row| row.concerns(self.group));
            if let Some(row) = rows().find(|row| self.is_missing(row, step, count)) {
                self.tell_missing(row, parent, step, findings);
            }
            if let Some(row) = rows().find(|row| row.count.most.is_some_and(|most| count > most)) {
                self.tell_surplus(row, parent, step, count, findings);
            }
        }
    }

    fn is_missing(&self, row: &ElementRow, step: usize, count: usize) -> bool {
        let lacking = || self.lacking.iter().filter(|(own, child)| *own == step && !row.is_held_by(*child)).count();
        row.count.least > 0 && !(row.compared && self.is_compared) && count - lacking() < row.count.least
    }

    fn tell_missing(&self, row: &ElementRow, parent: OutlineNode<'_>, step: usize, findings: &mut Findings<'_>) {
        if findings.is_full(self.missing) {
            return;
        }
        let name = self.outlined.table.name(step);
        let lacking =
            self.lacking.iter().find(|(own, _)| *own == step).map(|(_, child)| child.spot(self.outlined.part));
        let spot = lacking.unwrap_or_else(|| parent.spot(self.outlined.part).child(name));
        findings.add_as(self.missing, row.evidence, &spot, Said::value(name), said::nothing());
    }

    /// The place is the first element too many.
    fn tell_surplus(
        &self,
        row: &ElementRow,
        parent: OutlineNode<'a>,
        step: usize,
        count: usize,
        findings: &mut Findings<'_>,
    ) {
        let Some(most) = row.count.most.filter(|_| !findings.is_full(SURPLUS)) else { return };
        let mut namesakes = parent.children().filter(|child| self.outlined.step(*child) == Some(step));
        if let Some(surplus) = namesakes.nth(most) {
            let expected = format!("{}: {}..{most}", self.outlined.table.name(step), row.count.least);
            findings.add_as(
                SURPLUS,
                row.evidence,
                &surplus.spot(self.outlined.part),
                Said::value(expected),
                Said::value(count.to_string()),
            );
        }
    }
}
