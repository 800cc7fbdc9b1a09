//! The first page.

use super::answer::Answer;
use super::navigation::reachable;
use super::route::Outcome;
use super::visit::Visit;
use crate::access::Role;
use crate::page::{Block, Link, NoticeKind, Page};

/// What the reader can go to, and what waits.
pub(super) async fn show(visit: Visit) -> Outcome {
    let acting = visit.acting()?;
    let mut page = Page::new(visit.words.fill("home.title", &[("name", &acting.name)]));
    if acting.right.is_none() {
        let line = visit.t("home.no-right-then");
        page = page.notice(NoticeKind::Information, visit.t("home.no-right"), vec![line]);
        page = page.with(Block::Links(vec![Link::new("/account", visit.t("page.account"))]));
    }
    let own = acting.customer();
    let own = match acting.role() {
        Some(Role::Customer) => Some(Link::new(format!("/customers/{own}"), visit.t("home.own-customer"))),
        Some(Role::Archivist) => Some(Link::new(format!("/customers/{own}/desk"), visit.t("desk.title"))),
        _ => None,
    };
    let others = reachable(&visit).map(|(address, key)| Link::new(address, visit.t(key)));
    let links = own.into_iter().chain(others).collect();
    Ok(Answer::page(page.with(Block::Links(links))))
}
