//! What a code of a finding means, for a person at a terminal.

use super::html::source_line;
use super::texts::Texts;
use crate::rule::Catalogue;

/// The code in plain lines: what is wrong, the requirement and its source, the usual cause, what to do
/// and what not to do. `None` for a code that the catalogue lacks.
pub fn explain(code: &str, catalogue: &Catalogue, texts: &Texts) -> Option<String> {
    let (words, label) = (&texts.words, &texts.words.label);
    let kind = catalogue.get_finding(code)?;
    let requirement = catalogue.get_requirement(&kind.requirement)?;
    let told = texts.finding(code);
    let class =
        format!("{}: {}", words.evidence.of(requirement.evidence), words.evidence_meaning.of(requirement.evidence));
    let rows = [
        (&label.requirement, format!("{} {}", requirement.id, texts.language.choose(&requirement.text))),
        (&label.level, words.level.of(requirement.level).to_owned()),
        (&label.source, source_line(&requirement.source)),
        (&label.evidence, class),
        (&label.cause, told.cause.clone()),
        (&label.mend, told.mend.clone()),
        (&label.avoid, told.avoid.clone()),
        (&label.blame, words.blame.of(kind.blame).to_owned()),
    ];
    let lines = rows.into_iter().map(|(name, value)| format!("\n{name}\n  {value}\n"));
    Some(format!("{code}: {}\n{}", told.title, lines.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::explain;
    use crate::report::example::real_catalogue;
    use crate::report::{Language, Texts};

    #[test]
    fn every_code_is_explained_in_every_language() {
        let catalogue = real_catalogue();
        for language in Language::ALL {
            let texts = Texts::of(language);
            for kind in catalogue.findings() {
                let text = explain(&kind.code, &catalogue, texts).expect("explained");
                assert!(text.contains(&texts.finding(&kind.code).avoid), "{}", kind.code);
            }
        }
        assert_eq!(explain("no-such-code", &catalogue, Texts::of(Language::En)), None);
    }
}
