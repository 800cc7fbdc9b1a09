//! Sending Bundles of disclosure notices.

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};

use super::bundle::BundleWriter;
use super::clock::local;
use super::disclosure::Notice;
use super::ending::{ActionOutcome, Ending, ShownError};
use super::faults::Fault;
use super::issues::{PLACE, issues};
use super::journal::LogOutcome;
use super::jws::token;
use super::outbox::Parcel;
use super::system::System;
use super::transport::{Miss, MissKind, correlated};

/// Attempts of [`Fault::RetriesWithoutEnd`]: no test takes forever.
const ENDLESS: u32 = 60;
/// More characters than an `id` of FHIR may have.
const TOO_LONG: usize = 66;

/// One request and what became of it.
struct Request {
    id: String,
    token: String,
}

enum Reply {
    /// Kanta took it; the identifiers that it gave, in order.
    Taken(Vec<String>),
    /// Kanta said no.
    Refused(Vec<ShownError>),
    /// Kanta did not take the token and said nothing more.
    TokenRefused,
}

impl System {
    /// A Bundle of these notices, which are all about one person.
    pub(super) fn parcel(&self, client: &str, notices: Vec<Notice>) -> Parcel {
        let writer = BundleWriter { settings: &self.settings, signer: self.bundle_signer(), now: self.clock.now() };
        let (entries, body) = writer.write(&notices);
        Parcel { client: client.to_owned(), notices, entries, body, first_request: None }
    }

    /// Sends a Bundle, tries again where no usable answer came, and keeps it for later where none came at all.
    pub(super) async fn send_parcel(&self, mut parcel: Parcel) -> Ending {
        let (mut attempt, mut renewed) = (1, false);
        loop {
            match self.post(&mut parcel).await {
                Ok(Reply::Taken(identifiers)) => return self.taken(parcel, identifiers),
                // A token that Kanta does not take is made anew, once.
                Ok(Reply::TokenRefused) if !renewed && !self.deviates(Fault::TokenNotRenewed) => renewed = true,
                Ok(Reply::TokenRefused) => {
                    let error = ShownError { code: "401".to_owned(), text: "Kanta does not take the token".to_owned() };
                    return self.refusal(vec![error], notices_result(&parcel.notices));
                }
                Ok(Reply::Refused(_))
                    if self.deviates(Fault::RetriesRefusedNotice) && attempt < self.settings.retry.attempts =>
                {
                    attempt += 1;
                }
                Ok(Reply::Refused(errors)) => return self.refusal(self.shown(errors), notices_result(&parcel.notices)),
                Err(miss) if self.settings.fault == Some(Fault::NoticeLostAfter503) && miss.status == Some(503) => {
                    return Ending::failed(miss.why, notices_result(&parcel.notices));
                }
                Err(miss) if self.hurries(&miss) && attempt < ENDLESS => attempt += 1,
                Err(miss) if attempt >= self.settings.retry.attempts => return self.postpone(parcel, &miss),
                Err(mut miss) => {
                    miss.retry_after = miss.retry_after.filter(|_| !self.deviates(Fault::NoticeRetryAfterIgnored));
                    tokio::time::sleep(self.pause(attempt, &miss)).await;
                    attempt += 1;
                    if self.deviates(Fault::NoticeStoredTwice) {
                        parcel = self.with_new_identifiers(parcel);
                    }
                }
            }
        }
    }

    /// Whether a fault tries again at once, however often, since no wait was asked for.
    fn hurries(&self, miss: &Miss) -> bool {
        self.deviates(Fault::RetriesWithoutEnd) && miss.is_busy() && miss.retry_after.is_none()
    }

    fn with_new_identifiers(&self, parcel: Parcel) -> Parcel {
        let mut notices = parcel.notices;
        for notice in &mut notices {
            (notice.id, notice.provenance) = self.notice_ids(&parcel.client);
        }
        self.parcel(&parcel.client, notices)
    }

    /// Identifiers of an AuditEvent and its Provenance.
    pub(super) fn notice_ids(&self, client: &str) -> (String, String) {
        let year = local(self.clock.now()).year();
        let id = self.ids.document(client, year);
        let id = match self.settings.fault {
            Some(Fault::NoticeIdReused) => self.ids.first_document(client, year),
            Some(Fault::NoticeIdTooLong) => format!("{id}.{}1", "10.".repeat(TOO_LONG / 3)),
            _ => id,
        };
        (id, self.ids.document(client, year))
    }

    fn taken(&self, mut parcel: Parcel, identifiers: Vec<String>) -> Ending {
        if !self.deviates(Fault::PermanentIdDropped) {
            for (notice, identifier) in parcel.notices.iter_mut().zip(identifiers) {
                notice.permanent = Some(identifier);
            }
        }
        Ending::succeeded("Kanta has the notice", notices_result(&parcel.notices))
    }

    fn postpone(&self, parcel: Parcel, miss: &Miss) -> Ending {
        let result = notices_result(&parcel.notices);
        self.outbox().waiting.push(parcel);
        Ending::failed(format!("{}; the notice waits", miss.why), result)
    }

    async fn post(&self, parcel: &mut Parcel) -> Result<Reply, Miss> {
        let request = self.request(parcel);
        parcel.first_request.get_or_insert_with(|| request.id.clone());
        let (answer, correlation) = match correlated(self.post_of(parcel, &request)).await {
            Ok((answer, correlation)) => (Ok(answer), correlation),
            Err(miss) => (Err(miss), None),
        };
        let status = answer.as_ref().map_or_else(|miss| miss.status, |(status, _, _)| Some(*status));
        let reply = answer.and_then(|(status, retry_after, body)| {
            let wrong =
                |why: &str| Miss { status: Some(status), why: why.to_owned(), retry_after, kind: MissKind::Other };
            self.read_reply(parcel, status, &body).ok_or_else(|| wrong("Kanta gave no usable answer"))
        });
        self.log_request(parcel, &request, (status, correlation), reply.as_ref());
        reply
    }

    fn post_of(&self, parcel: &Parcel, request: &Request) -> reqwest::RequestBuilder {
        let corrects = parcel.notices.iter().any(|notice| notice.disclosure.corrects.is_some());
        let mut post = if corrects && self.deviates(Fault::NoticeCorrectedByPut) {
            self.log_service.put(format!("{}/AuditEvent/{}", self.settings.fhir_url, parcel.notices[0].id))
        } else {
            self.log_service.post(&self.settings.fhir_url)
        };
        let plain = self.deviates(Fault::MediaTypeWrong);
        post =
            post.header(CONTENT_TYPE, if plain { "application/json" } else { "application/fhir+json; charset=UTF-8" });
        if !self.deviates(Fault::RequestIdMissing) {
            post = post.header("X-Request-Id", &request.id);
        }
        if !self.deviates(Fault::TokenMissing) {
            post = post.header(AUTHORIZATION, format!("Bearer {}", request.token));
        }
        post.body(parcel.body.clone())
    }

    /// Every attempt is a request of its own, with its own identifier and a fresh token.
    fn request(&self, parcel: &Parcel) -> Request {
        let client = &parcel.client;
        let kept = parcel.first_request.clone().filter(|_| self.deviates(Fault::RequestIdKept));
        let id = match kept {
            Some(id) => id,
            None if self.deviates(Fault::RequestIdReused) => self.ids.first_uuid(client),
            None => self.ids.uuid(client),
        };
        let tenant = parcel.notices.first().and_then(|notice| notice.disclosure.tenant.as_ref());
        let own = self.ids.uuid(client);
        let token = token(&self.settings, self.token_signer(), (&own, self.clock.now()), tenant);
        Request { id, token }
    }

    fn read_reply(&self, parcel: &Parcel, status: u16, body: &str) -> Option<Reply> {
        match status {
            200 | 201 if self.deviates(Fault::NoticeAnswerSearchedAsText) && body.contains("201 Created") => {
                Some(Reply::Taken(response(body).map(|(_, identifiers)| identifiers).unwrap_or_default()))
            }
            200 | 201 => {
                let (entries, identifiers) = response(body)?;
                let own = entries == parcel.entries || self.deviates(Fault::AnswerToOtherMessageAccepted);
                own.then_some(Reply::Taken(identifiers))
            }
            400..=499 if self.deviates(Fault::ErrorAnswerAsSuccess) => Some(Reply::Taken(vec![])),
            400 | 401 if body.is_empty() && self.deviates(Fault::EmptyAnswerAsSuccess) => Some(Reply::Taken(vec![])),
            401 if body.is_empty() => Some(Reply::TokenRefused),
            400..=499 if status != 408 && status != 429 => Some(Reply::Refused(issues(status, body))),
            _ => None,
        }
    }

    /// What the user is shown of a refusal.
    fn shown(&self, mut issues: Vec<ShownError>) -> Vec<ShownError> {
        if self.deviates(Fault::FirstIssueOnly) {
            issues.truncate(1);
        }
        for issue in &mut issues {
            if self.deviates(Fault::IssueWordsDropped) {
                issue.text = "refused".to_owned();
            }
            if self.deviates(Fault::IssuePlaceDropped) {
                issue.text.truncate(issue.text.find(PLACE).unwrap_or(issue.text.len()));
            }
            if self.deviates(Fault::UnknownCodeHidden) && !is_known(&issue.code) {
                *issue = ShownError { code: String::new(), text: "unknown error".to_owned() };
            }
        }
        issues
    }

    /// The X-Correlation-Id of an answer, as the log tells it.
    pub(super) fn logged_correlation(&self, correlation: Option<String>) -> Option<String> {
        correlation.filter(|_| !self.deviates(Fault::CorrelationNotLogged))
    }

    fn logged_code(&self, errors: &[ShownError]) -> Option<String> {
        let told = |error: &&ShownError| is_known(&error.code) || !self.deviates(Fault::UnknownCodeNotLogged);
        errors.iter().find(told).map(|error| error.code.clone())
    }

    fn log_request(
        &self,
        parcel: &Parcel,
        request: &Request,
        (status, correlation): (Option<u16>, Option<String>),
        reply: Result<&Reply, &Miss>,
    ) {
        let (outcome, error) = match reply {
            Ok(Reply::Taken(_)) => (LogOutcome::Success, None),
            Ok(Reply::Refused(errors)) => (LogOutcome::Refused, self.logged_code(errors)),
            Ok(Reply::TokenRefused) => (LogOutcome::Refused, None),
            Err(_) => (LogOutcome::Failure, None),
        };
        let id = Some(&request.id).filter(|_| !self.deviates(Fault::RequestIdMissing));
        let mut kanta = json!({
            "requestId": id,
            "correlationId": self.logged_correlation(correlation),
            "httpStatus": status,
            "errorCode": error,
        });
        if self.deviates(Fault::TokenInLog) {
            kanta["authorization"] = json!(format!("Bearer {}", request.token));
        }
        for notice in &parcel.notices {
            self.log_disclosure("notice", &notice.disclosure, Some(notice), (kanta.clone(), outcome));
        }
    }
}

/// What an action tells of notices.
pub fn notices_result(notices: &[Notice]) -> Value {
    let row = |notice: &Notice| json!({"key": notice.disclosure.key, "notice-id": notice.id, "permanent-id": notice.permanent});
    json!({"notices": notices.iter().map(row).collect::<Vec<_>>()})
}

/// Several endings as one: the worst outcome, everything said, all notices.
pub fn together(endings: Vec<Ending>) -> Ending {
    let outcome = endings.iter().map(|ending| ending.outcome).max().unwrap_or(ActionOutcome::Succeeded);
    let notices: Vec<Value> =
        endings.iter().filter_map(|ending| ending.result["notices"].as_array()).flatten().cloned().collect();
    let mut messages: Vec<&str> = endings.iter().map(|ending| ending.message.as_str()).collect();
    messages.dedup();
    let message = messages.join("; ");
    let errors = endings.into_iter().flat_map(|ending| ending.errors).collect();
    Ending { outcome, errors, ..Ending::succeeded(message, json!({"notices": notices})) }
}

/// How many entries a transaction response has, and the identifiers of its AuditEvents; `None` where it
/// is no such response. FHIR R4, 3.1.0.11.2: it has one entry for each entry of the request.
fn response(body: &str) -> Option<(usize, Vec<String>)> {
    let bundle: Value = serde_json::from_str(body).ok()?;
    if bundle["type"] != "transaction-response" {
        return None;
    }
    let entries = bundle["entry"].as_array()?;
    let locations = entries.iter().filter_map(|entry| entry["response"]["location"].as_str());
    let identifier = |location: &str| location.split("AuditEvent/").nth(1)?.split('/').next().map(str::to_owned);
    Some((entries.len(), locations.filter_map(identifier).collect()))
}

/// Whether the system has this error code, or HTTP status, in its tables.
fn is_known(code: &str) -> bool {
    code.starts_with("4Y") || code.starts_with("5Y") || code.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{issues, response};

    #[test]
    fn permanent_identifiers_are_those_of_the_audit_events() {
        let body = json!({"type": "transaction-response", "entry": [
            {"response": {"status": "201 Created", "location": "AuditEvent/1.2.3/_history/1"}},
            {"response": {"status": "201 Created", "location": "Provenance/1.2.4"}},
        ]});
        assert_eq!(response(&body.to_string()), Some((2, vec!["1.2.3".to_owned()])));
        assert_eq!(response("{}"), None);
        assert_eq!(response("garbage"), None);
    }

    #[test]
    fn every_issue_is_shown_and_an_empty_body_too() {
        let body = json!({"issue": [
            {"details": {"coding": [{"code": "4Y00007", "display": "Virhe."}]}, "diagnostics": "[a] b"},
            {"diagnostics": "c"},
        ]});
        let shown = issues(422, &body.to_string());
        assert_eq!((shown[0].code.as_str(), shown[0].text.as_str()), ("4Y00007", "Virhe. [a] b"));
        assert_eq!(shown[1].text, "c");
        assert_eq!(issues(400, "")[0].code, "400");
        let extension = |name: &str, value: u32| json!({"url": format!("x-issue-{name}"), "valueInteger": value});
        let placed = json!({"issue": [{"diagnostics": "c", "extension": [extension("line", 3), extension("col", 7)]}]});
        assert_eq!(issues(422, &placed.to_string())[0].text, "c (line 3, column 7)");
    }
}
