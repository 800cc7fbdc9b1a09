//! Recording disclosures: the local log, and notices of those outside the archive.

use serde_json::{Value, json};

use super::disclosure::{Channel, Disclosure, Item, Notice, Tenant};
use super::ending::{Ending, Stop};
use super::faults::Fault;
use super::journal::{Event, LogOutcome, object_of};
use super::notices::{notices_result, together};
use super::system::System;

impl System {
    /// Records disclosures and sends the notices that are due: one Bundle for each person.
    pub(super) async fn record_disclosures(&self, disclosures: Vec<Disclosure>) -> Ending {
        let notices = match self.prepared(disclosures) {
            Ok(notices) => notices,
            Err(ending) => return *ending,
        };
        if self.deviates(Fault::NoticeNotSent) {
            return Ending::succeeded("recorded", notices_result(&notices));
        }
        let notices = if self.deviates(Fault::EventsMerged) { merged(notices) } else { notices };
        let mut endings = vec![];
        for batch in self.batches(notices) {
            let parcel = self.parcel(&batch[0].client.identity_code.clone(), batch);
            endings.push(self.send_parcel(parcel).await);
        }
        if endings.is_empty() {
            return Ending::succeeded("recorded; no notice is due", notices_result(&[]));
        }
        together(endings)
    }

    /// Checks all disclosures, then logs each and prepares its notice.
    fn prepared(&self, disclosures: Vec<Disclosure>) -> Result<Vec<Notice>, Stop> {
        let said = |item: &Item| item.document.is_some() || item.description.is_some();
        if !disclosures.iter().all(|one| !one.items.is_empty() && one.items.iter().all(said)) {
            return Err(Ending::objected("a disclosure needs items, each a document or a description").into());
        }
        let clients: Result<Vec<_>, _> = disclosures.iter().map(|one| self.client(&one.client)).collect();
        let mut notices = vec![];
        for (client, mut disclosure) in clients?.into_iter().zip(disclosures) {
            self.know_kinds(&mut disclosure);
            let due = self.is_due(&disclosure);
            let parts = if due { self.parts(&disclosure) } else { vec![] };
            let first = notices.len();
            for part in parts {
                let (id, provenance) = self.notice_ids(&part.client);
                notices.push(Notice { id, provenance, client: client.clone(), disclosure: part, permanent: None });
            }
            let kind = if disclosure.recipient.producer { "use" } else { "disclosure" };
            self.log_disclosure(kind, &disclosure, notices.get(first), (Value::Null, LogOutcome::Success));
        }
        Ok(notices)
    }

    /// A notice is due of what is disclosed outside the archive. Transfers to the producer of an
    /// outsourced service are none.
    fn is_due(&self, disclosure: &Disclosure) -> bool {
        let outside = disclosure.channel == Channel::OutsideArchive || self.deviates(Fault::NoticeForArchiveDisclosure);
        let recipient = &disclosure.recipient;
        outside
            && (!recipient.producer || self.deviates(Fault::NoticeForOwnService))
            && !(recipient.client && self.deviates(Fault::NoticeToClientNotSent))
    }

    fn parts(&self, disclosure: &Disclosure) -> Vec<Disclosure> {
        if !self.deviates(Fault::NoticePerItem) {
            return vec![disclosure.clone()];
        }
        let alone = |item: &Item| Disclosure { items: vec![item.clone()], ..disclosure.clone() };
        disclosure.items.iter().map(alone).collect()
    }

    fn know_kinds(&self, disclosure: &mut Disclosure) {
        let register = self.register();
        for item in &mut disclosure.items {
            let record = item.document.as_ref().and_then(|set_id| register.newest(&disclosure.client, set_id));
            item.kind = record.map(|record| record.kind);
        }
    }

    /// Notices that go together: of one person, in order; alone where the variant does not batch.
    fn batches(&self, notices: Vec<Notice>) -> Vec<Vec<Notice>> {
        let mut batches: Vec<Vec<Notice>> = vec![];
        for notice in notices {
            let mixed = self.deviates(Fault::TwoClientsInOneBundle);
            let fits = |batch: &&mut Vec<Notice>| mixed || batch[0].client == notice.client;
            match batches.iter_mut().find(fits).filter(|_| self.settings.variant.batching) {
                Some(batch) => batch.push(notice),
                None => batches.push(vec![notice]),
            }
        }
        batches
    }

    /// Logs a disclosure itself, or a request that sent its notice.
    pub(super) fn log_disclosure(
        &self,
        kind: &'static str,
        disclosure: &Disclosure,
        notice: Option<&Notice>,
        (kanta, outcome): (Value, LogOutcome),
    ) {
        let mut told = json!({"channel": disclosure.channel.name(), "recipient": self.logged_recipient(disclosure)});
        if let Some(notice) = notice.filter(|_| !self.deviates(Fault::DisclosureLoggedWithoutNotice)) {
            told["noticeId"] = json!(notice.id);
        }
        let mut more = vec![("disclosure", told)];
        more.extend(disclosure.tenant.iter().flat_map(|tenant| self.logged_tenant(tenant)));
        let hidden = self.deviates(Fault::DisclosureLoggedWithoutObjects);
        let items = if hidden { &[] } else { disclosure.items.as_slice() };
        self.record(Event {
            kind,
            action: "disclose",
            client: &disclosure.client,
            purpose: (disclosure.ground.clone(), disclosure.ground.clone()),
            objects: items.iter().map(|item| self.logged_item(&disclosure.client, item)).collect(),
            more,
            kanta,
            outcome,
        });
    }

    /// In whose name and from whose register a tenant discloses.
    fn logged_tenant(&self, tenant: &Tenant) -> [(&'static str, Value); 2] {
        let organisation = &self.settings.organisation;
        let parties = json!({"subscriber": organisation.oid, "requester": tenant.id, "unit": organisation.unit_oid});
        [("organisation", parties), ("controller", json!({"id": tenant.id}))]
    }

    fn logged_recipient(&self, disclosure: &Disclosure) -> Value {
        if self.deviates(Fault::DisclosureLoggedWithoutRecipient) {
            return Value::Null;
        }
        let recipient = &disclosure.recipient;
        if recipient.client {
            return json!({"id": disclosure.client, "name": "client"});
        }
        json!({"id": recipient.id, "name": recipient.name})
    }

    fn logged_item(&self, client: &str, item: &Item) -> Value {
        let register = self.register();
        match item.document.as_ref().map(|set_id| (set_id, register.newest(client, set_id))) {
            Some((_, Some(record))) => object_of(&record.version, Some(record.kind)),
            Some((set_id, None)) => json!({"documentId": set_id}),
            None => json!({"description": item.description}),
        }
    }
}

/// One notice for each client, with the items of all disclosures.
fn merged(notices: Vec<Notice>) -> Vec<Notice> {
    let mut merged: Vec<Notice> = vec![];
    for mut notice in notices {
        match merged.iter_mut().find(|other| other.client == notice.client) {
            Some(other) => other.disclosure.items.append(&mut notice.disclosure.items),
            None => merged.push(notice),
        }
    }
    merged
}
