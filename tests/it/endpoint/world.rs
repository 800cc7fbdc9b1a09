//! A simulated Kanta of one test, and the callers that come to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kantakoe::domain::{Declared, Gender, Person, Sector};
use kantakoe::evidence::{Entry, Exchange, Journal, read_journal};
use kantakoe::kanta::{
    Bounds, Clock, Declaration, Kanta, LaneSettings, Party, PlantedDocument, PlantedKind, RunningKanta, Settings, Tls,
    services,
};
use kantakoe::pki::{CertificateSubject, Identities, Identity, TestAuthority};
use kantakoe::profile::Profile;
use kantakoe::rule::{Catalogue, Strictness};
use kantakoe::schema::DocumentSchemas;
use kantakoe::source::SourceFile;
use kantakoe::wire::trust::TrustAnchors;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;

/// The organisation that calls.
pub const ORGANISATION: &str = "1.2.246.10.99999991.10.0";
/// Another controller.
pub const OTHER: &str = "1.2.246.10.99999992.10.0";
/// The client of the fixtures.
pub const PERSON: &str = "010181-900C";

/// A simulated Kanta with everything around it.
pub struct World {
    pub kanta: RunningKanta,
    pub identities: Identities,
    pub client: reqwest::Client,
    journal: PathBuf,
    /// Removed when the test ends.
    folder: Arc<TempDir>,
}

/// How a world differs from the usual one.
pub struct Plan {
    pub bounds: Bounds,
    pub keep_state: bool,
    pub folder: Arc<TempDir>,
    /// Controllers with others whose registers they answer for; `None` serves no archivists.
    pub answerable: Option<Vec<(String, String)>>,
    /// Authorities of signers beside the world's own, PEM.
    pub signers: Vec<u8>,
    pub strictness: Strictness,
    pub profile: Profile,
}

impl Default for Plan {
    fn default() -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("folder"));
        Self {
            bounds: Bounds::default(),
            keep_state: false,
            folder,
            answerable: None,
            signers: Vec::new(),
            strictness: Strictness::Warn,
            profile: Profile::read(&Profile::built_in()).expect("profile"),
        }
    }
}

impl World {
    pub async fn start() -> Self {
        Self::with(Plan::default()).await
    }

    /// One that refuses what breaks an assumed rule too.
    pub async fn strict() -> Self {
        Self::with(Plan { strictness: Strictness::Fail, ..Plan::default() }).await
    }

    pub async fn with(plan: Plan) -> Self {
        let identities = identities();
        let journal = plan.folder.path().join("journal");
        let kept = Journal::resume(&journal, None).expect("journal");
        let mut signers = identities.authority.clone().into_bytes();
        signers.extend_from_slice(&plan.signers);
        let settings = Settings {
            bind: "127.0.0.1:0".parse().expect("address"),
            host: "localhost".to_owned(),
            tls: Tls::mutual(&identities, &TrustAnchors::from_pem(identities.trusted().as_bytes()).expect("own")),
            bounds: plan.bounds,
            profile: Arc::new(plan.profile),
            catalogue: Arc::new(catalogue()),
            strictness: plan.strictness,
            schemas: DocumentSchemas::built_in(),
            trust: TrustAnchors::from_pem(&signers).expect("signers"),
            journal: Arc::new(kept),
            keep_exchanges: false,
            services: services(),
            answerable: plan.answerable,
            lanes: LaneSettings::default(),
            state: plan.keep_state.then(|| plan.folder.path().to_owned()),
            clock: Clock::Wall,
        };
        let kanta = Kanta::start(settings).await.expect("start");
        let client = caller(&identities.authority, Some(&identities.client)).expect("client");
        Self { kanta, identities, client, journal, folder: plan.folder }
    }

    /// The same, stopped and started again on what it kept.
    pub async fn again(self, profile: Profile, strictness: Strictness) -> Self {
        let folder = Arc::clone(&self.folder);
        self.kanta.stop().await;
        Self::with(Plan { keep_state: true, folder, profile, strictness, ..Plan::default() }).await
    }

    /// Posts `body` to the archive.
    pub async fn post(&self, body: impl Into<reqwest::Body>) -> reqwest::Result<reqwest::Response> {
        self.post_as("text/xml; charset=utf-8", body).await
    }

    /// Posts `body`, of this media type, to the archive.
    pub async fn post_as(&self, kind: &str, body: impl Into<reqwest::Body>) -> reqwest::Result<reqwest::Response> {
        let request = self.client.post(self.kanta.archive_url());
        request.header("content-type", kind).header("soapaction", "\"\"").body(body).send().await
    }

    /// Posts a message to the archive and returns the text of the answer.
    pub async fn send(&self, message: &str) -> String {
        let boundary = message.strip_prefix("--").and_then(|rest| rest.lines().next());
        let package =
            boundary.map(|name| format!("multipart/related; type=\"text/xml\"; boundary=\"{}\"", name.trim_end()));
        let kind = package.as_deref().unwrap_or("text/xml; charset=utf-8");
        let answer = self.post_as(kind, message.to_owned()).await.expect("answer");
        assert_eq!(answer.status(), 200);
        answer.text().await.expect("text")
    }

    /// The exchanges in the journal, its chain verified.
    pub fn exchanges(&self) -> Vec<Exchange> {
        exchanges(&self.journal)
    }

    /// The exchange written last.
    pub fn last(&self) -> Exchange {
        self.exchanges().pop().expect("an exchange")
    }

    /// Bytes of the journal.
    pub fn journal_bytes(&self) -> Vec<u8> {
        std::fs::read(&self.journal).expect("journal")
    }

    /// How many versions of documents the archive holds of the client of the fixtures.
    pub fn stored(&self) -> usize {
        self.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot").documents.len()
    }

    /// Lets another controller's documents of the client of the fixtures be disclosed: information, permit,
    /// and a client relationship of the organisation.
    pub fn disclose(&self) {
        let permit = Declared::Permit { from: Sector::SocialWelfare, to: Sector::SocialWelfare };
        for (number, declared) in [(1, Declared::Information), (2, permit)] {
            let id = format!("1.2.246.10.99999992.95.2026.8.{number}");
            let stored = jiff::Timestamp::now();
            let declaration = Declaration { id, person: PERSON.to_owned(), declared, stored };
            self.kanta.declare(declaration).expect("declare");
        }
        let relationship =
            PlantedDocument { kind: PlantedKind::ClientRelationship, ..planted(300, ORGANISATION, false) };
        self.kanta.plant(&relationship).expect("plant");
    }

    /// Puts a note of `controller` into the archive.
    pub fn plant(&self, number: u32, controller: &str, nullified: bool) -> PlantedDocument {
        let document = planted(number, controller, nullified);
        self.kanta.plant(&document).expect("plant");
        document
    }
}

pub fn planted(number: u32, controller: &str, nullified: bool) -> PlantedDocument {
    PlantedDocument {
        id: format!("1.2.246.10.99999991.95.2026.9.{number}"),
        set_id: format!("1.2.246.10.99999991.95.2026.9.{number}"),
        version: 1,
        replaces: None,
        kind: PlantedKind::ClientDocument { matter: "1.2.246.10.99999991.95.2026.9.400".to_owned() },
        client: Person {
            identity_code: PERSON.to_owned(),
            family_name: "Koekas".to_owned(),
            given_names: vec!["Elli".to_owned()],
            birth_date: jiff::civil::date(1981, 1, 1),
            gender: Gender::Female,
        },
        controller: Party { oid: controller.to_owned(), name: "Alue".to_owned() },
        service_task: "24".to_owned(),
        title: "Merkintä".to_owned(),
        text: format!("marker-{number}"),
        effective: jiff::Timestamp::from_second(1_795_161_600 + i64::from(number)).expect("time"),
        nullified,
    }
}

fn exchanges(journal: &Path) -> Vec<Exchange> {
    let entries = read_journal(journal).expect("journal");
    let exchange = |entry| match entry {
        Entry::Exchange(exchange) => Some(*exchange),
        _ => None,
    };
    entries.into_iter().filter_map(exchange).collect()
}

pub fn catalogue() -> Catalogue {
    let file = |name: &str| {
        let path = format!("{}/catalogue/{name}", env!("CARGO_MANIFEST_DIR"));
        SourceFile::new(name, std::fs::read_to_string(path).expect("catalogue"))
    };
    Catalogue::read(&file("requirements.toml"), &file("findings.toml")).expect("catalogue")
}

pub fn authority() -> TestAuthority {
    TestAuthority::new(jiff::Timestamp::now()).expect("authority")
}

pub fn subject(serial_number: &str) -> CertificateSubject {
    CertificateSubject {
        common_name: "Tessa Testinen".to_owned(),
        organisation: "Näytealue".to_owned(),
        serial_number: Some(serial_number.to_owned()),
    }
}

fn identities() -> Identities {
    Identities::issue(&authority(), &[], &subject(ORGANISATION), &subject("99900000011")).expect("identities")
}

pub fn certificate(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).expect("certificate")
}

/// A caller that trusts `authority` and shows `identity`. It keeps no connection, so that each request
/// shakes hands anew.
pub fn caller(authority: &str, identity: Option<&Identity>) -> reqwest::Result<reqwest::Client> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(certificate(authority)).expect("root");
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    let config = config.with_root_certificates(roots);
    let config = match identity {
        None => config.with_no_client_auth(),
        Some(identity) => {
            let chain = vec![identity.certificate_der().expect("certificate")];
            config.with_client_auth_cert(chain, identity.key_der().expect("key")).expect("identity")
        }
    };
    reqwest::Client::builder().tls_backend_preconfigured(config).pool_max_idle_per_host(0).no_proxy().build()
}
