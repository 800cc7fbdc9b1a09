//! Declarations of intent in a scenario: in force beforehand, or recorded by a step.

use serde::Deserialize;
use toml::Spanned;

use super::check::{Checker, controller};
use super::model::Controller;
use crate::domain::Sector;
use crate::source::Span;

/// A declaration that is in force when the scenario begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenDeclaration {
    /// The client whose it is.
    pub client: String,
    /// What is declared.
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

/// The permits that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PermitKind {
    /// Within social welfare.
    SocialWelfare,
    /// Within health care.
    HealthCare,
    /// Data of social welfare to health care.
    SocialWelfareToHealthCare,
    /// Data of health care to social welfare.
    HealthCareToSocialWelfare,
}

impl PermitKind {
    /// Every permit.
    pub const ALL: [Self; 4] =
        [Self::SocialWelfare, Self::HealthCare, Self::SocialWelfareToHealthCare, Self::HealthCareToSocialWelfare];

    /// Its name in scenarios and in the driver API.
    pub fn name(self) -> &'static str {
        match self {
            Self::SocialWelfare => "social-welfare",
            Self::HealthCare => "health-care",
            Self::SocialWelfareToHealthCare => "social-welfare-to-health-care",
            Self::HealthCareToSocialWelfare => "health-care-to-social-welfare",
        }
    }

    /// Whose data may go to whom.
    pub fn direction(self) -> (Sector, Sector) {
        match self {
            Self::SocialWelfare => (Sector::SocialWelfare, Sector::SocialWelfare),
            Self::HealthCare => (Sector::HealthCare, Sector::HealthCare),
            Self::SocialWelfareToHealthCare => (Sector::SocialWelfare, Sector::HealthCare),
            Self::HealthCareToSocialWelfare => (Sector::HealthCare, Sector::SocialWelfare),
        }
    }
}

/// What a prohibition meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prohibited {
    /// A document, by its name in the scenario.
    Document(String),
    /// A service task, by its code.
    ServiceTask(String),
    /// A controller.
    Controller(Controller),
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
pub(super) fn declared(row: &DeclaredText, checker: &mut Checker<'_>) -> Option<GivenDeclaration> {
    let client = checker.person(&row.client);
    let intent = intent(&row.kind, row.permit.as_ref(), row.prohibits.as_ref(), checker)?;
    Some(GivenDeclaration { client, intent })
}

/// The declaration of this kind with what belongs to it.
pub(super) fn intent(
    kind: &Spanned<String>,
    permit: Option<&Spanned<String>>,
    prohibits: Option<&Spanned<ProhibitsText>>,
    checker: &mut Checker<'_>,
) -> Option<Intent> {
    match (kind.get_ref().as_str(), permit, prohibits) {
        ("information", None, None) => Some(Intent::Information),
        ("permit", Some(permit), None) => self::permit(permit, checker).map(Intent::Permit),
        ("prohibition", None, Some(row)) => prohibited(row, checker).map(Intent::Prohibition),
        (name @ ("information" | "permit" | "prohibition"), _, _) => {
            let hint = "information has neither; permit has permit = \"…\"; prohibition has prohibits = { … }";
            checker.mistake(kind.span(), format!("a declaration of kind {name} does not look so"), hint);
            None
        }
        (other, _, _) => {
            let title = format!("no kind of declaration {other}");
            checker.mistake(kind.span(), title, "one of information, permit, prohibition");
            None
        }
    }
}

/// The permit of this name.
pub(super) fn permit(name: &Spanned<String>, checker: &mut Checker<'_>) -> Option<PermitKind> {
    let found = PermitKind::ALL.into_iter().find(|kind| kind.name() == name.get_ref());
    if found.is_none() {
        let names = PermitKind::ALL.map(PermitKind::name).join(", ");
        checker.mistake(name.span(), format!("no permit {}", name.get_ref()), format!("one of {names}"));
    }
    found
}

/// The one target of a prohibition.
pub(super) fn prohibited(row: &Spanned<ProhibitsText>, checker: &mut Checker<'_>) -> Option<Prohibited> {
    let text = row.get_ref();
    match (&text.document, &text.service_task, &text.controller) {
        (Some(name), None, None) => Some(Prohibited::Document(checker.document(name))),
        (None, Some(code), None) => Some(Prohibited::ServiceTask(code.get_ref().clone())),
        (None, None, Some(role)) => Some(Prohibited::Controller(controller(Some(role), checker))),
        _ => {
            unclear(row.span(), checker);
            None
        }
    }
}

fn unclear(span: Span, checker: &mut Checker<'_>) {
    checker.mistake(span, "a prohibition meets one thing", "one of document, service-task, controller");
}
