//! The nightly job on a moved clock: plans first, destroys once, refuses jumps, and a restored backup brings nothing back.

use kantakoe_office::access::Role;
use kantakoe_office::night::{Night, tick};
use kantakoe_office::register::kind_of;
use kantakoe_office::store::{Ledger, LogQuery};

use crate::support::{NOW, Office};

const DAY: i64 = 24 * 3_600_000;

async fn night(office: &Office) -> Night {
    let app = &office.app;
    tick(&app.store, &app.clock, &Ledger::of(&app.settings.folder), app.session_limits()).await.expect("a night")
}

/// Moves the clock so many days, looking at it each half day; what the nights did.
async fn nights(office: &Office, days: i64) -> Vec<Night> {
    let mut done = Vec::new();
    for _ in 0..2 * days {
        office.move_clock(DAY / 2);
        let night = night(office).await;
        if night != Night::Nothing {
            done.push(night);
        }
    }
    done
}

async fn count(office: &Office, kind: &str, customer: &str) -> usize {
    office.app.store.records(kind_of(kind).expect("kind"), customer).await.expect("records").len()
}

/// A customer whose relation ends ten years before the day after tomorrow.
async fn ending(office: &Office) -> String {
    let id = office.customer("Päättynyt", "service-provider").await;
    office
        .add("service-use", &id, &[("service", "prescription"), ("started", "2010-01-01"), ("ended", "2016-12-02")])
        .await;
    office.add("contact", &id, &[("name", "Maija"), ("contact_form", "person"), ("email", "m@example.org")]).await;
    office.add("address", &id, &[("address_use", "administrative"), ("recipient", "X")]).await;
    office.add("connection", &id, &[("connection_form", "system"), ("name", "X")]).await;
    let paper = [("paper", "commitment"), ("service", "prescription"), ("signed", "2010-01-01")];
    office.add("paper", &id, &paper).await;
    id
}

#[tokio::test]
async fn what_is_due_is_planned_one_night_and_destroyed_the_next() {
    let office = Office::open().await;
    let id = ending(&office).await;
    let other = office.customer("Muu", "service-provider").await;
    office.add("contact", &other, &[("name", "Muu"), ("contact_form", "person")]).await;
    assert_eq!(night(&office).await, Night::Done(0, 0));
    assert_eq!(nights(&office, 1).await, [Night::Done(0, 0)]);
    assert_eq!(nights(&office, 1).await, [Night::Done(0, 3)]);
    assert_eq!(count(&office, "contact", &id).await, 1);
    let officer = office.sign_in(Role::DataProtectionOfficer, "").await;
    let page = office.get(&officer, "/retention").await.text();
    assert_eq!(page.matches("10 years after the customer relation ended").count(), 3, "{page}");
    assert_eq!(nights(&office, 1).await, [Night::Done(3, 0)]);
    for kind in ["contact", "address", "connection"] {
        assert_eq!(count(&office, kind, &id).await, 0, "{kind}");
    }
    assert_eq!([count(&office, "service-use", &id).await, count(&office, "paper", &id).await], [1, 1]);
    assert_eq!(count(&office, "contact", &other).await, 1);
    let wanted = LogQuery { customer: id, most: 100, ..LogQuery::default() };
    let lines = office.app.store.search_log(&wanted).await.expect("log");
    assert_eq!(lines.iter().filter(|line| line.entry.outcome == "destroyed").count(), 3);
    assert_eq!(nights(&office, 2).await, [Night::Done(0, 0), Night::Done(0, 0)]);
}

#[tokio::test]
async fn what_is_no_longer_due_is_not_destroyed() {
    let office = Office::open().await;
    let id = ending(&office).await;
    night(&office).await;
    assert_eq!(nights(&office, 2).await.last(), Some(&Night::Done(0, 3)));
    office.add("service-use", &id, &[("service", "kelain"), ("started", "2026-12-01")]).await;
    assert_eq!(nights(&office, 1).await, [Night::Done(0, 0)]);
    assert_eq!(count(&office, "contact", &id).await, 1);
    assert!(office.app.store.planned().await.expect("plan").is_empty());
}

#[tokio::test]
async fn of_two_instances_one_does_the_night() {
    let office = Office::open().await;
    ending(&office).await;
    night(&office).await;
    office.move_clock(DAY / 2);
    let [store, clock] = [(), ()].map(|()| (office.app.store.clone(), office.app.clock.clone()));
    let ledger = Ledger::of(&office.app.settings.folder);
    let limits = office.app.session_limits();
    office.move_clock(DAY / 2);
    let (one, other) =
        tokio::join!(tick(&store.0, &store.1, &ledger, limits), tick(&clock.0, &clock.1, &ledger, limits),);
    let both = [one.expect("a night"), other.expect("a night")];
    assert_eq!(both.iter().filter(|night| **night == Night::Nothing).count(), 1, "{both:?}");
}

#[tokio::test]
async fn a_clock_that_jumps_destroys_nothing_without_a_persons_word() {
    let office = Office::open().await;
    let id = ending(&office).await;
    night(&office).await;
    let seen = NOW.parse::<jiff::Timestamp>().expect("time").as_millisecond();
    office.move_clock(20 * 365 * DAY);
    assert_eq!(night(&office).await, Night::Halted(seen));
    let officer = office.sign_in(Role::DataProtectionOfficer, "").await;
    assert!(office.get(&officer, "/retention").await.text().contains("the clock has jumped"));
    let without = office.post(&officer, "/retention/clock", &[]).await;
    assert_eq!(without.status.as_u16(), 422);
    assert_eq!(night(&office).await, Night::Halted(seen));
    assert_eq!(office.post(&officer, "/retention/clock", &[("right", "yes")]).await.status.as_u16(), 303);
    assert_eq!(night(&office).await, Night::Done(0, 3));
    assert_eq!(count(&office, "contact", &id).await, 1);
    office.move_clock(-40 * 365 * DAY);
    assert!(matches!(night(&office).await, Night::Halted(_)));
}

#[tokio::test]
async fn what_came_back_with_a_backup_is_destroyed_again() {
    let office = Office::open().await;
    let id = ending(&office).await;
    night(&office).await;
    nights(&office, 3).await;
    let ledger = Ledger::of(&office.app.settings.folder);
    assert_eq!(ledger.apply(&office.app.store).await.expect("applied"), 0);
    // An older state of the database knows nothing of the list, and has the records.
    let restored = Office::open().await;
    let folder = restored.app.settings.folder.clone();
    std::fs::create_dir_all(&folder).expect("folder");
    let name = "destroyed.jsonl";
    let list = std::fs::read_to_string(office.app.settings.folder.join(name)).expect("list");
    let back = restored.customer("Päättynyt", "service-provider").await;
    let contact = restored.add("contact", &back, &[("name", "Maija"), ("contact_form", "person")]).await;
    let old = list.lines().find(|line| line.contains("\"contact\"")).expect("the contact's line");
    let old: serde_json::Value = serde_json::from_str(old).expect("json");
    let list = list.replace(old["record"].as_str().expect("text"), &contact).replace(&id, &back);
    std::fs::write(folder.join(name), list).expect("write");
    let ledger = Ledger::of(&folder);
    assert_eq!(ledger.apply(&restored.app.store).await.expect("applied"), 1);
    assert_eq!(count(&restored, "contact", &back).await, 0);
    assert_eq!(ledger.apply(&restored.app.store).await.expect("applied"), 0);
}

#[tokio::test]
async fn a_mail_address_that_is_not_valid_goes_alone() {
    let office = Office::open().await;
    let id = office.customer("Kunta", "service-provider").await;
    let fields = [
        ("name", "Maija"),
        ("contact_form", "person"),
        ("email", "m@example.org"),
        ("telephone", "040 123"),
        ("email_invalid_since", "2026-10-01"),
    ];
    office.add("contact", &id, &fields).await;
    night(&office).await;
    nights(&office, 1).await;
    let contact = office.app.store.records(kind_of("contact").expect("kind"), &id).await.expect("records").remove(0);
    assert_eq!([contact.text("email"), contact.text("telephone"), contact.text("name")], ["", "040 123", "Maija"]);
}

#[tokio::test]
async fn the_clock_of_a_rehearsal_is_moved_by_hand_and_no_other() {
    let office = Office::with("[office]\nrehearsal = true").await;
    let administrator = office.sign_in(Role::Administrator, "").await;
    let before = office.app.clock.today();
    for wrong in ["-1", "x", "40000"] {
        assert_eq!(office.post(&administrator, "/clock", &[("days", wrong)]).await.status.as_u16(), 422, "{wrong}");
    }
    assert_eq!(office.post(&administrator, "/clock", &[("days", "366")]).await.status.as_u16(), 303);
    assert_eq!(office.app.clock.today().since(before).expect("days").get_days(), 366);
    let real = Office::open().await;
    let administrator = real.sign_in(Role::Administrator, "").await;
    assert_eq!(real.post(&administrator, "/clock", &[("days", "366")]).await.status.as_u16(), 409);
    assert_eq!(real.app.clock.today(), before);
}
