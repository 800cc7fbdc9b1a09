//! What stands around every page, and the page's bytes.

use askama::Template;

use super::block::{Block, Page};
use super::field::{Field, FieldKind};
use crate::words::{Language, Words};

/// What stands around a page.
pub struct Frame<'a> {
    /// Texts of the reader's language.
    pub words: &'static Words,
    /// Links of the navigation.
    pub navigation: Vec<NavigationLink>,
    /// Who is signed in, and in which role.
    pub signed_in: Option<(&'a str, String)>,
    /// What every form carries.
    pub token: &'a str,
    /// The page's own address, to come back to after a change of language.
    pub path: &'a str,
    /// Whether this is a rehearsal.
    pub rehearsal: bool,
}

/// A link of the navigation.
pub struct NavigationLink {
    /// Where to.
    pub address: &'static str,
    /// What it says.
    pub text: &'static str,
    /// Whether the reader is there.
    pub current: bool,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Whole<'a> {
    frame: &'a Frame<'a>,
    words: &'static Words,
    page: &'a Page,
    languages: [Language; 3],
}

/// The page's HTML.
pub fn render(frame: &Frame<'_>, page: &Page) -> String {
    let whole = Whole { frame, words: frame.words, page, languages: Language::ALL };
    whole.render().expect("a page of texts is always written")
}

impl Whole<'_> {
    fn wrong(&self) -> Vec<&Field> {
        let forms = self.page.blocks.iter().filter_map(|block| match block {
            Block::Form(form) => Some(form.wrong_fields()),
            _ => None,
        });
        forms.flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, render};
    use crate::page::{Block, Field, FieldKind, Form, NoticeKind, Page};
    use crate::words::{Language, Words};

    #[test]
    fn what_people_wrote_is_never_markup() {
        let hostile = "<script>alert('x')</script>\"><b>";
        let words = Words::of(Language::Sv);
        let form = Form {
            fields: vec![Field {
                error: hostile.to_owned(),
                ..Field::of(FieldKind::Lines, "a", hostile).value(hostile)
            }],
            ..Form::default()
        };
        let page =
            Page::new(hostile).notice(NoticeKind::Done, hostile, vec![hostile.to_owned()]).with(Block::Form(form));
        let navigation = Vec::new();
        let signed_in = Some((hostile, hostile.to_owned()));
        let frame = Frame { words, navigation, signed_in, token: hostile, path: hostile, rehearsal: true };
        let html = render(&frame, &page);
        assert!(!html.contains("<script") && !html.contains("<b>"));
        assert!(html.contains("lang=\"sv\"") && html.contains("aria-invalid=\"true\""));
    }
}
