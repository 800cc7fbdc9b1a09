//! Checks one step.

use jiff::Timestamp;
use toml::Spanned;

use super::Action;
use super::checker::ScenarioChecker;
use super::declared::{permit, prohibited};
use super::model::{DisclosedItem, DisclosureEvent, DocumentForm, FaultRequest, Recipient, Step, Tampering};
use super::sending::sending;
use super::text::{EventText, FaultText, StepText};
use crate::domain::{ActionOutcome, Fault, Operation};
use crate::rule::FindingCode;
use crate::rule::expectation::{EndsIn, Sent};
use crate::source::Span;

const MOST_TIMES: u32 = 100;
const MOST_ATTACHMENTS: usize = 10;

/// The step, what it is expected to end in, and what it must send.
pub(super) fn step(row: &StepText, checker: &mut ScenarioChecker<'_>) -> (Step, EndsIn, Option<Sent>) {
    let action = action(row, checker);
    let name = row.name.get_ref().clone();
    let is_taken = checker.names.documents.contains(&name) || checker.names.forms.contains(&name);
    if !checker.names.steps.insert(name.clone()) || is_taken {
        checker.mistake(row.name.span(), "this name stands twice", "give the step another name");
    }
    let made = Step {
        name: name.clone(),
        action,
        client: row.client.as_ref().map(|client| checker.person(client)),
        relationship: row.relationship.as_ref().map(|document| checker.document(document)),
        matter: row.matter.as_ref().map(|document| checker.document(document)),
        document: row.document.as_ref().map(|document| checker.document(document)),
        document_type: criteria(row, action, checker),
        controller: checker.controller(row.controller.as_ref()),
        by_law: row.by_law,
        permits: row.permits.iter().filter_map(|name| permit(name, checker)).collect(),
        prohibits: row.prohibits.as_ref().and_then(|target| prohibited(target, checker)),
        declaration: row
            .declaration
            .as_ref()
            .map(|step| checker.earlier_step(step, "name the earlier step that records the declaration")),
        log: row.log.as_ref().map(|log| checker.earlier_step(log, "name an earlier step that asks use-log")),
        tampering: tampering(row.tampering.as_ref(), checker),
        years: row.years.as_ref().map_or(0, |years| *years.get_ref()),
        instants: row.instants.iter().filter_map(|instant| self::instant(instant, checker)).collect(),
        reason: row.reason.as_ref().map(|reason| reason.get_ref().clone()),
        form: form(row.form.as_ref(), action, checker),
        attachments: attachments(row.attachments.as_ref(), action, checker),
        events: row.event.iter().map(|event| self::event(event, checker)).collect(),
        fault: row.fault.as_ref().map(|fault| self::fault(fault, checker)),
        twice: row.twice,
        refused_for: row.refused_for.iter().filter_map(|code| checker.finding(code)).collect(),
    };
    if action.makes_document() {
        checker.names.documents.insert(name);
    }
    let ends = ends(row, action, checker);
    let sent = sending(&made, &ends, row.unsent);
    (made, ends, sent)
}

/// The document type to which a search is narrowed. Another action has no use for it, and a summary none for a matter.
fn criteria(row: &StepText, action: Action, checker: &mut ScenarioChecker<'_>) -> Option<String> {
    let criterion = row.matter.as_ref().filter(|_| action == Action::SearchSummary).or(row.document_type.as_ref());
    if let Some(criterion) = criterion.filter(|_| !action.is_narrowable()) {
        let title = format!("{} is narrowed by no criterion", action.name());
        checker.mistake(criterion.span(), title, "search-documents and search-metadata are");
    }
    row.document_type.as_ref().map(|code| checker.document_type(code))
}

fn action(row: &StepText, checker: &mut ScenarioChecker<'_>) -> Action {
    let known = Action::ALL.map(|action| (action.name(), action));
    let Some(action) = checker.one_of("action", &row.action, &known) else { return Action::SendPending };
    for need in action.needs() {
        let there = match *need {
            "client" => row.client.is_some(),
            "relationship" => row.relationship.is_some(),
            "matter" => row.matter.is_some(),
            "permits" => !row.permits.is_empty(),
            "prohibits" => row.prohibits.is_some(),
            "declaration" => row.declaration.is_some(),
            "log" => row.log.is_some(),
            "tampering" => row.tampering.is_some(),
            "years" => row.years.is_some(),
            "instants" => !row.instants.is_empty(),
            _ => row.document.is_some(),
        };
        if !there {
            checker.mistake(
                row.action.span(),
                format!("{} needs a {need}", action.name()),
                format!("add {need} = \"…\""),
            );
        }
    }
    if action.records_disclosures() && row.event.is_empty() {
        checker.mistake(row.action.span(), "no disclosure to record", "add a [[step.event]]");
    }
    action
}

fn instant(said: &Spanned<String>, checker: &mut ScenarioChecker<'_>) -> Option<Timestamp> {
    let moment = said.get_ref().parse().ok();
    if moment.is_none() {
        let title = format!("`{}` is not a time", said.get_ref());
        checker.mistake(said.span(), title, "write it as in RFC 3339: 2026-10-25T00:30:00Z");
    }
    moment
}

fn tampering(said: Option<&Spanned<String>>, checker: &mut ScenarioChecker<'_>) -> Tampering {
    let known = [("none", Tampering::None), ("changed", Tampering::Changed), ("removed", Tampering::Removed)];
    said.and_then(|said| checker.one_of("tampering", said, &known)).unwrap_or_default()
}

/// How many attachments a client document gets.
fn attachments(said: Option<&Spanned<usize>>, action: Action, checker: &mut ScenarioChecker<'_>) -> usize {
    let Some(said) = said else { return 0 };
    let count = *said.get_ref();
    if action != Action::StoreClientDocument || !(1..=MOST_ATTACHMENTS).contains(&count) {
        let title = format!("{} with {count} attachments", action.name());
        let hint = format!("a client document has 1 to {MOST_ATTACHMENTS} attachments");
        checker.mistake(said.span(), title, hint);
    }
    count
}

/// The form that the action knows.
fn form(said: Option<&Spanned<String>>, action: Action, checker: &mut ScenarioChecker<'_>) -> DocumentForm {
    let Some(said) = said else { return DocumentForm::Usual };
    match (said.get_ref().as_str(), action) {
        ("pdf-a", Action::StoreClientDocument) => DocumentForm::PdfA,
        ("document", Action::RecordInformation | Action::RecordPermit | Action::RecordProhibition) => {
            DocumentForm::Document
        }
        (other, action) => {
            let title = format!("{} has no form `{other}`", action.name());
            let hint = "pdf-a for a client document, document for a declaration";
            checker.mistake(said.span(), title, hint);
            DocumentForm::Usual
        }
    }
}

fn event(row: &EventText, checker: &mut ScenarioChecker<'_>) -> DisclosureEvent {
    let recipients =
        [("authority", Recipient::Authority), ("client", Recipient::Client), ("producer", Recipient::Producer)];
    let recipient = checker.one_of("recipient", &row.recipient, &recipients).unwrap_or(Recipient::Authority);
    let channels = [("through-archive", true), ("outside-archive", false)];
    let channel = row.channel.as_ref().and_then(|channel| checker.one_of("channel", channel, &channels));
    let through_archive = channel.unwrap_or(false);
    if row.items.is_empty() {
        checker.mistake(
            row.recipient.span(),
            "a disclosure of nothing",
            "name documents, or describe what was disclosed",
        );
    }
    DisclosureEvent {
        client: checker.person(&row.client),
        recipient,
        ground: row.ground.clone(),
        through_archive,
        items: row.items.iter().map(|item| disclosed(item, checker)).collect(),
        corrects: row
            .corrects
            .as_ref()
            .map(|step| checker.earlier_step(step, "name the earlier step that records disclosures")),
    }
}

/// A document by its name, or a description where no document is called so.
fn disclosed(item: &Spanned<String>, checker: &ScenarioChecker<'_>) -> DisclosedItem {
    let text = item.get_ref().clone();
    if checker.names.documents.contains(&text) { DisclosedItem::Document(text) } else { DisclosedItem::Described(text) }
}

fn fault(row: &FaultText, checker: &mut ScenarioChecker<'_>) -> FaultRequest {
    let known: Vec<(&str, Fault)> = Fault::ALL.iter().map(|fault| (fault.name(), *fault)).collect();
    let fault = checker.one_of("fault of Kanta", &row.kanta, &known).unwrap_or(Fault::ErrorAnswer);
    if *row.on.get_ref() == Operation::StoreDeclaration {
        checker.mistake(row.on.span(), "Kanta plays no fault on declarations", "name another operation");
    }
    let times = row.times.as_ref().map_or(1, |times| *times.get_ref());
    if times == 0 || times > MOST_TIMES {
        let span = row.times.as_ref().map_or_else(|| row.kanta.span(), Spanned::span);
        checker.mistake(span, format!("a fault is played 1 to {MOST_TIMES} times"), "say how often");
    }
    FaultRequest { fault, operation: *row.on.get_ref(), times }
}

fn ends(row: &StepText, action: Action, checker: &mut ScenarioChecker<'_>) -> EndsIn {
    let mut ends = succeeded(action);
    if let Some(finding) = &row.otherwise {
        ends.finding = checker.finding(finding).unwrap_or(ends.finding);
    }
    let Some(said) = &row.ends else { return ends };
    let known = ActionOutcome::ANSWERS.map(|outcome| (outcome.name(), outcome));
    ends.outcomes = said.iter().filter_map(|outcome| checker.one_of("outcome", outcome, &known)).collect();
    if said.is_empty() || ActionOutcome::ANSWERS.iter().all(|outcome| ends.outcomes.contains(outcome)) {
        let title = if said.is_empty() { "it could never pass" } else { "it could never fail" };
        checker.mistake(span_of(said, row), title, "name the outcomes that are right");
    }
    ends
}

fn span_of(said: &[Spanned<String>], row: &StepText) -> Span {
    match (said.first(), said.last()) {
        (Some(first), Some(last)) => first.span().start..last.span().end,
        _ => row.name.span(),
    }
}

/// What is expected where a step says nothing: that it succeeds.
fn succeeded(action: Action) -> EndsIn {
    let makes_document = action.makes_document() || action == Action::NullifyDocument;
    EndsIn { outcomes: vec![ActionOutcome::Succeeded], finding: FindingCode::ActionFailed, makes_document }
}
