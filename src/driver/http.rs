//! The driver API over HTTP.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::LOCATION;
use reqwest::{Client, Method, Response};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer::{ActionAnswer, ActionResource, Capabilities, DRIVER_API};
use super::error::DriverError;

/// Largest answer that is read.
const LARGEST_ANSWER: usize = 16 * 1024 * 1024;
/// Longest time that one poll may be held by the driver.
const LONGEST_POLL: Duration = Duration::from_secs(10);
/// What the network may take on top of a poll.
const SLACK: Duration = Duration::from_secs(5);

/// Where the driver is and how long to wait for it.
#[derive(Debug, Clone)]
pub struct HttpDriverSettings {
    /// Base address, without `/v1`.
    pub address: String,
    /// How long an action may take.
    pub action_time: Duration,
    /// How long the driver may take to answer at all.
    pub answer_time: Duration,
    /// PEM of the authorities that the driver's certificate may come from; empty for plain HTTP.
    pub authorities: Vec<u8>,
}

/// A vendor's system behind the driver API.
#[derive(Debug, Clone)]
pub struct HttpDriver {
    client: Client,
    settings: HttpDriverSettings,
}

impl HttpDriver {
    /// A driver at this address. Nothing is sent yet.
    ///
    /// # Errors
    /// `Broken` when the authorities cannot be read.
    pub fn new(settings: HttpDriverSettings) -> Result<Self, DriverError> {
        let wrong = |what: String| DriverError::Broken { request: "the driver's set-up".to_owned(), what };
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(settings.answer_time)
            .timeout(LONGEST_POLL + SLACK)
            .tls_backend_preconfigured(tls(&settings.authorities).map_err(wrong)?)
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        Ok(Self { client, settings })
    }

    /// What the system can do.
    ///
    /// # Errors
    /// Any way in which the driver cannot be reached or understood.
    pub async fn capabilities(&self) -> Result<Capabilities, DriverError> {
        let url = self.url("capabilities");
        let response = self.send(Method::GET, &url, None, self.settings.answer_time).await?;
        let capabilities: Capabilities = read("GET capabilities", response).await?;
        if capabilities.driver_api == DRIVER_API {
            return Ok(capabilities);
        }
        Err(DriverError::Version { theirs: capabilities.driver_api, ours: DRIVER_API.to_owned() })
    }

    /// Asks for an action and waits for its end. `key` makes the request safe to repeat.
    ///
    /// # Errors
    /// `TimedOut` when it has no end in time; else any way in which the driver cannot be understood.
    pub async fn perform(&self, action: &str, parameters: &Value, key: &str) -> Result<ActionAnswer, DriverError> {
        let deadline = Instant::now() + self.settings.action_time;
        let body = json!({ "key": key, "action": action, "parameters": parameters });
        let request = format!("POST actions ({action})");
        let response = self.send(Method::POST, &self.url("actions"), Some(&body), self.settings.action_time).await?;
        let location = location(&response);
        let mut resource: ActionResource = read(&request, response).await?;
        let url = self.action_url(location.as_deref(), &resource.id);
        loop {
            let malformed = |what: &str| DriverError::Broken { request: request.clone(), what: what.to_owned() };
            match resource.into_answer().map_err(malformed)? {
                Some(answer) => return Ok(answer),
                None => resource = self.poll(&url, deadline).await?,
            }
        }
    }

    async fn poll(&self, url: &str, deadline: Instant) -> Result<ActionResource, DriverError> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(self.timed_out());
        }
        let wait = left.min(LONGEST_POLL);
        let started = Instant::now();
        let held = format!("{url}?wait={}", wait.as_millis());
        let resource: ActionResource =
            read("GET action", self.send(Method::GET, &held, None, left + SLACK).await?).await?;
        // A driver that does not hold the poll would be asked without pause.
        let pause = Duration::from_millis(20).saturating_sub(started.elapsed());
        if matches!(resource.state, super::answer::State::Running) {
            tokio::time::sleep(pause).await;
        }
        Ok(resource)
    }

    async fn send(
        &self,
        method: Method,
        url: &str,
        body: Option<&Value>,
        time: Duration,
    ) -> Result<Response, DriverError> {
        let mut request = self.client.request(method, url).timeout(time.min(LONGEST_POLL + SLACK));
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &reqwest::Error) -> DriverError {
        let address = self.settings.address.clone();
        let cause = root_cause(error);
        if error.is_timeout() && !error.is_connect() {
            self.timed_out()
        } else if cause.contains("certificate") || cause.contains("tls") || cause.contains("TLS") {
            DriverError::NotTrusted { address, cause }
        } else if error.is_connect() || error.is_builder() {
            DriverError::Unreachable { address, cause }
        } else {
            DriverError::Broken { request: "a request".to_owned(), what: cause }
        }
    }

    fn timed_out(&self) -> DriverError {
        DriverError::TimedOut { seconds: self.settings.action_time.as_secs() }
    }

    fn url(&self, rest: &str) -> String {
        format!("{}/v1/{rest}", self.settings.address.trim_end_matches('/'))
    }

    /// A location is followed only as a path below our own address: a driver cannot send us elsewhere.
    fn action_url(&self, location: Option<&str>, id: &str) -> String {
        let last = location.and_then(|location| location.rsplit('/').next()).unwrap_or(id);
        let safe: String =
            last.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(*letter)).collect();
        self.url(&format!("actions/{safe}"))
    }
}

/// TLS that trusts these authorities (PEM) and no others.
///
/// # Errors
/// Why the authorities cannot be used.
pub fn tls(authorities: &[u8]) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(authorities) {
        let certificate = certificate.map_err(|error| format!("the authorities are no PEM file: {error}"))?;
        roots.add(certificate).map_err(|error| error.to_string())?;
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(|error| error.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn location(response: &Response) -> Option<String> {
    response.headers().get(LOCATION)?.to_str().ok().map(str::to_owned)
}

fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

async fn read<T: DeserializeOwned>(request: &str, mut response: Response) -> Result<T, DriverError> {
    let broken = |what: String| DriverError::Broken { request: request.to_owned(), what };
    let status = response.status();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(root_cause(&error)))? {
        if bytes.len() + chunk.len() > LARGEST_ANSWER {
            return Err(broken(format!("more than {LARGEST_ANSWER} bytes")));
        }
        bytes.extend_from_slice(&chunk);
    }
    if !status.is_success() {
        return Err(broken(format!("HTTP {status} {}", told(&bytes))));
    }
    serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))
}

/// The `error` member of an error answer, or the start of what came.
fn told(bytes: &[u8]) -> String {
    let error =
        serde_json::from_slice::<Value>(bytes).ok().and_then(|body| Some(body.get("error")?.as_str()?.to_owned()));
    let text = error.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
    text.chars().filter(|letter| !letter.is_control()).take(200).collect()
}
