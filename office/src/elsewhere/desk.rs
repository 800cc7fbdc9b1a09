//! The archivist's service of an endpoint, asked in the name of a signed-in archivist.

use std::time::Duration;

use reqwest::{Client, Method, Url};
use serde_json::Value;

use super::tls::config;
use crate::settings::ArchivistDesk;

const PATIENCE: Duration = Duration::from_secs(30);
/// Longest answer, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// An archivist at work in one register.
pub struct Desk<'a> {
    settings: &'a ArchivistDesk,
    /// Who acts, as the log of the archive shows it.
    pub archivist: String,
    /// OID of the customer for whom.
    pub controller: String,
    /// OID of the controller in whose register.
    pub register: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub enum DeskAnswer {
    /// What was asked for.
    Done(Value),
    /// The archive refused it, and says why.
    Refused(String),
}

impl<'a> Desk<'a> {
    /// A desk.
    pub fn new(settings: &'a ArchivistDesk, archivist: String, controller: String, register: String) -> Self {
        Self { settings, archivist, controller, register }
    }

    /// Asks for what stands at `steps` below the service's address.
    ///
    /// # Errors
    /// What is wrong with the way to the endpoint.
    pub async fn get(&self, steps: &[&str], query: &[(&str, &str)]) -> Result<DeskAnswer, String> {
        self.ask(Method::GET, steps, query, None).await
    }

    /// Sends `body` there.
    ///
    /// # Errors
    /// What is wrong with the way to the endpoint.
    pub async fn post(&self, steps: &[&str], body: Value) -> Result<DeskAnswer, String> {
        self.ask(Method::POST, steps, &[], Some(body)).await
    }

    async fn ask(
        &self,
        method: Method,
        steps: &[&str],
        query: &[(&str, &str)],
        body: Option<Value>,
    ) -> Result<DeskAnswer, String> {
        let mut url: Url =
            self.settings.endpoint.parse().map_err(|error| format!("the endpoint's address: {error}"))?;
        url.path_segments_mut()
            .map_err(|()| "the endpoint's address takes no path".to_owned())?
            .pop_if_empty()
            .extend(["archivist", "v1"].iter().chain(steps));
        url.query_pairs_mut().extend_pairs(query.iter().filter(|(_, value)| !value.is_empty()));
        // A header is ASCII; what is not is written as in an address.
        let archivist = url::form_urlencoded::byte_serialize(self.archivist.as_bytes()).collect::<String>();
        let mut request = self.client()?.request(method, url).header("x-archivist", archivist.replace('+', " "));
        request = request.header("x-controller", &self.controller).header("x-register", &self.register);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.map_err(|error| chain(&error))?;
        if answer.content_length().is_some_and(|length| length > LARGEST) {
            return Err("the endpoint's answer is too large".to_owned());
        }
        let is_done = answer.status().is_success();
        let status = answer.status();
        let json: Value = answer.json().await.map_err(|_| format!("the endpoint answered {status} without JSON"))?;
        Ok(if is_done { DeskAnswer::Done(json) } else { DeskAnswer::Refused(refusal(&json)) })
    }

    fn client(&self) -> Result<Client, String> {
        let identity =
            self.settings.identities_folder.as_ref().map(|folder| folder.join(format!("{}.pem", self.controller)));
        let config = config(self.settings.authority_file.as_deref(), identity.as_deref())?;
        let client = Client::builder().no_proxy().timeout(PATIENCE).tls_backend_preconfigured(config);
        client.build().map_err(|error| chain(&error))
    }
}

fn refusal(json: &Value) -> String {
    json["error"].as_str().unwrap_or("the archive gave no reason").chars().take(500).collect()
}

/// An error with everything below it.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(below) = source {
        text = format!("{text}: {below}");
        source = below.source();
    }
    text
}
