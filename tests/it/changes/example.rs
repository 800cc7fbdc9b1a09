//! An example of a change: what it edits, and what shows that it works.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kantakoe::report::Language;
use serde::Deserialize;

use super::tree::Tree;

/// A change of one kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Heading of CONTRIBUTING.md that promises how many files it touches.
    pub heading: String,
    /// How many files, beside texts.
    pub files: Option<usize>,
    /// How many folders, where it is a folder.
    pub folders: Option<usize>,
    edit: Vec<Edit>,
    /// What is run with the changed program.
    #[serde(default)]
    pub run: Vec<Trial>,
}

/// A run of the changed program.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// Arguments.
    pub arguments: Vec<String>,
    /// Exit code.
    pub exit: i32,
    /// What the output holds.
    pub says: String,
}

/// One edit.
#[derive(Deserialize)]
#[serde(untagged)]
enum Edit {
    Copy { folder: String, copy: String },
    End { file: String, at_end: String },
    After { file: String, after: String, text: String },
    Replace { file: String, replace: String, text: String },
    New { file: String, text: String },
}

/// Every example of the folder.
pub fn examples() -> Vec<Example> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/changes/examples");
    let files = fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path());
    let read = |path| {
        toml::from_str(&fs::read_to_string(&path).expect("read")).unwrap_or_else(|error| panic!("{path:?}: {error}"))
    };
    let mut examples: Vec<Example> = files.map(read).collect();
    // A language is a copy of another, with what the other examples add.
    examples.sort_by_key(|example| example.folders.is_some());
    examples
}

impl Example {
    /// The files that are touched beside texts, or the folders; and the word for them.
    pub fn touched(&self) -> (BTreeSet<&str>, &'static str) {
        let what = if self.folders.is_some() { "folder" } else { "file" };
        (
            self.edit.iter().map(Edit::path).filter(|path| what == "folder" || !path.starts_with("texts/")).collect(),
            what,
        )
    }

    /// Makes the change.
    pub fn make(&self, tree: &Tree) {
        self.edit.iter().for_each(|edit| edit.make(tree));
    }
}

impl Edit {
    fn path(&self) -> &str {
        match self {
            Self::Copy { folder, .. } => folder,
            Self::End { file, .. } | Self::After { file, .. } | Self::Replace { file, .. } | Self::New { file, .. } => {
                file
            }
        }
    }

    fn make(&self, tree: &Tree) {
        if let Self::Copy { folder, copy } = self {
            tree.copy_folder(copy, folder);
            return tree.each_file(folder, |text| marked(&text));
        }
        if !self.path().contains("{language}") {
            return tree.change(self.path(), |text| self.changed(text));
        }
        for language in Language::ALL {
            let own = |text: String| self.changed(text).replace("{language}", language.tag());
            tree.change(&self.path().replace("{language}", language.tag()), own);
        }
    }

    fn changed(&self, whole: String) -> String {
        match self {
            Self::Copy { .. } => whole,
            Self::New { text, .. } => text.trim_start().to_owned(),
            Self::End { at_end, .. } => format!("{whole}{}\n", at_end.trim_end()),
            Self::After { file, after, text } => {
                in_place(file, &whole, after, &format!("{after}\n{}", text.trim_end()))
            }
            Self::Replace { file, replace, text } => in_place(file, &whole, replace, text),
        }
    }
}

fn in_place(file: &str, whole: &str, find: &str, text: &str) -> String {
    assert!(whole.contains(find), "{file} lacks {find}: mend the example");
    whole.replacen(find, text, 1)
}

/// Texts with a mark at the start of each value, as if they were translated.
fn marked(text: &str) -> String {
    text.lines().map(|line| line.replacen(" = \"", " = \"*", 1) + "\n").collect()
}
