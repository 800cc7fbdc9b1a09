//! What taking a file of a national register over would change.

use std::collections::BTreeMap;

use super::import::ImportRow;
use super::record::{Record, Values};

/// Fields of a customer that a national register knows better than the office. The language of contact is the
/// customer's own choice once it is registered.
const CUSTOMER_FIELDS: [&str; 4] = ["name", "business_id", "organisation_oid", "profession"];
const ADDRESS_FIELDS: [&str; 4] = ["street", "postal_code", "town", "country"];

/// What one row would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Number of the row, from 0.
    pub row: usize,
    /// The customer that it is about; none where it would be added.
    pub customer: Option<String>,
    /// Fields of the customer: name, what it is, what it would be.
    pub customer_fields: Vec<(&'static str, String, String)>,
    /// The administrative address that it is about; none where it would be added.
    pub address: Option<String>,
    /// Fields of the address.
    pub address_fields: Vec<(&'static str, String, String)>,
}

/// What `rows` would change of `customers` and their administrative `addresses`. Rows that change nothing are left out.
pub fn differences(rows: &[ImportRow], customers: &[Record], addresses: &[Record]) -> Vec<Difference> {
    let by = |field: &'static str| -> BTreeMap<&str, &Record> {
        customers.iter().filter(|known| !known.text(field).is_empty()).map(|known| (known.text(field), known)).collect()
    };
    let (by_oid, by_business) = (by("organisation_oid"), by("business_id"));
    let of_customer: BTreeMap<&str, &Record> = addresses.iter().map(|known| (known.customer.as_str(), known)).collect();
    let mut found = Vec::new();
    for (row, wanted) in rows.iter().enumerate() {
        let text = |field: &str| wanted.customer.get(field).map_or("", String::as_str);
        let known = by_oid.get(text("organisation_oid")).or_else(|| {
            // Several units may share a business identifier; only one without an OID of its own is meant by it.
            by_business.get(text("business_id")).filter(|known| known.text("organisation_oid").is_empty())
        });
        let address = known.and_then(|known| of_customer.get(known.id.as_str()));
        let customer_fields = changed(&CUSTOMER_FIELDS, known.copied(), &wanted.customer);
        let address_fields = wanted
            .address
            .as_ref()
            .map(|wanted| changed(&ADDRESS_FIELDS, address.copied(), wanted))
            .unwrap_or_default();
        if known.is_none() || !customer_fields.is_empty() || !address_fields.is_empty() {
            let [customer, address] = [known, address].map(|record| record.map(|record| record.id.clone()));
            found.push(Difference { row, customer, customer_fields, address, address_fields });
        }
    }
    found
}

fn changed(fields: &[&'static str], known: Option<&Record>, wanted: &Values) -> Vec<(&'static str, String, String)> {
    let of = |field: &str| (known.map_or("", |known| known.text(field)), wanted.get(field).map_or("", String::as_str));
    let changed = fields.iter().map(|field| (*field, of(field))).filter(|(_, (is, would))| is != would);
    changed.map(|(field, (is, would))| (field, is.to_owned(), would.to_owned())).collect()
}
