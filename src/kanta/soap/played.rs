//! Faults in the words of the archive.

use axum::http::StatusCode;

use super::work::{Decision, Work};
use crate::kanta::archive::{ArchiveError, Change};
use crate::kanta::fault::Fault;
use crate::kanta::recorder::{Account, Answer, Reply};
use crate::wire::hl7::InstanceId;
use crate::wire::hl7::answer::{AcknowledgementCode, Detail, DetailSeverity};

/// What the evidence gives as the ground of a refusal that a fault plan asked for.
pub(in crate::kanta) const PLANNED: &str = "fault";

impl Work<'_> {
    /// Plays a fault that comes instead of the work.
    pub(super) fn play(&self, fault: Fault) -> Result<(Account, Reply), ArchiveError> {
        let answer = match fault {
            Fault::ErrorAnswer => return self.refuse_as_faulty(),
            Fault::RejectAnswer => self.wrapped(&self.acknowledged(AcknowledgementCode::Rejected, vec![busy()])),
            Fault::AnswerToOtherMessage => {
                let target = InstanceId { extension: "no-message-of-yours".to_owned(), ..self.own_id() };
                self.wrapped(&self.acknowledged_as(target, AcknowledgementCode::Accepted, Vec::new()))
            }
            Fault::SoapFault => self.service_fault("the service cannot answer now"),
            Fault::Unavailable => unavailable(),
            Fault::GarbageAnswer => garbage(),
            Fault::EmptyUnauthorised => Answer::empty(StatusCode::UNAUTHORIZED),
            Fault::CloseBeforeStoring | Fault::CloseAfterStoring | Fault::TruncatedAnswer => {
                return Ok((self.account(PLANNED), Reply::Close));
            }
        };
        Ok((self.account(PLANNED), Reply::Answer(answer)))
    }

    /// Refuses the message for good: sent again it gets the same answer.
    fn refuse_as_faulty(&self) -> Result<(Account, Reply), ArchiveError> {
        let detail = self.error_detail(PLANNED, "the message is refused as faulty", None);
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

    fn own_id(&self) -> InstanceId {
        self.reading.message_id().unwrap_or_else(|| self.core.answer_id(self.arrival.number))
    }
}

/// HTTP 503 that invites to try again at once.
pub(in crate::kanta) fn unavailable() -> Answer {
    Answer::empty(StatusCode::SERVICE_UNAVAILABLE).with("retry-after", "0")
}

/// What a gateway between the parties may answer in Kanta's stead.
pub(in crate::kanta) fn garbage() -> Answer {
    Answer::new(StatusCode::OK, "text/html", "<html><body><p>Request rejected<br>Your support ID is: 0")
}

fn busy() -> Detail {
    let text = format!("[{PLANNED}] the service cannot do it now; the message may be sent again");
    Detail { severity: DetailSeverity::Error, code: None, text, location: None }
}
