//! The invariants of ARCHITECTURE.md, read from the source.

mod circles;
mod documentation;
mod type_names;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The rooms from the ground up: each may use only those before it.
const ROOMS: [&str; 21] = [
    "source",
    "words",
    "domain",
    "wire",
    "schema",
    "profile",
    "evidence",
    "reading",
    "state",
    "rule",
    "scenario",
    "files",
    "check",
    "pki",
    "kanta",
    "driver",
    "run",
    "report",
    "reference",
    "configuration",
    "cli",
];

/// What a room may not use although it stands before it.
const FORBIDDEN: [(&str, &[&str]); 10] = [
    ("domain", &["source"]),
    ("schema", &["wire"]),
    ("reading", &["schema"]),
    ("evidence", &["wire", "schema", "profile"]),
    ("state", &["source", "schema", "evidence"]),
    ("kanta", &["scenario"]),
    ("driver", &["kanta", "pki", "scenario", "rule", "reading", "state", "evidence", "wire", "schema", "profile"]),
    ("pki", &["scenario", "rule", "reading", "state", "evidence", "schema", "profile"]),
    ("report", &["kanta", "driver", "scenario", "pki", "state"]),
    (
        "reference",
        &[
            "source", "wire", "schema", "profile", "evidence", "reading", "state", "rule", "scenario", "pki", "kanta",
            "driver", "run", "report",
        ],
    ),
];

/// Words that may stand only in some places: the word, and the starts of paths where it may.
const HOMES: [(&str, &[&str]); 8] = [
    ("Timestamp::now()", &["kanta/clock.rs", "run/clock.rs", "reference/clock.rs", "cli/"]),
    ("SystemTime::now()", &[]),
    ("rusqlite", &["kanta/archive/"]),
    ("println!", &[]),
    ("stdout()", &["cli/"]),
    ("TcpListener", &["kanta/", "reference/", "cli/"]),
    ("std::process::exit", &[]),
    ("reqwest", &["cli/archivist.rs", "driver/", "reference/"]),
];

const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 80;

struct SourceText {
    path: String,
    room: String,
    code: String,
}

fn sources() -> Vec<SourceText> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(files.len() > 50, "only {} source files found", files.len());
    files
        .iter()
        .map(|file| {
            let path = file.strip_prefix(&root).expect("under src").to_string_lossy().replace('\\', "/");
            let room = path.split('/').next().unwrap_or("").trim_end_matches(".rs").to_owned();
            let text = std::fs::read_to_string(file).expect("source");
            SourceText { path, room, code: without_tests_and_comments(&text) }
        })
        .collect()
}

/// Path below `src` and whole text of every file.
fn sources_with_tests() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let path = |file: &Path| file.strip_prefix(&root).expect("under src").to_string_lossy().replace('\\', "/");
    files.iter().map(|file| (path(file), std::fs::read_to_string(file).expect("source"))).collect()
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

/// The code before the tests, comment lines emptied so that line numbers stay.
fn without_tests_and_comments(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let lines = code.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// The rooms of ours that a text names: `crate::room` in any form of `use`.
fn named_rooms(code: &str) -> Vec<&str> {
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let inner = group.split('}').next().unwrap_or("");
            named.extend(inner.split(',').filter_map(|item| item.trim().split("::").next()));
        } else {
            named.extend(rest.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next());
        }
    }
    named
}

#[test]
fn each_room_uses_only_rooms_below_it() {
    let place = |room: &str| ROOMS.iter().position(|name| *name == room);
    let forbidden: BTreeMap<&str, &[&str]> = FORBIDDEN.into_iter().collect();
    let mut broken = Vec::new();
    for source in sources() {
        let Some(own) = place(&source.room) else { continue };
        for used in named_rooms(&source.code) {
            let above = place(used).is_some_and(|used| used > own);
            let banned = forbidden.get(source.room.as_str()).is_some_and(|rooms| rooms.contains(&used));
            if above || banned {
                broken.push(format!("{} uses {used}", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_room_is_listed_and_stands() {
    let mut seen: Vec<String> = sources().into_iter().map(|source| source.room).collect();
    seen.dedup();
    for room in ROOMS {
        assert!(seen.iter().any(|name| name == room), "no room {room}");
    }
    for room in seen {
        assert!(
            ROOMS.contains(&room.as_str()) || ["lib", "main"].contains(&room.as_str()),
            "{room} is not in the list"
        );
    }
}

#[test]
fn what_has_one_home_stays_there() {
    let mut broken = Vec::new();
    for source in sources() {
        for (word, homes) in HOMES {
            if source.code.contains(word) && !homes.iter().any(|home| source.path.starts_with(home)) {
                broken.push(format!("{} has {word}", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn files_and_functions_stay_short_and_mod_files_empty_of_logic() {
    let mut broken = Vec::new();
    for source in sources() {
        let lines = source.code.lines().count();
        if lines > LONGEST_FILE {
            broken.push(format!("{} has {lines} lines", source.path));
        }
        if source.path.ends_with("mod.rs") && source.code.contains("fn ") {
            broken.push(format!("{} has logic", source.path));
        }
        for (name, length) in functions(&source.code) {
            if length > LONGEST_FUNCTION {
                broken.push(format!("{} fn {name} has {length} lines", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Name and length of every function, told by the formatter's indentation.
fn functions(code: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(at) = line
            .find("fn ")
            .filter(|at| line[..*at].trim().chars().all(|letter| letter.is_alphanumeric() || " ()".contains(letter)))
        else {
            continue;
        };
        let indent = line.len() - line.trim_start().len();
        let name = line[at + 3..].split(['(', '<']).next().unwrap_or("").to_owned();
        let end = lines[start..].iter().position(|line| {
            line.len() >= indent && line[indent..].starts_with('}') && line[..indent].trim().is_empty()
        });
        found.push((name, end.unwrap_or(0) + 1));
    }
    found
}

#[test]
fn the_product_speaks_of_itself_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "scenarios", "catalogue", "profiles", "schemas", "texts", "templates", "docs"] {
        everything(&root.join(folder), &mut files);
    }
    files.extend(["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md"].map(|name| root.join(name)));
    let words = ["todo!(", "unimplemented!(", "FIXME", "XXX:"];
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        for word in words {
            assert!(!text.contains(word), "{} holds {word}", file.display());
        }
    }
}

fn everything(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { everything(&path, files) } else { files.push(path) }
    }
}
