//! The running service, and the handle by which the harness reaches behind it.

use std::net::SocketAddr;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::archive::{Change, DeclarationChange, FormRecord, FormState};
use super::core::Core;
use super::fault::FaultPlans;
use super::lanes::NamedLanes;
use super::listen::{ConnectionSettings, Listening};
use super::planted::{PlantedDocument, PlantedForm, PlantedVersion};
use super::recorder::Recorder;
use super::service::Service;
use super::{
    Declaration, DisclosureQuery, FaultPlan, HandedOut, KantaError, LogRemoval, Settings, Tls, archivist, lanes,
    opening, soap,
};
use crate::domain::Fault;
use crate::evidence::{ArchivedDocument, Entry, HeldDeclaration, LoggedDisclosure, Provenance, Snapshot};
use crate::reading::digest;
use crate::state::{ArchiveState, Fact};
use crate::wire::cda::read_document;

/// The simulated Kanta.
#[derive(Debug, Clone, Copy)]
pub struct Kanta;

/// A simulated Kanta that listens, or a lane of one. When the last of its handles is dropped, it ends;
/// [`RunningKanta::stop`] lets requests in progress end first.
pub struct RunningKanta {
    address: SocketAddr,
    /// The archive of this lane.
    core: Arc<Core>,
    /// The main archive: it plays the faults of handshakes, since they tell no lane.
    main: Arc<Core>,
    services: Arc<[Arc<dyn Service>]>,
    lanes: Arc<NamedLanes>,
    listening: Arc<Listening>,
    /// Whether handshakes can be faulty on purpose.
    has_impostors: bool,
}

impl Kanta {
    /// Starts to listen. Must be called within a Tokio runtime.
    ///
    /// # Errors
    /// `Bind`, `Tls` or `Archive`.
    pub async fn start(settings: Settings) -> Result<RunningKanta, KantaError> {
        let unbound = |cause| KantaError::Bind { address: settings.bind, cause };
        let listener = TcpListener::bind(settings.bind).await.map_err(unbound)?;
        let address = listener.local_addr().map_err(unbound)?;
        let tls = settings.tls.clone();
        let scheme = if matches!(tls, Tls::Off) { "http" } else { "https" };
        let root = format!("{scheme}://{}:{}", settings.host, address.port());
        let bounds = settings.bounds;
        let services = Arc::from(settings.services.as_slice());
        let audience = audience(scheme, &root, address);
        let recorder = Recorder::new(Arc::clone(&settings.journal), settings.clock, settings.keep_exchanges, "");
        let core = Arc::new(opening::open(settings.clone(), recorder, root, audience)?);
        let (service, lanes) = lanes::service(&core, settings)?;
        let (recorder, certificates) = (Arc::clone(&core), Arc::clone(&core));
        let settings = ConnectionSettings {
            service,
            refusal: Arc::new(move |caller, reason, certificate| {
                recorder.recorder.refused_handshake(caller, reason, certificate);
            }),
            bounds,
            next_certificate: Arc::new(move || certificates.faults.next_certificate()),
            renewals: core.faults.renewals(),
        };
        let listening = Arc::new(Listening::start(listener, &tls, settings)?);
        let (main, has_impostors) = (Arc::clone(&core), tls.has_impostors());
        Ok(RunningKanta { address, core, main, services, lanes: Arc::new(lanes), listening, has_impostors })
    }
}

/// The names under which the FHIR root is reached.
fn audience(scheme: &str, root: &str, address: SocketAddr) -> Vec<String> {
    let local = ["localhost", "127.0.0.1", "[::1]"].map(|host| format!("{scheme}://{host}:{}", address.port()));
    let bound = format!("{scheme}://{address}");
    [root.to_owned(), bound].into_iter().chain(local).map(|root| format!("{root}/fhir")).collect()
}

impl RunningKanta {
    /// The lane called `name` of those that are open from the start.
    pub fn lane(&self, name: &str) -> Option<Self> {
        let core = Arc::clone(self.lanes.get(name)?);
        Some(Self {
            address: self.address,
            core,
            main: Arc::clone(&self.main),
            services: Arc::clone(&self.services),
            lanes: Arc::clone(&self.lanes),
            listening: Arc::clone(&self.listening),
            has_impostors: self.has_impostors,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// URL of a path, as a service has it.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.core.root)
    }

    /// The id and the URL of each service that client information systems call.
    pub fn service_urls(&self) -> impl Iterator<Item = (String, String)> {
        let url =
            move |service: &Arc<dyn Service>| Some((service.tag().id().to_owned(), self.url(service.entry_path()?)));
        self.services.iter().filter_map(url)
    }

    /// URL of the archive's SOAP service.
    pub fn archive_url(&self) -> String {
        self.core.archive_url()
    }

    /// URL of the FHIR root, which is the audience of tokens too.
    pub fn fhir_url(&self) -> String {
        self.url("/fhir")
    }

    /// URL to which a system sends entries of its use log.
    pub fn use_log_url(&self) -> String {
        self.url("/use-log")
    }

    /// URL at which an organisation reads its part of the log of disclosures.
    pub fn disclosure_log_url(&self) -> String {
        self.url("/disclosure-log")
    }

    /// Addresses of the FHIR root for which a token may be meant.
    pub fn audience(&self) -> Vec<String> {
        self.core.audience.clone()
    }

    /// Puts a document into the archive, as if it had come before.
    ///
    /// # Errors
    /// `Archive` when its identifier is in use, `Planted` when it lacks what the archive needs.
    pub fn plant(&self, document: &PlantedDocument) -> Result<(), KantaError> {
        let PlantedVersion { document, version, digest } = document.version(&self.core.profile)?;
        let fact = Fact::Stored(version.clone());
        let row = soap::row_of(&document, version, digest, Provenance::Planted);
        Ok(self.core.archive.apply(&Change::Version(Box::new(row)), None, &[fact])?)
    }

    /// Lets a form wait, as if its sender had sent it before.
    ///
    /// # Errors
    /// `Archive`, or `Planted` when another form came under its key.
    pub fn plant_form(&self, planted: &PlantedForm) -> Result<(), KantaError> {
        let form = FormRecord {
            id: 0,
            sender: planted.sender.clone(),
            recipient: planted.recipient.clone(),
            key: planted.key.clone(),
            kind: planted.kind.clone(),
            state: FormState::Waiting,
            sent: self.core.clock.now(),
            fetched: None,
            receipted: None,
        };
        let content = planted.content().to_string();
        let kept = self.core.archive.send_form(&form, &content, &digest(content.as_bytes()))?;
        let taken = || KantaError::Planted { id: planted.key.clone(), problem: "the key is in use".to_owned() };
        kept.map(drop).ok_or_else(taken)
    }

    /// Nullifies the document with this identifier, as the archivist of `controller` does; false where the archive
    /// holds no such document, or one that is nullified already.
    ///
    /// # Errors
    /// `Archive`.
    pub fn nullify_as_archivist(&self, controller: &str, id: &str) -> Result<bool, KantaError> {
        Ok(archivist::nullify_as_archivist(&self.core, controller, id)?)
    }

    /// Puts a declaration in force, as if it had come before.
    ///
    /// # Errors
    /// `Archive`.
    pub fn declare(&self, declaration: Declaration) -> Result<(), KantaError> {
        let (now, fact) = (declaration.stored, declaration.fact());
        Ok(self.core.archive.declare(&[DeclarationChange::Declare(declaration)], now, &[fact])?)
    }

    /// Withdraws a declaration at `now`, as its person may do elsewhere than in the system under test.
    ///
    /// # Errors
    /// `Archive`.
    pub fn withdraw(&self, id: &str, person: &str, now: Timestamp) -> Result<(), KantaError> {
        let withdrawal = DeclarationChange::Withdraw { id: id.to_owned(), person: person.to_owned() };
        let fact = Fact::Withdrawn { id: id.to_owned(), person: person.to_owned() };
        Ok(self.core.archive.declare(&[withdrawal], now, &[fact])?)
    }

    /// Lets `producer` use the register of `organiser`, both by their OIDs: an access right to a register,
    /// as an outsourced service has it.
    ///
    /// # Errors
    /// `Archive`.
    pub fn grant_register_access(&self, producer: &str, organiser: &str) -> Result<(), KantaError> {
        let granted = Fact::AccessGranted { producer: producer.to_owned(), organiser: organiser.to_owned() };
        Ok(self.core.archive.learn(&[granted])?)
    }

    /// The part of the log of disclosures that `query` asks for. What is past its time is removed first.
    ///
    /// # Errors
    /// `Archive`.
    pub fn disclosures(&self, query: &DisclosureQuery) -> Result<Vec<LoggedDisclosure>, KantaError> {
        self.core.expire_disclosures()?;
        Ok(self.core.archive.disclosures(query)?)
    }

    /// What was removed from the log of disclosures so far.
    ///
    /// # Errors
    /// `Archive`.
    pub fn disclosure_removals(&self) -> Result<Vec<LogRemoval>, KantaError> {
        Ok(self.core.archive.disclosure_removals()?)
    }

    /// Whether this endpoint can play the fault: one of handshakes needs TLS and certificates for it.
    pub fn can_play(&self, fault: Fault) -> bool {
        self.has_impostors || !fault.shows_in_handshakes()
    }

    /// Plays a fault in exchanges to come.
    pub fn play(&self, plan: FaultPlan) {
        self.faults(plan.fault).add(plan);
    }

    /// Plays a fault in the next `times` exchanges, or handshakes, whomever they concern.
    pub fn play_next(&self, fault: Fault, times: u32) {
        self.faults(fault).add_for_all(fault, times);
    }

    /// Forgets the faults that are planned for `persons` and were not played.
    pub fn forget_faults(&self, persons: &[String]) {
        self.core.faults.forget(persons);
        self.main.faults.forget(persons);
    }

    fn faults(&self, fault: Fault) -> &FaultPlans {
        let player = if fault.shows_in_handshakes() { &self.main } else { &self.core };
        &player.faults
    }

    /// What the archive holds of `persons`.
    ///
    /// # Errors
    /// `Archive`.
    pub fn snapshot(&self, persons: &[String], scenario: &str) -> Result<Snapshot, KantaError> {
        let documents = self.core.archive.of_persons(persons)?;
        let documents = documents.into_iter().map(|document| {
            let text = readable(&self.core, &document.content);
            ArchivedDocument {
                id: document.id,
                set_id: document.set_id,
                version: document.version,
                person: document.persons.into_iter().find(|person| persons.contains(person)).unwrap_or_default(),
                controller: document.controller,
                group: document.group,
                register: document.register,
                nullified: document.nullified,
                provenance: document.provenance,
                text,
            }
        });
        let documents = documents.collect();
        let declarations = self.core.archive.declarations_of(persons)?.into_iter().map(|(one, in_force)| {
            HeldDeclaration { id: one.id, person: one.person, declared: one.declared, in_force }
        });
        Ok(Snapshot {
            scenario: scenario.to_owned(),
            documents,
            notices: self.core.archive.notices_of(persons)?,
            declarations: declarations.collect(),
            disclosures: self.core.archive.disclosures_of(persons)?,
        })
    }

    /// What the archive knows now: what its rules are asked about the next message.
    pub fn state(&self) -> ArchiveState {
        self.core.archive.state().clone()
    }

    /// The exchanges after number `after`, in the order in which they ended. Empty unless the settings
    /// say that exchanges are kept.
    pub fn exchanges_since(&self, after: u64) -> Vec<Arc<Entry>> {
        self.core.recorder.since(after)
    }

    /// The highest number of an exchange that is in the journal; changes when another one is.
    pub fn written(&self) -> watch::Receiver<u64> {
        self.core.recorder.written()
    }

    /// When and to whom the content of a document was given.
    ///
    /// # Errors
    /// `Archive`.
    pub fn handed_out(&self, document: &str) -> Result<Vec<HandedOut>, KantaError> {
        Ok(self.core.archive.handed_out(document)?)
    }

    /// Takes no more connections, whatever lane they are for, lets requests in progress end, and returns then.
    pub async fn stop(self) {
        self.listening.stop().await;
    }
}

/// Display form and structured form of a document, decoded.
fn readable(core: &Core, content: &[u8]) -> String {
    let document = read_document(content, &core.limits).ok();
    let body = document.and_then(|document| document.body);
    let forms = body.map(|body| [body.display_form, body.json]).into_iter().flatten().flatten();
    let texts: Vec<String> = forms.filter_map(|form| form.value.ok()).collect();
    texts.join("\n")
}
