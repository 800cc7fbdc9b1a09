//! The decision about one document: a pure function of the facts and the profile's table.

use crate::profile::{Basis, DisclosureConditions, DisclosureRow, Ruling};

/// Who asks, for whose data, and on what basis.
#[derive(Debug, Clone, Copy)]
pub struct Requester<'a> {
    /// OID of the organisation.
    pub organisation: &'a str,
    /// Identity code of the client whom the query names.
    pub client: Option<&'a str>,
    /// The basis that the message states.
    pub basis: Basis,
}

/// A document before the question whether it may be disclosed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectDocument<'a> {
    /// Identifier of the first version.
    pub set_id: &'a str,
    /// Controller's OID.
    pub controller: &'a str,
    /// Code of the service task.
    pub service_task: Option<&'a str>,
    /// Its clients, each as [`crate::domain::person_key`] tells them.
    pub persons: Vec<&'a str>,
}

/// What is known about one document and those who ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisclosureFacts {
    /// The organisation that asks is the controller.
    pub own_register: bool,
    /// It has an access right to the controller's register, and uses it.
    pub register_access: bool,
    /// It has a relevant connection with the client.
    pub relevant_connection: bool,
    /// It states a right by law.
    pub statutory: bool,
    /// Every client of the document has been given the information about Kanta.
    pub informed: bool,
    /// Every client of the document permits it.
    pub permitted: bool,
    /// A prohibition of one of its clients meets it.
    pub prohibited: bool,
}

/// What the table rules, and the step that ruled. A table that rules nothing withholds.
pub fn decide<'t>(facts: &DisclosureFacts, table: &'t [DisclosureRow]) -> (Ruling, &'t str) {
    let row = table.iter().find(|row| facts.fulfil(&row.when));
    row.map_or((Ruling::Withhold, ""), |row| (row.then, row.step.as_str()))
}

impl DisclosureFacts {
    fn fulfil(&self, when: &DisclosureConditions) -> bool {
        let pairs = [
            (when.own_register, self.own_register),
            (when.register_access, self.register_access),
            (when.relevant_connection, self.relevant_connection),
            (when.statutory, self.statutory),
            (when.informed, self.informed),
            (when.permitted, self.permitted),
            (when.prohibited, self.prohibited),
        ];
        pairs.into_iter().all(|(wanted, is)| wanted.is_none_or(|wanted| wanted == is))
    }
}

#[cfg(test)]
mod tests {
    use super::{DisclosureFacts, decide};
    use crate::profile::{Profile, Ruling};

    /// All 128 combinations of facts.
    fn every() -> impl Iterator<Item = DisclosureFacts> {
        (0_u32..128).map(|bits| {
            let bit = |number: u32| bits & (1 << number) != 0;
            DisclosureFacts {
                own_register: bit(0),
                register_access: bit(1),
                relevant_connection: bit(2),
                statutory: bit(3),
                informed: bit(4),
                permitted: bit(5),
                prohibited: bit(6),
            }
        })
    }

    #[test]
    fn the_built_in_table_rules_by_the_order_of_the_sources() {
        let profile = Profile::read(&Profile::built_in()).expect("profile");
        for facts in every() {
            let expected = if facts.own_register || facts.register_access {
                Ruling::Use
            } else if !facts.relevant_connection {
                Ruling::Refuse
            } else if facts.statutory || (facts.informed && facts.permitted && !facts.prohibited) {
                Ruling::Disclose
            } else {
                Ruling::Withhold
            };
            assert_eq!(decide(&facts, &profile.disclosure).0, expected, "{facts:?}");
        }
    }

    /// Whoever removes rows from the table closes doors and opens none.
    #[test]
    fn a_table_with_fewer_rows_gives_no_more() {
        let table = Profile::read(&Profile::built_in()).expect("profile").disclosure;
        let gives = |ruling| matches!(ruling, Ruling::Use | Ruling::Disclose);
        for kept in 0_u32..1 << table.len() {
            let rows: Vec<_> = table.iter().enumerate().filter(|(at, _)| kept & (1 << at) != 0).collect();
            let rows: Vec<_> = rows.into_iter().map(|(_, row)| row.clone()).collect();
            for facts in every() {
                let (whole, fewer) = (decide(&facts, &table).0, decide(&facts, &rows).0);
                assert!(gives(whole) || !gives(fewer), "{facts:?} with {rows:?}");
                assert!(!rows.is_empty() || fewer == Ruling::Withhold, "{facts:?}");
            }
        }
    }
}
