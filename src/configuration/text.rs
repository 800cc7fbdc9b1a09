//! The configuration as written: TOML with positions.

use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ConfigurationText {
    #[serde(default)]
    pub run: RunText,
    pub system: SystemText,
    #[serde(default)]
    pub organisation: Option<OrganisationText>,
    #[serde(default)]
    pub kanta: KantaText,
    #[serde(default)]
    pub use_log: UseLogText,
    #[serde(default)]
    pub lane: Vec<LaneText>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RunText {
    pub language: Option<Spanned<String>>,
    pub assumed: Option<Spanned<String>>,
    pub recommended: Option<Spanned<String>>,
    pub seed: Option<Spanned<u64>>,
    pub report: Option<Spanned<String>>,
    pub only: Option<Vec<Spanned<String>>>,
    pub parallel: Option<Spanned<usize>>,
    pub profile: Option<Spanned<String>>,
    pub expected_failures: Option<Spanned<String>>,
    pub document_schemas: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SystemText {
    pub kind: Option<Spanned<String>>,
    pub without: Option<Vec<Spanned<String>>>,
    pub driver: Option<Spanned<String>>,
    pub address: Spanned<String>,
    pub authorities: Option<Spanned<String>>,
    pub start: Option<Spanned<Vec<String>>>,
    pub action_seconds: Option<Spanned<u64>>,
    pub answer_seconds: Option<Spanned<u64>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct LaneText {
    pub name: Option<Spanned<String>>,
    pub address: Spanned<String>,
    pub authorities: Option<Spanned<String>>,
    pub start: Option<Spanned<Vec<String>>>,
    pub use_log: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OrganisationText {
    pub id: Spanned<String>,
    pub name: Spanned<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct KantaText {
    pub bind: Option<Spanned<String>>,
    pub tls: Option<Spanned<String>>,
    pub identities: Option<Spanned<String>>,
    pub names: Option<Vec<Spanned<String>>>,
    pub trust: Option<Spanned<String>>,
    pub notice_signature: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct UseLogText {
    pub from: Option<Spanned<String>>,
    pub path: Option<Spanned<String>>,
    pub format: Option<Spanned<String>>,
    pub mapping: Option<Spanned<String>>,
    pub seconds: Option<Spanned<u64>>,
}
