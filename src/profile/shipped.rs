//! The versions of the profile that ship with the harness, and the choice of one by name and version.

use serde::Deserialize;

use super::Profile;
use crate::source::SourceFile;

/// Every version that ships, made from the folder `profiles`, the one that is used without a choice first.
const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/profiles.rs"));

/// What tells one version from another.
#[derive(Deserialize)]
struct Title {
    name: String,
    version: String,
}

impl Profile {
    /// Every version that ships with the harness, the one that is used without a choice first.
    pub fn shipped() -> Vec<SourceFile> {
        SHIPPED.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect()
    }

    /// The version that is used without a choice.
    pub fn built_in() -> SourceFile {
        let (path, text) = SHIPPED[0];
        SourceFile::new(path, text)
    }

    /// Name and version, as reports show them and a configuration chooses by.
    pub fn title(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// The one of `files` whose name and version are `title`, as `kanta-social-welfare 2026.11`.
pub fn named<'a>(files: &'a [SourceFile], title: &str) -> Option<&'a SourceFile> {
    files.iter().find(|file| title_of(file).is_some_and(|own| own == title))
}

pub(super) fn title_of(file: &SourceFile) -> Option<String> {
    let Title { name, version } = toml::from_str(&file.text).ok()?;
    Some(format!("{name} {version}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{named, title_of};
    use crate::profile::Profile;
    use crate::source::SourceFile;

    #[test]
    fn every_version_that_ships_reads_and_has_a_title_of_its_own() {
        let files = Profile::shipped();
        let read = |file: &SourceFile| Profile::read(file).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let titles: BTreeSet<String> = files.iter().map(|file| read(file).title()).collect();
        assert_eq!(titles.len(), files.len());
        for (file, title) in files.iter().zip(files.iter().filter_map(title_of)) {
            assert_eq!(*file.name, *format!("profiles/{}.toml", title.replace(' ', "-")));
        }
        assert_eq!(files.first().map(|file| file.name.clone()), Some(Profile::built_in().name));
    }

    #[test]
    fn one_of_several_versions_is_chosen_by_name_and_version() {
        let first = Profile::built_in();
        let older = SourceFile::new("older.toml", first.text.replace("version = \"2026.11\"", "version = \"2026.5\""));
        let files = [first, older];
        let titles: Vec<String> = files.iter().filter_map(title_of).collect();
        assert_eq!(titles.len(), 2);
        for (file, title) in files.iter().zip(&titles) {
            assert_eq!(named(&files, title).map(|file| &file.name), Some(&file.name));
        }
        assert!(named(&files, "kanta-social-welfare 1").is_none());
    }
}
