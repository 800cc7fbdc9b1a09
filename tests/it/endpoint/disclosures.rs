//! The log of disclosures: written by itself, read by the organisations concerned, kept for its time.

use std::process::Command;

use jiff::{Timestamp, ToSpan};
use kantakoe::kanta::{AloneSettings, Clock, DisclosureQuery, Kanta, RunningKanta};
use kantakoe::pki::Identity;
use serde_json::Value;

use super::alone::settings;
use super::messages::{Draft, STEM};
use super::world::{ORGANISATION, OTHER, PERSON, World, caller, planted};

const OWN_USE: &str = "<reasonCode code=\"1\" codeSystem=\"1.2.246.537.6.1289.201901\"/>";
const PLACEHOLDERS: &str = "2.25.164881940897364766539706513194035299512";

/// A search for what the other controller holds.
fn search(number: u32) -> Draft {
    let custodian = format!("</patientId><custodianId><value root=\"{OTHER}\"/></custodianId>");
    Draft::of("search").with("</patientId>", &custodian).numbered(number)
}

fn stating(draft: Draft, code: &str) -> Draft {
    draft.with(OWN_USE, &format!("<reasonCode code=\"{code}\" codeSystem=\"{PLACEHOLDERS}\"/>"))
}

fn as_metadata(draft: Draft) -> Draft {
    draft.with("RCMR_IN000031UV01", "RCMR_IN000029UV01").with("search-documents", "search-metadata")
}

async fn read(world: &World, identity: &Identity, parameters: &str) -> (u16, Option<String>, Vec<Value>) {
    let client = caller(&world.identities.authority, Some(identity)).expect("client");
    let url = format!("{}{parameters}", world.kanta.disclosure_log_url());
    let answer = client.get(url).send().await.expect("answer");
    let next = answer.headers().get("x-next-after").map(|value| value.to_str().expect("text").to_owned());
    let status = answer.status().as_u16();
    let text = answer.text().await.expect("text");
    let lines = text.lines().filter_map(|line| serde_json::from_str(line).ok());
    (status, next, lines.collect())
}

#[tokio::test]
async fn each_disclosure_is_logged_and_use_is_not() {
    let world = World::start().await;
    world.disclose();
    world.plant(501, OTHER, false);
    world.plant(502, ORGANISATION, false);
    world.send(&search(1).finish(&world.identities)).await;
    world.send(&as_metadata(search(2)).finish(&world.identities)).await;
    world.send(&stating(search(3), "disclosure-by-law").finish(&world.identities)).await;
    world.send(&Draft::of("search").numbered(4).finish(&world.identities)).await;
    world.kanta.grant_register_access(ORGANISATION, OTHER).expect("grant");
    let by_access = world.send(&stating(search(5), "use-by-register-access").finish(&world.identities)).await;
    assert!(by_access.contains(&format!("{STEM}501")), "{by_access}");
    let (status, next, entries) = read(&world, &world.identities.client, "").await;
    assert_eq!((status, next), (200, None));
    let told = |name: &str| entries.iter().map(|entry| entry[name].to_string()).collect::<Vec<_>>();
    assert_eq!(told("ground"), ["\"permitted\"", "\"permitted\"", "\"statutory\""]);
    assert_eq!(told("situation"), ["\"1\"", "\"1\"", "\"disclosure-by-law\""]);
    assert_eq!(told("with-content"), ["true", "false", "true"]);
    assert_eq!(told("exchange"), ["1", "2", "3"]);
    let first = &entries[0];
    assert_eq!((&first["controller"], &first["recipient"]), (&Value::from(OTHER), &Value::from(ORGANISATION)));
    assert_eq!(first["documents"], serde_json::json!([format!("{STEM}501")]));
    assert_eq!(first["clients"], serde_json::json!([PERSON]));
    assert_eq!(first["user"], "290200A930A");
    assert_eq!(first["unit"], "1.2.246.10.99999991.10.7");
    assert_eq!(first["request"], format!("{ORGANISATION}:1"));
}

#[tokio::test]
async fn an_organisation_reads_its_own_part_in_pages() {
    let world = World::start().await;
    world.disclose();
    world.plant(501, OTHER, false);
    for number in 1..=3 {
        world.send(&search(number).finish(&world.identities)).await;
    }
    let own = &world.identities.client;
    let (_, next, page) = read(&world, own, "?limit=2").await;
    assert_eq!((next.as_deref(), page.len()), (Some("2"), 2));
    let (_, next, page) = read(&world, own, "?limit=2&after=2").await;
    assert_eq!((next, page.len()), (None, 1));
    assert_eq!(read(&world, own, "?until=2020-01-01").await.2.len(), 0);
    assert_eq!(read(&world, own, &format!("?controller={ORGANISATION}&from=2020-01-01")).await.2.len(), 3);
    assert_eq!(read(&world, own, &format!("?controller={OTHER}")).await.0, 403);
    assert_eq!(world.last().refused_for, ["access-right"]);
    for wrong in ["?from=yesterday", "?limit=many", "?after=x"] {
        assert_eq!(read(&world, own, wrong).await.0, 400, "{wrong}");
    }
    let posted = world.client.post(world.kanta.disclosure_log_url()).send().await.expect("answer");
    assert_eq!(posted.status(), 405);
}

#[tokio::test]
async fn the_controller_reads_of_its_data_too_and_a_stranger_of_nothing() {
    let world = World::start().await;
    world.disclose();
    world.plant(501, OTHER, false);
    world.send(&search(1).finish(&world.identities)).await;
    let query = |organisation: &str| DisclosureQuery::between(organisation, None, None).expect("query");
    assert_eq!(world.kanta.disclosures(&query(OTHER)).expect("log").len(), 1, "the controller reads it too");
    assert!(world.kanta.disclosures(&query("1.2.246.10.99999995.10.0")).expect("log").is_empty());
}

async fn started(folder: &std::path::Path, now: Timestamp) -> RunningKanta {
    let settings = AloneSettings { clock: Clock::Fixed(now), ..settings(folder, "localhost", false) };
    Kanta::start_alone(settings).await.expect("start").0
}

#[tokio::test]
async fn entries_go_after_twelve_years_and_the_removal_is_noted() {
    let folder = tempfile::tempdir().expect("folder");
    let began: Timestamp = "2026-11-20T10:00:00Z".parse().expect("time");
    let later =
        |span: jiff::Span| began.to_zoned(jiff::tz::TimeZone::UTC).checked_add(span).expect("later").timestamp();
    let kanta = started(folder.path(), began).await;
    disclose_to(&kanta);
    let message =
        search(1).finish(&kantakoe::pki::Identities::read_folder(&folder.path().join("identities")).expect("read"));
    let client = plain_caller(folder.path());
    let post = client.post(kanta.archive_url()).header("content-type", "text/xml").body(message);
    let answer = post.send().await.expect("answer").text().await.expect("text");
    assert!(answer.contains(&format!("{STEM}501")), "{answer}");
    kanta.stop().await;
    let query = DisclosureQuery::between(ORGANISATION, None, None).expect("query");
    let kanta = started(folder.path(), later(12.years().seconds(-1))).await;
    assert_eq!(kanta.disclosures(&query).expect("log").len(), 1);
    assert!(kanta.disclosure_removals().expect("removals").is_empty());
    kanta.stop().await;
    let kanta = started(folder.path(), later(12.years())).await;
    assert!(kanta.disclosures(&query).expect("log").is_empty());
    let removals = kanta.disclosure_removals().expect("removals");
    assert_eq!(removals.iter().map(|one| (one.made_until, one.entries)).collect::<Vec<_>>(), [(began, 1)]);
    let nobody = kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot").disclosures;
    assert!(nobody.is_empty());
}

fn plain_caller(folder: &std::path::Path) -> reqwest::Client {
    let identities = kantakoe::pki::Identities::read_folder(&folder.join("identities")).expect("identities");
    caller(&identities.authority, None).expect("client")
}

fn disclose_to(kanta: &RunningKanta) {
    use kantakoe::domain::{Declared, Sector};
    use kantakoe::kanta::{Declaration, PlantedDocument, PlantedKind};
    let permit = Declared::Permit { from: Sector::SocialWelfare, to: Sector::SocialWelfare };
    for (id, declared) in [("1.2.3", Declared::Information), ("1.2.4", permit)] {
        let stored = Timestamp::UNIX_EPOCH;
        let declaration = Declaration { id: id.to_owned(), person: PERSON.to_owned(), declared, stored };
        kanta.declare(declaration).expect("declare");
    }
    let relationship = PlantedDocument { kind: PlantedKind::ClientRelationship, ..planted(300, ORGANISATION, false) };
    kanta.plant(&relationship).expect("plant");
    kanta.plant(&planted(501, OTHER, false)).expect("plant");
}

#[tokio::test]
async fn the_folder_of_an_endpoint_is_read_from_the_command_line() {
    let folder = tempfile::tempdir().expect("folder");
    let kanta = started(folder.path(), Timestamp::now()).await;
    disclose_to(&kanta);
    let identities = kantakoe::pki::Identities::read_folder(&folder.path().join("identities")).expect("read");
    let post = plain_caller(folder.path()).post(kanta.archive_url()).header("content-type", "text/xml");
    post.body(search(1).finish(&identities)).send().await.expect("answer");
    let run = |arguments: &[&str]| {
        let program = Command::new(env!("CARGO_BIN_EXE_kantakoe")).arg("disclosure-log").args(arguments).output();
        let output = program.expect("program");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let state = folder.path().to_str().expect("path");
    let (code, lines) = run(&["--state", state, "--controller", OTHER]);
    let entry: Value = serde_json::from_str(lines.trim()).expect("one line of JSON");
    assert_eq!((code, &entry["recipient"]), (Some(0), &Value::from(ORGANISATION)));
    let (_, table) = run(&["--state", state, "--controller", ORGANISATION, "--format", "csv"]);
    let rows: Vec<&str> = table.lines().collect();
    assert!(rows.len() == 2 && rows[0].starts_with("number,at,") && rows[1].contains(&format!("{STEM}501")), "{table}");
    assert_eq!(run(&["--state", state, "--controller", OTHER, "--until", "2020-01-01"]), (Some(0), String::new()));
    assert_eq!(run(&["--state", state, "--controller", OTHER, "--from", "soon"]).0, Some(2));
    assert_eq!(run(&["--state", "/nowhere", "--controller", OTHER]).0, Some(3));
}
