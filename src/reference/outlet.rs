//! How the system gives its use log away by itself: into a file, or to an address.

use jiff::Timestamp;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::audit_event::audit_event;
use super::faults::Fault;
use super::log_outlet::LogFormat;
use super::system::System;

/// Why the log could not be given.
#[derive(Debug, thiserror::Error)]
pub enum OutletError {
    /// The file cannot be written.
    #[error("the use log cannot be written: {0}")]
    File(#[from] std::io::Error),
    /// The address did not take it.
    #[error("the use log cannot be sent: {0}")]
    Address(#[from] reqwest::Error),
}

impl System {
    /// Gives the log where the settings say.
    pub(super) async fn give_log(&self) -> Result<(), OutletError> {
        let outlet = &self.settings.log_outlet;
        if let Some(file) = &outlet.file {
            tokio::fs::write(file, self.exported(outlet.format)).await?;
        }
        if let Some(url) = &outlet.url {
            let entries = self.log().fresh();
            if !entries.is_empty() {
                let request = self.http.post(url).header(CONTENT_TYPE, "application/jsonl").body(lines(&entries));
                let sent = request.send().await.and_then(reqwest::Response::error_for_status);
                sent.inspect_err(|_| self.log().keep(entries.len()))?;
            }
        }
        Ok(())
    }

    /// The whole log as a file has it.
    fn exported(&self, format: LogFormat) -> String {
        match format {
            LogFormat::Lines if self.deviates(Fault::LogFileTorn) => torn(&self.entries()),
            LogFormat::Lines => lines(&self.entries()),
            LogFormat::AuditEvents => lines(&self.audit_events()),
            LogFormat::Bundle => {
                let entries: Vec<Value> =
                    self.audit_events().into_iter().map(|event| json!({ "resource": event })).collect();
                json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string()
            }
        }
    }

    fn entries(&self) -> Vec<Value> {
        self.log().export(Timestamp::MIN, Timestamp::MAX, None)
    }

    /// The whole log as AuditEvents.
    pub(super) fn audit_events(&self) -> Vec<Value> {
        let mut events: Vec<Value> = self.entries().iter().map(audit_event).collect();
        if self.deviates(Fault::AuditEventWithoutRequestor) {
            let agents = events.iter_mut().filter_map(|event| event["agent"].as_array_mut()).flatten();
            agents.filter(|agent| agent["requestor"] == false).filter_map(Value::as_object_mut).for_each(|agent| {
                agent.shift_remove("requestor");
            });
        }
        events
    }
}

fn lines(entries: &[Value]) -> String {
    entries.iter().map(|entry| format!("{entry}\n")).collect()
}

/// Lines, of which the second was broken off and written again.
fn torn(entries: &[Value]) -> String {
    let mut lines: Vec<String> = entries.iter().map(|entry| format!("{entry}\n")).collect();
    if let Some(line) = lines.get(1) {
        let part: String = line.chars().take(40).collect();
        lines.insert(1, part + "\n");
    }
    lines.concat()
}
