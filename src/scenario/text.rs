//! A scenario file as written: TOML with positions.

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use super::declared::{DeclaredText, ProhibitsText};
use crate::domain::Operation;
use crate::words::Translated;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ScenarioText {
    pub id: Spanned<String>,
    pub area: Spanned<String>,
    pub requirements: Vec<Spanned<String>>,
    #[serde(default)]
    pub title: Translated,
    #[serde(default)]
    pub purpose: Translated,
    #[serde(default)]
    pub person: Vec<PersonText>,
    #[serde(default)]
    pub given: Vec<GivenText>,
    #[serde(default)]
    pub declared: Vec<DeclaredText>,
    #[serde(default)]
    pub waiting_form: Vec<WaitingFormText>,
    #[serde(default)]
    pub step: Vec<StepText>,
    #[serde(default)]
    pub expect: Vec<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PersonText {
    pub name: Spanned<String>,
    pub wrong_code: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct GivenText {
    pub name: Spanned<String>,
    pub client: Spanned<String>,
    pub kind: Spanned<String>,
    pub controller: Option<Spanned<String>>,
    pub service_task: Option<String>,
    pub versions: Option<Spanned<u32>>,
    #[serde(default)]
    pub nullified: bool,
    pub relationship: Option<Spanned<String>>,
    pub matter: Option<Spanned<String>>,
    pub document_type: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct WaitingFormText {
    pub name: Spanned<String>,
    pub client: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct StepText {
    pub name: Spanned<String>,
    pub action: Spanned<String>,
    pub client: Option<Spanned<String>>,
    pub relationship: Option<Spanned<String>>,
    pub matter: Option<Spanned<String>>,
    pub document: Option<Spanned<String>>,
    pub document_type: Option<Spanned<String>>,
    pub controller: Option<Spanned<String>>,
    pub log: Option<Spanned<String>>,
    pub tampering: Option<Spanned<String>>,
    pub years: Option<Spanned<u32>>,
    pub reason: Option<Spanned<String>>,
    pub form: Option<Spanned<String>>,
    pub attachments: Option<Spanned<usize>>,
    #[serde(default)]
    pub instants: Vec<Spanned<String>>,
    #[serde(default)]
    pub by_law: bool,
    #[serde(default)]
    pub permits: Vec<Spanned<String>>,
    pub prohibits: Option<Spanned<ProhibitsText>>,
    pub declaration: Option<Spanned<String>>,
    #[serde(default)]
    pub event: Vec<EventText>,
    pub fault: Option<FaultText>,
    pub ends: Option<Vec<Spanned<String>>>,
    pub otherwise: Option<Spanned<String>>,
    #[serde(default)]
    pub unsent: bool,
    #[serde(default)]
    pub twice: bool,
    #[serde(default)]
    pub refused_for: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct EventText {
    pub client: Spanned<String>,
    pub recipient: Spanned<String>,
    pub ground: String,
    pub channel: Option<Spanned<String>>,
    pub items: Vec<Spanned<String>>,
    pub corrects: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FaultText {
    pub kanta: Spanned<String>,
    pub on: Spanned<Operation>,
    pub times: Option<Spanned<u32>>,
}
