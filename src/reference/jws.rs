//! JSON Web Signatures (RFC 7515): tokens, and detached signatures of Bundles.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::canonical::canonical;
use super::disclosure::Tenant;
use super::faults::Fault;
use super::identity::Signer;
use super::settings::ReferenceSettings;

/// An organisation that has nothing to do with the system.
const OTHER_ORGANISATION: &str = "1.2.246.10.99999993.10.0";
/// How long a token is valid, in seconds.
const LIFETIME: i64 = 300;

/// A compact token for one request, which a tenant may make.
pub fn token(
    settings: &ReferenceSettings,
    signer: &Signer,
    (id, now): (&str, Timestamp),
    tenant: Option<&Tenant>,
) -> String {
    let age = match settings.fault {
        Some(Fault::TokenExpired) => 3600,
        Some(Fault::TokenFromTheFuture) => -3600,
        _ => 0,
    };
    let mut claims = claims(settings, id, now.as_second() - age);
    if let Some(tenant) = tenant.filter(|_| !settings.deviates(Fault::TenantHidden)) {
        claims["kanta"]["serviceRequester"] = json!({"id": tenant.id, "name": tenant.name});
    }
    if settings.deviates(Fault::TokenAlgorithmNone) {
        return format!("{}.{}.", encoded(&json!({"alg": "none", "typ": "JWT"})), encoded(&claims));
    }
    let header = json!({"alg": "RS256", "typ": "JWT", "x5c": [signer.certificate]});
    let signed = format!("{}.{}", encoded(&header), encoded(&claims));
    let signature = URL_SAFE_NO_PAD.encode(signer.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

fn claims(settings: &ReferenceSettings, id: &str, issued: i64) -> Value {
    let (organisation, professional) = (&settings.organisation, &settings.professional);
    let elsewhere = "https://elsewhere.invalid/fhir";
    let audience = if settings.deviates(Fault::TokenForElsewhere) { elsewhere } else { &settings.fhir_url };
    let mut claims = json!({
        "iss": format!("urn:oid:{}", organisation.oid),
        "sub": professional.registration_number,
        "aud": audience,
        "iat": issued,
        "nbf": issued,
        "exp": issued + LIFETIME,
        "jti": id,
        "kanta": {
            "system": {
                "id": "kantakoe-reference",
                "name": "kantakoe reference system",
                "version": env!("CARGO_PKG_VERSION"),
            },
            "user": {
                "id": professional.registration_number,
                "name": format!("{} {}", professional.family_name, professional.given_name),
                "authenticationMethod": {"system": format!("urn:oid:{}", settings.code().card.system.oid), "code": settings.code().card.code},
            },
            "serviceSubscriber": {
                "id": organisation.oid,
                "name": organisation.name,
                "unitId": organisation.unit_oid,
                "unitName": organisation.unit_name,
            },
            "serviceRequester": {"id": organisation.oid, "name": organisation.name},
            "purpose": "store-disclosure-notice",
        },
    });
    if settings.deviates(Fault::TokenWithoutUser) {
        claims["kanta"]["user"] = Value::Null;
    }
    if settings.deviates(Fault::TokenOfOtherOrganisation) {
        claims["kanta"]["serviceSubscriber"]["id"] = json!(OTHER_ORGANISATION);
    }
    claims
}

/// `Bundle.signature.data`: Base64 of a detached JWS over the canonical JSON of a Bundle.
pub fn detached(bundle: &Value, signer: &Signer) -> String {
    let header = encoded(&json!({"alg": "RS256", "x5c": [signer.certificate]}));
    let payload = URL_SAFE_NO_PAD.encode(canonical(bundle));
    let signature = URL_SAFE_NO_PAD.encode(signer.sign(format!("{header}.{payload}").as_bytes()));
    STANDARD.encode(format!("{header}..{signature}"))
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use serde_json::{Value, json};

    use super::detached;
    use crate::reference::identity::tests::signer;

    #[test]
    fn a_detached_signature_is_over_the_canonical_bundle() {
        let signer = signer();
        let data = STANDARD.decode(detached(&json!({"b": 1, "a": 2}), &signer)).expect("base64");
        let compact = String::from_utf8(data).expect("text");
        let (header, signature) = compact.split_once("..").expect("no payload");
        let payload = URL_SAFE_NO_PAD.encode("{\"a\":2,\"b\":1}");
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64");
        assert!(signer.made(&signature, format!("{header}.{payload}").as_bytes()));
        let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).expect("base64")).expect("json");
        assert_eq!(header, json!({"alg": "RS256", "x5c": [signer.certificate]}));
    }
}
