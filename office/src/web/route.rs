//! A route: method, path, who may use it, and what it does.

use std::future::Future;
use std::pin::Pin;

use http::Method;

use super::answer::Answer;
use super::failure::Failure;
use super::visit::Visit;
use crate::access::Access;

/// What comes of a request.
pub(super) type Outcome = Result<Answer, Failure>;
/// Code of a page.
pub(super) type Handler = fn(Visit) -> Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// A route. The list of them is the router: there is no other way to a page.
#[derive(Clone, Copy)]
pub struct Route {
    /// GET or POST.
    pub method: &'static str,
    /// Path, with varying parts in braces; `{customer}` names the customer that the data belong to.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// Whether a file may come with it.
    pub takes_file: bool,
    pub(super) handler: Handler,
}

impl Route {
    /// A route that shows.
    pub(super) const fn get(path: &'static str, access: Access, handler: Handler) -> Self {
        Self { method: "GET", path, access, takes_file: false, handler }
    }

    /// A route that changes.
    pub(super) const fn post(path: &'static str, access: Access, handler: Handler) -> Self {
        Self { method: "POST", path, access, takes_file: false, handler }
    }

    /// With a file.
    pub(super) const fn with_file(mut self) -> Self {
        self.takes_file = true;
        self
    }

    /// Method and path, its name in the access log.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it changes something.
    pub(super) fn changes(&self) -> bool {
        self.method == Method::POST.as_str()
    }
}

/// The handler of an async function of a page.
macro_rules! page {
    ($function:path) => {
        |visit| Box::pin($function(visit))
    };
}
pub(super) use page;
