//! Every route, with who may use it.

use std::sync::LazyLock;

use super::access::{
    ADMINISTRATOR, ARCHIVIST, COORDINATOR, OFFICER, PERSONS_RIGHTS, REGISTER, REGISTER_AND_OWN, STAFF,
};
use super::route::{Route, page};
use super::{
    account, accounts, attachments, co_testing, customers, desk, handing_on, home, imports, language, lists, log_page,
    messages, notice, person, provider, records, rehearsal, resources, retention, rights, sign_in, welcome,
};
use crate::access::Access::{Public, SignedIn};
use crate::register::KINDS;

const FIXED: &[Route] = &[
    Route::get("/static/office.css", Public, page!(resources::style)),
    Route::get("/health", Public, page!(resources::health)),
    Route::get("/language/{language}", Public, page!(language::choose)),
    Route::get("/notice", Public, page!(notice::show)),
    Route::get("/sign-in", Public, page!(sign_in::show)),
    Route::post("/sign-in", Public, page!(sign_in::sign_in)),
    Route::get("/provider/start", Public, page!(provider::start)),
    Route::get("/provider/return", Public, page!(provider::back)),
    Route::get("/welcome/{token}", Public, page!(welcome::show)),
    Route::post("/welcome/{token}", Public, page!(welcome::enrol)),
    Route::post("/sign-out", SignedIn, page!(sign_in::sign_out)),
    Route::get("/", SignedIn, page!(home::show)),
    Route::get("/account", SignedIn, page!(account::show)),
    Route::post("/account/right", SignedIn, page!(account::use_right)),
    Route::get("/accounts", ADMINISTRATOR, page!(accounts::list)),
    Route::post("/accounts", ADMINISTRATOR, page!(accounts::add)),
    Route::get("/accounts/{account}", ADMINISTRATOR, page!(accounts::show)),
    Route::post("/accounts/{account}/rights", ADMINISTRATOR, page!(accounts::give)),
    Route::post("/accounts/{account}/rights/{right}/take", ADMINISTRATOR, page!(accounts::take)),
    Route::post("/accounts/{account}/state", ADMINISTRATOR, page!(accounts::set_state)),
    Route::post("/accounts/{account}/invitation", ADMINISTRATOR, page!(accounts::invite)),
    Route::get("/clock", ADMINISTRATOR, page!(rehearsal::show)),
    Route::post("/clock", ADMINISTRATOR, page!(rehearsal::move_clock)),
    Route::get("/log", OFFICER, page!(log_page::search)),
    Route::post("/log/check", OFFICER, page!(log_page::check)),
    Route::get("/customers", REGISTER, page!(customers::list)),
    Route::get("/new-customer", STAFF, page!(records::new_customer)),
    Route::post("/new-customer", STAFF, page!(records::add_customer)),
    Route::get("/customers/{customer}", REGISTER_AND_OWN, page!(customers::show)),
    Route::get("/customers/{customer}/rights", PERSONS_RIGHTS, page!(rights::show)),
    Route::post("/customers/{customer}/rights/erasure", PERSONS_RIGHTS, page!(rights::erase)),
    Route::post("/customers/{customer}/rights/portability", PERSONS_RIGHTS, page!(rights::port)),
    Route::get("/customers/{customer}/contacts/{record}/data", OFFICER, page!(person::show)),
    Route::get("/customers/{customer}/contacts/{record}/data.json", OFFICER, page!(person::show_json)),
    Route::get("/customers/{customer}/desk", ARCHIVIST, page!(desk::show)),
    Route::get("/customers/{customer}/desk/log", ARCHIVIST, page!(desk::log)),
    Route::get("/customers/{customer}/desk/documents/{document}", ARCHIVIST, page!(desk::document)),
    Route::post("/customers/{customer}/desk/documents/{document}/compare", ARCHIVIST, page!(desk::compare)),
    Route::post("/customers/{customer}/desk/documents/{document}/nullify", ARCHIVIST, page!(desk::nullify)),
    Route::get("/persons", OFFICER, page!(person::search)),
    Route::get("/me", SignedIn, page!(person::own)),
    Route::get("/me.json", SignedIn, page!(person::own_json)),
    Route::get("/imports", STAFF, page!(imports::list)),
    Route::post("/imports", STAFF, page!(imports::read)).with_file(),
    Route::get("/imports/{import}", STAFF, page!(imports::show)),
    Route::post("/imports/{import}/take-over", STAFF, page!(imports::take_over)),
    Route::post("/imports/{import}/drop", STAFF, page!(imports::drop_file)),
    Route::get("/calendar", STAFF, page!(co_testing::calendar)),
    Route::get("/lists", STAFF, page!(lists::show)),
    Route::get("/lists.csv", STAFF, page!(lists::export)),
    Route::get("/messages", STAFF, page!(messages::list)),
    Route::get("/messages/new", STAFF, page!(messages::new)),
    Route::post("/messages/new", STAFF, page!(messages::add)),
    Route::get("/messages/{message}", STAFF, page!(messages::show)),
    Route::post("/messages/{message}/change", STAFF, page!(messages::change)),
    Route::post("/messages/{message}/send", STAFF, page!(messages::send)),
    Route::post("/messages/{message}/retry", STAFF, page!(messages::retry)),
    Route::post("/undelivered", STAFF, page!(messages::undelivered)).with_file(),
    Route::get("/answers/{token}", Public, page!(messages::answer_form)),
    Route::post("/answers/{token}", Public, page!(messages::answer)),
    Route::get("/invoicing", STAFF, page!(handing_on::invoicing)),
    Route::post("/invoicing", STAFF, page!(handing_on::hand_on)),
    Route::get("/disclosures", REGISTER, page!(handing_on::disclosures)),
    Route::post("/disclosures", STAFF, page!(handing_on::disclose)),
    Route::get("/retention", REGISTER, page!(retention::show)),
    Route::post("/retention/clock", REGISTER, page!(retention::confirm)),
];

/// All routes: the fixed ones, and those of each kind of records.
static ALL: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let mut all = FIXED.to_vec();
    for kind in KINDS {
        // A path lives as long as the program, as the fixed ones do.
        let path = |end: &str| -> &'static str { format!("/customers/{{customer}}/{}{end}", kind.path).leak() };
        if kind.code != "customer" {
            all.push(Route::get(path("/new"), kind.writers, page!(records::new)));
            all.push(Route::post(path("/new"), kind.writers, page!(records::add)));
        }
        if matches!(kind.code, "system" | "co-test") {
            all.push(Route::post(path("/{record}/files"), kind.writers, page!(attachments::add)).with_file());
            all.push(Route::get(path("/{record}/files/{file}"), kind.readers, page!(attachments::download)));
            all.push(Route::get(path("/{record}/files/{file}/facts"), kind.readers, page!(attachments::facts)));
        }
        if kind.code == "deployment" {
            all.push(Route::post(path("/{record}/start"), COORDINATOR, page!(co_testing::start)));
            all.push(Route::post(path("/{record}/end"), kind.writers, page!(co_testing::end)));
        }
        if !kind.is_permanent {
            all.push(Route::post(path("/{record}/remove"), kind.writers, page!(records::remove)));
        }
        all.push(Route::get(path("/{record}"), kind.readers, page!(records::show)));
        all.push(Route::get(path("/{record}/change"), kind.writers, page!(records::edit)));
        all.push(Route::post(path("/{record}/change"), kind.writers, page!(records::change)));
    }
    all
});

/// All routes. There is no other way to a page.
pub fn routes() -> impl Iterator<Item = Route> {
    ALL.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::routes;
    use crate::web::navigation::PAGES;

    #[test]
    fn the_navigation_leads_where_its_reader_may_go() {
        for (address, _, access) in PAGES {
            let route = routes().find(|route| route.method == "GET" && route.path == *address);
            assert_eq!(route.map(|route| route.access), Some(*access), "{address}");
        }
    }
}
