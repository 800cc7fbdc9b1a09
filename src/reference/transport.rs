//! Sending messages to the archive, again where no usable answer came.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};

use super::answer::{ACKNOWLEDGEMENT_TYPE, Answer, NoAnswer};
use super::faults::Fault;
use super::frame::Message;
use super::soap;
use super::system::System;

/// How the sending of a message ended.
#[derive(Debug)]
pub enum Delivery {
    /// A usable answer came.
    Answered { status: u16, answer: Answer },
    /// None came, however often it was tried.
    Unanswered(Miss),
}

/// One attempt without a usable answer.
#[derive(Debug)]
pub struct Miss {
    /// HTTP status, where there was an HTTP answer.
    pub status: Option<u16>,
    /// What a user would see.
    pub why: String,
    pub retry_after: Option<Duration>,
    /// What else is known of it.
    pub kind: MissKind,
}

/// Kinds of attempts without a usable answer that some faults tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissKind {
    /// The connection was reset.
    Reset,
    /// The connection ended without an answer.
    Silent,
    /// The answer took too long.
    Slow,
    /// The answer came twice.
    Doubled,
    /// Anything else.
    Other,
}

/// First wait of [`Fault::RetriesEverFaster`].
const UNHURRIED: Duration = Duration::from_secs(1);
/// How long [`Fault::NewAfterSlowAnswer`] waits for an answer to begin.
const IMPATIENCE: Duration = Duration::from_secs(1);

impl Miss {
    /// Whether Kanta said that it has no time now.
    pub fn is_busy(&self) -> bool {
        matches!(self.status, Some(503 | 429))
    }
}

impl System {
    /// Sends a message, the same bytes up to so many times as the policy says.
    pub(super) async fn deliver(&self, message: &Message) -> Delivery {
        let mut attempt = 1;
        loop {
            match self.attempt(message).await {
                Ok((status, answer)) => {
                    if self.deviates(Fault::RefusalSentAgain) && !answer.accepted {
                        // What comes of it is the same once more.
                        let _ = self.attempt(message).await;
                    }
                    return Delivery::Answered { status, answer };
                }
                Err(miss) if attempt >= self.settings.retry.attempts || self.gives_up(&miss) => {
                    return Delivery::Unanswered(miss);
                }
                Err(miss) => tokio::time::sleep(self.pause(attempt, &miss)).await,
            }
            attempt += 1;
        }
    }

    fn gives_up(&self, miss: &Miss) -> bool {
        self.abandons(miss) || self.starts_anew(miss)
    }

    /// Whether a fault lets a document go that was not delivered.
    pub(super) fn abandons(&self, miss: &Miss) -> bool {
        match (miss.status, miss.kind) {
            (Some(503), _) => self.deviates(Fault::GivesUpAfter503),
            (Some(429), _) => self.deviates(Fault::GivesUpAfter429),
            (_, MissKind::Reset) => self.deviates(Fault::GivesUpAfterReset),
            _ => false,
        }
    }

    /// Whether a fault sends a document as a new one that was not delivered.
    pub(super) fn starts_anew(&self, miss: &Miss) -> bool {
        let broken = miss.status.is_none() && self.deviates(Fault::StoresTwiceAfterBrokenConnection);
        broken
            || match miss.kind {
                MissKind::Reset => self.deviates(Fault::NewAfterReset),
                MissKind::Slow => self.deviates(Fault::NewAfterSlowAnswer),
                MissKind::Doubled => self.deviates(Fault::NewAfterDoubledAnswer),
                MissKind::Silent | MissKind::Other => false,
            }
    }

    /// The wait after an attempt: doubling, and as long as Kanta asks up to a bound.
    pub(super) fn pause(&self, attempt: u32, miss: &Miss) -> Duration {
        let policy = &self.settings.retry;
        let first = if miss.is_busy() { policy.busy_delay } else { policy.first_delay };
        let backoff = match self.settings.fault {
            Some(Fault::RetriesAtOnce) if miss.is_busy() => Duration::ZERO,
            Some(Fault::RetriesEverFaster) if miss.is_busy() && attempt == 1 => UNHURRIED,
            Some(Fault::RetriesEverFaster) => first,
            _ => first * 2_u32.saturating_pow(attempt.saturating_sub(1)).min(1024),
        };
        let asked = miss.retry_after.filter(|_| !self.deviates(Fault::RetryAfterIgnored));
        backoff.max(asked.unwrap_or_default()).min(policy.longest_delay)
    }

    async fn attempt(&self, message: &Message) -> Result<(u16, Answer), Miss> {
        let (content_type, action) = soap::headers(&message.interaction, self.settings.variant.soap);
        let (body, content_type) = if message.parts.is_empty() {
            (message.envelope.clone().into_bytes(), content_type)
        } else {
            soap::multipart(&message.envelope, &content_type, &message.parts)
        };
        let mut request = self.http.post(&self.settings.archive_url).header(CONTENT_TYPE, content_type);
        if let Some(action) = action {
            request = request.header("SOAPAction", action);
        }
        let (status, retry_after, body) = match self.exchanged(request.body(body), message).await {
            Err(miss) if miss.kind == MissKind::Silent && self.deviates(Fault::SilenceAsSuccess) => {
                return Ok((200, self.believed(message)));
            }
            ended => ended?,
        };
        let miss = |why: String| Miss { status: Some(status), why, retry_after, kind: kind_of(&body) };
        if status == 503 || status == 429 {
            return Err(miss("Kanta cannot serve now".to_owned()));
        }
        let answer = match Answer::read(&body, message.asks, self.settings.code()) {
            Ok(answer) => answer,
            Err(no_answer) if self.believes(&no_answer, status, &body) && !message.asks => self.believed(message),
            Err(no_answer) => return Err(miss(no_answer.to_string())),
        };
        let own = (self.settings.organisation.oid.as_str(), message.extension.as_str());
        if (answer.target.0.as_str(), answer.target.1.as_str()) == own
            || self.deviates(Fault::AnswerToOtherMessageAccepted)
        {
            Ok((status, answer))
        } else {
            Err(miss(NoAnswer::Incomplete("this message: it is about another one").to_string()))
        }
    }

    async fn exchanged(
        &self,
        request: reqwest::RequestBuilder,
        message: &Message,
    ) -> Result<(u16, Option<Duration>, String), Miss> {
        if self.deviates(Fault::AnswerReadInPart) && !message.asks {
            return first_piece(request).await;
        }
        if self.deviates(Fault::NewAfterSlowAnswer) && !message.asks {
            return impatient(request).await;
        }
        exchange(request).await
    }

    /// Whether a fault takes what is no answer for an acceptance.
    fn believes(&self, no_answer: &NoAnswer, status: u16, body: &str) -> bool {
        match no_answer {
            NoAnswer::Incomplete(what) if *what == ACKNOWLEDGEMENT_TYPE => self.deviates(Fault::UnknownCodeAsSuccess),
            NoAnswer::Unreadable if status == 400 && body.is_empty() => self.deviates(Fault::EmptyRefusalAsSuccess),
            NoAnswer::Unreadable => self.deviates(Fault::AnswerSearchedAsText) && body.contains("code=\"AA\""),
            _ => false,
        }
    }

    /// An acceptance that nobody gave.
    fn believed(&self, message: &Message) -> Answer {
        let target = (self.settings.organisation.oid.clone(), message.extension.clone());
        Answer { accepted: true, target, errors: vec![], results: None }
    }
}

/// Sends a request and reads the whole answer: status, Retry-After, body.
pub async fn exchange(request: reqwest::RequestBuilder) -> Result<(u16, Option<Duration>, String), Miss> {
    correlated(request).await.map(|(answer, _)| answer)
}

/// The same, with the answer's X-Correlation-Id.
pub async fn correlated(
    request: reqwest::RequestBuilder,
) -> Result<((u16, Option<Duration>, String), Option<String>), Miss> {
    let response = request.send().await.map_err(|error| broken(&error))?;
    let correlation = response.headers().get("x-correlation-id").and_then(|id| id.to_str().ok().map(str::to_owned));
    Ok((read_whole(response).await?, correlation))
}

async fn read_whole(response: reqwest::Response) -> Result<(u16, Option<Duration>, String), Miss> {
    let (status, retry_after) = head(&response);
    let body = response.text().await.map_err(|error| broken(&error))?;
    Ok((status, retry_after, body))
}

/// The same, where the answer begins in time. On a busy machine it may be there before the timer is looked at.
async fn impatient(request: reqwest::RequestBuilder) -> Result<(u16, Option<Duration>, String), Miss> {
    let began = tokio::time::Instant::now();
    let ended = tokio::time::timeout(IMPATIENCE, request.send()).await.ok().filter(|_| began.elapsed() < IMPATIENCE);
    let response = ended.ok_or_else(|| missed("Kanta takes long to answer", MissKind::Slow))?;
    read_whole(response.map_err(|error| broken(&error))?).await
}

/// The same, with as much of the answer as comes at once.
async fn first_piece(request: reqwest::RequestBuilder) -> Result<(u16, Option<Duration>, String), Miss> {
    let mut response = request.send().await.map_err(|error| broken(&error))?;
    let (status, retry_after) = head(&response);
    let piece = response.chunk().await.map_err(|error| broken(&error))?.unwrap_or_default();
    Ok((status, retry_after, String::from_utf8_lossy(&piece).into_owned()))
}

/// Status and Retry-After of an answer.
fn head(response: &reqwest::Response) -> (u16, Option<Duration>) {
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    (response.status().as_u16(), retry_after.map(Duration::from_secs))
}

fn broken(error: &reqwest::Error) -> Miss {
    let mut causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let kind = causes.find_map(|cause| {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            return (io.kind() == std::io::ErrorKind::ConnectionReset).then_some(MissKind::Reset);
        }
        let http = cause.downcast_ref::<hyper::Error>()?;
        http.is_incomplete_message().then_some(MissKind::Silent)
    });
    missed("the connection to Kanta broke", kind.unwrap_or(MissKind::Other))
}

fn missed(why: &str, kind: MissKind) -> Miss {
    Miss { status: None, why: why.to_owned(), retry_after: None, kind }
}

fn kind_of(body: &str) -> MissKind {
    if body.matches(":Envelope>").count() > 1 { MissKind::Doubled } else { MissKind::Other }
}
