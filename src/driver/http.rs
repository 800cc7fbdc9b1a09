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
use crate::domain::mask_identity_codes;
use crate::words::{Said, said};

/// Largest answer that is read.
const LARGEST_ANSWER: usize = 16 * 1024 * 1024;
/// Most of a wrong answer that an error shows, in characters.
const LONGEST_SHOWN: usize = 200;
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
        let wrong = |what: Said| DriverError::Broken { request: said::the_driver_s_set_up(), what };
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(settings.answer_time)
            .timeout(LONGEST_POLL + SLACK)
            .tls_backend_preconfigured(tls(&settings.authorities).map_err(wrong)?)
            .build()
            .map_err(|error| wrong(Said::of_library(&error.to_string())))?;
        Ok(Self { client, settings })
    }

    /// What the system can do.
    ///
    /// # Errors
    /// Any way in which the driver cannot be reached or understood.
    pub async fn capabilities(&self) -> Result<Capabilities, DriverError> {
        let url = self.url("capabilities");
        let sent = self.send(Method::GET, &url, None, self.settings.answer_time).await;
        let response = sent.map_err(|error| self.silent(error))?;
        let capabilities: Capabilities = self.read(response).await.map_err(|error| self.silent(error))?;
        if capabilities.driver_api == DRIVER_API {
            return Ok(capabilities);
        }
        let (address, ours) = (self.settings.address.clone(), DRIVER_API.to_owned());
        Err(DriverError::Version { address, theirs: capabilities.driver_api, ours })
    }

    /// No action has begun yet: what ran out is the time for an answer.
    fn silent(&self, error: DriverError) -> DriverError {
        match error {
            DriverError::TimedOut { .. } => DriverError::Silent {
                address: self.settings.address.clone(),
                seconds: self.settings.answer_time.as_secs(),
            },
            other => other,
        }
    }

    /// Asks for an action and waits for its end. `key` makes the request safe to repeat.
    ///
    /// # Errors
    /// `TimedOut` when it has no end in time; else any way in which the driver cannot be understood.
    pub async fn perform(&self, action: &str, parameters: &Value, key: &str) -> Result<ActionAnswer, DriverError> {
        let deadline = Instant::now() + self.settings.action_time;
        let body = json!({ "key": key, "action": action, "parameters": parameters });
        let response = self.send(Method::POST, &self.url("actions"), Some(&body), self.settings.action_time).await?;
        let location = location(&response);
        let mut resource: ActionResource = self.read(response).await?;
        let url = self.action_url(location.as_deref(), &resource.id);
        loop {
            let malformed = |what: Said| DriverError::Broken { request: url.as_str().into(), what };
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
        let resource: ActionResource = self.read(self.send(Method::GET, &held, None, left + SLACK).await?).await?;
        // A driver that does not hold the poll would be asked without pause.
        let pause = Duration::from_millis(20).saturating_sub(started.elapsed());
        if matches!(resource.state, super::answer::AnswerState::Running) {
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
        request.send().await.map_err(|error| self.failed(&error, url))
    }

    async fn read<T: DeserializeOwned>(&self, mut response: Response) -> Result<T, DriverError> {
        let (url, status) = (response.url().to_string(), response.status());
        let broken = |what: Said| DriverError::Broken { request: url.as_str().into(), what };
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failed(&error, &url))? {
            if bytes.len() + chunk.len() > LARGEST_ANSWER {
                return Err(broken(said::more_than_bytes(LARGEST_ANSWER)));
            }
            bytes.extend_from_slice(&chunk);
        }
        if !status.is_success() {
            return Err(broken(Said::value(format!("HTTP {status} {}", told(&bytes)))));
        }
        let answer: Value = serde_json::from_slice(&bytes).map_err(|error| broken(not_json(&bytes, &error)))?;
        T::deserialize(masked(answer)).map_err(|error| broken(Said::of_library(&error.to_string())))
    }

    fn failed(&self, error: &reqwest::Error, url: &str) -> DriverError {
        let address = self.settings.address.clone();
        let cause = root_cause(error);
        let told = Said::of_library(&cause);
        if error.is_timeout() && !error.is_connect() {
            self.timed_out()
        } else if cause.contains("certificate") || cause.contains("tls") || cause.contains("TLS") {
            DriverError::NotTrusted { address, cause: told }
        } else if error.is_connect() || error.is_builder() {
            DriverError::Unreachable { address, cause: told }
        } else {
            DriverError::Broken { request: url.into(), what: told }
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
        let named = location.and_then(|location| location.split(['?', '#']).next()?.rsplit('/').next());
        let last = named.filter(|name| !name.is_empty()).unwrap_or(id);
        let safe: String =
            last.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(*letter)).collect();
        self.url(&format!("actions/{safe}"))
    }
}

/// TLS that trusts these authorities (PEM) and no others.
///
/// # Errors
/// Why the authorities cannot be used.
pub fn tls(authorities: &[u8]) -> Result<ClientConfig, Said> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(authorities) {
        let certificate = certificate.map_err(|error| said::the_authorities_are_no_pem_file(error.to_string()))?;
        roots.add(certificate).map_err(|error| Said::value(error.to_string()))?;
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(|error| Said::value(error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn location(response: &Response) -> Option<String> {
    response.headers().get(LOCATION)?.to_str().ok().map(str::to_owned)
}

/// What is at the bottom of a request that failed.
pub(crate) fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

/// What is wrong with an answer that is no JSON, with its start.
fn not_json(bytes: &[u8], error: &serde_json::Error) -> Said {
    let start = clean(&String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST_SHOWN)]));
    said::no_json(error.to_string(), start)
}

/// `answer` with identity codes outside the 900 series masked: none of them may reach the evidence.
fn masked(answer: Value) -> Value {
    match answer {
        Value::String(text) => Value::String(mask_identity_codes(&text)),
        Value::Array(items) => items.into_iter().map(masked).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (mask_identity_codes(&name), masked(value))).collect()
        }
        other => other,
    }
}

/// The `error` member of an error answer, or the start of what came.
fn told(bytes: &[u8]) -> String {
    let error =
        serde_json::from_slice::<Value>(bytes).ok().and_then(|body| Some(body.get("error")?.as_str()?.to_owned()));
    let text = error.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
    clean(&text)
}

/// A line of what came, without control characters.
fn clean(text: &str) -> String {
    let line: String = text.chars().filter(|letter| !letter.is_control()).collect();
    mask_identity_codes(&line).chars().take(LONGEST_SHOWN).collect()
}
