//! Fills an empty store.

use jiff::ToSpan;
use jiff::civil::Date;

use super::names::{FIRST, LAST, PLACES, SYSTEMS};
use crate::access::Role;
use crate::clock::finnish_date;
use crate::register::{CONTACT_ROLES, CUSTOMER_KINDS, SERVICES, Values, kind_of};
use crate::store::{Change, LogEntry, NewAccount, Store, StoreError, Write};

/// Customers or log entries in one change.
const BATCH: usize = 500;
const ORIGINS: [&str; 4] = ["service-form", "telephone", "post", "email"];

/// How large the office is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Customers.
    pub customers: usize,
    /// Contacts of each.
    pub contacts: usize,
    /// Entries of the access log beside those of the filling itself.
    pub log: usize,
}

/// Fills the store; identifier and sign-in name of one account of each role. They have no password yet.
///
/// # Errors
/// `Changed` when the store has customers already.
pub async fn fill(store: &Store, size: Size, now: i64) -> Result<Vec<(String, String)>, StoreError> {
    let kind = kind_of("customer").ok_or(StoreError::Missing)?;
    if !store.all_records(kind, "", "").await?.is_empty() {
        return Err(StoreError::Changed);
    }
    let mut first = String::new();
    let mut persons = Vec::new();
    for start in (0..size.customers).step_by(BATCH) {
        let mut write = store.write().await?;
        for number in start..size.customers.min(start + BATCH) {
            let mut filling = Filling { write: &mut write, number, now, origin: ORIGINS[number % ORIGINS.len()] };
            let id = filling.customer(size.contacts, &mut persons).await?;
            if number == 0 {
                first = id;
            }
        }
        write.commit().await?;
    }
    fill_log(store, size.log, &persons, now).await?;
    accounts(store, &first, now).await
}

async fn fill_log(store: &Store, entries: usize, persons: &[String], now: i64) -> Result<(), StoreError> {
    for start in (0..entries).step_by(BATCH) {
        let mut write = store.write().await?;
        for number in start..entries.min(start + BATCH) {
            let person = persons.get(number % persons.len().max(1)).cloned();
            let entry = LogEntry {
                at: now,
                login: format!("user{}", number % 50),
                role: "staff".to_owned(),
                action: "GET /customers/{customer}".to_owned(),
                outcome: "done".to_owned(),
                persons: person.into_iter().collect(),
                ..LogEntry::default()
            };
            write.note(&entry).await?;
        }
        write.commit().await?;
    }
    Ok(())
}

async fn accounts(store: &Store, customer: &str, now: i64) -> Result<Vec<(String, String)>, StoreError> {
    let mut write = store.write().await?;
    let mut made = Vec::new();
    for role in Role::ALL {
        let login = format!("sample-{}", role.code());
        let email = format!("{login}@example.org");
        let new = NewAccount { login: login.clone(), name: login.clone(), email, ..NewAccount::default() };
        let account = write.add_account(&new, now).await?;
        let customer = if role.is_for_a_customer() { customer } else { "" };
        write.give_right(&account, role, customer, "sample", now).await?;
        made.push((account, login));
    }
    let entry = LogEntry { at: now, action: "sample".to_owned(), outcome: "done".to_owned(), ..LogEntry::default() };
    write.note(&entry).await?;
    write.commit().await?;
    Ok(made)
}

/// The filling of one customer.
struct Filling<'a> {
    write: &'a mut Write,
    number: usize,
    now: i64,
    origin: &'static str,
}

impl Filling<'_> {
    fn of<'b>(&self, list: &[&'b str], step: usize) -> &'b str {
        list[(self.number * step + self.number / list.len()) % list.len()]
    }

    fn day(&self, months: usize) -> String {
        let months = i32::try_from(months).unwrap_or(0);
        let today: Date = finnish_date(self.now);
        today.saturating_add(months.months()).to_string()
    }

    fn past(&self, months: usize) -> String {
        let months = i32::try_from(months).unwrap_or(0);
        finnish_date(self.now).saturating_sub(months.months()).to_string()
    }

    async fn add(&mut self, kind: &str, customer: &str, values: &[(&str, &str)]) -> Result<String, StoreError> {
        let kind = kind_of(kind).ok_or(StoreError::Missing)?;
        let given: Values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let values = crate::register::validate(kind, &given)
            .map_err(|mistakes| StoreError::Damaged(format!("the sample is wrong: {mistakes:?}")))?;
        let change = Change { by: "sample", origin: self.origin, at: self.now };
        self.write.add_record(kind, customer, &values, change).await
    }

    async fn customer(&mut self, contacts: usize, persons: &mut Vec<String>) -> Result<String, StoreError> {
        // Every other customer is a provider; the rest are the other kinds in turn.
        let kind =
            if self.number.is_multiple_of(2) { CUSTOMER_KINDS[0] } else { CUSTOMER_KINDS[1 + self.number / 2 % 6] };
        if kind == "kelain-professional" {
            self.origin = "kelain";
        }
        let place = self.of(&PLACES, 7);
        let name = match kind {
            "service-provider" => format!("{place}n hyvinvointiyhtymä {}", self.number + 1),
            "kelain-professional" => format!("{} {}", self.of(&FIRST, 3), self.of(&LAST, 5)),
            "system-vendor" => format!("{place} Järjestelmät Oy {}", self.number + 1),
            _ => format!("{place} Ab {}", self.number + 1),
        };
        let language = ["fi", "fi", "sv"][self.number % 3];
        let oid = format!("1.2.246.10.9999{:04}.10.0", self.number);
        let customer =
            [("name", name.as_str()), ("customer_kind", kind), ("language", language), ("organisation_oid", &oid)];
        let id = self.add("customer", "", &customer).await?;
        self.uses(&id, kind).await?;
        for contact in 0..contacts {
            persons.push(self.contact(&id, contact).await?);
        }
        let street = format!("Esimerkkitie {}", self.number % 90 + 1);
        let address = [("recipient", name.as_str()), ("street", &street), ("postal_code", "00099"), ("town", place)];
        self.add("address", &id, &[&address[..], &[("address_use", "administrative")]].concat()).await?;
        self.add(
            "address",
            &id,
            &[&address[..], &[("address_use", "invoicing"), ("invoice_reference", "KANTA")]].concat(),
        )
        .await?;
        if kind == "system-vendor" {
            self.co_test(&id).await?;
        }
        Ok(id)
    }

    async fn uses(&mut self, id: &str, kind: &str) -> Result<(), StoreError> {
        let service = match kind {
            "service-provider" => SERVICES[self.number % 4],
            "kelain-professional" => "kelain",
            "system-vendor" => "client-test",
            "application-vendor" => "wellbeing-data",
            "medicines-database-intermediary" => "medicines-database",
            _ => return Ok(()),
        };
        let (started, ended) = (self.past(40 + self.number % 60), self.past(self.number % 30));
        let ended = if self.number.is_multiple_of(9) { ended.as_str() } else { "" };
        self.add("service-use", id, &[("service", service), ("started", &started), ("ended", ended)]).await?;
        if kind == "service-provider" {
            let signed = self.past(42 + self.number % 60);
            for paper in ["application", "commitment", "service-description"] {
                let values = [
                    ("paper", paper),
                    ("service", service),
                    ("signed", signed.as_str()),
                    ("archive_reference", "KELA 1/2024"),
                ];
                self.add("paper", id, &values).await?;
            }
            self.add(
                "connection",
                id,
                &[("connection_form", "system"), ("name", SYSTEMS[self.number % 6]), ("started", &started)],
            )
            .await?;
        }
        Ok(())
    }

    async fn contact(&mut self, id: &str, contact: usize) -> Result<String, StoreError> {
        let first = FIRST[(self.number * 3 + contact * 5) % FIRST.len()];
        let last = LAST[(self.number + contact * 7) % LAST.len()];
        let name = format!("{first} {last}");
        let email = format!("contact{}-{contact}@example.org", self.number);
        let card = format!("99{:06}{contact:02}", self.number % 1_000_000);
        let telephone = format!("+358 40 555 {:04}", (self.number * 13 + contact) % 10_000);
        let roles = format!("{} {}", CONTACT_ROLES[contact % 8], CONTACT_ROLES[(contact + 3) % 8]);
        let duties = ["", "system-development co-testing", "access-point"][contact % 3];
        let values = [
            ("name", name.as_str()),
            ("contact_form", "person"),
            ("contact_roles", &roles),
            ("duties", duties),
            ("email", &email),
            ("telephone", &telephone),
            ("card_number", &card),
        ];
        self.add("contact", id, &values).await
    }

    async fn co_test(&mut self, id: &str) -> Result<(), StoreError> {
        // Every twelfth customer is a vendor.
        let turn = self.number / 12;
        let (until, certification) = (self.day(3 + turn % 12), self.day(10 + turn % 9));
        let system = [
            ("name", SYSTEMS[turn % 6]),
            ("system_version", "5.2"),
            ("system_class", "a3"),
            ("contents", "Sosiaalihuollon asiakastiedot"),
            ("certificate_until", until.as_str()),
            ("certification_until", &certification),
        ];
        let system = self.add("system", id, &system).await?;
        let (registered, start, end) = (self.past(1), self.day(1 + turn % 6), self.day(2 + turn % 6));
        let values = [
            ("system", system.as_str()),
            ("contents", "Tallennus, haku, korvaaminen, luovutusilmoitukset"),
            ("registered", &registered),
            ("period_start", &start),
            ("period_end", &end),
            ("phase_count", "2"),
        ];
        let test = self.add("co-test", id, &values).await?;
        for (name, approved) in [("Asiakirjan tallennus", registered.as_str()), ("Asiakirjojen haku", "")] {
            let values =
                [("co_test", test.as_str()), ("name", name), ("reported", &registered), ("approved", approved)];
            self.add("preliminary-case", id, &values).await?;
        }
        Ok(())
    }
}
