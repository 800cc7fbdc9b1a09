//! Faults in the words of the FHIR root.

use axum::http::StatusCode;

use super::answers::{error, json_answer};
use super::work::Work;
use crate::kanta::fault::Fault;
use crate::kanta::recorder::{Account, Answer, Reply};
use crate::kanta::soap::{PLANNED, of_any_service, unended};
use crate::wire::fhir::transaction_response;

impl Work<'_> {
    /// Plays a fault that comes instead of the work.
    pub(super) fn play(&self, fault: Fault) -> (Account, Reply) {
        let refused = |status| error(self.core, status, &format!("[{PLANNED}] the request is refused"));
        let answer = match fault {
            Fault::ErrorAnswer => refused(StatusCode::UNPROCESSABLE_ENTITY),
            Fault::RejectAnswer | Fault::UnknownCodeAnswer | Fault::SoapFault => {
                refused(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Fault::AnswerToOtherMessage => self.accepted_other(),
            Fault::MalformedAnswer => unended(self.accepted_other(), b'}'),
            other => return (self.account(vec![PLANNED.to_owned()]), of_any_service(other)),
        };
        (self.account(vec![PLANNED.to_owned()]), Reply::Answer(answer))
    }
    /// Accepts a notice that nobody sent.
    fn accepted_other(&self) -> Answer {
        let elsewhere = "AuditEvent/no-notice-of-yours".to_owned();
        json_answer(StatusCode::OK, &transaction_response(&[elsewhere], self.core.clock.now()))
    }
}
