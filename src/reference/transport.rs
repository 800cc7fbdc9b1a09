//! Sending messages to the archive, again where no usable answer came.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};

use super::answer::{Answer, NoAnswer};
use super::faults::Fault;
use super::frame::Message;
use super::soap;
use super::system::System;

/// How the sending of a message ended.
#[derive(Debug)]
pub enum Delivery {
    /// A usable answer came.
    Answered {
        /// HTTP status.
        status: u16,
        /// The answer.
        answer: Answer,
    },
    /// None came, however often it was tried.
    Unanswered {
        /// HTTP status, where there was an HTTP answer.
        status: Option<u16>,
        /// What a user would see.
        why: String,
    },
}

/// One attempt without a usable answer.
#[derive(Debug)]
pub struct Miss {
    /// HTTP status, where there was an HTTP answer.
    pub status: Option<u16>,
    /// What a user would see.
    pub why: String,
    /// The answer's Retry-After.
    pub retry_after: Option<Duration>,
}

impl System {
    /// Sends a message, the same bytes up to so many times as the policy says.
    pub(super) async fn deliver(&self, message: &Message) -> Delivery {
        let mut attempt = 1;
        loop {
            match self.attempt(message).await {
                Ok((status, answer)) => return Delivery::Answered { status, answer },
                Err(miss) if attempt >= self.settings.retry.attempts || self.gives_up(&miss) => {
                    return Delivery::Unanswered { status: miss.status, why: miss.why };
                }
                Err(miss) => tokio::time::sleep(self.pause(attempt, miss.retry_after)).await,
            }
            attempt += 1;
        }
    }

    fn gives_up(&self, miss: &Miss) -> bool {
        match miss.status {
            Some(503) => self.deviates(Fault::GivesUpAfter503),
            None => self.deviates(Fault::StoresTwiceAfterBrokenConnection),
            Some(_) => false,
        }
    }

    /// The wait after an attempt: doubling, and as long as Kanta asks up to a bound.
    pub(super) fn pause(&self, attempt: u32, retry_after: Option<Duration>) -> Duration {
        let policy = &self.settings.retry;
        let backoff = policy.first_delay * 2_u32.saturating_pow(attempt.saturating_sub(1)).min(1024);
        backoff.max(retry_after.unwrap_or_default()).min(policy.longest_delay)
    }

    async fn attempt(&self, message: &Message) -> Result<(u16, Answer), Miss> {
        let (content_type, action) = soap::headers(message.interaction, self.settings.variant.soap);
        let mut request = self.http.post(&self.settings.archive_url).header(CONTENT_TYPE, content_type);
        if let Some(action) = action {
            request = request.header("SOAPAction", action);
        }
        let (status, retry_after, body) = exchange(request.body(message.envelope.clone())).await?;
        let miss = |no_answer: NoAnswer| Miss { status: Some(status), why: no_answer.to_string(), retry_after };
        if status == 503 {
            return Err(Miss { status: Some(status), why: "Kanta cannot serve now".to_owned(), retry_after });
        }
        let answer = Answer::read(&body, message.asks()).map_err(miss)?;
        let own = (self.settings.organisation.oid.as_str(), message.extension.as_str());
        if (answer.target.0.as_str(), answer.target.1.as_str()) == own
            || self.deviates(Fault::AnswerToOtherMessageAccepted)
        {
            Ok((status, answer))
        } else {
            Err(miss(NoAnswer::Incomplete("this message: it is about another one")))
        }
    }
}

/// Sends a request and reads the whole answer: status, Retry-After, body.
pub async fn exchange(request: reqwest::RequestBuilder) -> Result<(u16, Option<Duration>, String), Miss> {
    let broken = |_| Miss { status: None, why: "the connection to Kanta broke".to_owned(), retry_after: None };
    let response = request.send().await.map_err(broken)?;
    let status = response.status().as_u16();
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let body = response.text().await.map_err(broken)?;
    Ok((status, retry_after.map(Duration::from_secs), body))
}
