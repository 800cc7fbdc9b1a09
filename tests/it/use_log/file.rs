//! `kantakoe check` of a use log in a file.

use kantakoe::evidence::{Entry, Exchange, Journal};
use ring::digest;
use serde_json::{Value, json};

use super::rules::{exchanges, log};

/// A folder of files for the program.
pub struct Desk(tempfile::TempDir);

/// What the program told of a file.
pub struct Told {
    /// The whole output.
    pub json: Value,
    /// Exit code.
    pub code: Option<i32>,
}

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("folder"))
    }

    pub fn put(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.path().join(name), bytes).expect("write");
    }

    pub fn check(&self, arguments: &[&str]) -> Told {
        let mut command = assert_cmd::Command::cargo_bin("kantakoe").expect("program");
        let output =
            command.current_dir(self.0.path()).args(["check", "--json"]).args(arguments).output().expect("run");
        let json = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        Told { json, code: output.status.code() }
    }
}

impl Desk {
    /// Exit code and words of a call that judges nothing.
    pub fn refused(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = assert_cmd::Command::cargo_bin("kantakoe").expect("program");
        let output = command.current_dir(self.0.path()).arg("check").args(arguments).output().expect("run");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

impl Told {
    /// Code, line, column and pointer of every finding that is no note.
    pub fn found(&self) -> Vec<(String, u32, u32, String)> {
        let number = |value: &serde_json::Value| u32::try_from(value.as_u64()?).ok();
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let of = |finding: &serde_json::Value| {
            let (place, position) = (&finding["place"], &finding["place"]["position"]);
            let line_and_column = (number(&position["line"])?, number(&position["column"])?);
            Some((text(&finding["code"])?, line_and_column.0, line_and_column.1, text(&place["path"])?))
        };
        self.json["findings"].as_array().expect("findings").iter().filter_map(of).collect()
    }

    /// What could not be judged.
    fn notes(&self) -> Vec<String> {
        let notes = self.json["findings"].as_array().expect("findings").iter();
        let notes = notes.filter(|finding| finding["code"] == "log-not-judged");
        notes.map(|finding| finding["expected"].as_str().expect("text").to_owned()).collect()
    }
}

/// `count` right entries, chained as docs/use-log.md tells.
pub fn chained(count: i64) -> Vec<Value> {
    let model = &log()["entries"][0];
    let mut previous = "0".repeat(64);
    let chain = |sequence: i64| {
        let mut entry = model.clone();
        entry["sequence"] = json!(sequence);
        entry["time"] = json!(format!("2026-11-20T09:{:02}:00.000+02:00", sequence % 60));
        entry["integrity"] = json!({"algorithm": "SHA-256", "previous": previous});
        let canonical = serde_jcs::to_vec(&entry).expect("canonical");
        let hash = digest::digest(&digest::SHA256, &canonical);
        previous = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        entry["integrity"]["hash"] = json!(previous);
        entry
    };
    (1..=count).map(chain).collect()
}

fn lines(entries: &[Value]) -> String {
    entries.iter().map(|entry| format!("{entry}\n")).collect()
}

fn judged(bytes: &[u8]) -> Told {
    let desk = Desk::new();
    desk.put("log", bytes);
    desk.check(&["log"])
}

/// The journal with these exchanges, in the folder.
fn put_journal(desk: &Desk, exchanges: Vec<Exchange>) {
    let journal = Journal::create(&desk.0.path().join("journal"), None).expect("journal");
    for exchange in exchanges {
        journal.append(Entry::Exchange(Box::new(exchange))).expect("written");
    }
}

#[test]
fn a_log_is_held_against_evidence() {
    let desk = Desk::new();
    put_journal(&desk, exchanges());
    let entries = log()["entries"].as_array().expect("entries").clone();
    let codes = |entries: &[Value]| -> Vec<String> {
        desk.put("log", lines(entries).as_bytes());
        let told = desk.check(&["log", "--evidence", "journal"]);
        let findings = told.json["findings"].as_array().expect("findings").iter();
        findings.map(|finding| finding["code"].as_str().expect("code").to_owned()).collect()
    };
    assert_eq!(codes(&entries), ["log-not-judged"]);
    assert_eq!(codes(&entries[1..]), ["log-entry-missing", "log-not-judged"]);
    assert_eq!(codes(&[&entries[..], &entries[..1]].concat())[..2], ["log-entry-doubled", "log-time-wrong"]);
    let mut changed = entries;
    changed[0]["kanta"]["messageId"] = json!("1.2.246.10.99999991.10.0:77");
    changed[1]["outcome"] = json!("success");
    let found = codes(&changed);
    assert_eq!(found[..3], ["log-request-unknown", "log-outcome-wrong", "log-entry-missing"]);
}

fn expect(text: &str, entries: u64, expected: &[(&str, u32, u32, &str)]) {
    let told = judged(text.as_bytes());
    let found = told.found();
    let found: Vec<_> =
        found.iter().map(|(code, line, column, path)| (code.as_str(), *line, *column, path.as_str())).collect();
    assert_eq!((found.as_slice(), &told.json["entries"]), (expected, &json!(entries)), "{text}");
}

#[test]
fn a_right_log_passes_in_every_shape() {
    let entries = chained(5);
    let pretty = serde_json::to_string_pretty(&json!({"version": {"entries": []}, "entries": entries})).expect("JSON");
    let unclosed_line = lines(&entries).trim_end().to_owned();
    let crlf = lines(&entries).replace('\n', "\r\n");
    for text in [json!(entries).to_string(), pretty, lines(&entries), unclosed_line, crlf] {
        let told = judged(text.as_bytes());
        assert_eq!((told.found(), told.code), (vec![], Some(0)), "{text}");
        assert_eq!(told.json["entries"], 5);
        assert_eq!(told.notes(), ["whether entries and messages agree"]);
    }
}

#[test]
fn the_lack_of_hashes_is_noted() {
    let told = judged(log().to_string().as_bytes());
    assert_eq!(told.found(), []);
    assert_eq!(told.notes(), ["whether entries and messages agree", "the chain of hashes"]);
    let mut other = chained(1);
    other[0]["integrity"]["algorithm"] = json!("SHA-1");
    assert_eq!(judged(lines(&other).as_bytes()).notes().len(), 2);
}

#[test]
fn a_mistake_is_told_with_its_line_column_and_pointer() {
    let mut entries = log()["entries"].as_array().expect("entries").clone();
    entries[1]["time"] = json!("2026-11-20T09:15:02");
    let line = entries[1].to_string();
    let column = 1 + u32::try_from(line.find("\"2026-").expect("time")).expect("small");
    expect(&lines(&entries), 4, &[("log-time-wrong", 2, column, "/time")]);
    let array = format!("[\n{}]", lines(&entries).trim_end().replace('\n', ",\n  "));
    expect(&array, 4, &[("log-time-wrong", 3, column + 2, "/1/time")]);
}

#[test]
fn a_changed_removed_or_moved_entry_is_found() {
    let entries = chained(4);
    let places = |changed: &[Value]| -> Vec<(String, u32, String)> {
        let found = judged(lines(changed).as_bytes()).found();
        found.into_iter().map(|(code, line, _, path)| (code, line, path)).collect()
    };
    let at = |code: &str, line: u32, path: &str| (code.to_owned(), line, path.to_owned());
    let mut changed = entries.clone();
    changed[1]["user"]["name"] = json!("Toinen Nimi");
    assert_eq!(places(&changed), [at("log-chain-broken", 2, "/integrity/hash")]);
    let removed = [&entries[..1], &entries[2..]].concat();
    assert_eq!(places(&removed), [at("log-sequence-broken", 2, "/sequence")]);
    let mut renumbered = removed;
    renumbered.iter_mut().for_each(|entry| drop(entry.as_object_mut().expect("entry").shift_remove("sequence")));
    assert!(places(&renumbered).contains(&at("log-chain-broken", 2, "/integrity/previous")));
    let mut bare = entries.clone();
    bare[3].as_object_mut().expect("entry").shift_remove("integrity");
    assert_eq!(places(&bare), [at("log-chain-broken", 4, "/integrity")]);
    let mut moved = entries;
    moved.swap(1, 2);
    let codes: Vec<String> = places(&moved).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes, ["log-sequence-broken", "log-time-wrong", "log-sequence-broken", "log-sequence-broken"]);
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_judged() {
    const DAMAGED: &str = "log-file-damaged";
    let good = lines(&log()["entries"].as_array().expect("entries")[..1]);
    let good = good.trim_end();
    let broken = good.replacen("\"kind\":", "\"kind\"", 1);
    let column = 1 + u32::try_from(broken.find("\"kind\"").expect("kind") + 6).expect("small");
    expect(&format!("{good}\n{broken}\n{good}"), 2, &[(DAMAGED, 2, column, "")]);
    let half = &good[..40];
    assert_eq!(judged(format!("{good}\n{half}").as_bytes()).found()[0].1, 2);
    let found = judged(format!("[{good},\n{half}").as_bytes()).found();
    assert!(found.iter().all(|(code, line, ..)| code == DAMAGED && *line == 2) && found.len() == 2, "{found:?}");
    let unclosed = good.strip_suffix('}').expect("object").replace("T09:15:01", "T09:01:30");
    let [one, two, three] = [0, 1, 2].map(|at| chained(3)[at].to_string());
    let told = judged(format!("[{one},\n{unclosed},\n{two},\n{three}\n]").as_bytes());
    assert_eq!((&told.json["entries"], told.code), (&json!(3), Some(1)));
    assert!(told.found().iter().all(|(code, ..)| code == DAMAGED), "{:?}", told.found());
    expect("[]", 0, &[(DAMAGED, 1, 1, "")]);
}

#[test]
fn other_encodings_are_named_and_read() {
    let entry = log()["entries"][0].to_string();
    assert!(entry.contains("käyttö"));
    let latin: Vec<u8> = entry.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin-1")).collect();
    let column = 1 + u32::try_from(entry.find("äyttö").expect("word")).expect("small");
    let told = judged(&latin);
    assert_eq!(told.found(), [("log-file-damaged".to_owned(), 1, column, String::new())]);
    assert_eq!(told.json["entries"], 1);
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(entry.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let told = judged(&wide);
    assert_eq!(told.found(), [("log-file-damaged".to_owned(), 1, 1, String::new())]);
    assert_eq!(told.json["entries"], 1);
    assert_eq!(judged(format!("\u{feff}{entry}").as_bytes()).found(), []);
}

#[test]
fn findings_are_bounded_and_counted() {
    let mut entries = chained(50);
    entries.iter_mut().for_each(|entry| entry["purpose"] = Value::Null);
    let told = judged(lines(&entries).as_bytes());
    let missing = told.found().into_iter().filter(|(code, ..)| code == "log-purpose-missing").count();
    assert_eq!((missing, &told.json["counts"]["log-purpose-missing"]), (20, &json!(50)));
}
