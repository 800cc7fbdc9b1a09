//! Rows about HTTP: names of headers, and how exactly times are kept.

use serde::Deserialize;

use crate::domain::Evidence;

/// Headers of the FHIR service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HttpHeaders {
    /// The one with the token; its value is the scheme.
    pub token: HttpHeader,
    /// The one with the media type, and that type.
    pub media_type: HttpHeader,
    /// The one with the identifier of the message that carries it.
    pub request_id: HttpHeader,
    /// The one with the identifier of the request that an answer belongs to.
    pub correlation_id: HttpHeader,
}

/// One header.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpHeader {
    /// Its name; upper and lower case are the same.
    pub name: String,
    /// What stands in it, or at its start; empty where it differs from message to message.
    #[serde(default)]
    pub value: String,
    /// How well it is known.
    pub evidence: Evidence,
}

/// The use log of the system.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UseLogRules {
    /// How far its clock may differ from Kanta's, beside the time that the exchange took.
    pub clock_tolerance_seconds: i64,
    /// How well it is known.
    pub evidence: Evidence,
}

/// Sending again.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RetryRules {
    /// By how much a message may come before Retry-After is over.
    pub tolerance_milliseconds: i64,
    /// Shortest pause before a message is sent again that Kanta could not take.
    pub shortest_pause_milliseconds: i64,
    /// By how much such a pause may be shorter than the one before.
    pub shrink_tolerance_milliseconds: i64,
    /// How well it is known.
    pub evidence: Evidence,
}
