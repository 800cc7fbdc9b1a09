//! Prerequisites of a deployment: a checklist made from what the register knows.

use jiff::ToSpan;
use jiff::civil::Date;

use super::record::Record;

/// A prerequisite and since when it is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prerequisite {
    /// End of the key of its text.
    pub code: &'static str,
    /// Since when it is met; none where it is not.
    pub met: Option<Date>,
    /// Whether it is needed here.
    pub needed: bool,
}

/// What else the register knows about a deployment.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The system.
    pub system: Option<&'a Record>,
    /// Co-tests of the system.
    pub co_tests: &'a [Record],
    /// Documents of the customer that are kept permanently.
    pub papers: &'a [Record],
    /// Whether the customer has named all contacts that it needs.
    pub contacts_named: bool,
    /// Today.
    pub today: Date,
}

/// The checklist of `deployment`.
pub fn prerequisites(deployment: &Record, around: &Surroundings<'_>) -> Vec<Prerequisite> {
    let paper = |code: &str| {
        let fits = |paper: &&Record| paper.text("paper") == code && paper.text("service") == deployment.text("service");
        around.papers.iter().filter(fits).filter_map(|paper| paper.date("signed")).min()
    };
    let passed = around.co_tests.iter().filter(|test| test.text("system") == deployment.text("system"));
    let passed = passed.filter_map(|test| test.date("statement_issued")).max();
    // Systems of class B and A1 are not co-tested.
    let is_tested = around.system.is_none_or(|system| matches!(system.text("system_class"), "a2" | "a3"));
    let row = |code: &'static str, met: Option<Date>| Prerequisite { code, met, needed: true };
    let test = row("adoption-test", deployment.date("test_passed"));
    vec![
        row("terms", deployment.date("terms_accepted")),
        Prerequisite { needed: is_tested, ..row("co-test", passed) },
        row("requirements", around.system.and_then(|system| system.date("requirements_shown"))),
        row("description", paper("service-description")),
        row("data", around.contacts_named.then_some(around.today)),
        row("code-service", deployment.date("code_service_told")),
        Prerequisite { needed: !deployment.text("test_reason").is_empty(), ..test },
    ]
}

/// The first day on which the use of a service can end when that is told on `noticed`: a month later.
pub fn earliest_end(noticed: Date) -> Date {
    noticed.saturating_add(1.month())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Surroundings, earliest_end, prerequisites};
    use crate::register::{Record, Values, kind_of};

    fn record(kind: &str, id: &str, values: &[(&str, &str)]) -> Record {
        let values: Values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let kind = kind_of(kind).expect("kind");
        Record { kind, id: id.to_owned(), customer: "c".to_owned(), version: 1, created_at: 0, changed_at: 0, values }
    }

    #[test]
    fn each_prerequisite_is_met_by_its_own_fact() {
        let day = "2026-05-01";
        let system = |class: &str| record("system", "s", &[("system_class", class), ("requirements_shown", day)]);
        let test = [record("co-test", "t", &[("system", "s"), ("statement_issued", day)])];
        let papers =
            [record("paper", "p", &[("paper", "service-description"), ("service", "social-welfare"), ("signed", day)])];
        let full = [
            ("service", "social-welfare"),
            ("system", "s"),
            ("terms_accepted", day),
            ("code_service_told", day),
            ("test_reason", "introduction"),
            ("test_passed", day),
        ];
        let unmet =
            |deployment: &Record, system: &Record, co_tests: &[Record], papers: &[Record], contacts_named: bool| {
                let around =
                    Surroundings { system: Some(system), co_tests, papers, contacts_named, today: date(2026, 5, 2) };
                let list = prerequisites(deployment, &around);
                list.into_iter().filter(|row| row.needed && row.met.is_none()).map(|row| row.code).collect::<Vec<_>>()
            };
        let whole = record("deployment", "d", &full);
        let a3 = system("a3");
        assert!(unmet(&whole, &a3, &test, &papers, true).is_empty());
        assert_eq!(unmet(&whole, &a3, &[], &papers, true), ["co-test"]);
        assert!(unmet(&whole, &system("b"), &[], &papers, true).is_empty());
        assert_eq!(unmet(&whole, &a3, &test, &[], true), ["description"]);
        assert_eq!(unmet(&whole, &a3, &test, &papers, false), ["data"]);
        assert_eq!(
            unmet(&whole, &record("system", "s", &[("system_class", "a3")]), &test, &papers, true),
            ["requirements"]
        );
        for (field, code) in
            [("terms_accepted", "terms"), ("code_service_told", "code-service"), ("test_passed", "adoption-test")]
        {
            let less: Vec<_> = full.iter().copied().filter(|(name, _)| *name != field).collect();
            assert_eq!(unmet(&record("deployment", "d", &less), &a3, &test, &papers, true), [code]);
        }
        let no_test: Vec<_> = full.iter().copied().filter(|(name, _)| !name.starts_with("test_")).collect();
        assert!(unmet(&record("deployment", "d", &no_test), &a3, &test, &papers, true).is_empty());
        assert_eq!(earliest_end(date(2026, 1, 31)), date(2026, 2, 28));
    }
}
