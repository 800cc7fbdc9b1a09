//! Rules of co-testing: when what has to be there. All are published in Kela's description of co-testing, but that a
//! remark follows and nothing is refused is our reading: a coordinator may agree otherwise.

use jiff::ToSpan;
use jiff::civil::Date;

use super::record::Record;

/// Keys of the texts of what is wrong or missing with a registration, as of `today`.
pub fn co_test_remarks(co_test: &Record, system: Option<&Record>, cases: &[Record], today: Date) -> Vec<&'static str> {
    let Some(start) = co_test.date("period_start") else { return Vec::new() };
    let end = co_test.date("period_end").unwrap_or(start);
    let two_months_before = start.saturating_sub(2.months());
    let is_near = today > two_months_before;
    let of_system = |field: &str| system.and_then(|system| system.date(field));
    let own: Vec<_> = cases.iter().filter(|case| case.text("co_test") == co_test.id).collect();
    let checks = [
        (co_test.date("registered").is_some_and(|day| day > two_months_before), "co-test.late"),
        (is_near && co_test.date("system_form").is_none(), "co-test.no-form"),
        (touches_july(start, end), "co-test.july"),
        (end < start, "wrong.before-start"),
        (of_system("certification_until").is_some_and(|until| until < end), "co-test.specification"),
        (today >= start && own.is_empty(), "co-test.no-case"),
        (today >= start && own.iter().any(|case| case.date("approved").is_none()), "co-test.case-open"),
        (today >= start && co_test.date("kick_off").is_none_or(|day| day > start), "co-test.no-kick-off"),
        (has_statement(co_test) && co_test.date("statement_issued").is_none(), "co-test.draft"),
    ];
    checks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, key)| key).collect()
}

fn has_statement(co_test: &Record) -> bool {
    !co_test.text("statement_draft").is_empty() || !co_test.text("report_draft").is_empty()
}

/// No co-testing in July.
fn touches_july(start: Date, end: Date) -> bool {
    let mut day = start;
    while day <= end && day < start.saturating_add(2.years()) {
        if day.month() == 7 {
            return true;
        }
        day = day.first_of_month().saturating_add(1.month());
    }
    false
}

/// Keys of the texts of what is wrong with a notice of change.
pub fn notice_remarks(notice: &Record) -> Vec<&'static str> {
    let (Some(noticed), Some(test)) = (notice.date("noticed"), notice.date("test_start")) else {
        let has_no_test = notice.text("touches_kanta") == "yes" && notice.text("urgent") != "yes";
        return if has_no_test { vec!["notice.no-test"] } else { Vec::new() };
    };
    let checks = [
        (test < noticed.saturating_add(1.month()), "notice.late"),
        (test.month() == 7, "co-test.july"),
        (notice.text("rerun").is_empty(), "notice.no-rerun"),
    ];
    checks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, key)| key).collect()
}

/// A validity that ends, and since when somebody should act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Identifier of the system.
    pub system: String,
    /// Name of the field that holds the day.
    pub field: &'static str,
    /// The last day.
    pub until: Date,
    /// Six months before it.
    pub since: Date,
}

/// Validities of systems that end within six months of `today`, or have ended.
pub fn reminders(systems: &[Record], today: Date) -> Vec<Reminder> {
    let of = |system: &Record, field: &'static str| {
        let until = system.date(field)?;
        let since = until.saturating_sub(6.months());
        (since <= today).then(|| Reminder { system: system.id.clone(), field, until, since })
    };
    let fields = ["certificate_until", "certification_until", "production_until"];
    let mut found: Vec<_> = systems.iter().flat_map(|system| fields.map(|field| of(system, field))).flatten().collect();
    found.sort_by_key(|reminder| reminder.until);
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{co_test_remarks, notice_remarks, reminders};
    use crate::register::{Record, Values, kind_of};

    fn record(kind: &str, values: &[(&str, &str)]) -> Record {
        let values: Values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let kind = kind_of(kind).expect("kind");
        let [id, customer] = [kind.code.to_owned(), "c".to_owned()];
        Record { kind, id, customer, version: 1, created_at: 0, changed_at: 0, values }
    }

    #[test]
    fn each_rule_of_co_testing_has_its_day() {
        let right = [
            ("registered", "2026-07-31"),
            ("system_form", "2026-07-31"),
            ("period_start", "2026-10-01"),
            ("period_end", "2026-11-15"),
            ("kick_off", "2026-09-20"),
        ];
        let system = record("system", &[("certification_until", "2027-01-01")]);
        let case = record("preliminary-case", &[("co_test", "co-test"), ("approved", "2026-09-01")]);
        let with = |field: &'static str, value: &'static str| {
            let mut values = right.to_vec();
            values.retain(|(name, _)| *name != field);
            values.push((field, value));
            record("co-test", &values)
        };
        let check =
            |co_test: &Record, today: Date| co_test_remarks(co_test, Some(&system), std::slice::from_ref(&case), today);
        let (before, after) = (date(2026, 8, 1), date(2026, 10, 2));
        assert_eq!(check(&record("co-test", &right), after), [] as [&str; 0]);
        let cases: [(&str, &str, Date, &[&str]); 9] = [
            ("registered", "2026-08-01", after, &[]),
            ("registered", "2026-08-02", after, &["co-test.late"]),
            ("system_form", "", before, &[]),
            ("system_form", "", date(2026, 8, 2), &["co-test.no-form"]),
            ("period_end", "2027-01-02", after, &["co-test.specification"]),
            ("period_end", "2026-09-30", after, &["wrong.before-start"]),
            ("kick_off", "", after, &["co-test.no-kick-off"]),
            ("kick_off", "", before, &[]),
            ("statement_draft", "Luonnos", after, &["co-test.draft"]),
        ];
        for (field, value, today, expected) in cases {
            assert_eq!(check(&with(field, value), today), expected, "{field} {value} {today}");
        }
        for (start, end, expected) in [
            ("2026-06-01", "2026-06-30", false),
            ("2026-06-15", "2026-08-15", true),
            ("2026-07-31", "2026-07-31", true),
            ("2026-08-01", "2027-06-30", false),
        ] {
            let values = [("registered", "2026-01-01"), ("period_start", start), ("period_end", end)];
            let remarks = co_test_remarks(&record("co-test", &values), None, &[], date(2026, 1, 2));
            assert_eq!(remarks.contains(&"co-test.july"), expected, "{start} {end}");
        }
    }

    #[test]
    fn a_change_is_told_a_month_before_its_test() {
        for (noticed, test, rerun, expected) in [
            ("2026-09-01", "2026-10-01", "storage", vec![]),
            ("2026-09-02", "2026-10-01", "storage", vec!["notice.late"]),
            ("2026-05-01", "2026-07-10", "storage", vec!["co-test.july"]),
            ("2026-09-01", "2026-10-01", "", vec!["notice.no-rerun"]),
        ] {
            let notice = record("change-notice", &[("noticed", noticed), ("test_start", test), ("rerun", rerun)]);
            assert_eq!(notice_remarks(&notice), expected, "{noticed} {test}");
        }
        let notice = record("change-notice", &[("noticed", "2026-09-01"), ("touches_kanta", "yes")]);
        assert_eq!(notice_remarks(&notice), ["notice.no-test"]);
    }

    #[test]
    fn validities_are_told_six_months_ahead() {
        let system = [record("system", &[("certificate_until", "2027-06-01")])];
        assert_eq!(reminders(&system, date(2026, 11, 30)), []);
        assert_eq!(reminders(&system, date(2026, 12, 1)).len(), 1);
        assert_eq!(reminders(&system, date(2028, 1, 1)).len(), 1);
    }
}
