//! National codes and OIDs stand in data: in the profile, and in the reference system's table of its own.

use std::path::{Path, PathBuf};

use kantakoe::profile::Profile;

/// Organisations that nobody is, in examples.
const NOBODY: &str = "1.2.246.10.9999999";
/// The two roots by which persons are told whatever a profile says: a profile must not turn off the search for
/// identity codes.
const ROOTS: [(&str, &str); 2] = [("domain/names.rs", "1.2.246.21"), ("domain/names.rs", "1.2.246.537.26")];
/// Where numbers stand that are no national codes: of DICOM, of HL7's other tables, of measurements.
const OTHER_NUMBERS: [&str; 3] = ["wire/use_log/", "domain/", "report/"];
/// What writes messages of its own: the reference system, by its own table.
const OWN_MESSAGES: [&str; 1] = ["reference/"];

struct Source {
    path: String,
    /// Text literals outside of tests, each with the number of its line.
    literals: Vec<(usize, String)>,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut files, mut tests) = (Vec::new(), Vec::new());
    collect(&root, &mut files);
    let texts: Vec<(String, String)> = files.iter().map(|file| (relative(&root, file), read(file))).collect();
    for (path, text) in &texts {
        tests.extend(test_modules(path, text));
    }
    let code = texts.iter().filter(|(path, _)| !tests.iter().any(|test| path.starts_with(test.as_str())));
    let found: Vec<Source> = code.map(|(path, text)| Source { path: path.clone(), literals: literals(text) }).collect();
    assert!(found.len() > 200 && tests.len() > 2, "{} sources, {} of tests", found.len(), tests.len());
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).expect("text")
}

fn relative(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/")
}

/// Starts of the paths of modules that stand in tests alone.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let folder = path.trim_end_matches(".rs").trim_end_matches("/mod").trim_end_matches("lib");
    let after = text.split("#[cfg(test)]").skip(1).filter_map(|rest| rest.trim_start().strip_prefix("mod "));
    let names = after.filter_map(|rest| rest.split_once([' ', ';', '{']));
    names.map(|(name, _)| format!("{folder}/{name}").trim_start_matches('/').to_owned()).collect()
}

/// The text literals of a line, outside of comments and of the module of tests.
fn literals(text: &str) -> Vec<(usize, String)> {
    let is_module = |at: usize| text[at..].lines().nth(1).is_some_and(|line| line.contains("mod tests {"));
    let tests = text.match_indices("#[cfg(test)]").map(|(at, _)| at).find(|at| is_module(*at));
    let code = text[..tests.unwrap_or(text.len())].replace("\\\"", "'");
    let lines = code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    let of_line = |(number, line): (usize, &str)| {
        let parts: Vec<String> = line.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        parts.into_iter().map(move |literal| (number + 1, literal))
    };
    lines.flat_map(of_line).collect::<Vec<_>>()
}

/// Codes of the profile that nobody takes for anything else.
fn telling_codes(profile: &Profile) -> Vec<String> {
    let interactions = profile.interaction.iter().flat_map(|row| [row.id.clone(), row.answer.clone()]);
    let national = |system: &str| profile.oid(system).starts_with("1.2.246.");
    let requests = profile.service_request.iter().filter(|row| national(&row.system)).map(|row| row.code.clone());
    let errors = profile.error.iter().map(|row| row.code.clone());
    interactions.chain(requests).chain(errors).collect()
}

fn is_number(literal: &str) -> bool {
    literal.len() <= 6 && !literal.is_empty() && literal.bytes().all(|byte| byte.is_ascii_digit())
}

/// None, one, and what HTTP says.
fn is_plain(number: &str) -> bool {
    matches!(number, "0" | "1" | "00") || (number.len() == 3 && ("400".."600").contains(&number))
}

#[test]
fn national_oids_and_codes_stand_in_data() {
    let profile = Profile::read(&Profile::built_in()).expect("profile");
    let telling = telling_codes(&profile);
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !OWN_MESSAGES.iter().any(|own| source.path.starts_with(own))) {
        for (line, literal) in &source.literals {
            let allowed = ROOTS.contains(&(source.path.as_str(), literal.as_str()));
            let oid = literal.replace(NOBODY, "").contains("1.2.246.") && !allowed;
            let code = telling.iter().any(|code| literal.contains(code.as_str()));
            let elsewhere = OTHER_NUMBERS.iter().any(|place| source.path.starts_with(place));
            let number = is_number(literal) && !is_plain(literal) && !elsewhere;
            if oid || code || number {
                broken.push(format!("src/{}:{line}: {literal}", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "these belong into the profile: {broken:#?}");
}

#[test]
fn templates_take_codes_from_the_profile() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/planted");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("folder") {
        let text = read(&entry.expect("entry").path());
        seen += 1;
        assert!(!text.contains("1.2.246.") && !text.contains("2.16.840."), "an OID in {text}");
        let codes = text.split(" code=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let numbers: Vec<&str> = codes.filter(|code| is_number(code)).collect();
        assert!(numbers.is_empty(), "{numbers:?}");
    }
    assert!(seen > 1);
}
