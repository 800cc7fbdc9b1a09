//! Systems that do everything right and alter only what they say of it.

use std::sync::Arc;

use serde_json::{Value, json};

use super::changes::{
    Change, add, add_words, cut, double_last, drop_all, drop_last, earlier, invent, other_id, outcome, remove, set,
    swap,
};
use super::front::{Asked, Liar};
use super::stand::{Row, all_caught};

/// What is changed, in the answers to which action, and the scenarios that it is tried on.
struct Lie(&'static str, &'static str, &'static [&'static str], Change);

const SEARCH: &str = "search-documents";
const METADATA: &str = "search-metadata";
const VIEW: &str = "view-document";
const RELATIONSHIP: &str = "store-client-relationship";
const DOCUMENT: &str = "store-client-document";
const DISCLOSURES: &str = "record-disclosures";
const DOCUMENTS: &str = "/result/documents";
const ROWS: &str = "/result/summary";
const NOTICES: &str = "/result/notices";
const ENTRIES: &str = "/result/entries";
const ERRORS: &str = "/errors";

const TWO_FOUND: &[&str] = &["search-by-client"];
const NEWEST: &[&str] = &["search-newest-version"];
const TWO_ROWS: &[&str] = &["search-metadata-only"];
const SUMMARY: &[&str] = &["search-summary"];
const VIEWED: &[&str] = &["search-view-document"];
const ATTACHED: &[&str] = &["storage-attachments"];
const STORED: &[&str] = &["storage-client-relationship"];
const CORRECTED: &[&str] = &["replacement-correct"];
const NULLIFIED: &[&str] = &["replacement-nullify"];
const ONE_NOTICE: &[&str] = &["notice-paper-only"];
const TWO_NOTICES: &[&str] = &["notice-two-clients"];
const DECLARED: &[&str] = &["declarations-prohibited-document"];
const REFUSED: &[&str] = &["robustness-error-answer"];
const ISSUES: &[&str] = &["robustness-notice-several-errors"];
const LOGGED: &[&str] = &["log-each-action"];
const CLIENT_LOG: &[&str] = &["log-client-request"];
const FORMS: &[&str] = &["forms-received"];

#[rustfmt::skip]
const LIES: &[Lie] = &[
    // Documents of a search.
    Lie("drops a document", SEARCH, TWO_FOUND, |_, ended| drop_last(ended, DOCUMENTS)),
    Lie("drops all documents", SEARCH, TWO_FOUND, |_, ended| drop_all(ended, DOCUMENTS)),
    Lie("doubles a document", SEARCH, TWO_FOUND, |_, ended| double_last(ended, DOCUMENTS)),
    Lie("swaps the identifiers of two", SEARCH, TWO_FOUND, |_, ended| swap(ended, DOCUMENTS, "id")),
    Lie("swaps the sets of two", SEARCH, TWO_FOUND, |_, ended| swap(ended, DOCUMENTS, "set-id")),
    Lie("swaps the texts of two", SEARCH, TWO_FOUND, |_, ended| swap(ended, DOCUMENTS, "text")),
    Lie("invents a document", SEARCH, TWO_FOUND, |_, ended| {
        invent(ended, DOCUMENTS, &json!({ "id": "1.2.246.10.99999991.95.2026.5.77.1", "set-id": "1.2.246.10.99999991.95.2026.5.77.1" }))
    }),
    Lie("invents a version", SEARCH, TWO_FOUND, |_, ended| {
        invent(ended, DOCUMENTS, &json!({ "id": "1.2.246.10.99999991.95.2026.5.77.1" }))
    }),
    Lie("invents an identifier", SEARCH, TWO_FOUND, |_, ended| other_id(ended, "/result/documents/0/id")),
    Lie("invents a set", SEARCH, TWO_FOUND, |_, ended| other_id(ended, "/result/documents/0/set-id")),
    Lie("raises a version", SEARCH, TWO_FOUND, |_, ended| add(ended, "/result/documents/0/version", 1)),
    Lie("lowers a version", SEARCH, NEWEST, |_, ended| add(ended, "/result/documents/0/version", -1)),
    Lie("ages a document", SEARCH, NEWEST, |_, ended| {
        let set = ended["result"]["documents"][0]["set-id"].clone();
        set_id(ended, set)
    }),
    Lie("shows a document as nullified", SEARCH, TWO_FOUND, |_, ended| set(ended, "/result/documents/0/nullified", json!(true))),
    Lie("tells no nullification", SEARCH, TWO_FOUND, |_, ended| remove(ended, "/result/documents/0", "nullified")),
    Lie("empties a text", SEARCH, TWO_FOUND, |_, ended| set(ended, "/result/documents/0/text", json!(""))),
    Lie("leaves a text out", SEARCH, TWO_FOUND, |_, ended| set(ended, "/result/documents/0/text", Value::Null)),
    Lie("cuts a text", SEARCH, TWO_FOUND, |_, ended| cut(ended, "/result/documents/0/text")),
    Lie("adds to a text", SEARCH, TWO_FOUND, |_, ended| add_words(ended, "/result/documents/0/text")),
    Lie("writes a version as text", SEARCH, TWO_FOUND, |_, ended| set(ended, "/result/documents/0/version", json!("1"))),
    Lie("tells no set", SEARCH, TWO_FOUND, |_, ended| remove(ended, "/result/documents/0", "set-id")),
    Lie("tells no documents", SEARCH, TWO_FOUND, |_, ended| remove(ended, "/result", "documents")),
    Lie("shows what it found before", SEARCH, &["search-by-matter", "search-by-document-type"], |asked, ended| {
        earlier(asked, SEARCH, DOCUMENTS).is_some_and(|found| set(ended, DOCUMENTS, found))
    }),
    Lie("finds nothing where something is", SEARCH, &["declarations-information-and-permit"], |_, ended| drop_all(ended, DOCUMENTS)),
    Lie("shows an error beside success", SEARCH, TWO_FOUND, |_, ended| set(ended, ERRORS, json!([{ "code": "7", "text": "mikä" }]))),
    Lie("says that a search failed", SEARCH, TWO_FOUND, |_, ended| outcome(ended, "failed")),
    Lie("says that a failed search succeeded", SEARCH, &["search-busy"], |_, ended| outcome(ended, "succeeded")),
    Lie("says that a refused search succeeded", SEARCH, &["access-right-relevant-connection"], |_, ended| outcome(ended, "succeeded")),
    Lie("shows no document of the first pages", SEARCH, &["search-several-pages"], |_, ended| {
        ended["result"]["documents"].as_array_mut().is_some_and(|found| found.drain(..2).count() == 2)
    }),
    // Rows of a metadata search.
    Lie("drops a row", METADATA, TWO_ROWS, |_, ended| drop_last(ended, DOCUMENTS)),
    Lie("doubles a row", METADATA, TWO_ROWS, |_, ended| double_last(ended, DOCUMENTS)),
    Lie("invents a row", METADATA, TWO_ROWS, |_, ended| {
        invent(ended, DOCUMENTS, &json!({ "id": "1.2.246.10.99999991.95.2026.5.77.1", "set-id": "1.2.246.10.99999991.95.2026.5.77.1" }))
    }),
    Lie("swaps the identifiers of two rows", METADATA, TWO_ROWS, |_, ended| swap(ended, DOCUMENTS, "id")),
    Lie("invents an identifier of a row", METADATA, TWO_ROWS, |_, ended| other_id(ended, "/result/documents/0/id")),
    Lie("invents a set of a row", METADATA, TWO_ROWS, |_, ended| other_id(ended, "/result/documents/0/set-id")),
    Lie("raises the version of a row", METADATA, TWO_ROWS, |_, ended| add(ended, "/result/documents/0/version", 1)),
    Lie("shows a row as nullified", METADATA, TWO_ROWS, |_, ended| set(ended, "/result/documents/0/nullified", json!(true))),
    Lie("says that a metadata search failed", METADATA, TWO_ROWS, |_, ended| outcome(ended, "failed")),
    // The summary.
    Lie("drops a row of the summary", "search-summary", SUMMARY, |_, ended| drop_last(ended, ROWS)),
    Lie("doubles a row of the summary", "search-summary", SUMMARY, |_, ended| double_last(ended, ROWS)),
    Lie("counts one more", "search-summary", SUMMARY, |_, ended| add(ended, "/result/summary/0/count", 1)),
    Lie("counts one fewer", "search-summary", SUMMARY, |_, ended| add(ended, "/result/summary/0/count", -1)),
    Lie("names another latest", "search-summary", SUMMARY, |_, ended| other_id(ended, "/result/summary/0/latest")),
    Lie("swaps the latest of two rows", "search-summary", SUMMARY, |_, ended| swap(ended, ROWS, "latest")),
    Lie("tells another group of a row", "search-summary", SUMMARY, |_, ended| set(ended, "/result/summary/0/group", json!("9"))),
    Lie("tells another type of a row", "search-summary", SUMMARY, |_, ended| set(ended, "/result/summary/0/type", json!("19099"))),
    Lie("swaps the matters of two rows", "search-summary", SUMMARY, |_, ended| {
        let last = ended["result"]["summary"].as_array().map_or(0, Vec::len).saturating_sub(1);
        let (one, other) = (ended["result"]["summary"][0]["matter"].clone(), ended["result"]["summary"][last]["matter"].clone());
        set(ended, "/result/summary/0/matter", other) | set(ended, &format!("/result/summary/{last}/matter"), one)
    }),
    // A document that is viewed.
    Lie("views another document", VIEW, VIEWED, |_, ended| other_id(ended, "/result/document/id")),
    Lie("views another set", VIEW, VIEWED, |_, ended| other_id(ended, "/result/document/set-id")),
    Lie("views another version", VIEW, VIEWED, |_, ended| add(ended, "/result/document/version", 1)),
    Lie("views no text", VIEW, VIEWED, |_, ended| set(ended, "/result/document/text", Value::Null)),
    Lie("views half a text", VIEW, VIEWED, |_, ended| cut(ended, "/result/document/text")),
    Lie("views more than the text", VIEW, VIEWED, |_, ended| add_words(ended, "/result/document/text")),
    Lie("views the text of another document", VIEW, &["search-earlier-documents"], |asked, ended| {
        earlier(asked, SEARCH, "/result/documents/0/text").is_some_and(|text| set(ended, "/result/document/text", text))
    }),
    Lie("drops an attachment", VIEW, ATTACHED, |_, ended| drop_last(ended, "/result/document/attachments")),
    Lie("doubles an attachment", VIEW, ATTACHED, |_, ended| double_last(ended, "/result/document/attachments")),
    Lie("shows one attachment twice", VIEW, ATTACHED, |_, ended| {
        let first = ended["result"]["document"]["attachments"][0].clone();
        set(ended, "/result/document/attachments/1", first)
    }),
    Lie("alters an attachment", VIEW, ATTACHED, |_, ended| {
        let place = "/result/document/attachments/0/content";
        let content = ended.pointer(place).and_then(Value::as_str).map(|text| format!("{text}{text}").replacen('=', "", 9));
        content.is_some_and(|content| set(ended, place, json!(content)))
    }),
    Lie("calls an attachment a picture", VIEW, ATTACHED, |_, ended| set(ended, "/result/document/attachments/0/media-type", json!("image/png"))),
    // What was stored, corrected and nullified.
    Lie("stores under an invented identifier", RELATIONSHIP, STORED, |_, ended| other_id(ended, "/result/document/id")),
    Lie("stores in an invented set", RELATIONSHIP, STORED, |_, ended| other_id(ended, "/result/document/set-id")),
    Lie("stores a second version", RELATIONSHIP, STORED, |_, ended| set(ended, "/result/document/version", json!(2))),
    Lie("tells no identifier", RELATIONSHIP, STORED, |_, ended| remove(ended, "/result/document", "id")),
    Lie("tells no document", RELATIONSHIP, STORED, |_, ended| remove(ended, "/result", "document")),
    Lie("tells the document before", DOCUMENT, &["storage-client-document"], |asked, ended| {
        earlier(asked, "store-matter", "/result/document").is_some_and(|document| set(ended, "/result/document", document))
    }),
    Lie("says that storing failed", RELATIONSHIP, STORED, |_, ended| outcome(ended, "failed")),
    Lie("says that storing was refused", RELATIONSHIP, STORED, |_, ended| outcome(ended, "refused")),
    Lie("shows an error beside a stored document", RELATIONSHIP, STORED, |_, ended| set(ended, ERRORS, json!([{ "code": "7", "text": "mikä" }]))),
    Lie("says that a lost document is stored", RELATIONSHIP, &["robustness-answer-to-other-message", "robustness-malformed-answer"], |_, ended| outcome(ended, "succeeded")),
    Lie("corrects under the old identifier", "correct-document", CORRECTED, |asked, ended| {
        earlier(asked, DOCUMENT, "/result/document/id").is_some_and(|id| set(ended, "/result/document/id", id))
    }),
    Lie("corrects to the old version", "correct-document", CORRECTED, |_, ended| add(ended, "/result/document/version", -1)),
    Lie("corrects another set", "correct-document", CORRECTED, |_, ended| other_id(ended, "/result/document/set-id")),
    Lie("says that a correction failed", "correct-document", CORRECTED, |_, ended| outcome(ended, "failed")),
    Lie("nullifies under an invented identifier", "nullify-document", NULLIFIED, |_, ended| other_id(ended, "/result/document/id")),
    Lie("nullifies another set", "nullify-document", NULLIFIED, |_, ended| other_id(ended, "/result/document/set-id")),
    Lie("says that a refused nullification succeeded", "nullify-document", &["replacement-of-another-controller"], |_, ended| outcome(ended, "succeeded")),
    // Notices.
    Lie("drops a notice", DISCLOSURES, ONE_NOTICE, |_, ended| drop_last(ended, NOTICES)),
    Lie("doubles a notice", DISCLOSURES, TWO_NOTICES, |_, ended| double_last(ended, NOTICES)),
    Lie("invents a notice", DISCLOSURES, ONE_NOTICE, |_, ended| {
        invent(ended, NOTICES, &json!({ "key": "KOE-X-1", "notice-id": "1.2.246.10.99999991.1", "permanent-id": "1.2.246.10.99999991.2" }))
    }),
    Lie("invents the identifier of a notice", DISCLOSURES, ONE_NOTICE, |_, ended| other_id(ended, "/result/notices/0/notice-id")),
    Lie("invents the permanent identifier of a notice", DISCLOSURES, ONE_NOTICE, |_, ended| other_id(ended, "/result/notices/0/permanent-id")),
    Lie("keeps no permanent identifier", DISCLOSURES, ONE_NOTICE, |_, ended| set(ended, "/result/notices/0/permanent-id", Value::Null)),
    Lie("gives a notice another key", DISCLOSURES, ONE_NOTICE, |_, ended| other_id(ended, "/result/notices/0/key")),
    Lie("swaps the identifiers of two notices", DISCLOSURES, TWO_NOTICES, |_, ended| swap(ended, NOTICES, "notice-id")),
    Lie("swaps the permanent identifiers of two notices", DISCLOSURES, TWO_NOTICES, |_, ended| swap(ended, NOTICES, "permanent-id")),
    Lie("swaps the keys of two notices", DISCLOSURES, TWO_NOTICES, |_, ended| swap(ended, NOTICES, "key")),
    Lie("takes the notice's own identifier for the permanent one", DISCLOSURES, ONE_NOTICE, |_, ended| {
        let own = ended["result"]["notices"][0]["notice-id"].clone();
        set(ended, "/result/notices/0/permanent-id", own)
    }),
    Lie("says that a notice failed", DISCLOSURES, ONE_NOTICE, |_, ended| outcome(ended, "failed")),
    Lie("says that a refused notice was stored", DISCLOSURES, &["robustness-notice-refused", "robustness-notice-unknown-code"], |_, ended| outcome(ended, "succeeded")),
    // Declarations.
    Lie("invents the identifier of a declaration", "record-prohibition", DECLARED, |_, ended| other_id(ended, "/result/declarations/0/id")),
    Lie("drops a declaration", "record-prohibition", DECLARED, |_, ended| drop_last(ended, "/result/declarations")),
    Lie("doubles a declaration", "record-prohibition", DECLARED, |_, ended| double_last(ended, "/result/declarations")),
    Lie("says that a declaration failed", "record-prohibition", DECLARED, |_, ended| outcome(ended, "failed")),
    Lie("says that a refused permit was recorded", "record-permit", &["declarations-permit-before-information"], |_, ended| outcome(ended, "succeeded")),
    // States and errors.
    Lie("says that a refused document is stored", "document-status", REFUSED, |_, ended| set(ended, "/result/status", json!("stored"))),
    Lie("loses the text of a refused document", "document-status", REFUSED, |_, ended| set(ended, "/result/text", json!(""))),
    Lie("shows no error", RELATIONSHIP, REFUSED, |_, ended| drop_all(ended, ERRORS)),
    Lie("shows another error", RELATIONSHIP, REFUSED, |_, ended| set(ended, ERRORS, json!([{ "code": "4711", "text": "Jotain muuta" }]))),
    Lie("shows an error beside the one that came", RELATIONSHIP, REFUSED, |_, ended| {
        invent(ended, ERRORS, &json!({ "code": "4711", "text": "Jotain muuta" }))
    }),
    Lie("says that a refused document was stored", RELATIONSHIP, REFUSED, |_, ended| outcome(ended, "succeeded")),
    Lie("drops an issue", DISCLOSURES, ISSUES, |_, ended| drop_last(ended, ERRORS)),
    Lie("renames an issue", DISCLOSURES, ISSUES, |_, ended| set(ended, "/errors/0/code", json!("4711"))),
    Lie("words an issue otherwise", DISCLOSURES, ISSUES, |_, ended| set(ended, "/errors/0/text", json!("Jotain muuta"))),
    Lie("invents an issue", DISCLOSURES, ISSUES, |_, ended| invent(ended, ERRORS, &json!({ "code": "4711", "text": "Jotain muuta" }))),
    // The use log.
    Lie("drops a log entry", "use-log", LOGGED, |_, ended| drop_last(ended, ENTRIES)),
    Lie("drops all log entries", "use-log", LOGGED, |_, ended| drop_all(ended, ENTRIES)),
    Lie("doubles a log entry", "use-log", LOGGED, |_, ended| double_last(ended, ENTRIES)),
    Lie("ages a log entry", "use-log", LOGGED, |_, ended| set(ended, "/result/entries/1/time", json!("2020-01-01T00:00:00.000Z"))),
    Lie("tells another outcome in the log", "use-log", LOGGED, |_, ended| set(ended, "/result/entries/1/outcome/code", json!("failed")) || set(ended, "/result/entries/1/outcome", json!("failed"))),
    Lie("tells another client in the log", "use-log", LOGGED, |_, ended| set(ended, "/result/entries/1/client/value", json!("010181-900C"))),
    Lie("tells another message in the log", "use-log", LOGGED, |_, ended| other_id(ended, "/result/entries/1/kanta/messageId")),
    Lie("tells no user in the log", "use-log", LOGGED, |_, ended| set(ended, "/result/entries/1/user/value", json!(""))),
    Lie("drops the disclosure of the client's log", "client-log", CLIENT_LOG, |_, ended| {
        let rows = ended["result"]["entries"].as_array_mut();
        rows.is_some_and(|rows| { let before = rows.len(); rows.retain(|row| row["recipient"].is_null()); rows.len() < before })
    }),
    Lie("tells no user in the client's log", "client-log", CLIENT_LOG, |_, ended| set(ended, "/result/entries/0/user", json!(""))),
    Lie("gives old rows of the client's log without a reason", "client-log", CLIENT_LOG, |_, ended| outcome(ended, "succeeded")),
    Lie("finds a changed log intact", "verify-log", &["log-tampering"], |_, ended| set(ended, "/result/intact", json!(true))),
    Lie("finds an intact log changed", "verify-log", &["log-tampering"], |_, ended| set(ended, "/result/intact", json!(false))),
    Lie("lets the log be edited", "edit-log", &["log-edit-refused"], |_, ended| outcome(ended, "succeeded")),
    Lie("keeps the log a year too short", "log-retention", &["log-retention"], |_, ended| set(ended, "/result/years", json!(11))),
    Lie("shifts a time of the log", "log-times", &["log-daylight-saving"], |_, ended| swap_times(ended)),
    // Forms.
    Lie("drops a form", "receive-forms", FORMS, |_, ended| drop_last(ended, "/result/forms")),
    Lie("shows half a form", "receive-forms", FORMS, |_, ended| set(ended, "/result/forms/0/text", json!("Näytelomake"))),
    Lie("doubles a form", "receive-forms", FORMS, |_, ended| double_last(ended, "/result/forms")),
    Lie("adds to a form", "receive-forms", FORMS, |_, ended| add_words(ended, "/result/forms/0/text")),
    Lie("says that a form failed", "send-form", &["forms-sent-once"], |_, ended| outcome(ended, "failed")),
];

/// Gives the first document the identifier of its first version.
fn set_id(ended: &mut Value, id: Value) -> bool {
    set(ended, "/result/documents/0/id", id)
}

fn swap_times(ended: &mut Value) -> bool {
    let (one, other) = (ended["result"]["times"][0].clone(), ended["result"]["times"][2].clone());
    set(ended, "/result/times/0", other) | set(ended, "/result/times/2", one)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_alters_what_it_says_is_found() {
    let changed = Arc::new(std::sync::Mutex::new(std::collections::BTreeSet::new()));
    let row = |lie: &'static Lie| -> Row {
        let Lie(name, action, scenarios, change) = lie;
        let changed = Arc::clone(&changed);
        let alter = move |asked: &Asked<'_>, ended: &mut Value| {
            if asked.action == *action && change(asked, ended) {
                changed.lock().expect("changed").insert(*name);
            }
        };
        ((*name).to_owned(), Liar { alter: Some(Arc::new(alter)), ..Liar::default() }, None, scenarios.to_vec())
    };
    all_caught(LIES.iter().map(row).collect()).await;
    let changed = changed.lock().expect("changed");
    let idle: Vec<&str> = LIES.iter().map(|lie| lie.0).filter(|name| !changed.contains(name)).collect();
    assert!(idle.is_empty(), "nothing was there to change: {idle:?}");
}
