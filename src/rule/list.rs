//! Every rule of every room.

use super::{RuleEntry, action, declaration, message, notice, use_log};

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
        RuleRoom { name: "message", rules: message::rules().collect() },
        RuleRoom { name: "notice", rules: notice::rules().collect() },
        RuleRoom { name: "declaration", rules: declaration::rules().collect() },
        RuleRoom { name: "use_log", rules: use_log::rules().collect() },
        RuleRoom { name: "action", rules: action::rules().collect() },
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{RuleEntry, rooms};
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

    /// The files of the rules of a room by the names of the rules, with what stands in them.
    fn files(folder: &Path) -> Vec<(String, String)> {
        let paths = fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path());
        let of_path = |path: PathBuf| {
            if path.is_dir() {
                return files(&path);
            }
            let text = fs::read_to_string(&path).expect("source");
            let name = path.file_stem().expect("name").to_string_lossy().replace('_', "-");
            if text.contains("RULE: Rule<") { vec![(name, text)] } else { Vec::new() }
        };
        paths.flat_map(of_path).collect()
    }

    /// Each rule with the text of its file.
    fn rules_with_files() -> Vec<(RuleEntry, String)> {
        let mut found = Vec::new();
        for room in rooms() {
            let mut files: BTreeMap<String, String> =
                files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rule").join(room.name)).into_iter().collect();
            for rule in room.rules {
                let file = files.remove(rule.id);
                found.push((rule, file.unwrap_or_else(|| panic!("{}: no file of {}", room.name, rule.id))));
            }
            assert!(files.is_empty(), "{}: not run: {:?}", room.name, files.keys());
        }
        assert!(found.len() > 100, "only {} rules", found.len());
        found
    }

    #[test]
    fn a_rule_is_called_as_its_file_which_begins_with_its_sentence() {
        for (rule, text) in rules_with_files() {
            let doc = text.lines().map_while(|line| line.strip_prefix("//! ")).collect::<Vec<_>>().join(" ");
            assert!(doc.starts_with(rule.sentence), "{}: {doc}", rule.id);
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
        for (rule, text) in rules_with_files() {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let named = code.split("FindingCode::").skip(1);
            let named = named.filter_map(|rest| rest.split(|letter: char| !letter.is_ascii_alphanumeric()).next());
            let own: BTreeSet<String> = rule.codes.iter().map(|code| format!("{code:?}")).collect();
            let others: Vec<&str> = named.filter(|name| !own.contains(*name)).collect();
            assert!(others.is_empty(), "{} names {others:?}", rule.id);
        }
    }
}
