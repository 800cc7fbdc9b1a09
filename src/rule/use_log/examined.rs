//! What can be told of an entry by itself, whatever stands before it: that is the costly part, and the
//! processors share it.

use std::thread;

use super::case::{EntryCase, Secrets};
use super::chain::Link;
use super::read::read_entry;
use super::registry::check_entry;
use super::{Calls, LogEntry};
use crate::profile::UseLogRules;
use crate::rule::{Catalogue, Finding, Findings, Strictness};
use crate::wire::json::{Json, Piece};

/// Deepest nesting of an entry.
pub(super) const DEPTH: usize = 32;

/// What entries are held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Against<'a> {
    pub catalogue: &'a Catalogue,
    pub strictness: Strictness,
    pub rules: UseLogRules,
    /// What Kanta saw, where that is known.
    pub calls: Option<&'a Calls>,
}

/// An entry that was read.
#[derive(Debug)]
pub(super) struct Examined<'a> {
    pub entry: LogEntry<'a>,
    /// Number of the call that it names, where Kanta saw it.
    pub call: Option<usize>,
    pub link: Link,
    pub findings: Vec<Finding>,
}

impl Against<'_> {
    /// Each of the pieces that is an entry without any mistake of writing, on all processors.
    pub fn all<'p>(&self, pieces: &'p [Piece]) -> Vec<Option<Examined<'p>>> {
        let share = pieces.len().div_ceil(thread::available_parallelism().map_or(1, usize::from)).max(1);
        let part = |pieces: &'p [Piece]| pieces.iter().map(|piece| self.piece(piece)).collect::<Vec<_>>();
        thread::scope(|scope| {
            let parts: Vec<_> = pieces.chunks(share).map(|pieces| scope.spawn(move || part(pieces))).collect();
            let ended = parts.into_iter().map(thread::ScopedJoinHandle::join);
            ended.flat_map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        })
    }

    fn piece<'p>(&self, piece: &'p Piece) -> Option<Examined<'p>> {
        let text = std::str::from_utf8(&piece.bytes).ok()?;
        Some(self.entry(&Json::read(text, DEPTH)?, text))
    }

    /// The entry in `json`, which stood as `text`.
    pub fn entry<'p>(&self, json: &Json<'p>, text: &str) -> Examined<'p> {
        let (entry, faults) = read_entry(json);
        let number = entry.call().and_then(|id| self.calls?.number(id));
        let call = number.and_then(|number| self.calls?.numbered(number));
        let is_stranger = self.calls.is_some() && call.is_none() && entry.call().is_some();
        let mut findings = Findings::new(self.catalogue, self.strictness);
        let case =
            EntryCase { entry: &entry, json, call, is_stranger, secrets: &Secrets::default(), rules: self.rules };
        check_entry(&case, text, &faults, &mut findings);
        Examined { call: number, link: Link::of(json), findings: findings.into_list(), entry }
    }
}
