//! Reads a profile and checks that its rows fit together.

use std::ops::RangeInclusive;

use toml::Table;

use super::difference::{self, Differences};
use super::extend;
use super::lineage::Lineage;
use super::shipped::title_of;
use super::{Basis, Declares, DisclosureConditions, DisclosureRow, HttpHeaders, Opens, Profile, Ruling, Upward};
use crate::source::{Diagnostics, SourceFile};

/// Names of code systems that the harness's code asks for.
const NEEDED: [&str; 18] = [
    "service-request",
    "use-situation",
    "document-group",
    "document-type",
    "register",
    "record-status",
    "error",
    "placeholder",
    "service-task",
    "confidentiality",
    "gender",
    "display-format",
    "file-format",
    "retention",
    "yes-no",
    "completion",
    "storage",
    "organisation-register",
];

/// Kinds of documents that scenarios know.
const KINDS: [&str; 5] = ["client-relationship", "matter", "first-phase-document", "old-document", "client-document"];

impl Profile {
    /// The profile in `file`.
    ///
    /// # Errors
    /// Every mistake in it, with its place.
    pub fn read(file: &SourceFile) -> Result<Self, Diagnostics> {
        let shipped = Self::shipped();
        let lineage = Lineage::of(file, &shipped)?;
        let mut profile: Self = extend::read(&lineage)?;
        profile.differences = differences(&lineage, file)?;
        let mut mistakes = Diagnostics::default();
        let file = &lineage;
        for name in NEEDED.iter().filter(|name| !profile.code_system.contains_key(**name)) {
            mistakes.push(file.at("[code-system]", format!("code system {name} is missing"), "add its row"));
        }
        let requests = profile.service_request.iter().map(|row| &row.system);
        let systems = requests.chain(profile.use_situation.iter().map(|row| &row.system));
        let systems = systems.chain(profile.element.rows().filter_map(|row| row.system.as_ref()));
        let systems = systems.chain(profile.display_form.iter().map(|row| &row.system));
        let systems = systems.chain(profile.document_group.iter().filter_map(|row| row.system.as_ref()));
        for system in systems.filter(|system| !profile.code_system.contains_key(*system)) {
            mistakes.push(file.at(
                &format!("\"{system}\""),
                format!("no code system {system}"),
                "name one of [code-system]; compare with what `kantakoe profile` prints",
            ));
        }
        let groups = profile.service_request.iter().flat_map(|row| row.groups.iter().chain(&row.finds));
        for group in groups.chain(profile.declaration_document.iter().map(|row| &row.group)) {
            if profile.document_group(group).is_none() {
                mistakes.push(file.at(
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
                mistakes.push(file.at("[[document-group]]", title.to_lowercase(), "say `opens` in one of them"));
            }
        }
        for (name, number, bounds) in bounded(&profile) {
            if !bounds.contains(&number) {
                let title = format!("{name} is from {} to {}", bounds.start(), bounds.end());
                mistakes.push(file.at(&format!("\n{name} ="), title, "compare with what `kantakoe profile` prints"));
            }
        }
        for meaning in ["integrity", "access-right"] {
            if profile.error(meaning).is_none() {
                mistakes.push(file.at("[[error]]", format!("no error with meaning {meaning}"), "add its row"));
            }
        }
        kinds(&profile, file, &mut mistakes);
        headers(&profile, file, &mut mistakes);
        disclosure(&profile, file, &mut mistakes);
        validity(&profile, file, &mut mistakes);
        profile.element.resolve(&profile.code_system);
        mistakes.into_result(profile)
    }
}

/// Every kind of document has its row, and a use case that stores it.
fn kinds(profile: &Profile, file: &Lineage, mistakes: &mut Diagnostics) {
    for kind in KINDS.iter().filter(|kind| profile.document_kind(kind).is_none()) {
        let title = format!("no row for documents of kind {kind}");
        mistakes.push(file.at("[[document-kind]]", title, "compare with what `kantakoe profile` prints"));
    }
    for row in profile.document_kind.iter().filter(|row| profile.group_of_kind(&row.kind).is_empty()) {
        let title = format!("no service request {} that stores a document group", row.use_case);
        mistakes.push(file.at(&format!("\"{}\"", row.use_case), title, "name the use-case of a [[service-request]]"));
    }
}

/// Names of headers are tokens (RFC 9110, 5.6.2).
fn headers(profile: &Profile, file: &Lineage, mistakes: &mut Diagnostics) {
    let HttpHeaders { token, media_type, request_id, correlation_id } = &profile.http_header;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    for header in [token, media_type, request_id, correlation_id] {
        if header.name.is_empty() || !header.name.bytes().all(is_token) {
            let title = format!("{:?} can be no name of a header", header.name);
            mistakes.push(file.at(&format!("\"{}\"", header.name), title, "use letters, digits and hyphens"));
        }
    }
}

/// Every basis has a use situation, and the decision table gives nothing without a condition. Where it decides
/// nothing, nothing is given.
fn disclosure(profile: &Profile, file: &Lineage, mistakes: &mut Diagnostics) {
    let hint = "compare with what `kantakoe profile` prints";
    for basis in [Basis::OwnRegister, Basis::RegisterAccess, Basis::Permit, Basis::Statutory] {
        if profile.situation_of(basis).is_none() {
            mistakes.push(file.at("[[use-situation]]", format!("no use situation for {basis:?}"), hint));
        }
    }
    let gives = |row: &&DisclosureRow| matches!(row.then, Ruling::Use | Ruling::Disclose);
    for row in profile.disclosure.iter().filter(gives).filter(|row| row.when == DisclosureConditions::default()) {
        let title = format!("the row {} of the decision table gives documents whatever was declared", row.step);
        let hint = "say with `when` what has to hold; a document that no row gives is withheld";
        mistakes.push(file.at(&format!("step = \"{}\"", row.step), title, hint));
    }
    for row in profile.declaration_document.iter().filter(|row| row.declares == Declares::Permit) {
        if row.from.is_none() || row.to.is_none() || row.given.is_none() {
            let title = format!("documents of group {} permit nothing: from, to or given is missing", row.group);
            mistakes.push(file.at("[[declaration-document]]", title, hint));
        }
    }
    for row in &profile.declaration.category {
        let is_permit = row.declares == Declares::Permit;
        if is_permit != row.from.is_some() || is_permit != row.to.is_some() {
            let title = format!("a permit, and nothing else, goes from one sector to one: {}", row.code);
            mistakes.push(file.at(&format!("\"{}\"", row.code), title, hint));
        }
    }
}

/// A window that ends before it begins holds never.
fn validity(profile: &Profile, file: &Lineage, mistakes: &mut Diagnostics) {
    let windows = [("certification", profile.validity.certification), ("production", profile.validity.production)];
    for (name, window) in windows {
        if window.from.zip(window.until).is_some_and(|(from, until)| until < from) {
            let title = format!("the validity in {name} ends before it begins");
            mistakes.push(file.at(&format!("\n{name} ="), title, "give the first and the last day"));
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

/// In what the profile differs from the version that it extends, or else from the one that is used without a choice.
/// One that ships differs in nothing.
fn differences(lineage: &Lineage, file: &SourceFile) -> Result<Option<Differences>, Diagnostics> {
    if Profile::shipped().iter().any(|shipped| shipped.text == file.text) {
        return Ok(None);
    }
    let shipped = lineage.base().cloned().unwrap_or_else(Profile::built_in);
    let base: Table = extend::read(&Lineage::of(&shipped, &Profile::shipped())?)?;
    let own: Table = extend::read(lineage)?;
    let from = title_of(&shipped).unwrap_or_default();
    Ok(Some(Differences { from, rows: difference::rows(&base, &own) }))
}

#[cfg(test)]
mod tests {
    use crate::profile::{Profile, Upward};
    use crate::source::SourceFile;

    #[test]
    fn the_built_in_profile_reads() {
        let profile = Profile::read(&Profile::built_in()).expect("built in");
        assert_eq!(profile.oid("service-request"), "1.2.246.537.6.1503.201601");
    }

    #[test]
    fn a_mistake_has_its_place() {
        let text = copy().replace("system = \"placeholder\"", "system = \"placeholdr\"");
        let mistakes = Profile::read(&SourceFile::new("p.toml", text)).expect_err("mistake");
        let shown = mistakes.to_string();
        assert!(shown.contains("p.toml:") && shown.contains("no code system placeholdr"), "{shown}");
    }

    /// The text of the profile that is used without a choice, under a name of its own.
    fn copy() -> String {
        Profile::built_in().text.replacen("name = \"kanta-", "name = \"changed-", 1)
    }

    const EXTENDING: &str = "extends = \"kanta-social-welfare 2026.11\"\nname = \"ours\"\nversion = \"1\"\n";

    fn told(text: &str) -> String {
        Profile::read(&SourceFile::new("ours.toml", text)).expect_err(text).to_string()
    }

    #[test]
    fn a_changed_row_is_a_file_of_one_row() {
        let row = "[[document-group]]\ncode = \"2\"\nname = \"Asia\"\nupward = \"none\"\nopens = \"matter\"\n\
                   evidence = \"assumed\"\n";
        let file = SourceFile::new("ours.toml", format!("{EXTENDING}{row}"));
        let profile = Profile::read(&file).expect("profile");
        assert_eq!(
            (profile.title().as_str(), profile.document_group("2").map(|row| row.upward)),
            ("ours 1", Some(Upward::None))
        );
        assert_eq!(profile.document_group("5").map(|row| row.upward), Some(Upward::Matter));
        let differences = profile.differences.expect("differences");
        assert_eq!(differences.from, "kanta-social-welfare 2026.11");
        assert_eq!(differences.rows.iter().map(ToString::to_string).collect::<Vec<_>>(), ["document-group 2 changed"]);
    }

    #[test]
    fn rows_are_added_and_taken_away_and_members_change_alone() {
        let text = format!(
            "{EXTENDING}[party]\nprocessing-code = \"P\"\n[code-system]\nretention = {{ oid = \"1.2.3\", name = \"x\", evidence = \"assumed\" }}\nmine = {{ oid = \"1.2.4\", name = \"y\", evidence = \"assumed\" }}\n[[disclosure]]\nstep = \"statutory\"\nremoved = true\n[signature]\nalgorithms = [\"rsa-sha256\"]\n"
        );
        let profile = Profile::read(&SourceFile::new("ours.toml", text)).expect("profile");
        assert_eq!(
            (profile.oid("retention"), profile.oid("mine"), profile.oid("gender")),
            ("1.2.3", "1.2.4", "1.2.246.537.5.1.1997")
        );
        assert!(!profile.disclosure.iter().any(|row| row.step == "statutory"));
        assert_eq!(profile.party.receiver, "1.2.246.556.99999.1");
        let rows: Vec<String> =
            profile.differences.expect("differences").rows.iter().map(ToString::to_string).collect();
        let expected = [
            "code-system.mine added",
            "code-system.retention changed",
            "disclosure statutory removed",
            "party.processing-code changed",
            "signature.algorithms changed",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn mistakes_of_what_extends_have_their_place_in_the_file_that_makes_them() {
        let table = [
            (
                "[[document-group]]\ncode = \"77\"\nremoved = true\n",
                "ours.toml:4:1",
                "no row 77 of document-group to remove",
            ),
            (
                "[[document-group]]\ncode = \"2\"\nname = \"x\"\nremoved = true\n",
                "ours.toml:4:1",
                "says more than its key",
            ),
            ("[code-system]\nnone = { removed = true }\n", "ours.toml:5:1", "no row code-system.none to remove"),
            ("[limits]\ndepth = \"deep\"\n", "ours.toml:5:9", "expected a whole number from 0"),
            ("[limits]\ndeepness = 1\n", "ours.toml:5:1", "unknown member `deepness`"),
            ("[limits]\ndepth = 0\n", "ours.toml:5:1", "depth is from 1"),
            (
                "[[error]]\nmeaning = \"integrity\"\n[[error]]\nmeaning = \"integrity\"\n",
                "ours.toml:6:1",
                "stands twice",
            ),
            ("[code-system]\nplaceholder = { removed = true }\n", "ours.toml", "code system placeholder is missing"),
            ("[limits", "ours.toml:4", ""),
        ];
        for (change, place, title) in table {
            let told = told(&format!("{EXTENDING}{change}"));
            assert!(told.contains(place) && told.contains(title), "{place} {title}\n{told}");
        }
    }

    #[test]
    fn a_changed_copy_cannot_bear_a_name_that_ships_and_extends_only_what_does() {
        let copy = Profile::built_in().text.replace("depth = 128", "depth = 127");
        assert!(told(&copy).contains("the name of a profile that ships"));
        assert!(
            told(&EXTENDING.replace("ours", "kanta-social-welfare").replace("\"1\"", "\"2026.11\""))
                .contains("ours.toml:2:")
        );
        assert!(told(&EXTENDING.replace("2026.11", "1999")).contains("no profile kanta-social-welfare 1999 ships"));
        let own = copy.replace("name = \"kanta-social-welfare\"", "name = \"ours\"");
        let profile = Profile::read(&SourceFile::new("ours.toml", own)).expect("profile");
        let rows = profile.differences.expect("differences").rows;
        assert_eq!(rows.iter().map(|one| one.row.as_str()).collect::<Vec<_>>(), ["limits.depth"]);
        assert!(Profile::read(&Profile::built_in()).expect("built in").differences.is_none());
    }

    #[test]
    fn a_version_that_ships_changes_nothing_when_it_is_laid_over_itself() {
        for file in Profile::shipped() {
            let own = file.text.replacen("\nname = \"", "\nextends = \"TITLE\"\nname = \"our-", 1);
            let title = super::title_of(&file).expect("title");
            let profile = Profile::read(&SourceFile::new("ours.toml", own.replace("TITLE", &title)));
            let profile = profile.unwrap_or_else(|mistakes| panic!("a key stands twice: {mistakes}"));
            assert_eq!(profile.differences.map(|differences| differences.rows), Some(vec![]));
        }
    }

    #[test]
    fn rows_that_cannot_be_meant_are_mistakes() {
        let changes = [
            ("when = { own-register = true }\n", "", "gives documents whatever was declared"),
            ("\"X-Request-Id\"", "\"X Request\"", "\"X Request\" can be no name of a header"),
            ("opens = \"matter\"", "", "point up to a matter"),
            ("basis = \"statutory\"", "basis = \"permit\"", "no use situation for Statutory"),
            ("kind = \"matter\"\nuse", "kind = \"mater\"\nuse", "no row for documents of kind matter"),
            ("use-case = \"store-matter\"\ncontent", "use-case = \"no\"\ncontent", "no service request no"),
            ("declares = \"prohibition\" }", "declares = \"permit\" }", "goes from one sector to one"),
        ];
        for (from, to, told) in changes {
            let text = copy();
            assert!(text.contains(from), "{from}");
            let mistakes = Profile::read(&SourceFile::new("p.toml", text.replace(from, to))).expect_err(told);
            assert!(mistakes.to_string().contains(told), "{mistakes}");
        }
    }
}
