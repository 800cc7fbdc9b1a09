//! Faults in the words of the archive.

use axum::http::StatusCode;

use super::work::{Decision, Work};
use crate::domain::Code;
use crate::kanta::archive::{ArchiveError, Change};
use crate::kanta::fault::Fault;
use crate::kanta::listen::Parting;
use crate::kanta::recorder::{Account, Answer, Reply};
use crate::rule::facts::Handling;
use crate::wire::hl7::InstanceId;
use crate::wire::hl7::answer::{AcknowledgementCode, Detail, DetailSeverity};

/// An error code that no table has, national or not.
pub(in crate::kanta) const UNKNOWN_CODE: &str = "HX00042";
const FAULTY: &str = "the message is refused as faulty";
/// What the evidence gives as the ground of a refusal that a fault plan asked for.
pub(in crate::kanta) const PLANNED: &str = "fault";

impl Work<'_> {
    /// Plays a fault that comes instead of the work.
    pub(super) fn play(&self, fault: Fault) -> Result<(Account, Reply), ArchiveError> {
        if fault.refuses_for_good() {
            return self.refuse_as_faulty(self.refusal_of(fault));
        }
        self.core.archive.learn(&self.facts(Handling::NotReached))?;
        let answer = match fault {
            Fault::RejectAnswer => self.wrapped(&self.acknowledged(AcknowledgementCode::Rejected, vec![busy()])),
            Fault::AnswerToOtherMessage => {
                let target = InstanceId { extension: "no-message-of-yours".to_owned(), ..self.own_id() };
                self.wrapped(&self.acknowledged_as(target, AcknowledgementCode::Accepted, Vec::new()))
            }
            Fault::UnknownCodeAnswer => self.wrapped(&self.acknowledged(AcknowledgementCode::Unknown, Vec::new())),
            Fault::MalformedAnswer => {
                unended(self.wrapped(&self.acknowledged(AcknowledgementCode::Accepted, Vec::new())), b'<')
            }
            Fault::SoapFault => self.service_fault("the service cannot answer now"),
            other => return Ok((self.account(PLANNED), of_any_service(other))),
        };
        Ok((self.account(PLANNED), Reply::Answer(answer)))
    }

    fn refusal_of(&self, fault: Fault) -> Detail {
        let faulty = self.error_detail(PLANNED, FAULTY, None);
        match fault {
            Fault::UnknownErrorCode => self.unknown(),
            Fault::AccessRefused => Detail { code: self.core.error_code("access-right"), ..faulty },
            _ => faulty,
        }
    }

    /// Refuses the message for good: sent again it gets the same answer.
    fn refuse_as_faulty(&self, detail: Detail) -> Result<(Account, Reply), ArchiveError> {
        let answer = self.acknowledged(AcknowledgementCode::Error, vec![detail]);
        let decision = Decision { account: self.account(PLANNED), change: Change::Nothing, answer };
        match self.conclude(&decision, true) {
            Ok(()) | Err(ArchiveError::Taken(_)) => {
                let answer = self.wrapped(&decision.answer);
                Ok((decision.account, Reply::Answer(answer)))
            }
            Err(error) => Err(error),
        }
    }

    /// An error with a code of the harness's own.
    fn unknown(&self) -> Detail {
        let code = Code::new(UNKNOWN_CODE, self.core.profile.oid("placeholder"));
        Detail { code: Some((code, String::new())), ..self.error_detail(PLANNED, FAULTY, None) }
    }

    fn own_id(&self) -> InstanceId {
        self.reading.message_id().unwrap_or_else(|| self.core.answer_id(self.arrival.number))
    }
}

/// What the faults show that are the same in every service. Those that come after the work, or that have
/// words of their own, only end the connection here.
pub(in crate::kanta) fn of_any_service(fault: Fault) -> Reply {
    Reply::Answer(match fault {
        Fault::Unavailable => Answer::empty(StatusCode::SERVICE_UNAVAILABLE),
        Fault::Busy => later(StatusCode::SERVICE_UNAVAILABLE, "1"),
        Fault::TooManyRequests => later(StatusCode::TOO_MANY_REQUESTS, "1"),
        Fault::GarbageAnswer => garbage(),
        Fault::EmptyBadRequest => Answer::empty(StatusCode::BAD_REQUEST),
        Fault::EmptyUnauthorised => Answer::empty(StatusCode::UNAUTHORIZED),
        Fault::ResetBeforeStoring => return Reply::Close(Parting::Reset),
        Fault::HalfClose => return Reply::Close(Parting::HalfClosed),
        _ => return Reply::Close(Parting::Closed),
    })
}

/// A refusal that invites to try again after so many seconds.
fn later(status: StatusCode, seconds: &str) -> Answer {
    Answer::empty(status).with("retry-after", seconds)
}

/// What a gateway between the parties may answer in Kanta's stead.
fn garbage() -> Answer {
    Answer::new(StatusCode::OK, "text/html", "<html><body><p>Request rejected<br>Your support ID is: 0")
}

/// The answer without what begins at its last `mark`.
pub(in crate::kanta) fn unended(mut answer: Answer, mark: u8) -> Answer {
    let end = answer.body.iter().rposition(|byte| *byte == mark).unwrap_or_default();
    answer.body.truncate(end);
    answer
}

fn busy() -> Detail {
    let text = format!("[{PLANNED}] the service cannot do it now; the message may be sent again");
    Detail { severity: DetailSeverity::Error, code: None, text, location: None }
}
