//! The register through its pages: origin of data, two people at once, what is missing, hostile values.

use http::StatusCode;
use kantakoe_office::access::Role;
use kantakoe_office::register::CUSTOMER_KINDS;

use crate::support::{Office, Reply, Visitor};

const CONTACT: [(&str, &str); 4] = [
    ("name", "Maija Meikäläinen"),
    ("contact_form", "person"),
    ("email", "maija@example.org"),
    ("card_number", "1234567890"),
];

async fn add_contact(office: &Office, visitor: &Visitor, customer: &str, more: &[(&str, &str)]) -> Reply {
    let fields: Vec<_> = CONTACT.iter().chain(more).copied().collect();
    office.post(visitor, &format!("/customers/{customer}/contacts/new"), &fields).await
}

#[tokio::test]
async fn every_datum_says_how_it_came_who_wrote_it_and_when() {
    let office = Office::open().await;
    let id = office.customer("Kunta", "service-provider").await;
    let staff = office.sign_in(Role::Staff, "").await;
    let own = office.sign_in(Role::Customer, &id).await;
    assert_eq!(add_contact(&office, &staff, &id, &[("origin", "telephone")]).await.status, StatusCode::SEE_OTHER);
    let contact = only_contact(&office, &id).await;
    office.move_clock(20 * 60_000);
    let path = format!("/customers/{id}/contacts/{contact}");
    let change =
        [CONTACT[0], CONTACT[1], ("email", "uusi@example.org"), CONTACT[3], ("version", "1"), ("origin", "kelain")];
    let reply = office.post(&own, &format!("{path}/change"), &change).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, path.as_str()));
    let page = office.get(&staff, &path).await.text();
    let note = |way: &str, login: &str, time: &str| format!("{way}, {login}, 2026-11-30 {time}");
    assert_eq!(page.matches(&note("telephone", &staff.login, "12:00:00")).count(), 3, "{page}");
    assert_eq!(page.matches(&note("self-service", &own.login, "12:20:00")).count(), 1, "{page}");
}

async fn only_contact(office: &Office, customer: &str) -> String {
    let kind = kantakoe_office::register::kind_of("contact").expect("kind");
    office.app.store.records(kind, customer).await.expect("records").remove(0).id
}

#[tokio::test]
async fn the_second_of_two_who_change_one_thing_sees_the_firsts_change() {
    let office = Office::open().await;
    let id = office.customer("Kunta", "service-provider").await;
    let [first, second] = [office.sign_in(Role::Staff, "").await, office.sign_in(Role::Staff, "").await];
    add_contact(&office, &first, &id, &[("origin", "post")]).await;
    let path = format!("/customers/{id}/contacts/{}/change", only_contact(&office, &id).await);
    let with = |email: &'static str, version: &'static str| {
        [CONTACT[0], CONTACT[1], ("email", email), CONTACT[3], ("version", version), ("origin", "email")]
    };
    assert_eq!(office.post(&first, &path, &with("yksi@example.org", "1")).await.status, StatusCode::SEE_OTHER);
    let reply = office.post(&second, &path, &with("kaksi@example.org", "1")).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = reply.text();
    let line =
        format!("E-mail: {} wrote &#34;yksi@example.org&#34;, you wrote &#34;kaksi@example.org&#34;", first.login);
    assert!(page.contains(&line), "{page}");
    assert!(page.contains("name=\"version\" value=\"2\""));
    assert_eq!(office.post(&second, &path, &with("kaksi@example.org", "2")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_card_number_is_masked_in_lists_and_whole_on_its_page() {
    let office = Office::open().await;
    let id = office.customer("Kunta", "service-provider").await;
    let staff = office.sign_in(Role::Staff, "").await;
    add_contact(&office, &staff, &id, &[("origin", "post")]).await;
    let list = office.get(&staff, &format!("/customers/{id}")).await.text();
    assert!(list.contains("…7890") && !list.contains("1234567890"));
    let contact = only_contact(&office, &id).await;
    assert!(office.get(&staff, &format!("/customers/{id}/contacts/{contact}")).await.text().contains("1234567890"));
}

#[tokio::test]
async fn a_customer_changes_neither_its_kind_nor_what_staff_keeps() {
    let office = Office::open().await;
    let id = office.customer("Kunta", "service-provider").await;
    let own = office.sign_in(Role::Customer, &id).await;
    let path = format!("/customers/{id}/basics/{id}/change");
    let fields = [("name", "Uusi nimi"), ("language", "sv"), ("customer_kind", "system-vendor"), ("version", "1")];
    assert_eq!(office.post(&own, &path, &fields).await.status, StatusCode::SEE_OTHER);
    let page = office.get(&own, &format!("/customers/{id}")).await.text();
    assert!(page.contains("Uusi nimi") && page.contains("Provider of social welfare"));
    assert!(!office.post(&own, &format!("/customers/{id}/services/new"), &[]).await.was_let_in());
}

#[tokio::test]
async fn each_of_the_seven_kinds_is_told_what_is_missing() {
    let office = Office::open().await;
    let staff = office.sign_in(Role::Staff, "").await;
    let expected = [
        ("service-provider", 4),
        ("kelain-professional", 0),
        ("system-vendor", 4),
        ("application-vendor", 1),
        ("kanta-intermediary", 1),
        ("medicines-database-intermediary", 1),
        ("cooperation-party", 0),
    ];
    assert_eq!(expected.map(|(kind, _)| kind), CUSTOMER_KINDS);
    for (kind, count) in expected {
        let id = office.customer(kind, kind).await;
        let page = office.get(&staff, &format!("/customers/{id}")).await.text();
        let notice =
            page.split("notice warning").nth(1).map_or("", |rest| rest.split("</div>").next().expect("an end"));
        assert_eq!(notice.matches("<li>").count(), count, "{kind}: {notice}");
    }
    let id = office.customer("Toimittaja", "system-vendor").await;
    let all = [
        ("contact_roles", "administrative"),
        ("contact_roles", "technical"),
        ("duties", "co-testing"),
        ("duties", "system-development"),
        ("origin", "service-form"),
    ];
    assert_eq!(add_contact(&office, &staff, &id, &all).await.status, StatusCode::SEE_OTHER);
    assert!(!office.get(&staff, &format!("/customers/{id}")).await.text().contains("notice warning"));
}

#[tokio::test]
async fn hostile_values_are_refused_or_shown_as_text() {
    let office = Office::open().await;
    let id = office.customer("Kunta", "service-provider").await;
    let staff = office.sign_in(Role::Staff, "").await;
    let long = "x".repeat(201);
    for (field, value) in [
        ("name", long.as_str()),
        ("email", "a@example.org\nBcc: b@example.org"),
        ("contact_roles", "king"),
        ("telephone", "<b>"),
        ("contact_form", ""),
        ("card_number", "12 34"),
    ] {
        let fields: Vec<_> = CONTACT
            .iter()
            .copied()
            .filter(|(name, _)| *name != field)
            .chain([(field, value), ("origin", "post")])
            .collect();
        let reply = office.post(&staff, &format!("/customers/{id}/contacts/new"), &fields).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(reply.text().contains(&format!("href=\"#{field}\"")), "{field}");
    }
    let reply = add_contact(&office, &staff, &id, &[("origin", "rumour")]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    let hostile = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)>";
    let fields = [("name", hostile), ("contact_form", "person"), ("origin", "post")];
    assert_eq!(
        office.post(&staff, &format!("/customers/{id}/contacts/new"), &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let page = office.get(&staff, &format!("/customers/{id}")).await.text();
    assert!(!page.contains("<img") && page.contains("&#60;img"));
    let many: Vec<_> = (0..3000).map(|_| ("name", "x")).collect();
    assert_eq!(office.post(&staff, "/new-customer", &many).await.status, StatusCode::BAD_REQUEST);
    let huge = "x".repeat(600 * 1024);
    assert_eq!(office.post(&staff, "/new-customer", &[("name", &huge)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn customers_are_found_by_name_kind_and_service() {
    let office = Office::open().await;
    let staff = office.sign_in(Role::Staff, "").await;
    let [a, b] = [
        office.customer("Äänekosken hyvinvointi", "service-provider").await,
        office.customer("100 % Oy", "system-vendor").await,
    ];
    office.add("service-use", &a, &[("service", "social-welfare"), ("started", "2026-01-01")]).await;
    for (query, found) in [
        ("text=%C3%84%C3%84NE", vec![&a]),
        ("text=100%20%25", vec![&b]),
        ("text=%25", vec![&b]),
        ("kind=system-vendor", vec![&b]),
        ("service=social-welfare", vec![&a]),
        ("text=nobody", vec![]),
        ("", vec![&a, &b]),
    ] {
        let page = office.get(&staff, &format!("/customers?{query}")).await.text();
        for id in [&a, &b] {
            assert_eq!(page.contains(&format!("/customers/{id}\"")), found.contains(&id), "{query}");
        }
    }
}

#[tokio::test]
async fn the_eight_roles_and_the_services_are_those_of_the_notice() {
    let office = Office::open().await;
    let id = office.customer("Kunta", "service-provider").await;
    let staff = office.sign_in(Role::Staff, "").await;
    let page = office.get(&staff, &format!("/customers/{id}/contacts/new")).await.text();
    assert_eq!(page.matches("name=\"contact_roles\"").count(), 8);
    let page = office.get(&staff, &format!("/customers/{id}/services/new")).await.text();
    for service in [
        "Prescription Service",
        "Patient Data Repository",
        "Kelain",
        "Medicines Database",
        "Kanta client test service",
        "direct reimbursement",
        "medicine purchase",
    ] {
        assert!(page.contains(service), "{service}");
    }
}

#[tokio::test]
async fn a_professional_who_uses_kelain_has_what_the_notice_lists() {
    let office = Office::open().await;
    let id = office
        .add(
            "customer",
            "",
            &[
                ("name", "Leena Lääkäri"),
                ("customer_kind", "kelain-professional"),
                ("language", "fi"),
                ("profession", "physician"),
            ],
        )
        .await;
    office.add("service-use", &id, &[("service", "kelain"), ("started", "2025-02-01")]).await;
    let contact = [
        ("name", "Leena Lääkäri"),
        ("contact_form", "person"),
        ("email", "leena@example.org"),
        ("telephone", "040 1234567"),
        ("card_number", "98765432"),
    ];
    let contact = office.add("contact", &id, &contact).await;
    let staff = office.sign_in(Role::Staff, "").await;
    let page = office.get(&staff, &format!("/customers/{id}/contacts/{contact}")).await.text();
    for value in ["Leena Lääkäri", "98765432", "040 1234567", "leena@example.org"] {
        assert!(page.contains(value), "{value}");
    }
    assert!(office.get(&staff, &format!("/customers/{id}")).await.text().contains("1 February 2025"));
}

#[tokio::test]
async fn a_record_is_removed_with_a_persons_word_and_what_is_permanent_never() {
    let office = Office::open().await;
    let id = office.customer("Kunta", "service-provider").await;
    let staff = office.sign_in(Role::Staff, "").await;
    add_contact(&office, &staff, &id, &[("origin", "post")]).await;
    let path = format!("/customers/{id}/contacts/{}/remove", only_contact(&office, &id).await);
    assert_eq!(office.post(&staff, &path, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    only_contact(&office, &id).await;
    assert_eq!(office.post(&staff, &path, &[("sure", "yes")]).await.status, StatusCode::SEE_OTHER);
    let kind = kantakoe_office::register::kind_of("contact").expect("kind");
    assert!(office.app.store.records(kind, &id).await.expect("records").is_empty());
    let paper = [("paper", "commitment"), ("service", "kelain"), ("signed", "2026-01-01")];
    let paper = office.add("paper", &id, &paper).await;
    let reply = office.post(&staff, &format!("/customers/{id}/papers/{paper}/remove"), &[("sure", "yes")]).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert!(!office.get(&staff, &format!("/customers/{id}/papers/{paper}")).await.text().contains("Remove"));
}
