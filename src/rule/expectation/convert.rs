//! The value of a member as its kind takes it; what it cannot be is a mistake at its place.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::DeValue;

use super::member::MemberValue;
use super::{MemberKind, Prohibited};
use crate::domain::Controller;
use crate::rule::FindingCode;
use crate::source::{Diagnostic, Diagnostics, SourceFile, Span, suggestion};

/// The names of a scenario that lead somewhere.
#[derive(Debug, Default)]
pub struct ScenarioNames {
    /// Of documents: given ones, and steps that make one.
    pub documents: BTreeSet<String>,
    pub steps: BTreeSet<String>,
    /// Of forms that wait.
    pub forms: BTreeSet<String>,
}

/// Reads values of one file and collects what is wrong with them.
pub(super) struct ValueReader<'a> {
    pub file: &'a SourceFile,
    pub names: &'a ScenarioNames,
    pub mistakes: Diagnostics,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl ValueReader<'_> {
    /// Notes a mistake at `span`.
    pub fn mistake(&mut self, span: Span, title: impl Into<String>, hint: impl Into<String>) {
        self.mistakes.push(Diagnostic::new(self.file, span, title, hint));
    }

    /// The value as `kind` takes it; `None` when it is noted as a mistake.
    pub fn read(&mut self, member: &str, kind: MemberKind, value: &Value<'_>) -> Option<MemberValue> {
        match kind {
            MemberKind::Flag => match value.get_ref().as_bool() {
                Some(flag) => Some(MemberValue::Flag(flag)),
                None => self.wrong_type(member, value, "true or false"),
            },
            MemberKind::Number(least) => self.number(member, least, value).map(MemberValue::Number),
            MemberKind::Numbers => {
                self.list(member, value, |reader, item| reader.number(member, 1, item)).map(MemberValue::Numbers)
            }
            MemberKind::SeveralOf(words) => self.several(member, words, value).map(MemberValue::Texts),
            MemberKind::Documents => self
                .list(member, value, |reader, item| reader.text_of(member, MemberKind::Document, item))
                .map(MemberValue::Texts),
            MemberKind::Finding => self.finding(member, value).map(MemberValue::Finding),
            MemberKind::Prohibited => self.prohibited(member, value).map(MemberValue::Prohibited),
            MemberKind::Text
            | MemberKind::OneOf(_)
            | MemberKind::DocumentType
            | MemberKind::Step
            | MemberKind::Document
            | MemberKind::WaitingForm => self.text_of(member, kind, value).map(MemberValue::Text),
        }
    }

    fn wrong_type<T>(&mut self, member: &str, value: &Value<'_>, wanted: &str) -> Option<T> {
        let title = format!("`{member}` is of type {}", value.get_ref().type_str());
        self.mistake(value.span(), title, format!("write {wanted}"));
        None
    }

    fn number(&mut self, member: &str, least: usize, value: &Value<'_>) -> Option<usize> {
        let Some(written) = value.get_ref().as_integer() else {
            return self.wrong_type(member, value, "a whole number");
        };
        let number = usize::from_str_radix(written.as_str(), written.radix()).ok();
        let number = number.filter(|number| (least..=MOST).contains(number));
        if number.is_none() {
            let title = format!("`{member}` is not a number from {least} to {MOST}");
            self.mistake(value.span(), title, format!("write a whole number from {least}"));
        }
        number
    }

    fn list<T>(
        &mut self,
        member: &str,
        value: &Value<'_>,
        item: impl Fn(&mut Self, &Value<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Some(items) = value.get_ref().as_array() else { return self.wrong_type(member, value, "a list") };
        let read: Vec<Option<T>> = items.iter().map(|one| item(self, one)).collect();
        read.into_iter().collect()
    }

    fn several(&mut self, member: &str, words: &'static [&'static str], value: &Value<'_>) -> Option<Vec<String>> {
        let list = self.list(member, value, |reader, item| reader.text_of(member, MemberKind::OneOf(words), item))?;
        if list.is_empty() {
            self.mistake(value.span(), format!("`{member}` is empty"), format!("one or more of {}", words.join(", ")));
            return None;
        }
        Some(list)
    }

    fn text<'v>(&mut self, member: &str, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            return self.wrong_type(member, value, "a text in quotation marks");
        }
        text
    }

    fn text_of(&mut self, member: &str, kind: MemberKind, value: &Value<'_>) -> Option<String> {
        let text = self.text(member, value)?;
        let names = self.names;
        let mistake = match kind {
            MemberKind::OneOf(words) => unknown(member, text, words.iter().copied()),
            MemberKind::Step => unknown("step", text, names.steps.iter().map(String::as_str)),
            MemberKind::Document => unknown("document", text, names.documents.iter().map(String::as_str)),
            MemberKind::WaitingForm => unknown("form", text, names.forms.iter().map(String::as_str)),
            MemberKind::DocumentType => not_a_document_type(text),
            _ => text.trim().is_empty().then(|| (format!("`{member}` is empty"), "write a text".to_owned())),
        };
        match mistake {
            None => Some(text.to_owned()),
            Some((title, hint)) => {
                self.mistake(value.span(), title, hint);
                None
            }
        }
    }

    fn finding(&mut self, member: &str, value: &Value<'_>) -> Option<FindingCode> {
        let text = self.text(member, value)?;
        let code = text.parse().ok();
        if code.is_none() {
            let known = FindingCode::ALL.map(FindingCode::as_str);
            self.mistake(value.span(), format!("unknown finding `{text}`"), finding_hint(text, &known));
        }
        code
    }

    fn prohibited(&mut self, member: &str, value: &Value<'_>) -> Option<Prohibited> {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_type(member, value, "a table: { document = \"…\" }");
        };
        let mut members = table.iter();
        let (Some((name, target)), None) = (members.next(), members.next()) else {
            self.mistake(value.span(), "a prohibition meets one thing", "one of document, service-task, controller");
            return None;
        };
        match &**name.get_ref() {
            "document" => self.text_of("document", MemberKind::Document, target).map(Prohibited::Document),
            "service-task" => self.text_of("service-task", MemberKind::Text, target).map(Prohibited::ServiceTask),
            "controller" => {
                let named = self.text_of("controller", MemberKind::OneOf(&Controller::NAMES), target)?;
                Controller::named(&named).map(Prohibited::Controller)
            }
            other => {
                let hint = suggestion(other, ["document", "service-task", "controller"]);
                self.mistake(name.span(), format!("unknown member `{other}` of `{member}`"), hint);
                None
            }
        }
    }
}

/// The largest number of anything in a scenario.
const MOST: usize = 10_000;

/// Title and hint of the mistake, where `text` is none of `known`.
fn unknown<'k>(what: &str, text: &str, known: impl Iterator<Item = &'k str>) -> Option<(String, String)> {
    let known: Vec<&str> = known.collect();
    let hint =
        if known.is_empty() { format!("the scenario has no {what}") } else { suggestion(text, known.iter().copied()) };
    (!known.contains(&text)).then(|| (format!("unknown {what} `{text}`"), hint))
}

fn not_a_document_type(text: &str) -> Option<(String, String)> {
    let is_right = (4..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (!is_right).then(|| (format!("`{text}` is not a specific document type"), "write it like 19005".to_owned()))
}

/// The nearest code, or where all of them stand: there are too many for a hint.
fn finding_hint(text: &str, known: &[&str]) -> String {
    let hint = suggestion(text, known.iter().copied());
    if hint.starts_with("did") { hint } else { "`kantakoe explain --list` prints them all".to_owned() }
}
