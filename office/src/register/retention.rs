//! How long what is kept. Each rule is one of the notice on the register; the days are counted here and nowhere else.

use jiff::ToSpan;
use jiff::civil::Date;

use super::record::Record;
use super::relation::{Relation, relation};

/// Why something is destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RetentionRule {
    /// Contact, address and connection data: ten years after the relation with a customer that had deployed services
    /// ended (published).
    RelationEnded,
    /// Data given in an application: six months after it was left unfinished or withdrawn (published).
    ApplicationStopped,
    /// A mail address that is found to be no longer valid (published that it may be; the thirty days in which it can
    /// be mended are assumed).
    EmailInvalid,
    /// Contacts of a customer that never deployed services, at its request (published).
    OnRequest,
}

impl RetentionRule {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::RelationEnded, Self::ApplicationStopped, Self::EmailInvalid, Self::OnRequest];

    /// Its name in the store and in keys of texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::RelationEnded => "relation-ended",
            Self::ApplicationStopped => "application-stopped",
            Self::EmailInvalid => "email-invalid",
            Self::OnRequest => "on-request",
        }
    }

    /// The rule of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// The first day on which what the rule is about is destroyed, when it began on `since`.
    pub fn due(self, since: Date) -> Date {
        let span = match self {
            Self::RelationEnded => 10.years(),
            Self::ApplicationStopped => 6.months(),
            Self::EmailInvalid => 30.days(),
            Self::OnRequest => 0.days(),
        };
        since.checked_add(span).unwrap_or(Date::MAX)
    }
}

/// Something that will be destroyed: a record, or of a contact its mail address only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doomed {
    /// Why.
    pub rule: RetentionRule,
    /// Code of the record's kind.
    pub kind: String,
    /// Identifier of the record.
    pub record: String,
    /// Identifier of the customer.
    pub customer: String,
    /// Since when it is due.
    pub due: Date,
}

/// Kinds of records that hold contact, address and connection data.
pub const CONTACT_DATA: [&str; 4] = ["contact", "address", "connection", "archivist"];

/// One customer with the records that the rules look at.
#[derive(Debug, Default)]
pub struct Kept {
    /// Uses of services.
    pub uses: Vec<Record>,
    /// Applications.
    pub applications: Vec<Record>,
    /// Contacts, addresses, connections, archivists.
    pub contact_data: Vec<Record>,
}

/// What of a customer is due on `today`.
pub fn due(kept: &Kept, today: Date) -> Vec<Doomed> {
    let mut doomed = Vec::new();
    let mut add = |record: &Record, rule: RetentionRule, since: Date| {
        let due = rule.due(since);
        if due <= today {
            let (kind, id) = (record.kind.code.to_owned(), record.id.clone());
            doomed.push(Doomed { rule, kind, record: id, customer: record.customer.clone(), due });
        }
    };
    let relation = relation(&kept.uses, today);
    for record in &kept.contact_data {
        if let Relation::Ended(day) = relation {
            add(record, RetentionRule::RelationEnded, day);
        } else if let Some(since) = stopped_since(kept, relation) {
            add(record, RetentionRule::ApplicationStopped, since);
        } else if let Some(since) = record.date("email_invalid_since").filter(|_| !record.text("email").is_empty()) {
            add(record, RetentionRule::EmailInvalid, since);
        }
    }
    for application in kept.applications.iter().filter(|application| is_stopped(application)) {
        if let Some(since) = application.date("state_since") {
            add(application, RetentionRule::ApplicationStopped, since);
        }
    }
    doomed
}

fn is_stopped(application: &Record) -> bool {
    matches!(application.text("application_state"), "unfinished" | "withdrawn")
}

/// Since when nothing is left of a customer but stopped applications: its contact data were given in them.
fn stopped_since(kept: &Kept, relation: Relation) -> Option<Date> {
    let only_stopped = relation == Relation::NeverDeployed
        && kept.uses.is_empty()
        && !kept.applications.is_empty()
        && kept.applications.iter().all(is_stopped);
    let since = kept.applications.iter().filter_map(|application| application.date("state_since"));
    if only_stopped { since.max() } else { None }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{Kept, RetentionRule, due};
    use crate::register::{Record, Values, kind_of};

    fn record(kind: &str, values: &[(&str, &str)]) -> Record {
        let values: Values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let kind = kind_of(kind).expect("kind");
        let [id, customer] = [kind.code.to_owned(), "c".to_owned()];
        Record { kind, id, customer, version: 1, created_at: 0, changed_at: 0, values }
    }

    fn kept(uses: &[(&str, &str, &str)], applications: &[(&str, &str)], invalid: &str) -> Kept {
        let of_use = |(service, started, ended): &(&str, &str, &str)| {
            record("service-use", &[("service", service), ("started", started), ("ended", ended)])
        };
        let of_application = |(state, since): &(&str, &str)| {
            record("application", &[("application_state", state), ("state_since", since)])
        };
        Kept {
            uses: uses.iter().map(of_use).collect(),
            applications: applications.iter().map(of_application).collect(),
            contact_data: vec![
                record("contact", &[("email", "a@example.org"), ("email_invalid_since", invalid)]),
                record("address", &[]),
                record("connection", &[]),
            ],
        }
    }

    /// Each rule: what is kept the day before, what is destroyed on the day and the day after.
    #[test]
    fn the_table_of_retention() {
        use RetentionRule::{ApplicationStopped, EmailInvalid, RelationEnded};
        let all = ["contact", "address", "connection"];
        let cases: [(&str, Kept, RetentionRule, Date, &[&str]); 8] = [
            (
                "ended",
                kept(&[("prescription", "2015-01-01", "2020-05-31")], &[], ""),
                RelationEnded,
                date(2030, 5, 31),
                &all,
            ),
            (
                "the last of two ends",
                kept(&[("kelain", "2015-01-01", "2016-01-01"), ("patient-data", "2015-01-01", "2020-02-29")], &[], ""),
                RelationEnded,
                date(2030, 2, 28),
                &all,
            ),
            (
                "unfinished",
                kept(&[], &[("unfinished", "2026-08-31")], ""),
                ApplicationStopped,
                date(2027, 2, 28),
                &["contact", "address", "connection", "application"],
            ),
            (
                "withdrawn",
                kept(&[], &[("withdrawn", "2026-01-15")], ""),
                ApplicationStopped,
                date(2026, 7, 15),
                &["contact", "address", "connection", "application"],
            ),
            (
                "withdrawn beside a service",
                kept(&[("social-welfare", "2025-01-01", "")], &[("withdrawn", "2026-01-15")], ""),
                ApplicationStopped,
                date(2026, 7, 15),
                &["application"],
            ),
            (
                "withdrawn beside an open one",
                kept(&[], &[("withdrawn", "2026-01-15"), ("open", "2026-01-20")], ""),
                ApplicationStopped,
                date(2026, 7, 15),
                &["application"],
            ),
            (
                "mail",
                kept(&[("kelain", "2025-01-01", "")], &[], "2026-03-01"),
                EmailInvalid,
                date(2026, 3, 31),
                &["contact"],
            ),
            (
                "withdrawn beside a test service",
                kept(&[("client-test", "2025-01-01", "")], &[("withdrawn", "2026-01-15")], ""),
                ApplicationStopped,
                date(2026, 7, 15),
                &["application"],
            ),
        ];
        for (name, kept, rule, day, expected) in cases {
            let before = day.yesterday().expect("a day");
            assert_eq!(due(&kept, before), [], "{name}, the day before");
            for today in [day, day.tomorrow().expect("a day")] {
                let doomed = due(&kept, today);
                assert!(doomed.iter().all(|doomed| doomed.rule == rule && doomed.due == day), "{name}: {doomed:?}");
                let kinds: Vec<_> = doomed.iter().map(|doomed| doomed.kind.as_str()).collect();
                assert_eq!(kinds, expected, "{name}, {today}");
            }
        }
    }

    #[test]
    fn what_lasts_is_kept_for_ever() {
        let far = date(2199, 1, 1);
        let lasting = [
            kept(&[("kelain", "2015-01-01", "")], &[("approved", "2015-01-01")], ""),
            kept(&[("kelain", "2015-01-01", "2016-01-01"), ("prescription", "2015-01-01", "")], &[], ""),
            kept(&[("client-test", "2015-01-01", "2016-01-01")], &[], ""),
            kept(&[], &[("open", "2015-01-01")], ""),
            kept(&[], &[], ""),
        ];
        for kept in lasting {
            assert_eq!(due(&kept, far), []);
        }
    }
}
