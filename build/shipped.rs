//! The lists of what ships: every profile and every document schema, each in a file of its folder.

use std::path::Path;

/// Writes `profiles.rs` and `document_schemas.rs`, each a list of pairs: a name and the text.
pub fn make() {
    let mut profiles = files("profiles", "toml");
    // The newest version first: it is used without a choice.
    profiles.sort_by_key(|name| std::cmp::Reverse(version(name)));
    write("profiles.rs", &list(profiles.iter().map(|name| (format!("profiles/{name}"), format!("profiles/{name}")))));
    let schemas = files("schemas/documents", "json");
    let named =
        schemas.iter().map(|name| (name.trim_end_matches(".json").to_owned(), format!("schemas/documents/{name}")));
    write("document_schemas.rs", &list(named));
}

/// Names of the files with this extension, in their order.
fn files(folder: &str, extension: &str) -> Vec<String> {
    println!("cargo::rerun-if-changed={folder}");
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let paths = entries.map(|entry| entry.unwrap_or_else(|error| panic!("{folder}: {error}")).path());
    let fitting = paths.filter(|path| path.extension().is_some_and(|own| own == extension));
    let mut names: Vec<String> = fitting.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    names.sort();
    names
}

/// The numbers of a name, as 2026 and 11 of `kanta-social-welfare-2026.11.toml`.
fn version(name: &str) -> Vec<u32> {
    name.split(|letter: char| !letter.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

fn list(pairs: impl Iterator<Item = (String, String)>) -> String {
    let row =
        |(name, path)| format!("    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{path}\"))),\n");
    format!("&[\n{}]\n", pairs.map(row).collect::<String>())
}

fn write(name: &str, text: &str) {
    let folder = std::env::var_os("OUT_DIR").expect("cargo names the folder");
    let path = Path::new(&folder).join(name);
    std::fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
