//! Judges a use log element by element, as it stands in a file: what each entry tells, whether all are there,
//! and whether they agree with the traffic.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Calls;
use super::chain::Chain;
use super::examined::{Against, DEPTH, Examined};
use super::joined::Join;
use super::registry::place;
use super::told::{Told, after};
use crate::profile::Profile;
use crate::rule::{Catalogue, Finding, Findings, Strictness};
use crate::source::Position;
use crate::wire::Part;
use crate::wire::json::{Json, JsonLimits, Piece, Shape, parse};
use crate::wire::use_log::{LogElement, entry_of, faults_of};

const DAMAGED: &str = "log-file-damaged";

/// Takes the elements of a log in order.
#[derive(Debug)]
pub struct FileJudge<'a> {
    against: Against<'a>,
    shape: Shape,
    told: Told,
    chain: Chain,
    join: Option<Join<'a>>,
    elements: u64,
    entries: u64,
}

/// What was found in a log.
#[derive(Debug)]
pub struct Judged {
    /// The findings, of each code the first twenty.
    pub findings: Vec<Finding>,
    /// How many of each code there are in all.
    pub counts: BTreeMap<String, u64>,
    /// How many entries were judged.
    pub entries: u64,
}

impl<'a> FileJudge<'a> {
    /// A judge that has seen nothing of a log of this shape.
    pub fn new(shape: Shape, profile: &Profile, catalogue: &'a Catalogue, strictness: Strictness) -> Self {
        let against = Against { catalogue, strictness, rules: profile.use_log, calls: None };
        let (told, chain) = (Told::default(), Chain::default());
        Self { against, shape, told, chain, join: None, elements: 0, entries: 0 }
    }

    /// The same, that holds the log against what Kanta saw.
    #[must_use]
    pub fn with_calls(mut self, calls: &'a Calls) -> Self {
        self.against.calls = Some(calls);
        self.join = Some(Join::new(calls));
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
                LogElement::Damage(at, expected, actual) | LogElement::Unclosed(at, expected, actual) => {
                    self.pieces(&std::mem::take(&mut pieces));
                    self.damage(at, &expected, &actual);
                }
            }
        }
        self.pieces(&pieces);
    }

    /// Judges the next elements as they stand in the file. What is no JSON is told with its place; where it
    /// spans lines, as when a bracket is missing, its lines are tried one by one.
    pub fn pieces(&mut self, pieces: &[Piece]) {
        for (piece, examined) in pieces.iter().zip(self.against.all(pieces)) {
            let start = Position { line: piece.line, column: piece.column };
            let pointer = self.pointer();
            match (examined, std::str::from_utf8(&piece.bytes)) {
                (Some(examined), Ok(text)) => self.take(examined, text, start, &pointer),
                _ => self.spoilt(piece, start, &pointer),
            }
            self.elements += 1;
        }
    }

    fn pointer(&self) -> String {
        match self.shape {
            Shape::Lines => String::new(),
            Shape::Array => format!("/{}", self.elements),
            Shape::Member(name) => format!("/{name}/{}", self.elements),
        }
    }

    /// Judges an entry against those before it.
    fn take(&mut self, examined: Examined<'_>, text: &str, start: Position, pointer: &str) {
        self.entries += 1;
        let mut findings = Findings::new(self.against.catalogue, self.against.strictness);
        if let Some(join) = &mut self.join {
            join.check_call(&examined.entry, examined.call, &mut findings);
        }
        self.chain.check(&examined.entry, examined.link, &mut findings);
        self.told.add(examined.findings, text, start, pointer);
        self.told.add(findings.into_list(), text, start, pointer);
    }

    /// Judges an entry that something else told, which stands at a place of the file.
    pub fn entry_at(&mut self, start: Position, entry: &Value) {
        self.elements += 1;
        self.told_at(start, entry);
    }

    fn told_at(&mut self, start: Position, entry: &Value) {
        let text = entry.to_string();
        self.take(self.against.entry(&Json::of(entry), &text), "", start, "");
    }

    /// Judges an element that is an AuditEvent of FHIR R4, or an entry of a Bundle with one. Other resources
    /// are passed over.
    pub fn audit_event(&mut self, piece: &Piece) {
        let start = Position { line: piece.line, column: piece.column };
        let text = self.decoded(&piece.bytes, start).into_owned();
        let pointer = self.pointer();
        self.elements += 1;
        let json = match self.parsed(&text) {
            Ok(json) => json,
            Err(error) => {
                self.is_damage(&text, start, &error, piece.is_whole);
                return;
            }
        };
        let (event, below) = if json["resource"].is_null() { (&json, "") } else { (&json["resource"], "/resource") };
        if event["resourceType"] != "AuditEvent" {
            return;
        }
        let mut findings = Findings::new(self.against.catalogue, self.against.strictness);
        for fault in faults_of(event) {
            let spot = place(&format!("{below}{}", fault.pointer));
            findings.add("audit-event-wrong", &spot, fault.expected, fault.actual);
        }
        self.told.add(findings.into_list(), &text, start, &pointer);
        self.told_at(start, &entry_of(event));
    }

    /// Judges an element that is no JSON, or not in UTF-8.
    fn spoilt(&mut self, piece: &Piece, start: Position, pointer: &str) {
        let text = self.decoded(&piece.bytes, start);
        if self.entry(&text, start, pointer).is_err_and(|error| self.is_damage(&text, start, &error, piece.is_whole)) {
            self.lines(&text, start);
        }
    }

    /// Tells what is wrong with the file at a place.
    pub fn damage(&mut self, position: Position, expected: &str, actual: &str) {
        let mut findings = Findings::new(self.against.catalogue, self.against.strictness);
        findings.add(DAMAGED, &place(""), expected, actual);
        self.told.add(findings.into_list(), "", position, "");
        self.chain.interrupt();
    }

    /// What was found, with notes of what could not be judged.
    pub fn finish(mut self) -> Judged {
        if self.entries == 0 {
            self.damage(Position { line: 1, column: 1 }, "entries of a use log", "none");
        }
        match self.join.take() {
            Some(join) => self.missing(join),
            None => self.note("whether entries and messages agree", "no traffic is at hand"),
        }
        match self.chain.unknown.take() {
            Some(algorithm) => self.note("the chain of hashes", &format!("algorithm {algorithm} is not known")),
            None if !self.chain.is_judged => self.note("the chain of hashes", "the entries carry no hash"),
            None => {}
        }
        Judged { findings: self.told.list, counts: self.told.counts, entries: self.entries }
    }

    fn missing(&mut self, join: Join<'_>) {
        let mut findings = Findings::new(self.against.catalogue, self.against.strictness);
        let count = join.finish(&mut findings);
        self.told.add_all(findings.into_list(), count);
    }

    fn note(&mut self, what: &str, why: &str) {
        let mut findings = Findings::new(self.against.catalogue, self.against.strictness);
        findings.add("log-not-judged", &place(""), what, why);
        self.told.add_all(findings.into_list(), 1);
    }

    /// The text of the element. Bytes that are no UTF-8 are told, and read as Latin-1.
    fn decoded<'t>(&mut self, bytes: &'t [u8], start: Position) -> std::borrow::Cow<'t, str> {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(error) => {
                let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
                let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
                let wrong = bytes[error.valid_up_to()..].first().copied().unwrap_or_default();
                let actual = format!("byte {wrong:02X}, read as Latin-1");
                self.damage(after(start, Position::of(valid, valid.len())), "UTF-8", &actual);
                text.into()
            }
        }
    }

    fn entry(&mut self, text: &str, start: Position, pointer: &str) -> Result<(), (usize, String)> {
        let json = self.parsed(text)?;
        self.take(self.against.entry(&Json::of(&json), text), text, start, pointer);
        Ok(())
    }

    fn parsed(&self, text: &str) -> Result<Value, (usize, String)> {
        let limits = JsonLimits { bytes: usize::MAX, depth: DEPTH };
        let read = parse(text.as_bytes(), Part::UseLog, limits);
        read.map(|read| read.value).map_err(|error| (error.spot.offset.unwrap_or_default(), error.to_string()))
    }

    fn is_damage(&mut self, text: &str, start: Position, error: &(usize, String), is_whole: bool) -> bool {
        let (offset, why) = error;
        let expected = if is_whole { "an entry in JSON" } else { "an entry that reaches its end" };
        self.damage(after(start, Position::of(text, *offset)), expected, why);
        text.contains('\n')
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
