//! Faults in the words of the FHIR root.

use axum::http::StatusCode;

use super::answers::{error, issue, json_answer, outcome};
use super::notice_call::NoticeCall;
use crate::domain::Fault;
use crate::kanta::core::Core;
use crate::kanta::exchange::{ExchangeRecord, Reply, ServiceAnswer};
use crate::kanta::fault_reply::{PLANNED, UNKNOWN_CODE, of_any_service, unended};
use crate::wire::fhir::{OutcomeIssue, transaction_response};

impl NoticeCall<'_> {
    /// Plays a fault that comes instead of the work.
    pub(super) fn play(&self, fault: Fault) -> (ExchangeRecord, Reply) {
        let refused = |status| error(self.core, status, "[fault] the request is refused");
        let answer = match fault {
            Fault::ErrorAnswer => refused(StatusCode::UNPROCESSABLE_ENTITY),
            Fault::RejectAnswer | Fault::UnknownCodeAnswer | Fault::SoapFault => {
                refused(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Fault::SeveralIssues => outcome(StatusCode::UNPROCESSABLE_ENTITY, &several_issues(self.core)),
            Fault::UnknownErrorCode => outcome(StatusCode::UNPROCESSABLE_ENTITY, &[unknown_code(self.core)]),
            Fault::ValidationIssue => outcome(StatusCode::UNPROCESSABLE_ENTITY, &[validation(self.core)]),
            Fault::AccessRefused => {
                let text = "[fault] käyttöoikeus puuttuu".to_owned();
                outcome(StatusCode::UNAUTHORIZED, &[issue(self.core, "access-right", text, None)])
            }
            Fault::AnswerToOtherMessage => self.accepted_other(),
            Fault::MalformedAnswer => unended(self.accepted_other(), b'}'),
            other => return (self.record(vec![PLANNED.into()]), of_any_service(other)),
        };
        (self.record(vec![PLANNED.into()]), Reply::Answer(answer))
    }

    /// Accepts a notice that nobody sent.
    fn accepted_other(&self) -> ServiceAnswer {
        let elsewhere = "AuditEvent/no-notice-of-yours".to_owned();
        json_answer(StatusCode::OK, &transaction_response(&[elsewhere], self.core.clock.now()))
    }
}

/// Kanta may tell all that its checks found at once.
fn several_issues(core: &Core) -> [OutcomeIssue; 3] {
    let told = |meaning: &str, what: &str| issue(core, meaning, format!("[fault] {what}"), None);
    [
        told("integrity", "ensimmäinen kolmesta virheestä: ilmoitus on virheellinen"),
        told("access-right", "toinen kolmesta virheestä: käyttöoikeus puuttuu"),
        unknown_code(core),
    ]
}

fn unknown_code(core: &Core) -> OutcomeIssue {
    let system = format!("urn:oid:{}", core.profile.oid("placeholder"));
    let (code, display) = (UNKNOWN_CODE.to_owned(), "Kantakokeen oma virhe".to_owned());
    let diagnostics = "[fault] virhe, jonka koodia ei ole missään koodistossa".to_owned();
    OutcomeIssue { system, code, display, ..issue(core, "integrity", diagnostics, None) }
}

/// What a validator of profiles says; it has a code of its own and no display.
fn validation(core: &Core) -> OutcomeIssue {
    let profile = &core.profile.notice.audit_event_profile;
    let diagnostics = format!("[fault] AuditEvent.recorded: minimum required = 1, but only found 0 (from {profile})");
    OutcomeIssue {
        system: "http://hl7.org/fhir/java-core-messageId".to_owned(),
        code: "Validation_VAL_Profile_Minimum".to_owned(),
        display: String::new(),
        position: Some((341, 57)),
        ..issue(core, "integrity", diagnostics, None)
    }
}
