//! Databases of every released schema open, keep what they hold, and work on. A file in `tests/schemas` is one of them,
//! as SQLite dumps it; a schema that is released adds one, and none is ever changed.

use std::path::Path;

use kantakoe_office::register::kind_of;
use kantakoe_office::store::{LogEntry, Store};

use crate::support::all_files;

#[tokio::test]
async fn a_database_of_each_schema_opens_with_what_it_holds() {
    let files = all_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas"));
    assert!(!files.is_empty());
    for file in files {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("office.sqlite");
        let dump = std::fs::read_to_string(&file).expect("text");
        // A dump names tables before those that they refer to.
        let dump = format!("PRAGMA foreign_keys = OFF;\n{dump}");
        rusqlite::Connection::open(&path).expect("database").execute_batch(&dump).expect("a dump");
        let store = Store::open(&format!("sqlite://{}", path.display())).await.expect("the store opens");
        let all = |code: &str| store.all_records(kind_of(code).expect("kind"), "", "");
        let names: Vec<String> =
            all("customer").await.expect("customers").iter().map(|one| one.text("name").to_owned()).collect();
        assert_eq!(names.len(), 3, "{}", file.display());
        let contacts = all("contact").await.expect("contacts");
        assert_eq!(contacts.len(), 6);
        assert!(!store.origins(&contacts[0].id).await.expect("origins").is_empty());
        let before = store.verify_log().await.expect("the log is whole").0;
        store.note(&LogEntry::default()).await.expect("note");
        assert_eq!(store.verify_log().await.expect("the log is whole").0, before + 1);
    }
}
