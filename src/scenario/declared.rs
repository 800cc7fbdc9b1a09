//! Declarations of intent in a scenario: in force beforehand, or recorded by a step.

use serde::Deserialize;
use toml::Spanned;

use super::checker::ScenarioChecker;
use crate::domain::PermitKind;
use crate::rule::expectation::Prohibited;
use crate::source::Span;

/// A declaration that is in force when the scenario begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenDeclaration {
    /// The client whose it is.
    pub client: String,
    pub intent: Intent,
}

/// What a client declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// That the information about Kanta was given.
    Information,
    /// A permit.
    Permit(PermitKind),
    /// A prohibition.
    Prohibition(Prohibited),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct DeclaredText {
    pub client: Spanned<String>,
    pub kind: Spanned<String>,
    pub permit: Option<Spanned<String>>,
    pub prohibits: Option<Spanned<ProhibitsText>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ProhibitsText {
    document: Option<Spanned<String>>,
    service_task: Option<Spanned<String>>,
    controller: Option<Spanned<String>>,
}

/// The declaration of a `[[declared]]`.
pub(super) fn declared(row: &DeclaredText, checker: &mut ScenarioChecker<'_>) -> Option<GivenDeclaration> {
    let client = checker.person(&row.client);
    let intent = intent(&row.kind, row.permit.as_ref(), row.prohibits.as_ref(), checker)?;
    Some(GivenDeclaration { client, intent })
}

/// The declaration of this kind with what belongs to it.
pub(super) fn intent(
    kind: &Spanned<String>,
    permit: Option<&Spanned<String>>,
    prohibits: Option<&Spanned<ProhibitsText>>,
    checker: &mut ScenarioChecker<'_>,
) -> Option<Intent> {
    match (kind.get_ref().as_str(), permit, prohibits) {
        ("information", None, None) => Some(Intent::Information),
        ("permit", Some(permit), None) => self::permit(permit, checker).map(Intent::Permit),
        ("prohibition", None, Some(row)) => prohibited(row, checker).map(Intent::Prohibition),
        (name @ ("information" | "permit" | "prohibition"), _, _) => {
            let hint = "information has neither; permit has permit = \"…\"; prohibition has prohibits = { … }";
            checker.mistake(kind.span(), format!("a declaration of kind `{name}` has other members"), hint);
            None
        }
        (other, _, _) => {
            let title = format!("unknown kind of declaration `{other}`");
            checker.mistake(kind.span(), title, "one of information, permit, prohibition");
            None
        }
    }
}

/// The permit of this name.
pub(super) fn permit(name: &Spanned<String>, checker: &mut ScenarioChecker<'_>) -> Option<PermitKind> {
    checker.one_of("permit", name, &PermitKind::ALL.map(|kind| (kind.name(), kind)))
}

/// The one target of a prohibition.
pub(super) fn prohibited(row: &Spanned<ProhibitsText>, checker: &mut ScenarioChecker<'_>) -> Option<Prohibited> {
    let text = row.get_ref();
    match (&text.document, &text.service_task, &text.controller) {
        (Some(name), None, None) => Some(Prohibited::Document(checker.document(name))),
        (None, Some(code), None) => Some(Prohibited::ServiceTask(code.get_ref().clone())),
        (None, None, Some(role)) => Some(Prohibited::Controller(checker.controller(Some(role)))),
        _ => {
            unclear(row.span(), checker);
            None
        }
    }
}

fn unclear(span: Span, checker: &mut ScenarioChecker<'_>) {
    checker.mistake(span, "a prohibition meets one thing", "one of document, service-task, controller");
}
