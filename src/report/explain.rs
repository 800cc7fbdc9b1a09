//! What a finding or a requirement means, in plain lines: the answer of `kantakoe explain`.

use super::html::source_line;
use super::nearest::nearest;
use super::texts::Texts;
use crate::domain::RequirementKind;
use crate::rule::{Catalogue, FindingCode, FindingKind, Ground, Requirement};

/// Widest line, in characters.
const WIDTH: usize = 100;
/// Longest name that is looked up, in characters.
const LONGEST_NAME: usize = 60;

/// Neither the code of a finding nor the id of a requirement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no finding or requirement is called {name}{}", did_you_mean(.nearest))]
pub struct UnknownName {
    /// What was asked for, cut to a readable length.
    pub name: String,
    /// The nearest names, best first.
    pub nearest: Vec<String>,
}

/// What `name` means, the code of a finding or the id of a requirement.
///
/// # Errors
/// No such name; with the nearest ones.
pub fn explain(name: &str, catalogue: &Catalogue, texts: &Texts) -> Result<String, UnknownName> {
    if let Some(kind) = catalogue.get_finding(name) {
        let requirement = catalogue.get_requirement(&kind.requirement);
        return Ok(finding(kind, requirement, catalogue, texts));
    }
    match catalogue.get_requirement(&name.to_ascii_uppercase()) {
        Some(found) => Ok(requirement(found, catalogue, texts)),
        None => Err(unknown(name, catalogue)),
    }
}

/// Every code with its title, one a line.
pub fn list_codes(catalogue: &Catalogue, texts: &Texts) -> String {
    let codes: Vec<_> = catalogue.findings().map(|kind| kind.code).collect();
    titled(&codes, texts).join("\n")
}

fn finding(kind: &FindingKind, broken: Option<&Requirement>, catalogue: &Catalogue, texts: &Texts) -> String {
    let (told, label) = (texts.finding(kind.code), &texts.words.label);
    let mut blocks = vec![
        format!("{}\n{}", kind.code, told.title),
        block(&label.cause, &told.cause),
        block(&label.mend, &told.mend),
        block(&label.avoid, &told.avoid),
        block(&label.blame, texts.words.blame.of(kind.blame)),
    ];
    if let Some(broken) = broken {
        blocks.push(block(&label.requirement, &format!("{}: {}", broken.id, broken.text.in_language(texts.language))));
        blocks.extend(about(kind.kind(broken), kind.grounds(broken), catalogue, texts));
        blocks.extend(standing(broken, texts));
    }
    blocks.join("\n\n")
}

fn requirement(found: &Requirement, catalogue: &Catalogue, texts: &Texts) -> String {
    let broken_by = catalogue.findings().filter(|kind| kind.requirement == found.id);
    let codes: Vec<_> = broken_by.map(|kind| kind.code).collect();
    let mut blocks = vec![format!("{}\n{}", found.id, fold(found.text.in_language(texts.language), WIDTH).join("\n"))];
    blocks.extend(about(found.kind, &found.grounds, catalogue, texts));
    blocks.extend(standing(found, texts));
    blocks.push(indented(&texts.words.label.findings, titled(&codes, texts)));
    blocks.join("\n\n")
}

/// What the rule is about, and the sentences on which it rests where it is conduct.
fn about(kind: RequirementKind, grounds: &[String], catalogue: &Catalogue, texts: &Texts) -> Vec<String> {
    let words = &texts.words;
    let meaning = format!("{}: {}", words.kind.of(kind), words.kind_meaning.of(kind));
    let sentence = |ground: &Ground| format!("“{}” ({})", ground.sentence, source_line(&ground.source));
    let lines = grounds.iter().filter_map(|id| catalogue.ground(id)).flat_map(|one| fold(&sentence(one), WIDTH - 2));
    let grounds = indented(&words.label.grounds, lines.collect());
    let has_grounds = kind == RequirementKind::Conduct;
    [block(&words.label.kind, &meaning)].into_iter().chain(has_grounds.then_some(grounds)).collect()
}

/// How binding the requirement is, how well it is known, and where it stands.
fn standing(requirement: &Requirement, texts: &Texts) -> [String; 3] {
    let words = &texts.words;
    let class = words.evidence.of(requirement.evidence);
    let meaning = words.evidence_meaning.of(requirement.evidence);
    [
        block(&words.label.level, words.level.of(requirement.level)),
        block(&words.label.evidence, &format!("{class}: {meaning}")),
        block(&words.label.source, &source_line(&requirement.source)),
    ]
}

fn titled(codes: &[FindingCode], texts: &Texts) -> Vec<String> {
    let width = codes.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
    codes.iter().map(|code| format!("{code:width$}  {}", texts.finding(*code).title)).collect()
}

fn block(label: &str, text: &str) -> String {
    indented(label, fold(text, WIDTH - 2))
}

fn indented(label: &str, lines: Vec<String>) -> String {
    lines.into_iter().fold(label.to_owned(), |text, line| text + "\n  " + &line)
}

/// `text` in lines of at most `width` characters, broken between words.
fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn unknown(name: &str, catalogue: &Catalogue) -> UnknownName {
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
    let codes = catalogue.findings().map(|kind| kind.code.as_str());
    let ids = catalogue.requirements().map(|requirement| requirement.id.as_str());
    let nearest = nearest(&name, codes.chain(ids)).into_iter().map(str::to_owned).collect();
    UnknownName { name, nearest }
}

fn did_you_mean(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("; nearest: {}", nearest.join(", ")) }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::{prop_assert, proptest};

    use super::{WIDTH, explain, fold, list_codes};
    use crate::report::example::real_catalogue;
    use crate::report::{Language, Texts};
    use crate::rule::Catalogue;

    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(real_catalogue);

    #[test]
    fn a_finding_is_told_with_its_requirement_in_the_language_asked_for() {
        let told = explain("document-group-missing", &CATALOGUE, Texts::of(Language::Sv)).expect("known");
        for part in
            ["Handlingsgruppen saknas", "Vanlig orsak", "STO-03", "anger handlingsgruppen", "Publicerad", "1505"]
        {
            assert!(told.contains(part), "{part} is missing in:\n{told}");
        }
    }

    #[test]
    fn a_requirement_is_told_with_the_findings_that_break_it() {
        let told = explain("sto-02", &CATALOGUE, Texts::of(Language::Fi)).expect("known");
        assert!(told.starts_with("STO-02\n"));
        for code in ["service-request-missing", "service-request-unknown", "use-situation-missing"] {
            assert!(told.contains(code), "{code} is missing in:\n{told}");
        }
    }

    #[test]
    fn every_name_can_be_explained_in_lines_that_fit() {
        let codes = CATALOGUE.findings().map(|kind| kind.code.as_str());
        let names = codes.chain(CATALOGUE.requirements().map(|found| found.id.as_str()));
        for (name, language) in names.flat_map(|name| Language::ALL.map(|language| (name, language))) {
            let told = explain(name, &CATALOGUE, Texts::of(language)).expect("known");
            let longest = told.lines().map(|line| line.chars().count()).max();
            assert!(longest.is_some_and(|longest| longest <= WIDTH + 30), "{name} in {language:?}:\n{told}");
        }
    }

    #[test]
    fn the_list_has_a_line_for_each_code() {
        let list = list_codes(&CATALOGUE, Texts::of(Language::En));
        assert_eq!(list.lines().count(), CATALOGUE.findings().count());
        assert!(list.lines().any(|line| line.starts_with("marker-missing ") && line.ends_with("not in the document")));
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        let error = explain("document-grup-mising", &CATALOGUE, Texts::of(Language::En)).expect_err("unknown");
        assert_eq!(error.nearest[0], "document-group-missing");
        assert!(error.to_string().starts_with("no finding or requirement is called document-grup-mising; nearest: "));
        let error = explain("zzz", &CATALOGUE, Texts::of(Language::En)).expect_err("unknown");
        assert_eq!(error.to_string(), "no finding or requirement is called zzz");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(fold("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(fold("unbreakable", 3), ["unbreakable"]);
        assert!(fold("", 3).is_empty());
    }

    proptest! {
        #[test]
        fn any_name_gets_an_answer(name in "\\PC{0,80}") {
            let answer = explain(&name, &CATALOGUE, Texts::of(Language::En));
            prop_assert!(answer.is_err_and(|error| error.nearest.len() <= 3));
        }
    }
}
