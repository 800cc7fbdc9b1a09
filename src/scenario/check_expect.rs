//! Checks one expectation and gives it its kind.

use toml::Spanned;

use super::check::{Checker, controller};
use super::declared::{Intent, Prohibited, intent};
use super::text::ExpectText;
use crate::rule::FindingCode;
use crate::rule::expectation::{
    Answered, AttemptLogged, ClientLog, CodesLogged, Criterion, CriterionStated, DeclarationHeld, DisclosureLogged,
    ErrorsShown, Exchanges, Expectation, FormReceived, FormSent, GroundLogged, InRegister, IssuesShown, LogAgrees,
    LogIntegrity, LogTimes, NoticeOrder, Notices, Pages, PdfSent, Retention, RetryAfter, RetryPauses, Shown, Status,
    StoredOnce, SummaryShown, TextHeld, TokenParties, Versions, WantedDeclaration,
};
use crate::rule::expectation::{AttachmentsSent, AttachmentsShown};
use crate::source::Span;

const KINDS: &str = "exchanges, shown, text, status, errors, stored-once, versions, notices, notices-in-order, log, \
                     declared, disclosure-logged, register, ground-logged, issues, codes-logged, \
                     log-integrity, attempt-logged, retention, client-log, retry-after, retry-pauses, pages, pdf-a, \
                     log-times, token-parties, summary, attachments, attachments-shown, form-sent, form-received, \
                     criterion";
const STATES: [&str; 3] = ["stored", "waiting", "refused"];

/// The expectation; `None` when it is so wrong that it has no kind.
pub(super) fn expectation(row: &Spanned<ExpectText>, checker: &mut Checker<'_>) -> Option<Expectation> {
    let text = row.get_ref();
    let step = text.step.get_ref().clone();
    if !checker.steps.contains(&step) {
        checker.mistake(text.step.span(), format!("no step {step}"), "name one of the [[step]]s above");
    }
    strangers(text, checker);
    Some(match text.see.get_ref().as_str() {
        "exchanges" => Expectation::Exchanges(exchanges(row, step, checker)),
        "shown" => Expectation::Shown(shown(text, step, checker)),
        "summary" => Expectation::SummaryShown(SummaryShown { step, documents: documents(text, checker) }),
        "text" => Expectation::TextHeld(TextHeld { step, document: document(text, checker) }),
        "status" => Expectation::Status(status(text, step, checker)),
        "errors" => Expectation::ErrorsShown(ErrorsShown { step }),
        "stored-once" => Expectation::StoredOnce(StoredOnce { step }),
        "versions" => Expectation::Versions(versions(text, step, checker)),
        "notices" => Expectation::Notices(notices(text, step, checker)),
        "notices-in-order" => Expectation::NoticeOrder(NoticeOrder { step }),
        "attachments" => Expectation::AttachmentsSent(AttachmentsSent { step, count: count(text, checker) }),
        "attachments-shown" => {
            let (document, count) = (document(text, checker), count(text, checker));
            Expectation::AttachmentsShown(AttachmentsShown { step, document, count })
        }
        "pdf-a" => Expectation::PdfSent(PdfSent { step }),
        "retry-after" => Expectation::RetryAfter(RetryAfter { step }),
        "retry-pauses" => Expectation::RetryPauses(RetryPauses { step }),
        "pages" => Expectation::Pages(Pages { step }),
        "log-times" => Expectation::LogTimes(LogTimes { step }),
        "token-parties" => Expectation::TokenParties(TokenParties { step }),
        "form-sent" => Expectation::FormSent(FormSent { step, form: searching(text, checker) }),
        "form-received" => Expectation::FormReceived(FormReceived { step, form: waiting(text, checker) }),
        "criterion" => Expectation::CriterionStated(CriterionStated { step, criterion: criterion(text, checker)? }),
        "log" => Expectation::LogAgrees(LogAgrees { step }),
        "declared" => Expectation::DeclarationHeld(declared(text, step, checker)?),
        "disclosure-logged" => Expectation::DisclosureLogged(disclosure_logged(text, step, checker)),
        "register" => Expectation::InRegister(register(text, step, checker)),
        "ground-logged" => Expectation::GroundLogged(GroundLogged { step, search: searching(text, checker) }),
        "issues" => Expectation::IssuesShown(IssuesShown { step }),
        "codes-logged" => Expectation::CodesLogged(CodesLogged { step }),
        "log-integrity" => Expectation::LogIntegrity(LogIntegrity { step, intact: intact(text, checker) }),
        "attempt-logged" => Expectation::AttemptLogged(attempt(text, step, checker)),
        "retention" => Expectation::Retention(Retention { step, years: years(text, checker) }),
        "client-log" => Expectation::ClientLog(ClientLog { step }),
        other => {
            checker.mistake(text.see.span(), format!("nothing to see called {other}"), format!("one of {KINDS}"));
            return None;
        }
    })
}

/// Members that the kind has no use for are mistakes: whoever wrote them expects something of them.
fn strangers(text: &ExpectText, checker: &mut Checker<'_>) {
    let used: &[&str] = match text.see.get_ref().as_str() {
        "exchanges" => &["operation", "answered", "count", "at-least", "at-most", "marked", "finding"],
        "shown" => &["documents", "finding"],
        "declared" => &["kind", "permit", "prohibits", "in-force", "finding"],
        "disclosure-logged" => &["documents", "ground", "finding"],
        "register" => &["document", "controller", "finding"],
        "ground-logged" | "form-sent" => &["of"],
        "form-received" => &["form"],
        "criterion" => &["matter", "document-type"],
        "summary" => &["documents"],
        "attachments" => &["count"],
        "attachments-shown" => &["document", "count"],
        "text" => &["document"],
        "status" => &["document", "states"],
        "versions" => &["document", "versions", "nullified", "finding"],
        "notices" => &["items", "delivered", "finding"],
        "log-integrity" => &["intact"],
        "attempt-logged" => &["of", "finding"],
        "retention" => &["years"],
        _ => &[],
    };
    let given = [
        ("operation", text.operation.is_some()),
        ("answered", text.answered.is_some()),
        ("count", text.count.is_some()),
        ("at-least", text.at_least.is_some()),
        ("at-most", text.at_most.is_some()),
        ("marked", text.marked.is_some()),
        ("documents", text.documents.is_some()),
        ("document", text.document.is_some()),
        ("matter", text.matter.is_some()),
        ("document-type", text.document_type.is_some()),
        ("states", text.states.is_some()),
        ("versions", text.versions.is_some()),
        ("nullified", text.nullified.is_some()),
        ("items", text.items.is_some()),
        ("delivered", text.delivered.is_some()),
        ("kind", text.kind.is_some()),
        ("permit", text.permit.is_some()),
        ("prohibits", text.prohibits.is_some()),
        ("in-force", text.in_force.is_some()),
        ("controller", text.controller.is_some()),
        ("ground", text.ground.is_some()),
        ("of", text.of.is_some()),
        ("form", text.form.is_some()),
        ("intact", text.intact.is_some()),
        ("years", text.years.is_some()),
        ("finding", text.finding.is_some()),
    ];
    for (name, _) in given.iter().filter(|(name, there)| *there && !used.contains(name)) {
        let title = format!("`see = \"{}\"` has no use for {name}", text.see.get_ref());
        checker.mistake(text.see.span(), title, "remove it");
    }
}

fn exchanges(row: &Spanned<ExpectText>, step: String, checker: &mut Checker<'_>) -> Exchanges {
    let text = row.get_ref();
    let (at_least, at_most) = bounds(text, checker);
    let answered = text.answered.as_ref().map_or(Answered::Accepted, |said| match said.get_ref().as_str() {
        "accepted" => Answered::Accepted,
        "refused" => Answered::Refused,
        "any" => Answered::Any,
        other => {
            checker.mistake(said.span(), format!("no answer {other}"), "accepted, refused or any");
            Answered::Any
        }
    });
    let operation = needed(text.operation.as_ref(), "operation", text.see.span(), checker).map(|it| *it.get_ref());
    Exchanges {
        step,
        operation: operation.unwrap_or(crate::domain::Operation::Unknown),
        answered,
        at_least,
        at_most,
        marked: text.marked.unwrap_or(false),
        finding: finding(text, checker),
    }
}

fn count(text: &ExpectText, checker: &mut Checker<'_>) -> usize {
    needed(text.count.as_ref(), "count", text.see.span(), checker).map_or(0, |count| *count.get_ref())
}

fn bounds(text: &ExpectText, checker: &mut Checker<'_>) -> (usize, Option<usize>) {
    let number = |row: &Option<Spanned<usize>>| row.as_ref().map(|row| *row.get_ref());
    if let Some(count) = &text.count {
        if text.at_least.is_some() || text.at_most.is_some() {
            checker.mistake(count.span(), "count goes with no other bound", "keep one of them");
        }
        return (*count.get_ref(), Some(*count.get_ref()));
    }
    let (least, most) = (number(&text.at_least).unwrap_or(0), number(&text.at_most));
    if least == 0 && most.is_none() {
        checker.mistake(text.see.span(), "any number will do: it could never fail", "add count, at-least or at-most");
    }
    if most.is_some_and(|most| most < least) {
        checker.mistake(text.see.span(), "at-most is under at-least: it could never pass", "mend the bounds");
    }
    (least, most)
}

fn documents(text: &ExpectText, checker: &mut Checker<'_>) -> Vec<String> {
    let said = needed(text.documents.as_ref(), "documents", text.see.span(), checker);
    said.map(|names| names.iter().map(|name| checker.document(name)).collect()).unwrap_or_default()
}

fn document(text: &ExpectText, checker: &mut Checker<'_>) -> String {
    let said = needed(text.document.as_ref(), "document", text.see.span(), checker);
    said.map(|name| checker.document(name)).unwrap_or_default()
}

fn status(text: &ExpectText, step: String, checker: &mut Checker<'_>) -> Status {
    let said = needed(text.states.as_ref(), "states", text.see.span(), checker).cloned().unwrap_or_default();
    for state in said.iter().filter(|state| !STATES.contains(&state.get_ref().as_str())) {
        let title = format!("no state {}", state.get_ref());
        checker.mistake(state.span(), title, format!("one of {}", STATES.join(", ")));
    }
    let states = said.into_iter().map(Spanned::into_inner).collect();
    Status { step, document: document(text, checker), states }
}

fn versions(text: &ExpectText, step: String, checker: &mut Checker<'_>) -> Versions {
    Versions {
        step,
        document: document(text, checker),
        number: text.versions.as_ref().map(|number| *number.get_ref()),
        nullified: text.nullified.unwrap_or(false),
        finding: finding(text, checker),
    }
}

fn notices(text: &ExpectText, step: String, checker: &mut Checker<'_>) -> Notices {
    let items = needed(text.items.as_ref(), "items", text.see.span(), checker).cloned().unwrap_or_default();
    let undue = text.finding.as_ref().and_then(|code| checker.finding(code));
    if let Some(code) = text.finding.as_ref().filter(|_| !items.is_empty()) {
        checker.mistake(code.span(), "only a notice that is not due has a finding of its own", "remove it");
    }
    Notices { step, items, after_trouble: text.delivered.unwrap_or(false), undue }
}

fn shown(text: &ExpectText, step: String, checker: &mut Checker<'_>) -> Shown {
    let missing = text.finding.as_ref().and_then(|code| checker.finding(code));
    let missing = missing.unwrap_or(Shown::INCOMPLETE);
    Shown { step, documents: documents(text, checker), missing }
}

fn declared(text: &ExpectText, step: String, checker: &mut Checker<'_>) -> Option<DeclarationHeld> {
    let kind = needed(text.kind.as_ref(), "kind", text.see.span(), checker)?;
    let wanted = match intent(kind, text.permit.as_ref(), text.prohibits.as_ref(), checker)? {
        Intent::Information => WantedDeclaration::Information,
        Intent::Permit(permit) => WantedDeclaration::Permit(permit.direction().0, permit.direction().1),
        Intent::Prohibition(Prohibited::Document(name)) => WantedDeclaration::OfDocument(name),
        Intent::Prohibition(Prohibited::ServiceTask(code)) => WantedDeclaration::OfServiceTask(code),
        Intent::Prohibition(Prohibited::Controller(one)) => WantedDeclaration::OfController(one.name().to_owned()),
    };
    Some(DeclarationHeld { step, wanted, in_force: text.in_force.unwrap_or(true), finding: finding(text, checker) })
}

fn disclosure_logged(text: &ExpectText, step: String, checker: &mut Checker<'_>) -> DisclosureLogged {
    let ground = needed(text.ground.as_ref(), "ground", text.see.span(), checker);
    let ground = ground.map(|ground| ground.get_ref().clone()).unwrap_or_default();
    DisclosureLogged { step, documents: documents(text, checker), ground, finding: finding(text, checker) }
}

fn register(text: &ExpectText, step: String, checker: &mut Checker<'_>) -> InRegister {
    let said = needed(text.controller.as_ref(), "controller", text.see.span(), checker);
    let controller = controller(said, checker).name().to_owned();
    InRegister { step, document: document(text, checker), controller, finding: finding(text, checker) }
}

/// The step that searched, or that sent the form.
fn searching(text: &ExpectText, checker: &mut Checker<'_>) -> String {
    let Some(step) = needed(text.of.as_ref(), "of", text.see.span(), checker) else { return String::new() };
    if !checker.steps.contains(step.get_ref()) {
        checker.mistake(step.span(), format!("no step {}", step.get_ref()), "name one of the [[step]]s above");
    }
    step.get_ref().clone()
}

/// What a search is narrowed to.
fn criterion(text: &ExpectText, checker: &mut Checker<'_>) -> Option<Criterion> {
    match (&text.matter, &text.document_type) {
        (Some(matter), None) => Some(Criterion::Matter(checker.document(matter))),
        (None, Some(code)) => Some(Criterion::DocumentType(checker.document_type(code))),
        _ => {
            checker.mistake(text.see.span(), "not one criterion", "add matter = \"…\" or document-type = \"…\"");
            None
        }
    }
}

/// The form that waits.
fn waiting(text: &ExpectText, checker: &mut Checker<'_>) -> String {
    let Some(form) = needed(text.form.as_ref(), "form", text.see.span(), checker) else { return String::new() };
    if !checker.forms.contains(form.get_ref()) {
        let title = format!("no form {}", form.get_ref());
        checker.mistake(form.span(), title, "add it as a [[waiting-form]]");
    }
    form.get_ref().clone()
}

fn intact(text: &ExpectText, checker: &mut Checker<'_>) -> bool {
    needed(text.intact.as_ref(), "intact", text.see.span(), checker).copied().unwrap_or(true)
}

fn years(text: &ExpectText, checker: &mut Checker<'_>) -> u64 {
    needed(text.years.as_ref(), "years", text.see.span(), checker).map_or(0, |years| *years.get_ref())
}

fn attempt(text: &ExpectText, step: String, checker: &mut Checker<'_>) -> AttemptLogged {
    let of = needed(text.of.as_ref(), "of", text.see.span(), checker);
    if let Some(said) = of.filter(|said| !checker.steps.contains(said.get_ref())) {
        checker.mistake(said.span(), format!("no step {}", said.get_ref()), "name the step that made the attempt");
    }
    let attempt = of.map(|said| said.get_ref().clone()).unwrap_or_default();
    AttemptLogged { step, attempt, finding: finding(text, checker) }
}

fn finding(text: &ExpectText, checker: &mut Checker<'_>) -> FindingCode {
    let said = needed(text.finding.as_ref(), "finding", text.see.span(), checker);
    said.and_then(|code| checker.finding(code)).unwrap_or(FindingCode::RuleUnlisted)
}

fn needed<'t, T>(member: Option<&'t T>, name: &str, at: Span, checker: &mut Checker<'_>) -> Option<&'t T> {
    if member.is_none() {
        checker.mistake(at, format!("{name} is missing"), format!("add {name} = …"));
    }
    member
}
