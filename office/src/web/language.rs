//! Choosing the language.

use super::answer::Answer;
use super::cookies::{own_address, secure};
use super::failure::Failure;
use super::route::Outcome;
use super::visit::Visit;
use crate::words::Language;

/// Remembers the language and goes back to the page.
pub(super) async fn choose(visit: Visit) -> Outcome {
    let language = Language::of(visit.parameter("language")).ok_or(Failure::NotFound)?;
    let (tag, secure) = (language.tag(), secure(&visit.app));
    let cookie = format!("language={tag}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
    Ok(Answer::redirect(own_address(visit.query.text("back"))).cookie(cookie))
}
