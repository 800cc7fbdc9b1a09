//! Reads a profile and checks that its rows fit together.

use std::ops::RangeInclusive;

use super::{Basis, Conditions, Declares, DisclosureRow, HttpHeaders, Opens, Profile, Ruling, Upward};
use crate::source::{Diagnostic, Diagnostics, SourceFile, read_toml};

/// Names of code systems that the harness's code asks for.
const NEEDED: [&str; 9] = [
    "service-request",
    "use-situation",
    "document-group",
    "document-type",
    "register",
    "record-status",
    "error",
    "placeholder",
    "service-task",
];

impl Profile {
    /// The profile in `file`.
    ///
    /// # Errors
    /// Every mistake in it, with its place.
    pub fn read(file: &SourceFile) -> Result<Self, Diagnostics> {
        let mut profile: Self = read_toml(file, "compare with the profile that `kantakoe profile` prints")?;
        let mut mistakes = Diagnostics::default();
        for name in NEEDED.iter().filter(|name| !profile.code_system.contains_key(**name)) {
            mistakes.push(at(file, "[code-system]", format!("code system {name} is missing"), "add its row"));
        }
        let requests = profile.service_request.iter().map(|row| &row.system);
        let systems = requests.chain(profile.use_situation.iter().map(|row| &row.system));
        let systems = systems.chain(profile.element.rows().filter_map(|row| row.system.as_ref()));
        let systems = systems.chain(profile.display_form.iter().map(|row| &row.system));
        let systems = systems.chain(profile.document_group.iter().filter_map(|row| row.system.as_ref()));
        for system in systems.filter(|system| !profile.code_system.contains_key(*system)) {
            mistakes.push(at(
                file,
                &format!("\"{system}\""),
                format!("no code system {system}"),
                "name one of [code-system]; compare with what `kantakoe profile` prints",
            ));
        }
        let groups = profile.service_request.iter().flat_map(|row| row.groups.iter().chain(&row.finds));
        for group in groups.chain(profile.declaration_document.iter().map(|row| &row.group)) {
            if profile.document_group(group).is_none() {
                mistakes.push(at(
                    file,
                    &format!("\"{group}\""),
                    format!("no document group {group}"),
                    "add it as a [[document-group]]",
                ));
            }
        }
        for (upward, opens) in [(Upward::Relationship, Opens::Relationship), (Upward::Matter, Opens::Matter)] {
            let points = profile.document_group.iter().any(|row| row.upward == upward);
            if points && !profile.document_group.iter().any(|row| row.opens == Some(opens)) {
                let title = format!("documents point up to a {opens:?} that no document group opens");
                mistakes.push(at(file, "[[document-group]]", title.to_lowercase(), "say `opens` in one of them"));
            }
        }
        for (name, number, bounds) in bounded(&profile) {
            if !bounds.contains(&number) {
                let title = format!("{name} is from {} to {}", bounds.start(), bounds.end());
                mistakes.push(at(file, &format!("\n{name} ="), title, "compare with what `kantakoe profile` prints"));
            }
        }
        for meaning in ["integrity", "access-right"] {
            if profile.error(meaning).is_none() {
                mistakes.push(at(file, "[[error]]", format!("no error with meaning {meaning}"), "add its row"));
            }
        }
        headers(&profile, file, &mut mistakes);
        disclosure(&profile, file, &mut mistakes);
        validity(&profile, file, &mut mistakes);
        profile.element.resolve(&profile.code_system);
        mistakes.into_result(profile)
    }
}

/// Names of headers are tokens (RFC 9110, 5.6.2).
fn headers(profile: &Profile, file: &SourceFile, mistakes: &mut Diagnostics) {
    let HttpHeaders { token, media_type, request_id, correlation_id } = &profile.http_header;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    for header in [token, media_type, request_id, correlation_id] {
        if header.name.is_empty() || !header.name.bytes().all(is_token) {
            let title = format!("{:?} can be no name of a header", header.name);
            mistakes.push(at(file, &format!("\"{}\"", header.name), title, "use letters, digits and hyphens"));
        }
    }
}

/// Every basis has a use situation, and the decision table gives nothing without a condition. Where it decides
/// nothing, nothing is given.
fn disclosure(profile: &Profile, file: &SourceFile, mistakes: &mut Diagnostics) {
    let hint = "compare with what `kantakoe profile` prints";
    for basis in [Basis::OwnRegister, Basis::RegisterAccess, Basis::Permit, Basis::Statutory] {
        if profile.situation_of(basis).is_none() {
            mistakes.push(at(file, "[[use-situation]]", format!("no use situation for {basis:?}"), hint));
        }
    }
    let gives = |row: &&DisclosureRow| matches!(row.then, Ruling::Use | Ruling::Disclose);
    for row in profile.disclosure.iter().filter(gives).filter(|row| row.when == Conditions::default()) {
        let title = format!("the row {} of the decision table gives documents whatever was declared", row.step);
        let hint = "say with `when` what has to hold; a document that no row gives is withheld";
        mistakes.push(at(file, &format!("step = \"{}\"", row.step), title, hint));
    }
    for row in profile.declaration_document.iter().filter(|row| row.declares == Declares::Permit) {
        if row.from.is_none() || row.to.is_none() || row.given.is_none() {
            let title = format!("documents of group {} permit nothing: from, to or given is missing", row.group);
            mistakes.push(at(file, "[[declaration-document]]", title, hint));
        }
    }
    for row in &profile.declaration.category {
        let is_permit = row.declares == Declares::Permit;
        if is_permit != row.from.is_some() || is_permit != row.to.is_some() {
            let title = format!("a permit, and nothing else, goes from one sector to one: {}", row.code);
            mistakes.push(at(file, &format!("\"{}\"", row.code), title, hint));
        }
    }
}

/// A window that ends before it begins holds never.
fn validity(profile: &Profile, file: &SourceFile, mistakes: &mut Diagnostics) {
    let windows = [("certification", profile.validity.certification), ("production", profile.validity.production)];
    for (name, window) in windows {
        if window.from.zip(window.until).is_some_and(|(from, until)| until < from) {
            let title = format!("the validity in {name} ends before it begins");
            mistakes.push(at(file, &format!("\n{name} ="), title, "give the first and the last day"));
        }
    }
}

/// Numbers of the profile and what they may be: more to read would cost a run its memory, and a refusal is
/// no success.
fn bounded(profile: &Profile) -> [(&'static str, usize, RangeInclusive<usize>); 9] {
    let (limits, query) = (&profile.limits, &profile.query);
    [
        ("body-bytes", limits.body_bytes, 1..=64 * 1024 * 1024),
        ("depth", limits.depth, 1..=256),
        ("notices-per-bundle", limits.notices_per_bundle, 1..=100_000),
        ("default-quantity", query.default_quantity, 1..=query.largest_quantity),
        ("largest-quantity", query.largest_quantity, 1..=10_000),
        ("open-queries", query.open_queries, 1..=100_000),
        ("open-queries-of-caller", query.open_queries_of_caller, 1..=query.open_queries),
        ("open-results", query.open_results, 1..=10_000_000),
        ("undeclared-status", profile.validation.undeclared_status.into(), 400..=599),
    ]
}

fn at(file: &SourceFile, needle: &str, title: String, hint: &str) -> Diagnostic {
    let line_end = needle.len() - needle.trim_start_matches('\n').len();
    let start = file.text.find(needle).map_or(0, |at| at + line_end);
    let end = (start + needle.len() - line_end).min(file.text.len());
    Diagnostic::new(file, start..end, title, hint)
}

#[cfg(test)]
mod tests {
    use super::Profile;
    use crate::source::SourceFile;

    #[test]
    fn the_built_in_profile_reads() {
        let profile = Profile::read(&Profile::built_in()).expect("built in");
        assert_eq!(profile.oid("service-request"), "1.2.246.537.6.1503.201601");
    }

    #[test]
    fn a_mistake_has_its_place() {
        let text = Profile::built_in().text.replace("system = \"placeholder\"", "system = \"placeholdr\"");
        let mistakes = Profile::read(&SourceFile::new("p.toml", text)).expect_err("mistake");
        let shown = mistakes.to_string();
        assert!(shown.contains("p.toml:") && shown.contains("no code system placeholdr"), "{shown}");
    }

    #[test]
    fn rows_that_cannot_be_meant_are_mistakes() {
        let changes = [
            ("when = { own-register = true }\n", "", "gives documents whatever was declared"),
            ("\"X-Request-Id\"", "\"X Request\"", "\"X Request\" can be no name of a header"),
            ("opens = \"matter\"", "", "point up to a matter"),
            ("basis = \"statutory\"", "basis = \"permit\"", "no use situation for Statutory"),
            ("declares = \"prohibition\" }", "declares = \"permit\" }", "goes from one sector to one"),
        ];
        for (from, to, told) in changes {
            let text = Profile::built_in().text;
            assert!(text.contains(from), "{from}");
            let mistakes = Profile::read(&SourceFile::new("p.toml", text.replace(from, to))).expect_err(told);
            assert!(mistakes.to_string().contains(told), "{mistakes}");
        }
    }
}
