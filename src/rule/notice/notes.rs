//! Collects what the rules say about one request, and finds its places in the text at the end.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{NoticeContext, Reading, TokenReading};
use crate::domain::Severity;
use crate::profile::SignatureMode;
use crate::rule::{Finding, Findings, Texts};
use crate::wire::json::offsets_of;
use crate::wire::{Part, Spot};

/// Most findings of one kind about one request. A Bundle of a thousand notices with the same mistake
/// needs it told a few times only, and what one request can cause stays bounded.
const MOST_OF_A_KIND: usize = 20;

/// Findings about the Bundle's signature, whose weight the profile may set.
const OF_SIGNATURE: [&str; 4] =
    ["notice-signature-missing", "notice-signature-wrong", "notice-certificate-invalid", "notice-signer-differs"];

/// What the rules said so far.
#[derive(Default)]
pub(in crate::rule) struct Notes {
    list: Vec<Note>,
    counts: BTreeMap<&'static str, usize>,
}

struct Note {
    code: &'static str,
    spot: Spot,
    expected: String,
    actual: String,
}

impl Notes {
    /// Adds the finding `code` at `spot`.
    pub fn add(&mut self, code: &'static str, spot: Spot, expected: impl Into<String>, actual: impl Into<String>) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= MOST_OF_A_KIND {
            self.list.push(Note { code, spot, expected: expected.into(), actual: actual.into() });
        }
    }

    /// How many findings there are.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// Whether a finding stands at `pointer` of the Bundle or at what holds it directly.
    pub fn is_told(&self, pointer: &str) -> bool {
        let holder = pointer.rsplit_once('/').map_or("", |(holder, _)| holder);
        let stands = |note: &Note| note.spot.part == Part::Bundle && [pointer, holder].contains(&&*note.spot.path);
        self.list.iter().any(stands)
    }

    /// Adds the finding `code` at `pointer` of the Bundle.
    pub fn bundle(
        &mut self,
        code: &'static str,
        pointer: impl Into<String>,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) {
        self.add(code, Spot::path(Part::Bundle, pointer.into()), expected, actual);
    }

    /// Adds the finding `code` at `pointer` of the token's claims.
    pub fn token(
        &mut self,
        code: &'static str,
        pointer: impl Into<String>,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) {
        self.add(code, Spot::path(Part::Token, pointer.into()), expected, actual);
    }

    /// Adds the finding `code` at a header.
    pub fn header(
        &mut self,
        code: &'static str,
        name: impl Into<Cow<'static, str>>,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) {
        self.add(code, Spot::path(Part::Http, name), expected, actual);
    }

    /// The findings, each with its place in the text.
    pub fn into_findings(mut self, reading: &Reading, context: &NoticeContext<'_>) -> Vec<Finding> {
        let texts = texts(reading);
        for (part, text) in &texts {
            self.locate(*part, text);
        }
        let mut findings = Findings::new(context.catalogue, context.strictness).about(context.exchange, texts);
        let mode = context.profile.notice.signature.mode;
        for note in
            self.list.into_iter().filter(|note| mode != SignatureMode::Off || !OF_SIGNATURE.contains(&note.code))
        {
            findings.add(note.code, &note.spot, note.expected, note.actual);
        }
        let mut list = findings.into_list();
        for finding in list.iter_mut().filter(|finding| OF_SIGNATURE.contains(&finding.code.as_str())) {
            finding.severity = match mode {
                SignatureMode::Warn => Severity::Warning,
                SignatureMode::Fail => Severity::Fail,
                SignatureMode::ByClass | SignatureMode::Off => finding.severity,
            };
        }
        list
    }

    /// Fills in the offsets of `part`, where the wire has not told them already.
    fn locate(&mut self, part: Part, text: &str) {
        let open = |note: &&mut Note| note.spot.part == part && note.spot.offset.is_none();
        let pointers: Vec<String> =
            self.list.iter_mut().filter(open).map(|note| note.spot.path.clone().into_owned()).collect();
        if pointers.is_empty() {
            return;
        }
        let offsets = offsets_of(text, pointers.iter().map(String::as_str));
        for note in self.list.iter_mut().filter(open) {
            note.spot.offset = offsets.get(&*note.spot.path).copied();
        }
    }
}

fn texts(reading: &Reading) -> Texts<'_> {
    let mut texts = Texts::new();
    if let Ok(text) = std::str::from_utf8(&reading.request.body) {
        texts.insert(Part::Bundle, text);
    }
    if let TokenReading::Read(token) = &reading.token {
        texts.insert(Part::Token, token.claims.text.as_str());
    }
    texts
}
