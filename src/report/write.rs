//! The files of a report: the room's only way to the disk.
//!
//! Files of an earlier report are removed before the first new one is written, and a file gets its
//! name when it is whole; so no reader ever meets files of two runs side by side. Files that no report
//! wrote are left alone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file_names::{EXCHANGES, document_name, file_name};
use super::texts::Texts;
use super::{html, json, junit, unpack};
use crate::evidence::{Body, Entry, Exchange};
use crate::rule::Catalogue;
use crate::run::RunResult;
use crate::words::Language;

const JSON: &str = "report.json";
const JUNIT: &str = "junit.xml";
const PAGE: &str = "index.html";
/// Folder of the use logs that the built-in systems export, within the report's folder.
pub const USE_LOGS: &str = "evidence/use-log";
/// Kinds of the files that a report writes in the folder of the messages.
const KINDS: [&str; 3] = ["request", "answer", "document"];
const UNFINISHED: &str = "unfinished";

/// Where the report stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPaths {
    /// The page for people.
    pub page: PathBuf,
    /// `report.json`.
    pub json: PathBuf,
    /// `junit.xml`.
    pub junit: PathBuf,
    /// How many files of messages stand in `evidence/exchanges`.
    pub messages: usize,
}

/// A report that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the report to {path}: {cause}")]
pub struct ReportError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub cause: io::Error,
}

/// Writes `report.json`, `junit.xml`, `index.html` and the messages of `entries` into `folder`.
///
/// # Errors
/// When a folder or file cannot be made, written or replaced.
pub fn all(
    folder: &Path,
    result: &RunResult,
    entries: &[Arc<Entry>],
    catalogue: &Catalogue,
    language: Language,
) -> Result<ReportPaths, ReportError> {
    let texts = Texts::of(language);
    // The page takes the longest, so that the others are written meanwhile.
    std::thread::scope(|scope| {
        let page = scope.spawn(|| html::write(result, entries, catalogue, texts));
        let bodies = folder.join(EXCHANGES);
        clear_reports(folder)?;
        let mut messages = 0;
        for (name, bytes) in exchanges(entries).flat_map(message_files) {
            put(&bodies.join(name), &bytes)?;
            messages += 1;
        }
        let page = page.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        machine_reports(folder, result, catalogue, texts)?;
        put(&folder.join(PAGE), page.as_bytes())?;
        let [json, junit, page] = [JSON, JUNIT, PAGE].map(|name| folder.join(name));
        Ok(ReportPaths { page, json, junit, messages })
    })
}

/// Writes `report.json` and `junit.xml` into `folder`, and neither page nor messages.
///
/// # Errors
/// As [`all`].
pub fn verdicts(
    folder: &Path,
    result: &RunResult,
    catalogue: &Catalogue,
    language: Language,
) -> Result<(), ReportError> {
    clear_reports(folder)?;
    machine_reports(folder, result, catalogue, Texts::of(language))
}

fn machine_reports(folder: &Path, result: &RunResult, catalogue: &Catalogue, texts: &Texts) -> Result<(), ReportError> {
    put(&folder.join(JSON), json::write(result, catalogue, texts).as_bytes())?;
    put(&folder.join(JUNIT), junit::write(result, texts).as_bytes())
}

fn exchanges(entries: &[Arc<Entry>]) -> impl Iterator<Item = &Exchange> {
    entries.iter().filter_map(|entry| entry.exchange())
}

/// The bodies of an exchange as they were, and the documents in them. Headers are left out: they hold
/// tokens.
fn message_files(exchange: &Exchange) -> Vec<(String, Vec<u8>)> {
    let answer = exchange.answer.as_ref().map(|answer| ("answer", &answer.body));
    let mut files = Vec::new();
    for (kind, body) in [("request", &exchange.request.body)].into_iter().chain(answer) {
        let Body::Raw(bytes) = body else { continue };
        if !bytes.is_empty() {
            files.push((file_name(exchange.number, kind, bytes), bytes.clone()));
        }
        for (index, document) in unpack::documents(bytes).into_iter().enumerate() {
            files.push((document_name(exchange.number, kind, index), document));
        }
    }
    files
}

/// Makes the folders of a report and removes the files of an earlier run, the page and the verdicts first:
/// a run that stops early leaves no verdict of another run behind.
///
/// # Errors
/// When a folder cannot be made or a file cannot be removed.
pub fn clear(folder: &Path) -> Result<(), ReportError> {
    clear_reports(folder)?;
    let Ok(logs) = fs::read_dir(folder.join(USE_LOGS)) else { return Ok(()) };
    logs.flatten().filter(|log| log.file_name().to_str().is_some_and(is_lane)).try_for_each(|log| remove(&log.path()))
}

/// The same without the use logs, which are of this run when its report is written.
fn clear_reports(folder: &Path) -> Result<(), ReportError> {
    let bodies = &folder.join(EXCHANGES);
    fs::create_dir_all(bodies).map_err(failed(bodies))?;
    for name in [PAGE, JSON, JUNIT] {
        remove(&folder.join(name))?;
    }
    for entry in fs::read_dir(bodies).map_err(failed(bodies))? {
        let path = entry.map_err(failed(bodies))?.path();
        if path.file_name().and_then(|name| name.to_str()).is_some_and(is_ours) {
            remove(&path)?;
        }
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), ReportError> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(failed(path)(cause)),
        _ => Ok(()),
    }
}

/// Whether a file in the folder of messages is one that a report writes.
fn is_ours(name: &str) -> bool {
    let mut parts = name.split('.');
    let number = parts.next().unwrap_or_default();
    number.len() >= 4
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && parts.next().is_some_and(|kind| KINDS.contains(&kind))
}

/// Whether a file among the use logs is one of a run: they are called by the numbers of their lanes.
fn is_lane(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{UNFINISHED}"));
    let unfinished = PathBuf::from(name);
    fs::write(&unfinished, bytes).map_err(failed(path))?;
    fs::rename(&unfinished, path).map_err(failed(path))
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> ReportError + '_ {
    |cause| ReportError { path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::{EXCHANGES, USE_LOGS, all, clear, verdicts};
    use crate::report::Language;
    use crate::report::example::{self, CATALOGUE};

    fn names(folder: &Path) -> BTreeSet<String> {
        let entries = fs::read_dir(folder).expect("folder");
        entries.map(|entry| entry.expect("entry").file_name().into_string().expect("name")).collect()
    }

    #[test]
    fn writes_every_file_and_replaces_an_earlier_report() {
        let folder = tempfile::tempdir().expect("folder");
        let bodies = folder.path().join(EXCHANGES);
        fs::create_dir_all(&bodies).expect("folder");
        for stale in ["0009.request.xml", "0012.answer.document-2.xml"] {
            fs::write(bodies.join(stale), "stale").expect("write");
        }
        fs::write(bodies.join("notes.txt"), "mine").expect("write");
        let result = example::result();
        for _ in 0..2 {
            let written = all(folder.path(), &result, &example::entries(), &CATALOGUE, Language::Fi).expect("written");
            assert_eq!(written.page, folder.path().join("index.html"));
            assert_eq!(written.messages, 7);
        }
        let top = ["evidence", "index.html", "junit.xml", "report.json"];
        assert_eq!(names(folder.path()), top.map(String::from).into());
        let messages = [
            "0001.answer.xml",
            "0001.document.xml",
            "0001.request.xml",
            "0002.request.xml",
            "0003.answer.xml",
            "0003.request.json",
            "0004.answer.xml",
            "notes.txt",
        ];
        assert_eq!(names(&bodies), messages.map(String::from).into());
        let document = fs::read_to_string(bodies.join("0001.document.xml")).expect("document");
        assert_eq!(document, example::document());
    }

    #[test]
    fn verdicts_alone_leave_no_page_and_no_messages_of_an_earlier_report() {
        let folder = tempfile::tempdir().expect("folder");
        let result = example::result();
        all(folder.path(), &result, &example::entries(), &CATALOGUE, Language::Fi).expect("written");
        verdicts(folder.path(), &result, &CATALOGUE, Language::Fi).expect("written");
        let top = ["evidence", "junit.xml", "report.json"];
        assert_eq!(names(folder.path()), top.map(String::from).into());
        assert!(names(&folder.path().join(EXCHANGES)).is_empty());
    }

    #[test]
    fn the_use_logs_of_a_run_stay_until_the_next_one() {
        let folder = tempfile::tempdir().expect("folder");
        let logs = folder.path().join(USE_LOGS);
        fs::create_dir_all(&logs).expect("folder");
        for name in ["1", "12", "mine.jsonl"] {
            fs::write(logs.join(name), "{}").expect("write");
        }
        all(folder.path(), &example::result(), &[], &CATALOGUE, Language::En).expect("written");
        assert_eq!(names(&logs), ["1", "12", "mine.jsonl"].map(String::from).into());
        clear(folder.path()).expect("cleared");
        assert_eq!(names(&logs), ["mine.jsonl".to_owned()].into());
    }

    #[test]
    fn a_folder_that_cannot_be_used_is_one_clear_line() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("taken");
        fs::write(&file, "a file").expect("write");
        let error = all(&file, &example::result(), &[], &CATALOGUE, Language::En).expect_err("no folder");
        let line = error.to_string();
        assert!(line.starts_with("cannot write the report to ") && line.contains("taken"), "{line}");
        assert!(!line.contains('\n'));
    }
}
