//! What each kind of system must be able to run: `catalogue/systems.toml`.

use crate::domain::Area;
use serde::Deserialize;

/// The kinds of systems, and what a system can be without.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemKinds {
    kind: Vec<SystemKind>,
    option: Vec<SystemOption>,
}

/// A kind of system.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemKind {
    /// As the configuration names it.
    pub name: String,
    /// Areas and ids of the scenarios that such a system must be able to run; all where empty.
    pub mandatory: Vec<String>,
}

/// Something that a system can be without.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemOption {
    /// As the configuration names it.
    pub name: String,
    /// Areas and ids of the scenarios that belong to it.
    pub scenarios: Vec<String>,
}

impl SystemKinds {
    /// Those that ship.
    pub fn built_in() -> Self {
        toml::from_str(include_str!("../../catalogue/systems.toml"))
            .expect("the table is well formed, which a test holds")
    }

    /// The kind with this name.
    pub fn kind(&self, name: &str) -> Option<&SystemKind> {
        self.kind.iter().find(|kind| kind.name == name)
    }

    /// The option with this name.
    pub fn option(&self, name: &str) -> Option<&SystemOption> {
        self.option.iter().find(|option| option.name == name)
    }

    /// The names of the kinds.
    pub fn kind_names(&self) -> impl Iterator<Item = &str> {
        self.kind.iter().map(|kind| kind.name.as_str())
    }

    /// The names of the options.
    pub fn option_names(&self) -> impl Iterator<Item = &str> {
        self.option.iter().map(|option| option.name.as_str())
    }

    /// Whether the scenario belongs to what a system without `without` cannot do.
    pub fn is_without(&self, without: &[String], id: &str, area: Area) -> bool {
        let options = without.iter().filter_map(|name| self.option(name));
        options.flat_map(|option| &option.scenarios).any(|name| name == id || name == area.name())
    }
}

#[cfg(test)]
mod tests {
    use super::SystemKinds;
    use crate::domain::Area;
    use crate::scenario::built_in_files;

    #[test]
    fn the_table_names_scenarios_and_areas_that_there_are() {
        let kinds = SystemKinds::built_in();
        let files = built_in_files();
        let is_known = |name: &str| {
            Area::named(name).is_some() || files.iter().any(|file| file.text.contains(&format!("id = \"{name}\"\n")))
        };
        let options = kinds.option.iter().flat_map(|option| &option.scenarios);
        let names = kinds.kind.iter().flat_map(|kind| &kind.mandatory).chain(options);
        let unknown: Vec<_> = names.filter(|name| !is_known(name)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn what_a_system_is_without_is_no_part_of_its_set() {
        let kinds = SystemKinds::built_in();
        let without = ["forms".to_owned()];
        assert!(kinds.is_without(&without, "forms-received", Area::Forms));
        assert!(!kinds.is_without(&without, "storage-matter", Area::Storage));
        assert!(kinds.kind("A3").is_some_and(|kind| kind.mandatory.is_empty()));
    }
}
