//! What the measurements stand on: the tables, identities, endpoints with their evidence on disk, and a reference
//! system that writes the messages.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use kantakoe::domain::Hetu;
use kantakoe::driver::{HttpDriver, HttpDriverSettings};
use kantakoe::evidence::{Body, Entry, Journal, Listener};
use kantakoe::kanta::{Bounds, Clock, Kanta, LaneSettings, RunningKanta, Settings, Tls, services};
use kantakoe::pki::{CertificateSubject, Identities, Identity, TestAuthority};
use kantakoe::profile::Profile;
use kantakoe::reference::{
    self, IdentityFiles, LogOutlet, Organisation, PemPair, Professional, ReferenceSettings, RetryPolicy,
    RunningReference, Variant,
};
use kantakoe::rule::{Catalogue, Strictness};
use kantakoe::run::EvidenceLog;
use kantakoe::scenario::built_in_tables;
use kantakoe::schema::DocumentSchemas;
use kantakoe::wire::trust::TrustAnchors;
use serde_json::json;

use super::load::Call;

/// Why a measurement came to nothing.
pub type Stopped = Box<dyn std::error::Error + Send + Sync>;

/// The organisation whose system sends, an invented one: OID and name.
pub const ORGANISATION: (&str, &str) = ("1.2.246.10.99999991.10.0", "Näytealue");
/// The professional who acts, an invented one: registration number and name.
const PROFESSIONAL: (&str, &str) = ("99900000011", "Testinen Tessa");
const PATIENCE: Duration = Duration::from_secs(60);

/// What every measurement needs.
pub struct Bench {
    pub catalogue: Arc<Catalogue>,
    pub profile: Arc<Profile>,
    pub identities: Identities,
    pub trust: TrustAnchors,
}

/// An endpoint with the folder of its evidence.
pub struct Endpoint {
    pub kanta: RunningKanta,
    _folder: tempfile::TempDir,
}

impl Bench {
    pub fn new() -> Result<Self, Stopped> {
        let subject = |name: &str, number: &str| CertificateSubject {
            common_name: name.to_owned(),
            organisation: ORGANISATION.1.to_owned(),
            serial_number: Some(number.to_owned()),
        };
        let system = subject("Client information system", ORGANISATION.0);
        let professional = subject(PROFESSIONAL.1, PROFESSIONAL.0);
        let identities = Identities::issue(&TestAuthority::new(Timestamp::now())?, &[], &system, &professional)?;
        Ok(Self {
            catalogue: Arc::new(catalogue()?),
            profile: Arc::new(Profile::read(&Profile::built_in()).map_err(|mistakes| mistakes.to_string())?),
            trust: TrustAnchors::from_pem(identities.trusted().as_bytes())?,
            identities,
        })
    }

    /// An endpoint whose evidence is on disk, and told to `listener`.
    pub async fn endpoint(&self, listener: Listener) -> Result<Endpoint, Stopped> {
        self.endpoint_at(SocketAddr::from(([127, 0, 0, 1], 0)), listener).await
    }

    /// The same at this address.
    pub async fn endpoint_at(&self, bind: SocketAddr, listener: Listener) -> Result<Endpoint, Stopped> {
        let folder = tempfile::tempdir()?;
        let mut settings = self.settings(&folder, listener)?;
        settings.bind = bind;
        let kanta = Kanta::start(settings).await?;
        Ok(Endpoint { kanta, _folder: folder })
    }

    /// The same whose archive is a file, with nobody to hear of its evidence.
    pub async fn endpoint_with_state(&self) -> Result<Endpoint, Stopped> {
        let folder = tempfile::tempdir()?;
        let mut settings = self.settings(&folder, Box::new(|_| {}))?;
        settings.state = Some(folder.path().to_owned());
        let kanta = Kanta::start(settings).await?;
        Ok(Endpoint { kanta, _folder: folder })
    }

    /// Settings of an endpoint whose evidence is in this folder.
    fn settings(&self, folder: &tempfile::TempDir, listener: Listener) -> Result<Settings, Stopped> {
        let journal = Journal::create(&folder.path().join("journal"), Some(listener));
        let journal = journal?;
        Ok(Settings {
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            host: "localhost".to_owned(),
            bounds: Bounds::default(),
            tls: Tls::Off,
            profile: Arc::clone(&self.profile),
            catalogue: Arc::clone(&self.catalogue),
            strictness: Strictness::Warn,
            schemas: DocumentSchemas::built_in(),
            trust: self.trust.clone(),
            journal: Arc::new(journal),
            keep_exchanges: false,
            services: services(),
            answerable: None,
            lanes: LaneSettings::default(),
            state: None,
            clock: Clock::Wall,
        })
    }

    /// A reference system that talks to this endpoint, and its driver.
    pub async fn reference(&self, kanta: &RunningKanta) -> Result<(RunningReference, HttpDriver), Stopped> {
        let running = reference::start(self.reference_settings(kanta)).await?;
        let driver = driver(&running.address.to_string())?;
        Ok((running, driver))
    }

    fn reference_settings(&self, kanta: &RunningKanta) -> ReferenceSettings {
        let text = str::to_owned;
        let pair =
            |identity: &Identity| PemPair { certificate: identity.certificate.clone(), key: identity.key.clone() };
        ReferenceSettings {
            archive_url: kanta.archive_url(),
            fhir_url: kanta.fhir_url(),
            identities: IdentityFiles {
                ca: self.identities.authority.clone(),
                client: pair(&self.identities.client),
                system: pair(&self.identities.system),
                professional: pair(&self.identities.professional),
                lapsed: None,
            },
            organisation: Organisation {
                oid: text(ORGANISATION.0),
                name: text(ORGANISATION.1),
                unit_oid: text("1.2.246.10.99999991.10.7"),
                unit_name: text("Näyteyksikkö 7"),
            },
            professional: Professional {
                registration_number: text(PROFESSIONAL.0),
                identity_code: text("290200A930A"),
                family_name: text("Testinen"),
                given_name: text("Tessa"),
                title: text("sosiaalityöntekijä"),
            },
            codes: kantakoe::reference::Codes::default(),
            fault: None,
            variant: Variant::default(),
            seed: 1,
            retry: RetryPolicy::default(),
            log_outlet: LogOutlet::default(),
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
        }
    }
}

/// The requirements and findings that ship.
pub fn catalogue() -> Result<Catalogue, Stopped> {
    let (requirements, findings) = built_in_tables();
    Ok(Catalogue::read(&requirements, &findings).map_err(|mistakes| mistakes.to_string())?)
}

/// The driver of a system at `address`.
fn driver(address: &str) -> Result<HttpDriver, Stopped> {
    let address = format!("http://{address}");
    let settings =
        HttpDriverSettings { address, action_time: PATIENCE, answer_time: PATIENCE, authorities: Vec::new() };
    Ok(HttpDriver::new(settings)?)
}

/// Makes the system know a person, whose identity code it gives.
pub async fn know(driver: &HttpDriver, number: usize) -> Result<String, Stopped> {
    let code = person(number)?;
    let parameters = json!({ "person": {
        "identity-code": code, "family-name": "Koetin", "given-names": ["Testi"],
        "birth-date": code.parse::<Hetu>()?.birth_date().to_string(),
        "gender": if number.is_multiple_of(2) { "female" } else { "male" },
    }});
    driver.perform("know-client", &parameters, &format!("know-{number}")).await?;
    Ok(code)
}

/// A person of the 900 series; even numbers are women.
pub fn person(number: usize) -> Result<String, Stopped> {
    let days = i32::try_from(number / 100).unwrap_or(0);
    let individual = 900 + u16::try_from(number % 100).unwrap_or(0);
    let date = jiff::civil::date(1950, 1, 1).saturating_add(jiff::Span::new().days(days));
    Ok(Hetu::compose(date, individual)?.as_str().to_owned())
}

/// The accepted requests in the evidence, with the headers that the load sends again.
pub fn calls(evidence: &EvidenceLog) -> Vec<Call> {
    let is_sent = |(name, _): &(String, String)| {
        matches!(name.as_str(), "content-type" | "authorization" | "x-request-id" | "soapaction")
    };
    let call = |entry: &Arc<Entry>| match &**entry {
        Entry::Exchange(exchange) if exchange.accepted => match &exchange.request.body {
            Body::Raw(body) => {
                let headers = exchange.request.headers.iter().filter(|header| is_sent(header)).cloned().collect();
                Some(Call { headers, body: body.clone() })
            }
            Body::Withheld { .. } => None,
        },
        _ => None,
    };
    evidence.entries().iter().filter_map(call).collect()
}
