//! The table of rights: article by article, for customers that deployed services and for those that never did.

use http::StatusCode;
use kantakoe_office::access::Role;
use kantakoe_office::register::kind_of;
use kantakoe_office::store::Ledger;

use crate::support::Office;

async fn with_contact(office: &Office, name: &str, uses: &[(&str, &str)]) -> String {
    let id = office.customer(name, "system-vendor").await;
    if !uses.is_empty() {
        office.add("service-use", &id, uses).await;
    }
    let contact =
        [("name", name), ("contact_form", "person"), ("email", "sama@example.org"), ("card_number", "12345678")];
    office.add("contact", &id, &contact).await;
    office.add("address", &id, &[("address_use", "administrative"), ("recipient", name)]).await;
    id
}

#[tokio::test]
async fn articles_17_and_20_by_customer() {
    let deployed: &[(&str, &str)] = &[("service", "kelain"), ("started", "2020-01-01")];
    let ended: &[(&str, &str)] = &[("service", "kelain"), ("started", "2020-01-01"), ("ended", "2021-01-01")];
    let tests: &[(&str, &str)] = &[("service", "client-test"), ("started", "2020-01-01")];
    for (name, uses, is_refused) in [
        ("uses services", deployed, true),
        ("ended", ended, true),
        ("tests only", tests, false),
        ("nothing", &[], false),
    ] {
        let office = Office::open().await;
        let id = with_contact(&office, name, uses).await;
        let own = office.sign_in(Role::Customer, &id).await;
        let path = format!("/customers/{id}/rights");
        let page = office.get(&own, &path).await.text();
        assert!(page.contains("Data Protection Ombudsman") && page.contains("kirjaamo@kela.fi"), "{name}");
        let ported = office.post(&own, &format!("{path}/portability"), &[]).await;
        let unsure = office.post(&own, &format!("{path}/erasure"), &[]).await;
        let erased = office.post(&own, &format!("{path}/erasure"), &[("sure", "yes")]).await;
        let left = office.app.store.records(kind_of("contact").expect("kind"), &id).await.expect("records").len();
        let requests = office.app.store.records(kind_of("request").expect("kind"), &id).await.expect("records");
        let decided = |article: &str, state: &str| {
            let is_it = |request: &&kantakoe_office::register::Record| {
                request.text("article") == article
                    && request.text("request_state") == state
                    && !request.text("reason").is_empty()
            };
            requests.iter().filter(is_it).count()
        };
        if is_refused {
            assert!(ported.text().contains("article 20 of the General Data Protection Regulation"), "{name}");
            assert!(erased.text().contains("does not apply to a customer that has deployed"), "{name}");
            assert_eq!((left, decided("17", "refused"), decided("20", "refused")), (1, 2, 1), "{name}");
        } else {
            let json: serde_json::Value = serde_json::from_slice(&ported.body).expect("json");
            assert!(json["records"].as_array().expect("records").len() >= 3, "{name}");
            assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert_eq!((left, decided("17", "done"), decided("20", "done")), (0, 1, 1), "{name}");
            let ledger = Ledger::of(&office.app.settings.folder);
            assert_eq!(ledger.apply(&office.app.store).await.expect("ledger"), 0);
        }
    }
}

#[tokio::test]
async fn article_15_shows_a_person_all_of_hers_and_nothing_of_others() {
    let office = Office::open().await;
    let id = with_contact(&office, "Yksi", &[]).await;
    with_contact(&office, "Toinen yritys", &[]).await;
    office
        .add("contact", &id, &[("name", "Naapuri Nieminen"), ("contact_form", "person"), ("email", "muu@example.org")])
        .await;
    let staff = office.sign_in(Role::Staff, "").await;
    office.get(&staff, &format!("/customers/{id}")).await;
    let contacts = office.app.store.records(kind_of("contact").expect("kind"), &id).await.expect("records");
    let path = format!("/customers/{id}/contacts/{}/data", contacts[0].id);
    let officer = office.sign_in(Role::DataProtectionOfficer, "").await;
    for path in [path.clone(), format!("{path}.json")] {
        let text = office.get(&officer, &path).await.text();
        for expected in ["Yksi", "Toinen yritys", "12345678", &staff.login] {
            assert!(text.contains(expected), "{path}: {expected}");
        }
        assert!(!text.contains("Naapuri"), "{path}");
    }
    let found = office.get(&officer, "/persons?text=SAMA%40example.org").await.text();
    assert_eq!(found.matches("/data\"").count(), 2);
}

#[tokio::test]
async fn who_is_signed_in_sees_their_own_data_and_no_others() {
    let office = Office::open().await;
    let id = office.customer("Kunta", "service-provider").await;
    let own = office.sign_in(Role::Customer, &id).await;
    let email = format!("{}@example.org", own.login);
    office.add("contact", &id, &[("name", "Oma Itse"), ("contact_form", "person"), ("email", &email)]).await;
    office.add("contact", &id, &[("name", "Joku Muu"), ("contact_form", "person"), ("email", "muu@example.org")]).await;
    for path in ["/me", "/me.json"] {
        let text = office.get(&own, path).await.text();
        assert!(text.contains("Oma Itse") && !text.contains("Joku Muu"), "{path}");
    }
}
