//! What a page's code gives back.

use http::StatusCode;

use crate::page::Page;

/// An answer, not yet framed.
#[derive(Debug)]
pub(super) struct Answer {
    pub content: Content,
    /// Contacts whose data are in it, for the access log.
    pub persons: Vec<String>,
    /// Whether the change itself wrote the access log.
    pub logged: bool,
    /// Cookies to set, as header values.
    pub cookies: Vec<String>,
    /// What the access log should say beside the route.
    pub detail: String,
}

/// What is in an answer.
#[derive(Debug)]
pub(super) enum Content {
    Page(StatusCode, Page),
    /// Another address of the office, by GET.
    Redirect(String),
    /// A file: name, media type, bytes.
    File(String, &'static str, Vec<u8>),
    /// Bytes that are no page: media type, bytes.
    Plain(&'static str, Vec<u8>),
}

impl Answer {
    fn of(content: Content) -> Self {
        Self { content, persons: Vec::new(), logged: false, cookies: Vec::new(), detail: String::new() }
    }

    /// A page.
    pub fn page(page: Page) -> Self {
        Self::of(Content::Page(StatusCode::OK, page))
    }

    /// A form again, since something in it is wrong.
    pub fn form_again(page: Page) -> Self {
        Self::of(Content::Page(StatusCode::UNPROCESSABLE_ENTITY, page))
    }

    /// Another address of the office.
    pub fn redirect(address: impl Into<String>) -> Self {
        Self::of(Content::Redirect(address.into()))
    }

    /// A file to keep.
    pub fn file(name: impl Into<String>, media: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self::of(Content::File(name.into(), media, bytes.into()))
    }

    /// Bytes of `media`.
    pub fn plain(media: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self::of(Content::Plain(media, bytes.into()))
    }

    /// With the contacts whose data are in it.
    pub fn showing(mut self, persons: Vec<String>) -> Self {
        self.persons = persons;
        self
    }

    /// That wrote the access log itself.
    pub fn logged(mut self) -> Self {
        self.logged = true;
        self
    }

    /// With a cookie.
    pub fn cookie(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// With what the access log should say.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}
