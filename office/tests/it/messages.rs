//! Distribution lists, messages on their way, answers, reports of mail not delivered, and what leaves the register.

use http::StatusCode;
use kantakoe_office::access::Role;
use kantakoe_office::mail::{Post, deliver_waiting};
use kantakoe_office::register::{Record, kind_of};

use crate::imports::upload;
use crate::support::{Office, Visitor};

async fn contact(office: &Office, customer: &str, name: &str, roles: &str, email: &str) -> String {
    let fields = [("name", name), ("contact_form", "person"), ("contact_roles", roles), ("email", email)];
    office.add("contact", customer, &fields).await
}

async fn filled(office: &Office) -> (String, String) {
    let provider = office.customer("Kunta", "service-provider").await;
    office.add("service-use", &provider, &[("service", "social-welfare"), ("started", "2026-01-01")]).await;
    let vendor = office.customer("Toimittaja", "system-vendor").await;
    contact(office, &provider, "Häiriö", "disruption", "hairio@example.org").await;
    contact(office, &provider, "Laskutus", "invoicing", "lasku@example.org").await;
    contact(office, &provider, "Molemmat", "invoicing administrative", "molemmat@example.org").await;
    contact(office, &provider, "Postiton", "disruption", "").await;
    contact(office, &vendor, "=Tekninen", "technical disruption", "tekninen@example.org").await;
    (provider, vendor)
}

#[tokio::test]
async fn lists_hold_those_of_the_role_the_service_and_the_kind_and_nobody_for_invoicing() {
    let office = Office::open().await;
    filled(&office).await;
    let staff = office.sign_in(Role::Staff, "").await;
    for (query, names) in [
        ("", vec!["Häiriö", "Molemmat", "=Tekninen"]),
        ("role=disruption", vec!["Häiriö", "=Tekninen"]),
        ("role=disruption&service=social-welfare", vec!["Häiriö"]),
        ("kind=system-vendor", vec!["=Tekninen"]),
        ("target=nobody", vec![]),
    ] {
        let page = office.get(&staff, &format!("/lists?{query}")).await.text();
        let file = office.get(&staff, &format!("/lists.csv?{query}")).await.text();
        for name in ["Häiriö", "Laskutus", "Molemmat", "Postiton", "=Tekninen"] {
            assert_eq!(page.contains(&format!(">{name}</a>")), names.contains(&name), "{query} {name}");
            assert_eq!(file.contains(name), names.contains(&name), "{query} {name}");
        }
        assert!(!file.contains("invoicing") && !file.contains("Contact person for invoicing"));
        assert!(!file.lines().any(|line| line.starts_with('=')), "a formula");
    }
}

async fn sent(office: &Office, staff: &Visitor, kind: &str, role: &str) -> String {
    let fields = [("message", kind), ("role", role), ("subject", "Aihe ä"), ("body", "Teksti\nå")];
    let reply = office.post(staff, "/messages/new", &fields).await;
    let path = reply.location().to_owned();
    assert!(office.get(staff, &path).await.text().contains("This has not gone yet"));
    assert_eq!(office.post(staff, &format!("{path}/send"), &[("version", "1")]).await.status, StatusCode::SEE_OTHER);
    path
}

#[tokio::test]
async fn without_a_server_letters_stand_in_files_and_answers_come_by_a_link_of_ones_own() {
    let office = Office::open().await;
    filled(&office).await;
    let staff = office.sign_in(Role::Staff, "").await;
    let path = sent(&office, &staff, "enquiry", "disruption").await;
    let again = office.post(&staff, &format!("{path}/send"), &[("version", "1")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let post = Post::of(&office.app.settings).expect("post");
    let now = office.app.clock.now();
    assert_eq!(
        deliver_waiting(&office.app.store, &post, "http://office.example.org", now).await.expect("delivered"),
        2
    );
    assert_eq!(
        deliver_waiting(&office.app.store, &post, "http://office.example.org", now).await.expect("delivered"),
        0
    );
    let mut links = Vec::new();
    for file in std::fs::read_dir(office.app.settings.folder.join("outbox")).expect("outbox") {
        let bytes = std::fs::read(file.expect("entry").path()).expect("letter");
        let letter = mail_parser::MessageParser::default().parse(&bytes).expect("a letter").into_owned();
        assert_eq!(letter.subject(), Some("Aihe ä"));
        let body = letter.body_text(0).expect("a body").into_owned();
        links.push(body.split("http://office.example.org").nth(1).expect("a link").trim().to_owned());
    }
    assert_eq!(links.len(), 2);
    assert_ne!(links[0], links[1]);
    let nobody = answering(&office, &links[0]).await;
    assert_eq!(office.post(&nobody, &links[0], &[("answer", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(office.post(&nobody, &links[0], &[("answer", "Kyllä <b>")]).await.status, StatusCode::SEE_OTHER);
    let page = office.get(&staff, &path).await.text();
    assert_eq!(page.matches("Kyllä &#60;b&#62;").count(), 1, "{page}");
    assert_eq!(office.get(&nobody, "/answers/0000").await.status, StatusCode::NOT_FOUND);
}

async fn answering(office: &Office, path: &str) -> Visitor {
    let reply = office.get(&Visitor::default(), path).await;
    let cookie = reply.headers["set-cookie"].to_str().expect("text").split(';').next().expect("a cookie").to_owned();
    let page = reply.text();
    let token = page.split("name=\"form-token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    Visitor { cookie, token: token.expect("a token").to_owned(), ..Visitor::default() }
}

async fn contacts(office: &Office, customer: &str) -> Vec<Record> {
    office.app.store.records(kind_of("contact").expect("kind"), customer).await.expect("records")
}

#[tokio::test]
async fn a_report_marks_the_contact_and_lists_pass_it_over() {
    let office = Office::open().await;
    let (provider, _) = filled(&office).await;
    let staff = office.sign_in(Role::Staff, "").await;
    let report = "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
                  --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n\
                  Final-Recipient: rfc822; HAIRIO@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n";
    let reply = upload(&office, &staff, "/undelivered", &[], report.as_bytes()).await;
    assert!(reply.text().contains("Contacts marked as no longer valid: 1"), "{}", reply.text());
    let marked = contacts(&office, &provider).await;
    let invalid: Vec<_> = marked.iter().map(|contact| contact.text("email_invalid_since")).collect();
    assert_eq!(invalid, ["2026-11-30", "", "", ""]);
    assert!(!office.get(&staff, "/lists").await.text().contains(">Häiriö</a>"));
    let reply = upload(&office, &staff, "/undelivered", &[], b"hello").await;
    assert!(reply.text().contains("No report of mail"));
}

#[tokio::test]
async fn what_leaves_the_register_is_recorded_and_reasoned() {
    let office = Office::open().await;
    filled(&office).await;
    let staff = office.sign_in(Role::Staff, "").await;
    let without = office.post(&staff, "/disclosures", &[("authority", "THL")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("authority", "THL"), ("reason", "Koodistopalvelu"), ("role", "technical")];
    let file = office.post(&staff, "/disclosures", &fields).await;
    assert!(file.text().contains("tekninen@example.org") && !file.text().contains("lasku@example.org"));
    let made = office.app.store.disclosures().await.expect("disclosures").remove(0);
    assert_eq!((made.authority.as_str(), made.reason.as_str(), made.contacts), ("THL", "Koodistopalvelu", 1));
    let invoicing = office.post(&staff, "/invoicing", &[]).await.text();
    assert!(
        invoicing.contains("lasku@example.org")
            && invoicing.contains("molemmat@example.org")
            && !invoicing.contains("hairio")
    );
}
