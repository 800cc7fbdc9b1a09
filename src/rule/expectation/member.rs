//! Members of an expectation: what each is called, what its value is, what it says.

use super::Prohibited;
use crate::rule::FindingCode;

/// A member whose value is read as `T`.
#[derive(Debug)]
pub struct Member<T> {
    /// What it is, for tables of members.
    pub description: MemberDescription,
    /// The value as its type; `None` for a value of another kind.
    pub(super) take: fn(&MemberValue) -> Option<T>,
}

/// What a member is.
#[derive(Debug, Clone, Copy)]
pub struct MemberDescription {
    /// Its name in a scenario.
    pub name: &'static str,
    /// What its value may be.
    pub kind: MemberKind,
    /// Whether it has to be there.
    pub is_needed: bool,
    /// What it says, in a fragment.
    pub sentence: &'static str,
}

/// What the value of a member may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberKind {
    /// `true` or `false`.
    Flag,
    /// A whole number from this one.
    Number(usize),
    /// A list of whole numbers from 1.
    Numbers,
    /// A text that is not empty.
    Text,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of one or more of these words.
    SeveralOf(&'static [&'static str]),
    /// The code of a finding.
    Finding,
    /// A specific document type of four or five digits, whose general type is its number without the last three.
    DocumentType,
    /// The name of a step above.
    Step,
    /// The name of a document: of a `[[given]]` one, or of a step that makes one.
    Document,
    /// A list of names of documents.
    Documents,
    /// The name of a `[[waiting-form]]`.
    WaitingForm,
    /// What a prohibition meets: a table with one of `document`, `service-task`, `controller`.
    Prohibited,
}

/// The value of a member, its names checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MemberValue {
    Flag(bool),
    Number(usize),
    Numbers(Vec<usize>),
    Text(String),
    Texts(Vec<String>),
    Finding(FindingCode),
    Prohibited(Prohibited),
}

/// The member that names the finding which is given when the expectation does not hold.
pub(super) const FINDING: Member<FindingCode> = Member::finding("the finding when it is otherwise");

impl<T> Member<T> {
    const fn new(
        name: &'static str,
        kind: MemberKind,
        sentence: &'static str,
        take: fn(&MemberValue) -> Option<T>,
    ) -> Self {
        Self { description: MemberDescription { name, kind, is_needed: true, sentence }, take }
    }

    /// The same, which may be left out.
    pub(super) const fn optional(self) -> Self {
        let MemberDescription { name, kind, sentence, .. } = self.description;
        Self { description: MemberDescription { name, kind, is_needed: false, sentence }, take: self.take }
    }
}

impl Member<bool> {
    pub(super) const fn flag(name: &'static str, sentence: &'static str) -> Self {
        Self::new(name, MemberKind::Flag, sentence, |value| match value {
            MemberValue::Flag(flag) => Some(*flag),
            _ => None,
        })
    }
}

impl Member<usize> {
    /// A whole number from `least`.
    pub(super) const fn number(name: &'static str, least: usize, sentence: &'static str) -> Self {
        Self::new(name, MemberKind::Number(least), sentence, |value| match value {
            MemberValue::Number(number) => Some(*number),
            _ => None,
        })
    }
}

impl Member<Vec<usize>> {
    pub(super) const fn numbers(name: &'static str, sentence: &'static str) -> Self {
        Self::new(name, MemberKind::Numbers, sentence, |value| match value {
            MemberValue::Numbers(numbers) => Some(numbers.clone()),
            _ => None,
        })
    }
}

impl Member<String> {
    /// A member of one of the kinds that are read as a text.
    pub(super) const fn text(name: &'static str, kind: MemberKind, sentence: &'static str) -> Self {
        Self::new(name, kind, sentence, |value| match value {
            MemberValue::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    pub(super) const fn document(name: &'static str, sentence: &'static str) -> Self {
        Self::text(name, MemberKind::Document, sentence)
    }

    pub(super) const fn step(name: &'static str, sentence: &'static str) -> Self {
        Self::text(name, MemberKind::Step, sentence)
    }

    pub(super) const fn one_of(name: &'static str, words: &'static [&'static str], sentence: &'static str) -> Self {
        Self::text(name, MemberKind::OneOf(words), sentence)
    }
}

impl Member<Vec<String>> {
    const fn texts(name: &'static str, kind: MemberKind, sentence: &'static str) -> Self {
        Self::new(name, kind, sentence, |value| match value {
            MemberValue::Texts(texts) => Some(texts.clone()),
            _ => None,
        })
    }

    pub(super) const fn documents(name: &'static str, sentence: &'static str) -> Self {
        Self::texts(name, MemberKind::Documents, sentence)
    }

    pub(super) const fn several_of(name: &'static str, words: &'static [&'static str], sentence: &'static str) -> Self {
        Self::texts(name, MemberKind::SeveralOf(words), sentence)
    }
}

impl Member<FindingCode> {
    /// The member `finding`.
    pub(super) const fn finding(sentence: &'static str) -> Self {
        Self::new("finding", MemberKind::Finding, sentence, |value| match value {
            MemberValue::Finding(code) => Some(*code),
            _ => None,
        })
    }
}

impl Member<Prohibited> {
    pub(super) const fn prohibited(name: &'static str, sentence: &'static str) -> Self {
        Self::new(name, MemberKind::Prohibited, sentence, |value| match value {
            MemberValue::Prohibited(target) => Some(target.clone()),
            _ => None,
        })
    }
}
