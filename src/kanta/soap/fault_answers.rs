//! Faults in the words of the archive.

use super::archive_call::{ArchiveCall, Decision};
use crate::domain::{Code, Fault};
use crate::kanta::archive::{ArchiveError, Change};
use crate::kanta::exchange::{ExchangeRecord, Reply};
use crate::kanta::fault_reply::{PLANNED, UNKNOWN_CODE, of_any_service, unended};
use crate::rule::facts::Handling;
use crate::wire::hl7::InstanceId;
use crate::wire::hl7::answer::{AcknowledgementCode, Detail, DetailSeverity};

const FAULTY: &str = "the message is refused as faulty";

impl ArchiveCall<'_> {
    /// Plays a fault that comes instead of the work.
    pub(super) fn play(&self, fault: Fault) -> Result<(ExchangeRecord, Reply), ArchiveError> {
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
            other => return Ok((self.record(PLANNED), of_any_service(other))),
        };
        Ok((self.record(PLANNED), Reply::Answer(answer)))
    }

    fn refusal_of(&self, fault: Fault) -> Detail {
        let faulty = self.error_detail(&PLANNED.into(), FAULTY, None);
        match fault {
            Fault::UnknownErrorCode => self.unknown(),
            Fault::AccessRefused => Detail { code: self.core.error_code("access-right"), ..faulty },
            _ => faulty,
        }
    }

    /// Refuses the message for good: sent again it gets the same answer.
    fn refuse_as_faulty(&self, detail: Detail) -> Result<(ExchangeRecord, Reply), ArchiveError> {
        let answer = self.acknowledged(AcknowledgementCode::Error, vec![detail]);
        let decision = Decision { record: self.record(PLANNED), change: Change::Nothing, answer };
        match self.conclude(&decision, true) {
            Ok(()) | Err(ArchiveError::Taken(_)) => {
                let answer = self.wrapped(&decision.answer);
                Ok((decision.record, Reply::Answer(answer)))
            }
            Err(error) => Err(error),
        }
    }

    /// An error with a code of the harness's own.
    fn unknown(&self) -> Detail {
        let code = Code::new(UNKNOWN_CODE, self.core.profile.oid("placeholder"));
        Detail { code: Some((code, String::new())), ..self.error_detail(&PLANNED.into(), FAULTY, None) }
    }

    fn own_id(&self) -> InstanceId {
        self.reading.message_id().unwrap_or_else(|| self.core.answer_id(self.arrival.number))
    }
}

fn busy() -> Detail {
    let text = "[fault] the service cannot do it now; the message may be sent again".to_owned();
    Detail { severity: DetailSeverity::Error, code: None, text, location: None }
}
