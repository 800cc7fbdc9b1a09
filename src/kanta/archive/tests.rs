//! The archive on its own.

use super::{
    AnsweredMessage, Archive, ArchiveError, Change, Filter, HandedOut, NewResource, StoredAttachment, StoredDocument,
};
use crate::domain::FindingCode;
use crate::evidence::Provenance;
use crate::state::{ArchiveState, Earlier, Fact, Fingerprint};

const PERSON: &str = "010181-900C";

fn document(id: &str, version: u32) -> StoredDocument {
    StoredDocument {
        id: format!("1.2.246.10.99999991.95.{id}.{version}"),
        set_id: format!("1.2.246.10.99999991.95.{id}.1"),
        version,
        persons: vec![PERSON.to_owned()],
        controller: "1.2.246.10.99999991.10.0".to_owned(),
        group: "5".to_owned(),
        register: "1".to_owned(),
        general_type: Some("19".to_owned()),
        specific_type: Some("19005".to_owned()),
        service_task: None,
        matter: Some("1.2.246.10.99999991.95.400".to_owned()),
        relationship: None,
        opens: None,
        effective_text: "20261120100000+0200".to_owned(),
        effective: Some(1_795_161_600),
        nullified: false,
        provenance: Provenance::Wire,
        content: b"<ClinicalDocument/>".to_vec(),
        digest: "00".to_owned(),
        attachments: vec![StoredAttachment {
            id: "a@x".to_owned(),
            media_type: "text/plain".to_owned(),
            content: b"attached".to_vec(),
        }],
    }
}

fn filled(documents: impl IntoIterator<Item = StoredDocument>) -> Archive {
    let archive = Archive::open(None).expect("open");
    for document in documents {
        archive.apply(&Change::Version(Box::new(document)), None, &[]).expect("apply");
    }
    archive
}

fn all() -> Filter {
    Filter { person: Some(PERSON.to_owned()), quantity: 50, ..Filter::default() }
}

fn ids(archive: &Archive, filter: &Filter) -> Vec<String> {
    let found = archive.search(filter).expect("search");
    found.documents.into_iter().map(|document| document.id).collect()
}

#[test]
fn what_is_stored_comes_back_whole() {
    let stored = document("501", 1);
    let archive = filled([stored.clone()]);
    assert_eq!(archive.search(&all()).expect("search").documents, std::slice::from_ref(&stored));
    assert_eq!(archive.of_persons(&[PERSON.to_owned()]).expect("all"), [stored]);
}

#[test]
fn only_the_newest_version_is_found_unless_all_are_asked_for() {
    let archive = filled([document("501", 1), document("501", 2)]);
    assert_eq!(ids(&archive, &all()), [document("501", 2).id]);
    let every = Filter { all_versions: true, ..all() };
    assert_eq!(ids(&archive, &every), [document("501", 1).id, document("501", 2).id]);
}

#[test]
fn a_nullified_version_takes_the_whole_set_along() {
    let nullified = StoredDocument { nullified: true, ..document("501", 2) };
    let archive = filled([document("501", 1), nullified, document("502", 1)]);
    assert_eq!(ids(&archive, &all()), [document("502", 1).id]);
    let with_nullified = Filter { nullified: true, all_versions: true, ..all() };
    assert_eq!(ids(&archive, &with_nullified).len(), 3);
    archive.apply(&Change::Nullification { set_id: document("502", 1).set_id }, None, &[]).expect("nullify");
    assert!(ids(&archive, &all()).is_empty());
}

#[test]
fn every_condition_counts() {
    let archive = filled([document("501", 1)]);
    let text = |value: &str| Some(value.to_owned());
    let fits = [
        Filter { id: text(&document("501", 1).id), ..all() },
        Filter { set_id: text(&document("501", 1).set_id), ..all() },
        Filter { group: text("5"), ..all() },
        Filter { document_type: text("19005"), ..all() },
        Filter { document_type: text("19"), ..all() },
        Filter { matter: text("1.2.246.10.99999991.95.400"), ..all() },
        Filter { controller: text("1.2.246.10.99999991.10.0"), ..all() },
        Filter { from: Some(1_795_161_600), until: Some(1_795_161_600), ..all() },
    ];
    for filter in fits {
        assert_eq!(ids(&archive, &filter).len(), 1, "{filter:?}");
    }
    let fits_not = [
        Filter { person: text("150675-901X"), ..all() },
        Filter { id: text("1.2.3"), ..all() },
        Filter { set_id: text("1.2.3"), ..all() },
        Filter { group: text("1"), ..all() },
        Filter { document_type: text("15007"), ..all() },
        Filter { service_task: text("24"), ..all() },
        Filter { matter: text("1.2.3"), ..all() },
        Filter { relationship: text("1.2.3"), ..all() },
        Filter { controller: text("1.2.246.10.99999992.10.0"), ..all() },
        Filter { from: Some(1_795_161_601), ..all() },
        Filter { until: Some(1_795_161_599), ..all() },
    ];
    for filter in fits_not {
        assert!(ids(&archive, &filter).is_empty(), "{filter:?}");
    }
}

#[test]
fn the_quantity_bounds_what_is_given_but_not_the_total() {
    let archive = filled((501..506).map(|number| document(&number.to_string(), 1)));
    let found = archive.search(&Filter { quantity: 2, ..all() }).expect("search");
    assert_eq!((found.documents.len(), found.total), (2, 5));
}

#[test]
fn a_taken_identifier_changes_nothing() {
    let archive = filled([document("501", 1)]);
    let message = AnsweredMessage { digest: "1".to_owned(), accepted: true, refused_for: vec![], answer: None };
    let other = StoredDocument { content: b"other".to_vec(), ..document("501", 1) };
    let refused = archive.apply(&Change::Version(Box::new(other)), Some(("1.2:3", &message)), &[]);
    assert!(matches!(refused, Err(ArchiveError::Taken(id)) if id == document("501", 1).id));
    assert_eq!(archive.message("1.2:3").expect("message"), None, "the message must not count as answered");
    assert_eq!(archive.search(&all()).expect("search").documents, [document("501", 1)]);
}

#[test]
fn a_version_of_a_set_is_there_once() {
    let archive = filled([document("501", 1), document("501", 2)]);
    let fork = StoredDocument { id: "1.2.246.10.99999991.95.999".to_owned(), ..document("501", 2) };
    let refused = archive.apply(&Change::Version(Box::new(fork)), None, &[]);
    assert!(matches!(refused, Err(ArchiveError::Forked { version: 2, .. })), "{refused:?}");
    assert_eq!(archive.of_persons(&[PERSON.to_owned()]).expect("all").len(), 2);
}

#[test]
fn an_answered_message_is_kept_with_its_answer() {
    let archive = Archive::open(None).expect("open");
    let refused_for = vec![FindingCode::JsonInvalid.into(), FindingCode::SignatureMissing.into()];
    let answer = Some("<answer/>".to_owned());
    let message = AnsweredMessage { digest: "1".to_owned(), accepted: false, refused_for, answer };
    archive.apply(&Change::Nothing, Some(("1.2:3", &message)), &[]).expect("apply");
    assert_eq!(archive.message("1.2:3").expect("message"), Some(message));
}

#[test]
fn notices_are_kept_all_or_none() {
    let archive = Archive::open(None).expect("open");
    let notice = |id: &str, digest: &str| NewResource {
        kind: "AuditEvent".to_owned(),
        id: id.to_owned(),
        digest: digest.to_owned(),
        persons: vec![PERSON.to_owned()],
    };
    let at = |second| jiff::Timestamp::from_second(second).expect("time");
    let first = archive.keep_resources(&[notice("1.1", "a")], "r1", at(1), &[]).expect("keep");
    let again = archive.keep_resources(&[notice("1.1", "a")], "r2", at(2), &[]).expect("again");
    assert!(first[0].is_new && !again[0].is_new);
    assert_eq!((first[0].number, &first[0].request, first[0].stored), (again[0].number, &again[0].request, at(1)));
    assert_eq!(again[0].stored, at(1), "what is there stays as it is");
    let refused = archive.keep_resources(&[notice("1.2", "b"), notice("1.1", "c")], "r3", at(3), &[]);
    assert!(matches!(refused, Err(ArchiveError::Taken(id)) if id == "1.1"));
    assert_eq!(archive.notices_of(&[PERSON.to_owned()]).expect("notices"), ["1.1"]);
}

#[test]
fn the_state_is_changed_with_the_database_or_not_at_all() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("archive.sqlite");
    let archive = Archive::open(Some(&path)).expect("open");
    let first = || Change::Version(Box::new(document("501", 1)));
    let request = |id: &str, body: &str| Fact::RequestCame { id: id.to_owned(), body: Fingerprint::of(body) };
    archive.apply(&first(), None, &[request("r1", "a")]).expect("apply");
    archive.apply(&first(), None, &[request("r2", "a")]).expect_err("taken");
    archive.learn(&[request("r1", "b"), request("r3", "c")]).expect("learn");
    let told = |id: &str, body: &str| archive.state().request(id, Fingerprint::of(body));
    assert_eq!(told("r1", "a"), Earlier::Same { answered: true }, "the first body counts");
    assert_eq!((told("r1", "b"), told("r2", "a")), (Earlier::Other, Earlier::Nothing));
    let before = archive.state().clone();
    std::mem::forget(archive);
    let again = Archive::open(Some(&path)).expect("open again");
    assert!(*again.state() == before && before != ArchiveState::default());
}

#[test]
fn a_database_without_facts_is_refused() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("archive.sqlite");
    let archive = Archive::open(Some(&path)).expect("open");
    archive.apply(&Change::Version(Box::new(document("501", 1))), None, &[]).expect("apply");
    drop(archive);
    let refused = Archive::open(Some(&path)).expect_err("documents and no facts");
    assert!(matches!(&refused, ArchiveError::Outdated(file) if *file == path), "{refused}");
}

#[test]
fn a_file_goes_on_where_it_ended() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("archive.sqlite");
    let archive = Archive::open(Some(&path)).expect("open");
    let fact = Fact::Nullified { set_id: "1.2".to_owned() };
    archive.apply(&Change::Version(Box::new(document("501", 1))), None, &[fact]).expect("apply");
    // Not closed, as when the process is killed: the write-ahead log must be enough.
    std::mem::forget(archive);
    let copy = Archive::open(Some(&path)).expect("open again");
    assert_eq!(ids(&copy, &all()), [document("501", 1).id]);
}

#[test]
fn what_was_handed_out_is_noted() {
    let archive = Archive::open(None).expect("open");
    let at = jiff::Timestamp::from_second(1_795_161_600).expect("time");
    let asked_by = "1.2.246.10.99999991.10.0".to_owned();
    let one = HandedOut { exchange: 7, document: "1.2.501".to_owned(), asked_by, at };
    let given_out = Change::GivenOut { handed_out: vec![one.clone()], disclosures: Vec::new() };
    archive.apply(&given_out, None, &[]).expect("note");
    let noted = archive.handed_out("1.2.501").expect("read");
    assert_eq!(noted, [one]);
}
