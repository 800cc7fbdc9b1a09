//! What is asked of the validation service, in JSON.

use serde::Deserialize;

use crate::kanta::core::Core;
use crate::kanta::exchange::Arrival;
use crate::wire::Part;
use crate::wire::json::{JsonError, JsonLimits, parse};

/// What stands at the start of an XML text that declares itself.
const DECLARATION: &str = "<?xml";

/// The request. Kela's service was seen to take these members; others are passed over.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    /// Any text, for the caller to tell requests apart.
    #[serde(default)]
    pub message_id: String,
    /// The service request, as the frame has it.
    #[serde(rename = "palveluPyynto")]
    pub service_request: String,
    #[serde(rename = "siirtokehysXml")]
    pub frame: String,
    #[serde(rename = "asiakirjaXml")]
    pub document: String,
}

/// Why nothing can be judged.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoRequest {
    /// An identity code that no test may use.
    #[error("an identity code outside the 900 series stands in the request")]
    Foreign,
    /// No JSON.
    #[error("the request is no JSON: {0}")]
    NotJson(JsonError),
    /// JSON of another shape.
    #[error("the request lacks what it must have: {0}")]
    Shape(serde_json::Error),
    /// A document that does not begin with its XML declaration. Frames without one were seen to pass.
    #[error("{0} does not begin with an XML declaration")]
    Undeclared(&'static str),
}

impl Request {
    /// The request that `arrival` brings.
    pub(super) fn read(core: &Core, arrival: &Arrival) -> Result<Self, NoRequest> {
        if arrival.is_withheld() {
            return Err(NoRequest::Foreign);
        }
        let limits = JsonLimits { bytes: core.limits.bytes, depth: core.limits.depth };
        let json = parse(arrival.body(), Part::Http, limits).map_err(NoRequest::NotJson)?;
        let request: Self = serde_json::from_value(json.value).map_err(NoRequest::Shape)?;
        if !request.document.trim_start_matches('\u{FEFF}').starts_with(DECLARATION) {
            return Err(NoRequest::Undeclared("asiakirjaXml"));
        }
        Ok(request)
    }
}
