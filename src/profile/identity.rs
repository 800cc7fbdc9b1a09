//! How persons are identified.

use serde::Deserialize;

use crate::domain::Evidence;

/// How clients are identified.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IdentityRules {
    /// Identifiers of organisations.
    pub organisation: OrganisationIds,
    /// Identifiers that stand for an identity code.
    pub temporary: TemporaryIds,
    /// What the identity code tells of the gender.
    pub gender: GenderCodes,
    /// What needs an identity code.
    pub needed: IdentityCodeNeeded,
}

/// Identifiers of organisations: `<prefix>.<organisation>.<node>.0`. Their units have other numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationIds {
    /// OID of organisations.
    pub prefix: String,
    /// Node of the organisation itself and of its units.
    pub node: String,
    /// How well it is known.
    pub evidence: Evidence,
}

impl OrganisationIds {
    /// Whether `root` names an organisation.
    pub fn is_of(&self, root: &str) -> bool {
        let below = root.strip_prefix(self.prefix.as_str()).and_then(|below| below.strip_prefix('.'));
        let arcs: Vec<&str> = below.unwrap_or_default().split('.').collect();
        matches!(arcs.as_slice(), [own, node, "0"] if !own.is_empty() && *node == self.node)
    }
}

/// Temporary identifiers: below `<prefix>.<organisation>.<node>.<year>`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemporaryIds {
    /// OID of organisations.
    pub prefix: String,
    /// Node of temporary identifiers under an organisation.
    pub node: String,
    /// How well it is known.
    pub evidence: Evidence,
}

impl TemporaryIds {
    /// Whether `root` is one of temporary identifiers.
    pub fn is_root(&self, root: &str) -> bool {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let below = root.strip_prefix(self.prefix.as_str()).and_then(|below| below.strip_prefix('.'));
        let mut arcs = below.unwrap_or_default().split('.');
        let has_form = arcs.next().is_some_and(digits)
            && arcs.next() == Some(self.node.as_str())
            && arcs.next().is_some_and(|year| year.len() == 4 && digits(year));
        has_form && arcs.next().is_none()
    }
}

/// Codes of the gender that the individual number of an identity code tells: odd for men, even for women.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GenderCodes {
    pub male: String,
    pub female: String,
    /// How well it is known.
    pub evidence: Evidence,
}

/// Documents whose client needs an identity code: a temporary identifier does not do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityCodeNeeded {
    pub groups: Vec<String>,
    /// Members of the structured form, below its root member, that are true.
    pub members: Vec<String>,
    /// How well it is known.
    pub evidence: Evidence,
}

#[cfg(test)]
mod tests {
    use crate::profile::Profile;

    #[test]
    fn organisations_are_told_from_numbers_of_documents() {
        let organisation = Profile::read(&Profile::built_in()).expect("built in").identity.organisation;
        assert!(organisation.is_of("1.2.246.10.99999991.10.0"));
        for other in [
            "1.2.246.10.99999991.10.3",
            "1.2.246.10.99999991.95.2026.1",
            "1.2.246.10.99999991",
            "1.2.246.10..10.0",
            "1.2.246.21",
            "",
        ] {
            assert!(!organisation.is_of(other), "{other}");
        }
    }

    #[test]
    fn roots_of_temporary_identifiers_are_told_from_others() {
        let temporary = Profile::read(&Profile::built_in()).expect("built in").identity.temporary;
        assert!(temporary.is_root("1.2.246.10.99999991.22.2026"));
        let others = [
            "1.2.246.21",
            "1.2.246.10.99999991.10.0",
            "1.2.246.10.99999991.22",
            "1.2.246.10.99999991.22.26",
            "1.2.246.10.99999991.22.2026.1",
            "1.2.246.10.22.2026",
            "11.2.246.10.1.22.2026",
        ];
        for root in others {
            assert!(!temporary.is_root(root), "{root}");
        }
    }
}
