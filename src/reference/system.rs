//! The system itself: settings, keys, identifiers and what it holds.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::clock::Clock;
use super::declarations::Declarations;
use super::document::Signers;
use super::ending::{Ending, ShownError, Stop};
use super::faults::Fault;
use super::identity::{Carelessness, IdentityError, Signer, http_client};
use super::ids::Ids;
use super::outbox::Outbox;
use super::outgoing_form::OutgoingForm;
use super::register::Register;
use super::settings::ReferenceSettings;
use super::use_log::UseLog;
use crate::domain::Person;

/// A running client information system.
#[derive(Debug)]
pub struct System {
    /// What it was told.
    pub settings: ReferenceSettings,
    pub ids: Ids,
    pub clock: Clock,
    pub signers: Signers,
    /// A system signature that is no longer valid, where a fault uses one.
    lapsed: Option<Signer>,
    /// Connections to the archive.
    pub http: reqwest::Client,
    /// Connections to the log service.
    pub log_service: reqwest::Client,
    /// Held while everything that waits is sent, so that nothing goes out twice at once.
    pub sending_pending: tokio::sync::Mutex<()>,
    register: Mutex<Register>,
    outbox: Mutex<Outbox>,
    log: Mutex<UseLog>,
    declarations: Mutex<Declarations>,
    /// Forms that wait to be sent, oldest first.
    forms: Mutex<Vec<OutgoingForm>>,
}

impl System {
    /// A system with nothing in it.
    pub fn new(settings: ReferenceSettings) -> Result<Self, IdentityError> {
        let identities = &settings.identities;
        Ok(Self {
            ids: Ids::new(settings.seed, &settings.organisation.oid),
            clock: Clock::default(),
            signers: Signers {
                system: Signer::new(&identities.system, "system signature")?,
                professional: Signer::new(&identities.professional, "professional's signature")?,
            },
            lapsed: lapsed(&settings)?,
            http: http_client(identities, settings.retry.answer_timeout, Carelessness::of_archive(settings.fault))?,
            log_service: http_client(
                identities,
                settings.retry.answer_timeout,
                Carelessness::of_log_service(settings.fault),
            )?,
            sending_pending: tokio::sync::Mutex::default(),
            register: Mutex::default(),
            outbox: Mutex::default(),
            log: Mutex::new(UseLog::new(settings.fault)),
            declarations: Mutex::default(),
            forms: Mutex::default(),
            settings,
        })
    }

    /// Who signs Bundles.
    pub fn bundle_signer(&self) -> &Signer {
        match (self.settings.fault, &self.lapsed) {
            (Some(Fault::NoticeSignedByProfessional), _) => &self.signers.professional,
            (Some(Fault::NoticeSignerExpired | Fault::NoticeSignerRevoked), Some(lapsed)) => lapsed,
            _ => &self.signers.system,
        }
    }

    /// Who signs tokens.
    pub fn token_signer(&self) -> &Signer {
        match (self.settings.fault, &self.lapsed) {
            (Some(Fault::TokenSignerExpired | Fault::TokenSignerRevoked), Some(lapsed)) => lapsed,
            _ => &self.signers.system,
        }
    }

    /// Whether the system has this fault.
    pub fn deviates(&self, fault: Fault) -> bool {
        self.settings.deviates(fault)
    }

    /// What it holds; never kept across an await.
    pub fn register(&self) -> MutexGuard<'_, Register> {
        self.register.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notices that wait.
    pub fn outbox(&self) -> MutexGuard<'_, Outbox> {
        self.outbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Declarations of clients; never kept across an await.
    pub fn declarations(&self) -> MutexGuard<'_, Declarations> {
        self.declarations.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forms that wait to be sent; never kept across an await.
    pub fn forms(&self) -> MutexGuard<'_, Vec<OutgoingForm>> {
        self.forms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The use log.
    pub fn log(&self) -> MutexGuard<'_, UseLog> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets clients, documents and what waits. The use log stays, and no identifier is given again.
    pub fn reset(&self) -> Ending {
        *self.register() = Register::default();
        *self.outbox() = Outbox::default();
        *self.declarations() = Declarations::default();
        self.forms().clear();
        Ending::succeeded("everything is forgotten", json!({}))
    }

    /// Gets to know a client. The identity code is taken as it is, if it has eleven characters.
    pub fn know_client(&self, person: Person) -> Ending {
        if person.identity_code.chars().count() != 11 {
            return Ending::objected("an identity code has eleven characters");
        }
        self.register().clients.insert(person.identity_code.clone(), person);
        Ending::succeeded("the client is known", json!({}))
    }

    /// The client with this identity code.
    pub fn client(&self, identity_code: &str) -> Result<Person, Stop> {
        let known = self.register().clients.get(identity_code).cloned();
        known.ok_or_else(|| Ending::objected("the client is not known").into())
    }

    /// The ending of what Kanta refused.
    pub fn refusal(&self, errors: Vec<ShownError>, result: Value) -> Ending {
        if self.deviates(Fault::ErrorNotShown) {
            return Ending::refused("", vec![], result);
        }
        let said: Vec<String> = errors.iter().map(|error| format!("{} {}", error.code, error.text)).collect();
        Ending::refused(format!("Kanta refused: {}", said.join("; ")), errors, result)
    }
}

/// The system signature that a fault needs, which is no longer valid.
fn lapsed(settings: &ReferenceSettings) -> Result<Option<Signer>, IdentityError> {
    let expired = match settings.fault {
        Some(Fault::NoticeSignerExpired | Fault::TokenSignerExpired) => true,
        Some(Fault::NoticeSignerRevoked | Fault::TokenSignerRevoked) => false,
        _ => return Ok(None),
    };
    let what = "system signature that is no longer valid";
    let files = settings.identities.lapsed.as_ref().ok_or(IdentityError::Pem(what))?;
    Signer::new(if expired { &files.expired } else { &files.revoked }, what).map(Some)
}
