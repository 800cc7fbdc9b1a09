//! Role by route by owner: all denied but what `tests/access.toml` lists. The routes are those of the router.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use http::{Request, StatusCode, header};
use kantakoe_office::access::Role;
use kantakoe_office::register::KINDS;
use kantakoe_office::web::routes;

use crate::support::{Office, Visitor};

fn table() -> BTreeMap<String, Vec<String>> {
    let text = include_str!("../access.toml");
    let table: toml::Table = text.parse().expect("toml");
    let row = |(name, value): (String, toml::Value)| {
        let who = value.as_array().expect("a list").iter().map(|who| who.as_str().expect("a text").to_owned());
        (name, who.collect())
    };
    table.into_iter().map(row).collect()
}

/// A customer with one record of each kind.
struct Owner {
    customer: String,
    records: BTreeMap<&'static str, String>,
}

async fn owner(office: &Office, name: &str) -> Owner {
    let customer = office.customer(name, "service-provider").await;
    let mut records = BTreeMap::from([("basics", customer.clone())]);
    for kind in KINDS.iter().skip(1) {
        records.insert(kind.path, office.add(kind.code, &customer, &sample(kind, &records)).await);
    }
    Owner { customer, records }
}

/// Values that a record of `kind` may hold.
fn sample<'a>(
    kind: &'static kantakoe_office::register::RecordKind,
    records: &'a BTreeMap<&'static str, String>,
) -> Vec<(&'a str, &'a str)> {
    use kantakoe_office::register::FieldForm;
    let needed = kind.fields.iter().filter(|field| field.required);
    let value = |form: FieldForm| match form {
        FieldForm::One(_, choices) => choices[0],
        FieldForm::Date => "2026-01-15",
        FieldForm::Oid | FieldForm::Oids => "1.2.246.10.99999991.10.0",
        FieldForm::Reference(code) | FieldForm::AnyReference(code) => {
            let path = KINDS.iter().find(|kind| kind.code == code).expect("kind").path;
            records[path].as_str()
        }
        _ => "Esimerkki",
    };
    needed.map(|field| (field.name, value(field.form))).collect()
}

fn path_of(route: &str, owner: &Owner) -> String {
    let part = route.split('/').nth(3).unwrap_or_default();
    let record = owner.records.get(part).map_or("none", String::as_str);
    let path = route.replace("{customer}", &owner.customer).replace("{record}", record);
    let mut filled = String::new();
    for part in path.split('/').skip(1) {
        filled.push('/');
        filled.push_str(if part.starts_with('{') { "none" } else { part });
    }
    filled
}

async fn call(office: &Office, visitor: &Visitor, method: &str, path: &str) -> crate::support::Reply {
    if method == "GET" { office.get(visitor, path).await } else { office.post(visitor, path, &[]).await }
}

#[tokio::test]
async fn the_table_and_the_router_name_the_same_routes() {
    let router: BTreeSet<String> = routes().map(|route| route.name()).collect();
    let table: BTreeSet<String> = table().into_keys().collect();
    let unlisted: Vec<_> = router.difference(&table).collect();
    let gone: Vec<_> = table.difference(&router).collect();
    assert!(unlisted.is_empty() && gone.is_empty(), "not in the table: {unlisted:#?}\nno longer there: {gone:#?}");
}

#[tokio::test]
async fn all_is_denied_but_what_is_listed() {
    let office = Office::open().await;
    let [own, other] = [owner(&office, "Oma").await, owner(&office, "Toinen").await];
    let table = table();
    let mut wrong = Vec::new();
    for route in routes() {
        let listed = &table[&route.name()];
        let is_open = |who: &str| listed.iter().any(|listed| listed == who);
        for owner in [&own, &other] {
            let path = path_of(route.path, owner);
            let is_own = owner.customer == own.customer;
            let reply = call(&office, &Visitor::default(), route.method, &path).await;
            // A form of one who is not signed in is refused for its token, which is no matter of roles.
            let expected = is_open("public") && route.method == "GET";
            if reply.was_let_in() != expected {
                wrong.push(format!("nobody: {} is {}", route.name(), reply.status));
            }
            for role in Role::ALL {
                let customer = if role.is_for_a_customer() { own.customer.as_str() } else { "" };
                let visitor = office.sign_in(role, customer).await;
                let reply = call(&office, &visitor, route.method, &path).await;
                let names_owner = route.path.contains("{customer}");
                let own_right = is_open(&format!("{} own", role.code())) && (is_own || !names_owner);
                let expected = is_open("signed-in") || is_open(role.code()) || own_right;
                let is_public_form = is_open("public") && route.method == "POST";
                let expected = expected || (is_open("public") && !is_public_form);
                if reply.was_let_in() != expected {
                    wrong.push(format!("{} {is_own}: {path} is {}", role.code(), reply.status));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn a_record_under_another_customers_address_is_not_there() {
    let office = Office::open().await;
    let [own, other] = [owner(&office, "Oma").await, owner(&office, "Toinen").await];
    let customer = office.sign_in(Role::Customer, &own.customer).await;
    let staff = office.sign_in(Role::Staff, "").await;
    let officer = office.sign_in(Role::DataProtectionOfficer, "").await;
    let mixed = Owner { customer: own.customer.clone(), records: other.records };
    for route in routes().filter(|route| route.path.contains("{record}")) {
        let path = path_of(route.path, &mixed);
        for visitor in [&customer, &staff, &officer] {
            let reply = call(&office, visitor, route.method, &path).await;
            let is_hidden = matches!(reply.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN);
            assert!(is_hidden, "{} {}: {}", visitor.login, route.name(), reply.status);
            assert!(!reply.text().contains("Toinen"), "{}", route.name());
        }
    }
}

#[tokio::test]
async fn no_form_without_its_token_changes_anything() {
    let office = Office::open().await;
    let own = owner(&office, "Oma").await;
    for route in routes().filter(|route| route.method == "POST") {
        for role in Role::ALL {
            let customer = if role.is_for_a_customer() { own.customer.as_str() } else { "" };
            let mut visitor = office.sign_in(role, customer).await;
            visitor.token = "0".repeat(43);
            let reply = call(&office, &visitor, "POST", &path_of(route.path, &own)).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{} {}", role.code(), route.name());
        }
    }
    let visitor = office.sign_in(Role::Staff, "").await;
    let request = Request::post("/new-customer")
        .header(header::COOKIE, &visitor.cookie)
        .header(header::ORIGIN, "https://evil.example")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("form-token={}", visitor.token)));
    assert_eq!(office.send(request.expect("request")).await.status, StatusCode::FORBIDDEN);
}
