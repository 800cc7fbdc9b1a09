//! Identities from an OpenID Connect provider: authorisation code with PKCE, the identity token verified.

use std::collections::BTreeMap;
use std::time::Duration;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse,
    TokenResponse,
};
use reqwest::redirect::Policy;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::desk::chain;
use super::tls::config;
use crate::settings::Provider;

const PATIENCE: Duration = Duration::from_secs(20);

/// Claims beside the standard ones, by name.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Claims {
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

impl AdditionalClaims for Claims {}

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Client = openidconnect::Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider that was found.
pub struct IdentityProvider<'a> {
    settings: &'a Provider,
    client: Client,
    http: reqwest::Client,
}

/// A sign-in that has begun.
pub struct Started {
    /// Where the person goes.
    pub address: String,
    /// What comes back with the person.
    pub state: String,
    /// What the identity token must hold.
    pub nonce: String,
    /// What proves that the code is asked for by the one who began.
    pub verifier: String,
}

/// Who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Issuer and subject.
    pub subject: String,
    /// Name; empty if not told.
    pub name: String,
    /// Mail address; empty if not told or not verified.
    pub email: String,
    /// Business identifier or OID of the customer for whom the person acts; empty for none.
    pub customer: String,
    /// Codes of the roles that the authorisations give.
    pub roles: Vec<String>,
}

impl<'a> IdentityProvider<'a> {
    /// Finds the provider of the settings; it sends people back to `back`.
    ///
    /// # Errors
    /// What is wrong with the settings, or with the way to the provider.
    pub async fn find(settings: &'a Provider, back: String) -> Result<Self, String> {
        let http = reqwest::Client::builder().no_proxy().redirect(Policy::none()).timeout(PATIENCE);
        let http = http.tls_backend_preconfigured(config(None, None)?).build().map_err(|error| chain(&error))?;
        let secret = std::fs::read_to_string(&settings.client_secret_file)
            .map_err(|error| format!("{}: {error}", settings.client_secret_file.display()))?;
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|error| error.to_string())?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &|request| send(http.clone(), request)).await;
        let metadata = metadata.map_err(|error| chain(&error))?;
        let id = ClientId::new(settings.client_id.clone());
        let secret = ClientSecret::new(secret.trim_end().to_owned());
        let client = Client::from_provider_metadata(metadata, id, Some(secret));
        let client = client.set_redirect_uri(RedirectUrl::new(back).map_err(|error| error.to_string())?);
        Ok(Self { settings, client, http })
    }

    /// Begins a sign-in.
    pub fn start(&self) -> Started {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let request = self.client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        let request = request.add_scope(Scope::new("profile".to_owned())).add_scope(Scope::new("email".to_owned()));
        let (address, state, nonce) = request.set_pkce_challenge(challenge).url();
        Started {
            address: address.into(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        }
    }

    /// Takes the code that came back, and verifies who it is.
    ///
    /// # Errors
    /// What the provider said, or what is wrong with the token.
    pub async fn finish(&self, code: String, nonce: String, verifier: String) -> Result<Identity, String> {
        let request = self.client.exchange_code(AuthorizationCode::new(code)).map_err(|error| chain(&error))?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier));
        let http = self.http.clone();
        let token = request.request_async(&|request| send(http.clone(), request)).await;
        let token = token.map_err(|error| chain(&error))?;
        let identity = token.id_token().ok_or("the provider gave no identity token")?;
        let claims = identity.claims(&self.client.id_token_verifier(), &Nonce::new(nonce));
        let claims = claims.map_err(|error| chain(&error))?;
        let rest = &claims.additional_claims().rest;
        let email = claims.email().filter(|_| claims.email_verified() == Some(true));
        let name = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str());
        let given = |name: &str| rest.get(name).cloned().unwrap_or(Value::Null);
        Ok(Identity {
            subject: format!("{} {}", claims.issuer().as_str(), claims.subject().as_str()),
            name: short(name.unwrap_or_default()),
            email: short(email.map(|email| email.as_str()).unwrap_or_default()),
            customer: short(given(&self.settings.customer_claim).as_str().unwrap_or_default()),
            roles: self.roles(&given(&self.settings.role_claim)),
        })
    }

    /// The roles that the authorisations in a claim give: a text or a list of texts.
    fn roles(&self, claim: &Value) -> Vec<String> {
        let texts: Vec<&str> = match claim {
            Value::String(text) => text.split_whitespace().collect(),
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let given = self.settings.roles.iter().filter(|role| texts.contains(&role.authorisation.as_str()));
        given.map(|role| role.role.clone()).collect()
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Why the provider could not be asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unreachable(String);

async fn send(http: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
    let wrong = |error: reqwest::Error| Unreachable(chain(&error));
    let request = reqwest::Request::try_from(request).map_err(wrong)?;
    let answer = http.execute(request).await.map_err(wrong)?;
    let mut response = http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    let body = answer.bytes().await.map_err(wrong)?.to_vec();
    response.body(body).map_err(|error| Unreachable(error.to_string()))
}
