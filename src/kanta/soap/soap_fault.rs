//! SOAP faults, in the version that the caller speaks.

use axum::http::StatusCode;

use crate::kanta::exchange::{Arrival, ServiceAnswer};
use crate::wire::soap::{self, FaultSide, SoapVersion};

/// A SOAP fault with the status that its version asks for.
pub(super) fn fault(version: SoapVersion, side: FaultSide, reason: &str) -> ServiceAnswer {
    let status = match (version, side) {
        (SoapVersion::Soap12, FaultSide::Caller) => StatusCode::BAD_REQUEST,
        // SOAP 1.2 part 2, table 20: all others are the service's status.
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    ServiceAnswer::new(status, version.content_type(), soap::fault(version, side, reason))
}

/// The version that the request's media type names; 1.1 where it names none.
pub(super) fn version_of(arrival: &Arrival) -> SoapVersion {
    let named = arrival.header("content-type").and_then(SoapVersion::of_content_type);
    named.unwrap_or(SoapVersion::Soap11)
}
