//! Every rule of every room.

use super::{RuleEntry, declaration, notice, use_log};

/// A room of rules.
#[derive(Debug, Clone)]
pub struct RuleRoom {
    /// Name of its folder.
    pub name: &'static str,
    /// Its rules, in the order of their findings.
    pub rules: Vec<RuleEntry>,
}

/// The rooms of rules that judge what a system sends and writes.
pub fn rooms() -> Vec<RuleRoom> {
    vec![
        RuleRoom { name: "notice", rules: notice::rules().collect() },
        RuleRoom { name: "declaration", rules: declaration::rules().collect() },
        RuleRoom { name: "use_log", rules: use_log::rules().collect() },
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::Path;

    use super::rooms;
    use crate::rule::{Catalogue, FindingCode};
    use crate::source::SourceFile;

    /// Codes that say the same of messages, notices, declarations and logs.
    const OF_SEVERAL_ROOMS: [FindingCode; 3] =
        [FindingCode::IdentityCodeForeign, FindingCode::IdentityCodeWrong, FindingCode::PermitBeforeInformation];

    fn catalogue() -> Catalogue {
        let requirements = SourceFile::new("requirements", include_str!("../../catalogue/requirements.toml"));
        let kinds = SourceFile::new("findings", include_str!("../../catalogue/findings.toml"));
        Catalogue::read(&requirements, &kinds).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    }

    #[test]
    fn a_rule_is_called_as_its_file() {
        for room in rooms() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rule").join(room.name);
            let mut files = BTreeSet::new();
            for entry in fs::read_dir(folder).expect("folder") {
                let path = entry.expect("entry").path();
                let text = fs::read_to_string(&path).expect("source");
                let name = path.file_stem().expect("name").to_string_lossy().replace('_', "-");
                files.extend(text.contains("RULE: Rule<").then_some(name));
            }
            let names: BTreeSet<String> = room.rules.iter().map(|rule| rule.id.to_owned()).collect();
            assert_eq!(names.len(), room.rules.len(), "{}: an id stands twice", room.name);
            assert_eq!(names, files, "{}", room.name);
        }
    }

    #[test]
    fn a_rule_begins_with_its_sentence() {
        for room in rooms() {
            for rule in room.rules {
                let file = format!("src/rule/{}/{}.rs", room.name, rule.id.replace('-', "_"));
                let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).expect("source");
                let doc = text.lines().map_while(|line| line.strip_prefix("//! ")).collect::<Vec<_>>().join(" ");
                assert!(doc.starts_with(rule.sentence), "{file}: {doc}");
            }
        }
    }

    #[test]
    fn a_code_belongs_to_one_rule() {
        let mut owners = BTreeMap::<FindingCode, Vec<String>>::new();
        for room in rooms() {
            for rule in room.rules {
                assert!(!rule.codes.is_empty(), "{}", rule.id);
                for code in rule.codes {
                    owners.entry(*code).or_default().push(format!("{}/{}", room.name, rule.id));
                }
            }
        }
        owners.retain(|code, owners| owners.len() > 1 && !OF_SEVERAL_ROOMS.contains(code));
        assert!(owners.is_empty(), "{owners:?}");
    }

    #[test]
    fn the_requirement_is_that_of_the_first_code() {
        let catalogue = catalogue();
        for rule in rooms().into_iter().flat_map(|room| room.rules) {
            assert_eq!(rule.requirement, catalogue.finding(rule.codes[0]).requirement, "{}", rule.id);
        }
    }

    #[test]
    fn a_rule_file_names_no_code_but_its_own() {
        for room in rooms() {
            for rule in room.rules {
                let file = format!("src/rule/{}/{}.rs", room.name, rule.id.replace('-', "_"));
                let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).expect("source");
                let named: BTreeSet<&str> = text
                    .split("FindingCode::")
                    .skip(1)
                    .filter_map(|rest| rest.split(|letter: char| !letter.is_ascii_alphanumeric()).next())
                    .collect();
                let own: BTreeSet<String> = rule.codes.iter().map(|code| format!("{code:?}")).collect();
                assert!(named.iter().all(|code| own.contains(*code)), "{file} names {named:?}");
            }
        }
    }
}
