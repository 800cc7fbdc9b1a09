//! So many messages of an operation arrive during a step, and Kanta answers them so.

use std::collections::BTreeSet;

use super::{Case, ReadExchange};
use crate::domain::Operation;
use crate::rule::{FindingCode, Findings};

/// How Kanta answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// It did what was asked.
    Accepted,
    /// It refused.
    Refused,
    /// Either.
    Any,
}

/// So many messages of an operation arrive during a step. A message sent again counts once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanges {
    /// The step.
    pub step: String,
    /// The operation.
    pub operation: Operation,
    /// How they are answered.
    pub answered: Answered,
    /// At least so many.
    pub at_least: usize,
    /// At most so many, where there is a bound.
    pub at_most: Option<usize>,
    /// Whether each must hold the marker of the step.
    pub marked: bool,
    /// The finding when the number differs.
    pub finding: FindingCode,
}

impl Exchanges {
    /// The finding when a message lacks the marker.
    pub const UNMARKED: FindingCode = FindingCode::MarkerMissing;

    /// Another number of messages than expected is a finding, and so is one without the marker.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let seen: Vec<_> = case.of_step(&self.step).filter(|read| self.wanted(read)).collect();
        let ids: BTreeSet<_> = seen.iter().map(|read| message_key(read)).collect();
        if ids.len() < self.at_least || self.at_most.is_some_and(|most| ids.len() > most) {
            let actual = format!("{} {}", ids.len(), self.operation.name());
            out.add_for_step(self.finding, &self.step, self.wording(), actual);
        } else if self.marked {
            self.judge_markers(case, &seen, out);
        }
    }

    fn wanted(&self, read: &ReadExchange<'_>) -> bool {
        let answered = match self.answered {
            Answered::Accepted => read.exchange.accepted,
            Answered::Refused => !read.exchange.accepted,
            Answered::Any => true,
        };
        answered && read.exchange.operation == self.operation
    }

    fn wording(&self) -> String {
        match self.at_most {
            Some(most) if most == self.at_least => format!("{most} {}", self.operation.name()),
            Some(most) => format!("{}–{most} {}", self.at_least, self.operation.name()),
            None => format!("≥ {} {}", self.at_least, self.operation.name()),
        }
    }

    fn judge_markers(&self, case: &Case<'_>, seen: &[&ReadExchange<'_>], out: &mut Findings<'_>) {
        let Some(name) = case.names.get(&self.step) else { return };
        if !seen.iter().all(|read| read.holds(&name.marker)) {
            out.add_for_step(Self::UNMARKED, &self.step, name.marker.as_str(), "—");
        }
    }
}

fn message_key(read: &ReadExchange<'_>) -> String {
    read.exchange.message_id.clone().unwrap_or_else(|| format!("#{}", read.exchange.number))
}
