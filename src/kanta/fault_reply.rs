//! How a planned fault shows in an answer, whatever the service.

use axum::http::StatusCode;

use super::core::Core;
use super::exchange::{Arrival, ExchangeRecord, Handled, Reply, ServiceAnswer};
use super::listen::{ConnectionEnd, SendRate};
use crate::domain::{Fault, Operation, ServiceGround};

/// What the evidence gives as the ground of a refusal that a fault plan asked for.
pub(super) const PLANNED: ServiceGround = ServiceGround::Fault;
/// An error code that no table has, national or not.
pub(super) const UNKNOWN_CODE: &str = "HX00042";

/// The fault that is planned for an exchange, or none.
#[derive(Debug, Clone, Copy)]
pub struct PlannedFault(Option<Fault>);

impl PlannedFault {
    /// The fault among the `playable` that is planned for the exchange of `arrival`, which asks `operation` about
    /// `persons`; it counts as played.
    pub fn take(core: &Core, arrival: &Arrival, playable: &[Fault], persons: &[String], operation: Operation) -> Self {
        let planned = || core.faults.take(persons, operation, playable);
        Self(arrival.met().or_else(planned))
    }

    /// The fault that the caller met in the handshake already.
    pub fn met(arrival: &Arrival) -> Self {
        Self(arrival.met())
    }

    /// The fault, if it comes instead of the work.
    pub fn instead(self) -> Option<Fault> {
        self.0.filter(|fault| !fault.comes_after_the_work())
    }

    /// The fault, whenever it comes.
    pub(super) fn fault(self) -> Option<Fault> {
        self.0
    }

    /// What is left of an exchange after the fault; the evidence names it.
    pub fn shown_in(self, (record, reply): Handled) -> Handled {
        let fault = self.0;
        let reply = match self.0 {
            Some(fault) => spoil(fault, reply),
            None => reply,
        };
        (ExchangeRecord { fault, ..record }, reply)
    }
}

/// Plays a fault that is the same in every service.
pub fn play_any(fault: Fault) -> Handled {
    (ExchangeRecord::refused(PLANNED), of_any_service(fault))
}

/// What the faults show that are the same in every service. Those that come after the work, or that have
/// words of their own, only end the connection here.
pub(super) fn of_any_service(fault: Fault) -> Reply {
    Reply::Answer(match fault {
        Fault::Unavailable => ServiceAnswer::empty(StatusCode::SERVICE_UNAVAILABLE),
        Fault::Busy => later(StatusCode::SERVICE_UNAVAILABLE, "1"),
        Fault::TooManyRequests => later(StatusCode::TOO_MANY_REQUESTS, "1"),
        Fault::GarbageAnswer => garbage(),
        Fault::EmptyBadRequest => ServiceAnswer::empty(StatusCode::BAD_REQUEST),
        Fault::EmptyUnauthorised => ServiceAnswer::empty(StatusCode::UNAUTHORIZED),
        Fault::ResetBeforeStoring => return Reply::Close(ConnectionEnd::Reset),
        Fault::HalfClose => return Reply::Close(ConnectionEnd::HalfClosed),
        _ => return Reply::Close(ConnectionEnd::Closed),
    })
}

/// A refusal that invites to try again after so many seconds.
fn later(status: StatusCode, seconds: &str) -> ServiceAnswer {
    ServiceAnswer::empty(status).with("retry-after", seconds)
}

/// What a gateway between the parties may answer in Kanta's stead.
fn garbage() -> ServiceAnswer {
    ServiceAnswer::new(StatusCode::OK, "text/html", "<html><body><p>Request rejected<br>Your support ID is: 0")
}

/// The answer without what begins at its last `mark`.
pub(super) fn unended(mut answer: ServiceAnswer, mark: u8) -> ServiceAnswer {
    let end = answer.body.iter().rposition(|byte| *byte == mark).unwrap_or_default();
    answer.body.truncate(end);
    answer
}

/// What is left of an answer after a fault that comes after the work.
fn spoil(fault: Fault, reply: Reply) -> Reply {
    match (fault, reply) {
        (Fault::CloseAfterStoring, _) => Reply::Close(ConnectionEnd::Closed),
        (Fault::ResetAfterStoring, _) => Reply::Close(ConnectionEnd::Reset),
        (Fault::TruncatedAnswer, Reply::Answer(mut answer)) => {
            answer.body.truncate(answer.body.len() / 2);
            Reply::Answer(answer)
        }
        (Fault::DuplicatedAnswer, Reply::Answer(mut answer)) => {
            answer.body.extend_from_within(..);
            Reply::Answer(answer)
        }
        (Fault::DelayedAnswer, Reply::Answer(answer)) => Reply::Answer(answer.sent(SendRate::Delayed)),
        (Fault::DribbledAnswer, Reply::Answer(answer)) => Reply::Answer(answer.sent(SendRate::Dribbled)),
        (_, reply) => reply,
    }
}
