//! What a message asks, and about whom.

use kantakoe::domain::Operation;
use kantakoe::reading::read;

use super::draft::{Edit, Signer};
use super::{Bench, Cases};

#[test]
fn operations_are_told_in_every_style() {
    let (cases, bench) = (Cases::read(), Bench::new());
    let by_id = Edit::insert("frame", "<patientId>", "<clinicalDocumentId><value root=\"1.2\"/></clinicalDocumentId>");
    let table = [
        ("client-document", vec![], Operation::Store),
        ("no-envelope", vec![], Operation::Store),
        ("correction", vec![], Operation::Correct),
        ("correction-twin", vec![], Operation::Correct),
        ("nullification", vec![], Operation::Nullify),
        ("nullification-twin", vec![], Operation::Nullify),
        ("search", vec![], Operation::SearchDocuments),
        ("search", vec![by_id], Operation::Retrieve),
    ];
    for (base, edits, expected) in table {
        let reading = read(&cases.message(base, &edits, Signer::default()), &bench.profile.limits.reading());
        assert_eq!(reading.operation(&bench.profile), expected, "{base}");
        assert_eq!(reading.persons(&bench.profile), ["010181-900C"], "{base}");
    }
    assert_eq!(read(b"<a", &bench.profile.limits.reading()).operation(&bench.profile), Operation::Unknown);
}

#[test]
fn a_message_has_the_same_digest_in_any_envelope_header() {
    let (cases, bench) = (Cases::read(), Bench::new());
    let message = String::from_utf8(cases.message("client-document", &[], Signer::default())).expect("UTF-8");
    let digest =
        |text: &str| read(text.as_bytes(), &bench.profile.limits.reading()).message_digest().map(str::to_owned);
    let first = digest(&message);
    assert!(first.is_some());
    let header = message.replace("<soap:Body>", "<soap:Header><id>2</id></soap:Header><soap:Body>");
    assert_eq!(digest(&header), first);
    assert_ne!(digest(&message.replace("<versionCode", " <versionCode")), first);
}
