//! Each thing that can be wrong with a Bundle gives its finding, at its place, and no other.
//!
//! In the pointers of this file `EVENT` stands for `/entry/0/resource`, the AuditEvent, and
//! `PROVENANCE` for `/entry/1/resource`.

use serde_json::{Value, json};

use super::bench::{Bench, fixture, with, without};

/// A changed Bundle, and code and place of each finding that it must give.
type Row = (Value, &'static [(&'static str, &'static str)]);

const FOREIGN: &str = "identity-code-foreign";
const STRUCTURE: &str = "notice-structure-wrong";
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
        (
            set("EVENT/contained/2/meta/profile/0", format!("{PROFILES}SocialWelfareServicePractitioner")),
            &[("notice-profile-outdated", "EVENT/contained/2/meta/profile/0")],
        ),
        (
            set("EVENT/contained/0/meta/profile/0", "https://example.invalid/x"),
            &[("notice-profile-wrong", "EVENT/contained/0/meta/profile/0")],
        ),
    ]);
}

#[test]
fn controller_and_recipient_are_named() {
    const CONTROLLER: &str = "notice-controller-missing";
    const RECIPIENT: &str = "notice-recipient-unclear";
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
        (
            set("EVENT/contained/0/identifier/0/system", "urn:oid:1.2.246.10"),
            &[(CONTROLLER, "EVENT/contained/0/identifier/0/system")],
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
        (set("EVENT/outcomeDesc", "x"), &[(FORBIDDEN, "EVENT/outcomeDesc")]),
        (set("EVENT/period/end", "2026-11-20"), &[(FORBIDDEN, "EVENT/period/end")]),
        (cut("EVENT/extension"), &[(MISSING, "EVENT/extension")]),
        (cut("EVENT/entity/0"), &[(MISSING, "EVENT/entity"), (CONTAINED, "EVENT/contained/5")]),
        (
            set("EVENT/contained/5/identifier/0/system", "urn:oid:1.2.246.537.26"),
            &[(MISSING, "EVENT/contained/5/identifier/0/system")],
        ),
        (cut("EVENT/contained/5/identifier"), &[(MISSING, "EVENT/entity/0/what")]),
        (cut("PROVENANCE/agent/0/who/identifier"), &[(MISSING, "PROVENANCE/agent/0/who/identifier")]),
        (cut("EVENT/recorded"), &[(MISSING, "EVENT/recorded")]),
        (cut("EVENT/period"), &[(MISSING, "EVENT/period")]),
        (cut("EVENT/purposeOfEvent"), &[(MISSING, "EVENT/purposeOfEvent")]),
        (cut("EVENT/agent/1/requestor"), &[(MISSING, "EVENT/agent/1/requestor")]),
        (cut("PROVENANCE/recorded"), &[(MISSING, "PROVENANCE/recorded")]),
        (cut("/signature/when"), &[(MISSING, "/signature/when")]),
        (set("EVENT/recorded", "2026-11-20T09:17:30"), &[(STRUCTURE, "EVENT/recorded")]),
        (set("EVENT/period/start", "2026-11"), &[]),
        (set("EVENT/period/start", "20.11.2026"), &[(STRUCTURE, "EVENT/period/start")]),
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
        (
            set("EVENT/contained/0/meta/lastUpdated", "2026-11-20T09:17:30Z"),
            &[(CONTAINED, "EVENT/contained/0/meta/lastUpdated")],
        ),
        (
            set("EVENT/contained/0/meta/security", json!([{"code": "x"}])),
            &[(CONTAINED, "EVENT/contained/0/meta/security")],
        ),
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

#[test]
fn structure_is_that_of_fhir() {
    const CODE: &str = "notice-structure-wrong";
    check(&[
        (set("EVENT/agents", json!([])), &[(CODE, "EVENT/agents")]),
        (set("EVENT/agent/0/who", "#controller"), &[(CODE, "EVENT/agent/0/who")]),
        (set("EVENT/agent/0/requestor", "false"), &[(CODE, "EVENT/agent/0/requestor")]),
        (set("EVENT/purposeOfEvent", json!({"text": "x"})), &[(CODE, "EVENT/purposeOfEvent")]),
        (set("EVENT/contained/0/identifier/0/value", 5), &[(CODE, "EVENT/contained/0/identifier/0/value")]),
        (set("EVENT/contained/4/resourceType", "Organisation"), &[(CODE, "EVENT/contained/4/resourceType")]),
        (set("EVENT/extension/0/valueCoding/text", "x"), &[(CODE, "EVENT/extension/0/valueCoding/text")]),
        (cut("EVENT/extension/0/url"), &[(CODE, "EVENT/extension/0/url")]),
        (set("EVENT/entity/2/description", ""), &[(CODE, "EVENT/entity/2/description")]),
        (set("PROVENANCE/recorded", 1_795_159_050), &[(CODE, "PROVENANCE/recorded")]),
        (set("/entry/1/search", json!({"mode": "match"})), &[(CODE, "/entry/1/search")]),
        (cut("/entry/1/resource"), &[(CODE, "/entry/1/resource")]),
        (set("/signature/when", json!(["2026-11-20T09:17:31+02:00"])), &[(CODE, "/signature/when")]),
        (set("EVENT/agent/0/requestor", true), &[(CODE, "EVENT/agent/1/requestor")]),
        // An element beside a value carries its extensions (FHIR R4, 2.6.2.1).
        (set("EVENT/_recorded", json!({"id": "x"})), &[]),
        (set("EVENT/contained/4/resourceType", "Group"), &[]),
    ]);
}

#[test]
fn a_structure_that_is_wrong_is_one_finding() {
    let bench = Bench::new();
    let bundle = with(set("EVENT/agents", json!([])), "/type", json!("batch"));
    let told = bench.told(without(bundle, "/entry/1"));
    assert_eq!(told, [("notice-structure-wrong".to_owned(), whole("EVENT/agents"))]);
}

#[test]
fn who_made_a_notice_has_a_role_and_is_the_user() {
    const ROLE: &str = "notice-role-wrong";
    const OLD: &str = "http://gen.kanta.fi/fikanta-cs-rolecategory";
    const CODING: &str = "PROVENANCE/agent/0/role/0/coding/0";
    let number = "PROVENANCE/agent/0/who/identifier/value";
    check(&[
        (set(&format!("{CODING}/system"), OLD), &[(ROLE, "PROVENANCE/agent/0/role/0/coding/0/system")]),
        (set(&format!("{CODING}/code"), "9"), &[(ROLE, "PROVENANCE/agent/0/role/0/coding/0/code")]),
        (set(&format!("{CODING}/code"), "10"), &[]),
        (cut("PROVENANCE/agent/0/role"), &[(ROLE, "PROVENANCE/agent/0/role")]),
        (set(number, "99900000022"), &[("notice-maker-differs", "PROVENANCE/agent/0/who/identifier/value")]),
    ]);
}

#[test]
fn a_disclosure_is_recorded_after_it_happened() {
    const EARLY: (&str, &str) = ("notice-recorded-early", "EVENT/recorded");
    check(&[
        (set("EVENT/period/start", "2026-11-20T09:17:31+02:00"), &[EARLY]),
        (set("EVENT/period/start", "2026-11-20T08:17:31+01:00"), &[EARLY]),
        (set("EVENT/period/start", "2026-11-20T09:17:30+02:00"), &[]),
        (set("EVENT/period/start", "2026-11-21"), &[]),
    ]);
}

#[test]
fn identifiers_of_contained_resources_are_those_of_fhir() {
    let renamed = |id: &str| {
        let text = fixture().to_string().replace("\"recipient\",\"identifier", &format!("\"{id}\",\"identifier"));
        serde_json::from_str::<Value>(&text.replace("#recipient", &format!("#{id}"))).expect("JSON")
    };
    let long = "a".repeat(65);
    check(&[
        (renamed(&long[..64]), &[]),
        (renamed(&long), &[("notice-id-wrong", "EVENT/contained/4/id")]),
        (renamed("saaja_1"), &[("notice-id-wrong", "EVENT/contained/4/id")]),
        (renamed("Ämne"), &[("notice-id-wrong", "EVENT/contained/4/id")]),
    ]);
}

#[test]
fn references_lead_somewhere() {
    const OBSERVER: &str = "EVENT/source/observer/reference";
    check(&[
        (set(OBSERVER, "Organization/1"), &[(CONTAINED, OBSERVER)]),
        (set(OBSERVER, "#nobody"), &[(CONTAINED, OBSERVER)]),
        (
            set("EVENT/agent/1/who/reference", "urn:oid:1.2.3"),
            &[(CONTAINED, "EVENT/contained/1"), (CONTAINED, "EVENT/agent/1/who/reference")],
        ),
        (
            set("EVENT/contained/1/organization/reference", "Organization/1"),
            &[(CONTAINED, "EVENT/contained/3"), (CONTAINED, "EVENT/contained/1/organization/reference")],
        ),
    ]);
}
