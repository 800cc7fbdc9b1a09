//! The way of one message through the archive.

use axum::http::StatusCode;

use super::work::Work;
use crate::kanta::core::Core;
use crate::kanta::http::Trouble;
use crate::kanta::listen::Parting;
use crate::kanta::recorder::{Account, Answer, Arrival, Reply};
use crate::reading::read;
use crate::wire::soap::{self, FaultSide, SoapVersion};

/// Does what the message asks, and says what to answer and what to write down.
pub(in crate::kanta) fn handle(core: &Core, arrival: &Arrival) -> (Account, Reply) {
    let reading = read(arrival.body(), &core.limits);
    let done = Work::new(core, arrival, &reading).and_then(|work| work.run());
    done.unwrap_or_else(|error| {
        tracing::error!(%error, number = arrival.number, "the archive failed");
        let answer = fault(version_of(arrival), FaultSide::Service, "the archive failed");
        (Account::refused("archive-failed"), Reply::Answer(answer))
    })
}

/// What to answer to a request that is no message at all.
pub(in crate::kanta) fn trouble(arrival: &Arrival, trouble: &Trouble) -> (Account, Reply) {
    let reply = trouble.status().map_or(Reply::Close(Parting::Closed), |status| {
        let answer = fault(version_of(arrival), FaultSide::Caller, &trouble.text());
        let answer = Answer { status, ..answer };
        let is_method = matches!(trouble, Trouble::Method);
        Reply::Answer(if is_method { answer.with("allow", "POST") } else { answer })
    });
    (Account::refused(trouble.ground()), reply)
}

/// A SOAP fault with the status that its version asks for.
pub(super) fn fault(version: SoapVersion, side: FaultSide, reason: &str) -> Answer {
    let status = match (version, side) {
        (SoapVersion::Soap12, FaultSide::Caller) => StatusCode::BAD_REQUEST,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    Answer::new(status, version.content_type(), soap::fault(version, side, reason))
}

/// The version that the request's media type names; 1.1 where it names none.
pub(super) fn version_of(arrival: &Arrival) -> SoapVersion {
    let named = arrival.header("content-type").and_then(SoapVersion::of_content_type);
    named.unwrap_or(SoapVersion::Soap11)
}
