//! Each thing that can be wrong with a Bundle gives its finding, at its place, and no other.
//!
//! In the pointers of this file `EVENT` stands for `/entry/0/resource`, the AuditEvent, and
//! `PROVENANCE` for `/entry/1/resource`.

use serde_json::{Value, json};

use super::bench::{Bench, fixture, with, without};

/// A changed Bundle, and code and place of each finding that it must give.
type Row = (Value, &'static [(&'static str, &'static str)]);

const FOREIGN: &str = "identity-code-foreign";
const CONTAINED: &str = "notice-contained-wrong";
const PAIR: &str = "notice-pair-incomplete";
const PROFILES: &str = "https://shark.kanta.fi/fhir/StructureDefinition/";

fn whole(pointer: &str) -> String {
    pointer.replace("EVENT", "/entry/0/resource").replace("PROVENANCE", "/entry/1/resource")
}

/// The fixture with `value` at `pointer`.
fn set(pointer: &str, value: impl Into<Value>) -> Value {
    with(fixture(), &whole(pointer), value.into())
}

/// The fixture without what stands at `pointer`.
fn cut(pointer: &str) -> Value {
    without(fixture(), &whole(pointer))
}

/// The fixture with its pair a second time, under other identifiers, about `person`.
fn second_pair(person: &str) -> Value {
    let text = fixture()["entry"].to_string().replace("2026.1.", "2026.2.").replace("010181-900C", person);
    let pair: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    pair.into_iter().fold(fixture(), |bundle, entry| with(bundle, "/entry/-", entry))
}

/// A well-formed identity code that a person could have, made up on the spot.
fn foreign() -> String {
    kantakoe::domain::Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("code").as_str().to_owned()
}

fn check(rows: &[Row]) {
    let bench = Bench::new();
    for (number, (bundle, expected)) in rows.iter().enumerate() {
        let expected: Vec<_> = expected.iter().map(|(code, path)| ((*code).to_owned(), whole(path))).collect();
        assert_eq!(bench.told(bundle.clone()), expected, "row {number}");
    }
}

#[test]
fn a_right_bundle_has_nothing_wrong() {
    let bench = Bench::new();
    assert_eq!(bench.judge(bench.request(&bench.bundle())), []);
    assert_eq!(bench.told(second_pair("010181-900C")), []);
}

#[test]
fn it_is_a_transaction_of_creations() {
    const CODE: &str = "notice-not-transaction";
    check(&[
        (set("/type", "batch"), &[(CODE, "/type")]),
        (cut("/type"), &[(CODE, "/type")]),
        (set("/entry/0/request/method", "PUT"), &[(CODE, "/entry/0/request/method")]),
        (set("/entry/1/request/url", "AuditEvent"), &[(CODE, "/entry/1/request/url")]),
        (cut("/entry/0/request"), &[(CODE, "/entry/0/request")]),
        (set("/resourceType", "Parameters"), &[("notice-unreadable", "/resourceType")]),
    ]);
}

#[test]
fn it_holds_whole_pairs_about_one_person() {
    let patient = json!({
        "fullUrl": "urn:oid:1.2.3",
        "request": {"method": "POST", "url": "Patient"},
        "resource": {"resourceType": "Patient", "id": "1.2.3"},
    });
    const SECOND_CODE: &str = "/entry/2/resource/contained/5/identifier/0/value";
    check(&[
        (cut("/entry"), &[(PAIR, "/entry")]),
        (set("/entry", json!([])), &[(PAIR, "/entry")]),
        (cut("/entry/1"), &[(PAIR, "/entry/0")]),
        (cut("PROVENANCE/target"), &[(PAIR, "PROVENANCE/target"), (PAIR, "/entry/0")]),
        (
            set("PROVENANCE/target/0/reference", "urn:oid:1.2.3"),
            &[(PAIR, "PROVENANCE/target/0/reference"), (PAIR, "/entry/0")],
        ),
        (set("PROVENANCE/target/0/reference", "AuditEvent/1.2.246.10.99999991.10.0.95.2026.1.1"), &[]),
        (set("/entry/-", patient), &[(PAIR, "/entry/2/resource/resourceType")]),
        (second_pair("020516C903K"), &[("notice-persons-mixed", SECOND_CODE)]),
    ]);
}

#[test]
fn identity_codes_are_right_and_of_the_test_series() {
    const CODE: &str = "EVENT/contained/5/identifier/0/value";
    check(&[
        (set(CODE, "010181-900D"), &[("identity-code-wrong", CODE)]),
        (set(CODE, foreign()), &[(FOREIGN, CODE)]),
        (set("EVENT/entity/2/description", format!("Äiti {}.", foreign())), &[(FOREIGN, "EVENT/entity/2/description")]),
        (set("EVENT/contained/0/note", json!({ foreign(): 1 })), &[(FOREIGN, "EVENT/contained/0/note")]),
    ]);
}

#[test]
fn identifiers_are_short_oids_used_once() {
    const LONG: &str = "1.2.246.10.99999991.10.0.95.2026.1234567890.1234567890.1234567890.1";
    let renamed = |id: &str| {
        let text = fixture().to_string().replace("1.2.246.10.99999991.10.0.95.2026.1.1", id);
        serde_json::from_str::<Value>(&text).expect("JSON")
    };
    check(&[
        (renamed(&LONG[..64]), &[]),
        (renamed(LONG), &[("notice-id-wrong", "EVENT/id")]),
        (renamed("1.2.246.abc"), &[("notice-id-wrong", "EVENT/id")]),
        (cut("EVENT/id"), &[("notice-id-wrong", "EVENT/id")]),
        (renamed("1.2.246.10.99999991.10.0.95.2026.1.2"), &[("notice-id-reused", "PROVENANCE/id")]),
        (cut("/entry/1/fullUrl"), &[("notice-full-url-differs", "/entry/1/fullUrl")]),
        (set("/entry/1/fullUrl", "urn:uuid:1"), &[("notice-full-url-differs", "/entry/1/fullUrl")]),
        (
            set("/entry/0/fullUrl", "1.2.246.10.99999991.10.0.95.2026.1.1"),
            &[("notice-full-url-differs", "/entry/0/fullUrl")],
        ),
    ]);
}

#[test]
fn profiles_are_those_of_version_one() {
    const NAMED: &str = "EVENT/meta/profile/0";
    check(&[
        (set(NAMED, format!("{PROFILES}SocialWelfareServiceAuditEvent")), &[("notice-profile-outdated", NAMED)]),
        (set(NAMED, format!("{PROFILES}SocialWelfareAuditEventProvenance")), &[("notice-profile-wrong", NAMED)]),
        (cut("PROVENANCE/meta"), &[("notice-profile-wrong", "PROVENANCE/meta/profile")]),
        (set("EVENT/meta/profile/-", "https://example.invalid/x"), &[("notice-profile-wrong", "EVENT/meta/profile/1")]),
    ]);
}

#[test]
fn controller_and_recipient_are_named() {
    const CONTROLLER: &str = "notice-controller-missing";
    const RECIPIENT: &str = "notice-recipient-missing";
    let nameless = json!({"resourceType": "Organization", "id": "recipient"});
    let national = json!([{"coding": [{"system": "urn:oid:1.2.3", "code": "9"}]}]);
    check(&[
        (cut("EVENT/agent/0"), &[(CONTROLLER, "EVENT/agent")]),
        (set("EVENT/agent/-", fixture().pointer(&whole("EVENT/agent/0")).cloned()), &[(CONTROLLER, "EVENT/agent")]),
        (cut("EVENT/contained/0/extension"), &[(CONTROLLER, "EVENT/agent/0/who")]),
        (
            set("EVENT/contained/0/extension/0/valueCoding/system", "urn:oid:1.2.3"),
            &[(CONTROLLER, "EVENT/contained/0/extension/0/valueCoding")],
        ),
        (cut("EVENT/contained/0/identifier"), &[(CONTROLLER, "EVENT/agent/0/who")]),
        (
            set("EVENT/contained/0/identifier/0/value", "1.2.246.10.99999991.10.0"),
            &[(CONTROLLER, "EVENT/contained/0/identifier/0/value")],
        ),
        (set("EVENT/agent/0/role", national.clone()), &[]),
        (cut("EVENT/agent/2"), &[(RECIPIENT, "EVENT/agent"), (CONTAINED, "EVENT/contained/4")]),
        (set("EVENT/contained/4", nameless), &[(RECIPIENT, "EVENT/agent/2/who")]),
        (
            set("EVENT/agent/2/who/reference", "#nobody"),
            &[
                (RECIPIENT, "EVENT/agent/2/who"),
                (CONTAINED, "EVENT/contained/4"),
                (CONTAINED, "EVENT/agent/2/who/reference"),
            ],
        ),
        (set("EVENT/agent/2/role", national), &[]),
    ]);
}

#[test]
fn items_are_described() {
    const CODE: &str = "notice-item-undescribed";
    check(&[
        (cut("EVENT/entity/2/description"), &[(CODE, "EVENT/entity/2")]),
        (set("EVENT/entity/2/description", " "), &[]),
        (cut("EVENT/entity/1/type"), &[]),
        (cut("EVENT/entity/1/description"), &[]),
        (set("EVENT/entity", json!([{"what": {"reference": "#client"}}])), &[(CODE, "EVENT/entity")]),
    ]);
}

#[test]
fn elements_are_there_or_not_as_the_profile_says() {
    const MISSING: &str = "notice-element-missing";
    const FORBIDDEN: &str = "notice-element-forbidden";
    check(&[
        (set("EVENT/action", "R"), &[(FORBIDDEN, "EVENT/action")]),
        (set("EVENT/outcome", "0"), &[(FORBIDDEN, "EVENT/outcome")]),
        (set("EVENT/outcomeDesc", ""), &[(FORBIDDEN, "EVENT/outcomeDesc")]),
        (set("EVENT/period/end", "2026-11-20"), &[(FORBIDDEN, "EVENT/period/end")]),
        (cut("EVENT/extension"), &[(MISSING, "EVENT/extension")]),
        (cut("EVENT/entity/0"), &[(MISSING, "EVENT/entity"), (CONTAINED, "EVENT/contained/5")]),
        (cut("EVENT/contained/5/identifier"), &[(MISSING, "EVENT/entity/0/what")]),
        (cut("PROVENANCE/agent/0/who/identifier"), &[(MISSING, "PROVENANCE/agent/0/who/identifier/value")]),
        (cut("EVENT/recorded"), &[(MISSING, "EVENT/recorded")]),
        (cut("EVENT/period"), &[(MISSING, "EVENT/period/start")]),
        (cut("EVENT/purposeOfEvent"), &[(MISSING, "EVENT/purposeOfEvent/0/coding/0/code")]),
        (cut("EVENT/agent/1/requestor"), &[(MISSING, "EVENT/agent/1/requestor")]),
        (cut("PROVENANCE/recorded"), &[(MISSING, "PROVENANCE/recorded")]),
        (cut("/signature/when"), &[(MISSING, "/signature/when")]),
        (set("EVENT/recorded", "2026-11-20T09:17:30"), &[(MISSING, "EVENT/recorded")]),
        (set("EVENT/period/start", "2026-11"), &[]),
        (set("EVENT/period/start", "20.11.2026"), &[(MISSING, "EVENT/period/start")]),
    ]);
}

#[test]
fn contained_resources_are_flat_and_referenced() {
    let unused = json!({"resourceType": "Organization", "id": "unused"});
    check(&[
        (cut("EVENT/contained/3/resourceType"), &[(CONTAINED, "EVENT/contained/3/resourceType")]),
        (set("EVENT/contained/-", unused.clone()), &[(CONTAINED, "EVENT/contained/6")]),
        (set("EVENT/contained/3/contained", json!([unused])), &[(CONTAINED, "EVENT/contained/3/contained")]),
        (set("EVENT/contained/0/meta/versionId", "1"), &[(CONTAINED, "EVENT/contained/0/meta/versionId")]),
        (set("EVENT/contained/0/meta/lastUpdated", "2026"), &[(CONTAINED, "EVENT/contained/0/meta/lastUpdated")]),
        (
            set("EVENT/contained/3/id", "recipient"),
            &[(CONTAINED, "EVENT/contained/4/id"), (CONTAINED, "EVENT/contained/1/organization/reference")],
        ),
    ]);
}

#[test]
fn its_signer_and_signing_time_fit() {
    const WHO: &str = "/signature/who/identifier/value";
    check(&[
        (set(WHO, "urn:oid:1.2.246.10.99999992.10.0"), &[("notice-signer-differs", WHO)]),
        (set("/signature/when", "2026-11-20T09:17:29+02:00"), &[("notice-signature-wrong", "/signature/when")]),
        (set("/signature/when", "2026-11-20T10:17:31+02:00"), &[("notice-signature-wrong", "/signature/when")]),
        (cut("/signature"), &[("notice-signature-missing", "/signature")]),
    ]);
}
