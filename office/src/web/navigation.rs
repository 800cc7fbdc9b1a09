//! The navigation: the pages that a reader may go to.

use super::access::{ADMINISTRATOR, OFFICER, REGISTER, STAFF};
use super::visit::Visit;
use crate::access::Access;
use crate::page::NavigationLink;

/// Address, key of the text and access of each page of the navigation, in its order. A test holds that the access is
/// that of the route.
pub(super) const PAGES: &[(&str, &str, Access)] = &[
    ("/", "navigation.home", Access::SignedIn),
    ("/customers", "navigation.customers", REGISTER),
    ("/persons", "navigation.persons", OFFICER),
    ("/calendar", "navigation.calendar", STAFF),
    ("/lists", "navigation.lists", STAFF),
    ("/messages", "navigation.messages", STAFF),
    ("/imports", "navigation.imports", STAFF),
    ("/invoicing", "navigation.invoicing", STAFF),
    ("/disclosures", "navigation.disclosures", REGISTER),
    ("/retention", "navigation.retention", REGISTER),
    ("/accounts", "navigation.accounts", ADMINISTRATOR),
    ("/clock", "navigation.clock", ADMINISTRATOR),
    ("/log", "navigation.log", OFFICER),
    ("/me", "navigation.own-data", Access::SignedIn),
];

/// The links of the navigation.
pub(super) fn navigation(visit: &Visit) -> Vec<NavigationLink> {
    let path = visit.path.split('?').next().unwrap_or_default();
    let is_there = |address: &str| path == address || (address != "/" && path.starts_with(&format!("{address}/")));
    reachable(visit)
        .map(|(address, key)| NavigationLink { address, text: visit.words.t(key), current: is_there(address) })
        .collect()
}

/// Address and key of the text of the pages that the reader may go to.
pub(super) fn reachable(visit: &Visit) -> impl Iterator<Item = (&'static str, &'static str)> {
    let may = |access: Access| visit.acting.as_ref().is_some_and(|acting| acting.may(access, None));
    let rehearsal = visit.app.settings.rehearsal;
    let is_there = move |address: &str| rehearsal || address != "/clock";
    PAGES
        .iter()
        .filter(move |(address, _, access)| is_there(address) && may(*access))
        .map(|(address, key, _)| (*address, *key))
}
