//! Makes requests with notices, and judges them.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use kantakoe::pki::{CertificateSubject, CertificateValidity, Identity, TestAuthority, TestKey};
use kantakoe::profile::Profile;
use kantakoe::reading::{NoticeRequest, read_notice};
use kantakoe::rule::notice::{NoticeContext, judge};
use kantakoe::rule::{Catalogue, Finding, Strictness};
use kantakoe::source::SourceFile;
use kantakoe::state::{ArchiveKnowledge, UnknownArchive};
use kantakoe::wire::trust::TrustAnchors;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

use crate::phrases::assert_told;

pub const NOW: Timestamp = Timestamp::constant(1_795_159_056, 0);
pub const ORGANISATION: &str = "1.2.246.10.99999991.10.0";
const ROOT: &str = "https://localhost:8443/fhir";

/// Who signs, and everything that a judgement needs.
pub struct Bench {
    pub authority: TestAuthority,
    pub signer: Identity,
    /// What the authority has revoked, PEM.
    pub revoked: String,
    pub profile: Profile,
    pub catalogue: Catalogue,
}

impl Bench {
    pub fn new() -> Self {
        let file = |name: &str| {
            let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
            SourceFile::new(name, fs::read_to_string(path).expect(name))
        };
        let authority = TestAuthority::new(NOW).expect("authority");
        let signer = signer(&authority, ORGANISATION, CertificateValidity::Current);
        let catalogue = Catalogue::read(&file("catalogue/requirements.toml"), &file("catalogue/findings.toml"));
        let profile = Profile::read(&Profile::built_in()).expect("profile");
        Self { authority, signer, revoked: String::new(), profile, catalogue: catalogue.expect("catalogue") }
    }

    /// The Bundle of the fixture, signed.
    pub fn bundle(&self) -> Value {
        self.signed(fixture())
    }

    /// `bundle` with a signature over what it holds now.
    pub fn signed(&self, mut bundle: Value) -> Value {
        let mut content = bundle.clone();
        content.as_object_mut().expect("object").remove("signature");
        let payload = serde_jcs::to_vec(&content).expect("canonical");
        if let Some(signature) = bundle.get_mut("signature").filter(|signature| signature.is_object()) {
            let jws = jws(&self.signer, &json!({"alg": "RS256"}), &payload);
            let parts: Vec<&str> = jws.split('.').collect();
            signature["data"] = STANDARD.encode(format!("{}..{}", parts[0], parts[2])).into();
        }
        bundle
    }

    /// A request with `bundle`, as it stands, and a right token.
    pub fn request(&self, bundle: &Value) -> NoticeRequest {
        self.request_with(bundle, &claims())
    }

    /// The same with other claims in the token.
    pub fn request_with(&self, bundle: &Value, claims: &Value) -> NoticeRequest {
        let token = jws(&self.signer, &json!({"alg": "RS256", "typ": "JWT"}), claims.to_string().as_bytes());
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        NoticeRequest {
            method: "POST".to_owned(),
            path: "/fhir".to_owned(),
            headers: vec![
                header("authorization", &format!("Bearer {token}")),
                header("content-type", "application/fhir+json; charset=UTF-8"),
                header("x-request-id", "6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c01"),
            ],
            body: serde_json::to_vec_pretty(bundle).expect("written"),
        }
    }

    pub fn judge(&self, request: NoticeRequest) -> Vec<Finding> {
        self.judge_after(request, &UnknownArchive)
    }

    pub fn judge_after(&self, request: NoticeRequest, known: &dyn ArchiveKnowledge) -> Vec<Finding> {
        let trust = TrustAnchors::from_pem(format!("{}\n{}", self.authority.certificate(), self.revoked).as_bytes());
        let trust = trust.expect("authority");
        let context = NoticeContext {
            profile: &self.profile,
            catalogue: &self.catalogue,
            strictness: Strictness::Warn,
            trust: &trust,
            now: NOW,
            audience: &[format!("{ROOT}/")],
            known,
            exchange: Some(7),
        };
        judge(&read_notice(request, &self.profile), &context)
    }

    /// Code and path of each finding about `bundle`, signed anew.
    pub fn told(&self, bundle: Value) -> Vec<(String, String)> {
        let findings = self.judge(self.request(&self.signed(bundle)));
        assert_told(&findings);
        pairs(&findings)
    }
}

/// The Bundle of the fixture without its signature's data.
pub fn fixture() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/notice/one-notice.json");
    serde_json::from_str(&fs::read_to_string(path).expect("fixture")).expect("JSON")
}

/// A signer of tokens and Bundles whose certificate names `number`.
pub fn signer(authority: &TestAuthority, number: &str, validity: CertificateValidity) -> Identity {
    let subject = CertificateSubject {
        common_name: "Näytejärjestelmä".to_owned(),
        organisation: "Näytealue".to_owned(),
        serial_number: Some(number.to_owned()),
    };
    authority.signer(&subject, TestKey::System, validity).expect("signer")
}

/// Claims of a right token.
pub fn claims() -> Value {
    let issued = NOW.as_second() - 6;
    json!({
        "iss": format!("urn:oid:{ORGANISATION}"),
        "sub": "99900000011",
        "aud": ROOT,
        "iat": issued,
        "nbf": issued,
        "exp": issued + 300,
        "jti": "5f0b9c2e-6a0e-4f3e-9a57-0d6c3f3b1a10",
        "kanta": {
            "system": {"id": "naytejarjestelma", "name": "Näytejärjestelmä", "version": "4.2.0"},
            "user": {
                "id": "99900000011",
                "name": "Testinen Tessa",
                "authenticationMethod": {"system": "https://kantakoe.invalid/cs/authentication-method", "code": "card"},
            },
            "serviceSubscriber": {"id": ORGANISATION, "name": "Näytealue"},
            "serviceRequester": {"id": ORGANISATION, "name": "Näytealue"},
            "purpose": "store-disclosure-notice",
        },
    })
}

/// A compact JWS by `signer`, RS256 whatever `header` says, with its certificate in `x5c`.
pub fn jws(signer: &Identity, header: &Value, payload: &[u8]) -> String {
    let mut header = header.clone();
    header["x5c"] = json!([STANDARD.encode(signer.certificate_der().expect("certificate"))]);
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(payload));
    let key = RsaKeyPair::from_pkcs8(signer.key_der().expect("key").secret_der()).expect("RSA key");
    let mut signature = vec![0; key.public().modulus_len()];
    let random = ring::rand::SystemRandom::new();
    key.sign(&RSA_PKCS1_SHA256, &random, input.as_bytes(), &mut signature).expect("signed");
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Code and path of each finding.
pub fn pairs(findings: &[Finding]) -> Vec<(String, String)> {
    let pair = |finding: &Finding| (finding.code.to_string(), finding.place.as_ref().expect("place").path.clone());
    findings.iter().map(pair).collect()
}

/// `value` without what stands at `pointer`.
pub fn without(mut value: Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("no root");
    match value.pointer_mut(parent).expect(pointer) {
        Value::Object(object) => drop(object.shift_remove(name).expect(pointer)),
        Value::Array(list) => drop(list.remove(name.parse().expect("number"))),
        _ => panic!("nothing at {pointer}"),
    }
    value
}

/// `value` with `new` at `pointer`, whether something stood there or not.
pub fn with(mut value: Value, pointer: &str, new: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("no root");
    match value.pointer_mut(parent).expect(pointer) {
        Value::Array(list) if name == "-" => list.push(new),
        parent => {
            let index = name.parse::<usize>();
            match (parent, index) {
                (Value::Array(list), Ok(index)) => list[index] = new,
                (parent, _) => parent[name] = new,
            }
        }
    }
    value
}
