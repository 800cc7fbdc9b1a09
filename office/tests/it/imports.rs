//! Files of national registers through the pages.

use axum::body::Body;
use http::{Request, StatusCode, header};
use kantakoe_office::access::Role;
use kantakoe_office::register::kind_of;

use crate::support::{Office, Reply, Visitor};

const HEAD: &str = "organisation_oid;business_id;name;profession;language;street;postal_code;town;country\n";
const ROW: &str = "1.2.246.10.2454372.10.0;0245437-2;Esimerkkilä;;fi;Katu 1;00100;Helsinki;Suomi\n";

pub async fn upload(office: &Office, visitor: &Visitor, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Reply {
    let mut body = Vec::new();
    let token = [("form-token", visitor.token.as_str())];
    for (name, value) in token.iter().chain(fields) {
        body.extend_from_slice(
            format!("--upload\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
        );
    }
    let head = "--upload\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file.csv\"\r\n\
                Content-Type: application/octet-stream\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--upload--\r\n");
    let request = Request::post(path)
        .header(header::COOKIE, &visitor.cookie)
        .header("accept-language", "en")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=upload");
    office.send(request.body(Body::from(body)).expect("request")).await
}

async fn read(office: &Office, visitor: &Visitor, rows: &str) -> Reply {
    let source = [("source", "register-organisations")];
    upload(office, visitor, "/imports", &source, format!("{HEAD}{rows}").as_bytes()).await
}

fn shown(page: &str) -> String {
    let rest = page.split_once("name=\"shown\" value=\"").expect("a digest").1;
    rest.split_once('"').expect("an end").0.to_owned()
}

#[tokio::test]
async fn differences_are_shown_then_taken_over_whole_with_their_origin() {
    let office = Office::open().await;
    let staff = office.sign_in(Role::Staff, "").await;
    let reply = read(&office, &staff, ROW).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    let path = reply.location().to_owned();
    let page = office.get(&staff, &path).await.text();
    assert!(page.contains("Esimerkkilä – new"), "{page}");
    assert!(office.app.store.all_records(kind_of("customer").expect("kind"), "", "").await.expect("all").is_empty());
    let taken = office.post(&staff, &format!("{path}/take-over"), &[("shown", &shown(&page))]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let customer =
        office.app.store.all_records(kind_of("customer").expect("kind"), "", "").await.expect("all").remove(0);
    let origins = office.app.store.origins(&customer.id).await.expect("origins");
    assert_eq!(origins["name"].origin, "register-organisations");
    assert_eq!(office.get(&staff, &path).await.status, StatusCode::NOT_FOUND);
    let second = read(&office, &staff, &ROW.replace("Katu 1", "Katu 2")).await;
    let page = office.get(&staff, second.location()).await.text();
    assert!(page.contains("Street address or PO box: &#34;Katu 1&#34; → &#34;Katu 2&#34;"), "{page}");
    assert!(!page.contains("Name: "));
    office.post(&staff, &format!("{}/take-over", second.location()), &[("shown", &shown(&page))]).await;
    let third = read(&office, &staff, &ROW.replace("Katu 1", "Katu 2")).await;
    assert!(office.get(&staff, third.location()).await.text().contains("the register says the same"));
}

#[tokio::test]
async fn what_changed_since_it_was_shown_is_shown_again() {
    let office = Office::open().await;
    let staff = office.sign_in(Role::Staff, "").await;
    let path = read(&office, &staff, ROW).await.location().to_owned();
    let before = shown(&office.get(&staff, &path).await.text());
    office
        .add(
            "customer",
            "",
            &[
                ("name", "Vanha"),
                ("customer_kind", "service-provider"),
                ("language", "sv"),
                ("organisation_oid", "1.2.246.10.2454372.10.0"),
            ],
        )
        .await;
    let reply = office.post(&staff, &format!("{path}/take-over"), &[("shown", &before)]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = reply.text();
    assert!(
        page.contains("nothing was taken over") && page.contains("&#34;Vanha&#34; → &#34;Esimerkkilä&#34;"),
        "{page}"
    );
    office.post(&staff, &format!("{path}/take-over"), &[("shown", &shown(&page))]).await;
    let all = office.app.store.all_records(kind_of("customer").expect("kind"), "", "").await.expect("all");
    assert_eq!(
        all.iter().map(|one| (one.text("name"), one.text("language"))).collect::<Vec<_>>(),
        [("Esimerkkilä", "sv")]
    );
}

#[tokio::test]
async fn a_file_with_one_wrong_row_leaves_nothing_behind() {
    let office = Office::open().await;
    let staff = office.sign_in(Role::Staff, "").await;
    let reply = read(&office, &staff, &format!("{ROW}1.2.3;;;;fi;;;;\n")).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.text().contains("Line 3, column name: This is needed."), "{}", reply.text());
    assert!(office.app.store.waiting_imports().await.expect("waiting").is_empty());
    let huge = vec![b'x'; 21 * 1024 * 1024];
    let reply = upload(&office, &staff, "/imports", &[("source", "register-organisations")], &huge).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
}
