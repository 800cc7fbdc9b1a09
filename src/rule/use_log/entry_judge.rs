//! Judges entries by themselves, whatever stands before them: that is the costly part, and the processors share it.

use std::thread;

use super::entry::{EntryCase, Secrets};
use super::form::FormCase;
use super::hash_link::HashLink;
use super::stages::{OF_ENTRY, OF_FORM};
use crate::profile::UseLogRules;
use crate::reading::{Calls, LogEntry, read_log_entry};
use crate::rule::{Catalogue, Findings, Strictness, run_stages};
use crate::wire::json::{Json, JsonPiece};

/// Deepest nesting of an entry.
pub(super) const DEPTH: usize = 32;

/// What entries are held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct EntryJudge<'a> {
    pub catalogue: &'a Catalogue,
    pub strictness: Strictness,
    pub rules: UseLogRules,
    /// What Kanta saw, where that is known.
    pub calls: Option<&'a Calls>,
}

/// An entry that was judged by itself.
#[derive(Debug)]
pub(super) struct JudgedEntry<'p, 'a> {
    pub entry: LogEntry<'p>,
    /// Number of the call that it names, where Kanta saw it.
    pub call: Option<usize>,
    pub link: HashLink,
    pub findings: Findings<'a>,
}

impl<'a> EntryJudge<'a> {
    /// No findings so far.
    pub fn findings(&self) -> Findings<'a> {
        Findings::new(self.catalogue, self.strictness)
    }

    /// Each of the pieces that is an entry without any mistake of writing, on all processors.
    pub fn pieces<'p>(&self, pieces: &'p [JsonPiece]) -> Vec<Option<JudgedEntry<'p, 'a>>> {
        let share = pieces.len().div_ceil(thread::available_parallelism().map_or(1, usize::from)).max(1);
        let part = |pieces: &'p [JsonPiece]| pieces.iter().map(|piece| self.piece(piece)).collect::<Vec<_>>();
        thread::scope(|scope| {
            let parts: Vec<_> = pieces.chunks(share).map(|pieces| scope.spawn(move || part(pieces))).collect();
            let ended = parts.into_iter().map(thread::ScopedJoinHandle::join);
            ended.flat_map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        })
    }

    fn piece<'p>(&self, piece: &'p JsonPiece) -> Option<JudgedEntry<'p, 'a>> {
        let text = std::str::from_utf8(&piece.bytes).ok()?;
        Some(self.entry(&Json::read(text, DEPTH)?, text))
    }

    /// The entry in `json`, which stood as `text`.
    pub fn entry<'p>(&self, json: &Json<'p>, text: &str) -> JudgedEntry<'p, 'a> {
        let (entry, faults) = read_log_entry(json);
        let number = entry.call().and_then(|id| self.calls?.number(id));
        let call = number.and_then(|number| self.calls?.numbered(number));
        let secrets = Secrets::default();
        let case = EntryCase {
            entry: &entry,
            json,
            call,
            is_call_unknown: self.calls.is_some() && call.is_none() && entry.call().is_some(),
            secrets: &secrets,
            is_suspicious: secrets.may_be_in(&entry, text),
            rules: self.rules,
        };
        let mut findings = self.findings();
        run_stages(OF_FORM, &FormCase { faults: &faults, ..FormCase::default() }, &mut findings);
        run_stages(OF_ENTRY, &case, &mut findings);
        JudgedEntry { call: number, link: HashLink::of(json), findings, entry }
    }
}
