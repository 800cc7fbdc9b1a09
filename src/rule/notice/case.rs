//! One request with everything that several rules look at, worked out once.

use serde_json::Value;

use super::reading::{Reading, Token, TokenReading};
use super::{NoticeContext, reading};
use crate::wire::fhir::{BundleEntry, NoticeBundle, ResourceKind};
use crate::wire::json::{JsonLimits, at, canonical_without};
use crate::wire::jws::{Compact, JwsReport, JwsRules};
use crate::wire::trust::subject_serial_number;

/// One request before the rules.
pub(super) struct Case<'a> {
    pub reading: &'a Reading,
    pub context: &'a NoticeContext<'a>,
    /// The Bundle, when the body is one with no more entries than are read.
    pub bundle: Option<&'a NoticeBundle>,
    /// The token, when it can be read.
    pub token: Option<&'a Token>,
    /// What verifying the token said.
    pub token_report: Option<JwsReport>,
    /// What verifying the Bundle's signature said, or why it is no detached JWS.
    pub signature: Option<Result<JwsReport, String>>,
}

impl<'a> Case<'a> {
    pub fn new(reading: &'a Reading, context: &'a NoticeContext<'a>) -> Self {
        let rules = JwsRules {
            algorithms: &context.profile.token.algorithms,
            smallest_rsa_bits: context.profile.signature.smallest_rsa_bits,
        };
        let most = context.profile.limits.notices_per_bundle.saturating_mul(2);
        let bundle = reading.bundle().filter(|bundle| bundle.entries.len() <= most);
        let token = match &reading.token {
            TokenReading::Read(token) => Some(&**token),
            TokenReading::Missing(_) | TokenReading::Unreadable(_) => None,
        };
        let limits = JsonLimits { bytes: context.profile.limits.body_bytes, depth: context.profile.limits.depth };
        Self {
            reading,
            context,
            bundle,
            token,
            token_report: token.map(|token| token.jws.verify(rules)),
            signature: bundle.and_then(|bundle| verify(bundle, rules, limits)),
        }
    }

    /// The entries of the Bundle.
    pub fn entries(&self) -> &'a [BundleEntry] {
        self.bundle.map_or(&[], |bundle| &bundle.entries)
    }

    /// The notices among them.
    pub fn notices(&self) -> impl Iterator<Item = &'a BundleEntry> + use<'a> {
        self.entries().iter().filter(|entry| entry.kind == ResourceKind::AuditEvent)
    }

    /// The value in the Bundle at `pointer`.
    pub fn at(&self, pointer: &str) -> Option<&'a Value> {
        at(&self.bundle?.json, pointer)
    }

    /// Whether the Bundle says anything at `pointer`.
    pub fn is_said(&self, pointer: &str) -> bool {
        reading::is_said(self.at(pointer))
    }

    /// OID of the organisation that the token speaks for.
    pub fn organisation(&self) -> Option<&'a str> {
        self.token?.text(&self.context.profile.token.organisation_claim)
    }

    /// OID of the organisation that signed the token, or the one it speaks for where the certificate
    /// tells none.
    pub fn sender(&self) -> Option<String> {
        let leaf = self.token_report.as_ref().and_then(|report| report.certificate.as_ref());
        let holder = leaf.and_then(|leaf| subject_serial_number(leaf));
        holder.or_else(|| self.organisation().map(str::to_owned))
    }
}

fn verify(bundle: &NoticeBundle, rules: JwsRules<'_>, limits: JsonLimits) -> Option<Result<JwsReport, String>> {
    let data = bundle.signature.as_ref()?;
    let object = bundle.json.as_object()?;
    Some(data.value.clone().and_then(|text| {
        let signed = canonical_without(object, "signature").map_err(|error| error.to_string())?;
        let jws = Compact::read_detached(&text, signed, limits).map_err(|error| error.to_string())?;
        Ok(jws.verify(rules))
    }))
}
