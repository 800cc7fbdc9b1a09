//! How far the relation with a customer has come, from the services that it uses.

use jiff::civil::Date;

use super::choices::TEST_SERVICES;
use super::record::Record;

/// The relation with a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It never deployed a Kanta service; test services do not count.
    NeverDeployed,
    /// It uses one, or will: a service that has begun has no end.
    Lasting,
    /// The last of its services ended on this day.
    Ended(Date),
}

/// The relation that the uses of services (records of kind `service-use`) tell, as of `today`.
pub fn relation(uses: &[Record], today: Date) -> Relation {
    let deployed = uses.iter().filter(|used| !TEST_SERVICES.contains(&used.text("service")));
    let deployed: Vec<_> = deployed.filter(|used| used.date("started").is_some()).collect();
    if deployed.is_empty() {
        return Relation::NeverDeployed;
    }
    let ends: Option<Vec<Date>> = deployed.iter().map(|used| used.date("ended")).collect();
    match ends.and_then(|ends| ends.into_iter().max()) {
        Some(last) if last <= today => Relation::Ended(last),
        _ => Relation::Lasting,
    }
}
