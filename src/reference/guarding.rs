//! What the system can say and do about its own log: check it, keep it, and show a client what it tells.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::clock::rfc3339;
use super::ending::Ending;
use super::faults::Fault;
use super::journal::{Event, LogOutcome, own_use};
use super::system::System;

/// Years that the log is kept.
const KEPT: u32 = 12;
/// How far back a client is told without a reason: two years, and a day for leap years.
const TOLD: SignedDuration = SignedDuration::from_hours(24 * (2 * 365 + 1));

impl System {
    /// Whether these entries are as the log had them.
    pub(super) fn verify_log(&self, entries: &[Value]) -> Ending {
        let intact = match self.settings.fault {
            Some(Fault::LogTamperingUnnoticed) => true,
            Some(Fault::LogIntactDenied) => false,
            _ => self.is_own(entries),
        };
        Ending::succeeded(if intact { "the log is intact" } else { "the log was changed" }, json!({"intact": intact}))
    }

    /// Entries tell by their hashes; AuditEvents, which have none, are compared with those of the log.
    fn is_own(&self, entries: &[Value]) -> bool {
        if entries.first().is_some_and(|entry| entry["resourceType"] == "AuditEvent") {
            return self.audit_events().windows(entries.len()).any(|events| events == entries);
        }
        self.log().is_chained(entries)
    }

    /// Nobody may change the log; that somebody tried is logged.
    pub(super) fn edit_log(&self, event: &str) -> Ending {
        if self.deviates(Fault::LogEditAllowed) {
            return Ending::succeeded("the entry is changed", json!({}));
        }
        let client = self.log().client_of(event).unwrap_or_default();
        if !self.deviates(Fault::LogEditUnlogged) {
            self.record(Event {
                kind: "administration",
                action: "replace",
                client: &client,
                purpose: own_use(&self.settings),
                objects: vec![json!({"description": "entry of the use log"})],
                more: vec![],
                kanta: Value::Null,
                outcome: LogOutcome::Refused,
            });
        }
        Ending::objected("the use log cannot be changed")
    }

    /// How long the log is kept.
    pub(super) fn log_retention(&self) -> Ending {
        let years = if self.deviates(Fault::LogRetentionShort) { 2 } else { KEPT };
        Ending::succeeded(format!("the log is kept for {years} years"), json!({"years": years}))
    }

    /// How the log writes these moments.
    pub(super) fn log_times(&self, moments: &[Timestamp]) -> Ending {
        let times: Vec<String> = moments.iter().map(|moment| self.log_time(*moment)).collect();
        Ending::succeeded("times of the log", json!({"times": times}))
    }

    fn log_time(&self, moment: Timestamp) -> String {
        let time = rfc3339(moment);
        match self.settings.fault {
            Some(Fault::LogTimeWithoutZone) => time.chars().take(23).collect(),
            Some(Fault::LogHourTwice) => time.replace("+03:00", "+02:00"),
            _ => time,
        }
    }

    /// What a client is told: two years back, and further only for a reason.
    pub(super) fn client_log(
        &self,
        client: &str,
        (from, until): (Timestamp, Timestamp),
        reason: Option<&str>,
    ) -> Ending {
        let is_older = self.clock.now().duration_since(from) > TOLD;
        if is_older && reason.is_none() && !self.deviates(Fault::ClientLogOlderGiven) {
            return Ending::objected("older than two years is told for a special reason only");
        }
        let entries = self.log().export(from, until, Some(client));
        let rows: Vec<Value> = entries.iter().map(|entry| self.client_row(entry)).collect();
        Ending::succeeded("the client's log", json!({"entries": rows}))
    }

    fn client_row(&self, entry: &Value) -> Value {
        let recipient = &entry["disclosure"]["recipient"]["name"];
        let hidden = self.deviates(Fault::ClientLogWithoutRecipient);
        json!({
            "time": entry["time"],
            "user": entry["user"]["name"],
            "organisation": entry["organisation"]["subscriber"],
            "purpose": entry["purpose"]["text"],
            "recipient": if hidden { &Value::Null } else { recipient },
        })
    }
}
