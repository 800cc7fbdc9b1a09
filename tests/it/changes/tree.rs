//! A copy of the tree, to change.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// Folders that no build needs.
const LEFT_OUT: [&str; 4] = [".git", "node_modules", "target", ".ci"];

/// A copy of what the tree holds, in a folder that goes away with it.
pub struct Tree {
    folder: TempDir,
}

impl Tree {
    /// The tree as it stands, copied.
    pub fn copied() -> Self {
        let tree = Self { folder: tempfile::tempdir().expect("folder") };
        copy(Path::new(env!("CARGO_MANIFEST_DIR")), tree.root());
        tree
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Where dependencies are built already.
    pub fn target(&self) -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the folder of builds").to_owned()
    }

    /// Copies a folder in the copy.
    pub fn copy_folder(&self, from: &str, to: &str) {
        copy(&self.root().join(from), &self.root().join(to));
    }

    /// Changes the text of every file of a folder.
    pub fn each_file(&self, folder: &str, change: impl Fn(String) -> String) {
        for entry in fs::read_dir(self.root().join(folder)).expect("folder") {
            let name = entry.expect("entry").file_name();
            self.change(&format!("{folder}/{}", name.to_string_lossy()), &change);
        }
    }

    /// Changes the text of a file, which is empty where there is none yet.
    pub fn change(&self, path: &str, change: impl FnOnce(String) -> String) {
        let file = self.root().join(path);
        let text = fs::read_to_string(&file).unwrap_or_default();
        fs::write(&file, change(text)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folder");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.expect("entry");
        let name = entry.file_name();
        if LEFT_OUT.iter().any(|left_out| name == *left_out) {
            continue;
        }
        let kind = entry.file_type().expect("kind");
        if kind.is_dir() {
            copy(&entry.path(), &to.join(name));
        } else if kind.is_file() {
            fs::copy(entry.path(), to.join(name)).expect("copy");
        }
    }
}
