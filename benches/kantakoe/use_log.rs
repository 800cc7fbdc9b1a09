//! `--log-entries`: a use log made up with the exchanges that it tells, joined and judged as
//! `kantakoe check` does it.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::load::processor_time;
use super::stand::{ORGANISATION, Stopped, catalogue};
use kantakoe::check::judge_log;
use kantakoe::domain::Operation;
use kantakoe::profile::Profile;
use kantakoe::reading::{Call, Calls, digest};
use kantakoe::rule::Strictness;
use kantakoe::rule::use_log::{JudgedLog, LogJudge};
use kantakoe::wire::json::{Json, JsonShape, canonical_of};
use kantakoe::wire::use_log::LogForm;

/// Makes a log of `number` entries and tells how long its judging takes, beside a reader that only parses
/// each line on one processor.
pub fn measure(number: u64) -> Result<String, Stopped> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("use-log.jsonl");
    let calls = make(&path, number)?;
    let bytes = path.metadata()?.len();
    let bare = bare(&path)?;
    let (started, before) = (Instant::now(), processor_time());
    let judged = judged(&path, &calls)?;
    let (full, after) = (started.elapsed(), processor_time());
    if judged.entries != number || !judged.findings.is_empty() {
        return Err(format!("the log that was made up is not right: {:?}", judged.findings).into());
    }
    let processor = before.zip(after).map(|(before, after)| after.saturating_sub(before));
    Ok(text(number, bytes, (bare, full), processor))
}

fn text(number: u64, bytes: u64, (bare, full): (Duration, Duration), processor: Option<Duration>) -> String {
    let rate = |time: Duration| number as f64 / time.as_secs_f64();
    let memory = largest_memory().map_or_else(String::new, |kilobytes| {
        format!("most memory of the process: {} MB (budget 500 MB for a million)\n", kilobytes / 1024)
    });
    let processor = processor.map_or_else(String::new, |time| {
        format!("processor time of an entry: {:.1} us\n", time.as_secs_f64() * 1e6 / number as f64)
    });
    format!(
        "use log: {number} entries, {} MB, joined with as many messages and judged in {:.1} s (budget 10 s for a \
         million): {:.0} a second\nbare reader that only parses them, on one processor: {:.0} a second\n\
         ratio: {:.2}\n{processor}{memory}",
        bytes / 1_000_000,
        full.as_secs_f64(),
        rate(full),
        rate(bare),
        rate(full) / rate(bare),
    )
}

fn judged(path: &Path, calls: &Calls) -> Result<JudgedLog, Stopped> {
    let catalogue = catalogue()?;
    let profile = Profile::read(&Profile::built_in()).map_err(|mistakes| mistakes.to_string())?;
    let mut judge = LogJudge::new(JsonShape::Lines, &profile, &catalogue, Strictness::Fail).with_calls(calls);
    judge_log(path, &LogForm::Canonical(JsonShape::Lines), &mut judge)?;
    Ok(judge.finish())
}

fn bare(path: &Path) -> std::io::Result<Duration> {
    let started = Instant::now();
    for line in BufReader::new(File::open(path)?).lines() {
        std::hint::black_box(serde_json::from_str::<Value>(&line?)?);
    }
    Ok(started.elapsed())
}

/// Writes the log and gives what Kanta would have seen.
fn make(path: &Path, number: u64) -> std::io::Result<Calls> {
    let (mut file, mut calls, mut previous) = (BufWriter::new(File::create(path)?), Calls::default(), "0".repeat(64));
    let start = Timestamp::now();
    for sequence in 1..=number {
        let time = start + SignedDuration::from_millis(i64::try_from(sequence).unwrap_or_default());
        let id = format!("{}:{sequence}", ORGANISATION.0);
        let mut entry = entry(sequence, &id, time);
        entry["integrity"] = json!({"algorithm": "SHA-256", "previous": previous});
        previous = digest(&canonical_of(&Json::of(&entry), ("integrity", "hash"))?);
        entry["integrity"]["hash"] = previous.as_str().into();
        writeln!(file, "{entry}")?;
        calls.insert(&id, call(time));
    }
    file.flush()?;
    Ok(calls)
}

fn call(time: Timestamp) -> Call {
    Call {
        operation: Operation::Store,
        accepted: true,
        spoilt: false,
        came: time,
        answered: time,
        status: Some(200),
        persons: Box::default(),
        handed_out: Box::default(),
        notices: Box::default(),
        correlation: None,
    }
}

fn entry(sequence: u64, id: &str, time: Timestamp) -> Value {
    let organisation = ORGANISATION.0;
    json!({
        "eventId": format!("b6f0f9d2-3f5a-4a51-8f0c-{sequence:012}"),
        "sequence": sequence,
        "kind": "use",
        "time": time.to_string(),
        "client": {"system": "urn:oid:1.2.246.21", "value": "010181-900C"},
        "action": "create",
        "user": {
            "system": "urn:oid:1.2.246.537.26", "value": "99900000011", "name": "Testinen Tessa",
            "title": "Sosiaalityöntekijä", "authenticationMethod": "card",
        },
        "organisation": {"subscriber": organisation, "requester": organisation, "unit": format!("{organisation}.7")},
        "controller": {"id": organisation, "register": {"system": "urn:oid:1.2.246.537.6.1264.201701", "code": "1"}},
        "purpose": {"code": "own-use", "text": "Oma käyttö"},
        "objects": [{"documentId": format!("{organisation}.93.2026.{sequence}"), "version": 1, "type": "decision"}],
        "kanta": {"messageId": id, "httpStatus": 200, "errorCode": null},
        "system": {"id": "kantakoe-bench", "version": env!("CARGO_PKG_VERSION")},
        "outcome": "success",
    })
}

/// Most memory that this process has had, in kilobytes, as Linux tells it (proc(5)).
pub fn largest_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
