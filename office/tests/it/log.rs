//! The access log: whole, in order, unchangeable, searchable by person and by user.

use http::StatusCode;
use kantakoe_office::access::Role;
use kantakoe_office::store::{LogEntry, LogQuery};
use sqlx::Executor;

use crate::support::{Office, postgres_server};

async fn raw(office: &Office, sql: &'static str) -> Result<(), sqlx::Error> {
    let url = office.app.settings.store_url.clone();
    let pool = sqlx::AnyPool::connect(&url).await.expect("a connection of its own");
    let done = pool.execute(sql).await.map(drop);
    pool.close().await;
    done
}

#[tokio::test]
async fn every_read_and_change_of_a_contact_is_found_by_the_person() {
    let office = Office::open().await;
    let customer = office.customer("Kunta", "service-provider").await;
    let other = office.add("contact", &customer, &[("name", "Muu"), ("contact_form", "point")]).await;
    let staff = office.sign_in(Role::Staff, "").await;
    let new = format!("/customers/{customer}/contacts/new");
    let fields =
        [("name", "Maija"), ("contact_form", "person"), ("email", "Maija@example.org"), ("origin", "telephone")];
    assert_eq!(office.post(&staff, &new, &fields).await.status, StatusCode::SEE_OTHER);
    assert!(office.get(&staff, &format!("/customers/{customer}")).await.was_let_in());
    assert!(office.get(&staff, &format!("/customers/{customer}/contacts/{other}")).await.was_let_in());
    let officer = office.sign_in(Role::DataProtectionOfficer, "").await;
    let page = office.get(&officer, "/log?person=maija%40example.org").await.text();
    assert_eq!(page.matches("<tr>").count(), 1 + 2, "{page}");
    assert!(page.contains("POST /customers/{customer}/contacts/new") && page.contains("GET /customers/{customer}"));
    let page = office.get(&officer, &format!("/log?login={}", staff.login)).await.text();
    assert_eq!(page.matches("<tr>").count(), 1 + 3);
    let page = office.get(&officer, "/log?person=nobody").await.text();
    assert!(page.contains("No entries."));
}

#[tokio::test]
async fn what_was_denied_is_in_the_log() {
    let office = Office::open().await;
    let [own, other] =
        [office.customer("Oma", "service-provider").await, office.customer("Toinen", "service-provider").await];
    let visitor = office.sign_in(Role::Customer, &own).await;
    assert_eq!(office.get(&visitor, &format!("/customers/{other}")).await.status, StatusCode::FORBIDDEN);
    let wanted = LogQuery { login: visitor.login, most: 10, ..LogQuery::default() };
    let entry = office.app.store.search_log(&wanted).await.expect("log").remove(0).entry;
    assert_eq!((entry.outcome.as_str(), entry.customer, entry.on_behalf), ("denied", other, own));
}

#[tokio::test]
async fn the_log_takes_no_change_and_no_deletion() {
    let office = Office::open().await;
    let entry = LogEntry { action: "test".to_owned(), persons: vec!["p".to_owned()], ..LogEntry::default() };
    office.app.store.note(&entry).await.expect("note");
    for sql in [
        "UPDATE log SET login = 'x'",
        "DELETE FROM log",
        "UPDATE log_person SET person = 'x'",
        "DELETE FROM log_person",
    ] {
        assert!(raw(&office, sql).await.is_err(), "{sql}");
    }
    assert_eq!(office.app.store.verify_log().await.expect("whole").0, 1);
}

#[tokio::test]
async fn who_goes_around_the_protection_breaks_the_chain() {
    let open = if postgres_server().is_some() {
        "ALTER TABLE log DISABLE TRIGGER ALL"
    } else {
        "DROP TRIGGER log_keeps_entries; DROP TRIGGER log_loses_nothing"
    };
    for (sql, number) in [
        ("UPDATE log SET detail = 'nothing' WHERE number = 2", 2),
        ("DELETE FROM log WHERE number = 2", 2),
        ("UPDATE log SET persons = '' WHERE number = 3", 3),
        ("DELETE FROM log WHERE number = 3", 2),
    ] {
        let office = Office::open().await;
        for detail in ["a", "b", "c"] {
            let entry = LogEntry { detail: detail.to_owned(), persons: vec!["p".to_owned()], ..LogEntry::default() };
            office.app.store.note(&entry).await.expect("note");
        }
        assert_eq!(office.app.store.verify_log().await.expect("whole").0, 3);
        raw(&office, open).await.expect("open");
        raw(&office, sql).await.expect(sql);
        let error = office.app.store.verify_log().await.expect_err(sql).to_string();
        assert!(error.contains(&format!("entry {number} ")), "{sql}: {error}");
    }
}

#[tokio::test]
async fn entries_of_many_writers_make_one_chain() {
    let office = Office::open().await;
    let writers = (0..8).map(|writer| {
        let store = office.app.store.clone();
        tokio::spawn(async move {
            for number in 0..10 {
                let entry = LogEntry { detail: format!("{writer} {number}"), ..LogEntry::default() };
                store.note(&entry).await.expect("note");
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("writer");
    }
    assert_eq!(office.app.store.verify_log().await.expect("whole").0, 80);
}
