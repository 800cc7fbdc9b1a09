//! What findings expected and what came is said in the language of the report.

use std::fs;
use std::path::{Path, PathBuf};

use kantakoe::report::{Language, Texts};
use kantakoe::rule::Finding;
use kantakoe::wire::trust::TrustOutcome;
use kantakoe::words::Said;

/// Where findings are told by key and values, and where the errors are that they quote: no wording stands there.
const TOLD_BY_KEY: [&str; 21] = [
    "src/domain/hetu.rs",
    "src/domain/oid.rs",
    "src/driver/answer.rs",
    "src/driver/error.rs",
    "src/reading",
    "src/rule/message",
    "src/rule/declaration",
    "src/rule/notice",
    "src/rule/use_log",
    "src/run/judge.rs",
    "src/wire/b64.rs",
    "src/wire/cda/read.rs",
    "src/wire/fhir/read.rs",
    "src/wire/hl7/read.rs",
    "src/wire/jws",
    "src/wire/mime.rs",
    "src/wire/soap.rs",
    "src/wire/use_log/csv.rs",
    "src/wire/use_log/damage.rs",
    "src/wire/use_log/required.rs",
    "src/wire/xmldsig",
];
/// What stands before a text that no report shows.
const NOT_SHOWN: [&str; 4] = ["sentence:", ".expect(", "trace!(", "#[error("];

/// Words that stand in nearly every wording of the rules and in no Finnish text.
const ENGLISH: [&str; 11] = ["the", "of", "a", "an", "with", "that", "no", "not", "which", "at", "one"];

/// Whether a Finnish text has words of the rules in it.
pub fn is_english(text: &str) -> bool {
    text.split_whitespace().any(|word| ENGLISH.contains(&word))
}

/// Fails where `findings` hold English that Finnish and Swedish readers would be shown.
pub fn assert_told(findings: &[Finding]) {
    for finding in findings {
        for text in [&finding.expected, &finding.actual] {
            let Said::Value(text) = text else { continue };
            assert!(is_value(text), "{} tells {text:?}", finding.code);
        }
    }
}

/// Whether no two words in lower case follow one another.
fn is_value(text: &str) -> bool {
    let words: Vec<bool> = text.split_whitespace().map(is_word).collect();
    !words.windows(2).any(|pair| pair == [true, true])
}

fn is_word(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| ",.:;()".contains(letter));
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'')
}

fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).expect("folder").map(|entry| entry.expect("entry").path());
    entries.flat_map(|entry| files(&entry)).collect()
}

/// The texts in `source`, outside of tests and comments, that a report may show.
fn literals(source: &str) -> Vec<String> {
    let code: String = source
        .split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| line.replace("'\"'", "") + "\n")
        .collect();
    let code = code.replace("\\\"", "\u{1}");
    let parts: Vec<&str> = code.split('"').collect();
    let shown = parts.chunks_exact(2).filter(|pair| !NOT_SHOWN.iter().any(|mark| pair[0].trim_end().ends_with(mark)));
    shown.map(|pair| pair[1].replace('\u{1}', "\"")).collect()
}

/// The text with a value in each place.
fn sample(literal: &str) -> String {
    let mut filled = String::new();
    let mut rest = literal;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        filled.push('1');
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    filled + rest
}

/// The wordings in the source at these paths, each with its file.
fn wordings(paths: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = paths.iter().flat_map(|path| files(&root.join(path)));
    let texts = files.flat_map(|file| {
        let source = fs::read_to_string(&file).expect("source");
        literals(&source).into_iter().map(move |literal| (file.display().to_string(), literal)).collect::<Vec<_>>()
    });
    let is_wording = |text: &str| text.trim().contains(' ') && text.split_whitespace().any(is_word);
    texts.filter(|(_, literal)| is_wording(&sample(literal))).collect()
}

#[test]
fn what_is_told_by_key_is_worded_in_the_texts_only() {
    assert_eq!(wordings(&TOLD_BY_KEY), []);
    assert!(!wordings(&["src/cli"]).is_empty(), "no wording is seen anywhere");
}

#[test]
fn verdicts_on_certificates_are_said() {
    let trust = [
        TrustOutcome::Trusted,
        TrustOutcome::NotYetValid,
        TrustOutcome::Expired,
        TrustOutcome::Revoked,
        TrustOutcome::UnknownIssuer,
        TrustOutcome::NoAnchors,
        TrustOutcome::Unreadable("x".to_owned()),
    ];
    for said in trust.iter().map(TrustOutcome::said) {
        for language in [Language::Fi, Language::Sv] {
            assert_ne!(Texts::of(language).say(&said), said.to_string(), "{language:?}");
        }
    }
}

/// Whatever words a system's own value spells, reports show it as it came.
#[test]
fn a_value_of_the_system_is_never_translated() {
    for value in ["none", "one", "nothing", "not loaded", "at most 5 bytes", "2 store", "refused: none"] {
        for language in Language::ALL {
            assert_eq!(Texts::of(language).say(&Said::value(value)), value, "{language:?}");
        }
    }
}
