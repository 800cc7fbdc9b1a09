//! What the system tells about itself: documents, log, and what waits.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::ending::{ActionOutcome, Ending};
use super::faults::Fault;
use super::notices::together;
use super::system::System;

impl System {
    /// Where a document stands, found by set identifier or marker.
    pub(super) fn document_status(&self, client: &str, document: Option<&str>, marker: Option<&str>) -> Ending {
        let register = self.register();
        let Some(record) = register.latest(client, document, marker) else {
            return Ending::succeeded("unknown", json!({"status": "unknown", "text": null, "errors": []}));
        };
        let result = json!({"status": record.status.name(), "text": record.text, "errors": record.errors});
        Ending::succeeded(record.status.name(), result)
    }

    /// The use log of a period, of one client or of all.
    pub(super) fn use_log(&self, from: Timestamp, until: Timestamp, client: Option<&str>) -> Ending {
        let entries = self.log().export(from, until, client);
        Ending::succeeded("entries of the use log", json!({"entries": entries}))
    }

    /// Tries to send everything that waits, oldest first, documents before notices, and forms last.
    pub(super) async fn send_pending(&self) -> Ending {
        let _alone = self.sending_pending.lock().await;
        let messages = self.register().claim_waiting();
        let mut parcels = std::mem::take(&mut self.outbox().waiting);
        if self.deviates(Fault::NoticesOutOfOrder) {
            parcels.reverse();
        }
        let mut endings = vec![];
        for extension in messages {
            endings.push(self.send_held(&extension).await);
        }
        for parcel in parcels {
            endings.push(self.send_parcel(parcel).await);
        }
        endings.extend(self.send_waiting_forms().await);
        let waiting = self.register().waiting() + self.outbox().waiting.len() + self.forms().len();
        let mut ending = together(endings);
        if ending.outcome == ActionOutcome::Succeeded {
            ending.message = "nothing waits".to_owned();
        }
        let notices: Value = ending.result["notices"].take();
        ending.result = json!({"waiting": waiting, "notices": notices});
        ending
    }
}
