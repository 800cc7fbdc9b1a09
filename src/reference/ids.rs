//! Identifiers from a seed: the same seed gives the same ones, each client has sequences of its own,
//! so that the order in which clients are served does not matter.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use ring::digest;

/// Makes identifiers. No two calls of one method give the same.
#[derive(Debug)]
pub struct Ids {
    seed: u64,
    base: String,
    counts: Mutex<HashMap<(Series, String), u64>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Series {
    Document,
    Message,
    Request,
}

impl Ids {
    /// Identifiers of an organisation, `1.2.246.10.<business id>` being the start of its OID.
    pub fn new(seed: u64, organisation: &str) -> Self {
        let base = organisation.split('.').take(5).collect::<Vec<_>>().join(".");
        Self { seed, base, counts: Mutex::default() }
    }

    /// OID of a document or notice: `<organisation>.95.<year>.<seed>.<client>.<n>`.
    pub fn document(&self, client: &str, year: i16) -> String {
        let number = self.next(Series::Document, client);
        self.document_at(client, year, number)
    }

    /// The first OID of this client, again and again.
    pub fn first_document(&self, client: &str, year: i16) -> String {
        self.document_at(client, year, 0)
    }

    fn document_at(&self, client: &str, year: i16, number: u64) -> String {
        let owner = number_of(&self.bits(Series::Document, client, 0)) % 100_000_000;
        format!("{}.95.{year}.{}.{owner}.{number}", self.base, self.seed)
    }

    /// Extension of a message identifier: fifteen digits at most.
    pub fn message(&self, client: &str) -> String {
        let number = self.next(Series::Message, client);
        (number_of(&self.bits(Series::Message, client, number)) % 1_000_000_000_000_000).to_string()
    }

    /// A UUID of the form of version 4.
    pub fn uuid(&self, client: &str) -> String {
        let number = self.next(Series::Request, client);
        self.uuid_at(client, number)
    }

    /// The first UUID of this client, again and again.
    pub fn first_uuid(&self, client: &str) -> String {
        self.uuid_at(client, 0)
    }

    fn uuid_at(&self, client: &str, number: u64) -> String {
        let mut bits = self.bits(Series::Request, client, number);
        bits[6] = (bits[6] & 0x0f) | 0x40;
        bits[8] = (bits[8] & 0x3f) | 0x80;
        let hex: String = bits[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    fn next(&self, series: Series, client: &str) -> u64 {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry((series, client.to_owned())).or_default();
        *count += 1;
        *count
    }

    fn bits(&self, series: Series, client: &str, number: u64) -> [u8; 32] {
        let text = format!("{}|{series:?}|{client}|{number}", self.seed);
        let mut bits = [0; 32];
        bits.copy_from_slice(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
        bits
    }
}

fn number_of(bits: &[u8; 32]) -> u64 {
    bits.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Ids;
    use crate::domain::Oid;

    const ORGANISATION: &str = "1.2.246.10.99999991.10.0";

    #[test]
    fn the_same_seed_gives_the_same_whatever_happens_between() {
        let (one, other) = (Ids::new(7, ORGANISATION), Ids::new(7, ORGANISATION));
        other.uuid("b");
        other.document("b", 2026);
        assert_eq!(one.uuid("a"), other.uuid("a"));
        assert_eq!(one.document("a", 2026), other.document("a", 2026));
        assert_ne!(Ids::new(8, ORGANISATION).message("a"), one.message("a"));
    }

    #[test]
    fn nothing_is_given_twice_and_fits_its_form() {
        let ids = Ids::new(u64::MAX, ORGANISATION);
        let mut seen = HashSet::new();
        for client in ["a", "b"] {
            for _ in 0..500 {
                let document = ids.document(client, 2026);
                assert!(document.len() <= 64 && document.parse::<Oid>().is_ok(), "{document}");
                let uuid = ids.uuid(client);
                assert!(uuid.len() == 36 && uuid.as_bytes()[14] == b'4', "{uuid}");
                assert!(seen.insert(document) && seen.insert(uuid) && seen.insert(ids.message(client)));
            }
        }
    }
}
