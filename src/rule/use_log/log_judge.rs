//! Judges a use log element by element, as it stands in a file: what each entry tells, whether all are there,
//! and whether they agree with the traffic.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::entry_judge::{DEPTH, EntryJudge, JudgedEntry};
use super::event_faults::event_faults;
use super::form::FormCase;
use super::progress::SequenceProgress;
use super::stages::OF_FORM;
use crate::profile::Profile;
use crate::reading::Calls;
use crate::rule::{Catalogue, Finding, Findings, Fragment, Strictness, run_stages};
use crate::source::Position;
use crate::wire::Part;
use crate::wire::json::{Json, JsonError, JsonLimits, JsonPiece, JsonShape, parse};
use crate::wire::use_log::{LogElement, entry_of};
use crate::words::{Said, said};

/// Takes the elements of a log in order.
#[derive(Debug)]
pub struct LogJudge<'a> {
    single: EntryJudge<'a>,
    shape: JsonShape,
    progress: SequenceProgress<'a>,
    findings: Findings<'a>,
    elements: u64,
    entries: u64,
}

/// What was found in a log.
#[derive(Debug)]
pub struct JudgedLog {
    /// The findings, of each code the first twenty.
    pub findings: Vec<Finding>,
    /// How many of each code there are in all.
    pub counts: BTreeMap<String, u64>,
    /// How many entries were judged.
    pub entries: u64,
}

impl<'a> LogJudge<'a> {
    /// A judge that has seen nothing of a log of this shape.
    pub fn new(shape: JsonShape, profile: &Profile, catalogue: &'a Catalogue, strictness: Strictness) -> Self {
        let single = EntryJudge { catalogue, strictness, rules: profile.use_log, calls: None };
        let (progress, findings) = (SequenceProgress::new(None, true), single.findings());
        Self { single, shape, progress, findings, elements: 0, entries: 0 }
    }

    /// The same, that holds the log against what Kanta saw.
    #[must_use]
    pub fn with_calls(mut self, calls: &'a Calls) -> Self {
        self.single.calls = Some(calls);
        self.progress = SequenceProgress::new(Some(calls), true);
        self
    }

    /// The same, for a log of which `number` elements are not seen.
    #[must_use]
    pub fn after(mut self, number: u64) -> Self {
        self.elements = number;
        self
    }

    /// Judges the next elements of the log; `are_events` where they are AuditEvents.
    pub fn elements(&mut self, elements: Vec<LogElement>, are_events: bool) {
        let mut pieces = Vec::with_capacity(elements.len());
        for element in elements {
            match element {
                LogElement::Piece(piece) if are_events => self.audit_event(&piece),
                LogElement::Piece(piece) => pieces.push(piece),
                LogElement::Entry(at, entry) => self.entry_at(at, &entry),
                LogElement::Damage(at, damage) | LogElement::Unclosed(at, damage) => {
                    self.pieces(&std::mem::take(&mut pieces));
                    let (expected, actual) = damage.said();
                    self.damage(at, expected, actual);
                }
            }
        }
        self.pieces(&pieces);
    }

    /// Judges the next elements as they stand in the file. What is no JSON is told with its place; where it
    /// spans lines, as when a bracket is missing, its lines are tried one by one.
    pub fn pieces(&mut self, pieces: &[JsonPiece]) {
        for (piece, judged) in pieces.iter().zip(self.single.pieces(pieces)) {
            let start = Position { line: piece.line, column: piece.column };
            let pointer = self.pointer();
            match (judged, std::str::from_utf8(&piece.bytes)) {
                (Some(judged), Ok(text)) => self.take(judged, Fragment { text, start, pointer: &pointer }),
                _ => self.broken(piece, start, &pointer),
            }
            self.elements += 1;
        }
    }

    /// What was found, with notes of what could not be judged.
    pub fn finish(mut self) -> JudgedLog {
        if self.entries == 0 {
            self.damage(Position { line: 1, column: 1 }, said::entries_of_a_use_log(), said::none());
        }
        self.progress.finish(&[], &[], &mut self.findings);
        let counts = self.findings.counts().iter().map(|(code, count)| (code.to_string(), *count)).collect();
        JudgedLog { counts, findings: self.findings.into_list(), entries: self.entries }
    }

    fn pointer(&self) -> String {
        match self.shape {
            JsonShape::Lines => String::new(),
            JsonShape::Array => format!("/{}", self.elements),
            JsonShape::Member(name) => format!("/{name}/{}", self.elements),
        }
    }

    /// Judges an entry against those before it.
    fn take(&mut self, judged: JudgedEntry<'_, '_>, fragment: Fragment<'_>) {
        self.entries += 1;
        let mut findings = self.single.findings();
        self.progress.take(&judged.entry, (judged.call, judged.link), true, &mut findings);
        self.findings.take_over(judged.findings, fragment);
        self.findings.take_over(findings, fragment);
    }

    /// Judges an entry that something else told, which stands at a place of the file.
    fn entry_at(&mut self, start: Position, entry: &Value) {
        self.elements += 1;
        self.told_at(start, entry);
    }

    fn told_at(&mut self, start: Position, entry: &Value) {
        let text = entry.to_string();
        self.take(self.single.entry(&Json::of(entry), &text), Fragment { text: "", start, pointer: "" });
    }

    /// Judges an element that is an AuditEvent of FHIR R4, or an entry of a Bundle with one. Other resources
    /// are passed over.
    fn audit_event(&mut self, piece: &JsonPiece) {
        let start = Position { line: piece.line, column: piece.column };
        let text = self.decoded(&piece.bytes, start).into_owned();
        let pointer = self.pointer();
        self.elements += 1;
        let json = match parsed(&text) {
            Ok(json) => json,
            Err(error) => return self.no_json(&text, start, &error, piece.is_whole),
        };
        let (event, below) = if json["resource"].is_null() { (&json, "") } else { (&json["resource"], "/resource") };
        if event["resourceType"] != "AuditEvent" {
            return;
        }
        let case = FormCase { event: (below, &event_faults(event)), ..FormCase::default() };
        self.form(&case, Fragment { text: &text, start, pointer: &pointer });
        self.told_at(start, &entry_of(event));
    }

    /// Judges an element that is no JSON, or not in UTF-8.
    fn broken(&mut self, piece: &JsonPiece, start: Position, pointer: &str) {
        let text = self.decoded(&piece.bytes, start);
        if let Err(error) = self.entry(&text, start, pointer) {
            self.no_json(&text, start, &error, piece.is_whole);
            if text.contains('\n') {
                self.lines(&text, start);
            }
        }
    }

    /// Tells what is wrong with the file at a place.
    fn damage(&mut self, start: Position, expected: Said, actual: Said) {
        let case = FormCase { damage: Some((expected, actual)), ..FormCase::default() };
        self.form(&case, Fragment { text: "", start, pointer: "" });
        self.progress.interrupt();
    }

    fn form(&mut self, case: &FormCase<'_>, fragment: Fragment<'_>) {
        let mut findings = self.single.findings();
        run_stages(OF_FORM, case, &mut findings);
        self.findings.take_over(findings, fragment);
    }

    /// The text of the element. Bytes that are no UTF-8 are told, and read as Latin-1.
    fn decoded<'t>(&mut self, bytes: &'t [u8], start: Position) -> Cow<'t, str> {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(error) => {
                let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
                let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
                let wrong = bytes[error.valid_up_to()..].first().copied().unwrap_or_default();
                let actual = said::byte_read_as_latin_1(format!("{wrong:02X}"));
                self.damage(start.followed_by(Position::of(valid, valid.len())), Said::value("UTF-8"), actual);
                text.into()
            }
        }
    }

    fn entry(&mut self, text: &str, start: Position, pointer: &str) -> Result<(), JsonError> {
        let json = parsed(text)?;
        self.take(self.single.entry(&Json::of(&json), text), Fragment { text, start, pointer });
        Ok(())
    }

    fn no_json(&mut self, text: &str, start: Position, error: &JsonError, is_whole: bool) {
        let expected = if is_whole { said::an_entry_in_json() } else { said::an_entry_that_reaches_its_end() };
        let inner = Position::of(text, error.spot.offset.unwrap_or_default());
        self.damage(start.followed_by(inner), expected, error.said());
    }

    fn lines(&mut self, text: &str, start: Position) {
        for (number, line) in (start.line..).zip(text.lines()) {
            let entry = line.trim().trim_end_matches([',', ']']);
            let column = u32::try_from(line.len() - line.trim_start().len()).unwrap_or(0) + 1;
            // Only what can be nothing but an entry counts: members of an entry have lines of their own too.
            if entry.starts_with('{') && entry.contains("\"time\"") {
                let _ = self.entry(entry, Position { line: number, column }, "");
            }
        }
    }
}

fn parsed(text: &str) -> Result<Value, JsonError> {
    let limits = JsonLimits { bytes: usize::MAX, depth: DEPTH };
    parse(text.as_bytes(), Part::UseLog, limits).map(|read| read.value)
}
