//! One request with everything that several rules look at, worked out once.

use std::cell::OnceCell;

use jiff::Timestamp;
use serde_json::Value;

use super::NoticeContext;
use crate::domain::read_instant;
use crate::reading::{NoticeReading, NoticeToken, TokenReading, is_said};
use crate::rule::Subject;
use crate::schema::NoticePart;
use crate::wire::fhir::{BundleEntry, NoticeBundle, ResourceKind};
use crate::wire::json::{JsonLimits, at, canonical_without};
use crate::wire::jws::{Algorithm, Compact, JwsFault};
use crate::wire::trust::{TrustOutcome, subject_serial_number};
use crate::words::Said;

/// Rules about a request with disclosure notices.
pub(in crate::rule) enum NoticeSubject {}

impl Subject for NoticeSubject {
    type Of<'a> = NoticeCase<'a>;
}

/// One request before the rules.
pub(in crate::rule) struct NoticeCase<'a> {
    pub reading: &'a NoticeReading,
    pub context: &'a NoticeContext<'a>,
    /// The Bundle, when the body is one with no more entries than are read.
    pub bundle: Option<&'a NoticeBundle>,
    /// The token, when it can be read.
    pub token: Option<&'a NoticeToken>,
    /// The signature of the token.
    pub token_signature: Option<VerifiedSignature>,
    /// The Bundle's signature, or why it is no detached JWS.
    pub signature: Option<Result<VerifiedSignature, Said>>,
    violations: OnceCell<Vec<StructureViolation>>,
}

/// A signature that was verified.
pub(in crate::rule) struct VerifiedSignature {
    /// How it was made, where it is a way that is verified.
    pub algorithm: Option<Algorithm>,
    /// What is wrong with it, whoever made it.
    pub faults: Vec<JwsFault>,
    /// Who made it, where it carries a certificate.
    pub signer: Option<Signer>,
}

/// Whom the certificate of a signature names.
pub(in crate::rule) struct Signer {
    trust: TrustOutcome,
    /// OID of the organisation.
    pub organisation: Option<String>,
}

/// What breaks the definitions of FHIR R4.
pub(in crate::rule) struct StructureViolation {
    /// Where in the Bundle.
    pub pointer: String,
    /// File and place of the definition.
    pub rule: String,
    /// What the validator says.
    pub message: Said,
}

impl<'a> NoticeCase<'a> {
    /// What the rules need to know of a request with notices, worked out once.
    pub fn new(reading: &'a NoticeReading, context: &'a NoticeContext<'a>) -> Self {
        let most = context.profile.limits.notices_per_bundle.saturating_mul(2);
        let bundle = reading.bundle().filter(|bundle| bundle.entries.len() <= most);
        let token = match &reading.token {
            TokenReading::Read(token) => Some(&**token),
            TokenReading::Missing(_) | TokenReading::Unreadable(_) => None,
        };
        Self {
            reading,
            context,
            bundle,
            token,
            token_signature: token.map(|token| VerifiedSignature::of(&token.jws, context)),
            signature: bundle.and_then(|bundle| signature_of(bundle, context)),
            violations: OnceCell::new(),
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
        is_said(self.at(pointer))
    }

    /// The time with its zone at `pointer` of the Bundle.
    pub fn instant(&self, pointer: &str) -> Option<Timestamp> {
        read_instant(self.at(pointer)?.as_str()?)
    }

    /// OID of the organisation that the token speaks for.
    pub fn organisation(&self) -> Option<&'a str> {
        self.token?.text(&self.context.profile.token.organisation_claim)
    }

    /// OID of the organisation that signed the token, or the one it speaks for where the certificate
    /// tells none.
    pub fn sender(&self) -> Option<&str> {
        let signer = self.token_signature.as_ref().and_then(|signature| signature.signer.as_ref());
        signer.and_then(|signer| signer.organisation.as_deref()).or_else(|| self.organisation())
    }

    /// What of the Bundle and its resources breaks the definitions of FHIR R4.
    pub fn violations(&self) -> &[StructureViolation] {
        self.violations.get_or_init(|| self.bundle.map_or_else(Vec::new, violations_of))
    }
}

impl VerifiedSignature {
    fn of(jws: &Compact, context: &NoticeContext<'_>) -> Self {
        let report = jws.verify(context.profile.signature.smallest_rsa_bits);
        let signer = report.certificate.map(|leaf| Signer {
            trust: context.trust.judge_chain(&leaf, &report.others, context.now),
            organisation: subject_serial_number(&leaf),
        });
        Self { algorithm: report.algorithm, faults: report.faults, signer }
    }

    /// Why it could not be verified, each reason once.
    pub fn unverified(&self) -> impl Iterator<Item = Said> {
        let faults = self.faults.iter().filter(|fault| fault.is_unverified()).map(JwsFault::said);
        faults.chain(self.signer.as_ref().and_then(Signer::untrusted))
    }

    /// Why it is not genuine, where that could be told.
    pub fn forged(&self) -> Option<Said> {
        self.faults.iter().find(|fault| !fault.is_unverified()).map(JwsFault::said)
    }

    /// The name of its algorithm, where it is not one of `listed`.
    pub fn unusual_algorithm(&self, listed: &[String]) -> Option<&'static str> {
        self.algorithm.map(Algorithm::name).filter(|name| !listed.iter().any(|known| known == name))
    }
}

impl Signer {
    /// What is wrong where the certificate leads to no trusted authority.
    pub fn untrusted(&self) -> Option<Said> {
        use TrustOutcome::{UnknownIssuer, Unreadable};
        matches!(self.trust, UnknownIssuer | Unreadable(_)).then(|| self.trust.said())
    }

    /// What is said where there is no authority to ask.
    pub fn not_judged(&self) -> Option<Said> {
        (self.trust == TrustOutcome::NoAnchors).then(|| self.trust.said())
    }

    /// What is wrong where a trusted authority issued the certificate, which was not valid or revoked.
    pub fn invalid(&self) -> Option<Said> {
        use TrustOutcome::{Expired, NotYetValid, Revoked};
        matches!(self.trust, Expired | NotYetValid | Revoked).then(|| self.trust.said())
    }
}

fn signature_of(bundle: &NoticeBundle, context: &NoticeContext<'_>) -> Option<Result<VerifiedSignature, Said>> {
    let data = bundle.signature.as_ref()?;
    let object = bundle.json.as_object()?;
    let limits = JsonLimits { bytes: context.profile.limits.body_bytes, depth: context.profile.limits.depth };
    Some(data.value.clone().and_then(|text| {
        let signed = canonical_without(object, "signature").map_err(|error| Said::value(error.to_string()))?;
        let jws = Compact::read_detached(&text, signed, limits).map_err(|error| error.said())?;
        Ok(VerifiedSignature::of(&jws, context))
    }))
}

fn violations_of(bundle: &NoticeBundle) -> Vec<StructureViolation> {
    let mut found = Vec::new();
    let mut judge = |part: NoticePart, base: &str, value: &Value| {
        found.extend(part.violations(value).into_iter().map(|violation| StructureViolation {
            pointer: format!("{base}{}", violation.pointer),
            rule: format!("{}, {}", part.file(), violation.schema_path),
            message: violation.message,
        }));
    };
    judge(NoticePart::Bundle, "", &bundle.json);
    for entry in &bundle.entries {
        let part = match entry.kind {
            ResourceKind::AuditEvent => NoticePart::AuditEvent,
            ResourceKind::Provenance => NoticePart::Provenance,
            ResourceKind::Other(_) => continue,
        };
        let base = entry.resource();
        if let Some(resource) = bundle.json.pointer(&base) {
            judge(part, &base, resource);
        }
    }
    found
}
