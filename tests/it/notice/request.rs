//! Headers, token and signature of a request, and what came before it.

use kantakoe::domain::{Evidence, Severity};
use kantakoe::pki::{CertificateValidity, TestAuthority};
use kantakoe::profile::SignatureMode;
use kantakoe::reading::{NoticeRequest, read_notice};
use kantakoe::rule::facts::{Handling, of_notice};
use kantakoe::state::ArchiveState;
use rcgen::DnType;
use serde_json::{Value, json};

use super::bench::{Bench, NOW, ORGANISATION, claims, fixture, jws, pairs, signer, with, without};
use crate::support::long_serial;

const UNVERIFIED: &str = "token-unverified";
const REFUSED: &str = "token-refused";
const HEADER: &str = "Authorization";

fn told(bench: &Bench, request: NoticeRequest) -> Vec<(String, String)> {
    pairs(&bench.judge(request))
}

const WHO: (&str, &str) = ("notice-signer-differs", "/signature/who/identifier/value");

fn owned((code, path): (&str, &str)) -> (String, String) {
    (code.to_owned(), path.to_owned())
}

fn one(code: &str, path: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), path.to_owned())]
}

/// `request` with `value` in the header `name`, or without that header.
fn header(mut request: NoticeRequest, name: &str, value: Option<&str>) -> NoticeRequest {
    request.headers.retain(|(key, _)| key != name);
    request.headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    request
}

#[test]
fn headers_are_asked_for() {
    let bench = Bench::new();
    let request = || bench.request(&bench.bundle());
    let cases = [
        ("authorization", None, "token-missing", HEADER),
        ("authorization", Some("Basic YTpi"), "token-missing", HEADER),
        ("authorization", Some("Bearer abc"), UNVERIFIED, HEADER),
        ("authorization", Some("Bearer eyJhbGciOiJub25lIn0.W10."), UNVERIFIED, HEADER),
        ("x-request-id", None, "request-id-missing", "X-Request-Id"),
        ("x-request-id", Some("42"), "request-id-missing", "X-Request-Id"),
        ("content-type", None, "notice-media-type-wrong", "Content-Type"),
        ("content-type", Some("application/json"), "notice-media-type-wrong", "Content-Type"),
    ];
    for (name, value, code, path) in cases {
        assert_eq!(told(&bench, header(request(), name, value)), one(code, path), "{name}: {value:?}");
    }
    assert_eq!(told(&bench, header(request(), "x-request-id", Some("1.2.246.10.1.93.2026.1"))), []);
    let twice = NoticeRequest { headers: [request().headers, request().headers].concat(), ..request() };
    assert_eq!(told(&bench, twice), one("token-missing", HEADER));
    for (method, path) in
        [("GET", "/fhir"), ("PUT", "/fhir"), ("DELETE", "/fhir/AuditEvent/1"), ("POST", "/fhir/AuditEvent")]
    {
        let asked = NoticeRequest { method: method.to_owned(), path: path.to_owned(), ..request() };
        assert_eq!(told(&bench, asked), one("notice-interaction-wrong", "method"), "{method} {path}");
    }
    let described = NoticeRequest { method: "GET".to_owned(), path: "/fhir/metadata".to_owned(), ..request() };
    assert!(told(&bench, described).iter().all(|(code, _)| code != "notice-interaction-wrong"));
}

#[test]
fn claims_are_asked_for_one_by_one() {
    let bench = Bench::new();
    let bundle = bench.bundle();
    for pointer in [
        "/iss",
        "/aud",
        "/iat",
        "/exp",
        "/jti",
        "/kanta/system/id",
        "/kanta/user/id",
        "/kanta/user/authenticationMethod",
        "/kanta/serviceSubscriber/id",
        "/kanta/serviceRequester/id",
        "/kanta/purpose",
    ] {
        for changed in
            [without(claims(), pointer), with(claims(), pointer, json!(null)), with(claims(), pointer, json!(""))]
        {
            let told = told(&bench, bench.request_with(&bundle, &changed));
            assert!(told.contains(&("token-claim-missing".to_owned(), pointer.to_owned())), "{pointer}: {told:?}");
            assert!(told.iter().all(|(code, path)| code == "token-claim-missing" || path == pointer), "{told:?}");
        }
    }
}

#[test]
fn a_token_is_for_this_endpoint_and_this_moment() {
    let bench = Bench::new();
    let bundle = bench.bundle();
    let now = NOW.as_second();
    let cases = [
        ("/aud", json!("https://elsewhere.invalid/fhir"), Some("/aud")),
        ("/aud", json!(["https://elsewhere.invalid/fhir", "https://localhost:8443/fhir/"]), None),
        ("/exp", json!(now - 61), Some("/exp")),
        ("/exp", json!(now - 59), None),
        ("/exp", json!(now + 295), Some("/exp")),
        ("/exp", json!("soon"), Some("/exp")),
        ("/nbf", json!(now + 61), Some("/nbf")),
        ("/nbf", json!(now as f64 + 59.5), None),
        ("/iat", json!(now + 61), Some("/iat")),
        ("/iat", json!(1e300), Some("/iat")),
    ];
    for (pointer, value, expected) in cases {
        let told = told(&bench, bench.request_with(&bundle, &with(claims(), pointer, value.clone())));
        assert_eq!(told, expected.map_or_else(Vec::new, |path| one(REFUSED, path)), "{pointer} {value}");
    }
}

#[test]
fn a_signer_is_trusted_and_speaks_for_itself() {
    let right = Bench::new();
    let (request, bundle) = (right.request(&right.bundle()), right.bundle());
    let other = Bench { authority: TestAuthority::new(NOW).expect("authority"), ..Bench::new() };
    let both = [(UNVERIFIED, HEADER), ("notice-signature-unverified", "/signature/data")]
        .map(|(code, path)| (code.to_owned(), path.to_owned()));
    assert_eq!(pairs(&other.judge(request)), both);

    let invalid = [("token-certificate-invalid", HEADER), ("notice-certificate-invalid", "/signature/data")].map(owned);
    let mut late = Bench { revoked: right.authority.revoke(&[&right.signer]).expect("list"), ..right };
    assert_eq!(told(&late, late.request(&late.bundle())), invalid);
    for validity in [CertificateValidity::Expired, CertificateValidity::NotYet] {
        late.signer = signer(&late.authority, ORGANISATION, validity);
        assert_eq!(told(&late, late.request(&late.bundle())), invalid);
    }

    let stranger = signer(&late.authority, "1.2.246.10.99999992.10.0", CertificateValidity::Current);
    let strange = Bench { signer: stranger, revoked: String::new(), ..late };
    let differs = ("token-organisation-differs", "/kanta/serviceSubscriber/id");
    assert_eq!(told(&strange, strange.request(&strange.bundle())), [differs, WHO].map(owned));
    let honest = with(claims(), "/kanta/serviceSubscriber/id", json!("1.2.246.10.99999992.10.0"));
    let other = told(&strange, strange.request_with(&bundle, &honest));
    assert_eq!(other, [("notice-signer-differs", "/signature/data"), WHO].map(owned));
}

#[test]
fn a_signer_with_a_long_serial_number_is_trusted() {
    let mut bench = Bench::new();
    let name = [(DnType::CommonName, "Näyte"), (DnType::CustomDnType(vec![2, 5, 4, 5]), ORGANISATION)];
    let ca = (bench.authority.certificate(), bench.authority.key());
    bench.signer = long_serial((&ca.0, &ca.1), &bench.signer.key, &name);
    assert_eq!(told(&bench, bench.request(&bench.bundle())), []);
}

#[test]
fn unsigned_and_falsified_tokens_are_refused() {
    let bench = Bench::new();
    let request = || bench.request(&bench.bundle());
    let payload = claims().to_string();
    for (algorithm, expected) in
        [("none", UNVERIFIED), ("HS256", UNVERIFIED), ("ES512", UNVERIFIED), ("ES256", UNVERIFIED), ("PS256", REFUSED)]
    {
        let token = jws(&bench.signer, &json!({"alg": algorithm}), payload.as_bytes());
        let told = told(&bench, header(request(), "authorization", Some(&format!("Bearer {token}"))));
        assert_eq!(told, one(expected, HEADER), "{algorithm}");
    }
    let token = jws(&bench.signer, &json!({"alg": "RS256"}), payload.as_bytes());
    let other = jws(&bench.signer, &json!({"alg": "RS256"}), b"{}");
    let swapped: Vec<&str> = token.split('.').take(2).chain(other.split('.').skip(2)).collect();
    let falsified = header(request(), "authorization", Some(&format!("Bearer {}", swapped.join("."))));
    assert_eq!(told(&bench, falsified), one(REFUSED, HEADER));
}

#[test]
fn a_signature_is_a_detached_jws() {
    let bench = Bench::new();
    for data in ["???", "YWJj", "ZXlKaGJHY2lPaUpTVXpJMU5pSjkuZTMwLlBMQUM=", "/w=="] {
        let bundle = with(fixture(), "/signature/data", json!(data));
        assert_eq!(
            told(&bench, bench.request(&bundle)),
            one("notice-signature-unverified", "/signature/data"),
            "{data}"
        );
    }
    let empty = told(&bench, bench.request(&fixture()));
    assert_eq!(empty, one("notice-signature-missing", "/signature/data"));
}

#[test]
fn what_is_sent_again_reuses_the_identifier_of_the_request_alone() {
    let bench = Bench::new();
    let request = bench.request(&bench.bundle());
    let state = ArchiveState::of(&of_notice(&read_notice(request.clone(), &bench.profile), Handling::Done));
    let before = state.seen_by("", &bench.profile);
    let reused = ("request-id-reused", "X-Request-Id");
    let named = |told: &[(&str, &str)]| -> Vec<_> {
        told.iter().map(|(code, path)| ((*code).to_owned(), (*path).to_owned())).collect()
    };
    assert_eq!(pairs(&bench.judge_after(request, &before)), named(&[reused]));
    let changed = bench.signed(with(fixture(), "/entry/0/resource/entity/2/description", json!("Toinen liite")));
    let told = pairs(&bench.judge_after(bench.request(&changed), &before));
    assert_eq!(told, named(&[reused, ("notice-id-reused", "/entry/0/resource/id")]));
}

#[test]
fn a_finding_tells_requirement_class_exchange_and_position() {
    let bench = Bench::new();
    let request = bench.request(&bench.signed(without(fixture(), "/entry/0/resource/recorded")));
    let findings = bench.judge(request.clone());
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!((finding.requirement.as_str(), finding.evidence), ("DIS-17", Evidence::Assumed));
    assert_eq!((finding.severity, finding.exchange), (Severity::Warning, Some(7)));
    let line = finding.place.as_ref().and_then(|place| place.position).expect("position").line;
    let text = String::from_utf8(request.body).expect("text");
    let shown = text.lines().nth(line as usize - 1).expect("line");
    assert_eq!(shown.trim(), "\"resource\": {", "the nearest value that is there");
}

#[test]
fn the_signature_counts_as_the_profile_says() {
    let severities = |mode: SignatureMode| {
        let mut bench = Bench::new();
        bench.profile.notice.signature.mode = mode;
        let unsigned = without(fixture(), "/signature");
        let findings = bench.judge(bench.request(&unsigned));
        assert!(findings.iter().all(|finding| finding.code.as_str() == "notice-signature-missing"), "{findings:?}");
        findings.iter().map(|finding| finding.severity).collect::<Vec<_>>()
    };
    assert_eq!(severities(SignatureMode::ByClass), [Severity::Fail], "that it is there is published");
    assert_eq!(severities(SignatureMode::Fail), [Severity::Fail]);
    assert_eq!(severities(SignatureMode::Warn), [Severity::Warning]);
    assert_eq!(severities(SignatureMode::Off), []);
}

#[test]
fn a_signature_holds_in_whatever_order_and_spacing_the_bundle_is_written() {
    let bench = Bench::new();
    let signed = bench.bundle();
    let request = |body: String| NoticeRequest { body: body.into_bytes(), ..bench.request(&signed) };
    for body in [signed.to_string(), format!("{signed:#}"), turned(&signed).to_string(), escaped(&signed)] {
        assert_eq!(told(&bench, request(body)), []);
    }
}

/// The same JSON with the members of every object in the opposite order.
fn turned(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.iter().rev().map(|(name, value)| (name.clone(), turned(value))).collect())
        }
        Value::Array(list) => list.iter().map(turned).collect(),
        other => other.clone(),
    }
}

/// The same JSON with every letter outside ASCII as an escape.
fn escaped(value: &Value) -> String {
    let one = |letter: char| match letter.is_ascii() {
        true => letter.to_string(),
        false => letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    };
    value.to_string().chars().map(one).collect()
}
