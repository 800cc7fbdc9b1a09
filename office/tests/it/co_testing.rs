//! Co-testing and deployment through the pages: remarks, calendar, files of a run, the checklist, start and end.

use http::StatusCode;
use kantakoe_office::access::Role;
use kantakoe_office::register::kind_of;

use crate::imports::upload;
use crate::support::Office;

const REPORT: &str = r#"{"schema":"kantakoe-report/1","outcome":"fail","header":{"harness":"kantakoe 0.1.0","profile":"p",
"system":{"name":"Sosiaali","version":"2","vendor":"Esimerkki"},"tls":false,"suite-digest":"aa"},"scenarios":[
{"id":"storage/store","outcome":"pass"},{"id":"log/use-log","outcome":"not-applicable"}],"volatile":{"evidence-root":"ee"}}"#;

async fn vendor(office: &Office) -> (String, String) {
    let vendor = office.customer("Toimittaja", "system-vendor").await;
    let system = [
        ("name", "Sosiaali"),
        ("system_version", "2"),
        ("system_class", "a3"),
        ("certificate_until", "2027-03-01"),
        ("requirements_shown", "2026-01-01"),
    ];
    let system = office.add("system", &vendor, &system).await;
    (vendor, system)
}

#[tokio::test]
async fn a_registration_is_followed_by_remarks_and_stands_in_the_calendar() {
    let office = Office::open().await;
    let (vendor, system) = vendor(&office).await;
    let own = office.sign_in(Role::Customer, &vendor).await;
    let coordinator = office.sign_in(Role::Coordinator, "").await;
    let fields = [
        ("system", system.as_str()),
        ("contents", "Tallennus"),
        ("registered", "2026-11-30"),
        ("period_start", "2027-01-06"),
        ("period_end", "2027-07-02"),
        ("statement_draft", "by the vendor"),
    ];
    let reply = office.post(&own, &format!("/customers/{vendor}/co-tests/new"), &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    let test = office.app.store.records(kind_of("co-test").expect("kind"), &vendor).await.expect("records").remove(0);
    assert_eq!(test.text("statement_draft"), "", "drafts are the coordinator's");
    let page = office.get(&coordinator, &format!("/customers/{vendor}/co-tests/{}", test.id)).await.text();
    for remark in ["less than two months before testing", "system form is missing", "no co-testing in July"] {
        assert!(page.contains(remark), "{remark}");
    }
    let page = office.get(&coordinator, "/calendar").await.text();
    assert!(page.contains("6 January 2027 (no business day in Finland)") && page.contains("Sosiaali 2"), "{page}");
    assert!(page.contains("1 March 2027") && page.contains("Security certificate valid until"));
    let others = office.customer("Muu", "system-vendor").await;
    let fields = [
        ("system", system.as_str()),
        ("contents", "x"),
        ("registered", "2026-11-30"),
        ("period_start", "2027-02-06"),
        ("origin", "post"),
    ];
    let reply = office.post(&coordinator, &format!("/customers/{others}/co-tests/new"), &fields).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "a system of another vendor");
}

#[tokio::test]
async fn facts_of_a_run_are_read_from_its_report_and_said_to_be_the_vendors_own() {
    let office = Office::open().await;
    let (vendor, system) = vendor(&office).await;
    let own = office.sign_in(Role::Customer, &vendor).await;
    let path = format!("/customers/{vendor}/systems/{system}");
    assert_eq!(
        upload(&office, &own, &format!("{path}/files"), &[], REPORT.as_bytes()).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(upload(&office, &own, &format!("{path}/files"), &[], b"%PDF").await.status, StatusCode::SEE_OTHER);
    let files = office.app.store.attachments(&vendor, &system).await.expect("files");
    let facts = office.get(&own, &format!("{path}/files/{}/facts", files[0].id)).await.text();
    for expected in
        ["Sosiaali 2 (Esimerkki)", "pass: 1", "log/use-log: not-applicable", "vendor&#39;s own", &files[0].digest]
    {
        assert!(facts.contains(expected), "{expected}: {facts}");
    }
    let other = office.get(&own, &format!("{path}/files/{}/facts", files[1].id)).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let file = office.get(&own, &format!("{path}/files/{}", files[0].id)).await;
    assert_eq!(file.body, REPORT.as_bytes());
    assert!(file.headers["content-disposition"].to_str().expect("text").starts_with("attachment"));
}

#[tokio::test]
async fn a_deployment_starts_when_everything_is_met_and_ends_a_month_after_it_is_told() {
    let office = Office::open().await;
    let (vendor, system) = vendor(&office).await;
    let provider = office.customer("Kunta", "service-provider").await;
    let coordinator = office.sign_in(Role::Coordinator, "").await;
    let deployment = [
        ("service", "social-welfare"),
        ("system", system.as_str()),
        ("terms_accepted", "2026-11-01"),
        ("code_service_told", "2026-11-01"),
        ("test_reason", "introduction"),
        ("test_passed", "2026-12-04"),
    ];
    let id = office.add("deployment", &provider, &deployment).await;
    let path = format!("/customers/{provider}/deployments/{id}");
    let page = office.get(&coordinator, &path).await.text();
    assert_eq!(page.matches(">not met<").count(), 3, "{page}");
    assert!(page.contains("8 December 2026"), "two business days after a Friday: {page}");
    assert_eq!(office.post(&coordinator, &format!("{path}/start"), &[]).await.status, StatusCode::CONFLICT);
    let issued = [
        ("system", system.as_str()),
        ("contents", "x"),
        ("registered", "2026-01-01"),
        ("period_start", "2026-04-01"),
        ("statement_issued", "2026-10-01"),
    ];
    office.add("co-test", &vendor, &issued).await;
    office
        .add(
            "paper",
            &provider,
            &[("paper", "service-description"), ("service", "social-welfare"), ("signed", "2026-10-01")],
        )
        .await;
    let contact = [
        ("name", "Kaikki"),
        ("contact_form", "person"),
        ("contact_roles", "administrative technical data-protection invoicing archivist-social"),
    ];
    office.add("contact", &provider, &contact).await;
    assert!(!office.get(&coordinator, &path).await.text().contains(">not met<"));
    assert_eq!(office.post(&coordinator, &format!("{path}/start"), &[]).await.status, StatusCode::SEE_OTHER);
    let uses =
        || async { office.app.store.records(kind_of("service-use").expect("kind"), &provider).await.expect("records") };
    assert_eq!(uses().await.iter().map(|used| used.text("started")).collect::<Vec<_>>(), ["2026-11-30"]);
    for (day, status) in [("2026-12-29", StatusCode::CONFLICT), ("2026-12-30", StatusCode::SEE_OTHER)] {
        let own = office.sign_in(Role::Customer, &provider).await;
        assert_eq!(office.post(&own, &format!("{path}/end"), &[("last_day", day)]).await.status, status, "{day}");
    }
    assert_eq!(uses().await.iter().map(|used| used.text("ended")).collect::<Vec<_>>(), ["2026-12-30"]);
}
