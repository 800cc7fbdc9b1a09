//! An exchange as the page shows it: its parts decoded, with the places of findings marked.

use super::finding::FindingView;
use crate::domain::{Operation, RefusalGround};
use crate::evidence::{Body, Exchange, RecordedMessage, RequestKind};
use crate::report::file_names::{EXCHANGES, document_name, file_name};
use crate::report::listing::{Listing, ListingTarget};
use crate::report::texts::Texts;
use crate::report::words::{Words, fill};
use crate::report::{redact, unpack};
use crate::source::Position;
use crate::wire::Part;
use crate::words::Said;

/// Most documents of one message that are shown.
const MOST_DOCUMENTS: usize = 3;
/// Longest header or name, in characters.
const LONGEST: usize = 300;

/// An exchange with its messages and the findings about it.
#[derive(Debug)]
pub struct ExchangeView<'a> {
    /// Number in the run.
    pub number: u64,
    pub operation: &'a str,
    /// The service that it came to.
    pub service: &'a str,
    /// Identifier of the message.
    pub message_id: String,
    pub received: String,
    /// What became of it.
    pub state: String,
    /// `accepted` or `refused`, for the style.
    pub kind: &'static str,
    /// What else there is to know: repeated, a fault played.
    pub notes: Vec<String>,
    /// The parts of both messages.
    pub parts: Vec<PartView>,
    /// The findings about it.
    pub findings: Vec<FindingView<'a>>,
}

/// One part of a message.
#[derive(Debug)]
pub struct PartView {
    /// `Request: Document (CDA R2)`.
    pub title: String,
    /// The text; `None` where there is none to show.
    pub listing: Option<Listing>,
    /// The file that holds the whole, relative to the page; empty where none does.
    pub file: String,
    /// How large it is, in words.
    pub size: String,
    /// Notes under the text.
    pub notes: Vec<String>,
    /// Whether it is shown unfolded: a finding points into it.
    pub open: bool,
}

/// One half of an exchange on its way to the page.
struct Side<'a> {
    exchange: &'a Exchange,
    kind: &'static str,
    name: &'a str,
    message: &'a RecordedMessage,
    findings: &'a [FindingView<'a>],
    words: &'a Words,
}

/// The exchange with these findings about it.
pub fn view<'a>(exchange: &'a Exchange, findings: Vec<FindingView<'a>>, texts: &'a Texts) -> ExchangeView<'a> {
    let words = &texts.words;
    let mut parts = Side::request(exchange, &findings, words).parts();
    parts.extend(exchange.answer.iter().flat_map(|answer| Side::answer(exchange, answer, words).parts()));
    ExchangeView {
        number: exchange.number,
        operation: words.operation.of(exchange.operation.name()),
        service: words.service.of(exchange.service.id()),
        message_id: redact::line(exchange.message_id.as_deref().unwrap_or_default(), LONGEST),
        received: exchange.received.to_string(),
        state: state(exchange, words),
        kind: if exchange.accepted { "accepted" } else { "refused" },
        notes: notes(exchange, words),
        parts,
        findings,
    }
}

/// What became of the request, in words.
pub fn state(exchange: &Exchange, words: &Words) -> String {
    match &exchange.answer {
        None => words.note.no_answer.clone(),
        Some(_) if exchange.accepted => words.note.accepted.clone(),
        Some(answer) if exchange.refused_for.is_empty() => redact::line(answer.start.as_str(), LONGEST),
        Some(_) => fill(&words.note.refused, &[("codes", &grounds_of(exchange))]),
    }
}

fn grounds_of(exchange: &Exchange) -> String {
    let grounds: Vec<&str> = exchange.refused_for.iter().map(RefusalGround::as_str).collect();
    grounds.join(", ")
}

fn notes(exchange: &Exchange, words: &Words) -> Vec<String> {
    let repeated = exchange.repeated.then(|| words.note.repeated.clone());
    let fault = exchange.fault.map(|fault| fill(&words.note.fault_played, &[("fault", fault.name())]));
    repeated.into_iter().chain(fault).collect()
}

impl<'a> Side<'a> {
    fn request(exchange: &'a Exchange, findings: &'a [FindingView<'a>], words: &'a Words) -> Self {
        let name = &words.label.request;
        Self { exchange, kind: "request", name, message: &exchange.request, findings, words }
    }

    fn answer(exchange: &'a Exchange, message: &'a RecordedMessage, words: &'a Words) -> Self {
        let name = &words.label.answer;
        Self { exchange, kind: "answer", name, message, findings: &[], words }
    }

    fn parts(&self) -> Vec<PartView> {
        let mut parts = vec![self.http()];
        match &self.message.body {
            Body::Withheld { bytes, reason } => {
                let values = [
                    ("n", bytes.to_string()),
                    ("reason", redact::line(&Said::of_library(reason).in_language(self.words.language), LONGEST)),
                ];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                parts[0].notes.push(fill(&self.words.note.withheld, &values));
            }
            Body::Raw(bytes) if bytes.is_empty() => parts[0].notes.push(self.words.note.empty_body.clone()),
            Body::Raw(bytes) => self.push_body(&mut parts, bytes),
        }
        parts
    }

    /// Start line and headers; secret values hidden.
    fn http(&self) -> PartView {
        let mut text = redact::line(self.message.start.as_str(), LONGEST);
        let mut targets = self.targets(Part::Http);
        for (index, (name, value)) in self.message.headers.iter().enumerate() {
            let secret = redact::is_secret_header(name);
            let value = if secret { self.words.note.hidden.clone() } else { redact::line(value, LONGEST) };
            text.push_str(&format!("\n{}: {value}", redact::line(name, LONGEST)));
            let line = u32::try_from(index + 2).unwrap_or(u32::MAX);
            let about = self.about(Part::Http).filter(|view| self.path_of(view).eq_ignore_ascii_case(name));
            targets.extend(
                about.map(|view| ListingTarget { finding: view.number, position: Position { line, column: 1 } }),
            );
        }
        self.part(Part::Http, &text, &targets, String::new(), text.len())
    }

    fn push_body(&self, parts: &mut Vec<PartView>, bytes: &[u8]) {
        let text = unpack::text(bytes);
        let kind = if text.trim_start().starts_with(['{', '[']) { Part::Bundle } else { Part::Frame };
        let file = format!("{EXCHANGES}/{}", file_name(self.exchange.number, self.kind, bytes));
        parts.push(self.part(kind, &text, &self.targets(kind), file, bytes.len()));
        for (index, document) in unpack::documents(bytes).into_iter().take(MOST_DOCUMENTS).enumerate() {
            self.push_document(parts, &document, index);
        }
    }

    fn push_document(&self, parts: &mut Vec<PartView>, bytes: &[u8], index: usize) {
        let text = unpack::text(bytes);
        let file = format!("{EXCHANGES}/{}", document_name(self.exchange.number, self.kind, index));
        let (display, json) = unpack::bodies(&text);
        let texts = [(Part::Document, Some(text)), (Part::DisplayForm, display), (Part::Json, json)];
        for (kind, text) in texts.into_iter().filter_map(|(kind, text)| Some((kind, text?))) {
            parts.push(self.part(kind, &text, &self.targets(kind), file.clone(), text.len()));
        }
    }

    /// What a part is called. Only to the FHIR root do Bundles come, and not all of them with notices.
    fn what(&self, kind: Part) -> &'a str {
        match (kind, self.exchange.service.requests(), self.exchange.operation) {
            (Part::Bundle, RequestKind::FhirBundle, Operation::StoreDeclaration) => {
                &self.words.label.declarations_bundle
            }
            (Part::Bundle, RequestKind::FhirBundle, _) => self.words.part.of(kind),
            (Part::Bundle, ..) => &self.words.label.json_message,
            _ => self.words.part.of(kind),
        }
    }

    fn about(&self, part: Part) -> impl Iterator<Item = &FindingView<'a>> {
        self.findings.iter().filter(move |view| view.finding.place.as_ref().is_some_and(|place| place.part == part))
    }

    fn path_of<'v>(&self, view: &'v FindingView<'_>) -> &'v str {
        view.finding.place.as_ref().map_or("", |place| &place.path)
    }

    fn targets(&self, part: Part) -> Vec<ListingTarget> {
        let position = |view: &FindingView<'_>| view.finding.place.as_ref().and_then(|place| place.position);
        self.about(part)
            .filter_map(|view| Some(ListingTarget { finding: view.number, position: position(view)? }))
            .collect()
    }

    fn part(&self, kind: Part, text: &str, targets: &[ListingTarget], file: String, bytes: usize) -> PartView {
        let listing = Listing::new(text, targets);
        let mut notes = Vec::new();
        if listing.cut > 0 {
            notes.push(fill(&self.words.note.cut, &[("n", &listing.cut.to_string()), ("file", &file)]));
        }
        if listing.rebroken {
            notes.push(fill(&self.words.note.line_breaks, &[("file", &file)]));
        }
        PartView {
            title: format!("{}: {}", self.name, self.what(kind)),
            listing: Some(listing),
            file,
            size: self.words.count.bytes.of(bytes),
            notes,
            open: self.about(kind).next().is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::view;
    use crate::domain::Operation;
    use crate::evidence::{Body, Entry, Exchange, ServiceTag};
    use crate::report::Language;
    use crate::report::example::{entries, texts};

    /// Titles of the parts of an exchange of the example, with a body in JSON.
    fn titles(service: &'static str, operation: Operation) -> Vec<String> {
        let entries = entries();
        let exchange = entries.iter().find_map(|entry| match &**entry {
            Entry::Exchange(exchange) => Some(&**exchange),
            _ => None,
        });
        let mut exchange = Exchange {
            service: ServiceTag::of_id(service),
            operation,
            answer: None,
            ..exchange.expect("exchange").clone()
        };
        exchange.request.body = Body::Raw(b"{}".to_vec());
        view(&exchange, Vec::new(), texts(Language::En)).parts.into_iter().map(|part| part.title).collect()
    }

    #[test]
    fn a_body_in_json_is_called_by_what_it_is() {
        for (service, operation, title) in [
            ("fhir", Operation::StoreNotice, "Request: Disclosure notices (FHIR Bundle)"),
            ("fhir", Operation::StoreDeclaration, "Request: Declarations of intent (FHIR Bundle)"),
            ("forms", Operation::SendForm, "Request: Message (JSON)"),
            ("use-log", Operation::Unknown, "Request: Message (JSON)"),
        ] {
            assert_eq!(titles(service, operation)[1], title);
        }
    }
}
